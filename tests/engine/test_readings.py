"""The table's text read as JavaScript and as formulas."""

from __future__ import annotations

import ast
import math
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.ops import CODE, OPS, Op
from engine.phrases import ANSWERS, PHRASES
from engine.readings.javascript import fixed_partial, formulas_js, kernel_js, notes_js, partials_js
from engine.readings.mathml import Tree, filled, formula_math, mathml, partial_math
from engine.readings.phrases import answers_js, phrases_js
from engine.readings.script import expression, literal

ROOT = Path(__file__).resolve().parent.parent.parent
each_op = pytest.mark.parametrize("op", OPS.values(), ids=lambda op: op.name)


# --- JavaScript


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("x + y", "x + y"),
        ("x - (y - x)", "x - (y - x)"),
        ("x - y - x", "x - y - x"),
        ("x / (y * x)", "x / (y * x)"),
        ("(1 - out) * out", "(1 - out) * out"),
        ("-(x + y)", "-(x + y)"),
        ("-out / y", "-out / y"),
        ("where(x <= 0, 0, 1)", "x <= 0 ? 0 : 1"),
        ("1 + where(x == 0, y, x)", "1 + (x === 0 ? y : x)"),
        ("where(x != 0, where(y > 0, 1, 2), 3)", "x !== 0 ? (y > 0 ? 1 : 2) : 3"),
        ("max(1, pow(x, y - 1))", "max(1, pow(x, y - 1))"),
        ("0.7978845608028654 * x", "0.7978845608028654 * x"),
    ],
)
def test_an_expression_as_javascript(text: str, script: str) -> None:
    assert expression(text) == script


@pytest.mark.parametrize(
    "text", ["x ** y", "x.real", "open(x)", "x if y else x", "x < y < x", "'a'", "lambda: x"]
)
def test_nothing_beyond_the_grammar_is_printed(text: str) -> None:
    with pytest.raises(ValueError, match="not in the grammar"):
        expression(text)


def random_expression(rng: random.Random, depth: int) -> ast.expr:
    if depth == 0:
        return rng.choice([ast.Name("x"), ast.Name("y"), ast.Constant(2), ast.Constant(0.5)])
    part = random_expression(rng, depth - 1), random_expression(rng, rng.randrange(depth))
    kind = rng.randrange(6)
    if kind == 0:
        return ast.UnaryOp(ast.USub(), part[0])
    if kind == 1:
        return ast.Call(ast.Name("max"), [*part], [])
    return ast.BinOp(part[0], [ast.Add(), ast.Sub(), ast.Mult(), ast.Div()][kind - 2], part[1])


def test_brackets_keep_the_meaning() -> None:
    """Without `where`, Python and JavaScript read the same text alike: parsing what was printed gives the same tree."""
    rng = random.Random(5)
    for _ in range(500):
        tree = random_expression(rng, 5)
        script = expression(ast.unparse(tree))
        assert ast.dump(ast.parse(script, mode="eval").body) == ast.dump(
            ast.parse(ast.unparse(tree), mode="eval").body
        )


def test_literals() -> None:
    value = {"a": [1, -0.5, True, None], "b": ('say "hi"\\', "two\nlines"), "c": math.inf}
    assert (
        literal(value) == '{ a: [1, -0.5, true, null], b: ["say \\"hi\\"\\\\", "two\\nlines"], c: Infinity }'
    )
    with pytest.raises(TypeError):
        literal({1, 2})


@each_op
def test_both_loops_know_every_op(op: Op) -> None:
    forward, backward = kernel_js().split("export function runBackward")
    case = f"      case {CODE[op.name]}: {{\n        // {op.name}\n"
    assert case in forward
    assert (case in backward) == (len(op.decides) < len(op.operands))
    for text in op.partials:
        if fixed_partial(text) is None:
            assert f"const slope = {expression(text)};" in backward


@each_op
def test_formulas_and_notes_stand_at_the_ops_code(op: Op) -> None:
    formulas, partials, notes = (
        text.partition("= [\n")[2].splitlines() for text in (formulas_js(), partials_js(), notes_js())
    )
    assert notes[CODE[op.name]] == f"  {literal(op.note)},"
    assert f"title: {literal(op.title)}, " in formulas[CODE[op.name]]
    assert partials[CODE[op.name]] == f"  {literal(op.partials)},"


def test_the_sentences_are_all_there() -> None:
    for script, templates in ((phrases_js(), PHRASES), (answers_js(), ANSWERS)):
        for key, template in templates.items():
            assert f"  {key}: {literal(template)}," in script
    assert not set(PHRASES) & set(ANSWERS)


# --- formulas


def trees(op: Op) -> list[Tree]:
    return [formula_math(op), *(partial_math(op, slot) for slot in range(len(op.partials)))]


def elements(tree: Tree) -> Iterator[Tree]:
    yield tree
    for part in tree:
        if isinstance(part, tuple):
            yield from elements(part)


def read(op: Op, slot: int | None = None, operands: tuple[str, ...] = ("a", "b", "c")) -> str:
    tree = formula_math(op) if slot is None else partial_math(op, slot)
    named = [("mi", name) for name in operands[: 3 if op.variadic else len(op.operands)]]
    return "".join(ET.fromstring(mathml(filled(tree, named, ("mi", "o")))).itertext())


@each_op
def test_formulas_use_what_the_page_can_draw(op: Op) -> None:
    source = (ROOT / "static" / "src" / "math.js").read_text()
    found = re.search(r'"(math mrow [a-z ]+)"', source)
    assert found
    drawable = {*found[1].split(), "operand", "operands", "out"}
    for tree in trees(op):
        assert {element[0] for element in elements(tree)} <= drawable
        for element in elements(tree):
            if element[0] == "operand":
                assert 0 <= element[1] < len(op.operands)
            if element[0] in ("mfrac", "msup", "msub"):
                assert len(element) == 3


@pytest.mark.parametrize(
    ("name", "slot", "text"),
    [
        ("add", None, "a+b"),
        ("mul", 0, "b"),
        ("div", 1, "−ob"),  # a fraction: minus o over b
        ("pow", None, "ab"),  # a with b above
        ("tanh", 0, "1−o2"),
        ("sigmoid", 0, "(1−o)·o"),
        ("sigmoid", None, "11+e−a"),
        ("log2", 0, "1a·log2"),
        ("relu", 0, "{0if o≤01otherwise"),
        ("relu6", 0, "{0if a≤00if a≥61otherwise"),
        ("max", None, "max(a,b,c)"),
        ("abs", None, "|a|"),
        ("clamp", None, "min(max(a,b),c)"),
        ("atan2", 0, "{0if b2+a2=0bb2+a2otherwise"),
    ],
)
def test_formulas_read_as_a_book_sets_them(name: str, slot: int | None, text: str) -> None:
    assert read(OPS[name], slot) == text


def test_negative_numbers_get_brackets_only_where_they_follow_an_operator() -> None:
    minus: Tree = ("mrow", ("mo", {"form": "prefix"}, "−"), ("mn", "3"))
    two: Tree = ("mn", "2")
    text = "".join(ET.fromstring(mathml(filled(formula_math(OPS["add"]), [minus, minus], two))).itertext())
    assert text == "−3+(−3)"
    power = filled(formula_math(OPS["pow"]), [minus, minus], two)
    assert "".join(ET.fromstring(mathml(power)).itertext()) == "(−3)−3"


def test_markup_is_escaped() -> None:
    assert mathml(("mi", "<b>&"), alttext='"x"') == (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="&quot;x&quot;"><mi>&lt;b&gt;&amp;</mi></math>'
    )
