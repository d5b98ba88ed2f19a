"""Alignment: which old message has become which new one, from where they stand.

Old and new messages are compared unit by unit (a lesson, a scenario, a source file) and block by block. Messages that
did not change are anchors; what was removed and what was added between the same two anchors is the same paragraph,
rewritten. The anchors are the longest run that kept its order, found in n log n: thousands of messages take
milliseconds.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from elearning.translations.catalogue import Key

_WORD = re.compile(r"\w+")
_LEAST_LIKENESS = 0.15  # of a pair in a gap whose counts differ; below, a removed and an added text are two texts
_SAME_KIND_BONUS = 0.1
_MOST_COMPARISONS = 40_000  # in one gap; a larger one was rewritten as a whole, and is paired in order


@dataclass(frozen=True)
class Place:
    """A message where it stands: its key, the unit it belongs to, and its kind ("heading")."""

    key: Key
    unit: str
    kind: str = ""


@dataclass
class Alignment:
    """For new keys, the old keys they come from: the same text in a renamed unit, moved elsewhere, or rewritten."""

    renamed: dict[Key, Key] = field(default_factory=dict)
    moved: dict[Key, Key] = field(default_factory=dict)
    rewritten: dict[Key, Key] = field(default_factory=dict)


def align(old: Sequence[Place], new: Sequence[Place], revived: frozenset[Key] = frozenset()) -> Alignment:
    """Align two readings of a domain, each without duplicate keys. `revived` are new keys that need no partner."""
    alignment = Alignment()
    old_keys, new_keys = {place.key for place in old}, {place.key for place in new}
    removed = {place.key: place for place in old if place.key not in new_keys}
    added = {place.key: place for place in new if place.key not in old_keys and place.key not in revived}
    if not removed or not added:
        return alignment
    new_unit_of = _renamed_units(old, new)
    _take_renamed(alignment, removed, added, new_unit_of)
    _take_moved(alignment, removed, added)
    old_name = {old_key: new_key for new_key, old_key in alignment.renamed.items()}
    olds, news = _by_unit(old), _by_unit(new)
    for unit, old_places in olds.items():
        new_places = news.get(new_unit_of.get(unit, unit), [])
        alignment.rewritten |= _align_unit(old_places, new_places, old_name, removed.keys(), added.keys())
    return alignment


def _by_unit(places: Iterable[Place]) -> dict[str, list[Place]]:
    units: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        units[place.unit].append(place)
    return dict(units)


def _renamed_units(old: Sequence[Place], new: Sequence[Place]) -> dict[str, str]:
    """Return, for units that disappeared, the unit that appeared with most of their texts.

    Most is half of the smaller unit and a third of the larger one: a unit may grow or shrink as it is renamed.
    """
    olds, news = _by_unit(old), _by_unit(new)
    appeared = defaultdict(list)  # text -> units
    for unit in news.keys() - olds.keys():
        for place in news[unit]:
            appeared[place.key[1]].append(unit)
    shared: Counter[tuple[str, str]] = Counter()
    for unit in olds.keys() - news.keys():
        shared.update((unit, candidate) for place in olds[unit] for candidate in appeared[place.key[1]])
    renamed: dict[str, str] = {}
    for (unit, candidate), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        smaller, larger = sorted((len(olds[unit]), len(news[candidate])))
        enough = 2 * count >= smaller and 3 * count >= larger
        if enough and unit not in renamed and candidate not in renamed.values():
            renamed[unit] = candidate
    return renamed


def _take_renamed(
    alignment: Alignment, removed: dict[Key, Place], added: dict[Key, Place], new_unit_of: dict[str, str]
) -> None:
    """Take the same texts in renamed units out of what was removed and added."""
    candidates = {(place.unit, key[1]): key for key, place in added.items()}
    for key, place in list(removed.items()):
        partner = candidates.get((new_unit_of.get(place.unit, ""), key[1]))
        if partner is not None:
            alignment.renamed[partner] = key
            del removed[key], added[partner]


def _take_moved(alignment: Alignment, removed: dict[Key, Place], added: dict[Key, Place]) -> None:
    """Take the same texts in other units out of what was removed and added, first to first."""
    homeless = defaultdict(list)
    for key in removed:
        homeless[key[1]].append(key)
    for key in list(added):
        if homeless[key[1]]:
            source = homeless[key[1]].pop(0)
            alignment.moved[key] = source
            del added[key], removed[source]


def _align_unit(
    old: list[Place],
    new: list[Place],
    old_name: dict[Key, Key],
    removed: Iterable[Key],
    added: Iterable[Key],
) -> dict[Key, Key]:
    """Pair what was removed from a unit with what was added to it, gap by gap between the anchors."""
    new_index = {place.key: index for index, place in enumerate(new)}
    common = [
        (index, new_index[name])
        for index, place in enumerate(old)
        if (name := old_name.get(place.key, place.key)) in new_index
    ]
    pairs: dict[Key, Key] = {}
    old_start = new_start = 0
    for old_end, new_end in [*_longest_rising(common), (len(old), len(new))]:
        gone = [place for place in old[old_start:old_end] if place.key in removed]
        come = [place for place in new[new_start:new_end] if place.key in added]
        pairs |= {after.key: before.key for before, after in _pair(gone, come)}
        old_start, new_start = old_end + 1, new_end + 1
    return pairs


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of some pairs, rising in the first, that rises in the second too (patience sorting)."""
    tops: list[int] = []  # the smallest end of a run of each length
    ends: list[int] = []  # which pair that is
    before: list[int] = []
    for index, (_, value) in enumerate(pairs):
        length = bisect_left(tops, value)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [value]
        ends[length : length + 1] = [index]
    run: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]


def _pair(gone: list[Place], come: list[Place]) -> list[tuple[Place, Place]]:
    """Pair in order where the counts agree, by likeness where they differ; pairs never cross."""
    if len(gone) == len(come) or len(gone) * len(come) > _MOST_COMPARISONS:
        return list(zip(gone, come, strict=False))
    if not gone or not come:
        return []
    come_bags = _bags(come)
    likeness = [[_likeness(before, after) for after in come_bags] for before in _bags(gone)]
    best = [[0.0] * (len(come) + 1) for _ in range(len(gone) + 1)]  # best[i][j]: of gone[i:] and come[j:]
    for i in reversed(range(len(gone))):
        for j in reversed(range(len(come))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(gone) and j < len(come):
        if likeness[i][j] > 0 and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((gone[i], come[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


Bag = tuple[frozenset[str], str]


def _bags(places: Iterable[Place]) -> list[Bag]:
    return [(frozenset(_WORD.findall(place.key[1].lower())), place.kind) for place in places]


def _likeness(before: Bag, after: Bag) -> float:
    """Return how much two texts share: 2 * common words / all words, and a bonus for the same kind; 0 for two texts."""
    words = len(before[0]) + len(after[0])
    dice = 2 * len(before[0] & after[0]) / words if words else 0.0
    return 0.0 if dice < _LEAST_LIKENESS else dice + (_SAME_KIND_BONUS if before[1] == after[1] else 0.0)
