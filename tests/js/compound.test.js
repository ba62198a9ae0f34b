import assert from "node:assert/strict";
import { test } from "node:test";
import { aliased } from "../../static/src/alias.js";
import { closeGroups, shownTape } from "../../static/src/granularity.js";
import { layoutCompound } from "../../static/src/layout/compound.js";
import { layoutGraph } from "../../static/src/layout/index.js";
import { nestOf } from "../../static/src/layout/nest.js";
import { layoutOf, packGraph, unpackGraph } from "../../static/src/layout/pack.js";
import { backward, compile, forward } from "../../static/src/replay.js";
import { buildScene } from "../../static/src/scene.js";
import { largestOf, nodesWithin, sceneOf, wireBounds, wiresWithin } from "../../static/src/scene-cut.js";
import { network } from "./fixtures/network.js";

const inside = (one, other) =>
  one.left >= other.left - 1e-6 &&
  one.top >= other.top - 1e-6 &&
  one.right <= other.right + 1e-6 &&
  one.bottom <= other.bottom + 1e-6;
const boxOf = ({ x, y, boxWidth, boxHeight }, id) => ({
  left: x[id] - boxWidth[id] / 2,
  right: x[id] + boxWidth[id] / 2,
  top: y[id] - boxHeight[id] / 2,
  bottom: y[id] + boxHeight[id] / 2,
});
const frameOf = ({ x, y, width, height }) => ({ left: x, top: y, right: x + width, bottom: y + height });
const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;

for (const direction of ["right", "down"])
  test(`every box lies in its group, no two overlap, no group cuts another (${direction})`, () => {
    const { graph } = aliased(network(2, [3, 2, 1], 4));
    const layout = layoutCompound(graph, { direction });
    const frames = new Map(layout.groups.map((frame) => [frame.group, frame]));
    const table = new Map(graph.groups.map((group) => [group.id, group]));
    for (const node of graph.nodes) {
      const box = boxOf(layout, node.id);
      if (node.group !== null) assert.ok(inside(box, frameOf(frames.get(node.group))), node.group);
      for (const other of graph.nodes)
        if (other.id < node.id) assert.ok(apart(box, boxOf(layout, other.id)), `${node.id} and ${other.id}`);
    }
    for (const frame of layout.groups) {
      const parent = table.get(frame.group).parent;
      if (parent !== null) assert.ok(inside(frameOf(frame), frameOf(frames.get(parent))));
      for (const other of layout.groups)
        if (table.get(other.group).parent === parent && other !== frame)
          assert.ok(apart(frameOf(frame), frameOf(other)), `${frame.group} and ${other.group}`);
    }
    assert.ok(
      layout.groups.every(
        (frame) => frame.x >= 0 && frame.y >= 0 && frame.x + frame.width <= layout.width + 1e-6,
      ),
    );
  });

test("every wire runs from its operand's box to its reader's operator", () => {
  const { graph } = aliased(network(2, [3, 2, 1], 3));
  const layout = layoutCompound(graph);
  let e = 0;
  for (const { id, operands } of graph.nodes)
    for (const from of operands) {
      const [begin, end] = [layout.edgeFirst[e], layout.edgeFirst[e + 1]];
      e++;
      assert.ok(end - begin >= 4 && (end - begin) % 2 === 0);
      const source = boxOf(layout, from);
      const target = boxOf(layout, id);
      const [x0, y0] = layout.points.slice(begin, begin + 2);
      const [x1, y1] = layout.points.slice(end - 2, end);
      assert.ok(x0 >= source.right - 1e-6, "leaves at the right");
      assert.ok(y0 >= source.top - 1e-6 && y0 <= source.bottom + 1e-6);
      assert.ok(x1 < target.left && x1 > target.left - 60, "ends at the operator before the box");
      assert.ok(y1 >= target.top - 1e-6 && y1 <= target.bottom + 1e-6);
    }
  assert.equal(layout.edgeFirst[e], layout.points.length);
  assert.ok(layout.points.every(Number.isFinite));
});

test("equal groups are laid out once, and look the same", () => {
  const made = (examples) => layoutCompound(aliased(network(3, [4, 4, 1], examples)).graph);
  const [few, many] = [made(3), made(9)];
  assert.ok(many.groups.length > 2.5 * few.groups.length);
  assert.ok(many.kinds <= few.kinds + 1, `${few.kinds} layouts, then ${many.kinds}`);
  const { graph } = aliased(network(3, [4, 4, 1], 9));
  const shape = (example) => {
    const frame = many.groups.find(({ group }) => group === `example${example}`);
    return graph.nodes
      .filter(({ group }) => group?.startsWith(`example${example}.`) || group === `example${example}`)
      .map(({ id }) => [many.x[id] - frame.x, many.y[id] - frame.y].map((at) => at.toFixed(6)).join());
  };
  assert.deepEqual(shape(2), shape(7));
});

