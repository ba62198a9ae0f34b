/**
 * What a node is called: in a line of text, in a formula, as an element. Its name; without one its short formula;
 * where that grows too long, v and its number in build order.
 */
import { h } from "./dom.js";
import { formula } from "./equation.js";
import { nameParts, shortFormula } from "./labels.js";
import { brackets, nameTree, numberTree } from "./math.js";
import { fromJson, shortNumber } from "./numbers.js";

/**
 * @typedef {import("./state.js").Graph} Graph
 * @typedef {import("./math.js").MathTree} MathTree
 */

const SHORT = 12;

/** @param {Graph} graph @param {number} id */
export function nodeText(graph, id) {
  const { name, operands, data } = graph.nodes[id];
  if (name !== null) return name;
  if (operands.length === 0) return shortNumber(fromJson(data));
  const text = shortFormula(graph.nodes, id);
  return text !== null && text.length <= SHORT ? text : `v${id}`;
}

/** For ∂ and fractions: a formula comes in brackets. @param {Graph} graph @param {number} id @returns {MathTree} */
export function nodeTree(graph, id) {
  const { name, operands, data } = graph.nodes[id];
  if (name !== null) return nameTree(name);
  if (operands.length === 0) return numberTree(fromJson(data));
  const text = shortFormula(graph.nodes, id);
  if (text === null || text.length > SHORT) return ["msub", ["mi", "v"], ["mn", String(id)]];
  return brackets(formula(graph, id, () => true));
}

/** @param {Graph} graph @param {number} id */
export function nodeName(graph, id) {
  const { text, index } = nameParts(nodeText(graph, id));
  return h("span", { class: "name" }, text, index !== "" && h("sub", {}, index));
}

/**
 * A small picture of a node: its shape says the role.
 * @param {Graph} graph
 * @param {number} id
 * @param {{large?: boolean, onclick?: () => void}} [options]
 */
export function glyph(graph, id, { large = false, onclick } = {}) {
  const { text, index } = nameParts(nodeText(graph, id));
  const properties = {
    class: large ? "glyph large" : "glyph",
    "data-role": graph.nodes[id].role,
    "data-output": id === graph.output,
  };
  const label = [text, index !== "" && h("sub", {}, index)];
  return onclick
    ? h(
        "button",
        { type: "button", ...properties, onclick, title: `Select ${nodeText(graph, id)}` },
        ...label,
      )
    : h("span", properties, ...label);
}
