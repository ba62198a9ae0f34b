"""Text to tokens, in one pass and in linear time, refusing everything that is not the language's.

Own tokens instead of Python's: `ast` folds letters (NFKC makes `ﬁ` equal `fi`), counts columns in UTF-8 bytes, and
turns long or deep text into RecursionError, MemoryError or, on a small thread stack, a crash. Here every position is
a code point and every bound is checked while reading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from engine.program.errors import ProgramError, Source, Span, shorten


class Kind(Enum):
    """What a token is."""

    NUMBER = "number"
    NAME = "name"
    TEXT = "text"
    MARK = "mark"
    NEWLINE = "newline"
    END = "end"


class Token(NamedTuple):
    """One token; `text` is its spelling, for TEXT without the quotes."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return self.start, self.end

    def is_mark(self, *marks: str) -> bool:
        return self.kind is Kind.MARK and self.text in marks

    def is_word(self, word: str) -> bool:
        return self.kind is Kind.NAME and self.text == word

    @property
    def ends_statement(self) -> bool:
        return self.kind in (Kind.NEWLINE, Kind.END) or self.is_mark(";")


# Controls, line separators, text-direction overrides, lone surrogates: nowhere, not even in a comment.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_BLANK = r"[ \t]+|\\(?:\r\n|\r|\n)|#[^\r\n]*"
_NEWLINE = r"\r\n|\r|\n"
_DIGITS = "[0-9](?:_?[0-9])*"
_NUMBER = rf"(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][+-]?{_DIGITS})?"
_GLUED = re.compile(r"[0-9A-Za-z_\u0391-\u03c9]|\.[0-9]")
_NAME = re.compile(r"[A-Za-z_Α-ΡΣ-Ωα-ω][0-9A-Za-z_Α-ΡΣ-Ωα-ω]*")
_TEXT = r"'[^'\\\r\n]*'|\"[^\"\\\r\n]*\""
_MARK = r"\*\*=?|//=?|<<=?|>>=?|->|:=|\.\.\.|[-+*/=!<>%@&|^]=|[-+*/=<>%@&|^~(){}\[\],:.;]"
# One match per token: which group it is in says its kind. The order is that of the groups.
_TOKEN = re.compile(
    f"(?P<blank>{_BLANK})|(?P<newline>{_NEWLINE})|(?P<number>{_NUMBER})|(?P<name>{_NAME.pattern})"
    f"|(?P<text>{_TEXT})|(?P<mark>{_MARK})"
)

_SUPPORTED = frozenset("+-*/()[],:.;=<>") | {"**", "+=", "-=", "*=", "/=", "<=", ">=", "==", "!="}
_INSTEAD = {
    "^": "** is power: write x**2.",
    "^=": "** is power: write x = x**2.",
    "**=": "Write x = x**2.",
    "//": "Use floor(a / b).",
    "%": "Use a - b*floor(a / b).",
    "@": "Use sum(a*b for a, b in zip(xs, ys)).",
    "{": "Lists are written with square brackets.",
    "}": "Lists are written with square brackets.",
    ":=": "Write the assignment on a line of its own.",
    "&": "Use where(condition, a, b).",
    "|": "Use where(condition, a, b).",
}
_LOOKS_LIKE = {
    "−": "-", "–": "-", "—": "-", "×": "*", "·": "*", "⋅": "*", "∗": "*", "÷": "/", "²": "**2", "³": "**3",
    "√": "sqrt(x)",
    "≤": "<=", "≥": ">=", "≠": "!=", "‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": "a plain space", "µ": "μ",
}  # fmt: skip
_CLOSERS = {"(": ")", "[": "]"}
_BRACKETS = frozenset("()[]")


def tokens(source: Source) -> list[Token]:
    """All tokens, ending in END; brackets match and no newline stands inside them. Raises ProgramError."""
    text, limits = source.text, source.limits
    if len(text) > limits.program_characters:
        raise source.error(
            "program_too_long",
            f"The program has {len(text):,} characters; the limit is {limits.program_characters:,}.",
            (limits.program_characters, limits.program_characters + 1),
        )
    if odd := _FORBIDDEN.search(text):
        raise _bad_character(source, odd.start())
    found = list(_scan(source))
    open_brackets: list[Token] = []
    kept: list[Token] = []
    for token in found:
        if token.text not in _BRACKETS or token.kind is not Kind.MARK:
            pass
        elif token.text in _CLOSERS:
            open_brackets.append(token)
            if len(open_brackets) > limits.nesting:
                raise too_deep(source, token.span)
        else:
            if not open_brackets or _CLOSERS[open_brackets[-1].text] != token.text:
                hint = f"A {_CLOSERS[open_brackets[-1].text]} is expected here." if open_brackets else ""
                raise source.error("unbalanced", f"This {token.text} closes nothing.", token.span, hint)
            open_brackets.pop()
        if not (open_brackets and token.kind is Kind.NEWLINE):
            kept.append(token)
    if open_brackets:
        opener = open_brackets[-1]
        raise source.error(
            "unfinished",
            f"This {opener.text} is never closed.",
            opener.span,
            f"Add a {_CLOSERS[opener.text]}.",
        )
    return kept


