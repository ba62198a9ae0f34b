/**
 * The program: a textarea over a mirror of line numbers, colours, values at line ends and squiggles, and below it what
 * is wrong and the edits that would mend it. Once the page rests CodeMirror takes the textarea's place; should it not
 * arrive, the textarea stays.
 */
import { each, h, once, set, write } from "../dom.js";
import { exactNumber, shortNumber } from "../numbers.js";
import { whenResting } from "../rest.js";
import { fixesOf, lineAt, lineNodes, linesOf, placeOf, sameLines, tokensOf } from "../text.js";

/**
 * @typedef {import("../state.js").State} State
 * @typedef {Pick<State, "text" | "settled" | "graph" | "spans" | "tape" | "tick" | "selected" | "problem" | "refused" | "caret">
 *   & {pending: boolean, room: number, send: (action: import("../state.js").Action) => void}} Slice
 * @typedef {{text: HTMLTextAreaElement, mirror: HTMLElement, count: HTMLElement, problem: HTMLElement,
 *   foot: HTMLElement, slice: Slice, surface: import("../editor/index.js").Surface | null, composing: boolean,
 *   columns: number, room: number}} Parts
 * @typedef {{line: string, number: number, current: boolean, value: string, exact: string,
 *   marks: {start: number, end: number, kind: string}[]}} Row
 */

/** Width of a letter of the code face, in ems; and what a line keeps for its number and its right edge, in pixels. */
const LETTER = 0.6025;
const GUTTER = 40;

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function editor(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const { count, foot, surface } = parts;
  const rows = rowsOf(slice);
  if (surface === null) drawPlain(parts, rows);
  else surface.update({ slice, rows });
  count.classList.toggle("problem-count", slice.problem !== null);
  write(count, slice.problem === null ? sizeOf(slice.graph) : "⚠ 1 problem");
  set(count, { "aria-busy": slice.pending });
  foot.hidden = slice.problem === null;
  drawProblem(parts);
}

/** The textarea, and what lies under it. @param {Parts} parts @param {Row[]} rows */
function drawPlain(parts, rows) {
  const { text, mirror, slice } = parts;
  // Asked before anything is written, and only when it may have changed: the answer costs a layout.
  if (parts.room !== slice.room || parts.columns <= 0) parts.columns = columnsOf(mirror);
  parts.room = slice.room;
  if (text.value !== slice.text) {
    text.value = slice.text;
    if (document.activeElement === text) text.setSelectionRange(slice.caret, slice.caret);
  }
  set(text, { "aria-invalid": slice.problem !== null });
  each(
    mirror,
    rows,
    (row) => row.number,
    () => h("div", { class: "editor-line" }),
    (element, row) => drawLine(element, row, parts.columns),
  );
}

/** Moves the caret to what is wrong. @param {HTMLElement} root */
export function goToProblem(root) {
  const parts = known.get(root);
  if (!parts?.slice.problem) return;
  const { slice, surface, text } = parts;
  const place = placeOf(slice.text, parts.slice.problem) ?? [slice.caret, slice.caret];
  if (surface !== null) return surface.select(...place);
  text.focus();
  text.setSelectionRange(...place);
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const text = h("textarea", {
    class: "editor-text",
    id: "program",
    "aria-label": "Program",
    "aria-describedby": "problem",
    autocapitalize: "off",
    autocomplete: "off",
    spellcheck: "false",
    wrap: "soft",
  });
  const mirror = h("div", { class: "editor-mirror", "aria-hidden": true });
  const count = h("span", { role: "status" });
  const problem = h("div", { id: "problem" });
  const foot = h("p", { class: "editor-foot", hidden: true }, h("kbd", {}, "F8"), " go to the problem");
  root.append(
    h("div", { class: "block-head" }, h("h2", { id: "editor-title" }, "Expression"), count),
    h("div", { class: "editor" }, h("div", { class: "editor-scroll" }, mirror, text), problem),
    foot,
  );
  /** @type {Parts} */
  const parts = {
    text,
    mirror,
    count,
    problem,
    foot,
    slice: first,
    surface: null,
    composing: false,
    columns: 0,
    room: -1,
  };
  text.addEventListener("input", () =>
    parts.slice.send({ type: "edit", text: text.value, caret: text.selectionStart }),
  );
  text.addEventListener("keydown", (event) => press(event, parts));
  for (const name of ["click", "keyup"]) {
    text.addEventListener(name, () => parts.slice.send({ type: "caret", caret: text.selectionStart }));
  }
  text.addEventListener("blur", () => parts.slice.send({ type: "release" }));
  for (const name of ["compositionstart", "compositionend"]) {
    text.addEventListener(name, () => {
      parts.composing = name === "compositionstart";
    });
  }
  const better = () => improve(parts);
  text.addEventListener("focus", better, { once: true });
  whenResting(better);
  return parts;
}

