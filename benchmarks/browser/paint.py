"""A very large graph in Chromium: ours on a canvas beside a drawing of the same scene in full SVG.

`.venv/bin/python -m benchmarks.browser.paint` prints one JSON object: milliseconds of layouts, drawings and frames.
Nothing here has a graphics card, so only the ratios of drawings mean something.
"""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from app.answers import graph_answer
from engine.datasets import dataset
from engine.losses import LOSSES
from engine.network import NetworkSpec, network_tape

ROOT = Path(__file__).resolve().parent.parent.parent
FRAMES = 30
PAGE = """<!doctype html>
<meta charset="utf-8">
<link rel="stylesheet" href="paint.css">
<script type="module" src="paint.js"></script>
"""


def moons() -> bytes:
    """MLP(2, [16, 16, 1]) on 100 examples, as the API answers it."""
    data = dataset("moons")
    spec = NetworkSpec(2, [16, 16, 1], "relu", "linear")
    tape = network_tape(spec, data.inputs, data.targets(LOSSES["hinge"]), loss="hinge", alpha=1e-4)
    return graph_answer(tape, columns=False)


def prepare(folder: Path) -> None:
    """The page, its scripts and the graph."""
    for source, name in (
        ("benchmarks/browser/paint.js", "paint.js"),
        ("static/css/network.css", "paint.css"),
    ):
        subprocess.run(
            [
                str(ROOT / "node_modules" / ".bin" / "esbuild"),
                source,
                "--bundle",
                "--format=esm",
                "--target=es2022",
                "--minify",
                "--alias:d3-transition=./static/src/d3-still.js",
                "--alias:d3-interpolate=./static/src/d3-still.js",
                "--log-level=error",
                f"--outfile={folder / name}",
            ],
            cwd=ROOT,
            check=True,
        )
    (folder / "index.html").write_text(PAGE)
    (folder / "graph.json").write_bytes(moons())


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Requests are no news."""


def measure() -> dict[str, float]:
    path = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.set_default_timeout(300_000)
            page.goto(f"http://127.0.0.1:{server.server_address[1]}/")
            page.wait_for_function("() => globalThis.measurePaint")
            found = page.evaluate("(frames) => measurePaint(frames)", FRAMES)
            browser.close()
        server.shutdown()
    return {name: round(value, 1) for name, value in found.items()}


if __name__ == "__main__":
    print(json.dumps(measure()), flush=True)
