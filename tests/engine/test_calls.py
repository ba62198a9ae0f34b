"""What nodes of one name are called: each in its own way, a name that is its node's alone unchanged."""

from __future__ import annotations

import random

import pytest

from engine.explain import explain
from engine.export import export
from engine.export.source import identifiers
from engine.program import read_program
from engine.sentence import plain
from engine.spelling import in_code, name_of
from engine.tape import Tape, linearize
from engine.trace import events
from engine.value import Value

REASSIGNED = "a = 2.0\na = a * 3 + 1\na = a ** 2"


def named(text: str) -> list[str]:
    """The calls of a program's named nodes, in build order."""
    return [call for call in read_program(text).calls if call is not None]


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        (REASSIGNED, "a a₂ a₃"),
        ("x = 3\nx -= 0.1 * x\nx -= 0.1 * x\nloss = x ** 2", "x x₂ x₃ loss"),
        ("w = [1, 2]; x = [3, 4]; s = 0.0\ns = s + w[0]*x[0]\ns = s + w[1]*x[1]", "s w[0] x[0] s₂ w[1] x[1] s₃"),
        ("w = [1, 2]\na = w[0] * w[1]\nw = [3, 4]\nL = w[0] * a", "w[0] w[1] a w[0]₂ L"),
        ("xs = [[1, 2]]\na = xs[0][1] * 2\nxs = [[3, 4]]\nL = xs[0][1] * a", "xs[0][1] a xs[0][1]₂ L"),
        ("a = 2; a_2 = 3; b = 4\nL = a * a_2 * b", "a a_2 b L"),
        ("a = 2; a_2 = 3\na = a * a_2\na = a + 1", "a a_2 a₃ a₄"),
        ("a_2 = 3; a = 2\na = a * a_2\na_2 = a + a_2", "a_2 a a₃ a_2₂"),
        ("x = [1, 2, 3]; y = x[2]\nx = y * 2\nx = x * 2", "x[2] x x₃"),
        ("a = 1\n" + "a = a + 1\n" * 10, "a a₂ a₃ a₄ a₅ a₆ a₇ a₈ a₉ a₁₀ a₁₁"),
    ],
)  # fmt: skip
def test_later_nodes_of_a_name_are_numbered(text: str, calls: str) -> None:
    assert named(text) == calls.split()


def test_names_stay_what_the_program_says() -> None:
    tape = read_program(REASSIGNED)
    assert [name for name in tape.names if name] == ["a", "a", "a"]


def test_the_chain_rule_of_a_reassigned_name_tells_the_nodes_apart() -> None:
    tape = read_program("a = 2.0\na = a * 3\na = a ** 2")
    trace = events(tape)
    last = explain(tape, trace, len(trace))
    assert plain(last.sentence).startswith("a₂ hands its gradient to a.")
    assert last.code == "a.grad += 3.0 * a_2.grad"
    derivatives = [
        "<mfrac><mrow><mi>∂</mi><msub><mi>a</mi><mn>3</mn></msub></mrow><mrow><mi>∂</mi>" + below
        for below in ("<mi>a</mi></mrow></mfrac>", "<msub><mi>a</mi><mn>2</mn></msub></mrow></mfrac>")
    ]
    assert all(derivative in last.formula for derivative in derivatives)
    computed = explain(tape, trace, tape.output + 1)
    assert computed.code == "a_3 = a_2 ** 2.0"
    assert "<msup><msub><mi>a</mi><mn>2</mn></msub>" in computed.formula


def test_an_unnamed_node_is_called_by_its_operands_calls() -> None:
    tape = read_program(REASSIGNED + "\nL = 2 * a + 1")
    node = tape.calls.index("L") - 2
    assert (name_of(tape, node), in_code(tape, node)) == ("2·a₃", "(2*a_3)")


def test_a_list_assigned_again_is_numbered_before_its_index_where_code_stands() -> None:
    tape = read_program("w = [1, 2]\na = w[0] * 2\nw = [3, 4]\nL = w[0] * a")
    assert [in_code(tape, node) for node, call in enumerate(tape.calls) if call] == [
        "w[0]",
        "a",
        "w_2[0]",
        "L",
    ]


def test_the_page_and_the_exports_write_the_same_identifiers() -> None:
    for text in (REASSIGNED, "a = 2; a_2 = 3\na = a * a_2\na = a + 1"):
        tape = read_program(text)
        written = identifiers(tape)
        assert [in_code(tape, node) for node in range(len(tape)) if tape.names[node]] == [
            name for node, name in enumerate(written) if tape.names[node]
        ]


@pytest.mark.parametrize("form", ["dot", "mermaid"])
def test_drawings_by_others_show_calls(form: str) -> None:
    text = export(read_program(REASSIGNED), form)
    assert all(call in text for call in ("a₂", "a₃"))


def test_a_weight_is_told_apart_by_its_neuron() -> None:
    tape = read_program("n = MLP(2, [2, 1]); o = n([1, 2])\no = o + n([3, 4])")
    weights = [(tape.groups[node], call) for node, call in enumerate(tape.calls) if call == "w[0]"]
    assert [group for group, _ in weights] == ["layer1.neuron1", "layer1.neuron2", "layer2.neuron1"]
    assert [call for call in tape.calls if call and call.startswith("o")] == ["o", "o₂"]


def check_calls(tape: Tape) -> None:
    """No two nodes that stand in one place have a call, or what code makes of it, in common; a lone name is kept."""
    places = [None if tape.operands[node] else tape.groups[node] for node in range(len(tape))]
    for texts in (tape.calls, [call and in_code(tape, node) for node, call in enumerate(tape.calls)]):
        pairs = [(place, text) for place, text in zip(places, texts, strict=True) if text is not None]
        assert len(pairs) == len(set(pairs)), pairs
    for name, call in zip(tape.names, tape.calls, strict=True):
        assert (name is None) == (call is None)
        if tape.names.count(name) == 1:
            assert call == name
    firsts = {name: tape.names.index(name) for name in tape.names if name is not None}
    assert all(tape.calls[node] == name for name, node in firsts.items())


def test_no_two_nodes_of_a_graph_are_called_the_same() -> None:
    rng = random.Random(5)
    words = ["a", "a_2", "a_3", "a_2_2", "a[2]", "a[0]", "a[0][1]", "a_2[0]", "a2", "a [2]", "α", "a b"]
    for _ in range(400):
        values = [Value(1.0, label=rng.choice(words)) for _ in range(2)]
        for _ in range(12):
            value = rng.choice(values) + rng.choice(values)
            if rng.random() < 0.8:
                value.label = rng.choice(words)
            values.append(value)
        check_calls(linearize(values[-1], values))


def test_labels_with_lowered_digits_are_told_apart_too() -> None:
    x, y, z = (Value(1.0, label=label) for label in ("x₂", "x_2", "x"))
    w = x * y + z
    w.label = "x"
    tape = linearize(w)
    code = [in_code(tape, node) for node, call in enumerate(tape.calls) if call]
    assert len(set(code)) == len(code) == 4
    assert tape.calls[0] == "x₂"
