"""Bargain: how far an offer meets what a group came for, and who of its people would agree to it.

Whether somebody agrees is worked out from their own trust, hope and anger, the rapport with their group and what
became of earlier promises. Everybody has one luck for all votes of a run: the same offer again meets the same answer.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.core.maths import exp
from sim.core.noise import Stream
from sim.crowd.people import Status
from sim.world.setting import Demand
from sim.world.talks import DATED_FROM, INFLUENCE_RAPPORT, RUNGS, Promise, Term
from sim.world.world import World

# What speaks for and against agreeing, and how sharply people differ: all assumed.
FIT, TRUST, RAPPORT, HOPE, ANGER = 1.6, 0.6, 0.4, 0.5, 0.5
BREACH = 0.25
"""What a broken promise people know of takes off."""
FOBBED_OFF = 0.15
"""What a meeting with somebody who could decide nothing takes off, until somebody who can has met them."""
MEDIATED = 0.1
"""What a neutral person at the table adds."""
ENOUGH = 1.55
SPREAD = 0.15
PATIENCE_DAYS = 14.0
"""A date within so many days counts in full (assumed); later ones for less."""
MATTERS = 0.35
"""Below this weight a demand is not what a group came for (assumed)."""


def rung(name: str) -> int:
    """Place on the ladder; that of being heard for an unknown one."""
    return RUNGS.index(name) if name in RUNGS else 0


def may_grant(demand: Demand, owner: str, step: str) -> bool:
    """True when a unit code may promise this much of a demand."""
    return owner in demand.grantable_by and rung(step) <= rung(demand.most)


def met(demand: Demand, offered: Promise | Term, due_days: float) -> float:
    """How far one offer meets a demand, 0..1."""
    reached = rung(offered.rung or "date")
    if due_days <= 0.0:
        reached = min(reached, DATED_FROM - 1)
    soon = 1.0 / (1.0 + max(0.0, due_days - PATIENCE_DAYS) / 30.0)
    return min(1.0, (reached + 1.0) / (rung(demand.needs) + 1.0)) * soon


def fit(world: World, group: str, offered: Iterable[Promise | Term]) -> float:
    """How far all of it together meets what a group came for, 0..1. What nobody may grant meets nothing."""
    best: dict[str, float] = {}
    for each in offered:
        demand = world.setting.demands.get(each.demand)
        if demand is None or not each.within_authority:
            continue
        if isinstance(each, Term):
            days = each.due_days
        else:
            days = (each.due_min - world.setting.minute(each.given_tick)) / 1440.0 if each.dated else 0.0
        best[demand.id] = max(best.get(demand.id, 0.0), met(demand, each, days))
    weights = {d.id: d.weight_for(group) for d in world.setting.demands.values()}
    whole = sum(weights.values())
    return sum(weights[name] * share for name, share in best.items()) / whole if whole > 0.0 else 0.0


def chances(world: World, rows: NDArray[np.int64], group: str, fitting: float) -> NDArray[np.float64]:
    """Chance of each of these people of one group to agree, 0..1."""
    people, talks = world.crowd.people, world.talks
    common = FIT * fitting + RAPPORT * talks.rapport.get(group, 0.0) - BREACH * talks.breach()
    common += MEDIATED if talks.mediator else 0.0
    if talks.met_without_mandate_tick >= 0 and talks.meeting_tick < talks.met_without_mandate_tick:
        common -= FOBBED_OFF
    own = TRUST * people.legitimacy[rows] + HOPE * people.hope[rows] - ANGER * people.anger[rows]
    return np.array([1.0 / (1.0 + exp(-(common + float(each) - ENOUGH) / SPREAD)) for each in own])


def agreeing(world: World, rows: NDArray[np.int64], group: str, fitting: float) -> NDArray[np.bool_]:
    """Which of these people of one group agree."""
    luck = np.array([world.noise.uniform(Stream.VOTE, 0, int(i)) for i in rows])
    return luck < chances(world, rows, group, fitting)


def members(world: World, group: str) -> NDArray[np.int64]:
    """Rows of the participants of a group who are present."""
    people = world.crowd.people
    mine = people.group == world.setting.groups.index(group)
    return np.flatnonzero(mine & world.crowd.participant & (people.status == int(Status.PRESENT)))


def groups_present(world: World, at_least: int = 3) -> list[str]:
    """Groups of participants with so many people here, in scenario order."""
    return [name for name in world.setting.groups if len(members(world, name)) >= at_least]


def acceptance(world: World, group: str, offered: Iterable[Promise | Term]) -> float:
    """Expected share of a group's people here who would agree to all of it together; 0 when none are here."""
    rows = members(world, group)
    return float(np.mean(chances(world, rows, group, fit(world, group, offered)))) if len(rows) else 0.0


def answer(world: World, person: int, group: str, term: Term) -> str:
    """What somebody who speaks for a group says to an offer, as a code (see `Term.answers`)."""
    demand, talks = world.setting.demands[term.demand], world.talks
    if not term.within_authority:
        return "who"
    if demand.weight_for(group) < MATTERS:
        return "other"
    if term.due_days <= 0.0 and rung(demand.needs) >= DATED_FROM:
        return "date"
    if rung(term.rung) < rung(demand.needs):
        return "higher"
    if talks.rapport.get(group, 0.0) < INFLUENCE_RAPPORT:
        return "listen"
    table: list[Promise | Term] = [*talks.commitments(), *(t for t in talks.terms if t.demand != term.demand), term]
    if agreeing(world, np.array([person]), group, fit(world, group, table))[0]:
        return "yes"
    return "trust" if talks.breach() > 0.0 else "more"
