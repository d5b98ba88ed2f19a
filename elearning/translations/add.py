"""`translations add LANG`: the catalogues of a new language."""

from collections.abc import Iterable
from pathlib import Path

from elearning.translations.catalogue import (
    DOMAINS,
    catalogue_path,
    new_file,
    plural_count,
    read_catalogue,
    save,
    template_path,
)
from elearning.translations.languages import LANGUAGES, SOURCE_LANGUAGE, Language
from elearning.translations.update import merged_entry

LANGUAGES_FILE = "elearning/translations/languages.py"


class AddError(Exception):
    """A language that cannot be added; the message says what to do first."""


def add_language(project: Path, code: str, languages: Iterable[Language] = LANGUAGES) -> list[str]:
    """Make the catalogues that a language lacks, and return their paths. Files that are there stay as they are.

    Raises AddError, or CatalogueError where a template cannot be read.
    """
    language = next((language for language in languages if language.code == code), None)
    if language is None:
        raise AddError(f"{code!r} is not a row of LANGUAGES in {LANGUAGES_FILE}; add the row, then run this again.")
    if language.code == SOURCE_LANGUAGE.code:
        raise AddError(f"{SOURCE_LANGUAGE.english_name} is the source, and needs no catalogues.")
    missing = [path for domain in DOMAINS if not (project / (path := template_path(domain))).is_file()]
    if missing:
        raise AddError(f"{', '.join(missing)}: not found; run `translations update` first.")
    made = [_add_catalogue(project, language, domain) for domain in DOMAINS]
    return [path for path in made if path is not None]


def _add_catalogue(project: Path, language: Language, domain: str) -> str | None:
    path = catalogue_path(language, domain)
    template = read_catalogue(project, template_path(domain))
    if template is None or (project / path).exists():
        return None
    file = new_file(language)
    forms = plural_count(language)
    file.extend(merged_entry(entry, None, forms, moved=False) for entry in template.entries)
    save(project, path, file)
    return path
