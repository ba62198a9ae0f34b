"""What PyTorch answered, kept in `tests/golden/oracle/` so that the default tests need no PyTorch.

A file is gzipped JSON: `about` (versions, date, seed, what it is), and `programs`, each a row
`[leaves, fixed, [[op, [operand, …]], …], values of the computed nodes, grads of all nodes]`. Grads are null where
PyTorch keeps none. Non-finite numbers are strings, as in the API.
"""

from __future__ import annotations

import datetime
import gzip
import json
import math
from collections.abc import Sequence
from pathlib import Path

import torch

from benchmarks.truth.compare import Numbers
from benchmarks.truth.programs import Program

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "golden" / "oracle"


def on_the_wire(number: float | None) -> float | str | None:
    if number is None or math.isfinite(number):
        return number
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


def write(name: str, what: str, recorded: Sequence[tuple[Program, Numbers]]) -> Path:
    """Writes the file unless it holds the same programs and answers already; then its date stays."""
    rows = [
        [
            [on_the_wire(number) for number in program.leaves],
            [int(fixed) for fixed in program.fixed],
            [[op, list(operands)] for op, operands in program.nodes],
            [on_the_wire(number) for number in values[len(program.leaves) :]],
            [on_the_wire(number) for number in grads],
        ]
        for program, (values, grads) in recorded
    ]
    path = FOLDER / f"{name}.json.gz"
    if path.is_file() and json.loads(gzip.decompress(path.read_bytes()))["programs"] == rows:
        return path
    about = {
        "what": what,
        "torch": torch.__version__,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "written by": "python3 run oracle",
    }
    text = json.dumps({"about": about, "programs": rows}, separators=(",", ":"), allow_nan=False)
    FOLDER.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    return path
