"""Turns: a rush of new lines keeps neither those waiting who are in nor those who come from elsewhere."""

import asyncio
from collections.abc import Callable

from sim.squad.turn import CLASS, PER_S, QUICK_S, SLOW_S, Turns


def _begun(rush: Callable[[Turns, Callable[[str], None]], None], until: int) -> list[tuple[str, float]]:
    """Who began, and how many seconds after the first."""
    begun: list[tuple[str, float]] = []

    async def story() -> None:
        loop, turns = asyncio.get_running_loop(), Turns()
        first = loop.time()
        rush(turns, lambda address: turns.wait(address, lambda: begun.append((address, loop.time() - first))))
        while len(begun) < until:
            await asyncio.sleep(0.01)

    asyncio.run(story())
    return begun


def test_a_single_line_begins_at_once() -> None:
    assert 1 == len(_begun(lambda turns, come: come("a"), 1))


def test_lines_begin_one_after_the_other_and_none_sooner_than_the_pause_after_the_last() -> None:
    begun = _begun(lambda turns, come: [come("a") for _ in range(20)] and None, 20)
    assert begun[-1][1] >= 19 * QUICK_S


def test_who_comes_from_elsewhere_does_not_stand_behind_a_rush_from_one_computer() -> None:
    def rush(turns: Turns, come: Callable[[str], None]) -> None:
        for _ in range(50):
            come("a")
        come("b")

    order = [address for address, _ in _begun(rush, 51)]
    assert order.index("b") <= 2


def test_what_comes_beyond_a_class_comes_slowly() -> None:
    number = CLASS + 60
    took = _begun(lambda turns, come: [come("a") for _ in range(number)] and None, number)[-1][1]
    # However long the computer stood still meanwhile: only so many can have come quickly by then.
    slowly = number - 1 - CLASS - PER_S * took
    assert took >= (number - 1) * QUICK_S + slowly * (SLOW_S - QUICK_S)
