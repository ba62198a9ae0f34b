/** What can wait until the page rests: it is done then, or when the page has not rested for so long. */

const PATIENCE = 2000;

/** @param {() => void} work */
export function whenResting(work) {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: PATIENCE });
  else setTimeout(work, PATIENCE);
}
