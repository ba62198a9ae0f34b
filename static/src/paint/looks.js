/**
 * How the parts of a drawing look, as presentation attributes: what css/stage.css says, for a picture that stands alone.
 * A test compares the two, element by element.
 */

import { FACES } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {import("../scene.js").NodeDraw} NodeDraw */
/** @typedef {import("../scene.js").EdgeDraw} EdgeDraw */
/** By name of the part; null: not drawn. @typedef {Record<string, Record<string, string | number> | null>} Looks */

/** @param {string} stroke @param {number} [width] */
const line = (stroke, width = 1) => ({ fill: "none", stroke, "stroke-width": width });
/** Text over other things keeps a rim of what lies behind. @param {string} stroke */
const rim = (stroke) => ({
  stroke,
  "stroke-width": 3,
  "stroke-linejoin": "round",
  "paint-order": "stroke",
});

/** @param {Theme} t */
export function markLook(t) {
  return { ...line(t.mark, 26), "stroke-linejoin": "round" };
}

/** @param {EdgeDraw} edge @param {boolean} dashed @param {Theme} t @returns {Looks} */
export function edgeLooks({ sign }, dashed, t) {
  const stroke = { pos: t.pos, neg: t["neg-deep"], unknown: t["ink-2"] };
  const colour = sign === "pos" || sign === "neg" || sign === "unknown" ? stroke[sign] : t.edge;
  const dashes = sign === "waiting" ? "1.5 4" : sign === "unknown" ? "6 3" : dashed ? "7 4" : null;
  return {
    hit: null,
    wire: {
      fill: "none",
      stroke: colour,
      "stroke-linejoin": "round",
      ...(sign === "none" ? { "stroke-width": 1.25 } : {}),
      ...(dashes === null ? {} : { "stroke-dasharray": dashes }),
      ...(sign === "waiting" ? { "stroke-linecap": "round" } : {}),
    },
    core: { fill: "none", stroke: t["neg-tint"], "stroke-linejoin": "round" },
    head: { fill: colour },
  };
}

/** @param {Theme} t @returns {Looks} */
export function frameLooks(t) {
  return {
    frame: { fill: t.surface, "fill-opacity": 0.55, stroke: t["line-2"] },
    title: { fill: t.ink, "font-weight": 600, ...rim(t.paper) },
    note: { fill: t["ink-2"], ...rim(t.paper) },
  };
}

/** @param {boolean} fixed @param {Theme} t @returns {Looks} */
export function nextLooks(fixed, t) {
  return {
    words: { fill: fixed ? t["ink-2"] : t.ink, "text-anchor": "end" },
    from: line(t["ink-2"]),
    arrow: { fill: t.ink, stroke: t.ink, "stroke-width": 1.75 },
  };
}

/** @param {boolean} full @param {Theme} t @returns {Looks} */
export function chipLooks(full, t) {
  return {
    pill: { fill: t.surface, stroke: full ? t.ink : t["line-2"], "stroke-width": full ? 1.5 : 1 },
    words: { fill: t.ink, "font-weight": 600, "text-anchor": "middle" },
  };
}

/** @param {NodeDraw} node @param {Theme} t @returns {Looks} */
export function nodeLooks(node, t) {
  const { kind, sign, selected, found, now, output, computed } = node;
  const inked = output || selected;
  const tint = { pos: t.pos, neg: t.neg };
  const negative = { fill: t["neg-tint"], stroke: t["neg-deep"], "stroke-width": 1.2 };
  const caption = { fill: now === "grad" ? t["mark-ink"] : t["ink-2"] };
  return {
    neck: line(t.ink, 1.5),
    halo: selected
      ? { fill: t.mark, stroke: t.mark, "stroke-width": 3 }
      : found
        ? { ...line(t.ink, 2), "stroke-dasharray": "4 4" }
        : null,
    outer: { fill: t.surface, stroke: t.ink, "stroke-width": 1.25 },
    face: { fill: now === "data" ? t.mark : t.surface },
    tint:
      now === "grad"
        ? { fill: t.mark, "fill-opacity": 1 }
        : sign === "pos" || sign === "neg"
          ? { fill: tint[sign] }
          : null,
    hatch: line(t["line-2"]),
    tab: kind === "data" ? null : { fill: kind === "parameter" ? t.ink : t.well },
    rules: line(t.line),
    outline: {
      ...line(inked ? t.ink : t.edge, inked ? 2 : 1.5),
      ...(kind === "constant" && !selected ? { "stroke-dasharray": "4 3" } : {}),
    },
    name: nameLook(node, t),
    stem: {},
    index: {},
    dataCaption: caption,
    gradCaption: caption,
    note: kind === "objective" ? { ...caption, "text-anchor": "middle" } : caption,
    data: {
      fill: now === "data" ? t["mark-ink"] : computed ? t.ink : t["ink-2"],
      "font-weight": computed ? 600 : 400,
      "text-anchor": kind === "constant" || kind === "objective" ? "middle" : "end",
    },
    grad: gradLook(node, t),
    axis: line(t.edge, 1.25),
    rises: { fill: t.pos },
    falls: negative,
    bar: sign === "neg" ? negative : { fill: t.pos },
    tick: line(t.edge, 1.25),
    grip: null,
    operator: {},
    circle: { fill: t.surface, stroke: t.ink, "stroke-width": 1.5 },
    symbol: {
      fill: t.ink,
      "font-weight": 600,
      "text-anchor": "middle",
      ...(node.operator?.spills ? rim(t.surface) : {}),
    },
    title: {},
  };
}

/** @param {NodeDraw} node @param {Theme} t @returns {Record<string, string | number>} */
function nameLook({ kind, label, heading, tab }, t) {
  if (heading && !heading.maths) return { fill: t.ink, "font-weight": 600 };
  const placed = label.inside ?? label.over;
  const across = label.inside === null || label.across === true;
  const onInk = kind === "parameter" && !across && tab > 0;
  return {
    fill: onInk ? t.paper : placed?.formula ? t["ink-2"] : t.ink,
    "font-family": FACES.maths,
    "font-style": "italic",
    ...(across ? rim(t.paper) : {}),
  };
}

/** @param {NodeDraw} node @param {Theme} t */
function gradLook({ kind, sign, now }, t) {
  const quiet = kind === "neuron" || (sign === "waiting" && now !== "grad");
  const signed = sign === "pos" ? t["pos-ink"] : sign === "neg" ? t["neg-ink"] : t.ink;
  return {
    fill: quiet ? t["ink-2"] : now === "grad" ? t["mark-ink"] : signed,
    "font-weight": kind === "neuron" || sign === "waiting" ? 400 : 600,
    "text-anchor": kind === "constant" ? "middle" : "end",
  };
}
