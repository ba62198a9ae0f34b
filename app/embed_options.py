"""How an embedded graph shows itself: one row per option.

The rows are read by the embed page, the custom element's attributes and the share dialog, as
`static/src/embed/table.js`, and printed in `docs/embedding.md`. Reading is forgiving: an option that there is not is
passed over, a value that makes no sense is as if it were absent, numbers are kept within their bounds.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from engine.readings.script import literal


@dataclass(frozen=True, slots=True)
class Option:
    """A name that an address and an element spell alike.

    kind: `choice` (one of `values`), `list` (any of `values`, with commas), `number` (`least` to `most`), `text`.
    default: what absent means, in the option's own spelling; empty: what `absent` says. bare: what the name without a
    value means, where that means something. meaning: for the documentation; label: in the share dialog.
    """

    name: str
    kind: str
    label: str
    meaning: str
    default: str = ""
    absent: str = ""
    values: tuple[str, ...] = ()
    bare: str = ""
    least: int = 0
    most: int = 0


OPTIONS: tuple[Option, ...] = (
    Option(
        "theme",
        "choice",
        "Theme",
        "Light or dark paper; `auto` is as the reader's system, or the page around, has it.",
        default="auto",
        values=("auto", "light", "dark"),
    ),
    Option(
        "step",
        "number",
        "Step",
        "How many steps have happened at first: the forward writes, then the seed and every contribution. "
        "More than there are means all.",
        absent="as `start` says",
        most=1_000_000,
    ),
    Option(
        "selected",
        "text",
        "Selected",
        "The value that the sentence is about, by name or by id; `none` for none.",
        absent="the value the studio would ask about",
    ),
    Option(
        "controls",
        "choice",
        "Controls",
        "The bar: with the playhead, with the buttons alone, or no bar.",
        default="full",
        values=("full", "steps", "none"),
    ),
    Option(
        "height",
        "number",
        "Height",
        "Pixels. Without it the graph asks for the height that suits its width.",
        absent="as the width asks",
        least=160,
        most=4_000,
    ),
    Option(
        "start",
        "choice",
        "Start",
        "Where the walk stands at first: at its end, before the first step, between the passes, or playing once from "
        "the first step.",
        default="end",
        values=("end", "begin", "forward", "play"),
    ),
    Option(
        "lock",
        "choice",
        "Lock",
        "`values`: numbers cannot be dragged. `all`: a picture, nothing answers to the reader.",
        default="none",
        values=("none", "values", "all"),
        bare="values",
    ),
    Option(
        "hide",
        "list",
        "Hide",
        "Parts to leave out: the formula, the sentence, the local derivatives on the edges, the link to the studio.",
        absent="nothing",
        values=("equation", "sentence", "chips", "open"),
    ),
    Option(
        "lang",
        "choice",
        "Language",
        "The language of the sentences. English is the only one so far; any other is answered in English.",
        default="en",
        values=("en",),
    ),
)

SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""What a frame needs: the script, and the way to the studio in a tab of its own."""

_TEXT = """\
// Generated from app/embed_options.py by `python3 run gen`. Not to be edited by hand.

/**
 * @typedef {{name: string, kind: "choice" | "list" | "number" | "text", label: string, default: string,
 *   values: string[], bare: string, least: number, most: number}} Row
 */

/** How an embedded graph shows itself, one row per option. @type {Row[]} */
export const OPTIONS = [
%s
];

/** What a frame needs: the script, and the way to the studio in a tab of its own. */
export const SANDBOX = %s;
"""
PROSE = {"meaning", "absent"}
"""Fields that only the documentation reads; they are not sent to browsers."""


def table_js() -> str:
    """The whole of `static/src/embed/table.js`."""
    rows = (
        {name: value for name, value in asdict(option).items() if name not in PROSE} for option in OPTIONS
    )
    return _TEXT % ("\n".join(f"  {literal(row)}," for row in rows), literal(SANDBOX))
