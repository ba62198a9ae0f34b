/**
 * Ranks: the column of every node (the row, when the graph runs down). Operands always stand before their users.
 */

import { tightenRanks } from "./tight.js";

/** @typedef {import("./structure.js").Structure} Structure */

/**
 * `late`: every node as close to the output as its users allow, which keeps a lecture graph compact and puts `c`
 * beside `e` when both feed `d`. `early`: operations as soon as their operands allow, leaves just before their first
 * use; taller, and at times with fewer crossings in a network. `tight`: all edges together as short as possible.
 * `first`: as `late`, and all leaves in the first column.
 * @typedef {"late" | "early" | "tight" | "first"} RankMode
 */

/**
 * Time O(nodes + edges). Nodes on no path to the output never push the others about: they are ranked last.
 * @param {Structure} structure
 * @param {RankMode} mode
 * @returns {Int32Array} rank by node, from 0
 */
export function assignRanks(structure, mode) {
  const { size, output, first, operand } = structure;
  const depth = new Int32Array(size).fill(-1);
  if (size > 0) depth[output] = 0;
  for (let i = output; i >= 0; i--) {
    if (depth[i] < 0) continue;
    for (let e = first[i]; e < first[i + 1]; e++)
      depth[operand[e]] = Math.max(depth[operand[e]], depth[i] + 1);
  }
  let deepest = 0;
  for (const d of depth) deepest = Math.max(deepest, d);
  const rank = new Int32Array(size).fill(-1);
  for (let i = 0; i < size; i++) if (depth[i] >= 0) rank[i] = deepest - depth[i];
  if (mode === "early") rankEarly(structure, rank, depth);
  if (mode === "first")
    for (let i = 0; i < size; i++) if (depth[i] > 0 && first[i] === first[i + 1]) rank[i] = 0;
  rankUnused(structure, rank);
  if (mode === "tight") tightenRanks(structure, rank);
  let lowest = 0;
  for (const r of rank) lowest = Math.min(lowest, r);
  return rank.map((r) => r - lowest);
}

/**
 * @param {Structure} structure
 * @param {Int32Array} rank rewritten for nodes on a path to the output
 * @param {Int32Array} depth -1 where there is no such path
 */
function rankEarly({ size, first, operand, user, useFirst, use }, rank, depth) {
  for (let i = 0; i < size; i++) {
    if (depth[i] < 0 || first[i] === first[i + 1]) continue;
    let after = 0;
    for (let e = first[i]; e < first[i + 1]; e++) {
      const read = operand[e];
      after = Math.max(after, first[read] === first[read + 1] ? 0 : rank[read]);
    }
    rank[i] = after + 1;
  }
  for (let i = 0; i < size; i++) {
    if (depth[i] <= 0 || first[i] !== first[i + 1]) continue;
    let before = Number.MAX_SAFE_INTEGER;
    for (let k = useFirst[i]; k < useFirst[i + 1]; k++) {
      if (depth[user[use[k]]] >= 0) before = Math.min(before, rank[user[use[k]]]);
    }
    rank[i] = before - 1;
  }
}

/** @param {Structure} structure @param {Int32Array} rank -1 entries are filled in */
function rankUnused({ size, first, operand, user, useFirst, use }, rank) {
  const unused = Array.from(rank.keys()).filter((i) => rank[i] < 0);
  for (const i of unused) {
    rank[i] = 0;
    for (let e = first[i]; e < first[i + 1]; e++) rank[i] = Math.max(rank[i], rank[operand[e]] + 1);
  }
  for (const i of unused.reverse()) {
    if (useFirst[i] === useFirst[i + 1]) continue;
    let before = size;
    for (let k = useFirst[i]; k < useFirst[i + 1]; k++) before = Math.min(before, rank[user[use[k]]]);
    rank[i] = before - 1;
  }
}
