/**
 * The graph as it is drawn: groups may be closed into cards (granularity.js), and shared weights be drawn once per reader
 * (alias.js). Pure.
 */

/**
 * @typedef {import("./replay.js").Graph} Graph
 * @typedef {import("./replay.js").GraphNode} GraphNode
 */

/**
 * A closed group. Its data and grad are those of `out`; a layer has several outputs and shows none.
 * @typedef {object} Card
 * @property {string} group id
 * @property {string} kind "sum" is drawn as the operator Σ, "neuron" with its parameters' gradients, others as a box
 * @property {string} title
 * @property {string} note what it stands for
 * @property {number[]} members nodes of the graph, by id
 * @property {number[]} outputs members read from outside, and the graph's output
 * @property {number} out the last of them
 * @property {number[]} parameters the leaves its operations read that are its own, to be turned
 */

/**
 * @typedef {GraphNode & {key?: string, card?: Card | null, given?: boolean, alias?: number,
 *   size?: [number, number]}} ShownNode `key` stays when groups open
 *   and close; given: data shown as a number alone; alias: the leaf that one of several stands for
 * @typedef {object} Shown
 * @property {{output: number, nodes: ShownNode[], groups?: Graph["groups"]}} graph
 * @property {Int32Array} of by node of the graph: the shown node it is, or is part of; -1 for a leaf told by its readers' cards
 * @property {Int32Array} edgeOf by edge of the graph: the shown edge it is part of; -1 inside a card
 * @property {Int32Array} stands by shown node: the node of the graph whose numbers it shows
 * @property {number[][]} edges by shown edge: the edges of the graph behind it, of one and the same node read
 */

/** Nothing closed: the graph itself. @param {Graph} graph @returns {Shown} */
export function wholeOf(graph) {
  const of = Int32Array.from(graph.nodes, (_, id) => id);
  const edges = Array.from({ length: firstEdges(graph)[of.length] }, (_, e) => [e]);
  return { graph, of, stands: of, edgeOf: Int32Array.from(edges, (_, e) => e), edges };
}

/** @param {Pick<Graph, "nodes">} graph @returns {Int32Array} number of the first edge, by node, as on a tape */
export function firstEdges({ nodes }) {
  const first = new Int32Array(nodes.length + 1);
  for (const [id, { operands }] of nodes.entries()) first[id + 1] = first[id] + operands.length;
  return first;
}

/** Whether nothing is closed. @param {Shown} shown */
export function isWhole({ of, stands }) {
  return of === stands;
}

/**
 * The shown node where a node is to be found: for a leaf told by its readers' cards, the first of those.
 * @param {Shown} shown
 * @param {Pick<Graph, "nodes">} graph
 * @param {number} id
 */
export function placeOf({ of }, { nodes }, id) {
  return of[id] >= 0 ? of[id] : of[nodes.findIndex(({ operands }) => operands.includes(id))];
}
