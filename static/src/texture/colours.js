/** The texture's colours, by shade: as text for the cells of the lens, as 32-bit numbers for the pixels. Pure. */

import { THEMES } from "../paint/theme.js";
import { falls, NONE, SHADES, STEPS, UNKNOWN, ZERO } from "./shade.js";

/** @typedef {import("../paint/theme.js").Theme} Theme */
/** @typedef {{theme: Theme, shades: string[], pixels: import("./pixels.js").Palette}} Colours */

/** @type {Map<string, Colours>} */
const made = new Map();

/** @param {"light" | "dark"} scheme @returns {Colours} */
export function coloursOf(scheme) {
  let colours = made.get(scheme);
  if (colours === undefined) {
    const theme = THEMES[scheme];
    const shades = Array.from({ length: SHADES }, (_, shade) => colourOf(theme, shade));
    const solid = Uint32Array.from(shades, pixelOf);
    const hatch = Uint32Array.from(shades, (colour, shade) => {
      if (!falls(shade)) return pixelOf(colour);
      return pixelOf(shade === STEPS + 1 ? theme["texture-0"] : theme["texture-neg-1"]);
    });
    colours = { theme, shades, pixels: { solid, hatch } };
    made.set(scheme, colours);
  }
  return colours;
}

/** @param {Theme} theme @param {number} shade @returns {string} */
function colourOf(theme, shade) {
  if (shade === ZERO) return theme["texture-0"];
  if (shade === NONE) return theme.surface;
  if (shade === UNKNOWN) return theme.ink;
  const sign = falls(shade) ? "neg" : "pos";
  return /** @type {Record<string, string>} */ (theme)[
    `texture-${sign}-${falls(shade) ? shade - STEPS : shade}`
  ];
}

/** "#rrggbb" as ImageData holds it, opaque. @param {string} colour */
function pixelOf(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
}
