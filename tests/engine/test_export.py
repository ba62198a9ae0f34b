"""Exports: snapshots that were read, sources that compile and know all their names, labels that stay labels.

PyTorch, JAX and the real micrograd execute these sources in `python3 run oracle`; here a stand-in for micrograd does,
written from its README: + * ** relu, and the rest made of them.
"""

from __future__ import annotations

import ast
import builtins
import csv
import io
import math
import re
import runpy
import sys
import types
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from engine.export import EXPORTS, ExportError, export
from engine.export.network import find_network
from engine.export.source import identifiers, leaves
from engine.limits import Limits
from engine.network import NetworkSpec, network_tape
from engine.ops import OPS
from engine.program import read_program
from engine.replay import backward
from engine.tape import Group, Tape

GOLDEN = Path(__file__).parents[1] / "golden" / "export"
SOURCES = ("torch", "jax", "micrograd")

XS = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]]
MLP_PROGRAM = "n = MLP(2, [3, 1])\nxs = [[2, 3], [1, -1]]\nys = [1, -1]\nypred = [n(x) for x in xs]\n"
PROGRAMS = {
    "lecture": "a = 2; b = -3; c = 10; f = -2\ne = a*b\nd = e + c\nL = d * f",
    "readme": "a = -4.0; b = 2.0\nc = a + b\nd = a * b + b**3\nc += c + 1\nc += 1 + c + (-a)\n"
    "d += d * 2 + (b + a).relu()\nd += 3 * d + (b - a).relu()\ne = c - d\nf = e**2\ng = f / 2.0\ng += 10.0 / f",
    "neuron": "x1 = data(2); x2 = data(0); w1 = -3; w2 = 1; b = 6.8813735870195432\no = tanh(x1*w1 + x2*w2 + b)",
    "brackets": "a = 2; b = 3; c = 4\nL = a - (b - c) - -(a*b)**2 / (c / b * a) * (a + b)**-c + (-a)**2 + 2**a**b",
    "constants": "a = 2\nx = 1/3\nL = x*a + 2**0.5 + max(a, 0)",
    "nothing-to-turn": "x = 1/3",
    "a-leaf": "a = 2",
    "unused": "a = 2; b = 3; z = a*b\nL = a + 1",
    "minus-zero": "a = -0.0; b = 3\nL = a * b + -0.0",
    "not-finite": "a = 0; b = -8; c = 1e308\nL = log(a) + b**(1/3) + 1/a + c*c",
    "large": "a = 1000\nL = sigmoid(-a) + exp(a)",
    "names": "lambda_ = 2; torch = 3; jax = 1; op = 2; α = 2; v5 = 1; x = 1\n"
    "x = x + torch*lambda_\nx += jax*op*α*v5\nx*x",
    "selecting": "a = 2; b = 3; c = 3\n"
    "L = where(a > b, a, where(b != c, a, b)) + max(a, b, c) * min(a, b) + clamp(a, 0, b)",
    "mlp-mean": MLP_PROGRAM + "err = sum((a - b)**2 for a, b in zip(ypred, ys)) / 2",
    "mlp-own-loss": MLP_PROGRAM + "err = sum(abs(a - b) * 1.5 for a, b in zip(ypred, ys))",
    "mlp-penalty": MLP_PROGRAM
    + "err = sum((a - b)**2 for a, b in zip(ypred, ys)) + 0.01*sum(p*p for p in n.parameters())",
    "mlp-output": "n = MLP(2, [3, 1])\ny = n([1, 2])",
    "mlp-of-mlp": "n = MLP(1, [2, 1])\ny = n([n([1])])",
    "mlp-of-parameters": "n = MLP(2, [3, 1]); a = 2; b = 3\ny = n([a, b])",
    "two-mlps": "n = MLP(2, [2, 1]); m = MLP(2, [2, 1])\ny = n([1, 2]) + m([3, 4])",
    "layer": "n = Layer(2, 3)\no = n([1, 2])\ny = o[0] * o[1] + o[2]",
}

