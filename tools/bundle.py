"""Build static/dist from static/src and static/css: npm ci, then esbuild. Standard library only.

One function for both callers: the wheel's build hook (hatch_build.py) and `python3 run` in a checkout. Entry points are
static/src/pages/*.js with the style sheet of the same name in static/css, and static/src/wholes/*.js, which become one
script each. File names carry a hash of their content; `manifest.json` maps the plain names to them. One name lasts:
`element.js`, which pages elsewhere import.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

ESBUILD = [
    "--bundle",
    "--minify",
    "--splitting",
    "--format=esm",
    "--target=es2022",
    "--charset=utf8",
    "--entry-names=[name]-[hash]",
    "--chunk-names=chunk-[hash]",
    "--asset-names=[name]-[hash]",
    *(
        f"--alias:d3-{name}=./static/src/d3-lean.js"
        for name in ("dispatch", "drag", "interpolate", "selection", "transition")
    ),
    "--loader:.svg=file",
    "--log-level=warning",
]

# Pages for other people's sites are bundled each alone: in a chunk shared with the studio they would load parts of it,
# and who opens one has not come by the other. Every file in them imports the core, so that what an embed shares with
# the parts it loads later is one chunk, and not one for each way of sharing.
FOREIGN = ("embed", "element")
CORE = "--inject:./static/src/embed/core.js"

# The custom element's lasting address. Everything is found from there, wherever the site lives.
ELEMENT = """\
import {{ defineGraph }} from "./{script}";

