import assert from "node:assert/strict";
import { test } from "node:test";
import { leastAt, textWidth } from "../../static/src/glyphs.js";
import { layoutGraph } from "../../static/src/layout/index.js";
import { areAlike, builtIn, requestFor, rowsOf } from "../../static/src/network/asked.js";
import { inColumns, withData, withRows } from "../../static/src/network/columns.js";
import { lossPlot } from "../../static/src/network/curve.js";
import { linkOf, wantedBy } from "../../static/src/network/link.js";
import { exampleOf } from "../../static/src/network/part.js";
import {
  boxOf,
  nodeOf,
  pictureOf,
  pictureTape,
  pictureWalk,
  placeIn,
} from "../../static/src/network/picture.js";
import { UPDATE } from "../../static/src/network/progress.js";
import { applied, dataOf, spliceOf, textOf, withRow } from "../../static/src/network/rows.js";
import { nextOf, scalarsOf, scalarsTape } from "../../static/src/network/scalars.js";
import { firstState, reduce } from "../../static/src/network/state.js";
import { readLink, writeLink } from "../../static/src/network/url.js";
import { backward, columnsOf } from "../../static/src/replay.js";
import { buildScene } from "../../static/src/scene.js";
import { createRun } from "../../static/src/train/run.js";
import { definitionOf, graphOf, LECTURE_ROWS, weightsOf } from "./train/graph.js";

const WIDTHS = { nin: 3, nouts: [4, 4, 1] };
const NONE = new Set();

/** The groups that the API gives a network's nodes, by the contract's order: parameters, examples, loss. */
function grouped(graph, { nin, nouts }, examples) {
  const groups = [];
  const of = [];
  const open = (/** @type {string} */ id, /** @type {string} */ kind) => {
    const cut = id.lastIndexOf(".");
    if (!groups.some((group) => group.id === id))
      groups.push({ id, kind, label: id.slice(cut + 1), parent: cut < 0 ? null : id.slice(0, cut) });
    return id;
  };
  const neurons = (/** @type {string} */ prefix, /** @type {(group: string, nin: number) => void} */ put) =>
    nouts.forEach((size, l) => {
      open(`${prefix}layer${l + 1}`, "layer");
      for (let j = 1; j <= size; j++)
        put(open(`${prefix}layer${l + 1}.neuron${j}`, "neuron"), nouts[l - 1] ?? nin);
    });
  neurons("", (group, reads) => of.push(...Array(reads + 1).fill(group)));
  for (let k = 1; k <= examples; k++) {
    of.push(...Array(nin).fill(open(`example${k}`, "example")));
    neurons(`example${k}.`, (group, reads) => {
      const sum = open(`${group}.sum`, "sum");
      for (let s = 0; s < reads; s++) of.push(group, sum);
      of.push(group);
    });
  }
  open("loss", "loss");
  return { ...graph, groups, nodes: graph.nodes.map((node) => ({ ...node, group: of[node.id] ?? "loss" })) };
}

/** The lecture's run, with every number of its first step made. */
function lecture(recipe = {}) {
  const definition = definitionOf({});
  const graph = withRows(inColumns(grouped(graphOf(definition, LECTURE_ROWS), WIDTHS, 4)));
  const run = createRun(graph, definition, LECTURE_ROWS, recipe);
  run.complete();
  return { graph, run, example: (/** @type {number} */ k) => exampleOf(graph, k, run.structure) };
}

test("one example is on screen, its neurons closed; all others and the targets are behind the loss", () => {
  const { run, example } = lecture();
  for (let k = 0; k < 4; k++) {
    const picture = pictureOf(example(k), NONE, WIDTHS, 4);
    const kinds = picture.graph.nodes.map(({ card, role }) => card?.kind ?? role);
    assert.deepEqual(
      kinds.toSorted(),
      [...Array(3).fill("data"), ...Array(9).fill("neuron"), "objective"].toSorted(),
    );
    const data = picture.graph.nodes
      .filter(({ role }) => role === "data")
      .map(({ id }) => nodeOf(picture, id));
    assert.deepEqual(
      data.map((id) => run.tape.data[id]),
      LECTURE_ROWS.inputs[k],
    );
  }
});

