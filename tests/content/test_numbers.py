"""Learners rely on: a number is what they typed, in the signs of their language or of the one they grew up with."""

import re
from decimal import Decimal

import pytest
from babel.numbers import format_decimal, get_decimal_symbol
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.numbers import read_number
from elearning.translations.languages import LANGUAGES

SYMBOLS = {language.code: str(get_decimal_symbol(language.code)) for language in LANGUAGES}
NUMBERS = st.decimals(-10_000_000, 10_000_000, places=3)
LATIN = "0123456789"
DIGITS = (LATIN, "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９")


@pytest.mark.parametrize(
    ("typed", "with_a_point", "with_a_comma"),
    [
        ("271.5", "271.5", "271.5"),
        ("0,5", "0.5", "0.5"),
        ("1,234.5", "1234.5", "1234.5"),
        ("1.234,5", "1234.5", "1234.5"),
        ("1 234,5", "1234.5", "1234.5"),
        ("1’234.5", "1234.5", "1234.5"),
        ("1\u202f234", "1234", "1234"),
        ("1.234.567", "1234567", "1234567"),
        ("1,234,567.25", "1234567.25", "1234567.25"),
        # a single sign before exactly three digits: as the language has it
        ("1.234", "1.234", "1234"),
        ("1,234", "1234", "1.234"),
        ("12,345", "12345", "12.345"),
        # no group of three: no group begins with nothing, or with more than three digits
        ("0,500", "0.5", "0.5"),
        ("0.500", "0.5", "0.5"),
        ("1234,567", "1234.567", "1234.567"),
        ("1234.567", "1234.567", "1234.567"),
        # Arabic and Persian
        ("٢٧١", "271", "271"),
        ("١٬٢٣٤٫٥", "1234.5", "1234.5"),
        ("٢٧١٫٥", "271.5", "271.5"),
        ("٢٧١,٥", "271.5", "271.5"),
        ("٢٧١،٥", "271.5", "271.5"),
        ("۱٬۲۳۴", "1234", "1234"),
        ("۱۲۳۴٫۵۶۷", "1234.567", "1234.567"),
        ("۱.۲۳۴٫۵", "1234.5", "1234.5"),
        ("\u200e\u22125", "-5", "-5"),
        # signs and edges
        ("−3", "-3", "-3"),
        ("+3", "3", "3"),
        (" .5 ", "0.5", "0.5"),
        ("5.", "5", "5"),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, with_a_point: str, with_a_comma: str) -> None:
    assert read_number(typed, ".") == Decimal(with_a_point)
    assert read_number(typed, ",") == Decimal(with_a_comma)


@pytest.mark.parametrize(
    "typed",
    ["", "-", ".", "271 people", "NaN", "1e5", "Infinity", "9" * 31, "1..2", "12 34", "1234 567", "1,23,4", "1,234,56",
     "1.234 567", "1,234.567,8", "1٫2٫3", "--5", "5-", "²", "½", "Ⅷ", "3/4"],
)  # fmt: skip
def test_what_is_no_number_is_not_guessed_at(typed: str) -> None:
    assert read_number(typed, ".") is None
    assert read_number(typed, ",") is None


@given(NUMBERS, st.sampled_from(sorted(SYMBOLS)), st.sampled_from(["latn", "default"]))
def test_what_a_page_shows_can_be_typed_as_it_stands(number: Decimal, language: str, digits: str) -> None:
    shown = format_decimal(number, locale=language, numbering_system=digits)
    assert read_number(shown, SYMBOLS[language]) == number


@given(NUMBERS, st.sampled_from(DIGITS), st.sampled_from(".,٫"), st.sampled_from(sorted(SYMBOLS)))
def test_without_groups_any_sign_before_decimals_is_read_in_any_language(
    number: Decimal, digits: str, sign: str, language: str
) -> None:
    plain = f"{number.normalize():f}"
    typed = plain.replace(".", sign).translate(str.maketrans(LATIN, digits))
    whole, _, decimals = plain.lstrip("-").partition(".")
    could_be_a_group = len(decimals) == 3 and len(whole) <= 3 and whole != "0"
    if not could_be_a_group or sign in {"٫", SYMBOLS[language]}:
        assert read_number(typed, SYMBOLS[language]) == number


@given(st.text(), st.sampled_from(".,"))
def test_reading_a_number_never_fails(typed: str, symbol: str) -> None:
    assert read_number(typed, symbol) == read_number(f" {typed} ", symbol)


@given(st.text("0123456789.,' ٫٬-", max_size=12), st.sampled_from(".,"))
def test_no_digit_is_lost_or_made_up(typed: str, symbol: str) -> None:
    number = read_number(typed, symbol)
    if number is not None:
        read, kept = (int(re.sub(r"[^0-9]", "", text)) for text in (f"{number:f}", typed))
        assert read == kept
