/**
 * Ranks that make all edges together as short as they can be: the network simplex method of Gansner, Koutsofios,
 * North & Vo (1993) on typed arrays. Fewer lanes mean fewer crossings and shorter wires.
 *
 * The cut value of a tree edge is what a unit of its length costs. Edges inside a subtree cancel out, so it is the
 * subtree's sum of (times read - operands), taken with the edge's direction: no bookkeeping per pivot is needed.
 */

/** @typedef {import("./structure.js").Structure} Structure */

/** Node visits spent on pivots; the ranks are feasible, and no worse than before, whenever it stops. */
const WORK = 4_000_000;

/**
 * @param {Structure} structure
 * @param {Int32Array} rank feasible ranks, rewritten; nodes with rank -1 are left alone
 */
export function tightenRanks(structure, rank) {
  const tree = spanningTree(structure, rank);
  if (tree === null) return;
  const { operand, user } = structure;
  const edges = Array.from(operand.keys()).filter((e) => rank[user[e]] >= 0);
  const { members, parent, edge } = tree;
  const inside = new Uint8Array(structure.size);
  const pull = new Int32Array(structure.size);
  const pulled = new Int32Array(structure.size);
  for (const e of edges) {
    pulled[operand[e]]++;
    pulled[user[e]]--;
  }
  let order = treeOrder(members, parent);
  let from = 0;
  const mostPivots = Math.ceil(WORK / (members.length + edges.length));
  for (let pivot = 0; pivot < mostPivots; pivot++) {
    for (const i of members) pull[i] = pulled[i];
    for (let k = order.length - 1; k > 0; k--) pull[parent[order[k]]] += pull[order[k]];
    const child = leaving(order, edge, operand, pull, from);
    if (child < 0) break;
    const leftward = operand[edge[child]] === child;
    inside.fill(0);
    inside[child] = 1;
    for (const i of order) if (parent[i] >= 0 && inside[parent[i]]) inside[i] = 1;
    let entering = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const e of edges) {
      const crosses = leftward
        ? !inside[operand[e]] && inside[user[e]]
        : inside[operand[e]] && !inside[user[e]];
      const slack = rank[user[e]] - rank[operand[e]] - 1;
      if (crosses && slack < least) [least, entering] = [slack, e];
    }
    if (entering < 0) break;
    const shift = leftward ? -least : least;
    for (const i of members) if (inside[i]) rank[i] += shift;
    regraft(parent, edge, child, entering, operand, user, inside);
    order = treeOrder(members, parent);
    from = child;
  }
  const lowest = members.reduce((low, i) => Math.min(low, rank[i]), Number.POSITIVE_INFINITY);
  for (const i of members) rank[i] -= lowest;
}

/**
 * A spanning tree of edges of length 1, rooted at the output; ranks are shifted until there is one.
 * @param {Structure} structure
 * @param {Int32Array} rank
 */
function spanningTree({ size, output, first, operand, user, useFirst, use }, rank) {
  const parent = new Int32Array(size).fill(-1);
  const edge = new Int32Array(size).fill(-1);
  const inTree = new Uint8Array(size);
  const members = [output];
  const all = Array.from(rank.keys()).filter((i) => rank[i] >= 0);
  inTree[output] = 1;
  let next = 0;
  const reach = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ e) => {
    if (inTree[to] || rank[to] < 0 || Math.abs(rank[to] - rank[from]) !== 1) return;
    inTree[to] = 1;
    parent[to] = from;
    edge[to] = e;
    members.push(to);
  };
  for (;;) {
    for (; next < members.length; next++) {
      const i = members[next];
      for (let e = first[i]; e < first[i + 1]; e++) reach(i, operand[e], e);
      for (let k = useFirst[i]; k < useFirst[i + 1]; k++) reach(i, user[use[k]], use[k]);
    }
    if (members.length === all.length) return { members, parent, edge };
    // The shortest edge that leaves the tree becomes tight by shifting the tree.
    let least = Number.POSITIVE_INFINITY;
    let shift = 0;
    for (let e = 0; e < operand.length; e++) {
      if (rank[user[e]] < 0 || inTree[operand[e]] === inTree[user[e]]) continue;
      const slack = rank[user[e]] - rank[operand[e]] - 1;
      if (slack < least) [least, shift] = [slack, inTree[operand[e]] ? slack : -slack];
    }
    if (!Number.isFinite(least)) return null;
    const low = members.length;
    for (let k = 0; k < low; k++) rank[members[k]] += shift;
    const lowest = all.reduce((most, i) => Math.min(most, rank[i]), 0);
    if (lowest < 0) for (const i of all) rank[i] -= lowest;
    next = 0;
  }
}

/** Members of the tree, every one after its parent. @param {number[]} members @param {Int32Array} parent */
function treeOrder(members, parent) {
  const below = new Int32Array(parent.length + 1);
  for (const i of members) if (parent[i] >= 0) below[parent[i] + 1]++;
  for (let i = 0; i < parent.length; i++) below[i + 1] += below[i];
  const next = below.slice();
  const list = new Int32Array(members.length);
  let root = members[0];
  for (const i of members) {
    if (parent[i] >= 0) list[next[parent[i]]++] = i;
    else root = i;
  }
  const order = [root];
  for (let k = 0; k < order.length; k++) {
    for (let c = below[order[k]]; c < below[order[k] + 1]; c++) order.push(list[c]);
  }
  return order;
}

/**
 * A tree edge that wants to be longer, as the node at its lower end; -1 when there is none. The search goes on after
 * the last one found, so that no edge starves.
 * @param {number[]} order @param {Int32Array} edge @param {Int32Array} operand @param {Int32Array} pull @param {number} after
 */
function leaving(order, edge, operand, pull, after) {
  const start = order.indexOf(after) + 1;
  for (let k = 0; k < order.length; k++) {
    const i = order[(start + k) % order.length];
    if (edge[i] < 0) continue;
    const cut = operand[edge[i]] === i ? pull[i] : -pull[i];
    if (cut < 0) return i;
  }
  return -1;
}

/**
 * Hangs the subtree of `child` on the entering edge: the path from its end up to `child` is turned round.
 * @param {Int32Array} parent @param {Int32Array} edge @param {number} child @param {number} entering
 * @param {Int32Array} operand @param {Int32Array} user @param {Uint8Array} inside
 */
function regraft(parent, edge, child, entering, operand, user, inside) {
  let node = inside[operand[entering]] ? operand[entering] : user[entering];
  let above = node === operand[entering] ? user[entering] : operand[entering];
  let through = entering;
  for (;;) {
    const [oldParent, oldEdge] = [parent[node], edge[node]];
    parent[node] = above;
    edge[node] = through;
    if (node === child) return;
    [above, through, node] = [node, oldEdge, oldParent];
  }
}
