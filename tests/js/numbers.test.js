import assert from "node:assert/strict";
import { test } from "node:test";
import {
  codeNumber,
  exactNumber,
  factorNumber,
  fromJson,
  literalNumber,
  shortNumber,
  signedNumber,
  spokenNumber,
  toJson,
} from "../../static/src/numbers.js";

test("short text keeps four significant digits and a true minus", () => {
  const cases = [
    [2, "2"],
    [-8, "−8"],
    [Math.SQRT1_2, "0.7071"],
    [-0.49999999999999994, "−0.5"],
    [6.881373587019543, "6.881"],
    [24.70408163265306, "24.7"],
    [12345.678, "12346"],
    [999999, "999999"],
    [1234567, "1.235e6"],
    [1e6, "1e6"],
    [0.0005, "0.0005"],
    [0.0001, "0.0001"],
    [0.001234, "0.001234"],
    [0.00012346, "1.235e−4"],
    [-1e-7, "−1e−7"],
    [1.7976931348623157e308, "1.798e308"],
    [5e-324, "4.941e−324"],
    [0, "0"],
    [-0, "0"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "∞"],
    [Number.NEGATIVE_INFINITY, "−∞"],
    [0.99999, "1"],
    [9999.95, "10000"],
  ];
  for (const [x, text] of cases) assert.equal(shortNumber(Number(x)), text);
});

test("no exponent between a thousandth and a million", () => {
  for (let exponent = -3; exponent < 6; exponent++) {
    for (const mantissa of [1, 1.5, 3.7, 9.9]) {
      assert.doesNotMatch(shortNumber(mantissa * 10 ** exponent), /e/);
    }
  }
});

test("short text fits the width it was given and stays a number of the right size", () => {
  for (const x of [-Math.SQRT1_2, 0.001234, 123456, -1234567, -1.2345e-9, 1.2345e-300, 3]) {
    for (const width of [6, 7, 8, 10]) {
      const text = shortNumber(x, width);
      const value = Number(text.replaceAll("−", "-"));
      if (Math.abs(x) > 1e-100) assert.ok(text.length <= width, `${text} in ${width}`);
      assert.ok(Math.abs(value - x) <= 0.5 * Math.abs(x), `${text} for ${x}`);
    }
  }
  assert.equal(shortNumber(-Math.SQRT1_2, 6), "−0.707");
});

test("exact text reads back to the same float", () => {
  for (const x of [0.1, -1 / 3, 1e21, 5e-324, -1.7976931348623157e308, 2 ** 53]) {
    assert.equal(Number(exactNumber(x).replaceAll("−", "-")), x);
    assert.equal(Number(literalNumber(x)), x);
  }
  assert.equal(exactNumber(-0), "−0");
  assert.ok(Object.is(Number(literalNumber(-0)), -0));
  assert.throws(() => literalNumber(Number.NaN), RangeError);
});

test("signs, brackets, code and speech", () => {
  assert.equal(signedNumber(6), "+6");
  assert.equal(signedNumber(-4), "−4");
  assert.equal(signedNumber(0), "0");
  assert.equal(factorNumber(-2), "(−2)");
  assert.equal(factorNumber(2), "2");
  assert.equal(codeNumber(1), "1.0");
  assert.equal(codeNumber(-Math.SQRT1_2), "-0.7071");
  assert.equal(codeNumber(Number.NEGATIVE_INFINITY), "-inf");
  assert.equal(codeNumber(1e-9), "1e-9");
  assert.equal(spokenNumber(-2), "minus 2");
  assert.equal(spokenNumber(Number.NEGATIVE_INFINITY), "minus infinity");
  assert.equal(spokenNumber(-1.5e-9), "minus 1.5 times ten to the minus 9");
});

test("the contract’s strings for what JSON cannot write, both ways", () => {
  for (const x of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1.5, -0]) {
    assert.ok(Object.is(fromJson(toJson(x)), x));
  }
  assert.ok(Number.isNaN(fromJson(null)));
  assert.throws(() => fromJson("1.5"), TypeError);
});