/** CodeMirror in the textarea's place, with its text, selection and focus. @param {Parts} parts */
async function improve(parts) {
  const { text, problem } = parts;
  const loaded = await import("../editor/index.js").catch(() => null);
  // In the middle of a letter an input method would lose it.
  if (parts.composing) await new Promise((done) => text.addEventListener("compositionend", done));
  if (loaded === null || parts.surface !== null) return;
  const { slice } = parts;
  const { selectionStart, selectionEnd } = text;
  const focused = document.activeElement === text;
  const host = h("div", { class: "editor-host" });
  text.parentElement?.replaceWith(host);
  parts.surface = loaded.mountEditor(
    host,
    { slice, rows: rowsOf(slice) },
    {
      card: problem,
      attributes: { id: "program", "aria-label": "Program", "aria-describedby": "problem" },
    },
  );
  if (focused) parts.surface.select(selectionStart, selectionEnd);
}

/** @param {KeyboardEvent} event @param {Parts} parts */
function press(event, { slice, text }) {
  const undo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
  const redo =
    (undo && event.shiftKey) || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "y");
  if (redo || undo) {
    event.preventDefault();
    slice.send({ type: redo ? "redo" : "undo" });
  } else if (
    event.key === "Tab" &&
    !event.shiftKey &&
    slice.problem !== null &&
    slice.refused === slice.text
  ) {
    const [fix] = fixesOf(slice.text, slice.problem);
    if (!fix) return;
    event.preventDefault();
    slice.send({ type: "apply", edit: fix.edit });
  } else if (event.key === "Escape") {
    text.blur();
  }
}

/** @param {Slice} slice @returns {Row[]} */
function rowsOf({ text, settled, graph, spans, tape, selected, problem, refused }) {
  const ends = lineNodes(settled, graph.nodes, spans);
  const same = sameLines(text, settled);
  const wrong = problem === null || refused !== text ? null : placeOf(text, problem);
  const chosen = problem === null && selected !== null && text === settled ? spans[selected] : null;
  const current = wrong ? lineAt(text, wrong[0]) : chosen ? lineAt(text, chosen[0]) : -1;
  return linesOf(text).map((line, index) => {
    const id = same[index] < 0 || index === (wrong ? current : -1) ? -1 : ends[same[index]];
    const last = line.start + line.text.length;
    const marks = [
      { span: chosen, kind: "chosen" },
      { span: wrong, kind: "wrong" },
    ].flatMap(({ span, kind }) =>
      span && span[0] <= last && span[1] >= line.start
        ? [{ start: Math.max(span[0] - line.start, 0), end: Math.min(span[1], last) - line.start, kind }]
        : [],
    );
    return {
      line: line.text,
      number: index + 1,
      current: index === current,
      value: id < 0 ? "" : `= ${shortNumber(tape.data[id], 8)}`,
      exact: id < 0 ? "" : exactNumber(tape.data[id]),
      marks: marks.filter((mark) => mark.kind === "wrong"),
    };
  });
}

/** Letters that a line has room for. @param {HTMLElement} mirror */
function columnsOf(mirror) {
  const letter = Number.parseFloat(getComputedStyle(mirror).fontSize) * LETTER;
  return Math.floor((mirror.clientWidth - GUTTER) / letter);
}

/**
 * Draws a line again only when something on it is another.
 * @param {HTMLElement} element
 * @param {Row} row
 * @param {number} columns
 */
