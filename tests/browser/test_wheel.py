"""The wheel, as a stranger has it: installed in a clean environment, started from a folder full of decoys."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout through its build hook."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            folder,
            ROOT,
        ],
        check=True,
        cwd=folder,
    )
    (built,) = folder.glob("seegrad-*.whl")
    return built


@pytest.fixture(scope="module")
def served(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `seegrad serve`, installed from the wheel and started where `app` and `engine` are decoys."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place / "venv", with_pip=False)
    scripts = place / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", wheel],
        check=True,
    )
    purelib = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    # The dependencies come from the tests' own environment; a path file there is not followed, so its editable
    # checkout stays out of sight.
    (Path(purelib) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    for decoy in ("app", "engine", "static", "templates"):
        (place / decoy).mkdir()
        (place / decoy / "__init__.py").write_text("raise SystemExit('decoy')\n")
    environment = {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}
    }
    process = subprocess.Popen(
        [scripts / "seegrad", "serve", "--port", "0"],
        cwd=place,
        env=environment | {"SEEGRAD_DATA": str(place / "data")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout
        for line in process.stdout:
            found = re.search(r"http://[\w.]+:\d+", line)
            if found:
                break
        else:
            pytest.fail("seegrad serve ended without an address")
        yield found.group()
    finally:
        process.terminate()
        process.wait(60)
        process.stdout and process.stdout.close()


def test_the_wheel_carries_the_bundle_and_its_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(re.fullmatch(r"app/static/dist/studio-\w+\.js", name) for name in names)
    assert "app/static/dist/THIRD-PARTY-LICENSES.txt" in names
    assert "app/templates/studio.html" in names
    here = {path.relative_to(ROOT).as_posix() for path in (ROOT / "app/migrations").rglob("*.py")}
    assert "app/migrations/versions/v0001_links.py" in here
    assert here <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "static/", "benchmarks/"))]


def test_the_installed_app_answers(served: str) -> None:
    body = json.dumps({"program": "a = 3; b = a + a"}).encode()
    request = urllib.request.Request(
        f"{served}/api/v1/graph", body, {"content-type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        graph = json.load(answer)
    assert graph["nodes"][0]["grad"] == 2.0
    assert graph["nodes"][1]["operands"] == [0, 0]


def test_the_installed_app_makes_its_database_and_keeps_a_link(served: str) -> None:
    body = json.dumps({"program": "kept = 3; b = kept + kept"}).encode()
    request = urllib.request.Request(
        f"{served}/api/v1/links", body, {"content-type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 201
        link = json.load(answer)
    with urllib.request.urlopen(f"{served}/g/{link['id']}", timeout=60) as page:
        assert "kept + kept" in page.read().decode()


def test_the_installed_page_draws(served: str, page) -> None:
    page.goto(served)
    page.wait_for_selector("#stage [data-node]", state="attached")
    assert page.locator("#stage [data-node]").count() == 7
