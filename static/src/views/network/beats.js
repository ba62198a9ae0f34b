/** The five beats of a step: what each did, which is now; the step; the playhead over all that were recorded. */
import { h, once, set, write } from "../../dom.js";
import { icon, PAUSE, PLAY } from "../../icons.js";
import { shortNumber } from "../../numbers.js";

/**
 * @typedef {{step: number, beat: number, last: number, steps: number, loss: number | null, rate: number, examples: number,
 *   parameters: number, zero: boolean, rule: string, playing: boolean, enabled: boolean, send: (action: import("../../network/state.js").Action) => void}} Slice
 * @typedef {{buttons: HTMLButtonElement[], words: HTMLElement[], where: HTMLElement, scrub: HTMLInputElement,
 *   train: HTMLButtonElement, slice: Slice}} Parts
 */

const TITLES = ["Forward", "Loss", "Zero the grads", "Backward", "Update"];

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function beats(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const { step, beat, last, steps } = slice;
  const said = saidOf(slice);
  parts.buttons.forEach((button, k) => {
    set(button, { "aria-current": k === beat ? "step" : null });
    write(parts.words[k], said[k]);
  });
  const label = slice.playing ? "Pause" : "Train";
  if (parts.train.textContent !== label)
    parts.train.replaceChildren(icon(slice.playing ? PAUSE : PLAY), label);
  parts.train.disabled = !slice.enabled && !slice.playing;
  parts.where.replaceChildren(
    h("b", {}, `Step ${step}`),
    ` of ${Math.max(last, steps)}`,
    h("br"),
    step < last ? `${last} recorded` : "and again",
  );
  set(parts.scrub, { max: last, "aria-valuetext": `step ${step} of ${last} recorded` });
  parts.scrub.valueAsNumber = step;
  parts.scrub.disabled = last === 0;
  parts.scrub.style.setProperty("--from", "0");
  parts.scrub.style.setProperty("--to", String(last === 0 ? 0 : (100 * step) / last));
}

/** @param {Slice} slice */
function saidOf({ examples, loss, parameters, zero, rule }) {
  const many = (/** @type {number} */ count, /** @type {string} */ what) =>
    `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
  return [
    many(examples, "prediction"),
    loss === null ? "one number" : `one number: ${shortNumber(loss)}`,
    zero ? "forget the last step" : "left out: grads add up",
    many(parameters, "gradient"),
    rule,
  ];
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const words = TITLES.map(() => h("span", {}));
  const buttons = TITLES.map((title, k) =>
    h(
      "button",
      { type: "button", onclick: () => parts.slice.send({ type: "go", step: parts.slice.step, beat: k }) },
      h("b", {}, `${k + 1}  ${title}`),
      words[k],
    ),
  );
  /** @type {Parts} */
  const parts = {
    buttons,
    words,
    where: h("p", { class: "beat-where" }),
    train: h("button", {
      type: "button",
      class: "button primary only-phone",
      onclick: () => parts.slice.send({ type: parts.slice.playing ? "pause" : "play" }),
    }),
    scrub: h("input", {
      type: "range",
      class: "slider beat-scrub",
      min: 0,
      step: 1,
      "aria-label": "Step on screen",
      oninput: () => parts.slice.send({ type: "go", step: parts.scrub.valueAsNumber }),
    }),
    slice: first,
  };
  root.append(
    h("ol", { class: "beat-list" }, ...buttons.map((button) => h("li", { class: "beat" }, button))),
    parts.train,
    parts.where,
    parts.scrub,
  );
  return parts;
}
