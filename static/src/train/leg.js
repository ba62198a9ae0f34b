/**
 * A leg of a run: the steps from `from` on, over one graph and one set of rows. A point that is added or moved, or another
 * batch, begins a new leg, so that earlier steps can still be seen as they were. Pure.
 */
import { columnsOf, compile, fork } from "../replay.js";
import { createBatches } from "./batches.js";
import { structureOf } from "./structure.js";
import { LOSSES } from "./tables.js";
import { areClasses, isRight, targetRows } from "./targets.js";

/**
 * @typedef {import("../replay.js").Tape} Tape
 * @typedef {import("./structure.js").Structure} Structure
 * @typedef {import("./definition.js").Definition} Definition
 * @typedef {{inputs: number[][], targets: (number | number[])[]}} Rows as a request has them
 * @typedef {{output: number, nodes: import("../replay.js").GraphNode[] | import("../replay.js").NodeColumns}
 *   | {tape: Tape, roles: string[], role: Uint8Array}} Answer as it came, or compiled: then a run takes a fork of its tape
 *
 * @typedef {object} Leg
 * @property {number} from the first step
 * @property {Answer} graph
 * @property {Tape} tape
 * @property {Tape} head the same arrays up to the last example: running it leaves the loss as it was
 * @property {Structure} structure
 * @property {number} count rows there are; the graph holds structure.examples of them at a time
 * @property {Float64Array} inputs row by row
 * @property {Float64Array} targets row by row, classes as a 1 among 0s
 * @property {string} loss
 * @property {[Float64Array, Float64Array]} scratch room for one example's outputs and targets
 * @property {boolean} judged whether targets are classes: there is an accuracy
 * @property {{at(step: number): Int32Array}} batches
 * @property {number} dealt the step that gets the first batch
 */

/**
 * @param {Answer} graph
 * @param {Definition} definition
 * @param {Rows} rows
 * @param {number} seed of the batches
 * @param {number} from
 * @returns {Leg}
 */
export function legOf(graph, definition, rows, seed, from) {
  const tape = "tape" in graph ? fork(graph.tape) : compile(graph);
  const role = "tape" in graph ? Array.from(graph.role, (k) => graph.roles[k]) : columnsOf(graph.nodes).role;
  const { loss, alpha } = definition;
  const structure = structureOf(tape, role, definition, LOSSES[loss], alpha !== 0);
  const count = rows.inputs.length;
  if (count < structure.examples)
    throw new RangeError(`a graph of ${structure.examples} examples, and ${count} rows`);
  const targets = targetRows(rows.targets, structure.width, loss);
  return {
    from,
    graph,
    tape,
    head: { ...tape, size: structure.loss },
    structure,
    count,
    inputs: Float64Array.from(rows.inputs.flat()),
    targets,
    loss,
    scratch: [new Float64Array(structure.width), new Float64Array(structure.width)],
    judged: areClasses(targets, loss),
    batches: createBatches(count, structure.examples, seed),
    dealt: from,
  };
}

/**
 * The same graph from another step on, with rows of its own; batches go on as they were, or begin anew from a seed.
 * @param {Leg} leg
 * @param {number} from
 * @param {number | null} [seed]
 * @returns {Leg}
 */
export function furtherLeg(leg, from, seed = null) {
  const further = { ...leg, from, inputs: leg.inputs.slice(), targets: leg.targets.slice() };
  if (seed === null) return further;
  return { ...further, batches: createBatches(leg.count, leg.structure.examples, seed), dealt: from };
}

/**
 * Another row's numbers.
 * @param {Leg} leg
 * @param {number} row
 * @param {number[]} input
 * @param {number | number[]} target
 */
export function setRow(leg, row, input, target) {
  const { width } = leg.structure;
  leg.inputs.set(input, row * input.length);
  leg.targets.set(targetRows([target], width, leg.loss), row * width);
  leg.judged = areClasses(leg.targets, leg.loss);
}

/**
 * Writes rows into the leaves of the tape.
 * @param {Leg} leg
 * @param {Int32Array} examples
 */
export function placeExamples({ tape: { data }, structure, inputs, targets }, examples) {
  const nin = structure.inputs.length / structure.examples;
  const { width } = structure;
  for (let k = 0; k < examples.length; k++) {
    const row = examples[k];
    for (let s = 0; s < nin; s++) data[structure.inputs[k * nin + s]] = inputs[row * nin + s];
    for (let s = 0; s < width; s++) data[structure.targets[k * width + s]] = targets[row * width + s];
  }
}

/** The share of the examples on the tape that are put into the right class; NaN where targets are no classes. @param {Leg} leg */
export function accuracyOf({ judged, tape: { data }, structure, loss, scratch: [said, wanted] }) {
  if (!judged) return Number.NaN;
  const { examples, width, outputs, targets } = structure;
  let right = 0;
  for (let k = 0; k < examples; k++) {
    for (let j = 0; j < width; j++) {
      said[j] = data[outputs[k * width + j]];
      wanted[j] = data[targets[k * width + j]];
    }
    if (isRight(said, wanted, loss)) right++;
  }
  return right / examples;
}
