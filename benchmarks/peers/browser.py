"""The browser's replay (static/src/replay.js), in node: a child process that is asked for steps."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from app.answers import graph_answer
from engine.tape import Tape

SCRIPT = Path(__file__).resolve().parent.parent / "replay_node.mjs"


class NodeMissingError(Exception):
    """No node on this machine; the message says what to do."""


class Replay:
    """A running node with the tape compiled."""

    def __init__(self, tape: Tape) -> None:
        node = shutil.which("node")
        if not node:
            raise NodeMissingError(
                "The browser's replay is timed in node, which `python3 run test` installs."
            )
        self.version = subprocess.run(
            [node, "--version"], capture_output=True, text=True, check=True
        ).stdout.strip()
        with tempfile.NamedTemporaryFile("wb", suffix=".json", delete=False) as file:
            file.write(graph_answer(tape, columns=False))
        self.path = Path(file.name)
        self.running = subprocess.Popen(
            [node, SCRIPT, file.name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, line: str) -> object:
        assert self.running.stdin is not None
        assert self.running.stdout is not None
        self.running.stdin.write(line + "\n")
        self.running.stdin.flush()
        return json.loads(self.running.stdout.readline())

    def clock(self, times: int) -> float:
        """CPU seconds of node for that many steps."""
        taken = self.ask(str(times))
        assert isinstance(taken, float | int)
        return float(taken)

    def numbers(self) -> list[float]:
        answer = self.ask("numbers")
        assert isinstance(answer, list)
        return answer

    def close(self) -> None:
        assert self.running.stdin is not None
        self.running.stdin.close()
        self.running.wait()
        self.path.unlink()
