import assert from "node:assert/strict";
import { test } from "node:test";
import { events, progress, stateAt } from "../../static/src/trace.js";
import { computed, draft, lecture } from "./draft.js";

test("the lecture's graph: 7 forward writes, the seed, 6 contributions, in the contract's order", () => {
  const all = events(computed(lecture()));
  assert.equal(all.length, 14);
  assert.deepEqual(
    all.slice(0, 7).map(({ kind, node }) => [kind, node]),
    [0, 1, 2, 3, 4, 5, 6].map((node) => ["forward", node]),
  );
  assert.deepEqual(all[7], { kind: "seed", node: 6, slot: -1, target: 6, edge: -1 });
  assert.deepEqual(
    all.slice(8).map(({ node, slot, target }) => [node, slot, target]),
    [
      [6, 1, 3],
      [6, 0, 5],
      [5, 1, 2],
      [5, 0, 4],
      [4, 1, 1],
      [4, 0, 0],
    ],
  );
});

test("the state before, in the middle and at the end", () => {
  const tape = computed(lecture());
  const all = events(tape);
  const start = stateAt(tape, all, 0);
  assert.equal(start.current, null);
  assert.ok(start.computed.every((bit) => bit === 0) && start.written.every((bit) => bit === 0));
  const middle = stateAt(tape, all, 11);
  assert.equal(middle.current?.target, 2);
  assert.deepEqual(Array.from(middle.written), [0, 0, 1, 1, 0, 1, 1]);
  assert.equal(middle.grad[2], -2);
  assert.ok(Number.isNaN(middle.grad[0]), "not yet, never 0");
  assert.deepEqual(progress(tape, middle), { settled: [6, 5, 3], writing: [2], waiting: [4, 1, 0] });
  const end = stateAt(tape, all, 14);
  assert.deepEqual(Array.from(end.grad), Array.from(tape.grad));
});

test("stepping on to the end and back passes through the same states", () => {
  const tape = computed(lecture());
  const all = events(tape);
  const there = all.map((_, k) => stateAt(tape, all, k));
  for (let k = all.length - 1; k >= 0; k--) assert.deepEqual(stateAt(tape, all, k), there[k]);
});

test("a + a: two contributions, the sum so far in between", () => {
  const d = draft();
  const a = d.leaf(3, "a");
  const tape = computed(d.graph(d.op("add", [a, a], "b")));
  const all = events(tape);
  assert.deepEqual(
    all.map(({ kind, slot }) => [kind, slot]),
    [
      ["forward", -1],
      ["forward", -1],
      ["seed", -1],
      ["contribution", 1],
      ["contribution", 0],
    ],
  );
  const half = stateAt(tape, all, 4);
  assert.equal(half.grad[a], 1);
  assert.equal(half.waiting[a], 1);
  assert.deepEqual(progress(tape, half), { settled: [1], writing: [0], waiting: [] });
  assert.equal(stateAt(tape, all, 5).grad[a], 2);
});

test("no event towards a constant, none from a node without a path; its grad 0 is known with the seed", () => {
  const d = draft();
  const [x, two] = [d.leaf(3), d.constant(2)];
  const output = d.op("mul", [x, two]);
  const unused = d.op("exp", [x]);
  const tape = computed(d.graph(output));
  const all = events(tape);
  assert.deepEqual(
    all.filter(({ kind }) => kind === "contribution").map(({ node, target }) => [node, target]),
    [[output, x]],
  );
  const seeded = stateAt(tape, all, 5);
  assert.equal(seeded.written[unused], 1);
  assert.equal(seeded.grad[unused], 0);
  assert.equal(stateAt(tape, all, all.length).written[two], 0);
});

test("the last state's grads are the tape's, for random graphs", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  for (let round = 0; round < 50; round++) {
    const d = draft();
    const ids = [d.leaf(random() - 0.5), d.leaf(random() + 0.5), d.constant(random())];
    const pick = () => ids[Math.floor(random() * ids.length)];
    for (let k = 0; k < 30; k++) {
      const op = ["add", "mul", "sub", "tanh", "relu", "max", "div"][Math.floor(random() * 7)];
      ids.push(d.op(op, op === "tanh" || op === "relu" ? [pick()] : [pick(), pick()]));
    }
    const tape = computed(d.graph(ids[ids.length - 1 - Math.floor(random() * 5)]));
    const all = events(tape);
    assert.deepEqual(Array.from(stateAt(tape, all, all.length).grad), Array.from(tape.grad));
  }
});
