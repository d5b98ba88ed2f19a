"""Authors rely on: every mistake of every file, at once, each with its file and line."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.grading import grade
from elearning.content.load import load_draft, load_library
from elearning.content.models import Quiz
from elearning.content.render import Renderer
from elearning.sources.markdown import Reading, read_markdown
from elearning.translations.languages import SOURCE_LANGUAGE, find_language
from tests.content.projects import (
    COURSE,
    DECISION,
    FIGURE,
    GLOSSARY,
    LESSON,
    PLACEMENT,
    QUIZ,
    SOURCES,
    Echo,
    write_project,
)

ARABIC = find_language("ar") or SOURCE_LANGUAGE


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
        ("course", COURSE + "prerequisites: [nowhere]\n", ("courses/short/course.yaml", 6, "prerequisite")),
        ("course", COURSE + "prerequisites:\n- short\n", ("courses/short/course.yaml", 7, "prerequisite-cycle")),
        ("course", "title: [", ("courses/short/course.yaml", 2, "yaml")),
        ("01_first", LESSON.replace("---\ntitle", "title"), ("courses/short/01-first.md", 1, "front-matter")),
        ("01_first", LESSON.replace("summary: In short.\n", ""), ("courses/short/01-first.md", 2, "missing")),
        ("01_first", LESSON.replace("glossary:phase", "glossary:none"), ("courses/short/01-first.md", 6, "link")),
        ("01_first", LESSON.replace("lesson:check", "javascript:x"), ("courses/short/01-first.md", 6, "link")),
        ("01_first", LESSON.replace("## Heading", "#### Heading"), ("courses/short/01-first.md", 8, "heading")),
        ("01_first", LESSON.replace("- one", "- <b>one</b>"), ("courses/short/01-first.md", 12, "raw-html")),
        ("01_first", LESSON.replace("row.svg", "no.svg"), ("courses/short/01-first.md", 10, "figure")),
        ("01_first", LESSON.replace("figures/row.svg", "../../secret.svg"), ("courses/short/01-first.md", 10, "figure")),
        ("01_first", LESSON.replace("Three phases in a row", ""), ("courses/short/01-first.md", 10, "alt")),
        ("02_check", QUIZ.replace("type: single", "type: guess"), ("courses/short/02-check.yaml", 6, "question-type")),
        ("02_check", QUIZ.replace("pass_percent: 60", "pass_percent: 160"), ("courses/short/02-check.yaml", 3, "range")),
        ("02_check", QUIZ.replace("id: many", "id: one"), ("courses/short/02-check.yaml", 12, "duplicate-id")),
        ("02_check", QUIZ.replace("That, feedback", "That, correct: true, feedback"), ("courses/short/02-check.yaml", 5, "correct")),
        ("02_check", QUIZ.replace("Other, feedback", "Other, correct: true, feedback"), ("courses/short/02-check.yaml", 12, "correct")),
        ("02_check", QUIZ.replace("answer: 271", "answer: many"), ("courses/short/02-check.yaml", 35, "number")),
        ("02_check", QUIZ.replace("answer: 271", "answer: NaN"), ("courses/short/02-check.yaml", 35, "number")),
        ("02_check", QUIZ.replace("answer: 271", "answer: .inf"), ("courses/short/02-check.yaml", 35, "number")),
        ("02_check", QUIZ.replace("answer: 271", "answer: -Infinity"), ("courses/short/02-check.yaml", 35, "number")),
        ("02_check", QUIZ.replace("answer: 271", "answer: 1e999999"), ("courses/short/02-check.yaml", 35, "number")),
        ("02_check", QUIZ.replace("answer: 271", "answer: 1:30"), ("courses/short/02-check.yaml", 35, "number")),
        ("02_check", QUIZ.replace("tolerance: 0.5", "tolerance: -1"), ("courses/short/02-check.yaml", 36, "range")),
        ("02_check", QUIZ.replace("pass_percent: 60", "pass_percent: 1:30"), ("courses/short/02-check.yaml", 3, "type")),
        ("row", FIGURE.replace("<rect", "<script/><rect"), ("courses/short/figures/row.svg", 3, "svg-element")),
        ("row", FIGURE.replace("<g id", '<g onclick="x()" id'), ("courses/short/figures/row.svg", 3, "svg-attribute")),
        ("row", FIGURE.replace('fill="#0e4d57"', 'fill="url(http://x)"'), ("courses/short/figures/row.svg", 3, "svg-address")),
        ("row", FIGURE.replace("  <desc>Two boxes</desc>\n", ""), ("courses/short/figures/row.svg", 1, "svg-desc")),
        ("row", FIGURE.replace('<text x="20"', '<text x="50%"'), ("courses/short/figures/row.svg", 4, "svg-number")),
        ("row", FIGURE.replace('<text x="20"', '<text x="20 30"'), ("courses/short/figures/row.svg", 4, "svg-number")),
        ("row", FIGURE.replace('<text x="20"', '<text x="nan"'), ("courses/short/figures/row.svg", 4, "svg-number")),
        ("row", FIGURE.replace('<rect x="1"', '<rect\n\nx="left"'), ("courses/short/figures/row.svg", 5, "svg-number")),
        ("row", FIGURE.replace("<rect", '<rect data-upright="50%"'), ("courses/short/figures/row.svg", 3, "svg-number")),
        ("row", FIGURE.replace("<g", '<g data-upright="20"'), ("courses/short/figures/row.svg", 3, "svg-attribute")),
        ("row", FIGURE.replace("0 0 100 40", "0 0 100"), ("courses/short/figures/row.svg", 1, "svg-number")),
        ("row", FIGURE.replace("0 0 100 40", "0 0 0 40"), ("courses/short/figures/row.svg", 1, "svg-number")),
        ("row", FIGURE.replace("0 0 100 40", "0 0 wide 40"), ("courses/short/figures/row.svg", 1, "svg-number")),
        ("row", FIGURE.replace("Before<", "Two <tspan>words</tspan>\n here<"), ("courses/short/figures/row.svg", 5, "svg-tail")),
        ("row", "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + FIGURE, ("courses/short/figures/row.svg", 1, "svg-doctype")),
        ("glossary", GLOSSARY.replace("id: phase", "id: Phase!"), ("courses/glossary.yaml", 2, "id")),
        ("glossary", GLOSSARY.replace("definition: A part", "meaning: A part"), ("courses/glossary.yaml", 2, "missing")),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_its_place(
    tmp_path: Path, file: str, text: str, expected: tuple[str, int, str]
) -> None:
    project = write_project(tmp_path, **{file: text})
    assert expected in found(project)
    assert load_library(project).library.courses == ()


def test_a_shape_may_be_measured_by_the_drawing_and_a_text_in_lines(tmp_path: Path) -> None:
    drawing = FIGURE.replace('width="40"', 'width="40%"').replace(
        "Before<", '<tspan x="20" dy="-.5">Two</tspan>\n  <tspan x="20" dy="1e1">lines</tspan><'
    )
    assert found(write_project(tmp_path, row=drawing)) == []


def test_a_course_that_links_to_a_broken_term_is_told_so(tmp_path: Path) -> None:
    project = write_project(tmp_path, glossary=GLOSSARY.replace("definition: A part", "meaning: A part"))
    assert [str(problem) for problem in load_library(project).problems if problem.rule == "broken-term"] == [
        "courses/short/01-first.md:6: found a link to 'glossary:phase', whose entry in courses/glossary.yaml has a mistake"
    ]


SHARED = [
    ("glossary", "terms", ["other"]),  # the lesson of `short` links to a term, and cites a source
    ("sources", "sources", ["other"]),
    ("paths", "paths", ["other", "short"]),
]


@pytest.fixture
def two_courses(tmp_path: Path) -> Path:
    """The small course, and one that refers to nothing."""
    project = tmp_path / "project"
    write_courses(project, other="")
    return write_project(project)


@pytest.mark.parametrize(("name", "key", "read"), SHARED)
def test_a_shared_file_that_is_missing_is_one_mistake_and_keeps_back_what_refers_to_it(
    two_courses: Path, name: str, key: str, read: list[str]
) -> None:
    (two_courses / f"courses/{name}.yaml").unlink()
    result = load_library(two_courses)
    assert [str(problem) for problem in result.errors] == [
        f"courses/{name}.yaml:1: found no file, expected one with a list of {key!r};"
        f" an empty list (`{key}: []`) withdraws all"
    ]
    assert [course.id for course in result.library.courses] == read
    draft = load_draft(two_courses, "short")
    assert draft is not None
    assert draft.course is not None


@pytest.mark.parametrize(("name", "key", "read"), SHARED)
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "found no mapping, expected keys and values"),
        ("# nothing yet\n{key}:\n", "found no {key!r}, expected a list"),
        ("{key}: none\n", "found text (none) as {key!r}, expected a list"),
        ("{key}: [\n", "cannot be read as YAML: did not find expected node content"),
    ],
)
def test_a_shared_file_without_its_list_is_one_mistake_too(
    two_courses: Path, name: str, key: str, read: list[str], text: str, message: str
) -> None:
    (two_courses / f"courses/{name}.yaml").write_text(text.format(key=key), encoding="utf-8")
    result = load_library(two_courses)
    assert [(problem.path, problem.message) for problem in result.errors] == [
        (f"courses/{name}.yaml", message.format(key=key))
    ]
    assert [course.id for course in result.library.courses] == read


def test_empty_shared_files_are_no_mistake_where_nothing_refers_to_them(tmp_path: Path) -> None:
    write_courses(tmp_path, other="")
    result = load_library(tmp_path)
    assert result.errors == ()
    assert (result.library.glossary, result.library.sources, result.library.paths) == ((), (), ())


@pytest.mark.parametrize("control", ["\x00", "\x0b", "\x1b", "\x7f", "\x85"])
@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("01_first", LESSON.replace("## Heading", "## Head?ing"), "short/01-first.md:8"),
        ("02_check", QUIZ.replace("Two minutes", "Two? minutes"), "short/02-check.yaml:2"),
        ("course", COURSE.replace("audience", "# ?\naudience"), "short/course.yaml:3"),
        ("glossary", GLOSSARY.replace("A part", "A ?part"), "glossary.yaml:4"),
    ],
)
def test_a_control_character_is_a_mistake_with_its_line(
    tmp_path: Path, file: str, text: str, place: str, control: str
) -> None:
    project = write_project(tmp_path, **{file: text.replace("?", control, 1)})
    assert [str(problem) for problem in load_library(project).errors] == [
        f"courses/{place}: found the control character U+{ord(control):04X}, expected none but tab and line feed"
    ]


def test_tabs_and_line_ends_of_other_systems_are_no_mistake(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    lesson = LESSON.replace("Each [", "Each\t[").replace("\n", "\r\n")
    (project / "courses/short/01-first.md").write_bytes(lesson.encode())
    assert found(project) == []


def write_courses(project: Path, **prerequisites: str) -> None:
    """Write courses with one lesson, each asking for others."""
    lesson = "---\ntitle: One\nsummary: One.\n---\nText.\n"
    (project / "courses").mkdir(parents=True)
    for name, key in (("glossary", "terms"), ("sources", "sources"), ("paths", "paths")):
        (project / f"courses/{name}.yaml").write_text(f"{key}: []\n", encoding="utf-8")
    for name, wanted in prerequisites.items():
        folder = project / "courses" / name
        folder.mkdir(parents=True)
        (folder / "course.yaml").write_text(f"{COURSE}prerequisites: [{wanted}]\n", encoding="utf-8")
        (folder / "01-one.md").write_text(lesson, encoding="utf-8")


def test_a_broken_prerequisite_is_there_and_keeps_nobody_back(tmp_path: Path) -> None:
    write_courses(tmp_path, first="", second="first")
    (tmp_path / "courses/first/01-one.md").write_text("no front matter", encoding="utf-8")
    result = load_library(tmp_path)
    assert [course.id for course in result.library.courses] == ["second"]
    assert {problem.path for problem in result.errors} == {"courses/first/01-one.md", "courses/first/course.yaml"}


def test_a_circle_of_prerequisites_keeps_its_courses_back_and_no_other(tmp_path: Path) -> None:
    write_courses(tmp_path, a="b", b="c", c="a", other="a")
    result = load_library(tmp_path)
    assert [course.id for course in result.library.courses] == ["other"]
    assert [str(problem) for problem in result.errors] == [
        f"courses/{own}/course.yaml:6: found {wanted!r}, which itself asks for {own!r}, expected no circle of prerequisites"
        for own, wanted in (("a", "b"), ("b", "c"), ("c", "a"))
    ]
    draft = load_draft(tmp_path, "a")
    assert draft is not None
    assert [problem.rule for problem in draft.problems] == ["prerequisite-cycle"]


def test_what_nobody_foresaw_in_one_course_keeps_no_other_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write_courses(tmp_path, first="", second="")

    def read_or_fail(text: str, **options: Any) -> Reading:
        if "odd" in text:
            raise RuntimeError("nobody foresaw this")
        return read_markdown(text, **options)

    (tmp_path / "courses/first/01-one.md").write_text("---\ntitle: One\nsummary: One.\n---\nodd\n", encoding="utf-8")
    monkeypatch.setattr("elearning.content.lessons.read_markdown", read_or_fail)
    monkeypatch.setattr(logging.getLogger("elearning"), "propagate", True)
    result = load_library(tmp_path)
    assert [course.id for course in result.library.courses] == ["second"]
    assert [str(problem) for problem in result.errors] == [
        "courses/first/course.yaml:1: the course cannot be read: RuntimeError('nobody foresaw this')"
    ]
    assert "Traceback" in caplog.text


ODD_VALUES = ("1:30", "0b11", "0x1F", "010", "1_000", "2012-11-27", "~", "no", "on", ".nan", ".inf", "-1", "1e400", "=",
              "!!int x", "[]", "{}", "''", "[[a]]", "{a: b}", "9" * 5000, "\u202e", "<b>", "![a](b)", "[a]: b")  # fmt: skip


def values_of(text: str) -> list[tuple[int, int]]:
    """Return where the values of a YAML text begin and end."""

    def walk(node: yaml.Node) -> Iterator[yaml.Node]:
        yield node
        for child in node.value if isinstance(node, yaml.CollectionNode) else ():
            yield from walk(child[1]) if isinstance(child, tuple) else walk(child)

    root = yaml.compose(text)
    return [(node.start_mark.index, node.end_mark.index) for node in walk(root)] if root else []


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch")


FILES = [("course", COURSE + "sector: health\nleans_on: {during: [shelter]}\n"), ("02_check", QUIZ), ("glossary", GLOSSARY),
         ("trucks", DECISION), ("placement", PLACEMENT), ("sources", SOURCES)]  # fmt: skip


@given(st.sampled_from(FILES), st.data())
def test_any_value_anywhere_is_a_mistake_with_its_place_or_can_be_published_and_graded(
    scratch: Path, file: tuple[str, str], data: st.DataObject
) -> None:
    name, text = file
    start, end = data.draw(st.sampled_from(values_of(text)))
    odd = data.draw(st.sampled_from(ODD_VALUES))
    project = write_project(scratch, **{name: f"{text[:start]}{odd}{text[end:]}"})
    result = load_library(project)
    assert [problem for problem in result.problems if problem.rule == "unexpected"] == []
    for course in result.library.courses:
        renderer = Renderer(ARABIC, Echo().find, result.library.glossary, result.library.sources)
        renderer.outline(course)
        for unit in course.units:
            renderer.unit(course, unit)
            assert not isinstance(unit, Quiz) or grade(unit, {"number": "1"}).percent in range(101)


def test_mistakes_of_all_files_are_found_at_once(tmp_path: Path) -> None:
    project = write_project(tmp_path, course=COURSE + "titel: x\n", **{"02_check": QUIZ.replace("single", "guess")})
    assert {path for path, _, _ in found(project)} == {"courses/short/course.yaml", "courses/short/02-check.yaml"}


OUT = "found a link that leads nowhere or out of its folder, expected a file"


@pytest.mark.parametrize("name", ["short/03-link.md", "short/01-first.md", "short/course.yaml", "glossary.yaml"])
@pytest.mark.parametrize("target", ["../../../secret", "no-such-file", None], ids=["out", "nowhere", "circle"])
def test_a_link_that_leads_out_is_a_mistake_and_not_followed(tmp_path: Path, name: str, target: str | None) -> None:
    (tmp_path / "secret").write_text(LESSON, encoding="utf-8")
    project = write_project(tmp_path / "project")
    link = project / "courses" / name
    link.unlink(missing_ok=True)
    link.symlink_to(link.name if target is None else target)
    result = load_library(project)
    assert (f"courses/{name}", 1, "leads-out") in [(found.path, found.line, found.rule) for found in result.problems]
    assert OUT in {found.message for found in result.problems}
    assert result.library.courses == ()


def test_a_folder_or_a_device_in_the_place_of_a_file_is_a_mistake(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project / "courses/short/03-folder.md").mkdir()
    os.mkfifo(project / "courses/short/04-pipe.md")
    assert found(project) == [
        ("courses/short/03-folder.md", 1, "unreadable"),
        ("courses/short/04-pipe.md", 1, "unreadable"),
    ]


def test_a_circle_of_links_among_courses_stops_nothing(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project / "courses/loop").symlink_to("loop")
    assert found(project) == []
    assert len(load_library(project).library.courses) == 1


def test_a_project_without_courses_is_told(tmp_path: Path) -> None:
    (problem,) = load_library(tmp_path).problems
    assert str(problem) == f"courses:1: found no folder courses/ in {tmp_path}, expected one (PROJECT_DIR)"


@pytest.mark.parametrize("text", ["[" * 20_000, "_" * 5_000 + "a" + "_" * 5_000, "![a" * 6_000])
def test_a_line_that_no_person_writes_is_refused_before_it_is_parsed(tmp_path: Path, text: str) -> None:
    project = write_project(tmp_path, **{"01_first": f"{LESSON}\n{text}\n"})
    (problem,) = load_library(project).problems
    assert (problem.line, problem.rule) == (LESSON.count("\n") + 2, "too-long")
    assert problem.message == f"found a line of {len(text)} characters, expected at most 4000"


def test_a_paragraph_that_no_person_writes_is_refused_too(tmp_path: Path) -> None:
    project = write_project(tmp_path, **{"01_first": LESSON + "\n" + ("[" * 99 + "\n") * 50})
    (problem,) = load_library(project).problems
    assert (problem.line, problem.rule) == (LESSON.count("\n") + 2, "too-long")
    assert problem.message == "found a paragraph of 5000 characters, expected at most 4000"


def test_a_drawing_of_very_many_levels_is_refused(tmp_path: Path) -> None:
    deep = FIGURE.replace("<desc>", "<g>" * 1500 + "</g>" * 1500 + "<desc>")
    assert found(write_project(tmp_path, row=deep)) == [("courses/short/figures/row.svg", 1, "svg-depth")]
