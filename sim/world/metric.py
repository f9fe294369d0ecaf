"""Metrics: the numbers conditions in scenario files may ask for, each a function of the true state."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.crowd.people import Floats, Rumour, Status
from sim.world.aftermath import Duty
from sim.world.nearby import sat_upon
from sim.world.recurrence import last_words, recurrence_risk
from sim.world.world import World


def _participants(world: World, *statuses: Status) -> int:
    return int(np.count_nonzero(_any_of(statuses)[world.crowd.people.status] & world.crowd.participant))


@lru_cache(maxsize=16)
def _any_of(statuses: tuple[Status, ...]) -> NDArray[np.bool_]:
    """By the number of a status: whether it is one of these."""
    wanted = np.zeros(256, np.bool_)
    wanted[[int(status) for status in statuses]] = True
    return wanted


def present(world: World) -> float:
    """Participants on the ground."""
    return _participants(world, Status.PRESENT)


def came(world: World) -> float:
    """Participants who have been on the ground so far."""
    return _participants(world, Status.PRESENT, Status.LEFT, Status.MOVED, Status.DETAINED, Status.EVACUATED)


def left_voluntarily_share(world: World) -> float:
    """Share of the participants who came that left by their own decision, 0..1."""
    return _participants(world, Status.LEFT) / max(1.0, came(world))


def left_moved_share(world: World) -> float:
    """Share of the participants who came that left because they were driven, 0..1."""
    return _participants(world, Status.MOVED) / max(1.0, came(world))


def mean_legitimacy(world: World) -> float:
    """Mean L over all participants who came, gone or not (nobody is left out because they left)."""
    people = world.crowd.people
    rows = world.crowd.participant & (people.status != int(Status.ABSENT))
    return float(np.mean(people.legitimacy[rows])) if np.any(rows) else 0.5


def first_legitimacy(world: World) -> float:
    """Mean L that the participants who came brought with them."""
    rows = world.crowd.participant & (world.crowd.people.status != int(Status.ABSENT))
    return float(np.mean(world.first_legitimacy[rows])) if np.any(rows) else 0.5


def legitimacy_change(world: World) -> float:
    """Mean L now less mean L on arrival, over the same people: all participants who came, gone or not."""
    return mean_legitimacy(world) - first_legitimacy(world)


def mean_fear(world: World) -> float:
    """Mean fear of the participants who came, gone or not, 0..1."""
    return _mean_of_those_who_came(world, world.crowd.people.fear)


def mean_anger(world: World) -> float:
    """Mean anger of the participants who came, gone or not, 0..1."""
    return _mean_of_those_who_came(world, world.crowd.people.anger)


def mean_exit_belief(world: World) -> float:
    """How far the participants who came believe that one can leave, in the mean, gone or not, 0..1."""
    return _mean_of_those_who_came(world, world.crowd.people.exit_belief)


def _mean_of_those_who_came(world: World, values: Floats) -> float:
    rows = world.crowd.participant & (world.crowd.people.status != int(Status.ABSENT))
    return float(np.mean(values[rows])) if np.any(rows) else 0.0


def serious_injuries(world: World) -> float:
    """Serious and fatal injuries, whoever caused them; illness is not counted (see `untreated_serious`)."""
    return sum(1 for c in world.casualties if c.severity >= 2 and c.cause != "illness")


def untreated_serious(world: World) -> float:
    """Serious cases nobody has cared for within 15 minutes."""
    return sum(1 for c in world.casualties if c.severity >= 2 and c.waiting and world.tick - c.tick > 9000)


def police_serious_injuries(world: World) -> float:
    """Serious and fatal injuries caused by the police."""
    return sum(1 for c in world.casualties if c.severity >= 2 and c.cause == "police")


def ambulance_delay_min(world: World) -> float:
    """Longest delay of any ambulance so far, minutes."""
    return max((a.delay_min(world.tick) for a in world.road.ambulances), default=0.0)


def lanes_free(world: World) -> float:
    """Emergency lanes on which no vehicle stands and nobody sits."""
    return sum(
        1
        for lane in world.setting.lanes.values()
        if lane.emergency and not world.road.standing(lane.id) and not sat_upon(world, lane, lane.x0, lane.x1)
    )


def crush_min(world: World) -> float:
    """Longest unbroken time with 6 persons/m2 or more somewhere, minutes."""
    return world.counts.crush_worst_ticks / 600.0


def arrests(world: World) -> float:
    """People detained."""
    return world.counts.arrests


def arrests_without_evidence(world: World) -> float:
    """People detained who could not be pointed out for an offence."""
    return world.counts.arrests - world.counts.arrests_with_evidence


def false_statements(world: World) -> float:
    """Official statements that were untrue."""
    return world.opinion.false_told


def rumours_open(world: World) -> float:
    """False rumours heard of that at least 3 % of the participants still tell or that nobody has corrected.

    Of those on the ground; in the days after, of all who came.
    """
    people = world.crowd.people
    there = people.status != int(Status.ABSENT) if world.aftermath.on else people.status == int(Status.PRESENT)
    here = world.crowd.participant & there
    n = max(1, int(np.count_nonzero(here)))
    still = 0
    for column, topic in enumerate(world.setting.rumours):
        claim = world.claims.get(topic.id)
        if claim is None or topic.true:
            continue
        telling = int(np.count_nonzero(here & (people.rumour[:, column] == int(Rumour.SPREADER))))
        still += int(claim.corrected_tick < 0 or telling > 0.03 * n)
    return still


def contained_min(world: World) -> float:
    """Minutes people were held inside a closed ring."""
    return world.counts.contained_ticks / 600.0


def marked_orders(world: World) -> float:
    """Unlawful orders that went ahead."""
    return sum(1 for a in world.activities if a.marked)


def vehicles_standing(world: World) -> float:
    """Vehicles on any lane."""
    return len(world.road.vehicles)


def recurrence_chance(world: World) -> float:
    """Risk that the same people come again, 0..1."""
    return recurrence_risk(world)


def mean_grievance(world: World) -> float:
    """Mean grievance of the participants who came, gone or not, 0..1."""
    return _mean_of_those_who_came(world, world.crowd.people.grievance)


def grievance_left_share(world: World) -> float:
    """Mean grievance of the participants who came, as a share of what they brought; 1 where nothing moved."""
    people = world.crowd.people
    rows = world.crowd.participant & (people.status != int(Status.ABSENT))
    brought = float(np.mean(people.hardship[rows])) if np.any(rows) else 0.0
    return mean_grievance(world) / brought if brought > 0.0 else 1.0


def promises_broken(world: World) -> float:
    """Demands whose last promise was broken."""
    return sum(1 for promise in last_words(world) if promise.kept is False)


def promises_open(world: World) -> float:
    """Demands of whose last promise nobody can say yet whether it is kept."""
    return sum(1 for promise in last_words(world) if promise.kept is None)


def promises_kept(world: World) -> float:
    """Demands whose last promise was kept."""
    return sum(1 for promise in last_words(world) if promise.kept is True)


def tasks_missed(world: World) -> float:
    """Things owed in the days after that were not done in time."""
    return sum(1 for task in world.aftermath.tasks if task.missed)


def tasks_open(world: World) -> float:
    """Things owed in the days after, known and not done."""
    return len(world.aftermath.open_tasks(world.tick))


def complaints_open(world: World) -> float:
    """Complaints that have come in and were not answered."""
    return len(world.aftermath.open_tasks(world.tick, Duty.COMPLAINT))


def people_held(world: World) -> float:
    """People detained and not let go."""
    held = int(np.count_nonzero(world.crowd.people.status == int(Status.DETAINED)))
    return held - len(world.aftermath.released)


def police_injuries(world: World) -> float:
    """People hurt by the police, however lightly."""
    return sum(1 for c in world.casualties if c.cause == "police")


def injured(world: World) -> float:
    """People hurt or taken ill, whatever the cause."""
    return len(world.casualties)


def reprisals(world: World) -> float:
    """Acts against people for having been there."""
    return world.aftermath.reprisals


def days_after(world: World) -> float:
    """Whole days since everybody went home; -1 while the on-scene part lasts."""
    return world.aftermath.day(world.tick) if world.aftermath.on else -1


def peak_density(world: World) -> float:
    """Highest density anywhere so far, persons/m2."""
    return world.counts.peak_density


def tight_min(world: World) -> float:
    """Longest unbroken time with 5 persons/m2 or more somewhere, minutes."""
    return world.counts.tight_worst_ticks / 600.0


def receipts(world: World) -> float:
    """People who were heard at a desk and went away with a receipt."""
    return world.counts.receipts


def longest_wait_min(world: World) -> float:
    """Longest time anybody hurt or ill has waited for care, or waits still, minutes."""
    ends = [(c, c.cared_tick if c.cared_tick >= 0 else world.tick) for c in world.casualties if c.severity < 3]
    return max(((end - c.tick) / 600.0 for c, end in ends), default=0.0)


def rapport(world: World) -> float:
    """Best rapport with any group, 0..1."""
    return world.talks.best_rapport()


def risk_questions(world: World) -> float:
    """Questions of the risk in the next quarter of an hour that can be answered now."""
    return sum(1 for forecast in world.desk.forecasts if forecast.open(world.tick))


METRICS: dict[str, Callable[[World], float]] = {
    fn.__name__: fn
    for fn in (
        present,
        came,
        left_voluntarily_share,
        left_moved_share,
        mean_legitimacy,
        legitimacy_change,
        mean_fear,
        mean_anger,
        mean_exit_belief,
        serious_injuries,
        untreated_serious,
        police_serious_injuries,
        ambulance_delay_min,
        lanes_free,
        crush_min,
        arrests,
        arrests_without_evidence,
        false_statements,
        rumours_open,
        contained_min,
        marked_orders,
        vehicles_standing,
        recurrence_chance,
        mean_grievance,
        grievance_left_share,
        promises_broken,
        promises_open,
        promises_kept,
        tasks_missed,
        tasks_open,
        complaints_open,
        people_held,
        police_injuries,
        injured,
        reprisals,
        days_after,
        receipts,
        longest_wait_min,
        peak_density,
        tight_min,
        rapport,
        risk_questions,
    )
}
"""Every metric by the name scenario files use."""
