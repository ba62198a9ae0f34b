/**
 * Where the run stands, and what was changed on the way: steps that were taken, steps that are gone to, another recipe or
 * other rows from a step on. Pure, but for the run.
 */
import { rowsOf } from "./asked.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Run} Run
 * @typedef {import("./state.js").Graph} Graph
 * @typedef {import("./state.js").Recipe} Recipe
 * @typedef {import("./state.js").Asked} Asked
 * @typedef {import("./state.js").Change} Change
 * @typedef {import("./state.js").LastRun} LastRun
 */

export const BEATS = 5;
export const UPDATE = 4;

/** How a run went, in a few words. @param {State} s */
function wordsOf({ recipe }) {
  const { rate, optimizer, zero_grad } = recipe;
  return `${optimizer}, rate ${rate}${zero_grad ? "" : ", grads not zeroed"}`;
}

/** The run that is left, as a faint curve. @param {State} s @returns {LastRun | null} */
export function leaving(s) {
  return s.top === 0 ? s.last : { losses: s.losses, words: wordsOf(s) };
}

/** A run at its first step. @param {Run} run */
export function atStart(run) {
  return { run, step: 0, top: 0, beat: UPDATE, losses: [run.loss], playing: false };
}

/**
 * Another recipe from where the run stands: what came after that step was another run's.
 * @param {State} s @param {Partial<Recipe>} fields @returns {State}
 */
export function changed(s, fields) {
  const recipe = { ...s.recipe, ...fields };
  // Another batch reads another graph, and starts a run of its own.
  if ("batch" in fields) return { ...s, recipe, playing: false };
  s.run.setRecipe(fields);
  const now = { ...ran(s), recipe, beat: s.beat };
  if (now.step === 0) return { ...now, begun: recipe, changes: [] };
  return { ...now, changes: withChange(now, { fields }) };
}

/**
 * Other rows from where the run stands, with the weights as they are; on the way to where a link wants the run, the
 * change is known.
 * @param {State} s @param {Asked} asked @param {Graph} graph @returns {State}
 */
export function goneOn(s, asked, graph) {
  const { top, step } = s;
  s.run.setGraph(graph, rowsOf(asked.data, asked.model.loss));
  const now = {
    ...ran(s),
    beat: s.beat,
    settled: asked,
    graph: /** @type {Graph} */ (s.run.graph),
    last: step < top ? leaving(s) : s.last,
    example: Math.min(s.example, asked.data.inputs.length - 1),
    selected: null,
    problem: null,
  };
  if (s.goal !== null) return now;
  if (now.step === 0) return { ...now, begun: s.recipe, origin: asked.data, changes: [] };
  return { ...now, changes: withChange(now, { data: asked.data }) };
}

/** The changes with one more where the run stands. @param {State} s @param {Partial<Change>} change @returns {Change[]} */
function withChange({ changes, step }, { fields, ...rest }) {
  const here = changes.find((change) => change.step === step);
  const before = changes.filter((change) => change.step < step);
  return [...before, { ...here, ...rest, step, fields: { ...here?.fields, ...fields } }];
}

/** The data that held at a step. @param {State} s @param {number} step */
function dataAt({ changes, origin }, step) {
  return changes.findLast((change) => change.step <= step && change.data)?.data ?? origin;
}

/** The run went on: from the step on screen, so what came after that is gone. @param {State} s @returns {State} */
export function ran(s) {
  const { step, loss, history } = s.run;
  const changes = s.goal === null ? s.changes.filter((change) => change.step <= step) : s.changes;
  const losses = s.losses.slice(0, Math.min(s.losses.length, step));
  while (losses.length < step) losses.push(history.loss[losses.length]);
  losses[step] = loss;
  return { ...s, tick: s.tick + 1, step, top: step, losses, changes, beat: UPDATE };
}

/** At another step of those that are recorded, with the data of then. @param {State} s @param {number} to @param {number} [beat] @returns {State} */
export function gone(s, to, beat = UPDATE) {
  const step = s.run.seek(Math.max(0, Math.min(s.top, to)));
  const now = { ...s, step, beat, playing: false, tick: s.tick + 1 };
  const data = dataAt(s, step);
  if (data === s.settled.data) return now;
  const settled = { ...s.settled, data };
  const graph = /** @type {Graph} */ (s.run.graph);
  const example = Math.min(s.example, data.inputs.length - 1);
  // Data that was asked for and is not there yet stays asked for.
  return { ...now, settled, graph, example, data: s.data === s.settled.data ? data : s.data };
}
