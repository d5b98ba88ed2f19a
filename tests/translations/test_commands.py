"""The commands: what they print, and their exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from elearning.translations.commands import translations_commands
from elearning.translations.languages import TRANSLATED_LANGUAGES
from elearning.translations.problems import BrokenSourcesError, TranslationProblem
from elearning.translations.source import SourceMessage
from tests.translations.projects import FRENCH_COURSES, entries, translate, unit

SOURCES = {"messages": [], "courses": unit("c/a", "One", "Two") + unit("c/b", "Three"), "simulations": []}


def run(project: Path, *arguments: str, sources: dict[str, list[SourceMessage]] | None = None) -> Result:
    group = translations_commands(project, lambda: SOURCES if sources is None else sources)
    return CliRunner().invoke(group, list(arguments))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that is up to date, with French translated."""
    assert run(tmp_path, "update").exit_code == 0
    translate(tmp_path)
    return tmp_path


def test_update_says_what_it_did(project: Path) -> None:
    new = SOURCES | {"courses": unit("c/a", "One", "Two or so", "More")}
    done = run(project, "update", sources=new)
    assert done.exit_code == 0
    assert f"{FRENCH_COURSES}: written; 1 new, 1 became stale, 1 kept at the end" in done.output
    assert f"{FRENCH_COURSES}: up to date" in run(project, "update", sources=new).output


def test_update_leaves_a_broken_file(project: Path) -> None:
    (project / FRENCH_COURSES).write_text("junk", "utf-8")
    done = run(project, "update")
    assert done.exit_code == 1
    assert f"{FRENCH_COURSES}:1: This PO file cannot be read" in done.output
    assert (project / FRENCH_COURSES).read_text("utf-8") == "junk"


def broken() -> dict[str, list[SourceMessage]]:
    """Collect sources that have a mistake."""
    raise BrokenSourcesError([TranslationProblem("courses/c/a.md", 3, "link", "error", "found this; expected that")])


def test_broken_sources_change_nothing(project: Path) -> None:
    before = (project / FRENCH_COURSES).read_bytes()
    done = CliRunner().invoke(translations_commands(project, broken), ["update"])
    assert (done.exit_code, done.output) == (
        1,
        "courses/c/a.md:3: found this; expected that\n"
        "The sources have mistakes, so nothing was updated: texts that cannot be read would seem withdrawn.\n",
    )
    assert (project / FRENCH_COURSES).read_bytes() == before


def test_broken_sources_fail_the_check(project: Path) -> None:
    done = CliRunner().invoke(translations_commands(project, broken), ["check", "--json"])
    assert done.exit_code == 1
    assert [(found["path"], found["line"]) for found in json.loads(done.output)] == [("courses/c/a.md", 3)]


def test_status_as_json(project: Path) -> None:
    done = run(project, "status", "--json")
    rows = json.loads(done.output)
    assert done.exit_code == 0
    assert len(rows) == 3 * len(TRANSLATED_LANGUAGES)
    assert {
        "domain": "courses", "language": "fr", "messages": 3, "translated": 3, "stale": 0, "reviewed": 0
    } in rows  # fmt: skip
    assert all(list(row) == ["domain", "language", "messages", "translated", "stale", "reviewed"] for row in rows)


def test_status_as_a_table(project: Path) -> None:
    lines = run(project, "status").output.splitlines()
    assert lines[0].split() == ["domain", "language", "messages", "translated", "stale", "reviewed"]
    french = next(line for line in lines if line.split()[:2] == ["courses", "fr"])
    assert french.split() == ["courses", "fr", "3", "3", "(100", "%)", "0", "0", "(0", "%)"]
    assert len({len(line) for line in lines if not line.endswith(" 0")}) == 1


def test_check_holds_and_then_does_not(project: Path) -> None:
    done = run(project, "check")
    assert (done.exit_code, done.output) == (0, "0 mistakes, 0 warnings.\n")
    done = run(project, "check", "--json", sources=SOURCES | {"courses": unit("c/a", "One", "2")})
    assert done.exit_code == 1
    assert json.loads(done.output) == [
        {
            "path": "translations/courses.pot",
            "line": 18,
            "rule": "template-stale",
            "severity": "error",
            "message": "'Two' is no longer in the sources (it was at courses/c/a.md:2); run `translations update`.",
        }
    ]


def test_a_warning_does_not_fail_the_check(project: Path) -> None:
    new = SOURCES | {"courses": unit("c/a", "One", "Two or so") + unit("c/b", "Three")}
    run(project, "update", sources=new)
    done = run(project, "check", sources=new)
    assert done.exit_code == 0
    assert done.output.endswith("(warning)\n0 mistakes, 1 warnings.\n")


def test_review_marks_a_unit_and_takes_the_mark_away(project: Path) -> None:
    done = run(project, "review", "fr", "--domain", "courses", "--context", "c/a")
    assert (done.exit_code, done.output) == (0, f"{FRENCH_COURSES}: 2 marks set, 2 reviewed\n")
    marked = {entry.msgid for entry in entries(project) if entry.tcomment.startswith("reviewed: ")}
    assert marked == {"One", "Two"}
    assert run(project, "check").exit_code == 0
    done = run(project, "review", "fr", "--domain", "courses", "--undo")
    assert done.output == f"{FRENCH_COURSES}: 2 marks taken away, 0 reviewed\n"
    assert not any(entry.tcomment for entry in entries(project))


def test_review_of_nothing_fails(project: Path) -> None:
    done = run(project, "review", "ru")
    assert done.exit_code == 1
    assert done.output.endswith("Nothing to review: no current translation there.\n")


def test_add_makes_what_is_missing_and_touches_nothing_else(project: Path) -> None:
    before = (project / FRENCH_COURSES).read_bytes()
    (project / "translations/fr/LC_MESSAGES/messages.po").unlink()
    assert run(project, "add", "fr").output == "translations/fr/LC_MESSAGES/messages.po: written\n"
    assert run(project, "add", "fr").output == "All catalogues of fr are there already; nothing was changed.\n"
    assert (project / FRENCH_COURSES).read_bytes() == before
    assert run(project, "check").exit_code == 0


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "xx",
            "'xx' is not a row of LANGUAGES in elearning/translations/languages.py; add the row, then run this again.",
        ),
        ("en", "English is the source, and needs no catalogues."),
    ],
)
def test_add_says_what_to_do_first(project: Path, code: str, message: str) -> None:
    done = run(project, "add", code)
    assert done.exit_code == 2
    assert f"Error: {message}" in done.output


def test_add_needs_templates(tmp_path: Path) -> None:
    done = run(tmp_path, "add", "fr")
    assert done.exit_code == 2
    assert "translations/messages.pot" in done.output


@pytest.mark.parametrize("arguments", [["review", "xx"], ["review"], ["add"], ["status", "--xml"], ["nothing"]])
def test_wrong_calls_exit_2(project: Path, arguments: list[str]) -> None:
    assert run(project, *arguments).exit_code == 2
