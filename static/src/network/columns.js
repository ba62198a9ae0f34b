/** A graph that came in columns as the rows that the drawing and the panels read. Pure. */

/**
 * @typedef {import("../replay.js").Graph} Graph
 * @typedef {import("../replay.js").GraphNode} GraphNode
 */

/** @param {Graph | (Omit<Graph, "nodes"> & {nodes: {[F in keyof GraphNode]: GraphNode[F][]}})} graph @returns {Graph} */
export function inRows(graph) {
  const { nodes } = graph;
  if (Array.isArray(nodes)) return /** @type {Graph} */ (graph);
  return {
    ...graph,
    nodes: nodes.id.map((id, k) => ({
      id,
      op: nodes.op[k],
      operands: nodes.operands[k],
      partials: nodes.partials[k],
      role: nodes.role[k],
      name: nodes.name[k],
      group: nodes.group[k],
      data: nodes.data[k],
      grad: nodes.grad[k],
      span: nodes.span[k],
      unused: nodes.unused[k],
    })),
  };
}
