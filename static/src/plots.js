/** The two pictures of the nudge: a step of h on the real curve, and the error against h, log over log. */
import { fill, s, set, write } from "./dom.js";
import { curve, errorCurve } from "./gradcheck.js";
import { shortNumber } from "./numbers.js";

/**
 * @typedef {Pick<import("./state.js").State, "graph" | "tape" | "tick" | "h">} Slice
 * @typedef {ReturnType<typeof import("./gradcheck.js").nudge>} Nudge
 */

/** The pictures' size, in their own pixels. */
export const WIDTH = 304;
export const HEIGHT = 118;
const PAD = { left: 30, right: 6, top: 14, bottom: 20 };
/** The curve is drawn from this many h before the value to so many after it. */
const BEFORE = 0.6;
const AFTER = 1.9;
const EXTENT = { least: -12, most: 0 };

/**
 * @param {SVGSVGElement} plot
 * @param {Slice} slice
 * @param {number} id
 * @param {Nudge} result
 * @param {string} name
 * @param {string} output
 */
export function drawPlot(plot, { tape, h: step }, id, result, name, output) {
  const { x, before, after } = result;
  const points = curve(tape, id, x - BEFORE * step, x + AFTER * step, tape.size > 2000 ? 17 : 49).filter(
    ({ y }) => Number.isFinite(y),
  );
  set(plot, { "aria-label": `${output} over ${name}: from ${shortNumber(before)} to ${shortNumber(after)}` });
  if (points.length < 2 || !Number.isFinite(before) || !Number.isFinite(after)) {
    plot.replaceChildren();
    set(plot, { hidden: true });
    return;
  }
  set(plot, { hidden: null });
  const low = Math.min(before, after, ...points.map(({ y }) => y));
  const high = Math.max(before, after, ...points.map(({ y }) => y));
  const span = high - low || Math.max(1e-12, Math.abs(high) * 1e-12, step);
  const middle = (high + low) / 2;
  /** @param {number} value */
  const px = (value) =>
    round1(
      PAD.left + ((value - (x - BEFORE * step)) / ((BEFORE + AFTER) * step)) * (WIDTH - PAD.left - PAD.right),
    );
  /** @param {number} value */
  const py = (value) =>
    round1(PAD.top + (0.5 - (value - middle) / (span * 1.1)) * (HEIGHT - PAD.top - PAD.bottom));
  const [x0, y0, x1, y1] = [px(x), py(before), px(x + step), py(after)];
  const change = after - before;
  const sign = change > 0 ? "pos" : change < 0 ? "neg" : "none";
  const apart = Math.abs(y1 - y0) > 14;
  fill(
    plot,
    s("path", {
      class: "rule",
      d: `M${PAD.left} ${y0}H${WIDTH - PAD.right}M${PAD.left} ${y1}H${WIDTH - PAD.right}`,
    }),
    s("path", { class: "axis", d: `M${PAD.left} ${HEIGHT - PAD.bottom + 4}H${WIDTH - PAD.right}` }),
    s("path", { class: `area ${sign}`, d: `M${x0} ${y0}H${x1}V${y1}Z` }),
    s("path", { class: "curve", d: `M${points.map((point) => `${px(point.x)} ${py(point.y)}`).join("L")}` }),
    s("path", { class: "secant", d: `M${x0} ${y0}L${x1} ${y1}` }),
    s("path", { class: "run", d: `M${x0} ${y0}H${x1}` }),
    s("path", { class: `change ${sign}`, d: `M${x1} ${y0}V${y1}` }),
    s("circle", { class: "point", cx: x0, cy: y0, r: 4.5 }),
    s("circle", { class: "point after", cx: x1, cy: y1, r: 4.5 }),
    s(
      "text",
      { class: "tick-label", x: PAD.left - 5, y: y0 + 4, "text-anchor": "end" },
      shortNumber(before, 5),
    ),
    apart &&
      s(
        "text",
        { class: "tick-label", x: PAD.left - 5, y: y1 + 4, "text-anchor": "end" },
        shortNumber(after, 5),
      ),
    s(
      "text",
      { class: "run-label", x: (x0 + x1) / 2, y: y0 + (y1 > y0 ? -6 : 15), "text-anchor": "middle" },
      `h = ${shortNumber(step)}`,
    ),
    s(
      "text",
      { class: `change-label ${sign}`, y: apart ? (y0 + y1) / 2 - 3 : y0 - 22 },
      s("tspan", { x: x1 + 9 }, `${shortened(output)} changes`),
      s("tspan", { x: x1 + 9, dy: 15 }, `by ${shortNumber(change, 8)}`),
    ),
    s(
      "text",
      { class: "tick-label", x: x0, y: HEIGHT - 3, "text-anchor": "middle" },
      `${shortened(name)} = ${shortNumber(x, 7)}`,
    ),
  );
}

