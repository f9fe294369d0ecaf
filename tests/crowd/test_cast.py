"""Groups are drawn as large, mixed, placed and timed as asked, the same way every time, each person by their row."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.digest import digest
from sim.core.errors import BadInput
from sim.core.geometry import Point, Polygon, Rect
from sim.core.noise import Noise
from sim.crowd.cast import ROLES, GroupSpec, arrive, draw_people, point_in, summon
from sim.crowd.people import NEVER, TRAITS, People, Role, Status
from tests.crowd.stage import NOISE, ground_of, group_of

HALL = ground_of(60.0, 40.0, ((20.0, 10.0, 40.0, 30.0),), ((0.0, 10.0, 2.0, 30.0),), 1.0)
MIXED = ((Role.SYMPATHISER, 0.5), (Role.CORE, 0.2), (Role.BYSTANDER, 0.2), (Role.AGITATOR, 0.1))


def group(n: int, **changes: object) -> GroupSpec:
    return group_of(HALL, n, **({"roles": MIXED} | changes))


def columns(people: People, rows: slice) -> dict[str, object]:
    names = (*people.state(), *sorted(TRAITS - {"group"}))
    return {name: getattr(people, name)[rows] for name in names}


# ---------------------------------------------------------------------------------------------- numbers and shares


def test_people_stand_group_by_group_and_role_by_role_in_the_order_given() -> None:
    people = draw_people([group(10), group(20, name="b")], NOISE, HALL)
    assert [0] * 10 + [1] * 20 == list(people.group)
    assert [2] * 5 + [0] * 2 + [3] * 2 + [4] == list(people.role[:10])
    assert [2] * 10 + [0] * 4 + [3] * 4 + [4] * 2 == list(people.role[10:])


@given(
    n=st.integers(0, 200),
    shares=st.lists(st.floats(0.01, 1.0), min_size=1, max_size=8),
)
@settings(max_examples=40)
def test_everybody_has_a_role_and_no_share_is_off_by_more_than_one_person(n: int, shares: list[float]) -> None:
    roles = tuple(zip(Role, shares, strict=False))
    people = draw_people([group(n, roles=roles)], NOISE)
    assert n == len(people)
    counts = np.bincount(people.role, minlength=len(Role))
    for role, share in roles:
        assert abs(counts[role] - n * share / sum(shares)) < 1.0
    assert n == sum(counts[role] for role, _ in roles)


def test_a_group_of_nobody_is_drawn_as_nobody() -> None:
    people = draw_people([group(0), group(3, name="b")], NOISE, HALL)
    assert [1, 1, 1] == list(people.group)


@pytest.mark.parametrize("changes", [{"n": -1}, {"n": 3, "spawn": ()}, {"n": 3, "roles": ()}])
def test_a_group_that_cannot_be_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        group(**({"n": 3} | changes))  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------- luck


def test_the_same_seed_draws_the_same_people_and_another_seed_draws_others() -> None:
    groups = [group(30, window=(0, 600)), group(20, name="b")]
    once, again, other = (draw_people(groups, noise, HALL) for noise in (NOISE, NOISE, Noise(1)))
    assert digest(columns(once, slice(None))) == digest(columns(again, slice(None)))
    assert digest(columns(once, slice(None))) != digest(columns(other, slice(None)))


def test_a_group_added_at_the_end_changes_nobody_before_it() -> None:
    first = group(30, window=(0, 600))
    alone = draw_people([first], NOISE, HALL)
    joined = draw_people([first, group(40, name="b", hardship=0.9)], NOISE, HALL)
    assert digest(columns(alone, slice(None))) == digest(columns(joined, slice(30)))


def test_a_larger_group_of_one_role_only_adds_people() -> None:
    few, many = (draw_people([group(n, roles=((Role.CORE, 1.0),), window=(0, 600))], NOISE, HALL) for n in (15, 60))
    assert digest(columns(few, slice(None))) == digest(columns(many, slice(15)))


def test_another_group_before_changes_what_a_row_is_but_not_the_luck_of_the_row() -> None:
    a, b = group(10, roles=((Role.CORE, 1.0),)), group(10, name="b", roles=((Role.CORE, 1.0),))
    people, swapped = draw_people([a, b], NOISE, HALL), draw_people([b, a], NOISE, HALL)
    assert digest(columns(people, slice(None))) == digest(columns(swapped, slice(None)))


# ---------------------------------------------------------------------------------------------- traits


def test_traits_are_within_bounds_and_about_the_means_of_the_role() -> None:
    for role, means in ROLES.items():
        people = draw_people([group(300, roles=((role, 1.0),))], NOISE)
        for name in ("hardship", "aversion", "expressiveness", "receptivity", "disposition", "legitimacy", "hope"):
            column = getattr(people, name)
            assert column.min() >= 0.0
            assert column.max() <= 1.0
        # A mean near the edge is drawn inwards by the cut.
        assert means.aversion == pytest.approx(people.aversion.mean(), abs=0.06)
        assert means.receptivity == pytest.approx(people.receptivity.mean(), abs=0.04)
        assert means.speed == pytest.approx(people.free_speed.mean(), rel=0.05)
        assert people.free_speed.min() > 0.2
        assert means.vulnerability == people.vulnerability.min() == people.vulnerability.max()


def test_what_a_group_brings_overrides_what_its_roles_would() -> None:
    given_ = {"hardship": 0.8, "hope": 0.6, "anger": 0.5, "fear": 0.4, "legitimacy": 0.5, "identity": 0.55}
    people = draw_people([group(400, roles=((Role.SYMPATHISER, 1.0),), **given_)], NOISE)
    for name, value in given_.items():
        assert value == pytest.approx(getattr(people, name).mean(), abs=0.03), name
    np.testing.assert_array_equal(people.hardship, people.grievance)
    np.testing.assert_array_equal(people.base_identity, people.identity)


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_as_many_are_online_as_asked(share: float) -> None:
    people = draw_people([group(400, online=share)], NOISE)
    assert share == pytest.approx(people.online.mean(), abs=0.07)


def test_agitators_are_readier_for_violence_and_trust_the_police_less() -> None:
    people = draw_people([group(300, roles=((Role.SYMPATHISER, 0.5), (Role.AGITATOR, 0.5)))], NOISE)
    agitator = people.role == int(Role.AGITATOR)
    assert people.disposition[agitator].min() > 0.3 > people.disposition[~agitator].mean()
    assert people.legitimacy[agitator].mean() < people.legitimacy[~agitator].mean() - 0.2


# ---------------------------------------------------------------------------------------------- places


def test_people_stand_in_their_regions_and_never_inside_a_wall() -> None:
    spawn, post = (Rect(0.5, 0.5, 59.5, 39.5),), (Rect(15.0, 5.0, 45.0, 35.0),)
    people = draw_people([group(200, spawn=spawn, post=post)], NOISE, HALL)
    for xs, ys, region in ((people.x, people.y, spawn[0]), (people.spot_x, people.spot_y, post[0])):
        for x, y in zip(xs, ys, strict=True):
            assert region.contains(Point(x, y))
            assert not Rect(20.0, 10.0, 40.0, 30.0).contains(Point(x, y))


def test_regions_hold_people_in_proportion_to_their_size() -> None:
    large, small = Rect(2.0, 2.0, 18.0, 20.0), Rect(44.0, 2.0, 52.0, 11.0)
    people = draw_people([group(400, spawn=(small, large))], NOISE, HALL)
    assert 0.2 == pytest.approx((people.x > 30.0).mean(), abs=0.05)


def test_polygons_hold_people_inside_only() -> None:
    triangle = Polygon((Point(2.0, 2.0), Point(18.0, 2.0), Point(2.0, 38.0)))
    people = draw_people([group(200, spawn=(triangle,))], NOISE, HALL)
    for x, y in zip(people.x, people.y, strict=True):
        assert triangle.contains(Point(float(x), float(y)))
    assert (np.histogram(people.x, bins=(2.0, 6.0, 10.0, 14.0, 18.0))[0] > 0).all()


def test_who_has_no_post_stays_where_they_come_in() -> None:
    people = draw_people([group(20)], NOISE, HALL)
    np.testing.assert_array_equal(people.x, people.spot_x)
    np.testing.assert_array_equal(people.y, people.spot_y)


def test_who_is_there_from_the_start_is_at_the_post_already() -> None:
    regions = {"spawn": (Rect(1.0, 1.0, 5.0, 39.0),), "post": (Rect(45.0, 5.0, 55.0, 35.0),)}
    early = draw_people([group(20, window=(-600, 0), **regions)], NOISE, HALL)
    late = draw_people([group(20, window=(1, 600), **regions)], NOISE, HALL)
    assert (early.x >= 45.0).all()
    assert (late.x <= 5.0).all()
    np.testing.assert_array_equal(early.spot_x, late.spot_x)


def test_a_region_full_of_walls_is_an_error() -> None:
    with pytest.raises(BadInput):
        draw_people([group(1, spawn=(Rect(24.0, 14.0, 36.0, 26.0),))], NOISE, HALL)
    with pytest.raises(BadInput):
        point_in((Rect(24.0, 14.0, 36.0, 26.0),), NOISE, 7, 3, HALL)


# ---------------------------------------------------------------------------------------------- coming


def test_arrivals_are_spread_evenly_over_their_window() -> None:
    people = draw_people([group(400, window=(100, 1100))], NOISE)
    ticks = people.arrival_tick
    assert ticks.min() >= 100
    assert ticks.max() < 1100
    for quarter in range(4):
        inside = (ticks >= 100 + 250 * quarter) & (ticks < 350 + 250 * quarter)
        assert 0.25 == pytest.approx(inside.mean(), abs=0.08)


def test_without_a_window_people_come_only_when_summoned() -> None:
    people = draw_people([group(20)], NOISE, HALL)
    assert (people.arrival_tick == NEVER).all()
    assert 0 == len(arrive(people, 10**6))
    summon(people, np.arange(10), (50, 60), NOISE)
    assert list(range(10)) == list(arrive(people, 100))
    assert 10 == people.present.sum()


def test_a_summons_leaves_those_alone_who_are_here_or_gone() -> None:
    people = draw_people([group(3)], NOISE, HALL)
    people.status[:] = [int(Status.PRESENT), int(Status.LEFT), int(Status.ABSENT)]
    summon(people, np.arange(3), (50, 50), NOISE)
    assert [NEVER, NEVER, 50] == list(people.arrival_tick)


def test_people_arrive_once() -> None:
    people = draw_people([group(50, window=(0, 100))], NOISE, HALL)
    came: list[int] = []
    for tick in range(0, 120, 10):
        came += [int(i) for i in arrive(people, tick)]
    assert list(range(50)) == sorted(came)


def test_larger_regions_hold_more_people_whatever_their_shape():
    triangle = Polygon((Point(2.0, 2.0), Point(18.0, 2.0), Point(2.0, 38.0)))
    small = Rect(50.0, 2.0, 54.0, 6.0)
    g = ground_of(60.0, 40.0)
    people = draw_people([group_of(g, 800, spawn=(triangle, small))], NOISE)
    assert 16.0 / 304.0 == pytest.approx((people.x > 30.0).mean(), abs=0.02)
