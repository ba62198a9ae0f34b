import assert from "node:assert/strict";
import { test } from "node:test";
import {
  closableGroups,
  closeGroups,
  groupsAround,
  shownTape,
  shownWalk,
  usualClosed,
} from "../../static/src/granularity.js";
import { layoutGraph } from "../../static/src/layout/index.js";
import { contributionOf } from "../../static/src/replay.js";
import { buildScene } from "../../static/src/scene.js";
import { isWhole, placeOf } from "../../static/src/shown.js";
import { events, stateAt } from "../../static/src/trace.js";
import { computed, draft } from "./draft.js";
import { network } from "./fixtures/network.js";

const lecture = () => network(3, [4, 4, 1], 4);

/** Every combination of groups that a reader may have closed, some of them at random. */
function* choices(graph) {
  const all = [...closableGroups(graph).keys()];
  yield usualClosed(graph);
  yield new Set(all);
  for (let k = 0; k < 12; k++) yield new Set(all.filter((_, i) => (i * 2654435761 + k * 40503) % 7 < 3));
}

test("shown nodes are in an order with operands first, and every edge stands behind exactly one", () => {
  const graph = lecture();
  const tape = computed(graph);
  for (const closed of choices(graph)) {
    const shown = closeGroups(graph, closed);
    for (const { id, operands } of shown.graph.nodes) for (const from of operands) assert.ok(from < id);
    const seen = shown.edges.flat();
    assert.equal(new Set(seen).size, seen.length);
    for (let e = 0; e < tape.operand.length; e++) {
      const within = shown.of[tape.operand[e]] === shown.of[tape.owner[e]];
      assert.equal(shown.edgeOf[e] >= 0, !within && shown.of[tape.operand[e]] >= 0);
    }
    const made = shownTape(shown, tape, null);
    assert.equal(made.operand.length, shown.edges.length);
  }
});

test("what a shown node receives adds up to its gradient: of all that read it, or else some is inside its card", () => {
  const graph = lecture();
  const tape = computed(graph);
  for (const closed of choices(graph)) {
    const shown = closeGroups(graph, closed);
    const made = shownTape(shown, tape, null);
    for (const { id, card } of shown.graph.nodes) {
      if (id === shown.graph.output || made.constant[id] || (card && card.outputs.length !== 1)) continue;
      let sum = 0;
      for (let e = made.operand.length - 1; e >= 0; e--)
        if (made.operand[e] === id) sum += contributionOf(made, e);
      near(sum, tape.grad[shown.stands[id]]);
    }
  }
});

test("along a wire into a card, arriving gradient × slope is what is delivered", () => {
  const graph = lecture();
  const tape = computed(graph);
  let compared = 0;
  for (const closed of choices(graph)) {
    const made = shownTape(closeGroups(graph, closed), tape, null);
    for (let e = 0; e < made.operand.length; e++) {
      if (made.live[e] === 0 || Number.isNaN(made.partial[e])) continue;
      near(made.grad[made.owner[e]] * made.partial[e], contributionOf(made, e));
      compared++;
    }
  }
  assert.ok(compared > 500);
});

test("the network of the lecture opens on cards that fit, its first example to its neurons", () => {
  const graph = lecture();
  assert.ok(graph.nodes.length > 300);
  const { graph: shown, of } = closeGroups(graph, usualClosed(graph));
  assert.ok(shown.nodes.length <= 60, `${shown.nodes.length}`);
  const kinds = shown.nodes.map(({ card }) => card?.kind).filter(Boolean);
  assert.equal(kinds.filter((kind) => kind === "neuron").length, 9);
  assert.equal(kinds.filter((kind) => kind === "example").length, 3);
  assert.equal(kinds.filter((kind) => kind === "sum").length, 1);
  assert.equal(
    shown.nodes.find(({ card }) => card?.kind === "example").card.note,
    "9 neurons, 41 parameters",
  );
  assert.equal(shown.nodes.find(({ card }) => card?.kind === "sum").card.note, "Σ stands for 3 additions");
  assert.equal(of[0], -1, "a weight that only cards read is told by their bars");
  assert.equal(shown.nodes[placeOf({ of }, graph, 0)].card.group, "example1.layer1.neuron1");
});

test("an opened neuron brings its weights out; every reader of them is wired", () => {
  const graph = lecture();
  const closed = usualClosed(graph);
  closed.delete("example1.layer1.neuron1");
  const { graph: shown, of } = closeGroups(graph, closed);
  assert.ok(of[0] >= 0);
  assert.equal(shown.nodes.filter(({ operands }) => operands.includes(of[0])).length, 4, "one per example");
  assert.ok(
    shown.nodes.some(({ card }) => card?.group === "example1.layer1.neuron1.sum"),
    "its sum is still closed",
  );
});

