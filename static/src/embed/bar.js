/** The bar under an embedded graph: a step back, play, a step on, the playhead, and the way to the studio. */
import { h, once, s, set, write } from "../dom.js";
import { BACK, icon, ON, PAUSE, PLAY } from "../icons.js";
import { playhead } from "./playhead.js";

/**
 * @typedef {{step: number, forwards: number, steps: number, playing: boolean,
 *   send: (action: import("../state.js").Action) => void}} Slice
 * @typedef {{back: HTMLButtonElement, play: HTMLButtonElement, on: HTMLButtonElement, head: HTMLElement,
 *   where: HTMLElement, sign: string, slice: Slice}} Parts
 */

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/**
 * @param {HTMLElement} root
 * @param {Slice} slice
 * @param {HTMLElement} open the link to the studio
 */
export function bar(root, slice, open) {
  const parts = once(known, root, () => build(root, slice, open));
  parts.slice = slice;
  const { step, steps, playing } = slice;
  // A button that has the focus keeps it: at either end it is only marked as of no use.
  set(parts.back, { "aria-disabled": step === 0 });
  set(parts.on, { "aria-disabled": step === steps });
  const sign = playing ? "Pause" : step === steps ? "Replay" : "Play";
  if (parts.sign !== sign) parts.play.replaceChildren(icon(playing ? PAUSE : PLAY));
  parts.sign = sign;
  set(parts.play, { "aria-label": sign, title: sign });
  playhead(parts.head, { ...slice, go: (to) => go(slice, to) });
  write(parts.where, `${step} of ${steps}`);
}

/** @param {Slice} slice @param {number} to */
function go({ send, steps }, to) {
  send({ type: "pause" });
  send({ type: "step", step: Math.min(steps, Math.max(0, to)) });
}

/** @param {HTMLElement} root @param {Slice} first @param {HTMLElement} open @returns {Parts} */
function build(root, first, open) {
  const parts = {
    back: button(BACK, "One step back", () => go(parts.slice, parts.slice.step - 1)),
    play: h("button", {
      type: "button",
      class: "button icon primary",
      onclick: () => parts.slice.send({ type: parts.slice.playing ? "pause" : "play" }),
    }),
    on: button(ON, "One step on", () => go(parts.slice, parts.slice.step + 1)),
    head: h("div", { class: "playhead" }),
    where: h("p", { class: "embed-where" }),
    sign: "",
    slice: first,
  };
  root.append(
    h("div", { class: "embed-buttons" }, parts.back, parts.play, parts.on),
    parts.head,
    parts.where,
    open,
  );
  return parts;
}

/** @param {import("../icons.js").Sign} sign @param {string} label @param {() => void} onclick */
function button(sign, label, onclick) {
  return h(
    "button",
    { type: "button", class: "button icon", "aria-label": label, title: label, onclick },
    icon(sign),
  );
}

/** The link to the studio, with the product's sign. */
export function openLink() {
  return h(
    "a",
    { class: "embed-open", target: "_blank", rel: "noopener" },
    logo(),
    h("span", {}, "Open in SeeGrad"),
  );
}

function logo() {
  return s(
    "svg",
    { viewBox: "0 0 26 20", "aria-hidden": true },
    s("path", { class: "logo-ink", d: "M3 4h13" }),
    s("circle", { class: "logo-dot", cx: "3.6", cy: "4", r: "2.8" }),
    s("path", { class: "logo-back", d: "M16 4h2.2a5 5 0 0 1 0 10H10" }),
    s("path", { class: "logo-head", d: "M11.5 8v12L2 14z" }),
  );
}
