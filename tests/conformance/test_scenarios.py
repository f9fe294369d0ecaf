"""Every shipped scenario is without fault, in two languages, and its people can get where they are meant to go."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from sim.crowd.ground import FAR
from sim.exercise.opening import open_world
from sim.scenario.words import Words
from sim.storage.library import check_file, load_playbook, scenario_folder
from sim.world.world import World

SCENARIOS = sorted(path.stem for path in Path(scenario_folder()).glob("*.yaml"))
CHINESE = re.compile("[\u4e00-\u9fff]")


@cache
def opened(name: str) -> World:
    """The scenario before anything has happened."""
    return open_world(load_playbook(name), 1)


def words(value: Any) -> Iterator[Words]:
    """Every text in a model."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from words(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from words(item)


@pytest.mark.parametrize("name", SCENARIOS)
def test_it_checks_without_a_fault(name: str) -> None:
    assert [] == [fault.code for fault in check_file(scenario_folder() / f"{name}.yaml")]


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_text_is_there_in_chinese(name: str) -> None:
    assert [] == [text.en for text in words(load_playbook(name).scenario) if not CHINESE.search(text.zh)]


@pytest.mark.parametrize("name", SCENARIOS)
def test_everybody_can_walk_to_where_they_gather_or_are_bound_for(name: str) -> None:
    world, scenario = opened(name), load_playbook(name).scenario
    people, ground = world.crowd.people, world.ground
    for index, group in enumerate(scenario.groups):
        bound = [*group.post, *([group.errand] if group.errand else [])]
        for person in (people.group == index).nonzero()[0][:20]:
            x, y = float(people.x[person]), float(people.y[person])
            assert all(ground.walk_at(ground.field(place), x, y) < FAR for place in bound), group.id


@pytest.mark.parametrize("name", SCENARIOS)
def test_everybody_knows_of_two_ways_out_they_can_reach(name: str) -> None:
    world, scenario = opened(name), load_playbook(name).scenario
    people, ground = world.crowd.people, world.ground
    exits = [place.id for place in scenario.site.places if place.exit_width_m > 0.0]
    for index, group in enumerate(scenario.groups):
        person = int((people.group == index).nonzero()[0][0])
        x, y = float(people.x[person]), float(people.y[person])
        ways = [e for e in group.exits or exits if ground.walk_at(ground.field(e), x, y) < FAR]
        assert len(ways) >= min(2, len(group.exits or exits)), group.id


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_call_can_be_answered_with_what_is_on_offer(name: str) -> None:
    playbook = load_playbook(name)
    there = {response.id for response in playbook.offered}
    for inject in playbook.scenario.injects:
        if inject.handled is not None:
            assert there & set(inject.answers), inject.id
            assert set(inject.answers) <= there, inject.id


def test_clearing_a_place_is_nowhere_an_aim() -> None:
    for name in SCENARIOS:
        for ending in load_playbook(name).scenario.win:
            assert not (ending.when.metric == "present" and ending.when.at_most is not None), (name, ending.id)
