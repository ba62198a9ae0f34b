/** What an embedded graph tells its host: plain data, the same for the frame's messages and the element's properties. */
import { boundTo } from "../calls.js";
import { isTurnable, walkOf } from "../state.js";

/**
 * @typedef {import("../state.js").State} State
 * @typedef {{id: number, name: string | null, role: string, op: string, data: number | null, grad: number | null}} NodeReport
 *   data and grad: null where the walk has not written them, and the grad of a constant
 * @typedef {{version: 1, program: string, values: Record<string, number>, step: number, steps: number,
 *   playing: boolean, selected: NodeReport | null, output: NodeReport, nodes: NodeReport[]}} Report
 */

/** @param {State} state @returns {Report} */
export function reportOf(state) {
  const { graph, selected, step, trace, playing, text } = state;
  const nodes = graph.nodes.map(({ id }) => nodeReport(state, id));
  return {
    version: 1,
    program: text,
    values: valuesOf(state),
    step,
    steps: trace.length,
    playing,
    selected: selected === null ? null : nodes[selected],
    output: nodes[graph.output],
    nodes,
  };
}

/** @param {State} state @param {number} id @returns {NodeReport} */
export function nodeReport(state, id) {
  const { graph, tape } = state;
  const { role, op } = graph.nodes[id];
  const walk = walkOf(state);
  const data = walk !== null && !walk.computed[id] ? null : tape.data[id];
  const settled = walk === null || (walk.written[id] && walk.waiting[id] === 0);
  return {
    id,
    name: boundTo(graph, id),
    role,
    op,
    data,
    grad: tape.constant[id] || !settled ? null : tape.grad[id],
  };
}

/** The numbers that can be set, by name; of namesakes the first. @param {State} state @returns {Record<string, number>} */
export function valuesOf(state) {
  /** @type {Record<string, number>} */
  const values = {};
  for (const { id } of state.graph.nodes) {
    const name = boundTo(state.graph, id);
    if (name !== null && !Object.hasOwn(values, name) && isTurnable(state, id))
      values[name] = state.tape.data[id];
  }
  return values;
}

/**
 * The node that a name or an id means; of namesakes the first, which is the one a value is set by.
 * @param {State} state
 * @param {string | number} which
 * @returns {number | null}
 */
export function meant({ graph }, which) {
  const named = graph.nodes.find(({ name }) => name === which);
  if (named) return named.id;
  const id = typeof which === "number" ? which : /^\d{1,9}$/.test(which) ? Number(which) : -1;
  return Number.isInteger(id) && id >= 0 && id < graph.nodes.length ? id : null;
}
