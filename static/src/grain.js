/**
 * How finely a graph is drawn: closing groups and taking ops apart is code (granularity.js) that most graphs do without.
 * It is loaded with the first graph that needs it. Until then, and where it does not come, a graph is drawn as it is.
 */

/** @typedef {import("./granularity.js").Grain} Grain */

/** @type {Grain | null} */
let known = null;

/** @param {Grain} grain */
export function grainBy(grain) {
  known = grain;
}

export function grain() {
  return known;
}

/** Before a graph is shown that may need it. What did not come is asked for again the next time. */
export async function loadGrain() {
  if (known === null) await import("./granularity.js").catch(() => null);
}
