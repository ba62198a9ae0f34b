/**
 * The draw list as SVG. Elements are kept by key and only what differs is written, so that values change in place and
 * a node keeps its element, and its focus, when the layout changes. Colours are classes; see stage.css.
 */

import { each, s, set, write } from "../dom.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").NodeDraw} NodeDraw */
/** @typedef {import("../scene.js").EdgeDraw} EdgeDraw */
/** @typedef {import("../scene.js").Text} Text */

/** Tint of a gradient's cell, from the weakest to the strongest. */
const WEAKEST_TINT = 0.1;
const STRONGEST_TINT = 0.3;
/** A ribbon narrower than this cannot be hollow: it is dashed instead. */
const HOLLOW_FROM = 5;
const HOLLOW_WALL = 1.3;

/**
 * The layers, back to front, in `root`.
 * @param {SVGGElement} root
 */
export function createPainter(root) {
  const layer = (/** @type {string} */ name) => root.appendChild(s("g", { class: name }));
  const marks = layer("marks");
  const edges = layer("edges");
  const nodes = layer("nodes");
  const chips = layer("chips");
  set(edges, { "aria-hidden": "true" });
  set(marks, { "aria-hidden": "true" });
  set(chips, { "aria-hidden": "true" });
  return {
    nodes,
    /** @param {Scene} scene */
    paint(scene) {
      each(
        marks,
        scene.edges.filter((edge) => edge.marked),
        (edge) => edge.key,
        () => s("path"),
        (path, edge) => {
          set(path, { d: edge.wire });
        },
      );
      each(edges, scene.edges, (edge) => edge.key, makeEdge, updateEdge);
      each(
        nodes,
        scene.nodes,
        (node) => node.key,
        makeNode,
        (group, node) => updateNode(group, node, scene.density),
      );
      const shown = scene.edges.filter((edge) => edge.chip !== null);
      each(chips, shown, (edge) => edge.key, makeChip, updateChip);
    },
  };
}

function makeEdge() {
  return s(
    "g",
    {},
    s("path", { class: "hit" }),
    s("path", { class: "wire" }),
    s("path", { class: "core" }),
    s("path", { class: "head" }),
  );
}

/** @param {SVGGElement} group @param {EdgeDraw} edge */
function updateEdge(group, edge) {
  const [hit, wire, core, head] = group.children;
  const hollow = edge.sign === "neg" && edge.width >= HOLLOW_FROM;
  const dashed = edge.sign === "neg" && !hollow;
  set(group, { class: `edge ${edge.sign}${dashed ? " dashed" : ""}`, "data-edge": edge.edge });
  set(hit, { d: edge.wire });
  set(wire, { d: edge.ribbon, "stroke-width": edge.width.toFixed(2) });
  set(core, {
    d: hollow ? edge.ribbon : null,
    "stroke-width": hollow ? (edge.width - 2 * HOLLOW_WALL).toFixed(2) : null,
  });
  set(head, { d: edge.head || null });
}

function makeChip() {
  return s("g", {}, s("rect"), s("text"));
}

/** @param {SVGGElement} group @param {EdgeDraw} edge */
function updateChip(group, { chip, edge, marked }) {
  if (chip === null) return;
  const [rect, text] = group.children;
  set(group, { class: `chip${chip.full ? " full" : ""}${marked ? " marked" : ""}`, "data-edge": edge });
  set(rect, {
    x: chip.x.toFixed(1),
    y: chip.y.toFixed(1),
    width: chip.width.toFixed(1),
    height: chip.height,
    rx: chip.height / 2,
  });
  writeText(text, chip.text);
}

/** @param {NodeDraw} node */
function makeNode(node) {
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
function updateNode(group, node, density) {
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

/** @param {Element} element @param {Text | null} text */
function writeText(element, text) {
  if (text === null) {
    write(element, "");
    return;
  }
  set(element, {
    x: text.x.toFixed(1),
    y: text.y.toFixed(1),
    "font-size": text.size,
    textLength: text.squeeze?.toFixed(1),
    lengthAdjust: text.squeeze ? "spacingAndGlyphs" : null,
  });
  write(element, text.text);
}
