"""Index arrays that are regular: read and written as strided views, without an index.

The places that a group of equal nodes reads are seldom arbitrary. In a network they count through examples, neurons and
inputs, so the list of places is a grid: `base + i*a + j*b + k*c` with i, j, k counting like an odometer. A stride of 0
says that a value is shared. NumPy reads such a grid as a view, several times faster than a list of places, and adds up
contributions to a shared value by summing over an axis.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy import bool_, float64, int64, uint8
from numpy.typing import NDArray

Floats = NDArray[float64]
Places = NDArray[int64]
Bools = NDArray[bool_]
Marks = NDArray[uint8]
ADDED, WRITTEN = 1, 2
"""Marks of a place: contributions are added to what stands there; the first is written over what stood there."""
MOST_AXES = 5
GLANCE = 128


def runs(places: Places) -> list[int] | None:
    """How many places each axis of the grid spans, innermost first and cumulative; None when it is no grid.

    `[0, 1, 2, 10, 11, 12]` is runs of 3 within 6. One place, or equal steps all along, is one axis.
    """
    spans: list[int] = []
    span, level = 1, places
    while len(level) > 1:
        length = _first_run(level)
        if len(level) % length or len(spans) == MOST_AXES:
            return None
        rows = level.reshape(-1, length)
        if not (rows - rows[:, :1] == rows[0] - rows[0, 0]).all():
            return None
        span *= length
        spans.append(span)
        level = rows[:, 0]
    return spans


def _first_run(places: Places) -> int:
    """How many places follow one another in equal steps from the first on."""
    for most in (GLANCE, len(places)):  # as a rule a run is short, and a look at its beginning is enough
        breaks = np.flatnonzero(np.diff(places[:most], n=2))
        if len(breaks):
            return int(breaks[0]) + 2
    return len(places)


def merge(all_spans: list[list[int]], size: int) -> list[int] | None:
    """One odometer that all the given ones fit: the union of their spans, if each divides the next."""
    spans = sorted({size, *(span for spans in all_spans for span in spans if span > 1)})
    fits = all(after % before == 0 for before, after in pairwise(spans))
    return spans if fits else None


def shape_of(spans: list[int]) -> tuple[int, ...]:
    """The axes' lengths, outermost first."""
    return tuple(after // before for before, after in pairwise([1, *spans]))[::-1]


@dataclass(slots=True)
class Grid:
    """Places as a view of one shape. `strides` are in elements, outermost first."""

    base: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    @classmethod
    def of(cls, places: Places, spans: list[int]) -> Grid:
        """The grid of `places` counted by `spans`; they must fit (`runs`, `merge`)."""
        starts = [1, *spans][:-1]
        strides = tuple(int(places[start] - places[0]) if start < len(places) else 0 for start in starts)
        return cls(int(places[0]), shape_of(spans), strides[::-1])

    def view(self, array: Any) -> Any:
        """The array's entries at these places; writing to it writes to the array."""
        size = array.itemsize  # not `as_strided`, which takes five times as long to say the same
        strides = [size * stride for stride in self.strides]
        return np.ndarray(self.shape, array.dtype, array, size * self.base, strides)

    @property
    def shared(self) -> tuple[int, ...]:
        """The axes along which the same place comes again."""
        return tuple(axis for axis, stride in enumerate(self.strides) if stride == 0 and self.shape[axis] > 1)

    @property
    def distinct(self) -> bool:
        """Whether, apart from the shared axes, no place comes twice. May say no to a grid that folds oddly."""
        reach = 0
        axes = zip(self.strides, self.shape, strict=True)
        for stride, length in sorted((abs(stride), length) for stride, length in axes if stride):
            if stride <= reach:
                return False
            reach += stride * (length - 1)
        return True


class Reader:
    """Reads a list of places as an array of the shape the odometer `spans` gives: a view, or a gathered copy."""

    def __init__(self, places: Places, spans: list[int], regular: bool, array: Floats) -> None:
        shape = shape_of(spans)
        self.array = array
        self.places = None if regular else places
        self.out = Grid.of(places, spans).view(array) if regular else np.empty(shape)
        self._flat = self.out if regular else self.out.reshape(-1)

    def read(self) -> Floats:
        """The entries as they are now. A gathered copy stays valid until the next read."""
        if self.places is not None:
            np.take(self.array, self.places, out=self._flat, mode="clip")
        return self.out


class Adder:
    """Adds contributions into an array at a list of places, repeated ones included.

    `marks` tells what the adders that run before this one, and are made before it, do to each place. Where none of them
    comes to any of its places, this one writes in place of adding: what stood there need not be cleared first.
    """

    def __init__(self, places: Places, spans: list[int], regular: bool, array: Floats, marks: Marks) -> None:
        self.array = array
        self.places = places
        self.view: Floats | None = None
        self.shared: tuple[int, ...] = ()
        self.writes = False
        if regular and (grid := Grid.of(places, spans)).distinct:
            self.shared = grid.shared
            index: list[Any] = [0 if axis in self.shared else slice(None) for axis in range(len(grid.shape))]
            self.view, marked = (
                grid.view(each)[(*index, ...)]  # the ellipsis keeps a view of one entry a view
                for each in (array, marks)
            )
            self.writes = not marked.any()
            marked |= WRITTEN if self.writes else ADDED
        else:
            marks[places] |= ADDED
        self.unique = self.view is None and bool(np.bincount(places).max() == 1)
        axes = range(len(spans))
        self._product: Any = [[*axes], [axis for axis in axes if axis not in self.shared]]

    def add(self, contributions: Floats) -> None:
        """`array[places] += contributions`, which have the odometer's shape."""
        if self.view is not None and self.shared:
            self._take(np.add.reduce, contributions, axis=self.shared)
        elif self.view is not None and self.writes:
            self.view[...] = contributions
        elif self.view is not None:
            self.view += contributions
        elif self.unique:
            self.array[self.places] += contributions.reshape(-1)
        else:
            np.add.at(self.array, self.places, contributions.reshape(-1))

    def add_product(self, grad: Floats, slope: Floats | float) -> None:
        """`array[places] += grad * slope`, without the product in between where there is a way without."""
        if isinstance(slope, float):
            self.add(grad if slope == 1.0 else grad * slope)
        elif self.view is not None and self.shared:
            axes, kept = self._product
            self._take(np.einsum, grad, axes, slope, axes, kept)
        elif self.view is not None:
            self._take(np.multiply, grad, slope)
        else:
            self.add(grad * slope)

    def _take(self, compute: Any, *operands: Any, **options: Any) -> None:
        """Adds what `compute` makes of the operands, which has the view's shape."""
        if self.writes:
            compute(*operands, out=self.view, **options)
        else:
            self.view += compute(*operands, **options)
