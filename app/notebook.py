"""A graph in a notebook: the page that is one file in a sandboxed frame, over a picture for where scripts are off.

Registered under the entry point group `seegrad.display` (`engine/display.py`).
"""

from __future__ import annotations

import base64
from collections import Counter
from functools import cache
from html import escape
from typing import Any

import orjson

from app.answers import graph_answer
from app.embeds import title_of
from app.errors import Problem
from app.offline import offline_page
from app.pages import Assets, Pages, folder
from app.pictures import Pen
from app.sights import LARGEST_DRAWN
from engine.tape import Tape

TALLEST, SHORTEST = 640, 320
"""Pixels of a frame."""
PER_ROW = 46
"""Pixels that a node adds to the height, about."""


@cache
def tools() -> tuple[Pages, Pen]:
    assets = Assets(folder("static") / "dist")
    return Pages(assets, folder("templates")), Pen(assets)


def mimebundle(tape: Tape) -> dict[str, str] | None:
    """HTML with the graph to play with and, where the extra `pictures` is installed, its picture; None if too large."""
    if len(tape) > LARGEST_DRAWN:
        return None
    pages, pen = tools()
    first = first_of(tape)
    title = title_of(first)
    try:
        text = offline_page(pages.environment, pages.assets, first, title=title, aside=False)
    except Problem:  # nothing is built
        return None
    height = height_for(tape)

    def frame(style: str) -> str:
        return (
            f'<iframe title="{escape(title)}" sandbox="allow-scripts" srcdoc="{escape(text)}" width="100%" '
            f'height="{height}" style="{style}border:0"></iframe>'
        )

    try:
        svg = pen.draw(orjson.dumps({"first": first, "frame": {"theme": "light"}}))
    except Problem:
        return {"text/html": frame("")}
    # What a site strips of a notebook that it does not trust leaves the picture; elsewhere the frame lies over it.
    source = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
    still = f'<img src="{source}" alt="{escape(title)}" style="max-width:100%;max-height:{height}px">'
    over = frame("position:absolute;top:0;left:0;")
    html = f'<div style="position:relative;min-height:{height}px">{still}{over}</div>'
    return {"text/html": html, "image/svg+xml": svg}


def first_of(tape: Tape) -> dict[str, Any]:
    """What the page starts from. Leaves with a name of their own can be turned by that name: there is no text."""
    graph = orjson.loads(graph_answer(tape, columns=False))
    leaves = [node for node in graph["nodes"] if node["op"] == "leaf" and node["name"] is not None]
    names = Counter(node["name"] for node in leaves)
    values = {node["name"]: node["data"] for node in leaves if names[node["name"]] == 1}
    return {
        "example": "",
        "examples": [],
        "graph": graph,
        "request": {"program": "", "values": values},
        "link": {},
    }


def height_for(tape: Tape) -> int:
    return max(SHORTEST, min(TALLEST, PER_ROW * len(tape)))
