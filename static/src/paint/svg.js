/**
 * The draw list as SVG. Elements are kept by key and only what differs is written, so that values change in place and
 * a node keeps its element, and its focus, when the layout changes. Colours are classes; see stage.css.
 */

import { s } from "../dom.js";
import { draw, keyed, letterAt } from "./brush.js";
import { makeNode } from "./node.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").EdgeDraw} EdgeDraw */

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
  draw(edges, { "aria-hidden": "true" });
  draw(marks, { "aria-hidden": "true" });
  draw(chips, { "aria-hidden": "true" });
  const keyOf = (/** @type {{key: string}} */ item) => item.key;
  const paintMarks = keyed(marks, keyOf, makeMark);
  const paintEdges = keyed(edges, keyOf, makeEdge);
  const paintNodes = keyed(nodes, keyOf, makeNode);
  const paintChips = keyed(chips, keyOf, makeChip);
  return {
    nodes,
    /** @param {Scene} scene */
    paint(scene) {
      paintMarks(scene.edges.filter((edge) => edge.marked));
      paintEdges(scene.edges);
      paintNodes(scene.nodes);
      paintChips(scene.edges.filter((edge) => edge.chip !== null));
    },
  };
}

function makeMark() {
  const element = s("path");
  return { element, update: (/** @type {EdgeDraw} */ edge) => draw(element, { d: edge.wire }) };
}

function makeEdge() {
  const parts = ["hit", "wire", "core", "head"].map((name) => s("path", { class: name }));
  const element = s("g", {}, ...parts);
  return { element, update: (/** @type {EdgeDraw} */ edge) => updateEdge(element, parts, edge) };
}

/** @param {SVGGElement} group @param {SVGPathElement[]} parts @param {EdgeDraw} edge */
function updateEdge(group, [hit, wire, core, head], edge) {
  const hollow = edge.sign === "neg" && edge.width >= HOLLOW_FROM;
  const dashed = edge.sign === "neg" && !hollow;
  draw(group, { class: `edge ${edge.sign}${dashed ? " dashed" : ""}`, "data-edge": edge.edge });
  draw(hit, { d: edge.wire });
  draw(wire, { d: edge.ribbon, "stroke-width": edge.width.toFixed(2) });
  draw(core, {
    d: hollow ? edge.ribbon : null,
    "stroke-width": hollow ? (edge.width - 2 * HOLLOW_WALL).toFixed(2) : null,
  });
  draw(head, { d: edge.head || null });
}

function makeChip() {
  const rect = s("rect");
  const text = s("text");
  const element = s("g", {}, rect, text);
  return { element, update: (/** @type {EdgeDraw} */ edge) => updateChip(element, rect, text, edge) };
}

/** @param {SVGGElement} group @param {SVGRectElement} rect @param {SVGTextElement} text @param {EdgeDraw} edge */
function updateChip(group, rect, text, { chip, edge, marked }) {
  if (chip === null) return;
  draw(group, { class: `chip${chip.full ? " full" : ""}${marked ? " marked" : ""}`, "data-edge": edge });
  draw(rect, {
    x: chip.x.toFixed(1),
    y: chip.y.toFixed(1),
    width: chip.width.toFixed(1),
    height: chip.height,
    rx: chip.height / 2,
  });
  letterAt(text, chip.text);
}
