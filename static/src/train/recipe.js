/** How to train, checked in the server's words (tests/app/test_train_page.py compares the two). Pure. */
import { grouped, problem } from "./definition.js";
import { OPTIMIZERS, SCHEDULES } from "./optim.js";
import { LIMITS } from "./tables.js";

/** @typedef {import("./definition.js").Problem} Problem */

/**
 * The first thing for which no run can follow the recipe, or null.
 * @param {import("./run.js").Recipe & {batch?: number | null}} recipe
 * @param {number} examples
 * @returns {Problem | null}
 */
export function checkRecipe({ steps, rate, optimizer, schedule, batch = null, seed, settings }, examples) {
  const whole =
    checkWhole(steps, "steps", 1) ??
    (steps > LIMITS.training_steps
      ? problem(
          "too_much_training",
          `${grouped(steps)} steps are more than ${grouped(LIMITS.training_steps)}.`,
          "",
          ["steps"],
        )
      : checkBatch(batch, examples)) ??
    checkWhole(seed, "seed", 0, "from 0 to 2**53 - 1");
  if (whole) return whole;
  if (!(rate > 0 && rate < Number.POSITIVE_INFINITY))
    return problem("bad_rate", "rate is a number above 0.", "As in 0.05.", ["rate"]);
  if (!Object.hasOwn(OPTIMIZERS, optimizer)) return unknown("optimizer", OPTIMIZERS);
  if (!Object.hasOwn(SCHEDULES, schedule)) return unknown("schedule", SCHEDULES);
  const known = { ...OPTIMIZERS[optimizer].settings, ...SCHEDULES[schedule].settings };
  for (const [name, number] of Object.entries(settings)) {
    if (!Object.hasOwn(known, name)) {
      const hint = `There are: ${Object.keys(known).join(", ") || "none"}.`;
      return problem("unknown_setting", `${optimizer} and ${schedule} have no such setting.`, hint, [
        "settings",
      ]);
    }
    const [below, kind] = name.startsWith("beta")
      ? [1, "from 0 to below 1"]
      : [Number.POSITIVE_INFINITY, "not negative"];
    if (!(number >= 0 && number < below))
      return problem("bad_setting", `${name} is a number, ${kind}.`, "", ["settings", name]);
  }
  return null;
}

/** @param {number | null} batch @param {number} examples @returns {Problem | null} */
function checkBatch(batch, examples) {
  if (batch === null) return null;
  if (!(batch > examples)) return checkWhole(batch, "batch", 1);
  const message = `A batch of ${grouped(batch)} needs as many examples; there are ${grouped(examples)}.`;
  return checkWhole(batch, "batch", 1) ?? problem("bad_batch", message, "", ["batch"]);
}

/** @param {number} number @param {string} name @param {number} least @param {string} [range] @returns {Problem | null} */
function checkWhole(number, name, least, range = `of at least ${least}`) {
  if (Number.isSafeInteger(number) && number >= least) return null;
  return problem(`bad_${name}`, `${name} is a whole number ${range}.`, "", [name]);
}

/** @param {string} kind @param {object} table */
function unknown(kind, table) {
  return problem(`unknown_${kind}`, `${kind} is one of ${Object.keys(table).join(", ")}.`, "", [kind]);
}
