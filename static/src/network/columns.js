/** A network's graph as the drawing and the panels read it: in rows, with names for neurons and the loss. Pure. */

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

/**
 * A neuron's output is n[1], n[2], …, the graph's the loss: the graph of the API leaves what has no name in a program
 * without one.
 * @param {Graph} graph @returns {Graph}
 */
export function withNames(graph) {
  /** @type {Map<string, number>} by neuron: its last node */
  const last = new Map();
  for (const { id, group, operands } of graph.nodes) {
    const neuron = operands.length > 0 ? /^(.*neuron\d+)(?:\.sum)?$/.exec(group ?? "")?.[1] : undefined;
    if (neuron !== undefined) last.set(neuron, id);
  }
  const nodes = graph.nodes.slice();
  for (const [neuron, id] of last) nodes[id] = { ...nodes[id], name: `n[${/(\d+)$/.exec(neuron)?.[1]}]` };
  nodes[graph.output] = { ...nodes[graph.output], name: "loss" };
  return { ...graph, nodes };
}
