// Tables: sortable, and copyable as Markdown. Each problem has one with a row per optimizer.

/** Columns: heading, what to sort by, whether the largest comes first, the cell's text and nodes. */
function columns(problem, marks) {
  const result = [{
    heading: "Optimizer",
    key: row => row.name,
    text: row => row.hyperparameters ? `${row.name} (${row.hyperparameters})` : row.name,
    cell: row => [swatch(marks.get(row.name)), element("b", {}, row.name),
      element("small", {}, row.hyperparameters)],
  }];
  problem.metrics.forEach((metric, i) => {
    const descending = metric.better === "higher";
    const best = row => row.summary.metrics[i][descending ? "max" : "min"];
    const median = row => row.summary.metrics[i].median;
    const range = row => {
      const { lowerQuartile, upperQuartile } = row.summary.metrics[i];
      return row.runs.length > 1
        ? `${significant(lowerQuartile)} – ${significant(upperQuartile)}` : "";
    };
    result.push(
      { heading: `${capital(metric.name)}, median`, key: median, descending, ranked: true,
        text: row => significant(median(row)) + (range(row) && ` (${range(row)})`),
        cell: row => [significant(median(row)), element("small", {}, range(row))] },
      { heading: "best", label: `${metric.name}, best`, key: best, descending, ranked: true,
        text: row => significant(best(row)) });
  });
  result.push(
    { heading: capital(problem.evaluationUnit), key: row => row.summary.evaluations,
      text: row => count(row.summary.evaluations) },
    { heading: "Time", key: row => row.summary.seconds,
      text: row => duration(row.summary.seconds) },
    { heading: "Stopped by", key: stops, text: stops, words: true },
    { heading: "Runs", key: row => row.runs.length, descending: true,
      text: row => row.failures.length === 0 ? String(row.runs.length)
        : `${row.runs.length} of ${row.runs.length + row.failures.length}` });
  return result;
}

function stops(row) {
  const reasons = Object.entries(row.summary.stopReasons);
  return reasons.map(([reason, runs]) => reasons.length > 1 ? `${reason} ×${runs}` : reason)
    .join(", ") || missing;
}

function summaryTable(problem, number, marks) {
  return sortableTable(columns(problem, marks), problem.optimizers, number,
    "Final values of the completed runs, with quartiles below the median. ", row => row.name);
}

/** A table with a caption that sorts by any column and can be copied; rows differ in their id. */
function sortableTable(all, given, number, caption, id, first = 1) {
  const rows = [...given];
  const body = element("tbody");
  const headings = all.map(column => element("th", { scope: "col",
    class: column.words || column === all[0] ? "words" : undefined },
    element("button", { type: "button", "aria-label": `Sort by ${column.label ?? column.heading}`,
      onclick: () => sort(column) }, column.heading)));
  const leaders = new Map();
  for (const column of all.filter(({ ranked }) => ranked)) {
    const [best] = [...rows].sort(order(column));
    if (column.key(best) !== null) leaders.set(column, id(best));
  }
  let sorted = null, direction = 1;

  function sort(column) {
    direction = column === sorted ? -direction : 1;
    sorted = column;
    rows.sort(order(column, direction));
    headings.forEach((heading, i) => {
      const ascending = (direction === 1) !== Boolean(all[i].descending);
      if (all[i] === column) {
        heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      } else {
        heading.removeAttribute("aria-sort");
      }
    });
    body.replaceChildren(...rows.map(row => element("tr", {},
      ...all.map((column, i) => element(i === 0 ? "th" : "td", {
        scope: i === 0 ? "row" : undefined,
        class: [column.words || i === 0 ? "words" : "", leaders.get(column) === id(row)
          ? "leader" : ""].join(" ").trim() || undefined,
      }, ...(column.cell ?? (row => [column.text(row)]))(row))))));
  }

  const status = element("span", { role: "status" });
  const copy = element("button", { type: "button", class: "copy", onclick: async () => {
    status.textContent = await copyText(markdown(all, rows)) ? "Copied." : "Copying failed.";
  } }, "Copy as Markdown");
  sort(all[first]);
  return element("div", { class: "summary" },
    element("p", { class: "table-caption", id: `table-${number}` },
      element("b", {}, `Table ${number}. `), caption, copy, status),
    element("div", { class: "scroll", tabindex: "0", role: "region",
      "aria-labelledby": `table-${number}` },
      element("table", {}, element("thead", {}, element("tr", {}, ...headings)), body)));
}

/** By a column, best first; rows without a value come last in either direction. */
function order({ key, descending }, direction = 1) {
  const sign = direction * (descending ? -1 : 1);
  return (a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === null || y === null) return (x === null) - (y === null);
    return sign * (x < y ? -1 : x > y ? 1 : 0);
  };
}

function markdown(all, rows) {
  const line = cells => `| ${cells.map(cell => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [
    line(all.map(({ label, heading }) => capital(label ?? heading))),
    line(all.map(({ words }, i) => words || i === 0 ? "---" : "---:")),
    ...rows.map(row => line(all.map(({ text }) => text(row)))),
  ].join("\n") + "\n";
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // not every browser lets a local file use the clipboard directly
    const area = element("textarea", { readonly: "", class: "offscreen" });
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}
