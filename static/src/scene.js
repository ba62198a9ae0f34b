/**
 * The draw list: graph, layout, numbers and view become boxes, wires, chips and texts with every coordinate. No DOM;
 * a painter needs no other knowledge. Hue says the sign of a gradient, and never alone: see `Sign`.
 */

import { ROOM } from "./glyphs.js";
import { grain } from "./grain.js";
import { contributionOf } from "./replay.js";
import { edgeDraws, shareOf, signOf } from "./scene-edge.js";
import { barOf, hintOf, labelAt, nowAt, numberTexts, spelled, spokenNode, stillOf } from "./scene-node.js";

/** @typedef {import("./layout/index.js").Layout & {groups?: import("./layout/compound.js").GroupFrame[]}} Layout */
/** @typedef {import("./replay.js").Tape} Tape */
/** @typedef {import("./trace.js").TraceState} TraceState */
/** @typedef {import("./labels.js").LabelledNode & {unused?: boolean, card?: import("./shown.js").Card | null,
 *   formula?: string | null, given?: boolean, alias?: number}} SceneNode formula: where it is known already; given: data
 *   shown as a number alone; alias: the leaf that it stands for, one of several */
/** @typedef {{output: number, nodes: SceneNode[], groups?: import("./replay.js").Graph["groups"]}} SceneGraph */

/**
 * `waiting`: not computed yet, which is not 0. `none`: there is no gradient (a constant). `unknown`: NaN.
 * @typedef {"pos" | "neg" | "zero" | "waiting" | "none" | "unknown"} Sign
 */

/**
 * @typedef {object} View
 * @property {number | null} selected node id
 * @property {number | null} hoveredEdge its chip shows the whole product
 * @property {TraceState | null} trace how far a walk has come; null: everything is written
 * @property {Iterable<number>} path edges to mark
 * @property {ReadonlySet<number>} [found] nodes that a search means
 * @property {ReadonlySet<number>} [kin] nodes that stand for the same leaf as the one pointed at
 * @property {boolean} showLocalDerivatives
 * @property {number} least the smallest type that can be read at the present zoom, see `leastAt`
 * @property {number} [scale] the largest magnitude, where it is that of more than this graph
 * @property {boolean} [arrows] false: ribbons without heads, because they stand for weights and not for what arrives
 * @property {readonly import("./scene-frame.js").Frame[]} [frames] groups of boxes with a name over them
 * @property {ReadonlyMap<number, import("./scene-next.js").Next> | null} [next] beside leaves: what an update makes of them
 * @property {Box | null} [seen] nothing is written into boxes outside this part of the drawing
 */

/** @typedef {{text: string, x: number, y: number, size: number, squeeze: number | null}} Text */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */

/**
 * A box; its coordinates count from its top left corner (x, y).
 * @typedef {object} NodeDraw
 * @property {number} id
 * @property {string} key stays with the node when the program is edited
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {"parameter" | "data" | "constant" | "between" | "neuron" | "objective" | "box"} kind decides the shape
 * @property {string} outline path data
 * @property {string} halo the outline of the yellow ring
 * @property {string} tabShape path data of the label tab; empty for a constant
 * @property {number} tab its width
 * @property {string} rules path data of the lines between the cells
 * @property {string} outer the second outline, of the output
 * @property {{inside: import("./labels.js").Label | null, over: import("./labels.js").Label | null, across?: boolean}} label
 *   across: inside, over the whole box, whose numbers are gone
 * @property {{symbol: string, size: number, squeeze: number | null, spills: number, x: number, y: number, width: number, radius: number, neck: string} | null} operator
 * @property {Text | null} data
 * @property {Text | null} grad
 * @property {Sign} sign of the gradient
 * @property {number} share its magnitude, 0 to 1 of the largest in view
 * @property {{x: number, y: number, width: number} | null} bar from the tick at `x`, width signed
 * @property {string} dataCaption "data", or empty where it gives way to a long number
 * @property {string} gradCaption
 * @property {number} captionSize
 * @property {string} gradCell path data of the cell the backward pass writes; empty for a constant
 * @property {string} hatch path data of the hatching that says "fixed"
 * @property {string | null} formula of a node without a name
 * @property {number} labelOver x of a label over the box: where it begins, or where it ends when not 0
 * @property {{width: number, height: number} | null} grip the cell beside the tab whose number can be dragged: of a leaf
 * @property {import("./layout/boxes.js").Density} density
 * @property {boolean} output
 * @property {boolean} unused
 * @property {boolean} selected
 * @property {boolean} found a search means it
 * @property {"" | "data" | "grad"} now the cell that the step just taken wrote
 * @property {boolean} computed
 * @property {{x: number, y: number, maths: boolean, middle: boolean} | null} heading where the name of a closed group stands
 * @property {Text | null} note what a closed group stands for
 * @property {{rises: string, falls: string, axis: string} | null} bars path data: one bar per parameter of a closed neuron
 * @property {string} spoken for a screen reader
 * @property {string} hint on hover: every digit
 */

