/**
 * The stage: a graph on paper that can be panned, zoomed, read and turned. One component for every page: it lays out,
 * builds the scene, paints it, and says what the reader does. It holds no state of the page's.
 */

import { createArranger, layoutNow } from "./arrange.js";
import { createCamera } from "./camera.js";
import { s, set } from "./dom.js";
import { wholePicture } from "./drawing.js";
import { leastAt } from "./glyphs.js";
import { createPainter } from "./paint/svg.js";
import { buildScene } from "./scene.js";
import { survivingKeys } from "./survivors.js";
import { whenTouched } from "./touched.js";

/** @typedef {import("./scene.js").SceneGraph} SceneGraph */
/** @typedef {import("./scene.js").View} View */
/** @typedef {import("./replay.js").Tape} Tape */
/** @typedef {import("./layout/index.js").Layout} Layout */

/**
 * - `select` {id}: a node was chosen, or null
 * - `hoverEdge` {edge}: the pointer is on a wire (its number on the tape), or null
 * - `open` {id}: Enter or a double click
 * - `drag` {id, value, phase}: a leaf's number is being dragged; phase is "start", "move" or "end"
 * - `view` {x, y, k}: panned or zoomed
 * - `paint`: drawn anew, in the same view
 * - `busy` {values, share}: a large graph is being laid out, and how far that is; null: no longer
 * @typedef {{select: {id: number | null}, hoverEdge: {edge: number | null}, open: {id: number},
 *   drag: {id: number, value: number, phase: "start" | "move" | "end"},
 *   view: {x: number, y: number, k: number}, paint: null, busy: {values: number, share: number} | null}} StageEvents
 */

/**
 * @typedef {object} StageOptions
 * @property {"auto" | "right" | "down"} [direction] auto: down where the stage is narrow
 * @property {"any" | "ctrl"} [wheel] ctrl: the wheel zooms only with Ctrl, so that an embed does not trap the page
 * @property {() => {top: number, right: number, bottom: number, left: number}} [inset] space kept free of the graph whenever it is fitted
 * @property {() => number} [covered] of the stage's top, by what is to be read there: a node brought into sight lies below
 * @property {string} [label] spoken name of the graph
 * @property {import("./layout/index.js").Density} [density] usually by the number of boxes
 * @property {import("./layout/index.js").Gaps} [gaps] between boxes, usually by density
 * @property {import("./layout/index.js").RankMode} [rank] usually what crosses least
 * @property {"output" | "start"} [opensAt] where a graph opens that cannot be read as a whole
 * @property {Partial<Record<import("./layout/index.js").Density, number>>} [legible] by density: the scale below which a part that can be read is shown rather than the whole
 * @property {boolean} [compound] a large graph's groups are laid out as such, and outlined
 */

const NARROW = 560;
const TRAVEL = 300;
/** Rows are placed anew when the room that they share has grown or shrunk by so much. */
const NOTICEABLE = 8;
/** Of a graph of more values only what is in view is painted, and this share of the view about it. */
const ALL_AT_ONCE = 150;
/** A graph of more is drawn on a canvas; the node that has the focus and the selected one stay elements. */
const FAR_FROM = 1500;
/** A layout that takes longer is told of. */
const PATIENCE = 400;
const MARGIN = 0.25;
/** Operators and names stand beside and over their boxes. */
const OVERHANG = 80;
/** @type {ReadonlySet<number>} */
const NONE = new Set();
let stages = 0;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * @param {HTMLElement} element an element with a size; it becomes the stage
 * @param {StageOptions} [options]
 */
