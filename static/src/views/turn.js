/** The selected leaf's own slider, where the list of parameters is out of sight. */
import { h, once } from "../dom.js";
import { nameOf } from "../explain.js";
import { nodeName } from "../names.js";
import { createTurner } from "../turner.js";

/**
 * @typedef {Pick<import("../state.js").State, "graph" | "tape" | "tick"> & {id: number | null, enabled: boolean,
 *   send: (action: import("../state.js").Action) => void}} Slice id null: nothing to turn
 * @typedef {{name: HTMLElement, turner: import("../turner.js").Turner, slice: Slice, shown: string}} Parts
 */

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function turn(root, slice) {
  root.hidden = slice.id === null;
  if (slice.id === null) return;
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const name = nameOf(slice.graph, slice.id);
  if (parts.shown !== `${slice.id} ${name}`) {
    parts.shown = `${slice.id} ${name}`;
    parts.turner.rename(`selected ${name}`);
    parts.name.replaceChildren(nodeName(slice.graph, slice.id));
  }
  parts.turner.update(slice.tape.data[slice.id], slice.enabled);
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const name = h("span", {});
  const turner = createTurner("selected", {
    turn: (value) => {
      if (parts.slice.id !== null) parts.slice.send({ type: "turn", id: parts.slice.id, value });
    },
    release: () => parts.slice.send({ type: "release" }),
  });
  root.append(h("div", { class: "turn" }, name, turner.slider, turner.field));
  const parts = { name, turner, slice: first, shown: "" };
  return parts;
}
