"""Parsed expressions: their JSON tree, its evaluation, and its text. The language is in expression_parser.py.

A tree is `[operator, operands...]`:

    ["int", 5]  ["bool", true]  ["name", "lives"]        a number, a truth, an indicator, fact or flag
    ["chose", id]  ["visited", id]  ["active", id]       was it: a choice, a scene, a sector
    ["neg", a]  ["+", a, b]  ["-", a, b]  ["*", a, b]  ["min", a, ...]  ["max", a, ...]
    ["<", a, b]  ["<=", a, b]  [">", a, b]  [">=", a, b]  ["==", a, b]  ["!=", a, b]
    ["not", a]  ["and", a, b]  ["or", a, b]

Evaluators in other languages walk the same tree, and hold to vectors.json beside this file.
"""

import math
import operator
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from elearning.simulation.models import Tree

Value = int | bool

_OPERATORS: dict[str, Callable[..., Value]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "and": lambda a, b: a and b,
    "or": lambda a, b: a or b,
    "not": operator.not_,
    "neg": operator.neg,
    "min": lambda *parts: min(parts),
    "max": lambda *parts: max(parts),
}
_LEAVES: dict[str, type] = {"int": int, "bool": bool, "name": str, "chose": str, "visited": str, "active": str}
_LEAST_OPERANDS = {"not": 1, "neg": 1, "min": 1, "max": 1}
_ENDLESS = frozenset({"min", "max"})


@dataclass(frozen=True)
class Values:
    """What an expression reads. `names` holds indicators and facts as numbers, flags as truths."""

    names: Mapping[str, Value] = field(hash=False)
    chosen: Set[str] = frozenset()
    visited: Set[str] = frozenset()
    active: Set[str] = frozenset()


def evaluate(tree: Tree, values: Values) -> Value:
    """Return the value of a tree that the parser has accepted for these names; it always has one."""
    kind, *operands = tree
    if kind in _LEAVES:
        return _leaf(str(kind), operands[0], values)
    return _OPERATORS[str(kind)](*(evaluate(_branch(part), values) for part in operands))


def _leaf(kind: str, operand: "str | int | Tree", values: Values) -> Value:
    match kind:
        case "name":
            return values.names[str(operand)]
        case "chose":
            return operand in values.chosen
        case "visited":
            return operand in values.visited
        case "active":
            return operand in values.active
        case _:
            return operand if isinstance(operand, int) else 0


def _branch(part: "str | int | Tree") -> Tree:
    if not isinstance(part, tuple):
        raise TypeError(f"found {part!r}, expected a tree")
    return part


def to_text(tree: Tree) -> str:
    """Return an expression that parses to this tree."""
    kind, *operands = tree
    if kind in {"chose", "visited", "active"}:
        return f'{kind}("{operands[0]}")'
    if kind in _LEAVES:
        return str(operands[0]).lower() if kind == "bool" else str(operands[0])
    texts = [to_text(_branch(part)) for part in operands]
    if kind in _ENDLESS:
        return f"{kind}({', '.join(texts)})"
    if kind == "neg":
        return f"(-{texts[0]})"
    return f"(not {texts[0]})" if kind == "not" else f"({texts[0]} {kind} {texts[1]})"


def mentioned(tree: Tree, kind: str) -> Iterator[str]:
    """Yield what a tree reads of one kind: `name`, `chose`, `visited` or `active`."""
    if tree[0] == kind:
        yield str(tree[1])
    for part in tree[1:]:
        if isinstance(part, tuple):
            yield from mentioned(part, kind)


def to_json(tree: Tree) -> list[Any]:
    """Return a tree as lists."""
    return [to_json(part) if isinstance(part, tuple) else part for part in tree]


def from_json(document: Any) -> Tree:
    """Read a tree back; ValueError where it is none."""
    if not isinstance(document, list) or not document or not isinstance(document[0], str):
        raise ValueError(f"found {document!r}, expected an operator with its operands")
    kind, *operands = document
    if kind in _LEAVES:
        leaf = operands[0] if len(operands) == 1 else None
        if not isinstance(leaf, str | int) or type(leaf) is not _LEAVES[kind]:
            raise ValueError(f"found {document!r}, expected one {_LEAVES[kind].__name__}")
        return (kind, leaf)
    least = _LEAST_OPERANDS.get(kind, 2)
    if kind not in _OPERATORS or not least <= len(operands) <= (math.inf if kind in _ENDLESS else least):
        raise ValueError(f"found {document!r}, expected an operator with its operands")
    return (kind, *(from_json(part) for part in operands))
