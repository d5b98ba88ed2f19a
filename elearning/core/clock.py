"""The one place that reads the time. Services get `now` as an argument; views and commands ask here."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)
