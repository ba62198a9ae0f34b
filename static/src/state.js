/**
 * The studio's state: one plain object, and the pure function that answers an action with the next one.
 * Everything is replaced, never written in place, with one exception: the tape's numbers are typed arrays that replay
 * writes, and `tick` counts the writings.
 */
import { boundTo } from "./calls.js";
import { edited, remembered, travelled } from "./history.js";
import { LEAF } from "./kernel.js";
import { literalNumber } from "./numbers.js";
import { backward, compile, forward, setLeaf } from "./replay.js";
import {
  arranged,
  askedBy,
  compounds,
  firstAsked,
  isSettled,
  sameValues,
  settle,
  stepped,
  toggledApart,
} from "./settling.js";
import { applied, isLiteral, rewrite } from "./text.js";
import { stateAt } from "./trace.js";

/**
 * @typedef {import("./replay.js").Tape} Tape
 * @typedef {import("./trace.js").Event} Event
 * @typedef {import("./text.js").Span} Span
 * @typedef {import("./text.js").Edit} Edit
 * @typedef {import("./url.js").Link} Link
 * @typedef {import("./api.js").Problem} Problem
 * @typedef {{id: number, op: string, operands: number[], partials: (number | string | null)[], role: string,
 *   name: string | null, group: string | null, data: number | string, grad: number | string | null,
 *   span: [number, number] | null, unused: boolean}} GraphNode
 * @typedef {{version: number, output: number, nodes: GraphNode[], groups: {id: string, kind: string, label: string,
 *   parent: string | null}[]}} Graph as POST /api/v1/graph answers it
 * @typedef {{id: string, title: string, note: string, operands: number[][],
 *   request: {program: string, values?: Record<string, number>}}} Example
 */

/**
 * @typedef {object} State
 * @property {Example[]} examples
 * @property {string | null} example the one the text came from, while only its numbers were changed
 * @property {string} text what stands in the editor
 * @property {number} caret offset of the caret in the text
 * @property {Record<string, number>} values numbers of names that the text does not assign
 * @property {Record<string, number>} settledValues those of the graph on screen
 * @property {Link | null} wanted what a link asks for once its graph is there
 * @property {string} settled the last text that gave a graph (with the numbers a slider wrote since)
 * @property {Graph} whole of `settled`, as the server answered
 * @property {ReadonlySet<number>} opened nodes of `whole` that are taken apart
 * @property {Graph} graph `whole` with those taken apart, and with calls for names: what is drawn, stepped
 *   through and explained
 * @property {ReadonlySet<string>} folds groups that are not as usual: closed ones opened, open ones closed; with EVERY
 *   among them all are open, but for the others
 * @property {number[]} origin by node of `graph`: the node of `whole` that it is, or is part of
 * @property {Span[]} spans by node, in `settled`
 * @property {Tape} tape its numbers
 * @property {Event[]} trace
 * @property {number} tick counts the writings of the tape's numbers
 * @property {number} step events of the trace that have happened
 * @property {number | null} selected
 * @property {"node" | "step"} asking what the inspector explains: the selected node, or the step just taken
 * @property {boolean} playing
 * @property {1 | 2 | 4} speed steps a second
 * @property {Problem | null} problem of `refused`; it stays while a newer text waits for its answer
 * @property {string | null} refused the text that the problem is of
 * @property {import("./history.js").Moment[]} past to go back to
 * @property {import("./history.js").Moment[]} future to go forward to
 * @property {string | null} gesture what the last change belongs to; one gesture is one step of undo
 * @property {number | null} away seconds until the server is asked again
 * @property {string | null} busy what is happening, after a while
 * @property {boolean} local local derivatives on the edges
 * @property {"light" | "dark" | null} theme null: as the system has it
 * @property {"graph" | "table"} view
 * @property {"editor" | "inspector"} pane the column shown at 800 to 1199
 * @property {"paths" | "nudge" | "code"} tab of the sheet below 800
 * @property {"low" | "half" | "tall"} sheet how high it stands
 * @property {number} room the page's width, when it last changed noticeably
 * @property {boolean} allExamples
 * @property {boolean} help whether the key map is open
 * @property {number} h how far the nudge goes
 */

/**
 * @typedef {{type: "edit", text: string, caret?: number, gesture?: string}
 *   | {type: "caret", caret: number}
 *   | {type: "apply", edit: Edit}
 *   | {type: "answer", text: string, graph: Graph}
 *   | {type: "refuse", text: string, problem: Problem}
 *   | {type: "load", example: string}
 *   | {type: "open", link: Link}
 *   | {type: "turn", id: number, value: number}
 *   | {type: "release"} | {type: "undo"} | {type: "redo"} | {type: "revert"}
 *   | {type: "select", id: number | null}
 *   | {type: "step", step: number}
 *   | {type: "play"} | {type: "pause"}
 *   | {type: "apart", id: number}
 *   | {type: "fold", group: string}
 *   | {type: "set", fields: Partial<Pick<State, "speed" | "away" | "busy" | "local" | "theme" | "view" | "pane" | "tab" | "sheet" | "allExamples" | "room" | "help" | "h">>}
 * } Action
 */

