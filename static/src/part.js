/**
 * A part of the page that is loaded when a button asks for it. Where it does not come, the page says so until something
 * else is done; the next press asks again.
 */

import { h } from "./dom.js";

/**
 * @template T
 * @param {() => Promise<T>} load
 * @returns {Promise<T | null>} null when it did not come
 */
export async function partOf(load) {
  try {
    return await load();
  } catch {
    say("This part of the page did not load. Check the connection, then press again.");
    return null;
  }
}

/** @param {string} words */
function say(words) {
  const told = h("p", { class: "not-come", role: "alert" }, words);
  document.body.append(told);
  const over = new AbortController();
  const end = () => {
    told.remove();
    over.abort();
  };
  for (const type of ["pointerdown", "keydown"])
    addEventListener(type, end, { capture: true, signal: over.signal });
}
