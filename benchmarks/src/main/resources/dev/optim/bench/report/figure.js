// One figure: a metric of a problem against evaluations or time.

const axes = {
  evaluations: problem => problem.evaluationUnit,
  seconds: () => "time",
};
// on a touch screen dragging scrolls the page
const dragZoom = !matchMedia("(pointer: coarse)").matches;

class Figure {
  constructor(problem, metric, number, marks, view) {
    this.problem = problem;
    this.metric = metric;
    this.marks = marks;
    this.view = view;
    this.log = problem.metrics[metric].logarithmic;
    this.bands = {}; // by axis, then by optimizer; made when first needed
    this.zoom = null;
    this.canvas = element("div", { class: "chart", role: "img" });
    this.caption = element("span");
    this.unzoom = element("button", { type: "button", class: "unzoom", hidden: "",
      onclick: () => this.zoomTo(null) }, "Whole range");
    this.node = element("figure", {},
      element("div", { class: "figure-head" },
        element("span", { class: "measure" }, problem.metrics[metric].name),
        this.unzoom,
        this.log ? choice(`Scale of ${problem.metrics[metric].name}`,
          [["log", "log"], ["linear", "linear"]], "log",
          value => { this.log = value === "log"; this.draw(); }) : ""),
      this.canvas,
      element("figcaption", {},
        element("b", {}, `Figure ${number}. `), this.caption));
  }

  /** To be called once the node is in the page and has a size. */
  start() {
    this.chart = echarts.init(this.canvas, null, { renderer: "canvas" });
    this.chart.on("datazoom", event => {
      const { startValue, endValue } = event.batch?.[0] ?? event;
      if (startValue !== undefined) this.zoomTo([startValue, endValue]);
    });
    new ResizeObserver(() => this.chart.resize()).observe(this.canvas);
    this.draw();
  }

  zoomTo(range) {
    this.zoom = range;
    this.draw();
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
      .filter(({ name, band }) => band.x.length > 0 && !hidden.has(name));
  }

  draw() {
    if (!this.chart) return;
    const { axis, spread } = this.view;
    if (this.drawnAxis !== axis) this.zoom = null; // a range of the other axis
    this.drawnAxis = axis;
    this.unzoom.hidden = this.zoom === null;
    const lines = this.visible();
    this.chart.setOption(this.option(lines), { notMerge: true });
    if (dragZoom) {
      this.chart.dispatchAction(
        { type: "takeGlobalCursor", key: "dataZoomSelect", dataZoomSelectActive: true });
    }
    const name = this.problem.metrics[this.metric].name;
    const runs = Math.max(...this.problem.optimizers.map(({ runs }) => runs.length));
    const text = `${capital(name)} against ${axes[axis](this.problem)}. ` + (
      runs === 0 ? "No run was completed."
      : spread === "runs" ? "Each line is one run."
      : runs < 2 ? "One run each."
      : `Median of up to ${runs} runs; the band spans ` + (
        spread === "quartiles" ? "the quartiles." : "all runs."));
    this.caption.textContent = text;
    this.canvas.setAttribute("aria-label",
      `${this.problem.name}: ${text} Shown: ${lines.map(({ name }) => name).join(", ")}.`);
  }

