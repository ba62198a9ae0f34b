/**
 * What nodes of one name are called, so that they can be told apart: a, a₂, a₃, and a_2 where code stands.
 * `Tape.calls` (engine/tape.py) says the same; tests/engine/test_explain.py compares the two. Pure.
 */

/** @typedef {import("./replay.js").Graph} Graph */

/**
 * The graph with calls for names. The first node of a name is called by it; the next ones have their number below the
 * line. A leaf in a group is told apart by its group. A number that would read like another name is passed over.
 * @param {Graph} graph
 * @returns {Graph}
 */
export function called(graph) {
  const taken = new Set(graph.nodes.map(({ name }) => name && coded(name)));
  /** @type {Map<string, number>} */
  const last = new Map();
  const nodes = graph.nodes.map((node) => {
    const { name, group, operands } = node;
    if (name === null) return node;
    const key = `${(operands.length === 0 && group) || ""} ${coded(name)}`;
    let number = (last.get(key) ?? 0) + 1;
    const call = () => name + lowered(number);
    while (number > 1 && (taken.has(coded(call())) || taken.has(`${name}[${number}]`))) number++;
    last.set(key, number);
    if (number === 1) return node;
    taken.add(coded(call()));
    return { ...node, name: call(), bound: name };
  });
  return { ...graph, nodes };
}

/** A node's name in the program. @param {Pick<Graph, "nodes">} graph @param {number} id */
export function boundTo({ nodes }, id) {
  return nodes[id].bound ?? nodes[id].name;
}

/** Digits below the line: `₁₂`. @param {string | number} digits */
export function lowered(digits) {
  return `${digits}`.replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[+digit]);
}

/** Calls in a text as code writes them: `a₂` is `a_2`, `w[0]₂` is `w_2[0]`. @param {string} text */
export function coded(text) {
  return text.replace(/((?:\[\d+\])*)([₀-₉]+)/g, (_, at, number) => `_${number.normalize("NFKC")}${at}`);
}

const BELOW = /(\[\d+(?:\]\[\d+)*\](?![[₀-₉])|[₀-₉]+)/;

/**
 * A name, or a formula of names, in turn what stands on the line and what below it: the index of `w[0]`, the number of
 * `a₂`.
 * @param {string} text
 */
export function lines(text) {
  return text
    .split(BELOW)
    .map((part, k) => (k % 2 ? part.normalize("NFKC").replaceAll("][", ",").replace(/[[\]]/g, "") : part));
}

/**
 * A name that ends below the line; of any other text all of it.
 * @param {string} name
 * @returns {{text: string, index: string}}
 */
export function nameParts(name) {
  const [text, index, rest, more] = lines(name);
  return text !== "" && rest === "" && more === undefined ? { text, index } : { text: name, index: "" };
}
