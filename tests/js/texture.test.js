import assert from "node:assert/strict";
import { test } from "node:test";
import { THEMES } from "../../static/src/paint/theme.js";
import { backward, compile, forward } from "../../static/src/replay.js";
import { noteOn, openedCell } from "../../static/src/texture/cell.js";
import { coloursOf } from "../../static/src/texture/colours.js";
import { countsOf } from "../../static/src/texture/counts.js";
import { textureMap } from "../../static/src/texture/map.js";
import { rowOrder } from "../../static/src/texture/order.js";
import { paintPixels } from "../../static/src/texture/pixels.js";
import * as places from "../../static/src/texture/place.js";
import {
  depthOf,
  falls,
  fullScale,
  NONE,
  shadeOf,
  shadesOf,
  UNKNOWN,
} from "../../static/src/texture/shade.js";
import { columnAt, columnNear, stripsOf } from "../../static/src/texture/strips.js";
import { tableRows } from "../../static/src/texture/table.js";
import { rungs, spokenPlace, valueName } from "../../static/src/texture/words.js";
import { draft } from "./draft.js";
import { network } from "./fixtures/network.js";

const SIZES = { gap: 4, least: { inputs: 4, layer: 20, loss: 10 } };

function ran(graph) {
  const tape = compile(graph);
  forward(tape);
  backward(tape);
  return tape;
}

/** Hinge losses of relu(w x + b) over some inputs, grouped as the API groups a network of one neuron. */
function hinge(weight, bias, inputs, targets) {
  const d = draft();
  const group = [];
  const put = (id, name) => {
    group[id] = name;
    return id;
  };
  const w = put(d.leaf(weight, "w[0]"), "layer1.neuron1");
  const b = put(d.leaf(bias, "b"), "layer1.neuron1");
  const outs = inputs.map((x, k) => {
    const leaf = put(d.leaf(x, "x[0]", "data"), `example${k + 1}`);
    const product = put(d.op("mul", [w, leaf]), `example${k + 1}.layer1.neuron1`);
    const sum = put(d.op("add", [b, product]), `example${k + 1}.layer1.neuron1.sum`);
    return put(d.op("relu", [sum]), `example${k + 1}.layer1.neuron1`);
  });
  let loss = -1;
  outs.forEach((out, k) => {
    const y = put(d.leaf(targets[k], "y[0]", "data"), "loss");
    const score = put(d.op("mul", [y, out]), "loss");
    const one = put(d.constant(1), "loss");
    const term = put(d.op("relu", [put(d.op("sub", [one, score]), "loss")]), "loss");
    loss = loss < 0 ? term : put(d.op("add", [loss, term]), "loss.sum");
  });
  const graph = d.graph(loss);
  const ids = new Set(
    group.filter(Boolean).flatMap((id) => id.split(".").map((_, k, all) => all.slice(0, k + 1).join("."))),
  );
  graph.groups = Array.from(ids, (id) => {
    const label = id.slice(id.lastIndexOf(".") + 1).replace(/(\d+)$/, " $1");
    const parent = id.includes(".") ? id.slice(0, id.lastIndexOf(".")) : null;
    return { id, kind: label.replace(/ \d+$/, ""), label, parent };
  });
  for (const node of graph.nodes) node.group = group[node.id] ?? null;
  return graph;
}

test("a row holds its example's values and a column the same value of every example", () => {
  const graph = network(2, [3, 1], 5);
  const map = textureMap(graph);
  assert.equal(map.examples.length, 5);
  const seen = new Set();
  for (let c = 0; c < map.columns; c++) {
    const column = Array.from({ length: 5 }, (_, e) => map.cell[e * map.columns + c]);
    const present = column.filter((id) => id >= 0);
    assert.equal(new Set(present.map((id) => graph.nodes[id].op)).size, 1);
    const groups = present.map((id) => (graph.nodes[id].group ?? "").replace(/^example\d+/, ""));
    assert.equal(new Set(groups).size, 1);
    column.forEach((id, e) => {
      if (id < 0) return;
      assert.ok(!seen.has(id));
      seen.add(id);
      assert.deepEqual([map.row[id], map.column[id]], [e, c]);
      const { group } = graph.nodes[id];
      if (group?.startsWith("example")) assert.ok(group.startsWith(`example${e + 1}`));
    });
  }
  const once = graph.nodes.filter(({ id }) => !seen.has(id));
  assert.equal(once.length, map.once);
  assert.ok(
    once.every(({ role }) => role === "parameter"),
    "only weights come once",
  );
});

