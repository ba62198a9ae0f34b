/**
 * Who is who after an edit. A node keeps its key while its name or its expression stays; here one that was only renamed,
 * or whose operands were, keeps the key that it had, so that it travels in the drawing instead of being made anew.
 */

import { nodeKeys } from "./labels.js";

/** @typedef {import("./labels.js").LabelledNode} LabelledNode */

/**
 * Keys of the new nodes. Of those without a namesake, an operation is the old one of the same kind over the same
 * operands, and a leaf the old one in the same place among the leaves of its role that are gone, if as many came.
 * @param {ArrayLike<LabelledNode>} old with `key` where it had been given one
 * @param {ArrayLike<LabelledNode>} now
 * @returns {string[]}
 */
export function survivingKeys(old, now) {
  const [oldKeys, keys] = [nodeKeys(old), nodeKeys(now)];
  const stays = new Set(keys);
  const known = new Set(oldKeys);
  /** Old nodes whose key nobody has any more, by what they are. @type {Map<string, number[]>} */
  const gone = new Map();
  const put = (
    /** @type {Map<string, number[]>} */ map,
    /** @type {string} */ what,
    /** @type {number} */ id,
  ) => {
    const list = map.get(what);
    if (list === undefined) map.set(what, [id]);
    else list.push(id);
  };
  const kind = (
    /** @type {ArrayLike<LabelledNode>} */ nodes,
    /** @type {string[]} */ names,
    /** @type {number} */ id,
  ) => {
    const { op, operands, role } = nodes[id];
    if (operands.length === 0) return role;
    return `${op}(${Array.from(operands, (operand) => names[operand]).join()})`;
  };
  for (let id = 0; id < old.length; id++) if (!stays.has(oldKeys[id])) put(gone, kind(old, oldKeys, id), id);
  if (gone.size === 0) return keys;
  /** @type {Map<string, number[]>} */
  const come = new Map();
  for (let id = 0; id < now.length; id++)
    if (now[id].operands.length === 0 && !known.has(keys[id])) put(come, now[id].role, id);
  for (const [role, ids] of come) {
    const before = gone.get(role) ?? [];
    if (before.length === ids.length)
      ids.forEach((id, k) => {
        keys[id] = oldKeys[before[k]];
      });
  }
  for (let id = 0; id < now.length; id++) {
    if (now[id].operands.length === 0 || known.has(keys[id])) continue;
    const before = gone.get(kind(now, keys, id))?.shift();
    if (before !== undefined) keys[id] = oldKeys[before];
  }
  return keys;
}
