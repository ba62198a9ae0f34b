import assert from "node:assert/strict";
import test from "node:test";
import { layoutGraph } from "../../static/src/layout/index.js";
import { layLanes } from "../../static/src/layout/lanes.js";
import { orderItems, upright } from "../../static/src/layout/order.js";
import { assignRanks } from "../../static/src/layout/rank.js";
import { structureOf } from "../../static/src/layout/structure.js";
import { Untangler } from "../../static/src/layout/untangle.js";
import * as graphs from "./fixtures/graphs.js";
import { overlaps, straightCrossings, throughBoxes, totalLength } from "./fixtures/quality.js";

/** @type {[string, ReturnType<typeof graphs.lecture>][]} */
const NAMED = [
  ["lecture", graphs.lecture()],
  ["twice", graphs.twice()],
  ["reuse", graphs.reuse()],
  ["neuron", graphs.neuron()],
  ["tanhApart", graphs.tanhApart()],
  ["readme", graphs.readme()],
  ["softmax", graphs.softmax()],
  ["MLP(3, [4, 4, 1])", graphs.mlp(3, [4, 4, 1], 1)],
  ["MLP(2, [3, 1]), 3 examples", graphs.mlp(2, [3, 1], 3)],
];
const RANDOM = Array.from({ length: 40 }, (_, seed) =>
  graphs.randomGraph(2 + (seed % 6), 5 + seed * 4, seed),
);
const DIRECTIONS = ["right", "down"];

test("operands stand before their users, in ranks from 0, in every mode", () => {
  for (const graph of [...NAMED.map(([, graph]) => graph), ...RANDOM]) {
    for (const mode of ["late", "early", "tight"]) {
      const rank = assignRanks(structureOf(graph), mode);
      assert.equal(Math.min(...rank), 0);
      graph.nodes.forEach((node, id) => {
        for (const operand of node.operands)
          assert.ok(rank[operand] < rank[id], `${mode}: ${operand} before ${id}`);
      });
    }
  }
});

test("tight ranks make all edges together shorter than either other mode", () => {
  const length = (/** @type {ReturnType<typeof graphs.lecture>} */ graph, /** @type {any} */ mode) => {
    const structure = structureOf(graph);
    const rank = assignRanks(structure, mode);
    return structure.operand.reduce((sum, read, e) => sum + rank[structure.user[e]] - rank[read], 0);
  };
  const batch = graphs.mlp(3, [4, 4, 1], 4);
  assert.ok(length(batch, "tight") < 0.75 * length(batch, "late"));
  for (const [name, graph] of NAMED) {
    const tight = length(graph, "tight");
    assert.ok(tight <= length(graph, "late") && tight <= length(graph, "early"), name);
  }
  assert.equal(length(graphs.lecture(), "tight"), 6);
});

test("an operand after its user is refused", () => {
  assert.throws(() => structureOf({ output: 0, nodes: [{ operands: [0] }] }), RangeError);
});

test("the lecture graph comes out as it is drawn on the board", () => {
  const { x, y, rank } = layoutGraph(graphs.lecture());
  const [a, b, c, f, e, d, L] = [0, 1, 2, 3, 4, 5, 6];
  assert.deepEqual(Array.from(rank), [0, 0, 1, 2, 1, 2, 3], "c beside e, f beside d, L at the right");
  assert.ok(y[a] < y[b] && y[e] < y[c] && y[d] < y[f], "operands in written order");
  const between = (/** @type {number} */ user, /** @type {number} */ one, /** @type {number} */ two) =>
    assert.ok(Math.abs(y[user] - (y[one] + y[two]) / 2) <= 1, `${user} is centred on ${one} and ${two}`);
  between(e, a, b);
  between(d, e, c);
  between(L, d, f);
  assert.equal(Math.max(...x), x[L]);
});

test("a chain of single operands runs straight", () => {
  const { y } = layoutGraph(graphs.neuron());
  assert.ok(Math.abs(y[8] - y[9]) <= 0.5, "n and tanh(n) are level");
});

test("no box overlaps another, and no wire runs through a foreign box, up to 200 nodes", () => {
  for (const direction of DIRECTIONS) {
    for (const density of ["cards", "compact"]) {
      for (const [name, graph] of [...NAMED, ...RANDOM.map((graph, seed) => [`random ${seed}`, graph])]) {
        if (graph.nodes.length > 200) continue;
        const layout = layoutGraph(graph, { direction, density });
        assert.equal(overlaps(layout), 0, `${name} ${direction} ${density}`);
        assert.deepEqual(throughBoxes(graph, layout), [], `${name} ${direction} ${density}`);
      }
    }
  }
});

