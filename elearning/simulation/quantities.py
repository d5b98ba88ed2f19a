"""Reads what a case counts: its indicators, its facts and its flags, which conditions speak of by name."""

from collections.abc import Collection
from difflib import get_close_matches
from typing import Literal

from elearning.simulation.expression_parser import NAME, RESERVED
from elearning.simulation.models import Indicator
from elearning.sources.yaml_reader import YamlMap

LARGEST_FACT = 10**12
LARGEST_INDICATOR = 10_000


def hint(name: str, known: Collection[str]) -> str:
    """Return what to say after an unknown name: the nearest that exists, or all."""
    near = get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else f", expected one of {', '.join(known) or 'none'}"


def read_indicators(case: YamlMap) -> tuple[Indicator, ...]:
    """Read the indicators, in the order in which they are shown."""
    source = case.map("indicators")
    if source is None:
        return ()
    found = [_indicator(source, name) for name in source.keys()]  # noqa: SIM118
    indicators = tuple(one for one in found if one is not None)
    if not any(one.weight for one in indicators):
        source.wrong(source.line, "no-indicator", "found no indicator with a weight, expected at least one")
    return indicators


def _indicator(source: YamlMap, name: str) -> Indicator | None:
    _check_name(source, name)
    own = source.map(name)
    if own is None:
        return None
    least, most = _bounds(own)
    found = Indicator(
        id=name,
        label=own.text("label"),
        start=own.whole("start", least, most),
        min=least,
        max=most,
        step=own.whole("step", 1, LARGEST_INDICATOR, 5),
        better=_better(own),
        weight=own.whole("weight", 0, 1_000, 1),
    )
    for key, value in (("max", most), ("start", found.start)):
        if (value - least) % found.step:
            expected = f"expected {least} and a multiple of {found.step}, which is 'step'"
            own.wrong(own.line_of(key), "step", f"found {value} as {key!r}, {expected}")
    own.finish()
    return found


def _bounds(source: YamlMap) -> tuple[int, int]:
    least = source.whole("min", -LARGEST_INDICATOR, LARGEST_INDICATOR, 0)
    most = source.whole("max", -LARGEST_INDICATOR, LARGEST_INDICATOR, 100)
    if most > least:
        return least, most
    source.wrong(source.line_of("max"), "range", f"found {most} as 'max', expected more than {least}, which is 'min'")
    return least, least + 1


def _better(source: YamlMap) -> Literal["high", "low"]:
    found = source.name("better", required=False) or "high"
    if found not in {"high", "low"}:
        source.wrong(source.line_of("better"), "better", f"found {found!r} as 'better', expected high or low")
    return "low" if found == "low" else "high"


def read_facts(case: YamlMap, taken: Collection[str]) -> dict[str, int]:
    """Read the numbers that texts show; their names must not be taken."""
    source = case.map("facts", required=False)
    if source is None:
        return {}
    for name in source.keys():  # noqa: SIM118
        _check_name(source, name, taken)
    return {name: source.whole(name, -LARGEST_FACT, LARGEST_FACT) for name in source.keys()}  # noqa: SIM118


def read_flags(case: YamlMap, taken: Collection[str]) -> tuple[str, ...]:
    """Read the names that choices can set; they must not be taken."""
    flags = case.texts("flags")
    for flag in flags:
        if flag.text in taken:
            case.wrong(flag.line, "duplicate-id", f"found the name {flag.text!r} twice, expected it once")
        if not NAME.match(flag.text) or flag.text in RESERVED:
            case.wrong(flag.line, "id", f"found the flag {flag.text!r}, expected a word like told_press")
    return tuple(dict.fromkeys(flag.text for flag in flags))


def _check_name(source: YamlMap, name: str, taken: Collection[str] = ()) -> None:
    line = source.line_of(name)
    if not NAME.match(name) or name in RESERVED:
        source.wrong(line, "id", f"found the name {name!r}, expected lower case letters, digits and underscores")
    if name in taken:
        source.wrong(line, "duplicate-id", f"found the name {name!r} twice, expected it once")
