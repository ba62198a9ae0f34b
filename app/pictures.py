"""Pictures of graphs, drawn by the page's own layout and painter: `static/src/wholes/still.js` in an embedded engine.

The engine (QuickJS) and the rasteriser (resvg, with two fonts) are the extra `pictures`. Drawing is done in one thread
of its own, for the engine's context belongs to the thread that made it; what was drawn is kept by its content.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import orjson

from app.errors import Problem
from app.extras import missing_packages
from app.pages import Assets
from app.settings import Settings

Kind = Literal["svg", "png"]

FONTS = (
    ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    ("font_source_sans_pro", "SourceSansPro-Bold.ttf"),
    ("font_source_serif_pro", "SourceSerifPro-It.ttf"),
    ("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
)
SHARPNESS = 2
"""Pixels of a PNG per pixel of the picture, unless its size is given."""
LONGEST_SIDE = 4096
DRAW_SECONDS = 10
MEMORY_BYTES = 256 * 2**20
WAITING = 32
"""Pictures that may wait for the one thread."""
KEPT_BYTES = 32 * 2**20


class Pictures:
    """The pictures of one server."""

    def __init__(self, assets: Assets, settings: Settings) -> None:
        self.assets, self.settings = assets, settings
        self.waiting = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pictures")
        self._pen = Pen(assets)
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._kept_bytes = 0

    async def picture(self, first: dict[str, Any], frame: dict[str, Any], kind: Kind) -> tuple[bytes, bool]:
        """What a page that starts with `first` would show, as SVG or PNG, and whether it had to be drawn.

        frame: `theme`, and `width` and `height` in pixels or neither. Raises Problem: pictures_missing, not_built,
        busy, too_large_to_draw.
        """
        check_installed()
        request = orjson.dumps({"first": first, "frame": frame})
        name = blake2b(
            request, digest_size=16, key=f"{kind} {self.assets.name('still.js')}".encode()
        ).digest()
        if name in self._kept:
            self._kept.move_to_end(name)
            return self._kept[name], False
        if self.waiting >= WAITING:
            raise Problem("busy", "Many pictures are being drawn.", headers={"retry-after": "2"})
        self.waiting += 1
        try:
            loop = asyncio.get_running_loop()
            drawn = await loop.run_in_executor(self._thread, self._made, request, kind, "width" in frame)
        finally:
            self.waiting -= 1
        self._keep(name, drawn)
        return drawn, True

    def _keep(self, name: bytes, drawn: bytes) -> None:
        self._kept[name] = drawn
        self._kept_bytes += len(drawn)
        while self._kept_bytes > KEPT_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= len(oldest)

    def _made(self, request: bytes, kind: Kind, sized: bool) -> bytes:
        svg = self._pen.draw(request)
        return svg.encode() if kind == "svg" else raster(svg, 1 if sized else SHARPNESS)


class Pen:
    """The page's script in an engine of its own. Belongs to the thread that first draws with it."""

    def __init__(self, assets: Assets) -> None:
        self.assets = assets
        self._draw: Callable[[str], str] | None = None
        self._script = ""

    def draw(self, request: bytes) -> str:
        """An SVG from JSON of `first` and `frame`. Raises Problem: pictures_missing, not_built, too_large_to_draw."""
        check_installed()
        import quickjs

        draw = self._loaded(quickjs)
        try:
            return json.loads(draw(request.decode()))
        except (quickjs.JSException, MemoryError):
            self._draw = None  # whatever state it is in
            raise Problem(
                "too_large_to_draw",
                "This graph takes too long to draw.",
                hint="Close groups, or draw it in the page.",
            ) from None

    def _loaded(self, quickjs: Any) -> Callable[[str], str]:
        """The script's `draw`; loaded again when the build has changed."""
        script = self.assets.name("still.js")
        if self._draw is None or script != self._script:
            context = quickjs.Context()
            context.set_memory_limit(MEMORY_BYTES)
            context.set_time_limit(DRAW_SECONDS)
            # Our own built file, in an engine without files, network or host objects.
            context.eval((self.assets.place / script).read_text("utf-8"))
            self._draw, self._script = context.get("draw"), script
        assert self._draw is not None
        return self._draw


def check_installed() -> None:
    """Raises Problem (pictures_missing) without the extra."""
    if missing := missing_packages():
        raise Problem(
            "pictures_missing",
            f"This installation draws no pictures: {', '.join(missing)} is not installed.",
            hint="pip install 'seegrad[pictures]'",
        )


def raster(svg: str, sharpness: float) -> bytes:
    """An SVG as PNG, in fonts that come along, so that every server draws the same."""
    import resvg_py

    width, height = (float(svg.split(f'{name}="', 1)[1].split('"', 1)[0]) for name in ("width", "height"))
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=min(sharpness, LONGEST_SIDE / max(width, height)),
            skip_system_fonts=True,
            font_files=[str(font_file(package, name)) for package, name in FONTS],
            sans_serif_family="Source Sans Pro",
            serif_family="Source Serif Pro",
        )
    )


def font_file(package: str, name: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "files" / name