test("keys are the same for every example, so that a card stays when the example changes", () => {
  const { example } = lecture();
  const keys = (/** @type {number} */ k) =>
    pictureOf(example(k), NONE, WIDTHS, 4).graph.nodes.map(({ card, key }) => (card ? key : ""));
  assert.deepEqual(keys(0), keys(3));
});

test("a wire into a neuron carries its weight's gradient over all examples; a wire into the loss carries none", () => {
  const { run, example } = lecture();
  const picture = pictureOf(example(1), NONE, WIDTHS, 4);
  const tape = pictureTape(picture, run.tape, null);
  let wires = 0;
  tape.owner.forEach((owner, e) => {
    const { card } = picture.graph.nodes[owner];
    if (card?.kind === "objective") {
      assert.equal(tape.bare[e], 1);
      return;
    }
    wires++;
    const [layer, neuron] = placeIn(card.group).match(/\d+/g).map(Number);
    const slot = [...tape.owner].slice(0, e).filter((other) => other === owner).length;
    // Parameters lie neuron by neuron, w… then b: layers of 4 · (3 + 1), 4 · (4 + 1) and 1 · (4 + 1).
    const width = layer === 1 ? 3 : 4;
    const first = [0, 16, 36][layer - 1] + (neuron - 1) * (width + 1);
    const weights = Array.from({ length: width }, (_, k) => first + k);
    assert.ok(weights.includes(picture.weight[e]), `${card.group} ${slot}`);
    assert.equal(tape.flow[e], run.tape.grad[picture.weight[e]]);
  });
  assert.equal(wires, 12 + 16 + 4);
  assert.equal(new Set(picture.weight.filter((id) => id >= 0)).size, wires);
});

test("an opened neuron shows its weights, and no wire leads from them into the loss", () => {
  const { run, example } = lecture();
  const picture = pictureOf(example(0), new Set(["layer1.neuron2"]), WIDTHS, 4);
  const weights = picture.graph.nodes.filter(({ role }) => role === "parameter");
  assert.equal(weights.length, 4);
  const total = picture.graph.nodes.find(({ card }) => card?.kind === "objective");
  assert.ok(total.operands.every((from) => !weights.some(({ id }) => id === from)));
  const tape = pictureTape(picture, run.tape, null);
  assert.equal(tape.operand.length, picture.edges.length);
  const closed = pictureOf(example(0), new Set(["layer2"]), WIDTHS, 4);
  assert.equal(closed.graph.nodes.filter(({ card }) => card?.kind === "layer").length, 1);
});

test("a wide layer is closed at first, and opens", () => {
  const wide = { nin: 2, nouts: [30, 30, 1] };
  const rows = { inputs: [[1, 2]], targets: [1] };
  const graph = inColumns(grouped(graphOf(definitionOf(wide), rows), wide, 1));
  const { structure } = createRun(graph, definitionOf(wide), rows);
  const layers = (/** @type {ReadonlySet<string>} */ folds) =>
    pictureOf(exampleOf(graph, 0, structure), folds, wide, 1).graph.nodes.filter(
      ({ card }) => card?.kind === "layer",
    ).length;
  assert.deepEqual([layers(NONE), layers(new Set(["layer2"])), layers(new Set(["layer1"]))], [1, 0, 2]);
});

/** The lecture's network as it is drawn. @param {number} least the smallest type */
function drawnLecture(least) {
  const { run, example } = lecture();
  const picture = pictureOf(example(0), NONE, WIDTHS, 4);
  const layout = layoutGraph(picture.graph, { density: "cards" });
  const view = {
    selected: null,
    hoveredEdge: null,
    trace: null,
    path: [],
    showLocalDerivatives: false,
    least,
    frames: picture.frames,
  };
  return { picture, ...buildScene(picture.graph, layout, pictureTape(picture, run.tape, null), view) };
}

