// The page: heading, controls, a section per problem, the conditions of the comparison.

const report = JSON.parse(document.getElementById("report-data").textContent);
const view = { axis: "evaluations", logX: false, spread: "quartiles", hidden: new Set() };
const names = [...new Set(report.problems.flatMap(
  ({ optimizers }) => optimizers.map(({ name }) => name)))];
const marks = new Map(names.map((name, i) => [name, mark(i)]));
const figures = [];
const next = { figure: 1, table: 1 };

function drawAll() {
  figures.forEach(figure => figure.draw());
}

function heading() {
  const optimizers = plural(names.length, "optimizer");
  const problems = plural(report.problems.length, "problem");
  const day = new Date(report.generatedAt).toLocaleDateString("en-GB",
    { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return element("header", {},
    element("p", { class: "kicker" }, "Comparison of optimizers",
      themeButton(drawAll)),
    element("h1", {}, report.title),
    element("p", { class: "byline" }, `${optimizers} on ${problems} · `,
      element("time", { datetime: report.generatedAt }, day)),
    report.problems.length > 1 ? element("nav", { "aria-label": "Problems" },
      element("ol", {}, ...report.problems.map(({ name }, i) => element("li", {},
        element("a", { href: `#problem-${i + 1}` }, name))))) : "");
}

function key() {
  return element("div", { class: "key", role: "group", "aria-label": "Optimizers shown" },
    ...names.map(name => {
      const button = element("button", { type: "button", "aria-pressed": "true",
        "data-optimizer": name, onclick: () => {
          const shown = view.hidden.delete(name);
          if (!shown) view.hidden.add(name);
          button.setAttribute("aria-pressed", String(shown));
          drawAll();
        } }, swatch(marks.get(name)), name);
      return button;
    }));
}

function controls() {
  const set = property => value => { view[property] = value; drawAll(); };
  return element("div", { class: "controls" },
    key(),
    element("div", { class: "switches" },
      choice("Horizontal axis", Object.entries(axes).map(([axis, { label }]) => [axis, label]),
        view.axis, set("axis")),
      choice("Horizontal scale", [["linear", "linear"], ["log", "log"]], "linear",
        value => { view.logX = value === "log"; drawAll(); }),
      choice("Spread over the seeds",
        [["quartiles", "quartiles"], ["range", "min – max"], ["runs", "each run"]],
        view.spread, set("spread"))));
}

function problemSection(problem, index) {
  const own = problem.metrics.map((_, metric) =>
    new Figure(problem, metric, next.figure++, marks, view));
  figures.push(...own);
  const failures = problem.optimizers.flatMap(({ name, failures }) =>
    failures.map(({ seed, reason }) => element("li", {},
      element("b", {}, name), `, seed ${seed}: ${reason}`)));
  return element("section", { id: `problem-${index + 1}`, class: "problem" },
    element("h2", {}, element("span", { class: "number" }, `${index + 1}`), problem.name),
    element("p", { class: "description" }, problem.description, " ",
      element("span", { class: "dimension" }, plural(problem.dimension, "variable") + ".")),
    element("div", { class: "figures" }, ...own.map(({ node }) => node)),
    summaryTable(problem, next.table++, marks),
    runningTimesTable(problem, next.table++, marks),
    failures.length === 0 ? "" : element("div", { class: "failures" },
      element("h3", {}, "Failed runs"),
      element("p", {}, "They are neither drawn nor counted above."),
      element("ul", {}, ...failures)));
}

function standings() {
  return report.standings.map((standing, i) => {
    const section = standingSection(standing, i, next, marks, view);
    figures.push(...section.figures);
    return section.node;
  });
}

function conditions() {
  const file = name => element("a", { href: name }, name);
  return element("footer", {},
    element("h2", {}, "Conditions"),
    element("dl", {}, ...Object.entries(report.environment).map(([name, value]) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, value)))),
    element("h2", {}, "How to read the figures"),
    element("p", {}, "A line is the median over the seeds at each position; between its records a "
      + "run counts as a straight line, and after its end it keeps its final value. Values that a "
      + "logarithmic axis cannot show leave a gap."
      + (dragZoom ? " Drag over a figure to see a part of it." : "")
      + " In a figure that has the focus the arrow keys read the lines."),
    element("p", {}, "All numbers: ", file("summary.csv"), ", ", file("ranking.csv"), ", ",
      file("tests.csv"), ", ", file("running-times.csv"), ", ", file("profiles.csv"), ", ",
      file("curves.csv"), ", ", file("results.json"), "."));
}

function plural(number, noun) {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

document.body.append(
  heading(),
  element("main", {}, controls(), ...standings(), ...report.problems.map(problemSection)),
  conditions());
figures.forEach(figure => figure.start());
