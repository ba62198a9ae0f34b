import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { completing, namesAt, WORDS } from "../../static/src/editor/complete.js";
import { difference, nodeAt, numbersIn } from "../../static/src/editor/places.js";
import { OPS } from "../../static/src/kernel.js";
import { NOTES } from "../../static/src/notes.js";
import { compile } from "../../static/src/replay.js";
import { firstState, isPending, reduce } from "../../static/src/state.js";
import { applied } from "../../static/src/text.js";
import { answerOf, TEXT } from "./program.js";

const graph = answerOf();
const spans = graph.nodes.map(({ span }) => span);
const name = (offset, selected = null) => graph.nodes[nodeAt(TEXT, spans, offset, selected)]?.name;

test("an offset belongs to the smallest expression around it", () => {
  assert.equal(name(TEXT.indexOf("a*b") + 1), "e");
  assert.equal(name(TEXT.indexOf("10") + 1), "c");
  assert.equal(name(TEXT.indexOf("10") + 2), "c", "behind its last letter too");
});

test("on the name that a statement binds it belongs to what is bound", () => {
  assert.equal(name(TEXT.indexOf("f = ")), "f");
  assert.equal(name(TEXT.indexOf("L")), "L");
});

test("a comment and an empty line belong to nothing", () => {
  const text = "a = 2 # a*b\n\nb = a*3";
  const places = [[4, 5], [17, 20], null];
  assert.equal(nodeAt(text, places, 9, null), null);
  assert.equal(nodeAt(text, places, 12, null), null);
  assert.equal(nodeAt(text, places, 13, null), 1);
});

test("of several nodes from one expression the selected one stays, else it is the last", () => {
  const shared = [
    [0, 3],
    [0, 3],
    [0, 3],
    [1, 9],
  ];
  assert.equal(nodeAt("n(x)", shared, 0, null), 2);
  assert.equal(nodeAt("n(x)", shared, 0, 1), 1);
  assert.equal(nodeAt("n(x)", shared, 0, 3), 2);
});

test("every number that is a leaf can be dragged, once per place", () => {
  const text = "xs = [f(i)*2 for i in range(3)]";
  const nodes = [0, 1, 2].flatMap(() => [
    { op: "leaf", operands: [] },
    { op: "mul", operands: [0, 0] },
  ]);
  const places = nodes.map(({ operands }) => (operands.length ? [6, 12] : [11, 12]));
  assert.deepEqual(numbersIn(text, nodes, places), [{ start: 11, end: 12, id: 0 }]);
  assert.deepEqual(
    numbersIn(TEXT, graph.nodes, spans).map(({ start, end }) => TEXT.slice(start, end)),
    ["2", "-3", "10", "-2"],
  );
});

test("the difference of two texts makes the one into the other, whatever they share", () => {
  const texts = ["", "a", "aa", "aaa", "aba", "c = 10; c = 10", "c = 110; c = 10", "xyz", "😀a😁"];
  for (const before of texts) {
    for (const after of texts) {
      const change = difference(before, after);
      if (before === after) assert.equal(change, null);
      else
        assert.equal(
          applied(before, { start: change.from, end: change.to, insert: change.insert }),
          after,
          `${before} to ${after}`,
        );
    }
  }
  assert.deepEqual(difference("c = 10", "c = 10.5"), { from: 6, to: 6, insert: ".5" });
});

/** What is offered at the end of a text. @param {string} text @param {boolean} explicit */
function offered(text, explicit = false) {
  const lines = text.split("\n");
  const from = text.length - lines[lines.length - 1].length;
  const state = {
    doc: { lineAt: () => ({ from, text: lines[lines.length - 1] }) },
    sliceDoc: () => text,
  };
  const tape = compile(graph);
  const result = completing(() => ({ graph, tape }))({ state, pos: text.length, explicit });
  return result?.options ?? null;
}

test("names bound above are offered with their values, the nearest first", () => {
  const found = offered(`${TEXT}\nM = `, true);
  const value = (label) => found.find((option) => option.label === label)?.detail;
  assert.equal(value("L"), "= −8");
  assert.equal(value("e"), "= −6");
  assert.ok(!found.some(({ label }) => label === "M"), "the name that is being bound has none");
  const boost = (label) => found.find((option) => option.label === label).boost;
  assert.ok(boost("L") > boost("e") && boost("e") > boost("a"));
});

test("the variable of a comprehension is a name within its line", () => {
  const text = "s = sum(x for x, y in zs if ";
  const slice = { graph: { nodes: [] }, tape: { data: [] } };
  assert.deepEqual(
    namesAt(slice, text, text.length).map(({ label }) => label),
    ["x", "y"],
  );
  assert.deepEqual(
    namesAt(slice, `${text}\n`, text.length + 1).map(({ label }) => label),
    ["s"],
  );
});

test("operations come from the op table, each with its note", () => {
  const found = offered("a = ", true);
  for (const [code, { name: op, infix }] of OPS.entries()) {
    const option = found.find(({ label, type }) => type === "function" && label === op);
    if (infix !== null || op === "leaf") assert.equal(option, undefined, op);
    else assert.equal(option?.info, NOTES[code], op);
  }
  assert.ok(offered("b = a.").some(({ label }) => label === "backward"));
});

test("the language's own words are those the server reads", () => {
  const source = readFileSync(new URL("../../engine/program/names.py", import.meta.url), "utf8");
  const built = /^BUILT_IN = \(([^)]*)\)/m.exec(source)[1].match(/\w+/g);
  assert.deepEqual(
    WORDS.map(({ name: word }) => word),
    built,
  );
});

test("nothing is offered in a comment, in a number, for a first letter, or for a finished word", () => {
  for (const text of ["a = 2 # tan", "a = 2e", "a = 2.", "a = t", "a = tanh", ""])
    assert.equal(offered(text), null, text);
  assert.equal(offered("a = 2 # tan", true), null);
  assert.ok(offered("a = ta"));
  assert.ok(offered("a = w1.").some(({ label }) => label === "tanh"));
});

test("a constant turned in the text is another constant on the tape and in the formulas", () => {
  const text = "x = 3\ny = x**2";
  const answer = (data) => ({
    version: 1,
    output: 2,
    groups: [],
    nodes: [
      {
        id: 0,
        op: "leaf",
        operands: [],
        partials: [],
        role: "parameter",
        name: "x",
        data: 3,
        grad: 6,
        span: [4, 5],
      },
      {
        id: 1,
        op: "leaf",
        operands: [],
        partials: [],
        role: "constant",
        name: null,
        data,
        grad: null,
        span: [13, 14],
      },
      {
        id: 2,
        op: "pow",
        operands: [0, 1],
        partials: [6, null],
        role: "output",
        name: "y",
        data: 9,
        grad: 1,
        span: [10, 14],
      },
    ].map((node) => ({ group: null, unused: false, ...node })),
  });
  const examples = [{ id: "square", title: "", note: "", operands: [], request: { program: text } }];
  const before = firstState({ example: "square", graph: answer(2), examples });
  const after = reduce(before, { type: "turn", id: 1, value: 3 });
  assert.equal(after.text, "x = 3\ny = x**3");
  assert.deepEqual([after.tape.data[2], after.tape.grad[0]], [27, 27]);
  assert.deepEqual([after.graph.nodes[1].data, after.whole.nodes[1].data], [3, 3]);
  assert.equal(before.graph.nodes[1].data, 2, "what was is left as it was");
  assert.equal(isPending(after), false);
  assert.equal(reduce(before, { type: "turn", id: 2, value: 3 }), before, "a computed value is not turned");
});
