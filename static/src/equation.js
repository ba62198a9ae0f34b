/**
 * The output as one formula over the leaves, composed from the table's own formulas: L = (a·b + c)·f. Where that grows
 * too long, the output over its own operands; where even that does, its name. Trees for math.js, no DOM.
 */
import { FORMULA_MATH } from "./formula-math.js";
import { CODE, OPS } from "./kernel.js";
import { brackets, nameTree, numberTree } from "./math.js";
import { fromJson } from "./numbers.js";

/**
 * @typedef {import("./math.js").MathTree} MathTree
 * @typedef {import("./state.js").Graph} Graph
 */

/** Leaves a formula may have before it stops being one that a reader takes in at a glance. */
const MOST = 12;

/** How firmly an infix operator holds together; anything else (a function, a fraction, a name) needs no brackets. */
const HOLD = new Map([
  ["+", 1],
  ["-", 1],
  ["-x", 1],
  ["*", 2],
  ["**", 3],
]);

/**
 * From the whole formula to the bare name: the first that fits is shown.
 * @param {Graph} graph
 * @returns {MathTree[]}
 */
export function equations(graph) {
  const { nodes, output } = graph;
  const name = nodes[output].name;
  const head = name === null ? null : nameTree(name);
  /** @type {MathTree[]} */
  const trees = [];
  if (nodes[output].operands.length > 0) {
    const all = sizesOf(nodes, () => true);
    const unnamed = (/** @type {number} */ id) => nodes[id].name === null;
    if (all[output] <= MOST)
      trees.push(
        equal(
          head,
          formula(graph, output, () => true),
        ),
      );
    if (sizesOf(nodes, unnamed)[output] <= MOST) trees.push(equal(head, formula(graph, output, unnamed)));
  }
  trees.push(head ?? ["mi", "output"]);
  return trees;
}

/** @param {MathTree | null} head @param {MathTree} tree @returns {MathTree} */
function equal(head, tree) {
  return head === null ? tree : ["mrow", head, ["mo", "="], tree];
}

/**
 * A node's formula; operands for which `opens` holds are written out, the others by name.
 * @param {Graph} graph
 * @param {number} id
 * @param {(id: number) => boolean} opens
 * @returns {MathTree}
 */
export function formula(graph, id, opens) {
  const node = graph.nodes[id];
  const code = CODE.get(node.op) ?? 0;
  const hold = HOLD.get(OPS[code].infix ?? "") ?? Number.POSITIVE_INFINITY;
  const operands = node.operands.map((from, slot) => operandTree(graph, from, slot, hold, opens));
  return filled(FORMULA_MATH[code], operands);
}

/**
 * @param {Graph} graph
 * @param {number} id
 * @param {number} slot
 * @param {number} hold of the operator around it
 * @param {(id: number) => boolean} opens
 * @returns {{plain: MathTree, tight: MathTree}} tight: with the brackets it needs beside an operator
 */
function operandTree(graph, id, slot, hold, opens) {
  const { name, op, operands, data } = graph.nodes[id];
  if (operands.length === 0 || !opens(id)) {
    if (name !== null) return { plain: nameTree(name), tight: nameTree(name) };
    const x = fromJson(data);
    return { plain: numberTree(x), tight: numberTree(x, slot > 0 || hold === HOLD.get("**")) };
  }
  const tree = formula(graph, id, opens);
  const own = HOLD.get(OPS[CODE.get(op) ?? 0].infix ?? "") ?? Number.POSITIVE_INFINITY;
  const loose = slot > 0 || hold === HOLD.get("**") ? own <= hold : own < hold;
  return { plain: tree, tight: loose ? brackets(tree) : tree };
}

/**
 * A row's formula with its operands put in.
 * @param {MathTree} tree
 * @param {{plain: MathTree, tight: MathTree}[]} operands
 * @returns {MathTree}
 */
function filled(tree, operands) {
  if (!Array.isArray(tree)) return tree;
  if (tree[0] === "operand") {
    const operand = operands[Number(tree[1])];
    return tree[2] === "tight" ? operand.tight : operand.plain;
  }
  if (tree[0] === "operands") {
    const listed = operands.flatMap(({ plain }, k) =>
      k === 0 ? [plain] : [/** @type {MathTree} */ (["mo", ","]), plain],
    );
    return ["mrow", ...listed];
  }
  return /** @type {MathTree} */ (
    tree.map((part) => (Array.isArray(part) ? filled(/** @type {MathTree} */ (part), operands) : part))
  );
}

/**
 * Leaves of each node's formula (a node read twice counts twice) with those operands written out for which `opens` holds.
 * @param {Graph["nodes"]} nodes
 * @param {(id: number) => boolean} opens
 */
function sizesOf(nodes, opens) {
  const sizes = new Float64Array(nodes.length);
  nodes.forEach(({ operands }, id) => {
    sizes[id] =
      operands.length === 0 ? 1 : operands.reduce((sum, from) => sum + (opens(from) ? sizes[from] : 1), 0);
  });
  return sizes;
}