NETWORKS = {
    "lecture": lambda: network_tape(NetworkSpec(3, [4, 4, 1]), XS, [1, -1, -1, 1]),
    "moons": lambda: network_tape(
        NetworkSpec(3, [5, 1], "relu", "linear"), XS, [1, -1, -1, 1], loss="hinge", alpha=1e-4
    ),
    "classes": lambda: network_tape(
        NetworkSpec(3, [3], "linear"), XS, [0, 2, 1, 1], loss="softmax_cross_entropy", alpha=0.5
    ),
    "logits": lambda: network_tape(
        NetworkSpec(3, [2, 1], "sigmoid", "linear"), XS, [0, 1, 1, 0.5], loss="binary_cross_entropy"
    ),
    "pairs": lambda: network_tape(
        NetworkSpec(3, [2, 2]), XS, [[0, 1], [1, 0], [1, 1], [0, 0]], loss="mean_squared_error"
    ),
    "small": lambda: network_tape(NetworkSpec(1, [2, 1], "relu", "linear"), [[2]], [1]),
    "exploding": lambda: network_tape(NetworkSpec(3, [2, 1], "relu"), [[1e4, 2, 3]], [5]),
}


def op_program(name: str) -> str:
    """A program that uses one op of the table between two others."""
    row = OPS[name]
    names = ("a", "b", "c")[: 3 if row.variadic else len(row.operands)]
    call = f"{name}({', '.join(names)})"
    if row.infix:
        call = f"-{names[0]}" if row.infix == "-x" else f"a {row.infix} b"
        call = call if row.partials != ("0", "0") else f"where({call}, a, b)"
    return f"a = 0.4; b = 0.7; c = 0.9\nL = {call} * a + b - c"


def all_tapes() -> dict[str, Tape]:
    tapes = {name: read_program(text) for name, text in PROGRAMS.items()}
    tapes |= {f"network-{name}": make() for name, make in NETWORKS.items()}
    return tapes | {f"op-{name}": read_program(op_program(name)) for name in OPS}


TAPES = all_tapes()


# --- snapshots


SNAPSHOTS = [
    *((name, to) for name in ("lecture", "readme") for to in EXPORTS),
    *(("network-moons", to) for to in SOURCES),
    *(("network-small", to) for to in ("dot", "mermaid", "csv")),
]


@pytest.mark.parametrize(("name", "to"), SNAPSHOTS)
def test_snapshots(name: str, to: str) -> None:
    """What is written, as somebody read it. A change writes `*-changed.txt` beside it: read that, then rename it."""
    path = GOLDEN / f"{name}.{to}.txt"
    text = export(TAPES[name], to)
    wanted = path.read_bytes().decode() if path.exists() else None
    if text != wanted:
        path.with_name(f"{name}.{to}-changed.txt").write_bytes(text.encode())
    assert text == wanted


# --- sources


def undefined(source: str) -> set[str]:
    """Names that a source reads and nothing in it binds."""
    known = set(dir(builtins))
    nodes = list(ast.walk(ast.parse(source)))
    for node in nodes:
        if isinstance(node, ast.alias):
            known.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            known.add(node.name)
        elif isinstance(node, ast.arg):
            known.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            known.add(node.id)
    return {node.id for node in nodes if isinstance(node, ast.Name)} - known


@pytest.mark.parametrize("to", SOURCES)
@pytest.mark.parametrize("name", TAPES)
def test_sources_compile_and_know_their_names(name: str, to: str) -> None:
    source = export(TAPES[name], to)
    assert undefined(source) == set()
    assert max(map(len, source.splitlines())) < 400


class Value:
    """A scalar that knows how to hand its grad on."""

    def __init__(self, data, _children=(), _op=""):
        self.data, self.grad, self._prev = data, 0, tuple(_children)
        self._backward = lambda: None

    def _made(self, data, *partials):
        out = Value(data, [operand for operand, _ in partials])

        def _backward():
            for operand, partial in partials:
                operand.grad += partial * out.grad

        out._backward = _backward
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return self._made(self.data + other.data, (self, 1), (other, 1))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return self._made(self.data * other.data, (self, other.data), (other, self.data))

    def __pow__(self, power):
        assert isinstance(power, int | float)
        return self._made(self.data**power, (self, power * self.data ** (power - 1)))

    def relu(self):
        return self._made(0 if self.data < 0 else self.data, (self, self.data > 0))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __truediv__(self, other):
        return self * other**-1

    def __rsub__(self, other):
        return -self + other

    def __rtruediv__(self, other):
        return self**-1 * other

    __radd__, __rmul__ = __add__, __mul__

    def backward(self):
        order, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                for operand in value._prev:
                    visit(operand)
                order.append(value)

        visit(self)
        self.grad = 1
        for value in reversed(order):
            value._backward()


