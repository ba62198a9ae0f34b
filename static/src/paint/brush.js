/**
 * Writing to elements of the drawing. What was written is remembered, so that an unchanged attribute costs a comparison
 * and no call into the document.
 */

/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */

/** @type {WeakMap<Element, Attributes>} */
const WRITTEN = new WeakMap();

/**
 * Writes attributes that differ from the last ones; null, undefined and "" take one away.
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
    if (value === "") element.removeAttribute(name);
    else element.setAttribute(name, String(value));
  }
}

/** Writes text that differs from the last. @param {Element} element @param {string} text */
export function letter(element, text) {
  const written = WRITTEN.get(element);
  if (written?.["#text"] === text) return;
  element.textContent = text;
  if (written === undefined) WRITTEN.set(element, { "#text": text });
  else written["#text"] = text;
}

/**
 * Places a text and writes it; null empties it.
 * @param {Element} element
 * @param {import("../scene.js").Text | null} text
 */
export function letterAt(element, text) {
  letter(element, text?.text ?? "");
  if (text === null) return;
  draw(element, {
    x: Math.round(text.x * 10) / 10,
    y: Math.round(text.y * 10) / 10,
    "font-size": text.size,
    textLength: text.squeeze && Math.round(text.squeeze * 10) / 10,
    lengthAdjust: text.squeeze ? "spacingAndGlyphs" : null,
  });
}

/**
 * A layer that holds one drawing per item, in order, kept by key.
 * @template T
 * @param {Element} layer
 * @param {(item: T) => string} keyOf
 * @param {() => {element: Element, update: (item: T) => void}} make
 * @returns {(items: T[]) => void}
 */
export function keyed(layer, keyOf, make) {
  /** @type {Map<string, ReturnType<typeof make>>} */
  let kept = new Map();
  return (items) => {
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
      drawing.update(item);
    }
    for (const { element } of kept.values()) element.remove();
    kept = now;
  };
}
