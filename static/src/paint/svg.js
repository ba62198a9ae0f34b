/**
 * The draw list as SVG. Elements are kept by key and only what differs is written, so that values change in place and
 * a node keeps its element, and its focus, when the layout changes. Colours are classes; see stage.css.
 */

import { each, s, set } from "../dom.js";
import { makeNode, updateNode } from "./node.js";
import { writeText } from "./text.js";

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
