/** Random walks through a run: whatever was done before, every number is that of a run made for it alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createRun } from "../../../static/src/train/run.js";
import { definitionOf, graphOf } from "./graph.js";

const definition = definitionOf({ nin: 2, nouts: [3, 1] });

/** @param {number} seed */
function source(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Loss, accuracy and plain gradients of the rows that a run has on its tape, by a run of their own. */
function alone(run, rows) {
  const shown = {
    inputs: Array.from(run.examples, (row) => rows.inputs[row]),
    targets: Array.from(run.examples, (row) => rows.targets[row]),
  };
  const fresh = createRun(graphOf(definition, shown, Array.from(run.parameters)), definition, shown);
  fresh.complete();
  return fresh;
}

for (const batched of [false, true])
  test(`a walk of every kind of step, ${batched ? "in batches" : "on all examples"}`, () => {
    for (let walk = 0; walk < 60; walk++) {
      const next = source(100 * walk + 7);
      const number = () => (next(4001) - 2000) / 1000;
      const rowsOf = (count) => ({
        inputs: Array.from({ length: count }, () => [number(), number()]),
        targets: Array.from({ length: count }, () => (next(2) ? 1 : -1)),
      });
      let rows = rowsOf(6);
      const graph = (weights) => {
        const size = batched ? 2 : rows.inputs.length;
        const shown = { inputs: rows.inputs.slice(0, size), targets: rows.targets.slice(0, size) };
        return graphOf(definition, shown, weights);
      };
      const recipe = { steps: 1000, rate: 0.02, optimizer: ["sgd", "momentum", "adam"][next(3)] };
      const run = createRun(graph(), definition, rows, recipe, next(2) ? undefined : 8 * 13 * 4 * 9);
      /** The rows as they were at each recorded step. */
      const seen = [];
      for (let k = 0; k < 60; k++) {
        const at = run.step;
        const what = next(next(4) ? 9 : 10);
        if (what === 0) run.beat();
        else if (what < 4) run.advance();
        else if (what === 4) rows = seen[run.seek(next(run.history.length + 1))] ?? rows;
        else if (what === 5) run.setParameter(next(13), number());
        else if (what === 6) {
          const row = next(rows.inputs.length);
          rows = { inputs: rows.inputs.with(row, [number(), number()]), targets: rows.targets.with(row, 1) };
          run.setRow(row, rows.inputs[row], 1);
        } else if (what === 7) {
          const changes = [{ rate: 0.05 }, { optimizer: "adam" }, { optimizer: "sgd" }, { seed: next(9) }];
          run.setRecipe(changes[next(4)]);
        } else if (what === 9) {
          run.reset();
          seen.length = 0;
        } else if (rows.inputs.length < 12) {
          rows = { inputs: [...rows.inputs, [number(), number()]], targets: [...rows.targets, 1] };
          run.setGraph(graph(Array.from(run.parameters)), rows);
        }
        for (
          let step = what === 4 || what === 9 ? run.step : Math.min(at, run.step);
          step <= run.step;
          step++
        )
          seen[step] = rows;
        seen.length = Math.max(run.history.length, run.step) + 1;
        const { next: beat } = run;
        if (beat < 2) continue;
        const there = alone(run, rows);
        assert.equal(run.loss, there.loss, `walk ${walk}, ${k}: ${what}`);
        assert.equal(run.accuracy, there.accuracy);
        if (beat < 4) continue;
        for (let i = 0; i < 13; i++) assert.equal(run.tape.grad[i], there.tape.grad[i]);
      }
      for (let step = 0; step < run.history.length; step++) {
        const at = run.seek(step);
        const there = alone(run, seen[at]);
        assert.equal(run.loss, there.loss, `walk ${walk}, back at ${at}`);
        assert.equal(run.loss, run.history.loss[at]);
      }
    }
  });
