/** The chain rule for the selected node: with names, then with its numbers, one term per use. */

import { coded } from "../calls.js";
import { fill, h } from "../dom.js";
import { nameOf } from "../explain.js";
import { OPS } from "../kernel.js";
import { derivative, mathml, numberTree, operator, plainMath } from "../math.js";
import { nodeTree } from "../names.js";
import { shortNumber } from "../numbers.js";
import { PARTIAL_MATH } from "../partial-math.js";

/**
 * @typedef {import("../math.js").MathTree} MathTree
 * @typedef {import("../math.js").MathNode} MathNode
 * @typedef {Pick<import("../state.js").State, "graph" | "tape" | "tick"> & {id: number | null}} Slice
 *   id null: nothing to explain
 */

/** Up to so many uses are written out; of more, the first, and three dots for the rest. */
const TERMS = 2;

/** @param {HTMLElement} root @param {Slice} slice */
export function chain(root, { graph, tape, id }) {
  if (id === null || tape.constant[id] || !tape.reaches[id] || id === tape.output) {
    fill(root);
    return;
  }
  const uses = [];
  for (let e = tape.owner.length - 1; e >= 0; e--) {
    if (tape.operand[e] === id && tape.reaches[tape.owner[e]]) uses.push(e);
  }
  const L = nodeTree(graph, tape.output);
  const x = nodeTree(graph, id);
  const direct = uses.length === 1 && tape.owner[uses[0]] === tape.output;
  const more = uses.length > TERMS;
  const shown = more ? uses.slice(0, 1) : uses;
  const alone = shown.length === 1;
  const names = shown.map((e) => (direct ? slope(graph, tape, e) : term(graph, tape, e, L, x, alone)));
  const numbers = shown.map((e, k) => product(tape, e, k > 0));
  /** @type {MathNode} */
  const left = ["mrow", derivative(L, x), operator("="), ...joined(names, more)];
  /** @type {MathNode} */
  const right = [
    "mrow",
    operator("="),
    ...(direct ? [] : [...joined(numbers, more), operator("=")]),
    numberTree(tape.grad[id]),
  ];
  fill(
    root,
    h("div", { class: "block-head" }, h("h2", {}, `Why ${shortNumber(tape.grad[id])}? The chain rule`)),
    h(
      "div",
      { class: "chain", tabindex: "0", role: "group", "aria-label": "Chain rule" },
      line(left),
      " ",
      line(right),
    ),
  );
}

/** @param {MathNode} tree */
function line(tree) {
  return mathml(tree, {}, { label: plainMath(tree) });
}

/**
 * ∂L/∂u · ∂u/∂x, each with what it is.
 * @param {Slice["graph"]} graph
 * @param {Slice["tape"]} tape
 * @param {number} e
 * @param {MathTree} L
 * @param {MathTree} x
 * @param {boolean} alone whether there is room for captions
 * @returns {MathTree}
 */
function term(graph, tape, e, L, x, alone) {
  const user = tape.owner[e];
  const u = nodeTree(graph, user);
  const symbol = OPS[tape.code[user]].symbol;
  if (!alone) return ["mrow", derivative(L, u), operator("·"), derivative(u, x)];
  return [
    "mrow",
    captioned(derivative(L, u), `reaches ${coded(nameOf(graph, user))}`),
    operator("·"),
    captioned(derivative(u, x), `slope of ${symbol}`),
  ];
}

/**
 * The local slope by the table's own formula, for an operand of the output itself.
 * @param {Slice["graph"]} graph
 * @param {Slice["tape"]} tape
 * @param {number} e
 * @returns {MathTree}
 */
function slope(graph, tape, e) {
  const user = tape.owner[e];
  const { variadic, symbol } = OPS[tape.code[user]];
  const slot = e - tape.first[user];
  const trees = graph.nodes[user].operands.map((from) => nodeTree(graph, from));
  const partial = PARTIAL_MATH[tape.code[user]][variadic ? 0 : slot];
  const own = variadic ? [trees[slot]] : trees;
  return captioned(put(partial, own, nodeTree(graph, user)), `slope of ${symbol}`);
}

/** A formula with its leaves put in. @param {MathTree} tree @param {MathTree[]} operands @param {MathTree} out @returns {MathTree} */
function put(tree, operands, out) {
  if (!Array.isArray(tree)) return tree;
  if (tree[0] === "operand") return operands[Number(tree[1])];
  if (tree[0] === "out") return out;
  return /** @type {MathTree} */ (
    tree.map((part) => (Array.isArray(part) ? put(/** @type {MathTree} */ (part), operands, out) : part))
  );
}

/** @param {Slice["tape"]} tape @param {number} e @param {boolean} follows @returns {MathTree} */
function product(tape, e, follows) {
  return [
    "mrow",
    numberTree(tape.grad[tape.owner[e]], follows),
    operator("·"),
    numberTree(tape.partial[e], true),
  ];
}

/** @param {MathTree[]} terms @param {boolean} more @returns {MathTree[]} */
function joined(terms, more) {
  const list = terms.flatMap((tree, k) => (k === 0 ? [tree] : [operator("+"), tree]));
  return more ? [...list, operator("+"), ["mo", "⋯"]] : list;
}

/** @param {MathTree} tree @param {string} words @returns {MathTree} */
function captioned(tree, words) {
  return ["munder", tree, ["mtext", { class: "caption" }, words]];
}
