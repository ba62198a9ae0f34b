"""The command `seegrad` as its users meet it: a process, its words, its exit code."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from app import __version__
from app.cli import main
from app.settings import Settings

SEEGRAD = Path(sys.executable).with_name("seegrad")
PATIENCE = 60
"""Seconds after which what should come or end will not."""


Started = tuple[subprocess.Popen[str], str]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Started]]:
    """Starts servers in a folder that holds decoys of our packages: `start("--workers", "2", SEEGRAD_PORT="1")`."""
    for decoy in ("app", "engine"):
        (tmp_path / decoy).mkdir()
        (tmp_path / decoy / "__init__.py").write_text("raise SystemExit('the decoy was imported')")
    running: list[subprocess.Popen[str]] = []

    def go(*words: str, **environment: str) -> Started:
        process = subprocess.Popen(
            [SEEGRAD, "serve", "--port", "0", *words],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"SEEGRAD_DATA": str(tmp_path / "data")} | environment,
        )
        running.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("SeeGrad is at http://127.0.0.1:"), line
        return process, line.split()[3]

    yield go
    for process in running:
        if process.poll() is None:
            process.terminate()  # a parent of workers takes them with it
        try:
            process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@pytest.fixture
def server(start: Callable[..., Started]) -> Started:
    """A running server and its address."""
    return start()


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SEEGRAD, *words],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=os.environ | environment,
        check=False,
    )


@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_serves_from_a_folder_with_decoys_and_logs_no_texts(
    start: Callable[..., Started], workers: str
) -> None:
    process, address = start("--workers", workers, SEEGRAD_LOG_LEVEL="info")
    body = {"program": "sesame = 2"}
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        response = client.post("api/v1/graph?open=sesame", json=body)
        assert response.status_code == 200
        assert "server" not in response.headers
        assert client.post("api/v1/graph", json={"program": "sesame = ("}).status_code == 422
        link = client.post("api/v1/links", json=body).json()
        assert client.get(f"api/v1/links/{link['id']}").json()["state"]["program"] == "sesame = 2"
        assert client.get("readyz").json() == {"status": "ready"}
    process.send_signal(signal.SIGTERM)
    out, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode in (0, -signal.SIGTERM)
    assert out == ""
    lines = [json.loads(line) for line in errors.splitlines()]
    assert sorted((line["path"], line["status"]) for line in lines) == [
        ("/api/v1/graph", 200),
        ("/api/v1/graph", 422),
        ("/api/v1/links", 201),
        ("/api/v1/links/{id}", 200),
        ("/readyz", 200),
    ]
    assert "sesame" not in errors
    assert link["id"] not in errors


LARGE = {"program": "a = 1\n" + "b = sum([a*i for i in range(4000)])"}


@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_stops_while_connections_are_open(start: Callable[..., Started], workers: str) -> None:
    """One idle, one whose body never comes, one that never reads its answer; only the limit of stopping ends them."""
    endless = str(10 * PATIENCE)
    process, address = start("--workers", workers, SEEGRAD_IDLE_SECONDS=endless, SEEGRAD_BODY_SECONDS=endless)
    host, port = httpx.URL(address).host, httpx.URL(address).port
    head = b"POST /api/v1/graph HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
    large = json.dumps(LARGE).encode()
    with (
        socket.create_connection((host, port)) as idle,
        socket.create_connection((host, port)) as slow,
        socket.create_connection((host, port)) as deaf,
    ):
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert idle.recv(100).startswith(b"HTTP/1.1 200")
        slow.sendall(head + b"9\r\n\r\n{")
        deaf.sendall(head + f"{len(large)}\r\n\r\n".encode() + large)
        assert deaf.recv(12) == b"HTTP/1.1 200"
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=PATIENCE)
    assert Settings().stop_seconds < 5  # which is what docs/deploying.md says


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_stream_is_told_that_the_server_stops(start: Callable[..., Started], workers: str) -> None:
    process, address = start("--workers", workers)
    training = {
        "network": {"nin": 2, "nouts": [2, 1]},
        "dataset": {"name": "moons", "count": 20},
        "recipe": {"steps": 60_000},
        "loss": "hinge",
    }
    with httpx.stream(
        "POST", f"{address}api/v1/train?stream=true", json=training, timeout=PATIENCE
    ) as answer:
        assert answer.status_code == 200, answer.read()
        lines = answer.iter_lines()
        assert next(lines).startswith("event: ")
        process.send_signal(signal.SIGTERM)
        rest = list(lines)
        process.wait(timeout=PATIENCE)
    assert "event: error" in rest
    assert '"code":"stopping"' in rest[rest.index("event: error") + 1]


def test_a_worker_that_was_killed_is_replaced(start: Callable[..., Started]) -> None:
    process, address = start("--workers", "2")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.is_file():
        pytest.fail("this test reads /proc; run it on Linux")
    before = workers_of(children)
    os.kill(before[0], signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while len(workers_of(children)) < 2 or before[0] in workers_of(children):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    for _ in range(20):
        assert httpx.get(f"{address}healthz", timeout=PATIENCE).status_code == 200


def workers_of(children: Path) -> list[int]:
    """The processes that answer: of the children of the parent, those that are no resource tracker."""
    pids = [int(word) for word in children.read_text().split()]
    return [pid for pid in pids if b"spawn_main" in command_of(pid)]


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_large_upload_is_answered_over_the_wire(server: tuple[subprocess.Popen[str], str]) -> None:
    """Chunked, so that nothing announces its size; the answer must arrive and the next request too."""
    _, address = server

    def chunks() -> Iterator[bytes]:
        for _ in range(200):
            yield b"a" * 100_000

    with httpx.Client(timeout=PATIENCE) as client:
        headers = {"content-type": "application/json"}
        assert client.post(f"{address}api/v1/graph", content=chunks(), headers=headers).status_code == 413
        assert client.get(f"{address}healthz").status_code == 200


def test_a_taken_port_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert f"port {port}" in done.stderr
    assert "in use" in done.stderr


def test_bad_words_and_settings_are_one_clear_line() -> None:
    for done in (run("serve", "--port", "70000"), run("serve", "--port", "x"), run("dance")):
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
    done = run("serve", SEEGRAD_PORT="x")
    assert done.returncode == 1
    assert "SEEGRAD_PORT:" in done.stderr
    assert done.stderr.count("\n") == 1
    done = run("serve", "--host", "no.such.host.invalid", "--port", "0")
    assert done.returncode == 1
    assert "no address no.such.host.invalid" in done.stderr
    assert done.stderr.count("\n") == 1


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--version"], ["--help"], ["serve", "--help"]):
        with pytest.raises(SystemExit) as left:
            main(words)
        assert left.value.code == 0
    assert f"seegrad {__version__}" in capsys.readouterr().out
