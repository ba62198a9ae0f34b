/**
 * Every parameter with a slider, its number, and what its gradient says: the effect on the output.
 * A slider reaches a round number beyond the value; dragging the number itself has no end (Shift ×10, Alt ÷10).
 */
import { each, h, once, s, set, write } from "../dom.js";
import { exactNumber, MINUS, shortNumber, signedNumber } from "../numbers.js";

/**
 * @typedef {import("../state.js").State} State
 * @typedef {Pick<State, "graph" | "tape" | "tick" | "selected"> & {enabled: boolean, grads: Float64Array | null,
 *   turnable: number[], output: string, send: (action: import("../state.js").Action) => void}} Slice
 * @typedef {{list: HTMLElement, note: HTMLElement, more: HTMLElement, target: HTMLElement, all: boolean,
 *   reach: Map<number, number>, graph: State["graph"] | null, slice: Slice}} Parts
 */

/** Rows shown before the reader asks for all of them. */
const FEW = 8;
const NICE = [1, 1.5, 2, 3, 5, 8];

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function parameters(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  if (parts.graph !== slice.graph) {
    parts.graph = slice.graph;
    parts.reach.clear();
  }
  root.hidden = slice.turnable.length === 0;
  write(parts.target, slice.output);
  const shown = parts.all ? slice.turnable : slice.turnable.slice(0, FEW);
  const most = Math.max(...slice.turnable.map((id) => Math.abs(gradOf(slice, id) || 0)), 0);
  each(
    parts.list,
    shown,
    (id) => `${id}-${slice.graph.nodes[id].name}`,
    (id) => row(parts, id),
    (element, id) => draw(element, parts, id, most),
  );
  parts.more.hidden = slice.turnable.length <= FEW;
  write(parts.more, parts.all ? "Show fewer" : `Show all ${slice.turnable.length}`);
  write(parts.note, waiting(slice));
  parts.note.hidden = parts.note.textContent === "";
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const target = h("span", { class: "name" });
  const list = h("div", { class: "parameters" });
  const note = h("p", { class: "block-note" });
  const more = h("button", {
    type: "button",
    class: "link block-note",
    onclick: () => {
      parts.all = !parts.all;
      parameters(root, parts.slice);
    },
  });
  /** @type {Parts} */
  const parts = { list, note, more, target, all: false, reach: new Map(), graph: null, slice: first };
  list.append(
    h(
      "div",
      { class: "parameters-head" },
      h("h2", { id: "parameters-title" }, "Parameters"),
      h("span", {}, "value"),
      h("span", {}, "effect on ", target),
    ),
  );
  root.append(list, note, more);
  return parts;
}

