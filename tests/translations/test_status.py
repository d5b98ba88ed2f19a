"""Figures: what counts as translated, stale and reviewed."""

from pathlib import Path

from elearning.translations.catalogue import read_catalogue
from elearning.translations.languages import SOURCE_LANGUAGE
from elearning.translations.review import review
from elearning.translations.status import Status, figures_for, status
from tests.translations.projects import FRENCH, FRENCH_COURSES, translate, unit, update_french


def test_figures_of_some_units(tmp_path: Path) -> None:
    messages = unit("c/a", "One", "Two", "Three") + unit("c/b", "Four")
    update_french(tmp_path, messages)
    translate(tmp_path, only=["One", "Two"])
    review(tmp_path, FRENCH)
    update_french(tmp_path, unit("c/a", "One", "Two or so", "Three") + unit("c/b", "Four"))
    assert figures_for(tmp_path, FRENCH, "courses") == Status("courses", "fr", 4, 1, 1, 1)
    assert figures_for(tmp_path, FRENCH, "courses", ["c/a"]) == Status("courses", "fr", 3, 1, 1, 1)
    assert figures_for(tmp_path, FRENCH, "courses", ["c/b"]) == Status("courses", "fr", 1, 0, 0, 0)
    assert figures_for(tmp_path, SOURCE_LANGUAGE, "courses", ["c/a"]) == Status("courses", "en", 3, 3, 0, 3)


def test_a_returned_text_is_reviewed_again(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One"))
    translate(tmp_path)
    review(tmp_path, FRENCH)
    update_french(tmp_path, unit("c/a", "Uno"))
    assert figures_for(tmp_path, FRENCH, "courses").reviewed == 0
    update_french(tmp_path, unit("c/a", "One"))
    assert figures_for(tmp_path, FRENCH, "courses").reviewed == 1


def test_a_catalogue_that_is_not_up_to_date_does_not_look_complete(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One"))
    translate(tmp_path)
    held = (tmp_path / FRENCH_COURSES).read_bytes()
    update_french(tmp_path, unit("c/a", "One", "Two"))
    (tmp_path / FRENCH_COURSES).write_bytes(held)
    assert figures_for(tmp_path, FRENCH, "courses") == Status("courses", "fr", 2, 1, 0, 0)


def test_a_broken_catalogue_has_no_row_and_a_problem(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One"))
    (tmp_path / FRENCH_COURSES).write_text("junk", "utf-8")
    rows, problems = status(tmp_path, [FRENCH])
    assert [row.domain for row in rows] == ["messages", "simulations"]
    assert [(problem.path, problem.line) for problem in problems] == [(FRENCH_COURSES, 1)]
    assert read_catalogue(tmp_path, "translations/fr/LC_MESSAGES/messages.po") is None
