"""Sentences: the templates of `engine/phrases.py` filled in, as pieces that keep what is a name and what is marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.phrases import PHRASES


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: plain text, a node's name (with its id) or a number; `mark`: under the highlighter."""

    text: str
    kind: Literal["text", "name", "number"] = "text"
    node: int | None = None
    mark: bool = False


Sentence = tuple[Piece, ...]


def plain(sentence: Sentence) -> str:
    """The text alone."""
    return "".join(piece.text for piece in sentence)


def say(phrase: str, **fields: Piece | str) -> Sentence:
    """A phrase of the table with its fields filled in. Raises KeyError for a field that was not given."""
    return fill(PHRASES[phrase], fields)


def fill(template: str, fields: Mapping[str, Piece | str]) -> Sentence:
    """A template's text with names and numbers in place of ``{field}`` and ``[…]`` marked."""
    pieces: list[Piece] = []
    mark = False
    for part in re.split(r"(\{\w+\}|\[|\])", template):
        if part in ("[", "]"):
            mark = part == "["
        elif part.startswith("{"):
            field = fields[part[1:-1]]
            piece = Piece(field) if isinstance(field, str) else field
            pieces.append(Piece(piece.text, piece.kind, piece.node, mark))
        elif part:
            pieces.append(Piece(part, mark=mark))
    return tuple(pieces)
