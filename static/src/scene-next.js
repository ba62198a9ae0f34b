/**
 * The column of next values beside leaves: what the update makes of a weight, and an arrow against its gradient; for
 * data, the word that it is fixed. An arrow never stands beside data.
 */
import { shortNumber } from "./numbers.js";

/**
 * @typedef {{value: number, change: number, share: number} | "fixed"} Next
 *   share: the size of the change, 0 to 1 of the largest beside it
 * @typedef {{key: string, x: number, y: number, words: string, fixed: boolean, size: number, tick: string, arrow: string}} NextDraw
 */

const SHORTEST = 6;
const LONGEST = 19;
const HEAD = 5;
/** From the arrow's origin to the box, and to the number's right end. */
const ORIGIN = 23;
const NUMBER = 47;
/** From the middle of the column's heads down to the first box. */
const HEADS_OVER = 14;

/**
 * @param {ReadonlyMap<number, Next> | null} next by shown node
 * @param {readonly import("./scene.js").NodeDraw[]} boxes
 * @param {number} least
 * @returns {NextDraw[]}
 */
export function nextDraws(next, boxes, least) {
  if (next === null || next.size === 0) return [];
  const size = Math.max(12, least);
  const rows = Array.from(next, ([id, row]) => rowDraw(boxes[id], row, size));
  const [top] = Array.from(next.keys(), (id) => boxes[id]).sort((a, b) => a.y - b.y);
  const cell = (top.width - top.tab) / 2;
  const heads = [
    { words: "next value", x: top.x - NUMBER },
    { words: "data", x: top.x + top.width - cell - 4 },
    { words: "grad", x: top.x + top.width - 5 },
  ];
  return [
    ...heads.map(({ words, x }) => ({
      key: `head ${words}`,
      ...{ x, y: top.y - HEADS_OVER, words, fixed: true, size: least, tick: "", arrow: "" },
    })),
    ...rows,
  ];
}

/** @param {import("./scene.js").NodeDraw} box @param {Next} row @param {number} size @returns {NextDraw} */
function rowDraw(box, row, size) {
  const y = box.y + box.height / 2;
  const place = { key: box.key, x: box.x - NUMBER, y, size };
  if (row === "fixed") return { ...place, words: "fixed", fixed: true, tick: "", arrow: "" };
  const { value, change, share } = row;
  const length = change === 0 || !Number.isFinite(change) ? 0 : SHORTEST + (LONGEST - SHORTEST) * share;
  const way = Math.sign(change);
  const from = box.x - ORIGIN;
  const end = (from + way * (length - HEAD)).toFixed(1);
  const arrow = length === 0 ? "" : `M${from},${y}H${end}m0,-4l${way * HEAD},4l${-way * HEAD},4z`;
  return { ...place, words: shortNumber(value, 7), fixed: false, tick: `M${from},${y - 7}v14`, arrow };
}
