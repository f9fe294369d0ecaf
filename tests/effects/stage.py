"""The small incident with every kind of unit on scene and every response carried out as soon as its units are there."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from sim.effects import Number
from sim.exercise.exercise import Exercise
from sim.world.activity import Activity, Stage
from sim.world.order import Order, Value
from tests.small import small_data, small_playbook

MINUTE = 600
START = 300
"""Tick from which the tests go on: everybody stands where they gather."""


def _unit(name: str, strength: int, **changes: Any) -> dict[str, Any]:
    return {"id": name, "code": name[:3], "strength": strength, "arrives_min": 0, "at": "corner"} | changes


MORE_UNITS = (
    _unit("LOG-1", 2),
    _unit("EVI-1", 6),
    _unit("TRF-1", 2),
    _unit("PIO-1", 1),
    _unit("POU-2", 14),
    _unit("POU-3", 14),
    _unit("GOV-2", 1, mandate=True),
    _unit("GOV-3", 1),
)


def happens(*effects: dict[str, Any], place: str = "", minute: float = 0.1) -> dict[str, Any]:
    """An inject that does this, without a word to anybody."""
    return {
        "id": f"at_{round(minute * 10)}_{effects[0]['do']}",
        "minute": minute,
        "channel": "radio",
        "about": "report",
        "truth": "true",
        "place": place,
        "needs_answer": False,
        "effects": list(effects),
    }


def staged(**changes: Any) -> Exercise:
    """The incident at `START`; `changes` replace top-level keys of its data."""
    data = {"minutes": [0, 120], "units": [*small_data()["units"], *MORE_UNITS]} | changes
    playbook = small_playbook(**data)
    at_once = {"setup_min": Number(assumed=0), "needs": ()}
    responses = {name: response.model_copy(update=at_once) for name, response in playbook.responses.items()}
    run = Exercise(replace(playbook, responses=responses), 1, sealed=False)
    run.run_until(START)
    return run


@cache
def _plain() -> Exercise:
    return staged()


def plain() -> Exercise:
    """A fork of the incident in which nothing happens by itself."""
    return _plain().fork()


def carried_out(
    run: Exercise, response: str, target: str = "", *units: str, reason: str = "so that it can be seen", **given: Value
) -> Activity:
    """Gives the order, lawful or not, and lets its units get there; the activity has just begun to run."""
    order = Order(response=response, target=target, units=units, parameters=given, reason=reason, go_ahead=True)
    ruling = run.order(order)
    assert ruling.accepted, [each.english() for each in ruling.reasons]
    activity = run.world.activities[ruling.activity - 1]
    until(run, lambda: activity.stage >= Stage.RUN)
    return activity


def until(run: Exercise, holds: Callable[[], bool], minutes: float = 60) -> None:
    """Lets time pass until this holds; at most so many minutes."""
    end = run.tick_now + round(minutes * MINUTE)
    while not holds():
        assert run.tick_now < end, "it never came to this"
        run.run_until(run.tick_now + 10)


def minutes(run: Exercise, number: float) -> None:
    """Lets so many minutes pass."""
    run.run_until(run.tick_now + round(number * MINUTE))
