/**
 * The protocol between an embed in a frame and the page around it, version 1 (docs/embedding.md). Every message is an
 * object `{seegrad: 1, …}`: events go to the page around, commands come from it and from nowhere else.
 */
import { Refusal } from "./player.js";

const PROTOCOL = 1;

/** @typedef {import("./player.js").Player} Player */

const EVENTS = /** @type {const} */ (["ready", "resize", "change", "select", "step"]);

/** What each command does with its message. @type {Record<string, (player: Player, message: any) => void>} */
const COMMANDS = {
  setValue: (player, { name, value }) => player.setValue(nameFrom(name), value),
  step: (player, { to, by }) => {
    if (by === undefined) player.step(numberFrom(to, "to"));
    else player.step(player.state().step + numberFrom(by, "by"));
  },
  play: (player, { on = true }) => player.play(on === true),
  select: (player, { name = null }) => player.select(name === null ? null : nameFrom(name)),
  getState: () => {},
};

/**
 * @param {Player} player
 * @param {Window} host the window around
 */
export function answerHost(player, host) {
  /** @param {string} event @param {object} [detail] */
  const tell = (event, detail = {}) => {
    // Whoever frames the page chose what it shows: there is nothing here that it does not know.
    host.postMessage({ seegrad: PROTOCOL, event, ...detail }, "*");
  };
  for (const event of EVENTS) player.on(event, (detail) => tell(event, detail));

  addEventListener("message", ({ source, data }) => {
    if (source !== host || typeof data !== "object" || data === null || typeof data.command !== "string")
      return;
    if (!("seegrad" in data)) return;
    const id = typeof data.id === "string" || typeof data.id === "number" ? data.id : null;
    try {
      if (data.seegrad !== PROTOCOL) throw new Refusal(`This embed speaks version ${PROTOCOL}.`);
      if (!Object.hasOwn(COMMANDS, data.command))
        throw new Refusal(`The commands are ${Object.keys(COMMANDS).join(", ")}.`);
      COMMANDS[data.command](player, data);
      tell("state", { id, state: player.state() });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      tell("error", { id, message: error.message });
    }
  });
}

/** @param {unknown} name @returns {string | number} */
function nameFrom(name) {
  if (typeof name === "string" || typeof name === "number") return name;
  throw new Refusal("`name` must be the name or the id of a value.");
}

/** @param {unknown} number @param {string} field */
function numberFrom(number, field) {
  if (typeof number === "number" && Number.isFinite(number)) return number;
  throw new Refusal(`\`${field}\` must be a number.`);
}
