/** The lecture's program as the API answers it, spans and all, for tests of the studio's state. */
import { backward, compile, forward } from "../../static/src/replay.js";

export const TEXT = "a = 2; b = -3\nc = 10; f = -2\ne = a*b\nd = e + c\nL = d * f";

const SPANS = { a: "2", b: "-3", c: "10", f: "-2", e: "a*b", d: "e + c", L: "d * f" };
const OPERANDS = { e: ["mul", "a", "b"], d: ["add", "e", "c"], L: ["mul", "d", "f"] };

/** @param {string} text a program with the lecture's seven names, each bound once */
export function answerOf(text = TEXT) {
  const names = Object.keys(SPANS);
  const nodes = names.map((name, id) => {
    const bound = new RegExp(`(?:^|; |\\n)${name} = ([^;\\n]*)`).exec(text);
    const start = bound.index + bound[0].length - bound[1].length;
    const before = Array.from(text.slice(0, start)).length;
    const [op, ...from] = OPERANDS[name] ?? ["leaf"];
    return {
      id,
      op,
      operands: from.map((one) => names.indexOf(one)),
      partials: from.map(() => null),
      role: op === "leaf" ? "parameter" : name === "L" ? "output" : "intermediate",
      name,
      group: null,
      data: op === "leaf" ? Number(bound[1]) : 0,
      grad: 0,
      span: [before, before + Array.from(bound[1]).length],
      unused: false,
    };
  });
  const graph = { version: 1, output: 6, nodes, groups: [] };
  const tape = compile(graph);
  forward(tape);
  backward(tape);
  nodes.forEach((node, id) => {
    node.data = tape.data[id];
    node.grad = tape.grad[id];
    node.partials = node.operands.map((_, slot) => tape.partial[tape.first[id] + slot]);
  });
  return graph;
}

export const EXAMPLES = [
  { id: "lecture", title: "The lecture graph", note: "", operands: [], request: { program: TEXT } },
  {
    id: "twice",
    title: "Used twice",
    note: "",
    operands: [[], [0, 0]],
    request: { program: "a = 3\nb = a + a" },
  },
];

export function first() {
  return { example: "lecture", graph: answerOf(), examples: EXAMPLES };
}
