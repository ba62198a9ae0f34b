import assert from "node:assert/strict";
import test from "node:test";
import { fitText, leastAt, textWidth } from "../../static/src/glyphs.js";
import { nodeKeys, placeLabel, shortFormula } from "../../static/src/labels.js";
import { layoutGraph } from "../../static/src/layout/index.js";
import { backward, compile, forward, setLeaf } from "../../static/src/replay.js";
import { ribbonWidth } from "../../static/src/ribbon.js";
import { buildScene } from "../../static/src/scene.js";
import { events, stateAt } from "../../static/src/trace.js";
import * as graphs from "./fixtures/graphs.js";

const VIEW = {
  selected: null,
  hoveredEdge: null,
  trace: null,
  path: [],
  showLocalDerivatives: true,
  least: 11,
};

/** @param {ReturnType<typeof graphs.lecture>} graph @param {object} [view] @param {object} [options] */
function sceneOf(graph, view = {}, options = {}) {
  const tape = compile(graph);
  forward(tape);
  backward(tape);
  const layout = layoutGraph(graph, options);
  return { tape, layout, scene: buildScene(graph, layout, tape, { ...VIEW, ...view }) };
}

/** @param {import("../../static/src/scene.js").Scene} scene @param {string} key */
const node = (scene, key) => scene.nodes.find((drawn) => drawn.key === key);

test("the lecture graph's cards print the lecture's numbers", () => {
  const { scene } = sceneOf(graphs.lecture());
  const printed = scene.nodes.map(({ key, data, grad }) => `${key} ${data.text}/${grad.text}`);
  assert.deepEqual(printed, ["a 2/6", "b −3/−4", "c 10/−2", "f −2/4", "e −6/−2", "d 4/−2", "L −8/1"]);
});

test("bars run right for a positive gradient, left for a negative one, by the root of their share", () => {
  const { scene } = sceneOf(graphs.lecture());
  assert.equal(node(scene, "a").bar.width, 36);
  assert.ok(Math.abs(node(scene, "L").bar.width - 36 * Math.sqrt(1 / 6)) < 1e-9);
  assert.ok(Math.abs(node(scene, "b").bar.width + 36 * Math.sqrt(4 / 6)) < 1e-9);
});

test("a ribbon's width is what its edge delivers, on the scale of the bars", () => {
  const { scene, tape } = sceneOf(graphs.lecture());
  const [toA, toB] = [0, 1].map((slot) => scene.edges[tape.first[4] + slot]);
  assert.deepEqual([toA.sign, toB.sign], ["pos", "neg"]);
  assert.equal(toA.width, 13);
  assert.equal(toB.width, ribbonWidth(4 / 6));
  assert.equal(ribbonWidth(0), 2.5);
});

test("chips say the local derivative, the hovered one the whole product", () => {
  const { scene, tape } = sceneOf(graphs.lecture());
  assert.deepEqual(
    scene.edges.map((edge) => edge.chip.text.text),
    ["× (−3)", "× 2", "× 1", "× 1", "× (−2)", "× 4"],
  );
  const hovered = sceneOf(graphs.lecture(), { hoveredEdge: tape.first[5] + 1 }).scene;
  assert.equal(hovered.edges[tape.first[5] + 1].chip.text.text, "−2 × 1 = −2");
  const hidden = sceneOf(graphs.lecture(), { showLocalDerivatives: false }).scene;
  assert.ok(hidden.edges.every((edge) => edge.chip === null));
});

test("both contributions of a + a are wires of their own, neither wider than what it brings", () => {
  const { scene } = sceneOf(graphs.twice());
  assert.equal(scene.edges.length, 2);
  assert.equal(node(scene, "a").grad.text, "2");
  for (const edge of scene.edges) {
    assert.equal(edge.width, ribbonWidth(1 / 2));
    assert.equal(edge.chip.text.text, "× 1");
  }
  const [one, two] = scene.edges.map((edge) => edge.chip);
  assert.ok(two.y - one.y >= one.height, "the chips do not overlap");
});

