/**
 * The graph on screen: taken over from an answer, rearranged when an op is taken apart, and where in it the reader
 * stands. Pure parts of the reducer in state.js.
 */
import { called } from "./calls.js";
import { grain } from "./grain.js";
import { backward, compile, forward } from "./replay.js";
import { unitsOf } from "./text.js";
import { events } from "./trace.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Graph} Graph
 * @typedef {import("./replay.js").Tape} Tape
 * @typedef {import("./text.js").Span} Span
 * @typedef {import("./url.js").Link} Link
 */

/** The name selected at first where there is one: the lecture's question is asked of c. */
const FIRST_ASKED = "c";

/**
 * A graph taken over for a text: compiled, traced to its end, the selection carried along by name.
 * @param {State} state
 * @param {string} text
 * @param {Graph} whole
 * @returns {State}
 */
export function settle(state, text, whole) {
  const { wanted } = state;
  const opened = compounds(whole, wanted);
  const spans = unitsOf(
    text,
    whole.nodes.map(({ span }) => span),
  );
  const { graph, origin, image } = opening(whole, opened);
  const tape = compile(graph);
  if (opened.size > 0) replay(tape);
  const trace = events(tape);
  const step = Math.min(wanted?.step ?? trace.length, trace.length);
  return {
    ...state,
    asking: step < trace.length && wanted?.node === undefined ? "step" : "node",
    playing: false,
    settled: text,
    settledValues: state.values,
    wanted: null,
    whole,
    opened,
    graph,
    origin,
    spans: spansOf(graph, origin, image, spans),
    tape,
    trace,
    tick: state.tick + 1,
    step,
    selected: wanted === null ? carried(state, graph) : askedBy(wanted, whole, image),
    problem: null,
    refused: null,
  };
}

/**
 * A node taken apart, or what it was taken into put back: other nodes inside, the same numbers outside.
 * @param {State} state
 * @param {number} id any node of it
 * @returns {State}
 */
export function toggledApart(state, id) {
  const from = state.origin[id];
  if (!isSettled(state) || !isCompound(state.whole, from)) return state;
  const opened = new Set(state.opened);
  if (!opened.delete(from)) opened.add(from);
  const { image, ...next } = arranged(state, opened);
  return { ...stepped(next, next.trace.length), selected: image[from] };
}

/**
 * The same text with other nodes taken apart. Leaves may have been turned since the server answered, so their numbers
 * and their places in the text come from what is on screen.
 * @param {State} state
 * @param {ReadonlySet<number>} opened
 * @returns {State & {image: number[]}}
 */
export function arranged(state, opened) {
  const { whole, tape: old } = state;
  const last = lastOf(state.origin, whole.nodes.length);
  const { graph, origin, image } = opening(whole, opened);
  const tape = compile(graph);
  for (const { id, op } of whole.nodes) if (op === "leaf") tape.data[image[id]] = old.data[last[id]];
  replay(tape);
  const spans = spansOf(
    graph,
    origin,
    image,
    last.map((node) => state.spans[node]),
  );
  return { ...state, opened, graph, origin, image, spans, tape, trace: events(tape), tick: state.tick + 1 };
}

/** The nodes that a link takes apart. @param {Graph} whole @param {Link | null} link */
export function compounds(whole, link) {
  return new Set((link?.open ?? []).filter((id) => id < whole.nodes.length && isCompound(whole, id)));
}

/** Whether a node's op is written by others. @param {Graph} graph @param {number} id */
function isCompound({ nodes }, id) {
  return grain()?.isCompound(nodes[id].op) ?? false;
}

/** The graph with some nodes taken apart, and calls for names. @param {Graph} whole @param {ReadonlySet<number>} opened @returns {import("./apart.js").Opened} */
function opening(whole, opened) {
  const itself = whole.nodes.map((_, id) => id);
  const { graph, ...places } = grain()?.takeApart(whole, opened) ?? {
    graph: whole,
    origin: itself,
    image: itself,
  };
  return { graph: called(graph), ...places };
}

/** @param {Tape} tape */
function replay(tape) {
  forward(tape);
  backward(tape);
}

/** By node of the whole graph the last of its parts, which has its value. @param {number[]} origin @param {number} size */
function lastOf(origin, size) {
  const last = new Array(size).fill(0);
  origin.forEach((whole, id) => {
    last[whole] = id;
  });
  return last;
}

/**
 * Spans by node of the graph; what an op was taken into has none but for the last.
 * @param {Graph} graph
 * @param {number[]} origin
 * @param {number[]} image
 * @param {Span[]} whole
 * @returns {Span[]}
 */
function spansOf({ nodes }, origin, image, whole) {
  return nodes.map((_, id) => (image[origin[id]] === id ? whole[origin[id]] : null));
}

/**
 * The node a fresh graph asks about: the parameter used more than once, else `c`, else the first parameter.
 * @param {Graph} graph
 * @returns {number | null}
 */
export function firstAsked({ nodes, output }) {
  const uses = new Uint32Array(nodes.length);
  for (const { operands } of nodes) for (const from of operands) uses[from]++;
  const parameters = nodes.filter(({ role, unused }) => role === "parameter" && !unused);
  const asked =
    parameters.find(({ id }) => uses[id] > 1) ??
    parameters.find(({ name }) => name === FIRST_ASKED) ??
    parameters[0];
  return asked?.id ?? output;
}

/** The node a link selects; -1 is none. @param {Link} link @param {Graph} whole @param {number[]} image */
export function askedBy({ node }, whole, image) {
  if (node === -1) return null;
  const asked = node !== undefined && node < whole.nodes.length ? node : firstAsked(whole);
  return asked === null ? null : image[asked];
}

/**
 * So many events have happened. At the end the walk is over, and the inspector asks about the selected node again.
 * @param {State} state
 * @param {number} wanted
 * @returns {State}
 */
export function stepped(state, wanted) {
  const last = state.trace.length;
  const step = Math.max(0, Math.min(wanted, last));
  return { ...state, step, asking: step < last ? "step" : "node", playing: state.playing && step < last };
}

/**
 * The node of a new graph that stands where the selected one stood: the same name, counted among its namesakes.
 * @param {State} state
 * @param {Graph} graph
 */
function carried({ graph: old, selected, settled }, graph) {
  if (settled === "") return firstAsked(graph);
  if (selected === null) return null;
  const { name, op } = old.nodes[selected];
  if (name !== null) {
    const among = old.nodes.filter((node) => node.name === name).findIndex(({ id }) => id === selected);
    const found = graph.nodes.filter((node) => node.name === name)[among];
    if (found) return found.id;
  }
  return graph.nodes[selected]?.op === op && graph.nodes[selected].name === name
    ? selected
    : firstAsked(graph);
}

/** Whether the graph on screen is that of the text and its values. @param {State} state */
export function isSettled({ text, settled, values, settledValues }) {
  return text === settled && sameValues(values, settledValues);
}

/** @param {Record<string, number>} a @param {Record<string, number>} b */
export function sameValues(a, b) {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
