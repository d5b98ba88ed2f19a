"""Tables for other programs, as CSV (RFC 4180) that a spreadsheet opens in any language and executes nothing of."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know UTF-8


def csv_response(name: str, rows: Iterable[Sequence[str]]) -> Response:
    """Return rows, the heads first, as a file to be kept under a name."""
    text = io.StringIO()
    csv.writer(text).writerows([_harmless(cell) for cell in row] for row in rows)
    response = Response(_BYTE_ORDER_MARK + text.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula (OWASP ASVS 5.0, V1.2.10)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
