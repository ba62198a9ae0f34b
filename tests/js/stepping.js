/**
 * Walks the trace of graphs for the Python tests: JSON lines in, one graph each; out, one line each of the steps it has
 * and the grads after the last. At every step, forwards and backwards, the state must be what playing the events from
 * the start gives, and at some of them so must the picture: else this script fails.
 */
import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { leastAt } from "../../static/src/glyphs.js";
import { OPS } from "../../static/src/kernel.js";
import { layoutGraph } from "../../static/src/layout/index.js";
import { toJson } from "../../static/src/numbers.js";
import { standalone } from "../../static/src/paint/standalone.js";
import { backward, compile, forward } from "../../static/src/replay.js";
import { buildScene } from "../../static/src/scene.js";
import { events, stateAt } from "../../static/src/trace.js";

/** Steps whose picture is drawn, of each graph that is drawn at all. */
const PICTURES = 12;

/**
 * The first `step` events, one by one: who has a value, who has a gradient and what it is by then.
 * @param {import("../../static/src/replay.js").Tape} tape @param {import("../../static/src/trace.js").Event[]} all
 */
function* played(tape, all) {
  const { size, owner, live, output } = tape;
  const known = new Array(size).fill(false);
  const sum = new Array(size).fill(null);
  const due = new Array(size).fill(0);
  for (let e = 0; e < owner.length; e++) if (live[e] === 2) due[tape.operand[e]]++;
  yield { known: [...known], sum: [...sum], due: [...due] };
  for (const { kind, node, target, edge } of all) {
    if (kind === "forward") {
      known[node] = true;
      if (node === size - 1 && tape.constant[output])
        for (let i = 0; i < size; i++) if (!tape.constant[i]) sum[i] = 0;
    } else if (kind === "seed") {
      sum[output] = 1;
      for (let i = 0; i < size; i++) if (i !== output && due[i] === 0 && !tape.constant[i]) sum[i] = 0;
    } else {
      const closed = tape.partial[edge] === 0 && OPS[tape.code[node]].gate;
      const amount = closed ? 0 : sum[node] * tape.partial[edge];
      sum[target] = sum[target] === null ? amount : sum[target] + amount;
      due[target]--;
    }
    yield { known: [...known], sum: [...sum], due: [...due] };
  }
}

/** @param {any} graph @param {any} layout @param {any} tape @param {any} trace */
function pictureOf(graph, layout, tape, trace) {
  const view = {
    selected: null,
    hoveredEdge: null,
    path: [],
    found: new Set(),
    showLocalDerivatives: true,
    least: leastAt(1),
    trace,
  };
  const { width, height } = layout;
  const scene = buildScene(graph, layout, tape, view);
  return standalone(scene, {
    box: { x: 0, y: 0, width, height },
    width,
    height,
    theme: "light",
    title: "",
    about: "",
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const { pictures, ...graph } = JSON.parse(line);
  const tape = compile(graph);
  forward(tape);
  backward(tape);
  const all = events(tape);
  const layout = pictures ? layoutGraph(graph) : null;
  const drawn = new Map();
  const seen = [...played(tape, all)];
  const stride = Math.ceil(all.length / PICTURES);
  const steps = all.map((_, k) => k + 1);
  for (const step of [0, ...steps, ...steps.reverse(), 0]) {
    const state = stateAt(tape, all, step);
    const { known, sum, due } = seen[step];
    for (let i = 0; i < tape.size; i++) {
      assert.equal(state.computed[i] === 1, known[i], `computed ${i} at ${step}`);
      assert.equal(state.written[i] === 1, sum[i] !== null, `written ${i} at ${step}`);
      // Not yet is NaN, never 0.
      assert.ok(
        Object.is(state.grad[i] + 0, sum[i] === null ? Number.NaN : sum[i] + 0),
        `grad ${i} at ${step}`,
      );
      if (!tape.constant[i]) assert.equal(state.waiting[i], due[i], `waiting ${i} at ${step}`);
    }
    if (layout === null || step % stride !== 0) continue;
    const picture = pictureOf(graph, layout, tape, state);
    assert.equal(picture, drawn.get(step) ?? picture, `picture at ${step}`);
    drawn.set(step, picture);
  }
  if (layout !== null) assert.equal(new Set(drawn.values()).size, drawn.size, "every picture is another one");
  const last = stateAt(tape, all, all.length);
  const number = (x) => (Object.is(x, -0) ? "-0" : toJson(x));
  const grad = Array.from(last.grad, (x, i) => (tape.constant[i] ? null : number(x)));
  process.stdout.write(`${JSON.stringify({ steps: all.length, pictures: drawn.size, grad })}\n`);
}
