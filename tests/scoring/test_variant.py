"""Variants: an instructor may move weights by half, and no way leads round a gate."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.errors import BadInput
from sim.measures import Facts
from sim.scenario.rubric import Rubric
from sim.scenario.variant import problems_against, reweighed
from sim.scoring import score
from tests.measures.journals import rubric
from tests.scoring.runs import force

NAMES = [dimension.id for dimension in rubric().dimensions]


def changed(**parts: Any) -> Rubric:
    """The rubric that ships with some of its parts replaced."""
    return Rubric.model_validate({**json.loads(rubric().model_dump_json(by_alias=True)), **parts})


def parts(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(rubric().model_dump_json(by_alias=True))[name]
    return found


def test_weights_are_brought_to_a_hundred_and_nothing_else_changes() -> None:
    found = reweighed(rubric(), {"SFY": 25.0})
    assert 100.0 == pytest.approx(sum(d.weight for d in found.dimensions))
    assert 25.0 / 1.05 == pytest.approx(found.dimensions[0].weight)
    assert rubric().gates == found.gates
    assert [d.measures for d in rubric().dimensions] == [d.measures for d in found.dimensions]


@pytest.mark.parametrize("weights", [{"SFY": 60.0}, {"TIM": 0.0}, {"TIM": 1.0}, {"COM": -3.0}, {"ABC": 5.0}])
def test_weights_out_of_bounds_and_unknown_names_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(BadInput):
        reweighed(rubric(), weights)


@given(st.dictionaries(st.sampled_from(NAMES), st.floats(0.6, 1.4)))
def test_no_weights_an_instructor_may_choose_lift_a_grade_above_its_gate(shares: dict[str, float]) -> None:
    original = {d.id: d.weight for d in rubric().dimensions}
    try:
        using = reweighed(rubric(), {name: share * original[name] for name, share in shares.items()})
    except BadInput:
        return
    assert "F" == score(force().entries(), using, Facts()).grade
    assert [] == problems_against(using, rubric())


def test_a_rubric_that_leaves_a_gate_out_says_which() -> None:
    without = changed(gates=parts("gates")[1:])
    assert [("gate-missing", ("gates",))] == [(p.code, p.path) for p in problems_against(without, rubric())]


def test_a_rubric_that_loosens_a_cap_or_a_band_is_found_out() -> None:
    gates = parts("gates")
    gates[0]["cap"] = "A"
    caps, bands = {**rubric().caps}, {**rubric().bands}
    assert ["gate-loosened"] == [p.code for p in problems_against(changed(gates=gates), rubric())]
    bands["A"], caps["B"] = bands["A"] - 3.0, min(caps["B"], bands["A"] - 3.5)
    assert ["band-lowered"] == [p.code for p in problems_against(changed(bands=bands, caps=caps), rubric())]


def test_a_dimension_that_is_moved_too_far_is_shown_where_it_stands() -> None:
    dimensions = parts("dimensions")
    dimensions[0]["weight"], dimensions[1]["weight"] = 35.0, 5.0
    found = problems_against(changed(dimensions=dimensions), rubric())
    assert [("dimensions", 0, "weight"), ("dimensions", 1, "weight")] == [p.path for p in found]
