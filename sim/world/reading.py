"""Readings: once a minute the averages and counts that scoring needs, written into the journal."""

import numpy as np

from sim.crowd.people import Floats, Rumour, Status
from sim.world import metric
from sim.world.recurrence import recurrence_risk
from sim.world.unit import Unit
from sim.world.world import World


def take_reading(world: World) -> None:
    """Adds one `reading` to the journal; everything rounded so that the record reads like one."""
    people = world.crowd.people
    present = people.present
    here = present & world.crowd.participant
    others = present & ~world.crowd.participant
    n = int(np.count_nonzero(here))
    world.counts.peak_present = max(world.counts.peak_present, n)

    def mean(
        values: np.ndarray[tuple[int], np.dtype[np.float64]], rows: np.ndarray[tuple[int], np.dtype[np.bool_]]
    ) -> float:
        return round(float(np.mean(values[rows])), 4) if np.any(rows) else 0.0

    by_group = [
        float(np.mean(people.legitimacy[here & (people.group == g)]))
        for g in range(len(world.setting.groups))
        if np.any(here & (people.group == g))
    ]
    visible = _visible(world, people.x[here], people.y[here])
    world.journal.append(
        world.tick,
        "reading",
        present=int(np.count_nonzero(present)),
        participants=n,
        came=int(metric.came(world)),
        anger=mean(people.anger, here),
        fear=mean(people.fear, here),
        legitimacy=mean(people.legitimacy, here),
        identity=mean(people.identity, here),
        hope=mean(people.hope, here),
        fatigue=mean(people.fatigue, here),
        grievance=mean(people.grievance, here),
        legitimacy_all=round(metric.mean_legitimacy(world), 4),
        legitimacy_start=round(metric.first_legitimacy(world), 4),
        legitimacy_bystanders=mean(people.legitimacy, others),
        legitimacy_min_group=round(min(by_group, default=0.0), 4),
        actives=int(np.count_nonzero(here & (people.active > 0))),
        violent_last_min=len(world.journal.consequences_since("deed", world.tick - 600)),
        density_max=round(float(np.max(people.density[present])) if np.any(present) else 0.0, 2),
        over5=int(np.count_nonzero(present & (people.density >= 5.0))),
        public=round(world.opinion.public, 4),
        uncertainty=round(world.opinion.uncertainty, 4),
        bystanders=round(world.opinion.bystanders, 4),
        workers=round(world.opinion.workers, 4),
        opinion_participants=round(world.opinion.participants, 4),
        credibility={source: round(value, 4) for source, value in sorted(world.opinion.credibility.items())},
        left_voluntary=_count(world, Status.LEFT),
        left_moved=_count(world, Status.MOVED),
        detained=_count(world, Status.DETAINED),
        remaining=n,
        officers_visible=sum(u.strength for u in visible),
        gear_max=max((u.gear for u in visible), default=0),
        tellers={
            topic.id: round(float(np.mean(people.rumour[here, k] == int(Rumour.SPREADER))), 4) if n else 0.0
            for k, topic in enumerate(world.setting.rumours)
        },
        lanes_free=int(metric.lanes_free(world)),
        vehicles=len(world.road.vehicles),
        ambulance_delay_min=round(metric.ambulance_delay_min(world), 2),
        waiting_serious=sum(1 for c in world.casualties if c.waiting and c.severity == 2),
        restraint=round(float(np.mean((people.legitimacy[here] > 0.5) & (people.identity[here] > 0.3))), 4)
        if n
        else 0.0,
    )


def take_day(world: World) -> None:
    """Adds one `day` to the journal: how people who were there, and the publics, stand after so many days."""
    people = world.crowd.people
    rows = world.crowd.participant & (people.status != int(Status.ABSENT))

    def mean(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        return round(float(np.mean(values[rows])), 4) if np.any(rows) else 0.0

    world.journal.append(
        world.tick,
        "day",
        day=world.aftermath.day(world.tick),
        grievance=mean(people.grievance),
        hope=mean(people.hope),
        legitimacy=mean(people.legitimacy),
        public=round(world.opinion.public, 4),
        bystanders=round(world.opinion.bystanders, 4),
        workers=round(world.opinion.workers, 4),
        uncertainty=round(world.opinion.uncertainty, 4),
        tasks_open=len(world.aftermath.open_tasks(world.tick)),
        risk=round(recurrence_risk(world), 4),
    )


def _count(world: World, status: Status) -> int:
    return int(np.count_nonzero((world.crowd.people.status == int(status)) & world.crowd.participant))


def _visible(world: World, x: Floats, y: Floats) -> list[Unit]:
    """The units on scene within 60 m of somebody at one of these places."""
    there = [unit for unit in world.units if unit.on_scene(world.tick)]
    dx = x - np.array([unit.x for unit in there]).reshape(-1, 1)
    dy = y - np.array([unit.y for unit in there]).reshape(-1, 1)
    near = np.any(dx * dx + dy * dy < 60.0 * 60.0, axis=1).tolist()
    return [unit for unit, seen in zip(there, near, strict=True) if seen]
