"""The texts of a course beside the Markdown of its lessons."""

from collections.abc import Iterable, Iterator

from elearning.content.messages import decision_texts, question_texts
from elearning.content.models import Course, Lesson
from elearning.sources.dead_links import dead_links, insecure_links
from elearning.sources.problems import Problems
from elearning.sources.text import SourceText


def check_links(course: Course, problems: Problems) -> None:
    """Note each link in these texts that leads nowhere or is not encrypted; only lessons link to terms and lessons."""
    for path, texts in _texts(course):
        for line, message in dead_links(texts):
            problems.add(path, line, "link", message)
        for line, message in insecure_links(texts):
            problems.warn(path, line, "insecure-link", message)


def _texts(course: Course) -> Iterator[tuple[str, Iterable[SourceText]]]:
    yield course.path, (*(objective.text for objective in course.objectives), *course.sources)
    for unit in course.pages:
        if isinstance(unit, Lesson):
            yield unit.path, unit.sources
            yield from ((found.path, [text for _, text, _ in decision_texts(found)]) for found in unit.decisions)
        else:
            yield unit.path, (unit.intro, *(text for found in unit.questions for _, text, _ in question_texts(found)))
