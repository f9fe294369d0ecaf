"""Scenes for the judge: for each thing a rule can ask for, one scene that meets it and one that does not."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np

from sim.core.phrase import LText
from sim.crowd.people import Act, Role
from sim.exercise.exercise import Exercise
from sim.scenario.pack import Pack
from sim.scenario.scenario import Playbook
from sim.storage.library import read_model, scenario_folder
from sim.world.activity import Activity, Stage
from sim.world.knowledge import Announcement
from sim.world.message import About, Message, Via
from sim.world.order import Order, Value
from sim.world.report import Look, Report
from sim.world.suspect import Suspect
from sim.world.world import World
from tests.small import small_exercise, small_playbook

Scene = Callable[[World], None]
MINUTE = 600
CAME = 62.0, 40.0
"""A point from which all sixty people stand within sixty metres."""
SEEN, HEARSAY = "message:9001", "message:9002"
"""A threat our own people saw, and one that nobody has checked."""


@cache
def _opened() -> Exercise:
    run = small_exercise(minutes=[0, 120])
    run.run_until(MINUTE)
    run.world.tick += 60 * MINUTE  # an hour in which nothing happened, so that things can lie in the past
    told(SEEN, "A")(run.world)
    told(HEARSAY, "D")(run.world)
    return run


@cache
def pack(name: str) -> Pack:
    """A shipped pack."""
    return read_model(scenario_folder() / "packs" / f"{name}.yaml", Pack)[0]


@cache
def under(name: str, day: str | None) -> Playbook:
    """The small incident under this pack on that day."""
    playbook = small_playbook()
    law = playbook.scenario.doctrine.model_copy(update={"on": day, "domestic": name})
    return replace(playbook, scenario=playbook.scenario.model_copy(update={"doctrine": law}), domestic=pack(name))


def opened() -> Exercise:
    """A fork of the small incident when everybody is there."""
    return _opened().fork()


def told(name: str, grade: str, about: About = About.THREAT, minutes_ago: float = 5.0) -> Scene:
    """This message came in so long ago."""

    def scene(world: World) -> None:
        tick = world.tick - round(minutes_ago * MINUTE)
        serial = int(name.partition(":")[2])
        text = LText("Somebody is being attacked", "有人正被殴打")
        world.messages.append(
            Message(serial=serial, tick=tick, via=Via.RADIO, about=about, text=text, sender="PAT-1", grade=grade)
        )

    return scene


def as_it_is(world: World) -> None:
    """Nothing is changed."""


def warned(minutes_ago: float = 20.0, *, understood: float = 0.5, leave: float = 0.3, edge: float = 0.5) -> Scene:
    """An appeal or order that so many understood so long ago."""

    def scene(world: World) -> None:
        world.announcements.append(
            Announcement(
                tick=world.tick - round(minutes_ago * MINUTE),
                response="appeal_to_leave",
                x=CAME[0],
                y=CAME[1],
                understood=understood,
                leave=leave,
                power_named=False,
                route_named=False,
                time_given=False,
                edge=edge,
            )
        )

    return scene


def tried(*responses: str, stage: int = Stage.DONE, catalogue: str = "", minutes_ago: float = 1.0) -> Scene:
    """These responses were carried out before, that long ago."""

    def scene(world: World) -> None:
        for name in responses:
            number = len(world.activities) + 1
            order = Order(response=name)
            given = world.tick - round(minutes_ago * MINUTE)
            activity = Activity(number, name, catalogue, order, (), given, 0, 0, stage=stage, stage_tick=world.tick)
            activity.began_tick = given if stage >= Stage.RUN else -1
            world.activities.append(activity)

    return scene


def called_off(world: World) -> None:
    """What was ordered was called off before it began."""
    for activity in world.activities:
        activity.stage, activity.began_tick = Stage.STOPPED, -1


def flagged(name: str) -> Scene:
    """This fact is known."""
    return lambda world: world.flag(name)


def violent(people: int, minutes_ago: float = 0.0) -> Scene:
    """So many people attack somebody, and last did so that long ago."""

    def scene(world: World) -> None:
        world.crowd.people.last_offence[:people] = world.tick - round(minutes_ago * MINUTE)
        world.crowd.people.act[:people] = int(Act.ATTACK)

    return scene


def pointed_out(people: int, minutes_ago: float = 0.0, *, on_record: bool = False) -> Scene:
    """One of ours saw so many people do what they did, or evidence shows that it was them."""

    def scene(world: World) -> None:
        violent(people, minutes_ago)(world)
        for row in range(people):
            world.suspects[row] = Suspect(int(world.crowd.people.last_offence[row]), on_record=on_record)

    return scene


def reported_violent(people: int) -> Scene:
    """One unit's latest report shows so many people around using violence, and nobody knows who they are."""

    def scene(world: World) -> None:
        x, y = (np.full(people, at, np.float32) for at in CAME)
        look = np.full(people, int(Look.VIOLENT), np.uint8)
        report = Report(
            "PAT-1", world.tick, world.tick, x, y, look, people, 0, crush=False, density=0.0,
            from_x=CAME[0], from_y=CAME[1],
        )  # fmt: skip
        world.reports.latest = {"PAT-1": report}

    return scene


