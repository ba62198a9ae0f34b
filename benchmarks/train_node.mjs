/**
 * Training in the browser's modules, timed in node: `train_node.mjs`, with `{graph, definition, rows}` on standard input.
 * Answers with CPU milliseconds, and bytes of history, as JSON.
 */
import { text } from "node:stream/consumers";
import { gridAround, gridPoints, levelLine, predict } from "../static/src/train/boundary.js";
import { layerHistograms, measure, worstFirst } from "../static/src/train/measures.js";
import { createRun } from "../static/src/train/run.js";

const STEPS = 400;
const GRID = 60;
const { graph, definition, rows } = JSON.parse(await text(process.stdin));

/** CPU milliseconds of one round, the least of three times `rounds`. */
function clock(rounds, work) {
  const taken = [0, 1, 2].map(() => {
    const began = process.cpuUsage();
    for (let k = 0; k < rounds; k++) work(k);
    const used = process.cpuUsage(began);
    return (used.user + used.system) / 1e3 / rounds;
  });
  return Math.min(...taken);
}

const recipe = { steps: 10 * STEPS, rate: 0.5, schedule: "linear" };
const made = clock(3, () => createRun(graph, definition, rows, recipe));
const run = createRun(graph, definition, rows, recipe);
for (let k = 0; k < 50; k++) run.advance();
const step = clock(STEPS, () => run.advance());
const kept = run.history.length;
const seek = clock(200, (k) => run.seek((k * 7) % kept));
run.seek(kept);
const grid = gridAround(rows.inputs, GRID);
const points = gridPoints(grid);
const { tape, structure } = run;
process.stdout.write(
  JSON.stringify({
    nodes: tape.size,
    made,
    step,
    seek,
    field: clock(40, () => levelLine(predict(tape.data, definition, points, GRID * GRID), grid)),
    panels: clock(100, () => {
      measure(tape, structure, true);
      worstFirst(tape, structure);
      layerHistograms(tape.data, structure.layers);
      layerHistograms(tape.grad, structure.layers);
    }),
    bytes: 2 * 8 * structure.parameters + 24,
    steps: Math.floor(run.history.budget / (2 * 8 * structure.parameters)),
    loss: run.history.loss[0],
  }),
);
