"""The sentences: the mocks' wording, every size of gradient, every op; and Python's words against the browser's."""

from __future__ import annotations

import json
import math
import random
import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from engine.explain import effect, explain, pace
from engine.numbers import code_number, short_number
from engine.ops import LEAF, OPS
from engine.phrases import ANSWERS, PACES, PHRASES, SIZES
from engine.replay import backward, forward
from engine.sentence import Piece, Sentence, fill, plain, say
from engine.tape import Tape, linearize
from engine.trace import events
from engine.value import Value, apply

ROOT = Path(__file__).resolve().parent.parent.parent


def lecture() -> Tape:
    a, b, c, f = (Value(x, label=name) for x, name in ((2, "a"), (-3, "b"), (10, "c"), (-2, "f")))
    e = a * b
    e.label = "e"
    d = e + c
    d.label = "d"
    out = d * f
    out.label = "L"
    return linearize(out)


def effects(tape: Tape) -> list[str]:
    grads, _ = backward(tape, tape.data)
    return [plain(effect(tape, grads, node)) for node in range(len(tape))]


def told(tape: Tape) -> list[str]:
    trace = events(tape)
    return [plain(explain(tape, trace, step).sentence) for step in range(1, len(trace) + 1)]


def test_the_mocks_sentences() -> None:
    tape = lecture()
    assert effects(tape)[tape.names.index("c")] == "Raise c slightly and L falls twice as fast."
    trace = events(tape)
    step = explain(tape, trace, 11)
    assert plain(step.sentence) == "d hands its gradient to c. A plus sign passes it on unchanged."
    assert step.code == "c.grad += 1.0 * d.grad"
    assert step.comment == "# 0 + 1.0 × −2 = −2"
    assert Piece("unchanged", mark=True) in step.sentence
    assert Piece("c", "name", tape.names.index("c")) in step.sentence


def test_a_formula_with_names_then_with_numbers() -> None:
    tape = lecture()
    trace = events(tape)
    rule = ET.fromstring(explain(tape, trace, 11).formula)
    assert "".join(rule.itertext()) == "∂L∂c=∂L∂d·∂d∂c=−2·1=−2"
    computed = ET.fromstring(explain(tape, trace, 5).formula)
    assert "".join(computed.itertext()) == "e=a·b=2·(−3)=−6"


@pytest.mark.parametrize(
    ("slope", "sentence"),
    [
        (1.0, "Raise x slightly and y rises just as fast."),
        (-0.49999999999999994, "Raise x slightly and y falls half as fast."),
        (3.5, "Raise x slightly and y rises 3.5 times as fast."),
        (0.0, "Raise x slightly and y does not move."),
        (1e-5, "Raise x slightly and y hardly rises: 1e−5 times as fast."),
        (-2e6, "Raise x ever so slightly and y plunges: 2e6 times as fast."),
        (math.inf, "The slope here is infinite: raise x and y rises faster than any number says."),
        (math.nan, "How y answers to x is not a number."),
    ],
)
def test_wording_follows_the_size_of_the_gradient(slope: float, sentence: str) -> None:
    x, factor = Value(1, label="x"), Value(slope)
    y = x * factor
    y.label = "y"
    assert effects(linearize(y))[0] == sentence


def test_nothing_is_said_to_rise_where_the_output_is_not_a_number() -> None:
    x = Value(-1, label="x")
    y = x.log() * 2
    y.label = "y"
    assert y.data != y.data
    assert effects(linearize(y))[0] == "y is not a number: it neither rises nor falls."


def test_constants_and_nodes_without_a_path() -> None:
    x, unused = Value(3, label="x"), Value(1, label="u")
    y = x * 2
    y.label = "y"
    tape = linearize(y, [x, unused, y])
    assert effects(tape)[1] == "u does not reach y. Turn it as you like, y stays."
    assert "2 is a constant. Nobody turns it, so it has no gradient." in effects(tape)


def test_a_second_contribution_adds_and_a_closed_gate_says_so() -> None:
    a = Value(3, label="a")
    b = a + a
    b.label = "b"
    assert told(linearize(b))[-1] == (
        "b hands its gradient to a. A plus sign passes it on unchanged. It adds to the 1 that a already has."
    )
    x = Value(-1, label="x")
    y = x.relu()
    y.label = "y"
    tape = linearize(y)
    step = explain(tape, events(tape), 4)
    assert plain(step.sentence) == "y hands its gradient to x. relu is closed here and passes on nothing."
    assert step.comment == "# closed: adds nothing"


@pytest.mark.parametrize("name", OPS)
def test_every_op_can_be_explained(name: str) -> None:
    op = OPS[name]
    leaves = [Value(0.3 + k / 10, label=f"x{k}") for k in range(3 if op.variadic else len(op.operands))]
    tape = linearize(apply(name, *leaves))
    trace = events(tape)
    for step in range(1, len(trace) + 1):
        explained = explain(tape, trace, step)
        assert re.fullmatch(r"[^{}\[\]]+[.]", plain(explained.sentence)), plain(explained.sentence)
        ET.fromstring(explained.formula)


def test_hands_fields_are_known_and_slots_are_covered() -> None:
    for op in OPS.values():
        assert len(op.hands) in (0, 1, len(op.operands)), op.name
        for sentence in op.hands:
            assert set(re.findall(r"{(\w+)}", sentence)) <= {"op", "target", "other", "out", "partial"}, (
                op.name
            )
            assert sentence.count("[") == sentence.count("]") == 1
            assert not op.gate, f"{op.name}: a gate speaks through the gate phrases"


