"""The language: what a text becomes."""

import ast
import math
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.nn import MLP
from engine.ops import OPS
from engine.program import ProgramError, read_program
from engine.replay import backward
from engine.tape import check_tape
from engine.value import Value

LECTURE = "a = 2; b = -3; c = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"
NETWORK = (Path(__file__).parent.parent / "golden" / "lecture_network.txt").read_text()
README = """\
a = Value(-4.0)
b = Value(2.0)
c = a + b
d = a * b + b**3
c += c + 1
c += 1 + c + (-a)
d += d * 2 + (b + a).relu()
d += 3 * d + (b - a).relu()
e = c - d
f = e**2
g = f / 2.0
g += 10.0 / f
g.backward()
"""


def read(text, **values):
    tape = read_program(text, values)
    check_tape(tape)
    return tape


def output(text, **values):
    tape = read(text, **values)
    return tape.data[tape.output]


def by_name(tape):
    grads = backward(tape, tape.data)[0]
    return {name: (tape.data[node], grads[node]) for node, name in enumerate(tape.names) if name}


def texts(tape, text):
    return [text[slice(*span)] for span in tape.spans]


def test_the_lectures_graph():
    tape = read(LECTURE)
    assert tape.operands == [(), (), (), (), (0, 1), (4, 2), (5, 3)]
    assert tape.output == 6
    assert texts(tape, LECTURE) == ["2", "-3", "10", "-2", "a*b", "e + c", "d * f"]
    assert tape.roles == ["parameter"] * 4 + ["intermediate"] * 2 + ["output"]
    assert by_name(tape) == {
        "a": (2, 6),
        "b": (-3, -4),
        "c": (10, -2),
        "f": (-2, 4),
        "e": (-6, -2),
        "d": (4, -2),
        "L": (-8, 1),
    }


def test_the_readme_of_micrograd():
    named = by_name(read(README))
    assert named["g"][0] == pytest.approx(24.70408163265306, rel=1e-15)
    assert named["a"][1] == pytest.approx(138.83381924198252, rel=1e-15)
    assert named["b"][1] == pytest.approx(645.5772594752186, rel=1e-15)
    assert (named["c"][0], named["d"][0], named["e"][0], named["f"][0]) == (-1, 6, -7, 49)


def test_the_lectures_network():
    tape = read(NETWORK)
    grads = backward(tape, tape.data)[0]
    assert tape.roles.count("parameter") == 41
    assert tape.data[0] == 0.23550571390294128
    assert grads[0] == pytest.approx(-0.4536648933083657, rel=1e-14)
    assert tape.data[tape.output] == 6.005402783252284
    predictions = [
        node for node, op in enumerate(tape.ops) if op == "tanh" and ".layer3" in tape.groups[node]
    ]
    assert [round(tape.data[node], 6) for node in predictions] == [0.427678, 0.557065, 0.718467, 0.452031]


def test_the_exercises():
    text = "a = 2; b = 3; c = 4\nf = -a**3 + sin(3*b) - 1.0/c + b**2.5 - a**0.5"
    named = by_name(read(text))
    assert named["f"][0] == pytest.approx(6.336362190988558, rel=1e-15)
    wanted = [-12.353553390593273, 10.25699027111255, 0.0625]
    assert [named[name][1] for name in "abc"] == pytest.approx(wanted, rel=1e-14)
    text = (
        "logits = [Value(0.0), Value(3.0), Value(-2.0), Value(1.0)]\n"
        "counts = [logit.exp() for logit in logits]\n"
        "denominator = sum(counts)\n"
        "out = [c / denominator for c in counts]\n"
        "loss = -out[3].log()\n"
        "loss.backward()"
    )
    tape = read(text)
    assert tape.data[tape.output] == pytest.approx(2.1755153626167147, rel=1e-15)
    wanted = [0.041772570515350445, 0.8390245074625319, 0.005653302662216329, -0.8864503806400986]
    assert backward(tape, tape.data)[0][:4] == pytest.approx(wanted, rel=1e-13)


# --- against Python's own parser


