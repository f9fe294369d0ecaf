"""Opening: from a playbook and a seed to the world at its first tick."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from sim.core.geometry import Point
from sim.core.noise import Noise
from sim.crowd.cast import Drawing, GroupSpec, draw_people
from sim.crowd.crowd import Crowd
from sim.crowd.ground import Destination, Ground, Site
from sim.crowd.people import People, Role
from sim.crowd.plan import GroupPlan
from sim.crowd.state import StateReadout
from sim.scenario.cast import Group
from sim.scenario.scenario import Playbook, Scenario
from sim.world.gate import Gate
from sim.world.journal import Journal
from sim.world.memory import Memory
from sim.world.numbers import Numbers
from sim.world.opinion import Opinion
from sim.world.setting import Demand, Lane, Place, RumourTopic, Setting
from sim.world.talks import Talks
from sim.world.tension import Tension
from sim.world.timeline import InjectState
from sim.world.unit import Unit
from sim.world.world import World

MOST_REPRESENTATIVES = 5
"""How many may speak for a crowd where the law here names no other number (assumed)."""


def open_world(playbook: Playbook, seed: int, numbers: Numbers | None = None, memory: Memory | None = None) -> World:
    """The world before anything has happened; depends on the playbook, the seed, the numbers and the memory alone."""
    numbers = numbers or Numbers()
    memory = memory or Memory()
    scenario = playbook.scenario
    noise = Noise(seed)
    setting = make_setting(scenario, _most_representatives(playbook))
    ground = _ground(_site(scenario), playbook.ground)
    specs = tuple(
        _group(scenario, group, setting, ground, numbers.drawing, memory.turnout_factor if group.participant else 1.0)
        for group in scenario.groups
    )
    people = draw_people(specs, noise, ground)
    _remember(people, specs, memory)
    return World(
        setting=setting,
        ground=ground,
        crowd=Crowd(people, specs, numbers.minds, numbers.walking),
        noise=noise,
        tension=Tension(setting.width_m, setting.height_m, numbers.edge),
        readout=StateReadout(setting.width_m, setting.height_m),
        first_legitimacy=people.legitimacy.copy(),
        journal=Journal(),
        units=[_unit(scenario, index, setting) for index in range(len(scenario.units))],
        injects={inject.id: InjectState() for inject in scenario.injects},
        opinion=_opinion(memory),
        memory=memory,
        gates=[
            Gate(id=gate.id, x0=gate.ends[0], y0=gate.ends[1], x1=gate.ends[2], y1=gate.ends[3], open=gate.open)
            for gate in scenario.site.gates
        ],
        talks=Talks(distrust=memory.distrust),
    )


def _opinion(memory: Memory) -> Opinion:
    """How each public judged the handling last time; 0.5 where nobody remembers."""
    opinion = Opinion()
    for name, value in memory.opinion.items():
        setattr(opinion, name, value)
    return opinion


def _remember(people: People, specs: tuple[GroupSpec, ...], memory: Memory) -> None:
    """Give every participant what their community brings along; nobody is moved where it brings nothing."""
    taking_part = np.array([spec.plan.participant for spec in specs])[people.group]
    for values, shift in (
        (people.legitimacy, memory.legitimacy_shift),
        (people.grievance, memory.grievance_shift),
        (people.hope, memory.hope_shift),
    ):
        if shift:
            values[taking_part] = np.clip(values[taking_part] + shift, 0.0, 1.0)


def _most_representatives(playbook: Playbook) -> int:
    """The lowest number that a rule of the law here or of the floor names."""
    rules = (*playbook.domestic.rules, *playbook.floor.rules)
    named = [int(r.params["max_representatives"].value) for r in rules if "max_representatives" in r.params]
    return min(named, default=MOST_REPRESENTATIVES)


def make_setting(scenario: Scenario, most_representatives: int = MOST_REPRESENTATIVES) -> Setting:
    """The unchanging part of a run."""
    places = {
        p.id: Place(
            id=p.id,
            name=p.name.text,
            region=p.area.region,
            exit_width_m=p.exit_width_m,
            hazard=p.hazard.text if p.hazard else None,
            seats=p.seats,
            lit=p.lit,
        )
        for p in scenario.site.places
    }
    gatherers = [g for g in scenario.groups if g.participant and g.post]
    gathering = (
        places[gatherers[0].post[0]].centre
        if gatherers
        else Point(scenario.site.width_m / 2, scenario.site.height_m / 2)
    )
    return Setting(
        scenario=scenario.id,
        title=scenario.title.text,
        start_min=scenario.minutes[0],
        end_min=scenario.minutes[1],
        aftermath_days=scenario.aftermath.days if scenario.aftermath is not None else 0.0,
        width_m=scenario.site.width_m,
        height_m=scenario.site.height_m,
        places=places,
        lanes={
            lane.id: Lane(
                id=lane.id,
                name=lane.name.text,
                x0=lane.x0_m,
                x1=lane.x1_m,
                y=lane.y_m,
                emergency=lane.emergency,
            )
            for lane in scenario.site.lanes
        },
        demands={
            d.id: Demand(
                id=d.id,
                name=d.name.text,
                weight=d.weight.value,
                spoken=d.spoken,
                grantable_by=d.grantable_by,
                by_group={group: weight.value for group, weight in d.by_group.items()},
                needs=d.needs,
                most=d.most,
                takes_days=d.takes_days.value,
            )
            for d in scenario.demands
        },
        rumours=tuple(
            RumourTopic(id=r.id, claim=r.claim.text, true=r.true, evidence_min=r.evidence_min.value)
            for r in scenario.rumours
        ),
        gathering=gathering,
        groups=tuple(g.id for g in scenario.groups),
        group_names=tuple(g.name.text for g in scenario.groups),
        gates={gate.id: gate.name.text for gate in scenario.site.gates},
        field_names=_destinations(scenario),
        reliability={code: chance.value for code, chance in scenario.reliability.items()},
        most_representatives=most_representatives,
    )


def _destinations(scenario: Scenario) -> tuple[str, ...]:
    """Places people head for: exits, posts and errands, in the order of the places."""
    wanted = {name for g in scenario.groups for name in (*g.post, *((g.errand,) if g.errand else ()), *g.exits)}
    return tuple(p.id for p in scenario.site.places if p.exit_width_m > 0.0 or p.id in wanted)


def _site(scenario: Scenario) -> Site:
    regions = {p.id: p.area.region for p in scenario.site.places}
    return Site(
        width_m=scenario.site.width_m,
        height_m=scenario.site.height_m,
        cell_m=scenario.site.cell_m,
        solids=tuple(s.area.region for s in scenario.site.solids),
        destinations=tuple(Destination(name, (regions[name],)) for name in _destinations(scenario)),
        slow=tuple((each.area.region, each.speed.value) for each in scenario.site.slow),
    )


@lru_cache(maxsize=4)
def _ground(site: Site, compiled: Callable[[Site], Ground]) -> Ground:
    """Compiled once per process for each site: a ground never changes, so runs can share it."""
    return compiled(site)


def _group(
    scenario: Scenario, group: Group, setting: Setting, ground: Ground, drawing: Drawing, turnout: float
) -> GroupSpec:
    exits = group.exits or tuple(p.id for p in scenario.site.places if p.exit_width_m > 0.0)
    window = None
    if group.arrives is not None:
        window = (setting.tick(group.arrives.from_min), setting.tick(group.arrives.to_min))
    region = {p.id: p.area.region for p in scenario.site.places}
    return GroupSpec(
        name=group.id,
        n=max(1, round(group.people * turnout)),
        roles=tuple((Role[name.upper()], share) for name, share in group.roles.items()),
        hardship=group.hardship.value if group.hardship else None,
        hope=group.hope.value if group.hope else None,
        anger=group.anger.value if group.anger else None,
        legitimacy=group.legitimacy.value if group.legitimacy else None,
        online=group.online.value,
        speed_mps=group.speed_mps.value if group.speed_mps else None,
        frailty=group.frailty.value if group.frailty else None,
        window=window,
        spawn=tuple(region[name] for name in group.spawn),
        post=tuple(region[name] for name in group.post),
        plan=GroupPlan(
            name=group.id,
            participant=group.participant,
            post=ground.field(group.post[0]) if group.post else -1,
            errand=ground.field(group.errand) if group.errand else -1,
            exits=tuple(ground.field(name) for name in exits),
            patience_min=group.patience_min.value,
        ),
        drawing=drawing,
    )


def _unit(scenario: Scenario, index: int, setting: Setting) -> Unit:
    data = scenario.units[index]
    centre = setting.places[data.at].centre
    return Unit(
        id=data.id,
        code=data.code,
        strength=data.strength,
        arrives_tick=max(0, setting.tick(data.arrives_min)),
        x=centre.x + 1.5 * (index % 4),
        y=centre.y + 1.5 * (index // 4 % 4),
        speed_mps=data.speed_mps.value,
        mandate=data.mandate,
    )
