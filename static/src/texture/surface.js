/** A canvas as large as it is shown, at the screen's resolution; sizes and pointers in CSS pixels. */

/** More than this costs time and shows nothing. */
const FINEST = 2;

/** @param {HTMLCanvasElement} canvas */
export function surfaceOf(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  let [width, height, density] = [0, 0, 1];
  return {
    context,
    /** Fits the canvas to a size; what was drawn is gone when it changes. @param {number} wide @param {number} high */
    resize(wide, high) {
      density = Math.min(FINEST, globalThis.devicePixelRatio || 1);
      [width, height] = [wide, high];
      const [across, down] = [
        Math.max(1, Math.round(wide * density)),
        Math.max(1, Math.round(high * density)),
      ];
      if (canvas.width !== across) canvas.width = across;
      if (canvas.height !== down) canvas.height = down;
    },
    /** Empties it; afterwards drawing is in CSS pixels. */
    clear() {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.setTransform(density, 0, 0, density, 0, 0);
    },
    /** Where a pointer is. @param {MouseEvent} event */
    at(event) {
      const box = canvas.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    },
    get width() {
      return width;
    },
    get height() {
      return height;
    },
    get density() {
      return density;
    },
  };
}

/** @typedef {ReturnType<typeof surfaceOf>} Surface */