function drawLine(element, row, columns) {
  const drawn = JSON.stringify([row.line, row.marks]);
  set(element, { "data-number": row.number, "data-current": row.current });
  if (element.dataset.drawn !== drawn) {
    element.dataset.drawn = drawn;
    element.replaceChildren(...pieces(row), h("span", { class: "editor-value" }));
  }
  const value = /** @type {HTMLElement} */ (element.lastElementChild);
  write(value, row.value);
  set(value, { title: row.exact || null });
  // A value stands behind the line's last row of text, where there is room.
  value.hidden = columns > 0 && (row.line.length % columns) + row.value.length > columns;
}

/** @param {Row} row @returns {Node[]} */
function pieces({ line, marks }) {
  const cuts = marks.flatMap(({ start, end }) => [start, end]);
  /** @type {Node[]} */
  const nodes = [];
  for (const token of tokensOf(line)) {
    const stops = [0, ...cuts.map((cut) => cut - token.start), token.text.length]
      .filter((cut) => cut >= 0 && cut <= token.text.length)
      .sort((a, b) => a - b);
    for (let i = 0; i + 1 < stops.length; i++) {
      const text = token.text.slice(stops[i], stops[i + 1]);
      if (text === "") continue;
      const at = token.start + stops[i];
      const wrong = marks.some(({ start, end }) => at >= start && at < end);
      nodes.push(h("span", { class: `token-${token.kind}${wrong ? " token-wrong" : ""}` }, text));
    }
  }
  // A problem behind the last letter (the line ends too early) is marked on a space of its own.
  if (marks.some(({ start }) => start >= line.length)) nodes.push(h("span", { class: "token-wrong" }, " "));
  return nodes.length === 0 ? [document.createTextNode("\u200b")] : nodes;
}

/** @param {Parts} parts */
function drawProblem({ problem: element, slice }) {
  const { problem, text, refused, send } = slice;
  const drawn = problem === null ? "" : JSON.stringify([problem, text, refused]);
  if (element.dataset.drawn === drawn) return;
  element.dataset.drawn = drawn;
  if (problem === null) {
    element.replaceChildren();
    return;
  }
  // While a newer text waits for its answer, the old problem stands without its fixes.
  const fixes = refused === text ? fixesOf(text, problem) : [];
  const place =
    problem.line === null
      ? problem.title
      : `Line ${problem.line}${problem.column === null ? "" : `, column ${problem.column}`}`;
  const said = fixes.some(({ label }) => label === "Did you mean" || label === "Write");
  element.replaceChildren(
    h(
      "div",
      { class: "problem", role: "alert" },
      h("p", { class: "problem-place" }, `⚠ ${place}`),
      h("p", { class: "problem-what" }, ...what(text, problem)),
      problem.hint && !said && h("p", { class: "problem-hint" }, problem.hint),
      ...fixes.map((fix, index) =>
        h(
          "button",
          {
            type: "button",
            class: index === 0 ? "button primary" : "button",
            onclick: () => send({ type: "apply", edit: fix.edit }),
          },
          h(
            "span",
            {},
            `${fix.label} `,
            h("code", {}, fix.code),
            fix.rest === "?" ? fix.rest : ` ${fix.rest}`,
          ),
          index === 0 && h("kbd", {}, "Tab"),
        ),
      ),
    ),
  );
}

/** What is wrong, with the marked word set as code where the sentence begins with it. @param {string} text @param {import("../api.js").Problem} problem */
function what(text, problem) {
  const place = placeOf(text, problem);
  const marked = place === null ? "" : text.slice(place[0], place[1]);
  if (marked === "" || !problem.detail.startsWith(`${marked} `)) return [problem.detail];
  return [h("code", {}, marked), problem.detail.slice(marked.length)];
}

/** @param {State["graph"]} graph */
function sizeOf({ nodes }) {
  const operations = nodes.filter(({ operands }) => operands.length > 0).length;
  return `${count(nodes.length, "value")}, ${count(operations, "operation")}`;
}

/** @param {number} n @param {string} word */
function count(n, word) {
  return `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
}
