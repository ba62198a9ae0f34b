/**
 * Search by name: which nodes a text means. Names as code writes them (`a₂` is `a_2`); without letter case.
 */

import { coded } from "./calls.js";

/** @typedef {{name: string | null, op: string, group?: string | null}} NamedNode */

/**
 * Nodes whose name holds the text; those whose name begins with it first, each in build order. Without such a name:
 * nodes of the operation with that name (`tanh`).
 * @param {ArrayLike<NamedNode>} nodes
 * @param {string} text
 * @returns {number[]} ids
 */
export function matching(nodes, text) {
  const wanted = coded(text.trim().toLowerCase());
  if (wanted === "") return [];
  const begin = [];
  const hold = [];
  const made = [];
  for (let id = 0; id < nodes.length; id++) {
    const at = coded(nodes[id].name ?? "")
      .toLowerCase()
      .indexOf(wanted);
    if (at === 0) begin.push(id);
    else if (at > 0) hold.push(id);
    else if (nodes[id].op.toLowerCase() === wanted) made.push(id);
  }
  const named = [...begin, ...hold];
  return named.length > 0 ? named : made;
}
