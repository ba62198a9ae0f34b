/** Names of several nodes: what they are called where they are shown, and what they stay where they are asked for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { called, coded, nameParts } from "../../static/src/calls.js";
import { namesAt } from "../../static/src/editor/complete.js";
import { meant, nodeReport, valuesOf } from "../../static/src/embed/report.js";
import { equations } from "../../static/src/equation.js";
import { matching } from "../../static/src/find.js";
import { textWidth } from "../../static/src/glyphs.js";
import { placeLabel } from "../../static/src/labels.js";
import { layoutGraph } from "../../static/src/layout/index.js";
import { nameTree, plainMath } from "../../static/src/math.js";
import { buildScene } from "../../static/src/scene.js";
import { firstState, reduce } from "../../static/src/state.js";
import { lineNodes } from "../../static/src/text.js";
import { computed, draft } from "./draft.js";

const TEXT = "a = 2.0\na = a * 3 + 1\na = a ** 2";

/** The graph of TEXT as the API answers it: ids a 0, 3 1, a·3 2, 1 3, a 4, 2 5, a 6. */
function answer() {
  const d = draft();
  const a = d.leaf(2, "a");
  const second = d.op("add", [d.op("mul", [a, d.constant(3)]), d.constant(1)], "a");
  const graph = d.graph(d.op("pow", [second, d.constant(2)], "a"));
  // In the order of the program's text.
  const order = [0, 1, 2, 3, 4, 5, 6];
  assert.deepEqual(
    graph.nodes.map(({ id }) => id),
    order,
  );
  const spans = { 0: [4, 7], 1: [16, 17], 2: [12, 17], 3: [20, 21], 4: [12, 21], 5: [31, 32], 6: [26, 32] };
  for (const node of graph.nodes) node.span = spans[node.id];
  const tape = computed(graph);
  for (const node of graph.nodes) node.data = tape.data[node.id];
  return graph;
}

const start = () =>
  firstState({
    example: "own",
    graph: answer(),
    examples: [{ id: "own", title: "", note: "", operands: [], request: { program: TEXT } }],
  });
const named = ({ nodes }) => nodes.flatMap(({ name }) => (name === null ? [] : [name]));

test("a state's graph has calls, what the server answered has the names", () => {
  const state = start();
  assert.deepEqual(named(state.graph), ["a", "a₂", "a₃"]);
  assert.deepEqual(named(state.whole), ["a", "a", "a"]);
  const opened = reduce(state, { type: "apart", id: 6 });
  assert.deepEqual(named(opened.graph), ["a", "a₂", "a₃"]);
  // A constant is written into both graphs.
  const turned = reduce(state, { type: "turn", id: 1, value: 4 });
  assert.deepEqual([turned.graph.nodes[1].data, turned.whole.nodes[1].data], [4, 4]);
  assert.deepEqual(named(turned.graph), ["a", "a₂", "a₃"]);
});

test("cards, formulas and what is spoken tell the nodes apart", () => {
  const { graph, tape } = start();
  const view = { selected: null, hoveredEdge: null, trace: null, path: [], showLocalDerivatives: true };
  const labelsAt = (least) =>
    buildScene(graph, layoutGraph(graph), tape, { ...view, least })
      .nodes.filter(({ name }) => name !== null)
      .map(({ label }) => label.inside && label.inside.text + label.inside.index);
  assert.deepEqual(labelsAt(11), ["a", "a2", "a3"]);
  assert.deepEqual(labelsAt(16), ["a", "a_2", "a_3"]);
  const { nodes } = buildScene(graph, layoutGraph(graph), tape, { ...view, least: 11 });
  assert.match(nodes[4].spoken, /^a₂, in between, data 7/);
  assert.match(nodes[6].hint, /^a₃\ndata 49/);
  assert.deepEqual(
    equations(graph).map((tree) => plainMath(tree)),
    ["a₃=(a·3+1)^2", "a₃=a₂^2", "a₃"],
  );
});

test("hosts, sliders and the editor go by the program's names", () => {
  const state = start();
  assert.deepEqual(valuesOf(state), { a: 2 });
  assert.equal(meant(state, "a"), 0);
  assert.equal(meant(state, "a₃"), 6);
  assert.deepEqual(
    [0, 4, 6].map((id) => nodeReport(state, id).name),
    ["a", "a", "a"],
  );
  assert.deepEqual(lineNodes(TEXT, state.graph.nodes, state.spans), [-1, 4, 6]);
  assert.equal(namesAt(state, `${TEXT}\n`, TEXT.length + 1)[0].label, "a");
});

test("of namesakes that can be set, a free name keeps its value", () => {
  const d = draft();
  const first = d.leaf(1, "y");
  const free = d.leaf(5, "y");
  const graph = d.graph(d.op("mul", [first, free], "L"));
  graph.nodes[0].span = [4, 5];
  const program = "a = 1; a.label = 'y'\nL = a * y";
  const state = firstState({
    example: "own",
    graph,
    examples: [{ id: "own", title: "", note: "", operands: [], request: { program, values: { y: 5 } } }],
  });
  assert.deepEqual(named(state.graph), ["y", "y₂", "L"]);
  const turned = reduce(state, { type: "turn", id: free, value: 7 });
  assert.deepEqual(turned.values, { y: 7 });
  assert.equal(turned.tape.data[2], 7);
});

test("a search finds calls as code writes them", () => {
  const { nodes } = start().graph;
  assert.deepEqual(matching(nodes, "a"), [0, 4, 6]);
  assert.deepEqual(matching(nodes, "A_2"), [4]);
  assert.deepEqual(matching(nodes, "a₃"), [6]);
});

test("without namesakes nothing is called otherwise", () => {
  const d = draft();
  const [a, b] = [d.leaf(2, "a_2"), d.leaf(3, "w[0]")];
  const graph = d.graph(d.op("mul", [a, b], "a"));
  assert.deepEqual(called(graph), graph);
});

test("what stands below the line", () => {
  const cases = {
    a: ["a", ""],
    "w[0]": ["w", "0"],
    "xs[0][1]": ["xs", "0,1"],
    "a₁₂": ["a", "12"],
    "w[0]₂": ["w[0]", "2"],
    "xs[0][1]₂": ["xs[0][1]", "2"],
    a_2: ["a_2", ""],
    "[0]": ["[0]", ""],
    "a[0]x": ["a[0]x", ""],
    "a[0]x₂": ["a[0]x₂", ""],
    "a₂[0]": ["a₂[0]", ""],
  };
  for (const [name, [text, index]] of Object.entries(cases))
    assert.deepEqual(nameParts(name), { text, index }, name);
  assert.deepEqual(nameTree("a₂"), ["msub", ["mi", "a"], ["mn", "2"]]);
  assert.equal(coded("w[0]₂·a₁₂ − xs[0][1]₃"), "w_2[0]·a_12 − xs_3[0][1]");
});

test("a call that is cut off keeps its number", () => {
  const long = `${"a_long_name".repeat(4)}₁₂`;
  const { over } = placeLabel(long, null, 31, 100, [20, 17, 14, 12]);
  assert.match(over.text, /^a_long.*…_12$/);
  assert.ok(textWidth(over.text, over.size, "serif") <= 100);
});
