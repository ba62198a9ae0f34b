/**
 * Runs programs with the browser's kernel: one JSON row per line on standard input,
 * `[leaves, fixed, [[op, operands], …]]`, answered by one row `[values, grads]`, grads null for constants.
 */
import { createInterface } from "node:readline";
import { backward, compile, forward } from "../../static/src/replay.js";

const wire = (number) => (Number.isFinite(number) ? number : String(number));

function graph([leaves, fixed, nodes]) {
  const rows = leaves.map((data, id) => ({
    id,
    op: "leaf",
    operands: [],
    partials: [],
    role: fixed[id] ? "constant" : "parameter",
    data,
    grad: null,
  }));
  for (const [op, operands] of nodes) {
    const partials = operands.map((from) => (rows[from].role === "constant" ? null : 0));
    rows.push({ id: rows.length, op, operands, partials, role: "intermediate", data: 0, grad: 0 });
  }
  rows.at(-1).role = "output";
  return { nodes: rows, output: rows.length - 1 };
}

for await (const line of createInterface({ input: process.stdin })) {
  const tape = compile(graph(JSON.parse(line)));
  forward(tape);
  backward(tape);
  const grads = Array.from(tape.grad, (grad, id) => (tape.constant[id] ? null : wire(grad)));
  // JSON writes -0 as 0: only its sign is lost.
  process.stdout.write(`${JSON.stringify([Array.from(tape.data, wire), grads])}\n`);
}
