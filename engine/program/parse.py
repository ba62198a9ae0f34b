"""Tokens to statements; an expression becomes a flat list of steps for a stack (postfix).

Operators wait on a stack of their own (Dijkstra's shunting yard), so a sum of any length needs no recursion; only
brackets recurse, two calls deep each, and their number is bounded before parsing starts.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable
from dataclasses import dataclass

from engine.ops import OPS
from engine.program.errors import ProgramError, Source, Span
from engine.program.scan import Kind, Token, tokens, too_deep


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction; `kind` says what it does with the stack.

    number      push the literal `number`; `whole` where it may count and index
    name        push what `name` is bound to
    list        pop `count`, push them as a list
    tuple       the same, for values on their way to several names
    apply       pop `count` operands of the op `name`
    call        pop `count` arguments of the function `name`, the last ones named by `keywords`
    invoke      the same, for the thing below the arguments
    method      the same, for `name` of the thing below the arguments
    index       pop an index and a list
    slice       pop step, stop, start and a list; `none` pushes one that is absent
    attribute   `name` of the thing on top
    text        push `name`
    loop        push the elements of `loop`: as a list, or one by one where `count` is 1
    """

    kind: str
    span: Span
    name: str = ""
    count: int = 0
    number: float = 0.0
    whole: int | None = None
    keywords: tuple[str, ...] = ()
    loop: Comprehension | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a `for` binds: a name, or several in order."""

    span: Span
    name: str = ""
    parts: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """`for pattern in steps`."""

    pattern: Pattern
    steps: tuple[Step, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Comprehension:
    """`body for … in … for … in …`."""

    body: tuple[Step, ...]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: assign or update (`pattern`), label (`text`), backward, or the value of an expression."""

    kind: str
    span: Span
    steps: tuple[Step, ...]
    pattern: Pattern | None = None
    text: str = ""


_SPELLED = {op.infix: op for op in OPS.values() if op.infix}
_NEGATE = _SPELLED["-x"]
_COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})
_COMPARE, _SUM, _PRODUCT, _SIGN, _POWER = range(1, 6)
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


@dataclass(slots=True)
class _Pending:
    """An operator that waits for its right operand."""

    precedence: int
    name: str
    operands: int
    token: Token


