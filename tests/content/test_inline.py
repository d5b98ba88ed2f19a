"""Authors rely on: a link in a definition, a question or a decision is followed, or told; it never vanishes."""

from pathlib import Path

import pytest

from elearning.content.load import load_draft, load_library
from tests.content.projects import COURSE, DECISION, GLOSSARY, LESSON, PLACEMENT, QUIZ, SOURCES, write_project

PATHS = "paths: [{id: new, title: New, summary: All., audience: [staff], steps: [{course: short, why: Why not}]}]\n"
PLACES = [  # name of the file in tests, its text, what the link takes the place of, where it then is
    ("glossary", GLOSSARY, "A part of a crisis, *before*, during or after.", "courses/glossary.yaml:4"),
    ("sources", SOURCES, "The review.", "courses/sources.yaml:2"),
    ("paths", PATHS, "Why not", "courses/paths.yaml:1"),
    ("course", COURSE, "Name the phases", "courses/short/course.yaml:5"),
    ("trucks", DECISION, "It takes an hour.", "courses/short/decisions/trucks.yaml:5"),
    ("placement", PLACEMENT, "What comes first?", "courses/short/placement.yaml:8"),
    ("02_check", QUIZ, "Two minutes.", "courses/short/02-check.yaml:2"),
    ("01_first", LESSON.replace("summary:", "sources: [A page]\nsummary:"), "A page", "courses/short/01-first.md:3"),
]


@pytest.mark.parametrize(("file", "text", "place", "where"), PLACES, ids=[place[0] for place in PLACES])
@pytest.mark.parametrize("target", ["source:review", "glossary:phase", "lesson:check", "javascript:x"])
def test_a_link_that_no_page_can_follow_is_told(
    tmp_path: Path, file: str, text: str, place: str, where: str, target: str
) -> None:
    (tmp_path / "courses").mkdir()
    (tmp_path / "courses/paths.yaml").write_text(PATHS, encoding="utf-8")
    changed = text.replace(place, f"'A word [](https://iom.int) and [it]({target}).'")
    project = write_project(tmp_path, **({} if file == "paths" else {file: changed}))
    if file == "paths":
        (tmp_path / "courses/paths.yaml").write_text(changed, encoding="utf-8")
    expected = f"{where}: found a link to {target!r}, expected https: or mailto: in a text outside a lesson"
    assert expected in map(str, load_library(project).errors)
    draft = load_draft(project, "short")
    assert file == "paths" or (draft is not None and expected in map(str, draft.problems))


@pytest.mark.parametrize(("file", "text", "place", "_where"), PLACES, ids=[place[0] for place in PLACES])
def test_a_link_to_another_site_is_none(tmp_path: Path, file: str, text: str, place: str, _where: str) -> None:
    changed = text.replace(place, "'A word and [a page](https://example.org/a_b?c=d#e), [x](mailto:a@example.org).'")
    project = write_project(tmp_path, **({} if file == "paths" else {file: changed}))
    (tmp_path / "courses/paths.yaml").write_text(changed if file == "paths" else PATHS, encoding="utf-8")
    assert load_library(project).errors == ()
