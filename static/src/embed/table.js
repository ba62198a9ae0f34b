// Generated from app/embed_options.py by `python3 run gen`. Not to be edited by hand.

/**
 * @typedef {{name: string, kind: "choice" | "list" | "number" | "text", label: string, default: string,
 *   values: string[], bare: string, least: number, most: number}} Row
 */

/** How an embedded graph shows itself, one row per option. @type {Row[]} */
export const OPTIONS = [
  { name: "theme", kind: "choice", label: "Theme", default: "auto", values: ["auto", "light", "dark"], bare: "", least: 0, most: 0 },
  { name: "step", kind: "number", label: "Step", default: "", values: [], bare: "", least: 0, most: 1000000 },
  { name: "selected", kind: "text", label: "Selected", default: "", values: [], bare: "", least: 0, most: 0 },
  { name: "controls", kind: "choice", label: "Controls", default: "full", values: ["full", "steps", "none"], bare: "", least: 0, most: 0 },
  { name: "height", kind: "number", label: "Height", default: "", values: [], bare: "", least: 160, most: 4000 },
  { name: "start", kind: "choice", label: "Start", default: "end", values: ["end", "begin", "forward", "play"], bare: "", least: 0, most: 0 },
  { name: "lock", kind: "choice", label: "Lock", default: "none", values: ["none", "values", "all"], bare: "values", least: 0, most: 0 },
  { name: "hide", kind: "list", label: "Hide", default: "", values: ["equation", "sentence", "chips", "open"], bare: "", least: 0, most: 0 },
  { name: "lang", kind: "choice", label: "Language", default: "en", values: ["en"], bare: "", least: 0, most: 0 },
];

/** What a frame needs: the script, and the way to the studio in a tab of its own. */
export const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
