/** A sentence as elements: names in italics, what matters under the highlighter. */
import { lines } from "./calls.js";
import { h } from "./dom.js";

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
  return h("span", { class: "name" }, ...nameNodes(name));
}

/** A name, or a formula of names. @param {string} name @returns {(string | Node)[]} */
export function nameNodes(name) {
  return lines(name).map((part, k) => (k % 2 ? h("sub", {}, part) : part));
}
