// Generated from engine/ops.py by `python3 run gen`. Not to be edited by hand.

/**
 * A row of the op table. `fixed[k]` is the partial towards operand k where it is the same number everywhere,
 * else null. `apart` is the op written by others: steps [op, references, number], where reference k is operand k or,
 * beyond the operands, a step; a literal is a leaf with its number. The trees are read by math.js.
 * @typedef {{name: string, symbol: string, title: string, operands: string[], variadic: boolean,
 *   infix: string | null, note: string, hands: string[], gate: boolean, formula: string, partials: string[],
 *   fixed: (number | null)[], apart: [string, number[], number | null][],
 *   formulaMath: import("./math.js").MathTree,
 *   partialMath: import("./math.js").MathTree[]}} OpRow
 */

/**
 * What the loops read and write. Edge e of slot s of node i is first[i] + s. live[e] is 0 towards a constant (no
 * partial), 1 where no path leads on to the output (a partial, no contribution), 2 where a gradient crosses.
 * @typedef {{size: number, code: Uint8Array, first: Int32Array, operand: Int32Array, live: Uint8Array,
 *   data: Float64Array, partial: Float64Array, grad: Float64Array}} Columns
 */

export const LEAF = 0;

const { abs, acos, asin, atan, atan2, cos, cosh, exp, expm1, floor, hypot, log, log10, log1p, log2, sin, sinh, sqrt, tan, tanh } = Math;

/** IEEE 754 pow: JavaScript alone answers NaN for 1 ** NaN and ±1 ** ±Infinity. @param {number} x @param {number} y */
function pow(x, y) {
  return x === 1 || (x === -1 && (y === Infinity || y === -Infinity)) ? 1 : x ** y;
}

/** NaN passes and the first wins a tie, so that max(-0, 0) is -0. @param {number} x @param {number} y */
function max(x, y) {
  // biome-ignore lint/suspicious/noSelfCompare: true for NaN alone
  return x >= y || x !== x ? x : y;
}

/** @param {number} x @param {number} y */
function min(x, y) {
  // biome-ignore lint/suspicious/noSelfCompare: true for NaN alone
  return x <= y || x !== x ? x : y;
}

/** Half to even; Math.round sends halves up. @param {number} x */
function round(x) {
  const up = Math.round(x);
  return Math.abs(x) % 1 === 0.5 && up % 2 !== 0 ? up - 1 : up;
}

