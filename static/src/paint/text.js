import { set, write } from "../dom.js";

/**
 * Places a text and writes it; null empties it.
 * @param {Element} element
 * @param {import("../scene.js").Text | null} text
 */
export function writeText(element, text) {
  if (text === null) {
    write(element, "");
    return;
  }
  set(element, {
    x: text.x.toFixed(1),
    y: text.y.toFixed(1),
    "font-size": text.size,
    textLength: text.squeeze?.toFixed(1),
    lengthAdjust: text.squeeze ? "spacingAndGlyphs" : null,
  });
  write(element, text.text);
}
