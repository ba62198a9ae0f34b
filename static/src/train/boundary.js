/**
 * What a network says everywhere: its outputs for many inputs at once, from the weights alone, and where they change
 * sides. Layer by layer over typed arrays, without the tape. Pure.
 */
import { layersOf } from "./structure.js";
import { ACTIVATIONS } from "./tables.js";
import { largest } from "./targets.js";

/**
 * @typedef {Parameters<typeof layersOf>[0]} Shape
 * @typedef {{left: number, right: number, bottom: number, top: number, columns: number, rows: number}} Grid points from
 *   edge to edge, both included; row 0 is at the top
 */

/**
 * The outputs for each of `count` examples.
 * @param {ArrayLike<number>} parameters in the network's order
 * @param {Shape} shape
 * @param {Float64Array} inputs a row of nin per example
 * @param {number} count
 * @returns {Float64Array} a row of outputs per example
 */
export function predict(parameters, shape, inputs, count) {
  let from = inputs;
  for (const layer of layersOf(shape)) {
    const { first, nin, size } = layer;
    const activate = ACTIVATIONS[layer.activation];
    const to = new Float64Array(count * size);
    for (let k = 0; k < count; k++) {
      for (let j = 0; j < size; j++) {
        const at = first + j * (nin + 1);
        let sum = parameters[at + nin];
        for (let s = 0; s < nin; s++) sum += parameters[at + s] * from[k * nin + s];
        to[k * size + j] = activate(sum);
      }
    }
    from = to;
  }
  return from;
}

/**
 * The points of a grid as inputs, row by row. Make them once, predict as often as weights change.
 * @param {Grid} grid
 */
export function gridPoints({ left, right, bottom, top, columns, rows }) {
  const points = new Float64Array(2 * columns * rows);
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      points[at++] = left + ((right - left) * c) / (columns - 1);
      points[at++] = top + ((bottom - top) * r) / (rows - 1);
    }
  }
  return points;
}

/**
 * A grid around points, with a margin of a share of their extent.
 * @param {number[][]} inputs points of two numbers
 * @param {number} size points along each side
 * @param {number} [margin]
 * @returns {Grid}
 */
export function gridAround(inputs, size, margin = 0.15) {
  const [left, right] = stretch(
    inputs.map(([x]) => x),
    margin,
  );
  const [bottom, top] = stretch(
    inputs.map(([, y]) => y),
    margin,
  );
  return { left, right, bottom, top, columns: size, rows: size };
}

/** @param {number[]} numbers @param {number} margin */
function stretch(numbers, margin) {
  const least = Math.min(...numbers);
  const most = Math.max(...numbers);
  const more = (most - least || 2) * margin;
  return [least - more, most + more];
}

/**
 * The class of each example: where its largest output stands.
 * @param {Float64Array} outputs a row of `width` per example
 * @param {number} width
 */
export function classesOf(outputs, width) {
  const classes = new Uint16Array(outputs.length / width);
  for (let k = 0; k < classes.length; k++) classes[k] = largest(outputs.subarray(k * width, (k + 1) * width));
  return classes;
}

/**
 * The line along which a field has a level (0: where it changes sides), as segments x1, y1, x2, y2 in the grid's own
 * coordinates. In each cell it runs from edge to edge, where linear interpolation puts the level; a saddle is cut as the
 * mean of its corners says. A corner exactly on the level counts as above it.
 * @param {ArrayLike<number>} field a number per point of the grid
 * @param {Grid} grid
 * @param {number} [level]
 * @returns {number[]}
 */
export function levelLine(field, { left, right, bottom, top, columns, rows }, level = 0) {
  const x = (/** @type {number} */ c) => left + ((right - left) * c) / (columns - 1);
  const y = (/** @type {number} */ r) => top + ((bottom - top) * r) / (rows - 1);
  /** @type {number[]} */
  const line = [];
  for (let r = 0; r + 1 < rows; r++) {
    for (let c = 0; c + 1 < columns; c++) {
      const at = r * columns + c;
      // Most cells lie on one side.
      const below = at + columns;
      const above = Number(field[at] >= level) + Number(field[at + 1] >= level);
      const lower = Number(field[below] >= level) + Number(field[below + 1] >= level);
      if (above + lower === 4 || above + lower === 0) continue;
      // Corners clockwise from the top left, less the level.
      const corners = [at, at + 1, at + columns + 1, at + columns].map((i) => field[i] - level);
      if (!corners.every(Number.isFinite)) continue;
      const cuts = [];
      for (let side = 0; side < 4; side++) {
        const [a, b] = [corners[side], corners[(side + 1) % 4]];
        if (a >= 0 === b >= 0) continue;
        const t = a / (a - b);
        cuts.push(
          [
            [x(c + t), y(r)],
            [x(c + 1), y(r + t)],
            [x(c + 1 - t), y(r + 1)],
            [x(c), y(r + 1 - t)],
          ][side],
        );
      }
      const turned =
        cuts.length === 4 && corners[0] + corners[1] + corners[2] + corners[3] >= 0 !== corners[0] >= 0;
      if (turned) cuts.push(/** @type {number[]} */ (cuts.shift()));
      for (let k = 0; k < cuts.length; k += 2) line.push(...cuts[k], ...cuts[k + 1]);
    }
  }
  return line;
}
