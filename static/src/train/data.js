/** Whether a network can learn from a built-in data set, in the server's words (tests/app/test_train_page.py). Pure. */
import { grouped, problem } from "./definition.js";
import { DATASETS, LIMITS, LOSSES } from "./tables.js";

/**
 * @typedef {import("./definition.js").Definition} Definition
 * @typedef {import("./definition.js").Problem} Problem
 */

/**
 * The first thing for which the server would not make the data set, or the network could not read it; or null.
 * @param {Extract<import("./definition.js").Data, {kind: "dataset"}>} data
 * @param {Definition} definition one without a problem of its own
 * @returns {Problem | null}
 */
export function checkDataset({ name, count, noise, seed }, definition) {
  const refused = (/** @type {string} */ code, /** @type {string} */ field, /** @type {string} */ message) =>
    problem(code, message, "", ["dataset", field]);
  if (!Object.hasOwn(DATASETS, name))
    return refused("unknown_dataset", "name", `The data set is one of ${Object.keys(DATASETS).join(", ")}.`);
  const most = LIMITS.dataset_examples;
  if (!Number.isInteger(count) || count < 2 || count > most)
    return refused("bad_count", "count", `A data set has at least 2 examples and at most ${grouped(most)}.`);
  if (!(noise >= 0 && noise < Number.POSITIVE_INFINITY))
    return refused("bad_noise", "noise", "Noise is a number that is not negative.");
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    return refused("bad_seed", "seed", "The seed of a data set is a whole number from 0 to 2**32 - 1.");
  return checkFit(name, definition);
}

/** @param {string} name @param {Definition} definition @returns {Problem | null} */
function checkFit(name, { nin, nouts, loss }) {
  const row = DATASETS[name];
  const { targets } = LOSSES[loss];
  const outputs = nouts[nouts.length - 1];
  if (nin !== row.nin) {
    const message = `The rows of ${name} have ${row.nin} numbers; this network reads ${grouped(nin)}.`;
    return problem("wrong_width", message, `Set nin to ${row.nin}.`, ["network", "nin"]);
  }
  if (!row.classes && targets !== "number") {
    const message = `${loss} wants classes; ${name} has numbers to predict.`;
    return problem("loss_mismatch", message, "Use mean_squared_error.", ["loss"]);
  }
  if (targets !== "class" && outputs !== 1) {
    const message = `${name} has one target per example; this network has ${grouped(outputs)} outputs.`;
    const hint = "End with one neuron, or use softmax_cross_entropy.";
    return problem("loss_mismatch", message, hint, ["network", "nouts"]);
  }
  return null;
}