const NUDGE = 0.5;

/**
 * @param {{example: string, graph: Graph, examples: Example[], request?: Example["request"]}} first what the page came
 *   with; `request` is what `graph` is of, when it is not the example's
 * @returns {State}
 */
export function firstState({ example, graph, examples, request: given }) {
  const request = given ?? examples.find(({ id }) => id === example)?.request ?? { program: "" };
  return settle(
    {
      examples,
      example: given ? null : example,
      text: request.program,
      caret: 0,
      values: request.values ?? {},
      settledValues: request.values ?? {},
      wanted: null,
      settled: "",
      whole: graph,
      opened: new Set(),
      folds: new Set(),
      origin: [],
      graph,
      spans: [],
      tape: compile(graph),
      trace: [],
      tick: 0,
      step: 0,
      selected: null,
      asking: "node",
      playing: false,
      speed: 1,
      problem: null,
      refused: null,
      past: [],
      future: [],
      gesture: null,
      away: null,
      busy: null,
      local: true,
      theme: null,
      view: "graph",
      pane: "editor",
      tab: "paths",
      sheet: "half",
      room: 0,
      allExamples: false,
      help: false,
      h: NUDGE,
    },
    request.program,
    graph,
  );
}

/**
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
export function reduce(state, action) {
  switch (action.type) {
    case "edit":
      return edited(state, action.text, action.gesture ?? "type", action.caret);
    case "caret":
      return action.caret === state.caret ? state : { ...state, caret: action.caret };
    case "apply":
      return edited(
        { ...state, gesture: null },
        applied(state.text, action.edit),
        "apply",
        action.edit.start + action.edit.insert.length,
      );
    case "answer":
      return action.text === state.text ? settle(state, action.text, action.graph) : state;
    case "refuse":
      return action.text === state.text ? { ...state, problem: action.problem, refused: action.text } : state;
    case "load":
      return loaded(state, action.example);
    case "open":
      return opened(state, action.link);
    case "turn":
      return turned(state, action.id, action.value);
    case "release":
      return state.gesture === null ? state : { ...state, gesture: null };
    case "undo":
      return travelled(state, "past");
    case "redo":
      return travelled(state, "future");
    case "revert":
      return state.text === state.settled
        ? state
        : edited({ ...state, gesture: null }, state.settled, "revert");
    case "select":
      return { ...state, selected: action.id, asking: "node" };
    case "step":
      return stepped(state, action.step);
    case "apart":
      return toggledApart(state, action.id);
    case "fold":
      return folded(state, action.group);
    case "play":
      return isSettled(state)
        ? { ...stepped(state, state.step < state.trace.length ? state.step : 0), playing: true }
        : state;
    case "pause":
      return { ...state, playing: false };
    case "set":
      return { ...state, ...action.fields };
  }
}

/** @type {{tape: Tape, tick: number, step: number, walk: import("./trace.js").TraceState} | null} */
let lastWalk = null;

/**
 * Where the walk through the trace stands; null at its end, where every number is written.
 * @param {State} state
 */
export function walkOf({ tape, tick, trace, step }) {
  if (step >= trace.length) return null;
  if (lastWalk?.tape !== tape || lastWalk.tick !== tick || lastWalk.step !== step) {
    lastWalk = { tape, tick, step, walk: stateAt(tape, trace, step) };
  }
  return lastWalk.walk;
}

/** Whether the graph on screen is not the text's. @param {State} state */
export function isStale(state) {
  return state.problem !== null;
}

/** Whether the text waits for its graph. @param {State} state */
export function isPending(state) {
  return !isSettled(state) && state.refused !== state.text;
}

/**
 * Whether this leaf's number can be turned: it stands in the text, or the text leaves its name open.
 * @param {State} state
 * @param {number} id
 */
export function isTurnable({ graph, settled, spans, values }, id) {
  const { op, role } = graph.nodes[id];
  const name = boundTo(graph, id);
  if (op !== "leaf" || role === "constant") return false;
  return isLiteral(settled, spans[id]) || (name !== null && name in values);
}

/** The title in the top bar. @param {State} state */
export function titleOf({ examples, example }) {
  return examples.find(({ id }) => id === example)?.title ?? "Untitled expression";
}

/**
 * What a link to this state holds.
 * @param {State} state
 * @param {string} usual id of the example that the plain address opens
 * @returns {Link}
 */
