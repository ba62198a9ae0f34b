/** The texts that a page elsewhere takes over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { elementCode, embedAddress, frameCode, markdownCode } from "../../static/src/share/codes.js";

const PROGRAM = 'a = 2  # "two" & <more>\nb = (a) * a';
const fragment = `v=1&${new URLSearchParams({ program: PROGRAM, step: "3" })}`;
const shared = {
  site: "https://course.example/seegrad/",
  fragment,
  id: null,
  title: 'The graph of "b"',
  options: {},
};
const ID = "0123456789abcdefghjkmnpqrs";

/** What HTML reads between the quotes. @param {string} code @param {string} name */
function attribute(code, name) {
  const found = new RegExp(` ${name}="([^"]*)"`).exec(code);
  assert.ok(found, name);
  return found[1]
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&#10;", "\n")
    .replaceAll("&amp;", "&");
}

test("a frame's address holds the state and the options, and nothing of it reaches the server", () => {
  const address = new URL(embedAddress({ ...shared, options: { theme: "dark", hide: ["chips"] } }));
  assert.equal(address.origin + address.pathname + address.search, "https://course.example/seegrad/embed");
  const words = new URLSearchParams(address.hash.slice(1));
  assert.deepEqual([...words.keys()], ["v", "program", "step", "theme", "hide"]);
  assert.equal(words.get("program"), PROGRAM);
});

test("by a stored link the address is short", () =>
  assert.equal(
    embedAddress({ ...shared, id: ID, options: { step: 0 } }),
    `${shared.site}embed?link=${ID}&step=0`,
  ));

test("a frame's code is one element that survives quotes, and says its height", () => {
  const code = frameCode({ ...shared, options: { height: 300 } });
  assert.match(code, /^<iframe( [a-z]+="[^"<\n]*")+><\/iframe>$/);
  assert.equal(attribute(code, "src"), embedAddress({ ...shared, options: { height: 300 } }));
  assert.equal(attribute(code, "title"), shared.title);
  assert.match(attribute(code, "style"), /height:300px/);
  assert.match(attribute(code, "sandbox"), /^allow-scripts/);
  assert.doesNotMatch(attribute(code, "sandbox"), /allow-same-origin/);
  assert.match(frameCode(shared, true), /<script>[\s\S]*"resize"[\s\S]*<\/script>$/);
});

test("the element's attributes are the words of the link", () => {
  const code = elementCode({ ...shared, options: { theme: "dark" } });
  assert.equal(attribute(code, "src"), `${shared.site}static/element.js`);
  assert.equal(attribute(code, "program"), PROGRAM);
  assert.equal(attribute(code, "step"), "3");
  assert.equal(attribute(code, "theme"), "dark");
  assert.equal(attribute(elementCode({ ...shared, id: ID }), "link"), ID);
});

test("a picture in Markdown leads to the graph, and no bracket of the program ends it", () => {
  const code = markdownCode(shared);
  const found = /^\[!\[(.*)\]\(([^()]*)\)\]\(([^()]*)\)$/.exec(code);
  assert.ok(found);
  assert.equal(new URL(found[2]).searchParams.get("program"), PROGRAM);
  assert.equal(new URLSearchParams(new URL(found[3]).hash.slice(1)).get("program"), PROGRAM);
  assert.equal(
    markdownCode({ ...shared, id: ID }),
    `[![${shared.title}](${shared.site}graph.svg?link=${ID})](${shared.site}g/${ID})`,
  );
});
