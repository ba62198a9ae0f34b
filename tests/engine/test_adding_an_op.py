"""docs/adding-an-op.md, done in a copy of the checkout: its row, `run gen`, nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding-an-op.md").read_text(encoding="utf-8")
PLACE = '    _function("gelu"'
"""What the row is put in front of."""
NEEDED = ("app", "docs", "engine", "static", "templates", "tests", "tools", "pyproject.toml")


def from_page(pattern: str) -> str:
    found = re.search(pattern, PAGE, re.M | re.S)
    assert found, pattern
    return found[1]


def python(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout


def test_the_row_and_one_command_are_all(tmp_path: Path) -> None:
    """What is written is what the page names; the tests that iterate the table hold the new row."""
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "images"))
        else:
            shutil.copy(source, tmp_path)
    row, table = from_page(r"^```python\n(.*?)```$"), tmp_path / "engine" / "ops.py"
    text = table.read_text(encoding="utf-8")
    if row in text:  # who follows the page to the letter
        text = text.replace(row, "")
        table.write_text(text, encoding="utf-8")
        python(tmp_path, "tools/gen.py")
    assert text.count(PLACE) == 1
    table.write_text(text.replace(PLACE, row + PLACE), encoding="utf-8")
    wrote = re.findall(r"^wrote (.*)$", python(tmp_path, "tools/gen.py"), re.M)
    assert wrote == from_page(r"run gen +# (.*?)$").split(", ")
    name = re.findall(r'"(\w+)"', row)[0]
    files = ("tests/engine/test_ops.py", "tests/engine/test_oracle.py")
    told = python(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", f"[{name}", *files)
    passed = re.search(r"(\d+) passed", told)
    assert passed
    assert int(passed[1]) >= 9, told
