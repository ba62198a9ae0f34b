/** Controls of a form as elements: a choice of a few, a list, a field with its problem. */
import { h, set } from "./dom.js";

/** @typedef {{value: string, title: string}} Choice */

let made = 0;

/**
 * A few choices side by side, one of them taken.
 * @param {string} label
 * @param {readonly Choice[]} choices
 * @param {(value: string) => void} choose
 */
export function segments(label, choices, choose) {
  const name = `segment-${++made}`;
  const inputs = choices.map(({ value }) =>
    h("input", { type: "radio", name, value, onchange: () => choose(value) }),
  );
  const element = h(
    "div",
    { class: "segment", role: "radiogroup", "aria-label": label },
    ...choices.map(({ title }, k) => h("label", {}, inputs[k], h("span", {}, title))),
  );
  /** @param {string} value */
  const update = (value) => {
    for (const input of inputs) input.checked = input.value === value;
  };
  return { element, update };
}

/**
 * A list to choose from.
 * @param {string} id
 * @param {readonly Choice[]} choices
 * @param {(value: string) => void} choose
 */
export function list(id, choices, choose) {
  const element = h(
    "select",
    { id, onchange: () => choose(element.value) },
    ...choices.map(({ value, title }) => h("option", { value }, title)),
  );
  return element;
}

/**
 * A field that says what it holds when it is left or Enter is pressed.
 * @param {string} id
 * @param {(text: string) => void} take
 * @param {Record<string, import("./dom.js").Property>} [properties]
 */
export function field(id, take, properties = {}) {
  const element = h("input", {
    type: "text",
    class: "field",
    autocomplete: "off",
    spellcheck: "false",
    id,
    onchange: () => take(element.value),
    ...properties,
  });
  return element;
}

/** Writes a field that nobody is typing in. @param {HTMLInputElement | HTMLTextAreaElement} element @param {string} text @param {boolean} [wrong] */
export function show(element, text, wrong = false) {
  if (document.activeElement !== element && !wrong && element.value !== text) element.value = text;
  set(element, { "aria-invalid": wrong || null });
}
