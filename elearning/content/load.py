"""Reads courses/ into a library. Every mistake of every file is found at once; a course with one is left out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from elearning.content.courses import Surroundings, alternatives, read_course
from elearning.content.inline import check_links
from elearning.content.lessons import Known
from elearning.content.models import Course, GlossaryTerm, Lesson, Library, Source
from elearning.content.paths import load_paths, order_findings
from elearning.content.quality import course_quality, library_quality
from elearning.content.shared_files import GLOSSARY_PATH, NO_FOLDER, SOURCES_PATH, read_shared
from elearning.sources.dead_links import dead_links
from elearning.sources.files import folders_in, read_text
from elearning.sources.problems import Problem, Problems
from elearning.sources.words import read_id
from elearning.sources.yaml_reader import YamlMap, parse_map

T = TypeVar("T")


@dataclass(frozen=True)
class LoadResult:
    """What could be read, and everything that is wrong."""

    library: Library
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps courses from being published."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def load_library(project: Path, *, judged: bool = False) -> LoadResult:
    """Read `courses/` below the project's folder. Where it is to be judged, warnings say what a good course lacks."""
    root, problems = project / "courses", Problems()
    if not root.is_dir():
        problems.add("courses", 1, NO_FOLDER, f"found no folder courses/ in {project}, expected one (PROJECT_DIR)")
        return LoadResult(Library((), (), (), ()), tuple(problems.found))
    shared = _load_shared(project, problems)
    surroundings = _surroundings(project, shared)
    courses = []
    for name in course_folders(project):
        own = Problems()
        course = _read_course(project, name, surroundings, own)
        if course is not None and not own.errors and not _waits(course, shared.unread):
            courses.append(course)
            if judged:  # how good it is can be said once it can be read
                own.found.extend(course_quality(project, course))
        problems.found.extend(own.found)
    known = surroundings.known.names
    paths = load_paths(project, known["course"], known["case"], problems)
    library = Library(tuple(courses), shared.terms, shared.sources, tuple(paths))
    if judged and not problems.errors:
        problems.found.extend(library_quality(library))
        problems.found.extend(order_findings(paths, {course.id: course for course in courses}))
    return LoadResult(library, tuple(sorted(problems.found)))


@dataclass(frozen=True)
class Draft:
    """A course as it stands on disk, with its mistakes: what could be read of it, for its author to look at."""

    course: Course | None
    glossary: tuple[GlossaryTerm, ...]
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]


def load_draft(project: Path, course: str) -> Draft | None:
    """Read one course, broken or not; None where there is no folder of that name."""
    if course not in course_folders(project):
        return None
    problems = Problems()
    shared = _load_shared(project, problems)
    found = _read_course(project, course, _surroundings(project, shared), problems)
    if found is not None and not problems.errors:
        problems.found.extend(course_quality(project, found))
    return Draft(found, shared.terms, shared.sources, tuple(sorted(problems.found)))


def _read_course(project: Path, name: str, surroundings: Surroundings, problems: Problems) -> Course | None:
    course = read_course(project, name, surroundings, problems)
    if course is not None:
        check_links(course, problems)
    return course


def course_folders(project: Path) -> list[str]:
    """Return the names of the folders in courses/, in order."""
    return folders_in(project / "courses")


@dataclass(frozen=True)
class _Shared:
    """What all courses may cite: terms and sources, the ids of those that have a mistake, and what cannot be read.

    `unread` names kinds of links, `glossary` or `source`.
    """

    terms: tuple[GlossaryTerm, ...]
    sources: tuple[Source, ...]
    broken_terms: frozenset[str]
    broken_sources: frozenset[str]
    unread: frozenset[str]


def _load_shared(project: Path, problems: Problems) -> _Shared:
    glossary = read_shared(project, GLOSSARY_PATH, "terms", problems)
    cited = read_shared(project, SOURCES_PATH, "sources", problems)
    terms, broken_terms = _read_entries(glossary, "terms", _read_term, problems)
    sources, broken_sources = _read_entries(cited, "sources", _read_source, problems)
    unread = frozenset(kind for kind, found in (("glossary", glossary), ("source", cited)) if found is None)
    return _Shared(terms, sources, broken_terms, broken_sources, unread)


def _waits(course: Course, unread: frozenset[str]) -> bool:
    """Tell whether a course refers to a shared file that cannot be read: that mistake alone keeps it as it was."""
    lessons = [unit for unit in course.units if isinstance(unit, Lesson)]
    return any(
        ("glossary" in unread and lesson.terms) or ("source" in unread and lesson.citations) for lesson in lessons
    )


def _read_entries(
    source: YamlMap | None, key: str, read: Callable[[YamlMap, str], T], problems: Problems
) -> tuple[tuple[T, ...], frozenset[str]]:
    """Read a list of entries with ids; what cites an entry with a mistake is not published with it."""
    if source is None:
        return (), frozenset()
    taken: set[str] = set()
    found, broken = [], set()
    for entry in source.maps(key):
        before, own_id = len(problems.errors), read_id(entry, taken)
        found.append(read(entry, own_id))
        entry.finish()
        if len(problems.errors) > before:
            broken.add(own_id)
    source.finish()
    return tuple(found), frozenset(broken)


def _read_term(entry: YamlMap, own_id: str) -> GlossaryTerm:
    term = GlossaryTerm(own_id, entry.text("term"), entry.text("definition"), entry.texts("forms"))
    for line, message in dead_links([term.definition]):
        entry.wrong(line, "link", message)
    return term


def _read_source(entry: YamlMap, own_id: str) -> Source:
    source = Source(own_id, entry.text("text"))
    for line, message in dead_links([source.text]):
        entry.wrong(line, "link", message)
    return source


def _surroundings(project: Path, shared: _Shared) -> Surroundings:
    """Return what courses may speak of. Broken courses are there too: they are mended or stay as they were."""
    names = {
        "glossary": _ids(shared.terms),
        "source": _ids(shared.sources),
        "course": frozenset(course_folders(project)),
        "case": frozenset(folders_in(project / "simulations")),
    }
    known = Known(names, shared.broken_terms, shared.broken_sources, shared.unread)
    return Surroundings(known, *_neighbours(project))


def _ids(entries: Iterable[GlossaryTerm | Source]) -> frozenset[str]:
    return frozenset(entry.id for entry in entries)


def _neighbours(project: Path) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return the courses that each course asks for, and the first module on each sector."""
    prerequisites: dict[str, tuple[str, ...]] = {}
    modules: dict[str, str] = {}
    for name in course_folders(project):
        unheard = Problems()
        text = read_text(project / "courses" / name / "course.yaml", name, unheard)
        source = parse_map(text, name, unheard) if text is not None else None
        wanted = source.texts("prerequisites") if source else ()
        prerequisites[name] = tuple(other for entry in wanted for other in alternatives(entry.text))
        if source and "sector" in source:
            modules.setdefault(source.name("sector"), name)
    return prerequisites, modules
