/** Data as text, one example a line: its numbers, then its target. */

/** @typedef {import("./state.js").Data} Data */

/** @param {Data} data */
export function textOf({ inputs, answers }) {
  return inputs.map((row, k) => [...row, ...[answers[k]].flat()].join(", ")).join("\n");
}

/** @param {string} text @param {{nin: number}} model @returns {Data | null} */
export function dataOf(text, { nin }) {
  const rows = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.split(",").map(Number));
  if (rows.length === 0 || rows.some((row) => row.length <= nin || !row.every(Number.isFinite))) return null;
  return {
    name: null,
    inputs: rows.map((row) => row.slice(0, nin)),
    answers: rows.map((row) => (row.length === nin + 1 ? row[nin] : row.slice(nin))),
    classes: 0,
  };
}
