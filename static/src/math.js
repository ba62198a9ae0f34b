/**
 * Formulas as native MathML. A formula is a tree of nested arrays, `["mfrac", ["mn", "1"], ["operand", 0]]`:
 * an element's name, an optional object of attributes, then children (trees or text). Leaves stand for what differs from
 * node to node: `["operand", k]` (a third entry "tight": a negative number there gets brackets), `["operands"]` (all of
 * them, with commas) and `["out"]`.
 *
 * The trees of the operations come from the table (`FORMULA_MATH[code]`, `PARTIAL_MATH[code]`).
 */
import { lowered, nameParts } from "./calls.js";
import { MINUS, shortNumber } from "./numbers.js";

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** Elements a formula may use: a tree cannot name anything that runs or loads. */
const ELEMENTS = new Set(
  "math mrow mi mn mo ms mtext mspace msup msub msubsup mfrac msqrt mroot munder mover munderover mtable mtr mtd mstyle".split(
    " ",
  ),
);

/**
 * @typedef {string | number | MathNode} MathTree
 * @typedef {[string, ...(MathTree | Record<string, string>)[]]} MathNode
 * @typedef {{operands?: MathTree[], out?: MathTree}} Leaves what stands at `["operand", k]` and `["out"]`: a name, a
 *   number or a tree
 */

/**
 * A formula as a `<math>` element.
 * @param {MathTree} tree
 * @param {Leaves} [leaves]
 * @param {{display?: boolean, label?: string}} [options] display: on a line of its own; label: what is read out
 * @returns {MathMLElement}
 */
export function mathml(tree, leaves = {}, { display = false, label } = {}) {
  const root = element("math", { display: display ? "block" : "inline" });
  if (label !== undefined) root.setAttribute("aria-label", label);
  root.append(build(tree, leaves));
  return root;
}

/**
 * A name as it is set in a formula: `w[0]` and `w₂` with a subscript, anything else as it is spelled.
 * @param {string} name
 * @returns {MathNode}
 */
export function nameTree(name) {
  const { text, index } = nameParts(name);
  return index === "" ? ["mi", name] : ["msub", ["mi", text], ["mn", index]];
}

/**
 * A number with a true minus and, where it needs one, a power of ten. In brackets when it follows an operator.
 * @param {number} x
 * @param {boolean} [follows]
 * @returns {MathTree}
 */
export function numberTree(x, follows = false) {
  const [mantissa, exponent] = shortNumber(x).split("e");
  const negative = mantissa.startsWith(MINUS);
  const digits = ["mn", negative ? mantissa.slice(1) : mantissa];
  /** @type {MathNode} */
  const tree = ["mrow", ...(negative ? [operator(MINUS, "prefix")] : []), /** @type {MathNode} */ (digits)];
  if (exponent !== undefined) tree.push(operator("×"), ["msup", ["mn", "10"], ["mn", exponent]]);
  return follows && (negative || exponent !== undefined) ? brackets(tree) : tree;
}

/** @param {MathTree} tree @returns {MathNode} */
export function brackets(tree) {
  return ["mrow", ["mo", { stretchy: "false" }, "("], tree, ["mo", { stretchy: "false" }, ")"]];
}

/** @param {string} sign @param {"infix" | "prefix"} [form] @returns {MathNode} */
export function operator(sign, form = "infix") {
  return ["mo", { form }, sign];
}

/**
 * ∂output/∂name.
 * @param {MathTree} output
 * @param {MathTree} name
 * @returns {MathNode}
 */
export function derivative(output, name) {
  return ["mfrac", ["mrow", ["mi", "∂"], output], ["mrow", ["mi", "∂"], name]];
}

/**
 * The words of a tree, without elements: what a screen reader or a test compares.
 * @param {MathTree} tree
 * @param {Leaves} [leaves]
 * @returns {string}
 */
export function plainMath(tree, leaves = {}) {
  const shape = resolve(tree, leaves);
  if (!Array.isArray(shape)) return String(shape);
  const [, ...rest] = shape;
  const parts = rest.filter(isTree).map((part) => plainMath(part, leaves));
  if (shape[0] === "mfrac") return `${parts[0]}/${parts[1]}`;
  if (shape[0] === "msup") return `${parts[0]}^${parts[1]}`;
  if (shape[0] === "msub") return parts[0] + lowered(parts[1]);
  if (shape[0] === "msqrt") return `√(${parts.join("")})`;
  return parts.join("");
}

/**
 * @param {MathTree} tree
 * @param {Leaves} leaves
 * @returns {Node}
 */
function build(tree, leaves) {
  const shape = resolve(tree, leaves);
  if (!Array.isArray(shape)) return document.createTextNode(String(shape));
  const [name, ...rest] = shape;
  const attributes = rest.find((part) => !isTree(part));
  const node = element(name, /** @type {Record<string, string>} */ (attributes ?? {}));
  node.append(...rest.filter(isTree).map((part) => build(part, leaves)));
  return node;
}

/**
 * A leaf replaced by what stands there; anything else as it is.
 * @param {MathTree} tree
 * @param {Leaves} leaves
 * @returns {MathTree}
 */
function resolve(tree, leaves) {
  if (!Array.isArray(tree)) return tree;
  if (tree[0] === "operand")
    return named(leaves.operands?.[Number(tree[1])], `operand ${tree[1]}`, tree[2] === "tight");
  if (tree[0] === "out") return named(leaves.out, "out", tree[1] === "tight");
  if (tree[0] !== "operands") return tree;
  const listed = (leaves.operands ?? []).map((operand) => named(operand, "operands", false));
  return ["mrow", ...listed.flatMap((operand, k) => (k === 0 ? [operand] : [operator(","), operand]))];
}

/** @param {MathTree | undefined} tree @param {string} what @param {boolean} tight @returns {MathTree} */
function named(tree, what, tight) {
  if (tree === undefined) throw new RangeError(`the formula names ${what}, which was not given`);
  return typeof tree === "string"
    ? nameTree(tree)
    : typeof tree === "number"
      ? numberTree(tree, tight)
      : tree;
}

/** @param {unknown} part @returns {part is MathTree} */
function isTree(part) {
  return typeof part !== "object" || Array.isArray(part);
}

/** @param {string} name @param {Record<string, string>} attributes @returns {MathMLElement} */
function element(name, attributes) {
  if (!ELEMENTS.has(name)) throw new RangeError(`not an element of a formula: ${name}`);
  const node = document.createElementNS(MATHML, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return /** @type {MathMLElement} */ (node);
}
