"""Small projects whose messages and translations tests invent."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import polib

from elearning.translations.catalogue import catalogue_path, key_of, read_catalogue, save
from elearning.translations.languages import Language, find_language
from elearning.translations.source import SourceMessage
from elearning.translations.update import Update, update


def language(code: str) -> Language:
    """Return a language of the table."""
    found = find_language(code)
    assert found is not None
    return found


FRENCH, RUSSIAN, CHINESE = language("fr"), language("ru"), language("zh")
FRENCH_COURSES = catalogue_path(FRENCH, "courses")


def unit(context: str, *texts: str, comment: str = "paragraph") -> list[SourceMessage]:
    """Return the messages of a lesson, one on a line."""
    path = f"courses/{context}.md"
    return [SourceMessage(text, context, path, line, comment) for line, text in enumerate(texts, 1)]


def update_french(project: Path, messages: list[SourceMessage], domain: str = "courses") -> Update:
    """Update one domain in French alone."""
    return update(project, {domain: messages}, [FRENCH])


def entries(project: Path, path: str = FRENCH_COURSES) -> list[polib.POEntry]:
    """Return the entries in use of a catalogue."""
    catalogue = read_catalogue(project, path)
    assert catalogue is not None
    return catalogue.entries


def entry_of(project: Path, text: str, path: str = FRENCH_COURSES) -> polib.POEntry:
    """Return the one entry with this English text."""
    (found,) = (entry for entry in entries(project, path) if entry.msgid == text)
    return found


def translate(project: Path, path: str = FRENCH_COURSES, only: Iterable[str] | None = None) -> None:
    """Translate what is not translated, as a person would: `[fr] text`, no longer fuzzy."""
    catalogue = read_catalogue(project, path)
    assert catalogue is not None
    wanted = None if only is None else set(only)
    for entry in catalogue:
        if wanted is None or entry.msgid in wanted:
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
            entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None
            if entry.msgid_plural:
                entry.msgstr_plural = {index: f"[{index}] {entry.msgid_plural}" for index in entry.msgstr_plural}
            else:
                entry.msgstr = f"[fr] {entry.msgid}"
    save(project, path, catalogue.file)


def work(project: Path, path: str = FRENCH_COURSES) -> dict[tuple[str, str], tuple[str, bool, str | None]]:
    """Return what a catalogue says of each message: translation, stale, previous text."""
    return {key_of(entry): (entry.msgstr, entry.fuzzy, entry.previous_msgid) for entry in entries(project, path)}


def translate_as(project: Path, code: str, wanted: Mapping[str, str], domain: str = "courses") -> None:
    """Give these English texts these translations, and leave the others as they are."""
    catalogue = read_catalogue(project, catalogue_path(language(code), domain))
    assert catalogue is not None
    for entry in catalogue.entries:
        if entry.msgid in wanted:
            entry.msgstr = wanted[entry.msgid]
    save(project, catalogue.path, catalogue.file)
