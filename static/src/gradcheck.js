/**
 * Nudging: move one node's value a little, recompute what follows from it, and compare the output's change with what
 * the gradient says. Works at leaves and at intermediates: the node keeps the value it is given, whatever its op says.
 * The tape itself is never disturbed; a nudge works on numbers of its own.
 */
import { ANSWERS } from "./answers.js";
import { nameField, valueField } from "./explain.js";
import { forward } from "./replay.js";
import { fill } from "./sentence.js";

/**
 * @typedef {import("./replay.js").Tape} Tape
 * @typedef {"central" | "forward"} Scheme
 * @typedef {{h: number, forward: number, central: number}} Errors |quotient - gradient| at one h
 */

/** Spacing of float64 at 1: what is lost, relatively, in every operation. */
const EPSILON = Number.EPSILON;
/** A quotient this close to the gradient, relatively or absolutely, agrees with it on the page. */
const AGREES = 1e-6;
const AGREES_ABSOLUTELY = 1e-9;
/** One-sided slopes further apart than this, relatively, are a kink. */
const KINK = 1e-3;

/**
 * The output as a function of one node's value, everything else as it is on the tape.
 * @param {Tape} tape
 * @param {number} node
 * @returns {(value: number) => number}
 */
export function outputOver(tape, node) {
  const trial = { ...tape, data: tape.data.slice() };
  return (value) => {
    trial.data[node] = value;
    forward(trial, node + 1);
    return trial.data[tape.output];
  };
}

/**
 * The difference quotient at a node: (f(x + h) - f(x)) / h, or (f(x + h) - f(x - h)) / 2h.
 * @param {(value: number) => number} output of `outputOver`
 * @param {number} x the node's value
 * @param {number} h not 0; what is added is what x + h differs from x by, so that rounding x costs nothing
 * @param {Scheme} scheme
 * @returns {number}
 */
export function quotient(output, x, h, scheme) {
  const above = x + h;
  const below = scheme === "central" ? x - h : x;
  return above === below ? 0 : (output(above) - output(below)) / (above - below);
}

/**
 * A nudge of one node by h: the output before and after, its change as predicted (grad × h) and as it is, the
 * quotients, the slopes just left and right, and a verdict.
 * @param {Tape} tape
 * @param {number} node not a constant
 * @param {number} h
 */
export function nudge(tape, node, h) {
  const output = outputOver(tape, node);
  const x = tape.data[node];
  const before = output(x);
  const after = output(x + h);
  const quotients = {
    forward: quotient(output, x, h, "forward"),
    central: quotient(output, x, h, "central"),
  };
  const grad = tape.grad[node];
  return {
    x,
    h,
    before,
    after,
    grad,
    predicted: grad * h,
    actual: after - before,
    ...quotients,
    ...sides(output, x, before),
    verdict: verdictOf(output, x, h, before, grad, quotients.forward),
  };
}

/**
 * same: quotient and gradient agree. rounding: h is so small that the difference drowns in the output's last digits.
 * kink: the slopes to both sides differ however close one looks. jump: the output changes at once. outside: a value or
 * the gradient is not finite. coarse: the curve bends within h.
 * @typedef {"same" | "rounding" | "kink" | "jump" | "outside" | "coarse"} Verdict
 */

/**
 * @param {(value: number) => number} output
 * @param {number} x
 * @param {number} h
 * @param {number} before
 * @param {number} grad
 * @param {number} slope the forward quotient
 * @returns {Verdict}
 */
function verdictOf(output, x, h, before, grad, slope) {
  if (![slope, grad, before].every(Number.isFinite)) return "outside";
  const error = Math.abs(slope - grad);
  if (error <= Math.max(AGREES * Math.max(Math.abs(grad), Math.abs(slope)), AGREES_ABSOLUTELY)) return "same";
  if (jumps(output, x)) return "jump";
  const { left, right } = sides(output, x, before);
  if (Math.abs(left - right) > KINK * Math.max(Math.abs(left), Math.abs(right))) return "kink";
  const lost = (EPSILON * Math.max(Math.abs(before), Math.abs(output(x + h)))) / Math.abs(h);
  const bend = Math.abs(quotient(output, x, h, "forward") - quotient(output, x, -h, "forward")) / 2;
  return error <= 8 * lost && bend <= 16 * lost ? "rounding" : "coarse";
}

/**
 * Whether the output changes by as much over a millionth of a distance as over all of it, and by more than rounding.
 * @param {(value: number) => number} output
 * @param {number} x
 */
function jumps(output, x) {
  const h = Math.cbrt(EPSILON) * Math.max(1, Math.abs(x));
  const [wide, narrow] = [h, h / 2 ** 20].map((by) => Math.abs(output(x + by) - output(x - by)));
  return narrow > 0.75 * wide && narrow > 1e-9 * Math.max(Math.abs(output(x)), Math.abs(output(x + h)));
}

/**
 * The slopes just left and right of x, at the step where rounding and bending cost about the same.
 * @param {(value: number) => number} output
 * @param {number} x
 * @param {number} before
 */
function sides(output, x, before) {
  const h = Math.cbrt(EPSILON) * Math.max(1, Math.abs(x));
  return { left: (before - output(x - h)) / h, right: (output(x + h) - before) / h };
}

/**
 * How far both quotients are from the gradient, for steps from 10^least to 10^most: the error falls with h, and rises
 * again where rounding wins.
 * @param {Tape} tape
 * @param {number} node
 * @param {{least?: number, most?: number, perDecade?: number}} [range]
 * @returns {Errors[]}
 */
export function errorCurve(tape, node, { least = -12, most = 0, perDecade = 4 } = {}) {
  const output = outputOver(tape, node);
  const x = tape.data[node];
  const grad = tape.grad[node];
  return Array.from({ length: (most - least) * perDecade + 1 }, (_, k) => {
    const h = 10 ** (least + k / perDecade);
    return {
      h,
      forward: Math.abs(quotient(output, x, h, "forward") - grad),
      central: Math.abs(quotient(output, x, h, "central") - grad),
    };
  });
}

/**
 * The output's curve over a node's value, at equal distances.
 * @param {Tape} tape
 * @param {number} node
 * @param {number} from
 * @param {number} to
 * @param {number} [count]
 * @returns {{x: number, y: number}[]}
 */
export function curve(tape, node, from, to, count = 65) {
  const output = outputOver(tape, node);
  return Array.from({ length: count }, (_, k) => {
    const x = from + ((to - from) * k) / (count - 1);
    return { x, y: output(x) };
  });
}

/**
 * What to say about a nudge's quotient beside the exact gradient.
 * @param {import("./replay.js").Graph} graph
 * @param {Tape} tape
 * @param {ReturnType<typeof nudge>} nudged
 * @returns {import("./sentence.js").Piece[]}
 */
export function nudgeSentence(graph, tape, { verdict, forward, grad, left, right }) {
  return fill(ANSWERS[`nudge_${verdict}`], {
    output: nameField(graph, tape.output),
    error: valueField(Math.abs(forward - grad)),
    left: valueField(left),
    right: valueField(right),
  });
}
