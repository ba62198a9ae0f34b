/**
 * A network's graph as the API answers it in rows, node for node, for tests without the server; tests/app/test_train_page.py
 * trains over the API's own. Squared error over all examples, or hinge and its mean, without penalty.
 */
import { draft } from "../draft.js";

export const LECTURE_ROWS = {
  inputs: [
    [2, 3, -1],
    [3, -1, 0.5],
    [0.5, 1, 1],
    [1, 1, -1],
  ],
  targets: [1, -1, -1, 1],
};

export function definitionOf(changes = {}) {
  return {
    nin: 3,
    nouts: [4, 4, 1],
    activation: "tanh",
    output_activation: null,
    seed: 1337,
    loss: "squared_error",
    alpha: 0,
    data: { kind: "rows", text: "" },
    ...changes,
  };
}

/** Weights between -1 and 1, the same every time. */
export function weightsOf(count) {
  let state = 1337;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** @param {number[]} [weights] */
export function graphOf(definition, rows, weights) {
  const d = draft();
  const { nin, nouts, activation, output_activation, loss } = definition;
  const widths = [nin, ...nouts];
  const count = nouts.reduce((sum, size, l) => sum + size * (widths[l] + 1), 0);
  const numbers = (weights ?? weightsOf(count)).values();
  const layers = nouts.map((size, l) =>
    Array.from({ length: size }, () =>
      Array.from({ length: widths[l] + 1 }, (_, s) =>
        d.leaf(numbers.next().value, s < widths[l] ? `w[${s}]` : "b"),
      ),
    ),
  );
  const outs = rows.inputs.map((input) => {
    let x = input.map((number, s) => d.leaf(number, `x[${s}]`, "data"));
    layers.forEach((layer, l) => {
      const op = (l === nouts.length - 1 && output_activation) || activation;
      x = layer.map((own) => {
        const sum = x.reduce(
          (total, from, s) => d.op("add", [total, d.op("mul", [own[s], from])]),
          own[x.length],
        );
        return op === "linear" ? sum : d.op(op, [sum]);
      });
    });
    return x;
  });
  let total = -1;
  outs.forEach((out, k) => {
    const terms = out.map((o, j) => {
      const y = d.leaf([rows.targets[k]].flat()[j], `y[${j}]`, "data");
      if (loss === "squared_error") return d.op("pow", [d.op("sub", [o, y]), d.constant(2)]);
      const product = d.op("mul", [y, o]);
      return d.op("relu", [d.op("sub", [d.constant(1), product])]);
    });
    const term = terms.reduce((sum, each) => d.op("add", [sum, each]));
    total = total < 0 ? term : d.op("add", [total, term]);
  });
  if (loss !== "squared_error") total = d.op("div", [total, d.constant(rows.inputs.length * outs[0].length)]);
  return d.graph(total);
}

export function lecture(weights) {
  const definition = definitionOf();
  return { definition, rows: LECTURE_ROWS, graph: graphOf(definition, LECTURE_ROWS, weights) };
}
