"""Servers as processes of their own, and what loads them."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

SEEGRAD = Path(sys.executable).with_name("seegrad")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server in a process group of its own, on a port that stays the same when it is started again."""

    def __init__(self, words: list[str], **environment: str) -> None:
        self.words, self.environment = words, environment
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Starts it and waits until it answers."""
        self.process = subprocess.Popen(
            self.words,
            env=os.environ | self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        port = int(self.words[self.words.index("--port") + 1])
        deadline = time.monotonic() + 60
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
                connection.request("GET", "/healthz")
                connection.getresponse().read()
                connection.close()
                return
            except (OSError, http.client.HTTPException):
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise RuntimeError("the server did not start") from None
                time.sleep(0.02)

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Sends the signal to the whole group and waits."""
        assert self.process is not None
        os.killpg(self.process.pid, number)
        self.process.wait(20)

    def processes(self) -> list[int]:
        """The pids of the group: itself and its workers."""
        assert self.process is not None
        found = [self.process.pid]
        for pid in found:
            try:
                children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            except OSError:
                continue
            found += [int(child) for child in children]
        return found

    def cpu_seconds(self) -> float:
        """CPU seconds of all its threads so far, to the nanosecond: Linux' schedstat."""
        total = 0
        for pid in self.processes():
            for thread in Path(f"/proc/{pid}/task").iterdir():
                try:
                    total += int((thread / "schedstat").read_text().split()[0])
                except OSError:
                    continue  # it has ended
        return total / 1e9


def seegrad(*words: str, **environment: str) -> Server:
    return Server([str(SEEGRAD), "serve", "--port", str(free_port()), *words], **environment)


def port_of(server: Server) -> int:
    return int(server.words[server.words.index("--port") + 1])
