/**
 * Where the reader is in the texture: a rung of the ladder All › Example › Layer › Neuron › Scalar, and the value under
 * the lens. A place keeps its example by name, so that it stays with it when the rows are sorted anew. Pure.
 */

/** @typedef {import("./map.js").TextureMap} TextureMap */
/** @typedef {import("./order.js").RowOrder} RowOrder */
/** @typedef {import("./strips.js").Span} Span */

/** @typedef {"all" | "example" | "layer" | "neuron" | "scalar"} Level */
/** @type {readonly Level[]} */
const LEVELS = ["all", "example", "layer", "neuron", "scalar"];

/** @typedef {{level: Level, example: number, column: number}} Place */

/** Examples under the lens, and in view below the first rung. */
export const LENS_ROWS = 10;

/** The first value worth a look: the worst example's neuron with the strongest gradient in the widest layer. @param {TextureMap} map @param {RowOrder} order @param {import("../replay.js").Tape} tape @returns {Place} */
export function firstPlace(map, order, tape) {
  const layers = map.blocks.filter(({ kind }) => kind === "layer");
  const block = layers.reduce(
    (best, each) => (each.to - each.from > best.to - best.from ? each : best),
    layers[0] ?? map.blocks[0],
  );
  // In the middle of the lens, but not below the last row where something flows.
  const last = Math.max(0, (order.pushing || order.rows.length) - 1);
  const example = order.rows[Math.min(last, Math.floor(LENS_ROWS / 2))] ?? 0;
  let column = block.from;
  let most = -1;
  for (const u of block.units) {
    const unit = map.units[u];
    let sum = 0;
    for (let row = 0; row < Math.min(LENS_ROWS, order.rows.length); row++)
      for (let c = unit.from; c < unit.to; c++) {
        const node = map.cell[order.rows[row] * map.columns + c];
        const size = node < 0 ? 0 : Math.abs(tape.grad[node]);
        if (size > 0) sum += size;
      }
    if (sum > most) [most, column] = [sum, strongest(map, tape, example, unit.parts[0])];
  }
  return { level: "all", example, column };
}

/** The value of a part that takes part most: by data × grad. @param {TextureMap} map @param {import("../replay.js").Tape} tape @param {number} example @param {Span} part */
function strongest({ cell, columns }, tape, example, { from, to }) {
  let best = from;
  let most = 0;
  for (let c = from; c < to; c++) {
    const node = cell[example * columns + c];
    const size = node < 0 ? 0 : Math.abs(tape.data[node] * tape.grad[node]);
    if (size > most) [most, best] = [size, c];
  }
  return best;
}

/** Rows in view at a rung, or under the lens: some about the example. @param {RowOrder} order @param {number} example @returns {Span} */
export function rowsAbout({ rows, at }, example) {
  const count = Math.min(LENS_ROWS, rows.length);
  const from = Math.min(rows.length - count, Math.max(0, at[example] - Math.floor(count / 2)));
  return { from, to: from + count };
}

/** Columns under the lens: those of the unit, or as many of them about the place as there is room for. @param {TextureMap} map @param {number} column @param {number} most @returns {Span} */
export function columnsAbout({ units, unitOf }, column, most) {
  const { from, to } = units[unitOf[column]];
  if (to - from <= most) return { from, to };
  const start = Math.min(to - most, Math.max(from, column - Math.floor(most / 2)));
  return { from: start, to: start + most };
}

/** What a rung shows. @param {TextureMap} map @param {RowOrder} order @param {Place} place @param {number} most columns that can be told apart as cells @returns {{rows: Span, columns: Span}} */
export function viewAt(map, order, { level, example, column }, most) {
  const rows = level === "all" ? { from: 0, to: order.rows.length } : rowsAbout(order, example);
  if (level === "all" || level === "example") return { rows, columns: { from: 0, to: map.columns } };
  if (level === "layer") {
    const { from, to } = map.blocks[map.units[map.unitOf[column]].block];
    return { rows, columns: { from, to } };
  }
  return { rows, columns: columnsAbout(map, column, most) };
}

/** One rung down (1) or up (-1). @param {Place} place @param {1 | -1} way @returns {Place} */
export function climb(place, way) {
  const k = LEVELS.indexOf(place.level) + way;
  return { ...place, level: LEVELS[Math.min(LEVELS.length - 1, Math.max(0, k))] };
}

/** So many rows down. @param {RowOrder} order @param {Place} place @param {number} by @returns {Place} */
export function byRows({ rows, at }, place, by) {
  const row = Math.min(rows.length - 1, Math.max(0, at[place.example] + by));
  return { ...place, example: rows[row] };
}

/** So many columns to the right. @param {TextureMap} map @param {Place} place @param {number} by @returns {Place} */
export function byColumns(map, place, by) {
  return { ...place, column: Math.min(map.columns - 1, Math.max(0, place.column + by)) };
}

/** To the next unit or the one before, at the same value in it where it has one. @param {TextureMap} map @param {Place} place @param {1 | -1} way @returns {Place} */
export function byUnit(map, place, way) {
  const here = map.unitOf[place.column];
  const there = Math.min(map.units.length - 1, Math.max(0, here + way));
  if (here === there) return place;
  const { from, to } = map.units[there];
  return { ...place, column: Math.min(to - 1, from + place.column - map.units[here].from) };
}

/** The node at a place, -1 for none. @param {TextureMap} map @param {Place} place */
export function nodeAt({ cell, columns }, { example, column }) {
  return cell[example * columns + column];
}

/** Where a node stands; null for what has no place of its own. @param {TextureMap} map @param {number} id @param {Level} level @returns {Place | null} */
export function placeOfNode({ row, column }, id, level) {
  return column[id] < 0 ? null : { level, example: row[id], column: column[id] };
}