test("blocks are the inputs, the layers and the loss; a neuron is products, additions, activation", () => {
  const map = textureMap(network(2, [3, 1], 4));
  assert.deepEqual(
    map.blocks.map(({ kind, title, from, to }) => [kind, title, to - from]),
    [
      ["inputs", "x", 2],
      ["layer", "Layer 1", 3 * 5],
      ["layer", "Layer 2", 3 + 3 + 1],
      ["loss", "Loss", 5],
    ],
  );
  const { parts } = map.units[1];
  assert.deepEqual(
    parts.map(({ sort, from, to }) => [sort, to - from]),
    [
      ["products", 2],
      ["additions", 2],
      ["activation", 1],
    ],
  );
});

test("one example without groups of its own is one row", () => {
  const graph = network(2, [2, 1], 1);
  const alone = {
    ...graph,
    nodes: graph.nodes.map((node) => ({ ...node, group: node.group?.replace(/^example1\.?/, "") || null })),
    groups: graph.groups
      .filter(({ kind }) => kind !== "example")
      .map((group) => ({
        ...group,
        id: group.id.replace(/^example1\./, ""),
        parent: group.parent?.replace(/^example1\.?/, "") || null,
      })),
  };
  const map = textureMap(alone);
  assert.equal(map.examples.length, 1);
  assert.equal(map.columns + map.once, alone.nodes.length);
});

test("silent examples and dead neurons are counted from the numbers", () => {
  // w = 1, b = 0: scores 2, 0.5 and relu(-1) = 0; with margin 1 the first is right, the second pushes, the third is shut.
  const graph = hinge(1, 0, [2, 0.5, -1], [1, 1, 1]);
  const tape = ran(graph);
  const map = textureMap(graph);
  const counts = countsOf(map, tape);
  assert.deepEqual(Array.from(counts.silent), [1, 0, 1]);
  assert.equal(counts.dead.size, 0);
  assert.equal(
    counts.says,
    "1 of 3 examples still pushes on the weights. 1 is right by a margin and sends nothing back. 1 is blocked: the last activation is flat there and passes nothing on.",
  );
  const dead = hinge(1, -9, [2, 0.5, -1], [1, 1, 1]);
  const deadTape = ran(dead);
  const deadCounts = countsOf(textureMap(dead), deadTape);
  assert.equal(deadCounts.dead.size, 1);
  assert.match(deadCounts.says, /1 neuron is dead: no example switches it on\.$/);
});

test("flat activations of smooth neurons are told", () => {
  const graph = network(2, [3, 1], 4);
  for (const node of graph.nodes) if (node.name === "b" && node.group === "layer1.neuron1") node.data = 40;
  const tape = ran(graph);
  const map = textureMap(graph);
  assert.equal(countsOf(map, tape).dead.size, 0);
  assert.match(countsOf(map, tape).says, /33 % of layer 1 is saturated/);
});

test("rows go worst first, silent ones last; in order they keep theirs", () => {
  const graph = hinge(1, 0, [2, 0.2, 0.5, 3], [1, 1, 1, 1]);
  const tape = ran(graph);
  const map = textureMap(graph);
  const { silent } = countsOf(map, tape);
  const worst = rowOrder(map, tape, silent, "worst");
  assert.deepEqual(Array.from(worst.rows), [1, 2, 0, 3]);
  assert.equal(worst.pushing, 2);
  for (const [row, example] of worst.rows.entries()) assert.equal(worst.at[example], row);
  tape.data[map.term[2]] = Number.NaN;
  assert.equal(rowOrder(map, tape, silent, "worst").rows[0], 2);
  const given = hinge(1, 0, [0.5, 0.2], [1, 1]);
  assert.deepEqual(
    Array.from(rowOrder(textureMap(given), ran(given), new Uint8Array(2), "given").rows),
    [0, 1],
  );
});

