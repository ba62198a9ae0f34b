import assert from "node:assert/strict";
import { test } from "node:test";
import { checkFile, MOST_PROBLEMS, readRows, writeRows } from "../../../static/src/train/rows.js";
import { LIMITS } from "../../../static/src/train/tables.js";

const two = { nin: 2, width: 1, loss: "squared_error" };
const read = (text, wanted = two) => readRows(text, wanted);
const rowsOf = ({ inputs, targets }) => inputs.map((input, k) => [...input, targets[k]].flat());
const places = ({ problems }) => problems.map(({ row, column }) => [row, column]);

/** Small whole random numbers, the same every time. */
function source(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("comma, semicolon, tab and spaces all part numbers", () => {
  for (const text of [
    "1,2,3\n4,5,6",
    "1; 2; 3\n4;5;6\n",
    "1\t2\t3\n4\t5\t6",
    "  1 2   3\n4 5 6  ",
    "1, 2, 3\n4, 5, 6",
  ]) {
    const found = read(text);
    assert.deepEqual(
      rowsOf(found),
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      text,
    );
    assert.deepEqual(found.problems, []);
    assert.deepEqual(found.lines, [1, 2]);
  }
});

test("a comma may be the point where it parts nothing", () => {
  for (const text of ["1,5;-2,25;3", "1,5\t-2,25\t3", "1,5 -2,25 3,0"])
    assert.deepEqual(rowsOf(read(text)), [[1.5, -2.25, 3]], text);
  assert.deepEqual(rowsOf(read("1.5;2.25e-1;+3.")), [[1.5, 0.225, 3]]);
});

test("a line of names, a mark of byte order, other line ends, blank lines and a true minus do no harm", () => {
  const found = read('\uFEFF"height, cm";width;y\r\n\r\n1;−2;3\r4;5;6e−1\n\n  \n');
  assert.deepEqual(found.names, ["height, cm", "width", "y"]);
  assert.deepEqual(rowsOf(found), [
    [1, -2, 3],
    [4, 5, 0.6],
  ]);
  assert.deepEqual(found.lines, [3, 4]);
  assert.deepEqual(found.problems, []);
});

test("quotes hold numbers and names together", () => {
  const found = read('"a ""b""","c\nd",y\n"1","2",3\n');
  assert.deepEqual(found.names, ['a "b"', "c\nd", "y"]);
  assert.deepEqual(rowsOf(found), [[1, 2, 3]]);
  assert.deepEqual(found.lines, [3]);
  assert.deepEqual(places(read('1,2,3\n"4,5,6\n7,8,9')), [[2, 1]]);
});

test("every bad cell is told by its row and column, and the good rows stay", () => {
  const found = read("1,2,3\n1,two,3\n1,2\n1,2,3,4\nNaN,2,inf\n,2,3\n1e999,2,3\n7,8,9\n");
  assert.deepEqual(rowsOf(found), [
    [1, 2, 3],
    [7, 8, 9],
  ]);
  assert.deepEqual(found.lines, [1, 8]);
  assert.deepEqual(places(found), [
    [2, 2],
    [3, 3],
    [4, 4],
    [5, 1],
    [5, 3],
    [6, 1],
    [7, 1],
  ]);
  assert.deepEqual(
    found.problems.map(({ message }) => message),
    [
      "“two” is not a number.",
      "This row has 2 numbers; 3 are needed: 2 inputs and 1 target.",
      "This row has 4 numbers; 3 are needed: 2 inputs and 1 target.",
      "NaN is not a number that can be learned from.",
      "inf is not a number that can be learned from.",
      "A number is missing.",
      "1e999 is larger than any float64.",
    ],
  );
});

test("a first row with one slip is a row with a problem, not a line of names", () => {
  assert.deepEqual(places(read("1,x,3\n1,2,3")), [[1, 2]]);
  assert.deepEqual(places(read("nan,nan,nan\n1,2,3")), [
    [1, 1],
    [1, 2],
    [1, 3],
  ]);
});

test("targets are what the loss reads", () => {
  assert.deepEqual(places(read("1,2,1\n1,2,0", { ...two, loss: "hinge" })), [[2, 3]]);
  assert.deepEqual(places(read("1,2,1.5\n1,2,0.5", { ...two, loss: "binary_cross_entropy" })), [[1, 3]]);
  const classes = { nin: 2, width: 3, loss: "softmax_cross_entropy" };
  const found = read("1,2,2\n1,2,3\n1,2,0.5\n1,2,-1", classes);
  assert.deepEqual(found.targets, [2]);
  assert.deepEqual(places(found), [
    [2, 3],
    [3, 3],
    [4, 3],
  ]);
  assert.match(found.problems[0].message, /class from 0 to 2/);
  assert.deepEqual(read("1,2,3,4", { nin: 2, width: 2, loss: "squared_error" }).targets, [[3, 4]]);
});

test("without a width all columns but the targets are inputs", () => {
  const found = read("a,b,c,d\n1,2,3,4\n1,2,3", { ...two, nin: null });
  assert.equal(found.nin, 3);
  assert.deepEqual(rowsOf(found), [[1, 2, 3, 4]]);
  assert.deepEqual(places(found), [[3, 4]]);
});

test("a spreadsheet's empty columns at the end are no cells", () => {
  assert.deepEqual(rowsOf(read("1;2;3;;\n4;5;6;;")), [
    [1, 2, 3],
    [4, 5, 6],
  ]);
});

test("no text, only names, only blanks: one sentence says so", () => {
  for (const text of ["", "\n \n", "a,b,c"]) {
    const found = read(text);
    assert.equal(found.problems.length, 1);
    assert.deepEqual(found.inputs, []);
  }
});

test("a large file is refused by its size, a long text before it is read, and problems are counted beyond the listed", () => {
  assert.equal(checkFile(LIMITS.training_body_bytes, "a.csv"), null);
  assert.match(checkFile(50 * 2 ** 20, "big.csv").message, /^big\.csv has 51,200 kB; at most 1,024 kB/);
  const long = read("1,2,3\n".repeat(LIMITS.training_body_bytes / 6 + 1));
  assert.deepEqual(long.inputs, []);
  assert.equal(long.problems.length, 1);
  const bad = read("1,2,x\n".repeat(MOST_PROBLEMS + 20).replace(/^/, "1,2,3\n"));
  assert.equal(bad.problems.length, MOST_PROBLEMS);
  assert.equal(bad.more, 20);
});

test("whatever is written is read back to the last bit, however it is spaced, quoted and ended", () => {
  const next = source(7);
  const numbers = [0, -0, 1, -1, 0.1, 1 / 3, 1e-300, -5e-324, 1.7976931348623157e308, 123456789.125];
  for (let round = 0; round < 300; round++) {
    const nin = 1 + next(4);
    const width = 1 + next(3);
    const number = () => (next(2) ? numbers[next(numbers.length)] : (next(2e6) - 1e6) / 1e3);
    const list = (count) => Array.from({ length: count }, number);
    const inputs = Array.from({ length: 1 + next(6) }, () => list(nin));
    const targets = inputs.map(() => (width === 1 ? number() : list(width)));
    const names = [..."abcdefgh"].slice(0, nin + width);
    const text = writeRows({ inputs, targets }, next(2) ? names : undefined);
    const wanted = { nin: next(2) ? nin : null, width, loss: "mean_squared_error" };
    const found = readRows(text, wanted);
    assert.deepEqual({ inputs: found.inputs, targets: found.targets }, { inputs, targets }, text);
    assert.deepEqual(found.problems, []);
    const separator = [",", ";", "\t", " "][next(4)];
    const point = separator === "," || next(2) ? "." : ",";
    const ends = ["\n", "\r\n", "\r"][next(3)];
    const cells = (line) => line.split(",").map((cell) => cell.replace(".", point));
    const spaced = text
      .trimEnd()
      .split("\n")
      .map((line) =>
        cells(line)
          .map((cell) => (next(4) ? cell : `"${cell}"`))
          .join(separator),
      )
      .join(next(3) ? ends : ends + ends);
    const again = readRows((next(2) ? "\uFEFF" : "") + spaced, { ...wanted, nin });
    assert.deepEqual(
      { inputs: again.inputs, targets: again.targets },
      { inputs, targets },
      JSON.stringify(spaced),
    );
  }
});

test("no row is lost: each line that is not blank is a row, the names, or a problem", () => {
  const next = source(11);
  const pieces = [
    "1",
    "2.5",
    "x",
    "",
    '"',
    "NaN",
    ",",
    ";",
    " ",
    "\t",
    "\n",
    "\n1,2,3\n",
    '"4"',
    "−3",
    "\r\n",
  ];
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: 1 + next(30) }, () => pieces[next(pieces.length)]).join("");
    const found = read(text);
    for (const row of rowsOf(found)) {
      assert.equal(row.length, 3);
      assert.ok(row.every(Number.isFinite));
    }
    assert.ok(found.lines.length > 0 || found.problems.length > 0, JSON.stringify(text));
    const told = new Set([...found.lines, ...found.problems.map(({ row }) => row)]);
    // A quoted line end joins two lines, so only texts without quotes can be counted line by line.
    if (text.includes('"')) continue;
    const written = text.replace(/\r\n?/g, "\n").split("\n");
    const missed = written.flatMap((line, at) => (/[^\s,;]/.test(line) && !told.has(at + 1) ? [line] : []));
    const names = written.find((line) => /[^\s,;]/.test(line));
    assert.ok(
      missed.every((line) => line === names && /[xN]/.test(line)),
      JSON.stringify([text, missed]),
    );
  }
});
