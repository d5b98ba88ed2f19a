"""`translations check`: everything that is wrong in the catalogues, each with its file and line.

What is not translated yet is no mistake, and what is stale a warning: a draft may be incomplete, never broken.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import polib

from elearning.translations.catalogue import (
    DOMAINS,
    MESSAGES,
    Catalogue,
    CatalogueError,
    Key,
    catalogue_path,
    duplicates,
    forms_of,
    has_work,
    key_of,
    missing,
    plural_count,
    plural_forms,
    read_catalogue,
    review_hash,
    review_mark,
    template_path,
)
from elearning.translations.languages import TRANSLATED_LANGUAGES, Language
from elearning.translations.markup import Finding, percent_findings, plural_findings, text_findings
from elearning.translations.problems import Severity, TranslationProblem


def check(project: Path, languages: Iterable[Language] = TRANSLATED_LANGUAGES) -> list[TranslationProblem]:
    """Return the problems of all catalogues, in the order of files and lines."""
    languages = tuple(languages)
    problems = chain.from_iterable(_check_domain(project, domain, languages) for domain in DOMAINS)
    return sorted(problems, key=lambda problem: (problem.path, problem.line))


def _check_domain(project: Path, domain: str, languages: Iterable[Language]) -> Iterator[TranslationProblem]:
    path = template_path(domain)
    try:
        template = read_catalogue(project, path)
    except CatalogueError as error:
        yield error.problem
        return
    if template is None:
        yield TranslationProblem(path, 1, "missing", "error", f"{path} is missing; run `translations update`.")
        return
    for language in languages:
        yield from check_catalogue(project, template, language, domain)


def check_catalogue(
    project: Path, template: Catalogue, language: Language, domain: str
) -> Iterator[TranslationProblem]:
    """Yield the problems of one catalogue."""
    path = catalogue_path(language, domain)
    try:
        catalogue = read_catalogue(project, path)
    except CatalogueError as error:
        yield error.problem
        return
    if catalogue is None:
        yield missing(path, language)
        return
    yield from _header_problems(catalogue, language)
    yield from _agreement_problems(catalogue, template)
    for entry in catalogue.entries:
        for rule, severity, message in entry_findings(entry, language, domain):
            yield _problem(path, entry, rule, message, severity)


def _header_problems(catalogue: Catalogue, language: Language) -> Iterator[TranslationProblem]:
    metadata = catalogue.file.metadata
    wanted = {"Language": language.code, "Plural-Forms": f"nplurals={plural_count(language)}"}
    for name, value in wanted.items():
        found = metadata.get(name, "")
        if found.replace(" ", "").partition(";")[0] != value:
            expected = value if name == "Language" else plural_forms(language)
            message = f"The header {name} is {found!r}; expected {expected!r}."
            yield TranslationProblem(catalogue.path, 1, "header", "error", message)
    content_type = metadata.get("Content-Type", "")
    if "charset=utf-8" not in content_type.lower().replace(" ", ""):
        message = f"The header Content-Type is {content_type!r}; expected 'text/plain; charset=UTF-8'."
        yield TranslationProblem(catalogue.path, 1, "header", "error", message)


def _agreement_problems(catalogue: Catalogue, template: Catalogue) -> Iterator[TranslationProblem]:
    """Compare a catalogue with its template: the same messages, once each, in the same order."""
    wanted: dict[Key, polib.POEntry] = {key_of(entry): entry for entry in template.entries}
    held = {key_of(entry) for entry in catalogue.entries}
    sound = True
    for entry in duplicates(catalogue.entries):
        sound = False
        yield _problem(catalogue.path, entry, "duplicate", "This message stands here for the second time; remove one.")
    for entry in catalogue.entries:
        if key_of(entry) not in wanted:
            sound = False
            message = f"This message is not in {template.path}; run `translations update`."
            yield _problem(catalogue.path, entry, "unknown", message)
    missing = [entry for key, entry in wanted.items() if key not in held]
    if missing:
        message = f"{len(missing)} messages of {template.path} are missing; run `translations update`."
        yield TranslationProblem(catalogue.path, 1, "outdated", "error", message)
    elif sound:
        yield from _order_problem(catalogue, template)


def _order_problem(catalogue: Catalogue, template: Catalogue) -> Iterator[TranslationProblem]:
    for entry, expected in zip(catalogue.entries, template.entries, strict=True):
        if (key_of(entry), entry.msgid_plural) != (key_of(expected), expected.msgid_plural):
            message = f"This message differs from {template.path} in place or plural; run `translations update`."
            yield _problem(catalogue.path, entry, "outdated", message)
            return


def entry_findings(entry: polib.POEntry, language: Language, domain: str) -> Iterator[tuple[str, Severity, str]]:
    """Yield rule, severity and message for one entry. A stale translation is compared with what it translates."""
    if not has_work(entry):
        if review_mark(entry):
            yield "review", "error", "This message is marked as reviewed and has no translation; remove the mark."
        return
    if entry.fuzzy:
        yield "stale", "warning", "This translation is stale: the English text changed, or a person was in doubt."
        return
    if review_mark(entry) not in {None, review_hash(entry)}:
        yield "review", "warning", "This message was edited after its review; have it reviewed again."
    for rule, message in _form_findings(entry, language, domain):
        yield rule, "error", f"{message[0].upper()}{message[1:]}."


def _form_findings(entry: polib.POEntry, language: Language, domain: str) -> Iterator[Finding]:
    forms = forms_of(entry)
    sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
    if entry.msgid_plural:
        wanted = plural_count(language)
        if len(forms) != wanted or not all(forms) or not entry.msgstr_plural:
            filled = sum(map(bool, forms))
            yield "plural", f"found {filled} plural forms; expected {wanted} for {language.english_name}"
        yield from _each_once(plural_findings(entry.msgid, entry.msgid_plural, filter(None, forms)))
    else:
        yield from text_findings(entry.msgid, entry.msgstr)
    if domain == MESSAGES:
        yield from _each_once(chain.from_iterable(percent_findings(sources, form) for form in forms))


def _each_once(findings: Iterable[Finding]) -> Iterable[Finding]:
    return dict.fromkeys(findings)


def _problem(
    path: str, entry: polib.POEntry, rule: str, message: str, severity: Severity = "error"
) -> TranslationProblem:
    return TranslationProblem(path, entry.linenum or 1, rule, severity, message)
