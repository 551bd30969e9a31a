// How an optimizer looks: a colour, a dash and a symbol, so that no reader depends on colour alone.

const dashes = [[], [7, 4], [2, 3], [9, 3, 2, 3], [14, 4], [5, 2, 2, 2, 2, 2], [4, 4], [1, 4]];
const shapes = [
  "M4,0A4,4 0 1 1 -4,0A4,4 0 1 1 4,0Z", // disc
  "M-3.5,-3.5H3.5V3.5H-3.5Z", // square
  "M0,-4.5L4.5,3.5H-4.5Z", // triangle
  "M0,-5L5,0L0,5L-5,0Z", // diamond
  "M0,4.5L4.5,-3.5H-4.5Z", // triangle on its tip
  "M-1.4,-4.5H1.4V-1.4H4.5V1.4H1.4V4.5H-1.4V1.4H-4.5V-1.4H-1.4Z", // plus
  "M-4.5,-2.5L-2.5,-4.5L0,-2L2.5,-4.5L4.5,-2.5L2,0L4.5,2.5L2.5,4.5L0,2L-2.5,4.5L-4.5,2.5L-2,0Z", // cross
  "M0,-5L1.3,-1.3L5,0L1.3,1.3L0,5L-1.3,1.3L-5,0L-1.3,-1.3Z", // star
];

/** The mark of the n-th optimizer. The style sheet defines the colours of both themes. */
function mark(index) {
  const round = Math.floor(index / 8); // from the ninth on colours recur, with other company
  return {
    index,
    colour: `--series-${index % 8 + 1}`,
    dash: dashes[(index + round) % dashes.length],
    shape: shapes[(index + 3 * round) % shapes.length],
  };
}

/** A piece of the line, for keys and tables. */
function swatch({ colour, dash, shape }) {
  return drawing("svg", { class: "swatch", viewBox: "0 0 34 12", "aria-hidden": "true",
    style: `color: var(${colour})` },
    drawing("path", { d: "M0,6H34", class: "line", "stroke-dasharray": dash.join(" ") }),
    drawing("path", { d: shape, transform: "translate(17 6)" }));
}
