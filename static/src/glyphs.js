/**
 * Widths of text, from one static table, so that a picture is the same in every browser and in every export. Nothing
 * is measured in the page. The advances are those of a common interface face in semibold (and of a common serif in
 * italic), in thousandths of the type size; where a reader's own font is wider, the painter squeezes the text to the
 * width given here, so a number is never clipped.
 */

/** @type {readonly [string, number][]} */
const SANS = [
  ["0123456789", 600],
  [" .,:;·'|", 290],
  ["()[]", 350],
  ["−+×÷=<>±∞≈", 620],
  ["-", 400],
  ["fijlrt", 360],
  ["I", 290],
  ["mwMW", 890],
  ["…", 860],
];
const SANS_OTHER = 600;
const SANS_CAPITAL = 690;

/** @type {readonly [string, number][]} */
const SERIF_ITALIC = [
  ["0123456789", 500],
  [" .,:;·'|", 260],
  ["()[]", 340],
  ["−+×÷=<>±∞≈", 640],
  ["fijlt", 300],
  ["rs", 395],
  ["mw", 720],
  ["MW", 850],
  ["…", 890],
];
const SERIF_OTHER = 490;
const SERIF_CAPITAL = 650;

/** Fonts are up to this much wider than the table. */
const WIDEST_FONT = 1.2;

/** @param {readonly [string, number][]} rows */
function advances(rows) {
  return new Map(rows.flatMap(([letters, width]) => Array.from(letters, (letter) => [letter, width])));
}

const FACES = {
  sans: { advance: advances(SANS), other: SANS_OTHER, capital: SANS_CAPITAL },
  serif: { advance: advances(SERIF_ITALIC), other: SERIF_OTHER, capital: SERIF_CAPITAL },
};

/** @typedef {keyof typeof FACES} Face */

/**
 * @param {string} text
 * @param {number} size in pixels
 * @param {Face} [face]
 * @returns {number} pixels
 */
export function textWidth(text, size, face = "sans") {
  const { advance, other, capital } = FACES[face];
  let sum = 0;
  for (const letter of text) {
    sum += advance.get(letter) ?? (letter >= "A" && letter <= "Z" ? capital : other);
  }
  return (sum * size) / 1000;
}

/**
 * The largest of `sizes` at which `text` fits `room`, and the width to squeeze it to where a wide font would not fit.
 * @param {string} text
 * @param {number} room
 * @param {readonly number[]} sizes falling
 * @param {Face} [face]
 * @returns {{size: number, squeeze: number | null} | null} null when it does not fit at any
 */
export function fitText(text, room, sizes, face = "sans") {
  for (const size of sizes) {
    const width = textWidth(text, size, face);
    if (width <= room) return { size, squeeze: width * WIDEST_FONT > room ? width : null };
  }
  return null;
}

/**
 * The type size, in the drawing's pixels, that is 11 px on the screen. Nothing smaller is drawn: as one zooms out the
 * captions go, then digits, then numbers, then names.
 * @param {number} zoom
 * @returns {number} whole pixels, at least 11
 */
export function leastAt(zoom) {
  return Math.max(SMALLEST, Math.ceil(SMALLEST / zoom - 0.001));
}

export const SMALLEST = 11;
/** Up to this least size there is room for: captions, bars, chips; numbers on records, on closed groups and on cards; names. */
export const ROOM = { captions: 15, bars: 17, chips: 16, record: 14, group: 22, card: 33, names: 36 };

/** Those sizes that can be read, or the least. @param {number[]} sizes falling @param {number} least */
export function readable(sizes, least) {
  const fitting = sizes.filter((size) => size >= least);
  return fitting.length > 0 ? fitting : [least];
}
