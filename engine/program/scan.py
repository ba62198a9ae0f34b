"""Text to tokens, in one pass and in linear time, refusing everything that is not the language's.

Own tokens instead of Python's: `ast` folds letters (NFKC makes `ﬁ` equal `fi`), counts columns in UTF-8 bytes, and
turns long or deep text into RecursionError, MemoryError or, on a small thread stack, a crash. Here every position is
a code point and every bound is checked while reading.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from engine.program.errors import ProgramError, Source, Span, shorten

NUMBER, NAME, TEXT, MARK, BLANK, NEWLINE, END = "number", "name", "text", "mark", "blank", "newline", "end"


@dataclass(slots=True)
class Token:
    """One token; `text` is its spelling, quotes included, so that it alone says which mark this is, if any."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return self.start, self.end

    @property
    def ends_statement(self) -> bool:
        return self.text in _STATEMENT_ENDS


_STATEMENT_ENDS = frozenset({"\n", ";", ""})
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
# The text in pieces, none of it left out: tokens, blanks, and on its own each character that begins neither.
_PIECE = re.compile(f"{_BLANK}|{_NEWLINE}|{_NUMBER}|{_NAME.pattern}|{_TEXT}|{_MARK}|.", re.DOTALL)

_SUPPORTED = frozenset("+-*/()[],:.;=<>") | {"**", "+=", "-=", "*=", "/=", "<=", ">=", "==", "!="}
# What a piece is: by its whole spelling, else by its first character.
_WHOLE = dict.fromkeys(_SUPPORTED, MARK) | {"...": ""}
_FIRST = (
    dict.fromkeys(" \t\\#", BLANK)
    | dict.fromkeys("\r\n", NEWLINE)
    | dict.fromkeys("0123456789.", NUMBER)
    | {letter: NAME for letter in map(chr, range(0x400)) if _NAME.match(letter)}
    | dict.fromkeys("'\"", TEXT)
)
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
    "≤": "<=", "≥": ">=", "≠": "!=", "‘": "'", "’": "'", "“": '"', "”": '"',
}  # fmt: skip
_CLOSERS = {"(": ")", "[": "]"}
_OPENERS = {closer: opener for opener, closer in _CLOSERS.items()}
_QUOTES = ("'", '"')


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
    kept: list[Token] = []
    open_brackets: list[Token] = []
    unbalanced: ProgramError | None = None  # told when every piece has been found to be the language's
    end = 1 if text.startswith("\ufeff") else 0
    for piece in _PIECE.findall(text, end):
        start, end = end, end + len(piece)
        kind = _WHOLE.get(piece)
        if kind is None:
            kind = _FIRST.get(piece[0], "")
        if kind == BLANK and piece != "\\":
            continue
        if kind == NEWLINE:
            if not open_brackets:
                kept.append(Token(NEWLINE, "\n", start, end))
            continue
        token = Token(kind, piece, start, end)
        kept.append(token)
        if kind == MARK:
            if piece in _CLOSERS:
                open_brackets.append(token)
                if len(open_brackets) > limits.nesting:
                    unbalanced = unbalanced or too_deep(source, token.span)
            elif piece in _OPENERS:
                if open_brackets and open_brackets[-1].text == _OPENERS[piece]:
                    open_brackets.pop()
                else:
                    hint = f"A {_CLOSERS[open_brackets[-1].text]} is expected here." if open_brackets else ""
                    message = f"This {piece} closes nothing."
                    unbalanced = unbalanced or source.error("unbalanced", message, token.span, hint)
        elif kind == NAME:
            if len(piece) > limits.name_characters or piece.startswith("__"):
                raise _bad_name(source, token)
            if text[end : end + 1] in _QUOTES:
                message = "Text with a prefix is not part of the language."
                raise source.error("not_supported", message, token.span)
        elif kind == NUMBER:
            _check_number(source, piece, start)
        elif kind == TEXT and len(piece) > 1:
            _check_text(source, token)
        else:
            raise _not_supported(source, token)
    if unbalanced:
        raise unbalanced
    if open_brackets:
        opener = open_brackets[-1]
        raise source.error(
            "unfinished",
            f"This {opener.text} is never closed.",
            opener.span,
            f"Add a {_CLOSERS[opener.text]}.",
        )
    kept += [Token(END, "", len(text), len(text))] * 3  # whoever looks two tokens ahead finds something
    return kept


def too_deep(source: Source, span: Span) -> ProgramError:
    """The error for brackets, signs or powers inside one another beyond the limit."""
    return source.error(
        "too_deep",
        f"Brackets, signs or powers are nested more than {source.limits.nesting} deep.",
        span,
        "Give a part a name on a line of its own.",
    )


def _check_text(source: Source, token: Token) -> None:
    label = token.text[1:-1]
    if len(label) > source.limits.name_characters:
        message = f"A label has at most {source.limits.name_characters} characters."
        raise source.error("name_too_long", message, token.span)
    if not label.isprintable():
        raise source.error("bad_character", "A label holds printable characters only.", token.span)


def _not_supported(source: Source, token: Token) -> ProgramError:
    mark = token.text
    if not re.fullmatch(_MARK, mark):
        return _bad_character(source, token.start)
    message = f"{mark} is not part of the language."
    return source.error("not_supported", message, token.span, _INSTEAD.get(mark, ""))


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


def _bad_name(source: Source, token: Token) -> ProgramError:
    longest, length = source.limits.name_characters, len(token.text)
    if length > longest:
        message = f"A name has at most {longest} characters; this one has {length:,}."
        return source.error("name_too_long", message, token.span)
    message = "Names starting with two underscores are not part of the language."
    return source.error("bad_name", message, token.span)


def _bad_character(source: Source, at: int) -> ProgramError:
    character = source.text[at]
    name = unicodedata.name(character, "")
    shown = f"U+{ord(character):04X}" + (f" ({name.lower()})" if name else "")
    if character in "'\"":
        if escaped := re.compile(rf"{character}[^{character}\\\r\n]*(\\[^\r\n])").match(source.text, at):
            return source.error("not_supported", "Text has no backslashes here.", escaped.span(1))
        return source.error(
            "unfinished", "This text is never closed.", (at, at + 1), f"Add a closing {character}."
        )
    if " " < character < "\x7f":
        return source.error("bad_character", f"{character} is not part of the language.", (at, at + 1))
    plain = _LOOKS_LIKE.get(character) or unicodedata.normalize("NFKC", character)
    if plain == " ":
        hint = "Write a plain space instead."
    elif plain != character and (
        plain in _LOOKS_LIKE.values()
        or _NAME.fullmatch(plain)
        or (len(plain) <= 4 and plain.isascii() and plain.isprintable())
    ):
        hint = f"Write {plain} instead."
    elif character.isalpha():
        hint = "Names keep to ASCII and Greek letters, which look alike in some fonts."
    else:
        hint = ""
    return source.error(
        "bad_character", f"The character {shown} is not part of the language.", (at, at + 1), hint
    )
