/**
 * Lanes: an edge that spans several ranks gets one narrow place in every rank it passes, so that it is ordered and
 * spaced like a box and never runs through one. Nodes and lanes together are the *items* of the drawing: item `i`
 * below `size` is node `i`, the others are lanes.
 */

/** @typedef {import("./structure.js").Structure} Structure */

/**
 * @typedef {object} Items
 * @property {number} size nodes
 * @property {number} count nodes and lanes
 * @property {number} ranks
 * @property {Int32Array} rank by item
 * @property {Int32Array} lane by edge: the item of its first lane, or -1; its further lanes follow by number
 * @property {Int32Array} left by link: the item nearer the leaves
 * @property {Int32Array} right by link: the item nearer the output, one rank on
 * @property {Int32Array} slot by link: slot of `right` where `right` is a node, else 0
 */

/** Above this many lanes per node all edges that leave one node share its lanes: bundles instead of thickets. */
const SEPARATE_LANES_PER_NODE = 4;
/** A ceiling on memory; edges beyond it are drawn without lanes. */
const MOST_LANES = 2_000_000;

/**
 * @param {Structure} structure
 * @param {Int32Array} rank
 * @returns {Items}
 */
export function layLanes(structure, rank) {
  const { size, first, operand, user, useFirst, use } = structure;
  const edges = operand.length;
  const lane = new Int32Array(edges).fill(-1);
  let wanted = 0;
  for (let e = 0; e < edges; e++) wanted += rank[user[e]] - rank[operand[e]] - 1;
  const shared = wanted > SEPARATE_LANES_PER_NODE * size + 64;
  let count = size;
  /** @type {number[]} */
  const starts = [];
  for (let i = 0; i < size; i++) {
    let longest = 0;
    for (let k = useFirst[i]; k < useFirst[i + 1]; k++) {
      const span = rank[user[use[k]]] - rank[i] - 1;
      longest = Math.max(longest, span);
      if (!shared && span > 0) {
        lane[use[k]] = count;
        starts.push(i, count, span);
        count += span;
      }
    }
    if (!shared || longest === 0 || count - size + longest > MOST_LANES) continue;
    for (let k = useFirst[i]; k < useFirst[i + 1]; k++) {
      if (rank[user[use[k]]] - rank[i] > 1) lane[use[k]] = count;
    }
    starts.push(i, count, longest);
    count += longest;
  }
  const itemRank = new Int32Array(count);
  itemRank.set(rank);
  const most = edges + (count - size);
  const left = new Int32Array(most);
  const right = new Int32Array(most);
  const slot = new Int32Array(most);
  let links = 0;
  for (let k = 0; k < starts.length; k += 3) {
    const [source, start, span] = [starts[k], starts[k + 1], starts[k + 2]];
    for (let step = 0; step < span; step++) {
      itemRank[start + step] = rank[source] + 1 + step;
      left[links] = step === 0 ? source : start + step - 1;
      right[links++] = start + step;
    }
  }
  for (let e = 0; e < edges; e++) {
    const span = rank[user[e]] - rank[operand[e]];
    if (span > 1 && lane[e] < 0) continue;
    left[links] = span === 1 ? operand[e] : lane[e] + span - 2;
    slot[links] = e - first[user[e]];
    right[links++] = user[e];
  }
  let ranks = 0;
  for (const r of rank) ranks = Math.max(ranks, r + 1);
  return {
    size,
    count,
    ranks,
    rank: itemRank,
    lane,
    left: left.slice(0, links),
    right: right.slice(0, links),
    slot: slot.slice(0, links),
  };
}

/**
 * Offsets that group links by one of their ends: `link[first[i] .. first[i + 1])` are those of item `i`.
 * @param {Int32Array} end
 * @param {number} count items
 */
export function groupLinks(end, count) {
  const first = new Int32Array(count + 1);
  for (const item of end) first[item + 1]++;
  for (let i = 0; i < count; i++) first[i + 1] += first[i];
  const next = first.slice(0, count);
  const link = new Int32Array(end.length);
  for (let k = 0; k < end.length; k++) link[next[end[k]]++] = k;
  return { first, link };
}
