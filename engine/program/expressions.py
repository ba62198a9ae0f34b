"""Expressions to steps in postfix.

Operators wait on a stack of their own (Dijkstra's shunting yard), so a sum of any length needs no recursion; only
brackets recurse, two calls deep each, and their number is bounded before parsing starts.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable
from typing import NamedTuple

from engine.ops import OPS
from engine.program.errors import ProgramError, Source, Span
from engine.program.scan import NAME, NUMBER, TEXT, Token, tokens, too_deep
from engine.program.steps import Clause, Comprehension, Pattern, Step

SPELLED = {op.infix: op for op in OPS.values() if op.infix}
_NEGATE = SPELLED["-x"]
_COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})
_COMPARE, _SUM, _PRODUCT, _SIGN, _POWER = range(1, 6)
_SIGNS = ("-", "+")
_FOLLOWS = ("(", "[", ".")
_APPLIES_FIRST = ("**", *_FOLLOWS)
_PRECEDENCE = dict.fromkeys(_COMPARISONS, _COMPARE) | {
    "+": _SUM,
    "-": _SUM,
    "*": _PRODUCT,
    "/": _PRODUCT,
    "**": _POWER,
}

_NOT_SUPPORTED = {
    "import": "Every function is already there: write tanh(x), exp(x).",
    "from": "Every function is already there: write tanh(x), exp(x).",
    "for": "Loops live in brackets: [n(x) for x in xs].",
    "while": "Loops live in brackets: [n(x) for x in xs].",
    "if": "Use where(condition, a, b).",
    "else": "Use where(condition, a, b).",
    "elif": "Use where(condition, a, b).",
    "and": "Use where(condition, a, b).",
    "or": "Use where(condition, a, b).",
    "not": "Use where(condition, a, b).",
    "def": "Write the expression itself.",
    "lambda": "Write the expression itself.",
    "class": "Value, Neuron, Layer and MLP are already there.",
    "True": "Use 1.",
    "False": "Use 0.",
    "None": "Every value is a number.",
}


class _Pending(NamedTuple):
    """An operator that waits for its right operand."""

    precedence: int
    name: str
    operands: int
    token: Token


class Expressions:
    """Reads one program's tokens from left to right."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tokens = tokens(source)
        self.at = 0
        self.token = self.tokens[0]
        self.steps: list[Step] = []
        self.depth = 0

    def take(self) -> Token:
        token = self.token
        self.at += 1
        self.token = self.tokens[self.at]
        return token

    def accept(self, mark: str) -> bool:
        if self.token.text != mark:
            return False
        self.take()
        return True

    def expect(self, mark: str) -> None:
        if not self.accept(mark):
            raise self.unexpected(f"A {mark} is expected here.")

    def is_name(self) -> bool:
        return self.token.kind == NAME and not keyword.iskeyword(self.token.text)

    def unexpected(self, hint: str = "") -> ProgramError:
        """The error for a token that cannot stand here."""
        token, before = self.token, self.tokens[self.at - 1] if self.at else None
        if token.ends_statement:
            span = before.span if before else (token.start, token.start + 1)
            return self.source.error("unfinished", "The line ends before the expression does.", span, hint)
        if token.kind == NAME and keyword.iskeyword(token.text):
            return self.source.error(
                "not_supported",
                f"{token.text} is not part of the language.",
                token.span,
                _NOT_SUPPORTED.get(token.text, "A program is a list of assignments."),
            )
        if token.kind == TEXT:
            message = "Text can only be a label or the name of an activation."
            return self.source.error("not_supported", message, token.span, "As in Value(2.0, label='a').")
        return self.source.error(
            "unexpected", f"{self.source.quote(token.span)} is not expected here.", token.span, hint
        )

    def since(self, token: Token) -> Span:
        return token.start, self.tokens[self.at - 1].end

    def captured(self, read: Callable[[], object]) -> tuple[Step, ...]:
        """The steps that `read` adds, taken out of the list again."""
        mark = len(self.steps)
        read()
        return self.cut(mark)

    def cut(self, mark: int) -> tuple[Step, ...]:
        steps = tuple(self.steps[mark:])
        del self.steps[mark:]
        return steps

    def expressions(self) -> None:
        """`a` or `a, b, …`."""
        start, count = self.token, 1
        self.expression()
        comma = False
        while self.accept(","):
            comma = True
            if self.token.ends_statement or self.token.text in ("=", ")"):
                break
            self.expression()
            count += 1
        if comma:
            self.steps.append(Step("tuple", self.since(start), count=count))

    def expression(self) -> Span:
        """Reads one expression; its span covers its brackets."""
        pending: list[_Pending] = []
        spans: list[Span] = []
        while True:
            while self.token.text in _SIGNS and not self.signs_literal():
                sign = self.take()
                self.wait(pending, _Pending(_SIGN, _NEGATE.name if sign.text == "-" else "", 1, sign))
            spans.append(self.operand())
            mark = self.token
            precedence = _PRECEDENCE.get(mark.text, 0)
            right = precedence == _POWER
            while pending and pending[-1].precedence > precedence - (not right):
                if pending[-1].precedence == precedence == _COMPARE:
                    hint = "Compare two at a time, inside where(condition, a, b)."
                    raise self.source.error("not_supported", "Comparisons are not chained.", mark.span, hint)
                self.reduce(pending.pop(), spans)
            if not precedence:
                return spans[0]
            self.wait(pending, _Pending(precedence, SPELLED[mark.text].name, 2, self.take()))

    def wait(self, pending: list[_Pending], operator: _Pending) -> None:
        """Puts an operator on the stack; signs and powers there nest as brackets do."""
        pending.append(operator)
        if operator.precedence >= _SIGN:
            self.depth += 1
            if self.depth > self.source.limits.nesting:
                raise too_deep(self.source, operator.token.span)

    def reduce(self, operator: _Pending, spans: list[Span]) -> None:
        """Applies a waiting operator to the operands on the stack."""
        precedence, name, operands, token = operator
        if precedence >= _SIGN:
            self.depth -= 1
        end = spans.pop()[1]
        start = token.start if operands == 1 else spans.pop()[0]
        spans.append((start, end))
        if name:
            self.steps.append(Step("apply", (start, end), name, operands))

    def signs_literal(self) -> bool:
        """Is this sign part of a literal? Not before `**`, a method or an index: there it applies to the result."""
        number, after = self.tokens[self.at + 1 : self.at + 3]
        return number.kind == NUMBER and after.text not in _APPLIES_FIRST

    def operand(self) -> Span:
        """A literal, name, call, list or bracketed expression, with every call, index and method after it."""
        start = self.token
        sign = self.take().text if start.text in _SIGNS else ""
        token = self.token
        if self.is_name():
            self.take()
            if self.accept("("):
                self.arguments("call", start, token.text)
            else:
                self.steps.append(Step("name", token.span, token.text))
        elif token.kind == NUMBER:
            self.take()
            digits = token.text.replace("_", "")
            number, whole = float(digits), int(digits) if digits.isdigit() else None
            if sign == "-":
                number, whole = -number, None if whole is None else -whole
            self.steps.append(Step("number", (start.start, token.end), number=number, whole=whole))
        elif token.text in ("(", "["):
            self.bracket()
        else:
            raise self.unexpected()
        while self.token.text in _FOLLOWS:
            mark = self.take().text
            if mark == "(":
                self.arguments("invoke", start, "")
            elif mark == "[":
                self.subscript(start)
            else:
                name = self.token
                if name.kind != NAME:
                    raise self.unexpected("A method's name is expected here, as in x.tanh().")
                self.take()
                if self.accept("("):
                    self.arguments("method", start, name.text)
                else:
                    self.steps.append(Step("attribute", self.since(start), name.text))
        return self.since(start)

    def bracket(self) -> None:
        """`(a)`, `(a, b)`, `[a, b]`, or a comprehension in either bracket."""
        opener = self.take()
        closer = ")" if opener.text == "(" else "]"
        mark, count, comma = len(self.steps), 0, False
        self.depth += 1
        while self.token.text != closer:
            self.expression()
            count += 1
            if count == 1 and self.token.text == "for":
                loop = self.loop(mark)
                self.expect(closer)
                self.depth -= 1
                self.steps.append(Step("loop", self.since(opener), count=int(closer == ")"), loop=loop))
                return
            comma = self.accept(",")
            if not comma:
                break
        if self.token.text != closer:
            raise self.unexpected(f"A comma or a {closer} is expected here.")
        self.take()
        self.depth -= 1
        if closer == "]" or comma or count != 1:
            if closer == ")" and not count:
                raise self.source.error(
                    "unexpected", "The brackets are empty.", self.since(opener), "A number belongs in them."
                )
            self.steps.append(Step("list", self.since(opener), count=count))

    def arguments(self, kind: str, start: Token, name: str) -> None:
        """The arguments of a call, up to and with its closing bracket; then the call itself."""
        opener = self.tokens[self.at - 1]
        count, keywords = 0, []
        self.depth += 1
        while self.token.text != ")":
            mark = len(self.steps)
            if self.token.kind == NAME and self.tokens[self.at + 1].text == "=":
                word = self.take()
                if word.text in keywords:
                    raise self.source.error(
                        "wrong_arguments", f"{self.source.quote(word.span)} is given twice.", word.span
                    )
                keywords.append(word.text)
                self.take()
                if self.token.kind == TEXT:
                    text = self.take()
                    self.steps.append(Step("text", text.span, text.text[1:-1]))
                else:
                    self.expression()
            elif keywords:
                raise self.unexpected("Arguments with a name come last.")
            else:
                self.expression()
            count += 1
            if count == 1 and not keywords and self.token.text == "for":
                loop = self.loop(mark)
                self.steps.append(Step("loop", self.since(opener), count=1, loop=loop))
                break
            if not self.accept(","):
                break
        if self.token.text != ")":
            raise self.unexpected("A comma or a ) is expected here.")
        self.take()
        self.depth -= 1
        self.steps.append(Step(kind, self.since(start), name, count, keywords=tuple(keywords)))

    def subscript(self, start: Token) -> None:
        """`[index]` or `[start:stop:step]`, up to and with its closing bracket."""
        parts, colons = [False], 0
        self.depth += 1
        while self.token.text != "]":
            if self.token.text == ":" and colons < 2:
                self.take()
                if not parts[-1]:
                    self.steps.append(Step("none", self.since(start)))
                parts.append(False)
                colons += 1
            elif parts[-1]:
                raise self.unexpected("A ] is expected here.")
            else:
                self.expression()
                parts[-1] = True
        if not colons and not parts[0]:
            raise self.unexpected("An index is expected here, as in xs[0].")
        self.take()
        self.depth -= 1
        if colons:
            missing = 4 - len(parts) - parts[-1]
            self.steps.extend([Step("none", self.since(start))] * missing)
        self.steps.append(Step("slice" if colons else "index", self.since(start)))

    def loop(self, mark: int) -> Comprehension:
        """The `for` clauses after a body whose steps start at `mark`."""
        body, clauses = self.cut(mark), []
        while self.token.text == "for":
            start = self.take()
            pattern = self.pattern()
            if self.token.text != "in":
                raise self.unexpected("The word in is expected here: for x in xs.")
            self.take()
            steps = self.captured(self.expression)
            clauses.append(Clause(pattern, steps, self.since(start)))
        return Comprehension(body, tuple(clauses))

    def pattern(self) -> Pattern:
        """`x`, `x, y`, `i, (x, y)`: what a `for` binds."""
        start, parts, comma = self.token, [], False
        while True:
            if self.accept("("):
                parts.append(self.pattern())
                self.expect(")")
            elif self.is_name():
                name = self.take()
                parts.append(Pattern(name.span, name.text))
            else:
                raise self.unexpected("A name is expected here: for x in xs.")
            if not self.accept(","):
                break
            comma = True
            if self.token.text in ("in", ")"):
                break
        return Pattern(self.since(start), parts=tuple(parts)) if comma else parts[0]
