/** The line `n = MLP(3, [4, 4, 1], activation="relu")` read back. Pure. */
import { checkDefinition, LECTURE, problem } from "./definition.js";
import { NETWORK } from "./tables.js";

/**
 * @typedef {import("./definition.js").Definition} Definition
 * @typedef {import("./definition.js").Problem} Problem
 * @typedef {{text: string, start: number, end: number}} Token
 * @typedef {{value: unknown, start: number, end: number}} Read
 */

const SHAPE = "Write n = MLP(3, [4, 4, 1]): the numbers of an example, then the size of every layer.";
const TOKEN = /\s*(?:("[^"]*"|'[^']*'|[-+]?[\d.][\w.+-]*|[A-Za-z_]\w*|[()[\],=])|(#.*$)|(\S))/gy;

/**
 * @param {string} text one line; a comment may follow
 * @param {Definition} [base] what the line does not say: loss, penalty, data
 * @returns {{definition: Definition, problem: null} | {definition: null, problem: Problem}}
 */
export function readDefinition(text, base = LECTURE) {
  try {
    const { fields, places } = readCall(tokensOf(text));
    const definition = /** @type {Definition} */ ({ ...base, ...NETWORK, ...fields });
    const found = checkDefinition(definition);
    if (found === null) return { definition, problem: null };
    return { definition: null, problem: { ...found, ...placeOf(found.where, places, text) } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { definition: null, problem: error.problem };
  }
}

class Refusal extends Error {
  /** @param {string} message @param {{start: number, end: number}} place @param {string} [hint] */
  constructor(message, { start, end }, hint = SHAPE) {
    super(message);
    this.problem = { ...problem("bad_line", message, hint, ["network"]), start, end };
  }
}

/** @param {string} text @returns {Token[]} the last one is empty, at the end */
function tokensOf(text) {
  /** @type {Token[]} */
  const tokens = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found !== null; found = TOKEN.exec(text)) {
    const end = TOKEN.lastIndex;
    if (found[3] !== undefined)
      throw new Refusal(`${found[3]} cannot stand here.`, { start: end - found[3].length, end });
    if (found[1] !== undefined) tokens.push({ text: found[1], start: end - found[1].length, end });
  }
  return [...tokens, { text: "", start: text.length, end: text.length }];
}

/** @param {Token[]} tokens */
function readCall(tokens) {
  let at = 0;
  const take = (/** @type {string} */ text) => {
    const token = tokens[at];
    if (token.text !== text)
      throw new Refusal(token.text ? `${text} is expected here.` : `${text} is missing.`, token);
    at++;
  };
  /** @returns {Read} */
  const value = () => {
    const token = tokens[at];
    if (token.text !== "[") {
      at++;
      return { value: readValue(token), start: token.start, end: token.end };
    }
    at++;
    const items = [];
    while (tokens[at].text !== "]") {
      items.push(value());
      if (tokens[at].text !== "]") take(tokens[at].text ? "," : "]");
    }
    at++;
    return { value: items, start: token.start, end: tokens[at - 1].end };
  };
  if (/^[A-Za-z_]/.test(tokens[0].text) && tokens[1].text === "=") at = 2;
  take("MLP");
  take("(");
  /** @type {Record<string, Read>} */
  const places = {};
  const order = ["nin", "nouts"];
  while (tokens[at].text !== ")") {
    const token = tokens[at];
    let name = order[Object.keys(places).length];
    if (tokens[at + 1]?.text === "=") {
      name = token.text;
      at += 2;
      if (!order.includes(name) && !Object.hasOwn(NETWORK, name))
        throw new Refusal(`MLP has no ${name}.`, token, `There are: ${Object.keys(NETWORK).join(", ")}.`);
    } else if (name === undefined) {
      const hint = `After the layers, by name: ${Object.keys(NETWORK).join(", ")}.`;
      throw new Refusal("This needs its name before it.", token, hint);
    }
    if (Object.hasOwn(places, name)) throw new Refusal(`${name} is given twice.`, token);
    places[name] = value();
    if (tokens[at].text !== ")") take(tokens[at].text ? "," : ")");
  }
  take(")");
  if (tokens[at].text !== "") throw new Refusal("The line ends after the bracket.", tokens[at]);
  for (const name of order) if (!places[name]) throw new Refusal(`${name} is missing.`, tokens[at - 1]);
  const fields = Object.fromEntries(Object.entries(places).map(([name, read]) => [name, plain(read)]));
  return { fields, places };
}

/** @param {Token} token */
function readValue(token) {
  const { text } = token;
  if (/^["']/.test(text)) return text.slice(1, -1);
  if (text === "None") return null;
  if (/^[-+]?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return Number(text.replaceAll("_", ""));
  if (text === "") throw new Refusal("The line ends too soon.", token);
  if (/^\w+$/.test(text) && !/^\d/.test(text))
    throw new Refusal(`${text} is not a number.`, token, `Names stand in quotes, as in "${text}".`);
  throw new Refusal(`${text} is not a number.`, token);
}

/** A value without its places. @param {Read} read @returns {unknown} */
function plain({ value }) {
  return Array.isArray(value) ? value.map(plain) : value;
}

/**
 * Where in the line a field stands: the list's item, where the path names one.
 * @param {(string | number)[]} where
 * @param {Record<string, Read>} places
 * @param {string} text
 */
function placeOf([, field, item], places, text) {
  const place = places[/** @type {string} */ (field)];
  if (!place) return { start: 0, end: text.length };
  const inner = Array.isArray(place.value) && typeof item === "number" ? place.value[item] : place;
  return { start: inner.start, end: inner.end };
}
