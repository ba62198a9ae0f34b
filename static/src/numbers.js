/**
 * How a float64 is written for a person: short text for a card, exact text on hover, words for a screen reader.
 * Everything that prints a number goes through here, so that one value never has two spellings.
 * `engine/explain.py` writes the same short text; tests/engine/test_explain.py compares the two.
 */

export const MINUS = "−";
const PLAIN_FROM = 1e-3;
const PLAIN_BELOW = 1e6;

/** Names the JSON contract gives to what JSON cannot write. */
const NON_FINITE = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

/**
 * A number as the graph JSON carries it. `null` (no gradient, no partial) becomes NaN: typed arrays hold no null.
 * @param {number | string | null} value
 * @returns {number}
 */
export function fromJson(value) {
  if (typeof value === "number") return value;
  if (value === null) return Number.NaN;
  const named = NON_FINITE.get(value);
  if (named === undefined) throw new TypeError(`not a number of the contract: ${String(value).slice(0, 40)}`);
  return named;
}

/** @param {number} x @returns {number | string} */
export function toJson(x) {
  return Number.isFinite(x) ? x : String(x);
}

/**
 * Short text: `digits` significant digits, fewer when `width` characters are not enough, integers below a million
 * in full, an exponent only where plain digits would not do (`1.2e−5`). Minus zero shows as 0; hover says −0.
 * @param {number} x
 * @param {number} [width] characters there is room for
 * @param {number} [digits] significant digits when there is room
 * @returns {string}
 */
export function shortNumber(x, width = Number.POSITIVE_INFINITY, digits = 4) {
  const word = wordOf(x);
  if (word !== null) return word;
  if (x === 0) return "0";
  const size = Math.abs(x);
  const room = x < 0 ? width - 1 : width;
  const text = (isPlain(size) && fitted(size, room, digits, plain)) || fitted(size, room, digits, scientific);
  return (x < 0 ? MINUS : "") + (text || scientific(size, 1));
}

/**
 * Every digit that tells `x` from its neighbours, with a true minus.
 * @param {number} x
 * @returns {string}
 */
export function exactNumber(x) {
  const word = wordOf(x);
  if (word !== null) return word;
  return Object.is(x, -0) ? `${MINUS}0` : trueMinus(String(x).replace("e+", "e"));
}

/** With its sign always: `+6`, `−4`, `0`. @param {number} x @param {number} [width] */
export function signedNumber(x, width) {
  const text = shortNumber(x, width === undefined ? undefined : width - (x > 0 ? 1 : 0));
  return x > 0 ? `+${text}` : text;
}

/** In brackets when a minus sign would follow an operator: `−9 − (−8)`. @param {number} x @param {number} [width] */
export function factorNumber(x, width) {
  const text = shortNumber(x, width);
  return text.startsWith(MINUS) ? `(${text})` : text;
}

/** For a screen reader: `minus 2`, `infinity`. @param {number} x @returns {string} */
export function spokenNumber(x) {
  if (Number.isNaN(x)) return "not a number";
  const size = Math.abs(x) === Number.POSITIVE_INFINITY ? "infinity" : shortNumber(Math.abs(x));
  const [mantissa, exponent] = size.split("e");
  const power = exponent ? ` times ten to the ${exponent.replace(MINUS, "minus ")}` : "";
  return (x < 0 ? "minus " : "") + mantissa + power;
}

/**
 * As Python writes a float, four digits: `1.0`, `-0.7071`, `nan`. For the code line of a step.
 * @param {number} x
 * @returns {string}
 */
export function codeNumber(x) {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x < 0 ? "-inf" : "inf";
  const text = shortNumber(x).replaceAll(MINUS, "-");
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/**
 * Every digit in the language's own spelling, for rewriting a literal of the program.
 * @param {number} x a finite number: the language has no literal for the others
 * @returns {string}
 */
export function literalNumber(x) {
  if (!Number.isFinite(x)) throw new RangeError(`the language has no literal for ${x}`);
  return Object.is(x, -0) ? "-0" : String(x).replace("e+", "e");
}

/** @param {number} x @returns {string | null} */
function wordOf(x) {
  if (Number.isNaN(x)) return "NaN";
  if (Number.isFinite(x)) return null;
  return x < 0 ? `${MINUS}∞` : "∞";
}

/** Plain digits do: in the middle of the scale, or with at most four decimals in all. @param {number} size */
function isPlain(size) {
  return (
    (size >= PLAIN_FROM && size < PLAIN_BELOW) || (size < PLAIN_FROM && Number(size.toFixed(4)) === size)
  );
}

/**
 * The most digits that fit, or '' when none do.
 * @param {number} size
 * @param {number} room
 * @param {number} digits
 * @param {(size: number, digits: number) => string} write
 */
function fitted(size, room, digits, write) {
  for (let count = digits; count >= 1; count--) {
    const text = write(size, count);
    if (text.length <= room) return text;
  }
  return "";
}

/** @param {number} size @param {number} digits */
function plain(size, digits) {
  const exponent = Number(size.toExponential().split("e")[1]);
  const decimals = Math.max(0, digits - 1 - exponent);
  const text = size.toFixed(decimals);
  return decimals > 0 ? text.replace(/\.?0+$/, "") : text;
}

/** @param {number} size @param {number} digits */
function scientific(size, digits) {
  const [mantissa, exponent] = size.toExponential(digits - 1).split("e");
  const trimmed = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return `${trimmed}e${trueMinus(exponent.replace("+", ""))}`;
}

/** @param {string} text */
function trueMinus(text) {
  return text.replaceAll("-", MINUS);
}
