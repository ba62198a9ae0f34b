/**
 * A closed group in the draw list: a neuron with its output and one small bar for each parameter's gradient, or a box
 * with what it stands for. Sums are not here: Σ is drawn as an operator.
 */
import { nameParts } from "./calls.js";
import { fitText, ROOM, readable, SMALLEST } from "./glyphs.js";
import { INDEX_SCALE } from "./labels.js";
import { exactNumber, shortNumber, spokenNumber } from "./numbers.js";
import { numberIn } from "./scene-node.js";

/** @typedef {import("./shown.js").Card} Card */
/** @typedef {import("./scene.js").NodeDraw} NodeDraw */
/** @typedef {import("./scene-node.js").StillNode} StillNode */

/** Baselines and edges, from the card's top left corner. */
const NEURON = {
  left: 10,
  name: 23,
  data: 22,
  right: 103,
  axis: 43,
  reach: 11,
  from: 42,
  step: 11,
  thick: 7,
};
const BOX = { left: 12, name: 19, note: 35, rule: 42, data: 58, middle: 86, pad: 8, noteRoom: 148 };
const TOTAL = { name: 26, data: 48, note: 64, pad: 8 };
const LARGEST_NAME = 24;
const NAME_SIZE = { neuron: 18, objective: 16, box: 13 };
/** Beside a neuron's bars there is room for a caption of this size. */
const SMALL_CAPTION = 13;
const NOT_YET = "not yet";
/** From the middle of a line of type to its baseline, of its size. */
const BASELINE = 0.36;

/**
 * What stays while values change.
 * @param {"neuron" | "objective" | "box"} kind
 * @param {Card} card
 * @param {number} width
 * @param {number} height
 */
export function stillCard(kind, card, width, height) {
  const cells = kind === "box" && card.outputs.length === 1;
  const [x, y, end] = [BOX.middle, BOX.rule, width - 0.5];
  return {
    kind: /** @type {NodeDraw["kind"]} */ (kind),
    card,
    tab: 0,
    tabShape: "",
    hatch: "",
    rules: cells ? `M0,${y}H${width}M${x},${y}V${height}` : "",
    gradCell: cells ? `M${x},${y}H${end}V${height - 8}a7.5,7.5 0 0 1 -7.5,7.5H${x}z` : "",
    heading:
      kind === "objective"
        ? { x: width / 2, y: TOTAL.name, maths: true, middle: true }
        : {
            x: kind === "neuron" ? NEURON.left : BOX.left,
            y: kind === "neuron" ? NEURON.name : BOX.name,
            maths: kind === "neuron",
            middle: false,
          },
  };
}

/** The largest gradient of a parameter inside any card: one scale for all their bars. @param {import("./replay.js").Tape} tape */
export function largestInside({ inner }) {
  let most = 0;
  for (const grads of inner ?? [])
    for (const grad of grads ?? []) if (Number.isFinite(grad)) most = Math.max(most, Math.abs(grad));
  return most;
}

/**
 * @param {StillNode} base of a closed group
 * @param {import("./scene.js").View} view
 * @param {{data: number | null, grad: number, sign: import("./scene.js").Sign, share: number,
 *   inner: Float64Array | null, most: number}} numbers data null: not computed yet; inner: NaN where not written yet
 */
export function cardDraw(base, { least, trace }, { data, grad, sign, inner, most }) {
  const card = /** @type {Card} */ (base.card);
  if (base.kind === "objective") return totalDraw(base, card, least, data, sign, grad);
  const neuron = base.kind === "neuron";
  const single = card.outputs.length === 1;
  const { text, index, size } = nameAt(card.title, NAME_SIZE[neuron ? "neuron" : "box"], least);
  const label = {
    inside: least > ROOM.group ? null : { text, index, size, squeeze: null, formula: false },
    over: null,
  };
  const numbers = single && least <= ROOM.card;
  const alone = least > ROOM.group;
  const sizes = readable([14, 13, 12], least);
  const gradValue = sign === "waiting" ? null : grad;
  const bars = neuron && inner !== null && least <= ROOM.group ? barsOf(inner, most) : null;
  const odd = inner?.find((x) => !Number.isFinite(x) && !(trace !== null && Number.isNaN(x)));
  const silent = trace !== null && (inner?.every(Number.isNaN) ?? false);
  const words = odd !== undefined ? shortNumber(odd) : silent ? NOT_YET : null;
  return {
    label,
    heading: headingAt(base, size, least),
    note: neuron ? null : noteOf(card.note, least),
    data: !numbers
      ? null
      : alone
        ? numberAlone(base, data, least, neuron ? NEURON.right : base.width - BOX.pad)
        : neuron
          ? { ...numberIn(62, data, sizes, 6), x: NEURON.right, y: NEURON.data }
          : { ...numberIn(70, data, sizes, 7), x: BOX.middle - BOX.pad, y: BOX.data },
    grad:
      !numbers || alone
        ? null
        : !neuron
          ? { ...numberIn(70, gradValue, sizes, 7), x: base.width - BOX.pad, y: BOX.data }
          : words === null
            ? null
            : {
                text: words,
                x: NEURON.right,
                y: NEURON.axis + 4 + (least - SMALLEST) / 4,
                ...wordsFit(words, least),
              },
    dataCaption: "",
    gradCaption: neuron && least <= SMALL_CAPTION ? "grad" : "",
    operator: null,
    bar: null,
    bars: words === null ? bars : null,
    computed: data !== null,
    spoken: spoken(card, base.output, single, data, sign, grad),
    hint: [
      card.note,
      ...(single && data !== null ? [`data ${exactNumber(data)}`] : []),
      ...(single && gradValue !== null ? [`grad ${exactNumber(gradValue)}`] : []),
    ].join("\n"),
  };
}

