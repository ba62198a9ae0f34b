/** Before stepping on: what will it be? A guess is checked with a reason, then the step is taken. */
import { h, once, set } from "../dom.js";
import { judge, question } from "../guess.js";
import { MINUS } from "../numbers.js";
import { said } from "../said.js";

/**
 * @typedef {Pick<import("../state.js").State, "graph" | "tape" | "tick" | "trace" | "step"> & {open: boolean,
 *   send: (action: import("../state.js").Action) => void}} Slice open: whether the reader is stepping
 * @typedef {{ask: HTMLElement, form: HTMLElement, input: HTMLInputElement, answer: HTMLElement, slice: Slice}} Parts
 */

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function guess(root, slice) {
  const parts = once(known, root, () => build(root));
  const before = parts.slice;
  parts.slice = slice;
  const asked = slice.open ? question(slice.graph, slice.tape, slice.trace[slice.step]) : null;
  const moved = before === undefined || before.step !== slice.step || before.trace !== slice.trace;
  if (moved) {
    parts.input.value = "";
    set(parts.input, { "aria-invalid": null });
  }
  parts.form.hidden = asked === null;
  parts.ask.replaceChildren(...(asked === null ? [] : said(asked)));
  // The reason for an answer stays for the step it was about, and goes with the next.
  if (moved && before !== undefined && slice.step !== Number(parts.answer.dataset.step))
    parts.answer.replaceChildren();
  root.hidden = asked === null && !(slice.open && parts.answer.hasChildNodes());
}

/** @param {HTMLElement} root @returns {Parts} */
function build(root) {
  const ask = h("p", { class: "guess-ask", id: "guess-ask" });
  const input = h("input", {
    type: "text",
    inputmode: "text",
    class: "field",
    placeholder: "your guess",
    "aria-labelledby": "guess-ask",
    autocomplete: "off",
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Enter") check();
    },
  });
  const form = h(
    "div",
    { class: "guess-row" },
    input,
    h("button", { type: "button", class: "button", onclick: () => check() }, "Check, then step"),
  );
  const answer = h("p", { class: "guess-answer", role: "status" });
  root.append(h("h2", {}, "Before you step on"), ask, form, answer);
  const parts = /** @type {Parts} */ (
    /** @type {unknown} */ ({ ask, form, input, answer, slice: undefined })
  );

  function check() {
    const { graph, tape, trace, step, send } = parts.slice;
    const value = numberOf(input.value);
    set(input, { "aria-invalid": value === null || null });
    if (value === null) return;
    const { right, sentence } = judge(graph, tape, trace, step, value);
    answer.dataset.step = String(step + 1);
    answer.replaceChildren(h("b", { class: right ? "good" : "bad" }, right ? "✓ " : "✗ "), ...said(sentence));
    send({ type: "step", step: step + 1 });
  }
  return parts;
}

/** A number, or a product or sum of numbers: `2 * -3`. @param {string} text @returns {number | null} */
function numberOf(text) {
  const plain = text.replaceAll(MINUS, "-").replaceAll("×", "*").replaceAll(" ", "");
  if (plain === "") return null;
  let sum = 0;
  for (const term of plain.match(/(?:^|[+-])(?:[^+\-*eE]|[eE][+-]?|\*[+-]?)+/g) ?? [Number.NaN.toString()]) {
    sum += term
      .split("*")
      .reduce((product, factor) => product * (factor === "" ? Number.NaN : Number(factor)), 1);
  }
  return Number.isFinite(sum) ? sum : null;
}
