/**
 * What the numbers mean, in words: how the output answers to a node, and what an event of the trace did.
 * `engine/explain.py` says the same; tests/engine/test_explain.py compares the two.
 */
import { inNumbers } from "./code.js";
import { OPS } from "./kernel.js";
import { shortFormula } from "./labels.js";
import { fromJson, shortNumber } from "./numbers.js";
import { PACE_TOLERANCE, PACES, SIZES, TIMES } from "./phrases.js";
import { isClosed } from "./replay.js";
import { fill, numberField, say, together } from "./sentence.js";
import { sumBefore } from "./trace.js";

/**
 * @typedef {import("./replay.js").Graph} Graph
 * @typedef {import("./replay.js").Tape} Tape
 * @typedef {import("./trace.js").Event} Event
 * @typedef {import("./trace.js").TraceState} TraceState
 * @typedef {import("./sentence.js").Piece} Piece
 * @typedef {import("./sentence.js").Field} Field
 */

/** A formula longer than this is not a name; the node's number in build order is. */
const LONGEST_NAME = 12;

/**
 * What a node is called in a sentence: its name; a constant's number; a short formula; v and its id.
 * @param {Graph} graph
 * @param {number} id
 */
export function nameOf({ nodes }, id) {
  const { name, operands, data } = nodes[id];
  if (name !== null) return name;
  if (operands.length === 0) return shortNumber(fromJson(data));
  const formula = shortFormula(nodes, id);
  return formula !== null && formula.length <= LONGEST_NAME ? formula : `v${id}`;
}

/**
 * How the output answers when a node is raised slightly. With a state of the trace: as far as is known by then.
 * @param {Graph} graph
 * @param {Tape} tape
 * @param {number} id
 * @param {TraceState} [state]
 * @returns {Piece[]}
 */
export function effectOf(graph, tape, id, state) {
  const fields = { name: nameField(graph, id), output: nameField(graph, tape.output) };
  if (tape.constant[id]) return say("constant", fields);
  if (!tape.reaches[id]) return say("unconnected", fields);
  if (state && !state.written[id]) return say("waits", fields);
  if (state && state.waiting[id] > 0) {
    const all = tape.live.reduce((sum, live, e) => sum + Number(live === 2 && tape.operand[e] === id), 0);
    const arrived = numberField(String(all - state.waiting[id]));
    return say("so_far", {
      ...fields,
      sum: valueField(state.grad[id]),
      arrived,
      all: numberField(String(all)),
    });
  }
  if (id === tape.output) return say("itself", fields);
  if (Number.isNaN(tape.grad[id])) return say("unknown", fields);
  if (Number.isNaN(tape.data[tape.output])) return say("no_output", fields);
  return answer(tape.grad[id], fields);
}

/**
 * @param {number} grad
 * @param {Record<string, Field>} fields
 * @returns {Piece[]}
 */
function answer(grad, fields) {
  const size = Math.abs(grad);
  const row = SIZES.find(([below]) => size < below);
  if (row) return say(row[grad < 0 ? 2 : 1], { ...fields, pace: paceOf(size) });
  return say(grad > 0 ? "rises_endlessly" : "falls_endlessly", fields);
}

/** How fast, in words where there are some. @param {number} size @returns {string} */
function paceOf(size) {
  const known = PACES.find(([pace]) => Math.abs(size - pace) <= PACE_TOLERANCE * pace);
  return known ? known[1] : TIMES.replace("{times}", shortNumber(size));
}

/**
 * What the last of the first `step` events did.
 * @param {Graph} graph
 * @param {Tape} tape
 * @param {Event[]} trace
 * @param {TraceState} state after those events
 * @returns {Piece[]}
 */
export function eventSentence(graph, tape, trace, { step, current }) {
  const output = nameField(graph, tape.output);
  if (current === null) return say("start");
  if (current.kind === "seed") return say("seed", { output });
  if (current.kind === "contribution") return handing(graph, tape, trace, step);
  const { node } = current;
  const fields = { name: nameField(graph, node), data: valueField(tape.data[node]) };
  const { role, operands } = graph.nodes[node];
  if (operands.length > 0) return say("computed", { ...fields, numbers: numberField(inNumbers(tape, node)) });
  return say(
    role === "constant" ? "given_constant" : role === "data" ? "given_data" : "given_parameter",
    fields,
  );
}

/**
 * @param {Graph} graph
 * @param {Tape} tape
 * @param {Event[]} trace
 * @param {number} step
 * @returns {Piece[]}
 */
function handing(graph, tape, trace, step) {
  const { node, target, edge } = trace[step - 1];
  const fields = { node: nameField(graph, node), target: nameField(graph, target) };
  const sentences = [say("hands", fields), howHanded(graph, tape, edge)];
  const before = sumBefore(tape, trace, step);
  if (before !== null) sentences.push(say("adds", { ...fields, before: valueField(before) }));
  return together(...sentences);
}

/**
 * What the op does to the gradient along an edge.
 * @param {Graph} graph
 * @param {Tape} tape
 * @param {number} edge
 * @returns {Piece[]}
 */
function howHanded(graph, tape, edge) {
  const node = tape.owner[edge];
  const slot = edge - tape.first[node];
  const row = OPS[tape.code[node]];
  const partial = tape.partial[edge];
  const operands = graph.nodes[node].operands;
  const fields = {
    op: row.symbol,
    target: nameField(graph, operands[slot]),
    other: nameField(graph, operands[operands.length - 1 - slot]),
    out: valueField(tape.data[node]),
    partial: valueField(partial),
  };
  if (row.gate) {
    return say(isClosed(tape, edge) ? "gate_closed" : partial === 1 ? "gate_open" : "gate_shared", fields);
  }
  const own = row.hands[row.hands.length > 1 ? slot : 0];
  return own === undefined ? say("by_slope", fields) : fill(own, fields);
}

/** A node's name as a field of a sentence; an unnamed leaf is its number. @param {Graph} graph @param {number} id @returns {Field} */
export function nameField(graph, id) {
  const { name, operands } = graph.nodes[id];
  const text = nameOf(graph, id);
  return name === null && operands.length === 0 ? numberField(text) : { text, kind: "name", node: id };
}

/** @param {number} x @returns {Field} */
export function valueField(x) {
  return numberField(shortNumber(x));
}
