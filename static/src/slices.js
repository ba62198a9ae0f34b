/** The parts of the state that views read: pure derivations, kept while what they come from is the same. */

import { nameOf } from "./explain.js";
import { grain } from "./grain.js";
import { CODE, OPS } from "./kernel.js";
import { SIZES } from "./phrases.js";
import { backward, compile, forward } from "./replay.js";
import { wholeOf } from "./shown.js";
import { EVERY, isPending, isStale, isTurnable, walkOf } from "./state.js";

/** @typedef {import("./state.js").State} State */

/** What most views read. @param {State} s */
export function numbers(s) {
  return { graph: s.graph, tape: s.tape, tick: s.tick, trace: s.trace, step: s.step };
}

/** @param {State} s */
export function frame(s) {
  return { tab: s.tab, sheet: s.sheet, pane: s.pane, view: s.view, stale: isStale(s) };
}

/** With `future`, which is another after every edit: a text typed and undone within a frame is no news but to the editor. @param {State} s */
export function editing(s) {
  const { text, settled, spans, problem, refused, caret, future } = s;
  const pending = isPending(s);
  return {
    ...numbers(s),
    text,
    settled,
    spans,
    problem,
    refused,
    caret,
    future,
    pending,
    selected: atWork(s),
  };
}

/** The node whose line is marked: the selected one, or the one whose operation just ran. @param {State} s */
function atWork(s) {
  return s.asking === "step" && s.step > 0 ? s.trace[s.step - 1].node : s.selected;
}

/** @param {State} s */
export function turning(s) {
  return {
    ...numbers(s),
    selected: s.asking === "step" ? (s.trace[s.step - 1]?.target ?? null) : s.selected,
    grads: walkOf(s)?.grad ?? null,
    turnable: turnableOf(s),
    enabled: !isStale(s),
    output: nameOf(s.graph, s.graph.output),
  };
}

/** The selected leaf, if it can be turned. @param {State} s */
export function turningOne(s) {
  const { id } = explaining(s);
  return { ...numbers(s), id: id !== null && isTurnable(s, id) ? id : null, enabled: !isStale(s) };
}

/** The node the inspector explains, and while stepping back the one just handed a gradient. @param {State} s */
export function explaining(s) {
  const event = s.step > 0 ? s.trace[s.step - 1] : undefined;
  return {
    ...numbers(s),
    id: !isStale(s) && s.asking === "node" ? s.selected : null,
    handed: !isStale(s) && s.asking === "step" && event?.kind === "contribution" ? event.target : null,
  };
}

/** The selected node's op, if others can write it, and what its boundary says. @param {State} s */
export function swapping(s) {
  const { id } = explaining(s);
  const from = id === null ? null : s.whole.nodes[s.origin[id]];
  const none = { graph: s.graph, tick: s.tick, id, op: null, open: false, pinned: NOTHING };
  if (from === null || !grain()?.isCompound(from.op)) return none;
  const { infix, name, symbol } = OPS[CODE.get(from.op) ?? 0];
  const open = s.opened.has(from.id);
  return { ...none, op: infix === null ? name : symbol, open, pinned: open ? pinnedOf(s, from.id) : NOTHING };
}

/** @type {import("./views/apart.js").Pinned[]} */
const NOTHING = [];

/** @type {{graph: State["graph"], tick: number, id: number, pinned: import("./views/apart.js").Pinned[]} | null} */
let lastPinned = null;

/** The grads around an opened op, and what they are with the op whole. @param {State} s @param {number} id in the whole graph */
function pinnedOf(s, id) {
  if (lastPinned?.graph === s.graph && lastPinned.tick === s.tick && lastPinned.id === id)
    return lastPinned.pinned;
  const { whole, opened, tape } = s;
  const image = grain()?.takeApart(whole, opened).image ?? [];
  const run = compile(whole);
  for (const node of whole.nodes) if (node.op === "leaf") run.data[node.id] = tape.data[image[node.id]];
  forward(run);
  backward(run);
  const pinned = [...new Set([id, ...whole.nodes[id].operands])]
    .filter((node) => !run.constant[node])
    .map((node) => ({ node: image[node], whole: run.grad[node], now: tape.grad[image[node]] }));
  lastPinned = { graph: s.graph, tick: s.tick, id, pinned };
  return pinned;
}

/** @type {{tape: State["tape"], tick: number, id: number, why: import("./why.js").Why} | null} */
let lastWhy = null;
/** @type {typeof import("./why.js").why | null} */
let why = null;

/** What finds causes comes with opened.js; until then none is known. @param {typeof import("./why.js").why} found */
export function findCausesBy(found) {
  why = found;
}

