/** The lens: cells of some examples large enough to be told apart. Solid rises, hollow falls, empty is zero. */

import { FACES } from "../paint/theme.js";
import { falls, NONE, STEPS, UNKNOWN, ZERO } from "./shade.js";

/** @typedef {import("./strips.js").Span} Span */

/** Pixels: names of examples at the left, brackets under the cells, a cell at least and at most. */
const LEFT = 30;
const UNDER = 30;
const LEAST_CELL = 10;
const LARGEST_CELL = 26;
const TYPE = 11;

/** @param {number} width @returns {number} columns that fit */
export function lensRoom(width) {
  return Math.max(1, Math.floor((width - LEFT) / LEAST_CELL));
}

/** @param {number} width @param {number} columns @param {number} rows */
export function lensSize(width, columns, rows) {
  const cell = Math.max(LEAST_CELL, Math.min(LARGEST_CELL, (width - LEFT - 2) / Math.max(1, columns)));
  const tall = Math.min(cell, 16);
  return { cell, tall, left: LEFT, height: tall * rows + UNDER };
}

/**
 * @param {import("./surface.js").Surface} surface
 * @param {{rows: Span, columns: Span}} lens
 * @param {{map: import("./map.js").TextureMap, order: import("./order.js").RowOrder, shades: Uint8Array,
 *   colours: import("./colours.js").Colours, place: import("./place.js").Place, partName: (part: import("./map.js").Part) => string}} shown
 */
export function drawLens(surface, { rows, columns }, { map, order, shades, colours, place, partName }) {
  const { context } = surface;
  const { theme } = colours;
  const { cell, tall, left } = lensSize(surface.width, columns.to - columns.from, rows.to - rows.from);
  surface.clear();
  context.font = `${TYPE}px ${FACES.sans}`;
  context.textBaseline = "middle";
  for (let row = rows.from; row < rows.to; row++) {
    const example = order.rows[row];
    const y = (row - rows.from) * tall;
    context.fillStyle = example === place.example ? theme.ink : theme["ink-2"];
    context.textAlign = "right";
    context.fillText(map.examples[example].replace(/^\D+/, ""), left - 8, y + tall / 2);
    for (let c = columns.from; c < columns.to; c++) {
      const shade = shades[example * map.columns + c];
      const here = example === place.example && c === place.column;
      drawCell(context, left + (c - columns.from) * cell, y, cell, tall, shade, colours, here);
    }
  }
  drawBrackets(context, map, columns, { cell, left, y: tall * (rows.to - rows.from) + 6 }, theme, partName);
}

/**
 * @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} wide @param {number} tall
 * @param {number} shade @param {import("./colours.js").Colours} colours @param {boolean} here
 */
function drawCell(context, x, y, wide, tall, shade, { theme, shades }, here) {
  const [w, h] = [wide - 3, tall - 3];
  const deep = falls(shade) ? shades[Math.max(shade, STEPS + 3)] : shades[shade];
  context.beginPath();
  context.roundRect(x + 1.5, y + 1.5, w, h, 2);
  if (here) {
    context.strokeStyle = theme.mark;
    context.lineWidth = 5;
    context.stroke();
  }
  if (falls(shade)) {
    context.fillStyle = theme["texture-neg-1"];
    context.fill();
    context.strokeStyle = deep;
    context.lineWidth = shade > STEPS + 2 ? 1.75 : 1;
    context.stroke();
  } else if (shade === ZERO || shade === NONE) {
    context.strokeStyle = theme["line-2"];
    context.lineWidth = 1;
    if (shade === NONE) context.setLineDash([2, 2]);
    context.stroke();
    context.setLineDash([]);
  } else {
    context.fillStyle = shade === UNKNOWN ? theme.ink : deep;
    context.fill();
  }
  if (here) {
    context.strokeStyle = theme.ink;
    context.lineWidth = 2;
    context.beginPath();
    context.roundRect(x, y, wide, tall, 3);
    context.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} context @param {import("./map.js").TextureMap} map @param {Span} columns
 * @param {{cell: number, left: number, y: number}} at @param {import("../paint/theme.js").Theme} theme
 * @param {(part: import("./map.js").Part) => string} partName
 */
function drawBrackets(context, map, columns, { cell, left, y }, theme, partName) {
  context.strokeStyle = theme.edge;
  context.lineWidth = 1;
  context.fillStyle = theme["ink-2"];
  context.textBaseline = "alphabetic";
  const end = left + (columns.to - columns.from) * cell;
  let free = left;
  for (const part of map.units[map.unitOf[columns.from]].parts) {
    const [from, to] = [Math.max(part.from, columns.from), Math.min(part.to, columns.to)];
    if (to <= from) continue;
    const [a, b] = [left + (from - columns.from) * cell + 1, left + (to - columns.from) * cell - 2];
    context.beginPath();
    context.moveTo(a, y - 4);
    context.lineTo(a, y);
    context.lineTo(b, y);
    context.lineTo(b, y - 4);
    context.stroke();
    const words = partName(part);
    const wide = context.measureText(words).width;
    const x = Math.min(end - wide, Math.max(free, (a + b - wide) / 2));
    if (x < free) continue;
    context.textAlign = "left";
    context.fillText(words, x, y + 15);
    free = x + wide + 8;
  }
}

/** The cell at a point. @param {number} width @param {{rows: Span, columns: Span}} lens @param {number} x @param {number} y */
export function lensHit(width, { rows, columns }, x, y) {
  const { cell, tall, left } = lensSize(width, columns.to - columns.from, rows.to - rows.from);
  const column = columns.from + Math.floor((x - left) / cell);
  const row = rows.from + Math.floor(y / tall);
  const inside = column >= columns.from && column < columns.to && row >= rows.from && row < rows.to;
  return inside ? { row, column } : null;
}
