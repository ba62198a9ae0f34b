// Generated from engine/ops.py by `python3 run gen`. Not to be edited by hand.

/**
 * What an op is called, and what it is written by: `apart` is steps [op, references, number], where reference k is
 * operand k or, beyond the operands, a step; a literal is a leaf with its number.
 * @typedef {{title: string, apart: [string, number[], number | null][]}} FormulaRow
 */

/** By the op's code, an index into OPS. @type {FormulaRow[]} */
export const FORMULAS = [
  { title: "", apart: [] },
  { title: "sum", apart: [] },
  { title: "difference", apart: [["neg", [1], null], ["add", [0, 2], null]] },
  { title: "product", apart: [] },
  { title: "quotient", apart: [["leaf", [], -1.0], ["pow", [1, 2], null], ["mul", [0, 3], null]] },
  { title: "negation", apart: [["leaf", [], -1.0], ["mul", [0, 1], null]] },
  { title: "power", apart: [] },
  { title: "exponential", apart: [] },
  { title: "exp(x) − 1", apart: [["exp", [0], null], ["leaf", [], 1.0], ["sub", [1, 2], null]] },
  { title: "natural logarithm", apart: [] },
  { title: "log(1 + x)", apart: [["leaf", [], 1.0], ["add", [1, 0], null], ["log", [2], null]] },
  { title: "logarithm to base 2", apart: [["log", [0], null], ["leaf", [], 0.6931471805599453], ["div", [1, 2], null]] },
  { title: "logarithm to base 10", apart: [["log", [0], null], ["leaf", [], 2.302585092994046], ["div", [1, 2], null]] },
  { title: "square root", apart: [["leaf", [], 0.5], ["pow", [0, 1], null]] },
  { title: "sine", apart: [] },
  { title: "cosine", apart: [] },
  { title: "tangent", apart: [["sin", [0], null], ["cos", [0], null], ["div", [1, 2], null]] },
  { title: "arcsine", apart: [] },
  { title: "arccosine", apart: [] },
  { title: "arctangent", apart: [] },
  { title: "angle of the point (x, y)", apart: [] },
  { title: "hyperbolic sine", apart: [["exp", [0], null], ["neg", [0], null], ["exp", [2], null], ["sub", [1, 3], null], ["leaf", [], 2.0], ["div", [4, 5], null]] },
  { title: "hyperbolic cosine", apart: [["exp", [0], null], ["neg", [0], null], ["exp", [2], null], ["add", [1, 3], null], ["leaf", [], 2.0], ["div", [4, 5], null]] },
  { title: "hyperbolic tangent", apart: [["leaf", [], 2.0], ["mul", [1, 0], null], ["exp", [2], null], ["leaf", [], 1.0], ["sub", [3, 4], null], ["leaf", [], 1.0], ["add", [3, 6], null], ["div", [5, 7], null]] },
  { title: "logistic sigmoid", apart: [["leaf", [], 1.0], ["leaf", [], 1.0], ["neg", [0], null], ["exp", [3], null], ["add", [2, 4], null], ["div", [1, 5], null]] },
  { title: "rectified linear unit", apart: [["leaf", [], 0.0], ["max", [0, 1], null]] },
  { title: "relu, capped at 6", apart: [["relu", [0], null], ["leaf", [], 6.0], ["min", [1, 2], null]] },
  { title: "relu with slope 0.01 below 0", apart: [["leaf", [], 0.0], ["gt", [0, 1], null], ["leaf", [], 0.01], ["mul", [0, 3], null], ["where", [2, 0, 4], null]] },
  { title: "exponential linear unit", apart: [["leaf", [], 0.0], ["le", [0, 1], null], ["exp", [0], null], ["leaf", [], 1.0], ["sub", [3, 4], null], ["where", [2, 5, 0], null]] },
  { title: "smooth relu, log(1 + exp(x))", apart: [["leaf", [], 1.0], ["exp", [0], null], ["add", [1, 2], null], ["log", [3], null]] },
  { title: "x times sigmoid(x), swish", apart: [["sigmoid", [0], null], ["mul", [0, 1], null]] },
  { title: "Gaussian error linear unit, tanh form", apart: [["leaf", [], 0.5], ["mul", [1, 0], null], ["leaf", [], 1.0], ["leaf", [], 0.7978845608028654], ["leaf", [], 0.044715], ["mul", [5, 0], null], ["mul", [6, 0], null], ["mul", [7, 0], null], ["add", [0, 8], null], ["mul", [4, 9], null], ["tanh", [10], null], ["add", [3, 11], null], ["mul", [2, 12], null]] },
  { title: "log(exp(x) + exp(y))", apart: [["exp", [0], null], ["exp", [1], null], ["add", [2, 3], null], ["log", [4], null]] },
  { title: "length √(x² + y²)", apart: [["mul", [0, 0], null], ["mul", [1, 1], null], ["add", [2, 3], null], ["sqrt", [4], null]] },
  { title: "absolute value", apart: [["neg", [0], null], ["max", [0, 1], null]] },
  { title: "largest", apart: [] },
  { title: "smallest", apart: [] },
  { title: "x kept between lo and hi", apart: [["max", [0, 1], null], ["min", [3, 2], null]] },
  { title: "one of two, by a condition", apart: [] },
  { title: "greater than", apart: [] },
  { title: "greater or equal", apart: [] },
  { title: "less than", apart: [] },
  { title: "less or equal", apart: [] },
  { title: "equal", apart: [] },
  { title: "not equal", apart: [] },
  { title: "sign", apart: [["leaf", [], 0.0], ["gt", [0, 1], null], ["leaf", [], 1.0], ["leaf", [], 0.0], ["lt", [0, 4], null], ["leaf", [], -1.0], ["leaf", [], 0.0], ["where", [5, 6, 7], null], ["where", [2, 3, 8], null]] },
  { title: "rounded down", apart: [] },
  { title: "rounded to the nearest whole number", apart: [] },
];
