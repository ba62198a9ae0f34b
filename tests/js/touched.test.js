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
  const element = new EventTarget();
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
