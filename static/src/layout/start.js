/**
 * Orders to start from: depth first, so that what belongs together comes together; from either end, as dot does (Gansner et al.
 * 1993).
 */

/** @typedef {import("./sweep.js").Sweep} Sweep */
/** @typedef {"written" | "backwards" | "leaves"} Start */

/**
 * written: from the output, operands in written order, which leaves no crossing in a tree. backwards: last operand first.
 * leaves: from one leaf after the other to its users, which keeps together what one weight does in all examples.
 * @param {Sweep} sweep its order is written @param {Start} start
 */
export function startOrder(sweep, start) {
  const { items, structure, first, sequence, position } = sweep;
  const next = first.slice(0, items.ranks);
  const placed = new Uint8Array(items.count);
  const place = (/** @type {number} */ item) => {
    if (placed[item]) return;
    placed[item] = 1;
    const r = items.rank[item];
    position[item] = next[r] - first[r];
    sequence[next[r]++] = item;
  };
  if (start === "leaves") fromLeaves(sweep, placed, place);
  else fromOutput(structure, items, start === "backwards", place);
}

/** @param {Sweep} sweep @param {Uint8Array} placed by item @param {(item: number) => void} place */
function fromLeaves({ items, inFirst, outFirst, right }, placed, place) {
  for (let leaf = 0; leaf < items.count; leaf++) {
    if (inFirst[leaf + 1] > inFirst[leaf]) continue;
    const stack = [leaf];
    for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
      if (placed[item]) continue;
      place(item);
      for (let l = outFirst[item + 1] - 1; l >= outFirst[item]; l--)
        if (!placed[right[l]]) stack.push(right[l]);
    }
  }
}

/**
 * @param {import("./structure.js").Structure} structure @param {import("./lanes.js").Items} items
 * @param {boolean} backwards @param {(item: number) => void} place
 */
function fromOutput({ size, output, first, operand }, items, backwards, place) {
  const placeLanes = (/** @type {number} */ e, /** @type {number} */ user) => {
    if (items.lane[e] < 0) return;
    for (let k = items.rank[user] - items.rank[operand[e]] - 2; k >= 0; k--) place(items.lane[e] + k);
  };
  const seen = new Uint8Array(size);
  for (let k = -1; k < size; k++) {
    const root = k < 0 ? output : size - 1 - k;
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
      const e = backwards ? first[user + 1] - 1 - s : first[user] + s;
      placeLanes(e, user);
      if (seen[operand[e]]) continue;
      seen[operand[e]] = 1;
      place(operand[e]);
      stack.push(operand[e]);
      visited.push(0);
    }
  }
}
