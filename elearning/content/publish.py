"""Publication: courses without mistake go into the store, in every language; a broken one stays as it was."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from elearning.content.load import LoadResult, load_library
from elearning.content.messages import GLOSSARY_PATH, course_messages, glossary_messages
from elearning.content.models import Course, Library
from elearning.content.published import COURSES, GLOSSARY
from elearning.content.render import Renderer
from elearning.content.store import Publication, Store
from elearning.content.structure import course_structure, plain
from elearning.sources.problems import Problem
from elearning.translations.languages import LANGUAGES, Language
from elearning.translations.source import SourceMessage


class Translations(Protocol):
    """The catalogue of one language, as publication asks it."""

    def find(self, context: str, text: str) -> str | None:
        """Return the current translation, or None."""

    def is_reviewed(self, context: str, text: str) -> bool:
        """Tell whether a person has reviewed the current translation."""


LoadTranslations = Callable[[Language], Translations]


@dataclass(frozen=True)
class Published:
    """What a publication did: which courses moved to another version, and what kept others where they are."""

    moved: tuple[str, ...]
    problems: tuple[Problem, ...]


def publish_courses(project: Path, publication: Publication, load_translations: LoadTranslations) -> Published:
    """Read, check, render and store all courses. Courses whose files are gone leave service; their versions stay."""
    result = load_library(project)
    catalogues = [(language, load_translations(language)) for language in LANGUAGES]
    if not any(problem.path == GLOSSARY_PATH for problem in result.errors):
        _put_glossary(result.library, publication, catalogues)
    for course in result.library.courses:
        texts = {
            language.code: _documents(course, result.library, language, catalogue) for language, catalogue in catalogues
        }
        publication.put(COURSES, course.id, course_structure(course, result.library.glossary), texts)
    publication.keep_only(COURSES, _folders(result))
    return Published(tuple(publication.moved), result.problems)


def _documents(course: Course, library: Library, language: Language, catalogue: Translations) -> dict[str, Any]:
    documents = Renderer(language, catalogue.find, library.glossary).course(course)
    documents["coverage"] = _coverage(course_messages(course), catalogue)
    return documents


def _coverage(messages: Iterable[SourceMessage], catalogue: Translations) -> dict[str, int]:
    found = [(message.context, message.text) for message in messages]
    return {
        "messages": len(found),
        "translated": sum(catalogue.find(*message) is not None for message in found),
        "reviewed": sum(catalogue.is_reviewed(*message) for message in found),
    }


def _put_glossary(
    library: Library, publication: Publication, catalogues: Iterable[tuple[Language, Translations]]
) -> None:
    texts = {
        language.code: {
            "terms": Renderer(language, catalogue.find, library.glossary).glossary(),
            "coverage": _coverage(glossary_messages(library.glossary), catalogue),
        }
        for language, catalogue in catalogues
    }
    publication.put(GLOSSARY, GLOSSARY, {"terms": plain(library.glossary)}, texts)


def _folders(result: LoadResult) -> frozenset[str]:
    """Return the ids of the courses that are there, broken ones too."""
    broken = {problem.path.split("/")[1] for problem in result.errors if problem.path.count("/") > 1}
    return frozenset({course.id for course in result.library.courses} | broken)


def inputs_digest(folders: Iterable[Path]) -> str:
    """Return a digest of the files below some folders by path, size and time: enough to know that nothing changed."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                status = path.stat()
                digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def needs_publication(store: Store, inputs: str) -> bool:
    """Tell whether something changed since the last publication."""
    return store.inputs() != inputs
