/** The playhead's slider under a hand: keys, presses and drags. Loaded at the first sign of one (touched.js). */

/** @param {HTMLElement} lanes @param {() => import("./playhead.js").Slice} slice as it is now */
export function bindLanes(lanes, slice) {
  lanes.addEventListener("keydown", (event) => {
    const { step, steps, forwards, go } = slice();
    const page = Math.max(1, Math.round(steps / 10));
    /** @type {Record<string, number>} */
    const to = {
      ArrowRight: step + 1,
      ArrowUp: step + 1,
      ArrowLeft: step - 1,
      ArrowDown: step - 1,
      PageUp: step + page,
      PageDown: step - page,
      Home: 0,
      End: step < forwards ? forwards : steps,
    };
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(to, event.key)) return;
    event.preventDefault();
    go(Math.min(steps, Math.max(0, to[event.key])));
  });
  lanes.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    lanes.setPointerCapture(event.pointerId);
    follow(event);
    lanes.addEventListener("pointermove", follow);
    const end = () => {
      lanes.removeEventListener("pointermove", follow);
      lanes.removeEventListener("pointerup", end);
      lanes.removeEventListener("pointercancel", end);
    };
    lanes.addEventListener("pointerup", end);
    lanes.addEventListener("pointercancel", end);
  });
  // A press that was let go of before this was here.
  lanes.addEventListener("click", follow);
  /** The step under the pointer; the lane is the nearer one. @param {MouseEvent} event */
  function follow(event) {
    const { step, forwards, steps, go } = slice();
    const { left, top, width, height } = lanes.getBoundingClientRect();
    const across = Math.min(1, Math.max(0, (event.clientX - left) / width));
    const upper = event.clientY < top + height / 2 || steps === forwards;
    const to = upper
      ? Math.round(across * forwards)
      : forwards + Math.round((1 - across) * (steps - forwards));
    if (to !== step) go(to);
  }
}
