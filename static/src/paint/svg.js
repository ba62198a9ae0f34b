/**
 * The draw list as SVG. Elements are kept by key and only what differs is written, so that values change in place and
 * a node keeps its element, and its focus, when the layout changes. Colours are classes; see stage.css.
 */

import { s } from "../dom.js";
import { isApart } from "../scene.js";
import { draw, keyed, makeParts, writeParts } from "./brush.js";
import { makeNode } from "./node.js";
import {
  CHIP_PARTS,
  chipClass,
  chipParts,
  EDGE_PARTS,
  edgeClass,
  edgeParts,
  FRAME_PARTS,
  frameParts,
  NEXT_PARTS,
  nextParts,
  TITLE_PARTS,
  titleParts,
} from "./parts.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").EdgeDraw} EdgeDraw */
/** @typedef {import("../scene.js").Box} Box */

/**
 * The layers, back to front, in `root`.
 * @param {SVGGElement} root
 */
export function createPainter(root) {
  const layer = (/** @type {string} */ name) => root.appendChild(s("g", { class: name }));
  const frames = layer("frames");
  const marks = layer("marks");
  const edges = layer("edges");
  const titles = layer("titles");
  const nodes = layer("nodes");
  const next = layer("nexts");
  const chips = layer("chips");
  draw(edges, { "aria-hidden": "true" });
  draw(marks, { "aria-hidden": "true" });
  draw(chips, { "aria-hidden": "true" });
  draw(frames, { "aria-hidden": "true" });
  draw(titles, { "aria-hidden": "true" });
  draw(next, { "aria-hidden": "true" });
  const keyOf = (/** @type {{key: string}} */ item) => item.key;
  const paintFrames = keyed(frames, keyOf, makeFrame(FRAME_PARTS, frameParts));
  const paintTitles = keyed(titles, keyOf, makeFrame(TITLE_PARTS, titleParts));
  const paintNext = keyed(next, keyOf, makeNext);
  const paintMarks = keyed(marks, keyOf, makeMark);
  const paintEdges = keyed(edges, keyOf, makeEdge);
  const paintNodes = keyed(nodes, keyOf, makeNode);
  const paintChips = keyed(chips, keyOf, makeChip);
  return {
    nodes,
    /**
     * @param {Scene} scene
     * @param {Box | null} [seen] only what reaches into this part of the drawing is shown, and costs
     */
    paint(scene, seen = null) {
      const outside = (/** @type {Box} */ box) => seen !== null && isApart(box, seen);
      paintFrames(scene.frames);
      paintTitles(scene.frames);
      paintNext(scene.next);
      paintMarks(scene.edges.filter((edge) => edge.marked));
      paintEdges(scene.edges, seen && ((edge) => outside(edge.reach)));
      paintNodes(scene.nodes, seen && outside);
      paintChips(
        scene.edges.filter((edge) => edge.chip !== null),
        seen && ((edge) => outside(edge.chip ?? edge.reach)),
      );
    },
  };
}

function makeMark() {
  const element = s("path");
  return { element, update: (/** @type {EdgeDraw} */ edge) => draw(element, { d: edge.wire }) };
}

/** @param {import("./parts.js").Part[]} what @param {(frame: import("../scene-frame.js").FrameDraw) => import("./parts.js").Written} write */
function makeFrame(what, write) {
  return () => {
    const element = s("g");
    const parts = makeParts(element, what);
    /** @param {import("../scene-frame.js").FrameDraw} frame */
    const update = (frame) => {
      draw(element, { transform: `translate(${frame.x},${frame.y})` });
      writeParts(parts, write(frame));
    };
    return { element, update };
  };
}

function makeNext() {
  const element = s("g");
  const parts = makeParts(element, NEXT_PARTS);
  const update = (/** @type {import("../scene-next.js").NextDraw} */ next) =>
    writeParts(parts, nextParts(next));
  return { element, update };
}

function makeEdge() {
  const element = s("g");
  const parts = makeParts(element, EDGE_PARTS);
  /** @param {EdgeDraw} edge */
  const update = (edge) => {
    draw(element, { class: edgeClass(edge), "data-edge": edge.edge });
    writeParts(parts, edgeParts(edge));
  };
  return { element, update };
}

function makeChip() {
  const element = s("g");
  const parts = makeParts(element, CHIP_PARTS);
  /** @param {EdgeDraw} edge */
  const update = (edge) => {
    if (edge.chip === null) return;
    draw(element, { class: chipClass(edge), "data-edge": edge.edge });
    writeParts(parts, chipParts(edge.chip));
  };
  return { element, update };
}
