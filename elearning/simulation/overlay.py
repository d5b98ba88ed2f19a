"""Regional tailoring: one YAML tree laid over another, by key and by id. Nodes keep their lines, mistakes too.

A mapping over a mapping goes key by key; a mapping over a list of things with ids goes by id; `null` removes; anything
else replaces. What is new comes last, but in a list whose last thing has no `when` (endings) it comes before that.
"""

from collections.abc import Callable

import yaml

DEEPEST = 20
Note = Callable[[int, str, str], None]
"""(line, rule, message) of a mistake"""


def is_null(node: yaml.Node) -> bool:
    """Tell whether a value says nothing."""
    return isinstance(node, yaml.ScalarNode) and str(node.tag).endswith(":null")


def lay_over(base: yaml.MappingNode, overlay: yaml.MappingNode, note: Note, depth: int = 0) -> yaml.MappingNode:
    """Return the base with an overlay laid over it; neither is changed. An empty overlay changes nothing."""
    merged = {str(key.value): (key, value) for key, value in base.value}
    seen: set[str] = set()
    for key, value in overlay.value:
        name = str(key.value)
        if name in seen:
            note(_line(key), "duplicate-key", f"found {name!r} twice, expected it once")
        seen.add(name)
        old = merged.get(name)
        if not is_null(value):
            merged[name] = (key, value) if old is None else (old[0], _over(old[1], value, note, depth))
        elif old is None:
            note(_line(key), "nothing-to-remove", f"found {name!r} to be removed, which is not there")
        else:
            del merged[name]
    return yaml.MappingNode(base.tag, list(merged.values()), base.start_mark, base.end_mark)


def _over(base: yaml.Node, overlay: yaml.Node, note: Note, depth: int) -> yaml.Node:
    if not isinstance(overlay, yaml.MappingNode) or depth > DEEPEST:
        return overlay
    if isinstance(base, yaml.MappingNode):
        return lay_over(base, overlay, note, depth + 1)
    things = _by_id(base)
    return overlay if things is None else _over_list(base, things, overlay, note, depth)


def _by_id(node: yaml.Node) -> dict[str, yaml.MappingNode] | None:
    """Return the things of a list by their ids; None where it is no list of things with ids."""
    if not isinstance(node, yaml.SequenceNode):
        return None
    found: dict[str, yaml.MappingNode] = {}
    for item in node.value:
        own_id = _value(item, "id")
        if own_id is None or not isinstance(item, yaml.MappingNode):
            return None
        found[str(own_id.value)] = item
    return found


def _value(node: yaml.Node, name: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for key, value in pairs if key.value == name), None)


def _over_list(
    base: yaml.Node, things: dict[str, yaml.MappingNode], overlay: yaml.MappingNode, note: Note, depth: int
) -> yaml.Node:
    as_map = yaml.MappingNode(
        "tag:yaml.org,2002:map",
        [(_word(own_id, thing), thing) for own_id, thing in things.items()],
        base.start_mark,
        base.end_mark,
    )
    merged = lay_over(as_map, overlay, note, depth + 1).value
    kept = [_named(key, value) for key, value in merged if str(key.value) in things]
    new = [_named(key, value) for key, value in merged if str(key.value) not in things]
    at = len(kept) - 1 if kept and new and _ends_open(kept) else len(kept)
    items = [*kept[:at], *new, *kept[at:]]
    return yaml.SequenceNode("tag:yaml.org,2002:seq", items, base.start_mark, base.end_mark)


def _ends_open(items: list[yaml.Node]) -> bool:
    """Tell whether a list chooses by `when` and ends with what holds always."""
    return _value(items[-1], "when") is None and any(_value(item, "when") is not None for item in items[:-1])


def _named(key: yaml.Node, value: yaml.Node) -> yaml.Node:
    """Give a new thing the id under which it stands."""
    if not isinstance(value, yaml.MappingNode) or _value(value, "id") is not None:
        return value
    pairs = [(_word("id", key), _word(str(key.value), key)), *value.value]
    return yaml.MappingNode(value.tag, pairs, key.start_mark, value.end_mark)


def _word(text: str, place: yaml.Node) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, place.start_mark, place.end_mark)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
