/** Search by name, over the graph: matches are marked, Enter goes to the next one, Escape closes. */
import { h, once, set, write } from "../dom.js";
import { FIND, icon } from "../icons.js";

/**
 * `search` marks what a text means and says how many there are; `next` goes on from the last one gone to, or back, and
 * says which of them it is; `leave` takes the marks away.
 * @typedef {{search: (text: string) => number, next: (text: string, way: 1 | -1) => number, leave: () => void}} Slice
 * @typedef {{slice: Slice, show: (open: boolean) => void}} Parts
 */

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function find(root, slice) {
  once(known, root, () => build(root, slice)).slice = slice;
}

/** Opens the search and puts the caret there. @param {HTMLElement} root */
export function openFind(root) {
  known.get(root)?.show(true);
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const said = h("span", { class: "find-said", role: "status" });
  const input = h("input", {
    type: "text",
    class: "field",
    "aria-label": "Find a name in the graph",
    placeholder: "name",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => {
      const count = parts.slice.search(input.value);
      write(said, input.value.trim() === "" ? "" : count === 0 ? "none" : `${count}`);
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      event.stopPropagation();
      if (event.key === "Escape") close();
      if (event.key !== "Enter") return;
      event.preventDefault();
      const count = parts.slice.search(input.value);
      if (count > 0) write(said, `${parts.slice.next(input.value, event.shiftKey ? -1 : 1)} of ${count}`);
    },
  });
  const box = h("div", { class: "find-box", id: `${root.id}-box`, hidden: true }, input, said);
  const button = h(
    "button",
    {
      type: "button",
      class: "button icon",
      "aria-label": "Find a name",
      title: "Find a name (S)",
      "aria-expanded": false,
      "aria-controls": `${root.id}-box`,
      onclick: () => (box.hidden ? show(true) : close()),
    },
    icon(FIND),
  );
  const show = (/** @type {boolean} */ open) => {
    box.hidden = !open;
    set(button, { "aria-expanded": open });
    if (open) input.select();
  };
  const close = () => {
    show(false);
    input.value = "";
    write(said, "");
    parts.slice.leave();
  };
  root.append(box, button);
  const parts = { slice: first, show };
  return parts;
}
