"""Linearizing, the tape's rules, lists and columns."""

from dataclasses import replace

import pytest

from engine.tape import Group, GroupPattern, Tape, TapeError, check_tape, linearize
from engine.value import Value, apply


def lecture() -> tuple[Tape, dict[str, Value]]:
    a, b, c, f = (Value(data, label=name) for name, data in zip("abcf", (2.0, -3.0, 10.0, -2.0), strict=True))
    values = {"a": a, "b": b, "c": c, "f": f}
    return linearize((a * b + c) * f), values


def test_the_lectures_graph():
    tape, _ = lecture()
    check_tape(tape)
    assert tape.ops == ["leaf"] * 4 + ["mul", "add", "mul"]
    assert tape.operands == [(), (), (), (), (0, 1), (4, 2), (5, 3)]
    assert tape.data == [2.0, -3.0, 10.0, -2.0, -6.0, 4.0, -8.0]
    assert tape.roles == ["parameter"] * 4 + ["intermediate", "intermediate", "output"]
    assert tape.names == ["a", "b", "c", "f", None, None, None]
    assert tape.output == 6
    assert len(tape) == 7


def test_the_order_is_that_of_creation_whatever_the_wiring():
    values = [Value(1.0) for _ in range(50)]
    root = values[49]
    for value in reversed(values[:49]):
        root = value * root
    tape = linearize(root)
    assert [len(operands) for operands in tape.operands] == [0] * 50 + [2] * 49
    assert [operands[0] for operands in tape.operands[50:]] == list(range(48, -1, -1))
    assert tape.operands == linearize(root).operands


def test_constants_stand_just_before_what_reads_them():
    x = Value(2.0, label="x")
    tape = linearize(apply("clamp", x * 3, 0.0, 5.0))
    check_tape(tape)
    assert tape.roles == ["parameter", "constant", "intermediate", "constant", "constant", "output"]
    assert tape.data == [2.0, 3.0, 6.0, 0.0, 5.0, 5.0]
    assert tape.operands[5] == (2, 3, 4)


def test_given_nodes_keep_their_order_and_the_unused_stay():
    x, unused = Value(2.0), Value(7.0, label="z", role="data")
    three = Value(3.0, role="constant")
    y = x * three
    tape = linearize(y, [x, three, y, unused])
    check_tape(tape)
    assert tape.roles == ["parameter", "constant", "output", "data"]
    assert tape.output == 2
    assert tape.reaches == [True, True, True, False]


def test_given_nodes_that_leave_out_a_constant_get_it():
    x = Value(2.0)
    y = x * 3
    tape = linearize(y, [x, y])
    assert tape.data == [2.0, 3.0, 6.0]
    check_tape(tape)


def test_a_missing_or_late_operand_is_refused():
    x = Value(2.0)
    y = x * x
    with pytest.raises(TapeError, match="an operand of mul"):
        linearize(y, [y, x])
    with pytest.raises(TapeError, match="output is not among"):
        linearize(y, [x])


def test_a_leaf_output_keeps_its_role():
    assert linearize(Value(2.0)).roles == ["parameter"]


def test_columns_and_lists_are_one_tape():
    tape, _ = lecture()
    tape.groups[:] = ["g"] * 4 + [None] * 3
    tape.group_table[:] = [Group("g", "neuron", "neuron 1", None)]
    again = Tape.from_columns(tape.columns, tape.output, lambda: GroupPattern(tape.group_table))
    check_tape(again)
    for name in ("ops", "operands", "data", "roles", "names", "groups", "spans", "output", "reaches"):
        assert getattr(again, name) == getattr(tape, name), name
    assert len(again) == 7
    assert again.columns.first.tolist() == [0, 0, 0, 0, 0, 2, 4, 6]


def broken(**changes):
    tape, _ = lecture()
    return replace(tape, **{name: change(getattr(tape, name)) for name, change in changes.items()})


def set_at(place, entry):
    def change(column):
        column = list(column)
        column[place] = entry
        return column

    return change


@pytest.mark.parametrize(
    ("tape", "words"),
    [
        (broken(ops=set_at(4, "frobnicate")), "node 4: unknown op frobnicate"),
        (broken(ops=set_at(4, "leaf")), "node 4: a leaf has no operands"),
        (broken(ops=set_at(4, "tanh")), "node 4: tanh with 2 operands"),
        (broken(operands=set_at(4, (0, 4))), "node 4: operands"),
        (broken(operands=set_at(4, (0, -1))), "node 4: operands"),
        (broken(data=lambda data: data[:-1]), "data has 6 entries for 7 nodes"),
        (broken(data=set_at(0, 2)), "node 0: data is int"),
        (broken(roles=set_at(0, "intermediate")), "node 0: a leaf cannot be intermediate"),
        (broken(roles=set_at(4, "output")), "node 4: is output, not intermediate"),
        (broken(roles=set_at(6, "intermediate")), "node 6: is intermediate, not output"),
        (broken(names=set_at(0, "")), "node 0: an empty name"),
        (broken(groups=set_at(0, "nowhere")), "node 0: group nowhere"),
        (broken(spans=set_at(0, (3, 3))), "node 0: span"),
        (broken(output=lambda _: 7), "output 7 is not one of 7 nodes"),
        (broken(group_table=lambda _: [Group("a", "k", "l", "b")]), "group a: its parent b"),
        (broken(group_table=lambda _: [Group("a", "k", "l", None)] * 2), "group a is there twice"),
    ],
)
def test_each_rule_is_checked(tape, words):
    with pytest.raises(TapeError, match=words):
        check_tape(tape)
