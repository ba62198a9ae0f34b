/** For a server's JavaScript engine, which knows neither modules nor a document: text in, text out. */

import "../granularity.js";
import { still } from "../still.js";

/** @param {string} request JSON of what `still` takes */
function draw(request) {
  const { first, frame } = JSON.parse(request);
  // As JSON, which is one flat string: the engine's pieced-together ones do not leave it.
  return JSON.stringify(still(first, frame));
}

Object.assign(globalThis, { draw });
