"""The command line: what it prints, where it puts errors, its exit codes, and how quietly it stops."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app import cli
from app.build import ProgramRequest, tape_for
from app.commands import export as export_command
from app.schema import Graph
from engine.export import EXPORTS, export
from engine.gradcheck import Check
from engine.limits import DEFAULT_LIMITS
from engine.program import read_program

ROOT = Path(__file__).parents[2]
LECTURE = "a = 2; b = -3; c = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"

TABLE = """\
id  name  formula    data  grad  partials
 0  a     parameter     2     6
 1  b     parameter    -3    -4
 2  c     parameter    10    -2
 3  f     parameter    -2     4
 4  e     a * b        -6    -2  a -3  b 2
 5  d     e + c         4    -2  e 1  c 1
 6  L     d * f        -8     1  d -2  f 4
"""


class Input(io.TextIOWrapper):
    """Standard input that holds these bytes."""

    def __init__(self, text: bytes) -> None:
        super().__init__(io.BytesIO(text), encoding="utf-8")


# --- where a program comes from


def test_show_prints_every_node(run) -> None:
    assert run("show", "-e", LECTURE) == (0, TABLE, "")


def test_a_program_from_a_file(run, tmp_path: Path) -> None:
    path = tmp_path / "lecture.txt"
    path.write_bytes(b"\xef\xbb\xbf" + LECTURE.replace("\n", "\r\n").encode())
    assert run("show", str(path)) == (0, TABLE, "")


@pytest.mark.parametrize("words", [["show", "-"], ["show"]])
def test_a_program_from_standard_input(run, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", Input(LECTURE.encode()))
    assert run(*words) == (0, TABLE, "")


def test_values_replace_leaves(run) -> None:
    _, text, _ = run("show", "-e", "b = a * q", "--value", "a=3", "--value", "q=-2.5")
    assert text.splitlines()[-1].split() == ["2", "b", "a", "*", "q", "-7.5", "1", "a", "-2.5", "q", "3"]


# --- show


def test_show_names_every_node_and_writes_constants_out(run) -> None:
    code, text, _ = run("show", "-e", "x = 2\nx = tanh(x) - -(2 * x)\nmax(x, 0, x)")
    assert code == 0
    assert (
        text
        == """\
id  name    formula               data     grad  partials
 0  x       parameter                2  2.07065
 1  v1      tanh(x)           0.964028        1  x 0.0706508
 2          constant                 2
 3  v3      2 * x                    4        1  x 2
 4  v4      -v3                     -4       -1  v3 -1
 5  x_2     v1 - v4            4.96403        1  v1 1  v4 -1
 6          constant                 0
 7  output  max(x_2, 0, x_2)   4.96403        1  x_2 0.5  x_2 0.5
