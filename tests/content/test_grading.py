"""Learners rely on: the same answers are worth the same, in any language, and guessing everything is worth nothing."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.grading import grade, grade_question, shuffled
from elearning.content.load import load_library
from elearning.content.models import ChoiceQuestion, NumericQuestion, Quiz
from elearning.content.structure import plain, read_quiz
from elearning.core.settings import PROJECT
from elearning.sources.text import SourceText
from tests.content.projects import write_project

RIGHT: dict[str, Any] = {
    "one": "a",
    "many": ["a", "b"],
    "row": {"x": "1", "y": "2", "z": "3"},
    "pairs": {"x": "x", "y": "y"},
    "number": "271",
}


@pytest.fixture(scope="module")
def quiz(tmp_path_factory: pytest.TempPathFactory) -> Quiz:
    course = load_library(write_project(tmp_path_factory.mktemp("project"))).library.courses[0]
    found = course.units[1]
    assert isinstance(found, Quiz)
    return found


def test_all_right_is_a_hundred_and_nothing_is_zero(quiz: Quiz) -> None:
    assert grade(quiz, RIGHT).percent == 100
    assert grade(quiz, {}).percent == 0
    assert not grade(quiz, {}).passed


@pytest.mark.parametrize(
    ("question", "answer", "percent"),
    [
        ("one", "b", 0),
        ("one", ["a"], 0),
        ("many", ["a"], 50),
        ("many", ["a", "b", "c"], 0),
        ("many", ["a", "c"], 0),
        ("many", ["a", "a", "b", "nonsense"], 100),
        ("row", {"x": "1", "y": "3", "z": "2"}, 33),
        ("row", "nonsense", 0),
        ("pairs", {"x": "x", "y": "x"}, 50),
        ("number", "271.5", 100),
        ("number", "272", 0),
        ("number", "٢٧١", 100),
        ("number", "۲۷۱", 100),
    ],
)
def test_what_an_answer_is_worth(quiz: Quiz, question: str, answer: Any, percent: int) -> None:
    found = next(entry for entry in grade(quiz, {question: answer}).questions if entry.id == question)
    assert int(found.points * 100) == percent


@pytest.mark.parametrize(("answer", "percent"), [("c", 100), ("b", 50), ("a", 0), ("none", 0), (["c"], 0), (None, 0)])
def test_a_short_case_has_answers_that_are_partly_right(tmp_path: Path, answer: Any, percent: int) -> None:
    placement = load_library(write_project(tmp_path)).library.courses[0].placement
    assert placement is not None
    assert grade_question(placement.questions[1], answer).points * 100 == percent
    assert plain(read_quiz(plain(placement))) == plain(placement)


def test_ticking_everything_and_nothing_is_worth_the_same_in_every_course() -> None:
    questions = [
        question
        for course in load_library(PROJECT).library.courses
        for unit in course.pages
        if isinstance(unit, Quiz)
        for question in unit.questions
        if isinstance(question, ChoiceQuestion) and question.multiple
    ]
    assert questions
    for question in questions:
        assert grade_question(question, [option.id for option in question.options]).points == 0
        assert grade_question(question, [option.id for option in question.options if option.correct]).right


def test_a_percentage_is_never_shown_as_reaching_a_mark_it_does_not_reach(quiz: Quiz) -> None:
    found = grade(
        quiz, RIGHT | {"one": "b", "many": ["a"], "row": {"x": "1", "y": "3", "z": "2"}, "number": "271", "case": "b"}
    )
    assert (found.percent, found.passed) == (56, False)


@pytest.mark.parametrize(("answer", "tolerance"), [("NaN", "0"), ("Infinity", "0"), ("1", "NaN")])
def test_nothing_is_right_where_an_earlier_version_asks_for_no_number(answer: str, tolerance: str) -> None:
    text = SourceText("", 0)
    question = NumericQuestion("n", text, Decimal(answer), Decimal(tolerance), None, text, text)
    assert grade_question(question, "1").points == 0


@given(
    st.dictionaries(
        st.sampled_from([*RIGHT, "unknown"]),
        st.recursive(
            st.none() | st.text() | st.integers(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=5,
        ),
    )
)
def test_any_answer_gets_a_grade_within_bounds(quiz: Quiz, answers: dict[str, Any]) -> None:
    assert 0 <= grade(quiz, answers).percent <= 100


def test_a_quiz_read_back_from_the_store_is_the_same(quiz: Quiz) -> None:
    assert plain(read_quiz(plain(quiz))) == plain(quiz)


@given(st.lists(st.integers(), unique=True, min_size=2), st.text())
def test_a_shuffle_keeps_everything_depends_on_the_seed_and_never_gives_the_answer_away(
    items: list[int], seed: str
) -> None:
    assert sorted(shuffled(items, seed)) == sorted(items)
    assert shuffled(items, seed) == shuffled(items, seed)
    assert shuffled(items, seed) != items
