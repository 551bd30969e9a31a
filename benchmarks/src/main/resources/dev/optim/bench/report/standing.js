// How the optimizers of a group of problems stand: ranking, tests, profiles.

const significance = 0.05;

function standingSection(standing, index, next, marks, view) {
  const figures = ["targets", "performance", "data"].map(kind =>
    new ProfileFigure(kind, standing, report.targets, next.figure++, marks, view));
  const problems = plural(standing.problems.length, "problem");
  const node = element("section", { id: `standing-${index + 1}`, class: "standing" },
    element("h2", {}, report.standings.length > 1 ? `Ranking ${index + 1}` : "Ranking"),
    element("p", { class: "description" },
      `Over ${standing.instances} runs of each optimizer on ${problems}: `
      + `${standing.problems.join(", ")}. A run ranks before another one if it lowered what was `
      + "left of the way from the start to the lowest value by more decades, or reached the finest "
      + "target earlier."),
    rankingTable(standing, next.table++, marks),
    orderNote(standing),
    element("div", { class: "figures" }, ...figures.map(({ node }) => node)),
    pairsTable(standing, next.table++));
  return { node, figures };
}

function rankingTable(standing, number, marks) {
  const all = [
    { heading: "Optimizer", key: row => row.optimizer, text: row => row.optimizer, words: true,
      cell: row => [swatch(marks.get(row.optimizer)), element("b", {}, row.optimizer)] },
    { heading: "Mean rank", key: row => row.meanRank, ranked: true,
      text: row => `${row.meanRank.toFixed(2)} (${row.low.toFixed(2)} – ${row.high.toFixed(2)})`,
      cell: row => [row.meanRank.toFixed(2),
        element("small", {}, `${row.low.toFixed(2)} – ${row.high.toFixed(2)}`)] },
    ...(standing.problems.length < 2 ? [] : [{
      heading: "Other problems", key: row => row.otherProblemsHigh, ranked: true,
      text: row => `${row.otherProblemsLow.toFixed(2)} – ${row.otherProblemsHigh.toFixed(2)}` }]),
    { heading: "Decades", key: row => row.decades, descending: true, ranked: true,
      text: row => row.decades.toFixed(2) },
    ...report.targets.map((target, i) => ({
      heading: `Reached ${tickLabel(target)}`, key: row => row.solved[i], descending: true,
      ranked: true, text: row => `${Math.round(100 * row.solved[i])} %` })),
    { heading: "Tuning", key: row => row.tuning.seconds,
      text: row => row.tuning.trials === 0 ? "none"
        : `${count(row.tuning.trials)} runs, ${duration(row.tuning.seconds)}`
          + (row.tuning.failed ? `, ${row.tuning.failed} failed` : "") },
  ];
  return sortableTable(all, standing.rows, number,
    "Mean ranks with 95 % bootstrap intervals: under them what other seeds of the same problems "
    + `would give${standing.problems.length < 2 ? "" : ", beside them other problems of the kind"}; `
    + "decades on average. ", row => row.optimizer);
}

/** Whether the order stays when one is left out. */
function orderNote(standing) {
  if (standing.dropped.length === 0) return "";
  const changes = standing.dropped.filter(({ holds }) => !holds);
  return element("div", { class: "note" }, changes.length === 0
    ? element("p", {}, "The order of the others stays the same whichever optimizer is left out.")
    : element("p", {}, "The order depends on who takes part. "
      + changes.map(({ optimizer, order }) => `Without ${optimizer}: ${order.join(", ")}.`).join(" ")));
}

function pairsTable(standing, number) {
  const different = standing.pairs.filter(({ adjusted }) => adjusted < significance).length;
  const all = [
    { heading: "Pair", key: row => row.first, words: true,
      text: row => `${row.first} before ${row.second}` },
    { heading: "Wins", key: row => row.wins, descending: true, text: row => String(row.wins) },
    { heading: "Losses", key: row => row.losses, text: row => String(row.losses) },
    { heading: "Wilcoxon’s p", key: row => row.probability,
      text: row => significant(row.probability) },
    { heading: "after Holm", key: row => row.adjusted, text: row => significant(row.adjusted),
      cell: row => [row.adjusted < significance
        ? element("b", {}, significant(row.adjusted)) : significant(row.adjusted)] },
  ];
  return element("details", {},
    element("summary", {}, `${different} of ${plural(standing.pairs.length, "pair")} `
      + `${different === 1 ? "differs" : "differ"} at the 5 % level`),
    sortableTable(all, standing.pairs, number,
      "Paired signed-rank tests over the runs, with Holm’s correction for all pairs. ",
      row => row.first + row.second, 4));
}

/** Expected evaluations to the targets, on one problem. */
function runningTimesTable(problem, number, marks) {
  const standing = report.standings.find(({ problems }) => problems.includes(problem.name));
  if (!standing) return "";
  const index = standing.problems.indexOf(problem.name);
  const all = [
    { heading: "Optimizer", key: row => row.optimizer, text: row => row.optimizer, words: true,
      cell: row => [swatch(marks.get(row.optimizer)), row.optimizer] },
    ...report.targets.map((target, i) => ({
      heading: `to ${tickLabel(target)}`, key: row => row.runningTimes[index][i], ranked: true,
      text: row => Number.isFinite(row.runningTimes[index][i])
        ? count(row.runningTimes[index][i]) : "∞" })),
  ];
  return element("details", { class: "running-times" },
    element("summary", {}, "Expected evaluations to the targets"),
    sortableTable(all, standing.rows, number,
      `Expected ${problem.evaluationUnit} until a part of the way is left, runs that miss it `
      + "included. ", row => row.optimizer, report.targets.length));
}
