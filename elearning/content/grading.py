"""What answers are worth: pure rules, the same for a page, an exported package and a test.

Answers are what a form sends: `single` and `case` an option's id, `multiple` a list of them, `order` the place given to
each item ("1" is the first), `match` the pair chosen for each left side, `numeric` what was typed. Anything else is no
answer.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from elearning.content.models import (
    ChoiceQuestion,
    MatchQuestion,
    NumericQuestion,
    Option,
    OrderQuestion,
    Question,
    Quiz,
)
from elearning.content.numbers import read_number

T = TypeVar("T")


@dataclass(frozen=True)
class QuestionGrade:
    """What one answer is worth, 0 to 1."""

    id: str
    points: Fraction

    @property
    def right(self) -> bool:
        """Tell whether nothing is wrong or missing."""
        return self.points == 1


@dataclass(frozen=True)
class Grade:
    """What all answers are worth. `percent` is rounded down, so that nobody sees the pass mark and has not passed."""

    questions: tuple[QuestionGrade, ...]
    percent: int
    passed: bool


def grade(quiz: Quiz, answers: Mapping[str, Any], decimal_symbol: str = ".") -> Grade:
    """Grade the answers to a quiz; a question that was left out is worth nothing. Every question weighs the same.

    `decimal_symbol` is the one of the language in which numbers were typed.
    """
    grades = tuple(grade_question(question, answers.get(question.id), decimal_symbol) for question in quiz.questions)
    share = sum((found.points for found in grades), Fraction(0)) / max(len(grades), 1)
    return Grade(grades, int(share * 100), share * 100 >= quiz.pass_percent)


def grade_question(question: Question, answer: Any, decimal_symbol: str = ".") -> QuestionGrade:
    """Grade one answer."""
    match question:
        case ChoiceQuestion(multiple=True):
            points = _multiple(question, answer)
        case ChoiceQuestion():
            points = max((_worth(option) for option in question.options if option.id == answer), default=Fraction(0))
        case OrderQuestion():
            points = _share([_place(answer, item.id) == str(place) for place, item in enumerate(question.items, 1)])
        case MatchQuestion():
            points = _share([_place(answer, pair.id) == pair.id for pair in question.pairs])
        case NumericQuestion():
            number = read_number(answer, decimal_symbol) if isinstance(answer, str) else None
            points = Fraction(number is not None and _is_near(number, question.answer, question.tolerance))
    return QuestionGrade(question.id, points)


def _worth(option: Option) -> Fraction:
    return Fraction(1) if option.correct else Fraction(option.partly, 2)


def _multiple(question: ChoiceQuestion, answer: Any) -> Fraction:
    """The share of the correct options that were chosen, less that of the wrong ones: ticking all is worth nothing."""
    chosen = set(answer) if isinstance(answer, list) and all(isinstance(mark, str) for mark in answer) else set()
    correct = {option.id for option in question.options if option.correct}
    wrong = {option.id for option in question.options} - correct
    lost = Fraction(len(chosen & wrong), max(len(wrong), 1))
    return max(Fraction(len(chosen & correct), len(correct)) - lost, Fraction(0))


def _place(answer: Any, item: str) -> object:
    return answer.get(item) if isinstance(answer, Mapping) else None


def _share(right: Sequence[bool]) -> Fraction:
    return Fraction(sum(right), len(right))


def _is_near(number: Decimal, answer: Decimal, tolerance: Decimal) -> bool:
    """Compare; nothing is near to what is no number, which versions in the store from earlier days may ask for."""
    return answer.is_finite() and tolerance.is_finite() and abs(number - answer) <= tolerance


def shuffled(items: Sequence[T], seed: str) -> list[T]:
    """Return the items in an order that depends on the seed alone: the same form keeps its order in every language."""

    def position(index: int) -> bytes:
        return hashlib.sha256(f"{seed}/{index}".encode()).digest()

    mixed = [items[index] for index in sorted(range(len(items)), key=position)]
    return mixed if mixed != list(items) or len(items) < 2 else [*mixed[1:], mixed[0]]
