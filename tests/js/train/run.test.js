import assert from "node:assert/strict";
import { test } from "node:test";
import { History } from "../../../static/src/train/history.js";
import { BEATS, createRun } from "../../../static/src/train/run.js";
import { RECIPE } from "../../../static/src/train/tables.js";
import { definitionOf, graphOf, LECTURE_ROWS, lecture, weightsOf } from "./graph.js";

const start = (recipe = {}, weights = undefined) => {
  const { graph, definition, rows } = lecture(weights);
  return createRun(graph, definition, rows, { steps: 60, ...recipe });
};
const train = (run, steps) => {
  for (let k = 0; k < steps; k++) run.advance();
  return run;
};
const grads = (run) => Array.from(run.tape.grad.subarray(0, 41));
const losses = ({ history }) => Array.from(history.loss.subarray(0, history.length));

test("five beats make a step, and each writes what is its own", () => {
  const run = start();
  const { tape, structure } = run;
  const before = run.parameters;
  tape.data.fill(7, 41);
  assert.equal(run.beat(), "forward");
  assert.ok(Math.abs(tape.data[structure.outputs[0]]) < 1);
  assert.equal(tape.data[tape.output], 7, "the loss waits for its beat");
  assert.equal(run.beat(), "loss");
  const terms = Array.from(structure.terms, (node) => tape.data[node]);
  assert.equal(
    run.loss,
    terms.reduce((a, b) => a + b),
  );
  tape.grad.fill(5);
  assert.equal(run.beat(), "zero");
  assert.deepEqual(grads(run).map(Math.abs), Array(41).fill(0));
  assert.equal(run.beat(), "backward");
  const grad = grads(run);
  assert.ok(grad.some((g) => g !== 0));
  assert.deepEqual(run.parameters, before);
  assert.equal(run.beat(), "update");
  assert.deepEqual(
    Array.from(run.parameters),
    grad.map((g, i) => before[i] - 0.05 * g),
  );
  assert.deepEqual([run.step, BEATS[run.next]], [1, "forward"]);
});

test("the gradients are those of central differences", () => {
  const run = start();
  run.complete();
  const grad = grads(run);
  const h = 1e-6;
  for (const node of [0, 3, 17, 40]) {
    const at = run.tape.data[node];
    const [up, down] = [at + h, at - h].map((value) => {
      run.setParameter(node, value);
      return run.loss;
    });
    run.setParameter(node, at);
    assert.ok(Math.abs((up - down) / (2 * h) - grad[node]) < 1e-6 * Math.max(1, Math.abs(grad[node])));
  }
});

test("advance keeps to its beat: before the update of one step, before that of the next", () => {
  const run = start();
  run.complete();
  const first = run.loss;
  run.advance();
  assert.deepEqual([run.step, BEATS[run.next]], [1, "update"]);
  assert.ok(run.loss < first);
  assert.deepEqual(losses(run), [first]);
});

test("who forgets to zero the grads adds each step's to those before", () => {
  const plain = start({ rate: 1e-9 });
  const sloppy = start({ rate: 1e-9, zero_grad: false });
  for (let k = 1; k <= 3; k++) {
    plain.complete();
    sloppy.complete();
    grads(plain).forEach((g, i) => {
      assert.ok(Math.abs(grads(sloppy)[i] - k * g) <= 1e-6 * Math.abs(k * g) + 1e-7);
    });
    plain.beat();
    sloppy.beat();
  }
});

