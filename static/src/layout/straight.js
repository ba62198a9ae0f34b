/**
 * Crossings of straight lines from box to box: what the eye sees of a drawing before it follows any wire.
 */

/**
 * Edges that share a node do not count, and `a + a` counts as one. Time O(edges²).
 * @param {import("./structure.js").Structure} structure
 * @param {Pick<import("./index.js").Layout, "x" | "y" | "boxWidth" | "boxHeight" | "direction">} layout
 */
export function straightCrossings({ operand, user }, { x, y, boxWidth, boxHeight, direction }) {
  const right = direction === "right";
  const [along, across, size] = right ? [x, y, boxWidth] : [y, x, boxHeight];
  const edges = Array.from(operand.keys()).filter(
    (e) => !(e > 0 && user[e - 1] === user[e] && operand[e - 1] === operand[e]),
  );
  const start = (/** @type {number} */ e) => along[operand[e]] + size[operand[e]] / 2;
  const end = (/** @type {number} */ e) => along[user[e]] - size[user[e]] / 2;
  edges.sort((a, b) => start(a) - start(b));
  /** On which side of line e the point (u, v) lies. @param {number} e @param {number} u @param {number} v */
  const side = (e, u, v) =>
    Math.sign(
      (end(e) - start(e)) * (v - across[operand[e]]) -
        (across[user[e]] - across[operand[e]]) * (u - start(e)),
    );
  let found = 0;
  for (let i = 0; i < edges.length; i++) {
    const a = edges[i];
    for (let j = i + 1; j < edges.length && start(edges[j]) <= end(a); j++) {
      const b = edges[j];
      if (
        operand[a] === operand[b] ||
        user[a] === user[b] ||
        operand[a] === user[b] ||
        user[a] === operand[b]
      )
        continue;
      const parted = side(a, start(b), across[operand[b]]) * side(a, end(b), across[user[b]]) < 0;
      if (parted && side(b, start(a), across[operand[a]]) * side(b, end(a), across[user[a]]) < 0) found++;
    }
  }
  return found;
}
