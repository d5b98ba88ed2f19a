"""Learners rely on: a placement quiz spares what was answered all right, and never the final assessment."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.grading import Grade, QuestionGrade
from elearning.content.models import Aim, ChoiceQuestion, Quiz
from elearning.content.placement import known_units
from elearning.sources.text import SourceText

UNITS = [
    ("why", "lesson", False),
    ("check-why", "quiz", False),
    ("who", "lesson", False),
    ("when", "lesson", False),
    ("check-who-when", "quiz", False),
    ("final", "quiz", True),
]
COVERED = {"a": "why", "b": "why", "c": "who", "d": "when"}


def placement() -> Quiz:
    text = SourceText("", 0)
    questions = tuple(
        ChoiceQuestion(own_id, text, False, (), aim=Aim(covers=(SourceText(lesson, 0),)))
        for own_id, lesson in COVERED.items()
    )
    return Quiz("placement", "", text, text, 70, 1, False, questions, 3)


def graded(right: set[str], half: set[str] = frozenset()) -> Grade:  # type: ignore[assignment]
    points = {own_id: Fraction(own_id in right) + Fraction(own_id in half, 2) for own_id in COVERED}
    return Grade(tuple(QuestionGrade(own_id, worth) for own_id, worth in points.items()), 0, False)


@pytest.mark.parametrize(
    ("right", "known"),
    [
        (set(), set()),
        ({"a"}, set()),
        ({"a", "b"}, {"why", "check-why"}),
        ({"c"}, {"who"}),
        ({"c", "d"}, {"who", "when", "check-who-when"}),
        ({"a", "b", "c", "d"}, {"why", "check-why", "who", "when", "check-who-when"}),
    ],
)
def test_a_lesson_and_its_check_are_spared_by_right_answers_alone(right: set[str], known: set[str]) -> None:
    assert known_units(UNITS, placement(), graded(right)) == known


def test_a_half_right_answer_spares_nothing() -> None:
    assert known_units(UNITS, placement(), graded({"a"}, {"b"})) == set()


@given(st.sets(st.sampled_from(sorted(COVERED))), st.sets(st.sampled_from(sorted(COVERED))))
def test_more_right_answers_never_spare_less_and_nothing_spares_the_final(some: set[str], more: set[str]) -> None:
    fewer, all_of_them = (known_units(UNITS, placement(), graded(right)) for right in (some, some | more))
    assert fewer <= all_of_them
    assert "final" not in all_of_them
