"""Whatever the numbers about people are, a run finishes or stops and says where a number went wrong."""

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sim.core.errors import NotFinite
from sim.exercise.exercise import Exercise
from sim.scoring import facts_of, score, summary
from sim.world.numbers import Numbers
from sim.world.order import Order
from tests.small import assumed, small_data, small_playbook

LISTED = dict(Numbers().listed())

VALUES = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from((q.low, q.high)) | st.floats(q.low, q.high, allow_subnormal=False)
        for name, q in LISTED.items()
    },
)
"""Any of the numbers, at the ends of its range or anywhere inside."""

BEYOND = st.dictionaries(
    st.sampled_from(sorted(LISTED)),
    st.sampled_from((0.0, -1.0, 1e-300, 1e12, 1e300, -1e300, math.inf, -math.inf, math.nan)),
    min_size=1,
    max_size=4,
)
"""Some of the numbers far outside any range, as nobody should set them."""

SCENARIOS = st.fixed_dictionaries(
    {
        "people": st.sampled_from((1, 2, 60, 400)),
        "speed": st.sampled_from((0.1, 1.4, 15.0)),
        "anger": st.sampled_from((0.0, 0.5, 1.0)),
        "legitimacy": st.sampled_from((0.0, 0.5, 1.0)),
        "square": st.sampled_from(([40, 25, 70, 55], [50, 35, 53, 38])),
        "last": st.sampled_from((1, 10, 240)),
    }
)
"""One person or four hundred, on 900 or 9 square metres, units that crawl or race, feelings at their ends."""

ORDERS = (
    Order(response="first_contact", parameters={"tone": "warm"}, reason="talk"),
    Order(response="containment", target="square", reason="hold them", go_ahead=True),
    Order(response="area_effect", target="square", reason="clear it", go_ahead=True),
    Order(response="arrest_offender", target="square", reason="take one", go_ahead=True),
    Order(response="dispersal_order", target="square", reason="out", go_ahead=True),
)


def made(values: dict[str, float], extremes: dict[str, Any]) -> Exercise:
    """A run of the small scenario with these numbers and at these extremes."""
    data = small_data()
    data["minutes"] = [0, extremes["last"]]
    data["site"]["places"][0]["area"]["rect"] = extremes["square"]
    group = data["groups"][0]
    group |= {"people": extremes["people"], "anger": assumed(extremes["anger"])}
    group |= {"legitimacy": assumed(extremes["legitimacy"])}
    units = [{**unit, "speed_mps": assumed(extremes["speed"])} for unit in data["units"]]
    changes = {name: data[name] for name in ("minutes", "site", "groups")}
    return Exercise(small_playbook(**changes, units=units), 5, numbers=Numbers().changed(values))


def ends_well(values: dict[str, float], extremes: dict[str, Any], seconds: int) -> NotFinite | None:
    """Plays for so long and looks at everything that could hold a number that is none; the error it stopped with."""
    run, stopped = None, None
    try:
        run = made(values, extremes)
        for k, order in enumerate(ORDERS):
            run.run_until(k * 10 * seconds // len(ORDERS))
            if run.outcome is None:
                run.order(order)
        run.run_until(10 * seconds)
    except NotFinite as wrong:
        stopped = wrong
    if stopped is not None:
        assert stopped.array
        assert stopped.tick is not None
    if run is None:
        return stopped
    written = [[entry.tick, entry.kind, entry.data] for entry in run.journal]
    assert json.loads(json.dumps(written, allow_nan=False)) is not None
    facts = facts_of(run.playbook)
    json.dumps([summary(run.journal), score(run.journal, run.playbook.rubric, facts).as_dict()], allow_nan=False)
    if stopped is None:
        for name, column in run.world.crowd.people.state().items():
            assert np.isfinite(column).all(), name
        assert len(run.digest()) == 32
    return stopped


USUAL = {"people": 60, "speed": 1.4, "anger": 0.5, "legitimacy": 0.5, "square": [40, 25, 70, 55], "last": 10}


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(VALUES, SCENARIOS)
def test_within_the_ranges_that_numbers_declare_a_run_goes_on_to_its_end(
    values: dict[str, float], extremes: dict[str, Any]
) -> None:
    assert ends_well(values, extremes, 25) is None


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(BEYOND)
@example({"walking.reach": math.nan})
@example({"feeling.anger_rest": math.inf})
def test_far_beyond_them_it_ends_or_stops_with_tick_and_person(values: dict[str, float]) -> None:
    ends_well(values, USUAL, 15)


@pytest.mark.slow
@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(VALUES, SCENARIOS)
def test_hundreds_of_extremes_go_on_to_their_end(values: dict[str, float], extremes: dict[str, Any]) -> None:
    assert ends_well(values, extremes, 40) is None


@pytest.mark.slow
@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(BEYOND, SCENARIOS)
def test_hundreds_of_numbers_out_of_bounds_end_or_stop_by_name(
    values: dict[str, float], extremes: dict[str, Any]
) -> None:
    ends_well(values, extremes, 20)


def test_an_infinite_feeling_stops_the_run_within_a_second_and_is_named() -> None:
    run = made({}, USUAL)
    run.run_until(103)
    run.world.crowd.people.hope[7] = np.inf
    with pytest.raises(NotFinite) as stopped:
        run.run_until(200)
    assert ("hope", 7) == (stopped.value.array.rpartition(".")[2], stopped.value.person)
    assert stopped.value.tick is not None
    assert 103 <= stopped.value.tick <= 113


def test_a_unit_whose_number_is_none_stops_the_run_and_is_named() -> None:
    run = made({}, USUAL)
    run.run_until(20)
    run.world.units[3].fatigue = math.nan
    with pytest.raises(NotFinite) as stopped:
        run.run_until(40)
    assert ("units", 3) == (stopped.value.array, stopped.value.person)
