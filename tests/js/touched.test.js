import assert from "node:assert/strict";
import { test } from "node:test";
import { whenTouched } from "../../static/src/touched.js";

globalThis.window = new EventTarget();
globalThis.WheelEvent ??= class extends Event {};

class Key extends Event {
  constructor(type, { key }) {
    super(type);
    this.key = key;
  }
}

test("a key pressed while the part comes is heard; one pressed when it did not come is not done later", async () => {
  const element = Object.assign(new EventTarget(), { matches: () => true });
  const heard = [];
  const bind = () => element.addEventListener("keydown", ({ key }) => heard.push(key));
  const loads = [() => Promise.reject(new Error("away")), async () => bind];
  whenTouched(element, () => loads.shift()());
  const press = async (key) => {
    element.dispatchEvent(new Key("keydown", { key }));
    await new Promise(setImmediate);
  };
  await press("lost");
  assert.deepEqual([heard, loads.length], [[], 1]);
  await press("early");
  assert.deepEqual(heard, ["early"]);
  await press("late");
  assert.deepEqual(heard, ["early", "late"]);
});

test("a key is not heard again once the focus is elsewhere", async () => {
  let focused = true;
  const element = Object.assign(new EventTarget(), { matches: () => focused });
  const heard = [];
  const bind = () => element.addEventListener("keydown", ({ key }) => heard.push(key));
  let come;
  whenTouched(element, () => new Promise((done) => (come = () => done(bind))));
  element.dispatchEvent(new Key("keydown", { key: "early" }));
  focused = false;
  come();
  await new Promise(setImmediate);
  assert.deepEqual(heard, []);
  element.dispatchEvent(new Key("keydown", { key: "late" }));
  assert.deepEqual(heard, ["late"]);
});
