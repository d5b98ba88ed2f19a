"""The content store: published documents on disk under the hash of what they were made from.

    <store>/<kind>/<id>/<version>/structure.json       language-free and English: what records are made against
    <store>/<kind>/<id>/<version>/<digest>/<name>.json one document of one language
    <store>/<kind>/<id>/<version>/texts.json           language -> digest of its texts, for versions out of service
    <store>/current.json                               what is in service: kind -> id -> version; the same for the
                                                       digests of its texts; and what it was made from

A document never changes: another content has another digest. What is in service is said by `current.json` alone, and
that is moved last, in one move: a reader sees the old state or the new one, be the writer ended when it may. A version
that leaves service takes its texts with it (`texts.json`), for those whose records name it. Versions stay.
"""

import fcntl
import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from elearning.content.memory import Memory
from elearning.content.untranslated import as_untranslated
from elearning.sources.digest import digest_of
from elearning.translations.files import write_whole
from elearning.translations.languages import SOURCE_LANGUAGE

logger = logging.getLogger("elearning.content")
T = TypeVar("T")
Documents = Mapping[str, Any]
Digests = Mapping[str, str]
"""language -> digest of its texts"""
# Counted as files; in memory they take some three times as much, and a web process has two stores and 150 MB.
MOST_BYTES = 4_000_000
PARTS = "parts"
_TEXTS, _RECIPES = "texts", "recipes"


@dataclass(frozen=True)
class Texts:
    """The texts of a version in a language, as they stood when they were asked for: a page is made of one of these.

    Where the version was published before the language was there, they are English and `translated` is False.
    """

    folder: str
    translated: bool = True


@dataclass(frozen=True)
class _State:
    """What was in service between two publications."""

    seen: tuple[int, int] | None = None
    current: Mapping[str, Any] = field(default_factory=dict)
    left: dict[str, Digests] = field(default_factory=dict)  # of versions out of service, as far as they were asked for

    def digests(self, kind: str, own_id: str, version: str) -> Digests | None:
        """Return the digests of a version that is in service; None for others, and for those of an older store."""
        if self.current.get(kind, {}).get(own_id) != version:
            return None
        found: Digests | None = self.current.get(_TEXTS, {}).get(kind, {}).get(own_id)
        return found


