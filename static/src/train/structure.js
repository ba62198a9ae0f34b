/**
 * Where on a network's tape things stand: which nodes are an example's inputs, a neuron's weighted sum, a term of the
 * loss. The contract fixes the order (docs/api.md): parameters neuron by neuron, then the examples one after another,
 * then the loss. Pure.
 */
import { LEAF } from "../kernel.js";

/**
 * A layer. Neuron j's parameters are `first + j * (nin + 1)` and on: nin weights, then its bias. `sums` and `outs` hold a
 * row of `size` node ids per example: the weighted sum, and what the activation makes of it (the same node when linear).
 * @typedef {{first: number, nin: number, size: number, activation: string, sums: Int32Array, outs: Int32Array}} Layer
 *
 * @typedef {object} Structure
 * @property {number} parameters they are nodes 0 to parameters - 1
 * @property {number} examples
 * @property {number} width outputs of an example
 * @property {Layer[]} layers
 * @property {number} stride nodes of one example: example k is nodes parameters + k * stride and on
 * @property {Int32Array} inputs a row of nin node ids per example
 * @property {Int32Array} outputs a row of `width` per example; the last layer's outs
 * @property {Int32Array} targets a row of `width` per example
 * @property {Int32Array} terms the node of each example's own loss
 * @property {number} loss the first node after the examples
 */

/** @param {{nin: number, nouts: number[], activation: string, output_activation: string | null}} shape */
export function layersOf({ nin, nouts, activation, output_activation }) {
  let first = 0;
  return nouts.map((size, l) => {
    const layer = {
      first,
      size,
      nin: l ? nouts[l - 1] : nin,
      activation: (l === nouts.length - 1 && output_activation) || activation,
    };
    first += size * (layer.nin + 1);
    return layer;
  });
}

/** @param {Parameters<typeof layersOf>[0]} shape @returns {number} weights and biases */
export function parameterCount(shape) {
  return layersOf(shape).reduce((sum, { size, nin }) => sum + size * (nin + 1), 0);
}

/**
 * @param {import("../replay.js").Tape} tape of a network with targets
 * @param {ArrayLike<string>} roles by node
 * @param {Parameters<typeof layersOf>[0] & {loss: string}} definition
 * @param {{mean: boolean}} loss the row of its loss
 * @param {boolean} penalised whether an L2 penalty is added
 * @returns {Structure} RangeError when the tape is another network's
 */
export function structureOf(tape, roles, definition, loss, penalised) {
  const shapes = layersOf(definition);
  const { nin } = definition;
  const width = shapes[shapes.length - 1].size;
  const parameters = parameterCount(definition);
  const given = [];
  for (let i = parameters; i < tape.size; i++) if (roles[i] === "data") given.push(i);
  const examples = given.length / (nin + width);
  const stride = shapes.reduce((sum, { nin, size, activation }) => sum + size * opsOf(nin, activation), nin);
  const start = (/** @type {number} */ k) => parameters + k * stride;
  let offset = nin;
  const layers = shapes.map((shape) => {
    const sums = new Int32Array(examples * shape.size);
    const ops = opsOf(shape.nin, shape.activation);
    for (let k = 0; k < examples; k++)
      for (let j = 0; j < shape.size; j++)
        sums[k * shape.size + j] = start(k) + offset + j * ops + 2 * shape.nin - 1;
    offset += shape.size * ops;
    const after = ops - 2 * shape.nin;
    return { ...shape, sums, outs: after ? sums.map((sum) => sum + after) : sums };
  });
  const found = {
    parameters,
    examples,
    width,
    layers,
    stride,
    inputs: Int32Array.from(given.slice(0, examples * nin)),
    outputs: layers[layers.length - 1].outs,
    targets: Int32Array.from(given.slice(examples * nin)),
    terms: termsOf(tape, examples, loss.mean, penalised),
    loss: start(examples),
  };
  check(found, tape, roles, nin);
  return found;
}

/** Nodes of a neuron on one example: a product and an addition per input, and the activation. @param {number} nin @param {string} activation */
function opsOf(nin, activation) {
  return 2 * nin + (activation === "linear" ? 0 : 1);
}

/**
 * The loss adds the terms up from the left: from its last addition back, the right operand is the example's term.
 * @param {import("../replay.js").Tape} tape
 * @param {number} examples
 * @param {boolean} mean
 * @param {boolean} penalised
 */
function termsOf({ output, first, operand }, examples, mean, penalised) {
  let sum = output;
  if (penalised) sum = operand[first[sum]];
  if (mean) sum = operand[first[sum]];
  const terms = new Int32Array(examples);
  for (let k = examples - 1; k > 0; k--) {
    terms[k] = operand[first[sum] + 1];
    sum = operand[first[sum]];
  }
  terms[0] = sum;
  return terms;
}

/**
 * @param {Structure} found
 * @param {import("../replay.js").Tape} tape
 * @param {ArrayLike<string>} roles
 * @param {number} nin
 */
function check({ parameters, examples, stride, inputs, layers, targets, loss }, tape, roles, nin) {
  const fits =
    Number.isInteger(examples) &&
    examples > 0 &&
    roles[parameters - 1] === "parameter" &&
    roles[parameters] === "data" &&
    inputs.every((id, at) => id === parameters + Math.floor(at / nin) * stride + (at % nin)) &&
    targets.every((id) => id >= loss) &&
    layers.every(({ outs }) => outs.every((id) => tape.code[id] !== LEAF));
  if (!fits) throw new RangeError("the graph is not that of this network");
}
