import assert from "node:assert/strict";
import { test } from "node:test";
import { eventCode } from "../../static/src/code.js";
import { effectOf, eventSentence } from "../../static/src/explain.js";
import { judge, question } from "../../static/src/guess.js";
import { fill, plain } from "../../static/src/sentence.js";
import { events, stateAt } from "../../static/src/trace.js";
import { computed, draft, lecture } from "./draft.js";

function walk(graph) {
  const tape = computed(graph);
  const trace = events(tape);
  return {
    tape,
    trace,
    effect: (id, state) => plain(effectOf(graph, tape, id, state)),
    told: (step) => plain(eventSentence(graph, tape, trace, stateAt(tape, trace, step))),
    code: (step) => eventCode(graph, tape, trace, step),
    judged: (step, guess) => {
      const { right, sentence } = judge(graph, tape, trace, step, guess);
      return [right, plain(sentence)];
    },
    asked: (step) => {
      const pieces = question(graph, tape, trace[step]);
      return pieces && plain(pieces);
    },
  };
}

test("a template: names, numbers, marks", () => {
  assert.deepEqual(
    fill("Raise {name} [twice {n}].", { name: { text: "c", kind: "name", node: 2 }, n: "x" }),
    [
      { text: "Raise ", kind: "text", node: null, mark: false },
      { text: "c", kind: "name", node: 2, mark: false },
      { text: " ", kind: "text", node: null, mark: false },
      { text: "twice ", kind: "text", node: null, mark: true },
      { text: "x", kind: "text", node: null, mark: true },
      { text: ".", kind: "text", node: null, mark: false },
    ],
  );
  assert.throws(() => fill("{name}", {}), /asks for name/);
});

test("how the output answers to each node of the lecture's graph", () => {
  const { effect } = walk(lecture());
  assert.equal(effect(2), "Raise c slightly and L falls twice as fast.");
  assert.equal(effect(0), "Raise a slightly and L rises six times as fast.");
  assert.equal(effect(6), "L is the output. It follows itself one to one, so its gradient is 1.");
});

test("the wording follows the size of the gradient", () => {
  const slope = (factor) => {
    const d = draft();
    const x = d.leaf(1, "x");
    return walk(d.graph(d.op("mul", [x, d.leaf(factor, "k")], "y"))).effect(x);
  };
  assert.equal(slope(1), "Raise x slightly and y rises just as fast.");
  assert.equal(slope(-1), "Raise x slightly and y falls just as fast.");
  assert.equal(slope(0.49999999999999994), "Raise x slightly and y rises half as fast.");
  assert.equal(slope(3.5), "Raise x slightly and y rises 3.5 times as fast.");
  assert.equal(slope(-0.07065), "Raise x slightly and y falls 0.07065 times as fast.");
  assert.equal(slope(0), "Raise x slightly and y does not move.");
  assert.equal(slope(-0), "Raise x slightly and y does not move.");
  assert.equal(slope(1e-5), "Raise x slightly and y hardly rises: 1e−5 times as fast.");
  assert.equal(slope(-2e6), "Raise x ever so slightly and y plunges: 2e6 times as fast.");
  assert.match(slope(Number.NEGATIVE_INFINITY), /slope here is infinite.*falls/);
  assert.equal(slope(Number.NaN), "How y answers to x is not a number.");
});

test("an output that is not a number neither rises nor falls", () => {
  const d = draft();
  const x = d.leaf(-1, "x");
  const said = walk(d.graph(d.op("log", [x], "y"))).effect(x);
  assert.equal(said, "y is not a number: it neither rises nor falls.");
});

test("constants, unconnected nodes, and gradients that are not there yet", () => {
  const d = draft();
  const [x, two, lonely] = [d.leaf(3, "x"), d.constant(2), d.leaf(1, "u")];
  const graph = d.graph(d.op("mul", [d.op("mul", [x, x]), two], "y"));
  const { effect, tape, trace } = walk(graph);
  assert.equal(effect(two), "2 is a constant. Nobody turns it, so it has no gradient.");
  assert.match(effect(lonely), /^u does not reach y\./);
  const at = (step) => effect(x, stateAt(tape, trace, step));
  assert.equal(at(6), "x has no gradient yet: nothing has reached it.");
  assert.equal(at(8), "x has 6 so far: 1 of 2 contributions have reached it.");
  assert.equal(at(9), "Raise x slightly and y rises 12 times as fast.");
});

