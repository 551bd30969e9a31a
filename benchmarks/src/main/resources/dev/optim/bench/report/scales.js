// The ends of the axes and where their ticks stand.

/** A logarithmic axis from the smallest to the largest value, with ticks at round numbers. */
function logScale(low, high) {
  if (low === high) [low, high] = [low / 2, high * 2];
  const margin = Math.pow(high / low, 0.04);
  const min = low / margin, max = high * margin;
  const ticks = logTicks(min, max);
  return ticks ? { type: "log", min, max, ticks } : { type: "log", min, max };
}

/** Round numbers along a logarithmic axis; undefined where there are less than two. */
function logTicks(min, max) {
  const first = Math.floor(Math.log10(min)), last = Math.ceil(Math.log10(max));
  const decades = Math.log10(max / min);
  const steps = decades < 0.8 ? [1, 2, 3, 4, 5, 6, 8] : decades < 2 ? [1, 2, 5] : [1];
  const stride = Math.ceil(decades / 8);
  const ticks = [];
  for (let exponent = first; exponent <= last; exponent++) {
    if (exponent % stride !== 0) continue;
    for (const step of steps) {
      const tick = Number(step + "e" + exponent);
      if (tick >= min && tick <= max) ticks.push(tick);
    }
  }
  return ticks.length >= 2 ? ticks : undefined;
}

/** A linear axis that begins and ends on a tick. */
function linearScale(low, high) {
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const interval = roundStep((high - low) / 5);
  return {
    type: "value",
    min: Math.floor(low / interval) * interval,
    max: Math.ceil(high / interval) * interval,
    interval,
  };
}

/** The least of 1, 2, 5, 10, ... that is not smaller. */
function roundStep(step) {
  const power = Math.pow(10, Math.floor(Math.log10(step)));
  return power * [1, 2, 5, 10].find(factor => factor * power >= step * (1 - 1e-9));
}
