"""`translations update`: brings templates and catalogues up to date with the sources, and loses no translation.

A text that did not change keeps its translation; one that was rewritten keeps it as stale: flagged fuzzy, with the
text that was translated as previous msgid. Where the old wording returns, so does the translation. Translations of
texts that are gone stay at the end of the file, and come back with the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polib

from elearning.translations.align import Alignment, Place, align
from elearning.translations.catalogue import (
    DOMAINS,
    Catalogue,
    CatalogueError,
    Key,
    catalogue_path,
    duplicates,
    has_work,
    key_of,
    new_file,
    plural_count,
    read_catalogue,
    save,
    set_stale,
    template_path,
)
from elearning.translations.languages import TRANSLATED_LANGUAGES, Language
from elearning.translations.problems import TranslationProblem
from elearning.translations.source import SourceMessage
from elearning.translations.template import PYTHON_FORMAT, template_entries, template_file


@dataclass(frozen=True)
class Updated:
    """What an update did to one file. `stale` counts translations that became stale now; `kept`, those at its end."""

    path: str
    changed: bool
    added: int = 0
    stale: int = 0
    kept: int = 0


@dataclass(frozen=True)
class Update:
    """What an update did; a file with a problem was left untouched."""

    files: tuple[Updated, ...]
    problems: tuple[TranslationProblem, ...]


@dataclass(frozen=True)
class _Merged:
    """The new entries of a catalogue."""

    entries: list[polib.POEntry]
    obsolete: list[polib.POEntry]
    added: int
    stale: int


def update(
    project: Path,
    messages_by_domain: dict[str, list[SourceMessage]],
    languages: Iterable[Language] = TRANSLATED_LANGUAGES,
) -> Update:
    """Update the templates and catalogues of the domains that are given; other domains stay as they are."""
    files: list[Updated] = []
    problems: list[TranslationProblem] = []
    for domain in DOMAINS:
        if domain not in messages_by_domain:
            continue
        template = template_entries(messages_by_domain[domain])
        path = template_path(domain)
        files.append(Updated(path, save(project, path, template_file(template))))
        alignments = _Alignments(template)
        for language in languages:
            try:
                files.append(_update_catalogue(project, language, domain, template, alignments))
            except CatalogueError as error:
                problems.append(error.problem)
    return Update(tuple(files), tuple(problems))


class _Alignments:
    """Alignments to one template. Catalogues of different languages mostly hold the same texts, so they share them."""

    def __init__(self, template: list[polib.POEntry]) -> None:
        self._new = [_place(entry) for entry in template]
        self._keys = {place.key for place in self._new}
        self._known: dict[tuple[tuple[Place, ...], frozenset[Key]], Alignment] = {}

    def of(self, old: Iterable[polib.POEntry], obsolete: Iterable[polib.POEntry]) -> Alignment:
        places = tuple(_place(entry) for entry in old)
        revived = frozenset(key for entry in obsolete if (key := key_of(entry)) in self._keys)
        asked = (places, revived)
        if asked not in self._known:
            self._known[asked] = align(places, self._new, revived)
        return self._known[asked]


def _place(entry: polib.POEntry) -> Place:
    """Return where an entry stands. The interface has no contexts: its units are source files."""
    unit = entry.msgctxt or (entry.occurrences[0][0] if entry.occurrences else "")
    return Place(key_of(entry), unit, entry.comment)


def _update_catalogue(
    project: Path, language: Language, domain: str, template: list[polib.POEntry], alignments: _Alignments
) -> Updated:
    path = catalogue_path(language, domain)
    held = read_catalogue(project, path) or Catalogue(path, new_file(language))
    for again in duplicates(held.entries):
        message = (
            f"{again.msgid[:60]!r} stands here for the second time; keep the better translation, remove the other."
        )
        raise CatalogueError(TranslationProblem(path, again.linenum or 1, "duplicate", "error", message))
    merged = _merge(held, template, alignments, plural_count(language))
    file = new_file(language)
    file.header = held.file.header
    file.metadata |= held.file.metadata
    file.metadata["Content-Type"] = "text/plain; charset=UTF-8"
    file.extend([*merged.entries, *merged.obsolete])
    kept = len(merged.obsolete)
    return Updated(path, save(project, path, file), merged.added, merged.stale, kept)


def _merge(held: Catalogue, template: list[polib.POEntry], alignments: _Alignments, forms: int) -> _Merged:
    obsolete = {key_of(entry): entry for entry in held.obsolete if has_work(entry)}
    current = {key_of(entry): entry for entry in held.entries}
    alignment = alignments.of(current.values(), obsolete.values())
    sources = _sources(alignment)
    entries: list[polib.POEntry] = []
    added = stale = 0
    for wanted in template:
        key = key_of(wanted)
        before = current.pop(key, None) or obsolete.pop(key, None) or current.pop(sources.get(key, key), None)
        entry = merged_entry(wanted, before, forms, moved=key in alignment.moved)
        entries.append(entry)
        added += before is None
        stale += before is not None and entry.fuzzy and not before.fuzzy
    obsolete |= {key: entry for key, entry in current.items() if has_work(entry)}
    return _Merged(entries, [_retired(entry) for entry in obsolete.values()], added, stale)


def _sources(alignment: Alignment) -> dict[Key, Key]:
    return {**alignment.rewritten, **alignment.moved, **alignment.renamed}


def merged_entry(wanted: polib.POEntry, before: polib.POEntry | None, forms: int, *, moved: bool) -> polib.POEntry:
    """Return the entry of a message of the template, with the work that was done on what it was before."""
    entry = polib.POEntry(
        msgctxt=wanted.msgctxt,
        msgid=wanted.msgid,
        msgid_plural=wanted.msgid_plural,
        comment=wanted.comment,
        occurrences=wanted.occurrences,
        flags=[*wanted.flags],
    )
    if before is not None:
        entry.tcomment = before.tcomment
        entry.flags += [flag for flag in before.flags if flag not in {"fuzzy", PYTHON_FORMAT}]
        entry.msgstr, entry.msgstr_plural = before.msgstr, dict(before.msgstr_plural)
    _shape(entry, forms)
    if before is not None and has_work(before):
        _set_staleness(entry, before, moved)
    return entry


def _shape(entry: polib.POEntry, forms: int) -> None:
    """Give an entry as many plural forms as its language counts, or one text where it counts nothing."""
    if entry.msgid_plural:
        found = entry.msgstr_plural or {0: entry.msgstr}
        entry.msgstr, entry.msgstr_plural = "", dict.fromkeys(range(forms), "") | found
    elif entry.msgstr_plural:
        entry.msgstr, entry.msgstr_plural = entry.msgstr_plural.get(0, ""), {}


def _set_staleness(entry: polib.POEntry, before: polib.POEntry, moved: bool) -> None:
    """Compare an entry with the text that was translated: the previous msgid where there is one, else the old msgid."""
    if before.fuzzy and before.previous_msgid is None:
        set_stale(entry)  # a person's doubt, not ours to clear
        return
    context = before.msgctxt if moved else None
    text, plural = before.msgid, before.msgid_plural
    if before.fuzzy:
        context = before.previous_msgctxt or context
        text, plural = before.previous_msgid or "", before.previous_msgid_plural or ""
    if context == entry.msgctxt:
        context = None
    if (context, text, plural) == (None, entry.msgid, entry.msgid_plural):
        return
    set_stale(entry)
    entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural = context, text, plural or None


def _retired(entry: polib.POEntry) -> polib.POEntry:
    """Return an entry as it is kept when its text is gone: without places, with all the work."""
    return polib.POEntry(
        msgctxt=entry.msgctxt,
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural,
        msgstr=entry.msgstr,
        msgstr_plural=entry.msgstr_plural,
        tcomment=entry.tcomment,
        flags=[flag for flag in entry.flags if flag != PYTHON_FORMAT],
        previous_msgctxt=entry.previous_msgctxt,
        previous_msgid=entry.previous_msgid,
        previous_msgid_plural=entry.previous_msgid_plural,
        obsolete=True,
    )
