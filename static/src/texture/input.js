/** Keys and pointer on the texture. Arrows move the lens by a neuron, in the lens by a value; + and − climb the ladder. */

import { byColumns, byRows, byUnit, climb, LENS_ROWS } from "./place.js";

/** @typedef {import("./place.js").Place} Place */

/**
 * @typedef {object} Reader what the texture lends to its input
 * @property {() => {map: import("./map.js").TextureMap} | null} shown
 * @property {() => import("./order.js").RowOrder} order
 * @property {() => Place} place
 * @property {(place: Place) => void} go
 * @property {() => void} open
 * @property {() => void} focusLens
 * @property {() => void} focusPicture
 * @property {() => void} openFind
 * @property {() => void} announce
 */

/** @param {{picture: HTMLCanvasElement, lens: HTMLCanvasElement}} frame @param {Reader} reader */
export function bindKeys({ picture, lens }, reader) {
  const rows = (/** @type {number} */ by) => reader.go(byRows(reader.order(), reader.place(), by));
  const columns = (/** @type {number} */ by) => {
    const shown = reader.shown();
    if (shown) reader.go(byColumns(shown.map, reader.place(), by));
  };
  const units = (/** @type {1 | -1} */ way) => {
    const shown = reader.shown();
    if (!shown) return;
    const { level } = reader.place();
    const fine = level === "neuron" || level === "scalar";
    reader.go(fine ? byColumns(shown.map, reader.place(), way) : byUnit(shown.map, reader.place(), way));
  };
  /** @type {Record<string, () => void>} */
  const common = {
    ArrowUp: () => rows(-1),
    ArrowDown: () => rows(1),
    PageUp: () => rows(-LENS_ROWS),
    PageDown: () => rows(LENS_ROWS),
    Home: () => rows(Number.NEGATIVE_INFINITY),
    End: () => rows(Number.POSITIVE_INFINITY),
    "+": () => reader.go(climb(reader.place(), 1)),
    "=": () => reader.go(climb(reader.place(), 1)),
    "-": () => reader.go(climb(reader.place(), -1)),
    "−": () => reader.go(climb(reader.place(), -1)),
    0: () => reader.go({ ...reader.place(), level: "all" }),
    s: reader.openFind,
  };
  bind(picture, {
    ...common,
    ArrowLeft: () => units(-1),
    ArrowRight: () => units(1),
    Enter: reader.focusLens,
    Escape: () => reader.go({ ...reader.place(), level: "all" }),
  });
  bind(lens, {
    ...common,
    ArrowLeft: () => columns(-1),
    ArrowRight: () => columns(1),
    Enter: reader.open,
    Escape: reader.focusPicture,
  });
  for (const canvas of [picture, lens]) canvas.addEventListener("focus", reader.announce);
}

/** @param {HTMLElement} element @param {Record<string, () => void>} keys */
function bind(element, keys) {
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
}

/**
 * Press and drag: what lies under the pointer comes under the lens. A double press goes down a rung.
 * @param {HTMLCanvasElement} canvas @param {import("./surface.js").Surface} surface
 * @param {(x: number, y: number) => {example: number, column: number} | null} hit
 * @param {Reader} reader
 */
export function bindPointer(canvas, surface, hit, reader) {
  let dragging = false;
  const move = (/** @type {PointerEvent} */ event) => {
    const { x, y } = surface.at(event);
    const at = hit(x, y);
    if (at !== null) reader.go({ ...reader.place(), ...at });
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    dragging = true;
    canvas.setPointerCapture(event.pointerId);
    move(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (dragging) move(event);
  });
  for (const end of ["pointerup", "pointercancel"])
    canvas.addEventListener(end, () => {
      dragging = false;
    });
  canvas.addEventListener("dblclick", () => reader.go(climb(reader.place(), 1)));
}
