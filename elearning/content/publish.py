"""Publication: courses without mistake go into the store, in every language; a broken one stays as it was."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol

from elearning.content.load import course_folders, load_library
from elearning.content.messages import (
    course_messages,
    glossary_messages,
    path_messages,
    source_messages,
    unit_messages,
)
from elearning.content.models import Course, Lesson, Library, Unit
from elearning.content.published import COURSES, GLOSSARY, PATHS
from elearning.content.render import Renderer
from elearning.content.shared_files import GLOSSARY_PATH, MISSING, NO_FOLDER, PATHS_PATH
from elearning.content.store import PARTS, Earlier, Publication, Recipe, Store
from elearning.content.structure import course_structure, plain
from elearning.sources.digest import digest_of
from elearning.sources.problems import Problem, Problems, confined
from elearning.translations.languages import LANGUAGES, Language
from elearning.translations.problems import Located
from elearning.translations.source import SourceMessage

Key = tuple[str, str]
"""(context, English text)"""


class Translations(Protocol):
    """The catalogue of one language, as publication asks it."""

    def find(self, context: str, text: str) -> str | None:
        """Return the current translation, or None."""

    def is_reviewed(self, context: str, text: str) -> bool:
        """Tell whether a person has reviewed the current translation."""

    def mistakes(self, keys: Iterable[Key]) -> Mapping[Key, Located]:
        """Return, of these messages, those whose translation must not be shown, each with its mistake."""

    def without(self, keys: Set[Key]) -> "Translations":
        """Return the same translations without these."""


LoadTranslations = Callable[[Language], Translations]
Catalogues = Sequence[tuple[Language, Translations]]


@dataclass(frozen=True)
class Published:
    """What a publication did: which courses moved to another version, and what kept others where they are."""

    moved: tuple[str, ...]
    problems: tuple[Problem, ...]


def publish_courses(project: Path, publication: Publication, load_translations: LoadTranslations) -> Published:
    """Read, check, render and store all courses. Courses whose files are gone leave service; their versions stay.

    Where `courses/` is missing, or a file that courses share, PROJECT_DIR is wrong or a copy was cut off: what is gone
    may be lost, so nothing leaves service.
    """
    catalogues = [(language, load_translations(language)) for language in LANGUAGES]
    result = load_library(project)
    problems = Problems(list(result.errors))  # what could be better is for authors, and for `content check`
    broken, rules = {found.path for found in result.errors}, {found.rule for found in result.errors}
    if NO_FOLDER in rules:
        return Published((), result.errors)
    if GLOSSARY_PATH not in broken:
        with confined(problems, GLOSSARY_PATH, "the glossary cannot be published, and stays as it was"):
            _put_glossary(result.library, publication, catalogues, problems)
    if PATHS_PATH not in broken:
        with confined(problems, PATHS_PATH, "the learning paths cannot be published, and stay as they were"):
            _put_paths(result.library, publication, catalogues, problems)
    for course in result.library.courses:
        with confined(problems, course.path, "the course cannot be published, and stays as it was"):
            _put_course(course, result.library, publication, catalogues, problems)
    if MISSING not in rules and (project / "courses").is_dir():  # it may have gone meanwhile
        publication.keep_only(COURSES, frozenset(course_folders(project)))
    # a wrong translation of a term is found with the glossary, and again with each course that uses it
    return Published(tuple(publication.moved), tuple(dict.fromkeys(problems.found)))


def _put_course(
    course: Course, library: Library, publication: Publication, catalogues: Catalogues, problems: Problems
) -> None:
    used = [*course_messages(course), *_shared_messages(course.units, library)]
    texts = {
        language.code: recipe(used, catalogue, partial(_documents, course, library, language), problems)
        for language, catalogue in catalogues
    }
    publication.put(COURSES, course.id, course_structure(course, library), texts)


def _shared_messages(units: Iterable[Unit], library: Library) -> list[SourceMessage]:
    """Return the messages of the terms and sources that units use."""
    lessons = [unit for unit in units if isinstance(unit, Lesson)]
    terms = {term for lesson in lessons for term in lesson.terms}
    cited = {source for lesson in lessons for source in lesson.citations}
    return [
        *glossary_messages(term for term in library.glossary if term.id in terms),
        *source_messages(source for source in library.sources if source.id in cited),
    ]


def recipe(
    used: Iterable[SourceMessage],
    catalogue: Translations,
    make: Callable[[Translations, Earlier], dict[str, Any]],
    problems: Problems,
) -> Recipe:
    """Return how the texts of a language are made out of the messages that they show.

    A translation that must not be shown (a wrong link, a lost placeholder) is told with its file and line. The last
    good texts then stay in service; where there are none, the English stands in its place.
    """
    keys = [(message.context, message.text) for message in used]
    said = digest_of([[*key, catalogue.find(*key), catalogue.is_reviewed(*key)] for key in keys])
    mistakes = cache(lambda: catalogue.mistakes(keys))

    def sound() -> bool:
        for found in mistakes().values():
            problems.found.append(Problem(found.path, found.line, found.rule, found.message, found.severity))
        return not mistakes()

    def make_sound(earlier: Earlier) -> dict[str, Any]:
        return make(catalogue.without(mistakes().keys()) if mistakes() else catalogue, earlier)

    return Recipe(said, make_sound, sound)


def _documents(
    course: Course, library: Library, language: Language, catalogue: Translations, earlier: Earlier
) -> dict[str, Any]:
    renderer = Renderer(language, catalogue.find, library.glossary, library.sources)
    documents: dict[str, Any] = {
        "outline": renderer.outline(course),
        "coverage": _coverage(course_messages(course), catalogue),
    }
    parts = {}
    for unit in course.pages:
        used = [*unit_messages(course, unit), *_shared_messages([unit], library)]
        shown = [[*key, catalogue.find(*key)] for key in ((message.context, message.text) for message in used)]
        parts[unit.id] = digest_of([earlier.made_by, plain(unit), shown])
        documents[unit.id] = earlier.document(unit.id, parts[unit.id]) or renderer.unit(course, unit)
    return documents | {PARTS: parts}


def _coverage(messages: Iterable[SourceMessage], catalogue: Translations) -> dict[str, int]:
    found = [(message.context, message.text) for message in messages]
    return {
        "messages": len(found),
        "translated": sum(catalogue.find(*message) is not None for message in found),
        "reviewed": sum(catalogue.is_reviewed(*message) for message in found),
    }


def _put_glossary(library: Library, publication: Publication, catalogues: Catalogues, problems: Problems) -> None:
    used = list(glossary_messages(library.glossary))

    def documents(language: Language, catalogue: Translations, _earlier: Earlier) -> dict[str, Any]:
        terms = Renderer(language, catalogue.find, library.glossary, library.sources).glossary()
        return {"terms": terms, "coverage": _coverage(used, catalogue)}

    texts = {
        language.code: recipe(used, catalogue, partial(documents, language), problems)
        for language, catalogue in catalogues
    }
    publication.put(GLOSSARY, GLOSSARY, {"terms": plain(library.glossary)}, texts)


def _put_paths(library: Library, publication: Publication, catalogues: Catalogues, problems: Problems) -> None:
    used = list(path_messages(library.paths))

    def documents(language: Language, catalogue: Translations, _earlier: Earlier) -> dict[str, Any]:
        texts = Renderer(language, catalogue.find, library.glossary, library.sources).paths(library.paths)
        return {"texts": texts, "coverage": _coverage(used, catalogue)}

    texts = {
        language.code: recipe(used, catalogue, partial(documents, language), problems)
        for language, catalogue in catalogues
    }
    publication.put(PATHS, PATHS, {"paths": plain(library.paths)}, texts)


def inputs_digest(inputs: Iterable[Path]) -> str:
    """Return a digest of files and folders by path, size and time: enough to know that nothing changed."""
    digest = hashlib.sha256()
    for found in inputs:
        for path in sorted(found.rglob("*")) if found.is_dir() else [found]:
            if path.is_file() and "__pycache__" not in path.parts:
                status = path.stat()
                digest.update(os.fsencode(path) + f"\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def needs_publication(store: Store, inputs: str) -> bool:
    """Tell whether something changed since the last publication."""
    return store.inputs() != inputs
