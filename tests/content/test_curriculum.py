"""Readers of the docs rely on: the map of the curriculum is that of the courses that are shipped."""

from pathlib import Path

from elearning.content.curriculum import curriculum_map
from elearning.content.load import load_library
from elearning.core.settings import PROJECT
from tests.course_map import DOCUMENT, main


def test_a_map_that_is_no_longer_true_is_found_and_written_anew(tmp_path: Path) -> None:
    true = DOCUMENT.read_text(encoding="utf-8")
    stale = tmp_path / "curriculum.md"
    stale.write_text(true.replace(" minutes, ", " hours, "), encoding="utf-8")
    assert main([], stale) == 1
    assert main(["--write"], stale) == 0
    assert stale.read_text(encoding="utf-8") == true


def test_the_map_names_every_part_of_every_course() -> None:
    library = load_library(PROJECT).library
    found = curriculum_map(library)
    for course in library.courses:
        assert f"`{course.id}`" in found
        assert [unit.title.text for unit in course.units if f"| {unit.title.text} |" not in found] == []
