/**
 * Replays graphs for tests/engine/test_parity.py: JSON lines in, one `{output, nodes}` each; out, one line each of
 * data, grads, partials by edge and the trace. Non-finite numbers are the contract's strings; NaN of "none" is null.
 */
import { createInterface } from "node:readline";
import { toJson } from "../../static/src/numbers.js";
import { backward, compile, contributionOf, forward } from "../../static/src/replay.js";
import { events } from "../../static/src/trace.js";

const number = (x) => (Object.is(x, -0) ? "-0" : toJson(x));

for await (const line of createInterface({ input: process.stdin })) {
  const graph = JSON.parse(line);
  const tape = compile(graph);
  forward(tape);
  backward(tape);
  const trace = events(tape).map(({ kind, node, slot, target, edge }) => [
    kind,
    node,
    slot,
    kind === "forward" ? node : target,
    number(kind === "contribution" ? contributionOf(tape, edge) : kind === "seed" ? 1 : tape.data[node]),
  ]);
  const answer = {
    data: Array.from(tape.data, number),
    grad: Array.from(tape.grad, (x, i) => (tape.constant[i] ? null : number(x))),
    partial: Array.from(tape.partial, (x, e) => (tape.live[e] ? number(x) : null)),
    trace,
  };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
