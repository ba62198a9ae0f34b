/** Every parameter with a slider, its number, and what its gradient says: the effect on the output. */
import { each, fill, h, once, s, set, write } from "../dom.js";
import { exactNumber, signedNumber } from "../numbers.js";
import { nameElement, nameNodes } from "../said.js";
import { createTurner } from "../turner.js";

/**
 * @typedef {import("../state.js").State} State
 * @typedef {Pick<State, "graph" | "tape" | "tick" | "selected"> & {enabled: boolean, grads: Float64Array | null,
 *   turnable: number[], output: string, send: (action: import("../state.js").Action) => void}} Slice
 *   grads: as far as a walk has come; null at its end
 * @typedef {{list: HTMLElement, note: HTMLElement, more: HTMLElement, target: HTMLElement, all: boolean,
 *   graph: State["graph"] | null, slice: Slice}} Parts
 */

/** Rows shown before the reader asks for all of them. */
const FEW = 8;

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();
/** @type {WeakMap<Element, import("../turner.js").Turner>} */
const turners = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function parameters(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const fresh = parts.graph !== slice.graph;
  parts.graph = slice.graph;
  root.hidden = slice.turnable.length === 0;
  if (fresh) fill(parts.target, ...nameNodes(slice.output));
  set(parts.list, { "aria-disabled": !slice.enabled || null });
  const shown = parts.all ? slice.turnable : slice.turnable.slice(0, FEW);
  const most = Math.max(...slice.turnable.map((id) => Math.abs(gradOf(slice, id) || 0)), 0);
  each(
    parts.list,
    shown,
    (id) => `${id} ${nameOf(slice, id)}`,
    (id) => row(parts, id),
    (element, id) => draw(element, slice, id, most, fresh),
  );
  parts.more.hidden = slice.turnable.length <= FEW;
  write(parts.more, parts.all ? "Show fewer" : `Show all ${slice.turnable.length}`);
  parts.note.replaceChildren(...waiting(slice));
  parts.note.hidden = parts.note.textContent === "";
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const target = h("span", { class: "name" });
  const list = h("div", { class: "parameters", role: "group", "aria-labelledby": "parameters-title" });
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
  const parts = { list, note, more, target, all: false, graph: null, slice: first };
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
  const name = nameOf(parts.slice, id);
  const select = () => parts.slice.send({ type: "select", id });
  const turner = createTurner(name, {
    turn: (value) => parts.slice.send({ type: "turn", id, value }),
    release: () => parts.slice.send({ type: "release" }),
    select,
  });
  const element = h(
    "div",
    { class: "parameter" },
    h("button", { type: "button", class: "parameter-name", title: name, onclick: select }, name),
    turner.slider,
    turner.field,
    h("div", { class: "effect" }),
  );
  turners.set(element, turner);
  return element;
}

/** @param {HTMLElement} element @param {Slice} slice @param {number} id @param {number} most @param {boolean} fresh */
function draw(element, slice, id, most, fresh) {
  set(element, { "data-selected": slice.selected === id });
  const turner = turners.get(element);
  if (fresh) turner?.rename(nameOf(slice, id));
  turner?.update(slice.tape.data[id], slice.enabled);
  drawEffect(/** @type {HTMLElement} */ (element.lastElementChild), gradOf(slice, id), most);
}

/** @param {HTMLElement} element @param {number | null} grad null: not yet computed @param {number} most */
function drawEffect(element, grad, most) {
  const text = grad === null ? "" : signedNumber(grad, 7);
  const drawn = `${text} ${grad} ${most}`;
  if (element.dataset.drawn === drawn) return;
  element.dataset.drawn = drawn;
  const share = grad && most > 0 && Number.isFinite(most) ? Math.min(1, Math.abs(grad) / most) : 0;
  const length = Math.sqrt(share) * 11;
  const sign = grad === null || grad === 0 || Number.isNaN(grad) ? "" : grad > 0 ? "pos" : "neg";
  element.replaceChildren(
    s(
      "svg",
      { viewBox: "0 0 24 10", "aria-hidden": true },
      length > 0 &&
        s("rect", {
          class: `bar-${sign}`,
          x: sign === "neg" ? 12 - length : 12,
          y: 2.5,
          width: length,
          height: 5,
        }),
      s("path", { class: "tick", d: "M12 0v10" }),
    ),
    h("span", { class: sign || "quiet", title: grad === null ? null : exactNumber(grad) }, text),
  );
}

/** @param {Slice} slice @param {number} id */
function gradOf({ grads, tape }, id) {
  if (grads === null) return tape.grad[id];
  return Number.isNaN(grads[id]) && !Number.isNaN(tape.grad[id]) ? null : grads[id];
}

/** @param {Slice} slice @param {number} id */
function nameOf({ graph }, id) {
  return graph.nodes[id].name ?? "value";
}

/** Which parameters have no gradient yet, in words. @param {Slice} slice @returns {Node[]} */
function waiting(slice) {
  const names = slice.turnable.filter((id) => gradOf(slice, id) === null).map((id) => nameOf(slice, id));
  if (names.length === 0) return [];
  const rest = `${names.length === 1 ? "has" : "have"} no gradient yet.`;
  if (names.length > 6) return [new Text(`${names.length} parameters ${rest}`)];
  const between = (/** @type {number} */ i) =>
    i + 1 < names.length - 1 ? ", " : i + 1 < names.length ? " and " : " ";
  return [...names.flatMap((name, i) => [nameElement(name), new Text(between(i))]), new Text(rest)];
}
