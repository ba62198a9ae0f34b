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
const BETWEEN = 8;
const TITLE = 13;

/** Where the name of a group stands that is laid out as such. */
const INSIDE = { x: 10, y: 16 };

/**
 * Outlines of a compound layout's groups, the outer ones first, with their names where there is room.
 * @param {readonly import("./layout/compound.js").GroupFrame[]} groups
 * @param {number} least the smallest type that can be read
 * @returns {FrameDraw[]}
 */
export function groupFrames(groups, least) {
  const size = Math.max(TITLE, least);
  return groups.map(({ group, kind, title, x, y, width, height }) => {
    const words = title.replace(/^./, (letter) => letter.toUpperCase());
    const fits = kind !== "sum" && textWidth(words, size) < width - 2 * INSIDE.x && size <= INSIDE.y + 2;
    return {
      key: `group ${group}`,
      outline: outlinePath("between", width, height),
      x,
      y,
      title: { text: fits ? words : "", ...INSIDE, size },
      note: { text: "", x: 0, y: 0, size: least },
    };
  });
}

/**
 * @param {readonly Frame[]} frames
 * @param {readonly import("./scene.js").NodeDraw[]} boxes
 * @param {number} least the smallest type that can be read
 * @param {"right" | "down"} direction where the output lies
 * @returns {FrameDraw[]}
 */
export function framesDraw(frames, boxes, least, direction) {
  const lefts = frames.map(({ nodes }) => Math.min(...nodes.map((id) => boxes[id].x)) - PAD);
  const edge = Math.min(...lefts);
  return frames.map(({ title, note, bare, nodes }, k) => {
    const inside = nodes.map((id) => boxes[id]);
    const left =
      Math.min(
        ...inside.map(({ x, operator }) => x + Math.min(0, (operator?.x ?? 0) - (operator?.radius ?? 0))),
      ) - PAD;
    const top = Math.min(...inside.map(({ y }) => y)) - PAD;
    const right = Math.max(...inside.map(({ x, width }) => x + width)) + PAD;
    const bottom = Math.max(...inside.map(({ y, height }) => y + height)) + PAD;
    const lift = bare ? PAD - 2 : 0;
    const size = Math.max(TITLE, least);
    // Where wires come from above the name stands alone, and beside its boxes if there is room.
    const alone = direction === "down" && !bare;
    const beside = 2 * BETWEEN + textWidth(title, size);
    const isBeside = alone && left - edge >= beside;
    // What does not fit before the next frame's words is left out, the last part first.
    const room = (lefts[k + 1] ?? Number.POSITIVE_INFINITY) - lefts[k] - BETWEEN;
    const fits = (/** @type {string} */ text) => !alone && textWidth(text, least) <= room;
    const words = bare ? note : ([note, note.split(",")[0]].find(fits) ?? "");
    // Words wider than their boxes reach to the left, where no wire leaves.
    const start = bare ? Math.min(PAD, right - left - PAD - textWidth(note, least)) : 0;
    return {
      key: title,
      outline: bare ? "" : outlinePath("between", right - left, bottom - top, 4),
      x: left,
      y: top,
      title: {
        text: title,
        x: isBeside ? -beside : start,
        y: isBeside ? (bottom - top + size) / 2 : lift - NOTE_OVER - (alone ? 2 : Math.max(least, 11) + 6),
        size,
      },
      note: { text: words, x: start, y: lift - NOTE_OVER - 2, size: least },
    };
  });
}
