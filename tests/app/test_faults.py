"""A server that is killed while it saves; `python3 run bench links` does it 30 times with 20 writers."""

from __future__ import annotations

from pathlib import Path

from benchmarks.server.faults import run


def test_no_acknowledged_link_is_lost_and_none_is_there_twice(tmp_path: Path) -> None:
    out = run(tmp_path, kills=3, writers=8)
    assert out.kills == 3
    assert out.acknowledged > 20
    assert out.broken > 0  # somebody was answered no more
    assert (out.lost, out.twice, out.strange, out.integrity) == ([], 0, [], "ok")
    assert out.rows >= out.acknowledged