/** @param {Parts} parts @param {number} id */
function row(parts, id) {
  const name = parts.slice.graph.nodes[id].name ?? "value";
  /** @param {number} value */
  const turn = (value) => parts.slice.send({ type: "turn", id, value });
  const release = () => parts.slice.send({ type: "release" });
  const select = () => parts.slice.send({ type: "select", id });
  const slider = h("input", {
    type: "range",
    class: "slider",
    step: "any",
    "aria-label": `${name}, slider`,
    onpointerdown: select,
    onchange: release,
    oninput: (/** @type {InputEvent} */ event) => {
      const input = /** @type {HTMLInputElement} */ (event.currentTarget);
      turn(rounded(input.valueAsNumber, Number(input.max)));
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => arrow(event, parts, id, turn),
    onkeyup: release,
  });
  const field = h("input", {
    type: "text",
    inputmode: "decimal",
    class: "field",
    "aria-label": `${name}, value`,
    onfocus: select,
    oninput: (/** @type {InputEvent} */ event) => {
      const input = /** @type {HTMLInputElement} */ (event.currentTarget);
      const value = numberOf(input.value);
      set(input, { "aria-invalid": value === null || null });
      if (value !== null) turn(value);
    },
    onblur: (/** @type {FocusEvent} */ event) => {
      release();
      const input = /** @type {HTMLInputElement} */ (event.currentTarget);
      set(input, { "aria-invalid": null });
      input.value = shortNumber(parts.slice.tape.data[id], 6);
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => arrow(event, parts, id, turn),
    onpointerdown: (/** @type {PointerEvent} */ event) => scrub(event, parts, id, turn, release),
  });
  return h(
    "div",
    { class: "parameter" },
    h("button", { type: "button", class: "parameter-name", title: name, onclick: select }, name),
    slider,
    field,
    h("div", { class: "effect" }),
  );
}

/** @param {HTMLElement} element @param {Parts} parts @param {number} id @param {number} most */
function draw(element, parts, id, most) {
  const { slice, reach } = parts;
  const value = slice.tape.data[id];
  const size = Math.abs(value);
  if (!reach.has(id) || size > /** @type {number} */ (reach.get(id))) reach.set(id, niceReach(size));
  const end = /** @type {number} */ (reach.get(id));
  const [, slider, field, effect] = /** @type {HTMLElement[]} */ (Array.from(element.children));
  set(element, { "data-selected": slice.selected === id });
  if (slider instanceof HTMLInputElement && field instanceof HTMLInputElement) {
    set(slider, { min: -end, max: end, "aria-valuetext": shortNumber(value) });
    if (slider.valueAsNumber !== value) slider.value = String(value);
    const at = 50 + (50 * value) / end;
    slider.style.setProperty("--from", String(Math.min(at, 50)));
    slider.style.setProperty("--to", String(Math.max(at, 50)));
    slider.disabled = !slice.enabled;
    field.disabled = !slice.enabled;
    if (document.activeElement !== field || numberOf(field.value) !== value)
      field.value = shortNumber(value, 6);
    set(field, { title: exactNumber(value) });
  }
  drawEffect(effect, gradOf(slice, id), most);
}

/** @param {HTMLElement} element @param {number | null} grad null: not yet computed @param {number} most */
function drawEffect(element, grad, most) {
  const text = grad === null ? "" : signedNumber(grad, 7);
  if (element.dataset.drawn === `${text} ${grad} ${most}`) return;
  element.dataset.drawn = `${text} ${grad} ${most}`;
  const part =
    grad && most > 0 && Number.isFinite(most) ? Math.sqrt(Math.min(1, Math.abs(grad) / most)) * 11 : 0;
  const sign = grad === null || grad === 0 || Number.isNaN(grad) ? "" : grad > 0 ? "pos" : "neg";
  element.replaceChildren(
    s(
      "svg",
      { viewBox: "0 0 24 10", "aria-hidden": true },
      part > 0 &&
        s("rect", {
          class: `bar-${sign}`,
          x: sign === "neg" ? 12 - part : 12,
          y: 2.5,
          width: part,
          height: 5,
        }),
      s("path", { class: "tick", d: "M12 0v10" }),
    ),
    h("span", { class: sign || "quiet", title: grad === null ? null : exactNumber(grad) }, text || "not yet"),
  );
}

/**
 * The arrow keys: a hundredth of the reach, Shift ten times, Alt a tenth.
 * @param {KeyboardEvent} event
 * @param {Parts} parts
 * @param {number} id
 * @param {(value: number) => void} turn
 */
function arrow(event, { slice, reach }, id, turn) {
  const field = event.currentTarget instanceof HTMLInputElement && event.currentTarget.type === "text";
  const up = event.key === "ArrowUp" || (!field && event.key === "ArrowRight");
  const down = event.key === "ArrowDown" || (!field && event.key === "ArrowLeft");
  if (!up && !down) return;
  event.preventDefault();
  const step = stepOf(reach.get(id) ?? 1) * (event.shiftKey ? 10 : event.altKey ? 0.1 : 1);
  turn(tidy(slice.tape.data[id] + (up ? step : -step), step));
}

/**
 * A number dragged sideways: a pixel is a step. A press without a drag is a click into the field.
 * @param {PointerEvent} event
 * @param {Parts} parts
 * @param {number} id
 * @param {(value: number) => void} turn
 * @param {() => void} release
 */
function scrub(event, { slice, reach }, id, turn, release) {
  const field = /** @type {HTMLInputElement} */ (event.currentTarget);
  if (event.button !== 0 || document.activeElement === field) return;
  const start = event.clientX;
  let last = start;
  let value = slice.tape.data[id];
  let dragged = false;
  /** @param {PointerEvent} move */
  const follow = (move) => {
    if (!dragged && Math.abs(move.clientX - start) < 4) return;
    if (!dragged) field.setPointerCapture(move.pointerId);
    dragged = true;
    const step = stepOf(reach.get(id) ?? 1) * (move.shiftKey ? 10 : move.altKey ? 0.1 : 1);
    value += (move.clientX - last) * step;
    last = move.clientX;
    turn(tidy(value, step));
  };
  const stop = () => {
    field.removeEventListener("pointermove", follow);
    if (dragged) field.blur();
    release();
  };
  field.addEventListener("pointermove", follow);
  field.addEventListener("pointerup", stop, { once: true });
  field.addEventListener("pointercancel", stop, { once: true });
}

/** @param {Slice} slice @param {number} id */
function gradOf({ grads, tape }, id) {
  if (grads === null) return tape.grad[id];
  return Number.isNaN(grads[id]) && !Number.isNaN(tape.grad[id]) ? null : grads[id];
}

/** Which parameters have no gradient yet, in words. @param {Slice} slice */
function waiting(slice) {
  const names = slice.turnable
    .filter((id) => gradOf(slice, id) === null)
    .map((id) => slice.graph.nodes[id].name ?? "one");
  if (names.length === 0) return "";
  if (names.length > 6) return `${names.length} parameters have no gradient yet.`;
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return `${list} ${names.length === 1 ? "has" : "have"} no gradient yet.`;
}

/** A round number with room beyond the value. @param {number} size */
function niceReach(size) {
  if (!(size > 0) || !Number.isFinite(size)) return 1;
  const wanted = Math.max(1, size * 1.25);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const nice = NICE.find((one) => one * power >= wanted);
  return nice === undefined ? 10 * power : nice * power;
}

/** @param {number} reach */
function stepOf(reach) {
  return 10 ** (Math.ceil(Math.log10(reach)) - 2);
}

/** A slider's value on a grid as fine as its pixels. @param {number} value @param {number} reach */
function rounded(value, reach) {
  const step = stepOf(reach);
  return Math.abs(value - Math.round(value / step) * step) < step / 2 ? tidy(value, step) : value;
}

/** The nearest multiple of a power of ten, without its binary dust. @param {number} value @param {number} step */
function tidy(value, step) {
  return Number((Math.round(value / step) * step).toPrecision(12));
}

/** @param {string} text @returns {number | null} */
function numberOf(text) {
  const plain = text.trim().replaceAll(MINUS, "-");
  const value = Number(plain);
  return plain === "" || !Number.isFinite(value) ? null : value;
}
