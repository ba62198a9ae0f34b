/**
 * The whole graph in small, while it does not fit the stage: where one is, and a handle to move. For the pointer only;
 * the keyboard has the arrows, which bring every node into sight.
 */

import { s, set } from "./dom.js";

/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/** At most this large, and at most this share of the stage. */
const LARGEST = { width: 176, height: 116 };
const SHARE = 0.3;
const PAD = 6;
/** A graph may reach this far past the stage before it counts as overflowing. */
const SLACK = 4;
/** The map looks for a free corner when it appears, and when the view has rested so long. */
const REST = 160;

/**
 * @param {HTMLElement} element an empty element over the stage; its corner is written to `data-corner`
 * @param {HTMLElement} frame the stage's element
 * @param {Stage} stage
 */
export function createMinimap(element, frame, stage) {
  const boxes = s("path", { class: "minimap-boxes" });
  const chosen = s("path", { class: "minimap-chosen" });
  const window = s("rect", { class: "minimap-window" });
  const svg = s("svg", {}, boxes, chosen, window);
  set(element, { "aria-hidden": "true", "data-corner": CORNERS[0], hidden: true });
  element.append(svg);
  let scale = 1;
  /** @type {Stage["layout"]} */
  let drawn = null;
  let rest = 0;
  let frameAsked = 0;
  let settledFor = "";
  // Asked of the observer, once: reading it between writes would have the browser lay the page out on the spot.
  let [clientWidth, clientHeight] = [frame.clientWidth, frame.clientHeight];
  new ResizeObserver(() => {
    [clientWidth, clientHeight] = [frame.clientWidth, frame.clientHeight];
    soon();
  }).observe(frame);

  function soon() {
    if (frameAsked === 0) frameAsked = requestAnimationFrame(update);
  }

  /** Rectangles of nodes as path data. @param {NonNullable<Stage["layout"]>} layout @param {Iterable<number>} ids */
  const rectangles = ({ x, y, boxWidth, boxHeight }, ids) =>
    Array.from(ids, (id) => {
      const width = Math.max(1.5, boxWidth[id] * scale);
      const height = Math.max(1.5, boxHeight[id] * scale);
      const [left, top] = [x[id] * scale - width / 2, y[id] * scale - height / 2];
      return `M${left.toFixed(1)},${top.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`;
    }).join("");

  function update() {
    frameAsked = 0;
    const { layout, scene } = stage;
    const { x, y, k } = stage.transform;
    if (layout === null || scene === null || clientWidth === 0) return;
    const overflows =
      x < -SLACK ||
      y < -SLACK ||
      x + layout.width * k > clientWidth + SLACK ||
      y + layout.height * k > clientHeight + SLACK;
    const appears = element.hidden && overflows;
    element.hidden = !overflows;
    if (!overflows) return;
    const now = Math.min(
      Math.min(LARGEST.width, clientWidth * SHARE) / layout.width,
      Math.min(LARGEST.height, clientHeight * SHARE) / layout.height,
    );
    if (drawn !== layout || now !== scale) {
      drawn = layout;
      settledFor = "";
      scale = now;
      set(boxes, { d: rectangles(layout, layout.x.keys()) });
      const [width, height] = [layout.width * scale + 2 * PAD, layout.height * scale + 2 * PAD];
      set(svg, { width, height, viewBox: `${-PAD} ${-PAD} ${width} ${height}` });
    }
    set(chosen, {
      d: rectangles(
        layout,
        scene.nodes.filter((node) => node.selected || node.found).map((node) => node.id),
      ),
    });
    const [left, top] = [Math.max(-PAD, (-x / k) * scale), Math.max(-PAD, (-y / k) * scale)];
    const right = Math.min(layout.width * scale + PAD, ((clientWidth - x) / k) * scale);
    const bottom = Math.min(layout.height * scale + PAD, ((clientHeight - y) / k) * scale);
    set(window, { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) });
    const view = `${x} ${y} ${k} ${clientWidth} ${clientHeight}`;
    if (view === settledFor) return;
    settledFor = view;
    clearTimeout(rest);
    if (appears) settle();
    else rest = setTimeout(settle, REST);
  }

  /** Where the map covers no node it stays; else it goes to the first corner where it covers none. */
  function settle() {
    const { scene, transform } = stage;
    if (scene === null || element.hidden || dragging) return;
    const own = element.dataset.corner ?? CORNERS[0];
    const stageBox = frame.getBoundingClientRect();
    const covers = () => {
      const map = element.getBoundingClientRect();
      return scene.nodes.some((node) => {
        const left = stageBox.left + transform.x + node.x * transform.k;
        const top = stageBox.top + transform.y + node.y * transform.k;
        return (
          left < map.right &&
          left + node.width * transform.k > map.left &&
          top < map.bottom &&
          top + node.height * transform.k > map.top
        );
      });
    };
    for (const corner of [own, ...CORNERS]) {
      element.dataset.corner = corner;
      if (!covers()) return;
    }
    element.dataset.corner = own;
  }

  let dragging = false;
  /** @param {PointerEvent} event */
  const move = (event) => {
    if (!dragging) return;
    const box = svg.getBoundingClientRect();
    stage.centre((event.clientX - box.left - PAD) / scale, (event.clientY - box.top - PAD) / scale);
  };
  element.addEventListener("pointerdown", (event) => {
    dragging = true;
    element.setPointerCapture(event.pointerId);
    event.preventDefault();
    move(event);
  });
  element.addEventListener("pointermove", move);
  for (const end of ["pointerup", "pointercancel"]) element.addEventListener(end, () => (dragging = false));
  stage.on("view", soon);
  stage.on("paint", soon);
  soon();
}

/** In the order of preference: above the legend at the right first. */
const CORNERS = ["bottom-right", "bottom-left", "top-right", "top-left"];
