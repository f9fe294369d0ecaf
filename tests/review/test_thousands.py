"""Thousands of made-up decisions, runs and weights: nothing unlawful is recommended, and nothing is above its gate."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.measures import Facts
from sim.scoring import score
from tests.measures.journals import Run, rubric
from tests.review.test_study import carry_out, study_of
from tests.scoring.runs import passive, talking
from tests.scoring.test_weigh import reweighed

MANY = 3000
FORCE = ("presence", "line", "area")
MEANS = st.lists(st.floats(0, 100, allow_nan=False), min_size=3, max_size=7)
WEIGHTS = st.lists(st.floats(1.0, 100.0), min_size=10, max_size=10)
INNER = st.lists(st.floats(0.01, 100.0), min_size=6, max_size=6)
ACTS = st.lists(st.tuples(st.sampled_from(FORCE), st.integers(1, 99)), max_size=6)


@pytest.mark.slow
@settings(max_examples=MANY)
@given(MEANS, st.floats(0.1, 30.0), st.integers(1, 100_000), st.integers(2, 12), st.data())
def test_an_unlawful_act_is_never_recommended(
    means: list[float], noise: float, case: int, most: int, data: st.DataObject
) -> None:
    lawful = [data.draw(st.booleans()), True, *(data.draw(st.booleans()) for _ in means[2:])]
    study = carry_out(study_of(lawful, most=most), means, noise, case)
    assert lawful[study.best]
    assert lawful[0] or "unlawful" == study.verdict
    assert all(lawful[k] for k in study.stopped)


@pytest.mark.slow
@settings(max_examples=MANY)
@given(st.sampled_from((talking, passive)), ACTS, st.booleans(), WEIGHTS, INNER)
def test_no_weights_lift_a_run_above_the_lowest_of_its_caps(
    begin: Callable[[], Run], acts: list[tuple[str, int]], collects: bool, weights: list[float], inner: list[float]
) -> None:
    run = begin()
    for force, minute in acts:
        run.order(minute, "act", force=force, lawful=False)
    if collects:
        run.order(50, "record", collect="names")
    found = score(run.entries(), reweighed(weights, inner), Facts())
    same = score(run.entries(), rubric(), Facts())
    assert [gate.id for gate in same.gates] == [gate.id for gate in found.gates]
    assert found.total is not None
    assert found.total <= min((gate.limit for gate in found.gates), default=100.0)
    assert not acts or found.gates