test("frames hold their boxes, and name what is in them", () => {
  const { picture, frames, nodes } = drawnLecture(11);
  assert.deepEqual(
    frames.map(({ title, note }) => `${title.text}: ${note.text}`),
    [
      "Data: fixed, never updated",
      "Layer 1: 4 neurons, 16 parameters",
      "Layer 2: 4 neurons, 20 parameters",
      "Layer 3: 1 neuron, 5 parameters",
    ],
  );
  picture.frames.forEach(({ nodes: inside }, k) => {
    for (const id of inside) {
      assert.ok(frames[k].x < nodes[id].x);
      assert.ok(frames[k].y < nodes[id].y);
    }
  });
});

test("from afar a closed neuron shows its number alone, as long as that can be read", () => {
  for (const zoom of [0.48, 0.4, 1 / 3]) {
    const { nodes } = drawnLecture(leastAt(zoom));
    const cards = nodes.filter(({ kind }) => kind === "neuron" || kind === "objective");
    assert.equal(cards.length, 10);
    for (const { data, grad, label, width, height } of cards) {
      assert.deepEqual([grad, label.inside], [null, null]);
      assert.ok(data.size * zoom >= 10.99);
      assert.ok(data.x <= width && data.y <= height && data.y - data.size > 0);
      assert.ok(textWidth(data.text, data.size) < width, data.text);
      assert.match(data.text, /\d/);
    }
  }
  assert.ok(drawnLecture(leastAt(0.3)).nodes.every(({ kind, data }) => kind !== "neuron" || data === null));
});

test("a neuron's scalars have the whole graph's numbers", () => {
  const { run, example } = lecture();
  for (const group of ["example1.layer1.neuron3", "example4.layer2.neuron1", "example2.layer3.neuron1"]) {
    const scalars = scalarsOf(example(Number(group[7]) - 1), group);
    const tape = scalarsTape(scalars, run.tape);
    scalars.shown.graph.nodes.forEach(({ id }) => {
      const whole = scalars.ids[scalars.shown.stands[id]];
      assert.equal(tape.data[id], run.tape.data[whole]);
      assert.equal(tape.grad[id], run.tape.grad[whole]);
    });
    const names = scalars.graph.nodes.map(({ name }) => name);
    assert.ok(names.includes("s") && names.includes("p[0]") && names.includes("b"));
    assert.equal(scalars.additions, group.includes("layer1") ? 3 : 4);
  }
  assert.equal(scalarsOf(example(0), "example1.layer9.neuron1"), null);
});

test("an arrow goes against the gradient and stands beside weights only", () => {
  const { run, example } = lecture({ rate: 0.05 });
  const scalars = scalarsOf(example(0), "example1.layer1.neuron3");
  const before = run.parameters;
  const after = before.map((x, k) => x - 0.05 * run.tape.grad[k]);
  const next = nextOf(scalars, before, after);
  assert.equal(next.size, 7);
  for (const [id, row] of next) {
    const at = scalars.shown.stands[id];
    const { role } = scalars.graph.nodes[at];
    if (role === "data") assert.equal(row, "fixed");
    else assert.equal(Math.sign(row.change), -Math.sign(run.tape.grad[scalars.ids[at]]));
  }
});

