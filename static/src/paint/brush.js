/**
 * Writing to elements of the drawing. What was written is remembered, so that an unchanged attribute costs a comparison
 * and no call into the document.
 */

import { s } from "../dom.js";

/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */

/** @type {WeakMap<Element, Attributes>} */
const WRITTEN = new WeakMap();

/**
 * Writes attributes that differ from the last ones; null, undefined and "" take one away. "#text" is the text inside.
 * @param {Element} element
 * @param {Attributes} attributes
 */
export function draw(element, attributes) {
  let written = WRITTEN.get(element);
  if (written === undefined) {
    written = {};
    WRITTEN.set(element, written);
  }
  for (const name in attributes) {
    const value = attributes[name] ?? "";
    if (written[name] === value) continue;
    written[name] = value;
    if (name === "#text") element.textContent = String(value);
    else if (value === "") element.removeAttribute(name);
    else element.setAttribute(name, String(value));
  }
}

/**
 * The elements of one item, in `root`, by name.
 * @param {Element} root
 * @param {import("./parts.js").Part[]} parts
 * @param {Map<string, Element>} [made]
 */
export function makeParts(root, parts, made = new Map()) {
  for (const { name, tag, class: classes, inside } of parts) {
    const element = s(tag, classes === "" ? {} : { class: classes });
    root.append(element);
    made.set(name, element);
    makeParts(element, inside, made);
  }
  return made;
}

/** @param {Map<string, Element>} made @param {import("./parts.js").Written} written */
export function writeParts(made, written) {
  for (const name in written) {
    const element = made.get(name);
    if (element !== undefined) draw(element, written[name]);
  }
}

/**
 * A layer that holds one drawing per item, in order, kept by key.
 * @template T
 * @param {Element} layer
 * @param {(item: T) => string} keyOf
 * @param {() => {element: Element, update: (item: T) => void}} make
 * @returns {(items: T[], hides?: ((item: T) => boolean) | null) => void} what is hidden keeps its element, unwritten
 */
export function keyed(layer, keyOf, make) {
  /** @type {Map<string, ReturnType<typeof make>>} */
  let kept = new Map();
  return (items, hides = null) => {
    /** @type {typeof kept} */
    const now = new Map();
    let before = layer.firstElementChild;
    for (const item of items) {
      const key = keyOf(item);
      const drawing = kept.get(key) ?? make();
      now.set(key, drawing);
      kept.delete(key);
      if (drawing.element === before) before = before.nextElementSibling;
      else layer.insertBefore(drawing.element, before);
      const hidden = hides?.(item) ?? false;
      draw(drawing.element, { display: hidden ? "none" : null });
      if (!hidden) drawing.update(item);
    }
    for (const { element } of kept.values()) element.remove();
    kept = now;
  };
}
