"""Stored links under load and fault: 20 writers, and kill -9 of the server 30 times, with one worker and with two."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import table
from benchmarks.server.faults import run as fault

WRITERS, KILLS = 20, 30


def run(_rounds: int, say: Callable[[str], None]) -> str:
    """The section of RESULTS.md."""
    rows = []
    for workers in (1, 2):
        say(f"{WRITERS} writers, {KILLS} kills, {workers} worker{'s' * (workers > 1)}")
        with tempfile.TemporaryDirectory() as folder:
            out = fault(Path(folder), KILLS, WRITERS, workers)
        rows.append(
            (
                str(workers),
                str(out.kills),
                f"{out.acknowledged:,} new, {out.again:,} again",
                f"{out.broken:,}",
                f"{out.rows:,}",
                f"**{len(out.lost)}**",
                f"**{out.twice}**",
                str(len(out.strange)),
                out.integrity,
            )
        )
    head = (
        "workers", "kills", "acknowledged", "connections broken", "rows", "lost", "twice", "other answers", "integrity",
    )  # fmt: skip
    return (
        f"\n{WRITERS} writers save states of their own as fast as they are answered and repeat what was not "
        f"acknowledged; the whole server is killed (SIGKILL) and started again at random moments. Then every "
        f"acknowledged link is asked for and compared.\n\n{table(head, rows)}\n"
    )
