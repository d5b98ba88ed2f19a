"""Authors rely on: a placement quiz that would spare nothing, or decide a course, is a mistake with its place."""

from pathlib import Path

from elearning.content.load import load_library
from tests.content.projects import PLACEMENT, write_project


def messages(tmp_path: Path, placement: str) -> list[str]:
    return [str(problem) for problem in load_library(write_project(tmp_path, placement=placement)).errors]


def test_each_question_says_which_lessons_it_spares(tmp_path: Path) -> None:
    assert messages(tmp_path, PLACEMENT.replace("    covers: [first]\n", "", 1)) == [
        "courses/short/placement.yaml:7: found no 'covers' of the question 'known',"
        " expected names of lessons that it spares"
    ]


def test_a_lesson_that_has_gone_is_not_covered(tmp_path: Path) -> None:
    assert messages(tmp_path, PLACEMENT.replace("covers: [first]", "covers: [gone]", 1)) == [
        "courses/short/placement.yaml:7: found 'gone' in 'covers', expected the name of a lesson of this course"
    ]


def test_a_placement_quiz_is_no_final_assessment(tmp_path: Path) -> None:
    assert messages(tmp_path, f"final: true\n{PLACEMENT}") == [
        "courses/short/placement.yaml:1: found a final placement quiz,"
        " expected the final assessment among the parts of the course"
    ]


def test_nobody_passes_a_placement_quiz(tmp_path: Path) -> None:
    assert messages(tmp_path, f"pass_percent: 80\n{PLACEMENT}") == [
        "courses/short/placement.yaml:1: found 'pass_percent' of a placement quiz,"
        " expected none: it spares lessons, and nobody passes it"
    ]
