"""What the tests store goes into a folder of the session's own, never into the checkout's."""

from __future__ import annotations

import os
import tempfile


def pytest_configure() -> None:
    os.environ["SEEGRAD_DATA"] = tempfile.mkdtemp(prefix="seegrad-tests-")
