"""Words that courses and cases have in common: ids of the author's, and for whom something is meant."""

import re
from collections.abc import Iterable

from elearning.sources.text import SourceText
from elearning.sources.yaml_reader import YamlMap

ID = re.compile(r"(?=.{1,80}\Z)[a-z0-9]+(-[a-z0-9]+)*\Z")  # 80: what the columns of records hold
ID_RULE = "at most 80 lower case letters, digits and hyphens"
AUDIENCES = ("staff", "government", "partner")


def read_id(source: YamlMap, taken: set[str], expected: str = "once") -> str:
    """Read an author's id, not among those that are `taken`; it is then one of them."""
    name, line = source.name("id"), source.line_of("id")
    if name and not ID.match(name):
        source.wrong(line, "id", f"found the id {name!r}, expected {ID_RULE}")
    if name in taken:
        source.wrong(line, "duplicate-id", f"found the id {name!r} twice, expected it {expected}")
    taken.add(name)
    return name


def check_known(source: YamlMap, found: Iterable[SourceText], known: frozenset[str], rule: str, what: str) -> None:
    """Note each name that is not among those that are known; `what` says what was expected."""
    for name in found:
        if name.text and name.text not in known:
            source.wrong(name.line, rule, f"found {name.text!r}, expected {what}")
