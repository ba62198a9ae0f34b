/** "What will it be?": the question before a step of the walk back, and what to say to a guess. */
import { ANSWERS } from "./answers.js";
import { nameField, valueField } from "./explain.js";
import { factorNumber } from "./numbers.js";
import { contributionOf } from "./replay.js";
import { fill, numberField } from "./sentence.js";
import { sumBefore } from "./trace.js";

/**
 * @typedef {import("./replay.js").Graph} Graph
 * @typedef {import("./replay.js").Tape} Tape
 * @typedef {import("./trace.js").Event} Event
 * @typedef {import("./sentence.js").Piece} Piece
 */

/** A guess this close, relatively, is right: it may have been rounded. */
const TOLERANCE = 5e-3;

/**
 * The question before an event that writes a grad, null before any other.
 * @param {Graph} graph
 * @param {Tape} tape
 * @param {Event | undefined} next
 * @returns {Piece[] | null}
 */
export function question(graph, tape, next) {
  if (next === undefined || next.kind === "forward") return null;
  if (next.kind === "seed") return fill(ANSWERS.ask_seed, { output: nameField(graph, tape.output) });
  return fill(ANSWERS.ask, { node: nameField(graph, next.node), target: nameField(graph, next.target) });
}

/**
 * What to say to a guess at what the event after `step` adds: why it is right, or what is right in it.
 * @param {Graph} graph
 * @param {Tape} tape
 * @param {Event[]} trace
 * @param {number} step events that have happened; the next one is a seed or a contribution
 * @param {number} guess
 * @returns {{right: boolean, sentence: Piece[]}}
 */
export function judge(graph, tape, trace, step, guess) {
  const { kind, node, edge } = trace[step];
  if (kind === "seed") {
    const right = near(guess, 1);
    return {
      right,
      sentence: fill(ANSWERS[right ? "right_seed" : "guessed_seed"], {
        output: nameField(graph, tape.output),
      }),
    };
  }
  const partial = tape.partial[edge];
  const upstream = tape.grad[node];
  const amount = contributionOf(tape, edge);
  /** @type {[keyof typeof ANSWERS, number][]} */
  const mistakes = [
    ["right", amount],
    ["guessed_upstream", upstream],
    ["guessed_partial", partial],
    ["guessed_sign", -amount],
    ["guessed_sum", (sumBefore(tape, trace, step + 1) ?? 0) + amount],
    ["guessed_added", upstream + partial],
  ];
  const [phrase] = mistakes.find(([, value]) => near(guess, value)) ?? ["guessed"];
  const fields = {
    node: nameField(graph, node),
    partial: valueField(partial),
    factor: numberField(factorNumber(partial)),
    upstream: valueField(upstream),
    amount: valueField(amount),
  };
  return { right: phrase === "right", sentence: fill(ANSWERS[/** @type {"right"} */ (phrase)], fields) };
}

/** @param {number} guess @param {number} value */
function near(guess, value) {
  return Object.is(guess, value) || Math.abs(guess - value) <= TOLERANCE * Math.abs(value);
}
