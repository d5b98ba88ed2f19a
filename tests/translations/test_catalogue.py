"""Catalogues: what is written is read back, what is not PO is told with its line, and what a review vouches for."""

from pathlib import Path

import polib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from elearning.translations.catalogue import (
    Catalogue,
    CatalogueError,
    is_reviewed,
    new_file,
    read_catalogue,
    review_hash,
    save,
    set_review_mark,
)
from elearning.translations.current import load_translations
from elearning.translations.languages import SOURCE_LANGUAGE
from tests.translations.projects import FRENCH, FRENCH_COURSES, entries, entry_of, translate, unit, update_french

NASTY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip)
HEADER = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n\n'


def read(project: Path, text: str) -> Catalogue:
    path = project / "a.po"
    path.write_text(text, "utf-8", newline="")
    found = read_catalogue(project, "a.po")
    assert found is not None
    return found


@given(NASTY, NASTY, NASTY)
@example('say "no"\\', "a\\nb\tc\\", "c\u2028d\x85e\x0bf\x1cg\r\nh\n")
@example("\\", '\\"', '#~| msgid\n#~ x\nmsgid "y"')
def test_nasty_texts_are_read_back_as_they_were(context: str, text: str, translation: str) -> None:
    file = new_file(FRENCH)
    common = {"msgctxt": context, "msgid": text, "msgstr": translation, "previous_msgid": translation}
    file.append(polib.POEntry(**common, flags=["fuzzy"], tcomment="a remark"))
    file.append(polib.POEntry(**(common | {"msgid": text + "2"}), obsolete=True))
    with pytest.MonkeyPatch.context() as patch:
        content = str(file).encode()
        patch.setattr(Path, "read_bytes", lambda _path: content)
        found = read_catalogue(Path("/"), "a.po")
    assert found is not None
    assert str(found.file).encode() == content
    for entry, expected in ((found.entries[0], text), (found.obsolete[0], text + "2")):
        assert (entry.msgctxt, entry.msgid, entry.msgstr, entry.previous_msgid) == (
            context,
            expected,
            translation,
            translation,
        )


def test_saving_the_same_again_leaves_the_file_untouched(tmp_path: Path) -> None:
    file = new_file(FRENCH)
    assert save(tmp_path, "a.po", file)
    assert not save(tmp_path, "a.po", file)
    assert [path.name for path in tmp_path.iterdir()] == ["a.po"]


def test_an_entry_knows_the_line_of_its_msgid(tmp_path: Path) -> None:
    text = HEADER + '#. a\n#: b:1\nmsgctxt "c"\nmsgid "One"\nmsgstr ""\n\n#~ msgid "Two"\n#~ msgstr "Deux"\n'
    assert [(entry.msgid, entry.linenum) for entry in read(tmp_path, text).file] == [("One", 8), ("Two", 11)]


BROKEN = {
    'msgid "a"\nmsgid "b"\nmsgstr ""\n': (5, "found msgid without msgstr; expected msgstr after it."),
    'msgid "a"\n': (5, "found msgid without msgstr; expected msgstr after it."),
    'msgstr "a"\n': (5, "found msgstr; expected msgid before it."),
    'msgid "a"\nmsgstr "a" b"\n': (6, 'found \'msgstr "a" b"\'; '),
    'msgid "a"\nmsgstr "a\n': (6, "found 'msgstr \"a'; "),
    'msgid "a"\nmsgstr ""\n<<<<<<< HEAD\n': (7, "found '<<<<<<< HEAD'; "),
    'msgid "a"\nmsgctxt "b"\nmsgstr ""\n': (6, "a msgid, msgstr or comment stands where it cannot stand."),
    '#| nothing "a"\nmsgid "a"\nmsgstr ""\n': (5, "a msgid, msgstr or comment stands where it cannot stand."),
    '"a"\nmsgid "a"\nmsgstr "b"\n"c"\nmsgid_plural "x"\n': (9, "a msgid, msgstr or comment stands"),
}


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_not_po_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    line, message = BROKEN[text]
    with pytest.raises(CatalogueError) as caught:
        read(tmp_path, HEADER + text)
    assert str(caught.value).startswith(f"a.po:{line}: This PO file cannot be read: {message}")


def test_what_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_bytes(HEADER.encode() + 'msgid "é"\nmsgstr ""\n'.encode("latin-1"))
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(tmp_path, "a.po")
    assert str(caught.value) == "a.po:5: This PO file cannot be read: is not in UTF-8; save the file in UTF-8."