def oracle(node, tape, text):
    """Python's reading of an expression, as (op, operands, span) rows in the order of computing."""
    match node:
        case ast.Constant():
            return node
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as number) if not text[
            node.col_offset + 1 : number.col_offset
        ].strip():
            return node
        case ast.Name():
            return "xyz".index(node.id)
        case ast.UnaryOp(op=ast.UAdd()):
            return oracle(node.operand, tape, text)
        case ast.UnaryOp():
            op, given = "neg", [node.operand]
        case ast.BinOp():
            names = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Pow: "pow"}
            op, given = names[type(node.op)], [node.left, node.right]
        case ast.Call(func=ast.Attribute()):
            op, given = node.func.attr, [node.func.value, *node.args]
        case ast.Call():
            op, given = node.func.id, node.args
    operands = []
    for operand in [oracle(each, tape, text) for each in given]:
        if not isinstance(operand, int):
            tape.append(("leaf", (), span_of(operand)))
            operand = len(tape) - 1
        operands.append(operand)
    tape.append((op, tuple(operands), span_of(node)))
    return len(tape) - 1


def span_of(node):
    return node.col_offset, node.end_col_offset


def spelled(parts):
    return st.recursive(
        st.sampled_from(["x", "y", "z", "2", "0.5", "1e-3", "-3", "- 1.5", ".25", "7."]),
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(["+", "-", " * ", "/", "**", " - "]), inner).map("".join),
            inner.map("({})".format),
            inner.map("-{}".format),
            inner.map("+{}".format),
            inner.map("tanh( {} )".format),
            inner.map("({}).exp()".format),
            st.tuples(inner, inner).map("max({0[0]}, {0[1]})".format),
            st.tuples(inner, inner).map("({0[0]}).pow({0[1]})".format),
        ),
        max_leaves=parts,
    )


@settings(max_examples=300, deadline=None)
@given(spelled(12))
def test_reads_what_python_reads(text):
    tree = ast.parse(text, mode="eval").body
    rows = [("leaf", (), None)] * 3
    root = oracle(tree, rows, text)
    if not isinstance(root, int) or root < 3:
        return
    tape = read("x = 2; y = -3; z = 0.5\n" + text)
    at = len("x = 2; y = -3; z = 0.5\n")
    mine = list(zip(tape.ops, tape.operands, tape.spans, strict=True))
    assert [row[:2] for row in mine] == [row[:2] for row in rows]
    shifted = [(start - at, end - at) for _, _, (start, end) in mine[3:]]
    wanted = [row[2] for row in rows[3:]]
    for (start, end), span in zip(shifted, wanted, strict=True):
        # A plus sign is no node, so Python's span of the operand leaves it out.
        assert text[start:end].lstrip("+ ").endswith(text[slice(*span)].lstrip("+ ")[-3:])
        assert end == span[1]
    assert tape.output == root


@pytest.mark.parametrize(
    "text", ["-x**2", "2**-x", "x**y**z", "x-y-z", "x/y/z", "x*-y", "-x*y", "--x", "-2**2", "2-3"]
)
def test_precedence(text):
    rows = [("leaf", (), None)] * 3
    oracle(ast.parse(text, mode="eval").body, rows, text)
    tape = read("x = 2; y = 3; z = 2\n" + text)
    assert list(zip(tape.ops, tape.operands, strict=True)) == [row[:2] for row in rows]
    assert [(start - 20, end - 20) for start, end in tape.spans[3:]] == [row[2] for row in rows[3:]]


# --- leaves


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("a = 2\nL = a*3", ["parameter", "constant", "output"]),
        ("a = data(2)\nL = a*3", ["data", "constant", "output"]),
        ("a = Value(2)\nL = a*3", ["parameter", "constant", "output"]),
        ("xs = [2, 3]\nL = xs[0]*xs[1]", ["data", "data", "output"]),
        ("L = 1/3", ["constant", "constant", "output"]),
        ("a, b = 2, 3\nL = a*b", ["parameter", "parameter", "output"]),
        ("a, b = [2, 3]\nL = a*b", ["data", "data", "output"]),
        ("L = sum(i for i in range(2))", ["constant", "constant", "output"]),
    ],
)  # fmt: skip
def test_roles(text, roles):
    assert read(text).roles == roles


