"""Numbers as people type them: in the digits of any script, with the separators of any language, or of another one.

A sign between digits parts groups of three, or stands before decimals. Which one it does is mostly plain: `271.5` and
`0,5` have decimals in every language, since no group has one digit; `1.234.567` has groups. Only where a single sign
stands before exactly three digits (`1.234`) is it what it is in the language of the page.
"""

import re
import unicodedata
from decimal import Decimal

LONGEST_NUMBER = 30
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u202f\u2009", " "),
        **dict.fromkeys("\u2019\u02bc\uff07", "'"),
        **dict.fromkeys("\u2212\u2010\u2011\u2013\ufe63\uff0d", "-"),
        **dict.fromkeys("\u060c\uff0c", ","),
        "\uff0e": ".",
        "\uff0b": "+",
        **dict.fromkeys("\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"),  # marks of direction
    }
)
_ARABIC_DECIMAL, _ARABIC_GROUPING = "\u066b", "\u066c"
_GROUPING_ALONE = frozenset({" ", "'", "_", _ARABIC_GROUPING})
_TYPED = re.compile(rf"(?P<sign>[-+]?) ?(?P<whole>[0-9]*(?:[ '_.,{_ARABIC_DECIMAL}{_ARABIC_GROUPING}][0-9]*)*)")
_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:[^0-9][0-9]{3})+")


def read_number(typed: str, decimal_symbol: str = ".") -> Decimal | None:
    """Read a number that was typed on a page whose language has this sign before decimals; None where it is none."""
    text = typed.translate(_ALIKE).strip()
    text = "".join(str(unicodedata.decimal(letter, letter)) for letter in text)
    found = _TYPED.fullmatch(text)
    if found is None or len(text) > LONGEST_NUMBER:
        return None
    whole, decimals = _parted(found["whole"], decimal_symbol)
    if _is_grouped(whole):
        whole = re.sub(r"[^0-9]", "", whole)
    if not (whole + decimals).isdigit() or (whole and not whole.isdigit()):
        return None
    return Decimal(f"{found['sign']}{whole or '0'}" + (f".{decimals}" if decimals else ""))


def _parted(text: str, decimal_symbol: str) -> tuple[str, str]:
    """Return what stands before the sign of decimals, with its groups, and what stands after it."""
    signs = [letter for letter in text if not letter.isdigit()]
    if not signs or signs[-1] in _GROUPING_ALONE:
        return text, ""
    last = signs[-1]
    if last != _ARABIC_DECIMAL and _is_grouped(text) and (len(signs) > 1 or last != decimal_symbol):
        return text, ""
    whole, _, decimals = text.rpartition(last)
    return (text, "") if last in whole else (whole, decimals)


def _is_grouped(text: str) -> bool:
    """Tell whether digits stand in groups of three, parted by one and the same sign."""
    signs = {letter for letter in text if not letter.isdigit()}
    return len(signs) == 1 and _GROUPS.fullmatch(text) is not None
