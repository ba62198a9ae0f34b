import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../../static/src/sentence.js";
import { why } from "../../static/src/why.js";
import { computed, draft } from "./draft.js";

/** Builds a graph and asks why its first leaf has the gradient it has. */
function ask(build, values) {
  const d = draft();
  const leaves = values.map((value, k) => d.leaf(value, "xyz"[k]));
  const graph = d.graph(build(d, ...leaves));
  const tape = computed(graph);
  const { sentence, path } = why(graph, tape, leaves[0]);
  for (let k = 0; k < path.edges.length; k++) {
    const ends = [tape.operand[path.edges[k]], tape.owner[path.edges[k]]];
    assert.deepEqual(ends.sort(), [path.nodes[k], path.nodes[k + 1]].sort(), "the path is connected");
  }
  return { grad: tape.grad[leaves[0]], text: plain(sentence), path };
}

test("0: the other factor is 0", () => {
  const { text, path } = ask((d, x, y) => d.op("add", [d.op("mul", [x, y], "p"), x], "s"), [2, 0]);
  assert.match(text, /Nothing unusual/, "x has another way");
  const alone = ask((d, x, y) => d.op("tanh", [d.op("mul", [x, y], "p")], "o"), [2, 0]);
  assert.equal(alone.text, "p multiplies x by y, and y is 0. A product with 0 stays 0.");
  assert.deepEqual(alone.path, { nodes: [0, 2], edges: [0] });
  assert.ok(path.nodes.length > 1);
});

test("0: relu off, tanh saturated, a staircase, further up the path", () => {
  const further = (op, x) => ask((d, leaf) => d.op(op, [d.op("mul", [leaf, d.constant(1)])], "o"), [x]);
  assert.equal(
    further("relu", -1).text,
    "relu at o is closed: it did not read x·1, so it hands nothing back.",
  );
  assert.equal(
    further("tanh", 30).text,
    "tanh at o is saturated: its value is 1, and its curve is flat there.",
  );
  assert.equal(further("floor", 1.5).text, "floor at o is flat here: its slope towards x·1 is 0.");
  assert.deepEqual(further("tanh", 30).path.nodes, [0, 2, 3]);
});

test("0: no path, contributions that cancel, a product that underflows", () => {
  assert.equal(
    ask((d, _x, y) => d.op("exp", [y], "o"), [1, 2]).text,
    "x has no path to o: nothing it does arrives there.",
  );
  assert.equal(ask((d, x) => d.op("sub", [x, x]), [3]).text, "The contributions cancel: −1 + 1 add up to 0.");
  const { grad, text } = ask(
    (d, x) => {
      const once = d.op("mul", [x, d.constant(1e-200)]);
      return d.op("mul", [once, d.constant(1e-200)]);
    },
    [1],
  );
  assert.equal(grad, 0);
  assert.match(text, /underflows/);
});

test("NaN: a value outside the domain, 0 × ∞, ∞ − ∞, a slope that is not a number", () => {
  assert.equal(
    ask((d, x) => d.op("asin", [x], "o"), [2]).text,
    "o is not a number: asin(2) has no real value.",
  );
  const { text, grad } = ask((d, x) => d.op("sqrt", [d.op("mul", [x, x], "s")], "r"), [0]);
  assert.ok(Number.isNaN(grad));
  assert.equal(text, "At s a gradient of ∞ meets a slope of 0, and ∞ × 0 is not a number.");
  assert.match(
    ask((d, x) => d.op("sub", [d.op("sqrt", [x]), d.op("sqrt", [x])]), [0]).text,
    /An infinite rise and an infinite fall meet at x/,
  );
  assert.match(
    ask((d, x, y) => d.op("hypot", [x, y], "o"), [0, 0]).text,
    /^The slope of hypot at o towards x/,
  );
  const given = ask((d, x, y) => d.op("mul", [x, d.op("exp", [y], "e")]), [1, Number.NaN]);
  assert.equal(given.text, "y was given as NaN.");
  assert.deepEqual(given.path.nodes, [0, 3, 2, 1], "to the user, then back through the data");
});

test("infinite: steep, a pole, overflow on the way there and on the way back", () => {
  assert.equal(ask((d, x) => d.op("sqrt", [x], "r"), [0]).text, "√ at r is infinitely steep where x is 0.");
  assert.match(ask((d, x) => d.op("log", [x], "l"), [0]).text, /^l stands on a pole: log\(0\) is −∞/);
  assert.equal(
    ask((d, x) => d.op("exp", [x], "e"), [1000]).text,
    "e overflows: exp(1000) is larger than any float64, so it counts as ∞.",
  );
  const back = ask(
    (d, x) => d.op("mul", [d.op("mul", [x, d.constant(1e200)], "p"), d.constant(1e200)], "q"),
    [1e-200],
  );
  assert.equal(back.grad, Number.POSITIVE_INFINITY);
  assert.equal(back.text, "The gradient overflows at p: 1e200 × 1e200 is larger than any float64.");
});

test("tiny and huge: the slope that shrinks or stretches most along the strongest path", () => {
  const chain = ask(
    (d, x) => {
      let at = x;
      for (let k = 0; k < 10; k++)
        at = d.op("tanh", [d.op("mul", [at, d.constant(k === 4 ? 0.01 : 1.1)])], `t${k}`);
      return at;
    },
    [2],
  );
  assert.ok(Math.abs(chain.grad) < 1e-3);
  assert.match(
    chain.text,
    /^The gradient shrinks most at .*, where × multiplies it by 0\.01\. \d+ slopes on the way are below 1\.$/,
  );
  assert.equal(chain.path.nodes.length, 21);
  assert.match(
    ask((d, x) => d.op("exp", [x], "e"), [20]).text,
    /^The gradient grows most at e, where exp multiplies it by 4\.852e8\.$/,
  );
  const sum = ask(
    (d, x) => {
      let at = x;
      for (let k = 1; k < 20_000; k++) at = d.op("add", [at, x]);
      return at;
    },
    [1],
  );
  assert.equal(sum.grad, 20_000);
  assert.equal(sum.text, "No slope on the way is above 1. It is the 20,000 paths to the output that add up.");
  const balanced = ask((d, x) => d.op("sub", [d.op("mul", [x, d.constant(1 + 2 ** -40)]), x]), [1]);
  assert.ok(balanced.grad > 0 && balanced.grad < 1e-9);
  assert.match(balanced.text, /^No slope on the way is below 1\. The 2 paths to the output nearly cancel\.$/);
});

test("ordinary gradients and constants", () => {
  assert.equal(
    ask((d, x) => d.op("mul", [x, d.constant(3)]), [1]).text,
    "Nothing unusual: x has a gradient of 3.",
  );
  const d = draft();
  const [x, two] = [d.leaf(1, "x"), d.constant(2)];
  const graph = d.graph(d.op("mul", [x, two]));
  const tape = computed(graph);
  assert.match(plain(why(graph, tape, two).sentence), /^2 is a constant/);
  assert.match(plain(why(graph, tape, 2).sentence), /gradient of 1\.$/);
});

test("a hundred thousand nodes deep", () => {
  const { text, path } = ask(
    (d, x) => {
      let at = d.op("floor", [x], "start");
      for (let k = 0; k < 100_000; k++) at = d.op("neg", [at]);
      return d.op("relu", [at], "end");
    },
    [1],
  );
  assert.match(text, /^floor at start is flat here/);
  assert.equal(path.nodes.length, 2);
});
