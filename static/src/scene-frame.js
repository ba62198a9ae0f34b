/** Frames of the draw list: a rounded group about boxes that belong together, with a name and a note over it. */
import { textWidth } from "./glyphs.js";
import { outlinePath } from "./ribbon.js";

/**
 * @typedef {{title: string, note: string, bare: boolean, nodes: readonly number[]}} Frame
 *   nodes by id; bare: the words alone
 * @typedef {{key: string, outline: string, x: number, y: number, title: Words, note: Words}} FrameDraw
 *   the outline counts from (x, y)
 * @typedef {{text: string, x: number, y: number, size: number}} Words
 */

/** Between the boxes and the outline, and from the outline to the note's baseline. */
export const PAD = 14;
const NOTE_OVER = 8;
const TITLE = 13;

/**
 * @param {readonly Frame[]} frames
 * @param {readonly import("./scene.js").NodeDraw[]} boxes
 * @param {number} least the smallest type that can be read
 * @returns {FrameDraw[]}
 */
export function framesDraw(frames, boxes, least) {
  return frames.map(({ title, note, bare, nodes }) => {
    const inside = nodes.map((id) => boxes[id]);
    const left =
      Math.min(
        ...inside.map(({ x, operator }) => x + Math.min(0, (operator?.x ?? 0) - (operator?.radius ?? 0))),
      ) - PAD;
    const top = Math.min(...inside.map(({ y }) => y)) - PAD;
    const right = Math.max(...inside.map(({ x, width }) => x + width)) + PAD;
    const bottom = Math.max(...inside.map(({ y, height }) => y + height)) + PAD;
    const lift = bare ? PAD - 2 : 0;
    // Words wider than their boxes reach to the left, where no wire leaves.
    const start = bare ? Math.min(PAD, right - left - PAD - textWidth(note, least)) : 0;
    return {
      key: title,
      outline: bare ? "" : outlinePath("between", right - left, bottom - top, 4),
      x: left,
      y: top,
      title: {
        text: title,
        x: start,
        y: lift - NOTE_OVER - Math.max(least, 11) - 6,
        size: Math.max(TITLE, least),
      },
      note: { text: note, x: start, y: lift - NOTE_OVER - 2, size: least },
    };
  });
}
