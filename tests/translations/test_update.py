"""Updating catalogues: no translation is lost, a rewritten text is stale, and a second update changes nothing."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearning.translations.catalogue import read_catalogue
from elearning.translations.languages import TRANSLATED_LANGUAGES
from elearning.translations.source import SourceMessage
from elearning.translations.update import update
from tests.translations.projects import (
    FRENCH,
    FRENCH_COURSES,
    RUSSIAN,
    entries,
    entry_of,
    translate,
    unit,
    update_french,
    work,
)


def files(project: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in project.rglob("*") if path.is_file()}


def test_makes_templates_and_catalogues(tmp_path: Path) -> None:
    messages = [
        SourceMessage("Who moves", "mcof/why", "courses/mcof/01-why.md", 7, "heading"),
        SourceMessage("Yes", "mcof/why", "courses/mcof/01-why.md", 9, "list item"),
        SourceMessage("Yes", "mcof/why", "courses/mcof/01-why.md", 12, "table cell"),
    ]
    done = update(tmp_path, {"courses": messages})
    assert len(done.files) == 1 + len(TRANSLATED_LANGUAGES)
    assert (tmp_path / "translations/fr/LC_MESSAGES/courses.po").read_text("utf-8") == (
        '#\nmsgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: MCOF e-learning\\n"\n'
        '"Language: fr\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
        "\n"
        "#. heading\n"
        "#: courses/mcof/01-why.md:7\n"
        'msgctxt "mcof/why"\n'
        'msgid "Who moves"\n'
        'msgstr ""\n'
        "\n"
        "#. list item\n"
        "#. table cell\n"
        "#: courses/mcof/01-why.md:9 courses/mcof/01-why.md:12\n"
        'msgctxt "mcof/why"\n'
        'msgid "Yes"\n'
        'msgstr ""\n'
    )


def test_a_domain_that_is_not_given_stays_as_it_is(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One"))
    before = files(tmp_path)
    update(tmp_path, {}, [FRENCH])
    assert files(tmp_path) == before


def test_a_rewritten_paragraph_is_stale_and_keeps_the_first_text_that_was_translated(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One", "Two", "Three"))
    translate(tmp_path)
    for wording in ("A wholly different sentence", "And once more"):
        update_french(tmp_path, unit("c/a", "One", wording, "Three"))
        entry = entry_of(tmp_path, wording)
        assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("[fr] Two", True, "Two")
    update_french(tmp_path, unit("c/a", "One", "Two", "Three"))
    entry = entry_of(tmp_path, "Two")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("[fr] Two", False, None)


def test_where_counts_differ_the_likest_are_paired(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "Start", "Borders may close at any hour of the night", "End"))
    translate(tmp_path)
    new = "Borders may close at any hour of the day"
    update_french(tmp_path, unit("c/a", "Start", "Camps need water first", new, "Shelter comes next", "End"))
    assert entry_of(tmp_path, new).previous_msgid == "Borders may close at any hour of the night"
    assert entry_of(tmp_path, "Camps need water first").msgstr == ""
    assert entry_of(tmp_path, "Shelter comes next").msgstr == ""


def test_a_text_that_is_gone_is_kept_and_comes_back(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One", "Two"))
    translate(tmp_path)
    before = files(tmp_path)
    update_french(tmp_path, unit("c/a", "One"))
    held = read_catalogue(tmp_path, FRENCH_COURSES)
    assert held is not None
    assert [(entry.msgid, entry.msgstr) for entry in held.obsolete] == [("Two", "[fr] Two")]
    update_french(tmp_path, unit("c/a", "One", "Two"))
    assert files(tmp_path) == before


def test_a_stale_text_that_is_gone_is_stale_when_it_comes_back(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One", "Two"))
    translate(tmp_path)
    update_french(tmp_path, unit("c/a", "One", "Two and a half"))
    for _ in range(3):
        update_french(tmp_path, unit("c/a", "One"))
    update_french(tmp_path, unit("c/a", "One", "Two and a half"))
    entry = entry_of(tmp_path, "Two and a half")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("[fr] Two", True, "Two")


def test_a_renamed_unit_keeps_its_translations(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One", "Two", "Three", "Four"))
    translate(tmp_path)
    update_french(tmp_path, unit("c/b", "One", "Two", "Three or so", "Four"))
    assert work(tmp_path) == {
        ("c/b", "One"): ("[fr] One", False, None),
        ("c/b", "Two"): ("[fr] Two", False, None),
        ("c/b", "Three or so"): ("[fr] Three", True, "Three"),
        ("c/b", "Four"): ("[fr] Four", False, None),
    }


def test_a_text_moved_to_another_unit_is_stale_with_its_previous_context(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One", "Two") + unit("c/b", "Three"))
    translate(tmp_path)
    before = files(tmp_path)
    update_french(tmp_path, unit("c/a", "One") + unit("c/b", "Two", "Three"))
    entry = entry_of(tmp_path, "Two")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgctxt, entry.previous_msgid) == ("[fr] Two", True, "c/a", "Two")
    update_french(tmp_path, unit("c/a", "One", "Two") + unit("c/b", "Three"))
    assert files(tmp_path) == before


def test_the_interface_is_aligned_by_source_file(tmp_path: Path) -> None:
    def interface(*texts: str) -> list[SourceMessage]:
        return [SourceMessage(text, "", f"elearning/{index // 2}.py", index) for index, text in enumerate(texts)]

    path = "translations/fr/LC_MESSAGES/messages.po"
    update_french(tmp_path, interface("Home", "Sign in", "Sign out", "Help"), "messages")
    translate(tmp_path, path)
    update_french(tmp_path, interface("Home", "Enter", "Leave", "Help"), "messages")
    assert entry_of(tmp_path, "Enter", path).previous_msgid == "Sign in"
    assert entry_of(tmp_path, "Leave", path).previous_msgid == "Sign out"


def test_a_changed_plural_is_stale_and_clears(tmp_path: Path) -> None:
    def counted(plural: str | None) -> list[SourceMessage]:
        return [SourceMessage("%(num)d day", "", "elearning/a.py", 1, plural=plural)]

    path = "translations/ru/LC_MESSAGES/messages.po"
    update(tmp_path, {"messages": counted("%(num)d days")}, [RUSSIAN])
    assert sorted(entry_of(tmp_path, "%(num)d day", path).msgstr_plural) == [0, 1, 2]
    translate(tmp_path, path)
    translated = files(tmp_path)
    update(tmp_path, {"messages": counted("%(num)d whole days")}, [RUSSIAN])
    entry = entry_of(tmp_path, "%(num)d day", path)
    assert (entry.fuzzy, entry.previous_msgid_plural) == (True, "%(num)d days")
    update(tmp_path, {"messages": counted("%(num)d days")}, [RUSSIAN])
    assert files(tmp_path) == translated


def test_a_text_that_no_longer_counts_keeps_its_first_form_as_stale(tmp_path: Path) -> None:
    message = SourceMessage("%(num)d day", "", "elearning/a.py", 1, plural="%(num)d days")
    path = "translations/ru/LC_MESSAGES/messages.po"
    update(tmp_path, {"messages": [message]}, [RUSSIAN])
    translate(tmp_path, path)
    update(tmp_path, {"messages": [replace(message, plural=None)]}, [RUSSIAN])
    entry = entry_of(tmp_path, "%(num)d day", path)
    assert (entry.fuzzy, entry.msgstr, entry.msgstr_plural) == (True, "[0] %(num)d days", {})


def test_a_persons_doubt_is_not_cleared(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One"))
    translate(tmp_path)
    path = tmp_path / FRENCH_COURSES
    path.write_text(path.read_text("utf-8").replace('msgctxt "c/a"', '#, fuzzy\nmsgctxt "c/a"'), "utf-8")
    update_french(tmp_path, unit("c/a", "Uno"))
    update_french(tmp_path, unit("c/a", "One"))
    assert entry_of(tmp_path, "One").fuzzy


def test_a_broken_catalogue_is_left_and_reported_and_the_others_are_updated(tmp_path: Path) -> None:
    update(tmp_path, {"courses": unit("c/a", "One")}, [FRENCH, RUSSIAN])
    path = tmp_path / FRENCH_COURSES
    path.write_text(path.read_text("utf-8") + '\nmsgid "x\nmsgstr ""\n', "utf-8")
    before = path.read_bytes()
    done = update(tmp_path, {"courses": unit("c/a", "Two")}, [FRENCH, RUSSIAN])
    assert [str(problem) for problem in done.problems] == [
        f"{FRENCH_COURSES}:17: This PO file cannot be read: found 'msgid \"x'; "
        'expected msgctxt, msgid, msgid_plural or msgstr and a text in "double quotes", or a # comment.'
    ]
    assert path.read_bytes() == before
    assert entry_of(tmp_path, "Two", "translations/ru/LC_MESSAGES/courses.po")


def test_a_message_that_stands_twice_stops_the_update_of_its_file(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One"))
    path = tmp_path / FRENCH_COURSES
    path.write_text(path.read_text("utf-8") + '\nmsgctxt "c/a"\nmsgid "One"\nmsgstr "Un"\n', "utf-8")
    assert [str(problem) for problem in update_french(tmp_path, unit("c/a", "Two")).problems] == [
        f"{FRENCH_COURSES}:18: 'One' stands here for the second time; keep the better translation, remove the other."
    ]


def test_four_thousand_messages_and_twenty_changes_take_less_than_two_seconds(tmp_path: Path) -> None:
    def texts(changed: str) -> list[SourceMessage]:
        return [
            message
            for number in range(100)
            for message in unit(
                f"c/{number}",
                *(
                    f"Sentence {line} of unit {number}{changed if line == 7 and number % 5 == 0 else ''}, about water"
                    for line in range(40)
                ),
            )
        ]

    update_french(tmp_path, texts(""))
    translate(tmp_path)
    start = time.perf_counter()
    done = update_french(tmp_path, texts(" rewritten"))
    assert time.perf_counter() - start < 2
    assert done.files[1].stale == 20


WORDS = st.lists(st.sampled_from([f"Text {number}" for number in range(12)]), unique=True, max_size=8)
READINGS = st.dictionaries(st.sampled_from(["c/a", "c/b", "c/c"]), WORDS, max_size=3)


def flatten(reading: dict[str, list[str]]) -> list[SourceMessage]:
    return [message for context, texts in reading.items() for message in unit(context, *texts)]


def in_a_project(check: Callable[[Path], None]) -> None:
    with TemporaryDirectory() as folder:
        check(Path(folder))


@settings(deadline=None, max_examples=150)
@given(READINGS, READINGS, READINGS)
def test_no_translation_of_an_unchanged_message_is_lost_or_altered(
    first: dict[str, list[str]], second: dict[str, list[str]], third: dict[str, list[str]]
) -> None:
    def check(project: Path) -> None:
        update_french(project, flatten(first))
        translate(project)
        known = work(project)
        all_work = sorted(said for said, _, _ in known.values())
        for reading in (second, third):
            update_french(project, flatten(reading))
            held = read_catalogue(project, FRENCH_COURSES)
            assert held is not None
            assert sorted(entry.msgstr for entry in held.file if entry.msgstr) == all_work
            once = files(project)
            update_french(project, flatten(reading))
            assert files(project) == once
        update_french(project, flatten(first))
        assert {entry.msgid for entry in entries(project)} == {text for texts in first.values() for text in texts}

    def unchanged(project: Path) -> None:
        update_french(project, flatten(first))
        translate(project)
        known = work(project)
        update_french(project, flatten(second))
        after = work(project)
        assert all(after[key] == known[key] for key in known.keys() & after.keys())

    in_a_project(check)
    in_a_project(unchanged)


@settings(deadline=None, max_examples=100)
@given(WORDS, st.data())
def test_every_paragraph_rewritten_in_place_keeps_its_translation_as_stale(
    texts: list[str], data: st.DataObject
) -> None:
    rewritten = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    new = [
        f"Other {index}" if change else text for index, (text, change) in enumerate(zip(texts, rewritten, strict=True))
    ]

    def check(project: Path) -> None:
        update_french(project, unit("c/a", *texts))
        translate(project)
        before = files(project)
        update_french(project, unit("c/a", *new))
        for text, change, wording in zip(texts, rewritten, new, strict=True):
            expected = (f"[fr] {text}", change, text if change else None)
            assert work(project)["c/a", wording] == expected
        update_french(project, unit("c/a", *texts))
        assert files(project) == before

    in_a_project(check)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_endings_of_an_editor_do_no_harm(tmp_path: Path, ending: str) -> None:
    update_french(tmp_path, unit("c/a", "One", "Two"))
    translate(tmp_path)
    path = tmp_path / FRENCH_COURSES
    before = path.read_bytes()
    path.write_bytes(before.replace(b"\n", ending.encode()))
    update_french(tmp_path, unit("c/a", "One", "Two"))
    assert path.read_bytes() == before
