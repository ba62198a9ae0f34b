"""Tokens to statements."""

from __future__ import annotations

from engine.program.errors import Source
from engine.program.expressions import SPELLED, Expressions
from engine.program.scan import END, NAME, NUMBER, TEXT, Token
from engine.program.steps import Pattern, Statement, Step

_UPDATES = ("+=", "-=", "*=", "/=")


def parse(source: Source) -> list[Statement]:
    """The statements of a program. Raises ProgramError."""
    return _Statements(source).program()


class _Statements(Expressions):
    """Reads one program's tokens from left to right."""

    def program(self) -> list[Statement]:
        found: list[Statement] = []
        while self.token.kind != END:
            if self.token.ends_statement:
                self.take()
                continue
            found.append(self.statement())
            if not self.token.ends_statement:
                if self.token.text == "=":
                    hint = "Write a = 2 and b = a on lines of their own."
                    message = "One line assigns one value, once."
                    raise self.source.error("bad_assignment", message, self.token.span, hint)
                starts = self.token.kind in (NAME, NUMBER)
                raise self.unexpected("An operator is missing, as in a * b." if starts else "")
        return found

    def statement(self) -> Statement:
        start = self.token
        if self.is_name() and self.tokens[self.at + 1].text == "=":  # most statements
            pattern = Pattern(start.span, self.take().text)
            self.take()
            value = self.captured(self.expressions)
            return Statement("assign", self.since(start), value, pattern)
        steps = self.captured(self.expressions)
        mark = self.token
        if mark.text == "=":
            last = steps[-1]
            if last.kind == "attribute" and last.name == "label":
                self.take()
                if self.token.kind != TEXT:
                    raise self.unexpected("A label is text: a.label = 'a'.")
                text = self.take()
                return Statement("label", (start.start, text.end), steps[:-1], text=text.text[1:-1])
            pattern = self.assigned(steps, mark)
            self.take()
            value = self.captured(self.expressions)
            return Statement("assign", self.since(start), value, pattern)
        if mark.text in _UPDATES:
            pattern = self.assigned(steps, mark)
            if pattern.parts:
                raise self.unexpected()
            self.take()
            value = self.captured(self.expression)
            span = self.since(start)
            update = Step("apply", span, SPELLED[mark.text[0]].name, 2)
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