for (const recipe of [
  {},
  { optimizer: "momentum", rate: 0.02 },
  { optimizer: "adam", rate: 0.03, schedule: "linear" },
  { zero_grad: false, rate: 0.01 },
])
  test(`every step of the history can be gone back to, and gone on from: ${JSON.stringify(recipe)}`, () => {
    const run = train(start(recipe), 30);
    const all = losses(run);
    const seen = [];
    for (const step of [29, 0, 7, 8, 6, 29, 13]) {
      assert.equal(run.seek(step), step);
      assert.equal(run.loss, all[step]);
      assert.deepEqual(Array.from(run.history.gradsAt(step)), grads(run));
      assert.equal(BEATS[run.next], "update");
      seen.push(step);
    }
    assert.equal(run.seek(1000), 30, "the end is kept as well");
    assert.equal(run.history.length, 30);
    const end = run.loss;
    run.seek(11);
    train(run, 19);
    assert.deepEqual(losses(run).slice(0, 12), all.slice(0, 12));
    const close = recipe.zero_grad === false ? 1e-9 : 0;
    losses(run).forEach((loss, step) => {
      assert.ok(Math.abs(loss - all[step]) <= close * Math.abs(loss));
    });
    assert.ok(Math.abs(run.loss - end) <= close);
    assert.deepEqual(Array.from(run.previous.loss), all);
  });

test("a change at an earlier step forgets what came after it", () => {
  const run = train(start(), 20);
  const all = losses(run);
  run.seek(5);
  run.setParameter(0, 2);
  assert.equal(run.history.length, 5);
  assert.equal(run.tape.data[0], 2);
  assert.notEqual(run.loss, all[5]);
  train(run, 3);
  assert.deepEqual(losses(run).slice(0, 5), all.slice(0, 5));
  run.seek(5);
  assert.equal(run.tape.data[0], 2);
});

test("reset goes back to the same weights, and the old curve stays", () => {
  const run = start({ optimizer: "adam" });
  const weights = run.parameters;
  train(run, 10);
  const all = losses(run);
  run.reset();
  assert.deepEqual(run.parameters, weights);
  assert.deepEqual([run.step, run.history.length], [0, 0]);
  assert.deepEqual(Array.from(run.previous.loss), all);
  train(run, 10);
  assert.deepEqual(losses(run), all);
});

test("a rate or an optimizer may change on the way", () => {
  const run = train(start({ rate: 0.01 }), 5);
  run.setRecipe({ rate: 0.1 });
  const [before, grad] = [run.parameters, []];
  run.complete();
  grad.push(...grads(run));
  run.beat();
  assert.deepEqual(
    Array.from(run.parameters),
    grad.map((g, i) => before[i] - 0.1 * g),
  );
  run.setRecipe({ optimizer: "adam", rate: 0.01 });
  const at = run.parameters;
  run.complete();
  run.beat();
  // Adam's first step is the rate, whatever the gradient is.
  run.parameters.forEach((x, i) => {
    if (grads(run)[i] !== 0) assert.ok(Math.abs(Math.abs(x - at[i]) - 0.01) < 1e-6);
  });
  assert.deepEqual(Array.from(run.history.rate.subarray(0, 7)), [0.01, 0.01, 0.01, 0.01, 0.01, 0.1, 0.01]);
});

test("a moved data point counts from its step on; earlier steps keep theirs", () => {
  const run = train(start(), 6);
  const all = losses(run);
  run.complete();
  run.setRow(2, [0, 0, 0], 1);
  const fresh = createRun(
    graphOf(
      definitionOf(),
      { inputs: LECTURE_ROWS.inputs.with(2, [0, 0, 0]), targets: [1, -1, 1, 1] },
      Array.from(run.parameters),
    ),
    definitionOf(),
    { inputs: LECTURE_ROWS.inputs.with(2, [0, 0, 0]), targets: [1, -1, 1, 1] },
  );
  fresh.complete();
  assert.equal(run.loss, fresh.loss);
  const moved = run.loss;
  train(run, 3);
  run.seek(4);
  assert.equal(run.loss, all[4]);
  run.seek(6);
  assert.equal(run.loss, moved);
});

test("another graph goes on with the same weights: a point more", () => {
  const run = train(start(), 6);
  run.complete();
  const all = losses(run);
  const rows = { inputs: [...LECTURE_ROWS.inputs, [1, 0, 1]], targets: [...LECTURE_ROWS.targets, -1] };
  const loss = run.loss;
  const old = run.graph;
  run.setGraph(graphOf(definitionOf(), rows), rows);
  assert.equal(run.structure.examples, 5);
  assert.ok(run.loss > loss);
  train(run, 4);
  assert.equal(run.history.length, 10);
  run.seek(2);
  assert.equal(run.graph, old);
  assert.equal(run.loss, all[2]);
  run.seek(9);
  assert.equal(run.structure.examples, 5);
  assert.equal(run.loss, run.history.loss[9]);
});

