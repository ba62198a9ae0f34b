/**
 * The graphs that are laid out, by name. `KNOWN` were looked at while the layout was made; nothing was tuned on `OTHERS`.
 * A path to a JSON file is a graph as well: the app's examples come that way.
 */
import { readFileSync } from "node:fs";
import * as graphs from "../../tests/js/fixtures/graphs.js";

const KNOWN = {
  lecture: () => graphs.lecture(),
  neuron: () => graphs.neuron(),
  readme: () => graphs.readme(),
  softmax: () => graphs.softmax(),
  "MLP(3, [4, 4, 1])": () => graphs.mlp(3, [4, 4, 1], 1),
  "MLP(3, [4, 4, 1]), 4 examples": () => graphs.mlp(3, [4, 4, 1], 4),
  "MLP(2, [16, 16, 1])": () => graphs.mlp(2, [16, 16, 1], 1),
  "MLP(5, [3, 7, 2]), 2 examples": () => graphs.mlp(5, [3, 7, 2], 2),
  "random, 120 operations": () => graphs.randomGraph(30, 120, 7),
  "random, 300 operations": () => graphs.randomGraph(70, 300, 11),
};

const OTHERS = {
  "MLP(4, [5, 1])": () => graphs.mlp(4, [5, 1], 1),
  "MLP(2, [8, 8, 1])": () => graphs.mlp(2, [8, 8, 1], 1),
  "MLP(6, [6, 6, 6, 1])": () => graphs.mlp(6, [6, 6, 6, 1], 1),
  "MLP(1, [8, 1]), 3 examples": () => graphs.mlp(1, [8, 1], 3),
  "MLP(3, [4, 4, 1]), 2 examples": () => graphs.mlp(3, [4, 4, 1], 2),
  "MLP(2, [3, 1]), 8 examples": () => graphs.mlp(2, [3, 1], 8),
  "MLP(2, [4, 3]), 3 examples": () => graphs.mlp(2, [4, 3], 3),
  ...among("random, 20 operations", [101, 102], (seed) => graphs.randomGraph(6, 20, seed)),
  ...among("random, 40 operations", [103, 104], (seed) => graphs.randomGraph(10, 40, seed)),
  ...among("random, 80 operations", [105, 106], (seed) => graphs.randomGraph(20, 80, seed)),
  ...among("random, 160 operations", [107, 108], (seed) => graphs.randomGraph(40, 160, seed)),
  ...among("DAG, 20 operations, thin", [201, 202], (seed) => graphs.randomDag(6, 20, 1, 2, seed)),
  ...among("DAG, 40 operations, thin", [203, 204], (seed) => graphs.randomDag(12, 40, 1, 2, seed)),
  ...among("DAG, 40 operations, dense", [205, 206], (seed) => graphs.randomDag(12, 40, 2, 4, seed)),
  ...among("DAG, 100 operations, thin", [207, 208], (seed) => graphs.randomDag(30, 100, 1, 2, seed)),
  ...among("expression, 25 operations", [301, 302], (seed) => graphs.randomExpression(4, 25, seed)),
  ...among("expression, 60 operations", [303, 304], (seed) => graphs.randomExpression(6, 60, seed)),
  ...among("expression, 150 operations", [305, 306], (seed) => graphs.randomExpression(10, 150, seed)),
};

/** @template G @param {string} name @param {number[]} seeds @param {(seed: number) => G} make */
function among(name, seeds, make) {
  return Object.fromEntries(seeds.map((seed) => [`${name}, seed ${seed}`, () => make(seed)]));
}

const GRAPHS = { ...KNOWN, ...OTHERS };
export const NAMES = { known: Object.keys(KNOWN), others: Object.keys(OTHERS) };

/** @param {string} name */
export function graphOf(name) {
  return name in GRAPHS ? GRAPHS[name]() : JSON.parse(readFileSync(name, "utf8"));
}
