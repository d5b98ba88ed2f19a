"""Authors rely on: what is kept of a catalogue says what its PO file says now, and spares reading it again."""

from pathlib import Path
from unittest.mock import patch

import pytest

from elearning.translations import current
from elearning.translations.catalogue import read_served
from elearning.translations.current import Translations, load_translations
from elearning.translations.kept import Kept
from elearning.translations.languages import TRANSLATED_LANGUAGES

FRENCH = next(language for language in TRANSLATED_LANGUAGES if language.code == "fr")
GOOD, WRONG, STALE = ("c/a", "See [here](x)"), ("c/a", "Keep {this}"), ("c/a", "Old")
PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "c/a"
msgid "See [here](x)"
msgstr "Voir [ici](x)"

msgctxt "c/a"
msgid "Keep {this}"
msgstr "Rien"

#, fuzzy
msgctxt "c/a"
msgid "Old"
msgstr "Vieux"
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """The French catalogue of a project."""
    path = tmp_path / "translations/fr/LC_MESSAGES/courses.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    return path


def load(project: Path) -> Translations:
    return load_translations(project, FRENCH, "courses", Kept(project / "kept"))


def said(translations: Translations) -> list[object]:
    keys = [GOOD, WRONG, STALE]
    found = [(translations.find(*key), translations.is_reviewed(*key)) for key in keys]
    return [*found, {key: str(problem) for key, problem in translations.mistakes(keys).items()}]


def test_what_is_kept_says_the_same_and_is_not_read_again(tmp_path: Path, catalogue: Path) -> None:
    assert catalogue.is_file()
    fresh = said(load_translations(tmp_path, FRENCH, "courses"))
    assert said(load(tmp_path)) == fresh
    with patch.object(current, "read_served", side_effect=AssertionError):
        assert said(load(tmp_path)) == fresh
    assert fresh[:3] == [("Voir [ici](x)", False), ("Rien", False), (None, False)]
    assert isinstance(fresh[3], dict)
    assert [text.partition(": ")[0] for text in fresh[3].values()] == ["translations/fr/LC_MESSAGES/courses.po:9"]


def test_an_edit_is_seen_at_once(tmp_path: Path, catalogue: Path) -> None:
    load(tmp_path)
    catalogue.write_text(PO.replace("Rien", "Tout"), encoding="utf-8")
    assert load(tmp_path).find(*WRONG) == "Tout"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b"Voir [nulle part](x)"])
def test_a_damaged_copy_is_as_good_as_none(tmp_path: Path, catalogue: Path, damage: bytes) -> None:
    assert catalogue.is_file()
    load(tmp_path)
    (copy,) = (tmp_path / "kept").iterdir()
    copy.write_bytes(copy.read_bytes().replace(b"Voir [ici](x)", damage) if b"Voir" in damage else damage)
    assert load(tmp_path).find(*GOOD) == "Voir [ici](x)"


def test_where_nothing_can_be_kept_the_catalogue_is_read(tmp_path: Path, catalogue: Path) -> None:
    assert catalogue.is_file()
    (tmp_path / "kept").write_text("a file in place of the folder", encoding="utf-8")
    assert load(tmp_path).find(*GOOD) == "Voir [ici](x)"


def test_told_so_everything_is_read_anew(tmp_path: Path, catalogue: Path) -> None:
    assert catalogue.is_file()
    load(tmp_path)
    with patch.object(current, "read_served", wraps=read_served) as read:
        load_translations(tmp_path, FRENCH, "courses", Kept(tmp_path / "kept", anew=True))
    assert read.call_count == 1


def test_another_program_reads_anew(tmp_path: Path, catalogue: Path) -> None:
    assert catalogue.is_file()
    load(tmp_path)
    with (
        patch("elearning.translations.kept._program", return_value=b"another"),
        patch.object(current, "read_served", wraps=read_served) as read,
    ):
        load(tmp_path)
    assert read.call_count == 1
