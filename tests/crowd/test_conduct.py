"""People join, offend, leave and flee for reasons that can be read off them, and only who is there can act."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.noise import Noise
from sim.crowd.body import Bodies, BodyKind
from sim.crowd.conduct import Deed, aim, perceived_risk, takes_part
from sim.crowd.crowd import Crowd
from sim.crowd.parameters import Acting, Feeling, Parameters
from sim.crowd.people import Act, Role, Status
from tests.crowd.stage import NOBODY, NOISE, SECOND, crowd_at, ground_of, lattice, line_of_officers, people_at

SQUARE = ground_of(60.0, 40.0, exits=((0.0, 15.0, 2.0, 25.0),), cell_m=1.0)
ACTING = Acting()
STEADY = Parameters(
    feeling=Feeling(contagion=0.0, identity_spread=0.0, anger_fade_s=math.inf, fear_fade_s=math.inf, identity_fade=0.0)
)
"""Feelings stay what they are."""
ONE_BY_ONE = Acting(burst=0.0, attention=math.inf)
"""Nobody is drawn in by others' violence, and nobody only watches it."""
RIOT = {
    "disposition": 0.9,
    "violence_threshold": 1.2,
    "anger": 0.9,
    "identity": 0.8,
    "legitimacy": 0.2,
    "grievance": 0.8,
    "active": 1,
}


def minutes(crowd: Crowd, n: float, bodies: Bodies = NOBODY, noise: Noise = NOISE) -> list[Deed]:
    """What the crowd does in so many minutes, standing still."""
    deeds: list[Deed] = []
    for second in range(round(60 * n)):
        deeds += crowd.think(SQUARE, bodies, (), noise, second * SECOND)
    return deeds


def rioters(apart_m: float = 1.2, **changes: object) -> Crowd:
    """Thirty people close together who are about to offend."""
    places = lattice(24.0 - 2.0 * apart_m, 15.0 - 2.0 * apart_m, 6, 5, apart_m)
    return crowd_at(SQUARE, places, replace(STEADY, acting=ONE_BY_ONE), **(RIOT | changes))


# ---------------------------------------------------------------------------------------------- taking part


def test_the_urge_to_join_must_be_higher_than_the_urge_to_stay() -> None:
    between = (ACTING.join_on + ACTING.join_off) / 2
    table = ACTING.table
    assert not takes_part(False, between, 1.0, 0.0, table)
    assert takes_part(True, between, 1.0, 0.0, table)
    assert takes_part(False, ACTING.join_on + 0.01, 1.0, 0.0, table)
    assert not takes_part(True, ACTING.join_off - 0.01, 1.0, 0.0, table)


@given(urge=st.floats(-1.0, 1.0), share=st.floats(0.0, 1.0), more=st.floats(0.0, 1.0), threshold=st.floats(0.0, 1.0))
def test_more_company_never_keeps_anybody_from_joining(
    urge: float, share: float, more: float, threshold: float
) -> None:
    table = ACTING.table
    if takes_part(False, urge, share, threshold, table):
        assert takes_part(False, urge, share + more, threshold, table)


def test_one_person_with_another_threshold_decides_between_everybody_and_one() -> None:
    """Granovetter 1978: thresholds 0, 1, 2, ... draw everybody in one by one; change one and it ends there."""
    places = lattice(24.0, 14.0, 4, 5, 0.5)
    thresholds = np.arange(20) / 20.0
    for second_threshold, expected in ((thresholds[1], 20), (thresholds[2], 1)):
        crowd = crowd_at(SQUARE, places, STEADY, grievance=1.0, legitimacy=0.0)
        # A hair less, so that a share of exactly k of 20 reaches it.
        crowd.people.join_threshold[:] = thresholds - 1e-9
        crowd.people.join_threshold[1] = second_threshold + 1e-3 * (expected == 1)
        minutes(crowd, 0.5)
        assert expected == crowd.people.active.sum()


