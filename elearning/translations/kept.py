"""Catalogues as they were read last time: to parse and check a large PO file again takes many times as long."""

import hashlib
import json
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from elearning.translations.files import write_whole

Row = list[Any]
"""Context, English text, and what is said of it: JSON values"""


class Kept:
    """A folder with one file for each catalogue: its rows, and a digest of them and of what they were read from.

    A file that is missing or damaged, or was kept by another program, is as good as none. With `anew`, so is each.
    """

    def __init__(self, folder: Path, *, anew: bool = False) -> None:
        self._folder = folder
        self._anew = anew

    def rows(self, path: str, digest: str) -> list[Row] | None:
        """Return what a catalogue with this digest says, or None where it has to be read."""
        try:
            stamp, _, body = self._file(path).read_bytes().partition(b"\n")
        except OSError:
            return None
        if self._anew or stamp != _stamp(digest, body):
            return None
        rows: list[Row] = json.loads(body)
        return rows

    def keep(self, path: str, digest: str, rows: list[Row]) -> None:
        """Keep what a catalogue says. Where that is not possible, it is read again the next time."""
        body = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
        with suppress(OSError):
            write_whole(self._file(path), _stamp(digest, body) + b"\n" + body)

    def _file(self, path: str) -> Path:
        return self._folder / f"{path.replace('/', '.')}.json"


def digest_of_files(*paths: Path) -> str:
    """Return a digest of what a catalogue is read from, and of the program that reads it; a missing file is nothing."""
    contents = (path.read_bytes() if path.is_file() else b"" for path in paths)
    return hashlib.sha256(_program() + b"".join(hashlib.sha256(content).digest() for content in contents)).hexdigest()


def _stamp(digest: str, body: bytes) -> bytes:
    return hashlib.sha256(digest.encode() + body).hexdigest().encode()


@cache
def _program() -> bytes:
    digest = hashlib.sha256()
    for folder in (Path(__file__).parent, Path(__file__).parents[1] / "sources"):
        for path in sorted(folder.glob("*.py")):
            digest.update(path.read_bytes())
    return digest.digest()
