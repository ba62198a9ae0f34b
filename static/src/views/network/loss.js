/** The one number: now, a step ago, and over all steps; train, one step, reset. */
import { fill, h, once, s, set, write } from "../../dom.js";
import { AGAIN, icon, ON, PAUSE, PLAY } from "../../icons.js";
import { lossPlot, PLOT } from "../../network/curve.js";
import { shortNumber } from "../../numbers.js";

/**
 * @typedef {{step: number, tick: number, losses: readonly number[], steps: number, diverged: boolean, last: import("../../network/state.js").LastRun | null,
 *   changes: import("../../network/state.js").State["changes"],
 *   log: boolean, playing: boolean, stopped: string | null, enabled: boolean, accuracy: number | null,
 *   go: {step: () => void, reset: () => void, seed: () => void},
 *   send: (action: import("../../network/state.js").Action) => void}} Slice
 *   stopped: why training cannot go on
 * @typedef {{number: HTMLElement, was: HTMLElement, plot: SVGSVGElement, train: HTMLButtonElement, one: HTMLButtonElement,
 *   reset: HTMLButtonElement, log: HTMLInputElement, last: HTMLElement, changed: HTMLElement, stopped: HTMLElement, accuracy: HTMLElement, slice: Slice}} Parts
 */

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function loss(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const { step, losses, playing, stopped, enabled, accuracy, last } = slice;
  const none = step < 0;
  write(parts.number, none ? "not yet" : shortNumber(losses[step], 8));
  set(parts.number, { title: none ? null : String(losses[step]) });
  fill(
    parts.was,
    ...(step <= 0
      ? ["before the", h("br"), "first step"]
      : [`was ${shortNumber(losses[step - 1], 8)}`, h("br"), "one step ago"]),
  );
  const label = playing ? "Pause" : "Train";
  if (parts.train.textContent !== label) parts.train.replaceChildren(icon(playing ? PAUSE : PLAY), label);
  parts.train.disabled = !enabled && !playing;
  parts.one.disabled = !enabled || playing;
  parts.reset.disabled = losses.length < 2;
  parts.log.checked = slice.log;
  drawPlot(parts.plot, slice);
  fill(parts.last, last !== null && `– – the run before: ${last.words}`);
  parts.last.hidden = last === null;
  const changed = stepsOf(slice.changes);
  write(parts.changed, changed.length === 0 ? "" : changedWords(changed));
  parts.changed.hidden = changed.length === 0;
  fill(parts.stopped, stopped);
  parts.stopped.hidden = stopped === null;
  set(parts.stopped, { class: slice.diverged ? "wrong" : "note" });
  write(parts.accuracy, accuracy === null ? "" : `accuracy ${Math.round(accuracy * 1000) / 10} %`);
}

/** @param {number[]} steps */
function changedWords(steps) {
  if (steps.length > 3) return `⋮ the data changed ${steps.length} times, last at step ${steps.at(-1)}`;
  return `⋮ the data changed at step ${steps.join(", ")}`;
}

/** Steps at which the data changed. @param {Slice["changes"]} changes */
function stepsOf(changes) {
  return changes.filter(({ data }) => data !== undefined).map(({ step }) => step);
}

/** @param {SVGSVGElement} plot @param {Slice} slice */
function drawPlot(plot, { losses, step, steps, last, log, changes }) {
  const { curve, area, faint, here, label, marks, rules, ticks } = lossPlot(
    losses,
    step,
    steps,
    last?.losses ?? null,
    log,
    stepsOf(changes),
  );
  fill(
    plot,
    ...rules.map(({ y, text }) =>
      s(
        "g",
        {},
        s("path", { class: "rule", d: `M${PLOT.left} ${y}H${PLOT.width}` }),
        s("text", { x: PLOT.left - 6, y: y + 4, "text-anchor": "end" }, text),
      ),
    ),
    ...ticks.map(({ x, text }) => s("text", { x, y: PLOT.height - 1, "text-anchor": "middle" }, text)),
    s("path", { class: "area", d: area }),
    s("path", { class: "last", d: faint }),
    s("path", { class: "data-change", d: marks }),
    s("path", { class: "curve", d: curve }),
    here && s("circle", { class: "here", cx: here.x, cy: here.y, r: 5.5 }),
    here &&
      s("text", { class: "here-label", x: label.x, y: label.y, "text-anchor": label.anchor }, label.text),
  );
  set(plot, {
    "aria-label":
      step < 0
        ? "No loss yet"
        : `Loss over ${losses.length - 1} steps; step ${step}: ${shortNumber(losses[step])}`,
  });
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  /** @type {Parts} */
  const parts = {
    number: h("b", { id: "loss-now" }),
    was: h("p", {}),
    plot: s("svg", { class: "plot", viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, role: "img" }),
    train: h("button", {
      type: "button",
      class: "button primary",
      id: "train",
      onclick: () => parts.slice.send({ type: parts.slice.playing ? "pause" : "play" }),
    }),
    one: h(
      "button",
      { type: "button", class: "button", id: "one-step", onclick: () => parts.slice.go.step() },
      icon(ON),
      "One step",
    ),
    reset: h(
      "button",
      {
        type: "button",
        class: "button icon",
        id: "reset",
        "aria-label": "Reset",
        title: "Back to the same first weights",
        onclick: () => parts.slice.go.reset(),
      },
      icon(AGAIN),
    ),
    log: h("input", {
      type: "checkbox",
      onchange: () => parts.slice.send({ type: "set", fields: { log: parts.log.checked } }),
    }),
    last: h("p", { class: "last-run" }),
    changed: h("p", { class: "data-changed", id: "data-changed" }),
    stopped: h("div", { class: "wrong", id: "stopped" }),
    accuracy: h("span", { id: "accuracy" }),
    slice: first,
  };
  root.append(
    h("h2", { id: "loss-title" }, "Loss"),
    h("div", { class: "loss-now" }, parts.number, parts.was),
    parts.plot,
    parts.last,
    parts.changed,
    h("div", { class: "train-row" }, parts.train, parts.one, parts.reset),
    parts.stopped,
    h(
      "div",
      { class: "under-row" },
      h("label", { class: "check" }, parts.log, "log scale"),
      parts.accuracy,
      h(
        "button",
        { type: "button", class: "link", id: "new-seed", onclick: () => parts.slice.go.seed() },
        "New seed",
      ),
    ),
  );
  return parts;
}
