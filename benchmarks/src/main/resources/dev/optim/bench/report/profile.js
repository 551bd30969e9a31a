// One figure of step functions: how much is solved within what is spent.

const profiles = {
  targets: {
    title: "targets reached",
    axis: "share of the budget",
    text: "Share of all targets, seeds and problems reached within a share of the budget.",
    position: value => `${significant(100 * value)} % of the budget`,
  },
  performance: {
    title: "performance profile",
    axis: "times the cost of the best",
    text: "Share of runs that reach the target at no more than so many times the evaluations of "
      + "the best optimizer (Dolan and Moré).",
    position: value => `${significant(value)} times the best`,
  },
  data: {
    title: "data profile",
    axis: "evaluations over (variables + 1)",
    text: "Share of runs that reach the target within so many evaluations for each variable and "
      + "one more (Moré and Wild).",
    position: value => `${significant(value)} for each variable`,
  },
};

function middle(targets) {
  return targets[Math.floor((targets.length - 1) / 2)];
}

class ProfileFigure extends Plot {
  constructor(kind, standing, targets, number, marks, view) {
    super(profiles[kind].title, number,
      kind === "targets" ? "" : choice(`Target of figure ${number}`,
        targets.map(target => [String(target), tickLabel(target)]),
        String(middle(targets)), value => { this.target = Number(value); this.draw(); }),
      choice(`Horizontal scale of figure ${number}`, [["log", "log"], ["linear", "linear"]], "log",
        value => { this.log = value === "log"; this.zoom = null; this.draw(); }));
    this.kind = kind;
    this.standing = standing;
    // the distribution over targets goes down to the finest, the others begin between the ends
    this.target = kind === "targets" ? targets[targets.length - 1] : middle(targets);
    this.marks = marks;
    this.view = view;
    this.log = true;
  }

  visible() {
    const profile = this.standing.profiles.find(({ kind, target }) =>
      kind === this.kind && target === this.target);
    return this.standing.rows
      .map(({ optimizer }, i) => ({
        name: optimizer, mark: this.marks.get(optimizer), ...profile.lines[i] }))
      .filter(({ name }) => !this.view.hidden.has(name));
  }

  draw() {
    if (!this.chart) return;
    this.show(this.visible(), profiles[this.kind].text + (this.kind === "targets" ? ""
      : ` Target: ${tickLabel(this.target)} of the way is left.`), this.standing.problems.join(", "));
  }

  positions() {
    return [...new Set(this.visible().flatMap(({ x }) => x))].sort((a, b) => a - b);
  }

  csv() {
    return csvText([["optimizer", "x", "share"],
      ...this.visible().flatMap(({ name, x, y }) => x.map((position, i) => [name, position, y[i]]))]);
  }

  option(lines) {
    const all = lines.flatMap(({ x }) => x);
    const longest = all.reduce((a, b) => Math.max(a, b), this.kind === "performance" ? 2 : 0) || 1;
    const shortest = this.kind === "performance" ? 1 : all.reduce((a, b) => Math.min(a, b), longest);
    const from = this.log ? (this.kind === "performance" ? 1 : shortest / 1.2) : 0;
    const to = this.kind === "targets" ? 1 : longest * 1.05;
    const min = this.zoom?.[0] ?? from;
    const max = this.zoom?.[1] ?? Math.max(to, from * 2);
    return this.frame({
      type: this.log ? "log" : "value",
      name: profiles[this.kind].axis,
      min,
      max,
      ticks: this.log ? logTicks(min, max) : undefined,
      axisLabel: { showMaxLabel: false, formatter: value => this.log ? tickLabel(value)
        : String(Number(value.toPrecision(4))) },
    }, {
      type: "value",
      min: 0,
      max: 1,
      axisLabel: { formatter: value => `${Math.round(100 * value)} %` },
    }, position => this.reading(lines, position), lines.map(({ name, mark, x, y }) => {
      const data = [[from, 0], ...x.map((position, i) => [position, y[i]]), [to, y.at(-1) ?? 0]];
      const lineStyle = stroke(mark);
      return {
        id: `${name} / steps`,
        name,
        type: "line",
        step: "end",
        data,
        ...symbols(mark, data.length),
        lineStyle: { ...lineStyle, width: 1.8 },
        itemStyle: { color: lineStyle.color },
        emphasis: { disabled: true },
      };
    }));
  }

  reading(lines, position) {
    const rows = lines
      .map(({ name, mark, x, y }) => {
        let steps = 0;
        while (steps < x.length && x[steps] <= position) steps++;
        const share = steps === 0 ? 0 : y[steps - 1];
        return { name, mark, share, texts: [`${(100 * share).toFixed(1)} %`] };
      })
      .sort((a, b) => b.share - a.share);
    return readingTable(profiles[this.kind].position(position), rows);
  }
}