test("operands stand before their readers, in ranks of their own group", () => {
  const { graph } = aliased(network(2, [3, 1], 3));
  const layout = layoutCompound(graph);
  const { home } = nestOf(graph);
  for (const { id, operands } of graph.nodes)
    for (const from of operands)
      if (home[from] === home[id])
        assert.ok(layout.rank[from] < layout.rank[id] && layout.x[from] < layout.x[id]);
});

test("neurons of a layer stand in their order", () => {
  for (const direction of ["right", "down"]) {
    const layout = layoutCompound(aliased(network(2, [5, 1], 3)).graph, { direction });
    const neurons = layout.groups.filter(({ group }) => group.startsWith("example2.layer1.neuron"));
    const places = neurons
      .filter(({ kind }) => kind === "neuron")
      .map(({ x, y }) => (direction === "right" ? y : x));
    assert.equal(places.length, 5);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  }
});

test("a group that feeds itself by way of others is dissolved", () => {
  const leaf = { op: "leaf", role: "parameter", operands: [], group: null };
  const op = (operands, group) => ({ op: "mul", role: "intermediate", operands, group });
  const groups = ["a", "b"].map((id) => ({ id, kind: "neuron", label: id, parent: null }));
  const nodes = [leaf, op([0, 0], "a"), op([1, 0], "b"), op([2, 1], "a"), op([3, 2], "b")];
  const layout = layoutCompound({ output: 4, nodes, groups });
  assert.ok(layout.groups.length < 2);
  for (let i = 1; i < 5; i++) assert.ok(layout.x[i] > layout.x[i - 1]);
});

test("without groups it is the plain layout", () => {
  const plain = { ...network(2, [2, 1], 1), groups: [] };
  const one = layoutCompound(plain, { density: "compact" });
  const other = layoutGraph(plain, { density: "compact" });
  for (const field of ["x", "y", "width", "height", "edgeFirst"]) assert.deepEqual(one[field], other[field]);
  assert.deepEqual(Array.from(one.points, Math.round), Array.from(other.points, Math.round));
});

test("a shape sent to a worker gets the same layout there", () => {
  const graph = network(3, [6, 4, 1], 4);
  for (const shown of [aliased(graph).graph, graph, closeGroups(graph, new Set(["example1.layer1"])).graph]) {
    const far = unpackGraph(structuredClone(packGraph(shown)));
    const [here, there] = [shown, far].map((one) => layoutOf(one, { compound: true }));
    assert.deepEqual(there, here);
    assert.equal("groups" in here, shown.nodes.length >= 200);
  }
});

test("an alias shows its leaf's numbers and leaves every edge its own", () => {
  const graph = network(2, [3, 1], 4);
  const shown = aliased(graph);
  const weights = graph.nodes.filter(({ role }) => role === "parameter");
  const reads = (id) => graph.nodes.flatMap(({ operands }) => operands).filter((from) => from === id).length;
  for (const { id } of weights)
    assert.equal(shown.graph.nodes.filter(({ alias }) => alias === id).length, reads(id));
  const readers = new Map();
  for (const { operands } of shown.graph.nodes)
    for (const from of operands) readers.set(from, (readers.get(from) ?? 0) + 1);
  for (const { id, alias } of shown.graph.nodes) if (alias !== undefined) assert.equal(readers.get(id), 1);
  const tape = compile(graph);
  forward(tape);
  backward(tape);
  const seen = shownTape(shown, tape, null);
  for (const { id } of shown.graph.nodes) assert.ok(Object.is(seen.grad[id], tape.grad[shown.stands[id]]));
  assert.deepEqual(
    Array.from(seen.operand, (at) => shown.stands[at]),
    Array.from(tape.operand),
  );
});

test("the part in view is drawn as the whole would be", () => {
  const graph = network(2, [4, 2, 1], 5);
  const tape = compile(graph);
  forward(tape);
  backward(tape);
  const layout = layoutCompound(graph);
  const view = {
    selected: 20,
    hoveredEdge: null,
    trace: null,
    path: [3],
    found: new Set([21]),
    showLocalDerivatives: true,
    least: 11,
  };
  const whole = buildScene(graph, layout, tape, view);
  const seen = { x: layout.width * 0.2, y: layout.height * 0.1, width: 900, height: 700 };
  const nodes = nodesWithin(layout, seen);
  const edges = wiresWithin(wireBounds(layout), seen);
  assert.ok(nodes.length > 10 && nodes.length < graph.nodes.length && edges.length > 10);
  const part = sceneOf(graph, layout, tape, view, { nodes, edges, scale: largestOf(tape) });
  const strip = ({ key, chip, ...rest }) => rest;
  for (const id of nodes) {
    const drawn = part.nodes.find((node) => node.id === id);
    assert.deepEqual(strip(drawn), strip(whole.nodes[id]));
  }
  for (const e of edges)
    assert.deepEqual(strip(part.edges.find(({ edge }) => edge === e)), strip(whole.edges[e]));
  for (const { id, x, y, width, height } of whole.nodes)
    if (x < seen.x + seen.width && x + width > seen.x && y < seen.y + seen.height && y + height > seen.y)
      assert.ok(nodes.includes(id));
});
