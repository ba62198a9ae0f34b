/** The texture's picture on its canvas: the pixels, then the dashed line, the frames of blocks and the lens over them. */

import { paintPixels } from "./pixels.js";
import { columnAt, columnNear, stripsOf } from "./strips.js";

/** @typedef {import("./strips.js").Span} Span */
/** @typedef {import("./colours.js").Colours} Colours */

/**
 * @typedef {object} Shown what a picture is drawn from
 * @property {import("./map.js").TextureMap} map
 * @property {import("./order.js").RowOrder} order
 * @property {Uint8Array} shades
 * @property {{rows: Span, columns: Span}} view
 * @property {{rows: Span, columns: Span}} lens
 * @property {ReadonlySet<number>} found columns that a search means
 * @property {Colours} colours
 */

/** @param {import("./surface.js").Surface} surface @param {(width: number) => {gap: number, least: Record<"inputs" | "layer" | "loss", number>, frame: number}} sizesAt by width in pixels */
export function createPicture(surface, sizesAt) {
  let sizes = sizesAt(surface.width);
  /** @type {import("./strips.js").Strips | null} */
  let strips = null;
  /** @type {Shown | null} */
  let last = null;
  let image = new ImageData(1, 1);
  let pixels = new Uint32Array(image.data.buffer);

  /** @param {number} row */
  const top = (row) => {
    if (last === null) return 0;
    const { from, to } = last.view.rows;
    return ((row - from) * surface.height) / (to - from);
  };

  return {
    /** @param {Shown} shown */
    draw(shown) {
      const { context, density } = surface;
      const { map, view, order, shades, colours } = shown;
      const [wide, high] = [Math.round(surface.width * density), Math.round(surface.height * density)];
      if (wide < 1 || high < 1) return;
      const same =
        strips !== null &&
        last !== null &&
        last.map === map &&
        strips.width === wide &&
        last.view.columns.from === view.columns.from &&
        last.view.columns.to === view.columns.to;
      if (!same) {
        sizes = sizesAt(surface.width);
        const least = { ...sizes.least };
        for (const kind of /** @type {(keyof typeof least)[]} */ (Object.keys(least))) least[kind] *= density;
        strips = stripsOf(map, view.columns, wide, { gap: Math.round(sizes.gap * density), least });
      }
      last = shown;
      if (image.width !== wide || image.height !== high) {
        image = new ImageData(wide, high);
        pixels = new Uint32Array(image.data.buffer);
      }
      if (strips === null) return;
      paintPixels(pixels, strips, high, view.rows, order.rows, shades, map.columns, colours.pixels);
      surface.clear();
      context.putImageData(image, 0, 0);
      drawOver(shown);
    },
    /** A column's pixels on screen. @param {number} column */
    columnAt: (column) => {
      if (strips === null) return { left: 0, right: 0 };
      const { left, right } = columnAt(strips, column);
      return { left: left / surface.density, right: right / surface.density };
    },
    /** Blocks and units in view, in pixels on screen. */
    strips() {
      const scaled = (/** @type {any} */ strip) => ({
        ...strip,
        left: strip.left / surface.density,
        right: strip.right / surface.density,
      });
      return { blocks: (strips?.blocks ?? []).map(scaled), units: (strips?.units ?? []).map(scaled) };
    },
    top,
    /** What lies at a point. @param {number} x @param {number} y @returns {{example: number, column: number} | null} */
    hit(x, y) {
      if (strips === null || last === null) return null;
      const { from, to } = last.view.rows;
      const row = Math.floor(from + (y * (to - from)) / surface.height);
      const example = last.order.rows[Math.min(to - 1, Math.max(from, row))];
      return { example, column: columnNear(strips, x * surface.density) };
    },
  };

  /** @param {Shown} shown */
  function drawOver({ order, view, lens, found, colours: { theme } }) {
    if (strips === null) return;
    const { context, density, width, height } = surface;
    context.strokeStyle = theme["line-2"];
    context.lineWidth = 1;
    for (const { left, right } of strips.blocks)
      context.strokeRect(left / density + 0.5, 0.5, (right - left) / density - 1, height - 1);
    const { pushing, rows } = order;
    if (sizes.frame > 1 && pushing < rows.length && pushing >= view.rows.from && pushing <= view.rows.to) {
      context.strokeStyle = theme.ink;
      context.lineWidth = 1.25;
      context.setLineDash([4, 3]);
      const y = Math.round(top(pushing)) + 0.5;
      context.beginPath();
      context.moveTo(0, y);
      context.lineTo(width, y);
      context.stroke();
      context.setLineDash([]);
    }
    context.fillStyle = theme.ink;
    for (const column of found) {
      if (column < view.columns.from || column >= view.columns.to) continue;
      const { left, right } = columnAt(strips, column);
      const x = (left + right) / 2 / density;
      context.fillRect(x - 1, 0, 2, 9);
      context.fillRect(x - 1, height - 9, 2, 9);
    }
    const from = columnAt(strips, Math.max(lens.columns.from, view.columns.from));
    const to = columnAt(strips, Math.min(lens.columns.to, view.columns.to) - 1);
    const box = {
      x: from.left / density - 1,
      y: Math.max(0, top(lens.rows.from)) - 1,
      width: Math.max(6, (to.right - from.left) / density + 2),
      height: Math.min(height, top(lens.rows.to)) - Math.max(0, top(lens.rows.from)) + 2,
    };
    outline(context, box, theme.surface, sizes.frame + 2, sizes.frame > 1 ? 4 : 1);
    outline(context, box, theme.ink, sizes.frame, sizes.frame > 1 ? 4 : 1);
  }
}

/** @param {CanvasRenderingContext2D} context @param {{x: number, y: number, width: number, height: number}} box @param {string} colour @param {number} thick @param {number} radius */
export function outline(context, { x, y, width, height }, colour, thick, radius) {
  context.strokeStyle = colour;
  context.lineWidth = thick;
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.stroke();
}
