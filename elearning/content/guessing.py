"""What somebody gains who knows nothing and always takes the longest answer, say, or the second one.

Pages show options in another order each time, but printed and exported quizzes do not: positions count as well.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from elearning.content.messages import decision_context, unit_context
from elearning.content.models import ChoiceQuestion, Course, Lesson, Quiz
from elearning.sources.markdown import on_one_line
from elearning.translations.source import Translate

FEWEST = 8  # questions, below which chance alone looks like a habit
FEWEST_MULTIPLE = 3  # questions with several right answers, below which that they are alike is chance
TOLERATED = 2.0  # standard deviations above what blind choice gives


@dataclass(frozen=True)
class Guess:
    """Options of one question: how long each is, and whether it is right."""

    lengths: tuple[int, ...]
    right: tuple[bool, ...]

    @property
    def chance(self) -> float:
        """How often blind choice is right."""
        return sum(self.right) / len(self.right)


@dataclass(frozen=True)
class Advantage:
    """A habit that is right more often than blind choice."""

    habit: str
    hits: float
    expected: float
    questions: int


Habit = Callable[[Guess], Sequence[int]]
"""The options that a habit may take; where there are several, each is as likely."""


def answers(course: Course) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """Yield what is chosen among, questions with one right answer and decisions: the context of its messages, and each
    answer with whether it is right.
    """
    for unit in course.pages:
        if isinstance(unit, Quiz):
            for question in unit.questions:
                if isinstance(question, ChoiceQuestion) and not question.multiple:
                    context = unit_context(course.id, unit.id)
                    yield context, [(on_one_line(option.text.text), option.correct) for option in question.options]
        elif isinstance(unit, Lesson):
            for decision in unit.decisions:
                found = [(on_one_line(option.text.text), option.verdict == "sound") for option in decision.options]
                yield decision_context(course.id, decision), found


def course_guesses(course: Course, translate: Translate = lambda _context, text: text) -> list[Guess]:
    """Return what can be guessed in a course; `translate` gives the texts of another language, longer or shorter."""
    return [
        Guess(tuple(len(translate(context, text) or text) for text, _ in found), tuple(right for _, right in found))
        for context, found in answers(course)
    ]


def advantages(guesses: Sequence[Guess]) -> list[Advantage]:
    """Return the habits that gain more than chance explains."""
    usable = [guess for guess in guesses if guess.right]
    found = []
    for name, habit in _HABITS.items():
        open_to = [(guess, picks) for guess in usable if (picks := habit(guess))]
        hits = sum(sum(guess.right[pick] for pick in picks) / len(picks) for guess, picks in open_to)
        expected = sum(guess.chance for guess, _ in open_to)
        spread = sqrt(sum(guess.chance * (1 - guess.chance) for guess, _ in open_to))
        if len(open_to) >= FEWEST and hits - expected > TOLERATED * spread:
            found.append(Advantage(name, hits, expected, len(open_to)))
    return found


def always_as_many(course: Course) -> tuple[int, int] | None:
    """Return how many of how many options are right, where that is so in all questions with several right answers."""
    quizzes = [unit for unit in course.pages if isinstance(unit, Quiz)]
    asked = [question for quiz in quizzes for question in quiz.questions if isinstance(question, ChoiceQuestion)]
    marks = [[option.correct for option in question.options] for question in asked if question.multiple]
    found = [(sum(correct), len(correct)) for correct in marks]
    return found[0] if len(found) >= FEWEST_MULTIPLE and len(set(found)) == 1 else None


def _extreme(choose: Callable[[Iterable[int]], int]) -> Habit:
    return lambda guess: [at for at, length in enumerate(guess.lengths) if length == choose(guess.lengths)]


def _at(place: int) -> Habit:
    return lambda guess: [place] if place < len(guess.right) else []


_HABITS: dict[str, Habit] = {
    "the longest option": _extreme(max),
    "the shortest option": _extreme(min),
    "the first option": _at(0),
    "the second option": _at(1),
    "the third option": _at(2),
    "the fourth option": _at(3),
    "the last option": lambda guess: [len(guess.right) - 1],
}
