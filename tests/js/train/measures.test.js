import assert from "node:assert/strict";
import { test } from "node:test";
import { classesOf, gridAround, gridPoints, levelLine, predict } from "../../../static/src/train/boundary.js";
import { historyCsv, parameterNames, readModel, writeModel } from "../../../static/src/train/files.js";
import { histogram, layerHistograms, measure, told, worstFirst } from "../../../static/src/train/measures.js";
import { createRun } from "../../../static/src/train/run.js";
import { definitionOf, graphOf, LECTURE_ROWS, lecture } from "./graph.js";

/** A run at which every number of the first step is made. */
function ready(definition, rows, weights) {
  const run = createRun(graphOf(definition, rows, weights), definition, rows);
  run.complete();
  return run;
}

test("predictions from the weights alone are those of the tape", () => {
  for (const activation of ["tanh", "relu", "sigmoid", "linear"]) {
    const definition = definitionOf({ activation, output_activation: "linear", nouts: [5, 3, 2] });
    const rows = { inputs: LECTURE_ROWS.inputs, targets: LECTURE_ROWS.targets.map((y) => [y, -y]) };
    const { tape, structure, parameters } = ready(definition, rows);
    const outputs = predict(parameters, definition, Float64Array.from(rows.inputs.flat()), 4);
    outputs.forEach((out, at) => {
      const there = tape.data[structure.outputs[at]];
      assert.ok(Math.abs(out - there) <= 1e-12 * Math.abs(there), `${activation} ${out} ${there}`);
    });
  }
});

test("a grid goes around the points, its first row at the top", () => {
  const grid = gridAround(
    [
      [0, 5],
      [10, 5],
      [4, 9],
    ],
    3,
    0.1,
  );
  assert.deepEqual([grid.left, grid.right], [-1, 11]);
  assert.deepEqual(
    [grid.bottom, grid.top].map((y) => y.toFixed(6)),
    ["4.600000", "9.400000"],
  );
  const points = gridPoints({ left: 0, right: 2, bottom: 0, top: 1, columns: 3, rows: 2 });
  assert.deepEqual(Array.from(points), [0, 1, 1, 1, 2, 1, 0, 0, 1, 0, 2, 0]);
  assert.deepEqual(Array.from(classesOf(Float64Array.of(1, 2, 3, 1), 2)), [1, 0]);
});