  option(lines) {
    const ink = colour("--ink-soft"), rule = colour("--rule");
    const text = { color: ink, fontFamily: colour("--sans"), fontSize: 11 };
    const longest = Math.max(0, ...lines.map(({ band: { x } }) => x[x.length - 1]));
    const unit = timeUnit(longest);
    const time = this.view.axis === "seconds";
    const scale = this.scale(lines);
    const ticks = scale.ticks && { customValues: scale.ticks };
    return {
      animation: false,
      textStyle: text,
      grid: { left: 52, right: 16, top: 12, bottom: 44, outerBoundsMode: "none" },
      xAxis: {
        type: "value",
        name: time ? `time (${unit.name})` : axes.evaluations(this.problem),
        nameLocation: "middle",
        nameGap: 26,
        nameTextStyle: text,
        min: this.zoom?.[0] ?? 0,
        max: this.zoom?.[1] ?? longest,
        splitNumber: this.canvas.clientWidth < 420 ? 4 : 6,
        axisLine: { lineStyle: { color: ink }, onZero: false },
        axisTick: { show: true, length: 4, lineStyle: { color: ink } },
        axisLabel: {
          ...text,
          hideOverlap: true,
          showMinLabel: this.zoom === null,
          showMaxLabel: false,
          formatter: value => time ? String(Number((value * unit.scale).toPrecision(4)))
            : shortCount(value),
        },
        splitLine: { show: false },
      },
      yAxis: {
        ...scale,
        axisLine: { show: false },
        axisTick: { show: false, ...ticks },
        axisLabel: {
          ...text,
          ...ticks,
          formatter: scale.type === "log" ? tickLabel
            : value => minus(String(Number(value.toPrecision(6)))),
        },
        splitLine: { lineStyle: { color: rule } },
      },
      tooltip: {
        trigger: "axis",
        confine: true,
        transitionDuration: 0,
        axisPointer: { type: "line", lineStyle: { color: ink, type: "solid", width: 1 } },
        backgroundColor: colour("--paper"),
        borderColor: rule,
        padding: 10,
        textStyle: { ...text, color: colour("--ink"), fontSize: 12 },
        extraCssText: "box-shadow: none; border-radius: 2px;",
        formatter: parameters => this.reading(lines, parameters[0].axisValue),
      },
      // dragging over the figure selects a range; the tool's own icon stays out of sight
      toolbox: dragZoom ? {
        itemSize: 0,
        showTitle: false,
        feature: { dataZoom: { yAxisIndex: false, filterMode: "none",
          brushStyle: { color: rule, opacity: 0.6 } } },
      } : undefined,
      series: lines.flatMap(line => this.series(line, scale)),
    };
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
    const stroke = { color: colour(mark.colour), type: mark.dash.length ? mark.dash : "solid" };
    if (this.view.spread === "runs") {
      return band.traces.map(({ seed, x, y }) => ({
        id: `${name} / ${seed}`,
        name,
        type: "line",
        data: points(x, y, scale),
        sampling: "lttb",
        showSymbol: false,
        lineStyle: { ...stroke, width: 1, opacity: 0.75 },
        itemStyle: { color: stroke.color },
      }));
    }
    const stride = Math.max(1, Math.ceil(band.x.length / 6));
    const offset = Math.floor(stride * ((mark.index % 8) + 0.5) / 8); // symbols keep apart
    return [
      {
        id: `${name} / band`,
        name,
        type: "custom",
        clip: true,
        silent: true,
        data: [[band.x[0], 0]],
        encode: { x: 0, y: -1 },
        renderItem: (_, api) => this.polygon(band, api, stroke.color, scale),
      },
      {
        id: `${name} / median`,
        name,
        type: "line",
        data: points(band.x, band.median, scale),
        symbol: (_, { dataIndex }) => dataIndex % stride === offset ? `path://${mark.shape}` : "none",
        symbolSize: 8,
        lineStyle: { ...stroke, width: 1.8 },
        itemStyle: { color: stroke.color },
        emphasis: { disabled: true },
      },
    ];
  }

  polygon(band, api, fill, scale) {
    const [low, , high] = this.extremes(band);
    const at = (i, y) => api.coord([band.x[i], Math.min(Math.max(y, scale.min), scale.max)]);
    const indices = [...band.x.keys()];
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
        return { name, mark, low, median, high };
      })
      .filter(({ median }) => !Number.isNaN(median))
      .sort((a, b) => worst * (a.median - b.median));
    const where = this.view.axis === "seconds" ? duration(position)
      : `${count(position)} ${this.problem.evaluationUnit}`;
    return element("table", { class: "reading" },
      element("caption", {}, where),
      ...rows.map(({ name, mark, low, median, high }) => element("tr", {},
        element("td", {}, swatch(mark), name),
        element("td", {}, significant(median)),
        element("td", {}, low === high ? "" : `${significant(low)} – ${significant(high)}`))));
  }
}

/** What cannot stand on the axis becomes a gap. */
function points(x, y, scale) {
  return Array.from(x, (position, i) =>
    [position, Number.isFinite(y[i]) && (scale.type !== "log" || y[i] > 0) ? y[i] : null]);
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