def line_of_the_mistake() -> int:
    """Read a catalogue; return the line of the mistake, or 0."""
    try:
        read_catalogue(Path("/"), "a.po")
    except CatalogueError as error:
        return error.problem.line
    return 0


@given(st.text(max_size=200))
def test_no_file_makes_the_reader_fail_otherwise(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _path: (HEADER + text).encode("utf-8", "surrogatepass"))
        assert line_of_the_mistake() >= 0


@given(
    st.lists(
        st.sampled_from(
            [
                'msgid "a"',
                'msgid ""',
                'msgstr "b"',
                'msgctxt "c"',
                'msgid_plural "d"',
                'msgstr[0] "e"',
                'msgstr[7] "f"',
                '"g"',
                "# h",
                "#. i",
                "#: j:1",
                "#, fuzzy",
                '#| msgid "k"',
                '#~ msgid "l"',
                '#~ msgstr "m"',
                '#~| msgid "n"',
                "#|",
                "#~",
                "#",
                "#,",
                "#:",
                "",
                "junk",
                "msgid",
                '#| "o"',
            ]
        ),
        max_size=12,
    )
)
def test_no_order_of_lines_makes_the_reader_fail_otherwise(lines: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _path: "\n".join(lines).encode())
        assert line_of_the_mistake() <= max(len(lines), 1)


@pytest.mark.parametrize("part", ["msgid", "msgstr"])
def test_any_edit_voids_a_review(part: str) -> None:
    entry = polib.POEntry(msgid="One", msgstr="Un", tcomment="a remark")
    set_review_mark(entry, True)
    assert entry.tcomment == f"a remark\nreviewed: {review_hash(entry)}"
    assert is_reviewed(entry)
    setattr(entry, part, getattr(entry, part) + " ")
    assert not is_reviewed(entry)


def test_an_edited_plural_form_voids_a_review() -> None:
    entry = polib.POEntry(msgid="day", msgid_plural="days", msgstr_plural={0: "jour", 1: "jours"})
    set_review_mark(entry, True)
    assert is_reviewed(entry)
    entry.msgstr_plural[1] = "journées"
    assert not is_reviewed(entry)


def test_translations_are_found_when_they_are_current(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One", "Two", "Three"))
    translate(tmp_path, only=["One", "Two"])
    update_french(tmp_path, unit("c/a", "One", "Two or so", "Three"))
    french = load_translations(tmp_path, FRENCH, "courses")
    texts = ("One", "Two", "Two or so", "Three")
    assert [french.find("c/a", text) for text in texts] == ["[fr] One", None, None, None]
    assert french.find("c/b", "One") is None
    assert not french.is_reviewed("c/a", "One")


def test_english_is_its_own_translation(tmp_path: Path) -> None:
    english = load_translations(tmp_path, SOURCE_LANGUAGE, "courses")
    assert english.find("c/a", "Anything") == "Anything"
    assert english.is_reviewed("c/a", "Anything")


def test_a_catalogue_that_is_missing_is_no_language_without_translations(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_translations(tmp_path, FRENCH, "courses")
    assert str(caught.value) == (
        f"{FRENCH_COURSES}:1: This file is missing; bring it back,"
        " or make one without translations: `translations add fr`."
    )


@pytest.mark.parametrize(
    "content", ["", "\ufeff\n", "# French\n", 'msgid ""\nmsgstr ""\n', 'msgid "One"\nmsgstr "Un"\n']
)
def test_nor_is_one_that_has_not_even_a_header(tmp_path: Path, content: str) -> None:
    path = tmp_path / FRENCH_COURSES
    path.parent.mkdir(parents=True)
    path.write_text(content, "utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_translations(tmp_path, FRENCH, "courses")
    assert str(caught.value) == (
        f"{FRENCH_COURSES}:1: This PO file is empty or has no header; bring back the file as it was."
    )


def test_a_catalogue_that_waits_for_its_translators_is_one(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One"))
    assert load_translations(tmp_path, FRENCH, "courses").find("c/a", "One") is None


def test_remarks_of_translators_stay(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One"))
    path = tmp_path / FRENCH_COURSES
    remark = "ask the office about this word, " * 5
    path.write_text(path.read_text("utf-8").replace("#. paragraph", f"# {remark}\n#. paragraph"), "utf-8")
    update_french(tmp_path, unit("c/a", "One", "Two"))
    assert entry_of(tmp_path, "One").tcomment == remark.strip()
    assert len(entries(tmp_path)) == 2
