import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore } from "../../static/src/store.js";

const reduce = (state, { add = 0, name = state.name }) =>
  add === 0 && name === state.name ? state : { count: state.count + add, name };

function counted() {
  const waiting = [];
  const store = createStore(reduce, { count: 0, name: "a" }, (run) => waiting.push(run));
  return { store, waiting };
}

test("a listener is called at once, then only when its slice changed, once per frame", () => {
  const { store, waiting } = counted();
  const seen = [];
  store.subscribe(
    ({ count }) => ({ count }),
    ({ count }) => seen.push(count),
  );
  store.dispatch({ add: 1 });
  store.dispatch({ add: 2 });
  assert.deepEqual(seen, [0]);
  assert.equal(waiting.length, 1);
  waiting.pop()();
  assert.deepEqual(seen, [0, 3]);
  store.dispatch({ name: "b" });
  waiting.pop()();
  assert.deepEqual(seen, [0, 3]);
});

test("a reducer that answers with the same state wakes nobody", () => {
  const { store, waiting } = counted();
  store.dispatch({});
  assert.equal(waiting.length, 0);
});

test("flush calls those who wait now, and the frame that comes later finds nothing to do", () => {
  const { store, waiting } = counted();
  const seen = [];
  store.subscribe(
    ({ count }) => ({ count }),
    ({ count }) => seen.push(count),
  );
  store.dispatch({ add: 1 });
  store.flush();
  waiting.pop()();
  assert.deepEqual(seen, [0, 1]);
});
