"""What is wrong with a program: its code, its place, its hint."""

import pytest

from engine.limits import Limits
from engine.program import ProgramError, read_program


def refusal(text, values=None, **limits):
    with pytest.raises(ProgramError) as caught:
        read_program(text, values, Limits(**limits))
    error = caught.value
    assert len(error.message) <= 200
    assert len(error.hint) <= 200
    assert error.message.isprintable()
    assert "`" not in error.message  # shown as it is; the marked text is set as code
    return error


# text, code, the stretch of text that is marked, a word of the hint
REFUSED = [
    # names
    ("d = 1; e = 2\nL = d * g", "unknown_name", "g", "g = 2"),
    ("weight = 1\nL = wieght * 2", "unknown_name", "wieght", "weight"),
    ("L = a * 2\na = 3", "unknown_name", "a", ""),
    ("L = math.exp(2)", "unknown_name", "math", "prefix"),
    ("np.tanh(1)", "unknown_name", "np", "prefix"),
    ("random.seed(1)", "unknown_name", "random", "seed"),
    ("tanhh(2)", "unknown_function", "tanhh", "tanh"),
    ("ln(2)", "unknown_function", "ln", "log"),
    ("print(2)", "unknown_function", "print", "data"),
    ("a = 2\nL = a.foo()", "unknown_function", "a.foo()", ""),
    ("n = MLP(1, [1])\nn.zero_grad()", "unknown_function", "n.zero_grad()", "zero"),
    ("tanh = 3", "reserved_name", "tanh", "another"),
    ("L = [sum for sum in [1]]", "reserved_name", "sum", ""),
    ("L = tanh", "function_without_call", "tanh", "tanh(x)"),
    ("a = 1\nL = a.tanh", "function_without_call", "a.tanh", ".tanh()"),
    ("__class__ = 2", "bad_name", "__class__", ""),
    ("a = 1\na.__class__", "bad_name", "__class__", ""),
    ("a = 1\nL = a.data * 2", "not_supported", "a.data", "node"),
    ("a = 1\nL = a.grad", "not_supported", "a.grad", "node"),
    # arguments
    ("tanh(1, 2)", "wrong_arguments", "tanh(1, 2)", "tanh(x)"),
    ("tanh()", "wrong_arguments", "tanh()", "tanh(x)"),
    ("a = 1\na.atan2()", "wrong_arguments", "a.atan2()", "atan2(y, x)"),
    ("tanh(x=2)", "wrong_arguments", "tanh(x=2)", ""),
    ("max()", "wrong_arguments", "max()", ""),
    ("sum(1, 2)", "not_a_list", "sum(1, 2)", "[a, b, c]"),
    ("sum([])", "empty_list", "sum([])", ""),
    ("mean([])", "empty_list", "mean([])", ""),
    ("max([])", "empty_list", "max([])", ""),
    ("len(5)", "not_a_list", "len(5)", ""),
    ("xs = [1, 2]; xs.sum()", "unknown_function", "xs.sum()", "sum(xs)"),
    ("a = 2; a.backward", "function_without_call", "a.backward", ".backward()"),
    ("a = 2;\u3000a", "bad_character", "\u3000", "plain space"),
    ("Value(2, data=3)", "wrong_arguments", "Value(2, data=3)", ""),
    ("Value(label='a')", "wrong_arguments", "Value(label='a')", ""),
    ("MLP(nouts=[4])", "wrong_arguments", "MLP(nouts=[4])", ""),
    ("MLP(3)", "wrong_arguments", "MLP(3)", "MLP(3, [4, 4, 1])"),
    ("sum(start=[1])", "wrong_arguments", "sum(start=[1])", ""),
    ("sum(xs=[1])", "wrong_arguments", "sum(xs=[1])", ""),
    ("a = 2; sum(x for i, x in enumerate([1], a))", "not_whole", "enumerate([1], a)", ""),
    (r"a = 2; a.label = 'it\'s'", "not_supported", r"\'", ""),
    ("ϕ = 1", "bad_character", "ϕ", "φ"),
    ("µ = 1", "bad_character", "µ", "μ"),
    ("Value(2, label=3)", "wrong_arguments", "Value(2, label=3)", "label='a'"),
    ("data(1/3)", "not_a_literal", "data(1/3)", "data(2.0)"),
    ("a = 2\na(3)", "not_callable", "a(3)", "*"),
    ("[1](2)", "not_callable", "[1](2)", ""),
    # numbers and lists where the other is needed
    ("xs = [1, 2]\nL = xs * 2", "not_a_number", "xs * 2", "for x in xs"),
    ("xs = [1, 2]\nL = tanh(xs)", "not_a_number", "tanh(xs)", "xs[0]"),
    ("n = MLP(1, [1])\nL = n + 1", "not_a_number", "n + 1", "Call"),
    ("a = 1\nL = a[0]", "not_a_list", "a[0]", ""),
    ("xs = [1]\nL = xs[1]", "bad_index", "xs[1]", ""),
    ("xs = [1]; a = 0\nL = xs[a]", "not_whole", "xs[a]", "shape"),
    ("xs = [1]\nL = xs[0.5]", "not_whole", "xs[0.5]", ""),
    ("xs = [1]\nL = sum(xs[::0])", "bad_index", "xs[::0]", ""),
    ("L = [x for x in 3]", "not_a_list", "for x in 3", ""),
    ("L = [x for x, y in [1, 2]]", "wrong_count", "x, y", ""),
    ("L = [x for x, y in [[1, 2, 3]]]", "wrong_count", "x, y", ""),
    ("a, b = 1, 2, 3", "wrong_count", "a, b ", ""),
    ("g = (x for x in [1])", "not_a_number", "(x for x in [1])", "[f(x)"),
    ("L = (1 > 2) + 3", "not_a_number", "(1 > 2) + 3", "where"),
    ("c = 1 > 2", "not_a_number", "1 > 2", "where"),
    ("1 == 1", "not_a_number", "1 == 1", "where"),
    # networks
    ("n = MLP(3, [])", "wrong_arguments", "MLP(3, [])", "[4, 4, 1]"),
    ("n = MLP(3, [0])", "wrong_arguments", "MLP(3, [0])", ""),
    ("n = MLP(3, [-1])", "wrong_arguments", "MLP(3, [-1])", ""),
    ("n = MLP(0, [1])", "wrong_arguments", "MLP(0, [1])", ""),
    ("n = MLP(3, [1.5])", "not_whole", "MLP(3, [1.5])", ""),
    ("n = MLP(3, 4)", "wrong_arguments", "MLP(3, 4)", ""),
    ("n = MLP(3)", "wrong_arguments", "MLP(3)", ""),
    ("k = 3; n = MLP(k, [1])", "not_whole", "MLP(k, [1])", ""),
    ("n = Neuron(3, activation='swish')", "wrong_arguments", "Neuron(3, activation='swish')", "relu"),
    ("n = Neuron(3, nonlin=0)", "wrong_arguments", "Neuron(3, nonlin=0)", ""),
    ("n = Neuron(3)\nL = n([1, 2])", "wrong_count", "n([1, 2])", ""),
    ("n = Neuron(3)\nL = n(1, 2, 3)", "wrong_arguments", "n(1, 2, 3)", "n(["),
    ("n = Neuron(3)\nL = n(1)", "not_a_list", "n(1)", ""),
    ("n = MLP(100, [100])", "too_many_parameters", "MLP(100, [100])", ""),
    ("n = MLP(1, [99999999999999999999])", "too_many_parameters", "MLP(1, [99999999999999999999])", ""),
    # statements
    ("a = b = 2", "bad_assignment", "=", "lines of their own"),
    ("a + b = 2", "bad_assignment", "a + b", ""),
    ("2 = a", "bad_assignment", "2", ""),
    ("a = 2\na.data = 3", "bad_assignment", "a.data", ""),
    ("xs = [1]\nxs[0] = 3", "bad_assignment", "xs[0]", "new one"),
    ("a.label = 2", "unexpected", "2", "label = 'a'"),
    ("a = 2; a.backward(); b = 3", "bad_backward", "a.backward()", ""),
    ("a = 2\nb = a.backward()", "bad_backward", "a.backward()", ""),
    ("import os", "not_supported", "import", "tanh(x)"),
    ("from math import exp", "not_supported", "from", ""),
    ("for x in [1]: x", "not_supported", "for", "[n(x) for x in xs]"),
    ("while 1: a = 1", "not_supported", "while", ""),
    ("class A: pass", "not_supported", "class", "Value"),
    ("def f(): return 1", "not_supported", "def", ""),
    ("lambda x: x", "not_supported", "lambda", ""),
    ("assert 1", "not_supported", "assert", ""),
    ("1 if 1 else 2", "not_supported", "if", "where"),
    ("not 1", "not_supported", "not", "where"),
    ("1 and 2", "not_supported", "and", "where"),
    ("True = 2", "not_supported", "True", ""),
    ("L = None", "not_supported", "None", ""),
    ("sum(x for x in [1] if x)", "not_supported", "if", "where"),
    # expressions
    ("a = 2\nL = a^2", "not_supported", "^", "**"),
    ("5 % 2", "not_supported", "%", "floor"),
    ("5 // 2", "not_supported", "//", "floor"),
    ("1 < 2 < 3", "not_supported", "<", "two"),
    ("x **= 2", "not_supported", "**=", "x**2"),
    ("a @ b", "not_supported", "@", ""),
    ("{1: 2}", "not_supported", "{", "square"),
    ("...", "not_supported", "...", ""),
    ("f'{2}'", "not_supported", "f", ""),
    ("L = 'a'", "not_supported", "'a'", "label"),
    ("a = 1 b", "unexpected", "b", "operator"),
    ("tanh 1", "unexpected", "1", "operator"),
    ("L = ,", "unexpected", ",", ""),
    ("L = ()", "unexpected", "()", ""),
    ("L = 1 +", "unfinished", "+", ""),
    ("L =", "unfinished", "=", ""),
    ("L = (1 + 2", "unfinished", "(", ")"),
    ("L = [1, (2, 3]", "unbalanced", "]", ")"),
    ("L = 1)", "unbalanced", ")", ""),
    ("sum([1, 2] [3])", "bad_index", "[1, 2] [3]", ""),
    ("max(a=1, 2)", "unexpected", "2", "last"),
    ("xs[1:2:3:4]", "unexpected", ":", ""),
    ("xs[]", "unexpected", "]", "index"),
    ("a.label = 'x", "unfinished", "'", "closing"),
    # numbers
    ("L = 2x", "bad_number", "2x", "2*x"),
    ("L = 1.5.2", "bad_number", "1.5.2", ""),
    ("L = 1..2", "bad_number", "1..2", ""),
    ("L = 1e", "bad_number", "1e", ""),
    ("L = 1e+", "bad_number", "1e", ""),
    ("L = 1j", "bad_number", "1j", "real"),
    ("L = 0x10", "bad_number", "0x10", "decimal"),
    ("L = 0123", "bad_number", "0123", "123"),
    ("L = 1__0", "bad_number", "1__0", ""),
    ("L = 2.tanh()", "bad_number", "2.tanh", "(2).tanh"),
    ("L = .", "unexpected", ".", ""),
    # characters
    ("ﬁ = 1; L = fi", "bad_character", "ﬁ", "fi"),
    ("L = ａ", "bad_character", "ａ", "Write a"),
    ("L = а + 1", "bad_character", "а", "Greek"),
    ("L = 𝟙", "bad_character", "𝟙", "1"),
    ("L = ٣", "bad_character", "٣", ""),
    ("L = 1 − 2", "bad_character", "−", "Write -"),
    ("L = 2 × 3", "bad_character", "×", "*"),
    ("L = x²", "bad_character", "²", "**2"),
    ("L = µ", "bad_character", "µ", "μ"),
    ("L = 1\u00a0+ 2", "bad_character", "\u00a0", "space"),
    ("L = $(id)", "bad_character", "$", ""),
    ("L = 1\x00", "bad_character", "\x00", ""),
    ("L = 1\x1b[31m", "bad_character", "\x1b", ""),
    ("L = 1 # \u202e", "bad_character", "\u202e", ""),
    ("L = 1 # \ud800", "bad_character", "\ud800", ""),
    ("a = Value(1, label='\u200d')", "bad_character", "'\u200d'", ""),
    # the result
    ("xs = [1, 2, 3]", "no_output", "xs = [1, 2, 3]", "sum"),
    ("n = MLP(1, [1])", "no_output", "n = MLP(1, [1])", "Call"),
    ("n = MLP(1, [2])\nL = n([1])", "no_output", "L = n([1])", ""),
    # size
    ("sum(range(10**9))", "not_whole", "range(10**9)", ""),
    ("sum(range(1000000000))", "too_many_nodes", "range(1000000000)", ""),
    ("range(99999999999999999999999)", "too_many_nodes", "range(99999999999999999999999)", ""),
    ("L = [1 for i in range(20000) for j in range(20000)]", "too_many_steps", "1", ""),
    ("x = 1\nL = sum(x*x for i in range(200) for j in range(200))", "too_many_nodes", "x*x", ""),
    ("n = MLP(9, [99])\nL = [n(x) for x in [[1]*9]]", "not_a_number", "[1]*9", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "marked", "hint"), REFUSED, ids=lambda part: part[:30] if part else ""
)
def test_refused(text, code, marked, hint):
    error = refusal(text)
    lines = text.split("\n")
    start = error.column - 1
    assert error.code == code, error.message
    assert lines[error.line - 1][start : start + error.length] == marked
    assert hint in error.hint