def test_officers_in_view_deter() -> None:
    table = ACTING.table
    risks = [perceived_risk(officers, 10.0, table) for officers in (0.0, 2.0, 3.0, 10.0, 40.0)]
    assert [0.0, 0.0] == risks[:2], "below the cut nobody feels at risk"
    assert 0.0 < risks[2] < risks[3] < risks[4] < 1.0
    assert 0.9 == pytest.approx(risks[3], abs=0.01), "Epstein 2002: one officer for each active"
    floored = replace(ACTING, risk_floored=1.0).table
    assert 0.0 == perceived_risk(9.0, 10.0, floored)
    assert perceived_risk(10.0, 10.0, floored) == perceived_risk(19.0, 10.0, floored) > 0.0


def test_the_same_people_join_without_officers_and_not_before_a_line_of_them() -> None:
    columns = {"grievance": 0.8, "legitimacy": 0.4, "aversion": 0.8}
    officers = line_of_officers(20.0, np.arange(5.0, 35.0, 1.0), closed=False)
    joined = []
    for bodies in (NOBODY, officers):
        crowd = crowd_at(SQUARE, lattice(24.0, 14.0, 6, 5, 1.2), STEADY, **columns)
        minutes(crowd, 0.2, bodies)
        joined.append(int(crowd.people.active.sum()))
    assert [30, 0] == joined


@pytest.mark.parametrize("role", [Role.JOURNALIST, Role.WORKER])
def test_who_is_at_work_does_not_take_part(role: Role) -> None:
    crowd = rioters(role=int(role))
    assert [] == minutes(crowd, 2.0)
    assert 0 == crowd.people.active.sum()


def test_trust_and_calm_keep_people_from_taking_part() -> None:
    for changes in ({"legitimacy": 1.0, "anger": 0.0}, {"grievance": 0.0, "identity": 0.0}):
        crowd = rioters(**changes)
        minutes(crowd, 0.1)
        assert 0 == crowd.people.active.sum()


# ---------------------------------------------------------------------------------------------- offending


def test_only_those_who_are_there_and_able_offend_and_each_says_what_they_did() -> None:
    crowd = rioters(status=[int(Status.LEFT), int(Status.ABSENT), int(Status.DETAINED)] + [int(Status.PRESENT)] * 27)
    crowd.people.arrival_tick[1] = 10**6
    crowd.people.act[3], crowd.people.act[4] = int(Act.INJURED), int(Act.HELD)
    crowd.people.role[5] = int(Role.BYSTANDER)
    people, seen = crowd.people, 0
    for second in range(120):
        for deed in crowd.think(SQUARE, NOBODY, (), NOISE, second * SECOND):
            seen += 1
            assert deed.person > 5
            assert int(Status.PRESENT) == people.status[deed.person]
            assert second * SECOND == deed.tick == people.last_offence[deed.person]
            assert deed.act in {Act.OBSTRUCT, Act.THROW, Act.ATTACK}
            assert int(deed.act) == people.act[deed.person]
    assert seen > 10


def test_deeds_fall_only_on_whole_seconds() -> None:
    crowd = rioters()
    counts = np.zeros(SECOND, dtype=int)
    for tick in range(60 * SECOND):
        counts[tick % SECOND] += len(crowd.advance(SQUARE, NOBODY, (), NOISE, tick).deeds)
    assert counts[0] > 0
    assert 0 == counts[1:].sum()


CALMING: dict[str, dict[str, float]] = {
    "no disposition": {"disposition": 0.0},
    "high threshold": {"violence_threshold": 2.0},
    "no anger": {"anger": 0.0},
    "trust": {"legitimacy": 1.0},
    "fear": {"fear": 0.58},
    "no company": {"apart_m": 7.0},
}


@pytest.mark.parametrize("name", CALMING)
def test_every_gate_holds_violence_back(name: str) -> None:
    offences = len(minutes(rioters(), 3.0))
    assert offences > 20
    assert len(minutes(rioters(**CALMING[name]), 3.0)) < 0.5 * offences


def test_people_who_would_hold_others_back_do() -> None:
    """Self-policing: ten trusting members of the crowd among thirty."""
    offences = []
    for trust in (0.2, 0.9):
        columns = {name: np.full(40, value) for name, value in RIOT.items()}
        columns["legitimacy"][30:] = trust
        columns["disposition"][30:] = 0.0
        columns["violence_threshold"][30:] = 5.0
        places = [*lattice(24.0, 14.0, 6, 5, 1.2), *lattice(24.6, 14.6, 5, 2, 1.2)]
        offences.append(len(minutes(crowd_at(SQUARE, places, replace(STEADY, acting=ONE_BY_ONE), **columns), 3.0)))
    assert 0 < offences[1] < 0.85 * offences[0]


