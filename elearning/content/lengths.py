"""Whether the length of translated answers gives the right one away: balanced in English, they may not be elsewhere."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from elearning.content.guessing import advantages, answers, course_guesses
from elearning.content.load import load_library
from elearning.content.models import Course
from elearning.translations.catalogue import COURSES, Key, catalogue_path, is_current, key_of, read_catalogue
from elearning.translations.languages import Language
from elearning.translations.problems import TranslationProblem

_EXTREMES: Mapping[str, Callable[[Iterable[int]], int]] = {"the longest option": max, "the shortest option": min}


def check_lengths(project: Path, languages: Iterable[Language]) -> list[TranslationProblem]:
    """Return, for each course whose answers can be guessed by their length, the right ones that stand out."""
    courses, found = load_library(project).library.courses, []
    for language in languages:
        path = catalogue_path(language, COURSES)
        catalogue = read_catalogue(project, path)
        entries = [entry for entry in catalogue.entries if is_current(entry)] if catalogue is not None else []
        lines = {key_of(entry): entry.linenum or 1 for entry in entries}
        texts = {key_of(entry): entry.msgstr for entry in entries}
        found += [
            TranslationProblem(path, lines[key], "guessable", "warning", message)
            for course in courses
            for key, message in _standing_out(course, texts)
        ]
    return found


def _standing_out(course: Course, texts: Mapping[Key, str]) -> Iterator[tuple[Key, str]]:
    paying = {found.habit for found in advantages(course_guesses(course, lambda *key: texts.get(key)))}
    for habit in sorted(paying & _EXTREMES.keys()):
        for context, found in answers(course):
            lengths = [len(texts.get((context, text), text)) for text, _ in found]
            for (text, right), length in zip(found, lengths, strict=True):
                if (
                    right
                    and (context, text) in texts
                    and lengths.count(length) == 1
                    and length == _EXTREMES[habit](lengths)
                ):
                    too_often = f"This right answer is {habit}, as too often in {course.id!r}"
                    yield (context, text), f"{too_often}; expected lengths that tell nothing."