def test_numbers_in_a_list_are_made_on_first_use_and_once():
    tape = read("xs = [2, [3, 4]]\na = 5\nL = a * xs[1][0] + xs[1][0]")
    assert tape.names == ["a", "xs[1][0]", None, "L"]
    assert tape.operands == [(), (), (0, 1), (2, 1)]


def test_a_literal_is_one_constant_per_evaluation():
    tape = read("xs = [1, 2]\nL = sum(x * 3 for x in xs)")
    assert tape.ops.count("mul") == 2
    assert tape.roles.count("constant") == 2
    assert tape.spans[1] == tape.spans[4] == (24, 25)


@pytest.mark.parametrize(
    ("literal", "number"),
    [("2", 2.0), ("-2", -2.0), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("1E-3", 0.001), ("1_000", 1000.0),
     ("0", 0.0),
     ("00", 0.0), ("1e999", math.inf), ("-1e999", -math.inf), ("5e-324", 5e-324), ("9" * 40, 1e40), ("+4", 4.0)],
)  # fmt: skip
def test_numbers(literal, number):
    assert output(f"a = {literal}") == number


def test_minus_zero_survives():
    assert math.copysign(1, output("a = -0.0")) == -1
    assert math.copysign(1, output("a = -0")) == -1


@pytest.mark.parametrize(
    ("text", "number"),
    [("9**9**9", math.inf), ("(-8)**(1/3)", math.nan), ("1/0", math.inf), ("-1/0", -math.inf), ("0/0", math.nan),
     ("0.1+0.2", 0.30000000000000004), ("2**-1", 0.5), ("log(0)", -math.inf), ("exp(1000)", math.inf)],
)  # fmt: skip
def test_arithmetic_is_float64(text, number):
    assert output(text) == pytest.approx(number, nan_ok=True, rel=0, abs=0)


# --- names


def test_the_first_name_stays_and_a_label_replaces_it():
    tape = read("a = 2; b = a; c = Value(3, label='w1')\nd = b*c\nd.label = 'out'\ne = d")
    assert tape.names == ["a", "w1", "out"]


def test_reassignment_makes_new_nodes_of_the_same_name():
    tape = read("c = 1\nc += c + 1\nc -= 2\nc *= 3\nc /= 4")
    assert [name for name in tape.names if name] == ["c"] * 5
    assert tape.data[tape.output] == ((1 + 2) - 2) * 3 / 4
    tape = read("c = 1\nc = c*2")
    assert tape.operands[tape.output][0] == 0


def test_greek_names_and_unused_nodes():
    tape = read("α = 2; β1 = 3\nunused = α*7\nLοss = α*β1".replace("ο", "o"))
    assert tape.names[:2] == ["α", "β1"]
    assert tape.data[tape.output] == 6
    assert "unused" in tape.names


def test_backward_names_the_output():
    tape = read("a = 2\nb = a*3\nc = b*4\nb.backward()\nc.label = 'C'")
    assert tape.output == 2
    assert tape.names[-1] == "C"
    assert len(tape) == 5


def test_values_replace_leaves():
    text = "a = 2; b = a; x = data(5)\nL = a*x"
    assert output(text, a=3.0) == 15
    assert output(text, b=4.0) == 20
    assert output(text, x=-1.0) == -2
    assert output("c = 2\nd = c*3\nc = 7\ne = d*c", c=5.0) == 105
    assert output("n = MLP(1, [1])\nw = n.parameters()[0]\nL = w*2", w=4.0) == 8


def test_a_value_for_a_name_never_assigned_is_a_parameter():
    tape = read("L = w*x + w", w=3.0, x=2.0)
    assert tape.names[:2] == ["w", "x"]
    assert tape.roles[:2] == ["parameter"] * 2
    assert tape.spans[0] == (4, 5)
    assert tape.data[tape.output] == 9


def test_the_shape_does_not_depend_on_values():
    text = "L = where(x > 0, log(x), x**2) + max(x, 1)"
    shapes = [(tape.ops, tape.operands) for x in (-2.0, 0.0, 3.0, math.nan) for tape in [read(text, x=x)]]
    assert all(shape == shapes[0] for shape in shapes)


