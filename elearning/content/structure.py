"""A course as JSON: its structure with the English text, whose hash is its version, and quizzes read back."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from elearning.content.models import (
    Aim,
    ChoiceQuestion,
    Course,
    Item,
    Lesson,
    Library,
    MatchQuestion,
    NumericQuestion,
    Option,
    OrderQuestion,
    Pair,
    Question,
    Quiz,
)
from elearning.sources.text import SourceText

# Where a text stands may change without a new version; what is counted of it follows from it.
_LEFT_OUT = frozenset({"path", "line", "body_line", "blocks", "words", "forms"})


def course_structure(course: Course, library: Library) -> dict[str, Any]:
    """Return everything that decides what a learner meets, in English: what records are made against."""
    lessons = [unit for unit in course.units if isinstance(unit, Lesson)]
    terms = {term for lesson in lessons for term in lesson.terms}
    cited = {source for lesson in lessons for source in lesson.citations}
    return {
        "course": plain(course),
        "glossary": plain(tuple(term for term in library.glossary if term.id in terms)),
        "sources": plain(tuple(source for source in library.sources if source.id in cited)),
    }


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
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
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


def _aim(q: dict[str, Any]) -> Aim:
    """Read what a question tests; versions of the first release do not say it."""
    aim = q.get("aim", {})
    return Aim(*(tuple(map(_text, aim.get(name, ()))) for name in ("objectives", "covers")))


def _choice(q: dict[str, Any]) -> Question:
    options = tuple(
        Option(o["id"], _text(o["text"]), _text(o["feedback"]), o["correct"], o.get("partly", False))
        for o in q["options"]
    )
    situation = q.get("situation")
    return ChoiceQuestion(
        q["id"], _text(q["text"]), q["multiple"], options, None if situation is None else _text(situation), _aim(q)
    )


def _order(q: dict[str, Any]) -> Question:
    items = tuple(Item(item["id"], _text(item["text"])) for item in q["items"])
    return OrderQuestion(q["id"], _text(q["text"]), items, _text(q["right"]), _text(q["wrong"]), _aim(q))


def _match(q: dict[str, Any]) -> Question:
    pairs = tuple(Pair(pair["id"], _text(pair["left"]), _text(pair["match"])) for pair in q["pairs"])
    return MatchQuestion(q["id"], _text(q["text"]), pairs, _text(q["right"]), _text(q["wrong"]), _aim(q))


def _numeric(q: dict[str, Any]) -> Question:
    unit = _text(q["unit"]) if q["unit"] is not None else None
    answer, tolerance = Decimal(q["answer"]), Decimal(q["tolerance"])
    right, wrong = _text(q["right"]), _text(q["wrong"])
    return NumericQuestion(q["id"], _text(q["text"]), answer, tolerance, unit, right, wrong, _aim(q))


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