test("everything lies within the stated size", () => {
  for (const direction of DIRECTIONS) {
    for (const [name, graph] of NAMED) {
      const { x, y, boxWidth, boxHeight, width, height, points } = layoutGraph(graph, { direction });
      graph.nodes.forEach((_, id) => {
        assert.ok(
          x[id] - boxWidth[id] / 2 >= -0.5 && x[id] + boxWidth[id] / 2 <= width + 0.5,
          `${name} ${id}`,
        );
        assert.ok(
          y[id] - boxHeight[id] / 2 >= -0.5 && y[id] + boxHeight[id] / 2 <= height + 0.5,
          `${name} ${id}`,
        );
      });
      for (let p = 0; p < points.length; p += 2) {
        assert.ok(
          points[p] >= -0.5 &&
            points[p] <= width + 0.5 &&
            points[p + 1] >= -0.5 &&
            points[p + 1] <= height + 0.5,
          name,
        );
      }
    }
  }
});

test("trees have no crossing, shared operands few", () => {
  const most = { lecture: 0, twice: 0, reuse: 1, neuron: 0, tanhApart: 1, readme: 9, softmax: 1 };
  for (const [name, graph] of NAMED) {
    const { x, y } = layoutGraph(graph);
    const limit = most[name];
    if (limit !== undefined)
      assert.ok(straightCrossings(graph, x, y, 60) <= limit, `${name}: at most ${limit}`);
  }
});

test("random graphs cross at most 1.1 times as often as Graphviz dot draws them", () => {
  // Graphviz 2.43 on the same boxes, counted the same way: benchmarks/RESULTS.md.
  for (const [leaves, operations, seed, dot] of [
    [6, 20, 201, 15],
    [6, 20, 202, 12],
    [12, 40, 203, 54],
    [12, 40, 204, 45],
    [30, 100, 207, 450],
    [30, 100, 208, 671],
  ]) {
    const graph = graphs.randomDag(leaves, operations, 1, 2, seed);
    const { x, y, boxWidth } = layoutGraph(graph);
    const found = straightCrossings(graph, x, y, Math.max(...boxWidth) / 2);
    assert.ok(found <= 1.1 * dot, `seed ${seed}: ${found} to ${dot}`);
  }
});

test("straight lines are counted as geometry counts them; untangled they cross less, each time the same", () => {
  for (const graph of RANDOM.slice(10)) {
    const structure = structureOf(graph);
    const items = layLanes(structure, assignRanks(structure, "tight"));
    // A box takes 0.6 of the way from one rank to the next, and ends at its own.
    const x = Float64Array.from(items.rank, (r) => r - 0.3);
    const cross = (/** @type {Float64Array} */ y) => straightCrossings(graph, x, y, 0.3);
    const scattered = Float64Array.from(x, (_, i) => 50 * Math.sin(7 * i) ** 3 + i / 1000);
    const [once, again] = [1, 2].map(() => {
      const untangler = new Untangler(structure, items);
      const height = scattered.slice();
      assert.equal(untangler.count(height), cross(height));
      untangler.untangle(height);
      assert.equal(untangler.count(height), cross(height));
      return height;
    });
    assert.deepEqual(again, once);
    assert.ok(cross(once) < 0.7 * cross(scattered), `${cross(once)} of ${cross(scattered)}`);
  }
});

test("what came to lie upside down is set upright, the rest stays", () => {
  const structure = structureOf(graphs.lecture());
  const { order, climber } = orderItems(structure, layLanes(structure, assignRanks(structure, "late")));
  const turned = { ...order, sequence: order.sequence.slice(), position: order.position.slice() };
  for (let r = 0; r + 1 < order.first.length; r++) {
    const [from, to] = [order.first[r], order.first[r + 1]];
    turned.sequence.subarray(from, to).reverse();
    for (let k = from; k < to; k++) turned.position[turned.sequence[k]] = k - from;
  }
  assert.notDeepEqual(turned.sequence, order.sequence);
  for (const one of [turned, order]) {
    const { order: found, crossings } = upright(climber, one);
    assert.deepEqual([found.sequence, found.position, crossings], [order.sequence, order.position, 0]);
  }
});

