/** One neuron down to its scalars: what it reads, its weights, products, sum and activation, as a graph of its own. Pure. */
import { closableGroups, closeGroups, shownTape, shownWalk } from "../granularity.js";
import { partOf, partTape, partWalk } from "./part.js";

/**
 * @typedef {import("../replay.js").Graph} Graph
 * @typedef {import("../replay.js").Tape} Tape
 * @typedef {import("../shown.js").Shown} Shown
 * @typedef {import("../trace.js").TraceState} TraceState
 */

/** @typedef {import("./part.js").Part & {shown: Shown, additions: number}} Scalars its graph closed to `shown` */

/** A sum of fewer additions is no longer than its sign. */
const LEAST_ADDITIONS = 2;

/**
 * @param {import("./part.js").Part} example
 * @param {string} group id of a neuron, `example1.layer1.neuron3`
 * @returns {Scalars | null} null where there is no such neuron
 */
export function scalarsOf(example, group) {
  const whole = example.graph;
  const inside = (/** @type {string | null} */ at) => at === group || (at?.startsWith(`${group}.`) ?? false);
  const members = whole.nodes.filter(({ group: at, operands }) => operands.length > 0 && inside(at));
  if (members.length === 0) return null;
  const own = new Set(members.map(({ id }) => id));
  const read = new Set(members.flatMap(({ operands }) => operands).filter((id) => !own.has(id)));
  const leaves = ordered(members, read).map((id) => {
    const node = whole.nodes[id];
    const role = node.op === "leaf" ? node.role : "intermediate";
    const name = node.name ?? nameOfNeuron(whole, id);
    return { ...node, op: "leaf", operands: [], partials: [], role, name, group: null };
  });
  const { version, output, groups } = whole;
  const made = partOf([...leaves, ...members], example.shape, { version, output, groups });
  const { nodes } = made.graph;
  const graph = { ...made.graph, output: nodes.length - 1 };
  const ids = made.ids.map((id) => example.ids[id]);
  name(graph, nameOfNeuron(whole, made.ids[made.ids.length - 1]) ?? "n");
  const sums = [...closableGroups(graph).values()].filter(({ kind }) => kind === "sum");
  const additions = nodes.filter(({ group: at }) => sums.some(({ id }) => id === at)).length;
  const closed = new Set(additions >= LEAST_ADDITIONS ? sums.map(({ id }) => id) : []);
  // Data is given: what arrives at it is not followed here.
  const constant = made.shape.constant.map((is, id) => (isData(nodes[id]) ? 1 : is));
  return {
    graph,
    ids,
    edges: made.edges.map((e) => example.edges[e]),
    at: new Map(Array.from(ids, (id, place) => [id, place])),
    shape: { ...made.shape, output: graph.output, constant },
    shown: closeGroups(graph, closed),
    additions,
  };
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
  return [...order];
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

/** @param {Graph["nodes"][number]} node */
function isData({ op, role }) {
  return op === "leaf" && role === "data";
}

/**
 * The neuron's numbers.
 * @param {Scalars} scalars
 * @param {Tape} tape of the whole graph
 * @returns {Tape}
 */
export function scalarsTape(scalars, tape) {
  return shownTape(scalars.shown, partTape(scalars, tape), null);
}

/** A walk as the neuron's scalars show it. @param {Scalars} scalars @param {TraceState} walk through the whole graph */
export function scalarsWalk(scalars, walk) {
  return shownWalk(scalars.shown, partWalk(scalars, walk));
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
