/** How high an embedded graph would like to be: pure, from the room there is. */

/** Its height, where nothing asks for another. */
const USUAL = 420;
const LOWEST = 240;
const HIGHEST = 900;
/** Above this scale a card's type has its full size or more; there is no need to be larger. */
const FULL = 1;
/** A graph smaller than this in a frame's width is better run downwards, if that makes it larger. */
const READABLE = 0.75;

/** @typedef {import("../layout/direction.js").Sizes} Sizes */

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
