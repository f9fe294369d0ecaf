"""What the days after are scored on: duties, words kept, the risk that is left, and what no result excuses."""

import pytest

from sim.measures import Facts, Record
from tests.measures.journals import Run, gate, measure


def home() -> Run:
    """People went home at minute 60 of a run with a crowd."""
    return Run().crowd(0, 60).add(60, "scene", reason="resolved")


def share(name: str, run: Run) -> float:
    found = measure(name).assess(run.record())
    assert found.share is not None, found.why
    return found.share


def test_what_is_done_in_time_is_worth_more_than_late_and_late_more_than_never() -> None:
    done = home().what(70, "task_done", duty="tracker", number=1, response="list", late=False)
    late = home().what(70, "task_missed", duty="tracker", number=1)
    late.what(90, "task_done", duty="tracker", number=1, response="list", late=True)
    never = home().what(70, "task_missed", duty="tracker", number=1)
    assert 1.0 == share("duties", done) > share("duties", late) > share("duties", never) == 0.0


def test_a_task_that_is_not_due_yet_is_held_against_nobody() -> None:
    run = home().what(61, "task", duty="lessons", number=2, about="register")
    assert measure("duties").assess(run.record()).share is None


def test_what_is_owed_to_people_weighs_more_than_paper() -> None:
    def missing(duty: str, other: str) -> float:
        run = home().what(70, "task_missed", duty=duty, number=1)
        return share("duties", run.what(71, "task_done", duty=other, number=2, response="x", late=False))

    assert missing("relatives", "lessons") < missing("lessons", "relatives")


def test_a_demand_counts_once_by_the_last_promise_given_on_it() -> None:
    run = home().what(90, "promise_kept", word="demand", demand="fee", number=2, learned=9)
    assert 1.0 == share("words_kept", run)
    run.what(91, "promise_broken", word="demand", demand="fee", number=1, learned=9)
    assert 1.0 == share("words_kept", run)
    run.what(92, "promise_broken", word="demand", demand="fee", number=3, learned=9)
    assert 0.0 == share("words_kept", run)
    run.what(92, "promise_kept", word="demand", demand="cars", number=3, learned=9)
    assert 0.5 == share("words_kept", run)


def test_the_smaller_the_risk_that_is_left_the_better() -> None:
    shares = [share("unsolved", home().what(90, "recurrence", risk=r, again=True)) for r in (0.1, 0.3, 0.5, 0.7)]
    assert sorted(shares, reverse=True) == shares
    assert (1.0, 0.0) == (shares[0], shares[-1])


def test_whether_it_happened_again_is_luck_and_no_merit() -> None:
    one, other = (share("unsolved", home().what(90, "recurrence", risk=0.4, again=a)) for a in (True, False))
    assert one == other


@pytest.mark.parametrize(
    ("name", "what"), [("reprisal", "reprisal"), ("threats_after", "intimidation"), ("threats_after", "collusion")]
)
def test_a_breach_trips_its_gate(name: str, what: str) -> None:
    assert () == gate(name).tripped(home().record())
    assert 1 == len(gate(name).tripped(home().what(90, what, response="x").record()))


@pytest.mark.parametrize(
    ("reason", "played", "has", "trips"),
    [
        ("stopped", False, True, 1),
        ("stopped", False, False, 0),
        ("resolved", True, True, 0),
        ("resolved", False, False, 0),
    ],
)
def test_breaking_off_costs_only_where_there_are_days_after(reason: str, played: bool, has: bool, trips: int) -> None:
    run = home().add(100, "outcome", reason=reason, ended_by="clock", **({"aftermath": True} if played else {}))
    record = Record.of(run.stored(), Facts(has_aftermath=has))
    assert trips == len(gate("left_early").tripped(record))


@pytest.mark.parametrize("ended", [100, 70])
def test_a_drill_never_comes_to_the_days_after_whether_it_is_ended_early_or_by_its_time_box(ended: int) -> None:
    run = home().add(10, "drill", event="begin", drill="x", until=60_000)
    run.add(ended, "outcome", reason="stopped", ended_by="clock")
    assert () == gate("left_early").tripped(Record.of(run.stored(), Facts(has_aftermath=True)))


def test_measures_of_the_scene_end_with_it() -> None:
    run = home().what(5000, "statement", response="late", about="facts", rumour="", true=True, evidence=False)
    assert 60.0 == run.record().end_min
