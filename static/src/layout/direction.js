/** Which way a graph runs in a room: the way in which it is the larger. Pure. */
import { layoutGraph, scaleIn } from "./index.js";

/** Graphs of more values are not laid out twice to compare. */
const MOST = 60;

/** @typedef {import("./index.js").Size} Size */
/** @typedef {Record<"right" | "down", Size> | null} Sizes null: of a large graph */

/** As large as the graph likes to be, or as it is in a room. @param {Parameters<typeof layoutGraph>[0]} graph @param {Size} [room] @returns {Sizes} */
export function sizesOf(graph, room) {
  if (graph.nodes.length > MOST) return null;
  return {
    right: layoutGraph(graph, { direction: "right", room }),
    down: layoutGraph(graph, { direction: "down", room }),
  };
}

/**
 * The way in which the graph is the larger.
 * @param {Sizes} sizes in this room @param {Size} room
 * @returns {"auto" | "right" | "down"}
 */
export function directionIn(sizes, room) {
  if (sizes === null) return "auto";
  return scaleIn(sizes.down, room) > scaleIn(sizes.right, room) ? "down" : "right";
}
