"""YAML that remembers its lines. A mistake is noted with path and line, and reading goes on to find the next.

A word stands for itself wherever a text is asked for: `no`, `2012-11-27` and `1:30` are what the author wrote. YAML 1.1
knows more spellings of numbers than people do (1:30 is 90, 0b11 is 3, 010 is 8): where a number is asked for, it has
plain digits.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches

import yaml

from elearning.sources.problems import Problems
from elearning.sources.text import CONTROL, SourceText, no_control

MOST_LEVELS = 40
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# As YAML 1.1 writes whole numbers in tens: a zero in front would make it octal.
_PLAIN_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9_]{0,17})\Z")
_KINDS = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false", "null": "nothing"}


class YamlMap:
    """A mapping of an author's file, asked key by key. `finish` names the keys that nobody asked for."""

    def __init__(self, path: str, node: yaml.MappingNode, problems: Problems) -> None:
        self.path = path
        self.line = node.start_mark.line + 1
        self._problems = problems
        self._values: dict[str, yaml.Node] = {}
        self._asked: list[str] = []
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.wrong(key.start_mark.line + 1, "key", f"found {_describe(key)} as a key, expected a word")
                continue
            name = str(key.value)
            if name in self._values:
                self.wrong(key.start_mark.line + 1, "duplicate-key", f"found {name!r} twice, expected it once")
            self._values[name] = value

    def wrong(self, line: int, rule: str, message: str) -> None:
        """Note a mistake of this file."""
        self._problems.add(self.path, line, rule, message)

    def line_of(self, key: str) -> int:
        """Return the line of a value; the mapping's own where the key is missing."""
        node = self._values.get(key)
        return self.line if node is None else _text_line(node)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def keys(self) -> list[str]:
        """Return the keys in the order of the file."""
        return list(self._values)

    def _ask(self, key: str) -> yaml.Node | None:
        if key not in self._asked:
            self._asked.append(key)
        node = self._values.get(key)
        return None if node is None or (isinstance(node, yaml.ScalarNode) and _kind(node) == "null") else node

    def is_null(self, key: str) -> bool:
        """Tell whether a key is there and says nothing (`key: null`)."""
        node = self._values.get(key)
        self._ask(key)
        return isinstance(node, yaml.ScalarNode) and _kind(node) == "null"

    def _scalar(self, key: str, kind: str, required: bool) -> str | None:
        node = self._ask(key)
        if node is None:
            if required:
                self.wrong(self.line, "missing", f"found no {key!r}, expected {_KINDS[kind]}")
            return None
        if not isinstance(node, yaml.ScalarNode) or (kind != "str" and _kind(node) != kind):
            self.wrong(_text_line(node), "type", f"found {_describe(node)} as {key!r}, expected {_KINDS[kind]}")
            return None
        return str(node.value)

    def text(self, key: str, *, required: bool = True) -> SourceText:
        """Return a text; an empty one where it is missing."""
        value = self._scalar(key, "str", required)
        if value is not None and not value.strip():
            self.wrong(self.line_of(key), "empty", f"found an empty {key!r}, expected text")
        return SourceText((value or "").strip(), self.line_of(key))

    def name(self, key: str, *, required: bool = True) -> str:
        """Return a word for the machine: an id, a slug."""
        return (self._scalar(key, "str", required) or "").strip()

    def whole(self, key: str, least: int, most: int, default: int | None = None) -> int:
        """Return a whole number within bounds; required where it has no default."""
        value = self._scalar(key, "int", required=default is None)
        if value is None:
            return least if default is None else default
        if not _PLAIN_WHOLE.match(value):
            self.wrong(
                self.line_of(key), "type", f"found {value[:40]} as {key!r}, expected a whole number in plain digits"
            )
            return least
        number = int(value.replace("_", ""))
        if not least <= number <= most:
            self.wrong(self.line_of(key), "range", f"found {number} as {key!r}, expected {least} to {most}")
            return least
        return number

    def switch(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self._scalar(key, "bool", required=False)
        return default if value is None else value.lower() in {"true", "yes", "on"}

    def texts(self, key: str, *, required: bool = False) -> tuple[SourceText, ...]:
        """Return a list of texts."""
        found = []
        for item in self._items(key, required):
            if not isinstance(item, yaml.ScalarNode) or _kind(item) == "null":
                self.wrong(_text_line(item), "type", f"found {_describe(item)} in {key!r}, expected text")
            elif not item.value.strip():
                self.wrong(_text_line(item), "empty", f"found an empty text in {key!r}, expected text")
            else:
                found.append(SourceText(str(item.value).strip(), _text_line(item)))
        return tuple(found)

    def maps(self, key: str, *, required: bool = True) -> list["YamlMap"]:
        """Return a list of mappings."""
        found = []
        for item in self._items(key, required):
            if isinstance(item, yaml.MappingNode):
                found.append(YamlMap(self.path, item, self._problems))
            else:
                self.wrong(_text_line(item), "type", f"found {_describe(item)} in {key!r}, expected a mapping")
        return found

    def map(self, key: str, *, required: bool = True) -> "YamlMap | None":
        """Return a mapping, or None."""
        node = self._ask(key)
        if node is None:
            if required:
                self.wrong(self.line, "missing", f"found no {key!r}, expected a mapping")
            return None
        if not isinstance(node, yaml.MappingNode):
            self.wrong(_text_line(node), "type", f"found {_describe(node)} as {key!r}, expected a mapping")
            return None
        return YamlMap(self.path, node, self._problems)

    def shape(self, key: str) -> str:
        """Return what stands under a key: `text`, `list`, `mapping`, or `nothing`."""
        node = self._ask(key)
        if node is None:
            return "nothing"
        if isinstance(node, yaml.ScalarNode):
            return "text"
        return "list" if isinstance(node, yaml.SequenceNode) else "mapping"

    def _items(self, key: str, required: bool) -> list[yaml.Node]:
        node = self._ask(key)
        if node is None:
            if required:
                self.wrong(self.line, "missing", f"found no {key!r}, expected a list")
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(_text_line(node), "type", f"found {_describe(node)} as {key!r}, expected a list")
            return []
        return list(node.value)

    def finish(self) -> None:
        """Note every key that nobody asked for, with the nearest one that exists."""
        for key in self._values:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(self._asked)}"
                self.wrong(self.line_of(key), "unknown-key", f"found the unknown key {key!r}; {hint}")


