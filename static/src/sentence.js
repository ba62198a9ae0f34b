/**
 * A sentence is a list of pieces, so that a view can set names in italics and mark what matters; `plain` reads it as
 * text. The templates are the tables of engine/phrases.py: `say` knows PHRASES, and whoever
 * answers questions gives `fill` one of ANSWERS.
 */
import { PHRASES } from "./phrases.js";

/**
 * kind name: a node's name, `node` its id. mark: under the highlighter.
 * @typedef {{text: string, kind: "text" | "name" | "number", node: number | null, mark: boolean}} Piece
 * @typedef {keyof typeof PHRASES} Phrase
 * @typedef {string | Pick<Piece, "text" | "kind" | "node">} Field
 */

/**
 * A phrase of the table with its fields filled in.
 * @param {Phrase} phrase
 * @param {Record<string, Field>} [fields]
 * @returns {Piece[]}
 */
export function say(phrase, fields = {}) {
  return fill(PHRASES[phrase], fields);
}

/**
 * @param {string} template
 * @param {Record<string, Field>} fields
 * @returns {Piece[]}
 */
export function fill(template, fields) {
  /** @type {Piece[]} */
  const pieces = [];
  let mark = false;
  for (const part of template.split(/(\{\w+\}|\[|\])/)) {
    if (part === "[" || part === "]") mark = part === "[";
    else if (part.startsWith("{")) pieces.push({ ...fieldOf(fields, part.slice(1, -1)), mark });
    else if (part !== "") pieces.push({ text: part, kind: "text", node: null, mark });
  }
  return pieces;
}

/** Sentences one after another. @param {Piece[][]} sentences @returns {Piece[]} */
export function together(...sentences) {
  return sentences.flatMap((sentence, k) => (k === 0 ? sentence : [...fill(" ", {}), ...sentence]));
}

/** The text alone. @param {Piece[]} pieces */
export function plain(pieces) {
  return pieces.map(({ text }) => text).join("");
}

/** @param {string} text @returns {Field} */
export function numberField(text) {
  return { text, kind: "number", node: null };
}

/** @param {Record<string, Field>} fields @param {string} name @returns {Omit<Piece, "mark">} */
function fieldOf(fields, name) {
  const field = fields[name];
  if (field === undefined) throw new RangeError(`the sentence asks for ${name}, which was not given`);
  return typeof field === "string" ? { text: field, kind: "text", node: null } : field;
}
