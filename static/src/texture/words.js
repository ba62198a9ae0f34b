/**
 * The texture in words: what it shows, where the reader is, what a row and a column stand for. Pure.
 */
import { OPS } from "../kernel.js";
import { spokenNumber } from "../numbers.js";
import { nodeAt } from "./place.js";

/** @typedef {import("./map.js").TextureMap} TextureMap */
/** @typedef {import("./place.js").Place} Place */
/** @typedef {import("../replay.js").Tape} Tape */

/** @param {number} count */
export const grouped = (count) => count.toLocaleString("en");

/** @param {number} count @param {string} one @param {string} [more] */
export function counted(count, one, more = `${one}s`) {
  return `${grouped(count)} ${count === 1 ? one : more}`;
}

/** A column's name within its unit: "product 12 of 16". @param {TextureMap} map @param {Tape} tape @param {Place} place */
export function valueName(map, tape, place) {
  const { column } = place;
  const { parts } = map.units[map.unitOf[column]];
  const part = parts.find(({ from, to }) => column >= from && column < to) ?? parts[0];
  const nth = `${column - part.from + 1} of ${part.to - part.from}`;
  if (part.sort === "products") return `product ${nth}`;
  if (part.sort === "additions") return `addition ${nth}`;
  if (part.sort === "values") return `value ${nth}`;
  const node = nodeAt(map, place);
  return node < 0 ? "activation" : OPS[tape.code[node]].name;
}

/** What a unit's parts are, for the brackets under its cells. @param {import("./map.js").Part} part @param {string} op @param {boolean} first in the layer that reads the inputs */
export function partName({ sort, from, to }, op, first) {
  if (sort === "products") return `${counted(to - from, "product")} ${first ? "w·x" : "w·h"}`;
  if (sort === "additions") return counted(to - from, "addition");
  if (sort === "activation") return op;
  return counted(to - from, "value");
}

/** "Layer 2, neuron 2", or the block alone. @param {TextureMap} map @param {number} column */
export function unitName({ units, unitOf, blocks }, column) {
  const { title, block } = units[unitOf[column]];
  const { kind, title: name } = blocks[block];
  const said = kind === "inputs" ? "Inputs" : name;
  return title === "" ? said : `${said}, neuron ${title}`;
}

/** Everything about a place, for a screen reader. @param {TextureMap} map @param {Tape} tape @param {Place} place */
export function spokenPlace(map, tape, place) {
  const node = nodeAt(map, place);
  const where = `${map.examples[place.example]}, ${unitName(map, place.column)}, ${valueName(map, tape, place)}`;
  if (node < 0) return `${where}: no value there`;
  const grad = tape.constant[node] ? "a constant" : `gradient ${spokenNumber(tape.grad[node])}`;
  return `${where}: data ${spokenNumber(tape.data[node])}, ${grad}`;
}

/**
 * The rungs of the ladder, with the names of where the reader is and how many values each holds.
 * @param {TextureMap} map @param {Tape} tape @param {Place} place
 * @returns {{level: import("./place.js").Level, name: string, holds: string}[]}
 */
export function rungs(map, tape, place) {
  const unit = map.units[map.unitOf[place.column]];
  const block = map.blocks[unit.block];
  const capital = (/** @type {string} */ text) => text.replace(/^./, (letter) => letter.toUpperCase());
  return [
    { level: "all", name: "All", holds: `${grouped(map.size)} values` },
    { level: "example", name: capital(map.examples[place.example]), holds: grouped(map.columns) },
    {
      level: "layer",
      name: block.kind === "inputs" ? "Inputs" : block.title,
      holds: grouped(block.to - block.from),
    },
    {
      level: "neuron",
      name: unit.title === "" ? "All of it" : `Neuron ${unit.title}`,
      holds: grouped(unit.to - unit.from),
    },
    { level: "scalar", name: capital(valueName(map, tape, place)), holds: "data and grad" },
  ];
}
