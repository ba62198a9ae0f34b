/**
 * The trace: every write of the forward pass, the seed, and every single `grad += contribution`, in order. One event
 * is one step; the state after any number of steps is computed from the finished tape, so stepping back is exact.
 */
import { contributionOf } from "./replay.js";

/**
 * forward: node's data is written. seed: the output's grad becomes 1. contribution: node hands grad × partial along
 * the edge of its slot to target. slot, target and edge are -1 where there is none.
 * @typedef {"forward" | "seed" | "contribution"} EventKind
 * @typedef {{kind: EventKind, node: number, slot: number, target: number, edge: number}} Event
 */

/**
 * Where a walk through the trace stands. What an event has not written yet reads NaN and is not `written`.
 * @typedef {object} TraceState
 * @property {number} step events that have happened
 * @property {Event | null} current the last of them
 * @property {Uint8Array} computed 1 where node i has its data
 * @property {Uint8Array} written 1 where node i has a grad, whole or so far
 * @property {Float64Array} grad the sum so far
 * @property {Int32Array} waiting contributions node i still waits for; written and 0: the grad is settled
 * @property {Uint8Array} crossed 1 where edge e has delivered
 */

/**
 * All events: one forward per node by id; the seed; then nodes by falling id, slots last to first, one per operand edge
 * that a gradient crosses: on a path to the output, and not towards a constant or a condition.
 * @param {import("./replay.js").Tape} tape
 * @returns {Event[]}
 */
export function events({ size, output, owner, operand, first, live, constant }) {
  /** @type {Event[]} */
  const all = [];
  for (let node = 0; node < size; node++) all.push({ kind: "forward", node, slot: -1, target: -1, edge: -1 });
  if (!constant[output]) all.push({ kind: "seed", node: output, slot: -1, target: output, edge: -1 });
  for (let edge = owner.length - 1; edge >= 0; edge--) {
    if (live[edge] !== 2) continue;
    const node = owner[edge];
    all.push({ kind: "contribution", node, slot: edge - first[node], target: operand[edge], edge });
  }
  return all;
}

/**
 * The state after `step` events. Depends on nothing but its arguments: the same step gives the same state, whichever
 * way it was reached. A node that no gradient comes to never gets an event; its grad, 0, is known with the seed.
 * @param {import("./replay.js").Tape} tape with its data, partials and grads computed
 * @param {Event[]} all
 * @param {number} step 0 to all.length
 * @returns {TraceState}
 */
export function stateAt(tape, all, step) {
  const { size, output, live, operand, constant } = tape;
  const state = {
    step,
    current: step > 0 ? all[step - 1] : null,
    computed: new Uint8Array(size),
    written: new Uint8Array(size),
    grad: new Float64Array(size).fill(Number.NaN),
    waiting: new Int32Array(size),
    crossed: new Uint8Array(live.length),
  };
  for (let e = 0; e < live.length; e++) if (live[e] === 2) state.waiting[operand[e]]++;
  for (let k = 0; k < step; k++) {
    const { kind, node, target, edge } = all[k];
    if (kind === "forward") {
      state.computed[node] = 1;
    } else if (kind === "seed") {
      for (let i = 0; i < size; i++)
        if (state.waiting[i] === 0 && i !== node && !constant[i]) write(state, i, 0);
      write(state, node, 1);
    } else {
      write(state, target, contributionOf(tape, edge));
      state.waiting[target]--;
      state.crossed[edge] = 1;
    }
  }
  // A constant output has no seed: nothing reaches it, which is known when all is computed.
  if (constant[output] && step >= size) for (let i = 0; i < size; i++) if (!constant[i]) write(state, i, 0);
  return state;
}

/**
 * Add to a grad; the first contribution is its sum so far.
 * @param {TraceState} state
 * @param {number} node
 * @param {number} amount
 */
function write(state, node, amount) {
  state.grad[node] = state.written[node] ? state.grad[node] + amount : amount;
  state.written[node] = 1;
}

/**
 * The grad of an event's target before it, null when the event is the first to write it.
 * @param {import("./replay.js").Tape} tape
 * @param {Event[]} all
 * @param {number} step the event is the last of so many
 * @returns {number | null}
 */
export function sumBefore(tape, all, step) {
  const { target } = all[step - 1];
  /** @type {number | null} */
  let sum = null;
  for (let k = tape.size; k < step - 1; k++) {
    if (all[k].target !== target) continue;
    const amount = all[k].kind === "seed" ? 1 : contributionOf(tape, all[k].edge);
    sum = sum === null ? amount : sum + amount;
  }
  return sum;
}

/**
 * Which nodes the walk back has finished, which one it is writing, which must wait: for "Where we are".
 * @param {import("./replay.js").Tape} tape
 * @param {TraceState} state
 * @returns {{settled: number[], writing: number[], waiting: number[]}} ids, the output's side first
 */
export function progress({ size, reaches, constant }, { written, waiting, current }) {
  /** @type {{settled: number[], writing: number[], waiting: number[]}} */
  const lists = { settled: [], writing: [], waiting: [] };
  for (let i = size - 1; i >= 0; i--) {
    if (!reaches[i] || constant[i]) continue;
    if (!written[i]) lists.waiting.push(i);
    else if (waiting[i] > 0 || current?.target === i) lists.writing.push(i);
    else lists.settled.push(i);
  }
  return lists;
}