def clustered(people: int) -> Scene:
    """So many people stand in one spot, away from the others, and attack somebody."""

    def scene(world: World) -> None:
        violent(people)(world)
        world.crowd.people.x[:people] = 80.0
        world.crowd.people.y[:people] = 70.0

    return scene


def no_medics(world: World) -> None:
    """The medical team has not come yet."""
    world.unit("MED-1").arrives_tick = world.tick + 1


def nobody_commands(world: World) -> None:
    """The commander has not come yet."""
    world.unit("CMD-1").arrives_tick = world.tick + 1


def south_barred(world: World) -> None:
    """A closed line stands in the southern of the two exits."""
    world.unit("POU-1").closed = True
    world.unit("POU-1").x, world.unit("POU-1").y = 55.0, 3.0


def all_barred(world: World) -> None:
    """Closed lines stand in both exits."""
    south_barred(world)
    world.unit("PAT-1").closed = True
    world.unit("PAT-1").x, world.unit("PAT-1").y = 2.0, 40.0


def dusk(*, light: bool) -> Scene:
    """It is dark; the exits have light of their own, or none."""

    def scene(world: World) -> None:
        places = {name: replace(place, lit=light) for name, place in world.setting.places.items()}
        world.setting = replace(world.setting, places=places)
        world.dark = True

    return scene


def blocked(minutes: float) -> Scene:
    """The way for ambulances has been closed for so long."""

    def scene(world: World) -> None:
        world.counts.disrupted_ticks = round(minutes * MINUTE)

    return scene


def talked(rounds: int = 2, minutes_ago: float = 30.0, *, met: bool = True) -> Scene:
    """So many rounds of listening, the first so long ago, and a meeting with somebody who can decide."""

    def scene(world: World) -> None:
        world.talks.listened = rounds
        world.talks.first_contact_tick = world.tick - round(minutes_ago * MINUTE)
        world.talks.meeting_tick = world.tick - MINUTE if met else -1

    return scene


def frail(world: World) -> None:
    """Some of those present need shelter."""
    people = world.crowd.people
    people.role = people.role.copy()  # what a person is, forks share
    people.role[:4] = int(Role.VULNERABLE)


def with_transport(world: World) -> None:
    """A team that sees to transport is here."""
    world.unit("PAT-2").code = "LOG"


def speakers_chosen(world: World) -> None:
    """The crowd has somebody to speak for it."""
    world.talks.representatives = (3,)


def together(*scenes: Scene) -> Scene:
    """All of them."""

    def scene(world: World) -> None:
        for each in scenes:
            each(world)

    return scene


TALKS = ("first_contact", "listening_round", "explain_boundary", "rights_card")
NOTED: dict[str, Value] = {
    "aim": "stop_violence",
    "grounds": SEEN,
    "lesser": "no_time",
    "harm": "discomfort",
    "gain": "real",
}
"""A whole note on necessity."""