test("as many other rows are read through the graph that is there", () => {
  const run = train(start(), 4);
  run.complete();
  const [weights, all, old] = [run.parameters, losses(run), run.graph];
  const rows = { inputs: LECTURE_ROWS.inputs.with(1, [1, 1, 1]), targets: LECTURE_ROWS.targets.with(3, -1) };
  run.setGraph(graphOf(definitionOf(), rows), rows);
  const fresh = createRun(graphOf(definitionOf(), rows, Array.from(weights)), definitionOf(), rows);
  fresh.complete();
  assert.deepEqual([run.graph, run.loss, run.step], [old, fresh.loss, 4]);
  assert.deepEqual(run.parameters, weights);
  run.seek(3);
  assert.equal(run.loss, all[3]);
});

test("of many graphs the oldest are let go, and with them the steps that need them", () => {
  const times = (/** @type {number} */ count) => ({
    inputs: Array.from({ length: count }, (_, k) => LECTURE_ROWS.inputs[k % 4]),
    targets: Array.from({ length: count }, (_, k) => LECTURE_ROWS.targets[k % 4]),
  });
  // Every other one has a row more: a graph of its own.
  const [even, odd] = [100, 101].map((count) => ({
    rows: times(count),
    graph: graphOf(definitionOf(), times(count)),
  }));
  const run = createRun(even.graph, definitionOf(), even.rows, { steps: 1000, rate: 1e-6 });
  run.complete();
  const many = Math.ceil(1_000_000 / run.tape.size);
  for (let k = 0; k <= many; k++) {
    run.advance();
    const { graph, rows } = k % 2 ? even : odd;
    run.setGraph(graph, rows);
  }
  const end = run.step;
  const first = run.seek(0);
  assert.ok(first > 0 && first < end);
  assert.equal(run.loss, run.history.loss[first]);
});

test("a batch reads its rows, and seeking finds the same ones", () => {
  const rows = LECTURE_ROWS;
  const definition = definitionOf();
  const first = { inputs: rows.inputs.slice(0, 2), targets: rows.targets.slice(0, 2) };
  const run = createRun(graphOf(definition, first), definition, rows, { steps: 20, seed: 3 });
  const seen = [];
  while (!run.finished) {
    run.complete();
    seen.push(Array.from(run.examples));
    for (const [k, row] of run.examples.entries())
      assert.deepEqual(
        Array.from(run.structure.inputs.subarray(3 * k, 3 * k + 3), (node) => run.tape.data[node]),
        rows.inputs[row],
      );
    run.beat();
  }
  for (let k = 0; k < 20; k += 2) assert.deepEqual([...seen[k], ...seen[k + 1]].sort(), [0, 1, 2, 3]);
  const all = losses(run);
  for (const step of [13, 4, 19, 0]) {
    run.seek(step);
    assert.deepEqual(Array.from(run.examples), seen[step]);
    assert.equal(run.loss, all[step]);
  }
});

test("without a recipe a run is the server's: 20 steps, its rate, its batches", () => {
  const { graph, definition, rows } = lecture();
  const run = createRun(graph, definition, rows);
  while (run.advance());
  assert.equal(run.history.length, RECIPE.steps);
  assert.equal(run.history.rate[0], RECIPE.rate);
  const two = { inputs: rows.inputs.slice(0, 2), targets: rows.targets.slice(0, 2) };
  const dealt = (recipe) => {
    const batched = createRun(graphOf(definition, two), definition, rows, recipe);
    return Array.from({ length: 8 }, () => {
      batched.advance();
      return Array.from(batched.examples);
    });
  };
  assert.deepEqual(dealt(undefined), dealt({ seed: RECIPE.seed }));
  assert.notDeepEqual(dealt(undefined), dealt({ seed: 2 }));
});

