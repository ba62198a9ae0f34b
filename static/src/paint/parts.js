/**
 * What the items of a draw list are made of: elements, back to front, and what is written into each. Pure: the painter
 * for the page and the one for a file read the same.
 */

/** @typedef {import("../scene.js").NodeDraw} NodeDraw */
/** @typedef {import("../scene.js").EdgeDraw} EdgeDraw */
/** @typedef {import("../scene.js").Text} Text */
/** @typedef {import("./brush.js").Attributes} Attributes */

/** Name, tag and class of an element, and what it holds. @typedef {{name: string, tag: "path" | "text" | "tspan" | "rect" | "g" | "title", class: string, inside: Part[]}} Part */
/** By name of the part; "#text" is its text. @typedef {Record<string, Attributes>} Written */

/** @param {Part["tag"]} tag @param {string} name @param {string} [classes] @param {...Part} inside @returns {Part} */
const part = (tag, name, classes = name, ...inside) => ({ name, tag, class: classes, inside });

export const NODE_PARTS = [
  part("path", "neck"),
  part("path", "halo"),
  part("path", "outer"),
  part("path", "face"),
  part("path", "tint"),
  part("path", "hatch"),
  part("path", "tab"),
  part("path", "rules"),
  part("path", "outline"),
  part("text", "name", "name", part("tspan", "stem", ""), part("tspan", "index")),
  part("text", "dataCaption", "caption"),
  part("text", "gradCaption", "caption"),
  part("text", "data", "value data"),
  part("text", "grad", "value grad"),
  part("text", "note", "caption note"),
  part("path", "axis", "tick"),
  part("path", "rises", "bar rises"),
  part("path", "falls", "bar falls"),
  part("path", "bar"),
  part("path", "tick"),
  part("rect", "grip"),
  part("g", "operator", "operator", part("rect", "circle", ""), part("text", "symbol", "")),
  part("title", "title", ""),
];
export const EDGE_PARTS = [
  part("path", "hit"),
  part("path", "wire"),
  part("path", "core"),
  part("path", "head"),
];
export const FRAME_PARTS = [part("path", "frame")];
export const TITLE_PARTS = [part("text", "title", "heading"), part("text", "note", "caption")];
export const NEXT_PARTS = [
  part("text", "words", "value next"),
  part("path", "from", "from"),
  part("path", "arrow"),
];
export const CHIP_PARTS = [part("rect", "pill", ""), part("text", "words", "")];

/** Tint of a gradient's cell, from the weakest to the strongest. */
const WEAKEST_TINT = 0.1;
const STRONGEST_TINT = 0.3;
/** A ribbon narrower than this cannot be hollow: it is dashed instead. */
const HOLLOW_FROM = 5;
const HOLLOW_WALL = 1.3;

/** @param {NodeDraw} node @returns {Written} */
export function nodeParts(node) {
  const tint = node.share > 0 ? WEAKEST_TINT + (STRONGEST_TINT - WEAKEST_TINT) * Math.sqrt(node.share) : null;
  const { heading } = node;
  return {
    neck: { d: node.operator?.neck },
    halo: { d: node.halo },
    outer: { d: node.outer },
    face: { d: node.outline },
    tint: { d: node.gradCell, "fill-opacity": tint?.toFixed(3) },
    hatch: { d: node.hatch },
    tab: { d: node.tabShape },
    rules: { d: node.rules },
    outline: { d: node.outline },
    ...nameParts(node),
    dataCaption: { x: node.tab + 8, y: 21, "font-size": node.captionSize, "#text": node.dataCaption },
    gradCaption: {
      x: heading?.x ?? node.tab + 8,
      y: heading ? node.height - 12 : 51,
      "font-size": node.captionSize,
      "#text": node.gradCaption,
    },
    data: lettered(node.data),
    grad: lettered(node.grad),
    note: lettered(node.note),
    axis: { d: node.bars?.axis },
    rises: { d: node.bars?.rises },
    falls: { d: node.bars?.falls },
    ...barParts(node),
    grip: { x: node.tab, width: node.grip?.width ?? 0, height: node.grip?.height ?? 0 },
    ...operatorParts(node.operator),
    title: { "#text": node.hint },
  };
}

/** @param {NodeDraw} node @returns {string} its classes */
export function nodeClass(node) {
  const flags = [
    "node",
    node.density,
    node.kind,
    node.sign,
    node.output && "output",
    node.unused && "unused",
    node.selected && "selected",
    node.found && "found",
    node.now && `now-${node.now}`,
    node.data && !node.computed && "uncomputed",
  ];
  return flags.filter(Boolean).join(" ");
}

/** @param {EdgeDraw} edge @returns {Written} */
export function edgeParts(edge) {
  const hollow = isHollow(edge);
  return {
    hit: { d: edge.wire },
    wire: { d: edge.ribbon, "stroke-width": edge.width.toFixed(2) },
    core: {
      d: hollow ? edge.ribbon : null,
      "stroke-width": hollow ? (edge.width - 2 * HOLLOW_WALL).toFixed(2) : null,
    },
    head: { d: edge.head },
  };
}

