import assert from "node:assert/strict";
import { test } from "node:test";
import {
  applied,
  fixesOf,
  isLiteral,
  lineNodes,
  placeOf,
  rewrite,
  sameLines,
  tokensOf,
  unitsOf,
} from "../../static/src/text.js";
import { answerOf, TEXT } from "./program.js";

test("spans count code points, a textarea counts UTF-16 units", () => {
  const text = "# 😀\na = 2";
  assert.deepEqual(unitsOf(text, [[8, 9], null]), [[9, 10], null]);
  assert.equal(text.slice(9, 10), "2");
});

test("a problem's place is found by code points, at the line's end too", () => {
  const text = "# 😀\nb = α + g\nc = ";
  const at = (line, column, length) => placeOf(text, { line, column, length });
  assert.equal(text.slice(...at(2, 9, 1)), "g");
  assert.deepEqual(at(3, 5, 1), [text.length, text.length]);
  assert.equal(at(null, null, null), null);
});

test("only a number may be rewritten", () => {
  const text = "-3 2.5e-3 +1 .5 1_000 a 2*a";
  const literal = (part) => isLiteral(text, [text.indexOf(part), text.indexOf(part) + part.length]);
  for (const part of ["-3", "2.5e-3", "+1", ".5", "1_000"]) assert.equal(literal(part), true, part);
  for (const part of ["a", "2*a"]) assert.equal(literal(part), false, part);
});

test("rewriting a number moves what follows and what holds it", () => {
  const { text, spans } = rewrite("f(10) + 2", [[0, 5], [2, 4], [8, 9], null], [2, 4], "10.5");
  assert.equal(text, "f(10.5) + 2");
  assert.deepEqual(spans, [[0, 7], [2, 6], [10, 11], null]);
});

test("a line ends in the value it binds last", () => {
  const graph = answerOf();
  const spans = graph.nodes.map(({ span }) => span);
  assert.deepEqual(lineNodes(TEXT, graph.nodes, spans), [-1, -1, 4, 5, 6]);
});

test("lines that stayed are matched from both ends", () => {
  assert.deepEqual(sameLines("a\nb\nNEW\nc", "a\nb\nold\nx\nc"), [0, 1, -1, 4]);
  assert.deepEqual(sameLines("a\nnew\nb", "a\nb"), [0, -1, 1]);
});

test("tokens spell the line they came from", () => {
  const line = "loss = (a**2 + b)  # = not bound";
  const tokens = tokensOf(line);
  assert.equal(tokens.map(({ text }) => text).join(""), line);
  assert.deepEqual(
    tokens.filter(({ kind }) => kind === "name").map(({ text }) => text),
    ["loss"],
  );
  assert.equal(tokens.at(-1).kind, "comment");
});

const unknown = (line, column, hint = null) => ({ code: "unknown_name", hint, line, column, length: 1 });

test("an unknown name was meant to be the one that nothing reads; or it gets a line of its own", () => {
  const text = TEXT.replace("d * f", "d * g");
  const fixes = fixesOf(text, unknown(5, 9));
  assert.deepEqual(
    fixes.map(({ label, code, rest }) => `${label} ${code} ${rest}`),
    ["Did you mean f ?", "Add g = 1 on line 3"],
  );
  assert.equal(applied(text, fixes[0].edit), TEXT);
  assert.equal(applied(text, fixes[1].edit).split("\n")[2], "g = 1");
});

test("what the hint names comes first", () => {
  const [fix] = fixesOf("L = tan(1)", {
    code: "unknown_function",
    hint: "Did you mean tanh?",
    line: 1,
    column: 5,
    length: 3,
  });
  assert.deepEqual([fix.code, applied("L = tan(1)", fix.edit)], ["tanh", "L = tanh(1)"]);
  const [power] = fixesOf("L = a^2", {
    code: "bad_character",
    hint: "Write ** instead.",
    line: 1,
    column: 6,
    length: 1,
  });
  assert.equal(applied("L = a^2", power.edit), "L = a**2");
});

test("no place, no fix", () => {
  assert.deepEqual(fixesOf("", { code: "empty", hint: null, line: null, column: null, length: null }), []);
});

test("a line ends in the value it binds, whatever label that gets", () => {
  const text = "x = 2\nxw = x*3; xw.label = 'x*3'\ny = xw + 1; y.label = \"out\"";
  const nodes = [
    { name: "x", operands: [] },
    { name: null, operands: [] },
    { name: "x*3", operands: [0, 1] },
    { name: null, operands: [] },
    { name: "out", operands: [2, 3] },
  ];
  const spans = [
    [4, 5],
    [13, 14],
    [11, 14],
    [42, 43],
    [37, 43],
  ];
  assert.deepEqual(lineNodes(text, nodes, spans), [-1, 2, 4]);
});
