"""The messages of a course: each text once, with its context, place and a word for the translator.

Walks the same objects in the same order as rendering asks for translations, so that the two agree.
"""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from elearning.content.models import (
    ChoiceQuestion,
    Course,
    Decision,
    Figure,
    GlossaryTerm,
    LearningPath,
    Lesson,
    Library,
    MatchQuestion,
    NumericQuestion,
    OrderQuestion,
    Question,
    Quiz,
    Source,
    Unit,
)
from elearning.content.shared_files import GLOSSARY_PATH, PATHS_PATH, SOURCES_PATH
from elearning.sources.markdown import on_one_line
from elearning.sources.text import SourceText
from elearning.translations.source import SourceMessage

GLOSSARY_CONTEXT = "glossary"
SOURCES_CONTEXT = "sources"
PATHS_CONTEXT = "paths"


def course_context(course: str) -> str:
    """Return the context of what course.yaml says."""
    return f"{course}/course"


def unit_context(course: str, unit: str) -> str:
    """Return the context of a lesson or quiz."""
    return f"{course}/{unit}"


def decision_context(course: str, decision: Decision) -> str:
    """Return the context of a decision inside a lesson."""
    return f"{course}/decisions/{decision.id}"


def figure_context(course: str, figure: Figure) -> str:
    """Return the context of the texts in a drawing."""
    return f"{course}/figures/{PurePosixPath(figure.path).stem}"


def library_messages(library: Library) -> list[SourceMessage]:
    """Return all messages of the domain `courses`, in reading order."""
    return [
        *glossary_messages(library.glossary),
        *source_messages(library.sources),
        *path_messages(library.paths),
        *(found for course in library.courses for found in course_messages(course)),
    ]


def glossary_messages(glossary: Iterable[GlossaryTerm]) -> Iterator[SourceMessage]:
    """Yield terms and definitions."""
    for term in glossary:
        yield _message(term.term, GLOSSARY_CONTEXT, GLOSSARY_PATH, "glossary term")
        yield _message(term.definition, GLOSSARY_CONTEXT, GLOSSARY_PATH, f"definition of “{term.term.text}”")


def source_messages(sources: Iterable[Source]) -> Iterator[SourceMessage]:
    """Yield what lessons cite."""
    for source in sources:
        yield _message(source.text, SOURCES_CONTEXT, SOURCES_PATH, "source that lessons cite")


def path_messages(paths: Iterable[LearningPath]) -> Iterator[SourceMessage]:
    """Yield what learning paths say."""
    for path in paths:
        yield _message(path.title, PATHS_CONTEXT, PATHS_PATH, "title of a learning path")
        yield _message(path.summary, PATHS_CONTEXT, PATHS_PATH, f"summary of the learning path “{path.title.text}”")
        for step in path.steps:
            yield _message(step.why, PATHS_CONTEXT, PATHS_PATH, f"why a step of “{path.title.text}” is there")


def course_messages(course: Course) -> Iterator[SourceMessage]:
    """Yield the messages of a course and all its units."""
    context = course_context(course.id)
    yield _message(course.title, context, course.path, "title of the course")
    yield _message(course.summary, context, course.path, "summary of the course")
    for objective in course.objectives:
        yield _message(objective.text, context, course.path, "objective")
    for source in course.sources:
        yield _message(source, context, course.path, "source")
    # a drawing that several lessons show is translated once
    yield from dict.fromkeys(message for unit in course.pages for message in unit_messages(course, unit))


def unit_messages(course: Course, unit: Unit) -> Iterator[SourceMessage]:
    """Yield the messages that one unit shows, its decisions and drawings among them."""
    if isinstance(unit, Quiz):
        yield from _quiz_messages(course.id, unit)
        return
    yield from _lesson_messages(course.id, unit)
    for decision in unit.decisions:
        yield from _decision_messages(course.id, decision)
    for figure in unit.figures:
        yield from _figure_messages(course.id, figure)


def _message(text: SourceText, context: str, path: str, comment: str) -> SourceMessage:
    return SourceMessage(on_one_line(text.text), context, path, text.line, comment)


def _lesson_messages(course: str, lesson: Lesson) -> Iterator[SourceMessage]:
    context = unit_context(course, lesson.id)
    yield _message(lesson.title, context, lesson.path, "title of the lesson")
    yield _message(lesson.summary, context, lesson.path, "summary of the lesson")
    for block in lesson.blocks:
        yield SourceMessage(block.text, context, lesson.path, block.line, block.kind)
    for source in lesson.sources:
        yield _message(source, context, lesson.path, "source")


def _decision_messages(course: str, decision: Decision) -> Iterator[SourceMessage]:
    context = decision_context(course, decision)
    for _key, text, comment in decision_texts(decision):
        yield _message(text, context, decision.path, comment)


def decision_texts(decision: Decision) -> Iterator[tuple[str, SourceText, str]]:
    """Yield each text of a decision: its key in the published lesson, the text, and a word for the translator."""
    yield "title", decision.title, "title of the decision"
    yield "situation", decision.situation, "situation"
    yield "question", decision.question, "question"
    for option in decision.options:
        yield f"option/{option.id}", option.text, f"option {option.id} ({option.verdict})"
        yield (
            f"option/{option.id}.feedback",
            option.feedback,
            f"what follows from option {option.id} ({option.verdict})",
        )


def _figure_messages(course: str, figure: Figure) -> Iterator[SourceMessage]:
    context = figure_context(course, figure)
    for text in figure.texts:
        yield SourceMessage(text.text, context, figure.path, text.line, text.kind)


def _quiz_messages(course: str, quiz: Quiz) -> Iterator[SourceMessage]:
    context = unit_context(course, quiz.id)
    yield _message(quiz.title, context, quiz.path, "title of the quiz")
    yield _message(quiz.intro, context, quiz.path, "introduction of the quiz")
    for question in quiz.questions:
        for _key, text, comment in question_texts(question):
            yield _message(text, context, quiz.path, comment)


def question_texts(question: Question) -> Iterator[tuple[str, SourceText, str]]:
    """Yield each text of a question: its key in the published quiz, the text, and a word for the translator."""
    own = question.id
    if isinstance(question, ChoiceQuestion) and question.situation is not None:
        yield f"{own}/situation", question.situation, f"situation of question {own}"
    yield own, question.text, f"question {own}"
    match question:
        case ChoiceQuestion():
            for option in question.options:
                verdict = "right" if option.correct else "partly right" if option.partly else "wrong"
                yield f"{own}.{option.id}", option.text, f"option {option.id} of question {own} ({verdict})"
                yield (
                    f"{own}.{option.id}.feedback",
                    option.feedback,
                    f"feedback for option {option.id} of question {own}",
                )
        case OrderQuestion():
            for item in question.items:
                yield f"{own}.{item.id}", item.text, f"item {item.id} of question {own}"
        case MatchQuestion():
            for pair in question.pairs:
                yield f"{own}.{pair.id}.left", pair.left, f"left side {pair.id} of question {own}"
                yield f"{own}.{pair.id}.match", pair.match, f"right side {pair.id} of question {own}"
        case NumericQuestion(unit=SourceText() as unit):
            yield f"{own}.unit", unit, f"unit of the number of question {own}"
    if not isinstance(question, ChoiceQuestion):
        yield f"{own}.right", question.right, f"feedback for a right answer to question {own}"
        yield f"{own}.wrong", question.wrong, f"feedback for a wrong answer to question {own}"
