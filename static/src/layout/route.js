/**
 * Routes: the points every edge passes, from the side of the operand's box to the operator of its user. Between two
 * points it runs straight or as an S with tangents along the ranks. Beside a box an edge only ever runs straight, in
 * its own lane, which is why none passes through a box.
 */

/** @typedef {import("./structure.js").Structure} Structure */
/** @typedef {import("./lanes.js").Items} Items */

/** Distance between the wires that leave one box, and between those that enter one operator. */
const PORT_STEP = 16;
const SLOT_STEP = 19;
/** How far the middle of parallel edges (`a + a`) swings out, so that each has room for its own chip. */
const BOW = 30;

/**
 * In rank coordinates: `u` runs along the ranks towards the output, `v` across.
 * @typedef {object} Frame
 * @property {Float64Array} v by item: centre across the ranks
 * @property {Float64Array} start by rank: where its boxes and operators begin
 * @property {Float64Array} end by rank: where its boxes end
 * @property {Float64Array} near by node: where the user's end of an edge lies along the ranks
 * @property {number} ports room for wires along the side of a box
 * @property {number} radius of an operator
 */

/**
 * @param {Structure} structure
 * @param {Items} items
 * @param {Frame} frame
 * @param {Float64Array} parallel by edge, from `parallelEdges`
 * @returns {{first: Int32Array, points: Float64Array}} points of edge e: u, v pairs from first[e] to first[e + 1]
 */
export function routeEdges(structure, items, frame, parallel) {
  const { operand, user } = structure;
  const leaving = portsOf(structure, items, frame);
  const first = new Int32Array(operand.length + 1);
  for (let e = 0; e < operand.length; e++) {
    const span = items.rank[user[e]] - items.rank[operand[e]];
    const inner = items.lane[e] >= 0 ? 2 * (span - 1) : parallel[e] === 0 ? 0 : 1;
    first[e + 1] = first[e] + 2 * (inner + 2);
  }
  const points = new Float64Array(first[operand.length]);
  for (let e = 0; e < operand.length; e++) {
    const [read, reader] = [operand[e], user[e]];
    let p = first[e];
    points[p++] = frame.end[items.rank[read]];
    points[p++] = leaving[e];
    const span = items.rank[reader] - items.rank[read];
    if (items.lane[e] >= 0) {
      for (let k = 0; k < span - 1; k++) {
        const r = items.rank[read] + 1 + k;
        const v = frame.v[items.lane[e] + k];
        points[p++] = frame.start[r];
        points[p++] = v;
        points[p++] = frame.end[r];
        points[p++] = v;
      }
    } else if (parallel[e] !== 0) {
      points[p++] = (frame.end[items.rank[read]] + frame.near[reader]) / 2;
      points[p++] = (frame.v[read] + frame.v[reader]) / 2 + parallel[e] * BOW;
    }
    points[p++] = frame.near[reader];
    points[p++] = arriving(structure, frame, e);
  }
  return { first, points };
}

/** Slots spread over the operator in written order. @param {Structure} structure @param {Frame} frame @param {number} e */
function arriving({ first, user }, frame, e) {
  const slots = first[user[e] + 1] - first[user[e]];
  const slot = e - first[user[e]];
  const step = Math.min(SLOT_STEP, (2 * frame.radius - 8) / Math.max(1, slots - 1));
  return frame.v[user[e]] + (slot - (slots - 1) / 2) * step;
}

/**
 * Where each edge leaves its operand's box: spread about the middle, in the order in which they part.
 * @param {Structure} structure @param {Items} items @param {Frame} frame
 */
function portsOf(structure, items, frame) {
  const { size, operand, useFirst, use } = structure;
  const leaving = new Float64Array(operand.length);
  const heading = (/** @type {number} */ e) =>
    items.lane[e] >= 0 ? frame.v[items.lane[e]] : arriving(structure, frame, e);
  for (let i = 0; i < size; i++) {
    const edges = Array.from(use.subarray(useFirst[i], useFirst[i + 1]));
    edges.sort((a, b) => heading(a) - heading(b) || a - b);
    // Edges that share a lane share the port.
    /** @type {number[]} */
    const bundle = edges.map((e, k) =>
      k > 0 && items.lane[e] >= 0 && items.lane[e] === items.lane[edges[k - 1]] ? 0 : 1,
    );
    const bundles = bundle.reduce((sum, opens) => sum + opens, 0);
    const step = Math.min(PORT_STEP, frame.ports / Math.max(1, bundles - 1));
    let at = -1;
    edges.forEach((e, k) => {
      at += bundle[k];
      leaving[e] = frame.v[i] + (at - (bundles - 1) / 2) * step;
    });
  }
  return leaving;
}

/** By edge: 0, or its place from -1 to 1 among the slots in which one user reads the same node. @param {Structure} structure */
export function parallelEdges({ size, first, operand }) {
  const place = new Float64Array(operand.length);
  for (let i = 0; i < size; i++) {
    for (let e = first[i]; e < first[i + 1]; e++) {
      let before = 0;
      let all = 0;
      for (let other = first[i]; other < first[i + 1]; other++) {
        if (operand[other] !== operand[e]) continue;
        all++;
        if (other < e) before++;
      }
      if (all > 1) place[e] = (2 * before) / (all - 1) - 1;
    }
  }
  return place;
}
