/**
 * What the editor shows beside the letters: line numbers, the current line, values at line ends, the selected node's
 * expression, the numbers that can be dragged, the squiggle, and the card that says what is wrong.
 */
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";
import { h } from "../dom.js";
import { numbersIn } from "./places.js";

/**
 * @typedef {import("./index.js").Shown} Shown
 * @typedef {import("@codemirror/state").Text} Text
 * @typedef {import("@codemirror/view").DecorationSet} DecorationSet
 * @typedef {import("@codemirror/state").Range<Decoration>} Mark
 */

/** Says what is to be shown for the text as it stands. @type {import("@codemirror/state").StateEffectType<Shown>} */
export const show = StateEffect.define();

class ValueWidget extends WidgetType {
  /** @param {string} text @param {string} exact */
  constructor(text, exact) {
    super();
    this.text = text;
    this.exact = exact;
  }

  /** @param {ValueWidget} other */
  eq(other) {
    return other.text === this.text && other.exact === this.exact;
  }

  toDOM() {
    return h("span", { class: "editor-value", title: this.exact, "aria-hidden": true }, this.text);
  }

  /** While a number is dragged this is written every frame. @param {HTMLElement} dom */
  updateDOM(dom) {
    dom.textContent = this.text;
    dom.title = this.exact;
    return true;
  }
}

/** Where a problem stands behind the last letter (the line ends too early). */
class GapWidget extends WidgetType {
  eq() {
    return true;
  }

  toDOM() {
    return h("span", { class: "token-wrong", "aria-hidden": true }, " ");
  }
}

/** The card under the line; what stands on it is the page's business. */
class CardWidget extends WidgetType {
  /** @param {HTMLElement} card */
  constructor(card) {
    super();
    this.card = card;
  }

  /** @param {CardWidget} other */
  eq(other) {
    return other.card === this.card;
  }

  toDOM() {
    return h("div", { class: "editor-card" }, this.card);
  }

  ignoreEvent() {
    return true;
  }
}

const CHOSEN = Decoration.mark({ class: "token-chosen" });
const CURRENT = Decoration.line({ attributes: { "data-current": "true" } });
const WRONG = Decoration.mark({ class: "token-wrong" });
const GAP = Decoration.widget({ widget: new GapWidget(), side: 1 });

/** Line numbers hang on the lines and not in a gutter: the highlighter runs over both. */
const lineNumbers = StateField.define({
  create: ({ doc }) => numbered(doc),
  update: (marks, { docChanged, newDoc, startState }) =>
    docChanged || newDoc.lines !== startState.doc.lines ? numbered(newDoc) : marks,
  provide: (field) => EditorView.decorations.from(field),
});

/** @param {Text} doc @returns {DecorationSet} */
function numbered(doc) {
  return Decoration.set(
    Array.from({ length: doc.lines }, (_, index) =>
      Decoration.line({ attributes: { "data-number": String(index + 1) } }).range(doc.line(index + 1).from),
    ),
  );
}

/**
 * All else, as last said; while the page has not spoken about the newest text, where it has moved to.
 * @param {HTMLElement} card
 */
export function marks(card) {
  /** @type {import("@codemirror/state").StateField<DecorationSet>} */
  const field = StateField.define({
    create: () => RangeSet.empty,
    update(before, { changes, effects, newDoc }) {
      const said = effects.find((effect) => effect.is(show));
      const moved = before.map(changes);
      return said === undefined ? moved : marksOf(newDoc, said.value, card, moved);
    },
    provide: (field) => EditorView.decorations.from(field),
  });
  return [lineNumbers, field];
}

/**
 * @param {Text} doc
 * @param {Shown} shown
 * @param {HTMLElement} card
 * @param {DecorationSet} before what was shown, where it stands now
 * @returns {DecorationSet}
 */
function marksOf(doc, { slice, rows }, card, before) {
  const { text, settled, graph, spans, selected, problem, refused } = slice;
  /** @type {Mark[]} */
  const found = [];
  for (const { number, value, exact } of rows) {
    if (value === "") continue;
    found.push(
      Decoration.widget({ widget: new ValueWidget(value, exact), side: 2 }).range(doc.line(number).to),
    );
  }
  if (text === settled) {
    for (const { start, end, id } of numbersIn(text, graph.nodes, spans))
      found.push(
        Decoration.mark({ class: "editor-number", attributes: { "data-node": String(id) } }).range(
          start,
          end,
        ),
      );
    const chosen = selected === null ? null : spans[selected];
    if (chosen && chosen[0] < chosen[1]) found.push(CHOSEN.range(...chosen));
  }
  // While the server has not judged the newest text, its last judgement stands where it has moved to.
  if (problem !== null && refused !== text) found.push(...judgementIn(before));
  else {
    for (const { number, current, marks } of rows) {
      const { from, to } = doc.line(number);
      if (current) found.push(CURRENT.range(from));
      for (const { start, end } of marks)
        found.push(start < end ? WRONG.range(from + start, from + end) : GAP.range(to));
    }
    if (problem !== null) {
      const line = doc.line(Math.min(problem.line ?? doc.lines, doc.lines));
      found.push(Decoration.widget({ widget: new CardWidget(card), block: true, side: 3 }).range(line.to));
    }
  }
  return Decoration.set(found, true);
}

/** The marks of a problem among others. @param {DecorationSet} marks */
function judgementIn(marks) {
  /** @type {Mark[]} */
  const found = [];
  for (const at = marks.iter(); at.value !== null; at.next()) {
    const { value, from, to } = at;
    if ([CURRENT, WRONG, GAP].includes(value) || value.spec.widget instanceof CardWidget)
      found.push(value.range(from, to));
  }
  return found;
}