test("before an event has happened a gradient says not yet, never 0, and its wire is waiting", () => {
  const graph = graphs.lecture();
  const tape = compile(graph);
  forward(tape);
  backward(tape);
  const layout = layoutGraph(graph);
  const all = events(tape);
  assert.equal(all.length, 14);
  for (let step = 0; step <= all.length; step++) {
    const trace = stateAt(tape, all, step);
    const scene = buildScene(graph, layout, tape, { ...VIEW, trace });
    scene.nodes.forEach((drawn, id) => {
      assert.equal(drawn.grad.text === "not yet", trace.written[id] === 0, `step ${step}, ${drawn.key}`);
      assert.equal(drawn.data.text === "not yet", trace.computed[id] === 0);
      assert.equal(drawn.bar === null, trace.written[id] === 0);
    });
    scene.edges.forEach((edge, e) => {
      assert.equal(edge.sign === "waiting", trace.crossed[e] === 0);
      assert.equal(edge.chip === null, trace.crossed[e] === 0);
    });
  }
  const half = stateAt(tape, all, 11);
  const scene = buildScene(graph, layout, tape, { ...VIEW, trace: half });
  assert.deepEqual([node(scene, "c").now, scene.edges.filter((edge) => edge.marked).length], ["grad", 1]);
});

test("a sum over paths is shown as far as it has come", () => {
  const graph = graphs.twice();
  const tape = compile(graph);
  forward(tape);
  backward(tape);
  const all = events(tape);
  const scene = buildScene(graph, layoutGraph(graph), tape, {
    ...VIEW,
    trace: stateAt(tape, all, all.length - 1),
  });
  assert.equal(node(scene, "a").grad.text, "1");
});

test("a constant has no gradient; the wire to it is plain", () => {
  const { scene, tape } = sceneOf(graphs.tanhApart());
  const constants = scene.nodes.filter((drawn) => drawn.kind === "constant");
  assert.equal(constants.length, 3);
  for (const constant of constants) {
    assert.deepEqual([constant.grad, constant.sign, constant.bar], [null, "none", null]);
    assert.match(constant.spoken, /^number, constant, data \d$/);
  }
  scene.edges.forEach((edge, e) => {
    if (tape.constant[tape.operand[e]])
      assert.deepEqual([edge.sign, edge.head, edge.chip], ["none", "", null]);
  });
});

test("a gradient of exactly 0 is 0 in print, a tick without a bar, a plain wire", () => {
  const { scene, tape } = sceneOf(graphs.neuron());
  const w2 = node(scene, "w2");
  assert.deepEqual([w2.grad.text, w2.sign, w2.bar.width, w2.share], ["0", "zero", 0, 0]);
  assert.equal(scene.edges[tape.first[6] + 1].sign, "zero");
});

test("NaN is a word, without hue or size; an infinity is the largest", () => {
  const g = new graphs.GraphBuilder();
  g.parameter("a", -1);
  g.parameter("b", 0);
  g.apply("sqrt", [0], "r");
  g.apply("sqrt", [1], "s");
  g.apply("add", [2, 3], "L");
  const { scene } = sceneOf(g.graph());
  assert.deepEqual(
    [node(scene, "a").grad.text, node(scene, "a").sign, node(scene, "a").bar],
    ["NaN", "unknown", null],
  );
  assert.deepEqual([node(scene, "b").grad.text, node(scene, "b").share], ["∞", 1]);
  assert.match(node(scene, "a").spoken, /gradient not a number$/);
});

test("nothing moves when values or the selection change", () => {
  const graph = graphs.lecture();
  const { tape, layout, scene } = sceneOf(graph);
  setLeaf(tape, 2, 1e6);
  forward(tape);
  backward(tape);
  const again = buildScene(graph, layout, tape, { ...VIEW, selected: 2, path: [3, 4] });
  again.nodes.forEach((drawn, id) => {
    assert.deepEqual(
      [drawn.x, drawn.y, drawn.outline],
      [scene.nodes[id].x, scene.nodes[id].y, scene.nodes[id].outline],
    );
  });
  assert.deepEqual(
    again.edges.map((edge) => edge.wire),
    scene.edges.map((edge) => edge.wire),
  );
  assert.deepEqual(
    again.edges.filter((edge) => edge.marked).map((edge) => edge.edge),
    [3, 4],
  );
});

