import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import test from "node:test";
import { matching } from "../../static/src/find.js";
import { leastAt } from "../../static/src/glyphs.js";
import { closeGroups, shownTape, usualClosed } from "../../static/src/granularity.js";
import { layoutGraph } from "../../static/src/layout/index.js";
import { standalone } from "../../static/src/paint/standalone.js";
import { FACES, THEMES } from "../../static/src/paint/theme.js";
import { buildScene } from "../../static/src/scene.js";
import { events, stateAt } from "../../static/src/trace.js";
import { computed } from "./draft.js";
import * as graphs from "./fixtures/graphs.js";
import { network } from "./fixtures/network.js";

const MARGIN = 28;
const VIEW = { selected: null, hoveredEdge: null, trace: null, path: [], showLocalDerivatives: true };

/**
 * The picture of a graph, whole.
 * @param {any} graph
 * @param {{theme?: "light" | "dark", view?: object, step?: number, direction?: "right" | "down", tape?: any, title?: string}} [how]
 */
function picture(
  graph,
  { theme = "light", view = {}, step, direction = "right", tape, title = "A graph" } = {},
) {
  const run = tape ?? computed(graph);
  const layout = layoutGraph(graph, { direction });
  const trace = step === undefined ? null : stateAt(run, events(run), step);
  const scene = buildScene(graph, layout, run, { ...VIEW, least: leastAt(1), trace, ...view });
  const [width, height] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN];
  const box = { x: -MARGIN, y: -MARGIN, width, height };
  return standalone(scene, { box, width, height, theme, title, about: `${graph.nodes.length} values` });
}

/** A network with its groups closed as usual. */
function closedNetwork() {
  const graph = network(3, [4, 4, 1], 4);
  const shown = closeGroups(graph, usualClosed(graph));
  return picture(shown.graph, { tape: shownTape(shown, computed(graph), null) });
}

/** A value that cannot be computed. */
function impossible() {
  const g = new graphs.GraphBuilder();
  g.parameter("a", -2);
  g.apply("log", [0], "b");
  g.parameter("c", 3);
  g.apply("mul", [1, 2], "d");
  return picture(g.graph());
}

const GOLDEN = new URL("../golden/scene/", import.meta.url);

/** @type {Record<string, () => string>} */
const PICTURES = {
  lecture: () => picture(graphs.lecture(), { view: { selected: 2, path: [3, 4] } }),
  "lecture-half-way": () => picture(graphs.lecture(), { step: 10, theme: "dark" }),
  "lecture-down": () => picture(graphs.lecture(), { direction: "down" }),
  twice: () => picture(graphs.twice()),
  "neuron-closed": closedNetwork,
  readme: () => picture(graphs.readme()),
  impossible,
};

for (const [name, draw] of Object.entries(PICTURES)) {
  test(`the picture of ${name} is the one that was looked at`, () => {
    const text = `${draw()}\n`;
    const changed = new URL(`${name}-changed.svg`, GOLDEN);
    let looked = "";
    try {
      looked = readFileSync(new URL(`${name}.svg`, GOLDEN), "utf8");
    } catch {}
    if (text !== looked) {
      writeFileSync(changed, text);
      assert.fail(
        `tests/golden/scene/${name}-changed.svg differs: look at both; if it is right, put it in place`,
      );
    }
    rmSync(changed, { force: true });
  });
}

test("a picture has no style sheet, no script and no reference", () => {
  for (const draw of Object.values(PICTURES)) {
    const text = draw();
    for (const word of ["class=", "var(", "<style", "<script", "href", "currentColor", "undefined", 'NaN"'])
      assert.ok(!text.includes(word), word);
  }
});

test("what a name holds is text, whatever it is", () => {
  const graph = graphs.lecture();
  const title = '<script>"&\u0000\ud800';
  const text = picture(graph, { title });
  assert.ok(text.includes("<title>&lt;script&gt;&quot;&amp;</title>"));
});

test("the theme is that of the style sheet", () => {
  const css = ["tokens", "tokens-page"]
    .map((name) => readFileSync(new URL(`../../static/css/${name}.css`, import.meta.url), "utf8"))
    .join("");
  const tokens = new Map(
    Array.from(css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\);/g), ([, name, ...both]) => [
      name,
      both,
    ]),
  );
  for (const name of /** @type {(keyof typeof THEMES.light)[]} */ (Object.keys(THEMES.light)))
    assert.deepEqual([THEMES.light[name], THEMES.dark[name]], tokens.get(name), name);
  assert.deepEqual(Object.keys(THEMES.dark), Object.keys(THEMES.light));
  for (const [name, face] of Object.entries(FACES)) assert.ok(css.includes(`--${name}: ${face};`), name);
});

test("a search means names, beginnings first; else an operation", () => {
  const { nodes } = graphs.readme();
  const names = (/** @type {string} */ text) =>
    matching(nodes, text).map((id) => nodes[id].name ?? nodes[id].op);
  assert.deepEqual(names("D"), ["d", "d", "d"]);
  assert.deepEqual(names("relu"), ["relu", "relu"]);
  assert.deepEqual(names("  "), []);
  assert.deepEqual(names("zebra"), []);
  const some = [
    { name: "w[10]", op: "leaf" },
    { name: "aw", op: "leaf" },
    { name: "W[1]", op: "leaf" },
  ];
  assert.deepEqual(matching(some, "w"), [0, 2, 1]);
});