@dataclass(frozen=True)
class Pair:
    """One requirement both ways: scene and parameters."""

    met: Scene = as_it_is
    broken: Scene = as_it_is
    met_by: dict[str, Value] = field(default_factory=dict)
    broken_by: dict[str, Value] = field(default_factory=dict)
    met_reason: str = "so that an ambulance gets through"
    broken_reason: str = "so that an ambulance gets through"


PAIRS: dict[str, Pair] = {
    "courtesy": Pair(met_by={"tone": "warm"}, broken_by={"tone": "stern"}),
    "reason_logged": Pair(met_by={"grounds": SEEN}, broken_reason=""),
    "power_named": Pair(met_by={"power": "life_and_safety"}, broken_by={"power": " "}),
    "power_fits": Pair(broken_by={"power": "magic"}),
    "warned": Pair(met=warned(), broken=warned(understood=0.49)),
    "time_given": Pair(met=warned(29), met_by={"minutes": 30}, broken=warned(1), broken_by={"minutes": 0}),
    "authority": Pair(met=flagged("strategic_approval")),
    "lesser_means_tried": Pair(met=tried(*TALKS)),
    "violence": Pair(met=violent(40), broken=violent(2)),
    "violent_cluster": Pair(met=clustered(5), broken=violent(2)),
    "exits_open": Pair(broken=south_barred),
    "release_planned": Pair(met_by={"release": "staged"}, broken_by={"release": "unplanned"}),
    "medical_ready": Pair(broken=no_medics),
    "recording": Pair(met=flagged("recording")),
    "data_minimised": Pair(met_by={"collect": "none"}, broken_by={"collect": "names"}),
    "fair_words": Pair(met_by={"slots": "who+known"}, broken_by={"slots": "who+known+label"}),
    "press_free": Pair(met_by={"terms": "free"}, broken_by={"terms": "confined"}),
    "targeted": Pair(met=pointed_out(1, 10), broken=violent(60)),
    "not_representative": Pair(
        met=speakers_chosen, broken=speakers_chosen, met_by={"whom": "offender"}, broken_by={"whom": "representative"}
    ),
    "seats_within": Pair(met_by={"seats": 5}, broken_by={"seats": 6}),
    "grave_reason": Pair(met=blocked(60), broken=blocked(14.9)),
    "listened_first": Pair(met=talked(), broken=talked(0)),
    "decider_met": Pair(met=talked(), broken=talked(met=False)),
    "talks_given_time": Pair(met=talked(), broken=talked(minutes_ago=19)),
    "offenders_dealt_with": Pair(met=together(pointed_out(3), tried("record_offence")), broken=pointed_out(3)),
    "two_sides_open": Pair(broken=south_barred),
    "width_enough": Pair(broken=all_barred),
    "ways_lit": Pair(met=dusk(light=True), broken=dusk(light=False)),
    "route_named": Pair(met_by={"route": "west"}, broken_by={"route": ""}),
    "route_safe": Pair(met_by={"route": "west"}, broken=south_barred, broken_by={"route": "south"}),
    "vulnerable_sheltered": Pair(
        met=together(frail, tried("welfare_point", stage=Stage.RUN, catalogue="CA2")), broken=frail
    ),
    "transport_ready": Pair(met=with_transport),
    "time_realistic": Pair(met_by={"minutes": 20}, broken_by={"minutes": 1}),
    "heard_at_edge": Pair(met=warned(edge=0.5), broken=warned(edge=0.49)),
    "observers_may_stay": Pair(met_by={"observers": "stay"}, broken_by={"observers": "leave"}),
    "commander_named": Pair(met_by={"commander": "named"}, broken=nobody_commands),
    "aim_noted": Pair(met_by=NOTED, broken_by={**NOTED, "aim": ""}),
    "facts_noted": Pair(met_by=NOTED, broken_by={**NOTED, "grounds": "message:1000000"}),
    "facts_checked": Pair(met_by=NOTED, broken_by={**NOTED, "grounds": HEARSAY}),
    "lesser_noted": Pair(met_by=NOTED, broken_by={**NOTED, "lesser": "first_contact"}),
    "harm_weighed": Pair(met_by=NOTED, broken_by={**NOTED, "harm": "serious"}),
    "never": Pair(),
}
"""By requirement."""
