/**
 * Where the network changes its mind, for two inputs: its output over the plane in ink, the line at 0, the examples. A
 * click adds an example, or puts the one that is there on screen.
 */
import { h, once, set, write } from "../../dom.js";
import { segments } from "../../form.js";
import { schemeNow } from "../../paint/scheme.js";
import { THEMES } from "../../paint/theme.js";
import { classesOf, gridAround, gridPoints, levelLine, predict } from "../../train/boundary.js";

/**
 * @typedef {{run: import("../../train/run.js").Run, tick: number, shape: import("../../network/state.js").Model,
 *   inputs: number[][], classes: number[], level: number, kinds: string[], example: number,
 *   add: (point: number[], kind: number) => void, send: (action: import("../../network/state.js").Action) => void}} Slice
 *   classes: by example; level: the output at which it changes sides; kinds: names of the classes
 * @typedef {{canvas: HTMLCanvasElement, kind: ReturnType<typeof segments>, said: HTMLElement, chosen: number,
 *   inputs: number[][] | null, grid: import("../../train/boundary.js").Grid, points: Float64Array, rows: Float64Array,
 *   shades: ImageData, small: HTMLCanvasElement, slice: Slice}} Parts
 *   points: of the grid; rows: all examples, also those that are not in the batch; shades: a pixel per point, for `small`
 */

const SIZE = { width: 304, height: 190 };
const COLUMNS = 49;
/** A click so near an example means it. */
const NEAR = 9;
/** Ink over the paper where the network is surest. */
const STRONGEST = 0.3;

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice | null} slice null: the inputs are not two, or the targets no classes */
export function boundary(root, slice) {
  root.hidden = slice === null;
  if (slice === null) return;
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  if (parts.inputs !== slice.inputs) {
    parts.inputs = slice.inputs;
    parts.grid = gridAround(slice.inputs, COLUMNS);
    parts.points = gridPoints(parts.grid);
    parts.rows = Float64Array.from(slice.inputs.flat());
  }
  parts.kind.update(String(parts.chosen));
  draw(parts);
}

/** @param {Parts} parts */
function draw(parts) {
  const { canvas, grid, points, slice } = parts;
  const { run, shape, inputs, classes, level, example } = slice;
  const context = canvas.getContext("2d");
  if (context === null) return;
  const width = shape.nouts[shape.nouts.length - 1];
  const field = predict(run.parameters, shape, points, points.length / 2);
  const { ink, surface: paper } = THEMES[schemeNow()];
  const scale = canvas.width / SIZE.width;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = paper;
  context.fillRect(0, 0, SIZE.width, SIZE.height);
  const sides = width > 1 ? classesOf(field, width) : null;
  for (let at = 0; at < COLUMNS * COLUMNS; at++) {
    const share = sides === null ? sureness(field[at] - level) : sides[at] / (width - 1);
    parts.shades.data[4 * at + 3] = share > 0 ? Math.round(255 * STRONGEST * share) : 0;
  }
  shade(parts, ink, context);
  const x = (/** @type {number} */ value) => ((value - grid.left) / (grid.right - grid.left)) * SIZE.width;
  const y = (/** @type {number} */ value) => ((grid.top - value) / (grid.top - grid.bottom)) * SIZE.height;
  if (sides === null) {
    const line = levelLine(field, grid, level);
    context.beginPath();
    for (let k = 0; k < line.length; k += 4) {
      context.moveTo(x(line[k]), y(line[k + 1]));
      context.lineTo(x(line[k + 2]), y(line[k + 3]));
    }
    context.strokeStyle = ink;
    context.lineWidth = 1.75;
    context.stroke();
  }
  inputs.forEach(([first, second], k) => {
    const radius = k === example ? 6 : 3.6;
    context.beginPath();
    context.arc(x(first), y(second), radius, 0, 2 * Math.PI);
    context.fillStyle = classes[k] === 1 ? ink : paper;
    context.fill();
    context.lineWidth = classes[k] === 1 ? 1 : 1.6;
    context.strokeStyle = classes[k] === 1 ? paper : ink;
    context.stroke();
  });
  const right = `${rightOf(parts)} of ${inputs.length} examples on their side.`;
  set(canvas, { "aria-label": `The network over the plane of its two inputs. ${right}` });
  write(parts.said, right);
}

/** A shade per point of the grid, in ink: painted small, then drawn large, each point in the middle of its cell. @param {Parts} parts @param {string} ink "#rrggbb" @param {CanvasRenderingContext2D} context */
function shade({ shades, small }, ink, context) {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(ink.slice(at, at + 2), 16));
  for (let at = 0; at < shades.data.length; at += 4) {
    shades.data[at] = red;
    shades.data[at + 1] = green;
    shades.data[at + 2] = blue;
  }
  small.getContext("2d")?.putImageData(shades, 0, 0);
  const [across, down] = [SIZE.width / (COLUMNS - 1), SIZE.height / (COLUMNS - 1)];
  context.imageSmoothingEnabled = false;
  context.drawImage(small, -across / 2, -down / 2, COLUMNS * across, COLUMNS * down);
}

/** How many of all examples are on their side; a run's own accuracy is its batch's. @param {Parts} parts */
function rightOf({ rows, slice: { run, shape, classes, level } }) {
  const width = shape.nouts[shape.nouts.length - 1];
  const outputs = predict(run.parameters, shape, rows, classes.length);
  const sides = width > 1 ? classesOf(outputs, width) : outputs.map((output) => Number(output > level));
  return classes.filter((own, k) => sides[k] === own).length;
}

/** How far on the upper side, 0 to 1. @param {number} over the level */
function sureness(over) {
  return over > 0 ? 0.35 + 0.65 * Math.tanh(over) : 0;
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const canvas = h("canvas", { width: 2 * SIZE.width, height: 2 * SIZE.height, role: "img", onclick: press });
  /** @type {Parts} */
  const parts = {
    canvas,
    kind: segments(
      "A click adds",
      first.kinds.map((title, k) => ({ value: String(k), title })),
      (value) => {
        parts.chosen = Number(value);
      },
    ),
    said: h("span", {}),
    chosen: 1,
    inputs: null,
    grid: gridAround(first.inputs, COLUMNS),
    points: new Float64Array(0),
    rows: new Float64Array(0),
    shades: new ImageData(COLUMNS, COLUMNS),
    small: h("canvas", { width: COLUMNS, height: COLUMNS }),
    slice: first,
  };
  root.append(
    h("div", { class: "block-head" }, h("h2", { id: "boundary-title" }, "Decision boundary"), parts.said),
    h("div", { class: "plane" }, canvas),
    h(
      "div",
      { class: "under-row" },
      h("span", { class: "quiet" }, "A click adds an example:"),
      parts.kind.element,
    ),
  );

  /** @param {MouseEvent} event */
  function press(event) {
    const { grid, slice } = parts;
    const box = canvas.getBoundingClientRect();
    const [across, down] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    const point = [grid.left + across * (grid.right - grid.left), grid.top - down * (grid.top - grid.bottom)];
    const apart = slice.inputs.map(([a, b]) =>
      Math.hypot(
        ((a - point[0]) / (grid.right - grid.left)) * box.width,
        ((b - point[1]) / (grid.top - grid.bottom)) * box.height,
      ),
    );
    const nearest = apart.indexOf(Math.min(...apart));
    if (apart[nearest] <= NEAR) slice.send({ type: "example", example: nearest });
    else
      slice.add(
        point.map((x) => Number(x.toPrecision(3))),
        parts.chosen,
      );
  }
  return parts;
}