def _kind(node: yaml.ScalarNode) -> str:
    return str(node.tag).rpartition(":")[2]


def _describe(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if not isinstance(node, yaml.ScalarNode):
        return "nothing"
    kind = _kind(node)
    return f"{_KINDS.get(kind, kind)} ({str(node.value)[:40]})" if kind != "null" else "nothing"


def _text_line(node: yaml.Node) -> int:
    """Return the line on which a value begins; a block text begins on the line after its `|` or `>`."""
    line: int = node.start_mark.line + 1
    is_block = isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}
    return line + 1 if is_block else line


def parse_map(text: str, name: str, problems: Problems, first_line: int = 1) -> YamlMap | None:
    """Parse a text that must hold one mapping. `first_line` is where it stands in its file."""
    padded = "\n" * (first_line - 1) + text
    control = yaml.reader.Reader.NON_PRINTABLE.search(padded)
    if control:
        line = padded.count("\n", 0, control.start()) + 1
        problems.add(name, line, "yaml", f"cannot be read as YAML: found the character U+{ord(control[0]):04X}")
        return None
    try:
        unwanted = list(_unwanted(padded))
        node = None if unwanted else yaml.compose(padded, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.add(name, mark.line + 1 if mark else first_line, "yaml", f"cannot be read as YAML: {error.problem}")
        return None
    except (yaml.YAMLError, RecursionError) as error:
        problems.add(name, first_line, "yaml", f"cannot be read as YAML: {type(error).__name__}")
        return None
    for line, rule, message in unwanted:
        problems.add(name, line, rule, message)
    if unwanted:
        return None
    if not isinstance(node, yaml.MappingNode):
        problems.add(name, first_line, "type", "found no mapping, expected keys and values")
        return None
    return YamlMap(name, node, problems)


def _unwanted(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line of each tag and escaped control character (`"\\0"`), and of what a hostile file is made of:

    aliases that grow, levels without end.
    """
    level = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if level > MOST_LEVELS:
            yield line, "nesting", f"found more than {MOST_LEVELS} levels, expected fewer"
            return
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield line, "alias", "found an anchor or alias (& or *), expected the text written out"
        tag = getattr(event, "tag", None)
        if tag:
            yield line, "tag", f"found the tag {tag!r}, expected the value alone, or a text in quotes"
        control = CONTROL.search(event.value) if isinstance(event, yaml.ScalarEvent) else None
        if control:
            yield line, "control", no_control(control[0])
