/** What a page elsewhere takes over to show a graph of ours: texts, pure. */
import { writeOptions } from "../embed/options.js";
import { SANDBOX } from "../embed/table.js";

/**
 * @typedef {import("../embed/options.js").Options} Options
 * @typedef {object} Shared
 * @property {string} site the address of the service, with a slash at its end
 * @property {string} fragment the state in full, without `#`
 * @property {string | null} id of the stored link, where that is to be used instead
 * @property {string} title
 * @property {Partial<Options>} options
 */

const HEIGHT = 420;

/** The embed's own address. @param {Shared} shared */
export function embedAddress({ site, fragment, id, options }) {
  const words = new URLSearchParams(writeOptions(options)).toString();
  if (id !== null) return `${site}embed?${joined(`link=${id}`, words)}`;
  return `${site}embed#${joined(fragment, words)}`;
}

/**
 * A frame. With `fitted`, a script that gives it the height it asks for.
 * @param {Shared} shared @param {boolean} [fitted]
 */
export function frameCode(shared, fitted = false) {
  const { title, options } = shared;
  const style = `width:100%;height:${options.height ?? HEIGHT}px;border:0`;
  const frame = `<iframe src="${attribute(embedAddress(shared))}" title="${attribute(title)}" style="${style}" loading="lazy" sandbox="${SANDBOX}"></iframe>`;
  return fitted ? `${frame}\n${FITTING}` : frame;
}

/** One script for all frames of a page. */
const FITTING = `<script>
addEventListener("message", ({ source, data }) => {
  if (data?.seegrad !== 1 || data.event !== "resize") return;
  for (const frame of document.querySelectorAll("iframe"))
    if (frame.contentWindow === source) frame.style.height = \`\${data.height}px\`;
});
</script>`;

/** The element; the words of a link are its attributes. @param {Shared} shared */
export function elementCode({ site, fragment, id, options }) {
  const words = id === null ? [...new URLSearchParams(fragment)] : [["link", id]];
  const attributes = [...words.filter(([name]) => name !== "v"), ...writeOptions(options)]
    .map(([name, value]) => ` ${name}="${attribute(value)}"`)
    .join("");
  return `<script type="module" src="${site}static/element.js"></script>\n<seegrad-graph${attributes}></seegrad-graph>`;
}

/** A picture that leads to the graph, in Markdown. @param {Shared} shared */
export function markdownCode({ site, fragment, id, title }) {
  const program = new URLSearchParams(fragment).get("program") ?? "";
  const picture = id === null ? new URLSearchParams({ program }).toString() : `link=${id}`;
  const target = id === null ? `${site}#${fragment}` : `${site}g/${id}`;
  return `[![${title.replace(/[[\]\\]/g, "\\$&")}](${site}graph.svg?${bare(picture)})](${bare(target)})`;
}

/** @param {...string} words */
function joined(...words) {
  return words.filter((word) => word !== "").join("&");
}

/** A text between double quotes in HTML. @param {string} text */
function attribute(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll("\n", "&#10;");
}

/** Brackets end an address in Markdown. @param {string} address */
function bare(address) {
  return address.replaceAll("(", "%28").replaceAll(")", "%29");
}
