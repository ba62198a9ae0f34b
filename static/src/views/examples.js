/** The gallery: every example with a small picture of its own graph, drawn by the same layout as the large one. */
import { each, h, once, s, set, write } from "../dom.js";
import { structureOf } from "../layout/structure.js";

/**
 * @typedef {import("../state.js").Example} Example
 * @typedef {{examples: Example[], example: string | null, allExamples: boolean,
 *   send: (action: import("../state.js").Action) => void}} Slice
 * @typedef {{all: HTMLElement, list: HTMLElement, slice: Slice}} Parts
 */

const FEW = 4;
const WIDTH = 92;
const HEIGHT = 34;

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function examples(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const first = slice.examples.slice(0, FEW);
  const open = slice.allExamples || (slice.example !== null && !first.some(({ id }) => id === slice.example));
  each(
    parts.list,
    open ? slice.examples : first,
    ({ id }) => id,
    (example) => card(parts, example),
    (element, { id }) =>
      set(/** @type {Element} */ (element.firstElementChild), { "aria-pressed": id === slice.example }),
  );
  parts.all.hidden = slice.examples.length <= FEW;
  write(parts.all, open ? "fewer" : `all ${slice.examples.length}`);
  set(parts.all, { "aria-expanded": open });
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const all = h("button", {
    type: "button",
    class: "link",
    onclick: () => parts.slice.send({ type: "set", fields: { allExamples: !parts.slice.allExamples } }),
  });
  const list = h("ul", { class: "examples" });
  root.append(h("div", { class: "block-head" }, h("h2", { id: "examples-title" }, "Examples"), all), list);
  const parts = { all, list, slice: first };
  return parts;
}

/** @param {Parts} parts @param {Example} example */
function card(parts, { id, title, note, operands }) {
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: "example",
        title: note,
        onclick: () => parts.slice.send({ type: "load", example: id }),
      },
      thumbnail(operands),
      h("span", { class: "example-title" }, title),
      h("span", { class: "example-note" }, `${operands.length} values`),
    ),
  );
}

/**
 * A graph the size of a stamp: a column per rank counted from the output, a mark per node, a line per edge. Where a
 * column has more nodes than there is room for, they become one bar.
 * @param {number[][]} operands
 */
function thumbnail(operands) {
  const { size, output, first, operand } = structureOf({
    output: outputOf(operands),
    nodes: operands.map((row) => ({ operands: row })),
  });
  const rank = new Int32Array(size).fill(-1);
  rank[output] = 0;
  for (let i = output; i >= 0; i--) {
    if (rank[i] < 0) continue;
    for (let e = first[i]; e < first[i + 1]; e++) rank[operand[e]] = Math.max(rank[operand[e]], rank[i] + 1);
  }
  /** @type {number[][]} */
  const columns = [];
  rank.forEach((column, id) => {
    if (column < 0) return;
    columns[column] ??= [];
    columns[column].push(id);
  });
  const step = columns.length > 1 ? (WIDTH - 12) / (columns.length - 1) : 0;
  /** @type {Map<number, [number, number]>} */
  const at = new Map();
  columns.forEach((ids, column) => {
    ids.forEach((id, row) => {
      at.set(id, [WIDTH - 6 - column * step, (HEIGHT * (row + 0.5)) / ids.length]);
    });
  });
  const most = Math.max(...columns.map((ids) => ids.length));
  const picture = s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": true });
  if (size <= 60) picture.append(s("path", { d: wires(at, first, operand) }));
  const height = Math.max(1.5, Math.min(7, (HEIGHT / most) * 0.62));
  const width = Math.max(1.5, Math.min(11, step * 0.6 || 11));
  if (size > 60) {
    for (const ids of columns) {
      const tall = Math.max(2, (HEIGHT * ids.length) / most);
      const [x] = /** @type {[number, number]} */ (at.get(ids[0]));
      picture.append(
        s("rect", { class: "made", x: x - width / 2, y: (HEIGHT - tall) / 2, width, height: tall, rx: 1 }),
      );
    }
    return picture;
  }
  for (const [id, [x, y]] of at) {
    const leaf = first[id] === first[id + 1];
    picture.append(
      s("rect", {
        class: leaf ? "leaf" : id === output ? "end" : "made",
        x: x - width / 2,
        y: y - height / 2,
        width,
        height,
        rx: Math.min(2, height / 3),
      }),
    );
  }
  return picture;
}

/**
 * @param {Map<number, [number, number]>} at
 * @param {Int32Array} first
 * @param {Int32Array} operand
 */
function wires(at, first, operand) {
  let path = "";
  for (const [id, [x, y]] of at) {
    for (let e = first[id]; e < first[id + 1]; e++) {
      const [fromX, fromY] = /** @type {[number, number]} */ (at.get(operand[e]));
      // Two edges between the same nodes bow apart.
      const twin = e > first[id] && operand[e] === operand[e - 1];
      const lift = twin ? -9 : operand[e] === operand[e + 1] && e + 1 < first[id + 1] ? 9 : 0;
      const middle = (fromX + x) / 2;
      path += `M${fromX} ${fromY}C${middle} ${fromY + lift} ${middle} ${y + lift} ${x} ${y}`;
    }
  }
  return path;
}

/** The last node that nothing reads. @param {number[][]} operands */
function outputOf(operands) {
  const read = new Set(operands.flat());
  for (let i = operands.length - 1; i >= 0; i--) if (!read.has(i)) return i;
  return operands.length - 1;
}