test("a small graph closes long sums alone, and a graph without groups is shown as it is", () => {
  const small = network(3, [1], 1);
  assert.deepEqual([...usualClosed(small)], ["example1.layer1.neuron1.sum"]);
  const { graph } = closeGroups(small, usualClosed(small));
  const sum = graph.nodes.find(({ card }) => card?.kind === "sum");
  assert.equal(sum.op, "Σ");
  assert.equal(sum.operands.length, 4);
  const d = draft();
  const plain = d.graph(d.op("exp", [d.leaf(1, "x")], "y"));
  const shown = closeGroups(plain, usualClosed(plain));
  assert.ok(isWhole(shown));
  assert.equal(shown.graph, plain);
});

test("a group that both feeds and reads what lies outside stays open", () => {
  const d = draft();
  const x = d.leaf(2, "x");
  const a = d.op("exp", [x]);
  const between = d.op("tanh", [a]);
  const b = d.op("mul", [between, a]);
  const graph = d.graph(d.op("neg", [b]));
  graph.groups = [{ id: "layer1", kind: "layer", label: "layer 1", parent: null }];
  for (const id of [a, b]) graph.nodes[id].group = "layer1";
  assert.ok(isWhole(closeGroups(graph, new Set(["layer1"]))));
});

test("keys stay with what stays: the nodes around a group, and the sum that opens", () => {
  const graph = network(3, [1], 1);
  const keys = (closed) => closeGroups(graph, new Set(closed)).graph.nodes.map(({ key }) => key);
  const closed = keys(["example1.layer1.neuron1.sum"]);
  const inCard = keys(["example1.layer1.neuron1"]);
  assert.equal(new Set(closed).size, closed.length);
  assert.ok(inCard.includes("x[0]"));
  assert.ok(closed.includes("x[0]"));
});

test("walking: an event inside a card happens at the card; nothing is shown before it is written", () => {
  const graph = lecture();
  const tape = computed(graph);
  const trace = events(tape);
  const shown = closeGroups(graph, usualClosed(graph));
  for (let step = 0; step <= trace.length; step += 7) {
    const walk = stateAt(tape, trace, step);
    const seen = shownWalk(shown, walk);
    for (const { id, card } of shown.graph.nodes) {
      assert.equal(seen.computed[id], walk.computed[shown.stands[id]]);
      assert.equal(seen.written[id], walk.written[shown.stands[id]]);
      if (seen.current !== null && card?.members.includes(walk.current.node))
        assert.ok(seen.current.node === id || seen.current.target === id);
    }
    for (const [e, behind] of shown.edges.entries()) {
      const all = behind.every((edge) => walk.crossed[edge] === 1);
      assert.equal(seen.crossed[e] === 1, all);
    }
    const { inner } = shownTape(shown, tape, walk);
    for (const { id, card } of shown.graph.nodes) {
      const waiting = card?.parameters.map((leaf) => !walk.written[leaf]);
      if (waiting) assert.deepEqual(Array.from(inner[id], Number.isNaN), waiting);
    }
  }
});

test("drawn: neuron cards with a bar for each parameter, Σ as an operator, boxes that say what they stand for", () => {
  const graph = lecture();
  const tape = computed(graph);
  const shown = closeGroups(graph, usualClosed(graph));
  const layout = layoutGraph(shown.graph);
  const scene = buildScene(shown.graph, layout, shownTape(shown, tape, null), {
    selected: null,
    hoveredEdge: null,
    trace: null,
    path: [],
    showLocalDerivatives: true,
    least: 11,
  });
  assert.equal(scene.density, "cards");
  const neurons = scene.nodes.filter(({ kind }) => kind === "neuron");
  assert.equal(neurons.length, 9);
  for (const neuron of neurons) {
    const { parameters } = shown.graph.nodes[neuron.id].card;
    const drawn = (neuron.bars.rises + neuron.bars.falls).split("M").length - 1;
    assert.equal(drawn, parameters.filter((leaf) => tape.grad[leaf] !== 0).length);
    assert.deepEqual([neuron.width, neuron.height], [112, 60]);
    assert.match(neuron.spoken, /^example 1, layer \d, neuron \d, closed, \d parameters, data /);
  }
  assert.ok(scene.nodes.some(({ operator }) => operator?.symbol === "Σ"));
  const boxes = scene.nodes.filter(({ kind }) => kind === "box");
  assert.ok(boxes.every(({ note }) => note.text === "9 neurons, 41 parameters"));
});

test("the groups around a node, from the outside in; a weight's are its first reader's", () => {
  const graph = lecture();
  const ids = (id) => groupsAround(graph, id).map((group) => group.id);
  assert.deepEqual(ids(0), ["example1", "example1.layer1", "example1.layer1.neuron1"]);
  assert.deepEqual(ids(graph.output), ["sum"]);
});

function near(a, b) {
  assert.ok(Object.is(a, b) || Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b)), `${a}, ${b}`);
}
