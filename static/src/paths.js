/**
 * Every path from a node to the output, with the local derivatives along it and their product. A path is a sequence of
 * edges: `a * a` offers two. The gradient is the sum of the products over all paths.
 *
 * A deep graph has more paths than can be listed (2ⁿ after n doublings). So the strongest few are found by keeping, at
 * every node from the output down, only its strongest few ways on, and the rest are counted by adding up along edges.
 * No recursion; time and memory grow with the edges between the node and the output.
 */
import { isClosed } from "./replay.js";

/**
 * @typedef {{nodes: number[], edges: number[], partials: number[], product: number}} Path from the node to the output;
 *   partials[k] belongs to edges[k], which leads from nodes[k] to nodes[k + 1]
 * @typedef {{paths: Path[], count: number, rest: {count: number, sum: number}}} Paths strongest first; count is
 *   exact up to 2 ** 53; rest.sum is the gradient less the products listed
 * @typedef {{edge: number, rank: number, strength: number}} Way on from a node: an edge, which of the user's ways
 *   follows, and log |product|
 */

const LISTED = 12;

/**
 * @param {import("./replay.js").Tape} tape
 * @param {number} node
 * @param {number} [limit] paths to list
 * @returns {Paths}
 */
export function pathsFrom(tape, node, limit = LISTED) {
  if (!tape.reaches[node] || tape.constant[node]) return { paths: [], count: 0, rest: { count: 0, sum: 0 } };
  const users = usersBetween(tape, node);
  const { ways, counts } = waysOn(tape, node, users, limit);
  const paths = (ways.get(node) ?? []).map((_, rank) => follow(tape, node, rank, ways));
  const count = counts.get(node) ?? 0;
  const rest = count - paths.length;
  const listed = paths.reduce((sum, path) => sum + path.product, 0);
  return { paths, count, rest: { count: rest, sum: rest > 0 ? tape.grad[node] - listed : 0 } };
}

/**
 * The edges by which each node between `node` and the output is used, in build order.
 * @param {import("./replay.js").Tape} tape
 * @param {number} node
 * @returns {Map<number, number[]>}
 */
function usersBetween({ first, operand, reaches, output }, node) {
  /** @type {Map<number, number[]>} */
  const users = new Map([[node, []]]);
  for (let i = node + 1; i <= output; i++) {
    if (!reaches[i]) continue;
    for (let e = first[i]; e < first[i + 1]; e++) {
      const into = users.get(operand[e]);
      if (into === undefined) continue;
      into.push(e);
      if (!users.has(i)) users.set(i, []);
    }
  }
  return users;
}

/**
 * For every node of the cone, from the output down: its strongest ways on, and how many there are.
 * @param {import("./replay.js").Tape} tape
 * @param {number} node
 * @param {Map<number, number[]>} users
 * @param {number} limit
 */
function waysOn(tape, node, users, limit) {
  /** @type {Map<number, Way[]>} */
  const ways = new Map([[tape.output, [{ edge: -1, rank: 0, strength: 0 }]]]);
  const counts = new Map([[tape.output, 1]]);
  if (node === tape.output) return { ways, counts };
  for (const [i, into] of [...users].reverse()) {
    if (i === tape.output) continue;
    /** @type {Way[]} */
    const all = [];
    let count = 0;
    for (const edge of into) {
      const user = tape.owner[edge];
      count += counts.get(user) ?? 0;
      (ways.get(user) ?? []).forEach((way, rank) => {
        all.push({ edge, rank, strength: through(tape, edge, way.strength) });
      });
    }
    all.sort((a, b) => (a.strength === b.strength ? 0 : b.strength - a.strength));
    ways.set(i, all.slice(0, limit));
    counts.set(i, count);
  }
  return { ways, counts };
}

/**
 * The strength of a way that goes through edge e and then on. What is not a number counts as strongest, since it
 * spoils the sum; what a closed gate stops is weakest whatever follows.
 * @param {import("./replay.js").Tape} tape
 * @param {number} e
 * @param {number} onward
 */
function through(tape, e, onward) {
  if (isClosed(tape, e)) return Number.NEGATIVE_INFINITY;
  const strength = Math.log(Math.abs(tape.partial[e])) + onward;
  return Number.isNaN(strength) ? Number.POSITIVE_INFINITY : strength;
}

/**
 * A path read off the ways, its product taken from the output down, as the backward pass does.
 * @param {import("./replay.js").Tape} tape
 * @param {number} node
 * @param {number} rank
 * @param {Map<number, Way[]>} ways
 * @returns {Path}
 */
function follow(tape, node, rank, ways) {
  const nodes = [node];
  const edges = [];
  for (let at = node, next = rank; at !== tape.output; ) {
    const way = /** @type {Way[]} */ (ways.get(at))[next];
    edges.push(way.edge);
    at = tape.owner[way.edge];
    next = way.rank;
    nodes.push(at);
  }
  const product = edges.reduceRight((sum, e) => (isClosed(tape, e) ? 0 : sum * tape.partial[e]), 1);
  return { nodes, edges, partials: edges.map((e) => tape.partial[e]), product };
}
