"""Dragging a slider for five seconds, in Chromium: frame times, script long tasks, requests.

`.venv/bin/python -m benchmarks.browser.drag` prints one JSON object per graph and run.
"""

from __future__ import annotations

import json
import random
import shutil
import socket
import statistics
import threading
import time
from typing import Any
from urllib.parse import quote

import uvicorn
from playwright.sync_api import Page, ViewportSize, sync_playwright

from app.main import create_app

SECONDS = 5
RUNS = 3
SIZE: ViewportSize = {"width": 1440, "height": 900}
# From here on: frames, long tasks (over 50 ms, with style, layout and painting in them), and in long frames the
# milliseconds that each script took, as the browser reports them.
WATCH = """() => {
  const seen = { frames: [], long: [], scripts: [] };
  let last = performance.now();
  const frame = (now) => {
    seen.frames.push(now - last);
    last = now;
    seen.again = requestAnimationFrame(frame);
  };
  seen.again = requestAnimationFrame(frame);
  seen.observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.long.push(entry.duration);
  });
  seen.observer.observe({ type: "longtask" });
  seen.scripted = new PerformanceObserver((list) => {
    for (const { scripts } of list.getEntries()) seen.scripts.push(...scripts.map((one) => one.duration));
  });
  seen.scripted.observe({ type: "long-animation-frame" });
  window.dragWatch = seen;
}"""
STOP = """() => {
  const seen = window.dragWatch;
  cancelAnimationFrame(seen.again);
  for (const entry of seen.observer.takeRecords()) seen.long.push(entry.duration);
  for (const { scripts } of seen.scripted.takeRecords()) seen.scripts.push(...scripts.map((one) => one.duration));
  seen.observer.disconnect();
  seen.scripted.disconnect();
  return { frames: seen.frames, long: seen.long, scripts: seen.scripts };
}"""


def flat_program(width: int, layers: int) -> str:
    """Layers of operations, each on two values of the layer before: no groups, so every value is drawn."""
    draw = random.Random(5)
    before = [f"p{k}" for k in range(width)]
    lines = ["; ".join(f"{name}={draw.uniform(-1, 1):.2f}" for name in before)]
    for layer in range(layers):
        now = [f"v{layer}_{k}" for k in range(width)]
        for k, name in enumerate(now):
            one, two = before[k], before[(k + draw.randrange(1, 4)) % width]
            lines.append(f"{name}={(f'{one}*{two}', f'tanh({one})', f'{one}+{two}')[(k + layer) % 3]}")
        before = now
    lines.append(f"loss={'+'.join(before)}")
    return "\n".join(lines)


def network_program() -> str:
    return "n=MLP(2, [6, 6, 1])\nxs=[[1, 2], [2, -1], [-1, 1], [0.5, 1]]\nys=[1, -1, 1, -1]\nk=1.5\n" + (
        "loss=k*sum((n(x)-y)**2 for x, y in zip(xs, ys))"
    )


GRAPHS = {
    "the lecture's, 7 values": None,
    "500 values, all drawn": flat_program(25, 18),
    "a network and its loss, groups closed": network_program(),
}


def serve() -> tuple[uvicorn.Server, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(), host="127.0.0.1", port=port, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.02)
    return server, f"http://127.0.0.1:{port}/"


def drag(page: Page) -> dict[str, Any]:
    """One drag: to and fro over the slider, a move every few milliseconds."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    slider = page.locator("#parameters input[type=range]").first
    box = slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.evaluate(WATCH)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        part = (time.monotonic() * 0.7) % 2
        page.mouse.move(box["x"] + box["width"] * (0.1 + 0.8 * abs(1 - part)), middle)
    seen = page.evaluate(STOP)
    sent = len(requests)
    page.mouse.up()
    return {**seen, "requests": sent}


def measure() -> list[dict[str, Any]]:
    """A row per graph and run: median and slowest frame, long tasks, requests."""
    server, address = serve()
    path = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
    rows = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, program in GRAPHS.items():
            for _ in range(RUNS):
                page = browser.new_context(viewport=SIZE).new_page()
                page.goto(address + ("" if program is None else f"#program={quote(program)}"))
                page.wait_for_selector("#stage .node")
                page.wait_for_function(
                    "(name) => document.querySelector('#legend [data-output]').textContent === name",
                    arg="L" if program is None else "loss",
                )
                page.wait_for_timeout(1500)
                found = drag(page)
                rows.append(
                    {
                        "graph": name,
                        "drawn": page.locator("#stage .nodes > g").count(),
                        "frames": len(found["frames"]),
                        "median": round(statistics.median(found["frames"]), 1),
                        "slowest": round(max(found["frames"]), 1),
                        "long": [round(one) for one in found["long"]],
                        "script": round(max(found["scripts"], default=0)),
                        "requests": found["requests"],
                    }
                )
                page.context.close()
        browser.close()
    server.should_exit = True
    return rows


def main() -> None:
    for row in measure():
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
