"""All plays of a variant, merged where they can no longer differ: a plain search with a cap and shortest witnesses.

A state is reduced to what conditions can still read (an indicator that no condition reads, a choice that nobody asks
for, change no road), so that roads which meet again are walked once. How often a scene was visited is kept for scenes
on loops and for those that a condition asks for. So the reduced states form no circle either.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from elearning.simulation.expressions import mentioned
from elearning.simulation.graph import on_loops
from elearning.simulation.models import Condition, Tree, Variant
from elearning.simulation.play import begin, decide, injects, offered
from elearning.simulation.state import Key, State

CAP = 20_000
Witness = tuple[str, ...]
"""The ids of the choices that lead there, from the beginning; anyone can replay them."""


@dataclass(frozen=True)
class Exploration:
    """What a search met. `complete` is False where the cap ended it; `paths` is then unknown.

    Each thing that was met has its shortest witness. `dead_ends` are scenes that offered nothing.
    """

    states: int
    complete: bool
    paths: int | None
    scenes: dict[str, Witness] = field(default_factory=dict)
    choices: dict[str, Witness] = field(default_factory=dict)
    injects: dict[str, Witness] = field(default_factory=dict)
    endings: dict[str, Witness] = field(default_factory=dict)
    dead_ends: dict[str, Witness] = field(default_factory=dict)


class Reducer:
    """Reduces the states of a variant to what can still make a difference."""

    def __init__(self, variant: Variant) -> None:
        trees = [condition.tree for condition in conditions(variant)]
        self._start = {one.id: one.start for one in variant.indicators}
        self._names = _read(trees, "name")
        self._chosen = _read(trees, "chose")
        self._active = _read(trees, "active")
        self._visited = _read(trees, "visited") | on_loops(variant)

    def __call__(self, state: State) -> State:
        """Return a state from which the same can happen; every condition has the same value in it."""
        return replace(
            state,
            indicators={
                name: value if name in self._names else self._start[name] for name, value in state.indicators.items()
            },
            visits={name: count for name, count in state.visits.items() if name in self._visited},
            chosen=state.chosen & self._chosen,
            flags=state.flags & self._names,
            # only whether a sector is active can be asked, not in which phase
            activated=frozenset(("before", sector) for _phase, sector in state.activated if sector in self._active),
        )


def conditions(variant: Variant) -> Iterator[Condition]:
    """Yield every condition of a variant."""
    for scene in variant.scenes:
        found = [
            *(text.when for text in scene.text),
            *(inject.when for inject in scene.injects),
            *(choice.when for choice in scene.choices),
            *(route.when for choice in scene.choices for route in choice.routes),
        ]
        yield from (when for when in found if when is not None)
    yield from (ending.when for ending in variant.endings if ending.when is not None)


def _read(trees: list[Tree], kind: str) -> frozenset[str]:
    return frozenset(name for tree in trees for name in mentioned(tree, kind))


def outlook(variant: Variant, state: State, cap: int = CAP) -> frozenset[str] | None:
    """Return the endings that can still be met from a state; None where the cap ended the search."""
    reduce, everything = Reducer(variant), {ending.id for ending in variant.endings}
    found: set[str] = set()
    first = reduce(state)
    seen, waiting = {first.key()}, [first]
    while waiting and found != everything:
        here = waiting.pop()
        if here.ended is not None:
            found.add(here.ended)
            continue
        for choice in offered(variant, here):
            after = reduce(decide(variant, here, here.scene, choice.id).state)
            if after.key() not in seen:
                seen.add(after.key())
                waiting.append(after)
        if len(seen) > cap:
            return None
    return frozenset(found)


def explore(variant: Variant, cap: int = CAP) -> Exploration:
    """Walk all plays from the beginning, the short ones first."""
    return _Explorer(variant).run(cap)


class _Explorer:
    """One search: the graph of reduced states, and who was met on which road."""

    def __init__(self, variant: Variant) -> None:
        self._variant = variant
        self._reduce = Reducer(variant)
        self._ways: dict[Key, list[Key]] = {}
        self._parents: dict[Key, tuple[Key, str] | None] = {}
        self._found = Exploration(0, True, None)

    def run(self, cap: int) -> Exploration:
        first = self._reduce(begin(self._variant))
        self._parents[first.key()] = None
        waiting = deque([first])
        self._meet(self._found.scenes, [first.scene], first.key())
        if first.ended is not None:
            self._meet(self._found.dead_ends, [first.scene], first.key())
        while waiting and len(self._parents) <= cap:
            here = waiting.popleft()
            self._ways[here.key()] = []
            if here.ended is None:
                waiting.extend(self._step(here))
            else:
                self._meet(self._found.endings, [here.ended], here.key())
        complete = not waiting
        paths = self._paths(first.key()) if complete else None
        return replace(self._found, states=len(self._parents), complete=complete, paths=paths)

    def _step(self, here: State) -> Iterator[State]:
        """Take every choice; yield the states that are new."""
        key, found = here.key(), self._found
        self._meet(found.injects, [inject.id for inject in injects(self._variant, here)], key)
        for choice in offered(self._variant, here):
            self._meet(found.choices, [choice.id], key, choice.id)
            whole = decide(self._variant, here, here.scene, choice.id).state
            after = self._reduce(whole)
            own = after.key()
            self._ways[key].append(own)
            if own not in self._parents:
                self._parents[own] = (key, choice.id)
                yield after
            self._meet(found.scenes, [after.scene], own)
            if whole.ended is not None and sum(whole.visits.values()) > sum(here.visits.values()):
                self._meet(found.dead_ends, [after.scene], own)

    def _meet(self, kind: dict[str, Witness], names: list[str], key: Key, last: str | None = None) -> None:
        for name in names:
            if name not in kind:
                kind[name] = (*self._witness(key), *([last] if last else []))

    def _witness(self, key: Key) -> Witness:
        choices: list[str] = []
        parent = self._parents[key]
        while parent is not None:
            key, choice = parent
            choices.append(choice)
            parent = self._parents[key]
        return tuple(reversed(choices))

    def _paths(self, first: Key) -> int:
        """Count the roads from the beginning to an ending: each state has as many as its successors together."""
        counts: dict[Key, int] = {}
        stack = [first]
        while stack:
            key = stack[-1]
            missing = [after for after in self._ways[key] if after not in counts]
            if missing:
                stack.extend(missing)
                continue
            stack.pop()
            counts[key] = sum(counts[after] for after in self._ways[key]) or 1
        return counts[first]
