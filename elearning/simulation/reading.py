"""Reads one variant of a case from its YAML. Every mistake is noted, and reading goes on to find the next."""

from collections.abc import Iterator, Mapping

from elearning.simulation.expression_parser import ExpressionError, Names, Parsed, parse_condition
from elearning.simulation.expressions import mentioned
from elearning.simulation.models import (
    Choice,
    Condition,
    ConditionalText,
    Ending,
    Inject,
    Route,
    Scene,
    Variant,
)
from elearning.simulation.placeholders import placeholders
from elearning.simulation.quantities import hint, read_facts, read_flags, read_indicators
from elearning.sources.sectors import PHASES, SECTOR_IDS, Phase
from elearning.sources.text import SourceText
from elearning.sources.words import AUDIENCES, ID, ID_RULE, read_id
from elearning.sources.yaml_reader import YamlMap

ONCE = "once in the whole case"
END = "end"
"""What `next` says where the play ends."""
MOST_VISITS = 20
DAY_SECONDS = 86_400
MINUTES_A_SCENE = 2  # where the author does not say: a scene of some 100 words, read, discussed and decided


def read_variant(source: YamlMap, variant_id: str) -> Variant:
    """Read a complete variant."""
    return _Reader(source).variant(variant_id)


class _Reader:
    """Reads a variant; knows the names that its conditions may speak of."""

    def __init__(self, source: YamlMap) -> None:
        self._source = source
        self._indicators = read_indicators(source)
        self._facts = read_facts(source, {one.id for one in self._indicators})
        self._flags = read_flags(source, {*self._facts, *(one.id for one in self._indicators)})
        self._choices: set[str] = set()
        self._injects: set[str] = set()
        scenes = source.map("scenes", required=False)
        self._names = Names(
            numbers={
                **{own.id: (own.min, own.max) for own in self._indicators},
                **{name: (value, value) for name, value in self._facts.items()},
            },
            flags=self._flags,
            scenes=scenes.keys() if scenes else [],
            choices=list(_choice_ids(scenes)),
            sectors=SECTOR_IDS,
        )

    def variant(self, variant_id: str) -> Variant:
        source = self._source
        source.name("id", required=False)
        source.map("variants", required=False)
        scenes = self._scenes()
        found = Variant(
            id=variant_id,
            label=self._maybe(source, "label"),
            title=self._text(source, "title"),
            summary=self._text(source, "summary"),
            briefing=self._maybe(source, "briefing"),
            objectives=source.texts("objectives"),
            sources=source.texts("sources"),
            audience=self._audience(),
            minutes=source.whole("minutes", 1, 600, MINUTES_A_SCENE * max(len(scenes), 1)),
            facts=self._facts,
            flags=self._flags,
            indicators=self._indicators,
            reference=self._reference(),
            start=self._scene_name(source, "start"),
            scenes=scenes,
            endings=self._endings(),
        )
        for text in (*found.objectives, *found.sources):
            self._check_placeholders(source, text)
        source.finish()
        return found

    # Texts and conditions

    def _text(self, source: YamlMap, key: str) -> SourceText:
        text = source.text(key)
        self._check_placeholders(source, text)
        return text

    def _maybe(self, source: YamlMap, key: str) -> SourceText | None:
        if source.shape(key) == "nothing":
            return None
        return self._text(source, key)

    def _check_placeholders(self, source: YamlMap, text: SourceText) -> None:
        for name in placeholders(text.text):
            if name not in self._facts:
                source.wrong(text.line, "unknown-fact", f"found the unknown fact {{{name}}}{hint(name, self._facts)}")

    def condition(self, source: YamlMap, key: str = "when") -> tuple[Condition | None, Parsed | None]:
        """Read a condition, and what the ranges of the names say about it."""
        if source.shape(key) == "nothing":
            return None, None
        text = source.text(key)
        try:
            parsed = parse_condition(text.text, self._names)
        except ExpressionError as error:
            source.wrong(text.line, "expression", f"in {key!r}, column {error.column}: {error.message}")
            return None, None
        if not parsed.high and not set(mentioned(parsed.tree, "name")) & set(self._facts):
            source.wrong(text.line, "never", f"found a condition that never holds ({text.text})")
        return Condition(text.text, parsed.tree, text.line), parsed

    def _when(self, source: YamlMap) -> Condition | None:
        return self.condition(source)[0]

    def _audience(self) -> tuple[str, ...]:
        found = self._source.texts("audience")
        for name in found:
            if name.text not in AUDIENCES:
                message = f"found {name.text!r} as 'audience'{hint(name.text, AUDIENCES)}"
                self._source.wrong(name.line, "audience", message)
        return tuple(name.text for name in found)

    # Scenes

    def _scenes(self) -> tuple[Scene, ...]:
        source = self._source.map("scenes")
        if source is None:
            return ()
        if not source.keys():
            source.wrong(source.line, "no-scene", "found no scene, expected at least one")
        scenes = []
        for name in source.keys():  # noqa: SIM118
            own = source.map(name)
            if not ID.match(name) or name == END:
                message = f"found the id {name!r}, expected {ID_RULE}, and not {END!r}"
                source.wrong(source.line_of(name), "id", message)
            if own is not None:
                scenes.append(self._scene(own, name))
        return tuple(scenes)

    def _scene(self, source: YamlMap, name: str) -> Scene:
        phase = self._phase(source)
        scene = Scene(
            id=name,
            phase=phase,
            title=self._maybe(source, "title"),
            text=self._conditional_texts(source),
            injects=tuple(self._inject(own) for own in source.maps("injects", required=False)),
            choices=tuple(self._choice(own) for own in source.maps("choices")),
            max_visits=source.whole("max_visits", 1, MOST_VISITS, 1),
            line=source.line,
        )
        if not scene.choices:
            source.wrong(source.line, "no-choice", f"found no choice in scene {name!r}, expected at least one")
        source.finish()
        return scene

    def _phase(self, source: YamlMap) -> Phase:
        found = source.name("phase")
        if found and found not in PHASES:
            source.wrong(source.line_of("phase"), "unknown-phase", f"found {found!r} as 'phase'{hint(found, PHASES)}")
        return next((phase for phase in PHASES if phase == found), "before")

    def _conditional_texts(self, source: YamlMap) -> tuple[ConditionalText, ...]:
        if source.shape("text") != "list":
            return (ConditionalText(self._text(source, "text")),)
        found = []
        for own in source.maps("text"):
            found.append(ConditionalText(self._text(own, "text"), self._when(own)))
            own.finish()
        if not found or found[-1].when is not None:
            line = source.line_of("text")
            source.wrong(
                line, "no-last-text", "found no text for when no condition holds, expected a last one without 'when'"
            )
        return tuple(found)

    def _inject(self, source: YamlMap) -> Inject:
        found = Inject(
            id=read_id(source, self._injects, ONCE),
            text=self._text(source, "text"),
            after_seconds=source.whole("after_seconds", 0, DAY_SECONDS, 0),
            effects=self._effects(source),
            when=self._when(source),
            expected=self._maybe(source, "expected"),
            sender=self._maybe(source, "sender"),
            recipient=self._maybe(source, "recipient"),
            channel=self._maybe(source, "channel"),
            line=source.line,
        )
        source.finish()
        return found

    def _choice(self, source: YamlMap) -> Choice:
        flags = source.texts("flags")
        for flag in flags:
            if flag.text not in self._flags:
                message = f"found the unknown flag {flag.text!r}{hint(flag.text, self._flags)}"
                source.wrong(flag.line, "unknown-flag", message)
        found = Choice(
            id=read_id(source, self._choices, ONCE),
            text=self._text(source, "text"),
            feedback=self._text(source, "feedback"),
            routes=self._routes(source),
            when=self._when(source),
            sectors=self._sectors(source, "sectors"),
            effects=self._effects(source),
            flags=tuple(flag.text for flag in flags),
            line=source.line,
        )
        source.finish()
        return found

    def _routes(self, source: YamlMap) -> tuple[Route, ...]:
        if source.shape("next") == "nothing":
            return ()
        if source.shape("next") != "list":
            return (Route(self._way_on(source), line=source.line_of("next")),)
        routes = []
        for own in source.maps("next"):
            routes.append(Route(self._way_on(own), self._when(own), own.line))
            own.finish()
        return tuple(routes)

    def _way_on(self, source: YamlMap) -> str | None:
        name = self._scene_name(source, "next", END)
        return None if name in {"", END} else name

    def _scene_name(self, source: YamlMap, key: str, *others: str) -> str:
        name = source.name(key)
        if name and name not in {*self._names.scenes, *others}:
            message = f"found the unknown scene {name!r} as {key!r}{hint(name, [*self._names.scenes, *others])}"
            source.wrong(source.line_of(key), "unknown-scene", message)
        return name

    def _effects(self, source: YamlMap) -> Mapping[str, int]:
        own = source.map("effects", required=False)
        steps = {one.id: one for one in self._indicators}
        effects: dict[str, int] = {}
        if own is None:
            return effects
        for name in own.keys():  # noqa: SIM118
            indicator = steps.get(name)
            if indicator is None:
                message = f"found the unknown indicator {name!r}{hint(name, steps)}"
                own.wrong(own.line_of(name), "unknown-indicator", message)
                continue
            reach = indicator.max - indicator.min
            effects[name] = own.whole(name, -reach, reach, 0)
            if effects[name] % indicator.step:
                message = f"found {effects[name]:+} for {name!r}, expected a multiple of {indicator.step}"
                own.wrong(own.line_of(name), "step", message)
        return effects

    def _sectors(self, source: YamlMap, key: str) -> tuple[str, ...]:
        found = source.texts(key)
        for name in found:
            if name.text not in SECTOR_IDS:
                message = f"found the unknown sector {name.text!r}{hint(name.text, SECTOR_IDS)}"
                source.wrong(name.line, "unknown-sector", message)
        return tuple(dict.fromkeys(name.text for name in found))

    # The end

    def _reference(self) -> Mapping[Phase, tuple[str, ...]]:
        source = self._source.map("reference", required=False)
        if source is None:
            return {}
        found = {phase: self._sectors(source, phase) for phase in PHASES}
        source.finish()
        return found

    def _endings(self) -> tuple[Ending, ...]:
        taken: set[str] = set()
        endings, always = [], False
        for source in self._source.maps("endings"):
            if always:
                message = "found an ending after one that always holds, expected it before"
                source.wrong(source.line, "unreachable-ending", message)
            when, parsed = self.condition(source)
            always = always or source.shape("when") == "nothing" or (parsed is not None and parsed.low == 1)
            own = Ending(
                id=read_id(source, taken, ONCE),
                rank=source.whole("rank", 1, 99),
                title=self._text(source, "title"),
                text=self._text(source, "text"),
                when=when,
                line=source.line,
            )
            endings.append(own)
            source.finish()
        if not always:
            line = self._source.line_of("endings")
            self._source.wrong(
                line, "no-last-ending", "found no ending that always holds, expected a last one without 'when'"
            )
        return tuple(endings)


def _choice_ids(scenes: YamlMap | None) -> Iterator[str]:
    for name in scenes.keys() if scenes else ():
        own = scenes.map(name, required=False) if scenes else None
        for choice in own.maps("choices", required=False) if own else ():
            yield choice.name("id", required=False)
