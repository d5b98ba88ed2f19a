"""The check: each class of mistake is found, with its line; a good translation and a draft pass."""

from pathlib import Path

import pytest

from elearning.translations.catalogue import read_catalogue, save
from elearning.translations.check import check
from elearning.translations.languages import Language
from elearning.translations.source import SourceMessage
from elearning.translations.update import update
from tests.translations.projects import CHINESE, FRENCH, FRENCH_COURSES, RUSSIAN, translate, unit, update_french

LTR, RTL, POP, LRI, PDI, RLO = "\u202a", "\u202b", "\u202c", "\u2066", "\u2069", "\u202e"

GOOD = [
    ("Help {people} today", "Aidez {people}"),
    ("Hello %(name)s", "%(name)s, bonjour"),
    ("See [the map](https://x.org/a_(b)) and [why](lesson:why)", "[Pourquoi](lesson:why), et [la carte](https://x.org/a_(b))"),
    ("*Who* moves, **now** and _then_", "_Puis_ **maintenant** *qui*"),
    ("Use `a*b` and 2 * 3", "2 * 3, puis `a*b`"),
    ("The file snake_case_name", "Le fichier snake_case_name"),
    ("An escaped \\* star", "Une étoile échappée \\*"),
    ("Plain", f"{LRI}IOM{PDI} et {RTL}x {LTR}y{POP}{POP}"),
    ("Write to <https://iom.int>", "Écrivez à <https://iom.int>"),
    ("Fewer than 5 < 6", "Moins de 5 < 6"),
]  # fmt: skip

BAD = [
    ("Help {people}", "Aidez", "placeholder", "Expected placeholders as in English; missing: {people}."),
    ("Help", "Aidez {people}", "placeholder", "Found placeholders that English has not, or not as often: {people}."),
    ("Hello %(name)s", "Bonjour %(nom)s", "placeholder",
     "Found placeholders that English has not, or not as often: %(nom)s."),
    ("Hello %s", "Bonjour", "placeholder", "Found none; expected %s, in this order."),
    ("%s of %d", "%d de %s", "placeholder", "Found %d, %s; expected %s, %d, in this order."),
    ("[a](lesson:a)", "[a](lesson:b)", "link", "Found link targets that English has not, or not as often: lesson:b."),
    ("[a](lesson:a)", "a", "link", "Expected link targets as in English; missing: lesson:a."),
    ("[a](lesson:a)", "[a](lesson:a), [a](lesson:a)", "link",
     "Found link targets that English has not, or not as often: lesson:a."),
    ("[a](lesson:a)", "[a] (lesson:a)", "link", "Expected link targets as in English; missing: lesson:a."),
    ("**a** b", "a b", "emphasis", "Found ** 0 times; expected 2 times."),
    ("**a** b", "**a* b", "emphasis", "Found * once; expected 0 times."),
    ("*a* b", "_a_ b", "emphasis", "Found * 0 times; expected 2 times."),
    ("a b", "_a_ b", "emphasis", "Found _ 2 times; expected 0 times."),
    ("Type `x`", "Tapez `y`", "code", "Found inline code that English has not, or not as often: y."),
    ("a", "<b>a</b>", "html", "Found HTML tags that English has not, or not as often: </b>, <b>."),
    ("a", "a<script", "html", "Found HTML tags that English has not, or not as often: <script."),
    ("a", f"{RLO}a{POP}", "bidi",
     "Found a character that overrides the direction of text (U+202D, U+202E); expected none."),
    ("a", "&#x202E;a", "bidi",
     "Found a character that overrides the direction of text (U+202D, U+202E); expected none."),
    ("a", f"{LRI}a", "bidi",
     "Found a direction control (U+202A, U+202B, U+2066 to U+2068) that is not closed; expected pairs."),
    ("a", f"{LRI}{RTL}a{PDI}{POP}", "bidi",
     "Found a direction control (U+202A, U+202B, U+2066 to U+2068) that is not closed; expected pairs."),
    ("a", f"a{PDI}", "bidi",
     "Found a direction control (U+202A, U+202B, U+2066 to U+2068) that is not closed; expected pairs."),
    ("a", "a\x07b", "control", "Found the control character U+0007; expected none."),
    ("a", " a", "space", "Found ' ' at the start; expected '' as in English."),
    ("a ", "a", "space", "Found '' at the end; expected ' ' as in English."),
]  # fmt: skip


def project_with(project: Path, text: str, translation: str) -> list[str]:
    """Make a project of this one message in French, and return what the check says."""
    for domain in ("messages", "simulations"):
        update_french(project, [], domain)
    update_french(project, unit("c/a", text))
    held = read_catalogue(project, FRENCH_COURSES)
    assert held is not None
    held.entries[0].msgstr = translation
    save(project, FRENCH_COURSES, held.file)
    return [f"{problem.rule}: {problem}" for problem in check(project, [FRENCH])]


@pytest.mark.parametrize(("text", "translation"), GOOD)
def test_a_good_translation_passes(tmp_path: Path, text: str, translation: str) -> None:
    assert project_with(tmp_path, text, translation) == []


@pytest.mark.parametrize(("text", "translation", "rule", "message"), BAD)
def test_a_mistake_is_found(tmp_path: Path, text: str, translation: str, rule: str, message: str) -> None:
    assert f"{rule}: {FRENCH_COURSES}:14: {message}" in project_with(tmp_path, text, translation)


def test_a_draft_passes(tmp_path: Path) -> None:
    assert project_with(tmp_path, "Not translated", "") == []


