"""Courses as authors wrote them: typed, validated, in English. What is above sees these, never YAML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from elearning.sources.markdown import Block
from elearning.sources.sectors import Phase
from elearning.sources.text import SourceText

Verdict = Literal["sound", "partly", "harmful"]
LessonLayout = Literal["reading", "checklist"]


@dataclass(frozen=True)
class GlossaryTerm:
    """A term and what we mean by it. `forms` are the words by which running English text names it."""

    id: str
    term: SourceText
    definition: SourceText
    forms: tuple[SourceText, ...] = ()


@dataclass(frozen=True)
class Source:
    """Where a fact comes from: what a citation in a lesson leads to."""

    id: str
    text: SourceText


@dataclass(frozen=True)
class Objective:
    """What learners of a course will be able to do. Lessons serve it, questions test it."""

    id: str
    text: SourceText


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
class DecisionOption:
    """One way to decide, and what follows from it."""

    id: str
    text: SourceText
    verdict: Verdict
    feedback: SourceText


@dataclass(frozen=True)
class Decision:
    """A short case inside a lesson: a situation, and ways to decide. Nothing of it is kept."""

    id: str
    path: str
    title: SourceText
    situation: SourceText
    question: SourceText
    options: tuple[DecisionOption, ...]


@dataclass(frozen=True)
class Lesson:
    """A text to read. `body` is Markdown; `body_line` is where it begins in its file.

    `citations` are the ids of the sources that the text cites, in the order of their numbers; `sources` are notes on
    where the rest comes from. `objectives` are ids of the course's.
    """

    id: str
    path: str
    layout: LessonLayout
    title: SourceText
    summary: SourceText
    objectives: tuple[SourceText, ...]
    sources: tuple[SourceText, ...]
    citations: tuple[str, ...]
    body: str
    body_line: int
    terms: tuple[str, ...]
    figures: tuple[Figure, ...]
    decisions: tuple[Decision, ...]
    blocks: tuple[Block, ...]
    words: int
    minutes: int


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen, and what is said of it. `partly` right is worth half, in a short case only."""

    id: str
    text: SourceText
    feedback: SourceText
    correct: bool
    partly: bool = False


@dataclass(frozen=True)
class Aim:
    """What a question tests: ids of the course's objectives; in a placement quiz, the lessons that it stands for."""

    objectives: tuple[SourceText, ...] = ()
    covers: tuple[SourceText, ...] = ()


@dataclass(frozen=True)
class ChoiceQuestion:
    """A question with options: `single` has one correct answer, `multiple` one or more.

    A short case is a single choice with a `situation` before it.
    """

    id: str
    text: SourceText
    multiple: bool
    options: tuple[Option, ...]
    situation: SourceText | None = None
    aim: Aim = Aim()


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
    aim: Aim = Aim()


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
    aim: Aim = Aim()


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
    aim: Aim = Aim()


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
    """A course: lessons and quizzes, in order.

    A prerequisite is the id of a course, or several with `|` between them, of which one is enough. A module on a
    sector of assistance names it, and by phase the other sectors that it leans on.
    """

    id: str
    path: str
    title: SourceText
    summary: SourceText
    audience: tuple[str, ...]
    level: str
    prerequisites: tuple[SourceText, ...]
    objectives: tuple[Objective, ...]
    sources: tuple[SourceText, ...]
    units: tuple[Unit, ...]
    placement: Quiz | None = None
    sector: str | None = None
    leans_on: Mapping[Phase, tuple[str, ...]] = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        """The time that the whole course takes."""
        return sum(unit.minutes for unit in self.units)

    @property
    def pages(self) -> tuple[Unit, ...]:
        """The units, and after them the placement quiz, which stands beside them."""
        return self.units if self.placement is None else (*self.units, self.placement)


@dataclass(frozen=True)
class PathStep:
    """A step of a learning path: courses of which one is to be taken, or a case; and why it is there."""

    kind: Literal["course", "case"]
    choices: tuple[SourceText, ...]
    why: SourceText


@dataclass(frozen=True)
class LearningPath:
    """Which courses and cases, in which order, for whom."""

    id: str
    title: SourceText
    summary: SourceText
    audience: tuple[str, ...]
    steps: tuple[PathStep, ...]


@dataclass(frozen=True)
class Library:
    """All courses without mistake, and the glossary."""

    courses: tuple[Course, ...]
    glossary: tuple[GlossaryTerm, ...]
    sources: tuple[Source, ...] = ()
    paths: tuple[LearningPath, ...] = ()