/** Log over log: both errors, and where h stands now. @param {SVGSVGElement} errors @param {Slice} slice @param {number} id */
export function drawErrors(errors, { tape, h: step }, id) {
  const rows = errorCurve(tape, id, { ...EXTENT, perDecade: tape.size > 2000 ? 1 : 4 });
  const logs = rows
    .flatMap(({ forward, central }) => [forward, central])
    .filter((error) => error > 0 && Number.isFinite(error));
  if (logs.length === 0) {
    errors.replaceChildren(
      s(
        "text",
        { class: "tick-label", x: WIDTH / 2, y: HEIGHT / 2, "text-anchor": "middle" },
        "No error at any h.",
      ),
    );
    return;
  }
  const low = Math.floor(Math.log10(Math.min(...logs)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...logs))));
  /** @param {number} value */
  const px = (value) =>
    round1(
      PAD.left +
        8 +
        ((Math.log10(value) - EXTENT.least) / (EXTENT.most - EXTENT.least)) * (WIDTH - PAD.left - 20),
    );
  /** @param {number} value */
  const py = (value) =>
    round1(8 + ((high - Math.log10(Math.max(value, 10 ** low))) / (high - low)) * (HEIGHT - PAD.bottom - 14));
  /** @param {"forward" | "central"} scheme */
  const line = (scheme) =>
    `M${rows
      .filter((row) => Number.isFinite(row[scheme]))
      .map((row) => `${px(row.h)} ${py(row[scheme])}`)
      .join("L")}`;
  const base = HEIGHT - PAD.bottom;
  errors.replaceChildren(
    s("path", { class: "axis", d: `M${PAD.left + 8} ${base}H${WIDTH - 6}M${PAD.left + 8} 4V${base}` }),
    s("path", { class: "here", d: `M${px(step)} 4V${base}` }),
    s("path", { class: "curve", d: line("forward") }),
    s("path", { class: "curve dashed", d: line("central") }),
    s("text", { class: "tick-label", x: PAD.left + 3, y: 14, "text-anchor": "end" }, `10${raised(high)}`),
    s("text", { class: "tick-label", x: PAD.left + 3, y: base, "text-anchor": "end" }, `10${raised(low)}`),
    ...[-12, -8, -4, 0].map((power) =>
      s(
        "text",
        { class: "tick-label", x: px(10 ** power), y: HEIGHT - 5, "text-anchor": "middle" },
        power === 0 ? "h = 1" : `10${raised(power)}`,
      ),
    ),
  );
  write(errors.appendChild(s("title")), "Error of the difference quotient against h");
}

/** @param {number} power */
function raised(power) {
  return Array.from(String(power), (digit) => (digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)])).join("");
}

/** Not by the number by which it is told apart. @param {string} name as code writes it */
function shortened(name) {
  return name.length > 6 ? name.replace(/^(.{5}).*?(_\d+)?$/, "$1…$2") : name;
}

/** @param {number} value */
function round1(value) {
  return Math.round(value * 10) / 10;
}
