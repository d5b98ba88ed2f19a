"""Reads courses/paths.yaml: which courses and cases, in which order, for whom."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from elearning.content.courses import alternatives
from elearning.content.models import Course, LearningPath, PathStep
from elearning.content.shared_files import PATHS_PATH, read_shared
from elearning.sources.dead_links import dead_links
from elearning.sources.problems import Problem, Problems
from elearning.sources.text import SourceText
from elearning.sources.words import AUDIENCES, read_id
from elearning.sources.yaml_reader import YamlMap


def load_paths(project: Path, courses: frozenset[str], cases: frozenset[str], problems: Problems) -> list[LearningPath]:
    """Read the learning paths; `courses` and `cases` are the folders that they may lead through."""
    source = read_shared(project, PATHS_PATH, "paths", problems)
    if source is None:
        return []
    taken: set[str] = set()
    found = [_path(entry, taken, courses, cases) for entry in source.maps("paths")]
    source.finish()
    return found


def _path(source: YamlMap, taken: set[str], courses: frozenset[str], cases: frozenset[str]) -> LearningPath:
    own_id, audience = read_id(source, taken), source.texts("audience", required=True)
    for word in audience:
        if word.text not in AUDIENCES:
            message = f"found {word.text!r} as 'audience', expected one of {', '.join(AUDIENCES)}"
            source.wrong(word.line, "value", message)
    title, summary = source.text("title"), source.text("summary")
    steps = tuple(_step(entry, courses, cases) for entry in source.maps("steps"))
    if not steps:
        source.wrong(source.line, "too-few", f"found no step in {own_id!r}, expected one or more")
    source.finish()
    return LearningPath(own_id, title, summary, tuple(word.text for word in audience), steps)


def _step(source: YamlMap, courses: frozenset[str], cases: frozenset[str]) -> PathStep:
    """Read a step: a course, a case, or `one_of` several courses."""
    course, case = _one(source, "course"), _one(source, "case")
    one_of, why = source.texts("one_of"), source.text("why")
    if sum(map(bool, (course, case, one_of))) != 1:
        source.wrong(source.line, "step", "found a step that is not exactly one of 'course', 'case' and 'one_of'")
    for named, known, what in ((course + one_of, courses, "course"), (case, cases, "case")):
        for name in named:
            if name.text not in known:
                source.wrong(name.line, "step", f"found the {what} {name.text!r}, expected the folder of one")
    for line, message in dead_links([why]):
        source.wrong(line, "link", message)
    source.finish()
    return PathStep("case" if case else "course", course or case or one_of, why)


def _one(source: YamlMap, key: str) -> tuple[SourceText, ...]:
    return (source.text(key),) if key in source else ()


def order_findings(paths: list[LearningPath], courses: Mapping[str, Course]) -> Iterator[Problem]:
    """Yield a warning for each course that comes in a path before what it asks for, or without it."""
    for path in paths:
        before: set[str] = set()
        for step in path.steps:
            for name in step.choices if step.kind == "course" else ():
                course = courses.get(name.text)
                for wanted in course.prerequisites if course else ():
                    if before.isdisjoint(alternatives(wanted.text)):
                        message = (
                            f"found {name.text!r} in the path {path.id!r} without {wanted.text!r} before it,"
                            " which it asks for first"
                        )
                        yield Problem(PATHS_PATH, name.line, "path-order", message, "warning")
            before |= {name.text for name in step.choices}
