/** Where the walk stands, as a slider with a U-turn: forward along the upper lane, back along the lower one. */
import { h, once, set } from "../dom.js";
import { whenTouched } from "../touched.js";

/**
 * @typedef {{step: number, forwards: number, steps: number, go: (step: number) => void}} Slice forwards: steps of the
 *   forward pass
 * @typedef {{lanes: HTMLElement, ahead: HTMLElement, turn: HTMLElement, behind: HTMLElement, knob: HTMLElement,
 *   slice: Slice}} Parts
 */

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function playhead(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const { step, forwards, steps } = slice;
  const ahead = share(Math.min(step, forwards), forwards);
  const behind = share(step - forwards, steps - forwards);
  const back = step > forwards;
  parts.ahead.style.width = per(ahead);
  parts.behind.style.width = per(behind);
  set(parts.turn, { "data-done": back });
  set(parts.knob, { "data-lane": back ? "back" : "on" });
  parts.knob.style.left = per(back ? 1 - behind : ahead);
  set(parts.lanes, { "aria-valuemax": steps, "aria-valuenow": step, "aria-valuetext": told(slice) });
}

/** @param {number} part @param {number} whole */
function share(part, whole) {
  return whole > 0 ? Math.max(0, part / whole) : 0;
}

/** @param {number} of1 */
function per(of1) {
  return `${100 * of1}%`;
}

/** @param {Slice} slice */
function told({ step, forwards, steps }) {
  const part = step === 0 ? "before the first" : step <= forwards ? "forward" : "backward";
  return `step ${step} of ${steps}, ${part}`;
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const ahead = h("span", { class: "lane-done ahead" });
  const behind = h("span", { class: "lane-done behind" });
  const turn = h("span", { class: "lane-turn" });
  const knob = h("span", { class: "lane-knob" });
  const lanes = h(
    "div",
    { class: "playhead-lanes", role: "slider", tabindex: "0", "aria-label": "Playhead", "aria-valuemin": 0 },
    h("span", { class: "lane-start" }),
    turn,
    ahead,
    behind,
    knob,
  );
  const names = h(
    "span",
    { class: "playhead-names", "aria-hidden": true },
    h("span", {}, "forward →"),
    h("span", {}, "← backward"),
  );
  root.append(names, lanes);
  const parts = { lanes, ahead, turn, behind, knob, slice: first };

  whenTouched(lanes, async () => {
    const { bindLanes } = await import("./playhead-input.js");
    return () => bindLanes(lanes, () => parts.slice);
  });
  return parts;
}
