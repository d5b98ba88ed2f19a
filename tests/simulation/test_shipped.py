"""Players of the cases that are shipped rely on: nothing in them is out of reach, though no proof says so yet."""

from collections import Counter
from random import Random

import pytest

from elearning.core.settings import PROJECT
from elearning.simulation.load import load_cases
from elearning.simulation.models import Variant
from elearning.simulation.play import begin, decide, injects, offered
from tests.simulation.plays import name

SHIPPED = [variant for case in load_cases(PROJECT).cases for variant in case.variants]
PLAYS = 1200


@pytest.mark.parametrize("variant", SHIPPED, ids=name)
def test_careless_plays_meet_every_scene_choice_inject_and_ending(variant: Variant) -> None:
    random, met, endings = Random(1), set[str](), Counter[str]()  # noqa: S311 - the same plays each time
    for _ in range(PLAYS):
        state = begin(variant)
        while state.ended is None:
            choice = random.choice(offered(variant, state))
            met |= {state.scene, choice.id} | {inject.id for inject in injects(variant, state)}
            state = decide(variant, state, state.scene, choice.id).state
        endings[state.ended] += 1
    everything = {scene.id for scene in variant.scenes}
    everything |= {choice.id for scene in variant.scenes for choice in scene.choices}
    everything |= {inject.id for scene in variant.scenes for inject in scene.injects}
    assert everything - met == set()
    assert set(endings) == {ending.id for ending in variant.endings}
    best = next(ending.id for ending in variant.endings if ending.rank == 1)
    assert endings[best] < PLAYS / 10, "the best ending is not met by chance"
