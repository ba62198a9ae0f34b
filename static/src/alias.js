/**
 * Shared leaves drawn once per reader: a weight that every example reads would tie all of them together. Each alias
 * stands for the one leaf, shows its numbers and lies in its reader's group; all of them are marked when one is pointed
 * at. Pure; `Shown` as when groups are closed.
 */

/** @typedef {import("./replay.js").Graph} Graph */
/** @typedef {import("./shown.js").Shown} Shown */

/**
 * @param {Graph} graph
 * @returns {Shown & {graph: {groups: Graph["groups"]}}}
 */
export function aliased({ nodes, output, groups }) {
  const reads = new Int32Array(nodes.length);
  for (const { operands } of nodes) for (const from of operands) reads[from]++;
  const shared = nodes.map(
    ({ id, role, operands }) => role === "parameter" && operands.length === 0 && reads[id] > 1,
  );
  const of = new Int32Array(nodes.length).fill(-1);
  /** @type {import("./shown.js").ShownNode[]} */
  const shown = [];
  /** @type {number[]} */
  const stands = [];
  /** @param {number} id @param {Partial<import("./shown.js").ShownNode>} changed */
  const put = (id, changed) => {
    const at = shown.length;
    shown.push({ ...nodes[id], ...changed, id: at });
    stands.push(id);
    if (of[id] < 0) of[id] = at;
    return at;
  };
  for (const { id, operands, group } of nodes) {
    if (shared[id]) continue;
    /** @type {Map<number, number>} a leaf read twice by one node is one alias */
    const mine = new Map();
    const at = operands.map((from) => {
      if (!shared[from]) return of[from];
      const made = mine.get(from) ?? put(from, { group, alias: from });
      mine.set(from, made);
      return made;
    });
    put(id, { operands: at });
  }
  const edges = Array.from(
    { length: nodes.reduce((sum, { operands }) => sum + operands.length, 0) },
    (_, e) => [e],
  );
  return {
    graph: { output: of[output], nodes: shown, groups },
    of,
    edgeOf: Int32Array.from(edges, (_, e) => e),
    stands: Int32Array.from(stands),
    edges,
  };
}
