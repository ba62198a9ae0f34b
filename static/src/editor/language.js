/** The language for CodeMirror: the tokens that text.js finds in a line, and that a # begins a comment. */
import { StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { Tag, tagHighlighter } from "@lezer/highlight";
import { tokensOf } from "../text.js";

/** By kind of token; a plain one has none. */
const TAGS = { name: Tag.define(), sign: Tag.define(), comment: Tag.define() };

/** The line cut last: it is read token by token. */
let line = "";
/** @type {Map<number, import("../text.js").Token>} */
let starts = new Map();

const language = StreamLanguage.define({
  name: "seegrad",
  token(stream) {
    if (stream.string !== line || starts.size === 0) {
      line = stream.string;
      starts = new Map(tokensOf(line).map((token) => [token.start, token]));
    }
    const token = starts.get(stream.pos);
    if (token === undefined) {
      stream.skipToEnd();
      return null;
    }
    stream.pos = token.start + token.text.length;
    return token.kind === "plain" ? null : token.kind;
  },
  tokenTable: TAGS,
  languageData: { commentTokens: { line: "#" } },
});

export const colours = [
  language,
  syntaxHighlighting(
    tagHighlighter(Object.entries(TAGS).map(([kind, tag]) => ({ tag, class: `token-${kind}` }))),
  ),
];
