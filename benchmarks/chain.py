"""One chain or sum of operations, built and walked back in a process of its own: `chain.py WHO WHAT OPS`.

Prints CPU seconds and the peak of memory above what the imports took, as JSON. WHO: ours, micrograd, micrograd-nogc
(garbage collector off), torch. WHAT: leaves (every operation reads a new leaf: 2 N + 1 nodes), literals (it reads a
number), wide (one sum over N leaves).
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def build(make: Callable[[float], Any], what: str, ops: int) -> Any:
    if what == "wide":
        return sum((make(1.0) for _ in range(ops)), make(0.0))
    value = make(1.0)
    if what == "literals":
        for _ in range(ops // 2):
            value = value * 0.999999 + 1e-6
        return value
    for _ in range(ops // 2):
        value = value * make(0.999999) + make(1e-6)
    return value


def maker(who: str) -> Callable[[float], Any]:
    if who == "ours":
        from engine.value import Value

        return Value
    if who.startswith("micrograd"):
        from micrograd.engine import Value

        sys.setrecursionlimit(100_000_000)
        return Value
    import torch

    torch.set_num_threads(1)
    return lambda number: torch.tensor(number, dtype=torch.float64, requires_grad=True)


def memory(line: str) -> int:
    """Bytes this process has (VmRSS) or had at most (VmHWM); elsewhere than on Linux the most it had, always.

    Not `getrusage` on Linux: its peak is inherited from the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        (found,) = (row for row in status.read_text().splitlines() if row.startswith(line))
        return int(found.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    who, what, ops = sys.argv[1], sys.argv[2], int(sys.argv[3])
    make = maker(who)
    if who.endswith("nogc"):
        gc.disable()
    before = memory("VmRSS")
    began = time.process_time()
    value = build(make, what, ops)
    value.backward()
    taken = time.process_time() - began
    print(json.dumps({"seconds": taken, "bytes": memory("VmHWM") - before}), flush=True)
    os._exit(0)  # taking the graph apart is not what is measured, and may be deep


if __name__ == "__main__":
    main()
