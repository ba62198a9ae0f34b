"""A server of ours under training streams, over the loopback interface; prints one JSON object.

`.venv/bin/python -m benchmarks.load [ROUNDS]`. The server is a process of its own; this one is its clients.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from engine.datasets import dataset
from engine.network import NetworkSpec
from engine.training import Recipe, train

SEEGRAD = Path(sys.executable).with_name("seegrad")
STREAMS = 50
STEPS = 100
REQUESTS = 200
THINK_SECONDS = 0.01
ROUNDS = 5
MOONS: dict[str, Any] = {
    "network": {"nin": 2, "nouts": [16, 16, 1], "activation": "relu", "output_activation": "linear"},
    "dataset": {"name": "moons"},
    "loss": "hinge",
    "recipe": {"steps": 3000, "rate": 0.1},
}
"""65,814 nodes, 3,000 steps: just under the limit of nodes times steps."""
LECTURE: dict[str, Any] = {
    "network": {"nin": 3, "nouts": [4, 4, 1]},
    "dataset": {"name": "lecture"},
    "recipe": {"steps": 100_000, "rate": 0.001},
}
"""364 nodes, and the largest number of steps."""
OTHERS = {
    "a small program": {"program": "a = 2; b = -3\nc = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"},
    "the lecture's network": {
        "network": {"nin": 3, "nouts": [4, 4, 1]},
        "inputs": [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]],
        "targets": [1, -1, -1, 1],
    },
}


@contextmanager
def serving() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server and its port. Without budgets: one address asks for a class here."""
    process = subprocess.Popen(
        [SEEGRAD, "serve", "--port", "0"],
        env=os.environ | {"SEEGRAD_RATE_UNITS": "0"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process, int(process.stdout.readline().split(":")[2].partition("/")[0])
    finally:
        process.kill()
        process.wait()


class Connection:
    """One HTTP/1.1 connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def post(self, path: str, body: Any) -> int:
        """Sends a request and reads the head of its answer; the length of what follows, 0 for a stream."""
        text = json.dumps(body).encode()
        head = f"host: x\r\ncontent-type: application/json\r\ncontent-length: {len(text)}\r\n\r\n"
        self.writer.write(f"POST {path} HTTP/1.1\r\n{head}".encode() + text)
        answer = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        assert answer.startswith(b"http/1.1 200"), answer
        lengths = [line for line in answer.split(b"\r\n") if line.startswith(b"content-length")]
        return int(lengths[0].partition(b":")[2]) if lengths else 0

    async def pieces(self) -> AsyncIterator[bytes]:
        """The chunks of a streamed answer."""
        while size := int(await self.reader.readline(), 16):
            yield await self.reader.readexactly(size)
            await self.reader.readline()


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Connection]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Connection(reader, writer)
    finally:
        writer.close()


async def events(port: int, body: Any, when: list[float] | None = None) -> list[tuple[str, Any]]:
    """The events of a whole stream, as (name, data)."""
    async with connected(port) as connection:
        await connection.post("/api/v1/train?stream=true", body)
        text = b""
        async for piece in connection.pieces():
            text += piece
            if when is not None:
                when.append(time.perf_counter())
    found = []
    for block in text.decode().split("\n\n")[:-1]:
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        found.append((fields["event"], json.loads(fields["data"])))
    return found


async def many(port: int) -> dict[str, Any]:
    """Fifty different runs at once; every loss of every step is compared with the engine's own."""
    lecture = dataset("lecture")

    def body(seed: int) -> Any:
        return {
            **LECTURE,
            "network": {**LECTURE["network"], "seed": seed},
            "recipe": {"steps": STEPS, "rate": 0.05},
        }

    pauses: list[list[float]] = [[] for _ in range(STREAMS)]
    began = time.perf_counter()
    told = await asyncio.gather(*(events(port, body(seed), pauses[seed]) for seed in range(STREAMS)))
    seconds = time.perf_counter() - began
    lost = reordered = wrong = 0
    for seed, run in enumerate(told):
        steps = [data["step"] for name, data in run if name == "step"]
        lost += STEPS - len(steps) + (run[-1][0] != "done")
        reordered += steps != sorted(steps)
        wanted = train(
            NetworkSpec(3, [4, 4, 1], seed=seed), lecture.inputs, [1, -1, -1, 1], Recipe(STEPS, 0.05)
        )
        wrong += [data["loss"] for name, data in run if name == "step"] != [step.loss for step in wanted]
    longest = [max(b - a for a, b in zip([began, *row], row, strict=False)) for row in pauses]
    return {
        "streams": STREAMS, "steps": STEPS, "seconds": seconds, "lost": lost, "reordered": reordered, "wrong": wrong,
        "longest pause": max(longest),
    }  # fmt: skip


async def leaving(process: subprocess.Popen[str], port: int) -> float:
    """Seconds until the server rests after a client in the middle of the longest run has left."""
    async with connected(port) as connection:
        await connection.post("/api/v1/train?stream=true", LECTURE)
        async for _ in connection.pieces():
            break
        await asyncio.sleep(0.3)
    began = time.perf_counter()
    busy = cpu_ticks(process)
    while True:
        await asyncio.sleep(0.05)
        if (now := cpu_ticks(process)) == busy:
            return time.perf_counter() - began
        busy = now


async def others(port: int, asked: Any, rounds: int) -> dict[str, dict[str, float]]:
    """What other requests take, idle and while a stream runs at its limit, in turns; milliseconds."""

    async def measured(connection: Connection) -> list[float]:
        taken = []
        for _ in range(REQUESTS):
            await asyncio.sleep(THINK_SECONDS)
            began = time.perf_counter()
            await connection.reader.readexactly(await connection.post("/api/v1/graph", asked))
            taken.append((time.perf_counter() - began) * 1000)
        return taken

    async def for_ever(body: Any) -> None:
        while True:
            await events(port, body)

    found: dict[str, dict[str, float]] = {}
    async with connected(port) as connection:
        await measured(connection)
        for name, body in (("65,814 nodes × 3,000 steps", MOONS), ("364 nodes × 100,000 steps", LECTURE)):
            idle: list[float] = []
            busy: list[float] = []
            ratios = []
            for _ in range(rounds):
                quiet = await measured(connection)
                stream = asyncio.create_task(for_ever(body))
                await asyncio.sleep(0.5)
                loud = await measured(connection)
                stream.cancel()
                await asyncio.gather(stream, return_exceptions=True)
                await asyncio.sleep(0.3)
                idle += quiet
                busy += loud
                ratios.append(p95(loud) / p95(quiet))
            found[name] = {"idle": p95(idle), "busy": p95(busy), "ratio": statistics.median(ratios)}
    return found


async def unread(process: subprocess.Popen[str], port: int) -> float:
    """Megabytes by which the server grows while a stream with all its numbers is not read for three seconds."""
    body = {**MOONS, "include": ["parameters", "grads"]}
    async with connected(port) as connection:
        await connection.post("/api/v1/train?stream=true", body)
        await asyncio.sleep(1)
        before = resident(process)
        await asyncio.sleep(3)
        return (resident(process) - before) / 1e6


def stop(process: subprocess.Popen[str], port: int) -> dict[str, Any]:
    """Seconds from SIGTERM to the end with ten streams open, and how they ended."""

    async def go() -> list[str]:
        runs = [asyncio.create_task(events(port, LECTURE)) for _ in range(10)]
        await asyncio.sleep(1)
        process.send_signal(signal.SIGTERM)
        return [run[-1][0] for run in await asyncio.gather(*runs)]

    ends = asyncio.run(go())
    began = time.perf_counter()
    process.wait(timeout=20)
    return {"seconds": time.perf_counter() - began, "told": ends.count("error")}


def p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def cpu_ticks(process: subprocess.Popen[str]) -> int:
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def resident(process: subprocess.Popen[str]) -> int:
    return int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    found: dict[str, Any] = {}
    with serving() as (process, port):
        parts: dict[str, Callable[[], Awaitable[Any]]] = {
            "many": lambda: many(port),
            "leaving": lambda: leaving(process, port),
            "unread": lambda: unread(process, port),
        }
        for name, asked in OTHERS.items():
            parts[name] = lambda asked=asked: others(port, asked, rounds)
        for name, part in parts.items():

            async def go(part: Callable[[], Awaitable[Any]] = part) -> Any:
                return await part()

            found[name] = asyncio.run(go())
        found["stop"] = stop(process, port)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
