"""Where an order goes that does not say where, and who goes when it names nobody."""

from collections.abc import Iterable

import numpy as np
import pytest

from sim.core.phrase import Phrase
from sim.exercise.exercise import Exercise
from sim.exercise.option import make_plan
from sim.exercise.whereabouts import crowd_middle, lanes_in_question
from sim.world.message import About, Via
from sim.world.order import Order
from sim.world.report import Report
from sim.world.road import Vehicle
from sim.world.world import World
from tests.small import small_data, small_exercise

Points = Iterable[tuple[float, float]]


def lane(name: str, y: float, *, emergency: bool) -> dict[str, object]:
    return {"id": name, "name": name, "x0_m": 5, "x1_m": 90, "y_m": y, "emergency": emergency}


@pytest.fixture(scope="module")
def opened() -> Exercise:
    """The small square with four lanes, at its first tick, before any report."""
    site = small_data()["site"] | {
        "lanes": [
            lane("east_1", 12, emergency=True),
            lane("east_2", 15, emergency=True),
            lane("west_1", 18, emergency=False),
            lane("west_2", 21, emergency=False),
        ]
    }
    return small_exercise(minutes=[0, 20], site=site)


def saw(world: World, unit: str, points: Points) -> None:
    """This unit has reported people at these points."""
    xs, ys = np.array(list(points), dtype=np.float32).T
    report = Report(
        unit=unit,
        seen_tick=world.tick,
        due_tick=world.tick,
        x=xs,
        y=ys,
        look=np.zeros(len(xs), np.uint8),
        estimate=len(xs),
        state=0,
        crush=False,
        density=0.0,
        from_x=float(xs.mean()),
        from_y=float(ys.mean()),
    )
    world.reports.latest = world.reports.latest | {unit: report}


def cluster(x: float, y: float, number: int) -> Points:
    return [(x + k % 9, y + k // 9) for k in range(number)]


def calls(world: World, place: str) -> None:
    world.tell(Via.CALL, About.GATHERING, Phrase("a crowd"), place=place)


def test_most_people_are_where_most_stand_together_not_between_two_groups(opened: Exercise) -> None:
    world = opened.fork().world
    saw(world, "PAT-1", [*cluster(10, 60, 4), (30, 70), (32, 66)])
    saw(world, "PAT-2", cluster(104, 36, 40))
    x, y = crowd_middle(world)
    assert 104 <= x <= 113
    assert 36 <= y <= 41


def test_before_anybody_is_seen_most_people_are_where_they_gather(opened: Exercise) -> None:
    world = opened.fork().world
    gathering = world.setting.gathering
    assert (gathering.x, gathering.y) == crowd_middle(world)


def test_a_place_called_in_that_nobody_can_see_comes_before_a_handful_in_sight(opened: Exercise) -> None:
    world = opened.fork().world
    saw(world, "PAT-1", cluster(10, 66, 24))
    calls(world, "behind")
    centre = world.place("behind").centre
    assert (centre.x, centre.y) == crowd_middle(world)
    saw(world, "PAT-2", [(106, 40)])  # it stands there, and sees one person
    assert crowd_middle(world)[0] < 20


@pytest.mark.parametrize(("place", "unit"), [("behind", "PAT-2"), ("corner", "PAT-1"), ("west", "PAT-1")])
def test_of_the_units_that_could_go_the_nearest_goes(opened: Exercise, place: str, unit: str) -> None:
    plan = make_plan(opened.world, opened.playbook, Order(response="soft_patrol", target=place))
    assert (unit,) == plan.order.units


def test_the_kind_of_unit_a_response_names_first_goes_although_another_is_nearer(opened: Exercise) -> None:
    plan = make_plan(opened.world, opened.playbook, Order(response="first_contact", target="behind"))
    assert ("LIA-1",) == plan.order.units


def standing(world: World, **lanes: int) -> None:
    world.road.vehicles = [
        Vehicle(lane=name, x=20.0 + 6.5 * k, y=world.setting.lanes[name].y, owner=-1)
        for name, number in lanes.items()
        for k in range(number)
    ]
    world.units[0].x, world.units[0].y = 30.0, 25.0


@pytest.mark.parametrize(
    ("vehicles", "first"),
    [
        ({}, "east_1"),
        ({"west_1": 5, "west_2": 3}, "west_2"),
        ({"west_1": 5, "east_1": 2}, "east_2"),
        ({"west_1": 1, "east_1": 4, "east_2": 3}, "east_2"),
    ],
    ids=["nothing stands", "only the other way is blocked", "the last free one", "all are blocked"],
)
def test_the_lane_that_is_in_question_comes_first(opened: Exercise, vehicles: dict[str, int], first: str) -> None:
    world = opened.fork().world
    standing(world, **vehicles)
    assert first == lanes_in_question(world)[0]


def test_vehicles_nobody_can_see_do_not_change_which_lane_comes_first(opened: Exercise) -> None:
    world = opened.fork().world
    standing(world, west_1=5)
    for unit in world.units:
        unit.x, unit.y = 118.0, 118.0
    assert "east_1" == lanes_in_question(world)[0]
