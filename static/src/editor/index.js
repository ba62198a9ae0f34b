/**
 * CodeMirror over the working textarea: the same text, the same caret, the same undo. The page's state stays the one
 * that knows; this takes its text and its marks, and answers with actions.
 */
import "./styles.js";
import { autocompletion } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { Annotation, EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { fixesOf } from "../text.js";
import { completing } from "./complete.js";
import { colours } from "./language.js";
import { marks, show } from "./marks.js";
import { difference, nodeAt } from "./places.js";
import { scrubbing } from "./scrub.js";

/**
 * @typedef {import("../views/editor.js").Slice} Slice
 * @typedef {import("../views/editor.js").Row} Row
 * @typedef {{slice: Slice, rows: Row[]}} Shown
 * @typedef {object} Surface
 * @property {(shown: Shown) => void} update
 * @property {(start: number, end: number) => void} select focuses too
 */

/** Typing that pauses longer than this is another step of undo. */
const UNDO_PAUSE = 600;

/** A change that comes from the page, not from someone typing. @type {import("@codemirror/state").AnnotationType<true>} */
const told = Annotation.define();

/**
 * @param {HTMLElement} host the editor stands in it
 * @param {Shown} first
 * @param {{card: HTMLElement, attributes: Record<string, string>}} options
 *   card: says what is wrong, and is hung under the line; attributes: of the element with the text
 * @returns {Surface}
 */
export function mountEditor(host, first, { card, attributes }) {
  let shown = first;
  let caret = first.slice.caret;
  let edited = 0;
  const now = () => shown.slice;

  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: first.slice.text,
      selection: { anchor: Math.min(caret, first.slice.text.length) },
      extensions: [
        EditorState.lineSeparator.of("\n"),
        EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, "\n")),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ autocapitalize: "off", ...attributes }),
        EditorView.contentAttributes.of(() => ({ "aria-invalid": String(now().problem !== null) })),
        colours,
        marks(card),
        scrubbing({
          value: (id) => now().tape.data[id],
          begin: (id) => now().send({ type: "select", id }),
          turn: (id, value) => now().send({ type: "turn", id, value }),
          release: () => now().send({ type: "release" }),
        }),
        autocompletion({ override: [completing(now)], icons: false }),
        keymap.of([
          { key: "Tab", run: fix },
          { any: (_, event) => undone(event) },
          { key: "Escape", run: leave },
          ...defaultKeymap,
        ]),
        EditorView.domEventHandlers({
          blur: () => now().send({ type: "release" }),
          // The caret is where it was, at once: the first letter may come before the editor would see to it.
          focus: () => view.focus(),
          beforeinput: before,
        }),
        EditorView.updateListener.of(hear),
      ],
    }),
  });
  update(first);

  /** @param {import("@codemirror/view").ViewUpdate} update */
  function hear({ transactions, docChanged, selectionSet, state }) {
    if (transactions.some((one) => one.annotation(told))) return;
    const { send, text, settled, spans, selected } = now();
    if (!docChanged && !selectionSet) return;
    caret = state.selection.main.head;
    if (docChanged) {
      if (Date.now() - edited > UNDO_PAUSE) send({ type: "release" });
      edited = Date.now();
      send({ type: "edit", text: state.sliceDoc(), caret });
      return;
    }
    edited = 0;
    send({ type: "caret", caret });
    if (text !== settled || !state.selection.main.empty || text !== state.sliceDoc()) return;
    if (!transactions.some((one) => one.isUserEvent("select"))) return;
    const id = nodeAt(text, spans, caret, selected);
    if (id !== null && id !== selected) send({ type: "select", id });
  }

  /** @param {Shown} next */
  function update(next) {
    const { slice } = next;
    const refused = slice.problem !== null && slice.problem !== now().problem;
    const chosen = slice.selected !== now().selected;
    shown = next;
    const changes = difference(view.state.sliceDoc(), slice.text);
    // Where the page says nothing of the caret, it stays with the letters around it.
    const moved = changes !== null && slice.caret !== caret;
    if (moved) caret = slice.caret;
    view.dispatch({
      ...(changes === null ? {} : { changes }),
      ...(moved ? { selection: { anchor: caret } } : {}),
      effects: show.of(next),
      annotations: told.of(true),
    });
    if (!card.isConnected) host.after(card);
    if (slice.problem !== null) view.requestMeasure();
    // What stands on the card is written after this.
    if (refused && view.hasFocus) view.requestMeasure({ read: () => {}, write: revealCard });
    else if (chosen && !view.hasFocus) reveal();
  }

  /** As much of the card as there is room for beside the line that someone is typing in. */
  function revealCard() {
    const { node } = view.domAtPos(view.state.selection.main.head);
    const line = node instanceof Element ? node : node.parentElement;
    card.scrollIntoView({ block: "nearest" });
    line?.scrollIntoView({ block: "nearest" });
  }

  /** Brings the selected node's line into the editor's sight; the page does not scroll for it. */
  function reveal() {
    const { selected, spans, text, settled } = now();
    const span = selected === null || text !== settled ? null : spans[selected];
    if (!span) return;
    const { top, bottom } = view.lineBlockAt(span[0]);
    const { scrollDOM } = view;
    if (top < scrollDOM.scrollTop) scrollDOM.scrollTop = top;
    else if (bottom + 12 > scrollDOM.scrollTop + scrollDOM.clientHeight)
      scrollDOM.scrollTop = bottom + 12 - scrollDOM.clientHeight;
  }

  /** Takes the first fix where one is offered; else Tab walks on, as everywhere. */
  function fix() {
    const { problem, refused, send } = now();
    // What was typed since may not need it, and the fix would not fit.
    if (problem === null || refused === null || view.state.sliceDoc() !== refused) return false;
    const [first] = fixesOf(refused, problem);
    if (first === undefined) return false;
    send({ type: "apply", edit: first.edit });
    return true;
  }

  /** Ctrl Z, Ctrl Shift Z and Ctrl Y, with Caps Lock too. @param {KeyboardEvent} event */
  function undone({ key, ctrlKey, metaKey, altKey, shiftKey }) {
    const letter = key.toLowerCase();
    if (!(ctrlKey || metaKey) || altKey || (letter !== "z" && letter !== "y")) return false;
    return travel(letter === "y" || shiftKey ? "redo" : "undo");
  }

  /** What is not left to the browser. @param {InputEvent} event */
  function before({ inputType, data, isComposing }) {
    // From a menu, or by shaking a phone.
    if (inputType === "historyUndo") return travel("undo");
    if (inputType === "historyRedo") return travel("redo");
    const insert = inputType === "insertText" ? data : inputType.startsWith("delete") ? "" : null;
    const range = getSelection()?.getRangeAt(0);
    if (isComposing || insert === null || range === undefined || range.collapsed) return false;
    // Chromium gives the line that is left the style of the letters that go, and the page's CSP forbids it. The
    // selection is read from the document: the editor hears of it only later.
    const from = view.posAtDOM(range.startContainer, range.startOffset);
    const to = view.posAtDOM(range.endContainer, range.endOffset);
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length },
      userEvent: insert === "" ? "delete" : "input.type",
      scrollIntoView: true,
    });
    return true;
  }

  /** @param {"undo" | "redo"} type */
  function travel(type) {
    now().send({ type });
    return true;
  }

  function leave() {
    view.contentDOM.blur();
    return true;
  }

  card.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("button")) view.focus();
  });

  return {
    update,
    select(start, end) {
      view.focus();
      view.dispatch({ selection: { anchor: start, head: end }, scrollIntoView: true });
    },
  };
}
