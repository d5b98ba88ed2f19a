"""Brings the content store of a deployment up to date: courses, cases and the interface's translations."""

from elearning.content.publish import Published, Translations, inputs_digest, needs_publication, publish_courses
from elearning.content.store import Store
from elearning.core.settings import Settings
from elearning.translations.languages import SOURCE_LANGUAGE, Language

INPUT_FOLDERS = ("courses", "simulations", "translations", "elearning/content", "elearning/sources")


class English:
    """The source language: every text is its own translation."""

    def find(self, _context: str, text: str) -> str | None:
        """Return the text."""
        return text

    def is_reviewed(self, _context: str, _text: str) -> bool:
        """The source is what authors have reviewed."""
        return True


class Nothing:
    """A language without translations."""

    def find(self, _context: str, _text: str) -> str | None:
        """Find nothing."""
        return None

    def is_reviewed(self, _context: str, _text: str) -> bool:
        """Nothing was reviewed."""
        return False


def publish(settings: Settings, *, force: bool = False) -> Published:
    """Publish what changed since the last time; a second publication without a change takes milliseconds."""
    store = Store(settings.store_dir)
    inputs = inputs_digest(settings.project_dir / folder for folder in INPUT_FOLDERS)
    if not force and not needs_publication(store, inputs):
        return Published((), ())
    with store.publication() as publication:
        published = publish_courses(settings.project_dir, publication, load_translations)
        if not published.problems:
            publication.made_from(inputs)
    return published


def load_translations(language: Language) -> Translations:
    """Return the catalogue of courses in a language."""
    return English() if language is SOURCE_LANGUAGE else Nothing()
