"""Journalists who are told to leave do leave, say so online, and the wider public knows less and thinks worse of it."""

from typing import Any

import numpy as np
import pytest

from sim.crowd.people import Act, Role
from sim.exercise.exercise import Exercise
from tests.effects.stage import carried_out, minutes, staged
from tests.small import small_data


def with_press() -> Exercise:
    """The square with six journalists among the people."""
    people = small_data()["groups"][0]
    press: dict[str, Any] = people | {"id": "press", "people": 6, "roles": {"journalist": 1.0}, "participant": False}
    return staged(groups=[people, press])


@pytest.mark.parametrize(("response", "unit"), [("dispersal_order", "CMD-1"), ("walking_line", "POU-1")])
def test_they_go_when_they_are_sent_and_stay_when_they_may(response: str, unit: str) -> None:
    stays, sent = with_press(), with_press()
    for run, observers in ((stays, "stay"), (sent, "leave")):
        carried_out(run, response, "square", unit, observers=observers)
        minutes(run, 2.6)
    people = sent.world.crowd.people
    assert np.all(people.act[people.role == int(Role.JOURNALIST)] >= int(Act.LEAVE))
    assert [] == list(stays.journal.consequences("observers_sent_away"))
    assert 6 == sent.journal.consequences("observers_sent_away")[0].data["people"]
    assert sent.world.opinion.public < stays.world.opinion.public
    assert sent.world.opinion.uncertainty > stays.world.opinion.uncertainty
