"""Courses as readers meet them: out of the store, typed, in one language."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from elearning.content.collation import sort_key
from elearning.content.courses import PLACEMENT, alternatives
from elearning.content.models import LessonLayout, Quiz, Verdict
from elearning.content.render import decision_mark
from elearning.content.store import Store, Texts
from elearning.content.structure import read_quiz
from elearning.sources.sectors import SECTORS, Phase
from elearning.sources.text import Shown
from elearning.translations.languages import Language

COURSES = "courses"
GLOSSARY = "glossary"
PATHS = "paths"
FRAMEWORK, WHEEL = "framework", "wheel"  # the names of phases, sectors and systems
_MARK = re.compile(decision_mark("([a-z0-9-]+)"))
_SECTOR_NUMBERS = {sector.id: sector.number for sector in SECTORS}
OUTLINE_BYTES = 10_000  # of a table of contents in memory, with twenty units


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
    prerequisites: tuple[tuple[str, ...], ...]  # of each, one course is enough
    objectives: tuple[Shown, ...]
    sources: tuple[Shown, ...]
    units: tuple[UnitEntry, ...]
    texts: Texts
    placement: UnitEntry | None = None  # a quiz beside the units, which spares what somebody knows
    sector: str | None = None
    leans_on: Mapping[Phase, tuple[str, ...]] = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        """The time that the whole course takes."""
        return self.minutes_without(frozenset())

    def minutes_without(self, done: Set[str]) -> int:
        """Return the time that the course takes without some of its units."""
        return sum(unit.minutes for unit in self.units if unit.id not in done)

    def unit(self, unit_id: str) -> UnitEntry | None:
        """Return a unit, or the placement quiz, by its id."""
        beside = (self.placement,) if self.placement is not None else ()
        return next((unit for unit in (*self.units, *beside) if unit.id == unit_id), None)

    def neighbours(self, unit_id: str) -> tuple[UnitEntry | None, UnitEntry | None]:
        """Return the units before and after one; after the placement quiz comes the first."""
        ids = [unit.id for unit in self.units]
        if unit_id not in ids:
            return None, self.units[0]
        at = ids.index(unit_id)
        return (self.units[at - 1] if at else None), (self.units[at + 1] if at + 1 < len(ids) else None)


@dataclass(frozen=True)
class ShownTerm:
    """A term of the glossary; the definition is HTML."""

    id: str
    term: Shown
    definition: Shown


@dataclass(frozen=True)
class PublishedDecision:
    """A short case inside a lesson; `options` are ids with their verdicts, `texts` safe HTML by key (`option/a`)."""

    id: str
    options: tuple[tuple[str, Verdict], ...]
    texts: Mapping[str, Shown]


@dataclass(frozen=True)
class PublishedLesson:
    """A lesson in one language: pieces of safe HTML, with the decisions that stand between them.

    `cited` are the sources by the numbers that stand in the text; `sources` are notes on the rest.
    """

    title: Shown
    summary: Shown
    layout: LessonLayout
    parts: tuple[str | PublishedDecision, ...]
    terms: tuple[ShownTerm, ...]
    cited: tuple[tuple[str, Shown], ...]
    sources: tuple[Shown, ...]
    translated: bool


@dataclass(frozen=True)
class PublishedQuiz:
    """A quiz: its rules, and its texts in one language as safe HTML, by key (`q1`, `q1.a`, `q1.a.feedback`)."""

    quiz: Quiz
    title: Shown
    intro: Shown
    texts: Mapping[str, Shown]


@dataclass(frozen=True)
class PublishedStep:
    """A step of a learning path: a `course` out of those that may be chosen, or a `case`; `why` is safe HTML."""

    kind: str
    choices: tuple[str, ...]
    why: Shown


@dataclass(frozen=True)
class PublishedPath:
    """A learning path in one language."""

    id: str
    title: Shown
    summary: Shown
    audience: tuple[str, ...]
    steps: tuple[PublishedStep, ...]


class Catalogue:
    """The published courses of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def courses(self, language: Language) -> list[PublishedCourse]:
        """Return the courses in service: those on the whole framework, then modules by the number of their sector."""
        found = [self._course(own_id, version, language) for own_id, version in self._store.current(COURSES).items()]
        return sorted(found, key=lambda course: (_SECTOR_NUMBERS.get(course.sector or "", 0), course.id))

    def version(self, course: str) -> str | None:
        """Return the version of a course that is in service."""
        return self._store.current(COURSES).get(course)

    def course(self, course: str, language: Language, version: str | None = None) -> PublishedCourse | None:
        """Return a course: in the version somebody began where the store still holds it, otherwise the current one."""
        current = self.version(course)
        found = self.exactly(course, language, version) if version else None
        return found or (self.exactly(course, language, current) if current else None)

    def exactly(self, course: str, language: Language, version: str) -> PublishedCourse | None:
        """Return a version of a course, never another one; None where the store does not hold it."""
        try:
            return self._course(course, version, language)
        except KeyError:
            return None

    def _course(self, course: str, version: str, language: Language) -> PublishedCourse:
        texts = self._store.texts(COURSES, course, version, language.code)

        def read() -> tuple[PublishedCourse, int]:
            structure = self._structure(course, version)
            return _outline(course, version, structure, texts, self._store.document(texts, "outline")), OUTLINE_BYTES

        return self._store.memory.recall(("outline", texts), read)

    def _structure(self, course: str, version: str) -> "_Structure":
        return self._store.structure(COURSES, course, version, _read_structure)

    def lesson(self, course: PublishedCourse, unit: str) -> PublishedLesson:
        """Return a lesson of a course, out of the same texts as the course."""
        return read_lesson(self._store.document(course.texts, unit))

    def quiz(self, course: PublishedCourse, unit: str) -> PublishedQuiz:
        """Return a quiz of a course, out of the same texts as the course."""
        rules = self._structure(course.id, course.version).quizzes[unit]
        return read_texts(rules, self._store.document(course.texts, unit))

    def glossary(self, language: Language) -> tuple[ShownTerm, ...]:
        """Return all terms of the glossary in service, in the order of the language."""
        version = self._store.current(GLOSSARY).get(GLOSSARY)
        if version is None:
            return ()
        texts = self._store.texts(GLOSSARY, GLOSSARY, version, language.code)
        terms = _terms(self._store.document(texts, "terms")["terms"])
        return tuple(sorted(terms, key=lambda found: sort_key(found.term.text, language.code)))

    def glossary_coverage(self, language: Language) -> dict[str, int] | None:
        """Return how many texts of the glossary are there, translated and reviewed; None where there is none."""
        version = self._store.current(GLOSSARY).get(GLOSSARY)
        if version is None:
            return None
        try:
            texts = self._store.texts(GLOSSARY, GLOSSARY, version, language.code)
            found: dict[str, int] = self._store.document(texts, "coverage")
        except KeyError:  # published before glossaries were counted
            return None
        return found

    def paths(self, language: Language) -> list[PublishedPath]:
        """Return the learning paths in service, in the order of their file."""
        version = self._store.current(PATHS).get(PATHS)
        if version is None:
            return []
        found = self._store.structure(PATHS, PATHS, version, _read_paths)
        texts = self._store.document(self._store.texts(PATHS, PATHS, version, language.code), "texts")
        return [_path(path, texts[path["id"]]) for path in found]

    def paths_coverage(self, language: Language) -> dict[str, int] | None:
        """Return how many texts of the paths are there, translated and reviewed; None where there are none."""
        version = self._store.current(PATHS).get(PATHS)
        if version is None:
            return None
        texts = self._store.texts(PATHS, PATHS, version, language.code)
        found: dict[str, int] = self._store.document(texts, "coverage")
        return found

    def wheel_names(self, language: Language) -> Mapping[str, Shown]:
        """Return the names on the wheel by id: `sector.health`, `phase.before`, `system.clusters`."""
        version = self._store.current(FRAMEWORK).get(WHEEL)
        if version is None:  # published by an earlier release
            return {}
        return _shown(self._store.document(self._store.texts(FRAMEWORK, WHEEL, version, language.code), "names"))

    def coverage(self, course: PublishedCourse) -> dict[str, int]:
        """Return how many texts of a course are there in its language, translated and reviewed by a person."""
        found: dict[str, int] = self._store.document(course.texts, "coverage")
        return found