def french(project: Path, **replacements: str) -> list[str]:
    """Replace texts of the French catalogue, and return what the check says."""
    path = project / FRENCH_COURSES
    text = path.read_text("utf-8")
    for old, new in replacements.items():
        assert old.replace("__", " ") in text
        text = text.replace(old.replace("__", " "), new)
    path.write_text(text, "utf-8")
    return [f"{problem.severity}: {problem}" for problem in check(project, [FRENCH])]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose two messages are translated."""
    update(tmp_path, {"messages": [], "courses": unit("c/a", "One", "Two"), "simulations": []}, [FRENCH])
    translate(tmp_path)
    return tmp_path


def test_a_stale_translation_is_a_warning(project: Path) -> None:
    update_french(project, unit("c/a", "One", "Two or so"))
    message = "This translation is stale: the English text changed, or a person was in doubt."
    assert [f"{problem.severity}: {problem}" for problem in check(project, [FRENCH])] == [
        f"warning: {FRENCH_COURSES}:22: {message}"
    ]


def test_a_wrong_language_is_told(project: Path) -> None:
    wrong = {"Language: fr": "Language: ru", "nplurals=2": "nplurals=3", "charset=UTF-8": "charset=X"}
    assert french(project, **wrong) == [
        f"error: {FRENCH_COURSES}:1: The header Language is 'ru'; expected 'fr'.",
        f"error: {FRENCH_COURSES}:1: The header Plural-Forms is 'nplurals=3; plural=(n > 1);'; "
        "expected 'nplurals=2; plural=(n > 1);'.",
        f"error: {FRENCH_COURSES}:1: The header Content-Type is 'text/plain; charset=X'; "
        "expected 'text/plain; charset=UTF-8'.",
    ]  # fmt: skip


def test_messages_that_the_template_has_not_are_told(project: Path) -> None:
    assert french(project, **{'msgid__"One"': 'msgid "Uno"'}) == [
        f"error: {FRENCH_COURSES}:1: 1 messages of translations/courses.pot are missing; run `translations update`.",
        f"error: {FRENCH_COURSES}:14: This message is not in translations/courses.pot; run `translations update`.",
    ]


def test_a_message_that_stands_twice_is_told(project: Path) -> None:
    assert french(project, **{'msgid__"One"': 'msgid "Two"'})[-1] == (
        f"error: {FRENCH_COURSES}:20: This message stands here for the second time; remove one."
    )


def test_another_order_is_told(project: Path) -> None:
    held = read_catalogue(project, FRENCH_COURSES)
    assert held is not None
    held.file.reverse()
    save(project, FRENCH_COURSES, held.file)
    assert french(project) == [
        f"error: {FRENCH_COURSES}:14: This message differs from translations/courses.pot in place or plural; "
        "run `translations update`."
    ]


def test_reviews_that_say_nothing_are_told(project: Path) -> None:
    marks = {'msgstr__"[fr]__One"': 'msgstr ""', "#.__paragraph": "# reviewed: 0123\n#. paragraph"}
    assert french(project, **marks) == [
        f"error: {FRENCH_COURSES}:15: This message is marked as reviewed and has no translation; remove the mark.",
        f"warning: {FRENCH_COURSES}:22: This message was edited after its review; have it reviewed again.",
    ]  # fmt: skip


def test_missing_and_broken_files_are_told(project: Path) -> None:
    (project / "translations/messages.pot").unlink()
    (project / "translations/fr/LC_MESSAGES/simulations.po").unlink()
    (project / FRENCH_COURSES).write_text("junk\n", "utf-8")
    assert [str(problem) for problem in check(project, [FRENCH])] == [
        f"{FRENCH_COURSES}:1: This PO file cannot be read: found 'junk'; "
        'expected msgctxt, msgid, msgid_plural or msgstr and a text in "double quotes", or a # comment.',
        "translations/fr/LC_MESSAGES/simulations.po:1: This file is missing; bring it back, "
        "or make one without translations: `translations add fr`.",
        "translations/messages.pot:1: translations/messages.pot is missing; run `translations update`.",
    ]


DAYS = SourceMessage("%(num)d day and %(name)s", "", "elearning/a.py", 1, plural="%(num)d days and %(name)s")


@pytest.mark.parametrize(
    ("language", "forms", "messages"),
    [
        (CHINESE, ["%(num)d %(name)s"], []),
        (RUSSIAN, ["one %(name)s", "%(num)d %(name)s", "%(num)d %(name)s"], []),
        (FRENCH, ["%(num)d %(name)s"], ["Found 1 plural forms; expected 2 for French."]),
        (FRENCH, ["%(num)d", "%(num)d %(name)s"], ["Expected placeholders as in English; missing: %(name)s."]),
        (FRENCH, ["5 % %(name)s", "%(name)s"],
         ["Found a single % sign; expected %% where a percent sign is meant."]),
    ],
)  # fmt: skip
def test_plural_forms_follow_the_language(
    tmp_path: Path, language: Language, forms: list[str], messages: list[str]
) -> None:
    update(tmp_path, {"messages": [DAYS], "courses": [], "simulations": []}, [language])
    path = f"translations/{language.code}/LC_MESSAGES/messages.po"
    held = read_catalogue(tmp_path, path)
    assert held is not None
    held.entries[0].msgstr_plural = dict(enumerate(forms))
    save(tmp_path, path, held.file)
    assert [problem.message for problem in check(tmp_path, [language])] == messages
