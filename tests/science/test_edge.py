"""Signs at police lines and sampled incidents: each switch does what it says, and figures are worked out plainly."""

from collections.abc import Mapping

import pytest

from sim.core.noise import Noise
from sim.science.experiment.confrontation import Confrontation
from sim.science.experiment.sampled_incident import SampledIncident
from sim.science.logistic import logistic, solved
from sim.science.row import ROWS
from sim.science.row.combined_signs import PATHS, cell, factorial, more_together
from sim.science.row.row import Case, Found
from sim.science.watch import Violence, Watch, clusters

SMALL = Confrontation(people=60, front_m=20.0, lines=1, officers=8, minutes=4.0, signs_at_min=1.0, police_at_min=0.5)
INCIDENT = SampledIncident(people=(40, 60), minutes=(4.0, 5.0), arrival_min=(0.5, 1.0))


def _act(second: int, person: int, x: float = 0.0) -> Violence:
    return Violence(second, person, x, 0.0)


def test_acts_near_in_space_and_time_are_one_attack() -> None:
    acts = [_act(0, 1), _act(10, 2, 2.0), _act(25, 3, 4.0), _act(25, 4, 40.0), _act(100, 1)]
    assert [[1, 2, 3]] == [[act.person for act in found] for found in clusters(acts, within_m=3, within_s=20, least=2)]
    assert 3 == len(clusters(acts, within_m=3, within_s=20, least=1))
    assert [] == clusters(acts, within_m=3, within_s=20, least=4)


def test_the_share_of_the_violent_counts_each_person_once_in_a_window() -> None:
    watch = Watch([_act(0, 1), _act(5, 1), _act(8, 2), _act(60, 3)], [10] * 61)
    assert pytest.approx(0.2) == watch.most_violent(30)
    assert pytest.approx(0.1) == watch.most_violent(1)


def test_equations_are_solved() -> None:
    assert pytest.approx([1.0, -2.0, 3.0]) == solved([[0, 2, 1], [1, 1, 0], [2, 0, 1]], [-1, -1, 5])


def test_a_logistic_fit_finds_log_odds() -> None:
    rows = [[0.0]] * 100 + [[1.0]] * 100
    outcomes = [1.0] * 20 + [0.0] * 80 + [1.0] * 80 + [0.0] * 20
    assert pytest.approx([-1.386, 2.773], abs=0.01) == logistic(rows, outcomes, ridge=1e-6)


def test_a_perfectly_separated_fit_stays_finite() -> None:
    intercept, slope = logistic([[0.0]] * 10 + [[1.0]] * 10, [0.0] * 10 + [1.0] * 10)
    assert intercept < 0.0 < slope < 20.0


def test_signs_that_only_add_up_have_nothing_more_together() -> None:
    def found(chance: float, together: float) -> Found:
        trials = {}
        for signs in factorial():
            share = min(1.0, chance * len(signs) + together * (len(signs) > 1))
            hits = round(10 * share)
            trials[cell(signs)] = [{"clash": float(k < hits)} for k in range(10)]
        return Found(trials)

    assert more_together(found(0.0, 0.9)) > 0.0
    assert more_together(found(0.2, 0.0)) < more_together(found(0.0, 0.9))


def test_the_same_noise_gives_the_same_confrontation() -> None:
    experiment = SMALL.model_copy(update={"incursion": True, "no_contact": True})
    assert experiment.trial(Noise(3)) == experiment.trial(Noise(3))


@pytest.mark.parametrize("sign", ["mismanagement", "incursion", "escalation", "damage", "no_contact"])
def test_each_sign_raises_the_tension(sign: str) -> None:
    def tension(experiment: Confrontation) -> float:
        value = experiment.trial(Noise(1))["tension"]
        assert isinstance(value, float)
        return value

    assert tension(SMALL.model_copy(update={sign: True})) > tension(SMALL)


def test_a_sampled_incident_stays_in_its_ranges_and_repeats() -> None:
    found = INCIDENT.trial(Noise(1))
    assert 40 <= found["people"] <= 60  # type: ignore[operator]
    assert found == INCIDENT.trial(Noise(1))


@pytest.mark.parametrize(
    "wrong", [{"people": (50, 40)}, {"people": (1, 40)}, {"density_per_m2": (0.0, 1.0)}, {"minutes": (0.0, 3.0)}]
)
def test_a_range_that_cannot_be_is_refused(wrong: dict[str, tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match=r"least|lowest"):
        SampledIncident(**wrong)  # type: ignore[arg-type]


def test_all_thirty_two_combinations_are_tried_and_both_paths_are_among_them() -> None:
    cases = ROWS["O17"].cases(fast=False)
    assert 32 == len(cases)
    assert {cell(path) for path in PATHS} <= set(cases)


@pytest.mark.slow
def test_the_fast_row_of_signs_holds_and_its_control_fails() -> None:
    row = ROWS["O17"]

    def found(cases: Mapping[str, Case]) -> Found:
        return Found({name: [case.experiment.trial(Noise(s)) for s in case.seeds] for name, case in cases.items()})

    held = found(row.cases(fast=True))
    assert all(check.holds for check in row.checks(held))
    assert all(check.holds for check in row.failures(held, found(row.control(fast=True))))
