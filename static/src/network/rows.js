/** The page's data as text and back, in the words of the loss that reads it. Pure. */
import { readRows, writeRows } from "../train/rows.js";
import { rowsOf } from "./state.js";

/**
 * @typedef {import("./state.js").Data} Data
 * @typedef {import("./state.js").Model} Model
 */

/** @param {Data} data @param {string} loss */
export function textOf(data, loss) {
  return writeRows(rowsOf(data, loss));
}

/**
 * The rows of a text. Where every row has another number of inputs than the network, it is the network that changes.
 * @param {string} text
 * @param {Pick<Model, "nin" | "nouts" | "loss">} model
 * @returns {{data: Data, nin: number, problems: null} | {data: null, problems: import("../train/rows.js").BadCell[], more: number}}
 */
export function dataOf(text, { nin, nouts, loss }) {
  const wanted = { width: nouts[nouts.length - 1], loss };
  let read = readRows(text, { nin, ...wanted });
  if (read.problems.length > 0) {
    const free = readRows(text, { nin: null, ...wanted });
    if (free.problems.length === 0 && free.nin > 0) read = free;
  }
  const { inputs, targets, problems, more } = read;
  if (problems.length > 0) return { data: null, problems, more };
  return { data: { name: null, inputs, ...answersOf(targets) }, nin: read.nin, problems: null };
}

/** Targets of −1 and 1 are two classes, as any loss may spell them. @param {(number | number[])[]} targets */
export function answersOf(targets) {
  const two = targets.every((y) => y === 1 || y === -1);
  return two
    ? { answers: targets.map((y) => (Number(y) + 1) / 2), classes: 2 }
    : { answers: targets, classes: 0 };
}

/**
 * The data with a row changed, or one more.
 * @param {Data} data
 * @param {string} loss
 * @param {number} at the row; the number of rows for one more
 * @param {number[]} input
 * @param {number | number[]} target as the loss spells it
 * @returns {Data}
 */
export function withRow(data, loss, at, input, target) {
  const { inputs, targets } = rowsOf(data, loss);
  const changed = [...targets.slice(0, at), target, ...targets.slice(at + 1)];
  return {
    name: null,
    inputs: [...inputs.slice(0, at), input, ...inputs.slice(at + 1)],
    ...(data.classes === 2 && !changed.every((y) => y === 1 || y === -1)
      ? { answers: changed, classes: changed.every((y) => y === 0 || y === 1) ? 2 : 0 }
      : answersOf(changed)),
  };
}
