/**
 * Where columns and rows fall on the picture's pixels. Blocks are as wide as their columns are many, none too narrow for
 * its title. Pure; whole pixels.
 */

/** @typedef {import("./map.js").TextureMap} TextureMap */

/**
 * @typedef {{from: number, to: number}} Span whole numbers, from ≤ … < to
 * @typedef {Span & {left: number, right: number}} Strip columns or a unit, and the pixels they take
 * @typedef {object} Strips
 * @property {number} width
 * @property {(Strip & {block: number})[]} blocks those in view
 * @property {(Strip & {unit: number})[]} units those in view
 * @property {Int32Array} first by pixel: its first column, -1 between blocks
 * @property {Int32Array} last by pixel: the column after its last
 */

/** A unit narrower than this many pixels stands close to its neighbour. */
const LEAST_APART = 14;

/**
 * @param {TextureMap} map
 * @param {Span} view columns in view
 * @param {number} width
 * @param {{gap: number, least: Record<"inputs" | "layer" | "loss", number>}} sizes pixels: between blocks, and at least for one
 * @returns {Strips}
 */
export function stripsOf(map, view, width, { gap, least }) {
  const seen = map.blocks
    .map((block, index) => ({
      block: index,
      least: least[block.kind],
      from: Math.max(block.from, view.from),
      to: Math.min(block.to, view.to),
    }))
    .filter(({ from, to }) => to > from);
  const widths = shared(seen, width - gap * (seen.length - 1));
  /** @type {Strips} */
  const strips = {
    width,
    blocks: [],
    units: [],
    first: new Int32Array(width).fill(-1),
    last: new Int32Array(width).fill(-1),
  };
  let left = 0;
  seen.forEach(({ block, from, to }, k) => {
    const right = k === seen.length - 1 ? width : Math.min(width, Math.round(left + widths[k]));
    const x = (/** @type {number} */ column) => left + ((column - from) * (right - left)) / (to - from);
    strips.blocks.push({ block, from, to, left, right });
    const { units } = map.blocks[block];
    units.forEach((unit) => {
      const u = map.units[unit];
      const [start, end] = [Math.max(u.from, from), Math.min(u.to, to)];
      if (end <= start) return;
      const [a, b] = [Math.round(x(start)), Math.round(x(end))];
      strips.units.push({ unit, from: start, to: end, left: a, right: b });
    });
    for (let px = left; px < right; px++) {
      strips.first[px] = Math.min(to - 1, Math.floor(from + ((px - left) * (to - from)) / (right - left)));
      strips.last[px] = Math.max(
        strips.first[px] + 1,
        Math.min(to, Math.floor(from + ((px + 1 - left) * (to - from)) / (right - left))),
      );
    }
    left = right + gap;
  });
  // A line between units wide enough to spare one; what stood on it moves to the next pixel.
  for (const { left: a, right: b, from } of strips.units) {
    if (b - a < LEAST_APART || strips.blocks.some((block) => block.from === from)) continue;
    strips.first[a + 1] = strips.first[a];
    strips.first[a] = -1;
  }
  return strips;
}

/**
 * Widths in proportion to the columns, none below its least.
 * @param {{from: number, to: number, least: number}[]} blocks @param {number} width
 */
function shared(blocks, width) {
  const widths = blocks.map(() => 0);
  const narrow = new Set();
  for (;;) {
    const taken = blocks.reduce((sum, { least }, k) => sum + (narrow.has(k) ? least : 0), 0);
    const columns = blocks.reduce((sum, { from, to }, k) => sum + (narrow.has(k) ? 0 : to - from), 0);
    let settled = true;
    blocks.forEach(({ from, to, least }, k) => {
      if (narrow.has(k)) return;
      widths[k] = ((width - taken) * (to - from)) / columns;
      if (widths[k] >= least) return;
      narrow.add(k);
      widths[k] = least;
      settled = false;
    });
    if (settled || narrow.size === blocks.length) break;
  }
  const total = widths.reduce((sum, one) => sum + one, 0);
  return total > width ? widths.map((one) => (one * width) / total) : widths;
}

/** The pixels of a column. @param {Strips} strips @param {number} column @returns {{left: number, right: number}} */
export function columnAt(strips, column) {
  const block = strips.blocks.find(({ from, to }) => column >= from && column < to);
  if (block === undefined) return { left: 0, right: 0 };
  const each = (block.right - block.left) / (block.to - block.from);
  const left = block.left + (column - block.from) * each;
  return { left, right: left + each };
}

/** The column nearest to a pixel. @param {Strips} strips @param {number} x */
export function columnNear({ blocks }, x) {
  let best = blocks[0];
  for (const block of blocks) if (x >= block.left) best = block;
  const share = (x - best.left) / (best.right - best.left);
  return Math.min(best.to - 1, Math.max(best.from, Math.floor(best.from + share * (best.to - best.from))));
}
