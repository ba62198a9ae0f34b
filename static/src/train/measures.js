/**
 * What can be read off a step whose backward beat is done: which examples still push, which neurons are dead or saturated,
 * how weights and gradients are spread, which example is worst; and the sentences that say so. Pure.
 */
import { LEAF, OPS } from "../kernel.js";
import { ACTIVATIONS } from "./tables.js";

/**
 * @typedef {import("../replay.js").Tape} Tape
 * @typedef {import("./structure.js").Structure} Structure
 * @typedef {import("./structure.js").Layer} Layer
 *
 * @typedef {object} Measures
 * @property {number} examples on the tape
 * @property {Uint8Array} pushes by example: 1 where it sends a gradient to some weight
 * @property {number} pushing examples that do
 * @property {number} content silent examples with nothing to gain: the loss's slope is 0 at their outputs
 * @property {number} blocked silent examples whose gradient dies in the last layer's activation
 * @property {{layer: number, neuron: number}[]} dead neurons, counted from 0, that no example switches on
 * @property {number[]} saturated by layer: the share of its neurons' values, over all examples, on a flat part of the curve
 * @property {boolean} penalty whether an L2 penalty pulls on the weights
 */

/** A smooth activation is flat where its slope is below this share of the slope at 0, its steepest. */
const FLAT = 0.01;
/** A layer is worth a sentence from this share of saturated values. */
const WORTH_TELLING = 0.1;

/**
 * @param {Tape} tape
 * @param {Structure} structure
 * @param {boolean} penalty
 * @returns {Measures}
 */
export function measure(tape, structure, penalty) {
  const { examples, width, layers } = structure;
  const { sums, outs } = layers[layers.length - 1];
  const pushes = new Uint8Array(examples);
  let [pushing, content] = [0, 0];
  for (let k = 0; k < examples; k++) {
    let [sent, asked] = [false, false];
    for (let at = k * width; at < (k + 1) * width; at++) {
      if (tape.grad[sums[at]] !== 0) sent = true;
      if (tape.grad[outs[at]] !== 0) asked = true;
    }
    pushes[k] = Number(sent);
    if (sent) pushing++;
    else if (!asked) content++;
  }
  return {
    examples,
    pushes,
    pushing,
    content,
    blocked: examples - pushing - content,
    dead: layers.flatMap((layer, l) => deadOf(tape, layer).map((neuron) => ({ layer: l, neuron }))),
    saturated: layers.map((layer) => saturationOf(tape, layer)),
    penalty,
  };
}

/** Whether a layer's activation only selects, as relu does. @param {Tape} tape @param {Layer} layer */
function isGate(tape, { outs, sums }) {
  const code = tape.code[outs[0]];
  return outs !== sums && code !== LEAF && OPS[code].gate;
}

/** @param {Tape} tape @param {Layer} layer */
function deadOf(tape, layer) {
  if (!isGate(tape, layer)) return [];
  const { outs, size } = layer;
  const open = new Uint8Array(size);
  outs.forEach((out, at) => {
    if (tape.partial[tape.first[out]] !== 0) open[at % size] = 1;
  });
  return Array.from(open.keys()).filter((j) => !open[j]);
}

/** @param {Tape} tape @param {Layer} layer */
function saturationOf(tape, layer) {
  if (layer.outs === layer.sums || isGate(tape, layer)) return 0;
  const activate = ACTIVATIONS[layer.activation];
  const steepest = (activate(1e-4) - activate(-1e-4)) / 2e-4;
  let flat = 0;
  for (const out of layer.outs) if (Math.abs(tape.partial[tape.first[out]]) < FLAT * steepest) flat++;
  return flat / layer.outs.length;
}

/**
 * Positions of the examples on the tape, the largest loss first; of equal ones the first, and what is NaN before all.
 * @param {Tape} tape
 * @param {Pick<Structure, "terms">} structure
 */
export function worstFirst({ data }, { terms }) {
  const size = (/** @type {number} */ k) =>
    Number.isNaN(data[terms[k]]) ? Number.POSITIVE_INFINITY : data[terms[k]];
  return Int32Array.from(terms.keys()).sort((a, b) => {
    const [x, y] = [size(a), size(b)];
    return x === y ? a - b : y > x ? 1 : -1;
  });
}

/**
 * Numbers counted in an odd count of equal bins from -extent to extent, 0 in the middle of the middle one.
 * @param {Float64Array} numbers
 * @param {number} [bins]
 * @returns {{extent: number, counts: Uint32Array, strange: number}} `strange` are not finite, and in no bin
 */
export function histogram(numbers, bins = 21) {
  let extent = 0;
  for (const x of numbers) if (Number.isFinite(x) && Math.abs(x) > extent) extent = Math.abs(x);
  const counts = new Uint32Array(bins);
  let strange = 0;
  for (const x of numbers) {
    if (Number.isFinite(x))
      counts[extent ? Math.min(bins - 1, Math.floor((x / extent / 2 + 0.5) * bins)) : bins >> 1]++;
    else strange++;
  }
  return { extent, counts, strange };
}

/**
 * A histogram per layer, of its weights and biases or of their gradients.
 * @param {Float64Array} numbers by parameter: `tape.data`, `tape.grad`, or a step of the history
 * @param {Pick<Layer, "first" | "nin" | "size">[]} layers
 * @param {number} [bins]
 */
export function layerHistograms(numbers, layers, bins) {
  return layers.map(({ first, nin, size }) =>
    histogram(numbers.subarray(first, first + size * (nin + 1)), bins),
  );
}

/**
 * `73 of 100 examples still push on the weights.` and what else is worth a sentence.
 * @param {Measures} measures
 * @returns {string[]}
 */
export function told({ examples, pushing, content, blocked, dead, saturated, penalty }) {
  const sentences = [];
  if (pushing)
    sentences.push(
      `${pushing} of ${count(examples, "example")} still ${pushing === 1 ? "pushes" : "push"} on the weights.`,
    );
  else
    sentences.push(`No example pushes on the weights any more${penalty ? ": only the penalty does" : ""}.`);
  if (content)
    sentences.push(
      `${content} ${content === 1 ? "is right by a margin and sends" : "are right by a margin and send"} nothing back.`,
    );
  if (blocked)
    sentences.push(
      `${blocked} ${blocked === 1 ? "is" : "are"} blocked: the last activation is flat there and passes nothing on.`,
    );
  if (dead.length)
    sentences.push(
      `${count(dead.length, "neuron")} ${dead.length === 1 ? "is dead: no example switches it on" : "are dead: no example switches them on"}.`,
    );
  saturated.forEach((share, l) => {
    if (share >= WORTH_TELLING)
      sentences.push(`${Math.round(100 * share)} % of layer ${l + 1} is saturated: its curve is flat there.`);
  });
  return sentences;
}

/** @param {number} many @param {string} noun */
function count(many, noun) {
  return `${many} ${noun}${many === 1 ? "" : "s"}`;
}