test("a shade is zero or one of four steps each way, each four times the last", () => {
  assert.deepEqual(
    [1, 0.25, 0.24, 0.0625, 0.06, 1e-9].map((x) => shadeOf(x, 1)),
    [4, 3, 2, 2, 1, 1],
  );
  assert.deepEqual(
    [-1, -0.3, -0.1, -1e-9].map((x) => shadeOf(x, 1)),
    [8, 7, 6, 5],
  );
  assert.deepEqual(
    [0, -0, Number.NaN, -Infinity].map((x) => shadeOf(x, 1)),
    [0, 0, UNKNOWN, 8],
  );
  assert.ok(depthOf(UNKNOWN) > depthOf(8) && depthOf(8) === depthOf(4) && depthOf(NONE) < depthOf(0));
  const graph = network(2, [2, 1], 3);
  const tape = ran(graph);
  const map = textureMap(graph);
  const inLayers = graph.nodes.filter(({ id }) =>
    map.blocks.some(
      ({ kind, from, to }) => kind === "layer" && map.column[id] >= from && map.column[id] < to,
    ),
  );
  assert.equal(
    fullScale(map, tape, "data"),
    Math.max(...inLayers.map(({ id }) => Math.abs(tape.data[id]))) / 4,
  );
  const shades = shadesOf(map, tape, "grad", fullScale(map, tape, "grad"));
  map.cell.forEach((id, k) => {
    if (id < 0 || graph.nodes[id].role === "constant") assert.equal(shades[k], NONE);
    else assert.equal(falls(shades[k]), tape.grad[id] < 0);
  });
});

test("columns fall on pixels in order, every one of them, no block below its least", () => {
  const map = textureMap(network(2, [6, 2, 1], 4));
  for (const width of [40, 120, 517, 1300]) {
    const strips = stripsOf(map, { from: 0, to: map.columns }, width, SIZES);
    assert.equal(strips.blocks[0].left, 0);
    assert.equal(strips.blocks.at(-1).right, width);
    const covered = new Set();
    for (let x = 0; x < width; x++)
      if (strips.first[x] >= 0) for (let c = strips.first[x]; c < strips.last[x]; c++) covered.add(c);
    if (width > 100) {
      assert.equal(covered.size, map.columns);
      for (const { block, left, right } of strips.blocks)
        assert.ok(right - left >= SIZES.least[map.blocks[block].kind] - 1);
    }
    for (let c = 0; c < map.columns; c++) {
      const { left, right } = columnAt(strips, c);
      assert.ok(right > left && right <= width + 1e-9);
      assert.equal(columnNear(strips, (left + right) / 2), c);
    }
  }
  const layer = map.blocks[1];
  const part = stripsOf(map, { from: layer.from + 3, to: layer.to - 2 }, 200, SIZES);
  assert.deepEqual(
    part.blocks.map(({ left, right }) => [left, right]),
    [[0, 200]],
  );
});

test("positive is solid, negative hatched, and a strong value is never lost to a neighbour", () => {
  const graph = network(2, [2, 1], 4);
  const map = textureMap(graph);
  const { pixels: palette } = coloursOf("light");
  const rows = Int32Array.of(0, 1, 2, 3);
  const shades = new Uint8Array(map.cell.length);
  shades.fill(8, 0, map.columns);
  shades.fill(4, map.columns, 2 * map.columns);
  shades[3 * map.columns + 5] = 6;
  const strips = stripsOf(map, { from: 0, to: map.columns }, 80, SIZES);
  const paint = (height) => {
    const pixels = new Uint32Array(80 * height);
    paintPixels(pixels, strips, height, { from: 0, to: 4 }, rows, shades, map.columns, palette);
    return pixels;
  };
  const tall = paint(40);
  const column = (pixels, y) =>
    new Set(Array.from(pixels.slice(y * 80, y * 80 + 80)).filter((_, x) => strips.first[x] >= 0));
  assert.deepEqual([...column(tall, 0)], [palette.solid[8]]);
  assert.deepEqual([...column(tall, 9)], [palette.hatch[8]]);
  assert.notEqual(palette.hatch[8], palette.solid[8]);
  for (let y = 10; y < 20; y++) assert.deepEqual([...column(tall, y)], [palette.solid[4]]);
  assert.ok(column(tall, 35).has(palette.solid[6]));
  // Four rows on two lines: each shows the stronger of its two.
  const thin = paint(2);
  assert.ok(column(thin, 1).has(palette.solid[6]) || column(thin, 1).has(palette.hatch[6]));
  assert.ok(Array.from(tall).every((pixel, k) => strips.first[k % 80] < 0 === (pixel === 0)));
});

test("the shades are the palette of the style sheet, in both themes", () => {
  for (const scheme of ["light", "dark"]) {
    const { shades } = coloursOf(scheme);
    const theme = THEMES[scheme];
    assert.deepEqual(
      shades.slice(0, 9),
      [0, 1, 2, 3, 4, 5, 6, 7, 8].map((k) =>
        k === 0 ? theme["texture-0"] : theme[k > 4 ? `texture-neg-${k - 4}` : `texture-pos-${k}`],
      ),
    );
  }
});