def too_deep(source: Source, span: Span) -> ProgramError:
    """The error for brackets, signs or powers inside one another beyond the limit."""
    return source.error(
        "too_deep",
        f"Brackets, signs or powers are nested more than {source.limits.nesting} deep.",
        span,
        "Give a part a name on a line of its own.",
    )


def _scan(source: Source) -> Iterator[Token]:
    text = source.text
    at = 1 if text.startswith("\ufeff") else 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _bad_character(source, at)
        kind = match.lastgroup
        if kind == "blank":
            pass
        elif kind == "newline":
            yield Token(Kind.NEWLINE, "\n", at, match.end())
        elif kind == "number":
            _check_number(source, match.group(), at)
            yield Token(Kind.NUMBER, match.group(), at, match.end())
        elif kind == "name":
            _check_name(source, match.group(), at)
            if text[match.end() : match.end() + 1] in ("'", '"'):
                raise source.error(
                    "not_supported", "Text with a prefix is not part of the language.", match.span()
                )
            yield Token(Kind.NAME, match.group(), at, match.end())
        elif kind == "text":
            label = match.group()[1:-1]
            if len(label) > source.limits.name_characters:
                raise source.error(
                    "name_too_long",
                    f"A label has at most {source.limits.name_characters} characters.",
                    match.span(),
                )
            if not label.isprintable():
                raise source.error("bad_character", "A label holds printable characters only.", match.span())
            yield Token(Kind.TEXT, label, at, match.end())
        else:
            mark = match.group()
            if mark not in _SUPPORTED:
                raise source.error(
                    "not_supported",
                    f"{mark} is not part of the language.",
                    match.span(),
                    _INSTEAD.get(mark, ""),
                )
            yield Token(Kind.MARK, mark, at, match.end())
        at = match.end()
    yield Token(Kind.END, "", len(text), len(text))


def _check_number(source: Source, literal: str, at: int) -> None:
    end = at + len(literal)
    if len(literal) > source.limits.number_characters:
        raise source.error(
            "number_too_long",
            f"A number has at most {source.limits.number_characters} characters; this one has {len(literal):,}.",
            (at, end),
        )
    if glued := _GLUED.match(source.text, end):
        word = _NAME.match(source.text, end)
        rest = word.group() if word else glued.group()
        if literal + rest[:1] in ("0x", "0X", "0b", "0B", "0o", "0O"):
            hint = "Write it in decimal."
        elif rest in ("j", "J"):
            hint = "Numbers are real, float64."
        elif literal.endswith(".") and word and not rest.lower().startswith("e"):
            hint = shorten(f"A method needs brackets here: ({literal[:-1]}).{rest}")
        elif word and rest.strip("_") and rest not in ("e", "E"):
            hint = shorten(f"Write {literal}*{rest} to multiply.")
        else:
            hint = "A number looks like 2, 0.5 or 1e-3."
        raise source.error(
            "bad_number", f"{shorten(literal + rest)} is not a number.", (at, end + len(rest)), hint
        )
    digits = literal.replace("_", "")
    if digits.isdigit() and digits[0] == "0" and digits.strip("0"):
        raise source.error(
            "bad_number", "A whole number has no leading zeros.", (at, end), f"Write {int(digits)}."
        )


def _check_name(source: Source, name: str, at: int) -> None:
    span = (at, at + len(name))
    if len(name) > source.limits.name_characters:
        raise source.error(
            "name_too_long",
            f"A name has at most {source.limits.name_characters} characters; this one has {len(name):,}.",
            span,
        )
    if name.startswith("__"):
        raise source.error(
            "bad_name", "Names starting with two underscores are not part of the language.", span
        )


def _bad_character(source: Source, at: int) -> ProgramError:
    character = source.text[at]
    name = unicodedata.name(character, "")
    shown = f"U+{ord(character):04X}" + (f" ({name.lower()})" if name else "")
    if character in "'\"":
        return source.error(
            "unfinished", "This text is never closed.", (at, at + 1), f"Add a closing {character}."
        )
    if " " < character < "\x7f":
        return source.error("bad_character", f"{character} is not part of the language.", (at, at + 1))
    plain = _LOOKS_LIKE.get(character) or unicodedata.normalize("NFKC", character)
    if plain != character and (
        plain in _LOOKS_LIKE.values() or (len(plain) <= 4 and plain.isascii() and plain.isprintable())
    ):
        hint = f"Write {plain} instead."
    elif character.isalpha():
        hint = "Names keep to ASCII and Greek letters, which look alike in some fonts."
    else:
        hint = ""
    return source.error(
        "bad_character", f"The character {shown} is not part of the language.", (at, at + 1), hint
    )
