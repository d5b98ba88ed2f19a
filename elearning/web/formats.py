"""Numbers and dates as each language writes them (CLDR)."""

from datetime import date, datetime

from babel.dates import format_date, format_timedelta
from babel.numbers import format_decimal, format_percent
from flask import Flask

from elearning.core import clock
from elearning.web.languages import current_language

_PERSIAN_SIGNS = str.maketrans("0123456789%", "۰۱۲۳۴۵۶۷۸۹٪")


def number(value: float) -> str:
    """Return a number in the digits and with the separators of the page's language."""
    return _own_digits(str(format_decimal(value, locale=current_language().code, numbering_system="default")))


def signed(value: int) -> str:
    """Return a change with its sign."""
    pattern = "+#,##0;\u2212#,##0" if value else "0"
    return _own_digits(str(format_decimal(value, pattern, locale=current_language().code, numbering_system="default")))


def percent(value: float) -> str:
    """Return a percentage; 70 is 70 %."""
    return _own_digits(str(format_percent(value / 100, locale=current_language().code, numbering_system="default")))


def day(value: date) -> str:
    """Return a date."""
    return _own_digits(str(format_date(value, "long", locale=current_language().code)))


def time_until(moment: datetime) -> str:
    """Return how long it is until a moment: `in 3 hours`."""
    distance = moment - clock.now()
    return _own_digits(str(format_timedelta(distance, add_direction=True, locale=current_language().code)))


def _own_digits(text: str) -> str:
    """Give Farsi its digits: of its numbering system, Babel knows the signs but writes Latin digits."""
    return text.translate(_PERSIAN_SIGNS) if current_language().code == "fa" else text


def init_formats(app: Flask) -> None:
    """Give templates the formats."""
    app.jinja_env.filters.update(number=number, signed=signed, percent=percent, day=day, time_until=time_until)