def read_lesson(document: Mapping[str, Any]) -> PublishedLesson:
    """Read the document of a lesson."""
    return PublishedLesson(
        title=Shown.from_json(document["title"]),
        summary=Shown.from_json(document["summary"]),
        layout=document.get("layout", "reading"),  # versions of the first release have neither layouts nor decisions
        parts=tuple(_parts(document["html"], document.get("decisions", {}))),
        terms=_terms(document["terms"]),
        cited=tuple((own_id, Shown.from_json(pair)) for own_id, pair in document.get("cited", ())),
        sources=_all(document["sources"]),
        translated=document["translated"],
    )


def _parts(html: str, decisions: Mapping[str, Any]) -> Iterator[str | PublishedDecision]:
    """Yield the text between the marks of decisions, and the decisions."""
    for at, part in enumerate(_MARK.split(html)):
        if at % 2 == 0:
            yield part
        else:
            found = decisions[part]
            options = tuple((own_id, verdict) for own_id, verdict in found["options"])
            yield PublishedDecision(part, options, _shown(found["texts"]))


def _shown(texts: Mapping[str, list[object]]) -> dict[str, Shown]:
    return {key: Shown.from_json(pair) for key, pair in texts.items()}


def read_texts(quiz: Quiz, document: Mapping[str, Any]) -> PublishedQuiz:
    """Read the document of a quiz: its texts, for the rules that are given."""
    return PublishedQuiz(
        quiz=quiz,
        title=Shown.from_json(document["title"]),
        intro=Shown.from_json(document["intro"]),
        texts=_shown(document["texts"]),
    )


