"""What a request costs the server, beside a minimal FastAPI endpoint; and what a class of 300 gets out of it.

CPU seconds are the server's own, all threads, from the kernel's books. What was "never seen" differs from request to
request, so nothing can be remembered; what was "seen lately" is the same again, as when a class opens one example.
"""

from __future__ import annotations

import http.client
import json
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from typing import Any

from benchmarks.gates import Gate, gate_table
from benchmarks.measure import Contender, interleave, ratio, seconds, table
from benchmarks.server import Server, free_port, port_of, seegrad
from benchmarks.server.crowd import crowd

GET, POST = "minimal GET", "minimal POST"
"""The yardsticks: an answer without a question, and the same question as ours, read by pydantic and not answered."""
CONNECTIONS, CROWD_SECONDS = 300, 8.0
GRAPH = "/api/v1/graph"

NEURON = "x1 = data(2); x2 = data(0)\nw1 = -3; w2 = 1\nb = {}\nn = x1*w1 + x2*w2 + b\ne = exp(2*n)\no = e / (e + 1)"
"""15 nodes."""
NETWORK: dict[str, Any] = {
    "network": {"nin": 3, "nouts": [4, 4, 1]},
    "inputs": [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]],
    "targets": [1, -1, -1, 1],
}
"""The lecture's, 364 nodes with the constants of the loss."""

FRESH = count(1)


def neuron(fresh: bool) -> bytes:
    return json.dumps({"program": NEURON.format(f"6.{next(FRESH):09}" if fresh else "6.88")}).encode()


def network(fresh: bool) -> bytes:
    shape = NETWORK["network"] | {"seed": next(FRESH) if fresh else 1337}
    return json.dumps(NETWORK | {"network": shape}).encode()


ASKED: dict[str, tuple[Callable[[bool], bytes], bool]] = {
    "15 nodes, never seen": (neuron, True),
    "15 nodes, seen lately": (neuron, False),
    "362 nodes, never seen": (network, True),
    "362 nodes, seen lately": (network, False),
}
BOUNDS = {"15 nodes": (3, 2), "362 nodes": (15, 8)}


def run(rounds: int, say: Callable[[str], None]) -> str:
    """The section of RESULTS.md."""
    with tempfile.TemporaryDirectory() as folder:
        return f"{costs(rounds, say, folder)}\n{crowds(say, folder)}"


def costs(rounds: int, say: Callable[[str], None], folder: str) -> str:
    # As uvicorn serves it without a word said: like ours it writes a line for each request.
    uvicorn = [sys.executable, "-m", "uvicorn", "benchmarks.server.minimal:app"]
    minimal = Server([*uvicorn, "--port", str(free_port())])
    ours = seegrad(SEEGRAD_DATA=folder)
    try:
        contenders = [
            Contender(GET, clock=clock_of(minimal, "GET", "/", lambda: None)),
            Contender(POST, clock=clock_of(minimal, "POST", "/", lambda: neuron(fresh=True))),
        ]
        for name, (body, fresh) in ASKED.items():
            make = lambda body=body, fresh=fresh: body(fresh)  # noqa: E731
            contenders.append(Contender(name, clock=clock_of(ours, "POST", GRAPH, make)))
        say("CPU per request, in turn with the minimal endpoint")
        found = interleave(contenders, rounds, least=0.15)
    finally:
        minimal.end()
        ours.end()
    rows = [
        (name, seconds(each.median), *(f"{ratio(each, found[least]):.2f}" for least in (GET, POST)))
        for name, each in found.items()
    ]
    gates = [
        Gate(f"{name} / {least}", *BOUNDS[name.partition(",")[0]], ratio(found[name], found[least]))
        for name in ASKED
        for least in (GET, POST)
    ]
    return f"\n{table(('POST /api/v1/graph', 'CPU', f'/ {GET}', f'/ {POST}'), rows)}\n\n{gate_table(gates)}\n"


def clock_of(
    server: Server, method: str, path: str, body: Callable[[], bytes | None]
) -> Callable[[int], float]:
    """CPU seconds of the server for so many requests on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port_of(server))

    def clock(times: int) -> float:
        began = server.cpu_seconds()
        for _ in range(times):
            connection.request(method, path, body(), {"content-type": "application/json"})
            answer = connection.getresponse()
            content = answer.read()
            assert answer.status == 200, content[:200]
        return server.cpu_seconds() - began

    return clock


def crowds(say: Callable[[str], None], folder: str) -> str:
    rows = []
    for workers in (1, 2):
        for name, fresh in (("never seen", True), ("seen lately", False)):
            say(f"{CONNECTIONS} connections, {workers} worker{'s' * (workers > 1)}, {name}")
            server = seegrad("--workers", str(workers), SEEGRAD_DATA=folder, SEEGRAD_RATE_UNITS="0")
            try:
                crowd(port_of(server), wire_of(fresh), 20, 1.0)
                taken = sorted(crowd(port_of(server), wire_of(fresh), CONNECTIONS, CROWD_SECONDS))
            finally:
                server.end()
            rows.append(
                (
                    f"{workers}, {name}",
                    f"{len(taken) / CROWD_SECONDS:,.0f}",
                    seconds(taken[len(taken) // 2]),
                    seconds(taken[len(taken) * 99 // 100]),
                )
            )
    return (
        f"\n{CONNECTIONS} keep-alive connections, each asking for 15 nodes again as soon as it is answered; "
        f"what asks runs on the same processors. (A class that asks once a second is 300 requests a second.)\n\n"
        f"{table(('workers', 'requests a second', 'median', 'p99'), rows)}\n"
    )


def wire_of(fresh: bool) -> Callable[[int, int], bytes]:
    def wire(_who: int, _number: int) -> bytes:
        body = neuron(fresh)
        head = f"POST {GRAPH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        return head.encode() + b"\r\n\r\n" + body

    return wire
