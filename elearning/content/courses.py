"""Reads one course: course.yaml, then each lesson and quiz in the order of their numbers, and the placement quiz."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from elearning.content.lessons import Known, read_lesson
from elearning.content.models import Course, Objective, Quiz, Unit
from elearning.content.questions import read_questions
from elearning.sources.files import read_text
from elearning.sources.problems import Problems, confined
from elearning.sources.sectors import PHASES, SECTOR_IDS, Phase
from elearning.sources.text import SourceText
from elearning.sources.words import AUDIENCES, ID, ID_RULE, read_id
from elearning.sources.yaml_reader import YamlMap, parse_map

LEVELS = ("introductory", "intermediate", "advanced")
MINUTES_A_QUESTION = 0.75
PLACEMENT = "placement"
# Addresses of a course that are no units of it, documents beside theirs in the store, and the context of course.yaml.
RESERVED = frozenset({"enrol", "done", PLACEMENT, "outline", "coverage", "course"})
_UNIT_FILE = re.compile(r"(?P<number>\d\d)-(?P<id>[a-z0-9-]{1,80})\.(?P<kind>md|yaml)\Z")
_NO_UNITS = frozenset({"course.yaml", f"{PLACEMENT}.yaml"})


@dataclass(frozen=True)
class Surroundings:
    """What a course may speak of: names that links lead to, and the other courses, each with its prerequisites.

    `modules` are the courses on a sector, by sector; where several claim one, it is the first's.
    """

    known: Known
    prerequisites: Mapping[str, tuple[str, ...]]
    modules: Mapping[str, str]

    def all_prerequisites(self, course: str) -> set[str]:
        """Return the prerequisites of a course, theirs, and so on."""
        found: set[str] = set()
        waiting = list(self.prerequisites.get(course, ()))
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self.prerequisites.get(name, ()))
        return found


def alternatives(prerequisite: str) -> tuple[str, ...]:
    """Return the courses of a prerequisite, of which one is enough."""
    return tuple(name.strip() for name in prerequisite.split("|"))


def read_course(project: Path, name: str, surroundings: Surroundings, problems: Problems) -> Course | None:
    """Read the course in a folder, broken or not; None where nothing can be made of it."""
    found = None
    with confined(problems, f"courses/{name}/course.yaml", "the course cannot be read"):
        found = _CourseReader(project, project / "courses" / name, surroundings, problems).read()
    return found  # noqa: RET504 - None where it cannot be read


class _CourseReader:
    def __init__(self, project: Path, folder: Path, surroundings: Surroundings, problems: Problems) -> None:
        self._project = project
        self._folder = folder
        self._surroundings = surroundings
        self._problems = problems
        self._files = self._unit_files()
        units = frozenset(match["id"] for match, _ in self._files)
        self._known = replace(surroundings.known, names=dict(surroundings.known.names) | {"lesson": units})

    def _name(self, path: Path) -> str:
        return path.relative_to(self._project).as_posix()

    def read(self) -> Course | None:
        """Read course.yaml, then each unit."""
        path = self._folder / "course.yaml"
        name = self._name(path)
        text = read_text(path, name, self._problems)
        source = parse_map(text, name, self._problems) if text is not None else None
        units = [unit for match, file in self._files if (unit := self._read_unit(match, file)) is not None]
        placement = self._read_placement()
        if source is None:
            return None
        if not ID.match(self._folder.name):
            source.wrong(1, "id", f"found the folder {self._folder.name!r}, expected {ID_RULE}")
        if not units:
            source.wrong(1, "no-units", "found no lesson, expected files such as 01-why.md")
        sector = self._sector(source)
        course = Course(
            id=self._folder.name,
            path=name,
            title=source.text("title"),
            summary=source.text("summary"),
            audience=_among(source, "audience", AUDIENCES),
            level=(_among(source, "level", LEVELS) or ("",))[0],
            prerequisites=self._prerequisites(source),
            objectives=_objectives(source),
            sources=source.texts("sources"),
            units=tuple(units),
            placement=placement,
            sector=sector,
            leans_on=_leans_on(source, sector),
        )
        source.finish()
        check_aims(course, self._known.names["lesson"], self._problems)
        return course

    def _prerequisites(self, source: YamlMap) -> tuple[SourceText, ...]:
        own, found = self._folder.name, source.texts("prerequisites")
        for wanted in found:
            for name in alternatives(wanted.text):
                if name not in self._surroundings.prerequisites:
                    message = f"found the prerequisite {name!r}, expected the folder of another course"
                    source.wrong(wanted.line, "prerequisite", message)
                elif own == name or own in self._surroundings.all_prerequisites(name):
                    message = f"found {name!r}, which itself asks for {own!r}, expected no circle of prerequisites"
                    source.wrong(wanted.line, "prerequisite-cycle", message)
        return found

    def _sector(self, source: YamlMap) -> str | None:
        found = source.name("sector", required=False)
        module = self._surroundings.modules.get(found, self._folder.name)
        if found and found not in SECTOR_IDS:
            message = f"found the sector {found!r}, expected one of {', '.join(SECTOR_IDS)}"
            source.wrong(source.line_of("sector"), "sector", message)
        elif found and module != self._folder.name:
            message = f"found the sector {found!r}, which courses/{module}/course.yaml has, expected one module on each"
            source.wrong(source.line_of("sector"), "duplicate-sector", message)
        return found or None

    def _unit_files(self) -> list[tuple[re.Match[str], Path]]:
        found, numbers, ids = [], set(), set()
        for path in sorted(self._folder.iterdir()):
            match = _UNIT_FILE.match(path.name)
            is_folder = path.is_dir() and match is None  # figures, say; a folder named as a unit is a mistake in it
            if path.name.startswith(".") or path.name in _NO_UNITS or is_folder:
                continue
            if match is None:
                message = f"found {path.name!r}, expected NN-name.md or .yaml, the name at most 80 letters long"
                self._problems.add(self._name(path), 1, "file-name", message)
                continue
            if match["number"] in numbers or match["id"] in ids:
                message = "found its number or name twice in this course"
                self._problems.add(self._name(path), 1, "duplicate-unit", message)
            if match["id"] in RESERVED:
                message = f"found the name {match['id']!r}, which something else of each course has, expected another"
                self._problems.add(self._name(path), 1, "reserved-name", message)
            numbers.add(match["number"])
            ids.add(match["id"])
            found.append((match, path))
        return found

    def _read_unit(self, match: re.Match[str], path: Path) -> Unit | None:
        text = read_text(path, self._name(path), self._problems)
        if text is None:
            return None
        if match["kind"] == "yaml":
            return self._read_quiz(match["id"], self._name(path), text)
        return read_lesson(self._project, path, match["id"], text, self._known, self._problems)

    def _read_placement(self) -> Quiz | None:
        path = self._folder / f"{PLACEMENT}.yaml"
        if not path.exists() and not path.is_symlink():
            return None
        text = read_text(path, self._name(path), self._problems)
        return self._read_quiz(PLACEMENT, self._name(path), text) if text is not None else None

    def _read_quiz(self, own_id: str, name: str, text: str) -> Quiz | None:
        source = parse_map(text, name, self._problems)
        if source is None:
            return None
        questions = read_questions(source)
        quiz = Quiz(
            id=own_id,
            path=name,
            title=source.text("title"),
            intro=source.text("intro"),
            pass_percent=source.whole("pass_percent", 0, 100, 70),
            attempts=source.whole("attempts", 0, 100, 0),
            final=source.switch("final"),
            questions=questions,
            minutes=max(1, round(len(questions) * MINUTES_A_QUESTION)),
        )
        if own_id == PLACEMENT:
            _check_placement(source, quiz)
        source.finish()
        return quiz


def _check_placement(source: YamlMap, quiz: Quiz) -> None:
    for question in quiz.questions:
        if not question.aim.covers:
            message = f"found no 'covers' of the question {question.id!r}, expected names of lessons that it spares"
            source.wrong(question.text.line, "covers", message)
    if quiz.final:
        message = "found a final placement quiz, expected the final assessment among the parts of the course"
        source.wrong(source.line_of("final"), "final", message)
    if "pass_percent" in source:
        message = "found 'pass_percent' of a placement quiz, expected none: it spares lessons, and nobody passes it"
        source.wrong(source.line_of("pass_percent"), "pass-percent", message)


def _objectives(source: YamlMap) -> tuple[Objective, ...]:
    taken: set[str] = set()
    found = []
    for entry in source.maps("objectives", required=False):
        found.append(Objective(read_id(entry, taken), entry.text("text")))
        entry.finish()
    return tuple(found)


def _leans_on(source: YamlMap, own: str | None) -> dict[Phase, tuple[str, ...]]:
    """Read by phase which other sectors a sector leans on."""
    found = source.map("leans_on", required=own is not None)
    if found is None:
        return {}
    if "sector" not in source:
        source.wrong(found.line, "sector", "found 'leans_on' without a 'sector', expected both or neither")
    named = {phase: found.texts(phase) for phase in PHASES}
    for sectors in named.values():
        seen: set[str] = set()
        for sector in sectors:
            if sector.text not in SECTOR_IDS or sector.text == own:
                message = f"found the sector {sector.text!r}, expected another one of {', '.join(SECTOR_IDS)}"
                source.wrong(sector.line, "sector", message)
            elif sector.text in seen:
                source.wrong(sector.line, "sector", f"found the sector {sector.text!r} twice in a phase, expected once")
            seen.add(sector.text)
    found.finish()
    return {phase: tuple(sector.text for sector in sectors) for phase, sectors in named.items() if sectors}


def _among(source: YamlMap, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Read one word or a list of words out of a closed set."""
    words: tuple[SourceText, ...] = (source.text(key),) if source.shape(key) != "list" else source.texts(key)
    for word in words:
        if word.text and word.text not in allowed:
            source.wrong(word.line, "value", f"found {word.text!r} as {key!r}, expected one of {', '.join(allowed)}")
    return tuple(word.text for word in words)


