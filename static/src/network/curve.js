/** The loss over the steps as a picture: paths, rules and ticks, in the plot's own pixels. Pure. */
import { shortNumber } from "../numbers.js";

export const PLOT = { width: 304, height: 116, left: 32, top: 8, bottom: 20 };
/** A curve of more points is drawn by the least and the most of each stretch. */
const POINTS = 240;

/**
 * @param {readonly number[]} losses
 * @param {number} step shown
 * @param {number} steps planned
 * @param {readonly number[] | null} before the run before
 * @param {boolean} log
 * @param {readonly number[]} [marks] steps at which the data changed
 */
export function lossPlot(losses, step, steps, before, log, marks = []) {
  const isDrawn = (/** @type {number} */ value) => Number.isFinite(value) && (!log || value > 0);
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const values of [losses, before ?? []])
    for (const value of values)
      if (isDrawn(value)) [least, most] = [Math.min(least, value), Math.max(most, value)];
  const across = Math.max(losses.length - 1, steps, (before?.length ?? 1) - 1, 1);
  const scale = log ? logScale(least, most) : linearScale(most);
  const x = (/** @type {number} */ k) => round(PLOT.left + 4 + (k / across) * (PLOT.width - PLOT.left - 14));
  const y = (/** @type {number} */ value) =>
    round(PLOT.top + (1 - scale.at(value)) * (PLOT.height - PLOT.top - PLOT.bottom));
  const base = PLOT.height - PLOT.bottom;
  const line = (/** @type {readonly number[]} */ values) => {
    let path = "";
    for (const k of thinned(values))
      if (isDrawn(values[k])) path += `${path === "" ? "M" : "L"}${x(k)} ${y(values[k])}`;
    return path;
  };
  const curve = line(losses);
  const now = losses[step];
  const here = isDrawn(now) ? { x: x(step), y: y(now) } : null;
  const text = here === null ? "" : `step ${step}: ${shortNumber(now, 8)}`;
  const right = here !== null && here.x > PLOT.width * 0.55;
  const label = {
    x: (here?.x ?? 0) + (right ? -10 : 12),
    y: Math.max(PLOT.top + 6, (here?.y ?? 0) - (here !== null && here.y > base - 14 ? 8 : 4)),
    anchor: right ? "end" : "start",
    text,
  };
  const lastDrawn = losses.findLastIndex(isDrawn);
  return {
    curve,
    area:
      curve === "" || log
        ? ""
        : `${curve}V${base}H${x(losses.findIndex(isDrawn))}Z`.replace(/V/, `L${x(lastDrawn)} ${base}V`),
    faint: before === null ? "" : line(before),
    here,
    label,
    marks: marks.map((k) => `M${x(k)} ${PLOT.top}V${base}`).join(""),
    rules: scale.rules.map((value) => ({ y: y(value), text: scale.words(value) })),
    ticks: ticksOf(across).map((k) => ({ x: x(k), text: String(k) })),
  };
}

/** @param {number} high */
function linearScale(high) {
  const step = niceStep(high / 3 || 1);
  const top = Math.max(step, Math.ceil(high / step) * step);
  const rules = [];
  for (let k = 0; k * step <= top * 1.0001; k++) rules.push(Number((k * step).toPrecision(6)));
  return {
    at: (/** @type {number} */ x) => x / top,
    rules,
    words: (/** @type {number} */ x) => shortNumber(x, 5),
  };
}

/** @param {number} least above 0 @param {number} most */
function logScale(least, most) {
  const low = Math.floor(Math.log10(Math.min(least, 1)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(most, 1e-300))));
  const each = Math.max(1, Math.ceil((high - low) / 4));
  const rules = [];
  for (let power = low; power <= high; power += each) rules.push(10 ** power);
  return {
    at: (/** @type {number} */ x) => (Math.log10(x) - low) / (high - low),
    rules,
    words: (/** @type {number} */ x) => shortNumber(x, 5),
  };
}

/** @param {number} across @returns {number[]} */
function ticksOf(across) {
  const step = Math.max(1, niceStep(across / 4));
  const ticks = [];
  for (let k = 0; k <= across; k += step) ticks.push(k);
  return ticks;
}

/** 1, 2 or 5 times a power of ten, at least as large. @param {number} size */
function niceStep(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return Number((([1, 2, 5, 10].find((one) => one * power >= size * 0.999) ?? 10) * power).toPrecision(3));
}

/** Indices to draw. @param {readonly number[]} values */
function thinned(values) {
  if (values.length <= POINTS) return values.map((_, k) => k);
  const each = values.length / (POINTS / 2);
  const kept = [];
  for (let from = 0; from < values.length; from += each) {
    let [least, most] = [Math.floor(from), Math.floor(from)];
    for (let k = Math.floor(from); k < Math.min(values.length, from + each); k++) {
      if (values[k] < values[least]) least = k;
      if (values[k] > values[most]) most = k;
    }
    kept.push(...(least < most ? [least, most] : most < least ? [most, least] : [least]));
  }
  if (kept[kept.length - 1] !== values.length - 1) kept.push(values.length - 1);
  return kept;
}

/** @param {number} x */
function round(x) {
  return Math.round(x * 10) / 10;
}