defineGraph(new URL("../", import.meta.url), new URL("./{style}", import.meta.url));
"""


# Scripts without modules and chunks, one file each: for an engine or a page that cannot fetch the rest.
WHOLE = [word for word in ESBUILD if not word.startswith(("--splitting", "--format", "--chunk-names"))] + [
    "--format=iife"
]


# Node has both encodings; Python's standard library has no brotli.
PACK = """
const { readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { brotliCompressSync, gzipSync } = require("node:zlib");
process.chdir(process.argv[1]);
for (const name of readdirSync(".").filter((name) => /[.](js|css|txt)$/.test(name))) {
  const text = readFileSync(name);
  writeFileSync(name + ".gz", gzipSync(text, { level: 9, memLevel: 9 }));
  writeFileSync(name + ".br", brotliCompressSync(text)); // at quality 11
}
"""


class BundleError(Exception):
    """The bundle could not be built; the message says what to do."""


def source_key(root: Path) -> str:
    """A digest of everything that static/dist is made from."""
    total = hashlib.sha256()
    sources = [root / "package-lock.json", root / "tools" / "bundle.py"]
    sources += sorted(
        path for folder in ("src", "css") for path in (root / "static" / folder).rglob("*") if path.is_file()
    )
    for path in sources:
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def is_fresh(root: Path) -> bool:
    """Whether static/dist holds what the sources say."""
    stamp = root / "static" / "dist" / ".stamp"
    return stamp.is_file() and stamp.read_text() == source_key(root)


def modules_key(root: Path, dev: bool) -> str:
    lock = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    return f"{lock} {'dev' if dev else 'build'}"


def has_modules(root: Path, dev: bool) -> bool:
    """Whether node_modules is what package-lock.json says, with the checkers if `dev`."""
    stamp = root / "node_modules" / ".seegrad"
    have = stamp.read_text() if stamp.is_file() else ""
    return have == modules_key(root, True) or (not dev and have == modules_key(root, False))


def command(root: Path, words: list[str], failure: str) -> None:
    try:
        done = subprocess.run(words, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    except OSError as error:
        raise BundleError(f"{failure}\n  {error}") from None
    if done.returncode:
        tail = done.stdout.decode(errors="replace").strip().splitlines()[-12:]
        raise BundleError("\n  ".join([failure, *tail]))


def build(root: Path, dev: bool = False, say: Callable[[str], None] = print) -> None:
    """Make static/dist fresh, and node_modules too; `dev` brings the checkers and the browser tests' axe-core along.

    Raises BundleError when npm, the network or esbuild fails.
    """
    if not has_modules(root, dev):
        say("Installing the JavaScript packages (npm ci)")
        npm = shutil.which("npm")
        if npm is None:
            raise BundleError("npm is missing; install Node.js 20 or newer.")
        command(
            root,
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *([] if dev else ["--omit=dev"])],
            "npm ci failed. The first run needs the network (the npm registry).",
        )
        (root / "node_modules" / ".seegrad").write_text(modules_key(root, dev))
    if is_fresh(root):
        return
    say("Building static/dist (esbuild)")
    key = source_key(root)
    target, scratch = root / "static" / "dist", root / "static" / f"dist.{os.getpid()}"
    pages = sorted((root / "static" / "src" / "pages").glob("*.js"))
    try:
        names: dict[str, str] = {}
        shared: dict[str, list[str]] = {}
        inputs: set[str] = set()
        for bundle, how in (
            ([page for page in pages if page.stem not in FOREIGN], ESBUILD),
            *(([page], [*ESBUILD, CORE]) for page in pages if page.stem in FOREIGN),
            (sorted((root / "static" / "src" / "wholes").glob("*.js")), WHOLE),
        ):
            meta = bundled(root, bundle, how, scratch)
            names |= manifest(meta)
            shared |= {page.name: imports(meta, names[page.name]) for page in bundle}
            inputs |= set(meta["inputs"])
        told = {**names, "imports": shared}
        (scratch / "manifest.json").write_text(json.dumps(told, indent=2, sort_keys=True) + "\n")
        (scratch / "element.js").write_text(
            ELEMENT.format(script=names["element.js"], style=names["embed.css"])
        )
        (scratch / "THIRD-PARTY-LICENSES.txt").write_text(licences(root, inputs))
        pack(root, scratch)
        (scratch / ".stamp").write_text(key)
        shutil.rmtree(target, ignore_errors=True)
        scratch.replace(target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def bundled(root: Path, pages: list[Path], how: list[str], target: Path) -> dict:
    """esbuild's report on some entry points and their style sheets, bundled into `target` with chunks of their own."""
    styles = [root / "static" / "css" / f"{page.stem}.css" for page in pages]
    entries = [path.relative_to(root).as_posix() for path in [*pages, *styles] if path.is_file()]
    esbuild = root / "node_modules" / ".bin" / ("esbuild.cmd" if os.name == "nt" else "esbuild")
    metafile = target / "meta.json"
    command(
        root,
        [str(esbuild), *entries, *how, f"--outdir={target}", f"--metafile={metafile}"],
        "esbuild failed.",
    )
    meta: dict = json.loads(metafile.read_text())
    metafile.unlink()
    return meta


def pack(root: Path, folder: Path) -> None:
    """Each text file of the folder, compressed as small as can be, beside it: what the server sends."""
    node = shutil.which("node")
    if node is None:
        raise BundleError("node is missing; install Node.js 20 or newer.")
    command(root, [node, "-e", PACK, str(folder)], "The built files could not be compressed.")


def manifest(meta: dict) -> dict[str, str]:
    """Plain entry name to hashed file name: {"studio.js": "studio-ABC123.js"}."""
    return {
        Path(output["entryPoint"]).name: Path(path).name
        for path, output in meta["outputs"].items()
        if output.get("entryPoint")
    }


def imports(meta: dict, name: str) -> list[str]:
    """The files that a built script imports before it runs, and those that they import."""
    outputs = {Path(path).name: output["imports"] for path, output in meta["outputs"].items()}
    found, waiting = {name: None}, [name]
    while waiting:
        for each in outputs[waiting.pop()]:
            file = Path(each["path"]).name
            if each["kind"] == "import-statement" and file not in found:
                found[file] = None
                waiting.append(file)
    return list(found)[1:]


def licences(root: Path, inputs: set[str]) -> str:
    """The licence of every package that went into the bundle; their terms ask that it travels along."""
    packages = set()
    for path in inputs:
        parts = Path(path).parts
        if "node_modules" in parts:
            at = parts.index("node_modules") + 1
            packages.add("/".join(parts[at : at + (2 if parts[at].startswith("@") else 1)]))
    texts = []
    for name in sorted(packages):
        folder = root / "node_modules" / name
        described = json.loads((folder / "package.json").read_text())
        files = sorted(
            path for path in folder.iterdir() if path.name.upper().startswith(("LICENSE", "LICENCE"))
        )
        body = files[0].read_text() if files else f"Licence: {described.get('license', 'not stated')}\n"
        texts.append(f"{name} {described['version']}\n{'-' * 60}\n{body}")
    return "\n".join(texts)


if __name__ == "__main__":
    try:
        build(Path(__file__).resolve().parent.parent)
    except BundleError as error:
        raise SystemExit(str(error)) from None