"""
    )


def test_show_json_is_the_contract(run) -> None:
    code, text, _ = run("show", "--json", "-e", LECTURE)
    assert code == 0
    graph = Graph.model_validate_json(text)
    assert [(node.name, node.data, node.grad) for node in graph.nodes if node.name in "cL"] == [
        ("c", 10, -2),
        ("L", -8, 1),
    ]


def test_show_writes_what_is_not_finite(run) -> None:
    _, text, _ = run("show", "-e", "a = 0\nb = log(a) * 0")
    assert "-Infinity" in text
    assert "NaN" in text


def test_a_label_cannot_send_the_terminal_commands(run) -> None:
    _, text, _ = run("show", "-e", "a = Value(2, label='\x1b]0;x\x07')\nb = a * a")
    assert "\x1b" not in text


def seen_on_a_terminal(**environment: str) -> bytes:
    """What `seegrad show` writes when its output is a terminal."""
    leader, follower = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "-m", "app.cli", "show", "-e", "a = 2; z = a * a; b = a + 1"],
            cwd=ROOT,
            stdout=follower,
            env={"PATH": os.environ["PATH"], "TERM": "xterm", **environment},
            check=True,
            timeout=60,
        )
        return os.read(leader, 10_000)
    finally:
        os.close(leader)
        os.close(follower)


def test_colour_is_for_terminals_that_want_it(run) -> None:
    coloured = seen_on_a_terminal()
    assert coloured.startswith(b"\x1b[1mid ")
    assert b"\x1b[2m 1  z " in coloured
    assert b"\x1b" not in seen_on_a_terminal(NO_COLOR="1")
    assert b"\x1b" not in seen_on_a_terminal(TERM="dumb")
    assert "\x1b" not in run("show", "-e", "a = 2")[1]


# --- errors


def test_an_error_names_its_place(run, tmp_path: Path) -> None:
    path = tmp_path / "loss.txt"
    path.write_text("a = 2; b = 3\nL = a * bb\n")
    code, text, error = run("show", str(path))
    assert (code, text) == (2, "")
    assert error.splitlines()[:3] == [f"{path}:2:9: bb is not defined.", "  L = a * bb", "          ^^"]
    assert "b" in error.splitlines()[3]


def test_an_error_in_an_expression_and_in_standard_input(run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("show", "-e", "a^2")[2].startswith("<expression>:1:")
    monkeypatch.setattr(sys, "stdin", Input(b"a = = 2"))
    assert run("export", "--to", "dot")[2].startswith("<stdin>:1:")


def test_the_caret_stands_under_its_character(run) -> None:
    """Tabs keep their width, and of a long line only the part around the error is shown."""
    lines = run("show", "-e", "\tα = 2\n\tL = α * q")[2].splitlines()
    assert lines[1:3] == ["  \tL = α * q", "  \t        ^"]
    lines = run("show", "-e", "a = 1 + " + "1 + " * 500 + "q" + " + 1" * 100)[2].splitlines()
    assert len(lines[1]) <= 110
    assert lines[1][lines[2].index("^")] == "q"


def test_control_characters_of_a_program_are_not_sent_to_the_terminal(run) -> None:
    error = run("show", "-e", "a = 2 \x1b[31m + q")[2]
    assert "\x1b" not in error


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["show", "no-such-file"], "There is no file no-such-file."),
        (["show", "a=2; a*a"], "-e 'a=2; a*a'"),
        (["show", str(ROOT)], "Cannot read"),
        (["show", "-e", ""], "<expression>:1:1: "),
        (["show", "-e", "a = 2", "--value", "q=1"], "<expression>: values names q"),
        (["show", "-e", "a = 2", "--value", "a"], "'a' is not NAME=NUMBER"),
        (["show", "-e", "a = 2", "--value", "a=x"], "'a=x' is not NAME=NUMBER"),
        (["show", "-e", "a = 2", "somewhere"], "not allowed with argument"),
        (["export", "-e", "a = 2", "--to", "tensorflow"], "invalid choice: 'tensorflow'"),
        (["export", "-e", "a = 2"], "--to"),
        (["check", "-e", "a = 2", "--tolerance", "-1"], "no number above 0"),
        (["train", "--nouts", "16,x"], "no list of sizes"),
        (["train", "--steps", "0"], "steps is a whole number of at least 1"),
        (["train", "--rate", "nan"], "rate is a number above 0"),
        (["train", "--count", "1"], "at least 2 examples"),
        (["train", "--every", "0"], "no whole number of at least 1"),
        (["train", "--loss", "softmax_cross_entropy"], "two outputs"),
        (["fly"], "invalid choice: 'fly'"),
        ([], "required: command"),
    ],
)
def test_what_is_wrong_is_said_with_exit_code_2(run, words: list[str], says: str) -> None:
    code, text, error = run(*words)
    assert (code, text) == (2, "")
    assert says in error
    assert "Traceback" not in error


def test_a_file_that_is_no_text(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("picture.png").write_bytes(b"\x89PNG\xff\xfe")
    code, _, error = run("show", "picture.png")
    assert (code, error) == (2, "Cannot read picture.png: it is not UTF-8 text.\n")


def test_a_terminal_without_a_program_is_asked_for_one(run, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = Input(b"")
    stdin.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", stdin)
    code, _, error = run("show")
    assert code == 2
    assert "Which program?" in error


def test_one_s_own_machine_has_wider_limits_than_the_server(run, tmp_path: Path) -> None:
    text = "x = 1\n" + "x = x + 1\n" * 12_000
    assert len(text) > DEFAULT_LIMITS.program_characters
    path = tmp_path / "long.txt"
    path.write_text(text)
    code, text, _ = run("show", str(path))
    assert code == 0
    assert text.splitlines()[-1].split()[5] == "12001"


# --- check


def test_check_agrees(run) -> None:
    code, text, _ = run("check", "-e", "a = 2; b = -3\nL = tanh(a * b) * a + b**2")
    assert code == 0
    lines = text.splitlines()
    assert lines[0].startswith("worst that agrees: ")
    assert lines[-1] == "7 grads: 7 agree"


def test_check_names_kinks_and_what_has_no_slope(run) -> None:
    code, text, _ = run("check", "-e", "a = 0\nL = relu(a) * 2")
    assert code == 0
    assert "a (id 0): grad 0, central difference 1" in text
    assert text.splitlines()[-1] == "3 grads: 2 agree, 1 at a kink"
    code, text, _ = run("check", "-e", "a = 0\nL = log(a)")
    assert code == 0
    assert "no finite difference here" in text


def test_check_fails_when_a_gradient_is_wrong(run, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.commands import check

    right = check.gradcheck

    def wrong(tape, tolerance):
        first, *others = right(tape, tolerance=tolerance)
        return [Check(first.node, 7.0, first.estimate, 1.0, "differs"), *others]

    monkeypatch.setattr(check, "gradcheck", wrong)
    code, text, _ = run("check", "-e", LECTURE)
    assert code == 1
    assert text.splitlines()[0].startswith("a (id 0): grad 7, central difference 6")
    assert text.splitlines()[-1] == "7 grads: 6 agree, 1 differ"
    code, text, _ = run("check", "--json", "-e", LECTURE)
    assert code == 1
    assert [row["verdict"] for row in json.loads(text)["checks"]] == ["differs"] + ["agrees"] * 6


def test_check_json_holds_every_node(run) -> None:
    _, text, _ = run("check", "--json", "-e", "a = 0\nL = log(a)")
    rows = json.loads(text)["checks"]
    assert [(row["node"], row["name"], row["grad"]) for row in rows] == [(0, "a", "Infinity"), (1, "L", 1.0)]


# --- export


@pytest.mark.parametrize("to", EXPORTS)
def test_export_writes_what_the_engine_writes(run, to: str) -> None:
    code, text, _ = run("export", "--to", to, "-e", LECTURE)
    assert code == 0
    assert text == export(read_program(LECTURE), to)


def test_export_json_is_the_contract(run) -> None:
    from app.answers import graph_answer

    _, text, _ = run("export", "--to", "json", "-e", LECTURE)
    tape = tape_for(ProgramRequest(program=LECTURE), DEFAULT_LIMITS)
    assert json.loads(text) == json.loads(graph_answer(tape, columns=False))


def test_export_offers_every_format() -> None:
    parser = cli.parser(["export"])
    assert all(to in export_command.FORMATS for to in (*EXPORTS, "json"))
    assert parser.parse_args(["export", "--to", "csv", "-e", "a = 2"]).to == "csv"


# --- leaving


def test_a_reader_that_has_enough_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("x = 1\n" + "x = x + 1\n" * 5_000)
    with subprocess.Popen(
        [sys.executable, "-m", "app.cli", "show", str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"   id  name")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


def test_control_c_is_quiet() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "app.cli", "train", "--steps", "100000", "--every", "1"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a run in the background ignores it
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for _ in range(3):
            process.stdout.readline()
        process.send_signal(signal.SIGINT)
        until = time.monotonic() + 30
        while process.stdout.readline() and time.monotonic() < until:
            pass
        assert process.stderr.read() == b""
        assert process.wait(30) == 130


def test_a_terminal_without_greek_letters_gets_escapes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "show", "-e", "α = 2"],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u03b1" in done.stdout


def test_show_needs_no_server_and_no_numpy() -> None:
    script = (
        "import sys; from app.cli import main; main(['show', '-e', 'a = 2; a * a']); "
        "print(sorted({'numpy', 'fastapi', 'pydantic', 'uvicorn'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(run, name: str) -> None:
    code, text, _ = run(name, "--help")
    assert code == 0
    assert cli.COMMANDS[name].partition(";")[0].lower()[:30] in " ".join(text.split()).lower()
    assert name in run("--help")[1]


# --- the page about it

PAGE = ROOT / "docs" / "command-line.md"
SESSIONS = re.findall(r"^```\n\$ seegrad (.*)\n([\s\S]*?)^```$", PAGE.read_text(), re.M)


@pytest.mark.parametrize(("words", "shown"), SESSIONS, ids=[words.split()[0] for words, _ in SESSIONS])
def test_the_page_shows_what_happens(run, words: str, shown: str) -> None:
    _, text, error = run(*shlex.split(words))
    assert text + error == shown


def test_the_page_knows_every_command() -> None:
    assert set(re.findall(r"^## (\w+)$", PAGE.read_text(), re.M)) == {*cli.COMMANDS, "Errors"}
    assert set(re.findall(r"`--to (.*)`", PAGE.read_text())[0].split(" | ")) == set(export_command.FORMATS)
