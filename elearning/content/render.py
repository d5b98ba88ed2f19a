"""A course in one language, ready to be shown: rendered and sanitised once, when it is published."""

from collections.abc import Iterable
from typing import Any

from elearning.content import messages
from elearning.content.figures import draw
from elearning.content.models import Course, Figure, GlossaryTerm, Lesson, Quiz
from elearning.sources.markdown import external_link, on_one_line, read_inline, read_markdown
from elearning.sources.text import Shown, SourceText
from elearning.translations.languages import Language
from elearning.translations.source import Translate


class Renderer:
    """Renders in one language. `translate` gives the current translation of a text in its context, or None."""

    def __init__(self, language: Language, translate: Translate, glossary: Iterable[GlossaryTerm]) -> None:
        self._language = language
        self._translate = translate
        self._terms = {term.id: term for term in glossary}

    def course(self, course: Course) -> dict[str, Any]:
        """Return the documents of a course by name: `outline`, and one for each unit."""
        documents: dict[str, Any] = {"outline": self._outline(course)}
        for unit in course.units:
            documents[unit.id] = (
                self.quiz(course, unit) if isinstance(unit, Quiz) else self.lesson(course, unit, unit.terms)
            )
        return documents

    def glossary(self) -> dict[str, Any]:
        """Return the document of the whole glossary."""
        return {"terms": [self._term(term) for term in self._terms]}

    def _outline(self, course: Course) -> dict[str, Any]:
        context = messages.course_context(course.id)
        return {
            "title": self._plain(course.title, context),
            "summary": self._plain(course.summary, context),
            "objectives": [self._inline(text, context) for text in course.objectives],
            "sources": [self._inline(text, context) for text in course.sources],
            "units": {
                unit.id: self._plain(unit.title, messages.unit_context(course.id, unit.id)) for unit in course.units
            },
        }

    def lesson(self, course: Course, lesson: Lesson, terms: tuple[str, ...]) -> dict[str, Any]:
        """Return the document of a lesson, with these terms defined in it."""
        context = messages.unit_context(course.id, lesson.id)
        figures = {figure.path.rpartition("figures/")[2]: figure for figure in lesson.figures}
        drawn: list[str] = []

        def draw_here(path: str, alt: str, translated: bool) -> str:
            drawn.append(path)
            figure = figures.get(path.rpartition("figures/")[2])
            return self._drawing(course, figure, f"f{len(drawn)}", alt, translated) if figure else ""

        reading = read_markdown(
            lesson.body,
            first_line=lesson.body_line,
            translate=lambda text: self._translate(context, text),
            resolve=_resolve,
            draw=draw_here,
        )
        return {
            "title": self._plain(lesson.title, context),
            "summary": self._plain(lesson.summary, context),
            "html": reading.html,
            "translated": reading.translated,
            "terms": [self._term(term) for term in terms],
            "sources": [self._inline(text, context) for text in lesson.sources],
        }

    def _drawing(self, course: Course, figure: Figure, prefix: str, alt: str, translated: bool) -> str:
        """Draw a figure under the alternative text that the lesson gives it."""
        context = messages.figure_context(course.id, figure)

        def find(text: str) -> tuple[str, bool]:
            found = self._translate(context, text)
            return (text, False) if found is None else (found, True)

        return draw(figure, prefix, self._language.direction, find, name=(alt, translated))

    def quiz(self, course: Course, quiz: Quiz) -> dict[str, Any]:
        """Return the document of a quiz."""
        context = messages.unit_context(course.id, quiz.id)
        return {
            "title": self._plain(quiz.title, context),
            "intro": self._inline(quiz.intro, context),
            "texts": {
                key: self._inline(text, context)
                for question in quiz.questions
                for key, text, _comment in messages.question_texts(question)
            },
        }

    def _term(self, term_id: str) -> list[Any]:
        term = self._terms[term_id]
        context = messages.GLOSSARY_CONTEXT
        return [term_id, self._plain(term.term, context), self._inline(term.definition, context)]

    def _plain(self, text: SourceText, context: str) -> list[object]:
        source = on_one_line(text.text)
        found = self._translate(context, source)
        return Shown(source if found is None else found, found is not None).to_json()

    def _inline(self, text: SourceText, context: str) -> list[object]:
        reading = read_inline(text.text, lambda source: self._translate(context, source))
        return Shown(reading.html, reading.translated).to_json()


def _resolve(target: str) -> tuple[str, str] | None:
    kind, _, name = target.partition(":")
    if kind == "glossary":
        return f"#term-{name}", "term"
    if kind == "lesson":
        return name, ""  # lessons of a course are siblings in its addresses
    return external_link(target)
