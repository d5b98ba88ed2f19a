"""Courses as readers meet them: out of the store, typed, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from elearning.content.models import Quiz
from elearning.content.store import Store
from elearning.content.structure import read_quiz
from elearning.sources.text import Shown
from elearning.translations.languages import LANGUAGES, Language

COURSES = "courses"
GLOSSARY = "glossary"


@dataclass(frozen=True)
class UnitEntry:
    """A line of a course's table of contents. `kind` is `lesson` or `quiz`."""

    id: str
    kind: str
    title: Shown
    minutes: int
    final: bool


@dataclass(frozen=True)
class PublishedCourse:
    """A version of a course in one language."""

    id: str
    version: str
    title: Shown
    summary: Shown
    audience: tuple[str, ...]
    level: str
    prerequisites: tuple[str, ...]
    objectives: tuple[Shown, ...]
    sources: tuple[Shown, ...]
    units: tuple[UnitEntry, ...]

    @property
    def minutes(self) -> int:
        """The time that the whole course takes."""
        return sum(unit.minutes for unit in self.units)

    def unit(self, unit_id: str) -> UnitEntry | None:
        """Return a unit by its id."""
        return next((unit for unit in self.units if unit.id == unit_id), None)

    def neighbours(self, unit_id: str) -> tuple[UnitEntry | None, UnitEntry | None]:
        """Return the units before and after one."""
        ids = [unit.id for unit in self.units]
        at = ids.index(unit_id)
        return (self.units[at - 1] if at else None), (self.units[at + 1] if at + 1 < len(ids) else None)


@dataclass(frozen=True)
class ShownTerm:
    """A term of the glossary; the definition is HTML."""

    id: str
    term: Shown
    definition: Shown


@dataclass(frozen=True)
class PublishedLesson:
    """A lesson in one language; `html` is safe."""

    title: Shown
    summary: Shown
    html: str
    terms: tuple[ShownTerm, ...]
    sources: tuple[Shown, ...]
    translated: bool


@dataclass(frozen=True)
class PublishedQuiz:
    """A quiz: its rules, and its texts in one language as safe HTML, by key (`q1`, `q1.a`, `q1.a.feedback`)."""

    quiz: Quiz
    title: Shown
    intro: Shown
    texts: Mapping[str, Shown]


class Catalogue:
    """The published courses of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def courses(self, language: Language) -> list[PublishedCourse]:
        """Return the courses in service."""
        return [self._course(own_id, version, language) for own_id, version in self._store.current(COURSES).items()]

    def edition(self) -> object:
        """Return what changes with every publication: pages made from an older one are out of date."""
        return self._store.edition()

    def version(self, course: str) -> str | None:
        """Return the version of a course that is in service."""
        return self._store.current(COURSES).get(course)

    def course(self, course: str, language: Language, version: str | None = None) -> PublishedCourse | None:
        """Return a course: in the version somebody began where the store still holds it, otherwise the current one."""
        current = self.version(course)
        for wanted in (version, current):
            if wanted is not None:
                try:
                    return self._course(course, wanted, language)
                except KeyError:
                    continue
        return None

    def _course(self, course: str, version: str, language: Language) -> PublishedCourse:
        structure = self._store.structure(COURSES, course, version)["course"]
        outline = self._text(course, version, language, "outline")
        return _outline(_Key(course, version, structure, outline))

    def lesson(self, course: PublishedCourse, unit: str, language: Language) -> PublishedLesson:
        """Return a lesson of a course."""
        return read_lesson(self._text(course.id, course.version, language, unit))

    def quiz(self, course: PublishedCourse, unit: str, language: Language) -> PublishedQuiz:
        """Return a quiz of a course."""
        structure = self._store.structure(COURSES, course.id, course.version)["course"]
        rules = next(found for found in structure["units"] if found["id"] == unit)
        return read_texts(read_quiz(rules), self._text(course.id, course.version, language, unit))

    def glossary(self, language: Language) -> tuple[ShownTerm, ...]:
        """Return all terms of the glossary in service."""
        version = self._store.current(GLOSSARY).get(GLOSSARY)
        if version is None:
            return ()
        return _terms(self._store.text(GLOSSARY, GLOSSARY, version, language.code, "terms")["terms"])

    def glossary_coverage(self, language: Language) -> dict[str, int] | None:
        """Return how many texts of the glossary are there, translated and reviewed; None where there is none."""
        version = self._store.current(GLOSSARY).get(GLOSSARY)
        if version is None:
            return None
        try:
            found: dict[str, int] = self._store.text(GLOSSARY, GLOSSARY, version, language.code, "coverage")
        except KeyError:  # published before glossaries were counted
            return None
        return found

    def coverage(self, course: PublishedCourse) -> dict[str, dict[str, int]]:
        """Return for each language how many texts of a course are there, translated and reviewed by a person."""
        return {language.code: self._text(course.id, course.version, language, "coverage") for language in LANGUAGES}

    def _text(self, course: str, version: str, language: Language, name: str) -> Any:
        return self._store.text(COURSES, course, version, language.code, name)


def read_lesson(document: Mapping[str, Any]) -> PublishedLesson:
    """Read the document of a lesson."""
    return PublishedLesson(
        title=Shown.from_json(document["title"]),
        summary=Shown.from_json(document["summary"]),
        html=document["html"],
        terms=_terms(document["terms"]),
        sources=_all(document["sources"]),
        translated=document["translated"],
    )


def read_texts(quiz: Quiz, document: Mapping[str, Any]) -> PublishedQuiz:
    """Read the document of a quiz: its texts, for the rules that are given."""
    return PublishedQuiz(
        quiz=quiz,
        title=Shown.from_json(document["title"]),
        intro=Shown.from_json(document["intro"]),
        texts={key: Shown.from_json(pair) for key, pair in document["texts"].items()},
    )


class _Key:
    """An outline to be made from documents; two made from the same documents in memory are the same."""

    def __init__(self, course: str, version: str, structure: Any, outline: Any) -> None:
        self.course, self.version, self.structure, self.outline = course, version, structure, outline

    def __hash__(self) -> int:
        return hash((self.course, self.version))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.structure is other.structure and self.outline is other.outline


@lru_cache(maxsize=256)
def _outline(key: _Key) -> PublishedCourse:
    structure, outline = key.structure, key.outline
    return PublishedCourse(
        id=key.course,
        version=key.version,
        title=Shown.from_json(outline["title"]),
        summary=Shown.from_json(outline["summary"]),
        audience=tuple(structure["audience"]),
        level=structure["level"],
        prerequisites=tuple(structure["prerequisites"]),
        objectives=_all(outline["objectives"]),
        sources=_all(outline["sources"]),
        units=tuple(
            UnitEntry(
                unit["id"],
                unit["kind"],
                Shown.from_json(outline["units"][unit["id"]]),
                unit["minutes"],
                unit.get("final", False),
            )
            for unit in structure["units"]
        ),
    )


def _all(pairs: list[list[object]]) -> tuple[Shown, ...]:
    return tuple(Shown.from_json(pair) for pair in pairs)


def _terms(found: list[list[Any]]) -> tuple[ShownTerm, ...]:
    return tuple(ShownTerm(own_id, Shown.from_json(term), Shown.from_json(text)) for own_id, term, text in found)
