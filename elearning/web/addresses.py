"""Addresses that came from outside: which of them lead back to a page of this site."""

from urllib.parse import urlsplit


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
