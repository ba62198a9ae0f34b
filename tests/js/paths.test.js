import assert from "node:assert/strict";
import { test } from "node:test";
import { pathsFrom } from "../../static/src/paths.js";
import { computed, draft, lecture } from "./draft.js";

test("one path: the product of its local derivatives is the gradient", () => {
  const tape = computed(lecture());
  const { paths, count, rest } = pathsFrom(tape, 0);
  assert.equal(count, 1);
  assert.deepEqual(paths, [{ nodes: [0, 4, 5, 6], edges: [0, 2, 4], partials: [-3, 1, -2], product: 6 }]);
  assert.deepEqual(rest, { count: 0, sum: 0 });
});

test("the output reaches itself by the empty path", () => {
  const { paths, count } = pathsFrom(computed(lecture()), 6);
  assert.deepEqual([paths, count], [[{ nodes: [6], edges: [], partials: [], product: 1 }], 1]);
});

test("the lecture's reuse: f = (a*b)*(a+b) has two paths from a, 3 and -6", () => {
  const g = draft();
  const [a, b] = [g.leaf(-2, "a"), g.leaf(3, "b")];
  const [d, e] = [g.op("mul", [a, b], "d"), g.op("add", [a, b], "e")];
  const tape = computed(g.graph(g.op("mul", [d, e], "f")));
  assert.deepEqual(
    pathsFrom(tape, a).paths.map(({ product }) => product),
    [-6, 3],
  );
  assert.equal(tape.grad[a], -3);
});

test("a + a is two paths along two edges", () => {
  const d = draft();
  const a = d.leaf(3);
  const { paths, count } = pathsFrom(computed(d.graph(d.op("add", [a, a]))), a);
  assert.equal(count, 2);
  assert.deepEqual(paths.map(({ edges }) => edges).sort(), [[0], [1]]);
});

test("fifty doublings: twelve of 2 ** 50 paths listed, the rest counted and summed", () => {
  const d = draft();
  const x = d.leaf(1);
  let at = x;
  for (let k = 0; k < 50; k++) at = d.op("add", [at, at]);
  const tape = computed(d.graph(at));
  const { paths, count, rest } = pathsFrom(tape, x);
  assert.equal(count, 2 ** 50);
  assert.equal(paths.length, 12);
  assert.equal(new Set(paths.map(({ edges }) => edges.join())).size, 12);
  assert.deepEqual(rest, { count: 2 ** 50 - 12, sum: 2 ** 50 - 12 });
});

test("the strongest twelve are those an enumeration of all paths puts first", () => {
  const d = draft();
  const x = d.leaf(0.9);
  let at = x;
  for (const factor of [2, -3, 0.5, 7, -1.1, 0.2, 5])
    at = d.op("add", [d.op("mul", [at, d.constant(factor)]), at]);
  const tape = computed(d.graph(at));
  const all = [];
  const stack = [{ node: x, product: 1 }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (top.node === tape.output) all.push(top.product);
    for (let e = 0; e < tape.operand.length; e++) {
      if (tape.operand[e] === top.node) {
        stack.push({ node: tape.owner[e], product: top.product * tape.partial[e] });
      }
    }
  }
  const { paths, count, rest } = pathsFrom(tape, x);
  assert.equal(count, all.length);
  const strongest = all
    .map(Math.abs)
    .sort((a, b) => b - a)
    .slice(0, 12);
  paths.forEach(({ product }, k) => {
    assert.ok(Math.abs(Math.abs(product) - strongest[k]) <= 1e-12 * strongest[k]);
  });
  const listed = paths.reduce((sum, { product }) => sum + product, 0);
  assert.ok(Math.abs(listed + rest.sum - tape.grad[x]) < 1e-9);
});

test("a path through NaN comes first, a closed gate's product is 0", () => {
  const d = draft();
  const x = d.leaf(-1);
  const tape = computed(
    d.graph(d.op("add", [d.op("log", [d.op("relu", [x])]), d.op("asin", [d.op("sub", [x, x])])])),
  );
  const { paths } = pathsFrom(tape, x);
  assert.deepEqual(
    paths.map(({ product }) => Math.abs(product)),
    [1, 1, 0],
  );
  const broken = draft();
  const y = broken.leaf(2);
  const spoiled = computed(broken.graph(broken.op("add", [y, broken.op("asin", [y])])));
  assert.ok(Number.isNaN(pathsFrom(spoiled, y).paths[0].product));
});

test("no path from a constant or an unused node", () => {
  const d = draft();
  const [x, two] = [d.leaf(1), d.constant(2)];
  const output = d.op("mul", [x, two]);
  const unused = d.leaf(4);
  const tape = computed(d.graph(output));
  assert.equal(pathsFrom(tape, two).count, 0);
  assert.equal(pathsFrom(tape, unused).count, 0);
});
