"""Templates: when they do not say what the sources say, the first place is told."""

from dataclasses import replace
from pathlib import Path

from elearning.translations.source import SourceMessage
from elearning.translations.template import stale_templates
from tests.translations.projects import unit, update_french


def told(project: Path, messages: list[SourceMessage]) -> list[str]:
    return [str(problem) for problem in stale_templates(project, {"courses": messages})]


def test_a_template_is_compared_with_the_sources(tmp_path: Path) -> None:
    messages = unit("c/a", "One", "Two")
    assert told(tmp_path, messages) == [
        "translations/courses.pot:1: translations/courses.pot is missing; run `translations update`."
    ]
    update_french(tmp_path, messages)
    assert told(tmp_path, messages) == []
    assert told(tmp_path, [replace(message, line=message.line + 5) for message in messages]) == []
    assert told(tmp_path, unit("c/a", "One", "New", "Two")) == [
        "courses/c/a.md:2: 'New' is not in the template as it stands here; run `translations update`."
    ]
    assert told(tmp_path, unit("c/a", "One")) == [
        "translations/courses.pot:18: 'Two' is no longer in the sources (it was at courses/c/a.md:2); "
        "run `translations update`."
    ]
    assert told(tmp_path, unit("c/a", "One", "Two", comment="heading")) == [
        "courses/c/a.md:1: 'One' is not in the template as it stands here; run `translations update`."
    ]


def test_texts_without_words_are_no_messages(tmp_path: Path) -> None:
    update_french(tmp_path, unit("c/a", "One", " "))
    assert told(tmp_path, unit("c/a", "One")) == []
