import assert from "node:assert/strict";
import test from "node:test";
import { nodeKeys } from "../../static/src/labels.js";
import { survivingKeys } from "../../static/src/survivors.js";
import { draft, lecture } from "./draft.js";

/** L = (a*b + c) * f, with the names that `as` gives instead. @param {Record<string, string>} [as] */
function lectureNamed(as = {}) {
  const { nodes } = lecture();
  return nodes.map((node) => ({ ...node, name: as[node.name] ?? node.name }));
}

test("a node keeps its key when its id, its value or its text's place changes", () => {
  const d = draft();
  const [z, f, a, b, c] = ["z", "f", "a", "b", "c"].map((name) => d.leaf(1, name));
  const e = d.op("mul", [a, b], "e");
  d.op("add", [z, z], "unused");
  const { nodes } = d.graph(d.op("mul", [d.op("add", [e, c], "d"), f], "L"));
  const keys = survivingKeys(lectureNamed(), nodes);
  for (const [id, { name }] of nodes.entries()) assert.equal(keys[id], name);
});

test("a renamed node keeps the key that it had, and so do those that read it", () => {
  const old = lectureNamed();
  assert.deepEqual(survivingKeys(old, lectureNamed({ e: "product" })), nodeKeys(old));
  assert.deepEqual(survivingKeys(old, lectureNamed({ a: "x" })), nodeKeys(old));
  assert.deepEqual(survivingKeys(old, lectureNamed({ a: "x", b: "y", e: "p", d: "q" })), nodeKeys(old));
});

test("expressions without a name keep theirs when an operand is renamed", () => {
  const graph = (/** @type {string} */ name) => {
    const d = draft();
    const a = d.leaf(2, name);
    const square = d.op("mul", [a, a]);
    return d.graph(d.op("tanh", [d.op("add", [square, a])])).nodes;
  };
  assert.deepEqual(survivingKeys(graph("a"), graph("b")), nodeKeys(graph("a")));
  assert.notDeepEqual(nodeKeys(graph("b")), nodeKeys(graph("a")));
});

test("no two nodes have one key, and a name that is there again is its own", () => {
  const old = lectureNamed();
  const swapped = lectureNamed({ a: "b", b: "a" });
  assert.deepEqual(survivingKeys(old, swapped).slice(0, 2), ["b", "a"]);
  for (const names of [{ e: "a" }, { a: "z", c: "y" }, { d: "d2", L: "loss" }]) {
    const keys = survivingKeys(old, lectureNamed(names));
    assert.equal(new Set(keys).size, keys.length);
  }
});

test("another expression is another node", () => {
  const d = draft();
  const [a, b] = [d.leaf(1, "a"), d.leaf(1, "b")];
  const old = d.graph(d.op("mul", [a, b], "e")).nodes;
  const now = old.map((node) => (node.name === "e" ? { ...node, name: "g", op: "add" } : node));
  assert.deepEqual(survivingKeys(old, now), ["a", "b", "g"]);
});

test("keys given once are kept through further edits", () => {
  const old = lectureNamed();
  const once = lectureNamed({ e: "x" });
  const kept = once.map((node, id) => ({ ...node, key: survivingKeys(old, once)[id] }));
  assert.deepEqual(survivingKeys(kept, lectureNamed({ e: "y" })), nodeKeys(old));
});