/** @param {EdgeDraw} edge */
export function edgeClass(edge) {
  return `edge ${edge.sign}${edge.sign === "neg" && !isHollow(edge) ? " dashed" : ""}`;
}

/** @param {EdgeDraw} edge whether its ribbon is wide enough to be two lines */
function isHollow({ sign, width }) {
  return sign === "neg" && width >= HOLLOW_FROM;
}

/** @param {import("../scene.js").Chip} chip @returns {Written} */
export function chipParts(chip) {
  return {
    pill: {
      x: chip.x.toFixed(1),
      y: chip.y.toFixed(1),
      width: chip.width.toFixed(1),
      height: chip.height,
      rx: chip.height / 2,
    },
    words: lettered(chip.text),
  };
}

/** @param {import("../scene-frame.js").FrameDraw} frame @returns {Written} */
export function frameParts({ outline }) {
  return { frame: { d: outline } };
}

/** The words over a frame, which stand before the wires. @param {import("../scene-frame.js").FrameDraw} frame @returns {Written} */
export function titleParts({ title, note }) {
  return {
    title: { x: title.x, y: title.y, "font-size": title.size, "#text": title.text },
    note: { x: note.x, y: note.y, "font-size": note.size, "#text": note.text },
  };
}

/** @param {import("../scene-next.js").NextDraw} next @returns {Written} */
export function nextParts({ x, y, words, fixed, size, tick, arrow }) {
  return {
    words: {
      class: fixed ? "caption next" : "value next",
      x,
      y: y + size * 0.36,
      "font-size": size,
      "#text": words,
    },
    from: { d: tick },
    arrow: { d: arrow },
  };
}

/** @param {EdgeDraw} edge with a chip */
export function chipClass({ chip, marked }) {
  return `chip${chip?.full ? " full" : ""}${marked ? " marked" : ""}`;
}

/** A text where it stands. @param {Text | null} text @returns {Attributes} */
function lettered(text) {
  if (text === null) return { "#text": "" };
  return {
    x: Math.round(text.x * 10) / 10,
    y: Math.round(text.y * 10) / 10,
    "font-size": text.size,
    textLength: text.squeeze && Math.round(text.squeeze * 10) / 10,
    lengthAdjust: text.squeeze ? "spacingAndGlyphs" : null,
    "#text": text.text,
  };
}

/** @param {NodeDraw} node @returns {Written} */
function nameParts({ label, labelOver, tab, width, height, output, heading }) {
  const placed = label.inside ?? label.over;
  if (placed === null) return { stem: { "#text": "" }, index: { "#text": "" } };
  const over = label.inside === null;
  const wide = label.across === true;
  return {
    name: {
      class:
        heading && !heading.maths
          ? "heading"
          : `name${over ? " over" : wide ? " wide" : ""}${placed.formula ? " formula" : ""}`,
      x: heading ? heading.x : over ? labelOver : wide ? width / 2 : tab / 2 + 0.5,
      y: heading ? heading.y : over ? (output ? -8 : -5) : height / 2 + placed.size * 0.32,
      "font-size": placed.size,
      "text-anchor": heading
        ? heading.middle
          ? "middle"
          : "start"
        : over
          ? labelOver > 0
            ? "end"
            : "start"
          : "middle",
    },
    stem: {
      textLength: placed.squeeze?.toFixed(1),
      lengthAdjust: placed.squeeze ? "spacingAndGlyphs" : null,
      "#text": placed.text,
    },
    index: {
      dy: placed.index ? (placed.size * 0.22).toFixed(1) : null,
      "font-size": (placed.size * 0.7).toFixed(1),
      "#text": placed.index,
    },
  };
}

/** @param {NodeDraw} node @returns {Written} */
function barParts(node) {
  if (node.bar === null) return { bar: { d: null }, tick: { d: null } };
  const { x, y, width } = node.bar;
  // A hollow bar's outline lies inside its length.
  const inset = width < 0 ? 0.6 : 0;
  const long = (width + inset).toFixed(2);
  const back = (-width - inset).toFixed(2);
  return {
    bar: { d: width === 0 ? null : `M${x},${y + inset}h${long}v${4 - 2 * inset}h${back}z` },
    tick: { d: `M${x},${y - 2}v8` },
  };
}

/** @param {NodeDraw["operator"]} operator @returns {Written} */
function operatorParts(operator) {
  if (operator === null) return { operator: { display: "none" }, symbol: { "#text": "" } };
  const { x, y, width, radius, symbol, size, squeeze, spills } = operator;
  return {
    operator: {
      display: null,
      class: `operator${spills ? " spills" : ""}${symbol.length > 1 ? " word" : ""}`,
    },
    circle: { x: x - width / 2, y: y - radius, width, height: 2 * radius, rx: radius },
    symbol: lettered({ text: symbol, x: x < 0 ? x - spills / 2 : x, y: y + size * 0.34, size, squeeze }),
  };
}
