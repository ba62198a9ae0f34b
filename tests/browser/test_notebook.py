"""A notebook, executed: what Value and MLP show there, and what a browser makes of it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

CELLS = [
    "from engine import Value\nfrom engine.nn import MLP",
    "a = Value(2.0, label='a'); b = Value(-3.0, label='b')\nL = a * b + a; L.label = 'L'\nL.backward()\nL",
    "MLP(3, [4, 4, 1], seed=1337)",
]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The MIME bundles of the second and the third cell."""
    # In a process of its own: a kernel's client wants an event loop, and the browser of these tests has one already.
    import subprocess

    place = tmp_path_factory.mktemp("notebook")
    script = (
        "import json, sys, nbformat\nfrom nbclient import NotebookClient\n"
        "book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in json.load(sys.stdin)])\n"
        "NotebookClient(book, timeout=300, startup_timeout=300, kernel_name='python3').execute()\n"
        "print(json.dumps([cell.outputs[0].data for cell in book.cells[1:]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(CELLS),
        capture_output=True,
        text=True,
        timeout=600,
        cwd=place,
        check=False,
        env=os.environ | {"JUPYTER_PLATFORM_DIRS": "1", "IPYTHONDIR": str(place)},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_each_kind_of_reader_gets_something(outputs: list[dict[str, Any]]) -> None:
    for bundle in outputs:
        assert set(bundle) == {"text/plain", "text/html", "image/svg+xml"}
        assert bundle["image/svg+xml"].startswith("<svg ")
        assert 'sandbox="allow-scripts"' in bundle["text/html"]
    assert outputs[0]["text/plain"].startswith("Value(data=-4.0")


def test_the_graph_is_drawn_and_alive_in_its_frame(
    outputs: list[dict[str, Any]], browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "notebook.html"
    file.write_text(
        "<!doctype html><meta charset=utf-8>" + "".join(each["text/html"] for each in outputs), "utf-8"
    )
    context = browser.new_context(offline=True, viewport={"width": 900, "height": 1200})
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.goto(file.as_uri())
    value, network = (page.frame_locator("iframe").nth(at) for at in (0, 1))
    expect(value.locator(".stage .node")).to_have_count(4)
    expect(value.locator(".stage .node").last).to_contain_text("\u22124")
    value.get_by_role("button", name="One step back").click()
    expect(value.locator(".embed-where")).to_contain_text("8 of 9")
    expect(network.locator(".stage .node")).to_have_count(12)  # three inputs, nine neurons
    context.close()
    assert errors == []


def test_where_scripts_and_frames_are_stripped_the_picture_stays(
    outputs: list[dict[str, Any]], browser: Browser, tmp_path: Path
) -> None:
    import re

    stripped = re.sub(r"<iframe.*?</iframe>", "", outputs[0]["text/html"], flags=re.DOTALL)
    file = tmp_path / "stripped.html"
    file.write_text(stripped, "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    box = page.locator("img").bounding_box()
    assert box is not None
    assert box["width"] > 200
    assert page.get_by_alt_text("The graph of L").count() == 1
    context.close()
