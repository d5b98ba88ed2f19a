"""MO files hold what can be shown; a broken catalogue leaves the last good one."""

import gettext
from pathlib import Path

import pytest

from elearning.translations.catalogue import read_catalogue, save, set_stale
from elearning.translations.compiled import compile_interface
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


def test_a_broken_catalogue_leaves_the_last_good_file_and_is_told_each_time(project: Path) -> None:
    compile_interface(project, project / "var", [FRENCH])
    before = (project / "var/fr/LC_MESSAGES/messages.mo").read_bytes()
    (project / PATH).write_text("<<<<<<<\n", "utf-8")
    for _ in range(2):
        assert [problem.path for problem in compile_interface(project, project / "var", [FRENCH])] == [PATH]
    assert (project / "var/fr/LC_MESSAGES/messages.mo").read_bytes() == before


def test_a_language_without_catalogue_is_passed_over(tmp_path: Path) -> None:
    assert compile_interface(tmp_path, tmp_path / "var") == []
