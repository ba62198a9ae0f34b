import assert from "node:assert/strict";
import { test } from "node:test";
import { readLink, writeLink } from "../../static/src/url.js";

const FULL = {
  program: "a = 2 # α + β & so on\nb = a*3",
  example: "used-twice",
  values: { x: 2.5, y: -1e-7 },
  node: 3,
  step: 17,
  local: false,
  theme: "dark",
  view: "table",
};

test("the plain studio has a plain address", async () => {
  assert.equal(await writeLink({}), "");
  assert.deepEqual(await readLink(""), {});
});

test("what is written is read back", async () => {
  const read = await readLink(`#${await writeLink(FULL)}`);
  assert.deepEqual({ ...read, values: { ...read.values } }, FULL);
  assert.deepEqual(await readLink(await writeLink({ node: -1, step: 0, local: true })), {
    node: -1,
    step: 0,
    local: true,
  });
});

test("a long text travels compressed", async () => {
  const program = Array.from({ length: 200 }, (_, k) => `x${k} = tanh(a * ${k} + b)`).join("\n");
  const fragment = await writeLink({ program });
  assert.match(fragment, /^v=1&z=[\w-]+$/);
  assert.ok(fragment.length < program.length / 3);
  assert.deepEqual(await readLink(fragment), { program });
});

test("nonsense is passed over, field by field", async () => {
  assert.deepEqual(
    await readLink("#v=1&step=-3&node=x&theme=pink&values=a&local=maybe&example=%3Cb%3E&new=1"),
    {},
  );
  assert.deepEqual(await readLink("#z=!!!&step=4"), { step: 4 });
  assert.deepEqual(await readLink("#v=1&values=a:NaN"), {});
});

// Links that were once given away. They must open for ever: add new ones, never change these.
const GIVEN_AWAY = [
  ["v=1&step=17", { step: 17 }],
  ["v=1&example=neuron&node=3", { example: "neuron", node: 3 }],
  [
    "v=1&program=a+%3D+2%3B+b+%3D+-3%0Ac+%3D+10.5%3B+f+%3D+-2%0Ae+%3D+a*b%0Ad+%3D+e+%2B+c%0AL+%3D+d+*+f&example=lecture&node=0&step=9&local=off&theme=dark&view=table",
    {
      program: "a = 2; b = -3\nc = 10.5; f = -2\ne = a*b\nd = e + c\nL = d * f",
      example: "lecture",
      node: 0,
      step: 9,
      local: false,
      theme: "dark",
      view: "table",
    },
  ],
  ["v=1&z=S1SwVTDiSlKwVdA1BgA", { program: "a = 2\nb = -3" }],
];

for (const [fragment, link] of GIVEN_AWAY) {
  test(`an old link still opens: ${fragment.slice(0, 40)}`, async () => {
    assert.deepEqual(await readLink(`#${fragment}`), link);
  });
}