test("both edges of a + a are drawn, apart from each other", () => {
  const { edgeFirst, points } = layoutGraph(graphs.twice());
  assert.equal(edgeFirst.length - 1, 2);
  const [one, two] = [0, 1].map((e) => points.subarray(edgeFirst[e], edgeFirst[e + 1]));
  assert.ok(two[1] - one[1] >= 10, "where they leave the box");
  assert.ok(two[3] - one[3] >= 40, "half way, where the chips stand");
});

test("the slots of an operator lie in written order", () => {
  for (const direction of DIRECTIONS) {
    for (const [name, graph] of NAMED) {
      const { edgeFirst, points } = layoutGraph(graph, { direction });
      let edge = 0;
      for (const { operands } of graph.nodes) {
        for (let s = 1; s < operands.length; s++) {
          const across = (/** @type {number} */ e) =>
            points[edgeFirst[e + 1] - (direction === "right" ? 1 : 2)];
          assert.ok(across(edge + s - 1) < across(edge + s), name);
        }
        edge += operands.length;
      }
    }
  }
});

test("a place depends on the graph's shape alone", () => {
  const plain = layoutGraph(graphs.readme());
  const other = graphs.readme();
  other.nodes.forEach((node, id) => {
    node.name = node.name && `${node.name}_with_a_long_name_${id}`;
    node.data = id * 1e9;
  });
  const again = layoutGraph(other);
  assert.deepEqual(again.x, plain.x);
  assert.deepEqual(again.y, plain.y);
  assert.deepEqual(again.points, plain.points);
});

test("nodes off the path to the output do not move the others", () => {
  const graph = graphs.lecture();
  const before = layoutGraph(graph);
  graph.nodes.push({ ...graph.nodes[4], id: 7, operands: [0, 2], role: "intermediate", name: "unused" });
  const after = layoutGraph(graph);
  assert.deepEqual(after.rank.slice(0, 7), before.rank);
  assert.deepEqual(throughBoxes(graph, after), []);
});

test("a single leaf, and a leaf that nobody reads", () => {
  const one = new graphs.GraphBuilder();
  one.parameter("a", 1);
  const { width, height, x } = layoutGraph(one.graph());
  assert.deepEqual([width, height, x[0]], [120, 66, 60]);
  const two = new graphs.GraphBuilder();
  two.parameter("a", 1);
  two.parameter("b", 1);
  two.apply("exp", [0]);
  assert.equal(overlaps(layoutGraph(two.graph())), 0);
});

test("a chain of 20,000 nodes and a sum of 5,000 products are laid out without recursion", () => {
  const chain = new graphs.GraphBuilder();
  chain.parameter("a", 1);
  for (let i = 0; i < 20_000; i++) chain.apply("tanh", [i]);
  const { y, rank } = layoutGraph(chain.graph());
  assert.equal(rank[20_000], 20_000);
  assert.ok(y.every((value) => value === y[0]));
  const sum = new graphs.GraphBuilder();
  let total = sum.parameter("s", 0);
  for (let i = 0; i < 5_000; i++)
    total = sum.apply("add", [total, sum.apply("mul", [sum.parameter("w", 1), sum.data("x", 1)])]);
  assert.equal(layoutGraph(sum.graph()).crossings, 0);
});

test("wires stay short", () => {
  assert.ok(totalLength(layoutGraph(graphs.lecture())) < 900);
});

test("rows that would shrink a small drawing move together, as far as it grows by it", () => {
  const usual = layoutGraph(graphs.neuron());
  const room = { width: usual.width, height: 240 };
  const made = layoutGraph(graphs.neuron(), { room });
  const [before, after] = [usual, made].map((size) =>
    Math.min(1, room.width / size.width, room.height / size.height),
  );
  assert.ok(after > 1.5 * before, `${after} after ${before}`);
  assert.equal(overlaps(made), 0);
  // No further than that: with a little more room the rows are a little further apart.
  const higher = layoutGraph(graphs.neuron(), { room: { width: usual.width, height: 360 } });
  assert.ok(higher.height > made.height && higher.height <= 360 && made.height < usual.height);
  // Where there is room, or the width is what binds, they stand as usual.
  for (const size of [
    { width: 2000, height: usual.height },
    { width: 300, height: 400 },
  ])
    assert.equal(layoutGraph(graphs.neuron(), { room: size }).height, usual.height);
});
