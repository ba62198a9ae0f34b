/**
 * The texture: every value of a network with many examples at once. One component for the page that hosts it; it reads
 * the tape's arrays as they are and holds no state of the page's. See docs/architecture.md.
 */

import { fill, set, write } from "../dom.js";
import { matching } from "../find.js";
import { shortNumber } from "../numbers.js";
import { onScheme, schemeNow } from "../paint/scheme.js";
import { find } from "../views/find.js";
import { openedCell } from "./cell.js";
import { createCellCards } from "./cell-cards.js";
import { coloursOf } from "./colours.js";
import { countsOf } from "./counts.js";
import { buildFrame } from "./frame.js";
import { bindKeys, bindPointer } from "./input.js";
import { drawLabels, drawLadder, drawTable } from "./labels.js";
import { drawLens, lensHit, lensRoom, lensSize } from "./lens.js";
import { textureMap } from "./map.js";
import { rowOrder } from "./order.js";
import { createPicture } from "./picture.js";
import { columnsAbout, firstPlace, nodeAt, placeOfNode, rowsAbout, viewAt } from "./place.js";
import { fullScale, shadesOf } from "./shade.js";
import { surfaceOf } from "./surface.js";
import * as words from "./words.js";

/**
 * - `place` {level, example, column, node}: the reader went somewhere; node is -1 where no value stands
 * - `open` {example, node}: Enter on a value, or its cards pressed
 * @typedef {import("./place.js").Place} Place
 * @typedef {{place: Place & {node: number}, open: {example: number, node: number}}} TextureEvents
 * @typedef {import("../replay.js").Graph} Graph
 * @typedef {import("../replay.js").Tape} Tape
 */

/** Pixels: between blocks, and a block at least. */
const SIZES = { gap: 7, least: { inputs: 10, layer: 62, loss: 26 }, frame: 2 };
const NARROW_SIZES = { gap: 3, least: { inputs: 6, layer: 30, loss: 14 }, frame: 2 };
const SMALL_SIZES = { gap: 2, least: { inputs: 2, layer: 8, loss: 4 }, frame: 1 };
const NARROW = 560;
const OVERVIEW_HEIGHT = 62;
/** @type {ReadonlySet<number>} */
const NOTHING = new Set();

/**
 * @param {HTMLElement} element an element with a width; the texture fills it
 * @param {{back?: {title: string, go: () => void}}} [options] back: a button that leads out of the texture
 */
