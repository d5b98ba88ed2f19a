"""Readers rely on: a list of words is in the order in which a dictionary of their language has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.collation import sort_key, typed_key
from elearning.translations.languages import LANGUAGES

IN_ORDER = [
    ("en", ["10 words", "2 words", "Asylum", "asylum-seeker", "camp", "camp site", "campaign", "Émigré", "zone"]),
    ("fr", ["à long terme", "cote", "côté", "d’asile", "École", "ecot", "œuvre", "zone"]),
    ("es", ["nube", "nunca", "ñandú", "ocaso", "órgano", "zona"]),
    ("tr", ["cam", "çadır", "gece", "ğ", "hava", "ılık", "Isparta", "içme", "İzmir", "oda", "ödül", "zor"]),
    ("ru", ["ёж", "ежевика", "ель", "и", "йод", "щит", "эхо", "яма"]),
    ("ar", ["أزمة", "الاتجار", "بَلَد", "بلدان", "تأهب", "ثقة", "هجرة", "ورقة", "يوم", "IDP"]),
    ("fa", ["آمادگی", "ابر", "بحران", "پناهنده", "تاب\u200cآور", "چرخ", "ژرف", "كار", "گروه", "واژه", "هدف", "یار"]),
    ("zh", ["3", "备灾", "第三国国民", "贩运人口", "难民", "难民制度", "危机阶段", "移民", "援助", "囧", "MCOF"]),
    ("de", ["Arzt", "Äther", "groß", "grosz", "Ofen", "öffnen"]),  # a ninth language has the Latin alphabet
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), IN_ORDER)
def test_words_stand_in_the_order_of_the_language(language: str, words: list[str]) -> None:
    mixed = sorted(words, key=lambda word: word[::-1])
    assert sorted(mixed, key=lambda word: sort_key(word, language)) == words


@given(st.text(), st.sampled_from([language.code for language in LANGUAGES]))
def test_any_text_has_a_place_and_equal_ones_the_same(text: str, language: str) -> None:
    assert sort_key(text, language) == sort_key(text, language)
    assert sort_key(text, language) < sort_key(f"{text}a1", language)


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [("ar", "أزمه", "الأزمة"), ("ar", "انسان", "إنسان"), ("fa", "هجرة", "هجره"), ("fr", "REFUGIE", "réfugié")],
)
def test_people_find_what_they_type_as_they_are_used_to(language: str, typed: str, meant: str) -> None:
    assert typed_key(typed, language) in typed_key(meant, language)
