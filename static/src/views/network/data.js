/** The data: built-in sets, rows that are typed or pasted, a file; what is wrong with them, line by line. */
import { fill, h, once, write } from "../../dom.js";
import { list, show } from "../../form.js";

/**
 * @typedef {import("../../train/rows.js").BadCell} BadCell
 * @typedef {{problems: BadCell[], more: number, message: string | null}} Verdict
 * @typedef {{data: import("../../network/state.js").Data, presets: import("../../network/state.js").Preset[], rows: () => string,
 *   columns: string, pick: (id: string) => void, use: (text: string) => Verdict | null,
 *   open: (file: File) => Promise<{text: string} | {message: string}>}} Slice
 *   rows: the data as text; columns: what a line holds; use: takes rows over, or says what is wrong with them
 * @typedef {{choice: HTMLSelectElement, note: HTMLElement, details: HTMLDetailsElement, text: HTMLTextAreaElement,
 *   wrong: HTMLElement, columns: HTMLElement, typed: boolean, data: Slice["data"] | null, slice: Slice}} Parts
 */

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();
const OWN = "own";

/** @param {HTMLElement} root @param {Slice} slice */
export function data(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const preset = slice.presets.find((each) => each.data === slice.data.name);
  const count = slice.data.inputs.length;
  parts.choice.value = preset?.id ?? OWN;
  write(parts.note, preset?.note ?? `${count} ${count === 1 ? "example" : "examples"} of your own.`);
  write(parts.columns, slice.columns);
  // What is being typed is the reader's, until it is taken over or another set is chosen.
  if (parts.data !== slice.data && parts.details.open) {
    parts.typed = false;
    parts.wrong.hidden = true;
  }
  if (!parts.typed && parts.details.open) show(parts.text, slice.rows());
  parts.data = slice.data;
}

/** @param {Parts} parts @param {Verdict | null} verdict */
function tell({ wrong }, verdict) {
  wrong.hidden = verdict === null;
  if (verdict === null) return;
  const { problems, more, message } = verdict;
  const count = problems.length + more;
  fill(
    wrong,
    message ?? h("b", {}, `${count} ${count === 1 ? "place needs" : "places need"} a fix.`),
    problems.length > 0 &&
      h(
        "ul",
        {},
        ...problems.map(({ row, column, message: words }) =>
          h("li", {}, h("b", {}, `Row ${row}, column ${column}: `), words),
        ),
        more > 0 && h("li", {}, `and ${more} more`),
      ),
  );
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const text = h("textarea", {
    class: "rows-text",
    id: "rows",
    spellcheck: "false",
    "aria-labelledby": "rows-label",
    oninput: () => {
      parts.typed = true;
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      take();
    },
  });
  const file = h("input", {
    type: "file",
    id: "rows-file",
    class: "visually-hidden",
    accept: ".csv,.tsv,.txt,text/*",
    onchange: async () => {
      const [chosen] = Array.from(file.files ?? []);
      file.value = "";
      if (chosen === undefined) return;
      const read = await parts.slice.open(chosen);
      if ("message" in read) return tell(parts, { problems: [], more: 0, message: read.message });
      text.value = read.text;
      parts.typed = true;
      take();
    },
  });
  /** @type {Parts} */
  const parts = {
    choice: list(
      "dataset",
      [...first.presets.map(({ id, title }) => ({ value: id, title })), { value: OWN, title: "your own" }],
      (id) => {
        if (id === OWN) parts.details.open = true;
        else parts.slice.pick(id);
      },
    ),
    note: h("p", { class: "note" }),
    details: h("details", { id: "rows-form", ontoggle: () => data(root, parts.slice) }),
    text,
    wrong: h("div", { class: "wrong", role: "alert", hidden: true, id: "rows-wrong" }),
    columns: h("span", {}),
    typed: false,
    data: null,
    slice: first,
  };
  function take() {
    const verdict = parts.slice.use(text.value);
    tell(parts, verdict);
    if (verdict === null) parts.typed = false;
  }
  parts.details.append(
    h("summary", {}, "Rows"),
    h("p", { class: "note", id: "rows-label" }, "One example a line: ", parts.columns, "."),
    text,
    parts.wrong,
    h(
      "div",
      { class: "row-of-buttons" },
      h("button", { type: "button", class: "button", id: "use-rows", onclick: take }, "Use these rows"),
      h("label", { class: "button file", for: "rows-file" }, "Open a CSV file"),
      file,
    ),
  );
  root.append(
    h("h2", { id: "data-title" }, h("label", { for: "dataset" }, "Data and network")),
    parts.choice,
    parts.note,
    parts.details,
  );
  return parts;
}