@pytest.mark.parametrize("text", ["", " \n\t", "# only a comment", ";;", "\ufeff"])
def test_nothing_to_compute(text):
    assert refusal(text).code == "empty_program"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a = 1\nL = g", 2, 5),
        ("a = 1\r\nL = g", 2, 5),
        ("a = 1\rL = g", 2, 5),
        ("\n\n  L = g", 3, 7),
        ("# 🙂🙂\nα = 1; L = α*g", 2, 14),
        ("\ufeffL = g", 1, 6),
        ("L = (1 +\n  g)", 2, 3),
    ],
)
def test_positions_count_lines_and_code_points(text, line, column):
    error = refusal(text)
    assert (error.line, error.column, error.length) == (line, column, 1)


NESTED = [
    "(" * 101 + "1" + ")" * 101,
    "tanh(" * 101 + "1" + ")" * 101,
    "[" * 5000 + "]" * 5000,
    "-" * 102 + "1",
    "+" * 3000 + "1",
    "**".join(["2"] * 3000),
    "2**-" * 60 + "1",
    "(-" * 60 + "1" + ")" * 60,
    "sum([" * 9 + "1" + " for x in [1]])" * 9,
]


@pytest.mark.parametrize("text", NESTED, ids=lambda text: text[:8])
def test_too_deep(text, within):
    with within(0.25):
        assert refusal(text).code == "too_deep"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("L = " + "9" * 5000, "number_too_long"),
        ("L = 0." + "1" * 5000, "number_too_long"),
        ("L = " + "a" * 65, "name_too_long"),
        ("a = Value(1, label='" + "a" * 65 + "')", "name_too_long"),
        ("x" * 100_000, "program_too_long"),
        (" " * 10_001, "program_too_long"),
    ],
)
def test_too_long(text, code, within):
    with within(0.25):
        error = refusal(text)
    assert error.code == code
    assert error.line == 1
    assert text[:81] not in error.message


