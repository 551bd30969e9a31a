// What every figure has: a head with switches, a chart, a caption, a keyboard, its data as CSV.

// on a touch screen dragging scrolls the page
const dragZoom = !matchMedia("(pointer: coarse)").matches;

/** Subclasses give draw(), option(), positions() and csv(). */
class Plot {
  constructor(title, number, ...switches) {
    this.zoom = null;
    this.canvas = element("div", { class: "chart", role: "img", tabindex: "0",
      onkeydown: event => this.keyPressed(event),
      onblur: () => this.chart.dispatchAction({ type: "hideTip" }) });
    this.caption = element("span");
    this.unzoom = element("button", { type: "button", class: "unzoom", hidden: "",
      onclick: () => this.zoomTo(null) }, "Whole range");
    this.node = element("figure", {},
      element("div", { class: "figure-head" },
        element("span", { class: "measure" }, title),
        this.unzoom,
        ...switches,
        element("button", { type: "button", class: "save",
          "aria-label": `Save the data of figure ${number} as CSV`,
          onclick: () => saveText(`figure-${number}.csv`, this.csv()) }, "CSV")),
      this.canvas,
      element("figcaption", {}, element("b", {}, `Figure ${number}. `), this.caption));
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

  /** Puts the option on the screen, and says in words what is seen. */
  show(lines, text, label) {
    this.unzoom.hidden = this.zoom === null;
    this.chart.setOption(this.option(lines), { notMerge: true });
    if (dragZoom) {
      this.chart.dispatchAction(
        { type: "takeGlobalCursor", key: "dataZoomSelect", dataZoomSelectActive: true });
    }
    this.reached = undefined;
    this.caption.textContent = text;
    this.canvas.setAttribute("aria-label", `${label}: ${text} Shown: ${
      lines.map(({ name }) => name).join(", ")}. The arrow keys read it.`);
  }

  /** The arrow keys move the reading along the horizontal axis. */
  keyPressed(event) {
    const positions = this.positions();
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || positions.length === 0) return;
    event.preventDefault();
    const next = this.reached === undefined && step === 1 ? 0
      : (this.reached ?? 0) + step * Math.ceil(positions.length / 50);
    this.reached = Math.min(Math.max(next, 0), positions.length - 1);
    this.chart.dispatchAction({ type: "showTip", y: this.canvas.clientHeight / 2,
      x: this.chart.convertToPixel({ xAxisIndex: 0 }, positions[this.reached]) });
  }

  /** What all figures look like; the rest is the subclass's. */
  frame(xAxis, yAxis, reading, series) {
    const ink = colour("--ink-soft"), rule = colour("--rule");
    const text = { color: ink, fontFamily: colour("--sans"), fontSize: 11 };
    const ticks = yAxis.ticks && { customValues: yAxis.ticks };
    const xTicks = xAxis.ticks && { customValues: xAxis.ticks };
    return {
      animation: false,
      textStyle: text,
      grid: { left: 52, right: 16, top: 12, bottom: 44, outerBoundsMode: "none" },
      xAxis: {
        nameLocation: "middle",
        nameGap: 26,
        nameTextStyle: text,
        splitNumber: this.canvas.clientWidth < 420 ? 4 : 6,
        axisLine: { lineStyle: { color: ink }, onZero: false },
        axisTick: { show: true, length: 4, lineStyle: { color: ink }, ...xTicks },
        splitLine: { show: false },
        ...xAxis,
        axisLabel: { ...text, hideOverlap: true, ...xTicks, ...xAxis.axisLabel },
      },
      yAxis: {
        ...yAxis,
        axisLine: { show: false },
        axisTick: { show: false, ...ticks },
        axisLabel: { ...text, ...ticks, ...yAxis.axisLabel },
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
        formatter: parameters => reading(parameters[0].axisValue),
      },
      // dragging over the figure selects a range; the tool's own icon stays out of sight
      toolbox: dragZoom ? {
        itemSize: 0,
        showTitle: false,
        feature: { dataZoom: { yAxisIndex: false, filterMode: "none",
          brushStyle: { color: rule, opacity: 0.6 } } },
      } : undefined,
      series,
    };
  }
}

/** The stroke of an optimizer's line. */
function stroke(mark) {
  return { color: colour(mark.colour), type: mark.dash.length ? mark.dash : "solid" };
}

/** Symbols on a few of a line's points, apart from those of the other lines. */
function symbols(mark, length) {
  const stride = Math.max(1, Math.ceil(length / 6));
  const offset = Math.floor(stride * ((mark.index % 8) + 0.5) / 8);
  return {
    symbol: (_, { dataIndex }) => dataIndex % stride === offset ? `path://${mark.shape}` : "none",
    symbolSize: 8,
  };
}

/** What a tooltip says: a heading, and rows of an optimizer with its texts. */
function readingTable(heading, rows) {
  return element("table", { class: "reading" },
    element("caption", {}, heading),
    ...rows.map(({ name, mark, texts }) => element("tr", {},
      element("td", {}, swatch(mark), name), ...texts.map(text => element("td", {}, text)))));
}

function csvText(rows) {
  const field = value => /[",\r\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : value;
  return rows.map(row => row.map(field).join(",") + "\n").join("");
}

function saveText(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
