"""Feelings stay in bounds, pass only between neighbours, and follow from how fairly people see others treated."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.crowd.crowd import Crowd
from sim.crowd.mind import uncertainty
from sim.crowd.parameters import Feeling, Parameters
from sim.crowd.people import NEVER, Floats, Knows, People, Rumour
from sim.crowd.stimulus import Channel, Stimulus
from tests.crowd.stage import NOBODY, NOISE, SECOND, crowd_at, differing, ground_of, lattice, perceive

SQUARE = ground_of(60.0, 40.0, exits=((0.0, 15.0, 2.0, 25.0),), cell_m=1.0)
CROWD = lattice(24.0, 14.0, 6, 5, 2.0)
FEELINGS = ("anger", "fear", "legitimacy", "identity", "hope", "exit_belief", "fatigue", "grievance", "empowerment")
STILL = Feeling(
    contagion=0.0,
    identity_spread=0.0,
    identity_fade=0.0,
    anger_fade_s=math.inf,
    fear_fade_s=math.inf,
    tiring=0.0,
    hope_wait_s=math.inf,
)
"""Nothing wears off and nothing passes between people."""
UNMOVED = Parameters(feeling=STILL)
SHARE = st.floats(0.0, 1.0)


def seen(**what: float) -> Stimulus:
    """Something done in the middle of the crowd that everybody sees."""
    given: dict[str, float] = {"x": 29.0, "y": 18.0, "prominence": 1e9}
    return Stimulus(serial=1, channel=Channel.SIGHT, **(given | what))  # type: ignore[arg-type]


def after(crowd: Crowd, *stimuli: Stimulus) -> People:
    """The people of a fork that perceived this."""
    return perceive(crowd, SQUARE, *stimuli).people


def mean(column: Floats) -> float:
    return float(column.mean())


# ---------------------------------------------------------------------------------------------- bounds

stimuli = st.builds(
    Stimulus,
    serial=st.integers(1, 50),
    channel=st.sampled_from(Channel),
    x=st.floats(0.0, 60.0),
    y=st.floats(0.0, 40.0),
    level_db=st.floats(40.0, 130.0),
    reach=SHARE,
    subject=st.integers(-1, 9),
    force=SHARE,
    hit=st.integers(0, 5),
    severity=SHARE,
    injustice=SHARE,
    quality=SHARE,
    fear=st.floats(0.0, 0.5),
    violent_acts=st.floats(0.0, 10.0),
    knowledge=st.integers(0, 2047),
    hope=st.floats(-1.0, 1.0),
    relief=SHARE,
    exits=st.floats(-1.0, 1.0),
    welfare=SHARE,
    leave=SHARE,
    rumour=st.integers(-1, 5),
    asserts=st.floats(-1.0, 1.0),
)


@settings(max_examples=60)
@given(
    happening=st.lists(st.lists(stimuli, max_size=4), min_size=1, max_size=5),
    start=st.lists(SHARE, min_size=60, max_size=60),
    tension=SHARE,
    strain=st.floats(0.0, 20.0),
)
def test_whatever_happens_feelings_stay_between_none_and_full(
    happening: list[list[Stimulus]], start: list[float], tension: float, strain: float
) -> None:
    given_ = np.array(start).reshape(6, 10)
    columns = dict(zip(("anger", "fear", "legitimacy", "identity", "hope", "grievance"), given_, strict=True))
    crowd = crowd_at(SQUARE, lattice(20.0, 15.0, 5, 2, 2.0), online=1, tension=tension, **columns)
    crowd.strain = strain
    for second, stimuli_ in enumerate(happening):
        crowd.think(SQUARE, NOBODY, stimuli_, NOISE, second * SECOND)
        for name in FEELINGS:
            column = getattr(crowd.people, name)
            assert ((column >= 0.0) & (column <= 1.0)).all(), name
        assert (crowd.people.rumour <= max(Rumour)).all()
        assert (crowd.people.violence_seen >= 0.0).all()


# ---------------------------------------------------------------------------------------------- contagion


@settings(max_examples=40)
@given(
    places=st.lists(st.tuples(st.floats(5.0, 40.0), st.floats(5.0, 35.0)), min_size=2, max_size=25),
    data=st.data(),
)
def test_contagion_invents_no_feeling(places: list[tuple[float, float]], data: st.DataObject) -> None:
    n = len(places)
    column = st.lists(SHARE, min_size=n, max_size=n)
    given_ = {name: data.draw(column, name) for name in ("anger", "fear", "expressiveness", "receptivity")}
    params = Parameters(feeling=replace(STILL, contagion=0.2))
    crowd = crowd_at(SQUARE, places, params, **given_)
    least = {name: min(given_[name]) for name in ("anger", "fear")}
    most = {name: max(given_[name]) for name in ("anger", "fear")}
    for second in range(12):
        crowd.think(SQUARE, NOBODY, (), NOISE, second * SECOND)
        for name in ("anger", "fear"):
            felt = getattr(crowd.people, name)
            assert felt.min() >= least[name] - 1e-12
            assert felt.max() <= most[name] + 1e-12


def test_people_beside_each_other_come_to_feel_alike() -> None:
    params = Parameters(feeling=replace(STILL, contagion=0.2))
    crowd = crowd_at(SQUARE, CROWD, params, anger=[0.2, 0.8] * 15, fear=[0.9, 0.1, 0.3] * 10)
    spread = [float(np.ptp(crowd.people.anger)), float(np.ptp(crowd.people.fear))]
    for second in range(120):
        crowd.think(SQUARE, NOBODY, (), NOISE, second * SECOND)
    assert np.ptp(crowd.people.anger) < 0.05 * spread[0]
    assert np.ptp(crowd.people.fear) < 0.05 * spread[1]
    assert 0.5 == pytest.approx(mean(crowd.people.anger), abs=0.05)


def test_feelings_do_not_cross_empty_ground() -> None:
    params = Parameters(feeling=replace(STILL, contagion=0.2))
    places = [*lattice(10.0, 10.0, 3, 3, 1.5), *lattice(43.0, 10.0, 3, 3, 1.5)]
    crowd = crowd_at(SQUARE, places, params, anger=[0.9] * 9 + [0.1] * 9)
    for second in range(60):
        crowd.think(SQUARE, NOBODY, (), NOISE, second * SECOND)
    assert 0.9 == pytest.approx(crowd.people.anger[:9])
    assert 0.1 == pytest.approx(crowd.people.anger[9:])


def test_who_shows_nothing_moves_nobody_and_who_takes_up_nothing_is_not_moved() -> None:
    params = Parameters(feeling=replace(STILL, contagion=0.2))
    pair = [(20.0, 20.0), (21.0, 20.0)]
    mute = crowd_at(SQUARE, pair, params, anger=[0.9, 0.1], expressiveness=[0.0, 1.0])
    closed = crowd_at(SQUARE, pair, params, anger=[0.9, 0.1], receptivity=[1.0, 0.0])
    assert 0.1 == pytest.approx(after(mute).anger[1])
    assert 0.1 == pytest.approx(after(closed).anger[1])
    assert after(closed).anger[0] < 0.9
    open_ = crowd_at(SQUARE, pair, params, anger=[0.9, 0.1])
    assert after(open_).anger[1] > 0.1


def test_anger_and_fear_wear_off_and_fear_sooner() -> None:
    crowd = crowd_at(SQUARE, [(30.0, 20.0)], anger=0.8, fear=0.5)
    levels = [(0.8, 0.5)]
    for second in range(180):
        crowd.think(SQUARE, NOBODY, (), NOISE, second * SECOND)
        levels.append((float(crowd.people.anger[0]), float(crowd.people.fear[0])))
    assert (np.diff(np.array(levels), axis=0) < 0.0).all()
    assert levels[-1][1] / 0.5 < levels[-1][0] / 0.8


def test_tension_in_the_air_makes_people_angry_and_grievance_keeps_them_so() -> None:
    calm, tense, aggrieved = (
        crowd_at(SQUARE, [(30.0, 20.0)], tension=tension, grievance=grievance)
        for tension, grievance in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))
    )
    for crowd in (calm, tense, aggrieved):
        for second in range(60):
            crowd.think(SQUARE, NOBODY, (), NOISE, second * SECOND)
    assert 0.0 == calm.people.anger[0]
    assert tense.people.anger[0] > aggrieved.people.anger[0] > 0.0


# ---------------------------------------------------------------------------------------------- fairness and force


@settings(max_examples=40)
@given(anger=st.floats(0.01, 1.0), trust=st.floats(0.0, 0.99), quality=st.floats(0.05, 1.0))
def test_fair_treatment_lowers_anger_and_raises_legitimacy(anger: float, trust: float, quality: float) -> None:
    crowd = crowd_at(SQUARE, [(30.0, 20.0)], anger=anger, legitimacy=trust)
    contact = Stimulus(serial=1, channel=Channel.TOLD, subject=0, quality=quality)
    without, given_ = after(crowd), after(crowd, contact)
    assert given_.anger[0] < without.anger[0]
    assert given_.legitimacy[0] > without.legitimacy[0]
    assert without.legitimacy[0] == trust


@settings(max_examples=40)
@given(anger=st.floats(0.0, 0.99), trust=st.floats(0.01, 1.0), injustice=st.floats(0.05, 1.0))
def test_an_insult_raises_anger_and_lowers_legitimacy(anger: float, trust: float, injustice: float) -> None:
    crowd = crowd_at(SQUARE, [(30.0, 20.0)], anger=anger, legitimacy=trust)
    insult = Stimulus(serial=1, channel=Channel.TOLD, subject=0, injustice=injustice)
    without, given_ = after(crowd), after(crowd, insult)
    assert given_.anger[0] > without.anger[0]
    assert given_.legitimacy[0] < without.legitimacy[0]


def test_force_against_everybody_costs_trust_and_unites_force_against_offenders_hardly_does() -> None:
    crowd = crowd_at(SQUARE, CROWD, UNMOVED, legitimacy=0.55, identity=0.4, knowledge=int(Knows.REASON))
    crowd.people.base_identity[:] = 0.4
    force = {"force": 0.8, "hit": 10, "severity": 0.8, "fear": 0.3}
    everybody, offenders = after(crowd, seen(**force)), after(crowd, seen(**force, offenders_hit=10))
    assert (everybody.legitimacy < offenders.legitimacy).all()
    assert (everybody.identity > offenders.identity).all()
    assert (everybody.anger > offenders.anger).all()
    assert 0.55 == pytest.approx(offenders.legitimacy)
    assert 0.4 == pytest.approx(offenders.identity)
    assert mean(everybody.legitimacy) < 0.50
    assert mean(everybody.identity) > 0.45
    np.testing.assert_array_equal(everybody.fear, offenders.fear, "fear comes from both")
    assert (offenders.fear > 0.0).all()


@settings(max_examples=40)
@given(
    hit=st.integers(1, 20),
    offenders=st.tuples(SHARE, SHARE),
    severity=SHARE,
    force=st.floats(0.1, 1.0),
    knows=st.booleans(),
)
def test_the_more_of_those_hit_offended_the_better_the_force_is_taken(
    hit: int, offenders: tuple[float, float], severity: float, force: float, knows: bool
) -> None:
    fewer, more = sorted(round(share * hit) for share in offenders)
    known = int(Knows.REASON) if knows else 0
    crowd = crowd_at(SQUARE, [(30.0, 20.0)], UNMOVED, legitimacy=0.6, identity=0.3, knowledge=known)
    worse, better = (
        after(crowd, seen(force=force, hit=hit, offenders_hit=k, severity=severity)) for k in (fewer, more)
    )
    assert better.legitimacy[0] >= worse.legitimacy[0] - 1e-12
    assert better.identity[0] <= worse.identity[0] + 1e-12
    assert better.anger[0] <= worse.anger[0] + 1e-12


def test_who_knows_the_reason_takes_force_against_an_offender_better() -> None:
    crowd = crowd_at(SQUARE, [(29.0, 18.0), (29.0, 20.0)], UNMOVED, knowledge=[0, int(Knows.REASON)])
    trust = after(crowd, seen(force=0.6, hit=1, offenders_hit=1, severity=0.6)).legitimacy
    assert trust[0] < trust[1]
    assert 0.5 == pytest.approx(trust[1])


def test_being_hit_without_having_offended_is_worse_than_seeing_it() -> None:
    crowd = crowd_at(SQUARE, [(29.0, 18.0), (29.0, 18.5), (29.0, 17.5)], UNMOVED)
    crowd.people.last_offence[2] = -100
    blow = seen(force=0.5, hit=1)
    trust = after(crowd, replace(blow, subject=0)).legitimacy
    assert trust[0] < trust[1]
    offender = after(crowd, replace(blow, subject=2)).legitimacy
    assert offender[2] == pytest.approx(offender[1])


def test_one_unjust_act_undoes_three_to_fourteen_fair_contacts() -> None:
    """Skogan 2006: bad contacts weigh 4 to 14 times good ones."""
    crowd = crowd_at(SQUARE, CROWD, UNMOVED, legitimacy=0.55, identity=0.4)
    gain = mean(after(crowd, seen(quality=1.0)).legitimacy) - 0.55
    loss = 0.55 - mean(after(crowd, seen(injustice=1.0)).legitimacy)
    assert gain > 0.0
    assert 3.0 <= loss / gain <= 14.0


def test_who_shares_the_crowds_identity_resents_injustice_more() -> None:
    crowd = crowd_at(SQUARE, [(29.0, 18.0), (29.0, 18.0)], UNMOVED, identity=[0.0, 1.0])
    changed = after(crowd, seen(injustice=0.5))
    assert changed.legitimacy[1] < changed.legitimacy[0] < 0.5
    assert changed.anger[1] > changed.anger[0] > 0.0


def test_fear_of_a_sight_falls_with_distance() -> None:
    crowd = crowd_at(SQUARE, [(10.0 + 5.0 * k, 20.0) for k in range(8)], UNMOVED)
    fear = after(crowd, seen(x=10.0, y=20.0, fear=0.5)).fear
    assert (np.diff(fear) < 0.0).all()
    assert 0.5 == pytest.approx(fear[0])


def test_seen_violence_angers_those_who_feel_one_with_the_crowd_and_frightens_the_others() -> None:
    crowd = crowd_at(SQUARE, [(29.0, 18.0), (29.0, 18.0)], UNMOVED, identity=[0.0, 1.0], legitimacy=0.2)
    changed = after(crowd, seen(violent_acts=3.0))
    assert changed.anger[1] > changed.anger[0] == 0.0
    assert changed.fear[0] > changed.fear[1] == 0.0


def test_hope_grievance_exits_and_fatigue_move_as_what_is_shown() -> None:
    crowd = crowd_at(SQUARE, [(30.0, 20.0)], UNMOVED, hope=0.5, grievance=0.8, exit_belief=0.5, fatigue=0.6)
    told = Stimulus(serial=1, channel=Channel.TOLD, subject=0)
    base = after(crowd)
    assert after(crowd, replace(told, hope=0.5)).hope[0] > base.hope[0] > after(crowd, replace(told, hope=-0.5)).hope[0]
    shut, open_ = after(crowd, replace(told, exits=-0.5)), after(crowd, replace(told, exits=0.5))
    assert shut.exit_belief[0] < base.exit_belief[0] < open_.exit_belief[0]
    assert after(crowd, replace(told, relief=1.0)).grievance[0] < base.grievance[0] == 0.8
    assert after(crowd, replace(told, welfare=1.0)).fatigue[0] < base.fatigue[0]


def test_waiting_wears_hope_down_unless_one_knows_what_comes_next() -> None:
    crowd = crowd_at(SQUARE, [(10.0, 20.0), (50.0, 20.0)], hope=0.6, knowledge=[0, int(Knows.NEXT_UPDATE)])
    for second in range(60):
        crowd.think(SQUARE, NOBODY, (), NOISE, second * SECOND)
    assert crowd.people.hope[0] < 0.6 == crowd.people.hope[1]


def test_strain_tires_and_tires_the_frail_most() -> None:
    crowd = crowd_at(SQUARE, [(10.0, 20.0), (50.0, 20.0)], vulnerability=[1.0, 3.0])
    mild, hot = crowd.fork(), crowd.fork()
    hot.strain = 3.0
    for second in range(60):
        mild.think(SQUARE, NOBODY, (), NOISE, second * SECOND)
        hot.think(SQUARE, NOBODY, (), NOISE, second * SECOND)
    assert 3.0 * mild.people.fatigue == pytest.approx(hot.people.fatigue)
    assert mild.people.fatigue[1] > mild.people.fatigue[0] > 0.0


def test_two_stimuli_in_either_order_come_to_the_same() -> None:
    crowd = crowd_at(SQUARE, CROWD)
    one = seen(force=0.5, hit=2, fear=0.2)
    two = replace(seen(quality=0.5, hope=0.3), serial=2, channel=Channel.VOICE)
    a, b = after(crowd, one, two), after(crowd, two, one)
    for name in FEELINGS:
        np.testing.assert_allclose(getattr(a, name), getattr(b, name), atol=1e-12, err_msg=name)


# ---------------------------------------------------------------------------------------------- rumours


def told(subject: int, asserts: float = 1.0, **what: float) -> Stimulus:
    return Stimulus(serial=7, channel=Channel.TOLD, subject=subject, rumour=0, asserts=asserts, **what)  # type: ignore[arg-type]


def test_without_a_spreader_nobody_hears_a_rumour() -> None:
    crowd = crowd_at(SQUARE, CROWD, online=1)
    crowd.people.rumour[3, 0] = int(Rumour.STIFLER)
    crowd.people.rumour[4, 0] = int(Rumour.DISBELIEVER)
    before = crowd.people.rumour.copy()
    for second in range(60):
        crowd.think(SQUARE, NOBODY, (), NOISE, second * SECOND)
    np.testing.assert_array_equal(before, crowd.people.rumour)


def test_a_rumour_stays_in_the_group_that_can_be_talked_to() -> None:
    params = Parameters(feeling=Feeling(rumour_rate=0.5))
    crowd = crowd_at(SQUARE, [*lattice(10.0, 10.0, 4, 3, 1.5), *lattice(40.0, 10.0, 4, 3, 1.5)], params)
    crowd.think(SQUARE, NOBODY, (told(0),), NOISE, 0)
    for second in range(1, 120):
        crowd.think(SQUARE, NOBODY, (), NOISE, second * SECOND)
    assert (crowd.people.rumour[:12, 0] != int(Rumour.IGNORANT)).sum() > 6
    assert not crowd.people.rumour[12:].any()


def test_only_the_caller_stops_telling_a_rumour_the_other_knows() -> None:
    """Maki and Thompson 1973."""
    params = Parameters(feeling=Feeling(rumour_rate=1.0))
    crowd = crowd_at(SQUARE, [(20.0, 20.0), (21.0, 20.0)], params)
    crowd.people.rumour[0, 0], crowd.people.rumour[1, 0] = int(Rumour.SPREADER), int(Rumour.DISBELIEVER)
    crowd.think(SQUARE, NOBODY, (), NOISE, 0)
    assert [int(Rumour.STIFLER), int(Rumour.DISBELIEVER)] == list(crowd.people.rumour[:, 0])


def test_a_rumour_of_a_wrong_angers_whoever_hears_it_but_less_than_the_wrong_itself() -> None:
    params = Parameters(feeling=replace(STILL, rumour_rate=1.0))
    crowd = crowd_at(SQUARE, [(20.0, 20.0), (21.0, 20.0)], params)
    crowd.think(SQUARE, NOBODY, (told(0, injustice=0.8, fear=0.3),), NOISE, 0)
    for second in range(1, 5):
        crowd.think(SQUARE, NOBODY, (), NOISE, second * SECOND)
    people = crowd.people
    assert people.rumour[1, 0] != int(Rumour.IGNORANT)
    assert 0.5 > people.legitimacy[1] > people.legitimacy[0]
    assert people.anger[0] > people.anger[1] > 0.0


def test_the_informed_believe_rumours_less_often() -> None:
    shares = []
    full = int(Knows.REASON | Knows.ROUTE | Knows.FACTS | Knows.NEXT_UPDATE | Knows.RIGHTS)
    for knowledge in (0, full):
        crowd = crowd_at(SQUARE, lattice(10.0, 5.0, 15, 12, 2.0), knowledge=knowledge)
        rumour = replace(seen(), rumour=0, asserts=1.0)
        shares.append(float((after(crowd, rumour).rumour[:, 0] != int(Rumour.IGNORANT)).mean()))
    assert 1.0 == shares[0]
    assert 0.15 < shares[1] < 0.45
    assert [1.0, 0.0] == pytest.approx([uncertainty(0), uncertainty(full)])


def test_a_correction_with_evidence_convinces_and_a_bare_denial_does_not() -> None:
    crowd = crowd_at(SQUARE, lattice(10.0, 5.0, 15, 12, 2.0), legitimacy=0.6)
    crowd.people.rumour[:, 0] = int(Rumour.SPREADER)
    convinced = []
    for evidence in (0.1, 0.5, 1.0):
        states = after(crowd, replace(seen(), rumour=0, asserts=-evidence)).rumour[:, 0]
        convinced.append(float((states == int(Rumour.DISBELIEVER)).mean()))
    assert convinced[0] < 0.05
    assert convinced[0] < convinced[1] < convinced[2]
    assert convinced[2] > 0.6


def test_a_bare_denial_spreads_the_rumour_among_the_distrustful_only() -> None:
    for trust, backfires in ((0.0, True), (1.0, False)):
        crowd = crowd_at(SQUARE, lattice(10.0, 5.0, 15, 12, 2.0), legitimacy=trust)
        states = after(crowd, replace(seen(), rumour=0, asserts=-0.01)).rumour[:, 0]
        assert backfires == bool((states == int(Rumour.SPREADER)).any())


def test_a_rumour_dies_out_before_everybody_has_heard_it() -> None:
    """Maki and Thompson: with everybody mixing, about 20 % never hear it (Sudbury 1985)."""
    params = Parameters(feeling=Feeling(rumour_rate=0.5, rumour_m=math.inf, rumour_certain=1.0))
    shares = []
    for start in range(6):
        crowd = crowd_at(SQUARE, lattice(5.0, 5.0, 25, 20, 1.5), params)
        crowd.people.rumour[start * 7, 0] = int(Rumour.SPREADER)
        second = start * 1000
        while (crowd.people.rumour[:, 0] == int(Rumour.SPREADER)).any():
            crowd.think(SQUARE, NOBODY, (), NOISE, second * SECOND)
            second += 1
        shares.append(float((crowd.people.rumour[:, 0] == int(Rumour.IGNORANT)).mean()))
    assert 0.2032 == pytest.approx(float(np.median(shares)), abs=0.04)


# ---------------------------------------------------------------------------------------------- knowing and coming


def test_knowledge_is_gained_by_perceiving_and_never_lost() -> None:
    crowd = crowd_at(SQUARE, CROWD, knowledge=int(Knows.RIGHTS))
    fact = replace(seen(), knowledge=int(Knows.FACTS))
    knows = after(crowd, fact).knowledge
    assert (knows == int(Knows.FACTS | Knows.RIGHTS)).all()


def test_who_has_not_come_yet_is_changed_by_what_they_read_and_by_nothing_else() -> None:
    crowd = crowd_at(SQUARE, [(29.0, 18.0), (29.0, 19.0), (29.0, 20.0)], online=[1, 0, 1])
    crowd.people.status[:2] = 0
    crowd.people.arrival_tick[:2] = NEVER
    happened = seen(injustice=0.8, fear=0.5, force=0.5, hit=1)
    assert [2] == differing(after(crowd), after(crowd, happened))
    post = replace(happened, channel=Channel.ONLINE, reach=1.0)
    base, given_ = crowd.fork(), crowd.fork()
    for tick in range(0, 1200 * SECOND, SECOND):
        for each, what in ((base, ()), (given_, (post,) if tick == 0 else ())):
            each.think(SQUARE, NOBODY, what, NOISE, tick)
    assert [0, 2] == differing(base.people, given_.people)
