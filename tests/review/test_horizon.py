"""The horizon of a review is what its measurement speaks for, and the measurement is the one that is printed."""

import re
from pathlib import Path

from sim.review import Effort
from sim.review.horizon import LONGEST_MIN, TAUS, WANTED, chosen
from sim.review.outlook import MEASURED

PAGE = Path(__file__).parents[2] / "docs" / "review.md"


def test_a_review_looks_as_far_ahead_as_the_measurement_speaks_for() -> None:
    assert chosen().minutes == Effort().horizon_min


def test_the_shortest_that_ranks_well_enough_everywhere_is_chosen() -> None:
    taus = {"one": {5.0: 0.95, 10.0: 0.92, 20.0: 1.0}, "other": {5.0: 0.7, 10.0: 0.9, 20.0: 0.95}}
    found = chosen(taus)
    assert (10.0, 0.9, True) == (found.minutes, found.worst, found.far_enough)


def test_where_none_is_far_enough_the_shortest_of_the_best_is_used_and_it_says_so() -> None:
    found = chosen(
        {"one": {5.0: 1.0, 10.0: 1.0, 20.0: 1.0, 90.0: 1.0}, "other": {5.0: 0.4, 10.0: 0.8, 20.0: 0.8, 90.0: 1.0}}
    )
    assert (10.0, 0.8, False) == (found.minutes, found.worst, found.far_enough)


def test_today_a_horizon_within_an_hour_is_far_enough_in_every_scenario_measured() -> None:
    assert chosen().far_enough
    assert {"taxi_ring_square", "health_valley_petition"} < set(TAUS)
    assert all(taus[chosen().minutes] >= WANTED for taus in TAUS.values())
    assert chosen().minutes <= LONGEST_MIN


def test_it_is_the_measurement_that_the_page_prints() -> None:
    text = PAGE.read_text(encoding="utf-8")
    head = re.search(r"\| scenario alone, tau by minutes ahead \| pairs \|([ \d|]+)\| far enough \|", text)
    assert head is not None
    minutes = [float(each) for each in head[1].split("|") if each.strip()]
    for name, taus in TAUS.items():
        row = re.search(rf"^\| {name} \| \d+ \|([ \d.|]+)\|", text, re.MULTILINE)
        assert row is not None
        cells = [float(each) for each in row[1].split("|") if each.strip()]
        assert taus == dict(zip(minutes, cells[: len(minutes)], strict=True))


def test_what_a_review_says_of_its_horizon_is_the_same_measurement() -> None:
    told = {(each.scenario, each.minutes): each.tau for each in MEASURED if each.scenario}
    assert all(TAUS[scenario][minutes] == tau for (scenario, minutes), tau in told.items())
