/** The options of an embedded graph, and the room it asks for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readOptions, writeOptions } from "../../static/src/embed/options.js";
import { heightFor } from "../../static/src/embed/room.js";
import { OPTIONS } from "../../static/src/embed/table.js";
import { directionIn } from "../../static/src/layout/direction.js";

/** @param {string} words */
const read = (words) => readOptions((name) => new URLSearchParams(words).get(name));
const USUAL = {
  theme: "auto",
  step: null,
  selected: null,
  controls: "full",
  height: null,
  start: "end",
  lock: "none",
  hide: [],
  lang: "en",
};

test("without words everything is as usual", () => assert.deepEqual(read(""), USUAL));

test("every option is read", () => {
  assert.deepEqual(
    read(
      "theme=dark&step=3&selected=c&controls=steps&height=300&start=play&lock=all&hide=chips,open&lang=en",
    ),
    {
      theme: "dark",
      step: 3,
      selected: "c",
      controls: "steps",
      height: 300,
      start: "play",
      lock: "all",
      hide: ["chips", "open"],
      lang: "en",
    },
  );
});

test("nonsense is as if it were absent", () => {
  for (const words of [
    "theme=blue",
    "step=-1",
    "step=abc",
    "step=1e3",
    "height=big",
    "height=",
    "controls=",
    "start=later",
    "lock=maybe",
    "hide=everything",
    "lang=tlh",
    "selected=",
    "unknown=1",
  ])
    assert.deepEqual(read(words), USUAL, words);
});

test("reading forgives case, blanks, units and what is out of bounds", () => {
  assert.equal(read("theme=%20DARK%20").theme, "dark");
  assert.equal(read("height=300px").height, 300);
  assert.equal(read("height=299.6").height, 300);
  assert.equal(read("height=1").height, 160);
  assert.equal(read("height=99999").height, 4000);
  assert.deepEqual(read("hide=chips%20nonsense,%20OPEN").hide, ["chips", "open"]);
  assert.equal(read("lock").lock, "values");
  assert.equal(read("selected=W").selected, "W");
  assert.equal(read(`selected=${"n".repeat(1000)}`).selected?.length, 80);
});

test("what was written is read again, and the usual is not written", () => {
  const words =
    "theme=light&step=0&selected=none&controls=none&height=500&start=forward&lock=values&hide=equation";
  assert.equal(new URLSearchParams(writeOptions(read(words))).toString(), words);
  assert.deepEqual(writeOptions(read("")), []);
});

test("the table names each option once, and each is a field of what is read", () => {
  assert.deepEqual(
    OPTIONS.map(({ name }) => name),
    Object.keys(USUAL),
  );
});

const WIDE = { right: { width: 700, height: 300 }, down: { width: 300, height: 600 } };

test("a graph runs the way that makes it larger", () => {
  assert.equal(directionIn(WIDE, { width: 700, height: 300 }), "right");
  assert.equal(directionIn(WIDE, { width: 320, height: 640 }), "down");
  assert.equal(directionIn(WIDE, { width: 320, height: 120 }), "right");
  assert.equal(directionIn(null, { width: 320, height: 640 }), "auto");
});

test("a wide page gets a low frame, a narrow one a high frame in which the graph runs down", () => {
  const [wide, narrow] = [heightFor(WIDE, 700, 100), heightFor(WIDE, 320, 100)];
  assert.equal(wide, 400);
  assert.equal(narrow, 700);
  assert.equal(directionIn(WIDE, { width: 320, height: narrow - 100 }), "down");
  assert.equal(heightFor(WIDE, 60, 100), 240);
  assert.equal(
    heightFor({ right: { width: 10, height: 5000 }, down: { width: 10, height: 5000 } }, 700, 100),
    900,
  );
});
