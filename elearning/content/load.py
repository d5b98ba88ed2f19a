"""Reads courses/ into a library. Every mistake of every file is found at once; a course with one is left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from elearning.content.figures import read_figure
from elearning.content.models import Course, Figure, GlossaryTerm, Lesson, Library, Quiz, Unit
from elearning.content.questions import read_questions
from elearning.sources.files import LONGEST_PARAGRAPH, folders_in, leads_out, long_paragraphs, read_text
from elearning.sources.markdown import Reading, external_link, read_markdown
from elearning.sources.problems import Problem, Problems, confined
from elearning.sources.text import SourceText
from elearning.sources.words import AUDIENCES, ID, read_id
from elearning.sources.yaml_reader import YamlMap, parse_map

LEVELS = ("introductory", "intermediate", "advanced")
# Adults read some 200 to 240 words a minute in a first language; many of our readers read in another.
WORDS_A_MINUTE = 180
MINUTES_A_QUESTION = 0.75
_UNIT_FILE = re.compile(r"(?P<number>\d\d)-(?P<id>[a-z0-9-]+)\.(?P<kind>md|yaml)\Z")
_FRONT_MATTER = re.compile(r"---\n(?P<yaml>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class LoadResult:
    """What could be read, and everything that is wrong."""

    library: Library
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps courses from being published."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def load_library(project: Path) -> LoadResult:
    """Read `courses/` below the project's folder."""
    root, problems = project / "courses", Problems()
    if not root.is_dir():
        problems.add("courses", 1, "no-folder", f"found no folder courses/ in {project}, expected one (PROJECT_DIR)")
    glossary = _load_glossary(project, root / "glossary.yaml", problems)
    surroundings = _Surroundings(glossary, _prerequisites(project))
    courses = []
    for name in course_folders(project):
        own = Problems()
        course = _read_course(project, name, surroundings, own)
        problems.found.extend(own.found)
        if course is not None and not own.errors:
            courses.append(course)
    return LoadResult(Library(tuple(courses), glossary.terms), tuple(sorted(problems.found)))


@dataclass(frozen=True)
class Draft:
    """A course as it stands on disk, with its mistakes: what could be read of it, for its author to look at."""

    course: Course | None
    glossary: tuple[GlossaryTerm, ...]
    problems: tuple[Problem, ...]


def load_draft(project: Path, course: str) -> Draft | None:
    """Read one course, broken or not; None where there is no folder of that name."""
    if course not in course_folders(project):
        return None
    problems = Problems()
    glossary = _load_glossary(project, project / "courses" / "glossary.yaml", problems)
    found = _read_course(project, course, _Surroundings(glossary, _prerequisites(project)), problems)
    return Draft(found, glossary.terms, tuple(sorted(problems.found)))


def course_folders(project: Path) -> list[str]:
    """Return the names of the folders in courses/, in order."""
    return folders_in(project / "courses")


@dataclass(frozen=True)
class _Glossary:
    """The terms, and the ids of those that have a mistake: what links to one is not published with it."""

    terms: tuple[GlossaryTerm, ...] = ()
    broken: frozenset[str] = frozenset()


def _load_glossary(project: Path, path: Path, problems: Problems) -> _Glossary:
    if not path.exists() and not path.is_symlink():
        return _Glossary()
    name = path.relative_to(project).as_posix()
    text = read_text(path, name, problems)
    source = parse_map(text, name, problems) if text is not None else None
    if source is None:
        return _Glossary()
    taken: set[str] = set()
    terms, broken = [], set()
    for entry in source.maps("terms"):
        before = len(problems.errors)
        term = GlossaryTerm(read_id(entry, taken), entry.text("term"), entry.text("definition"))
        entry.texts("sources")
        entry.finish()
        terms.append(term)
        if len(problems.errors) > before:
            broken.add(term.id)
    source.finish()
    return _Glossary(tuple(terms), frozenset(broken))


