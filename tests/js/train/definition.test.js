import assert from "node:assert/strict";
import { test } from "node:test";
import { LECTURE, requestOf, writeDefinition } from "../../../static/src/train/definition.js";
import { readDefinition } from "../../../static/src/train/line.js";
import { CHOICES, NETWORK } from "../../../static/src/train/tables.js";
import { LECTURE_ROWS } from "./graph.js";

test("the lecture's network is its line", () => {
  assert.equal(writeDefinition(LECTURE), "n = MLP(3, [4, 4, 1])");
  assert.deepEqual(readDefinition("n = MLP(3, [4, 4, 1])").definition, LECTURE);
});

test("each definition is written as a line that reads back as itself", () => {
  for (const activation of CHOICES.activation)
    for (const output_activation of [null, ...CHOICES.output_activation])
      for (const initialisation of CHOICES.initialisation)
        for (const seed of [NETWORK.seed, 0, 2 ** 53 - 1]) {
          const fields = { nin: 2, nouts: [16, 16, 3], activation, output_activation, initialisation, seed };
          const definition = { ...LECTURE, ...fields };
          assert.deepEqual(readDefinition(writeDefinition(definition)).definition, definition);
        }
});

test("the line is read however it is spaced and quoted, and what it leaves out is as usual", () => {
  const base = { ...LECTURE, activation: "relu", loss: "hinge", alpha: 1e-4 };
  for (const text of [
    "MLP(2,[8,1])",
    "  net = MLP( 2 , [ 8, 1, ] , )  # two layers",
    "n=MLP(nin=2, nouts=[8, 1])",
    "MLP(2, nouts=[8, 1], activation='tanh', output_activation=None)",
  ]) {
    const { definition, problem } = readDefinition(text, base);
    assert.equal(problem, null, text);
    assert.deepEqual(definition, { ...LECTURE, nin: 2, nouts: [8, 1], loss: "hinge", alpha: 1e-4 });
  }
});

test("what is wrong with a line is told with its place", () => {
  const told = (text) => {
    const { problem } = readDefinition(text);
    return [problem.message, text.slice(problem.start, problem.end)];
  };
  assert.deepEqual(told("MLP(3, [4, 0, 1])"), ["network.nouts[1] is not a whole number of at least 1.", "0"]);
  assert.deepEqual(told("MLP(3, [4, -4, 1])"), [
    "network.nouts[1] is not a whole number of at least 1.",
    "-4",
  ]);
  assert.deepEqual(told("MLP(3, [4, 2.5])"), [
    "network.nouts[1] is not a whole number of at least 1.",
    "2.5",
  ]);
  assert.deepEqual(told("MLP(3, [])"), ["nouts is a list with the size of every layer.", "[]"]);
  assert.deepEqual(told("MLP(3, 4)"), ["nouts is a list with the size of every layer.", "4"]);
  assert.deepEqual(told("MLP(3, [1000000])"), [
    "The network would have more than 5,000 parameters.",
    "[1000000]",
  ]);
  assert.deepEqual(told("MLP(3, [4, 1], activation='swish')")[1], "'swish'");
  assert.match(told("MLP(3, [4, 1], activation='swish')")[0], /^activation is one of tanh, relu/);
  assert.deepEqual(told("MLP(3, [4, 1], activation=relu)"), ["relu is not a number.", "relu"]);
  assert.deepEqual(told("MLP(3, [4, 1], seed=-1)")[1], "-1");
  assert.deepEqual(told("MLP(3, [4, 1], speed=1)"), ["MLP has no speed.", "speed"]);
  assert.deepEqual(told("MLP(3, [4, 1], seed=1, seed=2)"), ["seed is given twice.", "seed"]);
  assert.deepEqual(told("MLP(3, [4, 1], 'relu')"), ["This needs its name before it.", "'relu'"]);
  assert.deepEqual(told("MLP(3)"), ["nouts is missing.", ")"]);
  assert.deepEqual(told("MLP(3, [4, 1]"), [") is missing.", ""]);
  assert.deepEqual(told("MLP(3, [4, 1"), ["] is missing.", ""]);
  assert.deepEqual(told("MLP(3 [4, 1])"), [", is expected here.", "["]);
  assert.deepEqual(told("MLP(3, [4, 1]) + 1")[1], "+");
  assert.deepEqual(told("Layer(3, 4)")[1], "Layer");
  for (const text of ["", "n =", "MLP", "MLP(", "MLP(3, [4", "MLP(3, [4, 1], activation=", "MLP[3]", "ö"]) {
    const { problem } = readDefinition(text);
    assert.ok(problem.message.length > 5 && problem.start <= problem.end && problem.end <= text.length, text);
  }
});

test("any text is read or refused, never thrown at", () => {
  let state = 5;
  const next = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pieces = [
    "n",
    "=",
    "MLP",
    "(",
    ")",
    "[",
    "]",
    ",",
    "3",
    "4.5",
    "-1",
    "'relu'",
    "seed",
    "None",
    " ",
    "#",
    "§",
  ];
  for (let round = 0; round < 5000; round++) {
    const text = Array.from({ length: next(16) }, () => pieces[next(pieces.length)]).join("");
    const { definition, problem } = readDefinition(text);
    assert.equal(definition === null, problem !== null);
  }
});

test("a request holds the rows of a batch, and weights of one's own", () => {
  const rows = LECTURE_ROWS;
  const body = requestOf(LECTURE, rows);
  assert.deepEqual(body, {
    network: { nin: 3, nouts: [4, 4, 1], ...NETWORK },
    ...rows,
    loss: "squared_error",
    alpha: 0,
  });
  const part = requestOf(LECTURE, rows, 2, Float64Array.of(1, 2));
  assert.deepEqual([part.inputs.length, part.targets.length, part.parameters], [2, 2, [1, 2]]);
});
