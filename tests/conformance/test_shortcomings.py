"""Every shipped scenario says which of the five common shortcomings it trains, and trains what it says."""

from pathlib import Path

import pytest

from sim.scenario.inject import SHORTCOMINGS
from sim.scenario.scenario import Scenario
from sim.storage.library import load_playbook, scenario_folder

SCENARIOS = sorted(path.stem for path in Path(scenario_folder()).glob("*.yaml"))
WHOLE = {"taxi_ring_square", "health_valley_petition"}
"""The two that play a whole incident, from the first signal on."""


def scenario(name: str) -> Scenario:
    """The shipped scenario of that name."""
    return load_playbook(name).scenario


def graded(name: str) -> dict[str, list[str]]:
    """For each shortcoming the decisions that are graded on it: calls that can be answered in time or missed."""
    return {
        each: [i.id for i in scenario(name).injects if each in i.trains and i.handled is not None and i.answers]
        for each in SHORTCOMINGS
    }


def test_the_whole_incidents_are_shipped() -> None:
    assert set(SCENARIOS) >= WHOLE


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_says_what_it_trains(name: str) -> None:
    assert scenario(name).trains


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_it_says_it_trains_is_what_its_decisions_are_graded_on(name: str) -> None:
    assert set(scenario(name).trains) == {each for each, decisions in graded(name).items() if decisions}


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_a_whole_incident_has_graded_decisions_on_each_of_the_five(name: str) -> None:
    assert all(len(decisions) >= 2 for decisions in graded(name).values()), graded(name)
