/** Which way an embedded graph runs, and how high it would like to be: pure, from the room there is. */
import { layoutGraph, scaleIn } from "../layout/index.js";

/** Graphs of more values are not laid out twice to compare. */
const MOST = 60;
/** Their height, where nothing asks for another. */
const USUAL = 420;
const LOWEST = 240;
const HIGHEST = 900;
/** Above this scale a card's type has its full size or more; there is no need to be larger. */
const FULL = 1;
/** A graph smaller than this in a frame's width is better run downwards, if that makes it larger. */
const READABLE = 0.75;

/** @typedef {import("../scene.js").SceneGraph} SceneGraph */
/** @typedef {Record<"right" | "down", import("../layout/index.js").Size> | null} Sizes null: of a large graph */

/** As large as the graph likes to be, or as it is in a room. @param {SceneGraph} graph @param {import("../layout/index.js").Size} [room] @returns {Sizes} */
export function sizesOf(graph, room) {
  if (graph.nodes.length > MOST) return null;
  const [right, down] = /** @type {const} */ (["right", "down"]).map((direction) => {
    const { width, height } = layoutGraph(graph, { direction, room });
    return { width, height };
  });
  return { right, down };
}

/**
 * The way in which the graph is the larger.
 * @param {Sizes} sizes in this room @param {import("../layout/index.js").Size} room
 * @returns {"auto" | "right" | "down"}
 */
export function directionIn(sizes, room) {
  if (sizes === null) return "auto";
  return scaleIn(sizes.down, room) > scaleIn(sizes.right, room) ? "down" : "right";
}

/**
 * The height that suits a width.
 * @param {Sizes} sizes
 * @param {number} width of the room
 * @param {number} around what stands above and below the graph
 */
export function heightFor(sizes, width, around) {
  if (sizes === null) return USUAL;
  const right = Math.min(FULL, width / sizes.right.width);
  const down = Math.min(FULL, width / sizes.down.width);
  const graph = right < READABLE && down > right ? down * sizes.down.height : right * sizes.right.height;
  return Math.round(Math.min(HIGHEST, Math.max(LOWEST, graph + around)));
}
