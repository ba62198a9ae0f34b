/** What is written around the texture: titles of blocks, numbers of neurons, the line of the silent; the ladder; the table. */

import { each, fill, h, s, set, write } from "../dom.js";
import { textWidth } from "../glyphs.js";
import { exactNumber, shortNumber } from "../numbers.js";
import { tableRows } from "./table.js";
import { counted, grouped } from "./words.js";

/** @typedef {import("./map.js").TextureMap} TextureMap */

/** A neuron's number needs so many pixels; with the word "dead" so many. */
const NUMBER_ROOM = 22;
const DEAD_ROOM = 52;
/** Under the words that say the order. */
const LEAST_TOP = 38;
/** Type of titles, and how much wider bold is. */
const TITLE = 12;
const BOLD = 1.08;

/**
 * @param {import("./frame.js").Frame} frame @param {ReturnType<typeof import("./picture.js").createPicture>} picture
 * @param {{map: TextureMap, order: import("./order.js").RowOrder, view: {rows: import("./strips.js").Span, columns: import("./strips.js").Span},
 *   lens: {rows: import("./strips.js").Span, columns: import("./strips.js").Span},
 *   counts: import("./counts.js").Counts | null, sorting: import("./order.js").Sorting}} shown
 */
export function drawLabels(frame, picture, { map, order, view, lens, counts, sorting }) {
  const { blocks, units } = picture.strips();
  const dead = counts?.dead ?? new Set();
  each(
    frame.titles,
    titlesOf(map, blocks),
    ({ block }) => block,
    () => h("span", {}, h("b"), h("span")),
    (element, { kind, left, right, title, note }) => {
      set(element, { class: kind, style: `left: ${left}px; width: ${right - left}px` });
      write(/** @type {Element} */ (element.firstChild), title);
      write(/** @type {Element} */ (element.lastChild), note);
    },
  );
  let free = 0;
  const numbers = units.flatMap(({ unit, left, right }) => {
    const { title } = map.units[unit];
    const gone = dead.has(unit);
    const least = gone ? DEAD_ROOM : NUMBER_ROOM;
    const middle = (left + right) / 2;
    // A dead neuron is told even where its neighbours' numbers have no room.
    if (title === "" || (right - left < NUMBER_ROOM && !gone) || middle - least / 2 < free) return [];
    free = middle + least / 2;
    return [{ unit, middle, words: gone ? `${title} dead` : title, gone }];
  });
  each(
    frame.foot,
    numbers,
    ({ unit }) => unit,
    () => h("span"),
    (element, { middle, words, gone }) => {
      set(element, { class: gone ? "dead" : null, style: `left: ${middle}px` });
      write(element, words);
    },
  );
  const { pushing, rows } = order;
  const line = picture.top(pushing);
  // Near the top the words stand under the line instead of on each other.
  const [above, below] = [
    Math.max(LEAST_TOP, line - 38),
    Math.max(LEAST_TOP + (pushing > 0 ? 36 : 0), line + 6),
  ];
  const cut = view.rows.from === 0 && view.rows.to === rows.length && pushing < rows.length;
  fill(
    frame.side,
    h("span", { class: "first" }, "example", h("br"), sorting === "worst" ? "worst first" : "in order"),
    cut && pushing > 0 && h("b", { style: `top: ${above}px` }, `${grouped(pushing)} still `, h("br"), "push"),
    cut && h("span", { style: `top: ${below}px` }, `${grouped(rows.length - pushing)} silent`),
  );
  const from = picture.columnAt(Math.max(lens.columns.from, view.columns.from)).left;
  const to = picture.columnAt(Math.min(lens.columns.to, view.columns.to) - 1).right;
  const box = frame.beam.getBoundingClientRect();
  const panel = frame.panels.firstElementChild?.getBoundingClientRect();
  const window = frame.picture.getBoundingClientRect();
  if (panel) {
    const [a, b] = [window.left - box.left + from, window.left - box.left + to];
    const [c, d] = [panel.right - box.left - 6, panel.left - box.left + 6];
    set(/** @type {Element} */ (frame.beam.firstElementChild), {
      d: `M${a},0H${b}L${c},${box.height}H${d}z`,
    });
  }
}

/**
 * A block's name and what it holds, as much of both as there is room for until the next block.
 * @param {TextureMap} map @param {{block: number, left: number, right: number}[]} blocks
 */
function titlesOf(map, blocks) {
  return blocks.map(({ block, left, right }, k) => {
    const { kind, title, units } = map.blocks[block];
    const unit = map.units[units[0]];
    const room = (k + 1 < blocks.length ? blocks[k + 1].left : right) - left;
    const fits = (/** @type {string} */ text) => textWidth(text, TITLE) * BOLD <= room;
    const layer = kind === "layer" && unit.title !== "";
    const many = units.length > 1 ? `, ${unit.to - unit.from} values each` : "";
    const neurons = layer ? counted(units.length, "neuron") : "";
    return {
      block,
      kind,
      left,
      right,
      title: kind === "layer" ? ([title, title.replace(/^\D+/, "")].find(fits) ?? "") : title,
      note: [neurons + many, neurons].find((text) => layer && fits(text)) ?? "",
    };
  });
}

/**
 * @param {HTMLElement} root @param {ReturnType<typeof import("./words.js").rungs>} rungs
 * @param {import("./place.js").Level} level @param {(level: import("./place.js").Level) => void} go
 */
export function drawLadder(root, rungs, level, go) {
  each(
    root,
    rungs,
    (rung) => rung.level,
    (rung) =>
      h(
        "li",
        {},
        h(
          "button",
          { type: "button", onclick: () => go(rung.level) },
          s("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, s("circle", { cx: 8, cy: 8, r: 5 })),
          h("span"),
          h("span", { class: "holds" }),
        ),
      ),
    (element, rung) => {
      const button = /** @type {HTMLElement} */ (element.firstElementChild);
      set(button, { "aria-current": rung.level === level ? "location" : null });
      write(button.children[1], rung.name);
      write(button.children[2], rung.holds);
    },
  );
}

/**
 * @param {HTMLElement} root
 * @param {{map: TextureMap, tape: import("../replay.js").Tape, order: import("./order.js").RowOrder, silent: Uint8Array,
 *   quantity: import("./shade.js").Quantity}} shown
 */
export function drawTable(root, { map, tape, order, silent, quantity }) {
  const cell = (/** @type {number} */ x) => h("td", { title: exactNumber(x) }, shortNumber(x, 9));
  const titles = map.blocks.map(({ title, kind }) => (kind === "inputs" ? "Inputs" : title));
  fill(
    root,
    h(
      "table",
      {},
      h("caption", {}, `Each example's part of the loss, and the strongest ${quantity} in each block`),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ...["Example", "Loss", "Pushes", ...titles].map((title) => h("th", { scope: "col" }, title)),
        ),
      ),
      h(
        "tbody",
        {},
        ...tableRows(map, tape, order, silent, quantity).map((row) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, row.example),
            cell(row.loss),
            h("td", {}, row.silent ? "silent" : "pushes"),
            ...row.strongest.map(cell),
          ),
        ),
      ),
    ),
  );
}
