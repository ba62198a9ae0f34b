/**
 * What a node is called in the picture: its name, or the short formula of a node that has none; and a key that stays
 * with a node when the program around it is edited.
 */

import { coded, nameParts } from "./calls.js";
import { fitText, SMALLEST, textWidth } from "./glyphs.js";
import { CODE, OPS } from "./kernel.js";
import { fromJson, MINUS, shortNumber } from "./numbers.js";

/** @typedef {{op: string, operands: ArrayLike<number>, role: string, name: string | null, data: number | string, key?: string}} LabelledNode */

/**
 * Text in the maths face, italic, with an index below the line: `w[0]` is w with a small 0.
 * @typedef {{text: string, index: string, size: number, squeeze: number | null, formula: boolean}} Label
 */

const FORMULA_SIZE = 17;
export const INDEX_SCALE = 0.7;
const LONGEST_FORMULA = 24;
const DEEPEST_FORMULA = 6;

/**
 * The label for a tab of `tab` pixels; what does not fit there stands over the box, up to `over` pixels wide.
 * A name too long even for that ends in an ellipsis; a formula too long is left out.
 * @param {string | null} name
 * @param {string | null} formula used when there is no name
 * @param {number} tab
 * @param {number} over
 * @param {number[]} sizes falling; the last is the smallest that can be read
 * @param {number} [least] the smallest index that can be read
 * @returns {{inside: Label | null, over: Label | null}}
 */
export function placeLabel(name, formula, tab, over, sizes, least = SMALLEST) {
  const isFormula = name === null;
  const text = name ?? formula ?? "";
  if (text === "") return { inside: null, over: null };
  const inside = fitLabel(
    text,
    tab,
    isFormula ? sizes.filter((size) => size <= FORMULA_SIZE) : sizes,
    isFormula,
    least,
  );
  if (inside) return { inside, over: null };
  const small = sizes[sizes.length - 1];
  let whole = fitLabel(text, over, [small], isFormula, least);
  // What is cut off is not the number by which it is told apart.
  const letters = Array.from(isFormula ? "" : text.replace(/[₀-₉]+$/, ""));
  while (!whole && letters.pop())
    whole = fitLabel(
      `${letters.join("")}…${text.slice(text.search(/[₀-₉]*$/))}`,
      over,
      [small],
      false,
      least,
    );
  return { inside: null, over: whole };
}

/** @param {string} name @param {number} room @param {number[]} sizes @param {boolean} formula @param {number} least */
function fitLabel(name, room, sizes, formula, least) {
  // Below 16 px what stands below the line would be smaller than the smallest type; then it is set on it, as in code.
  for (const size of sizes) {
    const small = size * INDEX_SCALE >= least;
    const { text, index } =
      small && !formula ? nameParts(name) : { text: small ? name : coded(name), index: "" };
    const below = index === "" ? 0 : textWidth(index, size * INDEX_SCALE, "serif");
    const fit = fitText(text, room - below, [size], "serif");
    if (fit) return { text, index, size, squeeze: fit.squeeze, formula };
  }
  return null;
}

/**
 * A node's formula in one line, its unnamed operands spelled out: `a·b + c`. Null when it grows too long.
 * @param {ArrayLike<LabelledNode>} nodes
 * @param {number} id
 * @returns {string | null}
 */
export function shortFormula(nodes, id) {
  const formula = formulaOf(nodes, id, DEEPEST_FORMULA);
  return formula !== null && formula.text.length <= LONGEST_FORMULA ? formula.text : null;
}

/**
 * How tightly a sign of the language binds, and how it is set when not as ` symbol `.
 * @type {Map<string, {binds: number, sign?: string}>}
 */
const INFIX = new Map([
  ["+", { binds: 2 }],
  ["-", { binds: 2 }],
  ["*", { binds: 3, sign: "·" }],
  ["/", { binds: 3, sign: " / " }],
  ["-x", { binds: 4 }],
  ["**", { binds: 5, sign: "^" }],
]);
/** @type {{binds: number, sign?: string}} */
const COMPARISON = { binds: 1 };
/** @type {{binds: number, sign?: string}} */
const CALL = { binds: 0 };
const ATOM = 9;

/**
 * @param {ArrayLike<LabelledNode>} nodes @param {number} id
 * @param {number} depth how many unnamed nodes deep to go
 * @returns {{text: string, binds: number} | null}
 */
function formulaOf(nodes, id, depth) {
  const { op, operands, name, data } = nodes[id];
  if (operands.length === 0) return { text: name ?? shortNumber(fromJson(data)), binds: ATOM };
  if (depth === 0) return null;
  const { infix, symbol } = OPS[CODE.get(op) ?? 0];
  const { binds, sign } = infix === null ? CALL : (INFIX.get(infix) ?? COMPARISON);
  /** @type {string[]} */
  const parts = [];
  for (let slot = 0; slot < operands.length; slot++) {
    const named = nodes[operands[slot]].name;
    const part = named !== null ? { text: named, binds: ATOM } : formulaOf(nodes, operands[slot], depth - 1);
    if (part === null || part.text.length > LONGEST_FORMULA) return null;
    const loose =
      part.binds < binds || (part.binds === binds && slot > 0) || (slot > 0 && part.text.startsWith(MINUS));
    parts.push(infix !== null && loose ? `(${part.text})` : part.text);
  }
  if (infix === null) return { text: `${op}(${parts.join(", ")})`, binds: ATOM };
  if (parts.length === 1) return { text: `${symbol}${parts[0]}`, binds };
  return { text: parts.join(sign ?? ` ${symbol} `), binds };
}

/**
 * Keys by node: `a`, or for the second node named so `a#1`; for an unnamed node a digest of its operation and its
 * operands' keys. The same expression keeps its key wherever it moves in the text.
 * @param {ArrayLike<LabelledNode>} nodes
 * @returns {string[]}
 */
export function nodeKeys(nodes) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  /** @type {string[]} */
  const keys = [];
  for (let i = 0; i < nodes.length; i++) {
    const { name, op, operands, role, key } = nodes[i];
    if (key !== undefined) {
      keys.push(key);
      continue;
    }
    const plain =
      name ??
      `${operands.length ? op : role}~${digest(Array.from(operands, (operand) => keys[operand]).join("|"))}`;
    const before = seen.get(plain) ?? 0;
    seen.set(plain, before + 1);
    keys.push(before === 0 ? plain : `${plain}#${before}`);
  }
  return keys;
}

/** FNV-1a, 32 bit. @param {string} text */
function digest(text) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