class Store:
    """Reads and writes one store. Reading keeps documents in memory, up to a bound."""

    def __init__(self, root: Path, most_bytes: int = MOST_BYTES) -> None:
        self.root = root
        self.memory = Memory(most_bytes)
        self._current_path = str(root / "current.json")
        self._state = _State()

    # reading

    def current(self, kind: str) -> dict[str, str]:
        """Return the versions in service, by id."""
        found: dict[str, str] = self._follow().current.get(kind, {})
        return found

    def inputs(self) -> str:
        """Return the digest of the inputs of the last publication; empty where there was none."""
        return str(self._follow().current.get("inputs", ""))

    def structure(self, kind: str, own_id: str, version: str, read: Callable[[Any], T]) -> T:
        """Return the structure of a version, as `read` makes it; raise KeyError where the store does not hold it."""
        name = f"{kind}/{own_id}/{version}/structure.json"
        return self.memory.recall((name, read), lambda: _read_as(self.root / name, read))

    def texts(self, kind: str, own_id: str, version: str, language: str) -> Texts:
        """Return the texts of a version in a language; raise KeyError where the store does not hold the version."""
        state, folder = self._follow(), f"{kind}/{own_id}/{version}"
        digests = state.digests(kind, own_id, version) or state.left.get(folder)
        if digests is None:
            digests = state.left[folder] = _load(self.root / folder / "texts.json")
        if language in digests:
            return Texts(f"{folder}/{digests[language]}")
        return Texts(f"{folder}/{digests[SOURCE_LANGUAGE.code]}", translated=False)

    def document(self, texts: Texts, name: str) -> Any:
        """Return a document out of these texts; raise KeyError where there is none of that name."""
        path = self.root / texts.folder / f"{name}.json"
        return self.memory.recall(
            (texts, name), lambda: _read_as(path, _as_it_is if texts.translated else as_untranslated)
        )

    def _follow(self) -> _State:
        """Return what is in service, read anew when another process has published: one `stat` tells."""
        try:
            status = os.stat(self._current_path)
        except FileNotFoundError:
            self._state = _State()
            return self._state
        state, seen = self._state, (status.st_ino, status.st_mtime_ns)
        if seen != state.seen:
            state = self._state = _State(seen, self._read_current())
        return state

    def _read_current(self) -> dict[str, Any]:
        """Return what is in service: nothing where a damaged disk left no JSON, until a publication mends it."""
        try:
            found = _load(self._current_path)
            if not isinstance(found, dict):
                raise ValueError("found no mapping")
        except ValueError:
            logger.exception("%s is damaged: `flask --app app content publish` makes it anew", self._current_path)
            return {}
        return found

    # writing

    @contextmanager
    def publication(self, made_by: str = "") -> Iterator["Publication"]:
        """Write a new state; other processes that publish wait. Nothing is in service until the block has ended.

        `made_by` is a digest of the program that makes documents: what it made last time out of the same is not made
        again. Without it, everything is.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            publication = Publication(self.root, self._follow().current, made_by)
            yield publication
            publication.finish()


@dataclass(frozen=True)
class Earlier:
    """The texts of a language that are in service: of what did not change since, a document is taken over.

    Texts say by document what each was made of, in one of their own (`PARTS`).
    """

    folder: Path | None = None  # None where nothing may be taken over
    made_by: str = ""

    def document(self, name: str, of: str) -> Any | None:
        """Return the document of a name if it was made of the same, or None."""
        if self.folder is None:
            return None
        try:
            return _load(self.folder / f"{name}.json") if self._parts.get(name) == of else None
        except (KeyError, ValueError):
            return None

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        try:
            found: Mapping[str, str] = _load(Path(self.folder or "") / f"{PARTS}.json")
        except (KeyError, ValueError):
            return {}
        return found


@dataclass(frozen=True)
class Recipe:
    """How documents are made, and a digest of all that they are made of beside the structure.

    Where they are not `sound`, those of the same version that are in service stay there; they are made all the same
    where there are none.
    """

    of: str
    make: Callable[[Earlier], Documents]
    sound: Callable[[], bool] = lambda: True


class Publication:
    """What is being published."""

    def __init__(self, root: Path, current: Mapping[str, Any], made_by: str = "") -> None:
        self._root = root
        self._made_by = made_by
        self._before = current
        self._current: dict[str, Any] = json.loads(json.dumps(current))
        self._folders: set[Path] = {root}
        self.moved: list[str] = []

    def serves(self, kind: str) -> bool:
        """Tell whether anything of a kind is in service."""
        return bool(self._current.get(kind))

    def put(self, kind: str, own_id: str, structure: Any, texts: Mapping[str, "Documents | Recipe"]) -> str:
        """Write a version and its texts in each language, and make it the current one; return its version.

        Texts may be given as a recipe, which is not followed where the last publication made the same of it.
        """
        version = digest_of(structure)
        folder = self._root / kind / own_id / version
        recipes = {language: digest_of([self._made_by, version, recipe.of]) for language, recipe in texts.items()
                   if isinstance(recipe, Recipe) and self._made_by}  # fmt: skip
        digests = self._same_as_before(kind, own_id, folder, recipes)
        for language, wanted in texts.items():
            if language not in digests and isinstance(wanted, Recipe) and not wanted.sound():
                recipes.pop(language, None)  # to be looked at again
                digests |= self._in_service(kind, own_id, version, language)
            if language not in digests:
                earlier = self._earlier(kind, own_id, language)
                documents = wanted.make(earlier) if isinstance(wanted, Recipe) else wanted
                digests[language] = digest_of(documents)
                for name, document in documents.items():
                    self._write(folder / digests[language] / f"{name}.json", document)
        self._write(folder / "structure.json", structure)
        if not _is_json(folder / "texts.json"):  # while it is in service nobody reads this
            self._write(folder / "texts.json", digests)
        served = self._current.setdefault(kind, {})
        if served.get(own_id) != version:
            self.moved.append(f"{kind}/{own_id}")
        served[own_id] = version
        self._current.setdefault(_TEXTS, {}).setdefault(kind, {})[own_id] = digests
        self._current.setdefault(_RECIPES, {}).setdefault(kind, {})[own_id] = recipes
        return version

    def _same_as_before(self, kind: str, own_id: str, folder: Path, recipes: Mapping[str, str]) -> dict[str, str]:
        """Return the digests of texts that are in service and were made of the same."""
        before, digests = (self._before.get(name, {}).get(kind, {}).get(own_id, {}) for name in (_RECIPES, _TEXTS))
        same = (language for language, recipe in recipes.items() if before.get(language) == recipe)
        return {language: digests[language] for language in same if (folder / digests[language]).is_dir()}

    def _earlier(self, kind: str, own_id: str, language: str) -> Earlier:
        version = self._before.get(kind, {}).get(own_id)
        digest = self._before.get(_TEXTS, {}).get(kind, {}).get(own_id, {}).get(language)
        if not self._made_by or version is None or digest is None:
            return Earlier(None, self._made_by)
        return Earlier(self._root / kind / own_id / version / digest, self._made_by)

    def _in_service(self, kind: str, own_id: str, version: str, language: str) -> dict[str, str]:
        """Return the digest of a language's texts that are in service for this very version, if there are any."""
        if self._before.get(kind, {}).get(own_id) != version:
            return {}
        served = self._before.get(_TEXTS, {}).get(kind, {}).get(own_id, {})
        return {language: served[language]} if language in served else {}

    def keep_only(self, kind: str, ids: frozenset[str]) -> None:
        """Take out of service what is no longer there; its versions stay."""
        for served in (self._current, self._current.get(_TEXTS, {}), self._current.get(_RECIPES, {})):
            served[kind] = {own_id: found for own_id, found in served.get(kind, {}).items() if own_id in ids}

    def made_from(self, inputs: str) -> None:
        """Remember the digest of the inputs."""
        self._current["inputs"] = inputs

    def finish(self) -> None:
        """Move the current state. Before that, what leaves service is told its texts: those that it has still."""
        for kind, ids in self._before.get(_TEXTS, {}).items():
            for own_id, digests in ids.items():
                version = self._before[kind][own_id]
                if self._current[kind].get(own_id) != version:
                    self._write(self._root / kind / own_id / version / "texts.json", digests)
        for folder in self._folders:
            _sync(folder)  # names are on disk before the state that speaks of them
        self._write(self._root / "current.json", self._current)
        _sync(self._root)

    def _write(self, path: Path, document: Any) -> None:
        """Write a document, unless it is there as it should be: what a damaged disk has changed is mended."""
        self._folders.update(folder for folder in path.parents if folder.is_relative_to(self._root))
        content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return True


def _as_it_is(document: Any) -> Any:
    return document


def _load(path: Path | str) -> Any:
    return _read_as(Path(path), _as_it_is)[0]


def _read_as(path: Path, read: Callable[[Any], T]) -> tuple[T, int]:
    """Return what is made of a document, and the size of its file; raise KeyError where it is not there."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise KeyError(str(path)) from None
    return read(json.loads(content)), len(content)


def _sync(folder: Path) -> None:
    """Bring the names in a folder to disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