class Parser:
    """Reads one program's tokens from left to right."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tokens = tokens(source)
        self.at = 0
        self.steps: list[Step] = []
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def accept(self, *marks: str) -> Token | None:
        return self.take() if self.token.is_mark(*marks) else None

    def expect(self, mark: str) -> Token:
        if not self.token.is_mark(mark):
            raise self.unexpected(f"A {mark} is expected here.")
        return self.take()

    def unexpected(self, hint: str = "") -> ProgramError:
        """The error for a token that cannot stand here."""
        token, before = self.token, self.tokens[self.at - 1] if self.at else None
        if token.ends_statement:
            span = before.span if before else (token.start, token.start + 1)
            return self.source.error("unfinished", "The line ends before the expression does.", span, hint)
        if token.kind is Kind.NAME and keyword.iskeyword(token.text):
            return self.source.error(
                "not_supported",
                f"`{token.text}` is not part of the language.",
                token.span,
                _NOT_SUPPORTED.get(token.text, "A program is a list of assignments."),
            )
        if token.kind is Kind.TEXT:
            message = "Text can only be a label or the name of an activation."
            return self.source.error("not_supported", message, token.span, "As in Value(2.0, label='a').")
        return self.source.error(
            "unexpected", f"{self.source.quote(token.span)} is not expected here.", token.span, hint
        )

    # --- statements

    def program(self) -> list[Statement]:
        found: list[Statement] = []
        while self.token.kind is not Kind.END:
            if self.token.ends_statement:
                self.take()
                continue
            found.append(self.statement())
            if not self.token.ends_statement:
                if self.token.is_mark("="):
                    hint = "Write a = 2 and b = a on lines of their own."
                    message = "One line assigns one value, once."
                    raise self.source.error("bad_assignment", message, self.token.span, hint)
                starts = self.token.kind in (Kind.NAME, Kind.NUMBER)
                raise self.unexpected("An operator is missing, as in a * b." if starts else "")
        return found

    def statement(self) -> Statement:
        start = self.token
        steps = self.captured(self.expressions)
        mark = self.token
        if mark.is_mark("="):
            last = steps[-1]
            if last.kind == "attribute" and last.name == "label":
                self.take()
                if self.token.kind is not Kind.TEXT:
                    raise self.unexpected("A label is text: a.label = 'a'.")
                text = self.take()
                return Statement("label", (start.start, text.end), steps[:-1], text=text.text)
            pattern = self.assigned(steps, mark)
            self.take()
            value = self.captured(self.expressions)
            return Statement("assign", self.since(start), value, pattern)
        if mark.is_mark("+=", "-=", "*=", "/="):
            pattern = self.assigned(steps, mark)
            if pattern.parts:
                raise self.unexpected()
            self.take()
            value = self.captured(self.expression)
            span = self.since(start)
            update = Step("apply", span, _SPELLED[mark.text[0]].name, 2)
            return Statement("update", span, (*steps, *value, update), pattern)
        last = steps[-1]
        if last.kind == "method" and last.name == "backward" and not last.count:
            return Statement("backward", self.since(start), steps[:-1])
        return Statement("value", self.since(start), steps)

    def assigned(self, steps: tuple[Step, ...], mark: Token) -> Pattern:
        """The name, or names, that the steps left of `=` read."""
        names = (
            steps[:-1] if steps[-1].kind in ("list", "tuple") and steps[-1].count == len(steps) - 1 else steps
        )
        if not names or any(step.kind != "name" for step in names):
            last = steps[-1]
            span = (min(step.span[0] for step in steps), max(step.span[1] for step in steps))
            hint = "As in L = a * b."
            if last.kind == "attribute":
                hint = "Write a = 2 to give a its data; backward() computes grad."
            elif last.kind == "index":
                hint = "A list keeps its elements; make a new one."
            message = f"{self.source.quote(span)} cannot be assigned to; only a name can."
            raise self.source.error("bad_assignment", message, span, hint)
        parts = tuple(Pattern(step.span, step.name) for step in names)
        return parts[0] if names is steps else Pattern((parts[0].span[0], mark.start), parts=parts)

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

    # --- expressions

    def expressions(self) -> None:
        """`a` or `a, b, …`."""
        start, count = self.token, 1
        self.expression()
        comma = False
        while self.accept(","):
            comma = True
            if self.token.ends_statement or self.token.is_mark("=", ")"):
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
            while self.token.is_mark("-", "+") and not self.signs_literal():
                sign = self.take()
                self.wait(pending, _Pending(_SIGN, _NEGATE.name if sign.text == "-" else "", 1, sign))
            spans.append(self.operand())
            mark = self.token
            precedence = _PRECEDENCE.get(mark.text, 0) if mark.kind is Kind.MARK else 0
            right = precedence == _POWER
            while pending and pending[-1].precedence > precedence - (not right):
                top = pending.pop()
                if top.precedence == precedence == _COMPARE:
                    hint = "Compare two at a time, inside where(condition, a, b)."
                    raise self.source.error("not_supported", "Comparisons are not chained.", mark.span, hint)
                self.reduce(top, spans)
            if not precedence:
                return spans[0]
            self.wait(pending, _Pending(precedence, _SPELLED[mark.text].name, 2, self.take()))

    def wait(self, pending: list[_Pending], operator: _Pending) -> None:
        """Puts an operator on the stack; signs and powers there nest as brackets do."""
        pending.append(operator)
        self.depth += operator.precedence >= _SIGN
        if self.depth > self.source.limits.nesting:
            raise too_deep(self.source, operator.token.span)

    def reduce(self, top: _Pending, spans: list[Span]) -> None:
        """Applies a waiting operator to the operands on the stack."""
        self.depth -= top.precedence >= _SIGN
        end = spans.pop()[1]
        start = top.token.start if top.operands == 1 else spans.pop()[0]
        spans.append((start, end))
        if top.name:
            self.steps.append(Step("apply", (start, end), top.name, top.operands))

    def signs_literal(self) -> bool:
        """Is this sign part of a literal? Not before `**`, a method or an index: there it applies to the result."""
        number, after = (
            self.tokens[self.at + 1 : self.at + 3] if self.at + 2 < len(self.tokens) else (self.token,) * 2
        )
        return number.kind is Kind.NUMBER and not after.is_mark("**", ".", "[", "(")

    def operand(self) -> Span:
        """A literal, name, call, list or bracketed expression, with every call, index and method after it."""
        start = self.token
        sign = self.take() if start.is_mark("-", "+") else None
        token = self.token
        if token.kind is Kind.NUMBER:
            self.take()
            digits = token.text.replace("_", "")
            number, whole = float(digits), int(digits) if digits.isdigit() else None
            if sign and sign.text == "-":
                number, whole = -number, None if whole is None else -whole
            self.steps.append(Step("number", self.since(start), number=number, whole=whole))
        elif token.kind is Kind.NAME and not keyword.iskeyword(token.text):
            self.take()
            if self.accept("("):
                self.arguments("call", start, token.text)
            else:
                self.steps.append(Step("name", token.span, token.text))
        elif token.is_mark("(", "["):
            self.bracket()
        else:
            raise self.unexpected()
        while mark := self.accept("(", "[", "."):
            if mark.text == "(":
                self.arguments("invoke", start, "")
            elif mark.text == "[":
                self.subscript(start)
            else:
                name = self.token
                if name.kind is not Kind.NAME:
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
        while not self.token.is_mark(closer):
            self.expression()
            count += 1
            if count == 1 and self.token.is_word("for"):
                loop = self.loop(mark)
                self.expect(closer)
                self.depth -= 1
                self.steps.append(Step("loop", self.since(opener), count=int(closer == ")"), loop=loop))
                return
            comma = bool(self.accept(","))
            if not comma:
                break
        if not self.token.is_mark(closer):
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
        while not self.token.is_mark(")"):
            mark = len(self.steps)
            if self.token.kind is Kind.NAME and self.tokens[self.at + 1].is_mark("="):
                word = self.take()
                if word.text in keywords:
                    raise self.source.error(
                        "wrong_arguments", f"{self.source.quote(word.span)} is given twice.", word.span
                    )
                keywords.append(word.text)
                self.take()
                if self.token.kind is Kind.TEXT:
                    text = self.take()
                    self.steps.append(Step("text", text.span, text.text))
                else:
                    self.expression()
            elif keywords:
                raise self.unexpected("Arguments with a name come last.")
            else:
                self.expression()
            count += 1
            if count == 1 and not keywords and self.token.is_word("for"):
                loop = self.loop(mark)
                self.steps.append(Step("loop", self.since(opener), count=1, loop=loop))
                break
            if not self.accept(","):
                break
        if not self.token.is_mark(")"):
            raise self.unexpected("A comma or a ) is expected here.")
        self.take()
        self.depth -= 1
        self.steps.append(Step(kind, self.since(start), name, count, keywords=tuple(keywords)))

    def subscript(self, start: Token) -> None:
        """`[index]` or `[start:stop:step]`, up to and with its closing bracket."""
        parts, colons = [False], 0
        self.depth += 1
        while not self.token.is_mark("]"):
            if self.token.is_mark(":") and colons < 2:
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
        while self.token.is_word("for"):
            start = self.take()
            pattern = self.pattern()
            if not self.token.is_word("in"):
                raise self.unexpected("`in` is expected here: for x in xs.")
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
            elif self.token.kind is Kind.NAME and not keyword.iskeyword(self.token.text):
                name = self.take()
                parts.append(Pattern(name.span, name.text))
            else:
                raise self.unexpected("A name is expected here: for x in xs.")
            if not self.accept(","):
                break
            comma = True
            if self.token.is_word("in") or self.token.is_mark(")"):
                break
        return Pattern(self.since(start), parts=tuple(parts)) if comma else parts[0]
