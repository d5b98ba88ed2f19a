"""Brings what a deployment serves up to date: courses and cases in the store, and the interface's translations."""

from dataclasses import dataclass
from pathlib import Path

from elearning.content.load import load_library
from elearning.content.messages import library_messages
from elearning.content.publish import inputs_digest, needs_publication, publish_courses
from elearning.content.store import Store
from elearning.core.settings import Settings
from elearning.exercises.published import publish_cases
from elearning.simulation.extract import extract
from elearning.simulation.load import load_cases
from elearning.sources.problems import Problem
from elearning.translations.catalogue import (
    COURSES,
    MESSAGES,
    SIMULATIONS,
    CatalogueError,
)
from elearning.translations.compiled import compile_interface
from elearning.translations.current import Translations, load_translations
from elearning.translations.interface import extract_interface
from elearning.translations.kept import Kept
from elearning.translations.languages import LANGUAGES, Language
from elearning.translations.problems import BrokenSourcesError, TranslationProblem
from elearning.translations.source import SourceMessage

# What is stored depends on these; requirements.txt names the versions of what renders Markdown and cleans HTML.
PROGRAM = (
    "elearning/content",
    "elearning/exercises/published.py",
    "elearning/publication.py",
    "elearning/simulation",
    "elearning/sources",
    "elearning/translations",
    "requirements.txt",
)
INPUTS = ("courses", "simulations", "translations", *PROGRAM)


@dataclass(frozen=True)
class Publication:
    """What a publication moved, and what kept things where they are."""

    moved: tuple[str, ...] = ()
    problems: tuple[Problem | TranslationProblem, ...] = ()

    @property
    def whole(self) -> bool:
        """Tell whether everything that is there is in service."""
        return not any(problem.severity == "error" for problem in self.problems)


def publish(settings: Settings, *, force: bool = False) -> Publication:
    """Publish what changed since the last time; a second publication without a change takes milliseconds.

    Forced, it makes everything anew, and so mends what a damaged disk has changed.

    Catalogues that cannot be read leave all courses and cases as they were. What others published meanwhile is not
    undone: everything is read when it is our turn.
    """
    project, store = settings.project_dir, Store(settings.store_dir)
    inputs = inputs_digest(project / name for name in INPUTS)
    if not force and not needs_publication(store, inputs):
        return Publication()
    interface = tuple(compile_interface(project, settings.interface_dir))
    try:
        made_by = "" if force else inputs_digest(project / name for name in PROGRAM)
        with store.publication(made_by) as publication:
            courses, simulations = _catalogues(project, Kept(settings.catalogues_dir, anew=force))
            published = publish_courses(project, publication, courses.__getitem__)
            cases = publish_cases(project, publication, simulations.__getitem__)
            done = Publication(tuple(publication.moved), interface + published.problems + cases.problems)
            if done.whole:
                publication.made_from(inputs)
    except BrokenSourcesError as error:
        return Publication((), interface + error.problems)
    return done


def _catalogues(project: Path, kept: Kept) -> list[dict[Language, Translations]]:
    """Return the translations of courses and of simulations; raise BrokenSourcesError with all that cannot be read."""
    mistakes, found = [], []
    for domain in (COURSES, SIMULATIONS):
        found.append(dict[Language, Translations]())
        for language in LANGUAGES:
            try:
                found[-1][language] = load_translations(project, language, domain, kept)
            except CatalogueError as error:
                mistakes.append(error.problem)
    if mistakes:
        raise BrokenSourcesError(mistakes)
    return found


def source_messages(project: Path) -> dict[str, list[SourceMessage]]:
    """Return all English texts by domain; raise BrokenSourcesError with every mistake that stands in the way."""
    result = load_library(project)
    mistakes = [problem for problem in (*result.problems, *load_cases(project).problems) if problem.severity == "error"]
    if mistakes:
        raise BrokenSourcesError(mistakes)
    return {
        MESSAGES: extract_interface(project),
        COURSES: library_messages(result.library),
        SIMULATIONS: extract(project),
    }