test("before anything is recorded there is only the beginning to go to", () => {
  const run = start();
  assert.equal(run.seek(7), 0);
  const { loss } = run;
  assert.equal(run.history.length, 0);
  run.advance();
  assert.equal(run.history.loss[0], loss);
});

test("a run ends with its recipe, and one more step can be granted", () => {
  const run = start({ steps: 3 });
  while (run.advance());
  assert.deepEqual([run.step, run.finished, run.history.length], [3, true, 3]);
  assert.equal(run.beat(), null);
  run.setRecipe({ steps: 4 });
  run.beat();
  assert.equal(run.history.length, 4);
});

test("a run that diverges stops, keeps its history and says where it began", () => {
  const linear = definitionOf({ activation: "linear" });
  const run = createRun(graphOf(linear, LECTURE_ROWS), linear, LECTURE_ROWS, { steps: 1000, rate: 0.5 });
  while (run.advance());
  const { step, node, phase, value } = run.diverged;
  assert.ok(step > 2 && step < 100);
  assert.ok(!Number.isFinite(value));
  assert.equal(run.history.length, step + 1);
  assert.ok(losses(run).slice(0, -1).every(Number.isFinite));
  assert.ok(run.parameters.every(Number.isFinite), "the weights are those before");
  if (phase === "forward")
    for (let i = 0; i < node; i++) assert.ok(Number.isFinite(run.tape.data[i]), "nothing before it");
  assert.equal(run.beat(), null);
  run.seek(step - 1);
  assert.equal(run.diverged, null);
  run.seek(step);
  assert.equal(run.diverged?.node, node);
  assert.equal(run.previous, null, "looking is not going on");
  assert.equal(run.history.length, step + 1);
  run.seek(1);
  run.setRecipe({ rate: 1e-3 });
  assert.ok(run.advance());
  assert.equal(run.diverged, null);
  assert.equal(run.history.length, 2);
});

test("a history keeps to its budget: fewer steps, every curve, the end", () => {
  const { graph, definition, rows } = lecture();
  const budget = 8 * 41 * 2 * 20;
  const run = createRun(graph, definition, rows, { steps: 200, optimizer: "adam" }, budget);
  const whole = train(start({ steps: 200, optimizer: "adam" }), 200);
  train(run, 200);
  const { history } = run;
  assert.ok(history.columns.reduce((sum, column) => sum + column.byteLength, 0) <= budget);
  assert.ok(history.stride > 1 && history.kept >= 5);
  assert.deepEqual(losses(run), losses(whole));
  for (let step = 0; step < 200; step++) {
    const at = run.seek(step);
    assert.equal(at, history.nearest(step));
    assert.equal(run.loss, history.loss[at]);
    assert.deepEqual(run.parameters, whole.history.parametersAt(at).slice());
  }
  assert.equal(run.seek(200), 200);
  const stride = history.stride;
  run.seek(stride * 2);
  train(run, 200 - stride * 2);
  assert.deepEqual(losses(run), losses(whole));
});

test("thinning and growing keep the right numbers", () => {
  const history = new History(3, 8 * 3 * 2 * 7);
  const kept = [];
  for (let step = 0; step < 500; step++) {
    history.record(step, 0, 1, Float64Array.of(step, 1, 2), Float64Array.of(-step, 0, 0), []);
    kept.push(history.kept);
    for (let k = 0; k <= step; k += history.stride) {
      assert.equal(history.parametersAt(k)[0], k);
      assert.equal(history.gradsAt(k)[0], -k);
    }
  }
  assert.ok(Math.max(...kept) <= 7 && Math.min(...kept.slice(7)) >= 3);
});

test("a graph of another network is refused", () => {
  const { graph, rows } = lecture();
  assert.throws(() => createRun(graph, definitionOf({ nouts: [4, 3, 1] }), rows), RangeError);
  assert.throws(() => createRun(graph, definitionOf({ activation: "linear" }), rows), RangeError);
  assert.throws(
    () => createRun(graph, definitionOf(), { inputs: rows.inputs.slice(1), targets: [1, 1, 1] }),
    RangeError,
  );
  assert.equal(weightsOf(41).length, 41);
});
