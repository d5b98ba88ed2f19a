"""A course in one language, ready to be shown: rendered and sanitised once, when it is published."""

from collections.abc import Callable, Iterable
from typing import Any

from babel.numbers import format_decimal

from elearning.content import messages
from elearning.content.figures import draw
from elearning.content.models import Course, Decision, Figure, GlossaryTerm, LearningPath, Lesson, Quiz, Source, Unit
from elearning.sources.markdown import Reading, Resolved, external_link, on_one_line, read_inline, read_markdown
from elearning.sources.text import Shown, SourceText
from elearning.translations.languages import Language
from elearning.translations.source import Translate

PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


class Renderer:
    """Renders in one language. `translate` gives the current translation of a text in its context, or None."""

    def __init__(
        self, language: Language, translate: Translate, glossary: Iterable[GlossaryTerm], sources: Iterable[Source]
    ) -> None:
        self._language = language
        self._translate = translate
        self._terms = {term.id: term for term in glossary}
        self._sources = {source.id: source for source in sources}

    def unit(self, course: Course, unit: Unit) -> dict[str, Any]:
        """Return the document of a lesson or a quiz."""
        return self.quiz(course, unit) if isinstance(unit, Quiz) else self.lesson(course, unit)

    def paths(self, paths: Iterable[LearningPath]) -> dict[str, Any]:
        """Return the texts of the learning paths by id; the reasons of their steps in their order."""
        context = messages.PATHS_CONTEXT
        return {
            path.id: {
                "title": self._plain(path.title, context),
                "summary": self._plain(path.summary, context),
                "steps": [self._inline(step.why, context) for step in path.steps],
            }
            for path in paths
        }

    def glossary(self) -> dict[str, Any]:
        """Return the document of the whole glossary."""
        return {"terms": [self._term(term) for term in self._terms]}

    def outline(self, course: Course) -> dict[str, Any]:
        """Return the document of what a course is and of its table of contents."""
        context = messages.course_context(course.id)
        return {
            "title": self._plain(course.title, context),
            "summary": self._plain(course.summary, context),
            "objectives": [self._inline(objective.text, context) for objective in course.objectives],
            "sources": [self._inline(text, context) for text in course.sources],
            "placement": self._placement_title(course),
            "units": {
                unit.id: self._plain(unit.title, messages.unit_context(course.id, unit.id)) for unit in course.units
            },
        }

    def _placement_title(self, course: Course) -> list[object] | None:
        if course.placement is None:
            return None
        return self._plain(course.placement.title, messages.unit_context(course.id, course.placement.id))

    def lesson(self, course: Course, lesson: Lesson) -> dict[str, Any]:
        """Return the document of a lesson: its text, with marks where decisions stand, and the decisions.

        A draft may name terms, sources and decisions that are not there: they are left out.
        """
        context = messages.unit_context(course.id, lesson.id)
        terms = [term for term in lesson.terms if term in self._terms]
        cited = [source for source in lesson.citations if source in self._sources]
        reading = self._read(course, lesson, context, cited)
        decisions = {decision.id: self._decision(course, decision) for decision in lesson.decisions}
        shown = [text for texts in decisions.values() for text in texts["texts"].values()]
        return {
            "title": self._plain(lesson.title, context),
            "summary": self._plain(lesson.summary, context),
            "layout": lesson.layout,
            "html": reading.html,
            "decisions": decisions,
            "translated": reading.translated and all(translated for _text, translated in shown),
            "terms": [self._term(term) for term in terms],
            "cited": [[source, self._inline(self._sources[source].text, messages.SOURCES_CONTEXT)] for source in cited],
            "sources": [self._inline(text, context) for text in lesson.sources],
        }

    def _read(self, course: Course, lesson: Lesson, context: str, cited: list[str]) -> Reading:
        figures = {figure.path.rpartition("figures/")[2]: figure for figure in lesson.figures}
        decisions = {decision.id for decision in lesson.decisions}
        drawn: list[str] = []

        def draw_here(path: str, alt: str, translated: bool) -> str:
            drawn.append(path)
            figure = figures.get(path.rpartition("figures/")[2])
            return self._drawing(course, figure, f"figure_{len(drawn)}", alt, translated) if figure else ""

        return read_markdown(
            lesson.body,
            first_line=lesson.body_line,
            translate=lambda text: self._translate(context, text),
            resolve=_resolve({source: self._number(at) for at, source in enumerate(cited, 1)}),
            draw=draw_here,
            embed=lambda name: decision_mark(name) if name in decisions else "",
        )

    def _number(self, value: int) -> str:
        digits = str(format_decimal(value, locale=self._language.code, numbering_system="default"))
        return digits.translate(PERSIAN_DIGITS) if self._language.code == "fa" else digits

    def _decision(self, course: Course, decision: Decision) -> dict[str, Any]:
        context = messages.decision_context(course.id, decision)
        return {
            "options": [[option.id, option.verdict] for option in decision.options],
            "texts": {key: self._inline(text, context) for key, text, _comment in messages.decision_texts(decision)},
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


def decision_mark(name: str) -> str:
    """Return what stands in a lesson's HTML where a decision is shown: the words around its parts are the page's."""
    return f"<!--decision:{name}-->"


def _resolve(numbers: dict[str, str]) -> Callable[[str], Resolved | None]:
    """Return how links lead on from a lesson, which stands beside the others of its course; sources have numbers."""

    def resolve(target: str) -> Resolved | None:
        kind, _, name = target.partition(":")
        match kind:
            case "glossary":
                return Resolved(f"#term_{name}", "term")
            case "source":
                return Resolved(f"#source_{name}", "cite", f"[{numbers[name]}]") if name in numbers else None
            case "lesson":
                return Resolved(name)
            case "course":
                return Resolved(f"../{name}/")
            case "case":
                return Resolved(f"../../simulations/{name}")
        return external_link(target)

    return resolve