# --- lists and functions


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("sum([a, b, 4])", 9),
        ("sum([a, b], 10)", 15),
        ("sum([a, b], start=10)", 15),
        ("sum((p*q for p, q in zip([1, 2], [a, b])), 1)", 9),
        ("mean([a, b])", 2.5),
        ("max(a, b, 1)", 3),
        ("max([a, b])", 3),
        ("min(x*x for x in [a, b, -1])", 1),
        ("a.max(b)", 3),
        ("[a, b, 7][-1] + 0", 7),
        ("sum([1, 2, 3, 4][1:3])", 5),
        ("sum([1, 2, 3, 4][::-2])", 6),
        ("sum([1, 2, 3, 4][:-1])", 6),
        ("sum(i * x for i, x in enumerate([a, b]))", 3),
        ("sum(i * x for i, x in enumerate([a, b], 1))", 8),
        ("sum(i * x for i, x in enumerate([a, b], start=-1))", -2),
        ("Value(data=2.0) * a", 4),
        ("Value(label='x', data=2.0) * a", 4),
        ("len(MLP(nin=3, nouts=[4, 4, 1]).parameters())", 41),
        ("len(Layer(nout=4, nin=3).parameters()) + len(Neuron(nin=3, activation='relu').parameters())", 20),
        ("sum(x * y + i for i, (x, y) in enumerate(zip([1, 2], [a, b])))", 9),
        ("sum([1, 2, 3][i] * a for i in range(1, 3))", 10),
        ("sum(i for i in range(5, 0, -2))", 9),
        ("sum(x * y for x in [1, 2] for y in [a, b])", 15),
        ("sum([sum([x * y for x in [1, 2]]) for y in [a, b]])", 15),
        ("sum(a for i in range(len([1, 2, 3])))", 6),
        ("a / len([1, 2])", 1),
        ("where(a > b, a, b)", 3),
        ("where(a <= b, a, b)", 2),
        ("pow(a, b)", 8),
        ("a.pow(b)", 8),
        ("add(a, b)", 5),
        ("clamp(b, 0, 1)", 1),
        ("(a + b).relu()", 5),
        ("(2).exp().log()", 2),
        ("[x for x, in [[a], [b]]][1] * 2", 6),
    ],
)
def test_functions_and_lists(text, number):
    assert output("a = 2; b = 3\nL = " + text) == pytest.approx(number, rel=1e-15)


@pytest.mark.parametrize("op", [op for op in OPS.values() if not op.infix], ids=lambda op: op.name)
def test_every_op_is_a_function_and_a_method(op):
    names = ["a", "b", "c"][: 3 if op.variadic else len(op.operands)]
    function = read(f"a = 0.5; b = 0.25; c = 0.75\nL = {op.name}({', '.join(names)})")
    method = read(f"a = 0.5; b = 0.25; c = 0.75\nL = a.{op.name}({', '.join(names[1:])})")
    assert function.ops[-1] == op.name
    assert (function.ops, function.operands, function.data) == (method.ops, method.operands, method.data)


def test_a_sum_is_a_left_fold_in_a_group():
    tape = read("a = 1; b = 2; c = 3\nL = sum([a, b, c])\nM = sum([a]) + L")
    assert tape.operands[3:5] == [(0, 1), (3, 2)]
    assert tape.groups[3:5] == ["sum"] * 2
    assert [(group.id, group.kind, group.parent) for group in tape.group_table] == [("sum", "sum", None)]
    assert len(tape) == 6


def test_layout_of_the_text_does_not_matter():
    wanted = read("a = 2\nb = 3\nL = a * (b + 1)")
    for text in (
        "a = 2\r\nb = 3\r\nL = a * (b + 1)",
        "a = 2\rb = 3\rL = a * (b + 1)",
        "a = 2 ; b = 3 ;; L = a * (b + 1) ;",
        "\ufeffa = 2\n\n  b = 3 # größer: ∑ 🙂\nL = a * (\n  b\n  + 1 # one\n)\n",
        "a = 2\nb = 3\nL = a \\\n * (b + 1)",
        "\ta=2;b=3;L=a*(b+1)",
    ):
        tape = read(text)
        assert (tape.operands, tape.data, tape.names) == (wanted.operands, wanted.data, wanted.names)


def test_spans_count_code_points():
    text = "# 🙂\nα = 2\nL = α*α"
    assert texts(read(text), text) == ["2", "α*α"]


