import assert from "node:assert/strict";
import { test } from "node:test";
import { curve, errorCurve, nudge, nudgeSentence, outputOver } from "../../static/src/gradcheck.js";
import { OPS } from "../../static/src/kernel.js";
import { plain } from "../../static/src/sentence.js";
import { computed, draft, lecture } from "./draft.js";

const close = (a, b, tolerance) => assert.ok(Math.abs(a - b) <= tolerance, `${a} ${b}`);

/** y = op(x) at `at`. */
function single(op, at) {
  const d = draft();
  const x = d.leaf(at, "x");
  const graph = d.graph(d.op(op, [x], "y"));
  return { graph, tape: computed(graph) };
}

test("the mock's nudge: c by 0.5 moves L from -8 to -9, true for any h", () => {
  const tape = computed(lecture());
  const { before, after, predicted, actual, forward, central, verdict } = nudge(tape, 2, 0.5);
  assert.deepEqual([before, after, predicted, actual], [-8, -9, -1, -1]);
  assert.deepEqual([forward, central, verdict], [-2, -2, "same"]);
  assert.equal(nudge(tape, 2, 1e-3).verdict, "same");
  assert.deepEqual(Array.from(tape.data), [2, -3, 10, -2, -6, 4, -8], "the tape is as it was");
});

test("an intermediate is nudged as if it were a leaf", () => {
  const tape = computed(lecture());
  assert.equal(outputOver(tape, 5)(4.5), -9);
  for (let node = 0; node < tape.size; node++) {
    close(nudge(tape, node, 1e-3).central, tape.grad[node], 1e-9);
  }
});

test("one rule for every op of the table: the central quotient agrees with the gradient", () => {
  for (const [code, row] of OPS.entries()) {
    if (code === 0) continue;
    const d = draft();
    const leaves = (row.variadic ? [0, 1, 2] : row.operands).map((_, slot) => d.leaf([0.3, 0.7, 0.45][slot]));
    const tape = computed(d.graph(d.op(row.name, leaves)));
    for (const leaf of leaves) close(nudge(tape, leaf, 1e-5).central, tape.grad[leaf], 1e-8);
  }
});

test("verdicts: bending, rounding, kinks, values outside the domain", () => {
  const { graph, tape } = single("exp", 1);
  const said = (h) => plain(nudgeSentence(graph, tape, nudge(tape, 0, h)));
  assert.equal(nudge(tape, 0, 0.5).verdict, "coarse");
  assert.match(said(0.5), /^The curve bends within h/);
  assert.equal(nudge(tape, 0, 1e-7).verdict, "same");
  assert.equal(nudge(tape, 0, 1e-13).verdict, "rounding");
  assert.match(said(1e-13), /rounding wins: y keeps about 16 digits/);
  for (const [op, x, h] of [
    ["sign", 0, 0.5],
    ["floor", 2, -0.5],
    ["round", 2.5, 0.5],
  ]) {
    assert.equal(nudge(single(op, x).tape, 0, h).verdict, "jump", op);
  }
  assert.equal(nudge(single("sigmoid", 0).tape, 0, 5).verdict, "coarse", "steep is no jump");
  const kink = single("abs", 0);
  assert.equal(nudge(kink.tape, 0, 0.1).verdict, "kink");
  assert.match(plain(nudgeSentence(kink.graph, kink.tape, nudge(kink.tape, 0, 0.1))), /differ, −1 and 1\.$/);
  assert.equal(nudge(single("log", 0.1).tape, 0, -0.5).verdict, "outside");
  assert.equal(nudge(single("sqrt", 0).tape, 0, 0.5).verdict, "outside");
});

test("the lecture's own quotient: forward at 3 with h 1e-3 is 14.003", () => {
  const d = draft();
  const x = d.leaf(3, "x");
  const square = d.op("mul", [d.constant(3), d.op("mul", [x, x])]);
  const f = d.op("add", [d.op("sub", [square, d.op("mul", [d.constant(4), x])]), d.constant(5)]);
  const tape = computed(d.graph(f));
  assert.equal(tape.data[f], 20);
  close(nudge(tape, x, 1e-3).forward, 14.003, 1e-10);
  close(nudge(tape, x, 1e-3).central, 14, 1e-10);
});

test("the error falls with h and rises where rounding wins; central differences go deeper", () => {
  const points = errorCurve(single("exp", 1).tape, 0);
  assert.equal(points.length, 49);
  assert.equal(points[0].h, 1e-12);
  const lowest = (scheme) => points.reduce((best, point) => (point[scheme] < best[scheme] ? point : best));
  const [one, two] = [lowest("forward"), lowest("central")];
  assert.ok(one.h > 1e-10 && one.h < 1e-6 && one.forward < 1e-6);
  assert.ok(two.h > one.h && two.central < one.forward);
  assert.ok(points[0].forward > 1e-6 && points.at(-1).forward > 0.1);
});

test("the curve of the output over a node", () => {
  const points = curve(computed(lecture()), 2, 9, 11, 5);
  assert.deepEqual(
    points.map(({ x, y }) => [x, y]),
    [
      [9, -6],
      [9.5, -7],
      [10, -8],
      [10.5, -9],
      [11, -10],
    ],
  );
});
