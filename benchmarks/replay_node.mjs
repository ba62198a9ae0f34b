/**
 * The browser's replay in node, as a process that waits: `replay_node.mjs GRAPH.json`. Each line on standard input is a
 * number of steps (forward and backward); the answer is the CPU seconds they took. The line `numbers` is answered with the
 * output and the parameters' grads.
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { backward, compile, forward } from "../static/src/replay.js";

const graph = JSON.parse(readFileSync(process.argv[2], "utf8"));
const tape = compile(graph);
const parameters = graph.nodes.filter((node) => node.role === "parameter").map((node) => node.id);

function steps(count) {
  const began = process.cpuUsage();
  for (let k = 0; k < count; k++) {
    forward(tape);
    backward(tape);
  }
  const used = process.cpuUsage(began);
  return (used.user + used.system) / 1e6;
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer =
    line === "numbers"
      ? [tape.data[tape.output], ...parameters.map((id) => tape.grad[id])]
      : steps(Number(line));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
