/**
 * One node as SVG: its box, cells, label, numbers, bar and operator.
 */

import { s } from "../dom.js";
import { draw, letter, letterAt } from "./brush.js";

/** @typedef {import("../scene.js").NodeDraw} NodeDraw */

/** Tint of a gradient's cell, from the weakest to the strongest. */
const WEAKEST_TINT = 0.1;
const STRONGEST_TINT = 0.3;
/** What a node is made of, back to front. */
function makeParts() {
  const path = (/** @type {string} */ name) => s("path", { class: name });
  const text = (/** @type {string} */ name) => s("text", { class: name });
  return {
    neck: path("neck"),
    halo: path("halo"),
    outer: path("outer"),
    face: path("face"),
    tint: path("tint"),
    hatch: path("hatch"),
    tab: path("tab"),
    rules: path("rules"),
    outline: path("outline"),
    name: s("text", { class: "name" }, s("tspan"), s("tspan", { class: "index" })),
    dataCaption: text("caption"),
    gradCaption: text("caption"),
    data: text("value data"),
    grad: text("value grad"),
    note: text("caption note"),
    axis: path("tick"),
    rises: path("bar rises"),
    falls: path("bar falls"),
    bar: path("bar"),
    tick: path("tick"),
    gripRect: s("rect", { class: "grip" }),
    operator: s("g", { class: "operator" }, s("rect"), s("text")),
    title: s("title"),
  };
}

/** A node's element, and what writes a node into it. */
export function makeNode() {
  const made = makeParts();
  const element = s("g", { role: "graphics-symbol", tabindex: "-1" }, ...Object.values(made));
  const parts = { ...made, place: "" };
  return { element, update: (/** @type {NodeDraw} */ node) => updateNode(element, parts, node) };
}

/** @param {SVGGElement} group @param {ReturnType<typeof makeParts> & {place: string}} parts @param {NodeDraw} node */
function updateNode(group, parts, node) {
  const flags = [
    "node",
    node.density,
    node.kind,
    node.sign,
    node.output && "output",
    node.unused && "unused",
    node.selected && "selected",
    node.now && `now-${node.now}`,
    node.data && !node.computed && "uncomputed",
  ];
  draw(group, {
    class: flags.filter(Boolean).join(" "),
    "data-node": node.id,
    "data-key": node.key,
    "aria-label": node.spoken,
    "aria-current": node.selected ? "true" : null,
  });
  // A style, not an attribute: only styles travel by transition, and the CSSOM needs no inline style in the policy.
  const place = `translate(${node.x}px, ${node.y}px)`;
  if (parts.place !== place) {
    parts.place = place;
    group.style.transform = place;
  }
  const { neck, halo, outer, face, tint, hatch, tab, rules, outline, name, data, grad, bar, tick, gripRect } =
    parts;
  draw(neck, { d: node.operator?.neck ?? null });
  draw(halo, { d: node.halo });
  draw(outer, { d: node.outer || null });
  draw(face, { d: node.outline });
  const strength =
    node.share > 0 ? WEAKEST_TINT + (STRONGEST_TINT - WEAKEST_TINT) * Math.sqrt(node.share) : null;
  draw(tint, { d: node.gradCell || null, "fill-opacity": strength?.toFixed(3) });
  draw(hatch, { d: node.hatch || null });
  draw(tab, { d: node.tabShape || null });
  draw(rules, { d: node.rules || null });
  draw(outline, { d: node.outline });
  updateName(name, node);
  updateCaption(parts.dataCaption, node.dataCaption ? "data" : "", node.tab + 8, 21);
  updateCaption(
    parts.gradCaption,
    node.gradCaption ? (node.kind === "data" ? "fixed" : "grad") : "",
    node.heading?.x ?? node.tab + 8,
    node.heading ? node.height - 12 : 51,
  );
  letterAt(data, node.data);
  letterAt(grad, node.grad);
  letterAt(parts.note, node.note);
  draw(parts.axis, { d: node.bars?.axis ?? null });
  draw(parts.rises, { d: node.bars?.rises || null });
  draw(parts.falls, { d: node.bars?.falls || null });
  updateBar(bar, tick, node);
  draw(gripRect, { x: node.tab, width: node.grip?.width ?? 0, height: node.grip?.height ?? 0 });
  letter(parts.title, node.hint);
  updateOperator(parts.operator, node.operator);
}

/** @param {Element} text @param {NodeDraw} node */
function updateName(text, { label, labelOver, tab, width, height, output, heading }) {
  const placed = label.inside ?? label.over;
  const [stem, index] = text.children;
  if (placed === null) {
    letter(stem, "");
    letter(index, "");
    return;
  }
  const over = label.inside === null;
  const wide = placed.size > 30;
  draw(text, {
    class:
      heading && !heading.maths
        ? "heading"
        : `name${over ? " over" : wide ? " wide" : ""}${placed.formula ? " formula" : ""}`,
    x: heading ? heading.x : over ? labelOver : wide ? width / 2 : tab / 2 + 0.5,
    y: heading ? heading.y : over ? (output ? -8 : -5) : height / 2 + placed.size * 0.32,
    "font-size": placed.size,
    "text-anchor": heading ? "start" : over ? (labelOver > 0 ? "end" : "start") : "middle",
  });
  draw(stem, {
    textLength: placed.squeeze?.toFixed(1),
    lengthAdjust: placed.squeeze ? "spacingAndGlyphs" : null,
  });
  letter(stem, placed.text);
  draw(index, {
    dy: placed.index ? (placed.size * 0.22).toFixed(1) : null,
    "font-size": (placed.size * 0.7).toFixed(1),
  });
  letter(index, placed.index);
}

/** @param {Element} text @param {string} words @param {number} x @param {number} y */
function updateCaption(text, words, x, y) {
  draw(text, { x, y });
  letter(text, words);
}

/** @param {Element} bar @param {Element} tick @param {NodeDraw} node */
function updateBar(bar, tick, node) {
  if (node.bar === null) {
    draw(bar, { d: null });
    draw(tick, { d: null });
    return;
  }
  const { x, y, width } = node.bar;
  // A hollow bar's outline lies inside its length.
  const inset = width < 0 ? 0.6 : 0;
  draw(bar, {
    d:
      width === 0
        ? null
        : `M${x},${y + inset}h${(width + inset).toFixed(2)}v${4 - 2 * inset}h${(-width - inset).toFixed(2)}z`,
  });
  draw(tick, { d: `M${x},${y - 2}v8` });
}

/** @param {Element} group @param {NodeDraw["operator"]} operator */
function updateOperator(group, operator) {
  draw(group, { display: operator === null ? "none" : null });
  if (operator === null) return;
  const [rect, text] = group.children;
  draw(group, {
    class: `operator${operator.spills ? " spills" : ""}${operator.symbol.length > 1 ? " word" : ""}`,
  });
  draw(rect, {
    x: operator.x - operator.width / 2,
    y: operator.y - operator.radius,
    width: operator.width,
    height: 2 * operator.radius,
    rx: operator.radius,
  });
  letterAt(text, {
    text: operator.symbol,
    x: operator.x,
    y: operator.y + operator.size * 0.34,
    size: operator.size,
    squeeze: operator.squeeze,
  });
}
