"""Decisions of a run: every order that was carried out, and every call that was let pass without one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.exercise.replay import Input, input_of, inputs_of
from sim.world.journal import Entry
from sim.world.order import HOLD, Order

SILENCE_MIN = 3.0
"""A call counts as let pass when nothing but waiting was ordered for so long after it (assumed)."""
MOST_SILENCES = 6
"""So many calls let pass are looked at in one run, those with the shortest windows first."""


@dataclass(frozen=True, slots=True)
class Later:
    """One later input of the record, with its tick: an order of the trainee's own, or an act of the instructor."""

    tick: int
    what: Input


@dataclass(frozen=True, slots=True)
class Decision:
    """One moment at which something was chosen; not acting is a choice, too."""

    number: int
    """From 1 on, in the order of the run."""
    tick: int
    order: Order | None
    """What was ordered; None where a call was let pass."""
    call: str
    """Id of the inject that was let pass, or that the order answered; "" for neither."""
    following: tuple[Later, ...]
    """What was given after this: the trainee's own orders and the instructor's acts."""
    until_tick: int
    """The next decision, or the end of the record: for so long the choice stood."""


def of_the_scene(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries up to the moment everybody had gone home; all where that has not come.

    What is chosen in the days after is a matter of days, and no part of a comparison of minutes.
    """
    home = next((k for k, entry in enumerate(entries) if entry.kind == "scene"), None)
    return entries if home is None else entries[: home + 1]


def inputs_before(inputs: Sequence[Entry], decision: Decision) -> int:
    """How many of the inputs on the scene come before this decision; the next one is its order, where it has one."""
    return len(inputs) - len(decision.following) - (decision.order is not None)


def decisions_of(entries: Sequence[Entry]) -> tuple[Decision, ...]:
    """The decisions on the scene, oldest first: accepted orders other than waiting, and calls let pass.

    A call is let pass when it says how it can be answered and nothing but waiting was ordered for `SILENCE_MIN` minutes
    of it, nor anything later that answered it. Of a drill, what an automatic player had ordered until it began is no
    decision.
    """
    entries = of_the_scene(entries)
    inputs = inputs_of(entries)
    given = [Later(entry.tick, input_of(entry)) for entry in inputs]
    found: list[tuple[int, int, Order | None, str, tuple[Later, ...]]] = []
    for k, (later, entry) in enumerate(zip(given, inputs, strict=True)):
        if not isinstance(later.what, Order):
            continue
        ruling = entry.data["ruling"]
        assert isinstance(ruling, dict)
        if ruling["accepted"] and later.what.response != HOLD:
            found.append((later.tick, 1, later.what, str(entry.data.get("trigger", "")), tuple(given[k + 1 :])))
    acted = [later.tick for later in given if isinstance(later.what, Order) and later.what.response != HOLD]
    for tick, call in _let_pass(entries, acted):
        found.append((tick, 0, None, call, tuple(later for later in given if later.tick >= tick)))
    begun = next((e.tick for e in entries if e.kind == "drill" and e.data["event"] == "begin"), 0)
    found = [each for each in found if each[0] >= begun]
    found.sort(key=lambda each: each[:2])
    ends = [*(tick for tick, *_ in found[1:]), max((entry.tick for entry in entries), default=0)]
    return tuple(
        Decision(number=k + 1, tick=tick, order=order, call=call, following=following, until_tick=ends[k])
        for k, (tick, _, order, call, following) in enumerate(found)
    )


def _let_pass(entries: Sequence[Entry], acted: Sequence[int]) -> list[tuple[int, str]]:
    """(tick, inject) of the calls that were let pass, the shortest windows first; at most `MOST_SILENCES`."""
    answered = {str(entry.data.get("trigger", "")) for entry in entries if entry.kind == "order"}
    quiet = []
    for entry in entries:
        if entry.kind != "inject" or entry.data["event"] != "fired" or not entry.data["answers"]:
            continue
        until = entry.tick + round(SILENCE_MIN * 600)
        if str(entry.data["id"]) not in answered and not any(entry.tick <= tick <= until for tick in acted):
            # One second later the call has reached the seat.
            quiet.append((float(str(entry.data["window_min"])), entry.tick + 10, str(entry.data["id"])))
    return sorted((tick, call) for _, tick, call in sorted(quiet)[:MOST_SILENCES])
