"""The closed language of conditions: text to a tree, or one error with its column. Nothing that is read is ever run.

    expression = and {"or" and}              sum     = product {("+" | "-") product}
    and        = not {"and" not}             product = unary {"*" unary}
    not        = "not" not | comparison      unary   = "-" unary | atom
    comparison = sum [("<" | "<=" | ">" | ">=" | "==" | "!=") sum]
    atom       = number | "true" | "false" | name | "(" expression ")"
               | ("min" | "max") "(" expression {"," expression} ")" | ("chose" | "visited" | "active") "(" string ")"

Numbers and truths do not mix, comparisons do not chain, every name is known, and every value stays within what both
Python and JavaScript count exactly. So a tree that is accepted has a value in every state of its case.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal, NamedTuple

from elearning.simulation.models import Tree

LONGEST = 1_000
DEEPEST = 30
LARGEST = 2**53 - 1  # the largest whole number that JavaScript counts exactly
RESERVED = frozenset({"and", "or", "not", "min", "max", "chose", "visited", "active", "true", "false"})
NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>[0-9]+)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<string>"[^"\n]*"|'[^'\n]*')"""
    r"""|(?P<sign><=|>=|==|!=|[-+*<>(),]))"""
)
_COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")


class ExpressionError(Exception):
    """What is wrong with an expression. `column` counts from 1."""

    def __init__(self, column: int, message: str) -> None:
        super().__init__(f"column {column}: {message}")
        self.column = column
        self.message = message


@dataclass(frozen=True)
class Names:
    """What an expression may speak of. `numbers` gives each indicator and fact its least and greatest value."""

    numbers: Mapping[str, tuple[int, int]] = field(default_factory=dict, hash=False)
    flags: Collection[str] = ()
    choices: Collection[str] = ()
    scenes: Collection[str] = ()
    sectors: Collection[str] = ()


@dataclass(frozen=True)
class Parsed:
    """An accepted expression, and the least and greatest value that it can have (truths as 0 and 1)."""

    tree: Tree
    kind: Literal["number", "truth"]
    low: int
    high: int
    depth: int
    column: int


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


def parse(text: str, names: Names) -> Parsed:
    """Parse an expression; ExpressionError where it is none of this language."""
    if len(text) > LONGEST:
        raise ExpressionError(LONGEST + 1, f"found {len(text)} characters, expected at most {LONGEST}")
    parser = _Parser(_tokens(text), names)
    found = parser.expression(0)
    parser.end()
    return found


def parse_condition(text: str, names: Names) -> Parsed:
    """Parse an expression that must be true or false."""
    found = parse(text, names)
    return _expect(found, "truth")


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise ExpressionError(at + 1, f"found {text[at]!r}, expected a name, a number or an operator")
        kind = str(match.lastgroup)
        tokens.append(_Token(kind, match[kind], match.start(kind) + 1))
        at = match.end()
    return [*tokens, _Token("end", "the end", end + 1)]


def _expect(part: Parsed, kind: Literal["number", "truth"]) -> Parsed:
    if part.kind == kind:
        return part
    words = {"number": "a number", "truth": "a condition"}
    raise ExpressionError(part.column, f"found {words[part.kind]}, expected {words[kind]}")


def _join(operator: str, kind: Literal["number", "truth"], parts: list[Parsed], low: int, high: int) -> Parsed:
    column = parts[0].column
    if max(abs(low), abs(high)) > LARGEST:
        raise ExpressionError(column, f"found a value that can pass {LARGEST}, expected a smaller one")
    depth = 1 + max(part.depth for part in parts)
    if depth > DEEPEST:
        raise ExpressionError(column, f"found more than {DEEPEST} levels, expected a simpler expression")
    return Parsed((operator, *(part.tree for part in parts)), kind, low, high, depth, column)


def _arithmetic(operator: str, a: Parsed, b: Parsed) -> Parsed:
    parts = [_expect(a, "number"), _expect(b, "number")]
    corners = {
        "+": [a.low + b.low, a.high + b.high],
        "-": [a.low - b.high, a.high - b.low],
        "*": [x * y for x in (a.low, a.high) for y in (b.low, b.high)],
    }[operator]
    return _join(operator, "number", parts, min(corners), max(corners))


def _comparison(operator: str, a: Parsed, b: Parsed) -> Parsed:
    """Compare; where the ranges of both sides decide it, the outcome is known: 0 to 0 or 1 to 1."""
    parts = [_expect(a, "number"), _expect(b, "number")]
    if operator in {">", ">="}:
        a, b = b, a
    one_value = a.low == a.high == b.low == b.high
    apart = a.high < b.low or b.high < a.low
    surely, possibly = {
        "<": (a.high < b.low, a.low < b.high),
        "<=": (a.high <= b.low, a.low <= b.high),
        "==": (one_value, not apart),
        "!=": (apart, not one_value),
    }[{">": "<", ">=": "<="}.get(operator, operator)]
    return _join(operator, "truth", parts, int(surely), int(possibly))


