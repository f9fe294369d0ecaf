"""Set-ups about minds: published models come out of the product's own kernels, and every switch does what it says."""

import math

import numpy as np
import pytest
from pydantic import ValidationError

from sim.core.errors import BadInput
from sim.core.noise import Noise
from sim.crowd.conduct import perceived_risk
from sim.crowd.parameters import Acting
from sim.science.experiment.civil_violence import CivilViolence
from sim.science.experiment.contact import Contact
from sim.science.experiment.contagion import Contagion
from sim.science.experiment.force import ForceOnASquare
from sim.science.experiment.hearsay import Hearsay, never_heard
from sim.science.experiment.pavement import Pavement
from sim.science.experiment.threshold_riot import ThresholdRiot
from sim.science.row import ROWS, Found
from sim.science.row.row import Case
from sim.science.statistics import mean

NOISE = Noise(seed=3)
SMALL = CivilViolence(width_cells=24, height_cells=20, vision_cells=4, police_vision_cells=4, steps=120)


def measured(cases: dict[str, Case]) -> Found:
    return Found({name: [case.experiment.trial(Noise(s)) for s in case.seeds] for name, case in cases.items()})


@pytest.mark.parametrize("name", ["O9", "O10", "O11", "O12", "O13"])
def test_published_models_come_out_and_their_controls_do_not(name: str) -> None:
    row = ROWS[name]
    found, control = measured(row.cases(fast=True)), measured(row.control(fast=True))
    assert [] == [check for check in row.checks(found) if not check.holds]
    assert [] == [check for check in row.failures(found, control) if not check.holds]
    assert row.curves(found)


@pytest.mark.parametrize("name", ["O8", "O14", "O15", "O16"])
def test_facts_about_the_products_own_crowd_hold_and_their_controls_do_not(name: str) -> None:
    row = ROWS[name]
    found, control = measured(row.cases(fast=True)), measured(row.control(fast=True))
    assert [] == [check for check in row.checks(found) if not check.holds]
    assert [] == [check for check in row.failures(found, control) if not check.holds]
    assert row.curves(found)


# ---------------------------------------------------------------------------------------------- civil violence


def test_a_rebellion_moved_on_bit_by_bit_is_the_same_as_at_once() -> None:
    whole = SMALL.opened(NOISE)
    parts = SMALL.opened(NOISE)
    active, jailed = whole.advance(60)
    some = [parts.advance(n) for n in (1, 19, 40)]
    np.testing.assert_array_equal(active, np.concatenate([a for a, _ in some]))
    np.testing.assert_array_equal(jailed, np.concatenate([j for _, j in some]))


@pytest.mark.parametrize("edges", ["joined", "closed"])
@pytest.mark.parametrize("jailed", ["away", "in_place"])
@pytest.mark.parametrize("view", ["circle", "diamond", "square"])
def test_the_counts_kept_of_who_is_in_view_are_those_a_look_around_gives(edges: str, jailed: str, view: str) -> None:
    rules = SMALL.model_copy(update={"edges": edges, "jailed": jailed, "view": view, "legitimacy": 0.5})
    run = rules.opened(NOISE)
    run.advance(37)
    grid = run.grid
    rows, columns = grid.rules.shape
    citizens = len(grid.active)
    for start in (0, 7 * columns + 11, rows * columns - 1):
        police = actives = 0
        for down, right in grid.rules.sight.tolist():
            r, c = start // columns + down, start % columns + right
            if edges == "closed" and not (0 <= r < rows and 0 <= c < columns):
                continue
            who = int(grid.cells[r % rows * columns + c % columns])
            police += who >= citizens
            actives += 0 <= who < citizens and bool(grid.active[who])
        assert (police, actives) == (grid.police_near[start], grid.actives_near[start])
    on_grid = np.flatnonzero(grid.cell >= 0)
    np.testing.assert_array_equal(on_grid, grid.cells[grid.cell[on_grid]])
    assert len(on_grid) == int((grid.cells >= 0).sum())


