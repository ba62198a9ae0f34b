/**
 * What answers to a hand is loaded at the first sign of one. A press, a key or a turn of the wheel that is faster than the
 * network is heard again once there is somebody to hear it.
 */

const SIGNS = ["pointerover", "focusin"];
const PRESSES = ["pointerdown", "mousedown", "touchstart"];
const RELEASES = ["pointerup", "pointercancel"];
/** What is done at once, and not until it is let go. */
const STROKES = ["keydown", "wheel", "click", "dblclick"];

/**
 * @param {Element} element
 * @param {() => Promise<() => void>} load what binds the listeners
 * @returns {() => void} loads it now
 */
export function whenTouched(element, load) {
  /** @type {Event[]} */
  let early = [];
  let asked = false;
  const waiting = new AbortController();
  const { signal } = waiting;

  function come() {
    if (asked) return;
    asked = true;
    for (const type of RELEASES) window.addEventListener(type, letGo, { signal });
    load().then(
      (bind) => {
        waiting.abort();
        bind();
        for (const event of early) hearAgain(event);
        early = [];
      },
      () => {
        asked = false; // the next sign asks again, and what was meant long before it is not done then
        early = [];
      },
    );
  }

  /** @param {Event} event */
  function keep(event) {
    come();
    early.push(event);
    if (event instanceof WheelEvent && (event.ctrlKey || event.metaKey)) event.preventDefault(); // the page is not zoomed
  }

  function letGo() {
    early = early.filter(({ type }) => STROKES.includes(type));
  }

  /** Outside the element it was heard the first time. A key is for who has the focus still. @param {Event} event */
  function hearAgain(event) {
    const { type, target } = event;
    if (type === "keydown" && !element.matches(":focus-within")) return;
    const stop = (/** @type {Event} */ again) => again.stopPropagation();
    element.addEventListener(type, stop);
    const Same = /** @type {new (type: string, like: object) => Event} */ (event.constructor);
    target?.dispatchEvent(new Same(type, event));
    element.removeEventListener(type, stop);
  }

  for (const type of SIGNS) element.addEventListener(type, come, { signal });
  for (const type of [...PRESSES, ...STROKES])
    element.addEventListener(type, keep, { signal, passive: false });
  return come;
}
