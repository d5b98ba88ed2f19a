"""Readers rely on: the interface speaks each of the eight languages whole, and changes with its translations."""

import pytest

from elearning.core.settings import PROJECT
from elearning.translations.catalogue import MESSAGES
from elearning.translations.languages import TRANSLATED_LANGUAGES, Language
from elearning.translations.status import figures_for


@pytest.mark.parametrize("language", TRANSLATED_LANGUAGES, ids=lambda language: language.code)
def test_the_interface_is_translated_whole(language: Language) -> None:
    found = figures_for(PROJECT, language, MESSAGES)
    assert (found.translated, found.stale) == (found.messages, 0)