def test_without_risk_all_whose_grievance_is_above_the_threshold_rebel_at_once() -> None:
    free = SMALL.model_copy(update={"risk_k": 0.0, "police_share": 0.0, "legitimacy": 0.5, "steps": 3})
    run = free.opened(NOISE)
    active, _ = run.advance(3)
    assert int((0.5 * run.grid.hardship > 0.1).sum()) == active[-1]


def test_schedules_of_legitimacy_and_police_take_hold_at_their_step() -> None:
    calm = SMALL.model_copy(update={"legitimacy": 1.0, "legitimacy_from": ((30, 0.0),)})
    active, _ = calm.opened(NOISE).advance(31)
    assert 0 == active[:30].max()
    assert active[30] > 0
    leaving = SMALL.model_copy(update={"police_left": ((10, 0.5), (20, 0.0))})
    run = leaving.opened(NOISE)
    there = []
    for steps in (10, 1, 9, 1):
        run.advance(steps)
        there.append(int((run.grid.cell[leaving.citizens :] >= 0).sum()))
    assert [leaving.police, round(0.5 * leaving.police), round(0.5 * leaving.police), 0] == there


def test_the_jailed_for_life_never_come_back_and_the_others_do() -> None:
    hard = SMALL.model_copy(update={"jail_most_steps": None, "legitimacy": 0.5})
    _, jailed = hard.opened(NOISE).advance(120)
    assert (np.diff(jailed) >= 0).all()
    assert jailed[-1] > 0
    _, brief = SMALL.model_copy(update={"jail_most_steps": 3, "legitimacy": 0.5}).opened(NOISE).advance(120)
    assert (np.diff(brief) < 0).any()


def test_who_does_not_move_stays_where_they_are() -> None:
    run = SMALL.model_copy(update={"movement": False, "jailed": "in_place"}).opened(NOISE)
    before = run.grid.cell.copy()
    run.advance(20)
    np.testing.assert_array_equal(before, run.grid.cell)


@pytest.mark.parametrize(
    ("floored", "expected"), [(0.0, (0.5, 1.5, 2.5)), (1.0, (0.0, 1.0, 2.0)), (2.0, (0.0, 2.0, 2.0))]
)
def test_officers_per_active_are_rounded_as_asked(floored: float, expected: tuple[float, float, float]) -> None:
    p = Acting(risk_floored=floored, risk_cut=0.0).table
    for officers, ratio in zip((1.0, 3.0, 5.0), expected, strict=True):
        assert pytest.approx(1.0 - math.exp(-2.3 * ratio)) == perceived_risk(officers, 2.0, p)


def test_grids_that_cannot_be_are_refused() -> None:
    for wrong in (
        {"citizens_share": 0.9, "police_share": 0.2},
        {"width_cells": 10, "height_cells": 10},
        {"legitimacy_from": ((20, 0.5), (10, 0.4))},
        {"police_left": ((5, 1.5),)},
        {"numbers": {"acting.no_such": 1.0}},
    ):
        with pytest.raises((ValidationError, BadInput)):
            CivilViolence(**wrong)  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------- thresholds


def test_given_thresholds_are_climbed_as_far_as_they_reach() -> None:
    riot = ThresholdRiot(people=6, thresholds="given", given=(0.0, 1.0, 2.0, 4.0, 4.0, 5.0), side_m=6.0, seconds=12)
    assert 3.0 == riot.trial(NOISE)["joined"]
    assert 6.0 == riot.model_copy(update={"changed": {3: 3.0}}).trial(NOISE)["joined"]


def test_who_sees_only_the_next_few_joins_by_their_share() -> None:
    near = ThresholdRiot(people=100, side_m=60.0, sight_m=6.0, changed={1: 2.0}, seconds=60)
    assert near.trial(NOISE)["joined"] != ThresholdRiot(changed={1: 2.0}, seconds=60).trial(NOISE)["joined"]


# ---------------------------------------------------------------------------------------------- rumours


