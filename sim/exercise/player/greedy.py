"""Greedy play: tries what is open a few minutes ahead and takes what the score likes best. A probe of the score."""

from collections.abc import Callable, Sequence

from sim.exercise.exercise import Exercise
from sim.exercise.player.player import Options
from sim.world.order import Order

EVERY_TICKS = 1800
"""It decides every three minutes."""
AHEAD_TICKS = 6000
"""How far it looks ahead: ten minutes."""

Worth = Callable[[Exercise], float]
"""What a run is worth so far."""


def choices(exercise: Exercise) -> Sequence[Order]:
    """Every open response at its own defaults, lawful or not: nothing but the score keeps it from anything."""
    return [
        Order(response=option.response.id, reason="for the score", go_ahead=True)
        for option in Options(exercise).values()
        if option.open
    ]


def greedy_choice(exercise: Exercise, worth: Worth, *, stride: int = 2) -> Order | None:
    """The order after which a rollout of ten minutes is worth most; None when waiting is worth as much."""
    best, found = _ahead(exercise, None, worth, stride), None
    for order in choices(exercise):
        value = _ahead(exercise, order, worth, stride)
        if value > best:
            best, found = value, order
    return found


def play_greedily(exercise: Exercise, worth: Worth, *, until: int, stride: int = 2) -> None:
    """Plays by greedy choices to that tick or the end."""
    while exercise.outcome is None and exercise.tick_now < until:
        order = greedy_choice(exercise, worth, stride=stride)
        if order is not None:
            exercise.order(order)
        exercise.run_until(min(until, exercise.tick_now + EVERY_TICKS))


def _ahead(exercise: Exercise, order: Order | None, worth: Worth, stride: int) -> float:
    fork = exercise.fork(sealed=False)
    fork.world.crowd.stride = stride
    if order is not None and not fork.order(order).accepted:
        return float("-inf")
    fork.run_until(fork.tick_now + AHEAD_TICKS)
    return worth(fork)