export function createTexture(element, options = {}) {
  /** @type {{graph: Graph, tape: Tape, map: import("./map.js").TextureMap} | null} */
  let shown = null;
  /** @type {Place} */
  let place = { level: "all", example: 0, column: 0 };
  /** @type {import("./shade.js").Quantity} */
  let quantity = "grad";
  /** @type {import("./order.js").Sorting} */
  let sorting = "worst";
  let asTable = false;
  /** @type {import("./order.js").RowOrder} */
  let order = { rows: new Int32Array(0), at: new Int32Array(0), pushing: 0 };
  /** @type {import("./counts.js").Counts | null} */
  let counts = null;
  let shades = new Uint8Array(0);
  let full = 0;
  let found = NOTHING;
  let asked = 0;
  let stale = false;

  const frame = buildFrame({
    quantity: (which) => change(() => (quantity = which)),
    sorting: (which) => change(() => (sorting = which)),
    table: () => change(() => (asTable = !asTable)),
    back: options.back,
  });
  element.append(frame.root);
  element.classList.add("texture-host");
  const surface = surfaceOf(frame.picture);
  const picture = createPicture(surface, (width) => (width < NARROW ? NARROW_SIZES : SIZES));
  const lensSurface = surfaceOf(frame.lens);
  const small = surfaceOf(frame.overview);
  const overview = createPicture(small, () => SMALL_SIZES);
  const cards = createCellCards(frame.cell);

  /** @type {Map<string, Set<(detail: any) => void>>} */
  const handlers = new Map();
  /** @template {keyof TextureEvents} K @param {K} event @param {TextureEvents[K]} detail */
  const emit = (event, detail) => {
    for (const handler of handlers.get(event) ?? []) handler(detail);
  };

  /** @param {() => void} act */
  function change(act) {
    act();
    stale = true;
    soon();
  }
  function soon() {
    if (asked === 0) asked = requestAnimationFrame(draw);
  }

  /** Counts, order and shades anew from the tape's numbers. */
  function read() {
    if (shown === null) return;
    const { map, tape } = shown;
    counts = countsOf(map, tape);
    order = rowOrder(map, tape, counts.silent, sorting);
    full = fullScale(map, tape, quantity);
    if (shades.length !== map.cell.length) shades = new Uint8Array(map.cell.length);
    shadesOf(map, tape, quantity, full, shades);
    stale = false;
  }

  function lensNow() {
    const map = /** @type {NonNullable<typeof shown>} */ (shown).map;
    return {
      rows: rowsAbout(order, place.example),
      columns: columnsAbout(map, place.column, lensRoom(frame.lens.clientWidth || 300)),
    };
  }

  function draw() {
    asked = 0;
    if (shown === null || element.clientWidth === 0) return;
    if (stale) read();
    const { map, tape, graph } = shown;
    const colours = coloursOf(schemeNow());
    const lens = lensNow();
    const view = viewAt(map, order, place, lensRoom(surface.width || 300));
    const drawn = { map, order, shades, view, lens, found, colours };
    frame.board.hidden = asTable;
    frame.tableBox.hidden = !asTable;
    resize(lens);
    if (!asTable) {
      picture.draw(drawn);
      drawLabels(frame, picture, { map, order, view, lens, counts, sorting });
    } else
      drawTable(frame.tableBox, { map, tape, order, silent: counts?.silent ?? new Uint8Array(0), quantity });
    const whole = { rows: { from: 0, to: order.rows.length }, columns: { from: 0, to: map.columns } };
    overview.draw({ ...drawn, view: whole, lens: place.level === "all" ? lens : view, found: NOTHING });
    const unit = map.units[map.unitOf[lens.columns.from]];
    const layers = map.blocks.findIndex(({ kind }) => kind === "layer");
    drawLens(lensSurface, lens, {
      map,
      order,
      shades,
      colours,
      place,
      partName: (part) => words.partName(part, activationOf(part), unit.block === layers),
    });
    const [rows, columns] = [lens.rows.to - lens.rows.from, lens.columns.to - lens.columns.from];
    write(frame.lensTitle, words.unitName(map, place.column));
    write(
      frame.lensSays,
      `${words.counted(rows, "example")}, ${words.counted(columns, "value")}. Solid rises, hollow falls, empty is zero.`,
    );
    writeWords();
    openCell(graph, tape);
    drawLadder(frame.ladder, words.rungs(map, tape, place), place.level, (level) => go({ ...place, level }));
  }

  /** @param {import("./map.js").Part} part */
  function activationOf(part) {
    if (shown === null) return "";
    return words.valueName(shown.map, shown.tape, { ...place, column: part.from });
  }

  /** @param {{rows: import("./strips.js").Span, columns: import("./strips.js").Span}} lens */
  function resize({ rows, columns }) {
    const box = frame.picture.parentElement;
    if (box && !asTable) surface.resize(box.clientWidth, box.clientHeight);
    const wide = frame.lens.parentElement?.clientWidth ?? 300;
    const inner = wide - 2 * 14;
    const { height } = lensSize(inner, columns.to - columns.from, rows.to - rows.from);
    set(frame.lens, { style: `height: ${height}px` });
    lensSurface.resize(inner, height);
    small.resize(frame.overview.clientWidth, OVERVIEW_HEIGHT);
  }

  function writeWords() {
    if (shown === null || counts === null) return;
    const { map, graph } = shown;
    const output = graph.nodes[graph.output].name ?? "the loss";
    write(frame.title, `${words.grouped(map.size)} values at once`);
    write(frame.says, counts.says);
    for (const which of /** @type {const} */ (["grad", "data"]))
      set(frame.switches[which], { "aria-pressed": which === quantity });
    for (const which of /** @type {const} */ (["worst", "given"]))
      set(frame.switches[which], { "aria-pressed": which === sorting });
    const grad = quantity === "grad";
    write(frame.falls, grad ? `as it grows, ${output} falls` : "negative");
    write(frame.rises, grad ? `${output} rises` : "positive");
    const unit = `Each step is four times the one before; the deepest begins at ${shortNumber(full, 7)}.`;
    set(frame.scale, { title: unit });
    write(frame.scale, `${grad ? "zero: nothing flows" : "zero"}; deepest from ${shortNumber(full, 7)}`);
  }

  /** @param {Graph} graph @param {Tape} tape */
  function openCell(graph, tape) {
    const { map } = /** @type {NonNullable<typeof shown>} */ (shown);
    const node = nodeAt(map, place);
    write(frame.cellSays, `${map.examples[place.example]}, ${words.valueName(map, tape, place)}`);
    cards.show(node < 0 ? null : openedCell(graph, tape, map, node), map.examples.length, frame.cellNote);
  }

  /** @param {Place} next @param {boolean} [silently] */
  function go(next, silently = false) {
    if (shown === null) return;
    const moved =
      next.level !== place.level || next.example !== place.example || next.column !== place.column;
    place = next;
    soon();
    if (!moved || silently) return;
    const { map, tape } = shown;
    write(frame.live, words.spokenPlace(map, tape, place));
    emit("place", { ...place, node: nodeAt(map, place) });
  }

  function open() {
    if (shown === null) return;
    const node = nodeAt(shown.map, place);
    if (node >= 0) emit("open", { example: place.example, node });
  }

  /** Values that a text means: what has a place here, and for a weight what reads it. @param {string} text */
  function meant(text) {
    if (shown === null) return [];
    const { graph, map, tape } = shown;
    const ids = matching(graph.nodes, text);
    const weights = new Set(ids.filter((id) => map.column[id] < 0));
    const places = ids.filter((id) => map.column[id] >= 0);
    if (weights.size > 0)
      for (let e = 0; e < tape.operand.length; e++)
        if (weights.has(tape.operand[e]) && map.column[tape.owner[e]] >= 0) places.push(tape.owner[e]);
    return places;
  }

  const reader = {
    shown: () => shown,
    order: () => order,
    place: () => place,
    go,
    open,
    focusLens: () => frame.lens.focus(),
    focusPicture: () => frame.picture.focus(),
    openFind: () => frame.find.querySelector("button")?.click(),
    announce: () => shown && write(frame.live, words.spokenPlace(shown.map, shown.tape, place)),
  };
  bindKeys(frame, reader);
  bindPointer(frame.picture, surface, (x, y) => picture.hit(x, y), reader);
  bindPointer(frame.overview, small, (x, y) => overview.hit(x, y), reader);
  bindPointer(
    frame.lens,
    lensSurface,
    (x, y) => {
      const hit = shown && lensHit(lensSurface.width, lensNow(), x, y);
      return hit ? { example: order.rows[hit.row], column: hit.column } : null;
    },
    reader,
  );
  frame.cell.addEventListener("dblclick", open);
  let at = -1;
  find(frame.find, {
    search: (text) => {
      const { map } = shown ?? {};
      const ids = meant(text);
      at = -1;
      found = map ? new Set(ids.map((id) => map.column[id])) : NOTHING;
      soon();
      return ids.length;
    },
    next: (text, way) => {
      const ids = meant(text);
      at = (at + way + ids.length) % ids.length;
      const next = shown && placeOfNode(shown.map, ids[at], place.level);
      if (next) go(next);
      return at + 1;
    },
    leave: () => {
      found = NOTHING;
      soon();
      frame.picture.focus();
    },
  });
  const observer = new ResizeObserver(soon);
  observer.observe(element);
  const stopScheme = onScheme(soon);

  return {
    /**
     * Shows a network. The place stays where the columns are those of before.
     * @param {Graph} graph @param {Tape} tape
     */
    show(graph, tape) {
      const before = shown;
      const map = before?.graph === graph ? before.map : textureMap(graph);
      shown = { graph, tape, map };
      read();
      const known =
        before !== null && before.map.columns === map.columns && place.example < map.examples.length;
      if (!known) place = firstPlace(map, order, tape);
      found = NOTHING;
      soon();
    },
    /** New numbers on the tape, or on another one of the same graph. @param {Tape} [tape] */
    update(tape) {
      if (shown !== null && tape !== undefined) shown = { ...shown, tape };
      stale = true;
      soon();
    },
    /** Goes to a node, or to a place; without an event. @param {number | Partial<Place>} where */
    focus(where) {
      if (shown === null) return;
      const to = typeof where === "number" ? placeOfNode(shown.map, where, "scalar") : { ...place, ...where };
      if (to !== null) go(to, true);
    },
    get place() {
      return place;
    },
    get map() {
      return shown?.map ?? null;
    },
    get counts() {
      return counts;
    },
    /** @template {keyof TextureEvents} K @param {K} event @param {(detail: TextureEvents[K]) => void} handler */
    on(event, handler) {
      const set = handlers.get(event) ?? new Set();
      handlers.set(event, set.add(handler));
      return () => set.delete(handler);
    },
    destroy() {
      cancelAnimationFrame(asked);
      observer.disconnect();
      stopScheme();
      handlers.clear();
      element.classList.remove("texture-host");
      fill(element);
    },
  };
}

/** @typedef {ReturnType<typeof createTexture>} Texture */
