import assert from "node:assert/strict";
import { test } from "node:test";
import { equations } from "../../static/src/equation.js";
import { plainMath } from "../../static/src/math.js";
import { draft } from "./draft.js";
import { answerOf } from "./program.js";

const first = (graph) => plainMath(equations(graph)[0]);

test("the lecture's output over its leaves", () => {
  assert.equal(first(answerOf()), "L=(a·b+c)·f");
});

test("brackets only where the operators need them", () => {
  const d = draft();
  const [a, b, c] = [d.leaf(1, "a"), d.leaf(2, "b"), d.leaf(3, "c")];
  const graph = d.graph(d.op("sub", [a, d.op("sub", [b, d.op("mul", [b, c])])], "y"));
  assert.equal(first(graph), "y=a−(b−b·c)");
});

test("what grows too long is written over its own operands, at last by its name", () => {
  const d = draft();
  let x = d.leaf(1, "x");
  for (let k = 0; k < 6; k++) x = d.op("add", [x, x], `x${k}`);
  const trees = equations(d.graph(x)).map((tree) => plainMath(tree));
  assert.deepEqual(trees, ["x5=x4+x4", "x5"]);
});

test("a negative constant is bracketed behind an operator, not before one", () => {
  const d = draft();
  const graph = d.graph(d.op("mul", [d.constant(-2), d.op("add", [d.leaf(1, "a"), d.constant(-3)])], "y"));
  assert.equal(first(graph), "y=−2·(a+(−3))");
});
