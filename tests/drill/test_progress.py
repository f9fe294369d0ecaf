"""A squad's progress: what is read from the file of results, and when a trend is named."""

from typing import Any

import pytest

from sim.drill.card import Card, Line
from sim.drill.cost import Cost
from sim.drill.progress import played, pooled, priced, trend, trends
from tests.drill.table import drill


def _line(late: float | None = 20.0, **changes: Any) -> dict[str, Any]:
    status = "expired" if late is None else "answered"
    decision = {"status": status, "late_s": late, "countdown_s": 90, "expert_s": 40}
    about = {"when": "2026-03-01 10:00", "squad": "blue", "drill": "short", "score": 80.0, "link": "l1"}
    return {**about, "came": 1, "answered": 1, "in_time": 0, "lines": [decision], **changes}


def test_lateness_is_the_mean_over_what_was_answered_or_ran_out() -> None:
    both = _line(lines=[*_line(20.0)["lines"], *_line(None)["lines"]])
    assert [35.0] == [each.late_s for each in played([both])]


def test_what_a_review_found_later_is_taken_into_its_result_the_last_word_counting() -> None:
    lines = [_line(), _line(link="l2"), {"of": "l1", "cost": 9.0, "untold": 1}, {"of": "l1", "cost": 4.0, "untold": 0}]
    assert [(4.0, 0), (None, 1)] == [(each.cost, each.untold) for each in played(lines)]


def test_a_result_of_before_there_were_links_is_read_as_it_is() -> None:
    old = {key: value for key, value in _line().items() if key != "link"}
    assert [("blue", 20.0, None)] == [(each.squad, each.late_s, each.cost) for each in played([old, {"odd": 1}])]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ((40.0, 30.0, 20.0), "none"),
        ((40.0, 30.0, 20.0, 10.0), "better"),
        ((10.0, 20.0, 30.0, 40.0), "worse"),
        ((40.0, 10.0, 35.0, 12.0, 30.0), "none"),
        ((5.0, 5.0, 5.0, 5.0, 5.0), "none"),
    ],
)
def test_a_trend_is_named_from_four_drills_on_where_it_is_hardly_chance(values: tuple[float, ...], says: str) -> None:
    assert says == trend(values, more_is_better=False).says


def test_a_trend_is_told_of_each_drill_by_itself_and_a_higher_score_is_better() -> None:
    lines = [_line(40.0 - 5.0 * k, score=60.0 + k, link=f"l{k}") for k in range(5)]
    found = trends(played([*lines, _line(90.0, drill="other")]))
    assert ("better", -5.0) == (found["blue", "short"]["late_s"].says, found["blue", "short"]["late_s"].slope)
    assert "better" == found["blue", "short"]["score"].says
    assert (90.0,) == found["blue", "other"]["late_s"].values


def test_a_price_counts_what_surely_cost_something_and_says_how_much_cannot_be_told() -> None:
    question = drill().windows[0].question.text
    lines = tuple(
        Line(f"w{k}", question, "answered", 10, "hold", None, "commander", 5.0, 10, 60, cost=cost)
        for k, cost in enumerate((Cost(6.0, 2.0, ""), Cost(0.2, 0.3, ""), Cost(3.0, 9.0, ""), None))
    )
    assert {"cost": 6.0, "untold": 2, "picks": 0.1} == priced(Card("short", lines), {"heron-1": (0.1, 2)})


def test_scores_of_several_are_pooled_by_how_much_each_said() -> None:
    assert pooled({"heron-1": (0.1, 3), "swift-1": (0.5, 1)}) == pytest.approx(0.2)
    assert pooled({}) is None
