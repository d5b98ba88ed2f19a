"""What can be told of a variant from its arrows alone, without its numbers: loops, and scenes that nothing leads to."""

from collections.abc import Callable, Mapping

from elearning.simulation.models import Scene, Variant

Note = Callable[[int, str, str], None]
"""(line, rule, message) of a mistake"""


def arrows(variant: Variant) -> Mapping[str, tuple[str, ...]]:
    """Return for each scene the scenes that its choices can lead to, whatever their conditions say."""
    known = variant.by_id
    return {scene.id: tuple(name for name in _targets(scene) if name in known) for scene in variant.scenes}


def _targets(scene: Scene) -> tuple[str, ...]:
    routes = [route for choice in scene.choices for route in choice.routes]
    return tuple(dict.fromkeys(route.next for route in routes if route.next is not None))


def check_graph(variant: Variant, note: Note) -> None:
    """Note scenes that nothing leads to, and loops through scenes of which none says how often it can be visited."""
    ways = arrows(variant)
    if variant.start in ways:
        met = _reachable(variant.start, ways)
        for scene in variant.scenes:
            if scene.id not in met:
                message = f"found the scene {scene.id!r}, which nothing leads to, expected a choice with it as 'next'"
                note(scene.line, "unreachable-scene", message)
    loop = _loop({scene.id: ways[scene.id] for scene in variant.scenes if scene.max_visits == 1})
    if loop:
        message = f"found a loop ({' > '.join([*loop, loop[0]])}), expected 'max_visits' in one of its scenes"
        note(variant.by_id[loop[0]].line, "loop", message)


def _reachable(start: str, ways: Mapping[str, tuple[str, ...]]) -> set[str]:
    met, waiting = {start}, [start]
    while waiting:
        for name in ways[waiting.pop()]:
            if name not in met:
                met.add(name)
                waiting.append(name)
    return met


def _loop(ways: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the scenes of one loop, in order; none where there is no loop. Without recursion: cases can be long."""
    done: set[str] = set()
    for start in ways:
        road: list[str] = []
        stack = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                done.add(road.pop())
            elif name in road:
                return road[road.index(name) :]
            elif name in ways and name not in done:
                road.append(name)
                stack.append((name, True))
                stack.extend((after, False) for after in ways[name])
    return []


def on_loops(variant: Variant) -> frozenset[str]:
    """Return the scenes that a play can come back to."""
    ways = arrows(variant)
    return frozenset(name for name in ways if any(name in _reachable(after, ways) for after in ways[name]))