# --- networks in text


def test_groups_of_one_call_carry_no_example():
    tape = read("n = MLP(2, [2, 1])\nL = n([1, 2])")
    assert [group.id for group in tape.group_table if group.kind == "neuron"] == [
        "layer1.neuron1",
        "layer1.neuron2",
        "layer2.neuron1",
    ]
    assert {group.kind for group in tape.group_table} == {"layer", "neuron", "sum"}
    neuron = [node for node, group in enumerate(tape.groups) if group == "layer1.neuron2"]
    assert [tape.ops[node] for node in neuron] == ["leaf"] * 3 + ["mul"] * 2 + ["tanh"]
    additions = [node for node, group in enumerate(tape.groups) if group == "layer1.neuron2.sum"]
    assert [tape.ops[node] for node in additions] == ["add"] * 2
    assert tape.names[:3] == ["w[0]", "w[1]", "b"]


def test_groups_of_several_calls_and_models():
    tape = read("n = Neuron(1); m = Layer(1, 2)\nL = n([1]) + n([2]) + m([3])[0]")
    assert [group.id for group in tape.group_table] == [
        *("neuron1", "model2", "model2.layer1", "model2.layer1.neuron1", "model2.layer1.neuron2"),
        *("example1", "example1.neuron1", "example1.neuron1.sum"),
        *("example2", "example2.neuron1", "example2.neuron1.sum"),
        *("model2.layer1.neuron1.sum", "model2.layer1.neuron2.sum"),
    ]


def test_models_compute_what_the_same_python_computes():
    model = MLP(2, [3, 2], "relu", "linear", seed=7)
    x = [Value(1.0, role="data"), Value(-2.0, role="data")]
    total = sum(model(x)[1:], model(x)[0])
    tape = read(
        "n = MLP(2, [3, 2], activation='relu', output_activation='linear', seed=7)\nL = sum(n([1, -2]))"
    )
    assert tape.data[:17] == [parameter.data for parameter in model.parameters()]
    assert tape.data[tape.output] == total.data
    total.backward()
    wanted = [parameter.grad for parameter in model.parameters()]
    assert backward(tape, tape.data)[0][:17] == pytest.approx(wanted, rel=1e-14)


def test_seeds():
    assert output("Neuron(1)([0])") == output("Neuron(1, seed=1337)([0])") != output("Neuron(1, seed=1)([0])")
    assert read("n = Neuron(1); m = Neuron(1)\nn([m([1])])").data[2] == read("Neuron(2)([1, 1])").data[2]


# --- size and safety


def test_a_flat_sum_of_thousands():
    text = "a = 1; L = " + "+".join(["a"] * 4990)
    assert output(text) == 4990
    text = "a = 1; L = a" + "**1" * 99
    assert output(text) == 1


def test_runs_on_a_small_stack():
    found = []
    demanding = (
        "L = " + "(" * 100 + "1" + ")" * 100,
        "L = " + "tanh(" * 100 + "1" + ")" * 100,
        "L = " + "-" * 90 + "1",
        "a = 1; L = " + "+".join(["a"] * 4990),
        "L = " + "[" * 99 + "1" + "]" * 99 + "[0]" * 99,
        "L = " + "sum([" * 8 + "1" + " for x in [1]])" * 8,
    )

    def run():
        found.extend(read(text).data[-1] for text in demanding)

    size = threading.stack_size(256 * 1024)
    try:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(size)
    assert len(found) == len(demanding)


PIECES = [
    *"ab=+-*/()[],.;:\n '\"<>!12e_#\\éx\0",
    "for",
    " in ",
    "sum(",
    "n=MLP(2,[1])",
    "range(",
    ".label",
    "**",
    "zip(",
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_a_tape_or_a_program_error(text):
    try:
        check_tape(read_program(text))
    except ProgramError as problem:
        error = problem
    else:
        return
    assert error.code
    assert min(error.line, error.column, error.length) >= 1
    assert len(error.message) <= 200
    assert error.message.isprintable()


def test_the_page_about_the_language_runs():
    page = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
    programs = page.split("```python\n")[1:]
    assert programs
    for program in programs:
        assert read(program.split("```")[0]).roles.count("output") == 1
