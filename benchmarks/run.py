"""`python3 run bench [suite …]`: measure beside the named peers, print the gates, write benchmarks/RESULTS.md.

Without a suite: all of them. `--rounds N` takes another number of rounds; then nothing is written.
"""

from __future__ import annotations

import argparse
import datetime
import importlib
import re
import sys
from pathlib import Path

from benchmarks.measure import machine
from benchmarks.peers import PeerMissingError

RESULTS = Path(__file__).with_name("RESULTS.md")
SUITES = {
    "engine": "The engine",
    "layout": "The layout",
    "drag": "Dragging a slider",
    "streams": "Training streams",
    "train": "Training in the browser",
    "paint": "Very large graphs",
    "links": "Stored links under load and fault",
    "serving": "Serving",
}
ROUNDS = 9
HEAD = """# Results

Written by `python3 run bench`; how it is measured is told in [README.md](README.md). Ratios below 1 mean that ours is
faster. Another machine gives other times; the ratios move less.
"""


def main() -> int:
    reader = argparse.ArgumentParser(
        prog="run bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("suites", nargs="*", metavar="suite", help=", ".join(SUITES))
    reader.add_argument("--rounds", type=int, default=ROUNDS)
    asked = reader.parse_args()
    unknown = [name for name in asked.suites if name not in SUITES]
    if unknown:
        reader.error(f"no suite called {', '.join(unknown)}; there are {', '.join(SUITES)}")
    for name in asked.suites or SUITES:
        suite = importlib.import_module(f"benchmarks.suites.{name}")
        try:
            section = suite.run(asked.rounds, lambda text: print(text, flush=True))
        except PeerMissingError as error:
            print(error, file=sys.stderr)
            return 1
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        text = f"## {SUITES[name]}\n\n{today}. {machine()}.\n{section}"
        print(f"\n{text}")
        if asked.rounds == ROUNDS:
            keep(name, text)
    return 0


def keep(name: str, text: str) -> None:
    """Replaces the suite's section and leaves the others."""
    old = RESULTS.read_text() if RESULTS.is_file() else ""
    sections = dict(re.findall(r"<!-- (\w+) -->\n(.*?)\n<!-- end -->", old, flags=re.S))
    sections[name] = text
    parts = [f"<!-- {suite} -->\n{sections[suite]}\n<!-- end -->" for suite in SUITES if suite in sections]
    RESULTS.write_text("\n".join([HEAD, *parts, ""]))


if __name__ == "__main__":
    sys.exit(main())
