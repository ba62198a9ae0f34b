/** The page's data as text and back, in the words of the loss that reads it. Pure. */
import { readRows, writeRows } from "../train/rows.js";
import { rowsOf } from "./asked.js";

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
function answersOf(targets) {
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
  return spliced(data, loss, at, 1, { inputs: [input], targets: [target] });
}

/**
 * The data with other rows in place of some.
 * @param {Data} data
 * @param {string} loss
 * @param {number} at the first of them
 * @param {number} cut how many there were
 * @param {ReturnType<typeof rowsOf>} put
 * @returns {Data}
 */
function spliced(data, loss, at, cut, put) {
  const { inputs, targets } = rowsOf(data, loss);
  const changed = targets.toSpliced(at, cut, ...put.targets);
  return {
    name: null,
    inputs: inputs.toSpliced(at, cut, ...put.inputs),
    ...(data.classes === 2 && !changed.every((y) => y === 1 || y === -1)
      ? { answers: changed, classes: changed.every((y) => y === 0 || y === 1) ? 2 : 0 }
      : answersOf(changed)),
  };
}

/**
 * How rows became others, shortly: the text of those in the middle that differ.
 * @typedef {{at: number, cut: number, text: string}} Splice
 * @param {Data} before @param {Data} after @param {string} loss @returns {Splice}
 */
export function spliceOf(before, after, loss) {
  // After the line with the columns' names.
  const lines = (/** @type {Data} */ data) => textOf(data, loss).trimEnd().split("\n").slice(1);
  const [old, now] = [lines(before), lines(after)];
  let at = 0;
  while (at < Math.min(old.length, now.length) && old[at] === now[at]) at++;
  let rest = 0;
  while (rest < Math.min(old.length, now.length) - at && old.at(-1 - rest) === now.at(-1 - rest)) rest++;
  return { at, cut: old.length - at - rest, text: now.slice(at, now.length - rest).join("\n") };
}

/** What a splice makes of rows; null where it cannot be read. @param {Data} before @param {Splice} splice @param {Pick<Model, "nin" | "nouts" | "loss">} model @returns {Data | null} */
export function applied(before, { at, cut, text }, model) {
  const put = text === "" ? { inputs: [], targets: [] } : dataOf(text, model).data;
  if (put === null) return null;
  const after = spliced(before, model.loss, at, cut, "answers" in put ? rowsOf(put, model.loss) : put);
  const even = after.inputs.every(({ length }) => length === model.nin);
  return after.inputs.length > 0 && even ? after : null;
}
