"""Writes what is generated from the op table and the contract; with `--check` it only says what is stale.

Exit code 1 from `--check` when a file differs from what its reading prints today; the files are named.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TARGETS: dict[str, tuple[str, str]] = {
    "engine/kernel.py": ("engine.readings.python", "kernel_py"),
    "engine/methods.py": ("engine.readings.methods", "methods_py"),
    "docs/ops.md": ("engine.readings.markdown", "ops_md"),
    "static/src/kernel.js": ("engine.readings.javascript", "kernel_js"),
    "static/src/formulas.js": ("engine.readings.javascript", "formulas_js"),
    "static/src/formula-math.js": ("engine.readings.javascript", "formula_math_js"),
    "static/src/partials.js": ("engine.readings.javascript", "partials_js"),
    "static/src/partial-math.js": ("engine.readings.javascript", "partial_math_js"),
    "static/src/notes.js": ("engine.readings.javascript", "notes_js"),
    "static/src/answers.js": ("engine.readings.phrases", "answers_js"),
    "static/src/phrases.js": ("engine.readings.phrases", "phrases_js"),
    "static/src/train/optim.js": ("engine.readings.train", "optim_js"),
    "static/src/train/tables.js": ("engine.readings.train", "tables_js"),
    "static/src/embed/table.js": ("app.embed_options", "table_js"),
    "docs/api.md": ("app.reference", "api_md"),
    "docs/embedding.md": ("app.reference", "embedding_md"),
    "docs/openapi.json": ("app.reference", "openapi_json"),
}
"""Path of a generated file -> module and function that print it."""


def printed(path: str) -> str:
    """What the file at `path` should hold."""
    module, function = TARGETS[path]
    reading: Callable[[], str] = getattr(import_module(module), function)
    return reading()


def is_stale(path: str) -> bool:
    """Whether the file at `path` is missing or differs from its reading."""
    file = ROOT / path
    return not file.exists() or file.read_text(encoding="utf-8") != printed(path)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file is stale")
    options = parser.parse_args(arguments)
    if options.check:
        names = [path for path in TARGETS if is_stale(path)]
        for name in names:
            print(f"stale: {name} (python3 run gen)", file=sys.stderr)
        return 1 if names else 0
    for path in TARGETS:  # one by one, the kernel first: the app's documents are printed by running it
        if is_stale(path):
            (ROOT / path).write_text(printed(path), encoding="utf-8")
            print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
