"""Runs the JavaScript tests of the modules without a DOM (`node --test`), one pytest item per file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "tests" / "js").rglob("*.test.js"))


def test_there_are_javascript_tests() -> None:
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_javascript(path: Path) -> None:
    node = shutil.which("node")
    assert node, "node is missing: start the tests with `python3 run test`, which brings one"
    done = subprocess.run(
        [node, "--test", path], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "\nℹ pass 0\n" not in done.stdout, "the file holds no test"
