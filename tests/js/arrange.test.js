import assert from "node:assert/strict";
import { test } from "node:test";
import { createArranger } from "../../static/src/arrange.js";
import { layoutOf, unpackGraph } from "../../static/src/layout/pack.js";

/** A chain of sums: one box after another. */
function chain(size) {
  const nodes = Array.from({ length: size }, (_, id) => ({
    op: id === 0 ? "leaf" : "neg",
    role: id === 0 ? "parameter" : "intermediate",
    operands: id === 0 ? [] : [id - 1],
  }));
  return { output: size - 1, nodes };
}

/** Workers that do nothing until they are told to. */
class Patient {
  /** @type {Patient[]} */
  static all = [];
  ended = false;
  asked = [];
  constructor(address) {
    this.address = address;
    Patient.all.push(this);
  }
  postMessage(message) {
    this.asked.push(message);
  }
  terminate() {
    this.ended = true;
  }
  answer() {
    const { packed, options } = this.asked.at(-1);
    this.onmessage({ data: { share: 0.5 } });
    this.onmessage({ data: { layout: layoutOf(unpackGraph(packed), options) } });
  }
}

globalThis.Worker = Patient;

// What large graphs need is loaded with the first of them.
await new Promise((done) => createArranger("").arrange(chain(2100), {}, done));

/** The workers made from now on. */
function workers() {
  Patient.all = [];
  return Patient.all;
}

test("a small graph is laid out on the spot", () => {
  const all = workers();
  const laid = [];
  createArranger("worker.js").arrange(chain(5), {}, (layout) => laid.push(layout));
  assert.deepEqual(laid, [layoutOf(chain(5), {})]);
  assert.equal(all.length, 0);
});

test("a large one is left to the worker, which tells how far it is", () => {
  const all = workers();
  const laid = [];
  const shares = [];
  const arranger = createArranger("worker.js");
  arranger.arrange(
    chain(2100),
    {},
    (layout) => laid.push(layout),
    (share) => shares.push(share),
  );
  assert.deepEqual([laid.length, arranger.busy], [0, true]);
  all[0].answer();
  assert.deepEqual(laid, [layoutOf(chain(2100), {})]);
  assert.deepEqual([shares, arranger.busy], [[0.5], false]);
  arranger.arrange(chain(2200), {}, (layout) => laid.push(layout));
  assert.equal(all.length, 1, "an idle worker is asked again");
});

test("a newer graph wins: the older one's worker is ended and never heard", () => {
  const all = workers();
  const laid = [];
  const arranger = createArranger("worker.js");
  arranger.arrange(chain(2100), {}, () => laid.push("older"));
  arranger.arrange(chain(2300), {}, () => laid.push("newer"));
  assert.deepEqual(
    all.map(({ ended }) => ended),
    [true, false],
  );
  all[1].answer();
  assert.deepEqual(laid, ["newer"]);
  arranger.arrange(chain(2100), {}, () => laid.push("third"));
  arranger.arrange(chain(3), {}, () => laid.push("small"));
  assert.deepEqual(laid, ["newer", "small"]);
  assert.equal(all[1].ended, true);
});

test("given up, nothing comes; without a worker or with a broken one the layout is made all the same", () => {
  const all = workers();
  const laid = [];
  const arranger = createArranger("worker.js");
  arranger.arrange(chain(2100), {}, () => laid.push("given up"));
  arranger.cancel();
  assert.deepEqual([laid, arranger.busy, all[0].ended], [[], false, true]);
  arranger.arrange(chain(2100), {}, () => laid.push("broken"));
  all[1].onerror();
  assert.deepEqual(laid, ["broken"]);
  createArranger("").arrange(chain(2100), {}, () => laid.push("none"));
  assert.deepEqual(laid, ["broken", "none"]);
});
