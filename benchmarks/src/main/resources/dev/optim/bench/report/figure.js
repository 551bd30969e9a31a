// One figure: a metric of a problem against what was spent.

const axes = {
  evaluations: { name: problem => problem.evaluationUnit, label: "budget" },
  objectiveValues: { name: () => "values of the objective", label: "values" },
  gradients: { name: () => "gradients", label: "gradients" },
  seconds: { name: () => "time", label: "time" },
  bytes: { name: () => "bytes allocated", label: "memory" },
};

class Figure extends Plot {
  constructor(problem, metric, number, marks, view) {
    const { name, logarithmic } = problem.metrics[metric];
    super(name, number, logarithmic ? choice(`Scale of ${name}`,
      [["log", "log"], ["linear", "linear"]], "log",
      value => { this.log = value === "log"; this.draw(); }) : "");
    this.problem = problem;
    this.metric = metric;
    this.marks = marks;
    this.view = view;
    this.log = logarithmic;
    this.bands = {}; // by axis, then by optimizer; made when first needed
  }

  /** The optimizers that have something to show, each with its band. */
  visible() {
    const { axis, hidden } = this.view;
    this.bands[axis] ??= this.problem.optimizers.map(
      optimizer => band(optimizer.runs, axis, this.metric));
    return this.problem.optimizers
      .map((optimizer, i) => ({
        name: optimizer.name,
        mark: this.marks.get(optimizer.name),
        band: this.bands[axis][i],
      }))
      .filter(({ name, band: { x } }) =>
        x.length > 0 && x[x.length - 1] > 0 && !hidden.has(name));
  }

  draw() {
    if (!this.chart) return;
    const { axis, spread } = this.view;
    if (this.drawnAxis !== axis) this.zoom = null; // a range of the other axis
    this.drawnAxis = axis;
    const lines = this.visible();
    const name = this.problem.metrics[this.metric].name;
    const runs = Math.max(...this.problem.optimizers.map(({ runs }) => runs.length));
    this.show(lines, `${capital(name)} against ${axes[axis].name(this.problem)}. ` + (
      runs === 0 ? "No run was completed."
      : lines.length === 0 ? "Nothing of it was counted."
      : spread === "runs" ? "Each line is one run."
      : runs < 2 ? "One run each."
      : `Median of up to ${runs} runs; the band spans ` + (
        spread === "quartiles" ? "the quartiles." : "all runs.")), this.problem.name);
  }

  positions() {
    const [first] = this.visible();
    return first ? [...first.band.x].filter(x => !this.view.logX || x > 0) : [];
  }

  csv() {
    const { axis } = this.view;
    return csvText([["optimizer", axis, "min", "lower_quartile", "median", "upper_quartile", "max"],
      ...this.visible().flatMap(({ name, band }) => [...band.x.keys()].map(i => [name, band.x[i],
        band.min[i], band.lower[i], band.median[i], band.upper[i], band.max[i]]))]);
  }

  option(lines) {
    const { axis, logX } = this.view;
    const longest = Math.max(0, ...lines.map(({ band: { x } }) => x[x.length - 1]));
    const shortest = Math.min(longest,
      ...lines.map(({ band: { x } }) => x.find(position => position > 0) ?? Infinity));
    const unit = timeUnit(longest);
    const time = axis === "seconds";
    const scale = this.scale(lines);
    const min = this.zoom?.[0] ?? (logX ? shortest || 1 : 0);
    const max = this.zoom?.[1] ?? (longest || (logX ? 10 : 1));
    return this.frame({
      type: logX ? "log" : "value",
      name: time ? `time (${unit.name})` : axes[axis].name(this.problem),
      min,
      max,
      ticks: logX ? logTicks(min, max) : undefined,
      axisLabel: {
        showMinLabel: this.zoom === null && !logX,
        showMaxLabel: false,
        formatter: value => time ? String(Number((value * unit.scale).toPrecision(4)))
          : shortCount(value),
      },
    }, {
      ...scale,
      axisLabel: {
        formatter: scale.type === "log" ? tickLabel
          : value => minus(String(Number(value.toPrecision(6)))),
      },
    }, position => this.reading(lines, position), lines.flatMap(line => this.series(line, scale)));
  }

