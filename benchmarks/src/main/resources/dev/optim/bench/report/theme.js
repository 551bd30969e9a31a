// Light or dark: as the system has it, until the reader chooses. The choice is remembered.

const themeKey = "optim-report-theme";
const systemDark = matchMedia("(prefers-color-scheme: dark)");

function storedTheme() {
  try {
    return localStorage.getItem(themeKey);
  } catch {
    return null; // storage is switched off
  }
}

function currentTheme() {
  return storedTheme() ?? (systemDark.matches ? "dark" : "light");
}

function applyTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

/** A button that changes to the other theme, and calls back after every change. */
function themeButton(onChange) {
  const button = element("button", { type: "button", class: "theme", onclick: () => {
    const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(themeKey, theme);
    } catch {
      // it lasts as long as the page
    }
    show(theme);
  } });
  function show(theme) {
    applyTheme(theme);
    button.textContent = theme === "dark" ? "Light theme" : "Dark theme";
    onChange();
  }
  systemDark.addEventListener("change", () => {
    if (storedTheme() === null) show(currentTheme());
  });
  // paper is white
  addEventListener("beforeprint", () => { applyTheme("light"); onChange(); });
  addEventListener("afterprint", () => show(currentTheme()));
  show(currentTheme());
  return button;
}

/** A colour of the style sheet under the present theme. */
function colour(variable) {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}
