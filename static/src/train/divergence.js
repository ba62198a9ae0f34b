/** Where a step's numbers stop being finite: the first one, in the order in which they are made. Pure. */

/**
 * `phase`: "forward" (a node's data, in build order), "backward" (a grad, from the output back) or "update" (what the
 * optimizer makes of a parameter that was finite, with a gradient that was).
 * @typedef {{step: number, phase: "forward" | "backward" | "update", node: number, value: number}} Divergence
 */

/**
 * The first non-finite number of data, then of the grads from the last node back. Null when all are finite.
 * @param {import("../replay.js").Tape} tape
 * @param {number} step
 * @returns {Divergence | null}
 */
export function firstWrong({ data, grad, constant, size }, step) {
  for (let node = 0; node < size; node++)
    if (!Number.isFinite(data[node])) return { step, phase: "forward", node, value: data[node] };
  for (let node = size - 1; node >= 0; node--)
    if (!constant[node] && !Number.isFinite(grad[node]))
      return { step, phase: "backward", node, value: grad[node] };
  return null;
}
