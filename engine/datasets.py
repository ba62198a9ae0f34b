"""Small data sets to train on, every one the same for the same seed.

Random numbers come from NumPy's `RandomState` (the Mersenne Twister), whose streams NumPy promises never to change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from engine.limits import DEFAULT_LIMITS, Limits
from engine.losses import Loss
from engine.spec import NetworkError, NetworkSpec, is_number


@dataclass(frozen=True, slots=True)
class Dataset:
    """Rows of numbers, and for each a class (0, 1, …) or, where `classes` is 0, the number to be predicted."""

    inputs: list[list[float]]
    answers: list[float]
    classes: int = 2

    def targets(self, loss: Loss) -> list[float]:
        """The answers as a loss wants them: classes 0 and 1 become -1 and 1 unless it reads them as they are."""
        if not self.classes or loss.targets in ("class", "probability"):
            return list(self.answers)
        return [2 * answer - 1 for answer in self.answers]


@dataclass(frozen=True, slots=True)
class Row:
    """A data set that can be made: `make(count, noise, seed)`; those with a `fixed` table ignore all three.

    `nin` is the width of its rows, `classes` and the rest as in Dataset.
    """

    name: str
    title: str
    make: Callable[[int, float, int], Dataset]
    count: int
    noise: float = 0.0
    nin: int = 2
    classes: int = 2
    fixed: bool = False


def _table(inputs: list[list[float]], answers: list[float]) -> Callable[[int, float, int], Dataset]:
    return lambda count, noise, seed: Dataset([list(row) for row in inputs], list(answers))


def _halves(count: int) -> tuple[int, int]:
    return count // 2, count - count // 2


def _mixed(curves: Any, noise: float, seed: int) -> Dataset:
    """The points of two curves, shuffled, then moved by Gaussian noise: scikit-learn's order of drawing."""
    import numpy as np

    points = np.concatenate(curves)
    classes = np.repeat([0.0, 1.0], [len(curve) for curve in curves])
    source = np.random.RandomState(seed)
    order = np.arange(len(points))
    source.shuffle(order)
    points, classes = points[order], classes[order]
    if noise:
        points = points + source.normal(scale=noise, size=points.shape)
    return Dataset(points.tolist(), classes.tolist())


def moons(count: int = 100, noise: float = 0.1, seed: int = 1337) -> Dataset:
    """Two half circles that interlock: scikit-learn's `make_moons` with `random_state=seed`, point for point."""
    import numpy as np

    outer, inner = (np.linspace(0, np.pi, part) for part in _halves(count))
    upper = np.stack([np.cos(outer), np.sin(outer)], axis=1)
    lower = np.stack([1 - np.cos(inner), 1 - np.sin(inner) - 0.5], axis=1)
    return _mixed([upper, lower], noise, seed)


def circles(count: int = 100, noise: float = 0.1, seed: int = 1337) -> Dataset:
    """A circle within a circle of twice its radius; scikit-learn's `make_circles` with `factor=0.5`."""
    import numpy as np

    curves = []
    for part, radius in zip(_halves(count), (1.0, 0.5), strict=True):
        angle = np.linspace(0, 2 * np.pi, part, endpoint=False)
        curves.append(np.stack([np.cos(angle), np.sin(angle)], axis=1) * radius)
    return _mixed(curves, noise, seed)


def spirals(count: int = 100, noise: float = 0.05, seed: int = 1337) -> Dataset:
    """Two arms, half a turn apart, each winding once and a half from near the centre to radius 1."""
    import numpy as np

    curves = []
    for part, start in zip(_halves(count), (0.0, np.pi), strict=True):
        radius = np.linspace(0.1, 1.0, part)
        angle = start + 3 * np.pi * radius
        curves.append(np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1))
    return _mixed(curves, noise, seed)


def line(count: int = 20, noise: float = 0.1, seed: int = 1337) -> Dataset:
    """Points near y = 0.5 + 2x, x evenly from -1 to 1; y is to be predicted."""
    import numpy as np

    x = np.linspace(-1, 1, count)
    y = 0.5 + 2 * x + np.random.RandomState(seed).normal(scale=noise, size=count)
    return Dataset(x[:, None].tolist(), y.tolist(), classes=0)


_CORNERS = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
_LECTURE = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]

_ROWS = (
    Row(
        "lecture", "the lecture's four examples", _table(_LECTURE, [1.0, 0.0, 0.0, 1.0]), 4, nin=3, fixed=True
    ),
    Row("and", "and: on only when both are", _table(_CORNERS, [0.0, 0.0, 0.0, 1.0]), 4, fixed=True),
    Row("xor", "xor: on when exactly one is", _table(_CORNERS, [0.0, 1.0, 1.0, 0.0]), 4, fixed=True),
    Row("moons", "two moons", moons, 100, 0.1),
    Row("circles", "a circle in a circle", circles, 100, 0.1),
    Row("spirals", "two spirals", spirals, 100, 0.05),
    Row("line", "points near a line", line, 20, 0.1, nin=1, classes=0),
)
DATASETS = MappingProxyType({row.name: row for row in _ROWS})


def dataset(
    name: str,
    count: int | None = None,
    noise: float | None = None,
    seed: int = 1337,
    limits: Limits = DEFAULT_LIMITS,
) -> Dataset:
    """A data set by name, of its usual size and noise unless told. Raises NetworkError."""
    row = DATASETS.get(name)
    if row is None:
        raise _refusal("unknown_dataset", "name", f"The data set is one of {', '.join(DATASETS)}.")
    count = row.count if count is None else count
    noise = row.noise if noise is None else noise
    most = limits.dataset_examples
    if not 2 <= count <= most:
        raise _refusal("bad_count", "count", f"A data set has at least 2 examples and at most {most:,}.")
    if not is_number(noise) or not 0 <= noise < float("inf"):
        raise _refusal("bad_noise", "noise", "Noise is a number that is not negative.")
    if not 0 <= seed < 2**32:
        raise _refusal("bad_seed", "seed", "The seed of a data set is a whole number from 0 to 2**32 - 1.")
    return row.make(count, noise, seed)


def check_fit(name: str, spec: NetworkSpec, loss: Loss) -> None:
    """Raises NetworkError unless a network with this loss can learn from the data set, whatever its numbers."""
    row = DATASETS[name]
    if spec.nin != row.nin:
        message = f"The rows of {name} have {row.nin} numbers; this network reads {spec.nin:,}."
        raise NetworkError("wrong_width", message, ("network", "nin"), f"Set nin to {row.nin}.")
    if not row.classes and loss.targets != "number":
        message = f"{loss.name} wants classes; {name} has numbers to predict."
        raise NetworkError("loss_mismatch", message, ("loss",), "Use mean_squared_error.")
    if loss.targets != "class" and spec.nouts[-1] != 1:
        message = f"{name} has one target per example; this network has {spec.nouts[-1]:,} outputs."
        raise NetworkError(
            "loss_mismatch",
            message,
            ("network", "nouts"),
            "End with one neuron, or use softmax_cross_entropy.",
        )


def _refusal(code: str, field: str, message: str) -> NetworkError:
    return NetworkError(code, message, ("dataset", field))
