"""The sentences as JavaScript, data and nothing else: `static/src/phrases.js` and, to questions, `answers.js`."""

from __future__ import annotations

from collections.abc import Mapping

from engine.phrases import ANSWERS, PACE_TOLERANCE, PACES, PHRASES, SIZES, TIMES
from engine.readings.script import literal

_TEXT = """\
// Generated from engine/phrases.py by `python3 run gen`. Not to be edited by hand.

/** {{field}}: a name or a number; […]: marked. */
export const PHRASES = {{
{phrases}
}};

/** |gradient| within PACE_TOLERANCE of the number: how fast. @type {{[number, string][]}} */
export const PACES = {paces};
export const PACE_TOLERANCE = {tolerance};
export const TIMES = {times};

/**
 * The first row whose number is above |gradient| names the sentence, for a positive and for a negative one.
 * @type {{[number, keyof typeof PHRASES, keyof typeof PHRASES][]}}
 */
export const SIZES = {sizes};
"""


_ANSWERS = """\
// Generated from engine/phrases.py by `python3 run gen`. Not to be edited by hand.

/** {{field}}: a name or a number; […]: marked. */
export const ANSWERS = {{
{answers}
}};
"""


def answers_js() -> str:
    """The whole of `static/src/answers.js`."""
    return _ANSWERS.format(answers=_rows(ANSWERS))


def _rows(templates: Mapping[str, str]) -> str:
    return "\n".join(f"  {key}: {literal(template)}," for key, template in templates.items())


def phrases_js() -> str:
    """The whole of `static/src/phrases.js`."""
    return _TEXT.format(
        phrases=_rows(PHRASES),
        paces=literal(PACES),
        tolerance=literal(PACE_TOLERANCE),
        times=literal(TIMES),
        sizes=literal(SIZES),
    )
