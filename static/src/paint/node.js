/**
 * One node as SVG: its box, cells, label, numbers, bar and operator.
 */

import { s, set, write } from "../dom.js";
import { writeText } from "./text.js";

/** @typedef {import("../scene.js").NodeDraw} NodeDraw */

/** Tint of a gradient's cell, from the weakest to the strongest. */
const WEAKEST_TINT = 0.1;
const STRONGEST_TINT = 0.3;
/** @param {NodeDraw} node */
export function makeNode(node) {
  const group = s("g", { role: "graphics-symbol", tabindex: "-1" });
  group.append(
    s("path", { class: "neck" }),
    s("path", { class: "halo" }),
    s("path", { class: "outer" }),
    s("path", { class: "face" }),
    s("path", { class: "tint" }),
    s("path", { class: "hatch" }),
    s("path", { class: "tab" }),
    s("path", { class: "rules" }),
    s("path", { class: "outline" }),
    s("text", { class: "name" }, s("tspan"), s("tspan", { class: "index" })),
    s("text", { class: "caption" }),
    s("text", { class: "caption" }),
    s("text", { class: "value data" }),
    s("text", { class: "value grad" }),
    s("path", { class: "bar" }),
    s("path", { class: "tick" }),
    s("rect", { class: "grip" }),
    s("title"),
  );
  if (node.operator) group.append(s("g", { class: "operator" }, s("rect"), s("text")));
  return group;
}

/** @param {SVGGElement} group @param {NodeDraw} node @param {string} density */
export function updateNode(group, node, density) {
  const [
    neck,
    halo,
    outer,
    face,
    tint,
    hatch,
    tab,
    rules,
    outline,
    name,
    dataCaption,
    gradCaption,
    data,
    grad,
    bar,
    tick,
    gripRect,
    title,
    operator,
  ] = group.children;
  const flags = [
    "node",
    density,
    node.kind,
    node.sign,
    node.output && "output",
    node.unused && "unused",
    node.selected && "selected",
    node.now && `now-${node.now}`,
    node.data && !node.computed && "uncomputed",
  ];
  set(group, {
    class: flags.filter(Boolean).join(" "),
    style: `transform: translate(${node.x}px, ${node.y}px)`,
    "data-node": node.id,
    "aria-label": node.spoken,
    "aria-current": node.selected ? "true" : null,
  });
  set(neck, { d: node.operator?.neck ?? null });
  set(halo, { d: node.halo });
  set(outer, { d: node.outer || null });
  set(face, { d: node.outline });
  const strength =
    node.share > 0 ? WEAKEST_TINT + (STRONGEST_TINT - WEAKEST_TINT) * Math.sqrt(node.share) : null;
  set(tint, { d: node.gradCell || null, "fill-opacity": strength?.toFixed(3) });
  set(hatch, { d: node.hatch || null });
  set(tab, { d: node.tabShape || null });
  set(rules, { d: node.rules || null });
  set(outline, { d: node.outline });
  updateName(name, node);
  updateCaption(dataCaption, node.dataCaption ? "data" : "", node.tab + 8, 21);
  updateCaption(
    gradCaption,
    node.gradCaption ? (node.kind === "data" ? "fixed" : "grad") : "",
    node.tab + 9,
    51,
  );
  writeText(data, node.data);
  writeText(grad, node.grad);
  updateBar(bar, tick, node);
  set(gripRect, { x: node.tab, width: node.grip?.width ?? 0, height: node.grip?.height ?? 0 });
  write(title, node.hint);
  if (operator && node.operator) updateOperator(operator, node.operator);
}

/** @param {Element} text @param {NodeDraw} node */
function updateName(text, { label, labelOver, tab, width, height, output }) {
  const placed = label.inside ?? label.over;
  const [stem, index] = text.children;
  if (placed === null) {
    write(stem, "");
    write(index, "");
    return;
  }
  const over = label.inside === null;
  const wide = placed.size > 30;
  set(text, {
    class: `name${over ? " over" : wide ? " wide" : ""}${placed.formula ? " formula" : ""}`,
    x: over ? labelOver : wide ? width / 2 : tab / 2 + 0.5,
    y: over ? (output ? -8 : -5) : height / 2 + placed.size * 0.32,
    "font-size": placed.size,
    "text-anchor": over ? (labelOver > 0 ? "end" : "start") : "middle",
  });
  set(stem, {
    textLength: placed.squeeze?.toFixed(1),
    lengthAdjust: placed.squeeze ? "spacingAndGlyphs" : null,
  });
  write(stem, placed.text);
  set(index, {
    dy: placed.index ? (placed.size * 0.22).toFixed(1) : null,
    "font-size": (placed.size * 0.7).toFixed(1),
  });
  write(index, placed.index);
}

/** @param {Element} text @param {string} words @param {number} x @param {number} y */
function updateCaption(text, words, x, y) {
  set(text, { x, y });
  write(text, words);
}

/** @param {Element} bar @param {Element} tick @param {NodeDraw} node */
function updateBar(bar, tick, node) {
  if (node.bar === null) {
    set(bar, { d: null });
    set(tick, { d: null });
    return;
  }
  const { x, y, width } = node.bar;
  // A hollow bar's outline lies inside its length.
  const inset = width < 0 ? 0.6 : 0;
  set(bar, {
    d:
      width === 0
        ? null
        : `M${x},${y + inset}h${(width + inset).toFixed(2)}v${4 - 2 * inset}h${(-width - inset).toFixed(2)}z`,
  });
  set(tick, { d: `M${x},${y - 2}v8` });
}

/** @param {Element} group @param {NonNullable<NodeDraw["operator"]>} operator */
function updateOperator(group, operator) {
  const [rect, text] = group.children;
  set(group, {
    class: `operator${operator.spills ? " spills" : ""}${operator.symbol.length > 1 ? " word" : ""}`,
  });
  set(rect, {
    x: operator.x - operator.width / 2,
    y: operator.y - operator.radius,
    width: operator.width,
    height: 2 * operator.radius,
    rx: operator.radius,
  });
  writeText(text, {
    text: operator.symbol,
    x: operator.x,
    y: operator.y + operator.size * 0.34,
    size: operator.size,
    squeeze: operator.squeeze,
  });
}
