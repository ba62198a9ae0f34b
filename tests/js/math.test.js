import assert from "node:assert/strict";
import { test } from "node:test";
import { FORMULA_MATH } from "../../static/src/formula-math.js";
import { CODE, OPS } from "../../static/src/kernel.js";
import { brackets, derivative, mathml, nameTree, numberTree, plainMath } from "../../static/src/math.js";
import { PARTIAL_MATH } from "../../static/src/partial-math.js";

/** As much of a document as a formula needs. */
class Element {
  constructor(name) {
    Object.assign(this, { name, attributes: {}, children: [] });
  }
  setAttribute(key, value) {
    this.attributes[key] = value;
  }
  append(...nodes) {
    this.children.push(...nodes);
  }
  get text() {
    return this.children.map((child) => child.text ?? child).join("");
  }
}
globalThis.document = {
  createElementNS: (space, name) => Object.assign(new Element(name), { space }),
  createTextNode: (text) => text,
};

const formula = (name) => FORMULA_MATH[CODE.get(name)];

test("elements, attributes and text", () => {
  const math = mathml(["mrow", ["mo", { form: "prefix" }, "−"], ["mi", "x"]], {}, { label: "minus x" });
  assert.equal(math.name, "math");
  assert.equal(math.space, "http://www.w3.org/1998/Math/MathML");
  assert.equal(math.attributes["aria-label"], "minus x");
  const [minus] = math.children[0].children;
  assert.deepEqual([minus.name, minus.attributes, minus.text], ["mo", { form: "prefix" }, "−"]);
  assert.equal(math.text, "−x");
});

test("a tree names elements of a formula and nothing else", () => {
  assert.throws(() => mathml(["script", "alert(1)"]), /not an element of a formula: script/);
  assert.equal(mathml(["mi", "<b>"]).text, "<b>");
});

test("a row's formula and partials with names and with numbers", () => {
  const product = formula("mul");
  assert.equal(plainMath(product, { operands: ["a", "b"] }), "a·b");
  assert.equal(plainMath(product, { operands: [2, -3] }), "2·(−3)");
  assert.equal(plainMath(PARTIAL_MATH[CODE.get("mul")][0], { operands: ["a", "b"] }), "b");
  assert.equal(plainMath(formula("add"), { operands: [-6, 10] }), "−6+10");
  assert.equal(plainMath(PARTIAL_MATH[CODE.get("tanh")][0], { out: "o" }), "1−o^2");
  assert.equal(plainMath(formula("max"), { operands: ["a", "b", "c"] }), "max(a,b,c)");
  assert.throws(() => mathml(product, { operands: ["a"] }), /operand 1, which was not given/);
});

test("every tree of the table can be drawn", () => {
  for (const [code, { operands }] of OPS.entries()) {
    if (code === 0) continue;
    assert.equal(PARTIAL_MATH[code].length, operands.length);
    for (const tree of [FORMULA_MATH[code], ...PARTIAL_MATH[code]]) {
      assert.ok(mathml(tree, { operands: [...operands], out: "o" }).text.length > 0);
    }
  }
});

test("names with an index, numbers with a power of ten, brackets", () => {
  assert.deepEqual(nameTree("loss"), ["mi", "loss"]);
  assert.deepEqual(nameTree("w[0]"), ["msub", ["mi", "w"], ["mn", "0"]]);
  assert.deepEqual(nameTree("xs[0][1]"), ["msub", ["mi", "xs"], ["mn", "0,1"]]);
  assert.equal(plainMath(numberTree(-8)), "−8");
  assert.equal(plainMath(numberTree(-8, true)), "(−8)");
  assert.equal(plainMath(numberTree(1.5e-9)), "1.5×10^−9");
  assert.equal(plainMath(brackets(["mi", "x"])), "(x)");
  assert.equal(plainMath(derivative("L", "c")), "∂L/∂c");
});