@pytest.mark.parametrize(("failures", "believed"), [(1, 1.0), (2, 1.0), (3, 1.0), (1, 0.5), (2, 0.4)])
def test_as_many_never_hear_as_the_theory_says(failures: int, believed: float) -> None:
    rumour = Hearsay(people=5000, schedule="tellings", failures=failures, believed=believed)
    shares = [share for s in range(12) if (share := float(rumour.trial(Noise(s))["ignorant"])) < 0.95]  # type: ignore[arg-type]
    assert never_heard(failures, believed) == pytest.approx(mean(shares), abs=0.012)


def test_the_products_seconds_and_single_tellings_agree() -> None:
    for stops in ("teller", "both"):
        by_second = Hearsay(people=3000, stops=stops, tellings_per_s=0.1)
        shares = [float(by_second.trial(Noise(s))["ignorant"]) for s in range(8)]  # type: ignore[arg-type]
        assert never_heard() == pytest.approx(mean(shares), abs=0.02)


def test_talk_that_reaches_only_neighbours_is_slower_and_needs_places() -> None:
    everybody = Hearsay(people=900, tellings_per_s=0.1)
    neighbours = everybody.model_copy(update={"reach_m": 3.0})
    assert neighbours.trial(NOISE)["lasted"] > everybody.trial(NOISE)["lasted"]  # type: ignore[operator]
    with pytest.raises(ValidationError):
        Hearsay(schedule="pairs", reach_m=3.0)


# ---------------------------------------------------------------------------------------------- feelings and force


def test_groups_far_apart_keep_their_feelings_and_groups_side_by_side_do_not() -> None:
    ranges = {"anger": ((0.1, 0.2), (0.8, 0.9)), "fear": ((0.1, 0.2), (0.8, 0.9))}
    far = Contagion(people=40, seconds=600, gap_m=30.0, **ranges).trial(NOISE)  # type: ignore[arg-type]
    assert far["outside"] == pytest.approx(0.0, abs=1e-12)
    assert max(far["anger_most"]) < 0.2  # type: ignore[arg-type]
    near = Contagion(people=40, seconds=600, gap_m=0.0, **ranges).trial(NOISE)  # type: ignore[arg-type]
    assert max(near["anger_most"]) > 0.3  # type: ignore[arg-type]


def test_amplification_takes_feelings_beyond_what_there_was() -> None:
    assert Contagion(people=40, seconds=300, amplification=0.5).trial(NOISE)["outside"] > 0.1  # type: ignore[operator]


def test_contacts_come_as_often_as_asked_and_gain_while_an_unjust_act_costs() -> None:
    trial = Contact(people=60, side_m=12.0, contacts=4, minutes=2.0).trial(NOISE)
    assert 4.0 == trial["contacts"]
    assert trial["gain"] > 0.0  # type: ignore[operator]
    assert trial["loss_over_gain"] > 1.0  # type: ignore[operator]


def test_police_who_never_answer_leave_all_three_runs_the_same() -> None:
    trial = ForceOnASquare(people=60, side_m=12.0, minutes=1.0, most=0, anger=0.6).trial(NOISE)
    for name in ("acts", "legitimacy", "identity", "interventions"):
        assert trial[f"none.{name}"] == trial[f"targeted.{name}"] == trial[f"area.{name}"]


def test_passers_by_get_past_and_look_at_nobody_where_nobody_stands() -> None:
    empty = Pavement(lookers=0, passers=20, every_s=2.0).trial(NOISE)
    assert (0.0, 0.0, 1.0) == (empty["looked"], empty["stopped"], empty["passed"])
    some = Pavement(lookers=9, passers=40, every_s=2.0, back_share=0.5).trial(NOISE)
    assert some["looked"] > 0.4  # type: ignore[operator]
    assert some["stopped"] <= some["looked"]  # type: ignore[operator]
    with pytest.raises(ValidationError):
        Pavement(lookers=100, width_m=3.0)
