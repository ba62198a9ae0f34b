/**
 * Where a stage looks: fitting a layout, bringing a node into sight. What a hand does is d3-zoom's (gestures.js).
 */

/** @typedef {import("./layout/index.js").Layout} Layout */
/** @typedef {import("./gestures.js").Transform} Transform */

const INSET = { top: 24, right: 22, bottom: 24, left: 22 };
const LARGEST_FIT = 1.25;
/** A graph whose numbers could not be read in full view opens larger, at its output. Fit (key 0) shows all of it. */
const LEGIBLE = { cards: 0.495, compact: 0.91 };
const OPENING = { cards: 0.8, compact: 0.92 };
/** The output's second outline reaches past its box. */
const OUTLINE = 4;
/** Kept between a revealed node and the edge of the window. */
const MARGIN = 4;
const ZOOM_LIMITS = /** @type {[number, number]} */ ([0.02, 4]);

/**
 * @param {HTMLElement} element the stage, whose size is the window
 * @param {SVGSVGElement} svg
 * @param {import("./stage.js").StageOptions} options
 * @param {(transform: Transform) => void} changed
 */
export function createCamera(element, svg, options, changed) {
  /** @type {Transform} */
  let transform = { x: 0, y: 0, k: 1 };
  let moved = false;
  let fittedLegibly = true;
  /** @type {(to: Transform) => void} */
  let follow = () => {};

  /** @param {number} x @param {number} y @param {number} [k] */
  function go(x, y, k = transform.k) {
    transform = { x, y, k };
    follow(transform);
    changed(transform);
  }
  const middle = () => ({ x: element.clientWidth / 2, y: element.clientHeight / 2 });
  /** @param {number} x of the drawing, brought to the middle @param {number} y */
  const centre = (x, y) => go(middle().x - transform.k * x, middle().y - transform.k * y);

  /** What a drawing is fitted into; undefined where the stage is not seen. */
  function room() {
    const { clientWidth, clientHeight } = element;
    if (clientWidth === 0 || clientHeight === 0) return undefined;
    const inset = options.inset?.() ?? INSET;
    const width = Math.max(1, clientWidth - inset.left - inset.right);
    const height = Math.max(1, clientHeight - inset.top - inset.bottom);
    return { width, height, inset, least: options.legible?.cards ?? LEGIBLE.cards };
  }

  return {
    /** From the drawing to the stage: x and y in pixels, k the scale. */
    transform: () => ({ x: transform.x, y: transform.y, k: transform.k }),
    /** @param {(svg: SVGSVGElement, hand: import("./gestures.js").Hand) => (to: Transform) => void} bind what pans and zooms by hand */
    handTo(bind) {
      follow = bind(svg, {
        limits: ZOOM_LIMITS,
        held: options.wheel === "ctrl",
        moved: (to) => {
          moved = true;
          transform = to;
          changed(to);
        },
      });
      follow(transform);
    },
    /** Whether the reader panned or zoomed since the last fit. */
    moved: () => moved,
    /** How the last fit was meant. */
    legible: () => fittedLegibly,
    room,
    /**
     * @param {Layout} layout
     * @param {number} output where a layout too large to be read opens
     * @param {boolean} legible rather a part that can be read than the whole
     */
    fit(layout, output, legible) {
      fittedLegibly = legible;
      const there = room();
      if (there === undefined) return;
      const { width, height, inset } = there;
      const [wide, high] = [layout.width + 2 * OUTLINE, layout.height + 2 * OUTLINE];
      const whole = Math.min(LARGEST_FIT, width / wide, height / high);
      const k =
        legible && whole < (options.legible?.[layout.density] ?? LEGIBLE[layout.density])
          ? OPENING[layout.density]
          : whole;
      const right = layout.direction === "right";
      const first = options.opensAt === "start";
      const x = inset.left + placed(width, wide * k, first ? 0 : (layout.x[output] + (right ? wide : 0)) * k);
      const y = inset.top + placed(height, high * k, first ? 0 : (layout.y[output] + (right ? 0 : high)) * k);
      moved = false;
      go(x + OUTLINE * k, y + OUTLINE * k, k);
    },
    /** @param {Layout} layout @param {number} id @param {boolean} middling brings it to the middle, where it was out of sight */
    reveal(layout, id, middling = false) {
      const { x, y, k } = transform;
      const { clientWidth, clientHeight } = element;
      const top = options.covered?.() ?? 0;
      const dx = inwards(layout.x[id] * k + x, clientWidth, (layout.boxWidth[id] * k) / 2 + MARGIN);
      const high = (layout.boxHeight[id] * k) / 2 + MARGIN;
      const dy = inwards(layout.y[id] * k + y - top, clientHeight - top, high);
      if (dx === 0 && dy === 0) return;
      if (middling) centre(layout.x[id], layout.y[id]);
      else go(x + dx, y + dy);
    },
    /** @param {number} x of the drawing @param {number} y */
    centre(x, y) {
      moved = true;
      centre(x, y);
    },
    /** @param {number} factor */
    zoomBy(factor) {
      moved = true;
      const { x, y, k } = transform;
      const to = Math.max(ZOOM_LIMITS[0], Math.min(ZOOM_LIMITS[1], k * factor));
      go(middle().x - ((middle().x - x) * to) / k, middle().y - ((middle().y - y) * to) / k, to);
    },
  };
}

/** Where a length begins in a window: centred when it fits, else so that `anchor` is as near the middle as can be. @param {number} room @param {number} size @param {number} anchor */
function placed(room, size, anchor) {
  if (size <= room) return (room - size) / 2;
  return Math.min(0, Math.max(room - size, room / 2 - anchor));
}

/** How far a point must move to keep its distance from both ends. @param {number} at @param {number} end @param {number} margin */
function inwards(at, end, margin) {
  if (at < margin) return margin - at;
  return at > end - margin ? end - margin - at : 0;
}
