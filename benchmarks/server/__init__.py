"""Servers as processes of their own, and what loads them."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

SEEGRAD = Path(sys.executable).with_name("seegrad")


def free_port() -> int:
    """One that nobody is given who takes any: it is still free when the server is started again."""
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


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
                with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
                    connection.request("GET", "/healthz")
                    connection.getresponse().read()
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
