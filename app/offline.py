"""A graph as a page that is one file: program, numbers, player and style, with no network, from a disk or in a frame.

The player is `static/src/wholes/offline.js`. It travels packed (gzip, base64), which halves the file, and unpacks
itself; the page's own policy lets it ask nobody for anything.
"""

from __future__ import annotations

import base64
import gzip
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment
from markupsafe import Markup

from app.pages import Assets

FIELDS = ("graph", "request", "link")


def offline_page(
    environment: Environment,
    assets: Assets,
    first: dict[str, Any],
    *,
    title: str,
    studio: str | None = None,
    options: dict[str, str] | None = None,
    aside: bool = True,
) -> str:
    """The file's text.

    first: what a picture would be drawn of (`app/sights.py`). studio: the site's address, where it has one that others
    reach. options: of the embedded graph. aside: whether parameters and inspector stand beside it.
    Raises Problem (not_built) without the built scripts.
    """
    hidden = {} if studio else {"hide": "open"}
    data = {name: first[name] for name in FIELDS} | {
        "options": hidden | (options or {}),
        "studio": studio,
        "aside": aside,
    }
    return environment.get_template("offline.html").render(
        title=title,
        player=Markup(packed(assets.place / assets.name("offline.js"))),  # noqa: S704 - base64
        style=Markup((assets.place / assets.name("offline.css")).read_text("utf-8").strip()),  # noqa: S704 - ours
        first=Markup(script_json(data)),  # noqa: S704 - escaped there
        graph=first["graph"],
    )


@lru_cache(maxsize=2)
def packed(script: Path) -> str:
    """A script, gzipped and in base64. The name bears the content's hash, so what is kept is never stale."""
    return base64.b64encode(gzip.compress(script.read_bytes(), 9, mtime=0)).decode()


def script_json(data: Any) -> str:
    """JSON that may stand in a script element: nothing in it ends the element or begins a comment."""
    text = orjson.dumps(data).decode()
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
