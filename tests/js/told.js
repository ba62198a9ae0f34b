/**
 * Says for tests/engine/test_explain.py what the browser says: JSON lines in, a graph each; out, for every node how the
 * output answers to it, for every step its sentence, code and comment. A line that is an array of numbers comes back
 * as their short text and code.
 */
import { createInterface } from "node:readline";
import { eventCode } from "../../static/src/code.js";
import { effectOf, eventSentence } from "../../static/src/explain.js";
import { codeNumber, fromJson, shortNumber } from "../../static/src/numbers.js";
import { backward, compile, forward } from "../../static/src/replay.js";
import { events, stateAt } from "../../static/src/trace.js";

function tell(graph) {
  const tape = compile(graph);
  forward(tape);
  backward(tape);
  const trace = events(tape);
  return {
    effects: graph.nodes.map((_, id) => effectOf(graph, tape, id)),
    steps: trace.map((_, k) => {
      const { code, comment } = eventCode(graph, tape, trace, k + 1);
      return { sentence: eventSentence(graph, tape, trace, stateAt(tape, trace, k + 1)), code, comment };
    }),
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const answer = Array.isArray(asked)
    ? asked.map(fromJson).map((x) => [shortNumber(x), codeNumber(x)])
    : tell(asked);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
