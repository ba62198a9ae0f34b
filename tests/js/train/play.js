/**
 * Trains for tests/app/test_train_page.py: JSON lines in, each `{graph, definition, rows, recipe, steps}`; out, one line
 * each with what every step recorded, the rows it read, the node ids of the structure and how the run ended.
 */
import { createInterface } from "node:readline";
import { toJson } from "../../../static/src/numbers.js";
import { createRun } from "../../../static/src/train/run.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { graph, definition, rows, recipe } = JSON.parse(line);
  const run = createRun(graph, definition, rows, recipe);
  const examples = [];
  while (!run.finished) {
    run.complete();
    examples.push(Array.from(run.examples));
    if (run.diverged || run.beat() === null || run.diverged) break;
  }
  const { history, structure, diverged } = run;
  const numbers = (column) => Array.from(column.subarray(0, history.length), toJson);
  const kept = Array.from({ length: history.length }, (_, step) => step);
  process.stdout.write(
    `${JSON.stringify({
      loss: numbers(history.loss),
      accuracy: numbers(history.accuracy),
      rate: numbers(history.rate),
      data: kept.map((step) => Array.from(history.parametersAt(step), toJson)),
      grad: kept.map((step) => Array.from(history.gradsAt(step), toJson)),
      after: Array.from(run.parameters, toJson),
      examples,
      inputs: Array.from(structure.inputs),
      outputs: Array.from(structure.outputs),
      targets: Array.from(structure.targets),
      diverged: diverged && { ...diverged, value: toJson(diverged.value) },
    })}\n`,
  );
}
