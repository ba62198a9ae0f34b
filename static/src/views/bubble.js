/** Beside the edge just crossed: what arrives × the local slope = what goes on. Set where it covers the least. */
import { fill, h, s } from "../dom.js";
import { OPS } from "../kernel.js";
import { nodeName } from "../names.js";
import { exactNumber, factorNumber, shortNumber } from "../numbers.js";
import { contributionOf } from "../replay.js";

/**
 * @typedef {{x: number, y: number, width: number, height: number}} Box in the page's pixels, from the board's corner
 * @typedef {Pick<import("../state.js").State, "graph" | "tape" | "tick"> & {
 *   event: import("../trace.js").Event, at: Box | null, nodes: Box[], room: Box}} Slice
 *   at: the place on the edge; null: out of sight
 */

const WIDTH = 252;
const HEIGHT = 88;
/** How far from the edge it stands: the leader between them is seen. */
const AWAY = 46;

/** @param {HTMLElement} root @param {Slice} slice */
export function bubble(root, { graph, tape, event, at, nodes, room }) {
  if (at === null || room.width < 2 * WIDTH) {
    fill(root);
    return;
  }
  const { node, target, edge } = event;
  const place = placed(at, nodes, room);
  const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
  const card = h(
    "div",
    { class: "bubble-card" },
    part(shortNumber(tape.grad[node], 7), exactNumber(tape.grad[node]), "arrives", [
      "at ",
      nodeName(graph, node),
    ]),
    h("span", { class: "bubble-sign" }, "×"),
    part(factorNumber(tape.partial[edge], 7), exactNumber(tape.partial[edge]), "local", [
      `slope of ${OPS[tape.code[node]].symbol}`,
    ]),
    h("span", { class: "bubble-sign" }, "="),
    part(shortNumber(contributionOf(tape, edge), 7), exactNumber(contributionOf(tape, edge)), "goes on", [
      "to ",
      nodeName(graph, target),
    ]),
  );
  card.style.left = `${place.x}px`;
  card.style.top = `${place.y}px`;
  const end = [
    Math.max(place.x + 16, Math.min(x, place.x + WIDTH - 16)),
    place.y > y ? place.y : Math.min(y, place.y + HEIGHT),
  ];
  const from = end[1] > y ? at.y + at.height : end[1] < y ? at.y : y;
  fill(
    root,
    s("svg", { class: "bubble-leader" }, s("path", { d: `M${x} ${from}L${end[0]} ${end[1]}` })),
    card,
  );
}

/** @param {string} text @param {string} exact @param {string} first @param {(Node | string)[]} second */
function part(text, exact, first, second) {
  return h(
    "p",
    { class: "bubble-part" },
    h("b", { title: exact }, text),
    h("span", {}, first),
    h("span", {}, ...second),
  );
}

/**
 * Below, above or beside the edge: the place that covers the least of the nodes, the nearest first.
 * @param {Box} at
 * @param {Box[]} nodes
 * @param {Box} room
 * @returns {Box}
 */
function placed(at, nodes, room) {
  const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
  const steps = [0, -0.45, 0.45, -0.9, 0.9];
  const places = [1, 1.8, 2.6].flatMap((far) =>
    steps.flatMap((aside) => [
      { x: x - WIDTH / 2 + aside * WIDTH, y: y + AWAY * far },
      { x: x - WIDTH / 2 + aside * WIDTH, y: y - AWAY * far - HEIGHT },
    ]),
  );
  /** @type {Box | null} */
  let best = null;
  let least = Number.POSITIVE_INFINITY;
  for (const place of places) {
    const box = {
      x: Math.max(room.x, Math.min(place.x, room.x + room.width - WIDTH)),
      y: Math.max(room.y, Math.min(place.y, room.y + room.height - HEIGHT)),
      width: WIDTH,
      height: HEIGHT,
    };
    const cost = [...nodes, at].reduce((sum, node) => sum + overlap(box, node), 0);
    if (cost < least) {
      best = box;
      least = cost;
    }
  }
  return /** @type {Box} */ (best);
}

/** @param {Box} a @param {Box} b */
function overlap(a, b) {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}