def check_aims(course: Course, units: frozenset[str], problems: Problems) -> None:
    """Check that lessons and questions name objectives of the course, and its placement quiz the lessons.

    `units` are the names of its files, of those that cannot be read too.
    """
    objectives = {objective.id for objective in course.objectives}
    lessons = units - {unit.id for unit in course.units if isinstance(unit, Quiz)}
    for path, named in _named(course):
        for objective in named:
            if objective.text not in objectives:
                message = f"found the objective {objective.text!r}, expected an id of the objectives in course.yaml"
                problems.add(path, objective.line, "objective", message)
    for quiz in (unit for unit in course.pages if isinstance(unit, Quiz)):
        for question in quiz.questions:
            for lesson in question.aim.covers:
                if quiz is not course.placement:
                    message = "found 'covers', expected it in placement.yaml only"
                    problems.add(quiz.path, lesson.line, "covers", message)
                elif lesson.text not in lessons:
                    message = f"found {lesson.text!r} in 'covers', expected the name of a lesson of this course"
                    problems.add(quiz.path, lesson.line, "covers", message)


def _named(course: Course) -> Iterator[tuple[str, tuple[SourceText, ...]]]:
    """Yield the objectives that lessons serve and questions test, with the file that names them."""
    for unit in course.pages:
        if isinstance(unit, Quiz):
            yield from ((unit.path, question.aim.objectives) for question in unit.questions)
        else:
            yield unit.path, unit.objectives
