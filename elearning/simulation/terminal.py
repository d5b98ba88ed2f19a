"""A case played in a terminal: its texts as the author wrote them, and a debrief. For authors and for trying things."""

import sys
from collections.abc import Sequence

import click

from elearning.simulation.debrief import Turn, debrief
from elearning.simulation.events import Decision
from elearning.simulation.models import Choice, Variant
from elearning.simulation.placeholders import fill_plain, written
from elearning.simulation.play import begin, decide, injects, offered, shown_text
from elearning.simulation.state import State
from elearning.sources.text import SourceText


class Terminal:
    """One play. `given` are choices to take before the input is asked."""

    def __init__(self, variant: Variant, given: Sequence[str] = ()) -> None:
        self._variant = variant
        self._given = list(given)
        self._facts = written(variant.facts, "{:,}".format)
        self._events: list[Decision] = []

    def play(self) -> bool:
        """Play to the end and print the debrief; False where a choice cannot be taken or the input ends."""
        state = begin(self._variant)
        self._say(self._variant.title)
        if self._variant.briefing:
            self._say(self._variant.briefing)
        while state.ended is None:
            self._show(state)
            choice = self._ask(offered(self._variant, state))
            if choice is None:
                return False
            self._events.append(Decision(state.scene, choice.id))
            state = decide(self._variant, state, state.scene, choice.id).state
            self._say(choice.feedback)
        self._print_debrief()
        return True

    def _say(self, text: SourceText) -> None:
        click.echo(self._filled(text) + "\n")

    def _filled(self, text: SourceText) -> str:
        # a terminal has no use for the marks that isolate numbers in a right-to-left text
        return fill_plain(text.text, self._facts).replace("\u2068", "").replace("\u2069", "")

    def _show(self, state: State) -> None:
        scene = self._variant.scene(state.scene)
        click.echo(f"== {scene.title.text if scene.title else scene.id} ({scene.phase}) ==")
        click.echo(", ".join(f"{one.label.text} {state.indicators[one.id]}" for one in self._variant.indicators))
        self._say(scene.text[shown_text(self._variant, state)].text)
        for inject in injects(self._variant, state):
            click.echo(f"[{inject.id}, after {inject.after_seconds} s]")
            self._say(inject.text)

    def _ask(self, choices: tuple[Choice, ...]) -> Choice | None:
        for number, choice in enumerate(choices, 1):
            click.echo(f"  {number}. {choice.id}: {self._filled(choice.text)}")
        if self._given:
            answer = self._given.pop(0)
        else:
            click.echo("> ", nl=False)
            answer = sys.stdin.readline().strip()
        by_name = {str(number): one for number, one in enumerate(choices, 1)} | {one.id: one for one in choices}
        if answer not in by_name:
            known = ", ".join(one.id for one in choices)
            click.echo(f"found {answer!r}, expected one of {known}", err=True)
        return by_name.get(answer)

    def _print_debrief(self) -> None:
        found = debrief(self._variant, self._events)
        ending = self._variant.ending(str(found.ending))
        click.echo(f"== {ending.title.text} (rank {ending.rank}) ==")
        self._say(ending.text)
        for turn in found.turns:
            click.echo(_road(turn))
        for measure in found.measures:
            click.echo(f"{measure.id}: {measure.start} -> {measure.end} ({measure.change})")
        for cell in found.wheel:
            words = {"both": "as in the reference", "reference": "missed", "played": "not in the reference"}
            click.echo(f"wheel, {cell.phase}, {cell.sector}: {words[cell.mark]}")
        if found.result is not None:
            click.echo(f"Score: {found.result.points} of 100")


def _road(turn: Turn) -> str:
    """Return a line of the debrief: the decision, what it changed, what it put out of reach."""
    changes = ", ".join(f"{effect.indicator} {effect.applied:+}" for effect in turn.move.effects)
    lost = f"; out of reach since: {', '.join(sorted(turn.lost))}" if turn.lost else ""
    return f"{turn.move.scene}: {getattr(turn.move, 'choice', 'override')} ({changes or 'no effect'}){lost}"
