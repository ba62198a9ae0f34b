/** To the start, a step back, play, a step on; where we are; the playhead over the whole trace. */
import { h, once, set, write } from "../dom.js";
import { BACK, FIRST, icon, ON, PAUSE, PLAY } from "../icons.js";

/**
 * @typedef {Pick<import("../state.js").State, "step" | "trace" | "playing" | "speed" | "problem" | "text"> & {
 *   forwards: number, send: (action: import("../state.js").Action) => void}} Slice forwards: events of the forward pass
 * @typedef {{first: HTMLButtonElement, back: HTMLButtonElement, play: HTMLButtonElement, on: HTMLButtonElement,
 *   speed: HTMLButtonElement, where: HTMLElement, scrub: HTMLInputElement, slice: Slice}} Parts
 */

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function controls(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const { step, trace, playing, problem } = slice;
  const stopped = problem !== null;
  const end = trace.length;
  parts.first.disabled = stopped || step === 0;
  parts.back.disabled = stopped || step === 0;
  parts.on.disabled = stopped || step === end;
  parts.play.disabled = stopped || end === 0;
  const label = playing ? "Pause" : step === end && !stopped ? "Replay" : "Play";
  if (parts.play.textContent !== label) parts.play.replaceChildren(icon(playing ? PAUSE : PLAY), label);
  write(parts.speed, `${slice.speed}×`);
  set(parts.speed, { "aria-label": `${slice.speed} ${slice.speed === 1 ? "step" : "steps"} a second` });
  parts.where.replaceChildren(...where(slice));
  set(parts.scrub, { max: end, "aria-valuetext": `step ${step} of ${end}` });
  parts.scrub.valueAsNumber = step;
  parts.scrub.disabled = stopped;
  parts.scrub.style.setProperty("--from", "0");
  parts.scrub.style.setProperty("--to", String(end === 0 ? 0 : (100 * step) / end));
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  /** @param {number} to */
  const go = (to) => {
    parts.slice.send({ type: "pause" });
    parts.slice.send({ type: "step", step: to });
  };
  const parts = {
    first: button("first", FIRST, "To the start", () => go(0)),
    back: button("back", BACK, "One step back", () => go(parts.slice.step - 1)),
    play: h("button", {
      type: "button",
      class: "button primary play",
      onclick: () => parts.slice.send({ type: parts.slice.playing ? "pause" : "play" }),
    }),
    on: button("on", ON, "One step on", () => go(parts.slice.step + 1)),
    speed: h("button", {
      type: "button",
      class: "button speed",
      title: "Steps a second",
      onclick: () => {
        const speed = parts.slice.speed === 4 ? 1 : parts.slice.speed === 2 ? 4 : 2;
        parts.slice.send({ type: "set", fields: { speed } });
      },
    }),
    where: h("p", { class: "where" }),
    scrub: h("input", {
      type: "range",
      class: "slider scrub",
      min: 0,
      step: 1,
      "aria-label": "Playhead",
      oninput: (/** @type {InputEvent} */ event) =>
        go(/** @type {HTMLInputElement} */ (event.currentTarget).valueAsNumber),
    }),
    slice: first,
  };
  root.append(
    h("div", { class: "controls-row" }, parts.first, parts.back, parts.play, parts.on, parts.speed),
    parts.where,
    parts.scrub,
    h(
      "p",
      { class: "keys" },
      h("kbd", {}, "Space"),
      " play ",
      h("kbd", {}, ","),
      " ",
      h("kbd", {}, "."),
      " step ",
      h("kbd", {}, "?"),
      " keys",
    ),
  );
  return parts;
}

/** @param {string} name @param {import("../icons.js").Sign} sign @param {string} label @param {() => void} onclick */
function button(name, sign, label, onclick) {
  return h(
    "button",
    { type: "button", class: `button icon ${name}`, "aria-label": label, title: label, onclick },
    icon(sign),
  );
}

/** @param {Slice} slice @returns {(Node | string)[]} */
function where({ step, trace, forwards, problem, text }) {
  if (problem !== null)
    return [problem.line === null ? "Waiting for the text." : `Waiting for line ${problem.line}.`];
  if (text.trim() === "") return ["Nothing to step through."];
  const part = step === 0 ? "before the first" : step <= forwards ? "forward" : "backward";
  const done = step === trace.length ? ", done" : "";
  return [
    h("b", {}, `Step\u00a0${step}`),
    ` of\u00a0${trace.length}`,
    h("span", { class: "where-part" }, ` · ${part}${done}`),
  ];
}