def test_nobody_ready_for_violence_means_no_violence() -> None:
    crowd = rioters(disposition=0.0, legitimacy=0.6, anger=0.2)
    assert [] == minutes(crowd, 5.0)


# ---------------------------------------------------------------------------------------------- aiming


def offender(act: Act, x: float = 30.0, y: float = 20.0) -> Crowd:
    return crowd_at(SQUARE, [(x, y)], act=int(act))


def bodies_of(*discs: tuple[float, float, BodyKind]) -> Bodies:
    bodies = Bodies.blank(len(discs))
    for k, (x, y, kind) in enumerate(discs):
        bodies.x[k], bodies.y[k], bodies.kind[k], bodies.radius[k] = x, y, int(kind), 0.25
    return bodies


def one_deed(crowd: Crowd, bodies: Bodies) -> Deed:
    (deed,) = aim(crowd.people, bodies, np.array([0]), 50, ACTING)
    return deed


OFFICER, VEHICLE = BodyKind.OFFICER, BodyKind.VEHICLE


def test_who_attacks_takes_an_officer_alone_before_one_of_a_line() -> None:
    bodies = bodies_of((31.0, 20.0, OFFICER), (31.0, 21.0, OFFICER), (30.0, 28.0, OFFICER))
    deed = one_deed(offender(Act.ATTACK), bodies)
    assert ("officer", 2, Act.THROW) == (deed.target_kind, deed.target, deed.act), "too far to strike"


def test_who_attacks_takes_a_vehicle_before_a_line() -> None:
    bodies = bodies_of((31.0, 20.0, OFFICER), (31.0, 21.0, OFFICER), (30.0, 22.0, VEHICLE))
    deed = one_deed(offender(Act.ATTACK), bodies)
    assert ("property", 2, Act.ATTACK) == (deed.target_kind, deed.target, deed.act)
    assert (30.0, 22.0) == (deed.x, deed.y)


def test_a_worker_alone_is_a_weak_opponent_and_only_while_there() -> None:
    people = people_at([(30.0, 20.0), (32.0, 20.0)], act=[int(Act.ATTACK), int(Act.WATCH)])
    people.role[1] = int(Role.WORKER)
    (deed,) = aim(people, NOBODY, np.array([0]), 50, ACTING)
    assert ("person", 1, 32.0) == (deed.target_kind, deed.target, deed.x)
    people.status[1] = int(Status.LEFT)
    (deed,) = aim(people, NOBODY, np.array([0]), 50, ACTING)
    assert ("property", -1, 30.0) == (deed.target_kind, deed.target, deed.x)


def test_who_obstructs_takes_the_line_when_it_is_at_hand_and_closes_in_on_it_when_not() -> None:
    near = one_deed(offender(Act.OBSTRUCT), bodies_of((31.0, 20.0, OFFICER), (31.0, 21.0, OFFICER)))
    assert ("officer", 0) == (near.target_kind, near.target)
    far = offender(Act.OBSTRUCT)
    deed = one_deed(far, bodies_of((40.0, 20.0, OFFICER), (40.0, 21.0, OFFICER)))
    assert ("property", -1) == (deed.target_kind, deed.target)
    assert (40.0, 20.0) == (far.people.spot_x[0], far.people.spot_y[0])


