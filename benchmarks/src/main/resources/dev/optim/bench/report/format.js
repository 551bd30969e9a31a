// Numbers as a reader wants them.

const missing = "–";

/** Four significant digits; powers of ten where zeros would have to be counted. */
function significant(value) {
  if (value === null || Number.isNaN(value)) return missing;
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    const [digits, exponent] = value.toExponential(2).split("e");
    return minus(digits) + "·10" + superscript(Number(exponent));
  }
  return minus(value.toPrecision(4));
}

/** The label of a tick on a logarithmic axis. */
function tickLabel(value) {
  if (value >= 1e-3 && value < 1e4) return String(Number(value.toPrecision(3)));
  const [digits, exponent] = value.toExponential(0).split("e");
  return (digits === "1" ? "" : digits + "·") + "10" + superscript(Number(exponent));
}

/** A count with thin spaces between thousands. */
function count(value) {
  return value === null ? missing
    : String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, "\u2009");
}

/** 2500 as 2.5k, for axes. */
function shortCount(value) {
  const [scale, suffix] = value >= 1e6 ? [1e6, "M"] : value >= 1e4 ? [1e3, "k"] : [1, ""];
  return Number((value / scale).toPrecision(3)) + suffix;
}

/** The unit in which times up to the given seconds read best. */
function timeUnit(seconds) {
  return seconds < 1e-3 ? { name: "µs", scale: 1e6 }
    : seconds < 1 ? { name: "ms", scale: 1e3 }
    : seconds < 600 ? { name: "s", scale: 1 }
    : { name: "min", scale: 1 / 60 };
}

/** A time with its unit. */
function duration(seconds) {
  if (seconds === null) return missing;
  const unit = timeUnit(seconds);
  return Number((seconds * unit.scale).toPrecision(3)) + "\u202f" + unit.name;
}

function superscript(exponent) {
  return String(exponent).replace(/[-\d]/g, c => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]);
}

function minus(text) {
  return text.replace("-", "−");
}
