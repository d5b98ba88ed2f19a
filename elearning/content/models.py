"""Courses as authors wrote them: typed, validated, in English. What is above sees these, never YAML."""

from dataclasses import dataclass
from decimal import Decimal

from elearning.sources.text import SourceText


@dataclass(frozen=True)
class GlossaryTerm:
    """A term and what we mean by it."""

    id: str
    term: SourceText
    definition: SourceText


@dataclass(frozen=True)
class FigureText:
    """A text inside a drawing: a title, a description, a label."""

    text: str
    line: int
    kind: str


@dataclass(frozen=True)
class Figure:
    """A drawing that was found safe: its SVG source, and the texts in it."""

    path: str
    source: str
    texts: tuple[FigureText, ...]


@dataclass(frozen=True)
class Lesson:
    """A text to read. `body` is Markdown; `body_line` is where it begins in its file."""

    id: str
    path: str
    title: SourceText
    summary: SourceText
    sources: tuple[SourceText, ...]
    body: str
    body_line: int
    terms: tuple[str, ...]
    figures: tuple[Figure, ...]
    minutes: int


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen, and what is said of it."""

    id: str
    text: SourceText
    feedback: SourceText
    correct: bool


@dataclass(frozen=True)
class ChoiceQuestion:
    """A question with options: `single` has one correct answer, `multiple` one or more."""

    id: str
    text: SourceText
    multiple: bool
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Item:
    """Something to be put in its place."""

    id: str
    text: SourceText


@dataclass(frozen=True)
class OrderQuestion:
    """Items to be put in order; they stand here in the right one."""

    id: str
    text: SourceText
    items: tuple[Item, ...]
    right: SourceText
    wrong: SourceText


@dataclass(frozen=True)
class Pair:
    """Two things that belong together."""

    id: str
    left: SourceText
    match: SourceText


@dataclass(frozen=True)
class MatchQuestion:
    """Pairs to be found again."""

    id: str
    text: SourceText
    pairs: tuple[Pair, ...]
    right: SourceText
    wrong: SourceText


@dataclass(frozen=True)
class NumericQuestion:
    """A number to be given, right within the tolerance."""

    id: str
    text: SourceText
    answer: Decimal
    tolerance: Decimal
    unit: SourceText | None
    right: SourceText
    wrong: SourceText


Question = ChoiceQuestion | OrderQuestion | MatchQuestion | NumericQuestion


@dataclass(frozen=True)
class Quiz:
    """Questions with a pass mark. `attempts` is how many a day; 0 is without limit."""

    id: str
    path: str
    title: SourceText
    intro: SourceText
    pass_percent: int
    attempts: int
    final: bool
    questions: tuple[Question, ...]
    minutes: int


Unit = Lesson | Quiz


@dataclass(frozen=True)
class Course:
    """A course: lessons and quizzes, in order."""

    id: str
    path: str
    title: SourceText
    summary: SourceText
    audience: tuple[str, ...]
    level: str
    prerequisites: tuple[SourceText, ...]
    objectives: tuple[SourceText, ...]
    sources: tuple[SourceText, ...]
    units: tuple[Unit, ...]

    @property
    def minutes(self) -> int:
        """The time that the whole course takes."""
        return sum(unit.minutes for unit in self.units)


@dataclass(frozen=True)
class Library:
    """All courses without mistake, and the glossary."""

    courses: tuple[Course, ...]
    glossary: tuple[GlossaryTerm, ...]
