/**
 * One node as SVG: its box, cells, label, numbers, bar and operator.
 */

import { s } from "../dom.js";
import { draw, makeParts, writeParts } from "./brush.js";
import { NODE_PARTS, nodeClass, nodeParts } from "./parts.js";

/** @typedef {import("../scene.js").NodeDraw} NodeDraw */

/** A node's element, and what writes a node into it. */
export function makeNode() {
  const element = s("g", { role: "graphics-symbol", tabindex: "-1" });
  const parts = makeParts(element, NODE_PARTS);
  let placed = "";
  /** @param {NodeDraw} node */
  const update = (node) => {
    draw(element, {
      class: nodeClass(node),
      "data-node": node.id,
      "data-key": node.key,
      "aria-label": node.spoken,
      "aria-current": node.selected ? "true" : null,
    });
    // A style, not an attribute: only styles travel by transition, and the CSSOM needs no inline style in the policy.
    const place = `translate(${node.x}px, ${node.y}px)`;
    if (placed !== place) {
      placed = place;
      element.style.transform = place;
    }
    writeParts(parts, nodeParts(node));
  };
  return { element, update };
}
