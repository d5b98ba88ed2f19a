"""Cases as authors wrote them: typed, validated, in English. What is above sees these, never YAML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from elearning.sources.sectors import Phase
from elearning.sources.text import SourceText

BASE = "base"
"""The id of the case as it stands without any overlay."""

Tree = tuple["str | int | Tree", ...]
"""A parsed expression: an operator and its operands, all JSON values (see expressions.py)."""


@dataclass(frozen=True)
class Condition:
    """An expression that is true or false in every state: as it was written, and parsed."""

    text: str
    tree: Tree
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Indicator:
    """What a debrief measures: a whole number that effects move by multiples of `step`, clamped to min and max."""

    id: str
    label: SourceText
    start: int
    min: int
    max: int
    step: int
    better: Literal["high", "low"]
    weight: int


@dataclass(frozen=True)
class ConditionalText:
    """Markdown that is shown where `when` holds; of several, the first that holds is shown."""

    text: SourceText
    when: Condition | None = None


@dataclass(frozen=True)
class Inject:
    """News that reaches a scene. Its effects count when the scene's decision is taken, if `when` held before it.

    `text` is Markdown; `expected`, `sender`, `recipient` and `channel` are inline, as in a row of an MSEL.
    """

    id: str
    text: SourceText
    after_seconds: int = 0
    effects: Mapping[str, int] = field(default_factory=dict, hash=False)
    when: Condition | None = None
    expected: SourceText | None = None
    sender: SourceText | None = None
    recipient: SourceText | None = None
    channel: SourceText | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Route:
    """A way on. `next` is a scene, or None: the play ends."""

    next: str | None
    when: Condition | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Choice:
    """A decision that can be taken. `text` is inline, `feedback` Markdown.

    It leads along the first of its routes that holds and whose scene can still be visited; where there is none, the
    play ends. `flags` are set by it; `sectors` are activated in the phase of its scene.
    """

    id: str
    text: SourceText
    feedback: SourceText
    routes: tuple[Route, ...] = ()
    when: Condition | None = None
    sectors: tuple[str, ...] = ()
    effects: Mapping[str, int] = field(default_factory=dict, hash=False)
    flags: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Scene:
    """A situation with a decision. `text` is Markdown: of its texts, the first whose condition holds is shown."""

    id: str
    phase: Phase
    title: SourceText | None
    text: tuple[ConditionalText, ...]
    choices: tuple[Choice, ...]
    injects: tuple[Inject, ...] = ()
    max_visits: int = 1
    line: int = field(default=0, compare=False)

    def choice(self, choice_id: str) -> Choice | None:
        """Return a choice of this scene by its id."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)


@dataclass(frozen=True)
class Ending:
    """How a play can end; the first that holds is met. Rank 1 is the best. `text` is Markdown."""

    id: str
    rank: int
    title: SourceText
    text: SourceText
    when: Condition | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Variant:
    """A case as it is played: the base, or the base with one regional overlay laid over it, complete.

    `label` names the variant ("Asia and the Pacific"); the base may have none. `briefing` is Markdown, read before the
    first scene. `reference` is the activation of the wheel that the authors hold to be right, by phase.
    """

    id: str
    label: SourceText | None
    title: SourceText
    summary: SourceText
    briefing: SourceText | None
    objectives: tuple[SourceText, ...]
    sources: tuple[SourceText, ...]
    audience: tuple[str, ...]
    minutes: int
    facts: Mapping[str, int] = field(hash=False)
    flags: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    reference: Mapping[Phase, tuple[str, ...]] = field(hash=False)
    start: str
    scenes: tuple[Scene, ...]
    endings: tuple[Ending, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Scene]:
        """The scenes by their ids."""
        return {scene.id: scene for scene in self.scenes}

    def scene(self, scene_id: str) -> Scene:
        """Return a scene; KeyError where there is none."""
        return self.by_id[scene_id]

    def ending(self, ending_id: str) -> Ending:
        """Return an ending; KeyError where there is none."""
        return {ending.id: ending for ending in self.endings}[ending_id]


@dataclass(frozen=True)
class Case:
    """A case and its regional variants, the base first. `path` is its file, from the project's folder."""

    id: str
    path: str = field(compare=False)
    variants: tuple[Variant, ...]

    @property
    def base(self) -> Variant:
        """The case without any overlay."""
        return self.variants[0]

    @property
    def title(self) -> SourceText:
        """The title of the base."""
        return self.base.title

    @property
    def summary(self) -> SourceText:
        """The summary of the base."""
        return self.base.summary

    def variant(self, variant_id: str) -> Variant | None:
        """Return a variant by its id; the base is `base`."""
        return next((variant for variant in self.variants if variant.id == variant_id), None)
