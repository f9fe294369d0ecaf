"""The world: its digest notices a change in every part, and what happens to a fork happens to the fork alone."""

from collections.abc import Callable

import pytest

from sim.crowd.stimulus import Channel
from sim.exercise.exercise import Exercise
from sim.world.desk import Forecast
from sim.world.knowledge import Announcement
from sim.world.message import About, Via
from sim.world.order import Order
from sim.world.suspect import Suspect
from sim.world.world import World
from tests.small import small_data, small_exercise

GATE = {"id": "gate", "name": {"en": "Gate", "zh": "门"}, "ends": [5, 60, 15, 60]}


def _inject(name: str, minute: float, *effects: dict[str, object]) -> dict[str, object]:
    return {
        "id": name,
        "minute": minute,
        "channel": "radio",
        "about": "signal",
        "truth": "true",
        "text": {"en": "Something", "zh": "有事"},
        "place": "square",
        "effects": list(effects),
    }


INJECTS = [
    _inject("vehicles", 0, {"do": "block", "group": "people", "lanes": ["lane"], "vehicles": 3, "x_m": 40}),
    _inject("patient", 0.2, {"do": "ambulance", "id": "A1", "from_x_m": 5, "to_x_m": 90}),
    _inject("ill", 0.2, {"do": "casualty", "severity": "minor", "worsens_min": {"assumed": 5}}),
    _inject("claim", 0.2, {"do": "hearsay", "claim": "x", "truth": "true", "en": "x", "zh": "某事"}),
    _inject("later", 9),
]


@pytest.fixture(scope="module")
def run() -> Exercise:
    """A run in which every part of the world holds something."""
    opened = small_exercise(injects=INJECTS, site=small_data()["site"] | {"gates": [GATE]})
    opened.run_until(250)
    assert opened.order(Order(response="first_contact", reason="nobody has spoken with them")).accepted
    opened.run_until(300)
    opened.world.emit(Channel.SIGHT, x=1.0, y=1.0)
    return opened


def _said(world: World) -> None:
    world.announcements.append(
        Announcement(
            tick=world.tick,
            response="x",
            x=0.0,
            y=0.0,
            understood=0.0,
            leave=0.0,
            power_named=False,
            route_named=False,
            time_given=False,
        )
    )


def _feel(name: str) -> Callable[[World], None]:
    def change(world: World) -> None:
        column = getattr(world.crowd.people, name)
        column[5] = 1 - column[5]

    return change


def _set(path: str, value: object) -> Callable[[World], None]:
    """Sets what a dotted path leads to; numbers in it are places in a list."""

    def change(world: World) -> None:
        thing: object = world
        *way, last = path.split(".")
        for step in way:
            thing = thing[int(step)] if step.isdigit() else getattr(thing, step)  # type: ignore[index]
        assert getattr(thing, last) != value
        setattr(thing, last, value)

    return change


def _tension(world: World) -> None:
    world.tension.grid[2, 3] += 1e-12


def _way(world: World) -> None:
    unit = next(u for u in world.units if u.path)
    unit.path[-1] = (unit.path[-1][0], unit.path[-1][1] + 1e-9)


def _told(world: World) -> None:
    world.tell(Via.RADIO, About.REPORT, world.setting.title)


def _claimed(world: World) -> None:
    world.claims["x"].verified_tick = 1


def _late(world: World) -> None:
    world.reports.coming.pop()


def _arrived(world: World) -> None:
    world.reports.latest = {}


def _fired(world: World) -> None:
    world.injects["later"].status = "fired"


def _answered(world: World) -> None:
    world.injects["ill"].first_answer_tick = 299


CHANGES: tuple[tuple[str, Callable[[World], None]], ...] = (
    ("crowd", _feel("anger")),
    ("crowd", _feel("x")),
    ("crowd", _feel("knowledge")),
    ("crowd", _feel("rumour")),
    ("crowd", _set("crowd.strain", 2.0)),
    ("tension", _tension),
    ("readout", _set("readout.overall", 3)),
    ("tick", _set("tick", 301)),
    ("units", _set("units.0.gear", 2)),
    ("units", _set("units.3.closed", True)),
    ("units", _set("units.3.stress", 0.123)),
    ("paths", _way),
    ("activities", lambda world: setattr(world.live("first_contact")[0], "stage_tick", 7)),
    ("activities", lambda world: world.live("first_contact")[0].memo.update(stop=1)),
    ("vehicles", _set("road.vehicles.1.leaves_tick", 400)),
    ("ambulances", _set("road.ambulances.0.waited_ticks", 5)),
    ("casualties", _set("casualties.0.severity", 2)),
    ("talks", _set("talks.listened", 1)),
    ("talks", lambda world: world.talks.rapport.update(people=0.1)),
    ("claims", _claimed),
    ("said", _said),
    ("said", _told),
    ("opinion", _set("opinion.workers", 0.1)),
    ("desk", _set("desk.credibility", 0.7)),
    ("desk", lambda world: world.desk.warned.update(square=300)),
    ("desk", lambda world: world.desk.forecasts.append(Forecast(15, 300))),
    ("claims", lambda world: setattr(world.claims["x"], "asked", ("log",))),
    ("reports", _late),
    ("reports", _arrived),
    ("injects", _fired),
    ("answers", _answered),
    ("flags", lambda world: world.flag("welfare")),
    ("counts", _set("counts.deeds", 9)),
    ("phase", _set("phase", 5)),
    ("aftermath", lambda world: world.aftermath.pressed.update({"1": 0.2})),
    ("aftermath", _set("aftermath.reprisals", 1)),
    ("pending", lambda world: world.pending.clear()),
    ("serial", _set("serial", 999)),
    ("rain", _set("rain", True)),
    ("heat", _set("heat", True)),
    ("dark", _set("dark", True)),
    ("gates", lambda world: setattr(world.gates[0], "open", True)),
    ("suspects", lambda world: world.suspects.update({3: Suspect(300, on_record=False)})),
    ("suspects", lambda world: world.suspects.update({3: Suspect(300, on_record=True)})),
)


def test_every_part_of_the_world_is_changed_here(run: Exercise) -> None:
    assert set(run.world.parts()) == {part for part, _ in CHANGES}


@pytest.mark.parametrize(("part", "change"), CHANGES, ids=[part for part, _ in CHANGES])
def test_the_digest_notices_a_change_and_the_origin_of_the_fork_does_not_have_it(
    run: Exercise, part: str, change: Callable[[World], None]
) -> None:
    before = run.world.digest()
    fork = run.world.fork()
    assert before == fork.digest()
    change(fork)
    assert fork.digest() != before
    assert before == run.world.digest()


def test_a_fork_of_a_fork_is_the_same_world(run: Exercise) -> None:
    assert run.world.digest() == run.world.fork().fork().digest()


def test_time_and_orders_on_a_fork_leave_the_origin_and_its_journal_alone(run: Exercise) -> None:
    before, length = run.world.digest(), len(run.journal)
    fork = run.fork()
    fork.order(Order(response="soft_patrol", target="square", reason="be seen there"))
    fork.run_until(900)
    assert before == run.world.digest()
    assert length == len(run.journal)
    assert len(fork.journal) > length


def test_what_a_person_is_never_changes_in_a_run(run: Exercise) -> None:
    fork = run.fork()
    fork.run_until(1200)
    for name in ("role", "group", "hardship", "vulnerability", "online"):
        now, then = (getattr(each.world.crowd.people, name) for each in (fork, run))
        assert then.tolist() == now.tolist()
    assert run.world.first_legitimacy.tolist() == fork.world.first_legitimacy.tolist()