test("the lens moves by neurons and by values, and the ladder says where it is", () => {
  const graph = network(2, [3, 1], 12);
  const tape = ran(graph);
  const map = textureMap(graph);
  const order = rowOrder(map, tape, new Uint8Array(12), "worst");
  let place = places.firstPlace(map, order, tape);
  assert.equal(place.level, "all");
  assert.equal(map.blocks[map.units[map.unitOf[place.column]].block].title, "Layer 1");
  place = { ...place, column: map.units[1].from + 1 };
  const next = places.byUnit(map, place, 1);
  assert.equal(next.column, map.units[2].from + 1);
  assert.equal(places.byUnit(map, { ...place, column: 0 }, -1).column, 0);
  assert.equal(places.byColumns(map, place, 1).column, place.column + 1);
  const down = places.byRows(order, place, 1);
  assert.equal(order.at[down.example], order.at[place.example] + 1);
  assert.equal(order.at[places.byRows(order, place, Number.POSITIVE_INFINITY).example], 11);
  for (const [level, rows, columns] of [
    ["all", 12, map.columns],
    ["example", 10, map.columns],
    ["layer", 10, 15],
    ["neuron", 10, 5],
  ]) {
    const view = places.viewAt(map, order, { ...place, level }, 40);
    assert.deepEqual([view.rows.to - view.rows.from, view.columns.to - view.columns.from], [rows, columns]);
    const row = order.at[place.example];
    assert.ok(row >= view.rows.from && row < view.rows.to);
  }
  assert.deepEqual(places.columnsAbout(map, map.units[1].to - 1, 3), {
    from: map.units[1].to - 3,
    to: map.units[1].to,
  });
  assert.equal(places.climb(places.climb(place, 1), 1).level, "layer");
  assert.equal(places.climb(place, -1).level, "all");
  const node = places.nodeAt(map, place);
  assert.deepEqual(places.placeOfNode(map, node, place.level), place);
  assert.equal(places.placeOfNode(map, 0, "all"), null);
  assert.deepEqual(
    rungs(map, tape, place).map(({ name, holds }) => `${name}: ${holds}`),
    [
      `All: ${map.size} values`,
      `Example ${place.example + 1}: ${map.columns}`,
      "Layer 1: 15",
      "Neuron 1: 5",
      "Product 2 of 2: data and grad",
    ],
  );
  assert.equal(valueName(map, tape, { ...place, column: map.units[1].to - 1 }), "tanh");
  assert.match(
    spokenPlace(map, tape, place),
    /^example \d+, Layer 1, neuron 1, product 2 of 2: data .*, gradient /,
  );
});

test("a value opened shows what it reads, with the numbers of the whole graph", () => {
  const graph = network(2, [3, 1], 6);
  const tape = ran(graph);
  const map = textureMap(graph);
  const product = graph.nodes.find(({ op, group }) => op === "mul" && group === "example4.layer2.neuron1").id;
  const opened = openedCell(graph, tape, map, product);
  assert.deepEqual(opened.of, [...graph.nodes[product].operands, product]);
  assert.deepEqual(
    opened.graph.nodes.map(({ name }) => name),
    ["w[0]", "h[1]", "p"],
  );
  assert.deepEqual(
    Array.from(opened.tape.grad),
    opened.of.map((id) => tape.grad[id]),
  );
  assert.deepEqual(
    Array.from(opened.tape.partial),
    opened.of
      .slice(0, 2)
      .reverse()
      .map((id) => tape.data[id]),
  );
  assert.equal(noteOn(opened, 6), "w[0] adds up all 6 examples");
  const square = draft();
  const a = square.leaf(3, "a");
  const twice = square.graph(square.op("mul", [a, a]));
  const both = openedCell(twice, ran(twice), textureMap(twice), twice.output);
  assert.deepEqual(both.graph.nodes[1].operands, [0, 0]);
});

test("the table has a row per example in the order of the picture", () => {
  const graph = hinge(1, 0, [2, 0.2], [1, 1]);
  const tape = ran(graph);
  const map = textureMap(graph);
  const { silent } = countsOf(map, tape);
  const rows = tableRows(map, tape, rowOrder(map, tape, silent, "worst"), silent, "grad");
  assert.deepEqual(
    rows.map(({ example, silent: is }) => [example, is]),
    [
      ["example 2", false],
      ["example 1", true],
    ],
  );
  assert.equal(rows[0].loss, tape.data[map.term[1]]);
  assert.deepEqual(rows[1].strongest.slice(0, 2), [0, 0]);
});
