/**
 * Answers questions for tests/app/test_train_page.py: a JSON object in with lists of questions, the same out with answers:
 * what is wrong with a definition or a setting, the rows of a run's batches, what a rule makes of parameters, what the schedules say.
 */
import { text } from "node:stream/consumers";
import { createBatches } from "../../../static/src/train/batches.js";
import { checkDefinition } from "../../../static/src/train/definition.js";
import { SCHEDULES } from "../../../static/src/train/optim.js";
import { checkSetting } from "../../../static/src/train/setting.js";
import { Updater } from "../../../static/src/train/updater.js";

const answers = {
  definition: ({ definition }) => checkDefinition(definition),
  setting: ({ name, number }) => checkSetting(name, number),
  batches({ count, size, seed, steps }) {
    const batches = createBatches(count, size, seed);
    const dealt = Array.from({ length: steps }, (_, step) => Array.from(batches.at(step)));
    const again = Array.from({ length: steps }, (_, k) => Array.from(batches.at(steps - 1 - k)));
    return { dealt, again: again.reverse() };
  },
  optimizer({ name, settings, start, grads, rates }) {
    const updater = new Updater(start.length, name, settings);
    const data = Float64Array.from(start);
    return grads.map((grad, step) => {
      updater.update(data, Float64Array.from(grad), rates[step]);
      return Array.from(data);
    });
  },
  schedule: ({ name, rate, steps, settings }) =>
    Array.from({ length: steps }, (_, step) => SCHEDULES[name].rateAt(rate, step, steps, settings)),
};

const asked = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(asked.map(({ kind, ...question }) => answers[kind](question))));
