"""Squads of a room are reviewed one after the other, each for a limited time."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from sim.command.pricing import SQUAD_S, Pricing
from sim.drill.squad import Squad
from sim.exercise.control import Control
from tests.drill.table import session


@dataclass
class Look:
    """A review that goes on until it is told to stop."""

    going: bool = True
    seconds: float = 0.0
    review: None = None
    ended: bool = field(default=False)

    def stop(self) -> None:
        self.going = False

    def end(self) -> None:
        self.ended = True


def test_the_next_squad_is_looked_at_when_the_one_before_is_done_or_its_time_is_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[Look] = []

    def look(squad: Squad) -> Look:
        looks.append(Look())
        return looks[-1]

    monkeypatch.setattr("sim.command.pricing._look", look)
    pricing, squad = Pricing(), Squad(session(1))
    assert pricing.of("A", squad).going
    assert pricing.of("B", squad).going
    assert 1 == len(looks)
    looks[0].seconds = SQUAD_S + 1.0
    assert not pricing.of("A", squad).going
    assert pricing.of("B", squad).going
    assert 2 == len(looks)
    pricing.close()
    assert [True, True] == [each.ended for each in looks]


def test_a_review_begins_with_what_the_drill_was_begun_with_and_not_with_what_the_instructor_added(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = []

    def begin(playbook: object, *rest: object, **more: object) -> SimpleNamespace:
        given.append(playbook)
        return SimpleNamespace(going=True, seconds=0.0, review=None)

    monkeypatch.setattr("sim.command.pricing.Comparing", begin)
    squad = Squad(session(1))
    before = squad.session.playbook
    squad.session.exercise.control(Control(what="add", channel="radio", en="Added.", minutes=1.0))
    Pricing().of("A", squad)
    assert before is not squad.session.playbook
    assert [before] == given
