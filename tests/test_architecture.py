"""The invariants of docs/architecture.md, each as a test over the source text."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.ops import OPS

ROOT = Path(__file__).resolve().parent.parent
ENGINE = sorted((ROOT / "engine").rglob("*.py"))
APP = sorted((ROOT / "app").rglob("*.py"))
SCRIPTS = sorted((ROOT / "static" / "src").rglob("*.js"))
GENERATED = {
    "engine/kernel.py",
    "engine/methods.py",
    *(
        f"static/src/{name}.js"
        for name in ("kernel", "formulas", "formula-math", "notes", "phrases", "answers")
    ),
    *(f"static/src/train/{name}.js" for name in ("optim", "tables")),
    "static/src/embed/table.js",
}

# Who may import whom inside engine/: a module may import what stands before it in a chain, never what stands after.
CHAINS = [
    ("engine.ops", "engine.value", "engine.nn", "engine.program"),
    ("engine.ops", "engine.tape", "engine.replay", "engine.trace", "engine.explain"),
    ("app.schema", "app.api", "app.main"),
]
NO_DOM = [
    "layout/",
    "scene.js",
    "survivors.js",
    "find.js",
    "paint/parts.js",
    "paint/looks.js",
    "paint/theme.js",
    "paint/standalone.js",
    "replay.js",
    "trace.js",
    "state.js",
    "kernel.js",
    "paths.js",
    "numbers.js",
    "train/",
    "url.js",
    *(
        f"texture/{name}.js"
        for name in ("map", "order", "counts", "shade", "strips", "pixels", "place", "words")
    ),
    *(f"texture/{name}.js" for name in ("cell", "table", "colours")),
]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    return name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, in full, wherever in the file it stands; imports for types only are left out."""
    package = module_of(path) if path.name == "__init__.py" else module_of(path).rpartition(".")[0]
    tree = ast.parse(path.read_text())
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = (
                ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            )
            module = ".".join(part for part in (base, node.module) if part)
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def within(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_engine_knows_no_web_no_json_and_no_files(path: Path) -> None:
    forbidden = (
        "app",
        "fastapi",
        "starlette",
        "pydantic",
        "json",
        "orjson",
        "pathlib",
        "os",
        "io",
        "subprocess",
        "socket",
    )
    assert not [module for module in imports(path) for room in forbidden if within(module, room)]
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"open", "print", "input"}


@pytest.mark.parametrize("chain", CHAINS, ids=" <- ".join)
def test_import_directions(chain: tuple[str, ...]) -> None:
    for path in ENGINE + APP:
        here = [at for at, room in enumerate(chain) if within(module_of(path), room)]
        for module in imports(path):
            there = [at for at, room in enumerate(chain) if within(module, room)]
            assert not (here and there and there[0] > here[0]), f"{name_of(path)} imports {module}"


@pytest.mark.parametrize("room", NO_DOM)
def test_numbers_and_geometry_know_no_dom(room: str) -> None:
    found = [path for path in SCRIPTS if path.relative_to(ROOT / "static/src").as_posix().startswith(room)]
    assert found
    for path in found:
        assert not re.search(r"\b(document|window)\b", without_comments(path.read_text())), name_of(path)


def test_only_api_fetches() -> None:
    for path in SCRIPTS:
        if path.name != "api.js":
            assert not re.search(
                r"\b(fetch\(|XMLHttpRequest|EventSource|sendBeacon)", without_comments(path.read_text())
            ), name_of(path)


def test_views_never_import_each_other() -> None:
    for path in SCRIPTS:
        if "views" in path.parts:
            assert not re.search(r"from\s+['\"](\./|\.\./views)", path.read_text()), name_of(path)


def test_there_is_no_second_list_of_ops() -> None:
    """A comparison with an op's name outside the table is a second place that knows the op."""
    for path in ENGINE + APP:
        if name_of(path) in GENERATED or name_of(path) == "engine/ops.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Compare):
                texts = [
                    part.value for part in [node.left, *node.comparators] if isinstance(part, ast.Constant)
                ]
                assert not set(texts) & set(OPS), f"{name_of(path)}:{node.lineno} compares with {texts}"
    # "neg" is also the painter's word for a negative gradient, as in the colour --neg.
    names = "|".join(re.escape(name) for name in OPS if name != "neg")
    for path in SCRIPTS:
        if name_of(path) not in GENERATED:
            assert not re.search(rf"[!=]==?\s*['\"]({names})['\"]", path.read_text()), name_of(path)


def test_nothing_evaluates_text() -> None:
    for path in ENGINE + APP:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec", "compile", "__import__"}, (
                    f"{name_of(path)}:{node.lineno}"
                )
        assert not any(within(module, "pickle") or within(module, "marshal") for module in imports(path))
    for path in SCRIPTS:
        found = re.search(
            r"\b(eval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write)|\.html\(",
            without_comments(path.read_text()),
        )
        assert not found, name_of(path)


def test_generated_files_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "tools/gen.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr + "\nRun: python3 run gen"


def tracked() -> list[Path]:
    """The files git would commit; from an unpacked sdist, every file."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        made = {".venv", ".venv-peers", "node_modules", "dist", "__pycache__", "test-results"}
        return [path for path in ROOT.rglob("*") if path.is_file() and not made & set(path.parts)]
    listed = subprocess.run(
        [git, "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_locks_are_hashed_and_name_no_host() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "://" not in text, lock.name
        assert len(re.findall(r"^[a-z0-9].*==", text, re.M)) <= len(re.findall(r"--hash=sha256:", text)), (
            lock.name
        )
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_no_path_of_a_machine_and_no_unfinished_work() -> None:
    homes = re.compile(r"(?<![\w.])/(?:home|Users|root)/\w")
    unfinished = re.compile(r"\b(TODO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")
    for path in tracked():
        if path.suffix in {
            ".py",
            ".js",
            ".css",
            ".html",
            ".md",
            ".toml",
            ".json",
            ".lock",
            "",
        } and path != Path(__file__):
            text = path.read_text(errors="replace")
            # A checkout right below / would be found in any path; two names are one machine's own.
            assert len(ROOT.parts) < 3 or str(ROOT) not in text, name_of(path)
            assert not homes.search(text), name_of(path)
            if path.suffix in {".py", ".js", ".css", ".html"}:
                assert not unfinished.search(text), name_of(path)


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|(?<![:'\"])//[^\n]*", "", text, flags=re.S)