def stand_in_modules() -> dict[str, types.ModuleType]:
    """micrograd.engine and micrograd.nn, as far as exports use them."""

    class Neuron:
        def __init__(self, nin):
            self.w, self.b = [Value(0.0) for _ in range(nin)], Value(0)

        def parameters(self):
            return [*self.w, self.b]

    class Layer:
        def __init__(self, nin, nout):
            self.neurons = [Neuron(nin) for _ in range(nout)]

    class MLP:
        def __init__(self, nin, nouts):
            self.layers = [Layer(*sizes) for sizes in zip([nin, *nouts], nouts, strict=False)]

        def parameters(self):
            return [p for layer in self.layers for neuron in layer.neurons for p in neuron.parameters()]

    made = {}
    for name, content in {
        "micrograd": {},
        "micrograd.engine": {"Value": Value},
        "micrograd.nn": {"MLP": MLP},
    }.items():
        made[name] = types.ModuleType(name)
        vars(made[name]).update(content)
    return made


def printed(source: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Runs a source for the stand-in; the numbers after its equals signs."""
    for name, module in stand_in_modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    path = folder / "exported.py"
    path.write_text(source, encoding="utf-8")
    heard = io.StringIO()
    limit = sys.getrecursionlimit()
    try:
        with redirect_stdout(heard):
            runpy.run_path(str(path), run_name="__main__")
    finally:
        sys.setrecursionlimit(limit)
    numbers = [line.partition(" = ")[2].strip("[]").split(", ") for line in heard.getvalue().splitlines()]
    return [float(number) for row in numbers for number in row]


def expected(tape: Tape) -> list[float]:
    grads, _ = backward(tape, tape.data)
    return [tape.data[tape.output], *(grads[node] for node in leaves(tape, "parameter"))]


@pytest.mark.parametrize("name", TAPES)
def test_micrograd_source_computes_the_same(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same
) -> None:
    tape = TAPES[name]
    numbers = printed(export(tape, "micrograd"), tmp_path, monkeypatch)
    for got, wanted in zip(numbers, expected(tape), strict=True):
        assert math.isclose(got, wanted, rel_tol=1e-9, abs_tol=1e-12) or same(got, wanted), (got, wanted)


def test_a_deep_program_raises_the_recursion_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "x = 0.5\ny0 = x\n" + "\n".join(f"y{at + 1} = y{at} * 1.0001 + 0.001" for at in range(900))
    tape = read_program(text, limits=Limits(program_characters=100_000))
    numbers = printed(export(tape, "micrograd"), tmp_path, monkeypatch)
    assert numbers == pytest.approx(expected(tape), rel=1e-9)


# --- names


def test_names_are_unique_identifiers_and_stay_the_users() -> None:
    tape = read_program("x = 1; y = 2\nx = x * y\nx += y\nz = x / (y + 1)")
    assert identifiers(tape) == ["x", "y", "x_2", "x_3", "v4", "v5", "z"]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("x1*w1", "x1_w1"),
        ("class", "class_"),
        ("print", "print_"),
        ("2x", "_2x"),
        ("w[0]", "w0"),
        ("xs[0][1]", "xs0_1"),
        ("α", "α"),
        ("µ", "μ"),
        ("ſ", "s"),
        ("\u037e", "v0"),
        ("\U0001f600", "v0"),
        ('"); import os; ("', "import_os"),
        ("a\nb", "a_b"),
        ("_x", "_x"),
    ],
)
def test_labels_become_identifiers(label: str, name: str) -> None:
    tape = read_program("a = 2\nL = a * a")
    tape.names[0] = label
    found = identifiers(tape)
    assert found[0] == name
    assert found[0].isidentifier()
    assert undefined(export(tape, "torch")) == set()


def test_names_of_the_library_are_left_to_it() -> None:
    tape = TAPES["names"]
    assert "torch_ = torch.tensor(3.0" in export(tape, "torch")
    assert '"jax_": 1.0' in export(tape, "jax")
    assert "op_ = Value(2.0)" in export(tape, "micrograd")


@pytest.mark.parametrize("hidden", ["x_2", "v3", "output"])
def test_a_name_that_looks_like_ours_is_kept(hidden: str) -> None:
    tape = read_program(f"x = 1; {hidden} = 2\nx = x * {hidden}\nx * (x + 1) * 3")
    names = identifiers(tape)
    assert names[1] == hidden
    assert len(set(names)) == len(names)


# --- networks


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_is_a_module_with_its_loss(name: str) -> None:
    tape = TAPES[f"network-{name}"]
    network = find_network(tape)
    assert network is not None
    assert network.loss is not None
    assert len([node for layer in network.weights for neuron in layer for node in neuron]) == len(
        leaves(tape, "parameter")
    )
    assert network.inputs(tape) == {"small": [[2]], "exploding": [[1e4, 2, 3]]}.get(name, XS)
    for to in SOURCES:
        assert len(export(tape, to).splitlines()) < 90


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "linear"])
@pytest.mark.parametrize("output", ["tanh", "relu", "sigmoid", "linear"])
def test_activations_are_recognised(activation: str, output: str) -> None:
    network = find_network(network_tape(NetworkSpec(3, [4, 4, 1], activation, output), XS, [1, -1, -1, 1]))
    assert network is not None
    assert network.activations == [activation, activation, output]


def test_the_pasted_lecture_is_the_same_network() -> None:
    text = (
        "n = MLP(3, [4, 4, 1])\nxs = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]]\nys = [1, -1, -1, 1]\n"
        "ypred = [n(x) for x in xs]\nloss = sum((yout - ygt)**2 for ygt, yout in zip(ys, ypred))"
    )
    for to in SOURCES:
        assert export(read_program(text), to) == export(TAPES["network-lecture"], to)


def test_a_changed_network_is_not_mistaken_for_one() -> None:
    """One operand swapped for another: the groups still look right, the graph is no MLP any more."""
    tape = network_tape(NetworkSpec(3, [4, 4, 1]), XS, [1, -1, -1, 1])
    node = next(node for node, group in enumerate(tape.groups) if group == "example1.layer2.neuron1")
    weight, x = tape.operands[node]
    tape.operands[node] = (weight, x + 1)
    assert find_network(tape) is None


def test_a_loss_of_ones_own_stays_written_out() -> None:
    network = find_network(TAPES["mlp-own-loss"])
    assert network is not None
    assert network.loss is None
    assert "torch.abs(prediction[0] - ys0) * 1.5" in export(TAPES["mlp-own-loss"], "torch")


@pytest.mark.parametrize("name", ["mlp-of-mlp", "mlp-of-parameters", "two-mlps", "lecture"])
def test_what_is_no_single_network_over_data_is_written_out(name: str) -> None:
    assert find_network(TAPES[name]) is None


def test_soft_targets_are_no_classes() -> None:
    tape = network_tape(NetworkSpec(2, [2], "linear"), [[1, 2]], [1], loss="softmax_cross_entropy")
    tape.data[next(node for node, name in enumerate(tape.names) if name == "y[0]")] = 0.25
    network = find_network(tape)
    assert network is not None
    assert network.loss is None


# --- drawings and the table

HOSTILE = [
    '"]; n9 [label="x',
    '"><svg onload=alert(1)>',
    "</script><script>alert(1)</script>",
    "{a|b}<c>",
    "a\\",
    "\\N\\G",
    "&lt;b&gt;",
    '"`markdown`"',
    "%%{init: {}}%%",
    "#35;",
    "$$x$$",
    "a\r\nend",
    "\u202eexe.gnp",
    "\x1b]0;x\x07",
    "click n0 call alert(1)",
]


def labelled(name: str) -> Tape:
    tape = read_program("a = 2\nL = a * 3")
    tape.names[0] = name
    tape.group_table.append(Group("g", "neuron", name, None))
    tape.groups[0] = "g"
    return tape


@pytest.mark.parametrize("name", HOSTILE)
def test_a_label_cannot_leave_its_dot_string(name: str) -> None:
    text = export(labelled(name), "dot")
    plain_text = export(labelled("plain"), "dot")
    assert "\u202e" not in text
    strings = r'"(?:[^"\\]|\\.)*"'
    assert re.sub(strings, "S", text) == re.sub(strings, "S", plain_text)
    record = re.search(r'n0 \[label="\{ (.*?) \| data 2 \| grad 3 \}"', text)
    assert record
    assert not re.search(r"(?<!\\)(?:\\\\)*[{}|<>]", record[1])
    assert not re.search(r"&(?!amp;)", record[1])


@pytest.mark.parametrize("name", HOSTILE)
def test_a_label_cannot_leave_its_mermaid_string(name: str) -> None:
    text = export(labelled(name), "mermaid")
    plain_text = export(labelled("plain"), "mermaid")
    assert re.sub('"[^"]*"', "S", text) == re.sub('"[^"]*"', "S", plain_text)
    inside = re.search("<b>(.*?)</b>", text)
    assert inside
    assert re.fullmatch(r"(?:[\w +\-*/=().,\[\]]|#\d+;)*", inside[1])


@pytest.mark.parametrize("name", TAPES)
def test_drawings_hold_every_node_and_edge(name: str) -> None:
    tape = TAPES[name]
    edges = sum(map(len, tape.operands))
    computed = sum(1 for operands in tape.operands if operands)
    dot, mermaid = export(tape, "dot"), export(tape, "mermaid")
    assert len(re.findall(r"^ +n\d+ \[label=", dot, re.M)) == len(tape)
    assert len(re.findall(r"^  n\d+ -> op\d+", dot, re.M)) == edges
    assert len(re.findall(r"^ +op\d+ -> n\d+;", dot, re.M)) == computed
    assert dot.count("{") == dot.count("}")
    assert dot.count("subgraph") == len(tape.group_table)
    assert len(re.findall(r'^ +n\d+\["', mermaid, re.M)) == len(tape)
    assert len(re.findall(r"^  n\d+ -->(?:\|\S+\|)? op\d+$", mermaid, re.M)) == edges
    assert len(re.findall(r'^ +op\d+\(\(".*"\)\) --> n\d+$', mermaid, re.M)) == computed
    assert len(re.findall(r"^ +subgraph ", mermaid, re.M)) == len(re.findall(r"^ +end$", mermaid, re.M))


def test_a_large_chart_says_what_it_needs() -> None:
    assert export(TAPES["network-moons"], "mermaid").startswith("%% ")
    assert export(TAPES["lecture"], "mermaid").startswith("flowchart LR\n")


@pytest.mark.parametrize("name", TAPES)
def test_csv_gives_the_numbers_back(name: str, same) -> None:
    tape = TAPES[name]
    grads, partials = backward(tape, tape.data)
    text = export(tape, "csv")
    assert text.endswith("\r\n")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(tape)
    for node, row in enumerate(rows):
        assert (int(row["id"]), row["op"], row["role"]) == (node, tape.ops[node], tape.roles[node])
        assert same(float(row["data"]), tape.data[node], 0.0)
        assert row["grad"] == "" if grads[node] is None else same(float(row["grad"]), grads[node], 0.0)
        assert ast.literal_eval(row["operands"]) == list(tape.operands[node])
        listed = [part.strip(' "') for part in row["partials"].strip("[]").split(",") if part]
        for word, partial in zip(listed, partials[node], strict=True):
            assert word == "null" if partial is None else same(float(word), partial, 0.0)


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@x", "\tx", "\r=1", " =1", '=HYPERLINK("http://x","y")']
)
def test_csv_text_is_no_formula(name: str) -> None:
    row = next(csv.DictReader(io.StringIO(export(labelled(name), "csv"), newline="")))
    assert row["name"] == f"'{name}"


def test_csv_keeps_quotes_commas_and_lines_apart() -> None:
    name = 'a,"b"\nc'
    row = next(csv.DictReader(io.StringIO(export(labelled(name), "csv"), newline="")))
    assert row["name"] == name


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(ExportError, match="torch, jax, micrograd, dot, mermaid, csv"):
        export(TAPES["lecture"], "tensorflow")