test("columns become the rows they were, with names for neurons and the loss", () => {
  const graph = grouped(graphOf(definitionOf({}), LECTURE_ROWS), WIDTHS, 4);
  const run = createRun(graph, definitionOf({}), LECTURE_ROWS);
  const outs = new Map();
  for (const { size, outs: ids } of run.structure.layers)
    ids.forEach((id, at) => void outs.set(id, `n[${(at % size) + 1}]`));
  const { data, grad, partial, first } = run.tape;
  const number = (/** @type {number} */ x) => (Number.isNaN(x) ? null : x);
  const named = graph.nodes.map((node, id) => ({
    ...node,
    operands: [...node.operands],
    partials: Array.from(partial.subarray(first[id], first[id + 1]), number),
    data: data[id],
    grad: node.role === "constant" ? null : grad[id],
    name: id === graph.output ? "loss" : (outs.get(id) ?? node.name),
  }));
  const fields = ["id", "name", "group", "span", "unused"];
  const columns = {
    ...columnsOf(graph.nodes),
    ...Object.fromEntries(fields.map((field) => [field, graph.nodes.map((node) => node[field])])),
  };
  const rows = withRows(inColumns({ ...graph, nodes: columns }));
  assert.deepEqual(rows.nodes, named);
  assert.deepEqual(withRows(inColumns(graph)).nodes, named);
});

test("with another graph's data, a graph of the same layers is that one", () => {
  const { graph, run } = lecture();
  const rows = { inputs: LECTURE_ROWS.inputs.toReversed(), targets: [0.5, -1, -1, 1] };
  const weights = weightsOf(run.structure.parameters).map((w) => w * -0.5);
  const answer = grouped(graphOf(definitionOf({}), rows, weights), WIDTHS, 4);
  const other = withRows(inColumns(answer));
  backward(other.tape);
  const before = graph.tape.grad.slice();
  const made = withData(
    graph,
    answer.nodes.map(({ data }) => data),
  );
  assert.deepEqual(made.nodes, other.nodes);
  assert.deepEqual(graph.tape.grad, before);
  assert.notDeepEqual(made.tape.grad, before);
  const strings = withData(graph, ["NaN", "-Infinity", ...answer.nodes.slice(2).map(({ data }) => data)]);
  assert.deepEqual([...strings.tape.data.subarray(0, 2)], [Number.NaN, Number.NEGATIVE_INFINITY]);
});

test("graphs are alike that differ in numbers alone", () => {
  const s = first();
  const ask = (changes = {}, how = {}) =>
    requestFor({ model: { ...s.model, ...changes }, data: s.data, weights: null, batch: null, ...how });
  const moved = withRow(s.data, "squared_error", 0, [1, 2, 3], -1);
  const alike = [
    ask({ seed: 2, initialisation: "zeros" }),
    ask({}, { weights: [1] }),
    ask({}, { data: moved }),
  ];
  for (const other of alike) assert.ok(areAlike(ask(), other));
  assert.ok(areAlike(ask({ alpha: 1 }), ask({ alpha: 2 })));
  const longer = withRow(s.data, "squared_error", 4, [1, 2, 3], -1);
  const others = [
    ask({ nouts: [4, 5, 1] }),
    ask({ activation: "relu" }),
    ask({ output_activation: "linear" }),
    ask({ loss: "hinge" }),
    ask({ alpha: 0.1 }),
    ask({}, { batch: 2 }),
    ask({}, { data: longer }),
  ];
  for (const other of others) assert.ok(!areAlike(ask(), other));
});

test("a run over columns leaves their numbers as they are", () => {
  const { graph, run } = lecture();
  const before = graph.tape.data.slice();
  run.advance();
  assert.deepEqual(graph.tape.data, before);
  assert.notDeepEqual(run.tape.data, before);
});

test("the opened loss shows the other examples' outputs as what it reads", () => {
  const { run, example } = lecture();
  const picture = pictureOf(example(1), new Set(["loss"]), WIDTHS, 4);
  const read = picture.graph.nodes.filter(({ name }) => name?.startsWith("ŷ["));
  assert.deepEqual(
    read.map(({ name, id }) => [name, nodeOf(picture, id)]),
    [1, 3, 4].map((k) => [`ŷ[${k}]`, run.structure.outputs[k - 1]]),
  );
  for (const { id } of read) assert.equal(boxOf(picture, nodeOf(picture, id)), id);
  const tape = pictureTape(picture, run.tape, null);
  // With everything of the loss open, what arrives at an output is its gradient.
  for (const { id } of read) {
    const wires = [...tape.operand.keys()].filter((e) => tape.operand[e] === id);
    const arrives = wires.reduce((sum, e) => sum + (tape.flow?.[e] ?? 0), 0);
    assert.ok(Math.abs(arrives - run.tape.grad[nodeOf(picture, id)]) < 1e-12);
  }
});

