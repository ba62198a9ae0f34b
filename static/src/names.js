/** A node's name in a formula, and as elements; what it is called at all is decided in explain.js. */
import { h } from "./dom.js";
import { formula } from "./equation.js";
import { nameOf } from "./explain.js";
import { brackets, nameTree, numberTree } from "./math.js";
import { fromJson } from "./numbers.js";
import { nameElement, nameNodes } from "./said.js";

/**
 * @typedef {import("./state.js").Graph} Graph
 * @typedef {import("./math.js").MathTree} MathTree
 */

/** For ∂ and fractions: a formula comes in brackets. @param {Graph} graph @param {number} id @returns {MathTree} */
export function nodeTree(graph, id) {
  const { name, operands, data } = graph.nodes[id];
  if (name !== null) return nameTree(name);
  if (operands.length === 0) return numberTree(fromJson(data));
  if (nameOf(graph, id) === `v${id}`) return ["msub", ["mi", "v"], ["mn", String(id)]];
  return brackets(formula(graph, id, () => true));
}

/** @param {Graph} graph @param {number} id */
export function nodeName(graph, id) {
  return nameElement(nameOf(graph, id));
}

/**
 * A small picture of a node: its shape says the role.
 * @param {Graph} graph
 * @param {number} id
 * @param {{large?: boolean, onclick?: () => void}} [options]
 */
export function glyph(graph, id, { large = false, onclick } = {}) {
  const name = nameOf(graph, id);
  const properties = {
    class: large ? "glyph large" : "glyph",
    "data-role": graph.nodes[id].role,
    "data-output": id === graph.output,
  };
  const label = h("span", {}, ...nameNodes(name));
  return onclick
    ? h("button", { type: "button", ...properties, onclick, title: `Select ${name}` }, label)
    : h("span", properties, label);
}