/**
 * @typedef {object} EdgeDraw
 * @property {number} edge its number on the tape
 * @property {string} key
 * @property {number} source the node read
 * @property {number} target the node that reads it
 * @property {{x: number, y: number, width: number, height: number}} reach the box about the wire
 * @property {string} wire path data of the whole wire
 * @property {string} ribbon path data of what lies behind the arrowhead
 * @property {string} head path data; empty without a gradient
 * @property {Sign} sign of the contribution
 * @property {number} width
 * @property {boolean} marked part of the path, or just crossed
 * @property {Chip | null} chip
 */

/** @typedef {{x: number, y: number, width: number, height: number, text: Text, full: boolean}} Chip */

/** @typedef {{density: import("./layout/boxes.js").Density, direction: "right" | "down", bounds: {x: number, y: number, width: number, height: number}, nodes: NodeDraw[], edges: EdgeDraw[], frames: import("./scene-frame.js").FrameDraw[], next: import("./scene-next.js").NextDraw[], largest: number}} Scene */

/**
 * @param {SceneGraph} graph
 * @param {Layout} layout of that graph
 * @param {Tape} tape with data, grads and partials of that graph
 * @param {View} view
 * @returns {Scene}
 */
export function buildScene(graph, layout, tape, view) {
  const still = stillOf(graph, layout);
  const scale = view.scale ?? largestMagnitude(tape);
  const cards = grain();
  const most = cards?.largestInside(tape) ?? 0;
  const current = view.trace?.current ?? null;
  const seen = view.seen ?? null;
  const nodes = still.nodes.map((base, id) => {
    const chosen = {
      selected: view.selected === id,
      found: (view.found?.has(id) || view.kin?.has(id)) ?? false,
    };
    if (seen !== null && isApart(base, seen)) return { ...base, ...BLANK, ...chosen };
    const data = view.trace === null || view.trace.computed[id] === 1 ? tape.data[id] : null;
    const hasGrad = view.trace === null || view.trace.written[id] === 1;
    const grad = view.trace === null ? tape.grad[id] : view.trace.grad[id];
    const sign = tape.constant[id] ? "none" : hasGrad ? signOf(grad) : "waiting";
    const share = sign === "pos" || sign === "neg" ? shareOf(grad, scale) : 0;
    if (base.card && cards !== null) {
      const inner = tape.inner?.[id] ?? null;
      const drawn = cards.cardDraw(base, view, { data, grad, sign, share, inner, most });
      return {
        ...base,
        ...drawn,
        sign,
        share,
        captionSize: view.least,
        ...chosen,
        now: nowAt(current, id),
      };
    }
    return {
      ...base,
      ...numberTexts(base, layout.density, view.least, data, sign, grad),
      operator: base.operator && spelled(base.operator, view.least),
      label: labelAt(base, layout.density, view.least),
      sign,
      share,
      bar: view.least <= ROOM.bars ? barOf(base, layout.density, sign, share) : null,
      captionSize: view.least,
      ...chosen,
      now: nowAt(current, id),
      computed: data !== null,
      spoken: spokenNode(graph.nodes[id], base, data, sign, grad),
      hint: hintOf(base, data, sign, grad),
    };
  });
  const edges = edgeDraws(layout, tape, view, still, scale);
  return {
    density: layout.density,
    direction: layout.direction,
    bounds: { x: 0, y: 0, width: layout.width, height: layout.height },
    nodes,
    edges,
    frames: [
      ...(cards?.groupFrames(layout.groups ?? [], view.least) ?? []),
      ...(cards?.framesDraw(view.frames ?? [], nodes, view.least, layout.direction) ?? []),
    ],
    next: cards?.nextDraws(view.next ?? null, nodes, view.least) ?? [],
    largest: scale,
  };
}

/** A box into which nothing is written. */
const BLANK = {
  data: null,
  grad: null,
  dataCaption: "",
  gradCaption: "",
  captionSize: 0,
  label: { inside: null, over: null },
  sign: /** @type {Sign} */ ("none"),
  share: 0,
  bar: null,
  now: /** @type {NodeDraw["now"]} */ (""),
  computed: false,
  spoken: "",
  hint: "",
};

/** Whether two boxes have nothing in common. @param {Box} one @param {Box} other */
export function isApart(one, other) {
  return (
    one.x > other.x + other.width ||
    one.y > other.y + other.height ||
    one.x + one.width < other.x ||
    one.y + one.height < other.y
  );
}

/** The largest finite magnitude among grads and contributions: one scale for all bars and ribbons. @param {Tape} tape */
function largestMagnitude(tape) {
  let most = 0;
  for (let i = 0; i < tape.size; i++)
    if (Number.isFinite(tape.grad[i])) most = Math.max(most, Math.abs(tape.grad[i]));
  for (let e = 0; e < tape.operand.length; e++) {
    const size = Math.abs(contributionOf(tape, e));
    if (Number.isFinite(size)) most = Math.max(most, size);
  }
  return most;
}
