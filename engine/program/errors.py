"""What is wrong with a program, and where."""

from __future__ import annotations

import re

from engine.limits import Limits

Span = tuple[int, int]
"""[start, end) in Unicode code points of the text as sent."""

_NEWLINE = re.compile(r"\r\n|\r|\n")
_ECHO = 40


class ProgramError(Exception):
    """A program that cannot be read.

    `line` and `column` count from 1, `length` is at least 1; all three in code points. They are None only when the
    problem lies in `values` and not in the text. `message` says what is wrong (at most 200 characters), `hint` what
    would have worked; it may be empty.
    """

    def __init__(
        self,
        code: str,
        message: str,
        line: int | None = None,
        column: int | None = None,
        length: int | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line
        self.column = column
        self.length = length
        self.hint = hint


class Source:
    """A program's text, which can say where in it something stands."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits

    def error(self, code: str, message: str, span: Span, hint: str = "") -> ProgramError:
        """The error at a span: its first code point gives line and column."""
        start, end = span
        line, begin = 1, 0
        for newline in _NEWLINE.finditer(self.text, 0, start):
            line, begin = line + 1, newline.end()
        return ProgramError(code, message[:200], line, start - begin + 1, max(1, end - start), hint[:200])

    def quote(self, span: Span) -> str:
        """The text at a span as an error may repeat it: one line, shortened."""
        return shorten(self.text[span[0] : span[1]])


def shorten(text: str) -> str:
    """At most 40 characters on one line, `…` where something is left out."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _ECHO else flat[: _ECHO - 1] + "…"