/** The table, by code. @type {OpRow[]} */
export const OPS = [
  { name: "leaf", infix: null, gate: false, variadic: false, symbol: "", title: "", note: "", formula: "", operands: [], hands: [], partials: [], fixed: [], apart: [], partialMath: [], formulaMath: ["mrow"] },
  { name: "add", symbol: "+", title: "sum", operands: ["x", "y"], variadic: false, infix: "+", note: "A sum hands its gradient on, unchanged, to both operands.", hands: ["A plus sign passes it on [unchanged]."], gate: false, formula: "x + y", partials: ["1", "1"], fixed: [1.0, 1.0], apart: [], formulaMath: ["mrow", ["operand", 0], ["mo", "+"], ["operand", 1, "tight"]], partialMath: [["mn", "1"], ["mn", "1"]] },
  { name: "sub", symbol: "−", title: "difference", operands: ["x", "y"], variadic: false, infix: "-", note: "The subtracted operand gets the gradient negated.", hands: ["A minus sign passes it on [unchanged] to what stands first.", "A minus sign [flips its sign] for what is taken away."], gate: false, formula: "x - y", partials: ["1", "-1"], fixed: [1.0, -1.0], apart: [["neg", [1], null], ["add", [0, 2], null]], formulaMath: ["mrow", ["operand", 0], ["mo", "−"], ["operand", 1, "tight"]], partialMath: [["mn", "1"], ["mrow", ["mo", { form: "prefix" }, "−"], ["mn", "1"]]] },
  { name: "mul", symbol: "×", title: "product", operands: ["x", "y"], variadic: false, infix: "*", note: "Each operand's partial is the other operand.", hands: ["A product multiplies it by [the other factor], {other}."], gate: false, formula: "x * y", partials: ["y", "x"], fixed: [null, null], apart: [], formulaMath: ["mrow", ["operand", 0, "tight"], ["mo", "·"], ["operand", 1, "tight"]], partialMath: [["operand", 1], ["operand", 0]] },
  { name: "div", symbol: "÷", title: "quotient", operands: ["x", "y"], variadic: false, infix: "/", note: "Dividing by 0 gives an infinity (0 / 0 gives NaN), and so do its partials.", hands: ["A quotient divides it by [what stands below], {other}.", "For what stands below, a quotient multiplies it by [minus its value over {target}], {partial}."], gate: false, formula: "x / y", partials: ["1 / y", "-out / y"], fixed: [null, null], apart: [["leaf", [], -1.0], ["pow", [1, 2], null], ["mul", [0, 3], null]], formulaMath: ["mfrac", ["operand", 0], ["operand", 1]], partialMath: [["mfrac", ["mn", "1"], ["operand", 1]], ["mfrac", ["mrow", ["mo", { form: "prefix" }, "−"], ["out", "tight"]], ["operand", 1]]] },
  { name: "neg", symbol: "−", title: "negation", operands: ["x"], variadic: false, infix: "-x", note: "A minus sign negates the gradient.", hands: ["A minus sign [flips its sign]."], gate: false, formula: "-x", partials: ["-1"], fixed: [-1.0], apart: [["leaf", [], -1.0], ["mul", [0, 1], null]], formulaMath: ["mrow", ["mo", { form: "prefix" }, "−"], ["operand", 0, "tight"]], partialMath: [["mrow", ["mo", { form: "prefix" }, "−"], ["mn", "1"]]] },
  { name: "pow", symbol: "xʸ", title: "power", operands: ["x", "y"], variadic: false, infix: "**", note: "A negative base has no real power unless the exponent is a whole number: the value is NaN, never complex. The partial towards the exponent needs log of the base.", hands: ["A power multiplies it by [its slope], {partial}: the exponent comes down in front.", "For the exponent, a power multiplies it by [its value times the logarithm of the base], {partial}."], gate: false, formula: "pow(x, y)", partials: ["where(y == 0, 0, y * pow(x, y - 1))", "where(x == 0, where(y >= 0, 0, out * log(x)), out * log(x))"], fixed: [null, null], apart: [], formulaMath: ["msup", ["operand", 0, "tight"], ["operand", 1]], partialMath: [["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 1], ["mo", "="], ["mn", "0"]]]], ["mtr", ["mtd", ["mrow", ["operand", 1, "tight"], ["mo", "·"], ["msup", ["operand", 0, "tight"], ["mrow", ["operand", 1], ["mo", "−"], ["mn", "1"]]]]], ["mtd", ["mtext", "otherwise"]]]]], ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 1], ["mo", "≥"], ["mn", "0"]]]], ["mtr", ["mtd", ["mrow", ["out", "tight"], ["mo", "·"], ["mrow", ["mi", { mathvariant: "normal" }, "log"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]]]], ["mtd", ["mtext", "otherwise"]]]]]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "="], ["mn", "0"]]]], ["mtr", ["mtd", ["mrow", ["out", "tight"], ["mo", "·"], ["mrow", ["mi", { mathvariant: "normal" }, "log"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]]]], ["mtd", ["mtext", "otherwise"]]]]]] },
  { name: "exp", symbol: "exp", title: "exponential", operands: ["x"], variadic: false, infix: null, note: "Its own derivative. Above 709.78 it overflows to infinity.", hands: ["exp multiplies it by [its own value], {out}."], gate: false, formula: "exp(x)", partials: ["out"], fixed: [null], apart: [], formulaMath: ["msup", ["mi", "e"], ["operand", 0]], partialMath: [["out"]] },
  { name: "expm1", symbol: "expm1", title: "exp(x) − 1", operands: ["x"], variadic: false, infix: null, note: "exp(x) - 1 without losing digits when x is near 0.", hands: [], gate: false, formula: "expm1(x)", partials: ["out + 1"], fixed: [null], apart: [["exp", [0], null], ["leaf", [], 1.0], ["sub", [1, 2], null]], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "expm1"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mrow", ["out"], ["mo", "+"], ["mn", "1"]]] },
  { name: "log", symbol: "log", title: "natural logarithm", operands: ["x"], variadic: false, infix: null, note: "log(0) is minus infinity; the logarithm of a negative number is NaN.", hands: ["A logarithm divides it by [what it is taken of], {target}."], gate: false, formula: "log(x)", partials: ["1 / x"], fixed: [null], apart: [], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "log"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mfrac", ["mn", "1"], ["operand", 0]]] },
  { name: "log1p", symbol: "log1p", title: "log(1 + x)", operands: ["x"], variadic: false, infix: null, note: "log(1 + x) without losing digits when x is near 0.", hands: [], gate: false, formula: "log1p(x)", partials: ["1 / (x + 1)"], fixed: [null], apart: [["leaf", [], 1.0], ["add", [1, 0], null], ["log", [2], null]], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "log1p"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mfrac", ["mn", "1"], ["mrow", ["operand", 0], ["mo", "+"], ["mn", "1"]]]] },
  { name: "log2", symbol: "log2", title: "logarithm to base 2", operands: ["x"], variadic: false, infix: null, note: "0.6931… is log(2). log2(0) is minus infinity.", hands: [], gate: false, formula: "log2(x)", partials: ["1 / (x * 0.6931471805599453)"], fixed: [null], apart: [["log", [0], null], ["leaf", [], 0.6931471805599453], ["div", [1, 2], null]], formulaMath: ["mrow", ["msub", ["mi", { mathvariant: "normal" }, "log"], ["mn", "2"]], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mfrac", ["mn", "1"], ["mrow", ["operand", 0, "tight"], ["mo", "·"], ["mrow", ["mi", "log"], ["mn", "2"]]]]] },
  { name: "log10", symbol: "log10", title: "logarithm to base 10", operands: ["x"], variadic: false, infix: null, note: "2.3025… is log(10). log10(0) is minus infinity.", hands: [], gate: false, formula: "log10(x)", partials: ["1 / (x * 2.302585092994046)"], fixed: [null], apart: [["log", [0], null], ["leaf", [], 2.302585092994046], ["div", [1, 2], null]], formulaMath: ["mrow", ["msub", ["mi", { mathvariant: "normal" }, "log"], ["mn", "10"]], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mfrac", ["mn", "1"], ["mrow", ["operand", 0, "tight"], ["mo", "·"], ["mrow", ["mi", "log"], ["mn", "10"]]]]] },
  { name: "sqrt", symbol: "√", title: "square root", operands: ["x"], variadic: false, infix: null, note: "At 0 the slope is infinite; the root of a negative number is NaN.", hands: ["A square root divides it by [twice its value]: times {partial}."], gate: false, formula: "sqrt(x)", partials: ["1 / (2 * out)"], fixed: [null], apart: [["leaf", [], 0.5], ["pow", [0, 1], null]], formulaMath: ["msqrt", ["operand", 0]], partialMath: [["mfrac", ["mn", "1"], ["mrow", ["mn", "2"], ["mo", "·"], ["out", "tight"]]]] },
  { name: "sin", symbol: "sin", title: "sine", operands: ["x"], variadic: false, infix: null, note: "x is in radians.", hands: ["A sine multiplies it by [the cosine], {partial}."], gate: false, formula: "sin(x)", partials: ["cos(x)"], fixed: [null], apart: [], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "sin"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mrow", ["mi", { mathvariant: "normal" }, "cos"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]]] },
  { name: "cos", symbol: "cos", title: "cosine", operands: ["x"], variadic: false, infix: null, note: "x is in radians.", hands: ["A cosine multiplies it by [minus the sine], {partial}."], gate: false, formula: "cos(x)", partials: ["-sin(x)"], fixed: [null], apart: [], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "cos"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mrow", ["mo", { form: "prefix" }, "−"], ["mrow", ["mi", { mathvariant: "normal" }, "sin"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]]]] },
  { name: "tan", symbol: "tan", title: "tangent", operands: ["x"], variadic: false, infix: null, note: "Grows without bound near odd multiples of π/2.", hands: [], gate: false, formula: "tan(x)", partials: ["1 + out * out"], fixed: [null], apart: [["sin", [0], null], ["cos", [0], null], ["div", [1, 2], null]], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "tan"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mrow", ["mn", "1"], ["mo", "+"], ["msup", ["out", "tight"], ["mn", "2"]]]] },
  { name: "asin", symbol: "asin", title: "arcsine", operands: ["x"], variadic: false, infix: null, note: "Defined from -1 to 1; at both ends the slope is infinite.", hands: [], gate: false, formula: "asin(x)", partials: ["1 / sqrt(1 - x * x)"], fixed: [null], apart: [], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "asin"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mfrac", ["mn", "1"], ["msqrt", ["mrow", ["mn", "1"], ["mo", "−"], ["msup", ["operand", 0, "tight"], ["mn", "2"]]]]]] },
  { name: "acos", symbol: "acos", title: "arccosine", operands: ["x"], variadic: false, infix: null, note: "Defined from -1 to 1; at both ends the slope is minus infinity.", hands: [], gate: false, formula: "acos(x)", partials: ["-1 / sqrt(1 - x * x)"], fixed: [null], apart: [], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "acos"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mfrac", ["mrow", ["mo", { form: "prefix" }, "−"], ["mn", "1"]], ["msqrt", ["mrow", ["mn", "1"], ["mo", "−"], ["msup", ["operand", 0, "tight"], ["mn", "2"]]]]]] },
  { name: "atan", symbol: "atan", title: "arctangent", operands: ["x"], variadic: false, infix: null, note: "Flattens far from 0: a squashing function.", hands: [], gate: false, formula: "atan(x)", partials: ["1 / (x * x + 1)"], fixed: [null], apart: [], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "atan"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mfrac", ["mn", "1"], ["mrow", ["msup", ["operand", 0, "tight"], ["mn", "2"]], ["mo", "+"], ["mn", "1"]]]] },
  { name: "atan2", symbol: "atan2", title: "angle of the point (x, y)", operands: ["y", "x"], variadic: false, infix: null, note: "y comes first. The angle jumps by 2π across the negative x axis; at the origin the partials are taken as 0.", hands: [], gate: false, formula: "atan2(y, x)", partials: ["where(x * x + y * y == 0, 0, x / (x * x + y * y))", "where(x * x + y * y == 0, 0, -y / (x * x + y * y))"], fixed: [null, null], apart: [], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "atan2"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", ","], ["operand", 1], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "if "], ["mrow", ["mrow", ["msup", ["operand", 1, "tight"], ["mn", "2"]], ["mo", "+"], ["msup", ["operand", 0, "tight"], ["mn", "2"]]], ["mo", "="], ["mn", "0"]]]], ["mtr", ["mtd", ["mfrac", ["operand", 1], ["mrow", ["msup", ["operand", 1, "tight"], ["mn", "2"]], ["mo", "+"], ["msup", ["operand", 0, "tight"], ["mn", "2"]]]]], ["mtd", ["mtext", "otherwise"]]]]], ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "if "], ["mrow", ["mrow", ["msup", ["operand", 1, "tight"], ["mn", "2"]], ["mo", "+"], ["msup", ["operand", 0, "tight"], ["mn", "2"]]], ["mo", "="], ["mn", "0"]]]], ["mtr", ["mtd", ["mfrac", ["mrow", ["mo", { form: "prefix" }, "−"], ["operand", 0, "tight"]], ["mrow", ["msup", ["operand", 1, "tight"], ["mn", "2"]], ["mo", "+"], ["msup", ["operand", 0, "tight"], ["mn", "2"]]]]], ["mtd", ["mtext", "otherwise"]]]]]] },
  { name: "sinh", symbol: "sinh", title: "hyperbolic sine", operands: ["x"], variadic: false, infix: null, note: "Overflows to infinity beyond ±710.", hands: [], gate: false, formula: "sinh(x)", partials: ["cosh(x)"], fixed: [null], apart: [["exp", [0], null], ["neg", [0], null], ["exp", [2], null], ["sub", [1, 3], null], ["leaf", [], 2.0], ["div", [4, 5], null]], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "sinh"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mrow", ["mi", { mathvariant: "normal" }, "cosh"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]]] },
  { name: "cosh", symbol: "cosh", title: "hyperbolic cosine", operands: ["x"], variadic: false, infix: null, note: "Overflows to infinity beyond ±710.", hands: [], gate: false, formula: "cosh(x)", partials: ["sinh(x)"], fixed: [null], apart: [["exp", [0], null], ["neg", [0], null], ["exp", [2], null], ["add", [1, 3], null], ["leaf", [], 2.0], ["div", [4, 5], null]], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "cosh"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mrow", ["mi", { mathvariant: "normal" }, "sinh"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]]] },
  { name: "tanh", symbol: "tanh", title: "hyperbolic tangent", operands: ["x"], variadic: false, infix: null, note: "Saturates: beyond ±19 the value rounds to ±1 and the partial to exactly 0.", hands: ["tanh multiplies it by [1 minus its value squared], {partial}."], gate: false, formula: "tanh(x)", partials: ["1 - out * out"], fixed: [null], apart: [["leaf", [], 2.0], ["mul", [1, 0], null], ["exp", [2], null], ["leaf", [], 1.0], ["sub", [3, 4], null], ["leaf", [], 1.0], ["add", [3, 6], null], ["div", [5, 7], null]], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "tanh"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mrow", ["mn", "1"], ["mo", "−"], ["msup", ["out", "tight"], ["mn", "2"]]]] },
  { name: "sigmoid", symbol: "σ", title: "logistic sigmoid", operands: ["x"], variadic: false, infix: null, note: "The partial is at most 1/4, and fades to 0 on both sides.", hands: ["A sigmoid multiplies it by [its value times 1 minus its value], {partial}."], gate: false, formula: "1 / (1 + exp(-x))", partials: ["(1 - out) * out"], fixed: [null], apart: [["leaf", [], 1.0], ["leaf", [], 1.0], ["neg", [0], null], ["exp", [3], null], ["add", [2, 4], null], ["div", [1, 5], null]], formulaMath: ["mfrac", ["mn", "1"], ["mrow", ["mn", "1"], ["mo", "+"], ["msup", ["mi", "e"], ["mrow", ["mo", { form: "prefix" }, "−"], ["operand", 0, "tight"]]]]], partialMath: [["mrow", ["mrow", ["mo", { form: "prefix" }, "("], ["mrow", ["mn", "1"], ["mo", "−"], ["out", "tight"]], ["mo", { form: "postfix" }, ")"]], ["mo", "·"], ["out", "tight"]]] },
  { name: "relu", symbol: "relu", title: "rectified linear unit", operands: ["x"], variadic: false, infix: null, note: "At exactly 0 the partial is taken as 0, as PyTorch does.", hands: [], gate: true, formula: "max(x, 0)", partials: ["where(x <= 0, 0, 1)"], fixed: [null], apart: [["leaf", [], 0.0], ["max", [0, 1], null]], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "max"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", ","], ["mn", "0"], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "≤"], ["mn", "0"]]]], ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "otherwise"]]]]]] },
  { name: "relu6", symbol: "relu6", title: "relu, capped at 6", operands: ["x"], variadic: false, infix: null, note: "At both kinks, 0 and 6, the partial is taken as 0.", hands: [], gate: true, formula: "min(max(x, 0), 6)", partials: ["where(x <= 0, 0, where(x >= 6, 0, 1))"], fixed: [null], apart: [["relu", [0], null], ["leaf", [], 6.0], ["min", [1, 2], null]], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "min"], ["mrow", ["mo", { form: "prefix" }, "("], ["mrow", ["mi", { mathvariant: "normal" }, "max"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", ","], ["mn", "0"], ["mo", { form: "postfix" }, ")"]]], ["mo", ","], ["mn", "6"], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "≤"], ["mn", "0"]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "≥"], ["mn", "6"]]]], ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "otherwise"]]]]]] },
  { name: "leaky_relu", symbol: "lrelu", title: "relu with slope 0.01 below 0", operands: ["x"], variadic: false, infix: null, note: "Below 0, and at 0, a hundredth of the gradient still passes.", hands: [], gate: false, formula: "where(x > 0, x, x * 0.01)", partials: ["where(x > 0, 1, 0.01)"], fixed: [null], apart: [["leaf", [], 0.0], ["gt", [0, 1], null], ["leaf", [], 0.01], ["mul", [0, 3], null], ["where", [2, 0, 4], null]], formulaMath: ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["operand", 0]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", ">"], ["mn", "0"]]]], ["mtr", ["mtd", ["mrow", ["operand", 0, "tight"], ["mo", "·"], ["mn", "0.01"]]], ["mtd", ["mtext", "otherwise"]]]]], partialMath: [["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", ">"], ["mn", "0"]]]], ["mtr", ["mtd", ["mn", "0.01"]], ["mtd", ["mtext", "otherwise"]]]]]] },
  { name: "elu", symbol: "elu", title: "exponential linear unit", operands: ["x"], variadic: false, infix: null, note: "Smooth at 0, where both sides have slope 1; levels off at -1.", hands: [], gate: false, formula: "where(x <= 0, expm1(x), x)", partials: ["where(x <= 0, exp(x), 1)"], fixed: [null], apart: [["leaf", [], 0.0], ["le", [0, 1], null], ["exp", [0], null], ["leaf", [], 1.0], ["sub", [3, 4], null], ["where", [2, 5, 0], null]], formulaMath: ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mrow", ["mi", { mathvariant: "normal" }, "expm1"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "≤"], ["mn", "0"]]]], ["mtr", ["mtd", ["operand", 0]], ["mtd", ["mtext", "otherwise"]]]]], partialMath: [["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["msup", ["mi", "e"], ["operand", 0]]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "≤"], ["mn", "0"]]]], ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "otherwise"]]]]]] },
  { name: "softplus", symbol: "softplus", title: "smooth relu, log(1 + exp(x))", operands: ["x"], variadic: false, infix: null, note: "Above 20 it is taken as x itself, as PyTorch does: the difference is below 3e-9.", hands: [], gate: false, formula: "where(x > 20, x, log1p(exp(x)))", partials: ["where(x > 20, 1, exp(x) / (exp(x) + 1))"], fixed: [null], apart: [["leaf", [], 1.0], ["exp", [0], null], ["add", [1, 2], null], ["log", [3], null]], formulaMath: ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["operand", 0]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", ">"], ["mn", "20"]]]], ["mtr", ["mtd", ["mrow", ["mi", { mathvariant: "normal" }, "log1p"], ["mrow", ["mo", { form: "prefix" }, "("], ["msup", ["mi", "e"], ["operand", 0]], ["mo", { form: "postfix" }, ")"]]]], ["mtd", ["mtext", "otherwise"]]]]], partialMath: [["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", ">"], ["mn", "20"]]]], ["mtr", ["mtd", ["mfrac", ["msup", ["mi", "e"], ["operand", 0]], ["mrow", ["msup", ["mi", "e"], ["operand", 0]], ["mo", "+"], ["mn", "1"]]]], ["mtd", ["mtext", "otherwise"]]]]]] },
  { name: "silu", symbol: "silu", title: "x times sigmoid(x), swish", operands: ["x"], variadic: false, infix: null, note: "Dips below 0 for negative x, with its lowest value near x = -1.28.", hands: [], gate: false, formula: "x / (1 + exp(-x))", partials: ["(1 + x * (1 - 1 / (1 + exp(-x)))) / (1 + exp(-x))"], fixed: [null], apart: [["sigmoid", [0], null], ["mul", [0, 1], null]], formulaMath: ["mfrac", ["operand", 0], ["mrow", ["mn", "1"], ["mo", "+"], ["msup", ["mi", "e"], ["mrow", ["mo", { form: "prefix" }, "−"], ["operand", 0, "tight"]]]]], partialMath: [["mfrac", ["mrow", ["mn", "1"], ["mo", "+"], ["mrow", ["operand", 0, "tight"], ["mo", "·"], ["mrow", ["mo", { form: "prefix" }, "("], ["mrow", ["mn", "1"], ["mo", "−"], ["mfrac", ["mn", "1"], ["mrow", ["mn", "1"], ["mo", "+"], ["msup", ["mi", "e"], ["mrow", ["mo", { form: "prefix" }, "−"], ["operand", 0, "tight"]]]]]], ["mo", { form: "postfix" }, ")"]]]], ["mrow", ["mn", "1"], ["mo", "+"], ["msup", ["mi", "e"], ["mrow", ["mo", { form: "prefix" }, "−"], ["operand", 0, "tight"]]]]]] },
  { name: "gelu", symbol: "gelu", title: "Gaussian error linear unit, tanh form", operands: ["x"], variadic: false, infix: null, note: "The tanh form of GPT-2; 0.7978… is √(2/π).", hands: [], gate: false, formula: "0.5 * x * (1 + tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)))", partials: ["0.5 * (1 + tanh(0.7978845608028654 * (x + 0.044715 * x * x * x))) + 0.5 * x * (1 - tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)) * tanh(0.7978845608028654 * (x + 0.044715 * x * x * x))) * (0.7978845608028654 * (1 + 3 * 0.044715 * x * x))"], fixed: [null], apart: [["leaf", [], 0.5], ["mul", [1, 0], null], ["leaf", [], 1.0], ["leaf", [], 0.7978845608028654], ["leaf", [], 0.044715], ["mul", [5, 0], null], ["mul", [6, 0], null], ["mul", [7, 0], null], ["add", [0, 8], null], ["mul", [4, 9], null], ["tanh", [10], null], ["add", [3, 11], null], ["mul", [2, 12], null]], formulaMath: ["mrow", ["mn", "0.5"], ["mo", "·"], ["operand", 0, "tight"], ["mo", "·"], ["mrow", ["mo", { form: "prefix" }, "("], ["mrow", ["mn", "1"], ["mo", "+"], ["mrow", ["mi", { mathvariant: "normal" }, "tanh"], ["mrow", ["mo", { form: "prefix" }, "("], ["mrow", ["msqrt", ["mfrac", ["mn", "2"], ["mi", "π"]]], ["mo", "·"], ["mrow", ["mo", { form: "prefix" }, "("], ["mrow", ["operand", 0], ["mo", "+"], ["mrow", ["mn", "0.044715"], ["mo", "·"], ["msup", ["operand", 0, "tight"], ["mn", "3"]]]], ["mo", { form: "postfix" }, ")"]]], ["mo", { form: "postfix" }, ")"]]]], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mrow", ["mrow", ["mn", "0.5"], ["mo", "·"], ["mrow", ["mo", { form: "prefix" }, "("], ["mrow", ["mn", "1"], ["mo", "+"], ["mrow", ["mi", { mathvariant: "normal" }, "tanh"], ["mrow", ["mo", { form: "prefix" }, "("], ["mrow", ["msqrt", ["mfrac", ["mn", "2"], ["mi", "π"]]], ["mo", "·"], ["mrow", ["mo", { form: "prefix" }, "("], ["mrow", ["operand", 0], ["mo", "+"], ["mrow", ["mn", "0.044715"], ["mo", "·"], ["msup", ["operand", 0, "tight"], ["mn", "3"]]]], ["mo", { form: "postfix" }, ")"]]], ["mo", { form: "postfix" }, ")"]]]], ["mo", { form: "postfix" }, ")"]]], ["mo", "+"], ["mrow", ["mn", "0.5"], ["mo", "·"], ["operand", 0, "tight"], ["mo", "·"], ["mrow", ["mo", { form: "prefix" }, "("], ["mrow", ["mn", "1"], ["mo", "−"], ["msup", ["mrow", ["mi", { mathvariant: "normal" }, "tanh"], ["mrow", ["mo", { form: "prefix" }, "("], ["mrow", ["msqrt", ["mfrac", ["mn", "2"], ["mi", "π"]]], ["mo", "·"], ["mrow", ["mo", { form: "prefix" }, "("], ["mrow", ["operand", 0], ["mo", "+"], ["mrow", ["mn", "0.044715"], ["mo", "·"], ["msup", ["operand", 0, "tight"], ["mn", "3"]]]], ["mo", { form: "postfix" }, ")"]]], ["mo", { form: "postfix" }, ")"]]], ["mn", "2"]]], ["mo", { form: "postfix" }, ")"]], ["mo", "·"], ["mrow", ["msqrt", ["mfrac", ["mn", "2"], ["mi", "π"]]], ["mo", "·"], ["mrow", ["mo", { form: "prefix" }, "("], ["mrow", ["mn", "1"], ["mo", "+"], ["mrow", ["mn", "3"], ["mo", "·"], ["mn", "0.044715"], ["mo", "·"], ["msup", ["operand", 0, "tight"], ["mn", "2"]]]], ["mo", { form: "postfix" }, ")"]]]]]] },
  { name: "logaddexp", symbol: "logaddexp", title: "log(exp(x) + exp(y))", operands: ["x", "y"], variadic: false, infix: null, note: "The larger operand is taken out first, so nothing overflows. The partials are a softmax: they add up to 1.", hands: [], gate: false, formula: "where(x == y, x + 0.6931471805599453, max(x, y) + log1p(exp(-abs(x - y))))", partials: ["1 / (1 + exp(y - x))", "1 / (1 + exp(x - y))"], fixed: [null, null], apart: [["exp", [0], null], ["exp", [1], null], ["add", [2, 3], null], ["log", [4], null]], formulaMath: ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mrow", ["operand", 0], ["mo", "+"], ["mrow", ["mi", "log"], ["mn", "2"]]]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "="], ["operand", 1]]]], ["mtr", ["mtd", ["mrow", ["mrow", ["mi", { mathvariant: "normal" }, "max"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", ","], ["operand", 1], ["mo", { form: "postfix" }, ")"]]], ["mo", "+"], ["mrow", ["mi", { mathvariant: "normal" }, "log1p"], ["mrow", ["mo", { form: "prefix" }, "("], ["msup", ["mi", "e"], ["mrow", ["mo", { form: "prefix" }, "−"], ["mrow", ["mo", { form: "prefix" }, "|"], ["mrow", ["operand", 0], ["mo", "−"], ["operand", 1, "tight"]], ["mo", { form: "postfix" }, "|"]]]], ["mo", { form: "postfix" }, ")"]]]]], ["mtd", ["mtext", "otherwise"]]]]], partialMath: [["mfrac", ["mn", "1"], ["mrow", ["mn", "1"], ["mo", "+"], ["msup", ["mi", "e"], ["mrow", ["operand", 1], ["mo", "−"], ["operand", 0, "tight"]]]]], ["mfrac", ["mn", "1"], ["mrow", ["mn", "1"], ["mo", "+"], ["msup", ["mi", "e"], ["mrow", ["operand", 0], ["mo", "−"], ["operand", 1, "tight"]]]]]] },
  { name: "hypot", symbol: "hypot", title: "length √(x² + y²)", operands: ["x", "y"], variadic: false, infix: null, note: "The partials are the direction's cosines; at the origin there is no direction and both are NaN.", hands: [], gate: false, formula: "hypot(x, y)", partials: ["x / out", "y / out"], fixed: [null, null], apart: [["mul", [0, 0], null], ["mul", [1, 1], null], ["add", [2, 3], null], ["sqrt", [4], null]], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "hypot"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", ","], ["operand", 1], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mfrac", ["operand", 0], ["out"]], ["mfrac", ["operand", 1], ["out"]]] },
  { name: "abs", symbol: "|x|", title: "absolute value", operands: ["x"], variadic: false, infix: null, note: "At the kink, 0, the partial is taken as 0 (at NaN too), as PyTorch does.", hands: ["An absolute value multiplies it by [the sign], {partial}."], gate: false, formula: "abs(x)", partials: ["where(x > 0, 1, where(x < 0, -1, 0))"], fixed: [null], apart: [["neg", [0], null], ["max", [0, 1], null]], formulaMath: ["mrow", ["mo", { form: "prefix" }, "|"], ["operand", 0], ["mo", { form: "postfix" }, "|"]], partialMath: [["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", ">"], ["mn", "0"]]]], ["mtr", ["mtd", ["mrow", ["mo", { form: "prefix" }, "−"], ["mn", "1"]]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "<"], ["mn", "0"]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "otherwise"]]]]]] },
  { name: "max", symbol: "max", title: "largest", operands: ["x"], variadic: true, infix: null, note: "The gradient goes to the largest operand alone; operands that tie share it equally.", hands: [], gate: true, formula: "max(*x)", partials: ["where(x < out, 0, 1 / max(1, ties))"], fixed: [null], apart: [], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "max"], ["mrow", ["mo", { form: "prefix" }, "("], ["operands"], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "<"], ["out"]]]], ["mtr", ["mtd", ["mfrac", ["mn", "1"], ["mrow", ["mi", { mathvariant: "normal" }, "max"], ["mrow", ["mo", { form: "prefix" }, "("], ["mn", "1"], ["mo", ","], ["mi", "ties"], ["mo", { form: "postfix" }, ")"]]]]], ["mtd", ["mtext", "otherwise"]]]]]] },
  { name: "min", symbol: "min", title: "smallest", operands: ["x"], variadic: true, infix: null, note: "The gradient goes to the smallest operand alone; operands that tie share it equally.", hands: [], gate: true, formula: "min(*x)", partials: ["where(x > out, 0, 1 / max(1, ties))"], fixed: [null], apart: [], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "min"], ["mrow", ["mo", { form: "prefix" }, "("], ["operands"], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", ">"], ["out"]]]], ["mtr", ["mtd", ["mfrac", ["mn", "1"], ["mrow", ["mi", { mathvariant: "normal" }, "max"], ["mrow", ["mo", { form: "prefix" }, "("], ["mn", "1"], ["mo", ","], ["mi", "ties"], ["mo", { form: "postfix" }, ")"]]]]], ["mtd", ["mtext", "otherwise"]]]]]] },
  { name: "clamp", symbol: "clamp", title: "x kept between lo and hi", operands: ["x", "lo", "hi"], variadic: false, infix: null, note: "Inside, and exactly on a bound, the gradient passes to x; outside it goes to the bound that holds it.", hands: [], gate: true, formula: "min(max(x, lo), hi)", partials: ["where(x >= lo, where(x <= hi, 1, 0), 0)", "where(lo < hi, where(x < lo, 1, 0), 0)", "where(x > hi, 1, where(hi < lo, 1, 0))"], fixed: [null, null, null], apart: [["max", [0, 1], null], ["min", [3, 2], null]], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "min"], ["mrow", ["mo", { form: "prefix" }, "("], ["mrow", ["mi", { mathvariant: "normal" }, "max"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", ","], ["operand", 1], ["mo", { form: "postfix" }, ")"]]], ["mo", ","], ["operand", 2], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "≤"], ["operand", 2]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "otherwise"]]]]]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "≥"], ["operand", 1]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "otherwise"]]]]], ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "<"], ["operand", 1]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "otherwise"]]]]]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 1], ["mo", "<"], ["operand", 2]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "otherwise"]]]]], ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", ">"], ["operand", 2]]]], ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 2], ["mo", "<"], ["operand", 1]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "otherwise"]]]]]] },
  { name: "where", symbol: "where", title: "one of two, by a condition", operands: ["condition", "x", "y"], variadic: false, infix: null, note: "The operand that was not chosen gets gradient 0; further back, 0 times infinity is still NaN.", hands: [], gate: true, formula: "where(condition != 0, x, y)", partials: ["0", "where(condition != 0, 1, 0)", "where(condition != 0, 0, 1)"], fixed: [0.0, null, null], apart: [], formulaMath: ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["operand", 1]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "≠"], ["mn", "0"]]]], ["mtr", ["mtd", ["operand", 2]], ["mtd", ["mtext", "otherwise"]]]]], partialMath: [["mn", "0"], ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "≠"], ["mn", "0"]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "otherwise"]]]]], ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "≠"], ["mn", "0"]]]], ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "otherwise"]]]]]] },
  { name: "gt", symbol: ">", title: "greater than", operands: ["x", "y"], variadic: false, infix: ">", note: "A comparison answers 1 or 0. A small change almost never changes the answer, so no gradient passes.", hands: [], gate: true, formula: "where(x > y, 1, 0)", partials: ["0", "0"], fixed: [0.0, 0.0], apart: [], formulaMath: ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", ">"], ["operand", 1]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "otherwise"]]]]], partialMath: [["mn", "0"], ["mn", "0"]] },
  { name: "ge", symbol: "≥", title: "greater or equal", operands: ["x", "y"], variadic: false, infix: ">=", note: "A comparison answers 1 or 0. A small change almost never changes the answer, so no gradient passes.", hands: [], gate: true, formula: "where(x >= y, 1, 0)", partials: ["0", "0"], fixed: [0.0, 0.0], apart: [], formulaMath: ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "≥"], ["operand", 1]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "otherwise"]]]]], partialMath: [["mn", "0"], ["mn", "0"]] },
  { name: "lt", symbol: "<", title: "less than", operands: ["x", "y"], variadic: false, infix: "<", note: "A comparison answers 1 or 0. A small change almost never changes the answer, so no gradient passes.", hands: [], gate: true, formula: "where(x < y, 1, 0)", partials: ["0", "0"], fixed: [0.0, 0.0], apart: [], formulaMath: ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "<"], ["operand", 1]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "otherwise"]]]]], partialMath: [["mn", "0"], ["mn", "0"]] },
  { name: "le", symbol: "≤", title: "less or equal", operands: ["x", "y"], variadic: false, infix: "<=", note: "A comparison answers 1 or 0. A small change almost never changes the answer, so no gradient passes.", hands: [], gate: true, formula: "where(x <= y, 1, 0)", partials: ["0", "0"], fixed: [0.0, 0.0], apart: [], formulaMath: ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "≤"], ["operand", 1]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "otherwise"]]]]], partialMath: [["mn", "0"], ["mn", "0"]] },
  { name: "eq", symbol: "=", title: "equal", operands: ["x", "y"], variadic: false, infix: "==", note: "A comparison answers 1 or 0. A small change almost never changes the answer, so no gradient passes.", hands: [], gate: true, formula: "where(x == y, 1, 0)", partials: ["0", "0"], fixed: [0.0, 0.0], apart: [], formulaMath: ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "="], ["operand", 1]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "otherwise"]]]]], partialMath: [["mn", "0"], ["mn", "0"]] },
  { name: "ne", symbol: "≠", title: "not equal", operands: ["x", "y"], variadic: false, infix: "!=", note: "A comparison answers 1 or 0. A small change almost never changes the answer, so no gradient passes.", hands: [], gate: true, formula: "where(x != y, 1, 0)", partials: ["0", "0"], fixed: [0.0, 0.0], apart: [], formulaMath: ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "≠"], ["operand", 1]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "otherwise"]]]]], partialMath: [["mn", "0"], ["mn", "0"]] },
  { name: "sign", symbol: "sign", title: "sign", operands: ["x"], variadic: false, infix: null, note: "A step: flat almost everywhere, so no gradient passes.", hands: [], gate: true, formula: "where(x > 0, 1, where(x < 0, -1, 0))", partials: ["0"], fixed: [0.0], apart: [["leaf", [], 0.0], ["gt", [0, 1], null], ["leaf", [], 1.0], ["leaf", [], 0.0], ["lt", [0, 4], null], ["leaf", [], -1.0], ["leaf", [], 0.0], ["where", [5, 6, 7], null], ["where", [2, 3, 8], null]], formulaMath: ["mrow", ["mo", { form: "prefix" }, "{"], ["mtable", { columnalign: "left" }, ["mtr", ["mtd", ["mn", "1"]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", ">"], ["mn", "0"]]]], ["mtr", ["mtd", ["mrow", ["mo", { form: "prefix" }, "−"], ["mn", "1"]]], ["mtd", ["mtext", "if "], ["mrow", ["operand", 0], ["mo", "<"], ["mn", "0"]]]], ["mtr", ["mtd", ["mn", "0"]], ["mtd", ["mtext", "otherwise"]]]]], partialMath: [["mn", "0"]] },
  { name: "floor", symbol: "floor", title: "rounded down", operands: ["x"], variadic: false, infix: null, note: "A staircase: flat almost everywhere, so no gradient passes.", hands: [], gate: true, formula: "floor(x)", partials: ["0"], fixed: [0.0], apart: [], formulaMath: ["mrow", ["mo", { form: "prefix" }, "⌊"], ["operand", 0], ["mo", { form: "postfix" }, "⌋"]], partialMath: [["mn", "0"]] },
  { name: "round", symbol: "round", title: "rounded to the nearest whole number", operands: ["x"], variadic: false, infix: null, note: "Halves go to the even neighbour, round(2.5) = 2. Flat almost everywhere, so no gradient passes.", hands: [], gate: true, formula: "round(x)", partials: ["0"], fixed: [0.0], apart: [], formulaMath: ["mrow", ["mi", { mathvariant: "normal" }, "round"], ["mrow", ["mo", { form: "prefix" }, "("], ["operand", 0], ["mo", { form: "postfix" }, ")"]]], partialMath: [["mn", "0"]] },
];

/** Name of an op to its code. @type {Map<string, number>} */
export const CODE = new Map(OPS.map((row, code) => [row.name, code]));

/**
 * Recompute data of every node that is not a leaf, in id order.
 * @param {Columns} tape
 * @param {number} [from] the first node to compute
 */
export function runForward(tape, from = 0) {
  const { size, code, first, operand, data } = tape;
  for (let i = from; i < size; i++) {
    const e = first[i];
    switch (code[i]) {
      case 1: {
        // add
        const x = data[operand[e]];
        const y = data[operand[e + 1]];
        data[i] = x + y;
        break;
      }
      case 2: {
        // sub
        const x = data[operand[e]];
        const y = data[operand[e + 1]];
        data[i] = x - y;
        break;
      }
      case 3: {
        // mul
        const x = data[operand[e]];
        const y = data[operand[e + 1]];
        data[i] = x * y;
        break;
      }
      case 4: {
        // div
        const x = data[operand[e]];
        const y = data[operand[e + 1]];
        data[i] = x / y;
        break;
      }
      case 5: {
        // neg
        const x = data[operand[e]];
        data[i] = -x;
        break;
      }
      case 6: {
        // pow
        const x = data[operand[e]];
        const y = data[operand[e + 1]];
        data[i] = pow(x, y);
        break;
      }
      case 7: {
        // exp
        const x = data[operand[e]];
        data[i] = exp(x);
        break;
      }
      case 8: {
        // expm1
        const x = data[operand[e]];
        data[i] = expm1(x);
        break;
      }
      case 9: {
        // log
        const x = data[operand[e]];
        data[i] = log(x);
        break;
      }
      case 10: {
        // log1p
        const x = data[operand[e]];
        data[i] = log1p(x);
        break;
      }
      case 11: {
        // log2
        const x = data[operand[e]];
        data[i] = log2(x);
        break;
      }
      case 12: {
        // log10
        const x = data[operand[e]];
        data[i] = log10(x);
        break;
      }
      case 13: {
        // sqrt
        const x = data[operand[e]];
        data[i] = sqrt(x);
        break;
      }
      case 14: {
        // sin
        const x = data[operand[e]];
        data[i] = sin(x);
        break;
      }
      case 15: {
        // cos
        const x = data[operand[e]];
        data[i] = cos(x);
        break;
      }
      case 16: {
        // tan
        const x = data[operand[e]];
        data[i] = tan(x);
        break;
      }
      case 17: {
        // asin
        const x = data[operand[e]];
        data[i] = asin(x);
        break;
      }
      case 18: {
        // acos
        const x = data[operand[e]];
        data[i] = acos(x);
        break;
      }
      case 19: {
        // atan
        const x = data[operand[e]];
        data[i] = atan(x);
        break;
      }
      case 20: {
        // atan2
        const y = data[operand[e]];
        const x = data[operand[e + 1]];
        data[i] = atan2(y, x);
        break;
      }
      case 21: {
        // sinh
        const x = data[operand[e]];
        data[i] = sinh(x);
        break;
      }
      case 22: {
        // cosh
        const x = data[operand[e]];
        data[i] = cosh(x);
        break;
      }
      case 23: {
        // tanh
        const x = data[operand[e]];
        data[i] = tanh(x);
        break;
      }
      case 24: {
        // sigmoid
        const x = data[operand[e]];
        data[i] = 1 / (1 + exp(-x));
        break;
      }
      case 25: {
        // relu
        const x = data[operand[e]];
        data[i] = max(x, 0);
        break;
      }
      case 26: {
        // relu6
        const x = data[operand[e]];
        data[i] = min(max(x, 0), 6);
        break;
      }
      case 27: {
        // leaky_relu
        const x = data[operand[e]];
        data[i] = x > 0 ? x : x * 0.01;
        break;
      }
      case 28: {
        // elu
        const x = data[operand[e]];
        data[i] = x <= 0 ? expm1(x) : x;
        break;
      }
      case 29: {
        // softplus
        const x = data[operand[e]];
        data[i] = x > 20 ? x : log1p(exp(x));
        break;
      }
      case 30: {
        // silu
        const x = data[operand[e]];
        data[i] = x / (1 + exp(-x));
        break;
      }
      case 31: {
        // gelu
        const x = data[operand[e]];
        data[i] = 0.5 * x * (1 + tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)));
        break;
      }
      case 32: {
        // logaddexp
        const x = data[operand[e]];
        const y = data[operand[e + 1]];
        data[i] = x === y ? x + 0.6931471805599453 : max(x, y) + log1p(exp(-abs(x - y)));
        break;
      }
      case 33: {
        // hypot
        const x = data[operand[e]];
        const y = data[operand[e + 1]];
        data[i] = hypot(x, y);
        break;
      }
      case 34: {
        // abs
        const x = data[operand[e]];
        data[i] = abs(x);
        break;
      }
      case 35: {
        // max
        let out = data[operand[e]];
        for (let k = e + 1; k < first[i + 1]; k++) out = max(out, data[operand[k]]);
        data[i] = out;
        break;
      }
      case 36: {
        // min
        let out = data[operand[e]];
        for (let k = e + 1; k < first[i + 1]; k++) out = min(out, data[operand[k]]);
        data[i] = out;
        break;
      }
      case 37: {
        // clamp
        const x = data[operand[e]];
        const lo = data[operand[e + 1]];
        const hi = data[operand[e + 2]];
        data[i] = min(max(x, lo), hi);
        break;
      }
      case 38: {
        // where
        const condition = data[operand[e]];
        const x = data[operand[e + 1]];
        const y = data[operand[e + 2]];
        data[i] = condition !== 0 ? x : y;
        break;
      }
      case 39: {
        // gt
        const x = data[operand[e]];
        const y = data[operand[e + 1]];
        data[i] = x > y ? 1 : 0;
        break;
      }
      case 40: {
        // ge
        const x = data[operand[e]];
        const y = data[operand[e + 1]];
        data[i] = x >= y ? 1 : 0;
        break;
      }
      case 41: {
        // lt
        const x = data[operand[e]];
        const y = data[operand[e + 1]];
        data[i] = x < y ? 1 : 0;
        break;
      }
      case 42: {
        // le
        const x = data[operand[e]];
        const y = data[operand[e + 1]];
        data[i] = x <= y ? 1 : 0;
        break;
      }
      case 43: {
        // eq
        const x = data[operand[e]];
        const y = data[operand[e + 1]];
        data[i] = x === y ? 1 : 0;
        break;
      }
      case 44: {
        // ne
        const x = data[operand[e]];
        const y = data[operand[e + 1]];
        data[i] = x !== y ? 1 : 0;
        break;
      }
      case 45: {
        // sign
        const x = data[operand[e]];
        data[i] = x > 0 ? 1 : x < 0 ? -1 : 0;
        break;
      }
      case 46: {
        // floor
        const x = data[operand[e]];
        data[i] = floor(x);
        break;
      }
      case 47: {
        // round
        const x = data[operand[e]];
        data[i] = round(x);
        break;
      }
    }
  }
}

/**
 * Recompute the partials from data as it stands, and add each contribution to the grads as they stand.
 * @param {Columns} tape
 */
export function runBackward(tape) {
  const { size, code, first, operand, data, live, partial, grad } = tape;
  for (let i = size - 1; i >= 0; i--) {
    const e = first[i];
    const g = grad[i];
    switch (code[i]) {
      case 1: {
        // add
        const to0 = operand[e];
        const to1 = operand[e + 1];
        if (live[e + 1] === 2) grad[to1] += g;
        if (live[e] === 2) grad[to0] += g;
        break;
      }
      case 2: {
        // sub
        const to0 = operand[e];
        const to1 = operand[e + 1];
        if (live[e + 1] === 2) grad[to1] -= g;
        if (live[e] === 2) grad[to0] += g;
        break;
      }
      case 3: {
        // mul
        const to0 = operand[e];
        const to1 = operand[e + 1];
        const x = data[to0];
        const y = data[to1];
        if (live[e + 1]) {
          const slope = x;
          partial[e + 1] = slope;
          if (live[e + 1] === 2) grad[to1] += g * slope;
        }
        if (live[e]) {
          const slope = y;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 4: {
        // div
        const to0 = operand[e];
        const to1 = operand[e + 1];
        const y = data[to1];
        const out = data[i];
        if (live[e + 1]) {
          const slope = -out / y;
          partial[e + 1] = slope;
          if (live[e + 1] === 2) grad[to1] += g * slope;
        }
        if (live[e]) {
          const slope = 1 / y;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 5: {
        // neg
        const to0 = operand[e];
        if (live[e] === 2) grad[to0] -= g;
        break;
      }
      case 6: {
        // pow
        const to0 = operand[e];
        const to1 = operand[e + 1];
        const x = data[to0];
        const y = data[to1];
        const out = data[i];
        if (live[e + 1]) {
          const slope = x === 0 ? (y >= 0 ? 0 : out * log(x)) : out * log(x);
          partial[e + 1] = slope;
          if (live[e + 1] === 2) grad[to1] += g * slope;
        }
        if (live[e]) {
          const slope = y === 0 ? 0 : y * pow(x, y - 1);
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 7: {
        // exp
        const to0 = operand[e];
        const out = data[i];
        if (live[e]) {
          const slope = out;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 8: {
        // expm1
        const to0 = operand[e];
        const out = data[i];
        if (live[e]) {
          const slope = out + 1;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 9: {
        // log
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = 1 / x;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 10: {
        // log1p
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = 1 / (x + 1);
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 11: {
        // log2
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = 1 / (x * 0.6931471805599453);
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 12: {
        // log10
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = 1 / (x * 2.302585092994046);
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 13: {
        // sqrt
        const to0 = operand[e];
        const out = data[i];
        if (live[e]) {
          const slope = 1 / (2 * out);
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 14: {
        // sin
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = cos(x);
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 15: {
        // cos
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = -sin(x);
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 16: {
        // tan
        const to0 = operand[e];
        const out = data[i];
        if (live[e]) {
          const slope = 1 + out * out;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 17: {
        // asin
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = 1 / sqrt(1 - x * x);
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 18: {
        // acos
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = -1 / sqrt(1 - x * x);
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 19: {
        // atan
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = 1 / (x * x + 1);
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 20: {
        // atan2
        const to0 = operand[e];
        const to1 = operand[e + 1];
        const y = data[to0];
        const x = data[to1];
        if (live[e + 1]) {
          const slope = x * x + y * y === 0 ? 0 : -y / (x * x + y * y);
          partial[e + 1] = slope;
          if (live[e + 1] === 2) grad[to1] += g * slope;
        }
        if (live[e]) {
          const slope = x * x + y * y === 0 ? 0 : x / (x * x + y * y);
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 21: {
        // sinh
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = cosh(x);
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 22: {
        // cosh
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = sinh(x);
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 23: {
        // tanh
        const to0 = operand[e];
        const out = data[i];
        if (live[e]) {
          const slope = 1 - out * out;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 24: {
        // sigmoid
        const to0 = operand[e];
        const out = data[i];
        if (live[e]) {
          const slope = (1 - out) * out;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 25: {
        // relu
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = x <= 0 ? 0 : 1;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += slope === 0 ? 0 : g * slope;
        }
        break;
      }
      case 26: {
        // relu6
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = x <= 0 ? 0 : x >= 6 ? 0 : 1;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += slope === 0 ? 0 : g * slope;
        }
        break;
      }
      case 27: {
        // leaky_relu
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = x > 0 ? 1 : 0.01;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 28: {
        // elu
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = x <= 0 ? exp(x) : 1;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 29: {
        // softplus
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = x > 20 ? 1 : exp(x) / (exp(x) + 1);
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 30: {
        // silu
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = (1 + x * (1 - 1 / (1 + exp(-x)))) / (1 + exp(-x));
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 31: {
        // gelu
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = 0.5 * (1 + tanh(0.7978845608028654 * (x + 0.044715 * x * x * x))) + 0.5 * x * (1 - tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)) * tanh(0.7978845608028654 * (x + 0.044715 * x * x * x))) * (0.7978845608028654 * (1 + 3 * 0.044715 * x * x));
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 32: {
        // logaddexp
        const to0 = operand[e];
        const to1 = operand[e + 1];
        const x = data[to0];
        const y = data[to1];
        if (live[e + 1]) {
          const slope = 1 / (1 + exp(x - y));
          partial[e + 1] = slope;
          if (live[e + 1] === 2) grad[to1] += g * slope;
        }
        if (live[e]) {
          const slope = 1 / (1 + exp(y - x));
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 33: {
        // hypot
        const to0 = operand[e];
        const to1 = operand[e + 1];
        const x = data[to0];
        const y = data[to1];
        const out = data[i];
        if (live[e + 1]) {
          const slope = y / out;
          partial[e + 1] = slope;
          if (live[e + 1] === 2) grad[to1] += g * slope;
        }
        if (live[e]) {
          const slope = x / out;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 34: {
        // abs
        const to0 = operand[e];
        const x = data[to0];
        if (live[e]) {
          const slope = x > 0 ? 1 : x < 0 ? -1 : 0;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += g * slope;
        }
        break;
      }
      case 35: {
        // max
        const out = data[i];
        let ties = 0;
        for (let k = e; k < first[i + 1]; k++) if (data[operand[k]] === out) ties++;
        for (let k = first[i + 1] - 1; k >= e; k--) {
          const to = operand[k];
          const x = data[to];
          if (live[k]) {
            const slope = x < out ? 0 : 1 / max(1, ties);
            partial[k] = slope;
            if (live[k] === 2) grad[to] += slope === 0 ? 0 : g * slope;
          }
        }
        break;
      }
      case 36: {
        // min
        const out = data[i];
        let ties = 0;
        for (let k = e; k < first[i + 1]; k++) if (data[operand[k]] === out) ties++;
        for (let k = first[i + 1] - 1; k >= e; k--) {
          const to = operand[k];
          const x = data[to];
          if (live[k]) {
            const slope = x > out ? 0 : 1 / max(1, ties);
            partial[k] = slope;
            if (live[k] === 2) grad[to] += slope === 0 ? 0 : g * slope;
          }
        }
        break;
      }
      case 37: {
        // clamp
        const to0 = operand[e];
        const to1 = operand[e + 1];
        const to2 = operand[e + 2];
        const x = data[to0];
        const lo = data[to1];
        const hi = data[to2];
        if (live[e + 2]) {
          const slope = x > hi ? 1 : hi < lo ? 1 : 0;
          partial[e + 2] = slope;
          if (live[e + 2] === 2) grad[to2] += slope === 0 ? 0 : g * slope;
        }
        if (live[e + 1]) {
          const slope = lo < hi ? (x < lo ? 1 : 0) : 0;
          partial[e + 1] = slope;
          if (live[e + 1] === 2) grad[to1] += slope === 0 ? 0 : g * slope;
        }
        if (live[e]) {
          const slope = x >= lo ? (x <= hi ? 1 : 0) : 0;
          partial[e] = slope;
          if (live[e] === 2) grad[to0] += slope === 0 ? 0 : g * slope;
        }
        break;
      }
      case 38: {
        // where
        const to0 = operand[e];
        const to1 = operand[e + 1];
        const to2 = operand[e + 2];
        const condition = data[to0];
        if (live[e + 2]) {
          const slope = condition !== 0 ? 0 : 1;
          partial[e + 2] = slope;
          if (live[e + 2] === 2) grad[to2] += slope === 0 ? 0 : g * slope;
        }
        if (live[e + 1]) {
          const slope = condition !== 0 ? 1 : 0;
          partial[e + 1] = slope;
          if (live[e + 1] === 2) grad[to1] += slope === 0 ? 0 : g * slope;
        }
        if (live[e] === 2) grad[to0] += 0;
        break;
      }
      case 39: {
        // gt
        const to0 = operand[e];
        const to1 = operand[e + 1];
        if (live[e + 1] === 2) grad[to1] += 0;
        if (live[e] === 2) grad[to0] += 0;
        break;
      }
      case 40: {
        // ge
        const to0 = operand[e];
        const to1 = operand[e + 1];
        if (live[e + 1] === 2) grad[to1] += 0;
        if (live[e] === 2) grad[to0] += 0;
        break;
      }
      case 41: {
        // lt
        const to0 = operand[e];
        const to1 = operand[e + 1];
        if (live[e + 1] === 2) grad[to1] += 0;
        if (live[e] === 2) grad[to0] += 0;
        break;
      }
      case 42: {
        // le
        const to0 = operand[e];
        const to1 = operand[e + 1];
        if (live[e + 1] === 2) grad[to1] += 0;
        if (live[e] === 2) grad[to0] += 0;
        break;
      }
      case 43: {
        // eq
        const to0 = operand[e];
        const to1 = operand[e + 1];
        if (live[e + 1] === 2) grad[to1] += 0;
        if (live[e] === 2) grad[to0] += 0;
        break;
      }
      case 44: {
        // ne
        const to0 = operand[e];
        const to1 = operand[e + 1];
        if (live[e + 1] === 2) grad[to1] += 0;
        if (live[e] === 2) grad[to0] += 0;
        break;
      }
      case 45: {
        // sign
        const to0 = operand[e];
        if (live[e] === 2) grad[to0] += 0;
        break;
      }
      case 46: {
        // floor
        const to0 = operand[e];
        if (live[e] === 2) grad[to0] += 0;
        break;
      }
      case 47: {
        // round
        const to0 = operand[e];
        if (live[e] === 2) grad[to0] += 0;
        break;
      }
    }
  }
}
