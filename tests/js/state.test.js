import assert from "node:assert/strict";
import { test } from "node:test";
import {
  firstState,
  isPending,
  isTurnable,
  linkOf,
  reduce,
  titleOf,
  walkOf,
} from "../../static/src/state.js";
import { answerOf, first, TEXT } from "./program.js";

const PROBLEM = {
  code: "unknown_name",
  title: "Unknown name",
  detail: "g",
  status: 422,
  line: 5,
  column: 9,
  length: 1,
  hint: null,
};
const run = (state, ...actions) => actions.reduce(reduce, state);
const start = () => firstState(first());

test("it starts with the lecture graph already run and c selected", () => {
  const state = start();
  assert.equal(state.selected, 2);
  assert.equal(state.step, 14);
  assert.equal(state.trace.length, 14);
  assert.equal(titleOf(state), "The lecture graph");
  assert.equal(isPending(state), false);
  assert.equal(walkOf(state), null);
});

test("turning a leaf rewrites its number in the text, moves the spans, and recomputes everything", () => {
  const state = run(start(), { type: "turn", id: 2, value: 10.5 });
  assert.equal(state.text, TEXT.replace("c = 10", "c = 10.5"));
  assert.equal(state.settled, state.text);
  assert.deepEqual(Array.from(state.tape.data), [2, -3, 10.5, -2, -6, 4.5, -9]);
  assert.equal(state.tape.grad[3], 4.5);
  for (const [id, node] of state.graph.nodes.entries()) {
    const [from, to] = state.spans[id];
    const written = state.text.slice(from, to);
    assert.equal(
      node.op === "leaf" ? Number(written) : written.length > 2,
      node.op === "leaf" ? state.tape.data[id] : true,
    );
  }
  assert.equal(isPending(state), false, "no request is due");
});

test("a whole drag is one step of undo", () => {
  const dragged = run(
    start(),
    { type: "turn", id: 2, value: 10.5 },
    { type: "turn", id: 2, value: 11 },
    { type: "release" },
  );
  assert.equal(dragged.past.length, 1);
  const undone = run(dragged, { type: "undo" });
  assert.equal(undone.text, TEXT);
  assert.equal(isPending(undone), true);
  assert.equal(run(undone, { type: "redo" }).text, dragged.text);
  const twice = run(dragged, { type: "turn", id: 2, value: 12 });
  assert.equal(twice.past.length, 2);
});

test("undo brings back the example with its text, after a link was opened too", () => {
  const other = { type: "load", example: "twice" };
  const there = run(start(), other);
  const undone = run(there, { type: "undo" });
  assert.equal(undone.text, TEXT);
  assert.equal(titleOf(undone), titleOf(start()));
  assert.equal(titleOf(run(undone, { type: "redo" })), titleOf(there));
  const back = run(there, { type: "open", link: { program: "x = 1" } });
  assert.equal(run(back, { type: "undo" }).text, there.text);
  assert.equal(run(start(), { type: "open", link: { program: "x = 1" } }, { type: "undo" }).text, "x = 1");
});

test("a problem keeps the last graph and the user's text; reverting brings back what worked", () => {
  const text = TEXT.replace("d * f", "d * g");
  const before = start();
  const state = run(before, { type: "edit", text }, { type: "refuse", text, problem: PROBLEM });
  assert.equal(state.text, text);
  assert.equal(state.graph, before.graph);
  assert.equal(titleOf(state), "Untitled expression");
  assert.equal(run(state, { type: "turn", id: 2, value: 1 }), state, "a stale graph is not turned");
  const back = run(state, { type: "revert" });
  assert.equal(back.text, TEXT);
  assert.equal(back.problem, null);
  assert.equal(titleOf(back), "The lecture graph");
  assert.equal(run(back, { type: "undo" }).text, text, "nothing typed is lost");
});

test("an answer to an older text is dropped", () => {
  const state = run(start(), { type: "edit", text: `${TEXT}\n` });
  assert.equal(run(state, { type: "answer", text: TEXT, graph: answerOf() }), state);
  assert.equal(run(state, { type: "refuse", text: TEXT, problem: PROBLEM }), state);
});

test("the selection is carried to the new graph by name", () => {
  const text = TEXT.replace("c = 10", "c = 11");
  const state = run(
    start(),
    { type: "select", id: 5 },
    { type: "edit", text },
    { type: "answer", text, graph: answerOf(text) },
  );
  assert.equal(state.selected, 5);
  assert.equal(state.settled, text);
});

test("stepping stops at both ends, and asks about the step until the walk is over", () => {
  const state = run(start(), { type: "step", step: 11 });
  assert.equal(state.asking, "step");
  assert.equal(walkOf(state)?.written[0], 0);
  assert.equal(run(state, { type: "step", step: 99 }).step, 14);
  assert.equal(run(state, { type: "step", step: 99 }).asking, "node");
  assert.equal(run(state, { type: "step", step: -1 }).step, 0);
  assert.equal(run(state, { type: "select", id: 1 }).asking, "node");
});

test("playing starts over at the end, and stops there", () => {
  const state = run(start(), { type: "play" });
  assert.deepEqual([state.step, state.playing], [0, true]);
  assert.equal(run(state, { type: "step", step: 14 }).playing, false);
});

test("a link holds what differs from the plain studio, and opens to the same state", () => {
  assert.deepEqual(linkOf(start(), "lecture"), {});
  const state = run(
    start(),
    { type: "turn", id: 2, value: 11 },
    { type: "select", id: 0 },
    { type: "step", step: 9 },
    { type: "set", fields: { local: false } },
  );
  const link = linkOf(state, "lecture");
  assert.deepEqual(link, { program: state.text, example: "lecture", node: 0, step: 9, local: false });
  const opened = run(
    start(),
    { type: "open", link },
    { type: "answer", text: state.text, graph: answerOf(state.text) },
  );
  for (const field of ["text", "selected", "step", "local", "example"])
    assert.equal(opened[field], state[field], field);
  assert.equal(run(start(), { type: "open", link: { node: -1 } }).selected, null);
  assert.equal(run(start(), { type: "open", link: { node: 99 } }).selected, 2);
});

test("leaves that the text leaves open are turned through values", () => {
  const graph = answerOf();
  graph.nodes[2].span = [0, 1];
  const state = firstState({ ...first(), graph });
  assert.equal(isTurnable(state, 2), false);
  const open = run(
    { ...state, values: { c: 10 } },
    { type: "open", link: { program: TEXT, values: { c: 10 } } },
    { type: "answer", text: TEXT, graph },
  );
  assert.equal(isTurnable(open, 2), true);
  const turned = run(open, { type: "turn", id: 2, value: 1 });
  assert.deepEqual([turned.values.c, turned.tape.data[6], turned.text], [1, 10, TEXT]);
  assert.equal(isPending(turned), false);
});
