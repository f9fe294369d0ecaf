"""The short incidents tell good work from talk alone, from none and from force, by the automatic players (seed 1)."""

import pytest

from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.review.balance import winning_lines
from sim.review.rehearsal import Rehearsal, rehearse
from sim.scoring import facts_of, score
from sim.storage.library import load_playbook, scenario_folder
from sim.storage.orders import read_orders

LOST = {
    "bridge_sit_in": {"passive": "ambulance_held", "force": "pushed_on_the_deck"},
    "factory_wages": {"passive": "grave_harm", "force": "row_broken"},
    "fans_derby": {"passive": "badly_hurt", "force": "line_against_all"},
    "hospital_vigil": {"passive": "body_taken", "force": "force_on_mourners"},
}
"""For each a red line that doing nothing crosses, and one that force does."""
LEAN = scenario_folder() / "lines"
"""For each the author's line: few orders, each in time."""


def played(name: str, player: str) -> Exercise:
    """A whole run by an automatic player."""
    run = Exercise(load_playbook(name), 1, sealed=False)
    play(run, PLAYERS[player]())
    return run


def total(run: Exercise) -> float:
    """What it is scored."""
    return float(score(run.journal, run.playbook.rubric, facts_of(run.playbook)).as_dict()["total"])  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(LOST))
def test_doctrine_meets_every_aim_and_beats_talk_alone_which_beats_force_and_doing_nothing(name: str) -> None:
    runs = {player: played(name, player) for player in ("doctrine", "facilitate", "passive", "force")}
    ends = {player: run.outcome for player, run in runs.items() if run.outcome is not None}
    aims = {aim.id for aim in runs["doctrine"].playbook.scenario.aims}
    assert aims == set(ends["doctrine"].won)
    assert not ends["doctrine"].lost
    for player, red_line in LOST[name].items():
        assert red_line in ends[player].lost
    points = {player: total(run) for player, run in runs.items()}
    assert points["doctrine"] > points["facilitate"] + 10.0
    assert points["facilitate"] > max(points["passive"], points["force"]) + 5.0


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(LOST))
def test_fewer_orders_in_time_win_as_well_and_are_another_way_to_win(name: str) -> None:
    playbook = load_playbook(name)
    lean = tuple((each.tick, each.order) for each in read_orders(LEAN / f"{name}.yaml", playbook))
    many = rehearse(Rehearsal(playbook, "doctrine", 1))
    few = rehearse(Rehearsal(playbook, "lean", 1, orders=lean))
    assert few.is_win, [aim.id for aim in playbook.scenario.aims if aim.id not in few.won]
    assert 0 == few.refused
    assert 3 * len(few.orders) < 2 * len(many.orders)
    assert {"doctrine", "lean"} == {line.player for line in winning_lines([many, few])}
