// Several runs as one line and a band around it.

const gridSize = 500;

/** One run's measured points of one metric along an axis ("evaluations" or "seconds"). */
function trace(run, axis, metric) {
  const measured = [...run.values[metric].keys()].filter(i => run.values[metric][i] !== null);
  return {
    seed: run.seed,
    x: Float64Array.from(measured, i => run[axis][i]),
    y: Float64Array.from(measured, i => run.values[metric][i]),
  };
}

/**
 * Quantiles over the runs, at positions where every run has begun. Between its points a run is a
 * straight line; after its end it keeps its final value.
 */
function band(runs, axis, metric) {
  const traces = runs.map(run => trace(run, axis, metric)).filter(({ x }) => x.length > 0);
  const x = grid(traces);
  const columns = traces.map(one => resample(one, x));
  const result = { traces, x };
  for (const name of ["min", "lower", "median", "upper", "max"]) {
    result[name] = new Float64Array(x.length);
  }
  const sorted = new Float64Array(traces.length);
  for (let i = 0; i < x.length; i++) {
    columns.forEach((column, run) => sorted[run] = column[i]);
    sorted.sort();
    result.min[i] = sorted[0];
    result.lower[i] = quantile(sorted, 0.25);
    result.median[i] = quantile(sorted, 0.5);
    result.upper[i] = quantile(sorted, 0.75);
    result.max[i] = sorted[sorted.length - 1];
  }
  return result;
}

/** The positions of all points, thinned evenly; both ends stay. */
function grid(traces) {
  const start = Math.max(...traces.map(({ x }) => x[0]));
  const all = [...new Set(traces.flatMap(({ x }) => [...x]))]
    .filter(x => x >= start)
    .sort((a, b) => a - b);
  if (all.length <= gridSize) return Float64Array.from(all);
  const stride = (all.length - 1) / (gridSize - 1);
  return Float64Array.from({ length: gridSize }, (_, i) => all[Math.round(i * stride)]);
}

function resample({ x, y }, positions) {
  let next = 0; // the first point at or after the position
  return Float64Array.from(positions, position => {
    while (next < x.length && x[next] < position) next++;
    if (next === x.length) return y[next - 1];
    return x[next] === position ? y[next] : between(x, y, next, position);
  });
}

/** The value at a position within the range of x, or NaN outside it. */
function valueAt({ x }, y, position) {
  if (x.length === 0 || position < x[0] || position > x[x.length - 1]) return NaN;
  let low = 0, high = x.length - 1; // x[high] >= position throughout
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] < position) low = middle + 1; else high = middle;
  }
  return x[high] === position ? y[high] : between(x, y, high, position);
}

function between(x, y, next, position) {
  const weight = (position - x[next - 1]) / (x[next] - x[next - 1]);
  return mix(y[next - 1], y[next], weight);
}

function quantile(sorted, probability) {
  const position = probability * (sorted.length - 1), below = Math.floor(position);
  return position === below ? sorted[below]
    : mix(sorted[below], sorted[below + 1], position - below);
}

/** Between equal neighbours nothing is computed: infinity minus infinity would be NaN. */
function mix(a, b, weight) {
  return a === b ? a : (1 - weight) * a + weight * b;
}
