/** A sentence as elements: names in italics, what matters under the highlighter. */
import { h } from "./dom.js";
import { nameParts } from "./labels.js";

/**
 * @param {import("./sentence.js").Piece[]} pieces
 * @returns {Node[]}
 */
export function said(pieces) {
  /** @type {Node[]} */
  const nodes = [];
  /** @type {HTMLElement | null} */
  let marked = null;
  for (const { text, kind, mark } of pieces) {
    const node = kind === "name" ? nameElement(text) : document.createTextNode(text);
    if (!mark) {
      marked = null;
      nodes.push(node);
    } else if (marked === null) {
      marked = h("span", { class: "mark" }, node);
      nodes.push(marked);
    } else {
      marked.append(node);
    }
  }
  return nodes;
}

/** @param {string} name */
export function nameElement(name) {
  const { text, index } = nameParts(name);
  return h("span", { class: "name" }, text, index !== "" && h("sub", {}, index));
}
