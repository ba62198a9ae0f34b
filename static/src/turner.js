/**
 * What turns a number: a slider that reaches a round number beyond the value, and a field that can be typed in or
 * dragged sideways without end. Arrows step; Shift ×10, Alt ÷10.
 */
import { h, set } from "./dom.js";
import { exactNumber, MINUS, shortNumber } from "./numbers.js";

/**
 * @typedef {object} Turner
 * @property {HTMLInputElement} slider
 * @property {HTMLInputElement} field
 * @property {(value: number, enabled: boolean) => void} update
 * @property {(name: string) => void} rename starts over for another number
 */

const NICE = [1, 1.5, 2, 3, 5, 8];
/** Pixels per round step while a slider is dragged. */
const PIXELS = 1.1;

/**
 * @param {string} first name
 * @param {{turn: (value: number) => void, release: () => void, select?: () => void}} on
 * @returns {Turner}
 */
export function createTurner(first, { turn, release, select = () => {} }) {
  let reach = 0;
  let value = 0;
  let dragging = false;
  const slider = h("input", {
    type: "range",
    class: "slider",
    step: "any",
    onpointerdown: () => {
      dragging = true;
      select();
    },
    oninput: () => {
      const wanted = slider.valueAsNumber;
      turn(dragging ? tidy(wanted, pixelStep(reach, slider.clientWidth)) : wanted);
    },
    onchange: () => {
      dragging = false;
      release();
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => arrow(event, true),
    onkeyup: release,
  });
  const field = h("input", {
    type: "text",
    inputmode: "decimal",
    class: "field",
    autocomplete: "off",
    onfocus: select,
    oninput: () => {
      const typed = numberOf(field.value);
      set(field, { "aria-invalid": typed === null || null });
      if (typed !== null) turn(typed);
    },
    onblur: () => {
      release();
      set(field, { "aria-invalid": null });
      write();
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => arrow(event, false),
    onpointerdown: scrub,
  });

  /** @param {KeyboardEvent} event @param {boolean} sideways */
  function arrow(event, sideways) {
    const up = event.key === "ArrowUp" || (sideways && event.key === "ArrowRight");
    const down = event.key === "ArrowDown" || (sideways && event.key === "ArrowLeft");
    if (!up && !down) return;
    event.preventDefault();
    const step = stepOf(reach) * scaleOf(event);
    // Kept here too: the next key may come before the next frame.
    value = tidy(value + (up ? step : -step), Math.min(step, stepOf(reach)));
    turn(value);
  }

  /** A press without a drag is a click into the field. @param {PointerEvent} event */
  function scrub(event) {
    if (event.button !== 0 || document.activeElement === field) return;
    const start = event.clientX;
    let last = start;
    let exact = value;
    let dragged = false;
    /** @param {PointerEvent} move */
    const follow = (move) => {
      if (!dragged && Math.abs(move.clientX - start) < 4) return;
      if (!dragged) field.setPointerCapture(move.pointerId);
      dragged = true;
      const step = stepOf(reach) * scaleOf(move);
      exact += (move.clientX - last) * step;
      last = move.clientX;
      turn(tidy(exact, Math.min(step, stepOf(reach))));
    };
    const stop = () => {
      field.removeEventListener("pointermove", follow);
      field.removeEventListener("pointerup", stop);
      field.removeEventListener("pointercancel", stop);
      if (dragged) field.blur();
      release();
    };
    field.addEventListener("pointermove", follow);
    field.addEventListener("pointerup", stop);
    field.addEventListener("pointercancel", stop);
  }

  function write() {
    const text = shortNumber(value, 7);
    field.value = text;
    set(field, { "data-long": text.length > 5 });
  }

  /** @param {string} name */
  function rename(name) {
    reach = 0;
    set(slider, { "aria-label": `${name}, slider` });
    set(field, { "aria-label": `${name}, value` });
  }
  rename(first);

  return {
    slider,
    field,
    rename,
    update(now, enabled) {
      value = now;
      reach = Math.max(reach, niceReach(Math.abs(value)));
      set(slider, { min: -reach, max: reach, "aria-valuetext": shortNumber(value) });
      if (slider.valueAsNumber !== value) slider.value = String(value);
      const at = 50 + (50 * value) / reach;
      slider.style.setProperty("--from", String(Math.min(at, 50)));
      slider.style.setProperty("--to", String(Math.max(at, 50)));
      slider.disabled = !enabled;
      field.disabled = !enabled;
      if (document.activeElement !== field || numberOf(field.value) !== value) write();
      set(field, { title: exactNumber(value) });
    },
  };
}

/** @param {{shiftKey: boolean, altKey: boolean}} event */
export function scaleOf({ shiftKey, altKey }) {
  return shiftKey ? 10 : altKey ? 0.1 : 1;
}

/** A round number with room beyond the value. @param {number} size */
export function niceReach(size) {
  if (!(size > 0) || !Number.isFinite(size)) return 1;
  const wanted = Math.max(1, size * 1.25);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const nice = NICE.find((one) => one * power >= wanted);
  return nice === undefined ? 10 * power : nice * power;
}

/** A step of the arrow keys: the power of ten a hundredth of the reach, or just below. @param {number} reach */
export function stepOf(reach) {
  return 10 ** (Math.floor(Math.log10(reach || 1)) - 2);
}

/** A round number about a pixel of the slider wide. @param {number} reach @param {number} width */
function pixelStep(reach, width) {
  const pixel = (2 * reach * PIXELS) / Math.max(width, 1);
  const power = 10 ** Math.floor(Math.log10(pixel));
  return power * ([1, 2, 5].find((one) => one * power >= pixel) ?? 10);
}

/** The nearest multiple of a step, without its binary dust. @param {number} value @param {number} step */
export function tidy(value, step) {
  return Number((Math.round(value / step) * step).toPrecision(12));
}

/** @param {string} text @returns {number | null} null: not a finite number */
export function numberOf(text) {
  const plain = text.trim().replaceAll(MINUS, "-");
  const value = Number(plain);
  return plain === "" || !Number.isFinite(value) ? null : value;
}
