// Elements in one expression. Text always goes in as text, never as markup.

/** An element: properties that start with "on" are listeners, all others attributes. */
function element(tag, properties = {}, ...children) {
  return build(document.createElement(tag), properties, children);
}

/** The same for a drawing. */
function drawing(tag, properties = {}, ...children) {
  return build(document.createElementNS("http://www.w3.org/2000/svg", tag), properties, children);
}

function build(node, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (value !== undefined && value !== false) {
      node.setAttribute(name, value);
    }
  }
  node.append(...children);
  return node;
}

/** Buttons of which exactly one is pressed. Options are [value, label] pairs. */
function choice(label, options, chosen, onChoose) {
  const buttons = options.map(([value, text]) =>
    element("button", {
      type: "button",
      "data-value": value,
      "aria-pressed": String(value === chosen),
      onclick: () => {
        buttons.forEach(button =>
          button.setAttribute("aria-pressed", String(button.dataset.value === value)));
        onChoose(value);
      },
    }, text));
  return element("div", { class: "choice", role: "group", "aria-label": label }, ...buttons);
}
