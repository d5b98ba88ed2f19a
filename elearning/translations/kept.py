"""Catalogues as they were read last time: to parse and check a large PO file again takes many times as long."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from elearning.translations.files import write_whole

Row = list[Any]
"""Context, English text, and what is said of it: JSON values"""


class Kept:
    """A folder with one file for each catalogue: its rows, and the digest of what they were read from.

    A file that is missing or damaged, or was kept by another program, is as good as none.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def rows(self, path: str, digest: str) -> list[Row] | None:
        """Return what a catalogue with this digest says, or None where it has to be read."""
        try:
            document = json.loads(self._file(path).read_bytes())
            rows: list[Row] = document["rows"]
            return rows if document["digest"] == digest else None
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def keep(self, path: str, digest: str, rows: list[Row]) -> None:
        """Keep what a catalogue says."""
        document = {"digest": digest, "rows": rows}
        write_whole(self._file(path), json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())

    def _file(self, path: str) -> Path:
        return self._folder / f"{path.replace('/', '.')}.json"


def digest_of_file(path: Path) -> str:
    """Return a digest of a catalogue's content and of the program that reads it; OSError where it cannot be read."""
    return hashlib.sha256(_program() + path.read_bytes()).hexdigest()


@cache
def _program() -> bytes:
    digest = hashlib.sha256()
    for folder in (Path(__file__).parent, Path(__file__).parents[1] / "sources"):
        for path in sorted(folder.glob("*.py")):
            digest.update(path.read_bytes())
    return digest.digest()
