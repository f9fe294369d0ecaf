"""A campaign file remembers a community, and a follow-on exercise opens from it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.core.errors import BadInput
from sim.exercise.exercise import Exercise
from sim.exercise.remember import community_of
from sim.storage.campaign import Campaign, memory_left, read_campaign, write_campaign
from sim.storage.journal_file import Header
from tests.exercise.test_aftermath import at_home, give, promise

HEADER = Header(scenario="small", playbook="small", seed=1, player="trainee")


def finished(*, kept: bool) -> Exercise:
    run = at_home(1, lambda run: promise(run, "fee", within=kept))
    if kept:
        give(run, "follow_up_promise", 40, demand="fee")
    run.run_until(10**9)
    return run


def test_no_file_yet_is_an_empty_campaign(tmp_path: Path) -> None:
    campaign = read_campaign(tmp_path / "none.json")
    assert campaign == Campaign()
    assert campaign.memory_for("small") is None


def test_a_finished_run_is_remembered_and_read_back(tmp_path: Path) -> None:
    run = finished(kept=True)
    path = tmp_path / "drivers.json"
    write_campaign(path, Campaign().after(HEADER, run.journal))
    campaign = read_campaign(path)
    assert "small" == campaign.memory.community
    assert (1, 1, 0) == (campaign.memory.incidents, campaign.memory.kept, campaign.memory.broken)
    assert memory_left(run.journal) == campaign.memory_for("small")
    assert ["small"] == [incident["scenario"] for incident in campaign.incidents]


def test_a_run_that_was_broken_off_changes_nothing() -> None:
    run = at_home()
    run.stop()
    assert Campaign() == Campaign().after(HEADER, run.journal)


def test_another_community_is_refused() -> None:
    campaign = Campaign().after(HEADER, finished(kept=True).journal)
    with pytest.raises(BadInput):
        campaign.memory_for("somebody_else")


def test_a_run_with_other_people_leaves_the_campaign_as_it_is() -> None:
    theirs = Campaign().after(HEADER, finished(kept=True).journal)
    campaign = replace(theirs, memory=replace(theirs.memory, community="somebody_else"))
    assert campaign == campaign.after(HEADER, finished(kept=False).journal)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 9}', '{"format": 1, "memory": {}, "incidents": []}'])
def test_a_damaged_file_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput):
        read_campaign(path)


def test_a_follow_on_exercise_opens_from_what_is_remembered() -> None:
    run = finished(kept=False)
    memory = memory_left(run.journal)
    assert memory is not None
    assert community_of(run.playbook) == memory.community
    follow_on = Exercise(run.playbook, 2, memory=memory)
    plain = Exercise(run.playbook, 2)
    assert memory == follow_on.memory
    assert np.mean(follow_on.world.crowd.people.hope) < np.mean(plain.world.crowd.people.hope)
    assert np.mean(follow_on.world.crowd.people.legitimacy) < np.mean(plain.world.crowd.people.legitimacy)


def test_a_broken_promise_is_carried_on_and_a_kept_one_helps() -> None:
    kept, broken = (memory_left(finished(kept=k).journal) for k in (True, False))
    assert kept is not None
    assert broken is not None
    assert (0, 1) == (kept.broken, broken.broken)
    assert kept.hope_shift > broken.hope_shift
    assert kept.grievance_shift < broken.grievance_shift
    assert kept.turnout_factor < broken.turnout_factor


def test_promises_of_earlier_incidents_are_counted_on() -> None:
    first = memory_left(finished(kept=False).journal)
    run = Exercise(at_home().playbook, 3, memory=first)
    run.run_until(10**9)
    second = memory_left(run.journal)
    assert second is not None
    assert (2, 1) == (second.incidents, second.broken)
