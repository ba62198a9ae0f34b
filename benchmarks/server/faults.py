"""Writers that save links while their server is killed, again and again; then every acknowledged link is looked for."""

from __future__ import annotations

import http.client
import json
import random
import signal
import sqlite3
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.server import port_of, seegrad

JSON = {"content-type": "application/json"}
LEAST = 10
"""Links that are acknowledged before a kill: a server that saved none has none to lose."""


@dataclass
class Outcome:
    """What came of it. `lost`: acknowledged and not there or not the same. `twice`: states stored more than once."""

    kills: int = 0
    acknowledged: int = 0
    again: int = 0
    broken: int = 0
    rows: int = 0
    lost: list[str] = field(default_factory=list)
    twice: int = 0
    strange: list[str] = field(default_factory=list)
    integrity: str = ""


def program_of(writer: int, number: int) -> str:
    return f"a = {number}; b = a*{writer}\n# {'x' * (number % 700)}"


def run(folder: Path, kills: int, writers: int, workers: int = 1, seed: int = 1) -> Outcome:
    """`writers` threads save as fast as they are answered; `kills` times the server is killed and started again."""
    server = seegrad("--workers", str(workers), SEEGRAD_DATA=str(folder), SEEGRAD_RATE_UNITS="0")
    outcome, told, lock, over = Outcome(), dict[str, str](), threading.Lock(), threading.Event()

    def ask(connection: http.client.HTTPConnection, program: str) -> bool:
        """Whether the save was acknowledged: the whole answer was read."""
        try:
            connection.request("POST", "/api/v1/links", json.dumps({"program": program}), JSON)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            with lock:
                outcome.broken += 1
            return False
        with lock:
            if answer.status not in (200, 201):
                outcome.strange.append(f"{answer.status} {content[:200]!r}")
                return False
            told[json.loads(content)["id"]] = program
            outcome.acknowledged += answer.status == 201
            outcome.again += answer.status == 200
        return True

    def write(writer: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port_of(server), timeout=30)
        number = 0
        while not over.is_set():
            if ask(connection, program_of(writer, number)):
                if number % 5 == 0:
                    ask(connection, program_of(writer, number // 2))  # one that was saved before
                number += 1
            else:
                time.sleep(0.05)  # and the same once more: it may be there already
        connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(writers)]
    for thread in threads:
        thread.start()
    wait = random.Random(seed)
    try:
        for _ in range(kills):
            least = outcome.acknowledged + LEAST
            time.sleep(wait.uniform(0.2, 1.0))
            while outcome.acknowledged < least:
                time.sleep(0.01)
            server.end(signal.SIGKILL)
            outcome.kills += 1
            server.start()
        time.sleep(0.5)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    look_for(told, port_of(server), folder, outcome)
    server.end()
    return outcome


def look_for(told: dict[str, str], port: int, folder: Path, outcome: Outcome) -> None:
    """Asks the server for every acknowledged link, and the file for what else there is."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for name, program in told.items():
        connection.request("GET", f"/api/v1/links/{name}")
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200 or json.loads(content)["state"]["program"] != program:
            outcome.lost.append(name)
    connection.close()
    file = sqlite3.connect(folder / "seegrad.db")
    outcome.rows = file.execute("SELECT count(*) FROM links").fetchone()[0]
    outcome.twice = outcome.rows - file.execute("SELECT count(DISTINCT state) FROM links").fetchone()[0]
    outcome.integrity = file.execute("PRAGMA integrity_check").fetchone()[0]
    file.close()
