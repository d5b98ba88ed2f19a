"""MO files hold what can be shown; a broken catalogue leaves the last good one."""

import gettext
from pathlib import Path

import pytest

from elearning.translations.catalogue import catalogue_path, read_catalogue, save, set_stale
from elearning.translations.compiled import compile_interface
from elearning.translations.languages import TRANSLATED_LANGUAGES
from elearning.translations.source import SourceMessage
from elearning.translations.update import update
from tests.translations.projects import FRENCH, translate

PATH = "translations/fr/LC_MESSAGES/messages.po"
MESSAGES = [
    SourceMessage("Home", "", "elearning/a.py", 1),
    SourceMessage("Stale", "", "elearning/a.py", 2),
    SourceMessage("Missing", "", "elearning/a.py", 3),
    SourceMessage("Hello %(name)s", "", "elearning/a.py", 4),
    SourceMessage("%(num)d day", "", "elearning/a.py", 5, plural="%(num)d days"),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a good, a stale, a missing, a fatal and a counted translation."""
    update(tmp_path, {"messages": MESSAGES}, [FRENCH])
    translate(tmp_path, PATH, only=["Home", "Stale", "Hello %(name)s", "%(num)d day"])
    held = read_catalogue(tmp_path, PATH)
    assert held is not None
    set_stale(held.entries[1])
    held.entries[3].msgstr = "Bonjour %(nom)s"
    save(tmp_path, PATH, held.file)
    return tmp_path


def test_what_can_be_shown_is_compiled(project: Path) -> None:
    problems = compile_interface(project, project / "var", [FRENCH])
    assert {problem.rule for problem in problems} == {"placeholder"}
    compiled = gettext.translation("messages", project / "var", ["fr"])
    shown = [compiled.gettext(text) for text in ("Home", "Stale", "Missing", "Hello %(name)s")]
    assert shown == ["[fr] Home", "Stale", "Missing", "Hello %(name)s"]
    assert [compiled.ngettext("%(num)d day", "%(num)d days", count) for count in (0, 1, 2)] == [
        "[0] %(num)d days",
        "[0] %(num)d days",
        "[1] %(num)d days",
    ]


def test_nothing_is_done_where_nothing_changed(project: Path) -> None:
    compile_interface(project, project / "var", [FRENCH])
    compiled = project / "var/fr/LC_MESSAGES/messages.mo"
    compiled.write_bytes(b"as it was")
    assert compile_interface(project, project / "var", [FRENCH]) == []
    assert compiled.read_bytes() == b"as it was"
    translate(project, PATH)
    compile_interface(project, project / "var", [FRENCH])
    assert compiled.read_bytes() != b"as it was"


@pytest.mark.parametrize(
    "left",
    ["<<<<<<<\n", None, "", 'msgid "Home"\nmsgstr "Accueil"\n', "a folder"],
    ids=["broken", "missing", "empty", "no header", "folder"],
)
def test_a_broken_catalogue_leaves_the_last_good_file_and_is_told_each_time(project: Path, left: str | None) -> None:
    compile_interface(project, project / "var", [FRENCH])
    before = (project / "var/fr/LC_MESSAGES/messages.mo").read_bytes()
    (project / PATH).unlink()
    if left == "a folder":
        (project / PATH).mkdir()
    elif left is not None:
        (project / PATH).write_text(left, "utf-8")
    for _ in range(2):
        (problem,) = compile_interface(project, project / "var", [FRENCH])
        assert (problem.path, problem.line, problem.severity) == (PATH, 1, "error")
    assert (project / "var/fr/LC_MESSAGES/messages.mo").read_bytes() == before


def test_a_catalogue_that_waits_for_its_translators_is_compiled(tmp_path: Path) -> None:
    update(tmp_path, {"messages": MESSAGES}, [FRENCH])
    assert compile_interface(tmp_path, tmp_path / "var", [FRENCH]) == []
    compiled = gettext.translation("messages", tmp_path / "var", ["fr"])
    assert compiled.gettext("Home") == "Home"


def test_languages_whose_catalogues_are_missing_on_a_new_site_are_all_told(tmp_path: Path) -> None:
    assert [problem.path for problem in compile_interface(tmp_path, tmp_path / "var")] == [
        catalogue_path(language, "messages") for language in TRANSLATED_LANGUAGES
    ]