  /** The vertical axis that shows what is visible within the present range. */
  scale(lines) {
    const [from, to] = this.zoom ?? [-Infinity, Infinity];
    let low = Infinity, high = -Infinity;
    for (const { band } of lines) {
      for (const curve of this.extremes(band)) {
        const see = y => {
          if (!Number.isFinite(y) || (this.log && y <= 0)) return;
          low = Math.min(low, y);
          high = Math.max(high, y);
        };
        band.x.forEach((x, i) => { if (x >= from && x <= to) see(curve[i]); });
        if (this.zoom) [from, to].forEach(x => see(valueAt(band, curve, x)));
      }
    }
    if (low > high) [low, high] = this.log ? [0.1, 1] : [0, 1];
    return this.log ? logScale(low, high) : linearScale(low, high);
  }

  extremes(band) {
    return this.view.spread === "quartiles" ? [band.lower, band.median, band.upper]
      : [band.min, band.median, band.max];
  }

  series({ name, mark, band }, scale) {
    const lineStyle = stroke(mark);
    const itemStyle = { color: lineStyle.color };
    if (this.view.spread === "runs") {
      return band.traces.map(({ seed, x, y }) => ({
        id: `${name} / ${seed}`,
        name,
        type: "line",
        data: points(x, y, scale, this.view.logX),
        sampling: "lttb",
        showSymbol: false,
        lineStyle: { ...lineStyle, width: 1, opacity: 0.75 },
        itemStyle,
      }));
    }
    return [
      {
        id: `${name} / band`,
        name,
        type: "custom",
        clip: true,
        silent: true,
        data: [[band.x[band.x.length - 1], 0]],
        encode: { x: 0, y: -1 },
        renderItem: (_, api) => this.polygon(band, api, lineStyle.color, scale),
      },
      {
        id: `${name} / median`,
        name,
        type: "line",
        data: points(band.x, band.median, scale, this.view.logX),
        ...symbols(mark, band.x.length),
        lineStyle: { ...lineStyle, width: 1.8 },
        itemStyle,
        emphasis: { disabled: true },
      },
    ];
  }

  polygon(band, api, fill, scale) {
    const [low, , high] = this.extremes(band);
    const at = (i, y) => api.coord([band.x[i], Math.min(Math.max(y, scale.min), scale.max)]);
    const indices = [...band.x.keys()].filter(i => !this.view.logX || band.x[i] > 0);
    return {
      type: "polygon",
      shape: {
        points: [...indices.map(i => at(i, high[i])),
          ...indices.reverse().map(i => at(i, low[i]))],
      },
      style: { fill, opacity: 0.2 },
    };
  }

  /** What the tooltip says at a position: the visible optimizers, best first. */
  reading(lines, position) {
    const worst = this.problem.metrics[this.metric].better === "lower" ? 1 : -1;
    const rows = lines
      .map(({ name, mark, band }) => {
        const [low, median, high] = this.extremes(band).map(y => valueAt(band, y, position));
        return { name, mark, median, texts: [significant(median),
          low === high ? "" : `${significant(low)} – ${significant(high)}`] };
      })
      .filter(({ median }) => !Number.isNaN(median))
      .sort((a, b) => worst * (a.median - b.median));
    return readingTable(this.view.axis === "seconds" ? duration(position)
      : `${count(position)} ${axes[this.view.axis].name(this.problem)}`, rows);
  }
}

/** What cannot stand on an axis becomes a gap. */
function points(x, y, scale, logX) {
  return Array.from(x, (position, i) =>
    [logX && position <= 0 ? null : position,
      Number.isFinite(y[i]) && (scale.type !== "log" || y[i] > 0) ? y[i] : null]);
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
