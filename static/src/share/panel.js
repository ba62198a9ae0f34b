/**
 * The panel that gives a state away: as a link, as a frame, as an element, as a picture. It stands beside the graph and
 * never over the whole of it, nothing waits for it, and Escape closes it.
 */
import { h, set, write } from "../dom.js";
import { readOptions } from "../embed/options.js";
import { OPTIONS, SANDBOX } from "../embed/table.js";
import { list, segments } from "../form.js";
import { hand } from "../hand.js";
import { CLOSE, icon } from "../icons.js";
import { elementCode, embedAddress, frameCode, markdownCode } from "./codes.js";

/**
 * @typedef {object} Source what is shared, asked anew whenever it is needed
 * @property {string} site the address of the service, with a slash at its end
 * @property {() => Promise<string>} address the long link
 * @property {() => Promise<string>} fragment the state in full, as a frame takes it; empty where there are no frames
 * @property {() => Promise<object>} state as POST /api/v1/links takes it
 * @property {() => string} title
 * @property {boolean} frames whether this page's states can be embedded
 * @property {boolean} pictures whether the server draws pictures
 * @property {(state: object) => Promise<{id: string, url: string} | {problem: string}>} keep stores a state
 * @property {(state: object) => Promise<Blob | {problem: string}>} page a state as a web page that is one file; asked
 *   for where there are frames
 */

/** The preview is as wide as a usual frame and shown smaller. */
const PREVIEW = 720;
const REST = 400;
/** State and looks that are given by the graph itself, or have nothing to choose. */
const LOOKS = OPTIONS.filter(
  ({ kind, values }) => kind === "list" || (kind === "choice" && values.length > 1),
);

/**
 * @param {HTMLElement} root where the panel hangs
 * @param {Source} source
 */