class _Parser:
    """Walks the tokens once, from left to right. `depth` is how many parentheses, signs and `not` stand around."""

    def __init__(self, tokens: list[_Token], names: Names) -> None:
        self._tokens = tokens
        self._at = 0
        self._names = names

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._next
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _is(self, *texts: str) -> bool:
        return self._next.kind in {"sign", "name"} and self._next.text in texts

    def _demand(self, sign: str) -> None:
        if not self._is(sign):
            raise self._surprise(f"{sign!r}")
        self._take()

    def _surprise(self, expected: str) -> ExpressionError:
        found = self._next.text if self._next.kind == "end" else repr(self._next.text)
        return ExpressionError(self._next.column, f"found {found}, expected {expected}")

    def end(self) -> None:
        """Demand that nothing follows."""
        if self._next.kind != "end":
            raise self._surprise("an operator or the end")

    def expression(self, depth: int) -> Parsed:
        """Read `or`, which binds least."""
        if depth > DEEPEST:
            raise ExpressionError(self._next.column, f"found more than {DEEPEST} levels, expected a simpler expression")
        left = self._and(depth)
        while self._is("or"):
            self._take()
            parts = [_expect(left, "truth"), _expect(self._and(depth), "truth")]
            left = _join("or", "truth", parts, max(p.low for p in parts), max(p.high for p in parts))
        return left

    def _and(self, depth: int) -> Parsed:
        left = self._not(depth)
        while self._is("and"):
            self._take()
            parts = [_expect(left, "truth"), _expect(self._not(depth), "truth")]
            left = _join("and", "truth", parts, min(p.low for p in parts), min(p.high for p in parts))
        return left

    def _not(self, depth: int) -> Parsed:
        if not self._is("not"):
            return self._compared(depth)
        column = self._take().column
        part = _expect(self._deeper(self._not, depth), "truth")
        joined = _join("not", "truth", [part], 1 - part.high, 1 - part.low)
        return Parsed(joined.tree, "truth", joined.low, joined.high, joined.depth, column)

    def _deeper(self, read: Callable[[int], Parsed], depth: int) -> Parsed:
        if depth >= DEEPEST:
            raise ExpressionError(self._next.column, f"found more than {DEEPEST} levels, expected a simpler expression")
        return read(depth + 1)

    def _compared(self, depth: int) -> Parsed:
        left = self._sum(depth)
        if not self._is(*_COMPARISONS):
            return left
        found = _comparison(self._take().text, left, self._sum(depth))
        if self._is(*_COMPARISONS):
            raise self._surprise("'and' between two comparisons, which do not chain")
        return found

    def _sum(self, depth: int) -> Parsed:
        left = self._product(depth)
        while self._is("+", "-"):
            left = _arithmetic(self._take().text, left, self._product(depth))
        return left

    def _product(self, depth: int) -> Parsed:
        left = self._unary(depth)
        while self._is("*"):
            left = _arithmetic(self._take().text, left, self._unary(depth))
        return left

    def _unary(self, depth: int) -> Parsed:
        if not self._is("-"):
            return self._atom(depth)
        column = self._take().column
        part = _expect(self._deeper(self._unary, depth), "number")
        joined = _join("neg", "number", [part], -part.high, -part.low)
        return Parsed(joined.tree, "number", joined.low, joined.high, joined.depth, column)

    def _atom(self, depth: int) -> Parsed:
        token = self._next
        if token.kind == "number":
            return self._number(self._take())
        if self._is("("):
            self._take()
            inner = self._deeper(self.expression, depth)
            self._demand(")")
            return inner
        if token.kind != "name" or token.text in {"and", "or", "not"}:
            raise self._surprise("a name, a number or a condition")
        return self._named(self._take(), depth)

    def _number(self, token: _Token) -> Parsed:
        if len(token.text) > 15:
            raise ExpressionError(token.column, f"found a number of {len(token.text)} digits, expected at most 15")
        value = int(token.text)
        return Parsed(("int", value), "number", value, value, 1, token.column)

    def _named(self, token: _Token, depth: int) -> Parsed:
        name, column = token.text, token.column
        if name in {"min", "max"}:
            return self._extreme(name, column, depth)
        if name in {"chose", "visited", "active"}:
            return self._asked(name, column)
        if name in {"true", "false"}:
            truth = name == "true"
            return Parsed(("bool", truth), "truth", int(truth), int(truth), 1, column)
        if name in self._names.numbers:
            low, high = self._names.numbers[name]
            return Parsed(("name", name), "number", low, high, 1, column)
        if name in self._names.flags:
            return Parsed(("name", name), "truth", 0, 1, 1, column)
        raise _unknown(column, "name", name, [*self._names.numbers, *self._names.flags])

    def _extreme(self, name: str, column: int, depth: int) -> Parsed:
        self._demand("(")
        parts = [_expect(self._deeper(self.expression, depth), "number")]
        while self._is(","):
            self._take()
            parts.append(_expect(self._deeper(self.expression, depth), "number"))
        self._demand(")")
        pick = min if name == "min" else max
        joined = _join(name, "number", parts, pick(part.low for part in parts), pick(part.high for part in parts))
        return Parsed(joined.tree, "number", joined.low, joined.high, joined.depth, column)

    def _asked(self, name: str, column: int) -> Parsed:
        self._demand("(")
        if self._next.kind != "string":
            raise self._surprise("an id in quotation marks")
        token = self._take()
        own_id, what, known = token.text[1:-1], *self._things(name)
        if own_id not in known:
            raise _unknown(token.column, what, own_id, list(known))
        self._demand(")")
        return Parsed((name, own_id), "truth", 0, 1, 1, column)

    def _things(self, name: str) -> tuple[str, Collection[str]]:
        return {
            "chose": ("choice", self._names.choices),
            "visited": ("scene", self._names.scenes),
            "active": ("sector", self._names.sectors),
        }[name]


def _unknown(column: int, what: str, name: str, known: list[str]) -> ExpressionError:
    near = get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else f", expected one of {', '.join(known) or 'none'}"
    return ExpressionError(column, f"found the unknown {what} {name!r}{hint}")
