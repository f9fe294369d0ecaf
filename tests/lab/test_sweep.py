"""Sweeps: every arm of a seed goes on from the same state, and a claim holds only when its whole interval says so."""

from typing import Any

import pytest
from pydantic import ValidationError

from sim.lab.sweep import judge, sweep
from sim.lab.trial import Given, Row, Trials
from sim.scenario.plan import Plan
from sim.world.order import Order
from tests.small import small_playbook

TITLE = {"en": "A", "zh": "甲"}
MOMENT = 600


def plan(**changes: Any) -> Plan:
    """Waiting, waiting again under another name, and talking, for a minute and a half."""
    data: dict[str, Any] = {
        "schema": 1,
        "id": "small",
        "title": TITLE,
        "scenario": "small",
        "seeds": 2,
        "prepare": {"until": "01:00"},
        "lasts_min": 5,
        "arms": [{"id": name, "title": TITLE} for name in ("waiting", "same", "talking", "shut")],
        "measures": [
            {"id": "trust", "title": TITLE, "metric": "mean_legitimacy"},
            {"id": "out", "title": TITLE, "metric": "mean_exit_belief"},
        ],
    }
    data["arms"][3]["bars"] = [
        {"name": TITLE, "ends": ends}
        for ends in ((35, 20, 75, 20), (35, 60, 75, 60), (35, 20, 35, 60), (75, 20, 75, 60))
    ]
    return Plan.model_validate(data | changes)


TALK: Given = ((MOMENT, Order(response="first_contact", units=("LIA-1",), reason="they should be heard")),)
AFTER: tuple[Given, ...] = ((), (), TALK, ())


def rows(seeds: tuple[int, ...] = (1, 2), **changes: Any) -> dict[tuple[int, str], Row]:
    """What each arm of each seed came to."""
    found: list[Row] = []
    sweep(Trials(plan(**changes), small_playbook(), MOMENT, (), AFTER), seeds, came=found.extend)
    return {(row.seed, row.arm): row for row in found}


@pytest.fixture(scope="module")
def found() -> dict[tuple[int, str], Row]:
    return rows()


def test_arms_in_which_the_same_is_done_are_the_same_to_the_last_bit(found: dict[tuple[int, str], Row]) -> None:
    for seed in (1, 2):
        assert found[seed, "waiting"].digest == found[seed, "same"].digest
        assert found[seed, "waiting"].values == found[seed, "same"].values


def test_seeds_differ(found: dict[tuple[int, str], Row]) -> None:
    assert found[1, "waiting"].digest != found[2, "waiting"].digest


def test_what_an_arm_does_shows_in_its_numbers(found: dict[tuple[int, str], Row]) -> None:
    for seed in (1, 2):
        assert 0 == found[seed, "talking"].refused
        assert found[seed, "waiting"].values[0] < found[seed, "talking"].values[0]


def test_who_is_shut_in_by_barriers_believes_less_that_one_can_leave(found: dict[tuple[int, str], Row]) -> None:
    for seed in (1, 2):
        assert found[seed, "shut"].values[1] < found[seed, "waiting"].values[1] - 0.05


def test_a_trial_does_not_depend_on_which_seeds_are_run_with_it(found: dict[tuple[int, str], Row]) -> None:
    assert found[2, "talking"] == rows((2,))[2, "talking"]


def test_an_order_that_cannot_be_carried_out_is_counted() -> None:
    impossible: Given = ((MOMENT, Order(response="release_containment", reason="nobody is held")),)
    found: list[Row] = []
    sweep(Trials(plan(), small_playbook(), MOMENT, (), ((), (), impossible, ())), (1,), came=found.extend)
    assert [0, 0, 1, 0] == [row.refused for row in found]


def claimed(values: dict[str, list[float]], **claim: Any) -> str:
    """The verdict of one claim over made-up rows."""
    whole = plan(claims=[{"id": "it", "says": TITLE, "measure": "trust", **claim}])
    made = [Row(k, arm, 0, (value, 0.0), "") for arm, column in values.items() for k, value in enumerate(column)]
    return judge(whole, made)[0].verdict


PAIRS = {"waiting": [0.1, 0.5, 0.9, 0.3], "talking": [0.2, 0.61, 1.0, 0.41]}


def test_a_difference_is_taken_seed_by_seed() -> None:
    assert "holds" == claimed(PAIRS, contrast={"talking": 1, "waiting": -1}, above=0)
    shuffled = {**PAIRS, "talking": PAIRS["talking"][::-1]}
    assert "open" == claimed(shuffled, contrast={"talking": 1, "waiting": -1}, above=0)


def test_a_claim_fails_when_the_whole_interval_lies_on_the_other_side() -> None:
    assert "fails" == claimed(PAIRS, contrast={"talking": 1, "waiting": -1}, below=0)
    assert "fails" == claimed(PAIRS, contrast={"waiting": 1, "talking": -1}, above=0)


def test_a_margin_counts() -> None:
    assert "holds" == claimed(PAIRS, contrast={"talking": 1, "waiting": -1}, below=0.2)
    assert "fails" == claimed(PAIRS, contrast={"talking": 1, "waiting": -1}, above=0.2)


def test_one_seed_decides_nothing() -> None:
    assert "open" == claimed(
        {name: column[:1] for name, column in PAIRS.items()}, contrast={"talking": 1, "waiting": -1}, above=0
    )


@pytest.mark.parametrize(
    "claim",
    [
        {"contrast": {"talking": 1, "waiting": -0.5}, "above": 0},
        {"contrast": {"talking": 1, "nobody": -1}, "above": 0},
        {"contrast": {"talking": 1, "waiting": -1}},
        {"contrast": {"talking": 1, "waiting": -1}, "above": 0, "below": 1},
    ],
)
def test_a_claim_that_says_nothing_or_names_nothing_is_refused(claim: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        plan(claims=[{"id": "it", "says": TITLE, "measure": "trust", **claim}])


def test_a_plan_is_another_when_its_runs_are_and_not_when_its_words_or_claims_are() -> None:
    assert plan().identity() == plan(seeds=9, title={"en": "B", "zh": "乙"}).identity()
    assert plan().identity() != plan(lasts_min=6).identity()
