"""Templates: the English messages of a domain as PO entries, each once, in the order in which they are read."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

from elearning.translations.catalogue import DOMAINS, Key, key_of, new_file, read_catalogue, template_path
from elearning.translations.problems import TranslationProblem
from elearning.translations.source import SourceMessage

_PYTHON_FORMAT = re.compile(r"%\(\w+\)[sd]|%[sd]")
PYTHON_FORMAT = "python-format"


def template_entries(messages: Iterable[SourceMessage]) -> list[polib.POEntry]:
    """Return the entries of a template. A text that stands twice in one context is one entry with both places."""
    entries: dict[Key, polib.POEntry] = {}
    for message in messages:
        if not message.text.strip():
            continue
        key = (message.context, message.text)
        entry = entries.setdefault(key, polib.POEntry(msgctxt=message.context or None, msgid=message.text))
        _add(entry, message)
    return list(entries.values())


def _add(entry: polib.POEntry, message: SourceMessage) -> None:
    place = (message.path, str(message.line))
    if place not in entry.occurrences:
        entry.occurrences.append(place)
    comment = " ".join(message.comment.split())
    if comment and comment not in entry.comment.split("\n"):
        entry.comment = f"{entry.comment}\n{comment}".strip()
    if message.plural and not entry.msgid_plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {0: "", 1: ""}
    if not message.context and _PYTHON_FORMAT.search(message.text) and PYTHON_FORMAT not in entry.flags:
        entry.flags.append(PYTHON_FORMAT)


def template_file(entries: Iterable[polib.POEntry]) -> polib.POFile:
    """Return the template of some entries."""
    file = new_file(None)
    file.extend(entries)
    return file


def stale_templates(project: Path, messages_by_domain: dict[str, list[SourceMessage]]) -> Iterator[TranslationProblem]:
    """Yield a problem for each template that does not say what the sources say, at the first place where they differ.

    Line numbers may differ: a blank line above a text makes nobody's work stale. Raises CatalogueError.
    """
    for domain in DOMAINS:
        if domain not in messages_by_domain:
            continue
        new = template_entries(messages_by_domain[domain])
        held = read_catalogue(project, template_path(domain))
        if held is None:
            yield _problem(template_path(domain), 1, f"{template_path(domain)} is missing")
        elif (different := _first_difference(held.entries, new)) is not None:
            yield different if isinstance(different, TranslationProblem) else _withdrawn(held.path, different)


def _first_difference(held: list[polib.POEntry], new: list[polib.POEntry]) -> TranslationProblem | polib.POEntry | None:
    known = {key_of(entry) for entry in new}
    for index, entry in enumerate(new):
        if index >= len(held) or _essence(held[index]) != _essence(entry):
            if index < len(held) and key_of(held[index]) not in known:
                return held[index]
            path, line = entry.occurrences[0]
            return _problem(path, int(line), f"{entry.msgid[:60]!r} is not in the template as it stands here")
    return held[len(new)] if len(held) > len(new) else None


def _essence(entry: polib.POEntry) -> tuple[object, ...]:
    paths = tuple(dict.fromkeys(path for path, _line in entry.occurrences))
    return (key_of(entry), entry.msgid_plural, entry.comment, paths)


def _withdrawn(path: str, entry: polib.POEntry) -> TranslationProblem:
    places = " ".join(f"{place}:{line}" for place, line in entry.occurrences)
    return _problem(path, entry.linenum or 1, f"{entry.msgid[:60]!r} is no longer in the sources (it was at {places})")


def _problem(path: str, line: int, what: str) -> TranslationProblem:
    return TranslationProblem(path, line, "template-stale", "error", f"{what}; run `translations update`.")
