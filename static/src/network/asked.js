/** What is asked for: a preset's model, rows and recipe, and the request that they make. Pure. */
import { requestOf } from "../train/definition.js";
import { DATASETS, LOSSES, RECIPE } from "../train/tables.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Preset} Preset
 * @typedef {import("./state.js").Model} Model
 * @typedef {import("./state.js").Data} Data
 * @typedef {import("./state.js").Recipe} Recipe
 * @typedef {import("./state.js").Asked} Asked
 */

/** The recipe of a preset. @param {Preset} preset @returns {Recipe} */
export function recipeOf({ recipe }) {
  return { ...recipe, seed: RECIPE.seed, zero_grad: true };
}

/** @param {Preset} preset @returns {Model} */
export function modelOf({ network, loss, alpha }) {
  return { ...network, loss, alpha };
}

/** @param {string} name @param {number[][]} inputs @param {number[]} answers @returns {Data} */
export function builtIn(name, inputs, answers) {
  return { name, inputs, answers, classes: DATASETS[name].classes };
}

/** Whether the graph on screen is of another model or data than is asked for. @param {State} s */
export function isPending({ model, data, weights, recipe, settled, problem }) {
  const same = model === settled.model && data === settled.data && weights === settled.weights;
  return problem === null && !(same && recipe.batch === settled.batch);
}

/** Targets as the loss reads them: classes 0 and 1 become −1 and 1 unless it takes them as they are. @param {Data} data @param {string} loss */
export function targetsOf({ answers, classes }, loss) {
  const kind = LOSSES[loss]?.targets;
  if (classes !== 2 || kind === "class" || kind === "probability") return answers;
  return answers.map((answer) => (typeof answer === "number" ? 2 * answer - 1 : answer));
}

/** @param {Data} data @param {string} loss */
export function rowsOf(data, loss) {
  return { inputs: data.inputs, targets: targetsOf(data, loss) };
}

/** The request for the graph. @param {Asked} asked */
export function requestFor({ model, data, weights, batch }) {
  return requestOf(model, rowsOf(data, model.loss), batch, weights);
}

/**
 * Whether the graphs of two requests differ in numbers alone.
 * @param {ReturnType<typeof requestOf>} one @param {ReturnType<typeof requestOf>} other
 */
export function areAlike(one, other) {
  return JSON.stringify(structureIn(one)) === JSON.stringify(structureIn(other));
}

/** What a network's graph is made of follows from. @param {ReturnType<typeof requestOf>} request */
function structureIn({ network, inputs, loss, alpha }) {
  const { seed, initialisation, ...shape } = /** @type {Record<string, unknown>} */ (network);
  return [shape, inputs.length, loss, alpha !== 0];
}
