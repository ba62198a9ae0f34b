/**
 * Orders to start from.
 */

/** @typedef {import("./structure.js").Structure} Structure */
/** @typedef {import("./lanes.js").Items} Items */
/** @typedef {"written" | "backwards"} Start */

/**
 * written: depth first from the output, operands in written order, which leaves no crossing in a tree. backwards:
 * last operand first.
 * @param {Structure} structure @param {Items} items
 * @param {Int32Array} rankFirst offsets of the ranks
 * @param {Start} start
 * @param {Int32Array} sequence written @param {Int32Array} position written
 */
export function startOrder(structure, items, rankFirst, start, sequence, position) {
  const { first, operand, size } = structure;
  const next = rankFirst.slice(0, items.ranks);
  const placed = new Uint8Array(items.count);
  const place = (/** @type {number} */ item) => {
    if (placed[item]) return;
    placed[item] = 1;
    position[item] = next[items.rank[item]] - rankFirst[items.rank[item]];
    sequence[next[items.rank[item]]++] = item;
  };
  const placeLanes = (/** @type {number} */ e, /** @type {number} */ user) => {
    if (items.lane[e] < 0) return;
    for (let k = items.rank[user] - items.rank[operand[e]] - 2; k >= 0; k--) place(items.lane[e] + k);
  };
  const seen = new Uint8Array(size);
  for (let k = -1; k < size; k++) {
    const root = k < 0 ? structure.output : size - 1 - k;
    if (size === 0 || seen[root]) continue;
    seen[root] = 1;
    place(root);
    const stack = [root];
    const visited = [0];
    while (stack.length > 0) {
      const top = stack.length - 1;
      const user = stack[top];
      const s = visited[top]++;
      if (s >= first[user + 1] - first[user]) {
        stack.pop();
        visited.pop();
        continue;
      }
      const e = start === "written" ? first[user] + s : first[user + 1] - 1 - s;
      placeLanes(e, user);
      if (seen[operand[e]]) continue;
      seen[operand[e]] = 1;
      place(operand[e]);
      stack.push(operand[e]);
      visited.push(0);
    }
  }
}
