"""The rules of play, as pure functions. State is a fold over events: replay, debrief and "what if" are one operation.

In a decision: what is offered, which injects count and which text is shown read the state before. Then the effects of
the scene's injects apply in their order, then those of the choice, each clamped at the bounds as it applies. Where the
choice leads, and which ending is met, read the state after; there the scene just left counts as visited.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from elearning.simulation.events import (
    Decision,
    Event,
    Override,
    PlayError,
    Release,
    event_from_json,
)
from elearning.simulation.expressions import Values, evaluate
from elearning.simulation.models import Choice, Condition, Inject, Scene, Variant
from elearning.simulation.state import State, values_of
from elearning.sources.text import SourceText


@dataclass(frozen=True)
class Effect:
    """A change of an indicator: as asked, and as applied after clamping. `inject` is None where the choice asked it."""

    indicator: str
    asked: int
    applied: int
    inject: str | None = None


@dataclass(frozen=True)
class Step:
    """A decision and what it did. `offered` are the choices that could be taken; `state` is the state after."""

    scene: str
    choice: str
    offered: tuple[str, ...]
    effects: tuple[Effect, ...]
    feedback: SourceText
    before: State
    state: State


@dataclass(frozen=True)
class Released:
    """An inject was read in a scene."""

    scene: str
    inject: str


@dataclass(frozen=True)
class Overridden:
    """A trainer changed the play: from here on it is outside the proof."""

    scene: str
    effects: tuple[Effect, ...]
    moved_to: str | None
    before: State
    state: State


Move = Step | Released | Overridden


@dataclass(frozen=True)
class Play:
    """A whole play up to now: what happened, and where it stands."""

    moves: tuple[Move, ...]
    state: State

    @property
    def steps(self) -> tuple[Step, ...]:
        """The decisions alone."""
        return tuple(move for move in self.moves if isinstance(move, Step))

    @property
    def proved(self) -> bool:
        """Whether everything in this play is covered by the check of the case: no trainer changed anything."""
        return not any(isinstance(move, Overridden) for move in self.moves)


def begin(variant: Variant) -> State:
    """Return the state in which every play begins."""
    start = State(variant.start, {one.id: one.start for one in variant.indicators}, {variant.start: 1})
    return _settle(variant, start)


def holds(condition: Condition | None, values: Values) -> bool:
    """Tell whether a condition holds; none always does."""
    return condition is None or bool(evaluate(condition.tree, values))


def offered(variant: Variant, state: State) -> tuple[Choice, ...]:
    """Return the choices that can be taken, in the author's order; none once the play has ended."""
    if state.ended is not None:
        return ()
    values = values_of(variant, state)
    return tuple(choice for choice in variant.scene(state.scene).choices if holds(choice.when, values))


def injects(variant: Variant, state: State) -> tuple[Inject, ...]:
    """Return the injects of the scene that count in this state, in the author's order."""
    if state.ended is not None:
        return ()
    values = values_of(variant, state)
    return tuple(inject for inject in variant.scene(state.scene).injects if holds(inject.when, values))


def shown_text(variant: Variant, state: State) -> int:
    """Return the place of the scene's text that is shown: the first that holds."""
    values = values_of(variant, state)
    texts = variant.scene(state.scene).text
    return next((at for at, text in enumerate(texts) if holds(text.when, values)), len(texts) - 1)


def decide(variant: Variant, state: State, scene_id: str, choice_id: str) -> Step:
    """Take a choice. PlayError: `already-ended`, `not-this-scene`, `not-offered`."""
    _still_playing(state)
    if scene_id != state.scene:
        raise PlayError("not-this-scene", scene=scene_id, expected=state.scene)
    choices = {choice.id: choice for choice in offered(variant, state)}
    if choice_id not in choices:
        raise PlayError("not-offered", choice=choice_id, scene=scene_id)
    choice, scene = choices[choice_id], variant.scene(scene_id)
    indicators, effects = _apply_all(variant, state, injects(variant, state), choice)
    after = _after(variant, replace(state, indicators=indicators), scene, choice)
    return Step(scene_id, choice_id, tuple(choices), effects, choice.feedback, state, after)


