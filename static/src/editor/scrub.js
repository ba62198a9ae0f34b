/** Dragging a number in the text: sideways turns it, Shift ×10, Alt ÷10. A press without a drag sets the caret. */
import { EditorView } from "@codemirror/view";
import { niceReach, scaleOf, stepOf, tidy } from "../turner.js";

/** Pixels until a press is a drag. */
const THRESHOLD = 4;

/**
 * @param {{value: (id: number) => number, begin: (id: number) => void, turn: (id: number, value: number) => void,
 *   release: () => void}} on
 */
export function scrubbing({ value, begin, turn, release }) {
  let holding = false;

  /** @param {PointerEvent} press @param {EditorView} view */
  function pointerdown(press, view) {
    const number = press.target instanceof Element ? press.target.closest(".editor-number") : null;
    if (number === null || press.button !== 0 || press.shiftKey || press.ctrlKey || press.metaKey) return;
    const id = Number(number.getAttribute("data-node"));
    const reach = niceReach(Math.abs(value(id)));
    const { contentDOM, dom } = view;
    let exact = value(id);
    let last = press.clientX;
    let dragging = false;
    // A finger's mouse events come after it has gone, a mouse's before the first move.
    holding = press.pointerType !== "touch";

    /** @param {PointerEvent} move */
    const follow = (move) => {
      if (move.pointerId !== press.pointerId) return;
      if (!dragging) {
        if (Math.abs(move.clientX - press.clientX) < THRESHOLD) return;
        dragging = true;
        contentDOM.setPointerCapture(press.pointerId);
        dom.classList.add("scrubbing");
        begin(id);
      }
      const step = stepOf(reach) * scaleOf(move);
      exact += (move.clientX - last) * step;
      last = move.clientX;
      turn(id, tidy(exact, step));
    };
    /** @param {PointerEvent} end */
    const stop = (end) => {
      if (end.pointerId !== press.pointerId) return;
      for (const [name, listener] of listeners) window.removeEventListener(name, listener);
      dom.classList.remove("scrubbing");
      if (dragging) release();
      else if (holding && end.type === "pointerup") click(view, press);
      holding = false;
    };
    const listeners = /** @type {[string, (event: any) => void][]} */ ([
      ["pointermove", follow],
      ["pointerup", stop],
      ["pointercancel", stop],
    ]);
    for (const [name, listener] of listeners) window.addEventListener(name, listener);
  }

  return EditorView.domEventHandlers({
    pointerdown,
    // The editor would select text along the drag. A second click of a double click is the editor's.
    mousedown: ({ detail }) => holding && detail < 2,
  });
}

/** @param {EditorView} view @param {PointerEvent} event */
function click(view, { clientX, clientY }) {
  const anchor = view.posAtCoords({ x: clientX, y: clientY }, false);
  view.focus();
  view.dispatch({ selection: { anchor }, userEvent: "select.pointer" });
}
