"""What an author expects of automatic players is held against what they come to."""

from typing import Any

import pytest
from pydantic import ValidationError

from sim.core.phrase import Phrase
from sim.review.expecting import judge_expectations, runs_for
from sim.review.rehearsal import Part, Rehearsed
from sim.scenario.expect import Expectation
from tests.small import small_playbook

SAYS = {"en": "x", "zh": "甲"}
ENDS = {
    "win": [{"id": "calm", "says": SAYS, "when": {"metric": "arrests", "at_most": 0}}],
    "lose": [{"id": "hurt", "says": SAYS, "when": {"metric": "serious_injuries", "at_least": 1}}],
}


def run(player: str, seed: int, total: float, *, won: bool = True, lost: bool = False) -> Rehearsed:
    """What a run came to."""
    return Rehearsed(
        player=player, seed=seed, without=Part(), total=total, grade="C", won=("calm",) if won else (),
        lost=("hurt",) if lost else (), all_won=won, minutes=10.0, orders=(), refused=0, opened=frozenset(),
        injects={}, calls=(), hurt=0, trust=0.0,
    )  # fmt: skip


RUNS = (
    run("doctrine", 1, 80.0), run("doctrine", 2, 70.0), run("doctrine", 3, 60.0, won=False),
    run("force", 1, 20.0, lost=True), run("force", 2, 70.0), run("force", 3, 10.0, won=False, lost=True),
)  # fmt: skip


def held(**expected: Any) -> tuple[int, bool]:
    """In how many of the runs it held, and whether that is enough."""
    data = {"id": "it", "player": "doctrine", **expected}
    (found,) = judge_expectations(small_playbook(expect=[data], **ENDS), RUNS)
    assert 3 == found.runs
    return found.held, found.holds


@pytest.mark.parametrize(
    ("expected", "result"),
    [
        ({"beats": "force"}, (2, False)),
        ({"beats": "force", "in_share": 0.6}, (2, True)),
        ({"beats": "force", "by": 55, "in_share": 0.3}, (1, True)),
        ({"outcome": "won"}, (2, False)),
        ({"outcome": "not_won", "in_share": 0.3}, (1, True)),
        ({"outcome": "not_lost", "in_share": 1}, (3, True)),
        ({"player": "force", "outcome": "lost"}, (2, False)),
        ({"player": "force", "crosses": ["hurt"], "score_at_most": 15}, (1, False)),
        ({"meets": ["calm"]}, (2, False)),
        ({"score_at_least": 60}, (3, True)),
        ({"score_at_least": 60, "outcome": "won"}, (2, False)),
    ],
)
def test_it_holds_in_the_runs_in_which_all_it_claims_is_so(expected: dict[str, Any], result: tuple[int, bool]) -> None:
    assert result == held(**expected)


def test_each_run_is_made_once_however_many_expectations_need_it() -> None:
    expect = [
        {"id": "a", "player": "doctrine", "beats": "force", "seeds": 2},
        {"id": "b", "player": "doctrine", "outcome": "won", "seeds": 3},
    ]
    playbook = small_playbook(expect=expect, **ENDS)
    made = [(job.player, job.seed) for job in runs_for(playbook)]
    assert {("doctrine", 1), ("doctrine", 2), ("doctrine", 3), ("force", 1), ("force", 2)} == set(made)
    assert len(set(made)) == len(made)
    assert 2 == len(runs_for(playbook, most_seeds=1))


@pytest.mark.parametrize(
    "data", [{}, {"beats": "doctrine"}, {"outcome": "won", "by": 3}, {"outcome": "drawn"}, {"score_at_least": 101}]
)
def test_an_expectation_that_says_nothing_or_the_impossible_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        Expectation.model_validate({"id": "it", "player": "doctrine", **data})
    cause = caught.value.errors()[0].get("ctx", {}).get("error")
    assert cause is None or isinstance(cause.args[0], Phrase)