def test_limits_are_settings():
    assert refusal("a = 1; b = a + a", program_nodes=1).code == "too_many_nodes"
    assert refusal("a = 1; b = ((a))", nesting=1).code == "too_deep"
    assert refusal("n = Neuron(3)", parameters=3).code == "too_many_parameters"
    assert refusal("abc = 1", name_characters=2).code == "name_too_long"
    assert refusal("a = 123", number_characters=2).code == "number_too_long"
    assert refusal("a = 123", program_characters=6).code == "program_too_long"


def test_values_name_leaves():
    for text, name in [
        ("a = 2", "b"),
        ("a = 2; b = a*2", "b"),
        ("xs = [1]; L = xs[0]", "xs"),
        ("a = 2", "tanh"),
    ]:
        error = refusal(text, {name: 1.0})
        assert error.code == "unknown_value"
        assert name in error.message
        assert error.line is None
    assert len(refusal("a = 2", {"x" * 10_000: 1.0}).message) <= 200
    assert refusal("L = a\na = 2", {"a": 1.0}).code == "unknown_name"


def test_work_is_bounded_before_it_is_done(within):
    for text in (
        "n = MLP(9, [99, 9, 1])\nL = sum(n([1, 2, 3, 4, 5, 6, 7, 8, 9]) for i in range(19999))",
        "L = sum(" + "+".join(["1"] * 40) + " for i in range(19999))",
        "xs = [i for i in range(9999)]\nL = [len(xs[:]) for i in range(9999)]",
        "xs = [i for i in range(9999)]\nL = [len([x for x, y in zip(xs, xs)]) for i in range(9999)]",
        "L = [max(range(9999)) for i in range(9999)]",
        "xs = [[i] for i in range(9999)]\n" + "; ".join(f"y{i} = xs" for i in range(900)),
    ):
        with within(2):
            assert refusal(text).code in ("too_many_nodes", "too_many_steps")
