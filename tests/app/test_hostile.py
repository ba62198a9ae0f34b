"""Hostile programs, networks and names through the front door: never a 5xx, never slow, never a leak.

Each class is generated here; the tables say what must come out.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from math import copysign
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.openapi import NETWORK
from app.schema import ProblemDocument

Ask = Callable[..., httpx.Response]
Check = Callable[..., ProblemDocument]
Within = Callable[[float], AbstractContextManager[None]]

GRAPH = "/api/v1/graph"

KEYS = st.sampled_from(
    [
        "program",
        "values",
        "network",
        "inputs",
        "targets",
        "loss",
        "alpha",
        "parameters",
        "nin",
        "nouts",
        "seed",
        "x",
    ]
)
WORDS = [
    "a", "b", "x", "=", "+", "-", "*", "/", "**", "(", ")", "[", "]", ",", ";", ".", "1", "2.5", "\n", "tanh", "max",
    "sum", "for", "in", "range", "MLP", "data", "zip",
]  # fmt: skip

ESCAPES = [
    "().__class__.__bases__[0].__subclasses__()", "a = 1; a.__class__", "a = 1; a.real",
    "__import__('os').system('id')",
    "open('/etc/passwd').read()", "exec('a = 1')", "eval('1')", "compile('1', '', 'eval')", "globals()", "locals()",
    "vars()", "dir()", "getattr(1, 'real')", "type(1)", "breakpoint()", "input()", "help()", "print(1)", "__builtins__",
    "__builtins__['eval']", "import os", "from os import system", "import os as o; o.getpid()", "def f(): return 1",
    "class A: pass", "lambda x: x", "(lambda: 1)()", "yield 1", "await 1", "assert 0", "raise 1", "while 1: a = 1",
    "for i in range(3): a = i", "if 1: a = 1", "with a: b = 1", "try: a\nexcept: b", "global a", "nonlocal a", "del a",
    "@a\ndef b(): pass", "f'{1}'", "f'{().__class__}'", "b'a'", "r'a'", "'{0.__class__}'.format(1)", "`id`", "$(id)",
    "%x%", "a = b = c = __class__", "[x for x in ().__class__.__mro__]", "{1: 2}", "{1, 2}", "{x: x for x in [1]}",
    "(x := 3)", "*a, b = [1, 2]", "a if b else c", "not a", "a and b", "a or b", "a is b", "a in [a]", "a << 2",
    "a // b",
    "a % b", "a @ b", "a & b", "a | b", "~a", "1j", "True", "None", "...", "a[b]", "a.b.c", "a()", "'a' * 1000000000",
    "[0] * 1000000000", "'%1000000000d' % 1", "1 << 1000000000", "sum(range(10**9))", "range(1000000000)",
    "[i for i in range(1000000000)]", "[j for i in range(9999) for j in range(9999)]", "toString()", "__proto__(2)",
]  # fmt: skip

SPECIAL = [
    "__class__ = 2; L = __class__ * 3", "__proto__ = 2; L = __proto__ * 3", "__x__ = 1", "True = 2", "None = 2",
    "tanh = 2; L = tanh * 3", "exp = 3", "sum = 1", "MLP = 1", "Value = 1", "range = 1", "zip = 1", "import = 1",
    "L = tanh",
]  # fmt: skip

SYNTAX = [
    "", " ", "\n\n", "# only words", ";", ";;;", "L =", "L = 1 +", "L = * 2", "L = 1 2", "L = 2x", "L = a b", "L = ,",
    "L = ()", "L = (1", "L = 1)", "L = [1", "L = 'a", "L = 1.5.2", "L = 1..2", "L = .", "L = 1e", "L = 1e+", "L = .e5",
    "L = 0123", "L = 10l", "L = 0x", "L = 3^2", "L = 2 ** ", "L == 1", "1 = L", "a + b = 2", "f(1) = 2", "L += 1",
    "L = L + 1", "L = x", "L = tanh()", "L = tanh(1, 2)", "L = tanh 1", "L = nothing(1)", "L = 1, 2", "[1, 2, 3]",
    "a = [1]; a[5]", "a = [1]; a[0.5]", "a = [1]; a['x']", "L = max()", "L = sum([])", "L = sum(3)", "L = mean([])",
    "a = 2; a(3)", "a, b = [1, 2, 3]; a", "x = 1; x.backward", "n = MLP(); 1", "n = MLP(3); n", "n = MLP(0, [1])",
    "n = MLP(2, [1]); n([1])", "n = MLP(2, [1]); n(1, 2)", "n = Neuron(2); n + 1", "Value('a')", "data([1])",
    "L = 1 \\ 2", "a = 1 b = 2", "a = 2; a.backward(); a.backward(); b = 1",
]  # fmt: skip

LETTERS = [
    "L = \u0430 + 1", "\ufb01 = 1; L = fi", "L = \U0001d7d9 + 1", "L = \u0663", "L = \u00bd", "L = \u00b2", "L = 1\x00",
    "\x00", "L = 1\x1b[31m", "L = 1 \u2028 + 1", "\u202eL = 1", "L = 1 # \u202e", "L = \uff41", "L = \u200b1",
    "L = 1\x0c", "\U0001f642 = 1", "L = \u221e", "L = \u03c2",
]  # fmt: skip


@pytest.mark.parametrize("program", [*ESCAPES, *SPECIAL, *SYNTAX, *LETTERS], ids=lambda text: repr(text[:30]))
def test_refused_with_a_place(ask: Ask, problem: Check, program: str) -> None:
    found = problem(ask("POST", GRAPH, json={"program": program}))
    assert found.status == 422
    lines = program.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert found.line is not None
    assert found.column is not None
    assert found.length is not None
    assert 1 <= found.line <= len(lines)
    assert 1 <= found.column <= len(lines[found.line - 1]) + 1
    assert found.length >= 1


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("L = 9**9**9", "Infinity"), ("L = exp(1000)", "Infinity"), ("L = -1/0", "-Infinity"), ("L = 0/0", "NaN"),
        ("L = 0**-1", "Infinity"), ("L = (-8)**(1/3)", "NaN"), ("L = log(0)", "-Infinity"), ("L = log(-1)", "NaN"),
        ("L = 1e308 + 1e308", "Infinity"), ("L = 1e308*1e308 - 1e308*1e308", "NaN"), ("L = -0.0", -0.0),
        ("L = 5e-324/2", 0.0), ("L = 0.1 + 0.2", 0.30000000000000004), ("L = tanh(1e308)", 1.0), ("L = 1e-400", 0.0),
        ("L = exp(710) - exp(710)", "NaN"), ("L = 2**1024", "Infinity"), ("L = sqrt(-1)", "NaN"), ("L = -2**2", -4.0),
    ],
)  # fmt: skip
def test_arithmetic_never_fails(ask: Ask, program: str, expected: float | str) -> None:
    graph = ask("POST", GRAPH, json={"program": program}).json()
    data = graph["nodes"][graph["output"]]["data"]
    assert data == expected
    if not isinstance(expected, str):
        assert copysign(1, data) == copysign(1, expected)


HUGE: dict[str, Callable[[], str]] = {
    "5,000 brackets": lambda: "L = " + "(" * 4_990 + "1" + ")" * 4_990,
    "300 brackets": lambda: "L = " + "(" * 300 + "1" + ")" * 300,
    "unclosed": lambda: "(" * 9_999,
    "unopened": lambda: ")" * 9_999,
    "signs": lambda: "L = " + "-" * 9_000 + "1",
    "calls": lambda: "L = " + "tanh(" * 1_500 + "1" + ")" * 1_500,
    "powers": lambda: "L = " + "**".join(["2"] * 3_000),
    "indices": lambda: "a = 1; a" + "[0]" * 3_000,
    "attributes": lambda: "a = 1; a" + ".b" * 4_000,
    "text": lambda: "a = 1; L = " + "+".join(["a"] * 30_000),
    "digits": lambda: "L = " + "9" * 5_000,
    "fraction": lambda: "L = 0." + "1" * 5_000,
    "exponent": lambda: "L = 1e" + "9" * 1_000,
    "name": lambda: "a" * 5_000 + " = 1",
    "dots": lambda: "L = " + "1." * 4_900,
    "stars": lambda: "L = " + "*" * 9_900,
    "backtracking": lambda: "L = " + "a" * 9_000 + "!",
    "blank lines": lambda: "L = 1" + "\t\n" * 4_900 + "$",
    "arguments": lambda: "L = tanh(" + "1," * 4_900 + "1)",
    "nodes": lambda: (
        "a = 1\n" + "a = (a+a)+(a+a)\n" * 100 + "L = sum([a*a*a*a*a*a*a*a*a*a for i in range(5000)])"
    ),
    "doubling lists": lambda: "a = [1, 2]\n" + "a = [b for b in a for c in a]\n" * 12,
    "network": lambda: "n = MLP(1000, [1000, 1000, 1000]); 1",
    "layer": lambda: "n = Layer(1000000000, 1000000000); 1",
    "deep network": lambda: "n = MLP(2, [" + "1," * 4_000 + "1]); n([1, 2])",
    "comprehensions": lambda: "[" * 90 + "1" + " for i in range(9)]" * 90,
}


@pytest.mark.parametrize("name", HUGE)
def test_large_programs_are_refused_at_once(ask: Ask, problem: Check, within: Within, name: str) -> None:
    program = HUGE[name]()
    with within(2):
        found = problem(ask("POST", GRAPH, json={"program": program}))
    assert found.status in (413, 422)


LARGE: dict[str, tuple[Callable[[], str], float | None]] = {
    "2**64 paths": (lambda: "x0 = 1\n" + "\n".join(f"x{i + 1} = x{i} + x{i}" for i in range(64)), 2.0**64),
    "a long sum": (lambda: "a = 1; L = " + "+".join(["a"] * 4_990), 4_990.0),
    "a long product": (lambda: "L = " + "*".join(["1"] * 4_990), 1.0),
    "a deep chain": (lambda: "x = 0.1\n" + "x = sin(x)\n" * 800, None),
    "many statements": (lambda: "a = 1; " * 1_400 + "L = 2", 2.0),
    "100 brackets less a few": (lambda: "L = " + "(" * 90 + "1" + ")" * 90, 1.0),
    "mixed newlines": (lambda: "L = 1\r\nM = 2\rN = 3\n", 3.0),
    "many arguments": (lambda: "L = max(" + ",".join(["1"] * 3_000) + ")", 1.0),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_programs_within_the_limits_answer(ask: Ask, name: str) -> None:
    make, expected = LARGE[name]
    response = ask("POST", GRAPH, json={"program": make()})
    assert response.status_code == 200, response.text
    graph = response.json()
    if expected is not None:
        assert graph["nodes"][graph["output"]]["data"] == expected


NETWORKS: dict[str, dict[str, Any]] = {
    "too many parameters": {"network": {"nin": 2, "nouts": [1_000_000_000, 1]}, "inputs": [[1, 2]]},
    "a wide input": {"network": {"nin": 2_000_000_000, "nouts": [1]}, "inputs": [[1, 2]]},
    "deep": {"network": {"nin": 2, "nouts": [1] * 20_000}, "inputs": [[1, 2]]},
    "many examples": {"network": {"nin": 1, "nouts": [40, 40, 1]}, "inputs": [[1]] * 9_000, "targets": [1] * 9_000},
    "ragged inputs": {"inputs": [[2, 3, -1], [3, -1]], "targets": [1, 1]},
    "empty rows": {"inputs": [[], []], "targets": [1, 1]},
    "too few targets": {"targets": [1]},
    "too many targets": {"targets": [1] * 5},
    "rows for one output": {"targets": [[1, 2]] * 4},
    "an unknown loss": {"loss": "__class__"},
    "an unknown activation": {"network": {"nin": 3, "nouts": [1], "activation": "__class__"}},
    "an activation with NUL": {"network": {"nin": 3, "nouts": [1], "activation": "tanh\x00"}},
    "an empty activation": {"network": {"nin": 3, "nouts": [1], "activation": ""}},
    "an op that is no activation": {"network": {"nin": 3, "nouts": [1], "activation": "add"}},
    "too few parameters": {"parameters": [0.5]},
    "class 1.5": {"network": {"nin": 3, "nouts": [2]}, "targets": [0, 1, 1.5, 0], "loss": "softmax_cross_entropy"},
    "class 9": {"network": {"nin": 3, "nouts": [2]}, "targets": [0, 1, 9, 0], "loss": "softmax_cross_entropy"},
    "class NaN": {"network": {"nin": 3, "nouts": [2]}, "targets": [0, 1, "NaN", 0], "loss": "softmax_cross_entropy"},
    "class Infinity": {
        "network": {"nin": 3, "nouts": [2]}, "targets": [0, 1, "Infinity", 0], "loss": "softmax_cross_entropy",
    },
    "class -1": {"network": {"nin": 3, "nouts": [2]}, "targets": [0, 1, -1, 0], "loss": "softmax_cross_entropy"},
    "no targets for four examples": {"targets": None},
}  # fmt: skip


@pytest.mark.parametrize("name", NETWORKS)
def test_hostile_networks_are_refused_before_they_are_built(
    ask: Ask, problem: Check, within: Within, name: str
) -> None:
    with within(1):
        found = problem(ask("POST", GRAPH, json=NETWORK | NETWORKS[name]))
    assert found.status in (413, 422)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", 1e308, -1e308, 5e-324])
def test_networks_of_extreme_numbers_answer(ask: Ask, word: float | str) -> None:
    rows = [[word, 1, 1], [1, word, 1], [1, 1, word], [word] * 3]
    for change in ({"inputs": rows}, {"targets": [word] * 4}, {"parameters": [word] * 41}, {"alpha": word}):
        response = ask("POST", GRAPH, json=NETWORK | change)
        assert response.status_code == 200, response.text


LABELS = [
    "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "</script><script>alert(1)</script>", "{{7*7}}", "<!--",
    "&lt;script&gt;", "=cmd|' /c calc'!A0", "javascript:alert(1)", 'a" id="__proto__', "__proto__", "digraph{a->b}",
    "\u202egnp.exe", "\x1b]0;x\x07", "a\r\nX: 1", "\ufdfd" * 60, "A" * 100_000, "\U0001f468\u200d" * 20,
]  # fmt: skip


@pytest.mark.parametrize("label", LABELS, ids=lambda text: repr(text[:20]))
def test_labels_come_back_as_they_are_or_not_at_all(ask: Ask, problem: Check, label: str) -> None:
    quote = "'" if '"' in label else '"'
    response = ask("POST", GRAPH, json={"program": f"a = Value(2, label={quote}{label}{quote})"})
    if response.status_code == 200:
        assert response.headers["content-type"] == "application/json"
        assert [node["name"] for node in response.json()["nodes"]] == [label]
    else:
        problem(response)


def test_values_that_name_nothing(ask: Ask, problem: Check) -> None:
    for name in ("nothing", "__proto__", "constructor", "", " ", "\x00", "a" * 10_000, "tanh", "🙂"):
        problem(ask("POST", GRAPH, json={"program": "a = 2", "values": {name: 1}}), "unknown_value")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=60),
        st.text(alphabet="ab12.()[]+-*/=,; \n'\"#e_:<>", max_size=60),
        st.lists(
            st.sampled_from(WORDS),
            max_size=25,
        ).map(" ".join),
    )
)
def test_any_text_is_a_graph_or_a_problem(ask: Ask, problem: Check, program: str) -> None:
    response = ask("POST", GRAPH, json={"program": program})
    if response.status_code != 200:
        assert problem(response).status == 422


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
        max_leaves=12,
    )
)  # fmt: skip
def test_any_json_is_a_graph_or_a_problem(ask: Ask, problem: Check, body: Any) -> None:
    response = ask("POST", GRAPH, content=json.dumps(body), headers={"content-type": "application/json"})
    if response.status_code != 200:
        assert problem(response).status in (400, 422)
