"""Columns of many nodes as JSON text, written from arrays: no Python object per node.

Where pieces of text are laid side by side by NumPy they are padded to one length: blanks between JSON's tokens mean
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

if TYPE_CHECKING:
    from numpy import uint8, void
    from numpy.typing import NDArray

    from engine.grids import Floats, Places

_COMMA, _OPEN, _CLOSE, _BLANK, _ZERO, _ONE = b",[] 01"


def alike(column: Sequence[Any]) -> orjson.Fragment | Sequence[Any]:
    """One piece repeated where all entries are the same object or equal; else the column itself."""
    if column.count(column[0]) < len(column):
        return column
    piece = orjson.dumps(column[0])
    return orjson.Fragment(b"[%b%b]" % ((piece + b",") * (len(column) - 1), piece))


def words(table: Sequence[str], places: NDArray[uint8]) -> orjson.Fragment:
    """The words at these places of a short table, all about as long.

    Each is padded to a power of two, which NumPy copies several times faster than other lengths.
    """
    used = np.zeros(len(table), dtype=bool)
    used[places] = True
    texts = [orjson.dumps(word) if use else b"" for word, use in zip(table, used.tolist(), strict=True)]
    width = 1 << max(map(len, texts)).bit_length()
    cells = np.array([text.ljust(width - 1) + b"," for text in texts], dtype=f"V{width}")
    return _listed(cells.take(places).view(np.uint8))


def id_lists(first: Places, ids: Places) -> orjson.Fragment:
    """A list of ids per node: those from `first` of it to `first` of the next. Ids are smaller than their node's."""
    cells = _cells(len(first) - 1)
    width = cells.itemsize
    empty = first[1:] == first[:-1]
    written = np.insert(ids, first.take(np.flatnonzero(empty)), len(cells) - 1)
    text = cells.take(written).view(np.uint8)
    ends = (first[1:] + np.cumsum(empty)) * width
    text[ends - 2] = _CLOSE
    text[ends[:-1]] = _OPEN
    text[0] = _OPEN
    return _listed(text)


def _cells(count: int) -> NDArray[void]:
    """The texts of ids below `count`, then blanks; each with room for a bracket on both sides, and a comma."""
    digits = len(str(count))
    cells = np.frombuffer(b" %b ," % (b"0" * digits), dtype=np.uint8)
    for place in range(digits):  # from the ids of fewer digits, ten times, with another digit in front
        size = 10**place
        cells = np.resize(cells, (min(10 * size, count + 1), digits + 3))
        for figure in range(1, 10):
            cells[figure * size : (figure + 1) * size, digits - place] = _ZERO + figure
    for place in range(1, digits):
        cells[: 10**place, digits - place] = _BLANK
    cells[count, 1:-1] = _BLANK
    return cells.view(f"V{digits + 3}").ravel()


def number_lists(first: Places, numbers: Floats) -> orjson.Fragment:
    """A list of numbers per node, NaN as null.

    They are written flat, each node's followed by one that is as long as the brackets due in its place: `,0.0,`
    becomes `  ],[`, and where a node has none, `10.0,` does. Every 1.0, the partial of a sum, is written as 0.0 at
    first: orjson writes a zero eight times as fast as another number.
    """
    ends = first[1:] + np.arange(len(first) - 1)
    is_number = np.ones(ends[-1] + 1, dtype=bool)
    is_number[ends] = False
    flat = np.zeros(len(is_number))
    flat[ends[first[1:] == first[:-1]]] = 10.0
    flat[np.flatnonzero(is_number)] = numbers
    ones = np.flatnonzero(flat == 1.0)
    flat[ones] = 0.0
    text = np.frombuffer(bytearray(orjson.dumps(flat, option=orjson.OPT_SERIALIZE_NUMPY)), dtype=np.uint8)
    text[-1] = _COMMA
    commas = np.flatnonzero(text == _COMMA)
    text[commas.take(ones) - 3] = _ONE
    at = commas.take(ends)
    for back, sign in enumerate(b"[,]  "):
        text[at - back] = sign
    return _listed(text[:-1])


def _listed(text: NDArray[uint8]) -> orjson.Fragment:
    """Entries, each with a comma behind, as a list."""
    text[-1] = _CLOSE
    return orjson.Fragment(b"".join((b"[", text.data)))
