"""A course as JSON: its structure with the English text, whose hash is its version, and quizzes read back."""

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from elearning.content.models import (
    ChoiceQuestion,
    Course,
    GlossaryTerm,
    Item,
    Lesson,
    MatchQuestion,
    NumericQuestion,
    Option,
    OrderQuestion,
    Pair,
    Question,
    Quiz,
)
from elearning.sources.text import SourceText

# Where a text stands may change without a new version.
_LEFT_OUT = frozenset({"path", "line", "body_line"})


def course_structure(course: Course, glossary: Sequence[GlossaryTerm]) -> dict[str, Any]:
    """Return everything that decides what a learner meets, in English: what records are made against."""
    used = {term for unit in course.units if isinstance(unit, Lesson) for term in unit.terms}
    return {"course": plain(course), "glossary": plain(tuple(term for term in glossary if term.id in used))}


def plain(value: Any) -> Any:
    """Return a value of this package as JSON values; a question carries its kind."""
    if isinstance(value, SourceText):
        return value.text
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value):
        found = {
            field.name: plain(getattr(value, field.name)) for field in fields(value) if field.name not in _LEFT_OUT
        }
        kind = _KINDS.get(type(value))
        return {"kind": kind} | found if kind else found
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def read_quiz(document: dict[str, Any]) -> Quiz:
    """Read a quiz back from the structure of a course."""
    known = {field.name for field in fields(Quiz)} - {"questions", "title", "intro", "path"}
    return Quiz(
        **{name: document[name] for name in known},
        path="",
        title=_text(document["title"]),
        intro=_text(document["intro"]),
        questions=tuple(_READERS[question["kind"]](question) for question in document["questions"]),
    )


def _text(value: str) -> SourceText:
    return SourceText(value, 0)


def _choice(q: dict[str, Any]) -> Question:
    options = tuple(Option(o["id"], _text(o["text"]), _text(o["feedback"]), o["correct"]) for o in q["options"])
    return ChoiceQuestion(q["id"], _text(q["text"]), q["multiple"], options)


def _order(q: dict[str, Any]) -> Question:
    items = tuple(Item(item["id"], _text(item["text"])) for item in q["items"])
    return OrderQuestion(q["id"], _text(q["text"]), items, _text(q["right"]), _text(q["wrong"]))


def _match(q: dict[str, Any]) -> Question:
    pairs = tuple(Pair(pair["id"], _text(pair["left"]), _text(pair["match"])) for pair in q["pairs"])
    return MatchQuestion(q["id"], _text(q["text"]), pairs, _text(q["right"]), _text(q["wrong"]))


def _numeric(q: dict[str, Any]) -> Question:
    unit = _text(q["unit"]) if q["unit"] is not None else None
    answer, tolerance = Decimal(q["answer"]), Decimal(q["tolerance"])
    return NumericQuestion(q["id"], _text(q["text"]), answer, tolerance, unit, _text(q["right"]), _text(q["wrong"]))


_KINDS: dict[type, str] = {
    ChoiceQuestion: "choice",
    OrderQuestion: "order",
    MatchQuestion: "match",
    NumericQuestion: "numeric",
    Lesson: "lesson",
    Quiz: "quiz",
}
_READERS: dict[str, Callable[[dict[str, Any]], Question]] = {
    "choice": _choice,
    "order": _order,
    "match": _match,
    "numeric": _numeric,
}