export function createStage(element, options = {}) {
  const dots = `stage-dots-${++stages}`;
  const pattern = s("pattern", { id: dots, width: 24, height: 24, patternUnits: "userSpaceOnUse" });
  pattern.append(s("circle", { class: "dots", cx: 1, cy: 1, r: 1 }));
  const canvas = s("g", { class: "canvas" });
  const svg = s(
    "svg",
    {
      role: "application",
      "aria-roledescription": "graph",
      "aria-label": options.label ?? "Computation graph",
    },
    s("defs", {}, pattern),
    s("rect", { class: "paper", width: "100%", height: "100%", fill: `url(#${dots})` }),
    canvas,
  );
  element.classList.add("stage");
  element.append(svg);
  const painter = createPainter(canvas);

  /** @type {SceneGraph | null} */
  let graph = null;
  /** @type {Tape | null} */
  let tape = null;
  /** @type {Layout | null} */
  let layout = null;
  /** @type {import("./scene.js").Scene | null} */
  let scene = null;
  /** @type {ReturnType<typeof import("./paint/canvas.js").createCanvasPainter> | null} */
  let far = null;
  /** What the layout was made for. @type {ReturnType<typeof camera.room>} */
  let arrangedIn;
  /** A graph whose layout is awaited; what is shown until then is the last one. @type {{tape: Tape, partial: Partial<View>, after: (() => void)[]} | null} */
  let awaited = null;
  const arranger = createArranger();
  let busyTimer = 0;
  /** @type {View & {dimmed: boolean, direction: "auto" | "right" | "down"}} */
  let view = {
    selected: null,
    hoveredEdge: null,
    trace: null,
    path: [],
    found: NONE,
    showLocalDerivatives: true,
    least: leastAt(1),
    dimmed: false,
    direction: options.direction ?? "auto",
  };
  /** The node that Tab enters. @type {number} */
  let roving = -1;
  /** Its element. @type {Element | null} */
  let entry = null;
  let travelTimer = 0;
  /** What was painted of a large graph. @type {import("./scene.js").Box | null} */
  let painted = null;
  /** The stage's size, kept because asking for it between writes would have the page laid out on the spot. */
  let room = { width: element.clientWidth, height: element.clientHeight };

  /** @type {Map<string, Set<(detail: any) => void>>} */
  const handlers = new Map();
  /** @template {keyof StageEvents} K @param {K} event @param {StageEvents[K]} detail */
  const emit = (event, detail) => {
    for (const handler of handlers.get(event) ?? []) handler(detail);
  };

  const camera = createCamera(element, svg, options, (transform) => {
    const text = `translate(${transform.x},${transform.y}) scale(${transform.k})`;
    set(canvas, { transform: text });
    set(pattern, { patternTransform: text });
    const least = leastAt(transform.k);
    if (least !== view.least) {
      view = { ...view, least };
      paint();
    } else if (hasLeft() || (graph !== null && graph.nodes.length > FAR_FROM)) paint();
    emit("view", { x: transform.x, y: transform.y, k: transform.k });
  });

  function paint() {
    if (graph === null || layout === null || tape === null) return;
    if (graph.nodes.length > FAR_FROM) {
      paintFar(graph, layout, tape);
      return;
    }
    far?.hide();
    painted = graph.nodes.length > ALL_AT_ONCE ? inView(MARGIN) : null;
    scene = buildScene(graph, layout, tape, { ...view, seen: painted });
    painter.paint(scene, painted);
    element.classList.toggle("dimmed", view.dimmed);
    emit("paint", null);
    if (roving >= graph.nodes.length || roving < 0) roving = view.selected ?? graph.output;
    const entered = painter.nodes.children[roving];
    if (entered !== entry) {
      if (entry) set(entry, { tabindex: "-1" });
      set(entered, { tabindex: "0" });
      entry = entered;
    }
  }

  /**
   * A large graph: on the canvas what is in view; as elements the node with the focus and the selected one, so that they
   * are spoken, turned and left by Tab as any other.
   * @param {SceneGraph} graph @param {Layout} layout @param {Tape} tape
   */
  function paintFar(graph, layout, tape) {
    if (far === null) {
      import("./paint/canvas.js").then(({ createCanvasPainter }) => {
        far ??= createCanvasPainter(element, paint);
        paint();
      });
      return;
    }
    if (roving >= graph.nodes.length || roving < 0) roving = view.selected ?? graph.output;
    far.paint(graph, layout, tape, view, camera.transform(), room);
    const nodes = [...new Set([roving, view.selected ?? roving])];
    const part = far.sceneOf(graph, layout, tape, view, { nodes, edges: [], scale: far.scale });
    scene = far.scene ?? part;
    painter.paint(part, null);
    element.classList.toggle("dimmed", view.dimmed);
    emit("paint", null);
    for (const node of painter.nodes.children)
      set(node, { tabindex: node.getAttribute("data-node") === String(roving) ? "0" : "-1" });
    entry = null;
  }

  /** The part of the drawing in view, and as much again on every side. @param {number} margin share of the stage */
  function inView(margin) {
    const { x, y, k } = camera.transform();
    const [width, height] = [room.width / k, room.height / k];
    const [across, down] = [margin * width + OVERHANG, margin * height + OVERHANG];
    return {
      x: -x / k - across,
      y: -y / k - down,
      width: width + 2 * across,
      height: height + 2 * down,
    };
  }

  /** Whether the view has left the part that was painted. */
  function hasLeft() {
    if (painted === null) return false;
    const { x, y, width, height } = inView(0);
    return (
      x < painted.x ||
      y < painted.y ||
      x + width > painted.x + painted.width ||
      y + height > painted.y + painted.height
    );
  }

  function directionNow() {
    if (view.direction !== "auto") return view.direction;
    return element.clientWidth > 0 && element.clientWidth < NARROW ? "down" : "right";
  }

  /** @param {boolean} animate @param {Layout} [made] */
  function arrange(animate, made) {
    if (graph === null) return;
    window.clearTimeout(travelTimer);
    element.classList.toggle("travelling", animate && layout !== null);
    if (animate) travelTimer = window.setTimeout(() => element.classList.remove("travelling"), TRAVEL + 50);
    layout = made ?? layoutNow(graph, layoutOptions());
    arrangedIn = camera.room();
    paint();
  }

  /** Whether the room that a small drawing's rows share is another than they were placed for. */
  function hasOtherRoom() {
    const now = camera.room();
    if (layout?.density !== "cards" || now === undefined || arrangedIn === undefined) return false;
    const across = layout.direction === "right" ? "height" : "width";
    return Math.abs(now[across] - arrangedIn[across]) > NOTICEABLE;
  }

  function layoutOptions() {
    const { density, gaps, rank, compound } = options;
    return { direction: directionNow(), density, gaps, rank, compound, room: camera.room() };
  }

  /** Says that a layout takes its time, from when it does. @param {number} values @param {number} share */
  function tellBusy(values, share) {
    if (busyTimer === 0) busyTimer = window.setTimeout(() => emit("busy", { values, share }), PATIENCE);
    else if (share > 0) emit("busy", { values, share });
  }

  function tellDone() {
    window.clearTimeout(busyTimer);
    busyTimer = 0;
    emit("busy", null);
  }

  /** @param {boolean} legible rather a part that can be read than the whole */
  const fitTo = (legible) => {
    if (graph !== null && layout !== null) camera.fit(layout, graph.output, legible);
  };

  /** Brings a node into sight if it is not. @param {number} id @param {boolean} [middle] to the middle, then */
  const reveal = (id, middle) => {
    if (awaited !== null) awaited.after.push(() => reveal(id, middle));
    else if (layout !== null) camera.reveal(layout, id, middle);
  };

  /** @param {number | null} id */
  function choose(id) {
    if (view.selected === id) return;
    view = { ...view, selected: id };
    if (id !== null) roving = id;
    paint();
    emit("select", { id });
  }

  /** @param {number} id */
  function focusNode(id) {
    if (awaited !== null) {
      awaited.after.push(() => focusNode(id));
      return;
    }
    roving = id;
    choose(id);
    reveal(id);
    paint();
    const group = painter.nodes.querySelector(`[data-node="${id}"]`);
    if (group instanceof SVGElement) group.focus({ preventScroll: true });
  }

  /** @param {number | null} edge */
  function hover(edge) {
    if (view.hoveredEdge === edge) return;
    view = { ...view, hoveredEdge: edge };
    paint();
    emit("hoverEdge", { edge });
  }

  /**
   * A graph with its layout takes the place of the one before.
   * @param {SceneGraph} newGraph @param {Tape} newTape
   * @param {{animate?: boolean, keepView?: boolean, frames?: View["frames"]}} how @param {Layout} made
   */
  function settle(newGraph, newTape, { animate = false, keepView = false, frames = [] }, made) {
    const before = camera.transform();
    const small = graph !== null && newGraph.nodes.length <= FAR_FROM && graph.nodes.length <= FAR_FROM;
    graph =
      graph !== null && small ? renamed(newGraph, survivingKeys(graph.nodes, newGraph.nodes)) : newGraph;
    tape = newTape;
    roving = -1;
    view = { ...view, hoveredEdge: null, selected: null, path: [], found: NONE, kin: NONE, trace: null };
    view = { ...view, next: null, frames };
    arrange(animate && small, made);
    if (!keepView) fitTo(true);
    if (animate && small && !calm.matches) glide(canvas, before, camera.transform());
  }

  const stage = {
    /**
     * Shows a graph: a new layout, fitted. With `animate`, nodes that were there before travel to their new places.
     * @param {SceneGraph} newGraph
     * @param {Tape} newTape
     * @param {{animate?: boolean, keepView?: boolean, frames?: View["frames"]}} [how] keepView: leave pan and zoom as
     *   they are
     */
    show(newGraph, newTape, how = {}) {
      /** @type {NonNullable<typeof awaited>} */
      const mine = { tape: newTape, partial: {}, after: [] };
      awaited = mine;
      tellBusy(newGraph.nodes.length, 0);
      arranger.arrange(
        newGraph,
        layoutOptions(),
        (made) => {
          awaited = null;
          tellDone();
          settle(newGraph, mine.tape, how, made);
          const news = mine.tape !== newTape || Object.keys(mine.partial).length > 0;
          if (news) stage.update(mine.tape, mine.partial);
          for (const act of mine.after) act();
        },
        (share) => tellBusy(newGraph.nodes.length, share),
      );
    },
    /** Gives up a layout that is awaited: what is shown stays, dimmed, until another graph comes. */
    cancel() {
      if (awaited === null) return;
      arranger.cancel();
      element.classList.add("dimmed");
      tellDone();
    },
    /** Whether a layout is awaited. */
    get waiting() {
      return awaited !== null;
    },
    /** New numbers, same graph: nothing moves. @param {Tape} newTape @param {Partial<typeof view>} [partial] */
    update(newTape, partial = {}) {
      if (awaited !== null) {
        awaited.tape = newTape;
        awaited.partial = { ...awaited.partial, ...partial };
        return;
      }
      far?.renew();
      tape = newTape;
      view = { ...view, ...partial };
      roving = partial.selected ?? roving;
      paint();
    },
    /** Selects without an event. @param {number | null} id */
    select(id) {
      if (awaited !== null) {
        awaited.partial = { ...awaited.partial, selected: id };
        return;
      }
      view = { ...view, selected: id };
      if (id !== null) roving = id;
      paint();
    },
    /** @param {Partial<typeof view>} partial */
    setView(partial) {
      if (awaited !== null) {
        awaited.partial = { ...awaited.partial, ...partial };
        return;
      }
      const before = directionNow();
      view = { ...view, ...partial };
      if (directionNow() !== before) {
        arrange(true);
        fitTo(true);
      } else paint();
    },
    focus: focusNode,
    /** Whether the keys go to the stage; in a shadow tree the document does not tell. */
    holdsFocus: () => svg.matches(":focus-within"),
    reveal,
    /** Brings a point of the drawing to the middle. @param {number} x @param {number} y */
    centre: (x, y) => camera.centre(x, y),
    /** What answers to a hand is loaded now, before the first sign of one. */
    warm: () => warm(),
    /** From the drawing to the stage: x and y in pixels, k the scale. */
    get transform() {
      return camera.transform();
    },
    /** The whole graph in view. */
    fit: () => void fitTo(false),
    /** Fitted again as before, unless the reader moved it: the room about it has changed. */
    refit: () => {
      if (!camera.moved()) fitTo(camera.legible());
    },
    /** @param {number} factor */
    zoomBy: (factor) => camera.zoomBy(factor),
    /**
     * What a picture of the stage shows: what is in view, or the whole graph at scale 1.
     * @param {"seen" | "whole"} what
     */
    picture(what) {
      if (graph === null || layout === null || tape === null || scene === null) return null;
      const { x, y, k } = camera.transform();
      const { clientWidth, clientHeight } = element;
      if (what === "seen") {
        const box = { x: -x / k, y: -y / k, width: clientWidth / k, height: clientHeight / k };
        return { scene, box, width: clientWidth, height: clientHeight };
      }
      return wholePicture(graph, layout, tape, { ...view, least: leastAt(1) });
    },
    /** What is drawn now. */
    get scene() {
      return scene;
    },
    /** What the painter and the keys read. */
    get layout() {
      return layout;
    },
    get svg() {
      return svg;
    },
    /**
     * @template {keyof StageEvents} K
     * @param {K} event
     * @param {(detail: StageEvents[K]) => void} handler
     * @returns {() => void} takes the handler off again
     */
    on(event, handler) {
      const set = handlers.get(event) ?? new Set();
      handlers.set(event, set.add(handler));
      return () => set.delete(handler);
    },
    destroy() {
      window.clearTimeout(travelTimer);
      arranger.cancel();
      far?.destroy();
      observer.disconnect();
      handlers.clear();
      svg.remove();
      element.classList.remove("stage", "dimmed", "travelling");
    },
  };

  const reader = {
    graph: () => graph,
    layout: () => layout,
    roving: () => roving,
    value: (/** @type {number} */ id) => tape?.data[id] ?? Number.NaN,
    // What is shown while a layout is awaited goes by the numbers of a graph that is gone.
    focusNode: (/** @type {number} */ id) => awaited === null && focusNode(id),
    choose: (/** @type {number | null} */ id) => awaited === null && choose(id),
    open: (/** @type {number} */ id) => awaited === null && emit("open", { id }),
    hover,
    mark(/** @type {number[]} */ kin) {
      view = { ...view, kin: new Set(kin) };
      paint();
    },
    far: () => (far?.hidden === false ? far : null),
    emit,
    fit: stage.fit,
    zoomBy: stage.zoomBy,
  };
  const warm = whenTouched(svg, async () => {
    const { bindInput } = await import("./stage-input.js");
    return () => bindInput(svg, reader, camera);
  });

  const observer = new ResizeObserver(() => {
    room = { width: element.clientWidth, height: element.clientHeight };
    if (hasLeft() || (graph !== null && graph.nodes.length > FAR_FROM)) paint();
    const turned = layout !== null && directionNow() !== layout.direction;
    if (turned || hasOtherRoom()) arrange(false);
    if (!camera.moved() || turned) fitTo(camera.legible());
  });
  observer.observe(element);
  return stage;
}

/** A graph whose nodes go by other keys than their own. @param {SceneGraph} graph @param {string[]} keys @returns {SceneGraph} */
function renamed(graph, keys) {
  return { ...graph, nodes: graph.nodes.map((node, id) => ({ ...node, key: keys[id] })) };
}

/**
 * The window moves as its nodes do, so that each travels over the screen from where it was.
 * @param {SVGGElement} canvas
 * @param {{x: number, y: number, k: number}} from @param {{x: number, y: number, k: number}} to
 */
function glide(canvas, from, to) {
  const [start, end] = [from, to].map(({ x, y, k }) => `translate(${x}px, ${y}px) scale(${k})`);
  if (start !== end)
    canvas.animate([{ transform: start }, { transform: end }], { duration: TRAVEL, easing: "ease-out" });
}

/** @typedef {ReturnType<typeof createStage>} Stage */
