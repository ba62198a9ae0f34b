/** What an example should give, as the loss reads it, and whether the network puts it into the right class. Pure. */
import { LOSSES } from "./tables.js";

/**
 * A row of `width` numbers per target: for classes, a 1 at the index among 0s.
 * @param {(number | number[])[]} targets
 * @param {number} width
 * @param {string} loss
 * @returns {Float64Array} row by row
 */
export function targetRows(targets, width, loss) {
  const rows = new Float64Array(targets.length * width);
  targets.forEach((target, k) => {
    if (LOSSES[loss].targets === "class") rows[k * width + Number(target)] = 1;
    else rows.set(typeof target === "number" ? [target] : target, k * width);
  });
  return rows;
}

/**
 * Whether the targets are classes, so that there is an accuracy: indices, probabilities 0 and 1, or else -1 and 1.
 * @param {Float64Array} rows
 * @param {string} loss
 */
export function areClasses(rows, loss) {
  const kind = LOSSES[loss].targets;
  const off = kind === "probability" ? 0 : -1;
  return kind === "class" || rows.every((y) => y === off || y === 1);
}

/**
 * Whether one example is put into the right class: the largest output stands where the 1 is; or every output is on the
 * side of 0 that its target asks for.
 * @param {ArrayLike<number>} outputs
 * @param {ArrayLike<number>} targets
 * @param {string} loss
 */
export function isRight(outputs, targets, loss) {
  if (LOSSES[loss].targets === "class") return largest(outputs) === largest(targets);
  for (let j = 0; j < outputs.length; j++) if (outputs[j] > 0 !== targets[j] > 0) return false;
  return true;
}

/** Where the first largest number stands; the first NaN, where there is one. @param {ArrayLike<number>} numbers */
export function largest(numbers) {
  let best = 0;
  for (let j = 0; j < numbers.length; j++) {
    if (Number.isNaN(numbers[j])) return j;
    if (numbers[j] > numbers[best]) best = j;
  }
  return best;
}