test("the line of a plane is straight, that of a cone is a circle, and both are closed or end at the edge", () => {
  const grid = { left: -1, right: 1, bottom: -1, top: 1, columns: 41, rows: 31 };
  const points = gridPoints(grid);
  const field = (f) =>
    Float64Array.from({ length: points.length / 2 }, (_, k) => f(points[2 * k], points[2 * k + 1]));
  const plane = levelLine(
    field((x, y) => x + 2 * y - 0.3),
    grid,
  );
  assert.ok(plane.length > 100);
  for (let k = 0; k < plane.length; k += 2) assert.ok(Math.abs(plane[k] + 2 * plane[k + 1] - 0.3) < 1e-12);
  const circle = levelLine(field(Math.hypot), grid, 0.7);
  let length = 0;
  const ends = new Map();
  for (let k = 0; k < circle.length; k += 4) {
    const [x1, y1, x2, y2] = circle.slice(k, k + 4);
    assert.ok(Math.abs(Math.hypot(x1, y1) - 0.7) < 2e-3);
    length += Math.hypot(x2 - x1, y2 - y1);
    for (const end of [`${x1.toFixed(9)} ${y1.toFixed(9)}`, `${x2.toFixed(9)} ${y2.toFixed(9)}`])
      ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  assert.ok(Math.abs(length - 1.4 * Math.PI) < 0.01);
  assert.ok([...ends.values()].every((times) => times === 2));
});

test("a saddle is cut as its middle says", () => {
  const grid = { left: 0, right: 1, bottom: 0, top: 1, columns: 2, rows: 2 };
  // Above at the top left and the bottom right; the middle is above: the other two corners are cut off.
  const cut = levelLine([3, -1, -1, 3], grid);
  const corners = [];
  for (let k = 0; k < 8; k += 4)
    corners.push([(cut[k] + cut[k + 2]) / 2 > 0.5, (cut[k + 1] + cut[k + 3]) / 2 > 0.5]);
  assert.deepEqual(corners.sort(), [
    [false, false],
    [true, true],
  ]);
  const other = levelLine([1, -3, -3, 1], grid);
  corners.length = 0;
  for (let k = 0; k < 8; k += 4)
    corners.push([(other[k] + other[k + 2]) / 2 > 0.5, (other[k + 1] + other[k + 3]) / 2 > 0.5]);
  assert.deepEqual(corners.sort(), [
    [false, true],
    [true, false],
  ]);
  assert.deepEqual(levelLine([Number.NaN, 1, -1, 1], grid), []);
});

test("examples that are right by a margin send nothing back, and a neuron that nobody switches on is dead", () => {
  const definition = definitionOf({
    nin: 1,
    nouts: [3, 1],
    activation: "relu",
    output_activation: "linear",
    loss: "hinge",
  });
  const rows = { inputs: [[-2], [-0.5], [0.5], [3]], targets: [-1, -1, 1, 1] };
  // Hidden: relu(x), relu(-x), and one whose sum is always below 0. Output: the first less the second, so x itself.
  const weights = [1, 0, -1, 0, 0, -1, 1, -1, 1, 0];
  const { tape, structure } = ready(definition, rows, weights);
  const found = measure(tape, structure, false);
  assert.deepEqual(Array.from(found.pushes), [0, 1, 1, 0]);
  assert.deepEqual([found.pushing, found.content, found.blocked], [2, 2, 0]);
  assert.deepEqual(found.dead, [{ layer: 0, neuron: 2 }]);
  assert.deepEqual(told(found), [
    "2 of 4 examples still push on the weights.",
    "2 are right by a margin and send nothing back.",
    "1 neuron is dead: no example switches it on.",
  ]);
  assert.deepEqual(Array.from(worstFirst(tape, structure)), [1, 2, 0, 3]);
});

test("a saturated last layer blocks, and its share is told", () => {
  const { definition, rows } = lecture();
  const { tape, structure } = ready(definition, rows, Array(41).fill(40));
  const found = measure(tape, structure, true);
  assert.equal(found.pushing, 0);
  assert.equal(found.blocked + found.content, 4);
  assert.ok(found.blocked >= 2);
  assert.equal(found.saturated[2], 1);
  assert.match(told(found)[0], /No example pushes on the weights any more: only the penalty does/);
  assert.ok(
    told(found).some((sentence) => sentence === "100 % of layer 3 is saturated: its curve is flat there."),
  );
});

test("histograms count every number once, 0 in the middle", () => {
  const { counts, extent, strange } = histogram(
    Float64Array.of(-2, -1, 0, 0, 1.99, 2, Number.NaN, Infinity),
    5,
  );
  assert.deepEqual([Array.from(counts), extent, strange], [[1, 1, 2, 0, 2], 2, 2]);
  assert.deepEqual(Array.from(histogram(new Float64Array(3), 5).counts), [0, 0, 3, 0, 0]);
  const { tape, structure } = ready(definitionOf(), LECTURE_ROWS);
  const layers = layerHistograms(tape.grad, structure.layers);
  const totals = layers.map(({ counts: each }) => each.reduce((a, b) => a + b));
  assert.deepEqual(totals, [16, 20, 5]);
});

test("a model is saved and loaded to the last bit", () => {
  const definition = definitionOf({ seed: 7, activation: "relu", initialisation: "he_normal", alpha: 1e-4 });
  const parameters = Float64Array.from({ length: 41 }, (_, k) => Math.sin(k) / 3);
  parameters[3] = -0;
  parameters[4] = 5e-324;
  const text = writeModel(definition, parameters, { step: 12, loss: 0.25 });
  const read = readModel(text);
  assert.equal(read.problem, null);
  assert.deepEqual(read.definition, definition);
  assert.deepEqual(Array.from(read.parameters, String), Array.from(parameters, String));
  assert.deepEqual(read.trained, { step: 12, loss: 0.25 });
});

test("a file that holds no such network is refused with what is wrong in it", () => {
  const file = JSON.parse(writeModel(definitionOf(), new Float64Array(41)));
  const refused = (changes, code) => {
    const { problem, definition } = readModel(JSON.stringify({ ...file, ...changes }));
    assert.equal(definition, null);
    assert.equal(problem?.code, code, JSON.stringify(changes));
    return problem.message;
  };
  refused({ format: "pickle" }, "invalid_value");
  refused({ version: 2 }, "invalid_value");
  refused({ network: { ...file.network, nouts: [4, 0] } }, "bad_size");
  refused({ network: { ...file.network, nouts: "4" } }, "bad_size");
  refused({ network: { ...file.network, depth: 3 } }, "unknown_field");
  refused({ network: null }, "missing_field");
  refused({ loss: "huber" }, "unknown_loss");
  refused({ data: { kind: "rows" } }, "invalid_value");
  assert.match(refused({ parameters: file.parameters.slice(1) }, "wrong_width"), /40 numbers; 41 are needed/);
  assert.match(refused({ parameters: file.parameters.with(7, "1") }, "not_a_number"), /parameters\[7\]/);
  refused({ parameters: undefined }, "not_a_list");
  for (const text of ["", "{", "null", "[]", "3", '"x"', "\u0000"]) assert.ok(readModel(text).problem, text);
});

test("the history as CSV holds every step, and on demand the weights before its update", () => {
  const { definition, rows, graph } = lecture();
  const run = createRun(graph, definition, rows, { steps: 5, schedule: "linear" });
  while (run.advance());
  const [head, ...lines] = historyCsv(run.history).trimEnd().split("\n");
  assert.equal(head, "step,loss,accuracy,rate");
  assert.deepEqual(
    lines.map((line) => line.split(",").map(Number)),
    Array.from({ length: 5 }, (_, k) => [
      k,
      run.history.loss[k],
      run.history.accuracy[k],
      run.history.rate[k],
    ]),
  );
  const table = historyCsv(run.history, definition)
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  assert.equal(table[0][4], "layer1.neuron1.w[0]");
  assert.equal(table[0].at(-1), "layer3.neuron1.b.grad");
  assert.equal(parameterNames(definition).length, 41);
  assert.deepEqual(table[3].slice(4, 45).map(Number), Array.from(run.history.parametersAt(2)));
  assert.deepEqual(table[3].slice(45).map(Number), Array.from(run.history.gradsAt(2)));
});