export function createPanel(root, source) {
  let part = "link";
  /** What was stored last, and of which state. @type {{id: string, url: string, of: string} | null} */
  let stored = null;
  /** @type {HTMLElement | null} */
  let opener = null;
  let timer = 0;
  const said = h("p", { class: "share-said", role: "status" });
  const close = h(
    "button",
    { type: "button", class: "button icon bare", "aria-label": "Close", onclick: hide },
    icon(CLOSE),
  );
  const parts = segments(
    "What to share",
    [
      { value: "link", title: "Link" },
      { value: "embed", title: "Embed" },
    ],
    (value) => void show(value),
  );
  parts.element.hidden = !source.frames;
  const long = output("share-long", "The link");
  const short = output("share-short", "The short link");
  const make = h("button", { type: "button", class: "button", onclick: makeShort }, "Make a short link");
  const picture = output("share-picture", "A picture for Markdown");
  const link = h(
    "div",
    { class: "share-part" },
    labelled("The link", long, "The whole state stands in the address. No server keeps it."),
    labelled("A short link", short, ""),
    make,
    h(
      "p",
      { class: "quiet" },
      "The state is stored on this server, unchanged, under a name that nobody guesses. ",
      h("a", { href: `${source.site}privacy`, target: "_blank", rel: "noopener" }, "What is stored"),
      ".",
    ),
    source.frames &&
      h(
        "div",
        { class: "share-item" },
        h("h3", {}, "A web page for ever"),
        h("button", { type: "button", class: "button", onclick: download }, "Download as web page"),
        h(
          "p",
          { class: "quiet" },
          "One file with sliders, steps and inspector. It needs no network and no server.",
        ),
      ),
    source.frames && source.pictures ? labelled("A picture for Markdown", picture, "") : null,
  );

  const form = h("form", {
    class: "share-options",
    onsubmit: (/** @type {Event} */ event) => event.preventDefault(),
  });
  const looks = LOOKS.map(({ name, label, kind, values }) => {
    if (kind === "choice") {
      const choice = list(
        `share-${name}`,
        values.map((value) => ({ value, title: value })),
        refresh,
      );
      choice.name = name;
      return h("label", { class: "share-option" }, h("span", {}, label), choice);
    }
    return h(
      "fieldset",
      { class: "share-option" },
      h("legend", {}, label),
      ...values.map((value) =>
        h("label", {}, h("input", { type: "checkbox", name, value, onchange: refresh }), value),
      ),
    );
  });
  const height = h("input", {
    type: "text",
    inputmode: "numeric",
    class: "field",
    name: "height",
    placeholder: "auto",
    id: "share-height",
    oninput: refresh,
  });
  form.append(...looks, h("label", { class: "share-option" }, h("span", {}, "Height"), height));
  const frame = h("iframe", { title: "Preview", sandbox: SANDBOX, tabindex: "-1" });
  const preview = h("div", { class: "share-preview" }, frame);
  const kind = segments(
    "What to copy",
    [
      { value: "frame", title: "Frame" },
      { value: "element", title: "Element" },
    ],
    (value) => {
      kindNow = value;
      refresh();
    },
  );
  let kindNow = "frame";
  kind.update(kindNow);
  const code = output("share-code", "The code", "textarea");
  const fit = h("input", { type: "checkbox", id: "share-fit", onchange: refresh });
  const byId = h("input", { type: "checkbox", id: "share-by-id", onchange: onShorter });
  const embed = h(
    "div",
    { class: "share-part" },
    preview,
    form,
    kind.element,
    h("label", { class: "share-check" }, byId, "By a short link, stored on this server"),
    h(
      "label",
      { class: "share-check", id: "share-fitting" },
      fit,
      "Let the frame have the height it asks for (a script)",
    ),
    code.element,
    copyButton(code.field, "The code"),
  );

  const panel = h(
    "section",
    { class: "share", id: "share-panel", role: "dialog", "aria-label": "Share", hidden: true },
    h("div", { class: "share-head" }, parts.element, !source.frames && h("h2", {}, "Share"), close),
    link,
    embed,
    said,
  );
  root.append(panel);
  addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && !panel.hidden && panel.contains(document.activeElement)) hide();
  });

  /** @param {string} id @param {string} label @param {"input" | "textarea"} [tag] */
  function output(id, label, tag = "input") {
    const field = h(tag, {
      id,
      readonly: true,
      class: "share-code",
      "aria-label": label,
      spellcheck: "false",
    });
    if (field instanceof HTMLTextAreaElement) field.rows = 5;
    field.addEventListener("focus", () => field.select());
    return { element: h("div", { class: "share-row" }, field), field };
  }

  /** @param {string} label @param {ReturnType<typeof output>} made @param {string} note */
  function labelled(label, made, note) {
    made.element.append(copyButton(made.field, label));
    return h(
      "div",
      { class: "share-item" },
      h("h3", {}, label),
      made.element,
      note !== "" && h("p", { class: "quiet" }, note),
    );
  }

  /** @param {HTMLInputElement | HTMLTextAreaElement} field @param {string} what */
  function copyButton(field, what) {
    return h(
      "button",
      { type: "button", class: "button", "aria-label": `Copy: ${what}`, onclick: () => copy(field, what) },
      "Copy",
    );
  }

  /** With what was changed a moment ago. @param {HTMLInputElement | HTMLTextAreaElement} field @param {string} what */
  async function copy(field, what) {
    if (timer !== 0) await draw();
    const copied = await navigator.clipboard.writeText(field.value).then(
      () => true,
      () => false,
    );
    if (!copied) field.focus();
    write(said, copied ? `${what} is copied.` : `${what} is selected: copy it with Ctrl C.`);
  }

  /** The stored link of the state as it is now; null when it could not be stored. */
  async function kept() {
    const state = await source.state();
    const of = JSON.stringify(state);
    if (stored?.of !== of) {
      const answer = await source.keep(state);
      if ("problem" in answer) {
        write(said, answer.problem);
        return null;
      }
      stored = { ...answer, of };
    }
    return stored;
  }

  async function makeShort() {
    const link = await kept();
    if (link === null) return;
    await draw();
    await copy(short.field, "The short link");
  }

  async function download() {
    const page = await source.page(await source.state());
    if ("problem" in page) write(said, page.problem);
    else {
      hand(page, "seegrad.html");
      write(said, "The page is downloaded.");
    }
  }

  async function onShorter() {
    if (byId.checked && (await kept()) === null) byId.checked = false;
    await draw();
  }

  function options() {
    const words = new FormData(form);
    return readOptions((name) => (words.has(name) ? words.getAll(name).join(",") : null));
  }

  /** Writes everything anew: the state, or an option, is another. */
  async function draw() {
    window.clearTimeout(timer);
    timer = 0;
    const [address, fragment, state] = await Promise.all([
      source.address(),
      source.fragment(),
      source.state(),
    ]);
    const isStored = stored?.of === JSON.stringify(state);
    if (byId.checked && !isStored && (await kept()) === null) byId.checked = false;
    const id = byId.checked ? (stored?.id ?? null) : null;
    const shared = { site: source.site, fragment, id, title: source.title(), options: options() };
    long.field.value = address;
    short.field.value = isStored ? (stored?.url ?? "") : "";
    set(short.element, { hidden: !isStored });
    set(make, { hidden: isStored });
    set(panel.querySelector("#share-fitting") ?? panel, {
      hidden: kindNow !== "frame" || shared.options.height !== null,
    });
    picture.field.value = markdownCode({ ...shared, id: isStored ? (stored?.id ?? null) : null });
    code.field.value =
      kindNow === "frame"
        ? frameCode(shared, fit.checked && shared.options.height === null)
        : elementCode(shared);
    const seen = embedAddress(shared);
    if (part === "embed" && frame.getAttribute("src") !== seen) look(seen, shared.options.height ?? 420);
  }

  /** @param {string} address @param {number} tall */
  function look(address, tall) {
    const scale = preview.clientWidth / PREVIEW;
    frame.src = address;
    set(frame, { style: `width:${PREVIEW}px;height:${tall}px;transform:scale(${scale})` });
    preview.style.height = `${tall * scale}px`;
  }

  /** Draws when what changes has rested. */
  function refresh() {
    window.clearTimeout(timer);
    if (!panel.hidden) timer = window.setTimeout(() => void draw(), REST);
  }

  /** @param {string} which */
  async function show(which) {
    part = source.frames ? which : "link";
    parts.update(part);
    link.hidden = part !== "link";
    embed.hidden = part !== "embed";
    write(said, "");
    await draw();
  }

  function hide() {
    panel.hidden = true;
    set(opener ?? panel, { "aria-expanded": false });
    opener?.focus();
  }

  return {
    refresh,
    /** @param {"link" | "embed"} which @param {HTMLElement} by the button that asked */
    async open(which, by) {
      if (!panel.hidden && opener === by) return hide();
      set(opener ?? panel, { "aria-expanded": false });
      opener = by;
      set(by, { "aria-expanded": true, "aria-controls": panel.id });
      panel.hidden = false;
      await show(which);
      if (part === "link") await copy(long.field, "The link");
      const chosen = panel.querySelector(".segment:not([hidden]) input:checked");
      (chosen instanceof HTMLElement ? chosen : close).focus();
    },
  };
}
