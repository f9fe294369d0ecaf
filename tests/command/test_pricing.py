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


def looked(monkeypatch: pytest.MonkeyPatch) -> list[Look]:
    """What is looked at from now on, in its order."""
    looks: list[Look] = []

    def look(squad: Squad) -> Look:
        looks.append(Look())
        return looks[-1]

    monkeypatch.setattr("sim.command.pricing._look", look)
    return looks


def test_the_next_squad_is_looked_at_when_the_one_before_is_done_or_its_time_is_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks, pricing, squad = looked(monkeypatch), Pricing(), Squad(session(1))
    assert pricing.of("A", squad).going
    assert pricing.of("B", squad).going
    assert 1 == len(looks)
    looks[0].seconds = SQUAD_S + 1.0
    assert not pricing.of("A", squad).going
    assert pricing.of("B", squad).going
    assert 2 == len(looks)
    pricing.close()
    assert [True, True] == [each.ended for each in looks]


def test_a_squad_nobody_asks_for_any_more_holds_up_none_and_a_look_ends_although_nobody_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks, pricing, squad = looked(monkeypatch), Pricing(), Squad(session(1))
    pricing.of("A", squad)
    pricing.of("B", squad)
    pricing.watch()
    assert looks[0].going
    looks[0].seconds = SQUAD_S + 1.0
    pricing.watch()
    assert not looks[0].going
    pricing.of("A2", squad)
    assert 2 == len(looks)
    looks[1].going = False
    assert not pricing.of("A2", squad).going


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