test("a walk through the whole graph is seen in the picture: a wire into a neuron waits for its weight", () => {
  const { run, example } = lecture();
  const picture = pictureOf(example(2), NONE, WIDTHS, 4);
  const { size, operand } = run.tape;
  const written = new Uint8Array(size);
  const [weight] = picture.weight.filter((id) => id >= 0);
  written[weight] = 1;
  const walk = {
    ...{ step: 0, current: null, computed: new Uint8Array(size).fill(1), written },
    ...{
      grad: new Float64Array(size),
      waiting: new Int32Array(size),
      crossed: new Uint8Array(operand.length),
    },
  };
  const { computed, crossed } = pictureWalk(picture, walk);
  assert.ok(computed.every((is) => is === 1));
  assert.deepEqual(
    [...crossed.keys()].filter((e) => crossed[e] === 1),
    [...picture.weight.keys()].filter((e) => picture.weight[e] === weight),
  );
});

test("a link reads back as it was written, and nonsense is passed over", async () => {
  const link = {
    preset: "moons",
    net: 'n = MLP(2, [8, 1], activation="relu")',
    loss: "hinge",
    alpha: 1e-4,
    rows: "1,2,1\n3,4,-1\n",
    weights: [0.1, -2.5e-7, 1 / 3],
    rate: 0.03,
    optimizer: "adam",
    batch: 5,
    steps: 200,
    zero: false,
    settings: { momentum: 0.8, decay: 0.5 },
    changes: [
      { step: 3, fields: { rate: 0.2, optimizer: "sgd" } },
      { step: 5, fields: { settings: { momentum: 0.7 } } },
      { step: 9, fields: { zero_grad: false } },
      { step: 11, fields: { rate: 1 }, rows: { at: 1, cut: 2, text: "5,6,1\n7,8,-1" } },
      { step: 12, fields: {}, rows: { at: 0, cut: 1, text: "" } },
    ],
    step: 12,
    beat: 2,
    example: 4,
    open: "layer1.neuron2",
    fold: ["layer1.neuron1", "layer2"],
    log: true,
    view: "texture",
    theme: "dark",
  };
  assert.deepEqual(await readLink(await writeLink(link)), link);
  const bad =
    "rate=fast&batch=-1&step=x&beat=1.5&theme=blue&view=cube&changes=3~colour:red&fold=<b>&rows=!!&log=maybe";
  assert.deepEqual(await readLink(`#v=1&${bad}`), {});
  for (const change of [
    "rows",
    "rows:1.x.y",
    "rows:1.0.!!",
    "rows:-1.0.",
    "settings.beta1:1",
    "settings.decay:-1",
  ])
    assert.deepEqual(await readLink(`#v=1&changes=3~${change}`), {});
  for (const setting of ["beta2:1", "momentum:-1"])
    assert.deepEqual(await readLink(`#v=1&settings=${setting}`), {});
  assert.equal(await writeLink({}), "");
});

/** The page's state with the lecture's network. */
function first() {
  const { graph, run } = lecture({ rate: 0.05, steps: 40 });
  const { nin, nouts, activation, output_activation, seed } = definitionOf({});
  const preset = {
    ...{ id: "lecture", title: "Lecture", note: "", data: "lecture", loss: "squared_error", alpha: 0 },
    network: { nin, nouts, activation, output_activation, seed },
    recipe: { steps: 40, rate: 0.05, optimizer: "sgd", schedule: "constant", batch: null, settings: {} },
  };
  const answers = LECTURE_ROWS.targets.map((y) => (y + 1) / 2);
  return firstState(
    { preset: "lecture", presets: [preset], graph, inputs: LECTURE_ROWS.inputs, answers },
    run,
  );
}

