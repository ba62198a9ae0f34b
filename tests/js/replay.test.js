import assert from "node:assert/strict";
import { test } from "node:test";
import { OPS } from "../../static/src/kernel.js";
import { backward, compile, contributionOf, fork, forward, setLeaf } from "../../static/src/replay.js";
import { computed, draft, lecture } from "./draft.js";

const list = (array) => Array.from(array);

test("the lecture's graph: data, grads and partials", () => {
  const tape = computed(lecture());
  assert.deepEqual(list(tape.data), [2, -3, 10, -2, -6, 4, -8]);
  assert.deepEqual(list(tape.grad), [6, -4, -2, 4, -2, -2, 1]);
  assert.deepEqual(list(tape.partial), [-3, 2, 1, 1, -2, 4]);
});

test("turning c from 10 to 10.5 gives L = -9 and f.grad 4.5", () => {
  const tape = computed(lecture());
  setLeaf(tape, 2, 10.5);
  forward(tape, 3);
  backward(tape);
  assert.equal(tape.data[6], -9);
  assert.equal(tape.grad[3], 4.5);
  assert.throws(() => setLeaf(tape, 6, 1), RangeError);
});

test("an operand used twice gets two contributions", () => {
  const d = draft();
  const a = d.leaf(3, "a");
  const tape = computed(d.graph(d.op("add", [a, a])));
  assert.equal(tape.grad[a], 2);
  const square = draft();
  const x = square.leaf(3);
  const squared = computed(square.graph(square.op("mul", [x, x])));
  assert.equal(squared.grad[x], 6);
});

test("a constant has no grad and no partial towards it is computed", () => {
  const d = draft();
  const x = d.leaf(-3);
  const two = d.constant(2);
  const tape = computed(d.graph(d.op("pow", [x, two])));
  assert.equal(tape.grad[x], -6);
  assert.ok(
    Number.isNaN(tape.grad[two]) && Number.isNaN(tape.partial[1]) && Number.isNaN(contributionOf(tape, 1)),
  );
});

test("a node without a path to the output keeps grad 0, though its partials are infinite", () => {
  const d = draft();
  const [x, y] = [d.leaf(0), d.leaf(5)];
  d.op("sqrt", [x]);
  const output = d.op("mul", [x, y]);
  const unused = d.op("log", [output]);
  const tape = computed(d.graph(output));
  assert.equal(tape.grad[x], 5);
  assert.equal(tape.grad[unused], 0);
  assert.equal(tape.partial[0], Number.POSITIVE_INFINITY);
  assert.equal(contributionOf(tape, 0), 0);
});

test("a closed gate passes nothing on, whatever arrives", () => {
  const d = draft();
  const x = d.leaf(-1);
  const tape = computed(d.graph(d.op("sqrt", [d.op("relu", [x])])));
  assert.equal(tape.grad[1], Number.POSITIVE_INFINITY);
  assert.equal(tape.grad[x], 0);
});

test("max over many operands shares the gradient among those that tie", () => {
  const d = draft();
  const leaves = [1, 7, 7, 2, 7].map((value) => d.leaf(value));
  const tape = computed(d.graph(d.op("max", leaves)));
  assert.deepEqual(
    leaves.map((i) => tape.grad[i]),
    [0, 1 / 3, 1 / 3, 0, 1 / 3],
  );
});

test("IEEE corners where JavaScript differs from C", () => {
  const value = (op, ...numbers) => {
    const d = draft();
    return computed(
      d.graph(
        d.op(
          op,
          numbers.map((x) => d.leaf(x)),
        ),
      ),
    ).data[numbers.length];
  };
  const { POSITIVE_INFINITY: inf, NaN: nan } = Number;
  assert.equal(value("pow", 1, nan), 1);
  assert.equal(value("pow", 1, -inf), 1);
  assert.equal(value("pow", -1, inf), 1);
  assert.ok(Number.isNaN(value("pow", -8, 1 / 3)));
  for (const [x, rounded] of [
    [2.5, 2],
    [3.5, 4],
    [-2.5, -2],
    [-0.5, -0],
    [0.49999999999999994, 0],
    [2 ** 53 - 1, 2 ** 53 - 1],
  ])
    assert.ok(Object.is(value("round", x), rounded), `round(${x})`);
  assert.ok(Object.is(value("max", -0, 0), -0));
  assert.ok(Number.isNaN(value("max", 1, nan)) && Number.isNaN(value("max", nan, 1)));
});

test("a fork has numbers of its own", () => {
  const tape = computed(lecture());
  const other = fork(tape);
  setLeaf(other, 0, 100);
  forward(other);
  backward(other);
  assert.equal(tape.data[0], 2);
  assert.equal(tape.grad[1], -4);
  assert.notEqual(other.grad[1], -4);
});

test("numbers come off the JSON as they were written", () => {
  const graph = lecture();
  graph.nodes[6].data = "-Infinity";
  graph.nodes[0].grad = "NaN";
  graph.nodes[1].grad = -0;
  const tape = compile(graph);
  assert.equal(tape.data[6], Number.NEGATIVE_INFINITY);
  assert.ok(Number.isNaN(tape.grad[0]) && Object.is(tape.grad[1], -0));
  graph.nodes[4].op = "frobnicate";
  assert.throws(() => compile(graph), /unknown op: frobnicate/);
});

test("every op of the table agrees with central differences", () => {
  const points = [0.3, 0.7, 0.45];
  for (const [code, row] of OPS.entries()) {
    if (code === 0) continue;
    const d = draft();
    const leaves = (row.variadic ? [0, 1, 2] : row.operands).map((_, slot) => d.leaf(points[slot]));
    const tape = computed(d.graph(d.op(row.name, leaves)));
    for (const leaf of leaves) {
      const at = (value) => {
        const other = fork(tape);
        setLeaf(other, leaf, value);
        forward(other);
        return other.data[tape.output];
      };
      const h = 1e-5;
      const slope = (at(points[leaf] + h) - at(points[leaf] - h)) / (2 * h);
      assert.ok(Math.abs(slope - tape.grad[leaf]) < 1e-8, `${row.name} ${leaf}: ${slope} ${tape.grad[leaf]}`);
    }
  }
});

test("a million nodes deep: no recursion", () => {
  const d = draft();
  let at = d.leaf(0.5);
  for (let k = 0; k < 1_000_000; k++) at = d.op("neg", [at]);
  const tape = computed(d.graph(at));
  assert.equal(tape.grad[0], 1);
});
