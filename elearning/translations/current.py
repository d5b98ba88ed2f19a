"""The current translations of one language and domain, as publication and the author's preview ask for them."""

from collections.abc import Iterable, Set
from pathlib import Path

from elearning.translations.catalogue import (
    Catalogue,
    Key,
    forms_of,
    is_current,
    is_reviewed,
    key_of,
    read_shown,
)
from elearning.translations.check import entry_findings
from elearning.translations.languages import SOURCE_LANGUAGE, Language
from elearning.translations.problems import TranslationProblem


class Translations:
    """What a catalogue says. `find` is a `Translate`. Keys in `without` count as not translated."""

    def __init__(
        self, catalogue: Catalogue | None, language: Language, domain: str, without: Set[Key] = frozenset()
    ) -> None:
        self._catalogue, self._language, self._domain = catalogue, language, domain
        entries = catalogue.entries if catalogue is not None else []
        current = ((key_of(entry), entry) for entry in entries if is_current(entry))
        self._entries = {key: entry for key, entry in current if key not in without}

    def find(self, context: str, text: str) -> str | None:
        """Return the current translation, or None where it is missing or stale."""
        entry = self._entries.get((context, text))
        return None if entry is None else forms_of(entry)[0]

    def is_reviewed(self, context: str, text: str) -> bool:
        """Tell whether a person has reviewed the current translation."""
        entry = self._entries.get((context, text))
        return entry is not None and is_reviewed(entry)

    def mistakes(self, keys: Iterable[Key]) -> dict[Key, TranslationProblem]:
        """Return, of these messages, those whose translation must not be shown, each with its first mistake."""
        path, found = "" if self._catalogue is None else self._catalogue.path, dict[Key, TranslationProblem]()
        for key in keys:
            entry = self._entries.get(key)
            findings = entry_findings(entry, self._language, self._domain) if entry is not None else ()
            for rule, severity, message in findings:
                if entry is not None and severity == "error":
                    found[key] = TranslationProblem(path, entry.linenum or 1, rule, severity, message)
                    break
        return found

    def without(self, keys: Set[Key]) -> "Translations":
        """Return the same translations without these."""
        return Translations(self._catalogue, self._language, self._domain, keys)


class SourceTranslations(Translations):
    """English: every text is its own translation, and its authors have reviewed it."""

    def __init__(self, domain: str) -> None:
        super().__init__(None, SOURCE_LANGUAGE, domain)

    def find(self, _context: str, text: str) -> str | None:
        """Return the text."""
        return text

    def is_reviewed(self, _context: str, _text: str) -> bool:
        """The source is what authors have reviewed."""
        return True


def load_translations(project: Path, language: Language, domain: str) -> Translations:
    """Read a catalogue for display; raise CatalogueError where it cannot be read, is missing or has no header."""
    if language.code == SOURCE_LANGUAGE.code:
        return SourceTranslations(domain)
    return Translations(read_shown(project, language, domain), language, domain)
