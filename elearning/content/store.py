"""The content store: published documents on disk under the hash of what they were made from.

    <store>/<kind>/<id>/<version>/structure.json       language-free and English: what records are made against
    <store>/<kind>/<id>/<version>/texts.json           language -> digest of its present texts
    <store>/<kind>/<id>/<version>/<digest>/<name>.json one document of one language
    <store>/current.json                               what is in service: kind -> id -> version, and what from

Files appear whole (written aside, synced, renamed). `current.json` is moved last, so that a reader sees the old state
or the new one. Versions stay: somebody's record may name them.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from elearning.sources.digest import digest_of

Documents = Mapping[str, Any]
CACHED_DOCUMENTS = 4000


class Store:
    """Reads and writes one store. Reading keeps documents in memory until something is published by any process."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._documents: dict[str, Any] = {}
        self._current_path = str(root / "current.json")
        self._current: dict[str, Any] = {}
        self._seen: tuple[int, int] | None = None

    # reading

    def current(self, kind: str) -> dict[str, str]:
        """Return the versions in service, by id."""
        self._follow()
        found: dict[str, str] = self._current.get(kind, {})
        return found

    def edition(self) -> object:
        """Return what changes with every publication."""
        self._follow()
        return self._seen

    def inputs(self) -> str:
        """Return the digest of the inputs of the last publication; empty where there was none."""
        self._follow()
        return str(self._current.get("inputs", ""))

    def structure(self, kind: str, own_id: str, version: str) -> Any:
        """Return the structure of a version; raise KeyError where the store does not hold it."""
        return self._read(f"{kind}/{own_id}/{version}/structure.json")

    def text(self, kind: str, own_id: str, version: str, language: str, name: str) -> Any:
        """Return a document of a version in a language; raise KeyError where the store does not hold it."""
        self._follow()
        folder = f"{kind}/{own_id}/{version}"
        digest = self._read(f"{folder}/texts.json")[language]
        return self._read(f"{folder}/{digest}/{name}.json")

    def _follow(self) -> None:
        """Forget what was read when another process has published: one `stat` tells."""
        try:
            status = os.stat(self._current_path)
        except FileNotFoundError:
            self._current, self._documents, self._seen = {}, {}, None
            return
        seen = (status.st_ino, status.st_mtime_ns)
        if seen != self._seen:
            self._current, self._documents, self._seen = _load(self._current_path), {}, seen

    def _read(self, name: str) -> Any:
        documents = self._documents
        found = documents.get(name)
        if found is None:
            try:
                found = _load(self.root / name)
            except (FileNotFoundError, NotADirectoryError):
                raise KeyError(name) from None
            if len(documents) < CACHED_DOCUMENTS:
                documents[name] = found
        return found

    # writing

    @contextmanager
    def publication(self) -> Iterator["Publication"]:
        """Write a new state; other processes that publish wait. Nothing is in service until the block has ended."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._seen = None
            self._follow()
            publication = Publication(self.root, self._current)
            yield publication
            publication.finish()


class Publication:
    """What is being published."""

    def __init__(self, root: Path, current: Mapping[str, Any]) -> None:
        self._root = root
        self._current: dict[str, Any] = json.loads(json.dumps(current))
        self.moved: list[str] = []

    def put(self, kind: str, own_id: str, structure: Any, texts: Mapping[str, Documents]) -> str:
        """Write a version and its texts in each language, and make it the current one; return its version."""
        version = digest_of(structure)
        folder = self._root / kind / own_id / version
        _write(folder / "structure.json", structure)
        digests = {language: digest_of(documents) for language, documents in texts.items()}
        for language, documents in texts.items():
            for name, document in documents.items():
                _write(folder / digests[language] / f"{name}.json", document)
        _write(folder / "texts.json", digests, replace=True)
        served = self._current.setdefault(kind, {})
        if served.get(own_id) != version:
            self.moved.append(f"{kind}/{own_id}")
        served[own_id] = version
        return version

    def keep_only(self, kind: str, ids: frozenset[str]) -> None:
        """Take out of service what is no longer there; its versions stay."""
        served = self._current.get(kind, {})
        self._current[kind] = {own_id: version for own_id, version in served.items() if own_id in ids}

    def made_from(self, inputs: str) -> None:
        """Remember the digest of the inputs."""
        self._current["inputs"] = inputs

    def finish(self) -> None:
        """Move the current state."""
        _write(self._root / "current.json", self._current, replace=True)


def _load(path: Path | str) -> Any:
    return json.loads(Path(path).read_bytes())


def _write(path: Path, document: Any, *, replace: bool = False) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut."""
    if path.exists() and not replace:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, separators=(",", ":"))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