/** The cause of the selected node's gradient, where that is out of the ordinary. @param {State} s */
export function causing(s) {
  const { id } = explaining(s);
  if (id === null || why === null || !isUnusual(s.tape, id)) return { ...numbers(s), id, why: null };
  if (lastWhy?.tape !== s.tape || lastWhy.tick !== s.tick || lastWhy.id !== id) {
    lastWhy = { tape: s.tape, tick: s.tick, id, why: why(s.graph, s.tape, id) };
  }
  return { ...numbers(s), id, why: lastWhy.why };
}

/** 0, tiny, huge, infinite, or not a number. @param {State["tape"]} tape @param {number} id */
function isUnusual(tape, id) {
  if (tape.constant[id] || id === tape.output) return false;
  const size = Math.abs(tape.grad[id]);
  const [, [tiny], [huge]] = SIZES;
  return !(size >= tiny && size < huge);
}

/** @param {State} s */
export function nudging(s) {
  const { id } = explaining(s);
  return { ...numbers(s), id: id === null || s.tape.constant[id] ? null : id, h: s.h };
}

/** @param {State} s */
export function asking(s) {
  return { ...numbers(s), id: s.selected, problem: s.problem, walk: walkOf(s), stepping: isStepping(s) };
}

/** @param {State} s */
export function stepping(s) {
  return { ...numbers(s), walk: isStepping(s) ? walkOf(s) : null };
}

/** @param {State} s */
export function guessing(s) {
  return { ...numbers(s), open: !isStale(s) && walkOf(s) !== null };
}

/** @param {State} s */
export function happening(s) {
  return { ...numbers(s), problem: s.problem, walk: walkOf(s) };
}

/** @param {State} s */
export function controlling(s) {
  const { step, trace, playing, speed, problem, text } = s;
  return { step, trace, playing, speed, problem, text, forwards: s.tape.size };
}

/**
 * @type {{graph: State["graph"], folds: State["folds"], by: ReturnType<typeof grain>, closed: ReadonlySet<string>,
 *   usual: number, shown: import("./shown.js").Shown} | null}
 */
let lastShown = null;

/** The graph as finely as it is drawn. @param {State} s */
function shownOf({ graph, folds }) {
  const by = grainOf(graph);
  if (lastShown?.graph !== graph || lastShown.folds !== folds || lastShown.by !== by) {
    const shown = by?.shownWith(graph, folds) ?? { closed: OPEN, usual: 0, shown: wholeOf(graph) };
    lastShown = { graph, folds, by, ...shown };
  }
  return lastShown;
}

/** A graph without groups does without, and is not drawn again when it comes. @param {State["graph"]} graph */
function grainOf({ groups }) {
  return groups.length > 0 ? grain() : null;
}

/** @type {ReadonlySet<string>} */
const OPEN = new Set();

/** The groups around the selected node, the outermost first. @param {State} s */
export function folding(s) {
  const { id } = explaining(s);
  const { closed, usual } = shownOf(s);
  const around = id === null ? NOWHERE : aroundOf(s, id);
  return { graph: s.graph, id, closed, around, whole: s.folds.has(EVERY), usual };
}

/** @typedef {ReturnType<import("./grain.js").Grain["groupsAround"]>} Around */
/** @type {Around} */
const NOWHERE = [];
/** @type {{graph: State["graph"], id: number, by: ReturnType<typeof grain>, around: Around} | null} */
let lastAround = null;

/** @param {State} s @param {number} id */
function aroundOf({ graph }, id) {
  const by = grainOf(graph);
  if (lastAround?.graph !== graph || lastAround.id !== id || lastAround.by !== by)
    lastAround = { graph, id, by, around: by?.groupsAround(graph, id) ?? NOWHERE };
  return lastAround.around;
}

/** @param {State} s */
export function staging(s) {
  return {
    graph: s.graph,
    shown: shownOf(s).shown,
    tape: s.tape,
    tick: s.tick,
    walk: walkOf(s),
    selected: explaining(s).id,
    why: causing(s).why,
    local: s.local,
    dimmed: isStale(s),
  };
}

/** @param {State} s */
export function listing(s) {
  return { ...numbers(s), selected: s.selected, open: s.view === "table", walk: walkOf(s) };
}

/** @param {State} s */
function isStepping(s) {
  return s.asking === "step" && !isStale(s);
}

/** @type {{graph: State["graph"], ids: number[]} | null} */
let lastTurnable = null;

/** Parameters whose number can be turned. @param {State} state */
function turnableOf(state) {
  const { graph } = state;
  if (lastTurnable?.graph !== graph) {
    const ids = graph.nodes
      .filter(({ id, role }) => role === "parameter" && isTurnable(state, id))
      .map(({ id }) => id);
    lastTurnable = { graph, ids };
  }
  return lastTurnable.ids;
}