@settings(max_examples=60)
@given(
    act=st.sampled_from([Act.OBSTRUCT, Act.THROW, Act.ATTACK]),
    discs=st.lists(
        st.tuples(st.floats(0.0, 60.0), st.floats(0.0, 40.0), st.sampled_from(BodyKind)), min_size=0, max_size=8
    ),
    workers=st.lists(st.tuples(st.floats(0.0, 60.0), st.floats(0.0, 40.0)), max_size=3),
)
def test_every_target_is_within_reach_of_the_deed(
    act: Act, discs: list[tuple[float, float, BodyKind]], workers: list[tuple[float, float]]
) -> None:
    people = people_at([(30.0, 20.0), *workers], act=int(act))
    people.role[1:] = int(Role.WORKER)
    bodies = bodies_of(*discs)
    (deed,) = aim(people, bodies, np.array([0]), 50, ACTING)
    distance = math.hypot(deed.x - 30.0, deed.y - 20.0)
    assert int(deed.act) == people.act[0]
    if deed.target < 0:
        assert ("property", 0.0) == (deed.target_kind, distance)
        return
    xs, ys = (people.x, people.y) if deed.target_kind == "person" else (bodies.x, bodies.y)
    assert (xs[deed.target], ys[deed.target]) == (deed.x, deed.y)
    if deed.target_kind == "person":
        assert int(Role.WORKER) == people.role[deed.target]
    else:
        kind = OFFICER if deed.target_kind == "officer" else VEHICLE
        assert int(kind) == bodies.kind[deed.target]
    reach = ACTING.line_reach_m if deed.target_kind == "officer" else ACTING.weak_reach_m
    assert distance <= (reach if deed.act == Act.THROW else 3.0) + 1e-9


# ---------------------------------------------------------------------------------------------- leaving and fleeing


def test_the_frightened_flee_until_they_have_calmed_down() -> None:
    crowd = crowd_at(SQUARE, [(30.0, 20.0), (40.0, 20.0)], fear=[0.7, 0.7], anger=[0.0, 0.9])
    crowd.think(SQUARE, NOBODY, (), NOISE, 0)
    assert int(Act.FLEE) == crowd.people.act[0]
    assert crowd.people.act[1] < int(Act.LEAVE), "who is angrier than afraid stands"
    assert 0 == crowd.people.goal[0]
    assert crowd.people.drive[0] > 0.5
    crowd.people.fear[0] = (ACTING.flee_above + ACTING.flee_until) / 2
    crowd.think(SQUARE, NOBODY, (), NOISE, SECOND)
    assert int(Act.FLEE) == crowd.people.act[0], "running ends later than it begins"
    crowd.people.fear[0] = ACTING.flee_until - 0.05
    crowd.think(SQUARE, NOBODY, (), NOISE, 2 * SECOND)
    assert crowd.people.act[0] == int(Act.WATCH)


def test_patience_runs_out() -> None:
    left = []
    for patience in (5.0, 1e6):
        crowd = crowd_at(SQUARE, lattice(24.0, 10.0, 8, 8, 2.0), STEADY, patience_min=patience)
        minutes(crowd, 5.0)
        left.append(float(np.isin(crowd.people.act, (int(Act.LEAVE), int(Act.FLEE))).mean()))
    assert 1.0 - math.exp(-1.0) == pytest.approx(left[0], abs=0.15), "Weibull: 63 % at its scale"
    assert 0.0 == left[1]


def test_the_tired_leave_and_the_aggrieved_hold_out_longer() -> None:
    leaving = []
    for fatigue, grievance in ((0.0, 0.0), (1.0, 0.0), (1.0, 0.9)):
        crowd = crowd_at(SQUARE, lattice(24.0, 10.0, 8, 8, 2.0), STEADY, fatigue=fatigue, grievance=grievance)
        minutes(crowd, 10.0)
        leaving.append(int((crowd.people.act == int(Act.LEAVE)).sum()))
    assert 0 == leaving[0]
    assert leaving[1] > leaving[2] > 0


def test_vulnerable_people_go_when_it_becomes_frightening() -> None:
    crowd = crowd_at(SQUARE, lattice(24.0, 10.0, 8, 8, 2.0), STEADY, fear=0.35)
    crowd.people.role[:32] = int(Role.VULNERABLE)
    minutes(crowd, 3.0)
    going = crowd.people.act == int(Act.LEAVE)
    assert going[:32].sum() > 20
    assert 0 == going[32:].sum()


def test_whoever_offends_takes_part():
    ground = ground_of(60.0, 40.0)
    steady = Parameters(feeling=Feeling(anger_fade_s=math.inf))
    crowd = crowd_at(
        ground,
        [(10.0, 10.0)],
        steady,
        disposition=0.9,
        violence_threshold=0.1,
        anger=0.8,
        join_threshold=0.5,
        identity=0.3,
    )
    deeds = []
    for tick in range(0, 6000, 10):
        for deed in crowd.think(ground, NOBODY, (), NOISE, tick):
            deeds.append(deed)
            assert 1 == crowd.people.active[deed.person]