def test_templates_are_well_formed() -> None:
    for key, template in (PHRASES | ANSWERS).items():
        outside = re.sub(r"\[[^\[\]]*\]", "", template)
        assert "[" not in outside, key
        assert "]" not in outside, key
        assert "!" not in template, key
    assert {key for _, *keys in SIZES for key in keys} <= set(PHRASES)
    with pytest.raises(KeyError):
        say("rises", name="x")


def test_pace() -> None:
    for size, words in PACES:
        assert pace(size) == words
        assert pace(size * (1 + 1e-12)) == words
    assert pace(2.1) == "2.1 times as fast"


def test_marks_cover_fields_too() -> None:
    assert fill("[{a} and] {a}", {"a": Piece("7", "number")}) == (
        Piece("7", "number", mark=True),
        Piece(" and", mark=True),
        Piece(" "),
        Piece("7", "number"),
    )


# --- Python's words against the browser's


def browser(lines: list[Any]) -> list[Any]:
    node = shutil.which("node")
    assert node, "node is missing: start the tests with `python3 run test`, which brings one"
    text = "\n".join(json.dumps(line, allow_nan=False) for line in lines)
    script = ROOT / "tests" / "js" / "told.js"
    done = subprocess.run(
        [node, script], input=text, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def wire_number(x: float) -> float | str:
    return x if math.isfinite(x) else "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"


def test_numbers_read_the_same() -> None:
    rng = random.Random(3)
    numbers = [struct.unpack("d", rng.randbytes(8))[0] for _ in range(3000)]
    numbers += [rng.uniform(-1, 1) * 10 ** rng.randint(-6, 8) for _ in range(3000)]
    numbers += [k / 2**p for k in (1, 3, 5, 7, 1025, 12345) for p in range(20)]
    numbers += [0.0, -0.0, 1e6, 999999.5, 0.0005, 9.9995, math.inf, -math.inf]
    (read,) = browser([[wire_number(x) for x in numbers]])
    assert [(short_number(x), code_number(x)) for x in numbers] == [tuple(pair) for pair in read]


# Names of several nodes, some of which read like what another is called.
SHARED = [
    "a",
    "a",
    "a",
    "w[0]",
    "w[0]",
    "a_2",
    "a[3]",
    "a₂",
    "w_2[0]",
    "xs[0][1]",
    "α",
    "a[0]b",
    "a₂[0]",
    "x₁y₂",
]


def named_tape(rng: random.Random) -> Tape:
    """A random program, half of its nodes named, over ops whose last digits cannot change a four-digit text."""
    tape = Tape([], [], [], [], [], [], [], output=0)
    rows = [op for op in OPS.values() if not op.analytic or op.infix]

    def add(op: str, operands: tuple[int, ...], data: float, role: str) -> None:
        tape.ops.append(op)
        tape.operands.append(operands)
        tape.data.append(data)
        tape.roles.append(role)
        named = role == "parameter" or (operands and rng.random() < 0.5)
        tape.names.append(rng.choice([*SHARED, f"n{len(tape) - 1}"]) if named else None)
        tape.groups.append(rng.choice([None, None, "g", "h"]))
        tape.spans.append(None)

    for role in ("parameter", "parameter", "data", "constant"):
        add(LEAF, (), rng.choice([rng.uniform(-3, 3), float(rng.randint(-4, 4))]), role)
    for _ in range(14):
        op = rng.choice(rows)
        count = rng.randint(1, 3) if op.variadic else len(op.operands)
        add(op.name, tuple(rng.randrange(len(tape)) for _ in range(count)), 0.0, "intermediate")
    tape.output = len(tape) - 1
    tape.roles[-1] = "output"
    forward(tape, tape.data)
    return tape


def wire(tape: Tape) -> dict[str, Any]:
    columns = zip(tape.ops, tape.operands, tape.roles, tape.names, tape.groups, tape.data, strict=True)
    nodes = [
        {
            "op": op,
            "operands": list(operands),
            "partials": [None] * len(operands),
            "role": role,
            "name": name,
            "group": group,
            "data": wire_number(data),
            "grad": None,
        }
        for op, operands, role, name, group, data in columns
    ]
    return {"output": tape.output, "nodes": nodes}


def pieces(sentence: Sentence) -> list[dict[str, Any]]:
    return [
        {"text": piece.text, "kind": piece.kind, "node": piece.node, "mark": piece.mark} for piece in sentence
    ]


def test_python_and_the_browser_say_the_same() -> None:
    rng = random.Random(4)
    tapes = [lecture(), *(named_tape(rng) for _ in range(200))]
    assert sum(tape.calls != tape.names for tape in tapes) > 150
    for tape, answer in zip(tapes, browser([wire(tape) for tape in tapes]), strict=True):
        grads, _ = backward(tape, tape.data)
        trace = events(tape)
        assert tape.calls == answer["calls"]
        for step, markup in enumerate(answer["markup"], start=1):
            assert markup is None or f"<mrow>{markup}<mo>=</mo>" in explain(tape, trace, step).formula
        assert [pieces(effect(tape, grads, node)) for node in range(len(tape))] == answer["effects"]
        for step, said in enumerate(answer["steps"], start=1):
            ours = explain(tape, trace, step)
            assert (pieces(ours.sentence), ours.code, ours.comment) == (
                said["sentence"],
                said["code"],
                said["comment"],
            )
