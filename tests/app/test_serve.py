"""The command `seegrad` as its users meet it: a process, its words, its exit code."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app import __version__
from app.cli import main

SEEGRAD = Path(sys.executable).with_name("seegrad")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server and its address, started in a folder that holds decoys of our packages."""
    for decoy in ("app", "engine"):
        (tmp_path / decoy).mkdir()
        (tmp_path / decoy / "__init__.py").write_text("raise SystemExit('the decoy was imported')")
    process = subprocess.Popen(
        [SEEGRAD, "serve", "--port", "0"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("SeeGrad is at http://127.0.0.1:"), line
        yield process, line.split()[3]
    finally:
        process.kill()
        process.communicate()


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SEEGRAD, *words],
        capture_output=True,
        text=True,
        timeout=30,
        env=os.environ | environment,
        check=False,
    )


def test_it_serves_from_a_folder_with_decoys_and_logs_no_texts(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = server
    body = {"program": "sesame = 2"}
    response = httpx.post(f"{address}api/v1/graph?open=sesame", json=body)
    assert response.status_code == 200
    assert "server" not in response.headers
    assert httpx.post(f"{address}api/v1/graph", json={"program": "sesame = ("}).status_code == 422
    process.send_signal(signal.SIGTERM)
    out, errors = process.communicate(timeout=10)
    assert process.returncode in (0, -signal.SIGTERM)
    assert "sesame" not in out + errors


def test_it_stops_with_an_open_connection(server: tuple[subprocess.Popen[str], str]) -> None:
    process, address = server
    host, port = httpx.URL(address).host, httpx.URL(address).port
    with socket.create_connection((host, port)) as connection:
        connection.sendall(
            b"POST /api/v1/graph HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
        )
        time.sleep(0.2)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)
    assert time.monotonic() - began < 5


def test_a_large_upload_is_answered_over_the_wire(server: tuple[subprocess.Popen[str], str]) -> None:
    """Chunked, so that nothing announces its size; the answer must arrive and the next request too."""
    _, address = server

    def chunks() -> Iterator[bytes]:
        for _ in range(200):
            yield b"a" * 100_000

    with httpx.Client() as client:
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