def _read_paths(document: Any) -> Any:
    return document["paths"]


def _path(path: Mapping[str, Any], texts: Mapping[str, Any]) -> PublishedPath:
    steps = zip(path["steps"], texts["steps"], strict=True)
    return PublishedPath(
        id=path["id"],
        title=Shown.from_json(texts["title"]),
        summary=Shown.from_json(texts["summary"]),
        audience=tuple(path["audience"]),
        steps=tuple(PublishedStep(step["kind"], tuple(step["choices"]), Shown.from_json(why)) for step, why in steps),
    )


@dataclass(frozen=True)
class _Structure:
    """What the pages of a course need of its structure: its rules, without the texts to read."""

    audience: tuple[str, ...]
    level: str
    prerequisites: tuple[tuple[str, ...], ...]
    units: tuple[tuple[str, str, int, bool], ...]  # id, kind, minutes, final
    quizzes: Mapping[str, Quiz]
    placement_minutes: int | None  # None where the course has no placement quiz
    sector: str | None
    leans_on: Mapping[Phase, tuple[str, ...]]


def _read_structure(document: Any) -> _Structure:
    course = document["course"]
    placement = course.get("placement")
    quizzes = [unit for unit in course["units"] if unit["kind"] == "quiz"] + ([placement] if placement else [])
    return _Structure(
        audience=tuple(course["audience"]),
        level=course["level"],
        prerequisites=tuple(alternatives(wanted) for wanted in course["prerequisites"]),
        units=tuple((unit["id"], unit["kind"], unit["minutes"], unit.get("final", False)) for unit in course["units"]),
        quizzes={quiz["id"]: read_quiz(quiz) for quiz in quizzes},
        placement_minutes=placement["minutes"] if placement else None,
        sector=course.get("sector"),
        leans_on={phase: tuple(sectors) for phase, sectors in course.get("leans_on", {}).items()},
    )


def _outline(course: str, version: str, structure: _Structure, texts: Texts, outline: Any) -> PublishedCourse:
    titles = {unit: Shown.from_json(pair) for unit, pair in outline["units"].items()}
    return PublishedCourse(
        id=course,
        version=version,
        title=Shown.from_json(outline["title"]),
        summary=Shown.from_json(outline["summary"]),
        audience=structure.audience,
        level=structure.level,
        prerequisites=structure.prerequisites,
        objectives=_all(outline["objectives"]),
        sources=_all(outline["sources"]),
        units=tuple(
            UnitEntry(own_id, kind, titles[own_id], minutes, final) for own_id, kind, minutes, final in structure.units
        ),
        texts=texts,
        placement=_placement(structure, outline),
        sector=structure.sector,
        leans_on=structure.leans_on,
    )


def _placement(structure: _Structure, outline: Any) -> UnitEntry | None:
    if structure.placement_minutes is None:
        return None
    return UnitEntry(PLACEMENT, "quiz", Shown.from_json(outline["placement"]), structure.placement_minutes, False)


def _all(pairs: list[list[object]]) -> tuple[Shown, ...]:
    return tuple(Shown.from_json(pair) for pair in pairs)


def _terms(found: list[list[Any]]) -> tuple[ShownTerm, ...]:
    return tuple(ShownTerm(own_id, Shown.from_json(term), Shown.from_json(text)) for own_id, term, text in found)
