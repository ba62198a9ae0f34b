// Generated from engine/ops.py by `python3 run gen`. Not to be edited by hand.

/**
 * A row of the op table, as far as numbers and names go. `fixed[k]` is the partial towards operand k where it is the
 * same number everywhere, else null. `decides` lists the slots through which no gradient path leads back. Formulas
 * stand in formula-math.js, partials in partials.js, notes in notes.js.
 * @typedef {{name: string, symbol: string, operands: string[], variadic: boolean, infix: string | null,
 *   hands: string[], gate: boolean, decides: number[], fixed: (number | null)[]}} OpRow
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
  { name: "leaf", symbol: "", operands: [], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [] },
  { name: "add", symbol: "+", operands: ["x", "y"], variadic: false, infix: "+", hands: ["A plus sign passes it on [unchanged]."], gate: false, decides: [], fixed: [1.0, 1.0] },
  { name: "sub", symbol: "−", operands: ["x", "y"], variadic: false, infix: "-", hands: ["A minus sign passes it on [unchanged] to what stands first.", "A minus sign [flips its sign] for what is taken away."], gate: false, decides: [], fixed: [1.0, -1.0] },
  { name: "mul", symbol: "×", operands: ["x", "y"], variadic: false, infix: "*", hands: ["A product multiplies it by [the other factor], {other}."], gate: false, decides: [], fixed: [null, null] },
  { name: "div", symbol: "÷", operands: ["x", "y"], variadic: false, infix: "/", hands: ["A quotient divides it by [what stands below], {other}.", "For what stands below, a quotient multiplies it by [minus its value over {target}], {partial}."], gate: false, decides: [], fixed: [null, null] },
  { name: "neg", symbol: "−", operands: ["x"], variadic: false, infix: "-x", hands: ["A minus sign [flips its sign]."], gate: false, decides: [], fixed: [-1.0] },
  { name: "pow", symbol: "xʸ", operands: ["x", "y"], variadic: false, infix: "**", hands: ["A power multiplies it by [its slope], {partial}: the exponent comes down in front.", "For the exponent, a power multiplies it by [its value times the logarithm of the base], {partial}."], gate: false, decides: [], fixed: [null, null] },
  { name: "exp", symbol: "exp", operands: ["x"], variadic: false, infix: null, hands: ["exp multiplies it by [its own value], {out}."], gate: false, decides: [], fixed: [null] },
  { name: "expm1", symbol: "expm1", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "log", symbol: "log", operands: ["x"], variadic: false, infix: null, hands: ["A logarithm divides it by [what it is taken of], {target}."], gate: false, decides: [], fixed: [null] },
  { name: "log1p", symbol: "log1p", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "log2", symbol: "log2", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "log10", symbol: "log10", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "sqrt", symbol: "√", operands: ["x"], variadic: false, infix: null, hands: ["A square root divides it by [twice its value]: times {partial}."], gate: false, decides: [], fixed: [null] },
  { name: "sin", symbol: "sin", operands: ["x"], variadic: false, infix: null, hands: ["A sine multiplies it by [the cosine], {partial}."], gate: false, decides: [], fixed: [null] },
  { name: "cos", symbol: "cos", operands: ["x"], variadic: false, infix: null, hands: ["A cosine multiplies it by [minus the sine], {partial}."], gate: false, decides: [], fixed: [null] },
  { name: "tan", symbol: "tan", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "asin", symbol: "asin", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "acos", symbol: "acos", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "atan", symbol: "atan", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "atan2", symbol: "atan2", operands: ["y", "x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null, null] },
  { name: "sinh", symbol: "sinh", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "cosh", symbol: "cosh", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "tanh", symbol: "tanh", operands: ["x"], variadic: false, infix: null, hands: ["tanh multiplies it by [1 minus its value squared], {partial}."], gate: false, decides: [], fixed: [null] },
  { name: "sigmoid", symbol: "σ", operands: ["x"], variadic: false, infix: null, hands: ["A sigmoid multiplies it by [its value times 1 minus its value], {partial}."], gate: false, decides: [], fixed: [null] },
  { name: "relu", symbol: "relu", operands: ["x"], variadic: false, infix: null, hands: [], gate: true, decides: [], fixed: [null] },
  { name: "relu6", symbol: "relu6", operands: ["x"], variadic: false, infix: null, hands: [], gate: true, decides: [], fixed: [null] },
  { name: "leaky_relu", symbol: "lrelu", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "elu", symbol: "elu", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "softplus", symbol: "softplus", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "silu", symbol: "silu", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "gelu", symbol: "gelu", operands: ["x"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null] },
  { name: "logaddexp", symbol: "logaddexp", operands: ["x", "y"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null, null] },
  { name: "hypot", symbol: "hypot", operands: ["x", "y"], variadic: false, infix: null, hands: [], gate: false, decides: [], fixed: [null, null] },
  { name: "abs", symbol: "|x|", operands: ["x"], variadic: false, infix: null, hands: ["An absolute value multiplies it by [the sign], {partial}."], gate: false, decides: [], fixed: [null] },
  { name: "max", symbol: "max", operands: ["x"], variadic: true, infix: null, hands: [], gate: true, decides: [], fixed: [null] },
  { name: "min", symbol: "min", operands: ["x"], variadic: true, infix: null, hands: [], gate: true, decides: [], fixed: [null] },
  { name: "clamp", symbol: "clamp", operands: ["x", "lo", "hi"], variadic: false, infix: null, hands: [], gate: true, decides: [], fixed: [null, null, null] },
  { name: "where", symbol: "where", operands: ["condition", "x", "y"], variadic: false, infix: null, hands: [], gate: true, decides: [0], fixed: [0.0, null, null] },
  { name: "gt", symbol: ">", operands: ["x", "y"], variadic: false, infix: ">", hands: [], gate: true, decides: [0, 1], fixed: [0.0, 0.0] },
  { name: "ge", symbol: "≥", operands: ["x", "y"], variadic: false, infix: ">=", hands: [], gate: true, decides: [0, 1], fixed: [0.0, 0.0] },
  { name: "lt", symbol: "<", operands: ["x", "y"], variadic: false, infix: "<", hands: [], gate: true, decides: [0, 1], fixed: [0.0, 0.0] },
  { name: "le", symbol: "≤", operands: ["x", "y"], variadic: false, infix: "<=", hands: [], gate: true, decides: [0, 1], fixed: [0.0, 0.0] },
  { name: "eq", symbol: "=", operands: ["x", "y"], variadic: false, infix: "==", hands: [], gate: true, decides: [0, 1], fixed: [0.0, 0.0] },
  { name: "ne", symbol: "≠", operands: ["x", "y"], variadic: false, infix: "!=", hands: [], gate: true, decides: [0, 1], fixed: [0.0, 0.0] },
  { name: "sign", symbol: "sign", operands: ["x"], variadic: false, infix: null, hands: [], gate: true, decides: [], fixed: [0.0] },
  { name: "floor", symbol: "floor", operands: ["x"], variadic: false, infix: null, hands: [], gate: true, decides: [], fixed: [0.0] },
  { name: "round", symbol: "round", operands: ["x"], variadic: false, infix: null, hands: [], gate: true, decides: [], fixed: [0.0] },
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
        const out = data[i];
        if (live[e]) {
          const slope = out <= 0 ? 0 : 1;
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
