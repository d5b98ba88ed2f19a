"""Readers of the docs rely on: the map of the curriculum is that of the courses that are shipped."""

from elearning.content.curriculum import curriculum_map
from elearning.content.load import load_library
from elearning.core.settings import PROJECT


def test_the_map_in_the_docs_is_true() -> None:
    _, _, found = (
        (PROJECT / "docs" / "curriculum.md").read_text(encoding="utf-8").partition("a test holds it true.\n\n")
    )
    assert found.rstrip() == curriculum_map(load_library(PROJECT).library).rstrip()


def test_the_map_names_every_part_of_every_course() -> None:
    library = load_library(PROJECT).library
    found = curriculum_map(library)
    for course in library.courses:
        assert f"`{course.id}`" in found
        assert [unit.title.text for unit in course.units if f"| {unit.title.text} |" not in found] == []
