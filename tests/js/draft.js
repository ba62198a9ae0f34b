/** Small graphs for the tests, in the shape of the API's answer; numbers are filled in by replay. */
import { backward, compile, forward } from "../../static/src/replay.js";

export function draft() {
  const nodes = [];
  const add = (fields) => {
    const id = nodes.length;
    nodes.push({ id, name: null, group: null, span: null, unused: false, grad: null, ...fields });
    return id;
  };
  return {
    leaf: (data, name = null, role = "parameter") =>
      add({ op: "leaf", operands: [], partials: [], role, name, data }),
    constant: (data) => add({ op: "leaf", operands: [], partials: [], role: "constant", data }),
    op: (op, operands, name = null) =>
      add({ op, operands, partials: operands.map(() => null), role: "intermediate", data: 0, name }),
    graph(output) {
      if (nodes[output].role === "intermediate") nodes[output].role = "output";
      return { version: 1, output, nodes, groups: [] };
    },
  };
}

/** A tape with its numbers computed. */
export function computed(graph) {
  const tape = compile(graph);
  forward(tape);
  backward(tape);
  return tape;
}

/** The lecture's L = (a*b + c) * f; ids a 0, b 1, c 2, f 3, e 4, d 5, L 6. */
export function lecture() {
  const d = draft();
  const [a, b, c, f] = [d.leaf(2, "a"), d.leaf(-3, "b"), d.leaf(10, "c"), d.leaf(-2, "f")];
  const e = d.op("mul", [a, b], "e");
  return d.graph(d.op("mul", [d.op("add", [e, c], "d"), f], "L"));
}
