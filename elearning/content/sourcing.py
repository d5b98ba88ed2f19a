"""Whether the facts of courses have a source: a citation, or in texts that carry none, a cited lesson that says it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from elearning.content.facts import Fact, facts_in
from elearning.content.messages import decision_texts, glossary_messages, path_messages, question_texts
from elearning.content.models import ChoiceQuestion, Course, Lesson, Library, Question, Quiz
from elearning.sources.markdown import Block
from elearning.sources.problems import Problem
from elearning.sources.text import SourceText

_CITATION = "](source:"
_CELLS = frozenset({"table cell", "table heading"})
BESIDE_THE_TEXT = frozenset({"heading", "table heading", "title of a note", "caption", "alternative text of a figure"})
"""Kinds of blocks that are no running text, and lean on the citations in it."""
Keys = frozenset[str]
Told = tuple[str, SourceText]
"""What a text is, and the text."""


def course_fact_findings(course: Course) -> Iterator[Problem]:
    """Yield the facts without a source in the files of one course."""
    read: list[_Read] = []
    for unit in course.pages:
        if isinstance(unit, Quiz):
            yield from _quiz_findings(unit, read)
        else:
            read.append(_Read(unit, tuple(_passages(unit))))
            yield from _lesson_findings(read[-1])
    yield from _figure_findings(read)
    objectives = [("objective", objective.text) for objective in course.objectives]
    told = [("title", course.title), ("summary", course.summary), *objectives]
    yield from _findings(course.path, told, _known(read), "a lesson of this course")


def shared_fact_findings(library: Library) -> Iterator[Problem]:
    """Yield the facts without a source in the glossary and in learning paths."""
    lessons = (unit for course in library.courses for unit in course.units if isinstance(unit, Lesson))
    known = _known(_Read(lesson, tuple(_passages(lesson))) for lesson in lessons)
    for message in (*glossary_messages(library.glossary), *path_messages(library.paths)):
        told = (message.comment, SourceText(message.text, message.line))
        yield from _findings(message.path, [told], known, "a lesson")


@dataclass(frozen=True)
class _Passage:
    """A paragraph, list item or row of a table: its facts, and up to which of its characters they are cited."""

    line: int
    facts: list[Fact]
    cited_to: int


@dataclass(frozen=True)
class _Read:
    """A lesson, and what was found in it."""

    lesson: Lesson
    passages: tuple[_Passage, ...]

    @property
    def known(self) -> Keys:
        """The facts for which a citation of the lesson stands."""
        return frozenset(
            fact.key for passage in self.passages for fact in passage.facts if fact.start < passage.cited_to
        )


def _known(lessons: Iterable[_Read]) -> Keys:
    return frozenset[str]().union(*(read.known for read in lessons))


def _lesson_findings(read: _Read) -> Iterator[Problem]:
    lesson, known = read.lesson, read.known
    for passage in read.passages:
        # A paragraph that cites something may come back to what the lesson has cited elsewhere.
        repeated = known if passage.cited_to else frozenset()
        bare = [fact for fact in passage.facts if fact.start >= passage.cited_to and fact.key not in repeated]
        if bare:
            expected = "a citation such as [](source:review-1-1) after it"
            yield _warning(lesson.path, passage.line, f"found {bare[0].text!r} without a source, expected {expected}")
    over = [
        (block.kind, SourceText(block.text, block.line)) for block in lesson.blocks if block.kind in BESIDE_THE_TEXT
    ]
    told = [("title", lesson.title), ("summary", lesson.summary), *over]
    yield from _findings(lesson.path, told, known, "a paragraph of the lesson")
    for decision in lesson.decisions:
        told = [(comment, text) for _, text, comment in decision_texts(decision)]
        yield from _findings(decision.path, told, known, "the lesson that shows it")


def _figure_findings(lessons: list[_Read]) -> Iterator[Problem]:
    """Judge each drawing once, also where several lessons show it."""
    for path, figure in {figure.path: figure for read in lessons for figure in read.lesson.figures}.items():
        known = _known(read for read in lessons if figure in read.lesson.figures)
        told = [(text.kind, SourceText(text.text, text.line)) for text in figure.texts]
        yield from _findings(path, told, known, "a lesson that shows it")


def _quiz_findings(quiz: Quiz, before: list[_Read]) -> Iterator[Problem]:
    known, where = _known(before), "a lesson before the quiz"
    yield from _findings(quiz.path, [("title", quiz.title), ("introduction", quiz.intro)], known, where)
    for question in quiz.questions:
        covered = {named.text for named in question.aim.covers}
        if covered:  # in a placement quiz
            own = _known(read for read in before if read.lesson.id in covered)
            yield from _findings(quiz.path, _claims(question), own, "a lesson that the question covers")
        else:
            yield from _findings(quiz.path, _claims(question), known, where)


def _claims(question: Question) -> Iterator[Told]:
    """Yield the texts of a question, save wrong options: those are not meant to be true."""
    options = question.options if isinstance(question, ChoiceQuestion) else ()
    wrong = {f"{question.id}.{option.id}" for option in options if not option.correct and not option.partly}
    yield from ((comment, text) for key, text, comment in question_texts(question) if key not in wrong)


def _findings(path: str, told: Iterable[Told], known: Keys, where: str) -> Iterator[Problem]:
    """Yield a warning for each text that can carry no citation, and states what is cited nowhere else."""
    for what, text in told:
        unknown = [fact for fact in facts_in(text.text) if fact.key not in known]
        if unknown and _CITATION not in text.text:
            message = f"found {unknown[0].text!r} in the {what}, expected the same with a citation in {where}"
            yield _warning(path, text.line, message)


def _warning(path: str, line: int, message: str) -> Problem:
    return Problem(path, line, "fact-without-source", message, "warning")


def _passages(lesson: Lesson) -> Iterator[_Passage]:
    before_table = ""  # what stands right before a table may cite the source of all of it
    for (line, is_cell), group in groupby(lesson.blocks, key=_row):
        text = " ".join(block.text for block in group if block.kind not in BESIDE_THE_TEXT)
        before_table = before_table if is_cell else text
        cited_to = text.rfind(_CITATION) + 1
        if is_cell and _CITATION in text + before_table:
            cited_to = len(text)
        yield _Passage(line, facts_in(text), cited_to)


def _row(block: Block) -> tuple[int, bool]:
    """Return what the cells of a table's row have in common; other blocks stand alone, each on its line."""
    return block.line, block.kind in _CELLS