@dataclass(frozen=True)
class _Surroundings:
    """What a course may speak of: the terms of the glossary, and the other courses, each with its prerequisites."""

    glossary: _Glossary
    prerequisites: Mapping[str, tuple[str, ...]]

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


def _prerequisites(project: Path) -> dict[str, tuple[str, ...]]:
    """Return what each course asks for, of broken courses too: they are mended or stay as they were, and are there."""
    found = {}
    for name in course_folders(project):
        unheard = Problems()
        text = read_text(project / "courses" / name / "course.yaml", name, unheard)
        source = parse_map(text, name, unheard) if text is not None else None
        found[name] = tuple(wanted.text for wanted in source.texts("prerequisites")) if source else ()
    return found


def _read_course(project: Path, name: str, surroundings: _Surroundings, problems: Problems) -> Course | None:
    found = None
    with confined(problems, f"courses/{name}/course.yaml", "the course cannot be read"):
        found = _CourseReader(project, project / "courses" / name, surroundings, problems).read()
    return found  # noqa: RET504 - None where it cannot be read


class _CourseReader:
    """Reads one course."""

    def __init__(self, project: Path, folder: Path, surroundings: _Surroundings, problems: Problems) -> None:
        self._project = project
        self._folder = folder
        self._surroundings = surroundings
        self._terms = frozenset(term.id for term in surroundings.glossary.terms)
        self._problems = problems
        self._units: frozenset[str] = frozenset()

    def _name(self, path: Path) -> str:
        return path.relative_to(self._project).as_posix()

    def read(self) -> Course | None:
        """Read course.yaml, then each unit."""
        path = self._folder / "course.yaml"
        name = self._name(path)
        text = read_text(path, name, self._problems)
        source = parse_map(text, name, self._problems) if text is not None else None
        files = self._unit_files()
        self._units = frozenset(match["id"] for match, _ in files)
        units = [unit for match, file in files if (unit := self._read_unit(match, file)) is not None]
        if source is None:
            return None
        if not ID.match(self._folder.name):
            source.wrong(1, "id", f"found the folder {self._folder.name!r}, expected lower case, digits and hyphens")
        if not units:
            source.wrong(1, "no-units", "found no lesson, expected files such as 01-why.md")
        course = Course(
            id=self._folder.name,
            path=name,
            title=source.text("title"),
            summary=source.text("summary"),
            audience=_among(source, "audience", AUDIENCES),
            level=(_among(source, "level", LEVELS) or ("",))[0],
            prerequisites=self._prerequisites(source),
            objectives=source.texts("objectives"),
            sources=source.texts("sources"),
            units=tuple(units),
        )
        source.finish()
        return course

    def _prerequisites(self, source: YamlMap) -> tuple[SourceText, ...]:
        own, found = self._folder.name, source.texts("prerequisites")
        for wanted in found:
            if wanted.text not in self._surroundings.prerequisites:
                message = f"found the prerequisite {wanted.text!r}, expected the folder of another course"
                source.wrong(wanted.line, "prerequisite", message)
            elif own == wanted.text or own in self._surroundings.all_prerequisites(wanted.text):
                message = f"found {wanted.text!r}, which itself asks for {own!r}, expected no circle of prerequisites"
                source.wrong(wanted.line, "prerequisite-cycle", message)
        return found

    def _unit_files(self) -> list[tuple[re.Match[str], Path]]:
        found, numbers, ids = [], set(), set()
        for path in sorted(self._folder.iterdir()):
            match = _UNIT_FILE.match(path.name)
            is_folder = path.is_dir() and match is None  # figures, say; a folder named as a unit is a mistake in it
            if path.name.startswith(".") or path.name == "course.yaml" or is_folder:
                continue
            if match is None:
                self._problems.add(
                    self._name(path), 1, "file-name", f"found {path.name!r}, expected NN-name.md or .yaml"
                )
                continue
            if match["number"] in numbers or match["id"] in ids:
                self._problems.add(
                    self._name(path), 1, "duplicate-unit", "found its number or name twice in this course"
                )
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
        return self._read_lesson(match["id"], path, text)

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
        source.finish()
        return quiz

    def _read_lesson(self, own_id: str, path: Path, text: str) -> Lesson | None:
        name = self._name(path)
        match = _FRONT_MATTER.match(text)
        if match is None:
            self._problems.add(name, 1, "front-matter", "found no front matter, expected keys between two lines of ---")
            return None
        front = parse_map(match["yaml"], name, self._problems, first_line=2)
        if front is None:
            return None
        line = text.count("\n", 0, match.start("body")) + 1
        too_long = list(long_paragraphs(match["body"]))
        for start, length in too_long:
            message = f"found a paragraph of {length} characters, expected at most {LONGEST_PARAGRAPH}"
            self._problems.add(name, line + start - 1, "too-long", message)
        if too_long:
            return None
        reading = read_markdown(match["body"], first_line=line)
        terms = self._check_links(name, reading)
        _check_blocks(name, reading, self._problems)
        lesson = Lesson(
            id=own_id,
            path=name,
            title=front.text("title"),
            summary=front.text("summary"),
            sources=front.texts("sources"),
            body=match["body"],
            body_line=line,
            terms=terms,
            figures=self._figures(name, reading),
            minutes=max(1, round(sum(len(block.text.split()) for block in reading.blocks) / WORDS_A_MINUTE)),
        )
        front.finish()
        return lesson

    def _check_links(self, name: str, reading: Reading) -> tuple[str, ...]:
        terms: list[str] = []
        for link in reading.links:
            kind, _, target = link.target.partition(":")
            if not link.label:
                self._problems.add(name, link.line, "link-text", "found a link without text, expected words to follow")
            if kind == "glossary":
                terms += [target] if target not in terms else []
                known, what = target in self._terms, "a term of courses/glossary.yaml"
                if target in self._surroundings.glossary.broken:
                    message = f"found a link to {link.target!r}, whose entry in courses/glossary.yaml has a mistake"
                    self._problems.add(name, link.line, "broken-term", message)
            elif kind == "lesson":
                known, what = target in self._units, "the name of a lesson of this course"
            else:
                known, what = external_link(link.target) is not None, "https:, mailto:, glossary: or lesson:"
            if not known:
                self._problems.add(name, link.line, "link", f"found a link to {link.target!r}, expected {what}")
        return tuple(terms)

    def _figures(self, name: str, reading: Reading) -> tuple[Figure, ...]:
        found: dict[str, Figure] = {}
        for target, alt, line in reading.figures:
            path = self._folder / target
            if not alt:
                self._problems.add(
                    name, line, "alt", f"found no text for {target!r}, expected one for who does not see it"
                )
            if not target.endswith(".svg") or leads_out(path, self._folder) or not path.is_file():
                self._problems.add(
                    name, line, "figure", f"found no figure {target!r}, expected an .svg file in this course"
                )
                continue
            source = read_text(path, self._name(path), self._problems)
            figure = read_figure(source, self._name(path), self._problems) if source is not None else None
            if figure is not None:
                found[target] = figure
        return tuple(found.values())


def _among(source: YamlMap, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Read one word or a list of words out of a closed set."""
    words: tuple[SourceText, ...] = (source.text(key),) if source.shape(key) != "list" else source.texts(key)
    for word in words:
        if word.text and word.text not in allowed:
            source.wrong(word.line, "value", f"found {word.text!r} as {key!r}, expected one of {', '.join(allowed)}")
    return tuple(word.text for word in words)


def _check_blocks(name: str, reading: Reading, problems: Problems) -> None:
    for line in reading.raw_html:
        problems.add(name, line, "raw-html", "found HTML, expected Markdown (write `<` between backticks to show it)")
    level = 1
    for found, text, line in reading.headings:
        if found == 1 or found > level + 1:
            expected = "##" if found == 1 else "#" * (level + 1)
            problems.add(name, line, "heading", f"found the heading {text!r} at level {found}, expected {expected}")
        level = found
