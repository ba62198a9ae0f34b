/**
 * Saving a picture of the stage as a file: SVG text as it is, PNG drawn from it at twice the size.
 */

import { hand } from "./hand.js";
import { standalone } from "./paint/standalone.js";

export { captionOf } from "./caption.js";
export { hand } from "./hand.js";

/**
 * @typedef {NonNullable<ReturnType<import("./stage.js").Stage["picture"]>>} Picture
 * @typedef {{title: string, about: string, theme: "light" | "dark", name: string}} Caption `name` of the file, without its ending
 */

/** Pixels of the PNG per pixel of the picture, and the most that browsers' canvases hold on a side. */
const SHARPNESS = 2;
const LONGEST_SIDE = 8192;

/** @param {Picture} picture @param {Caption} caption */
export function saveSvg({ scene, ...frame }, { name, ...caption }) {
  const text = standalone(scene, { ...frame, ...caption });
  hand(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);
}

/** @param {Picture} picture @param {Caption} caption */
export async function savePng({ scene, ...frame }, { name, ...caption }) {
  const text = standalone(scene, { ...frame, ...caption });
  const image = new Image();
  // The policy lets images come from data:, and such a one leaves the canvas readable.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const scale = Math.min(SHARPNESS, LONGEST_SIDE / Math.max(frame.width, frame.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(frame.width * scale);
  canvas.height = Math.round(frame.height * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob instanceof Blob) hand(blob, `${name}.png`);
}

/** A name that every file system takes. @param {string} title */
export function fileName(title) {
  const plain = title
    .normalize("NFKD")
    .replace(/[^\w]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return plain.toLowerCase() || "graph";
}
