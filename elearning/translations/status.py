"""`translations status`: how much of each language and domain is translated, stale, and reviewed by a person."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import polib

from elearning.translations.catalogue import (
    DOMAINS,
    CatalogueError,
    catalogue_path,
    has_work,
    is_current,
    is_reviewed,
    key_of,
    read_catalogue,
    template_path,
)
from elearning.translations.languages import SOURCE_LANGUAGE, TRANSLATED_LANGUAGES, Language
from elearning.translations.problems import TranslationProblem


@dataclass(frozen=True)
class Status:
    """Counts of messages. Translated ones are current; reviewed ones are among them; stale ones are not."""

    domain: str
    language: str
    messages: int
    translated: int
    stale: int
    reviewed: int


def status(
    project: Path, languages: Iterable[Language] = TRANSLATED_LANGUAGES
) -> tuple[list[Status], list[TranslationProblem]]:
    """Return one row for each domain and language, and the files that cannot be read, which have no row."""
    languages = tuple(languages)
    rows: list[Status] = []
    problems: list[TranslationProblem] = []
    for domain in DOMAINS:
        for language in languages:
            try:
                rows.append(figures_for(project, language, domain))
            except CatalogueError as error:
                problems.append(error.problem)
    return rows, list(dict.fromkeys(problems))


def figures_for(project: Path, language: Language, domain: str, contexts: Collection[str] | None = None) -> Status:
    """Return the counts of some contexts of a domain, all of them by default. Raises CatalogueError.

    The template says how many messages there are, so a catalogue that is not up to date cannot look complete.
    """
    template = read_catalogue(project, template_path(domain))
    wanted = {
        key_of(entry)
        for entry in (template.entries if template else ())
        if contexts is None or (entry.msgctxt or "") in contexts
    }
    if language.code == SOURCE_LANGUAGE.code:
        return Status(domain, language.code, len(wanted), len(wanted), 0, len(wanted))
    catalogue = read_catalogue(project, catalogue_path(language, domain))
    entries = {key_of(entry): entry for entry in (catalogue.entries if catalogue else ())}
    return _count(domain, language, len(wanted), [entries[key] for key in wanted & entries.keys()])


def _count(domain: str, language: Language, messages: int, entries: list[polib.POEntry]) -> Status:
    return Status(
        domain,
        language.code,
        messages,
        translated=sum(map(is_current, entries)),
        stale=sum(entry.fuzzy and has_work(entry) for entry in entries),
        reviewed=sum(map(is_reviewed, entries)),
    )


def status_table(rows: Iterable[Status]) -> str:
    """Return the rows as a table for reading."""
    lines = [f"{'domain':<12}{'language':<10}{'messages':>9}{'translated':>17}{'stale':>7}{'reviewed':>17}"]
    lines += [
        f"{row.domain:<12}{row.language:<10}{row.messages:>9}"
        f"{_share(row.translated, row.messages):>17}{row.stale:>7}{_share(row.reviewed, row.messages):>17}"
        for row in rows
    ]
    return "\n".join(lines)


def _share(count: int, total: int) -> str:
    """Return a count and its percentage, rounded down: 100 % means all."""
    return f"{count} ({100 * count // total} %)" if total else "0"


def status_json(rows: Iterable[Status]) -> str:
    """Return the rows as JSON (DESIGN section 7)."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1)
