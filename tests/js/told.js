/**
 * Says for tests/engine/test_explain.py what the browser says: JSON lines in, a graph each; out, for every node what it
 * is called, in text and in MathML, and how the output answers to it, for every step its sentence, code and comment. A
 * line that is an array of numbers comes back as their short text and code.
 */
import { createInterface } from "node:readline";
import { called } from "../../static/src/calls.js";
import { eventCode } from "../../static/src/code.js";
import { effectOf, eventSentence } from "../../static/src/explain.js";
import { nameTree } from "../../static/src/math.js";
import { codeNumber, fromJson, shortNumber } from "../../static/src/numbers.js";
import { backward, compile, forward } from "../../static/src/replay.js";
import { events, stateAt } from "../../static/src/trace.js";

/** @returns {string} a tree without attributes, as text */
function markup(tree) {
  if (!Array.isArray(tree)) return tree;
  const [element, ...inside] = tree;
  return `<${element}>${inside.map(markup).join("")}</${element}>`;
}

function tell(answer) {
  const graph = called(answer);
  const tape = compile(graph);
  forward(tape);
  backward(tape);
  const trace = events(tape);
  return {
    calls: graph.nodes.map(({ name }) => name),
    markup: graph.nodes.map(({ name }) => (name === null ? null : markup(nameTree(name)))),
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
