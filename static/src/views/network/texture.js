/** Every value at once: the texture in the place of the drawn network, loaded when it is first asked for. */
import { h, once, set, write } from "../../dom.js";

/**
 * @typedef {{run: {graph: import("../../replay.js").Graph, tape: import("../../replay.js").Tape}, shown: boolean,
 *   playing: boolean, ready: boolean, show: (whole: boolean) => void, open: (at: {example: number, node: number}) => void}} Slice
 *   show: turns to the texture or back to the network; open: one value in the drawn network
 * @typedef {object} Parts
 * @property {HTMLButtonElement} button
 * @property {import("../../texture/index.js").Texture | null} texture
 * @property {boolean} asked
 * @property {object | null} graph that was shown
 * @property {number} drawn when
 * @property {number} timer
 * @property {Slice} slice
 */

/** While training the numbers are drawn anew at most so often, in milliseconds. */
const PACE = 100;

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {HTMLElement} tools where the button stands that leads here @param {Slice} slice */
export function texture(root, tools, slice) {
  const parts = once(known, root, () => build(tools, slice));
  parts.slice = slice;
  write(parts.button, `All ${slice.run.tape.size.toLocaleString("en")} values`);
  set(root, { hidden: !slice.shown });
  if (!slice.shown) return;
  if (parts.texture === null) load(root, parts);
  else draw(parts);
}

/** @param {HTMLElement} tools @param {Slice} slice @returns {Parts} */
function build(tools, slice) {
  const button = h("button", { type: "button", class: "button", onclick: () => parts.slice.show(true) });
  tools.prepend(button);
  /** @type {Parts} */
  const parts = { button, texture: null, asked: false, graph: null, drawn: 0, timer: 0, slice };
  return parts;
}

/** @param {HTMLElement} root @param {Parts} parts */
async function load(root, parts) {
  if (parts.asked) return;
  parts.asked = true;
  const loaded = await import("../../texture/index.js").catch(() => null);
  if (loaded === null) {
    parts.asked = false;
    return parts.slice.show(false);
  }
  parts.texture = loaded.createTexture(root, {
    back: { title: "As a network", go: () => parts.slice.show(false) },
  });
  parts.texture.on("open", (at) => parts.slice.open(at));
  draw(parts);
}

/** @param {Parts} parts */
function draw(parts) {
  const { texture, slice } = parts;
  if (texture === null || !slice.shown) return;
  const { graph, tape } = slice.run;
  if (parts.graph !== graph) {
    // A run on its way to a link's step is not looked at yet: the lens opens where that step is worst.
    if (!slice.ready) return;
    parts.graph = graph;
    texture.show(graph, tape);
    return;
  }
  clearTimeout(parts.timer);
  const wait = slice.playing ? parts.drawn + PACE - performance.now() : 0;
  if (wait > 0) {
    parts.timer = window.setTimeout(() => draw(parts), wait);
    return;
  }
  parts.drawn = performance.now();
  texture.update(tape);
}
