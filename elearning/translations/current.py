"""The current translations of one language and domain, as publication and the author's preview ask for them."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from elearning.translations.catalogue import (
    Catalogue,
    Key,
    catalogue_path,
    forms_of,
    is_current,
    is_reviewed,
    key_of,
    read_served,
    template_path,
)
from elearning.translations.check import entry_findings
from elearning.translations.kept import Kept, digest_of_files
from elearning.translations.languages import SOURCE_LANGUAGE, Language
from elearning.translations.problems import TranslationProblem


@dataclass(frozen=True, slots=True)
class Translated:
    """A current translation; `rule` and `message` name its first mistake, for which it must not be shown."""

    text: str
    is_reviewed: bool
    line: int
    rule: str = ""
    message: str = ""


class Translations:
    """What a catalogue says. `find` is a `Translate`."""

    def __init__(self, path: str, entries: Mapping[Key, Translated]) -> None:
        self._path = path
        self._entries = entries

    def find(self, context: str, text: str) -> str | None:
        """Return the current translation, or None where it is missing or stale."""
        entry = self._entries.get((context, text))
        return None if entry is None else entry.text

    def is_reviewed(self, context: str, text: str) -> bool:
        """Tell whether a person has reviewed the current translation."""
        entry = self._entries.get((context, text))
        return entry is not None and entry.is_reviewed

    def mistakes(self, keys: Iterable[Key]) -> dict[Key, TranslationProblem]:
        """Return, of these messages, those whose translation must not be shown, each with its first mistake."""
        held = ((key, self._entries.get(key)) for key in keys)
        return {
            key: TranslationProblem(self._path, entry.line, entry.rule, "error", entry.message)
            for key, entry in held
            if entry is not None and entry.rule
        }

    def without(self, keys: Set[Key]) -> "Translations":
        """Return the same translations without these, which count as not translated."""
        return Translations(self._path, {key: entry for key, entry in self._entries.items() if key not in keys})


class SourceTranslations(Translations):
    """English: every text is its own translation, and its authors have reviewed it."""

    def __init__(self) -> None:
        super().__init__("", {})

    def find(self, _context: str, text: str) -> str | None:
        """Return the text."""
        return text

    def is_reviewed(self, _context: str, _text: str) -> bool:
        """The source is what authors have reviewed."""
        return True


def load_translations(project: Path, language: Language, domain: str, kept: Kept | None = None) -> Translations:
    """Read a catalogue for display; raise CatalogueError where it cannot be read, is missing or has no header.

    Where it is `kept` as it stands now, it is neither parsed nor checked again.
    """
    if language.code == SOURCE_LANGUAGE.code:
        return SourceTranslations()
    path = catalogue_path(language, domain)
    if kept is None or not (project / path).is_file():
        return Translations(path, _current(read_served(project, language, domain), language, domain))
    digest = digest_of_files(project / path, project / template_path(domain))
    rows = kept.rows(path, digest)
    if rows is not None:
        return Translations(path, {(context, source): Translated(*said) for context, source, *said in rows})
    found = _current(read_served(project, language, domain), language, domain)
    kept.keep(path, digest, [[*key, *_row(entry)] for key, entry in found.items()])
    return Translations(path, found)


def _current(catalogue: Catalogue, language: Language, domain: str) -> dict[Key, Translated]:
    found = {}
    for entry in filter(is_current, catalogue.entries):
        findings = entry_findings(entry, language, domain)
        rule, message = next(((rule, text) for rule, severity, text in findings if severity == "error"), ("", ""))
        line = entry.linenum or 1
        found[key_of(entry)] = Translated(forms_of(entry)[0], is_reviewed(entry), line, rule, message)
    return found


def _row(entry: Translated) -> tuple[str, bool, int, str, str]:
    return entry.text, entry.is_reviewed, entry.line, entry.rule, entry.message