test("steps, seeking and a changed recipe keep the losses that belong together", () => {
  let s = first();
  for (let k = 0; k < 5; k++) {
    s.run.advance();
    s = reduce(s, { type: "ran" });
  }
  assert.equal(s.top, 5);
  const before = [...s.losses];
  s = reduce(s, { type: "go", step: 2 });
  assert.deepEqual([s.step, s.beat, s.run.loss], [2, UPDATE, before[2]]);
  assert.deepEqual(s.losses, before);
  s = reduce(s, { type: "recipe", fields: { rate: 0.2 } });
  assert.deepEqual([s.top, s.losses], [2, before.slice(0, 3)]);
  assert.deepEqual(s.changes, [{ step: 2, fields: { rate: 0.2 } }]);
  s.run.advance();
  s = reduce(s, { type: "ran" });
  assert.equal(s.top, 3);
  assert.deepEqual(s.losses.slice(0, 3), before.slice(0, 3));
  assert.notEqual(s.losses[3], before[3]);
  assert.equal(linkOf(s).rate, undefined);
  assert.deepEqual(linkOf(s).changes, s.changes);
});

test("another point goes on with the weights as they are; steps before keep theirs, and the link tells of it", () => {
  let s = first();
  for (let k = 0; k < 3; k++) {
    s.run.advance();
    s = reduce(s, { type: "ran" });
  }
  const [before, weights, origin] = [[...s.losses], s.run.parameters, s.data];
  const point = { input: [1, 0, 1], target: -1 };
  s = reduce(s, { type: "data", data: withRow(s.data, "squared_error", 4, point.input, point.target) });
  const rows = rowsOf(s.data, "squared_error");
  const graph = withRows(inColumns(grouped(graphOf(definitionOf({}), rows), WIDTHS, 5)));
  const asked = { model: s.model, data: s.data, weights: null, batch: null };
  s = reduce(s, { type: "rows", asked, graph });
  assert.deepEqual([s.step, s.top, s.run.structure.examples], [3, 3, 5]);
  assert.deepEqual(s.run.parameters, weights);
  // The loss is a sum over examples: the new one's term is what was added.
  const ours = createRun(graph, definitionOf({}), rows);
  ours.complete();
  ours.parameters.forEach((_, k) => void ours.setParameter(k, weights[k]));
  assert.deepEqual(s.losses, [...before.slice(0, 3), ours.loss]);
  assert.ok(s.losses[3] > before[3]);
  s.run.advance();
  s = reduce(s, { type: "ran" });
  assert.deepEqual(
    s.changes.map(({ step, data }) => [step, data.inputs.length]),
    [[3, 5]],
  );

  const back = reduce(s, { type: "go", step: 2 });
  assert.deepEqual([back.data, back.settled.data, back.run.loss], [origin, origin, before[2]]);
  assert.deepEqual(back.graph.groups.filter(({ kind }) => kind === "example").length, 4);
  const forth = reduce(back, { type: "go", step: 3 });
  assert.deepEqual([forth.data, forth.run.loss], [asked.data, ours.loss]);

  const link = linkOf(s);
  assert.deepEqual(link.changes, [{ step: 3, fields: {}, rows: { at: 4, cut: 0, text: "1,0,1,-1" } }]);
  const wanted = wantedBy(first(), link, origin);
  assert.deepEqual([wanted.data, wanted.changes], [origin, s.changes]);

  // Going on from an earlier step forgets the change.
  const early = reduce(s, { type: "go", step: 1 });
  early.run.advance();
  assert.deepEqual(reduce(early, { type: "ran" }).changes, []);
  // From the start again: the same first weights, the data of now.
  const run = createRun(graph, definitionOf({}), rows);
  const again = reduce(forth, { type: "restart", run });
  assert.deepEqual([again.origin, again.changes], [asked.data, []]);
  assert.deepEqual(run.parameters, first().run.parameters);
});