test("every step of the lecture's graph, told", () => {
  const { told } = walk(lecture());
  assert.equal(told(0), "Nothing has happened yet. Step on, and the first value is written.");
  assert.equal(told(1), "a is yours to turn. It starts as 2.");
  assert.equal(told(5), "e is computed: 2 × (−3) = −6.");
  assert.equal(told(8), "L follows itself one to one, so its gradient is 1. The walk back starts here.");
  assert.equal(told(9), "L hands its gradient to f. A product multiplies it by the other factor, d.");
  assert.equal(told(11), "d hands its gradient to c. A plus sign passes it on unchanged.");
});

test("the same in code, as in the mock", () => {
  const { code } = walk(lecture());
  assert.deepEqual(code(1), { code: "a = 2.0", mark: "2.0", comment: "" });
  assert.deepEqual(code(5), { code: "e = a * b", mark: "a * b", comment: "# 2 × (−3) = −6" });
  assert.deepEqual(code(8), { code: "L.grad = 1.0", mark: "1.0", comment: "" });
  assert.deepEqual(code(11), {
    code: "c.grad += 1.0 * d.grad",
    mark: "1.0",
    comment: "# 0 + 1.0 × −2 = −2",
  });
});

test("a second contribution says what it adds to; a closed gate says that it is closed", () => {
  const d = draft();
  const a = d.leaf(3, "a");
  const both = walk(d.graph(d.op("add", [a, a], "b")));
  assert.equal(
    both.told(5),
    "b hands its gradient to a. A plus sign passes it on unchanged. It adds to the 1 that a already has.",
  );
  assert.equal(both.code(5).comment, "# 1 + 1.0 × 1 = 2");
  const g = draft();
  const x = g.leaf(-1, "x");
  const off = walk(g.graph(g.op("relu", [x], "y")));
  assert.equal(off.told(4), "y hands its gradient to x. relu is closed here and passes on nothing.");
  assert.deepEqual(off.code(4), {
    code: "x.grad += 0.0 * y.grad",
    mark: "0.0",
    comment: "# closed: adds nothing",
  });
});

test("unnamed nodes go by their formula, long ones by their number", () => {
  const d = draft();
  const [a, b] = [d.leaf(2, "a"), d.leaf(3, "b")];
  const product = d.op("mul", [a, b]);
  const sum = d.op("add", [product, d.constant(-1)]);
  const { told, code, effect, tape } = walk(d.graph(d.op("tanh", [sum], "o")));
  assert.match(
    told(8),
    /^o hands its gradient to .*a·b.* \+ \(?−1\)?\. tanh multiplies it by 1 minus its value squared, 1\.816e−4\.$/,
  );
  assert.match(code(9).code, /^\(a\*b\)\.grad \+= 1\.0 \* \(.*a\*b.* \+ \(?-1\)?\)\.grad$/);
  assert.match(effect(product), /^Raise a·b slightly and o hardly rises/);
  assert.equal(tape.output, 5);
});

test("what will it be: the question, and what is right in a wrong guess", () => {
  const { judged, asked } = walk(lecture());
  assert.equal(asked(6), null);
  assert.equal(asked(14), null);
  assert.equal(asked(7), "Next, L gets its own gradient. What will it be?");
  assert.equal(asked(11), "Next, d hands a gradient to e. What will it be?");
  assert.deepEqual(judged(7, 1), [true, "Right: L follows itself one to one."]);
  assert.deepEqual(judged(7, 0), [false, "L follows itself one to one, so its gradient is 1."]);
  const right = "Right: −2 arrives at e, times the local slope 2 is −4.";
  assert.deepEqual(judged(12, -4), [true, right]);
  assert.deepEqual(judged(12, 2), [
    false,
    "That is the local slope. Multiply it by what arrives at e, −2: −4.",
  ]);
  assert.match(judged(12, -2)[1], /^That is what arrives at e/);
  assert.deepEqual(judged(12, 4), [false, "The size is right, the sign is not: −2 × 2 is −4."]);
  assert.match(judged(12, 0)[1], /Multiply, don't add/);
  assert.match(judged(12, 17)[1], /^−2 arrives at e\. Times the local slope 2 that is −4/);
  assert.equal(judged(12, -3.99)[0], true);
});
