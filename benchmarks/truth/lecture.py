"""Code written against micrograd and the lecture, run with our Value, Neuron, Layer and MLP instead.

micrograd's own test file comes from its source distribution and runs as it is but for the import. The lecture's
notebooks are not packages: give their files to `python3 run oracle notebooks FILE…` and their code cells run in order,
with the cells' own classes of those four names left out. What the cells do is also here, in our words, with the
lecture's numbers.
"""

from __future__ import annotations

import ast
import json
import random
import re
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from benchmarks.truth.spelled import load

OURS = ("Value", "Neuron", "Layer", "MLP")
IMPORTS = "from engine.value import Value\nfrom engine.nn import Neuron, Layer, MLP\n"


def microgrades_own_tests() -> list[str]:
    """Runs micrograd's test functions; their names."""
    with tempfile.TemporaryDirectory() as folder:
        pinned = f"micrograd=={version('micrograd')}"
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
                "--no-binary",
                ":all:",
                "--dest",
                folder,
                pinned,
            ],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        (archive,) = Path(folder).glob("micrograd-*.tar.gz")
        with tarfile.open(archive) as packed:
            member = next(m for m in packed.getmembers() if m.name.endswith("test/test_engine.py"))
            file = packed.extractfile(member)
            assert file is not None
            text = file.read().decode()
    changed = text.replace("from micrograd.engine import", "from engine.value import")
    if changed == text:
        raise AssertionError("micrograd's test does not import micrograd.engine")
    module = load(changed, "microgrades_own_tests")
    names = [name for name in vars(module) if name.startswith("test_")]
    for name in names:
        getattr(module, name)()
    return names


def notebook(path: Path) -> int:
    """Runs a notebook's code cells with our classes; how many there were."""
    cells = [
        "".join(cell["source"])
        for cell in json.loads(path.read_text())["cells"]
        if cell["cell_type"] == "code" and "".join(cell["source"]).strip()
    ]
    parts = []
    for text in cells:
        plain = re.sub(r"^\s*[%!].*$", "", text, flags=re.M)
        tree = ast.parse(plain)
        lines = plain.split("\n")
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and node.name in OURS:
                lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or 0) - node.lineno + 1)
        parts.append("\n".join(lines))
    with drawing_left_out():
        load(IMPORTS + "\n".join(parts), "notebook")
    return len(cells)


class _Anything(ModuleType):
    """Takes any call and answers nothing: pictures are not what is tested."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args: object, **kwargs: object) -> _Anything:
        return self


class drawing_left_out:  # noqa: N801 - reads as a statement
    """While it lasts, matplotlib and graphviz draw nothing."""

    names = ("matplotlib", "matplotlib.pyplot", "graphviz")

    def __enter__(self) -> None:
        self.kept = {name: sys.modules.get(name) for name in self.names}
        sys.modules.update({name: _Anything(name) for name in self.names})

    def __exit__(self, *_: object) -> None:
        for name, module in self.kept.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


# --- what the lecture does, step by step ------------------------------------------------------------------------


def close(ours: float | None, expected: float, bound: float = 1e-12) -> None:
    assert ours is not None
    assert abs(ours - expected) <= bound * max(1.0, abs(expected)), f"{ours!r}, the lecture has {expected!r}"


def expression_by_hand() -> None:
    from engine.value import Value

    a, b, c, f = (Value(x, label=n) for x, n in ((2.0, "a"), (-3.0, "b"), (10.0, "c"), (-2.0, "f")))
    e = a * b
    e.label = "e"
    d = e + c
    L = d * f
    assert repr(L) == "Value(data=-8.0)"
    L.backward()
    for value, grad in ((a, 6), (b, -4), (c, -2), (f, 4), (e, -2), (d, -2), (L, 1)):
        close(value.grad, grad)
    for leaf in (a, b, c, f):
        leaf.data += 0.01 * leaf.grad
    close(((a * b + c) * f).data, -7.286496)


def neuron_step_by_step() -> None:
    """The cells that call `_backward` node by node, the output first."""
    from engine.value import Value

    x1, x2, w1, w2 = Value(2.0), Value(0.0), Value(-3.0), Value(1.0)
    b = Value(6.8813735870195432)
    x1w1, x2w2 = x1 * w1, x2 * w2
    both = x1w1 + x2w2
    n = both + b
    o = n.tanh()
    o.grad = 1.0
    for value in (o, n, b, both, x2w2, x1w1):
        value._backward()
    for value, grad in ((x1, -1.5), (w1, 1.0), (x2, 0.5), (w2, 0.0), (b, 0.5), (n, 0.5)):
        close(value.grad, grad)


def tanh_taken_apart() -> None:
    """And drawn as the lecture draws: every node has an `_op`, a `_prev`, and a grad that can be printed."""
    from engine.value import Value

    x1, x2, w1, w2 = Value(2.0), Value(0.0), Value(-3.0), Value(1.0)
    n = x1 * w1 + x2 * w2 + Value(6.8813735870195432)
    e = (2 * n).exp()
    o = (e - 1) / (e + 1)
    o.backward()
    close(o.data, 0.7071067811865476)
    close(x1.grad, -1.5)
    seen, todo = set(), [o]
    while todo:
        value = todo.pop()
        if value not in seen:
            seen.add(value)
            todo.extend(value._prev)
            assert "%.4f | %.4f" % (value.data, value.grad)  # noqa: UP031 - the lecture's own way to print
            assert isinstance(value._op, str)
    assert {value._op for value in seen} >= {"", "+", "*", "exp"}


def reuse() -> None:
    from engine.value import Value

    a = Value(3.0)
    b = a + a
    b.backward()
    close(a.grad, 2.0)
    a, b = Value(-2.0), Value(3.0)
    f = (a * b) * (a + b)
    f.backward()
    close(a.grad, -3.0)
    close(b.grad, -8.0)


def training_loop() -> None:
    from engine.nn import MLP

    random.seed(1337)
    n = MLP(3, [4, 4, 1])
    xs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
    ys = [1.0, -1.0, -1.0, 1.0]
    assert len(n.parameters()) == 41
    loss = None
    for k in range(20):
        ypred = [n(x) for x in xs]
        loss = sum((yout - ygt) ** 2 for ygt, yout in zip(ys, ypred, strict=True))
        for p in n.parameters():
            p.grad = 0.0
        loss.backward()
        for p in n.parameters():
            p.data += -0.1 * p.grad
        if k == 0:
            close(loss.data, 6.005402783252284)
            close(n.layers[0].neurons[0].w[0].grad, -0.4536648933083657)
    assert loss is not None
    close(loss.data, 0.017782, 1e-6)


STEPS = (expression_by_hand, neuron_step_by_step, tanh_taken_apart, reuse, training_loop)
