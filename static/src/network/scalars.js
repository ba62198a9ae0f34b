/** One neuron down to its scalars: what it reads, its weights, products, sum and activation, as a graph of its own. Pure. */
import { closableGroups, closeGroups, shownTape } from "../granularity.js";

/**
 * @typedef {import("../replay.js").Graph} Graph
 * @typedef {import("../replay.js").Tape} Tape
 * @typedef {import("../granularity.js").Shown} Shown
 * @typedef {import("../trace.js").TraceState} TraceState
 */

/**
 * `graph` is closed to `shown`; `ids` and `edges` are the nodes and edges of the whole graph behind it.
 * @typedef {{graph: Graph, shown: Shown, ids: Int32Array, edges: Int32Array, additions: number}} Scalars
 */

/** A sum of fewer additions is no longer than its sign. */
const LEAST_ADDITIONS = 2;

/**
 * @param {Graph} whole
 * @param {string} group id of a neuron, `example1.layer1.neuron3`
 * @returns {Scalars | null} null where there is no such neuron
 */
export function scalarsOf(whole, group) {
  const inside = (/** @type {string | null} */ at) => at === group || (at?.startsWith(`${group}.`) ?? false);
  const members = whole.nodes.filter(({ group: at, operands }) => operands.length > 0 && inside(at));
  if (members.length === 0) return null;
  const own = new Set(members.map(({ id }) => id));
  const read = new Set(members.flatMap(({ operands }) => operands).filter((id) => !own.has(id)));
  const ids = Int32Array.from([...ordered(members, read), ...own]);
  const place = new Map(Array.from(ids, (id, at) => [id, at]));
  /** @type {number[]} */
  const edges = [];
  const firsts = firstEdges(whole);
  const nodes = Array.from(ids, (id, at) => {
    const node = whole.nodes[id];
    if (!own.has(id)) {
      const role = node.op === "leaf" ? node.role : "intermediate";
      const name = node.name ?? nameOfNeuron(whole, id);
      return { ...node, id: at, op: "leaf", operands: [], partials: [], role, name, group: null };
    }
    node.operands.forEach((_, slot) => {
      edges.push(firsts[id] + slot);
    });
    return { ...node, id: at, operands: node.operands.map((from) => place.get(from) ?? 0) };
  });
  const graph = { ...whole, output: nodes.length - 1, nodes };
  name(graph, nameOfNeuron(whole, ids[ids.length - 1]) ?? "n");
  const sums = [...closableGroups(graph).values()].filter(({ kind }) => kind === "sum");
  const additions = nodes.filter(({ group: at }) => sums.some(({ id }) => id === at)).length;
  const closed = new Set(additions >= LEAST_ADDITIONS ? sums.map(({ id }) => id) : []);
  return { graph, shown: closeGroups(graph, closed), ids, edges: Int32Array.from(edges), additions };
}

/** Leaves in the order of the picture: each input before its weight, the bias last. @param {Graph["nodes"]} members @param {Set<number>} read */
function ordered(members, read) {
  /** @type {Set<number>} */
  const order = new Set();
  for (const { operands } of members) {
    const pair = operands.filter((id) => read.has(id));
    if (pair.length > 1) for (const id of pair.sort((a, b) => b - a)) order.add(id);
  }
  for (const id of read) order.add(id);
  return order;
}

/** Products are p, the weighted sum is s, the neuron's output n. @param {Graph} graph @param {string} out */
function name({ nodes, output }, out) {
  let product = 0;
  for (const node of nodes) {
    if (node.operands.length === 0) continue;
    const leaves = node.operands.filter((id) => nodes[id].operands.length === 0).length;
    if (node.id === output) node.name = out;
    else if (leaves > 1) node.name = `p[${product++}]`;
    else if (node.group?.endsWith(".sum") && nodes[output].operands.includes(node.id)) node.name = "s";
  }
}

/** What an input that is computed is called: the neuron it comes from. @param {Graph} whole @param {number} id */
function nameOfNeuron({ nodes }, id) {
  const found = /neuron(\d+)/.exec(nodes[id].group ?? "");
  return found ? `n[${found[1]}]` : null;
}

/** @param {Pick<Graph, "nodes">} graph */
function firstEdges({ nodes }) {
  const first = new Int32Array(nodes.length + 1);
  nodes.forEach(({ operands }, id) => {
    first[id + 1] = first[id] + operands.length;
  });
  return first;
}

/** @param {Graph["nodes"][number]} node */
function isData({ op, role }) {
  return op === "leaf" && role === "data";
}

/**
 * The neuron's numbers, from the whole tape's.
 * @param {Scalars} scalars
 * @param {Tape} tape
 * @returns {Tape}
 */
export function scalarsTape({ graph, shown, ids, edges }, tape) {
  const { nodes } = graph;
  const pick = (/** @type {Float64Array} */ from) => Float64Array.from(ids, (id) => from[id]);
  const part = {
    size: ids.length,
    output: graph.output,
    code: Uint8Array.from(ids, (id, at) => (nodes[at].operands.length > 0 ? tape.code[id] : 0)),
    first: firstEdges(graph),
    operand: Int32Array.from(nodes.flatMap(({ operands }) => operands)),
    owner: Int32Array.from(nodes.flatMap(({ id, operands }) => operands.map(() => id))),
    live: Uint8Array.from(edges, (e) => tape.live[e]),
    // Data is given: what arrives at it is not followed here.
    constant: Uint8Array.from(ids, (id, at) => (isData(nodes[at]) ? 1 : tape.constant[id])),
    reaches: Uint8Array.from(ids, (id) => tape.reaches[id]),
    start: pick(tape.start),
    data: pick(tape.data),
    grad: pick(tape.grad),
    partial: Float64Array.from(edges, (e) => tape.partial[e]),
  };
  return shownTape(shown, part, null);
}

/**
 * Beside the leaves: what the update makes of each weight, and that data stays.
 * @param {Scalars} scalars
 * @param {ArrayLike<number>} before the parameters, by id
 * @param {ArrayLike<number>} after
 * @returns {Map<number, import("../scene-next.js").Next>}
 */
export function nextOf({ graph, shown, ids }, before, after) {
  /** @type {Map<number, import("../scene-next.js").Next>} */
  const next = new Map();
  let most = 0;
  for (const id of ids) if (id < after.length) most = Math.max(most, Math.abs(after[id] - before[id]) || 0);
  for (const { id } of shown.graph.nodes) {
    const at = shown.stands[id];
    const { role } = graph.nodes[at];
    const whole = ids[at];
    if (role === "parameter") {
      const change = after[whole] - before[whole];
      next.set(id, { value: after[whole], change, share: most > 0 ? Math.sqrt(Math.abs(change) / most) : 0 });
    } else if (isData(graph.nodes[at])) next.set(id, "fixed");
  }
  return next;
}