def fold(variant: Variant, events: Iterable[Event | Mapping[str, Any]]) -> Play:
    """Replay an attempt from its events. PlayError where an event cannot follow those before it."""
    state, moves = begin(variant), list[Move]()
    for event in events:
        move = _move(variant, state, event_from_json(event) if isinstance(event, Mapping) else event)
        moves.append(move)
        if not isinstance(move, Released):
            state = move.state
    return Play(tuple(moves), state)


def _move(variant: Variant, state: State, event: Event) -> Move:
    match event:
        case Decision(scene, choice):
            return decide(variant, state, scene, choice)
        case Release(inject):
            return _release(variant, state, inject)
        case Override():
            return _override(variant, state, event)


def _release(variant: Variant, state: State, inject: str) -> Released:
    _still_playing(state)
    if inject not in {one.id for one in injects(variant, state)}:
        known = any(one.id == inject for scene in variant.scenes for one in scene.injects)
        raise PlayError("not-this-scene" if known else "unknown-inject", inject=inject, scene=state.scene)
    return Released(state.scene, inject)


def _override(variant: Variant, state: State, event: Override) -> Overridden:
    _still_playing(state)
    if event.scene is not None and event.scene not in variant.by_id:
        raise PlayError("unknown-scene", scene=event.scene)
    for name in event.effects:
        if name not in state.indicators:
            raise PlayError("unknown-indicator", indicator=name)
    indicators = dict(state.indicators)
    effects = _apply(variant, indicators, event.effects, None)
    after = replace(state, indicators=indicators)
    if event.scene is not None:
        after = _enter(after, event.scene)
    return Overridden(state.scene, tuple(effects), event.scene, state, _settle(variant, after))


def _still_playing(state: State) -> None:
    if state.ended is not None:
        raise PlayError("already-ended", ending=state.ended)


def _apply_all(
    variant: Variant, state: State, news: Iterable[Inject], choice: Choice
) -> tuple[dict[str, int], tuple[Effect, ...]]:
    indicators = dict(state.indicators)
    effects = [effect for inject in news for effect in _apply(variant, indicators, inject.effects, inject.id)]
    return indicators, (*effects, *_apply(variant, indicators, choice.effects, None))


def _apply(
    variant: Variant, indicators: dict[str, int], effects: Mapping[str, int], inject: str | None
) -> list[Effect]:
    """Change indicators in place, one after the other, each clamped at its bounds."""
    applied = []
    for one in variant.indicators:
        if one.id in effects:
            old = indicators[one.id]
            indicators[one.id] = min(max(old + effects[one.id], one.min), one.max)
            applied.append(Effect(one.id, effects[one.id], indicators[one.id] - old, inject))
    return applied


def _after(variant: Variant, state: State, scene: Scene, choice: Choice) -> State:
    """Note the choice, and go on along its first route that holds to a scene that can still be visited."""
    state = replace(
        state,
        chosen=state.chosen | {choice.id},
        flags=state.flags.union(choice.flags),
        activated=state.activated.union((scene.phase, sector) for sector in choice.sectors),
    )
    values = values_of(variant, state)
    for route in choice.routes:
        if holds(route.when, values) and _open(variant, state, route.next):
            return _end(variant, state) if route.next is None else _settle(variant, _enter(state, route.next))
    return _end(variant, state)


def _open(variant: Variant, state: State, scene: str | None) -> bool:
    return scene is None or state.visits.get(scene, 0) < variant.scene(scene).max_visits


def _enter(state: State, scene: str) -> State:
    return replace(state, scene=scene, visits={**state.visits, scene: state.visits.get(scene, 0) + 1})


def _settle(variant: Variant, state: State) -> State:
    """End the play where a scene offers nothing: nobody is ever stuck. The check of the case finds such dead ends."""
    return state if offered(variant, state) else _end(variant, state)


def _end(variant: Variant, state: State) -> State:
    values = values_of(variant, state)
    met = next((ending for ending in variant.endings if holds(ending.when, values)), variant.endings[-1])
    return replace(state, ended=met.id)
