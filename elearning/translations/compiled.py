"""The interface's catalogues as MO files, the form in which gettext reads them while the site runs.

Only what can be shown is in them: no stale or missing translation, and none whose placeholders would make a page fail.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

from elearning.translations.catalogue import (
    MESSAGES,
    Catalogue,
    CatalogueError,
    catalogue_path,
    forms_of,
    is_current,
    new_file,
    plural_count,
    read_served,
)
from elearning.translations.check import entry_findings
from elearning.translations.files import write_whole
from elearning.translations.languages import TRANSLATED_LANGUAGES, Language
from elearning.translations.problems import TranslationProblem

_FORMAT = b"2\0"  # counted up when the same catalogue gives another MO file, or none
_FATAL = frozenset({"placeholder", "percent", "plural"})


def compile_interface(
    project: Path, target: Path, languages: Iterable[Language] = TRANSLATED_LANGUAGES
) -> list[TranslationProblem]:
    """Bring `<target>/<lang>/LC_MESSAGES/messages.mo` up to date for each language, and return what was left out.

    A catalogue that cannot be read, is missing or has no header leaves its last good MO file in service. Where a
    catalogue did not change since, nothing is done and nothing reported again.
    """
    problems: list[TranslationProblem] = []
    for language in languages:
        try:
            problems.extend(_compile(project, target, language))
        except CatalogueError as error:
            problems.append(error.problem)
    return problems


def _compile(project: Path, target: Path, language: Language) -> list[TranslationProblem]:
    path = catalogue_path(language, MESSAGES)
    compiled = target / language.code / "LC_MESSAGES" / f"{MESSAGES}.mo"
    stamp = compiled.with_suffix(".digest")
    try:
        found = (project / path).read_bytes()
    except OSError:
        found = b""  # what keeps it from being read is told when it is read whole
    digest = hashlib.sha256(_FORMAT + found).hexdigest()
    if compiled.is_file() and stamp.is_file() and stamp.read_text("ascii") == digest:
        return []
    catalogue = read_served(project, language, MESSAGES)
    problems = list(_fatal_problems(catalogue, language))
    lines = {problem.line for problem in problems}
    shown = [entry for entry in catalogue.entries if is_current(entry) and entry.linenum not in lines]
    write_whole(compiled, _binary(language, shown))
    write_whole(stamp, digest.encode("ascii"))
    return problems


def _fatal_problems(catalogue: Catalogue, language: Language) -> Iterator[TranslationProblem]:
    for entry in filter(is_current, catalogue.entries):
        for rule, severity, message in entry_findings(entry, language, MESSAGES):
            if rule in _FATAL:
                yield TranslationProblem(catalogue.path, entry.linenum or 1, rule, severity, message)


def _binary(language: Language, entries: Iterable[polib.POEntry]) -> bytes:
    """Return an MO file. Its header is made anew, so that a broken one in the catalogue cannot stop the site."""
    file = new_file(language)
    for entry in entries:
        forms = forms_of(entry)[: plural_count(language)]
        file.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgctxt=entry.msgctxt,
                msgid_plural=entry.msgid_plural,
                msgstr="" if entry.msgid_plural else forms[0],
                msgstr_plural=dict(enumerate(forms)) if entry.msgid_plural else {},
            )
        )
    return bytes(file.to_binary())
