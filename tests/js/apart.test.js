import assert from "node:assert/strict";
import { test } from "node:test";
import { isCompound, takeApart } from "../../static/src/apart.js";
import "../../static/src/granularity.js";
import { FORMULAS } from "../../static/src/formulas.js";
import { OPS } from "../../static/src/kernel.js";
import { backward, compile, forward } from "../../static/src/replay.js";
import { firstState, linkOf, reduce } from "../../static/src/state.js";
import { computed, draft } from "./draft.js";

const POINTS = [-1.7, -0.4, 0.3, 0.9, 2.1];

for (const row of OPS.filter((_, code) => FORMULAS[code].apart.length > 0)) {
  test(`${row.name} and what it is written by have the same value and the same gradients`, () => {
    for (const [k, x] of POINTS.entries()) {
      const d = draft();
      const leaves = row.operands.map((_, slot) =>
        d.leaf(POINTS[(k + slot) % POINTS.length] + 0.01 * slot, `x${slot}`),
      );
      const y = d.op(row.name, leaves, "y");
      const graph = d.graph(d.op("mul", [y, d.leaf(x, "s")], "z"));
      const whole = computed(graph);
      if (!Number.isFinite(whole.data[whole.output])) continue;
      const { graph: open, image } = takeApart(graph, new Set([y]));
      const tape = compile(open);
      forward(tape);
      backward(tape);
      for (let id = 0; id < whole.size; id++) {
        near(tape.data[image[id]], whole.data[id], `data of ${id} at ${x}`);
        near(tape.grad[image[id]], whole.grad[id], `grad of ${id} at ${x}`);
      }
      assert.equal(open.nodes[image[y]].name, "y");
    }
  });
}

function near(a, b, what) {
  assert.ok(Object.is(a, b) || Math.abs(a - b) <= 1e-9 * Math.max(1e-3, Math.abs(b)), `${what}: ${a}, ${b}`);
}

/** y = tanh(x) with spans, as the API answers `x = 0.5\ny = tanh(x)`. */
function start() {
  const d = draft();
  const graph = d.graph(d.op("tanh", [d.leaf(0.5, "x")], "y"));
  graph.nodes[0].span = [4, 7];
  graph.nodes[1].span = [12, 19];
  const tape = computed(graph);
  graph.nodes.forEach((node, id) => {
    node.data = tape.data[id];
    node.grad = tape.grad[id];
  });
  graph.nodes[1].partials = [tape.partial[0]];
  const program = "x = 0.5\ny = tanh(x)";
  return firstState({
    example: "tanh",
    graph,
    examples: [{ id: "tanh", title: "", note: "", operands: [], request: { program } }],
  });
}

test("taken apart and put back, with a leaf turned in between, nothing is lost", () => {
  const before = start();
  assert.ok(isCompound("tanh"));
  const open = reduce(before, { type: "apart", id: 1 });
  assert.ok(open.graph.nodes.length > 2);
  assert.equal(open.graph.nodes[open.selected].name, "y");
  assert.equal(open.trace.length, open.step);
  near(open.tape.data[open.tape.output], Math.tanh(0.5), "y");
  assert.deepEqual(linkOf(open, "tanh").open, [1]);
  const turned = reduce(open, { type: "turn", id: 0, value: 0.75 });
  assert.equal(turned.text, "x = 0.75\ny = tanh(x)");
  near(turned.tape.data[turned.tape.output], Math.tanh(0.75), "y turned");
  const back = reduce(turned, { type: "apart", id: turned.selected });
  assert.equal(back.graph.nodes.length, 2);
  assert.equal(back.tape.data[1], Math.tanh(0.75));
  assert.deepEqual(back.spans, [
    [4, 8],
    [13, 20],
  ]);
});

test("a link opens with the same nodes taken apart", () => {
  const open = reduce(start(), { type: "open", link: { open: [1, 0, 99], step: 3 } });
  assert.deepEqual([...open.opened], [1]);
  assert.equal(open.step, 3);
});
