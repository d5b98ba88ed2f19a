"""Numbers and dates as each language writes them (CLDR)."""

from datetime import date, datetime

from babel.dates import format_date, format_timedelta
from babel.numbers import format_decimal, format_percent
from flask import Flask

from elearning.core import clock
from elearning.web.languages import current_language

_PERSIAN_SIGNS = str.maketrans("0123456789%", "۰۱۲۳۴۵۶۷۸۹٪")
# Alone and after a letter, a sign would stand on different sides of its number: a mark (UAX 9) holds it on one. In
# Arabic CLDR has the marks, which Babel leaves out; Farsi writes the sign to the left.
_HELD_SIGNS = {"ar": ("%", "\u200e%\u200e"), "fa": ("%", "\u200f%")}


def number(value: float) -> str:
    """Return a number in the digits and with the separators of the page's language."""
    return _own_digits(str(format_decimal(value, locale=current_language().code, numbering_system="default")))


def signed(value: int) -> str:
    """Return a change with its sign."""
    pattern = "+#,##0;\u2212#,##0" if value else "0"
    return _own_digits(str(format_decimal(value, pattern, locale=current_language().code, numbering_system="default")))


def percent(value: float) -> str:
    """Return a percentage; 70 is 70 %."""
    code = current_language().code
    written = str(format_percent(value / 100, locale=code, numbering_system="default"))
    return _own_digits(written.replace(*_HELD_SIGNS.get(code, ("%", "%"))))


def day(value: date) -> str:
    """Return a date."""
    return _own_digits(str(format_date(value, "long", locale=current_language().code)))


def unbroken_day(value: date) -> str:
    """Return a date that stays on one line of a page."""
    return day(value).replace(" ", "\xa0")


def time_until(moment: datetime) -> str:
    """Return how long it is until a moment: `in 3 hours`."""
    distance = moment - clock.now()
    return _own_digits(str(format_timedelta(distance, add_direction=True, locale=current_language().code)))


def _own_digits(text: str) -> str:
    """Give Farsi its digits: of its numbering system, Babel knows the signs but writes Latin digits."""
    return text.translate(_PERSIAN_SIGNS) if current_language().code == "fa" else text


def init_formats(app: Flask) -> None:
    """Give templates the formats."""
    app.jinja_env.filters.update(number=number, signed=signed, percent=percent, day=unbroken_day, time_until=time_until)
