"""Readers rely on: numbers stand in the digits and with the signs of their language."""

from datetime import date

import pytest
from flask import Flask

from elearning.web.formats import day, number, percent, signed


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("1,234.5", "\u221210", "70%")),
        ("ar", ("1,234.5", "\u221210", "70\u200e%\u200e")),
        ("fa", ("۱٬۲۳۴٫۵", "\u2212۱۰", "۷۰\u200f٪")),
        ("fr", ("1\u202f234,5", "\u221210", "70\u202f%")),
    ],
)
def test_numbers(app: Flask, language: str, expected: tuple[str, str, str]) -> None:
    with app.test_request_context(f"/{language}/"):
        written = (number(1234.5), signed(-10), percent(70))
    assert tuple(text.replace("\xa0", "\u202f") for text in written) == expected


def test_dates_of_farsi_have_its_digits(app: Flask) -> None:
    with app.test_request_context("/fa/"):
        assert day(date(2026, 3, 1)) == "۱ مارس ۲۰۲۶"
