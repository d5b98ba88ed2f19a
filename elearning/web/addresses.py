"""Parts of addresses: numbers of rows, and addresses from outside that lead back to a page of this site."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_ROW = 2**31 - 1


class RowConverter(IntegerConverter):
    """The number of a row, `<row:name>`: one that no database column can hold is a page that does not exist."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=LARGEST_ROW)


def own_path(target: str | None) -> str | None:
    """Return an address only where it is a path of this site, otherwise None (CWE-601: open redirects)."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    if not target.isprintable():  # a line break would end the header
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else target


def init_addresses(app: Flask) -> None:
    """Teach the application the parts of its addresses."""
    app.url_map.converters["row"] = RowConverter