test("numbers fit their cells at every zoom, and no text is smaller than 11 px on the screen", () => {
  const hard = [
    1e-300,
    -1.23456789e-7,
    999999,
    -123456.789,
    0.1 + 0.2,
    -0.04851,
    1e300,
    Number.NaN,
    -Infinity,
  ];
  const g = new graphs.GraphBuilder();
  for (const value of hard) g.apply("mul", [g.parameter("w", value), g.constant(value)]);
  for (const density of ["cards", "compact"]) {
    for (const zoom of [2, 1, 0.9, 0.79, 0.6, 0.5, 0.4, 0.3, 0.1]) {
      const least = leastAt(zoom);
      const { scene } = sceneOf(g.graph(), { least }, { density });
      for (const drawn of scene.nodes) {
        const shared = density === "compact" && drawn.kind !== "constant";
        const cell = (drawn.width - drawn.tab) / (shared ? 2 : 1);
        for (const text of [drawn.data, drawn.grad]) {
          if (text === null) continue;
          assert.ok((text.squeeze ?? textWidth(text.text, text.size)) <= cell - 4, `${text.text} at ${zoom}`);
          assert.ok(text.size * zoom >= 10.8, `${text.text} at ${zoom}: ${text.size}`);
        }
        for (const label of [drawn.label.inside, drawn.label.over])
          if (label) assert.ok(label.size * zoom >= 10.8);
      }
      for (const { chip } of scene.edges) if (chip) assert.ok(chip.text.size * zoom >= 10.8);
    }
  }
});

test("a chip covers no box", () => {
  for (const zoom of [1, 0.8, 0.7]) {
    for (const graph of [graphs.lecture(), graphs.readme(), graphs.softmax(), graphs.twice()]) {
      const { scene } = sceneOf(graph, { least: leastAt(zoom) });
      for (const { chip } of scene.edges) {
        if (chip === null) continue;
        const covered = scene.nodes.filter(
          (box) =>
            chip.x < box.x + box.width &&
            chip.x + chip.width > box.x &&
            chip.y < box.y + box.height &&
            chip.y + chip.height > box.y,
        );
        assert.deepEqual(covered, [], `${chip.text.text} at ${zoom}`);
        for (const { x, y, operator } of scene.nodes) {
          if (operator === null) continue;
          const [across, down] = [x + operator.x, y + operator.y];
          const apart = across < chip.x - 9 || across > chip.x + chip.width + 9;
          assert.ok(
            apart || down < chip.y - 9 || down > chip.y + chip.height + 9,
            `${chip.text.text} at ${zoom}`,
          );
        }
      }
    }
  }
});

test("a caption gives way to a number that is too long for it", () => {
  const g = new graphs.GraphBuilder();
  g.parameter("a", 2);
  g.parameter("b", -123456);
  g.apply("mul", [0, 1], "c");
  const { scene } = sceneOf(g.graph());
  assert.deepEqual(
    scene.nodes.map((drawn) => drawn.dataCaption),
    ["data", "", ""],
  );
});

test("zoomed out a little, captions are set larger and stay beside the short numbers", () => {
  for (const zoom of [1, 0.93, 0.8, 0.74]) {
    const { scene } = sceneOf(graphs.lecture(), { least: leastAt(zoom) });
    for (const drawn of scene.nodes) {
      assert.equal(drawn.dataCaption, "data", `${drawn.key} at ${zoom}`);
      assert.ok(drawn.captionSize * zoom >= 10.99);
      const number = drawn.data ?? assert.fail();
      const left = number.x - (number.squeeze ?? textWidth(number.text, number.size));
      assert.ok(left >= drawn.tab + 8 + textWidth("data", drawn.captionSize) + 3, `${drawn.key} at ${zoom}`);
    }
  }
  const { scene } = sceneOf(graphs.lecture(), { least: leastAt(0.6) });
  assert.ok(scene.nodes.every(({ dataCaption }) => dataCaption === ""));
});

