"""Authors rely on: every mistake of every file, at once, each with its file and line."""

from pathlib import Path

import pytest

from elearning.content.load import load_library
from tests.content.projects import COURSE, FIGURE, GLOSSARY, LESSON, QUIZ, write_project


def found(project: Path) -> list[tuple[str, int, str]]:
    return [(problem.path, problem.line, problem.rule) for problem in load_library(project).problems]


def test_a_course_without_mistake_is_read_whole(tmp_path: Path) -> None:
    result = load_library(write_project(tmp_path))
    assert result.problems == ()
    (course,) = result.library.courses
    assert [unit.id for unit in course.units] == ["first", "check"]
    assert course.audience == ("staff", "partner")
    assert course.minutes >= 2


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("course", COURSE.replace("level: introductory", "level: hard"), ("courses/short/course.yaml", 4, "value")),
        ("course", COURSE + "titel: x\n", ("courses/short/course.yaml", 6, "unknown-key")),
        ("course", COURSE + "prerequisites: [nowhere]\n", ("courses/short/course.yaml", 1, "prerequisite")),
        ("course", COURSE + "prerequisites: [short]\n", ("courses/short/course.yaml", 1, "prerequisite-cycle")),
        ("course", "title: [", ("courses/short/course.yaml", 2, "yaml")),
        ("01_first", LESSON.replace("---\ntitle", "title"), ("courses/short/01-first.md", 1, "front-matter")),
        ("01_first", LESSON.replace("summary: In short.\n", ""), ("courses/short/01-first.md", 2, "missing")),
        ("01_first", LESSON.replace("glossary:phase", "glossary:none"), ("courses/short/01-first.md", 5, "link")),
        ("01_first", LESSON.replace("lesson:check", "javascript:x"), ("courses/short/01-first.md", 5, "link")),
        ("01_first", LESSON.replace("## Heading", "#### Heading"), ("courses/short/01-first.md", 7, "heading")),
        ("01_first", LESSON.replace("- one", "- <b>one</b>"), ("courses/short/01-first.md", 11, "raw-html")),
        ("01_first", LESSON.replace("row.svg", "no.svg"), ("courses/short/01-first.md", 9, "figure")),
        ("01_first", LESSON.replace("figures/row.svg", "../../secret.svg"), ("courses/short/01-first.md", 9, "figure")),
        ("01_first", LESSON.replace("Three phases in a row", ""), ("courses/short/01-first.md", 9, "alt")),
        ("02_check", QUIZ.replace("type: single", "type: guess"), ("courses/short/02-check.yaml", 6, "question-type")),
        ("02_check", QUIZ.replace("pass_percent: 60", "pass_percent: 160"), ("courses/short/02-check.yaml", 3, "range")),
        ("02_check", QUIZ.replace("id: many", "id: one"), ("courses/short/02-check.yaml", 11, "duplicate-id")),
        ("02_check", QUIZ.replace("That, feedback", "That, correct: true, feedback"), ("courses/short/02-check.yaml", 5, "correct")),
        ("02_check", QUIZ.replace("answer: 271", "answer: many"), ("courses/short/02-check.yaml", 31, "number")),
        ("row", FIGURE.replace("<rect", "<script/><rect"), ("courses/short/figures/row.svg", 3, "svg-element")),
        ("row", FIGURE.replace("<g id", '<g onclick="x()" id'), ("courses/short/figures/row.svg", 3, "svg-attribute")),
        ("row", FIGURE.replace('fill="#0e4d57"', 'fill="url(http://x)"'), ("courses/short/figures/row.svg", 3, "svg-address")),
        ("row", FIGURE.replace("  <desc>Two boxes</desc>\n", ""), ("courses/short/figures/row.svg", 1, "svg-desc")),
        ("row", "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + FIGURE, ("courses/short/figures/row.svg", 1, "svg-doctype")),
        ("glossary", GLOSSARY.replace("id: phase", "id: Phase!"), ("courses/glossary.yaml", 2, "id")),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_its_place(
    tmp_path: Path, file: str, text: str, expected: tuple[str, int, str]
) -> None:
    project = write_project(tmp_path, **{file: text})
    assert expected in found(project)
    assert (
        load_library(project).library.courses == () or expected[0] == "courses/glossary.yaml" or "prereq" in expected[2]
    )


def test_mistakes_of_all_files_are_found_at_once(tmp_path: Path) -> None:
    project = write_project(tmp_path, course=COURSE + "titel: x\n", **{"02_check": QUIZ.replace("single", "guess")})
    assert {path for path, _, _ in found(project)} == {"courses/short/course.yaml", "courses/short/02-check.yaml"}


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(LESSON, encoding="utf-8")
    project = write_project(tmp_path / "project")
    (project / "courses/short/03-link.md").symlink_to(secret)
    assert [unit.id for unit in load_library(project).library.courses[0].units] == ["first", "check"]
