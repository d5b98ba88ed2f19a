"""PO catalogues: where they are, how they are read and written, and what the words current, stale and reviewed mean.

    translations/<domain>.pot                              the English texts, made by `translations update`
    translations/<lang>/LC_MESSAGES/<domain>.po            the translators' work

A message is known by its context and English text. Lines are not wrapped, and no time is written, so that a file
changes only where its messages do.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polib
from babel.messages.plurals import get_plural

from elearning.translations.files import write_whole
from elearning.translations.languages import Language
from elearning.translations.problems import TranslationProblem

MESSAGES, COURSES, SIMULATIONS = "messages", "courses", "simulations"
DOMAINS = (MESSAGES, COURSES, SIMULATIONS)
PROJECT = "MCOF e-learning"
Key = tuple[str, str]
"""(context, English text)"""

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_STATEMENT = re.compile(rf"(?:(?P<keyword>msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\])\s+)?{_QUOTED}")
_EXPECTED = 'expected msgctxt, msgid, msgid_plural or msgstr and a text in "double quotes", or a # comment'
_NO_MSGSTR = "found msgid without msgstr; expected msgstr after it."
_POLIB_LINE = re.compile(r"\(line (\d+)\)")
_REVIEWED = "reviewed:"


class CatalogueError(Exception):
    """A PO file that cannot be read: `problem` says where and why."""

    def __init__(self, problem: TranslationProblem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@dataclass(frozen=True)
class Catalogue:
    """A PO file in memory. `path` is relative to the project; the entries may be changed, then `save` writes them."""

    path: str
    file: polib.POFile

    @property
    def entries(self) -> list[polib.POEntry]:
        """The entries in use, in order."""
        return [entry for entry in self.file if not entry.obsolete]

    @property
    def obsolete(self) -> list[polib.POEntry]:
        """Work on texts that are gone, kept in case they come back."""
        return [entry for entry in self.file if entry.obsolete]

    def __iter__(self) -> Iterator[polib.POEntry]:
        return iter(self.entries)


class _Lines(str):
    """A PO file's text. polib splits a text at every separator that Unicode knows; PO knows only the line feed."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        """Split at line feeds."""
        return self.split("\n") if not keepends else super().splitlines(keepends)


def template_path(domain: str) -> str:
    """Return the path of a template, relative to the project."""
    return f"translations/{domain}.pot"


def catalogue_path(language: Language, domain: str) -> str:
    """Return the path of a language's catalogue, relative to the project."""
    return f"translations/{language.code}/LC_MESSAGES/{domain}.po"


def plural_count(language: Language) -> int:
    """Return how many plural forms gettext counts in a language."""
    return int(get_plural(language.code).num_plurals)


def plural_forms(language: Language) -> str:
    """Return the value of the header Plural-Forms."""
    return str(get_plural(language.code).plural_forms)


def new_file(language: Language | None) -> polib.POFile:
    """Return an empty catalogue of a language, or an empty template."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": PROJECT,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if language is not None:
        file.metadata |= {"Language": language.code, "Plural-Forms": plural_forms(language)}
    return file


def read_catalogue(project: Path, path: str) -> Catalogue | None:
    """Read a PO file strictly; None where there is none. An entry's `linenum` is the line of its msgid.

    Raises CatalogueError at the first line that is not PO.
    """
    try:
        content = (project / path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _syntax_error(path, 1, f"cannot be opened: {error.strerror}.") from None
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _syntax_error(path, line, "is not in UTF-8; save the file in UTF-8.") from None
    return Catalogue(path, _parse(path, text))


def read_served(project: Path, language: Language, domain: str) -> Catalogue:
    """Read a catalogue whose texts are served.

    One that is missing, has not even a header, or lacks messages of its template has been lost or cut off: it is no
    language without translations, and raises CatalogueError as what cannot be read does.
    """
    path = catalogue_path(language, domain)
    catalogue = read_catalogue(project, path)
    if catalogue is None:
        raise CatalogueError(missing(path, language))
    if not catalogue.file.metadata:
        message = "This PO file is empty or has no header; bring back the file as it was."
        raise CatalogueError(TranslationProblem(path, 1, "header", "error", message))
    template = project / template_path(domain)
    wanted = _keys_of(template.read_bytes(), template_path(domain)) if template.is_file() else frozenset()
    lost = len(wanted - {key_of(entry) for entry in catalogue.entries})
    if lost:
        message = (
            f"{lost} messages of {template_path(domain)} are missing, as in a file that was cut off; bring it back, "
            "or run `translations update`."
        )
        raise CatalogueError(TranslationProblem(path, 1, "outdated", "error", message))
    return catalogue


@lru_cache(maxsize=4)
def _keys_of(content: bytes, path: str) -> frozenset[Key]:
    """Return the messages of a template; none where it cannot be read, which the check of translations says."""
    try:
        return frozenset(key_of(entry) for entry in Catalogue(path, _parse(path, content.decode("utf-8-sig"))).entries)
    except (CatalogueError, UnicodeDecodeError):
        return frozenset()


def missing(path: str, language: Language) -> TranslationProblem:
    """Return what to say of a catalogue that is not there."""
    advice = f"bring it back, or make one without translations: `translations add {language.code}`."
    return TranslationProblem(path, 1, "missing", "error", f"This file is missing; {advice}")


def _parse(path: str, text: str) -> polib.POFile:
    lines = text.split("\n")
    msgid_lines = _msgid_lines(path, lines)
    if "#~|" in text:  # polib overlooks the previous text of obsolete entries
        text = "\n".join("#|" + line[3:] if line.startswith("#~|") else line for line in lines)
    try:
        file = polib.pofile(_Lines(text), wrapwidth=0)
    except (OSError, ValueError, IndexError) as error:
        found = _POLIB_LINE.search(str(error))
        line = int(found[1]) if found else 1
        raise _syntax_error(path, line, "a msgid, msgstr or comment stands where it cannot stand.") from None
    for entry, line in zip(file, msgid_lines[len(msgid_lines) - len(file) :], strict=True):
        entry.linenum = line
    return file


def _msgid_lines(path: str, lines: list[str]) -> list[int]:
    """Return the lines of all msgids, the header's too; raise where a line, or a msgid without msgstr, is not PO."""
    found: list[int] = []
    waiting = 0  # the line of a msgid whose msgstr is still to come
    for number, line in enumerate(lines, 1):
        statement = _statement(line)
        if statement is None:
            continue
        matched = _STATEMENT.fullmatch(statement)
        if matched is None:
            raise _syntax_error(path, number, f"found {line.strip()[:60]!r}; {_EXPECTED}.")
        keyword = matched["keyword"] or ""
        if keyword == "msgid":
            if waiting:
                raise _syntax_error(path, waiting, _NO_MSGSTR)
            waiting = number
            found.append(number)
        elif keyword.startswith("msgstr"):
            if not waiting and keyword in {"msgstr", "msgstr[0]"}:
                raise _syntax_error(path, number, "found msgstr; expected msgid before it.")
            waiting = 0
    if waiting:
        raise _syntax_error(path, waiting, _NO_MSGSTR)
    return found