export function linkOf(state, usual) {
  const origin = state.examples.find(({ id }) => id === state.example)?.request;
  const own = state.text !== origin?.program;
  /** @type {Link} */
  const link = {};
  if (own) link.program = state.text;
  if (state.example !== null && (own || state.example !== usual)) link.example = state.example;
  if (Object.keys(state.values).length > 0 && (own || !sameValues(state.values, origin?.values ?? {})))
    link.values = state.values;
  // Node and step are those of the graph on screen; a text without a graph has none.
  if (!isStale(state)) {
    // Ids in a link are those of the whole graph, which depend on the text alone.
    const selected = state.selected === null ? -1 : state.origin[state.selected];
    if (selected !== firstAsked(state.whole)) link.node = selected;
    if (state.opened.size > 0) link.open = [...state.opened].sort((a, b) => a - b);
    if (state.folds.size > 0) link.fold = [...state.folds].sort();
    if (state.step < state.trace.length) link.step = state.step;
  }
  if (!state.local) link.local = false;
  if (state.theme !== null) link.theme = state.theme;
  if (state.view !== "graph") link.view = state.view;
  return link;
}

/** In `folds`: every group is open. */
export const EVERY = "*";

/** A group opened or closed: what is not as usual becomes so, and the other way round. @param {State} state @param {string} group @returns {State} */
function folded(state, group) {
  // Opening all, or going back to what is usual, forgets the single ones.
  const folds = new Set(group === EVERY ? [EVERY].filter((one) => state.folds.has(one)) : state.folds);
  if (!folds.delete(group)) folds.add(group);
  return { ...state, folds };
}

/** @param {State} state @param {string} id @returns {State} */
function loaded(state, id) {
  const example = state.examples.find((one) => one.id === id);
  if (!example) return state;
  return {
    ...remembered({ ...state, gesture: null }, "load"),
    example: id,
    text: example.request.program,
    values: example.request.values ?? {},
    folds: new Set(),
    caret: 0,
    problem: null,
    refused: null,
  };
}

/** @param {State} state @param {Link} link @returns {State} */
function opened(state, link) {
  const example = state.examples.find(({ id }) => id === link.example);
  const text = link.program ?? example?.request.program ?? state.text;
  const next = {
    // Before the first change there is nothing of the reader's to go back to.
    ...(text === state.text || state.past.length === 0 ? state : remembered(state, "open")),
    example: example?.id ?? (link.program === undefined ? state.example : null),
    text,
    values: link.values ?? example?.request.values ?? {},
    wanted: link,
    caret: 0,
    problem: null,
    refused: null,
    gesture: null,
    folds: new Set(link.fold),
    local: link.local ?? true,
    theme: link.theme ?? state.theme,
    view: link.view ?? "graph",
  };
  if (!isSettled(next)) return next;
  const { image, ...there } = arranged(next, compounds(state.whole, link));
  const step = link.step ?? there.trace.length;
  return { ...stepped(there, step), wanted: null, selected: askedBy(link, state.whole, image) };
}

/**
 * A leaf turned: the number in the text, every value and every gradient, in one go and without the server.
 * @param {State} state
 * @param {number} id
 * @param {number} value
 * @returns {State}
 */
function turned(state, id, value) {
  const { tape, graph, spans } = state;
  const span = spans[id];
  const { role, operands } = graph.nodes[id];
  const inText = operands.length === 0 && isLiteral(state.settled, span);
  if (!isSettled(state) || !Number.isFinite(value) || !(inText || isTurnable(state, id))) return state;
  const same = inText
    ? graph.nodes
        .filter((node) => node.op === "leaf" && sameSpan(spans[node.id], span))
        .map((node) => node.id)
    : [id];
  for (const leaf of same) if (tape.code[leaf] === LEAF) setLeaf(tape, leaf, value);
  forward(tape, same[0] + 1);
  backward(tape);
  const next = { ...remembered(state, `turn ${id}`), tick: state.tick + 1 };
  if (!inText) {
    const values = { ...state.values, [/** @type {string} */ (boundTo(graph, id))]: value };
    return { ...next, values, settledValues: values };
  }
  const written = rewrite(state.settled, spans, /** @type {[number, number]} */ (span), literalNumber(value));
  const turnedText = { ...next, settled: written.text, text: written.text, spans: written.spans };
  return role === "constant" ? { ...turnedText, ...rewritten(state, same, value) } : turnedText;
}

/**
 * The graphs with other constants. Unlike any other number a constant stands in formulas, and those are read from the
 * graph and not from the tape.
 * @param {State} state
 * @param {number[]} ids in the graph on screen
 * @param {number} data
 * @returns {Pick<State, "graph" | "whole">}
 */
function rewritten({ graph, whole, origin }, ids, data) {
  /** @param {Graph} old @param {Set<number>} which @returns {Graph} */
  const replaced = (old, which) => ({
    ...old,
    nodes: old.nodes.map((node) => (which.has(node.id) ? { ...node, data } : node)),
  });
  return {
    whole: replaced(whole, new Set(ids.map((id) => origin[id]))),
    graph: replaced(graph, new Set(ids)),
  };
}

/** @param {Span} a @param {Span} b */
function sameSpan(a, b) {
  return a !== null && b !== null && a[0] === b[0] && a[1] === b[1];
}
