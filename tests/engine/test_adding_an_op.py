"""docs/adding-an-op.md: the row it shows is one that works, and the files it names are those that are generated."""

from __future__ import annotations

import ast
import importlib
import math
import re
import runpy
from pathlib import Path

import pytest

from engine import ops
from engine.export.prelude import definition

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding-an-op.md").read_text(encoding="utf-8")


def row_of_the_page() -> ops.Op:
    text = re.search(r"^```python\n(.*?),\n```$", PAGE, re.M | re.S)
    assert text
    call = ast.parse(text[1].strip(), mode="eval").body
    assert isinstance(call, ast.Call)
    words = [ast.literal_eval(argument) for argument in call.args]
    options = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    return getattr(ops, ast.unparse(call.func))(*words, **options)


def test_the_row_is_new_and_right(tmp_path: Path) -> None:
    row = row_of_the_page()
    assert row.name not in ops.OPS
    path = tmp_path / "row.py"
    path.write_text(f"op = lambda name, formula, slopes: (formula, slopes)\n{definition(row, ieee=False)}\n")
    formula, slopes = runpy.run_path(str(path))[row.name]
    for x in (-2.5, -0.3, 0.7, 40.0):
        estimate = (formula(x + 1e-6) - formula(x - 1e-6)) / 2e-6
        assert slopes(formula(x), x) == (pytest.approx(estimate, rel=1e-6),)
        assert math.isclose(formula(x), x / (1 + abs(x)))


def test_the_files_are_those_that_the_table_is_printed_into() -> None:
    named = re.search(r"run gen +# (.*)$", PAGE, re.M)
    assert named
    targets = importlib.import_module("tools.gen").TARGETS
    printed = {
        path
        for path, (module, function) in targets.items()
        if module.startswith("engine.") and "phrases" not in function
    }
    assert set(named[1].split(", ")) == printed
