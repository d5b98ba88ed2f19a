"""Translators rely on: a term of the glossary that was rendered otherwise is told, and inflection is no fault."""

from pathlib import Path

import pytest

from elearning.content.load import load_library
from elearning.content.messages import library_messages
from elearning.content.terminology import check_terms
from elearning.translations.languages import find_language
from elearning.translations.update import update
from tests.content.projects import write_project
from tests.translations.projects import language, translate_as

GLOSSARY = """\
terms:
  - {id: phase, term: Phase, definition: A part of a crisis., forms: [phase, phases]}
  - {id: host-community, term: Host community, definition: Who receives., forms: [host community, host communities]}
  - {id: community, term: Community, definition: People., forms: [community, communities]}
  - {id: idp, term: Displaced person (IDP), definition: Who left., forms: [displaced people, IDP]}
"""
ENGLISH = ("Phase", "Host community", "Community", "Displaced person (IDP)")
NAMES = {
    "ru": dict(zip(ENGLISH, ("Этап", "Принимающее сообщество", "Сообщество", "Перемещённое лицо (ВПЛ)"), strict=True)),
    "ar": dict(zip(ENGLISH, ("مرحلة", "المجتمع المضيف", "مجتمع", "نازح"), strict=True)),
    "zh": dict(zip(ENGLISH, ("阶段", "收容社区", "社区", "流离失所者（IDP）"), strict=True)),
}


def findings(project: Path, code: str, english: str, translation: str, terms: str | None = None) -> list[str]:
    lesson = f"---\ntitle: One\nsummary: Two.\n---\n{english}\n"
    write_project(project, glossary=GLOSSARY, **{"01_first": lesson})
    update(project, {"courses": library_messages(load_library(project).library)}, [language(code)])
    translate_as(project, code, NAMES[code] | {english: translation})
    if terms is not None:
        (project / "translations" / code / "terms.yaml").write_text(terms, encoding="utf-8")
    return [f"{problem.rule}: {problem.message}" for problem in check_terms(project, [language(code)])]


@pytest.mark.parametrize(
    ("code", "english", "translation"),
    [
        ("ru", "It has three phases.", "Есть три этапа."),
        ("ru", "In each *phase* (see [it](lesson:check)).", "На каждом *этапе* (см. [это](lesson:check))."),
        ("ru", "It helps host communities.", "Помощь получают принимающие сообщества."),
        ("ru", "It counts displaced people.", "Учитываются ВПЛ."),
        ("ar", "For each phase.", "وللمرحلة الواحدة"),
        ("ar", "The host community eats.", "ويأكل المجتمع المضيف"),
        ("zh", "The phases.", "各阶段。"),
        ("zh", "The host communities eat.", "收容 社区吃饭。"),
        ("ru", "Multiphase and phase-out are other words.", "Другие слова."),
        ("ru", "A [word](glossary:phase) alone.", "Одно [слово](glossary:phase)."),
    ],
)
def test_a_term_may_be_inflected_and_joined(tmp_path: Path, code: str, english: str, translation: str) -> None:
    assert findings(tmp_path, code, english, translation) == []


def test_another_rendering_is_told_with_what_was_expected(tmp_path: Path) -> None:
    assert findings(tmp_path, "ru", "The host community eats.", "Местные жители едят.") == [
        "term: English names the term 'host-community' here; expected “Принимающее сообщество”, or another rendering"
        " that translations/ru/terms.yaml accepts."
    ]


def test_another_rendering_can_be_accepted(tmp_path: Path) -> None:
    accepted = "terms:\n  - {id: host-community, accepted: [местн жител], why: In talk.}\n"
    assert findings(tmp_path, "ru", "The host community eats.", "Местные жители едят.", accepted) == []


def test_mistakes_among_the_accepted_renderings_are_told(tmp_path: Path) -> None:
    found = findings(tmp_path, "ru", "Text.", "Текст.", "terms:\n  - {id: gone, accepted: [x], because: y}\n")
    assert found == [
        "term: found 'gone', expected the id of a term in courses/glossary.yaml",
        "unknown-key: found the unknown key 'because'; expected one of id, accepted, why",
    ]


def test_a_rendering_without_letters_accepts_nothing(tmp_path: Path) -> None:
    accepted = "terms:\n  - {id: host-community, accepted: ['—']}\n"
    found = findings(tmp_path, "ru", "The host community eats.", "Местные жители едят.", accepted)
    assert [line.partition(";")[0] for line in found] == [
        "term: English names the term 'host-community' here",
        "term: found '—' as 'accepted', expected letters",
    ]


def test_a_term_that_has_two_entries_is_told(tmp_path: Path) -> None:
    accepted = "terms:\n  - {id: phase, accepted: [ступен]}\n  - {id: phase, accepted: [стади]}\n"
    assert findings(tmp_path, "ru", "Text.", "Текст.", accepted) == [
        "duplicate-id: found the id 'phase' twice, expected it once"
    ]


def test_an_abbreviation_of_several_words_stands_for_a_chinese_name_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(NAMES, "zh", NAMES["zh"] | {ENGLISH[3]: "流离失所者（国内 难民）"})
    assert findings(tmp_path, "zh", "It counts displaced people.", "计算国内难民。") == []


def test_what_is_not_translated_is_not_judged(tmp_path: Path) -> None:
    assert find_language("ru") is not None
    assert findings(tmp_path, "ru", "The host community eats.", "") == []


def test_a_name_that_is_stale_is_not_demanded(tmp_path: Path) -> None:
    wrong = ("ru", "It has three phases.", "Есть три шага.")
    assert len(findings(tmp_path, *wrong)) == 1
    catalogue = tmp_path / "translations/ru/LC_MESSAGES/courses.po"
    text = catalogue.read_text(encoding="utf-8")
    name = 'msgctxt "glossary"\nmsgid "Phase"'
    assert name in text
    catalogue.write_text(text.replace(name, f"#, fuzzy\n{name}"), encoding="utf-8")
    assert check_terms(tmp_path, [language("ru")]) == []
