"""Authors rely on: a name that cannot be shown or addressed is told with its place, and never breaks a page."""

import shutil
from pathlib import Path

import pytest

from elearning.content.load import load_library
from elearning.sources.words import ID_RULE
from tests.content.projects import DECISION, LESSON, write_project

EMBEDDED = "[Two trucks](decision:trucks)"


def messages(project: Path) -> list[str]:
    return [str(problem) for problem in load_library(project).errors]


@pytest.mark.parametrize("name", ["Two_Trucks", "more/trucks", "../decisions/trucks", "trucks-", "", "a" * 81])
def test_a_decision_has_a_name_as_all_that_authors_name(tmp_path: Path, name: str) -> None:
    project = write_project(tmp_path, **{"01_first": LESSON.replace("decision:trucks", f"decision:{name}")})
    file = project / "courses/short/decisions" / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(DECISION, encoding="utf-8")
    assert messages(project) == [f"courses/short/01-first.md:17: found the decision {name!r}, expected {ID_RULE}"]


@pytest.mark.parametrize(
    ("around", "line"),
    [("{} and a text beside it", 17), ("- one\n- {}", 18), ("| a | b |\n|---|---|\n| {} | c |", 19), ("## {}", 17)],
)
def test_a_decision_among_other_words_is_told_where_it_may_stand(tmp_path: Path, around: str, line: int) -> None:
    project = write_project(tmp_path, **{"01_first": LESSON.replace(EMBEDDED, around.format(EMBEDDED))})
    expected = "found a link to 'decision:trucks', expected a decision alone in its paragraph"
    assert messages(project) == [f"courses/short/01-first.md:{line}: {expected}"]


@pytest.mark.parametrize("name", ["enrol", "done", "placement", "outline", "coverage", "course"])
def test_a_unit_never_takes_the_name_of_something_else_of_its_course(tmp_path: Path, name: str) -> None:
    project = write_project(tmp_path)
    (project / f"courses/short/03-{name}.md").write_text(LESSON, encoding="utf-8")
    expected = f"found the name {name!r}, which something else of each course has, expected another"
    assert messages(project) == [f"courses/short/03-{name}.md:1: {expected}"]


@pytest.mark.parametrize("length", [80, 81])
def test_a_name_is_as_long_as_records_can_hold_and_no_longer(tmp_path: Path, length: int) -> None:
    project = write_project(tmp_path)
    (project / f"courses/short/03-{'a' * length}.md").write_text(LESSON, encoding="utf-8")
    course = project / "courses" / ("b" * length)
    shutil.copytree(project / "courses/short", course)
    assert bool(messages(project)) is (length > 80)