def _statement(line: str) -> str | None:
    """Return a line without the sign of obsolete entries; None for blank lines and all comments, previous texts too."""
    stripped = line.strip()
    if stripped.startswith("#~") and not stripped.startswith("#~|"):
        return stripped[2:].strip()
    return stripped if stripped and not stripped.startswith("#") else None


def _syntax_error(path: str, line: int, message: str) -> CatalogueError:
    return CatalogueError(
        TranslationProblem(path, line, "po-syntax", "error", f"This PO file cannot be read: {message}")
    )


def save(project: Path, path: str, file: polib.POFile) -> bool:
    """Write a PO file in one move; return False, and leave it untouched, where it says the same already."""
    target = project / path
    content = str(file).encode("utf-8")
    if target.is_file() and target.read_bytes() == content:
        return False
    write_whole(target, content)
    return True


def key_of(entry: polib.POEntry) -> Key:
    """Return what a message is known by."""
    return (entry.msgctxt or "", entry.msgid)


def forms_of(entry: polib.POEntry) -> list[str]:
    """Return the translation: one text, or one for each plural form in order."""
    return [entry.msgstr_plural[index] for index in sorted(entry.msgstr_plural)] or [entry.msgstr]


def is_filled(entry: polib.POEntry) -> bool:
    """Tell whether somebody has translated all of an entry, be it stale or not."""
    return all(forms_of(entry))


def has_work(entry: polib.POEntry) -> bool:
    """Tell whether somebody has translated any of an entry."""
    return any(forms_of(entry))


def is_current(entry: polib.POEntry) -> bool:
    """Tell whether an entry may be shown: translated, and of this English text rather than an earlier one."""
    return not entry.obsolete and not entry.fuzzy and is_filled(entry)


def set_stale(entry: polib.POEntry) -> None:
    """Flag an entry as fuzzy, which is how PO says stale."""
    if not entry.fuzzy:
        entry.flags.insert(0, "fuzzy")


def review_hash(entry: polib.POEntry) -> str:
    """Return what a review vouches for: a hash of the English text and its translation, so that any edit voids it."""
    parts = (entry.msgid, entry.msgid_plural, *forms_of(entry))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def review_mark(entry: polib.POEntry) -> str | None:
    """Return the hash that a reviewer left, valid or void."""
    marks = [line for line in entry.tcomment.split("\n") if line.startswith(_REVIEWED)]
    return marks[-1].removeprefix(_REVIEWED).strip() if marks else None


def set_review_mark(entry: polib.POEntry, reviewed: bool) -> None:
    """Mark an entry as reviewed as it stands, or take the mark away; other comments stay."""
    lines = [line for line in entry.tcomment.split("\n") if line and not line.startswith(_REVIEWED)]
    entry.tcomment = "\n".join([*lines, f"{_REVIEWED} {review_hash(entry)}"] if reviewed else lines)


def is_reviewed(entry: polib.POEntry) -> bool:
    """Tell whether a person has reviewed the translation as it stands now."""
    return is_current(entry) and review_mark(entry) == review_hash(entry)


def duplicates(entries: Iterable[polib.POEntry]) -> list[polib.POEntry]:
    """Return entries whose message was there before."""
    seen: set[Key] = set()
    again = []
    for entry in entries:
        if key_of(entry) in seen:
            again.append(entry)
        seen.add(key_of(entry))
    return again