test("a splice leads from rows to rows: a number, a row more, a row less, all of them", () => {
  const { data } = dataOf("1,2,1\n3,4,-1\n5,6,1\n", { nin: 2, nouts: [3, 1], loss: "squared_error" });
  const model = { nin: 2, nouts: [3, 1], loss: "squared_error" };
  for (const text of ["1,2,1\n3,9,-1\n5,6,1\n", "1,2,1\n3,4,-1\n3,4,-1\n5,6,1\n", "5,6,1\n", "7,7,0.5\n"]) {
    const after = dataOf(text, model).data;
    assert.deepEqual(applied(data, spliceOf(data, after, "squared_error"), model), after);
  }
  assert.equal(applied(data, { at: 0, cut: 3, text: "" }, model), null);
  assert.equal(applied(data, { at: 0, cut: 1, text: "1,2,3,4" }, model), null);
  assert.equal(applied(data, { at: 0, cut: 1, text: "no,numbers,here\nat,all,!" }, model), null);
});

test("what a link asks for is what its state was", () => {
  let s = first();
  s = reduce(s, { type: "model", fields: { nouts: [5, 1], activation: "relu" } });
  s = reduce(s, { type: "recipe", fields: { zero_grad: false, steps: 60 } });
  s = reduce(s, { type: "example", example: 2 });
  const wanted = wantedBy(first(), linkOf(s), s.data);
  assert.deepEqual(wanted.model.nouts, [5, 1]);
  assert.equal(wanted.model.activation, "relu");
  assert.deepEqual([wanted.begun.zero_grad, wanted.begun.steps, wanted.example], [false, 60, 2]);
});

test("rows of another width change the network; bad ones change nothing", () => {
  const model = { nin: 3, nouts: [4, 1], loss: "squared_error" };
  const { data, nin } = dataOf("x;y;t\n0;1;1\n1;0;-1\n", model);
  assert.deepEqual(
    [nin, data.inputs, data.answers, data.classes],
    [
      2,
      [
        [0, 1],
        [1, 0],
      ],
      [1, 0],
      2,
    ],
  );
  assert.equal(dataOf("1,2,3,1\n1,2,1\n", model).data, null);
  assert.deepEqual(dataOf(textOf(data, "squared_error"), { ...model, nin: 2 }).data, data);
  const more = withRow(data, "squared_error", 2, [2, 2], 0.5);
  assert.deepEqual([more.classes, more.answers], [0, [1, -1, 0.5]]);
  assert.equal(builtIn("xor", [[0, 1]], [1]).classes, 2);
});

test("the plot of the loss holds every finite number and leaves out the others", () => {
  const losses = [6, 3, 2, Number.NaN, 1];
  const { curve, here, rules, label } = lossPlot(losses, 4, 40, [8, 1], false);
  assert.equal(curve.match(/[ML]/g).length, 4);
  assert.ok(rules.length >= 3);
  assert.match(label.text, /^step 4: 1$/);
  assert.ok(here.x > 0);
  assert.equal(lossPlot([0, 1], 0, 2, null, true).here, null);
  const long = Array.from({ length: 5000 }, (_, k) => (k === 2500 ? 99 : 1 + Math.sin(k)));
  const drawn = lossPlot(long, 4999, 5000, null, false);
  assert.ok(drawn.curve.match(/[ML]/g).length < 300);
  assert.equal(lossPlot([1, 2, 3], 2, 3, null, false, [1, 2]).marks.match(/M/g).length, 2);
  // As many steps as a run may have, and as many of the run before.
  const endless = Array(100_001).fill(2).with(7, 3);
  assert.ok(Number.isFinite(lossPlot(endless, 0, 100_000, endless, true).here.y));
  assert.ok(lossPlot(long.with(2500, 1), 4999, 5000, null, false).curve !== drawn.curve);
});
