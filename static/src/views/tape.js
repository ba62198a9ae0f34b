/**
 * The tape: the forward lane writes data, left to right; one U-turn at the output; the backward lane writes grad, right
 * to left. One box per event. A press on a box, or a drag over boxes, moves the playhead there.
 */
import { each, h, once, set, write } from "../dom.js";
import { nameOf } from "../explain.js";
import { exactNumber, shortNumber, signedNumber } from "../numbers.js";
import { contributionOf } from "../replay.js";
import { nameNodes } from "../said.js";

/**
 * @typedef {import("../trace.js").Event} Event
 * @typedef {Pick<import("../state.js").State, "graph" | "tape" | "tick" | "trace" | "step"> & {width: number,
 *   pane: string, stale: boolean, send: (action: import("../state.js").Action) => void}} Slice width: of the page
 * @typedef {{forward: HTMLElement, backward: HTMLElement, before: HTMLElement, after: HTMLElement, turn: HTMLElement,
 *   lanes: HTMLElement, slice: Slice, counts: Map<number, number>, trace: Event[] | null, width: number,
 *   place: string}} Parts
 */

/** A box, and one whose name and number are longer. */
const NARROW = 74;
const ROOMY = 108;
const GAP = 12;
/** Kept free for the U-turn. */
const TURN = 40;

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function tape(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const { trace, step } = slice;
  if (parts.trace !== trace) {
    parts.trace = trace;
    parts.counts = new Map();
    for (const { kind, target } of trace)
      if (kind !== "forward") parts.counts.set(target, (parts.counts.get(target) ?? 0) + 1);
  }
  const turn = trace.findIndex(({ kind }) => kind !== "forward");
  const forwards = turn < 0 ? trace.length : turn;
  // Asked only when it may have changed: the answer costs a layout.
  const place = `${slice.width} ${slice.pane}`;
  if (parts.place !== place || parts.width <= 0) parts.width = parts.lanes.clientWidth - TURN;
  parts.place = place;
  const { width } = parts;
  const longest = Math.max(forwards, trace.length - forwards);
  const all = longest * (NARROW + GAP) - GAP <= width;
  const room = all ? longest : Math.max(2, Math.floor((width + GAP) / (ROOMY + GAP)));
  const ahead = windowOf(forwards, Math.min(step, forwards) - 1, room);
  const behind = windowOf(trace.length - forwards, Math.max(step - forwards - 1, 0), room);
  lane(parts, parts.forward, ahead.from, ahead.to);
  lane(parts, parts.backward, forwards + behind.from, forwards + behind.to);
  write(parts.before, ahead.from > 0 ? `${ahead.from} before` : "");
  write(
    parts.after,
    forwards + behind.to < trace.length ? `${trace.length - forwards - behind.to} to come` : "",
  );
  set(parts.turn, { "data-open": ahead.to < forwards || behind.from > 0 });
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const forward = h("ol", { class: "lane lane-forward", "aria-label": "Forward: writes data" });
  const backward = h("ol", { class: "lane lane-backward", "aria-label": "Backward: writes grad" });
  const before = h("span", { class: "lane-more" });
  const after = h("span", { class: "lane-more" });
  const turn = h("div", { class: "turn-back", "aria-hidden": true });
  const lanes = h("div", { class: "lanes" }, forward, backward, turn);
  root.append(
    h(
      "div",
      { class: "lane-names" },
      h("p", {}, h("b", {}, "forward →"), h("span", {}, "writes data"), before),
      h("p", {}, h("b", {}, "← backward"), h("span", {}, "writes grad"), after),
    ),
    lanes,
  );
  const parts = {
    forward,
    backward,
    before,
    after,
    turn,
    lanes,
    slice: first,
    counts: new Map(),
    trace: null,
    width: 0,
    place: "",
  };
  lanes.addEventListener("pointerdown", (event) => {
    drag(parts, event);
    const follow = (/** @type {PointerEvent} */ move) => drag(parts, move);
    lanes.addEventListener("pointermove", follow);
    addEventListener("pointerup", () => lanes.removeEventListener("pointermove", follow), { once: true });
  });
  return parts;
}

/** Moves the playhead to the box under the pointer. @param {Parts} parts @param {PointerEvent} event */
function drag({ slice, lanes }, event) {
  if (slice.stale) return;
  const under = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-step]");
  if (!under || !lanes.contains(under)) return;
  const step = Number(under.getAttribute("data-step"));
  if (step === slice.step) return;
  slice.send({ type: "pause" });
  slice.send({ type: "step", step });
}

/**
 * The events of a lane that are in view: all, or as many as there is room for around the playhead.
 * @param {number} count
 * @param {number} at
 * @param {number} room
 */
function windowOf(count, at, room) {
  const from = Math.max(0, Math.min(at - Math.floor(room / 2), count - room));
  return { from, to: Math.min(count, from + room) };
}

/**
 * @param {Parts} parts
 * @param {HTMLElement} root
 * @param {number} from first event
 * @param {number} to past the last
 */
function lane(parts, root, from, to) {
  const { slice } = parts;
  const indexes = Array.from({ length: to - from }, (_, k) => from + k);
  each(
    root,
    indexes,
    (at) => at,
    (at) =>
      h(
        "li",
        { "data-step": at + 1 },
        h(
          "button",
          {
            type: "button",
            class: "cell",
            tabindex: "-1",
            onclick: () => {
              parts.slice.send({ type: "pause" });
              parts.slice.send({ type: "step", step: at + 1 });
            },
          },
          h("span", { class: "cell-name" }),
          " ",
          h("span", { class: "cell-number" }),
        ),
      ),
    (element, at) => cell(/** @type {HTMLElement} */ (element.firstElementChild), parts, slice.trace[at], at),
  );
}

/** @param {HTMLElement} element @param {Parts} parts @param {Event} event @param {number} at */
function cell(element, { slice, counts }, event, at) {
  const { graph, tape, step, stale } = slice;
  const forward = event.kind === "forward";
  const node = forward ? event.node : event.target;
  const amount = forward ? tape.data[node] : event.kind === "seed" ? 1 : contributionOf(tape, event.edge);
  const done = at < step;
  const sign = forward || !done || amount === 0 || Number.isNaN(amount) ? "none" : amount > 0 ? "pos" : "neg";
  const several = !forward && (counts.get(node) ?? 0) > 1;
  const number = !done ? "" : several ? signedNumber(amount, 7) : shortNumber(amount, 7);
  set(element, {
    disabled: stale,
    "data-done": done,
    "data-now": at === step - 1 && step < slice.trace.length,
    "data-sign": sign,
    title: done ? exactNumber(amount) : null,
    "aria-label": `Step ${at + 1}, ${nameOf(graph, node)} ${done ? number : "not yet"}`,
  });
  const call = nameOf(graph, node);
  const [name, value] = /** @type {HTMLElement[]} */ (Array.from(element.children));
  if (name.dataset.drawn !== call) {
    name.dataset.drawn = call;
    name.replaceChildren(...nameNodes(call));
  }
  write(value, number);
}