/** What is left of a card from afar. @param {StillNode} base @param {number | null} data @param {number} size @param {number} right */
function numberAlone(base, data, size, right) {
  return {
    ...numberIn(right - NEURON.left, data, [size], 6),
    x: right,
    y: base.height / 2 + size * BASELINE,
  };
}

/**
 * The loss over all examples: its name, its number, what it adds up.
 * @param {StillNode} base @param {Card} card @param {number} least @param {number | null} data
 * @param {import("./scene.js").Sign} sign @param {number} grad
 */
function totalDraw(base, card, least, data, sign, grad) {
  const size = Math.max(NAME_SIZE.objective, least);
  const room = base.width - 2 * TOTAL.pad;
  const middle = base.width / 2;
  const note = fitText(card.note, room, [least]);
  return {
    label: {
      inside:
        least > ROOM.group ? null : { text: card.title, index: "", size, squeeze: null, formula: false },
      over: null,
    },
    heading: base.heading,
    note: note === null ? null : { text: card.note, x: middle, y: TOTAL.note, ...note },
    data:
      least > ROOM.card
        ? null
        : least > ROOM.group
          ? { ...numberIn(room, data, [least], 7), x: middle, y: base.height / 2 + least * BASELINE }
          : { ...numberIn(room, data, readable([16, 14, 13], least), 7), x: middle, y: TOTAL.data },
    grad: null,
    dataCaption: "",
    gradCaption: "",
    operator: null,
    bar: null,
    bars: null,
    computed: data !== null,
    spoken: spoken(card, base.output, true, data, sign, grad),
    hint: [card.note, ...(data === null ? [] : [`data ${exactNumber(data)}`])].join("\n"),
  };
}

/**
 * A name whose index can be read; where that would make it too large, the index stands on the line.
 * @param {string} title @param {number} usual @param {number} least
 */
function nameAt(title, usual, least) {
  const { text, index } = nameParts(title);
  const size = Math.max(usual, least);
  if (index === "" || size * INDEX_SCALE >= least) return { text, index, size };
  const larger = Math.ceil(least / INDEX_SCALE);
  return larger <= LARGEST_NAME ? { text, index, size: larger } : { text: text + index, index: "", size };
}

/** Without the note below it a box's name has the upper part to itself. @param {StillNode} base @param {number} size @param {number} least */
function headingAt({ heading, kind }, size, least) {
  if (heading === null || least === SMALLEST) return heading;
  return { ...heading, y: kind === "box" ? BOX.rule / 2 + size * 0.34 : NEURON.name };
}

/** @param {string} words @param {number} least @returns {{size: number, squeeze: number | null}} */
function wordsFit(words, least) {
  const size = Math.max(12, least);
  return fitText(words, NEURON.right - NEURON.left, [size]) ?? { size, squeeze: NEURON.right - NEURON.left };
}

/** What the box stands for; as small as can be read, while it fits. @param {string} words @param {number} least */
function noteOf(words, least) {
  const fit = fitText(words, BOX.noteRoom, [least]);
  if (fit === null && least > SMALLEST) return null;
  return {
    text: words,
    x: BOX.left,
    y: BOX.note,
    size: least,
    squeeze: fit === null ? BOX.noteRoom : fit.squeeze,
  };
}

/** @param {Float64Array} grads @param {number} most */
function barsOf(grads, most) {
  const room = NEURON.right - NEURON.from;
  const step = Math.min(NEURON.step, room / Math.max(1, grads.length));
  const thick = Math.max(1, Math.min(NEURON.thick, step - 2));
  const start = NEURON.right - step * grads.length;
  let [rises, falls] = ["", ""];
  grads.forEach((grad, k) => {
    if (!Number.isFinite(grad) || grad === 0 || most === 0) return;
    const length = (NEURON.reach * Math.sqrt(Math.abs(grad) / most)).toFixed(2);
    const bar = `M${(start + k * step + (step - thick) / 2).toFixed(2)},${NEURON.axis}h${thick.toFixed(2)}`;
    if (grad > 0) rises += `${bar}v-${length}h-${thick.toFixed(2)}z`;
    else falls += `${bar}v${length}h-${thick.toFixed(2)}z`;
  });
  return { rises, falls, axis: `M${start.toFixed(2)},${NEURON.axis}H${NEURON.right}` };
}

/**
 * "example 1, layer 1, neuron 3, closed, 4 parameters, data 0.5, gradient minus 2".
 * @param {Card} card @param {boolean} output @param {boolean} single @param {number | null} data
 * @param {import("./scene.js").Sign} sign @param {number} grad
 */
function spoken({ group, note }, output, single, data, sign, grad) {
  const parts = [group.replaceAll(".", ", ").replace(/([a-z])(\d)/g, "$1 $2"), "closed", note];
  if (output) parts.splice(1, 0, "output");
  if (single) {
    parts.push(`data ${data === null ? "not computed yet" : spokenNumber(data)}`);
    parts.push(`gradient ${sign === "waiting" ? "not computed yet" : spokenNumber(grad)}`);
  }
  return parts.join(", ");
}
