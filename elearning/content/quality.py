"""What a course that can be published still lacks to be a good one. Each finding is a warning with file and line.

A warning keeps no course from its readers; `content check` fails on it all the same.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from elearning.content.guessing import advantages, always_as_many, course_guesses
from elearning.content.messages import glossary_messages, path_messages, source_messages
from elearning.content.models import Course, Lesson, Library, Quiz
from elearning.content.readability import lix
from elearning.content.shared_files import SOURCES_PATH
from elearning.content.sourcing import BESIDE_THE_TEXT, course_fact_findings, shared_fact_findings
from elearning.sources.dead_links import insecure_links
from elearning.sources.problems import Problem
from elearning.sources.text import SourceText

HARDEST_LIX = 40
MOST_WORDS = 1_800  # ten minutes
FEWEST_WORDS = 40
FEWEST_LESSONS_OF_A_MODULE = 4
FEWEST_QUESTIONS_OF_A_MODULE = 8
FEWEST_WORDS_OF_A_FIGURE = 3
_SAYS_THAT_IT_IS_ONE = re.compile(r"(?:(?:an?|the)\s)?(?:picture|image|photo|photograph|graphic) of\b", re.IGNORECASE)


def course_quality(project: Path, course: Course) -> Iterator[Problem]:
    """Yield what could be better in one course."""
    lessons = [unit for unit in course.units if isinstance(unit, Lesson)]
    yield from _objective_findings(course, lessons)
    for lesson in lessons:
        yield from _reading_findings(lesson)
        yield from _alternative_text_findings(lesson)
    yield from course_fact_findings(course)
    yield from _guess_findings(course)
    yield from _unused_files(project, course, lessons)
    if course.sector is not None:
        yield from _module_findings(course, lessons)


def library_quality(library: Library) -> Iterator[Problem]:
    """Yield what could be better in what courses share."""
    cited = {
        name
        for course in library.courses
        for unit in course.units
        if isinstance(unit, Lesson)
        for name in unit.citations
    }
    for source in library.sources:
        if source.id not in cited:
            message = f"found the source {source.id!r}, which no lesson cites, expected one that does"
            yield _warning(SOURCES_PATH, source.text.line, "unused-source", message)
    yield from shared_fact_findings(library)
    for messages in (
        glossary_messages(library.glossary),
        source_messages(library.sources),
        path_messages(library.paths),
    ):
        for found in messages:
            for line, insecure in insecure_links([SourceText(found.text, found.line)]):
                yield _warning(found.path, line, "insecure-link", insecure)


def _warning(path: str, line: int, rule: str, message: str) -> Problem:
    return Problem(path, line, rule, message, "warning")


def _objective_findings(course: Course, lessons: list[Lesson]) -> Iterator[Problem]:
    quizzes = [unit for unit in course.units if isinstance(unit, Quiz)]
    tested = {named.text for quiz in quizzes for question in quiz.questions for named in question.aim.objectives}
    for objective in course.objectives:
        if objective.id not in tested:
            message = f"found no question that tests the objective {objective.id!r}, expected one or more"
            yield _warning(course.path, objective.text.line, "untested-objective", message)
    if not course.objectives:
        yield _warning(
            course.path, 1, "no-objectives", "found no objectives, expected what learners will be able to do"
        )
        return
    for lesson in lessons:
        if not lesson.objectives:
            message = "found no 'objectives' in this lesson, expected ids of those in course.yaml that it serves"
            yield _warning(lesson.path, lesson.title.line, "orphan-lesson", message)
    for quiz in quizzes:
        for question in quiz.questions:
            if not question.aim.objectives:
                message = f"found no 'objectives' of the question {question.id!r}, expected ids of those in course.yaml"
                yield _warning(quiz.path, question.text.line, "orphan-question", message)


def _reading_findings(lesson: Lesson) -> Iterator[Problem]:
    texts = [block.text for block in lesson.blocks if block.kind not in BESIDE_THE_TEXT | {"table cell"}]
    texts += [text for decision in lesson.decisions for text in (decision.situation.text, decision.question.text)]
    hardness = lix(texts)
    if hardness > HARDEST_LIX:
        message = (
            f"found a reading level of {hardness:.0f} (LIX), expected at most {HARDEST_LIX}:"
            " shorter sentences, plainer words"
        )
        yield _warning(lesson.path, lesson.body_line, "hard-to-read", message)
    least = 1 if lesson.layout == "checklist" else FEWEST_WORDS
    if not least <= lesson.words <= MOST_WORDS:
        message = f"found a lesson of {lesson.words} words, expected {least} to {MOST_WORDS}"
        yield _warning(lesson.path, lesson.body_line, "lesson-length", message)


def _alternative_text_findings(lesson: Lesson) -> Iterator[Problem]:
    for block in lesson.blocks:
        if block.kind != "alternative text of a figure":
            continue
        if len(block.text.split()) < FEWEST_WORDS_OF_A_FIGURE:
            message = f"found {block.text!r} for who does not see a figure, expected what it shows, in a few words"
            yield _warning(lesson.path, block.line, "alt-text", message)
        elif opening := _SAYS_THAT_IT_IS_ONE.match(block.text):
            message = f"found {opening[0]!r} at the beginning, which is told anyway, expected what the figure shows"
            yield _warning(lesson.path, block.line, "alt-text", message)


def _guess_findings(course: Course) -> Iterator[Problem]:
    for found in advantages(course_guesses(course)):
        message = (
            f"found that whoever always takes {found.habit} is right in {found.hits:.0f} of {found.questions} questions"
            f" and decisions, expected about {found.expected:.0f}: change positions and lengths"
        )
        yield _warning(course.path, 1, "guessable", message)
    if pattern := always_as_many(course):
        message = (
            f"found {pattern[0]} right options of {pattern[1]} in each question of the type 'multiple',"
            " expected other numbers too: who has seen one knows how many to mark"
        )
        yield _warning(course.path, 1, "guessable", message)


def _unused_files(project: Path, course: Course, lessons: list[Lesson]) -> Iterator[Problem]:
    used = {figure.path for lesson in lessons for figure in lesson.figures}
    used |= {decision.path for lesson in lessons for decision in lesson.decisions}
    folder = (project / course.path).parent
    for path in sorted([*folder.glob("figures/*.svg"), *folder.glob("decisions/*.yaml")]):
        name = path.relative_to(project).as_posix()
        if name not in used:
            yield _warning(name, 1, "unused-file", "found a file that no lesson shows, expected a lesson that does")


def _module_findings(course: Course, lessons: list[Lesson]) -> Iterator[Problem]:
    """Hold a sector module to the pattern that all of them share (docs/curriculum.md)."""
    reading = [lesson for lesson in lessons if lesson.layout == "reading"]
    finals = [unit for unit in course.units if isinstance(unit, Quiz) and unit.final]
    questions = max((len(quiz.questions) for quiz in finals), default=0)
    missing = {
        f"{FEWEST_LESSONS_OF_A_MODULE} lessons": len(reading) >= FEWEST_LESSONS_OF_A_MODULE,
        "a checklist": any(lesson.layout == "checklist" for lesson in lessons),
        "a decision": any(lesson.decisions for lesson in lessons),
        "a figure": any(lesson.figures for lesson in lessons),
        f"a final quiz of {FEWEST_QUESTIONS_OF_A_MODULE} questions": questions >= FEWEST_QUESTIONS_OF_A_MODULE,
        "sectors that it leans on": bool(course.leans_on),
    }
    for what, there in missing.items():
        if not there:
            message = f"found a module on a sector without {what}, which all modules have"
            yield _warning(course.path, 1, "module-pattern", message)