test("a node's spoken name says what it is", () => {
  const { scene } = sceneOf(graphs.lecture());
  assert.equal(node(scene, "c").spoken, "c, parameter, data 10, gradient minus 2");
  assert.equal(node(scene, "e").spoken, "e, in between, data minus 6, gradient minus 2");
  assert.equal(node(scene, "L").spoken, "L, output, data minus 8, gradient 1");
});

test("keys survive an edit elsewhere in the program", () => {
  const before = nodeKeys(graphs.neuron().nodes);
  const after = nodeKeys(graphs.tanhApart().nodes);
  for (const key of before.slice(0, 9)) assert.ok(after.includes(key), key);
  assert.equal(new Set(nodeKeys(graphs.readme().nodes)).size, graphs.readme().nodes.length);
});

test("unnamed nodes show their formula where it fits", () => {
  const graph = graphs.tanhApart();
  const formulas = graph.nodes.map((row, id) =>
    row.name === null && row.operands.length ? shortFormula(graph.nodes, id) : null,
  );
  assert.deepEqual(formulas.filter(Boolean), ["2·n", "e − 1", "e + 1"]);
  const g = new graphs.GraphBuilder();
  g.parameter("a", 1);
  g.apply("neg", [0]);
  g.apply("add", [0, 1]);
  g.apply("pow", [2, 0]);
  g.apply("tanh", [3]);
  assert.equal(shortFormula(g.nodes, 4), "tanh((a + (−a))^a)");
  const products = [g.apply("mul", [0, 0]), g.apply("mul", [0, 0])];
  assert.equal(shortFormula(g.nodes, g.apply("add", products)), "a·a + a·a");
  assert.equal(shortFormula(g.nodes, g.apply("sub", [0, g.apply("sub", [0, 0])])), "a − (a − a)");
});

test("labels: in the tab, over the box, shortened; never clipped", () => {
  const sizes = [20, 17, 14, 12];
  assert.equal(placeLabel("c", null, 31, 130, sizes).inside.size, 20);
  const indexed = placeLabel("w[3]", null, 31, 130, sizes).inside;
  assert.deepEqual([indexed.text, indexed.index], ["w", "3"]);
  assert.equal(placeLabel("x1w1x2w2", null, 31, 130, sizes).over.text, "x1w1x2w2");
  const long = placeLabel(
    "a_name_of_sixty_four_characters_is_the_longest_the_language_takes",
    null,
    31,
    130,
    sizes,
  ).over;
  assert.match(long.text, /…$/);
  assert.ok(textWidth(long.text, long.size, "serif") <= 130);
  assert.deepEqual(placeLabel(null, "a·b + c·d + e·f + g·h + i·j", 31, 60, sizes), {
    inside: null,
    over: null,
  });
});

test("text takes the largest size that fits, squeezed only where a wide font might not", () => {
  assert.deepEqual(fitText("2", 40, [14, 12]), { size: 14, squeeze: null });
  assert.equal(fitText("−123456", 40, [14, 12]), null);
  const tight = fitText("−0.49", 40, [14, 12]);
  assert.ok(tight.squeeze <= 40);
});

test("the path of arrows begins at the input: its tip touches the operand's box", () => {
  const { scene, layout } = sceneOf(graphs.lecture());
  const [x, y] = scene.edges[0].head
    .match(/^M([\d.]+),([\d.]+)/)
    .slice(1)
    .map(Number);
  assert.ok(Math.abs(x - (layout.x[0] + 60 + 2)) < 0.01 && Math.abs(y - layout.y[0]) < 0.01);
});
