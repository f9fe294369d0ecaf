import math
from typing import Any

import pytest

from sim.drill.card import card_of
from sim.drill.cost import Cost
from sim.drill.session import SERIAL
from sim.exercise.replay import replay
from sim.world.journal import Entry
from sim.world.order import HOLD, Order
from tests.drill.table import drill, session
from tests.small import small_playbook


def events(run: Any) -> list[tuple[float, str, str]]:
    return [
        (e.tick / 10.0, str(e.data["event"]), str(e.data.get("window", "")))
        for e in run.exercise.journal
        if e.kind == "drill"
    ]


def test_a_window_opens_with_its_inject_and_runs_out_into_its_default() -> None:
    run = session()
    run.run_until(1200)
    assert [(0.0, "begin", ""), (31.0, "open", "speak"), (90.0, "open", "vote"), (91.0, "expired", "speak")] == events(
        run
    )
    orders = [e for e in run.exercise.journal if e.kind == "order"]
    given = [(e.tick, e.data["given"]["response"], e.data["given"]["seat"]) for e in orders]  # type: ignore[index]
    assert [(910, "record_and_identify", "default")] == given


def test_an_order_that_fits_answers_the_window_and_its_latency_is_measured_from_the_opening() -> None:
    run = session()
    run.run_until(400)
    assert run.order(Order(response="first_contact")).accepted
    assert "answered" == run.decisions[0].status
    assert 9.0 == run.decisions[0].latency_s


def test_waiting_on_purpose_answers_a_window_and_another_order_does_not() -> None:
    run = session()
    run.run_until(400)
    run.order(Order(response="record_and_identify"))
    assert "open" == run.decisions[0].status
    run.order(Order(response=HOLD))
    assert "answered" == run.decisions[0].status


def test_the_countdown_stands_among_the_messages_of_the_seat() -> None:
    run = session()
    run.run_until(400)
    shown = [m for m in run.observe().messages if m.serial >= SERIAL]
    assert [("speak", True, 910)] == [(m.sender, m.needs_answer, m.answer_by_tick) for m in shown]


def test_a_drill_is_over_when_its_time_is_up() -> None:
    run = session()
    run.run_until(10_000)
    assert 1800 == run.tick_now
    assert run.outcome is not None
    assert "stopped" == run.outcome.reason


def test_what_a_drill_keeps_quiet_happens_but_is_not_heard() -> None:
    heard, quiet = session(), session(quiet=["a_call"])
    for run in (heard, quiet):
        run.run_until(700)
    assert "a_call" in {m.sender for m in heard.observe().messages}
    assert "a_call" not in {m.sender for m in quiet.observe().messages}
    assert heard.exercise.digest() == quiet.exercise.digest()
    faults = drill(quiet=["nothing"]).faults(small_playbook().scenario, {})
    assert "unknown-inject" in [fault.code for fault in faults]


def test_how_time_is_cut_makes_no_difference() -> None:
    journals = []
    for step in (1, 7, 1000):
        run = session()
        while run.outcome is None:
            run.run_until(run.tick_now + step)
        journals.append(list(run.exercise.journal))
    assert journals[0] == journals[1] == journals[2]


def test_the_journal_of_a_drill_replays_like_any_other() -> None:
    run = session()
    run.run_until(700)
    run.order(Order(response="first_contact", seat="liaison"))
    run.run_until(10_000)
    again = replay(run.playbook, 1, run.exercise.journal)
    assert run.exercise.digest() == again.digest()


def test_the_card_says_what_when_and_how_late() -> None:
    run = session()
    run.run_until(520)
    run.order(Order(response="first_contact", seat="liaison"))
    run.run_until(10_000)
    cost = Cost(3.5, 1.0, "hold")
    card = card_of(run.drill, list(run.exercise.journal), {520: cost})
    first, second = card.lines
    assert ("answered", "first_contact", "liaison", 21.0, 6.0, cost) == (
        first.status,
        first.response,
        first.seat,
        first.after_s,
        first.late_s,
        first.cost,
    )
    assert ("expired", "hold", None) == (second.status, second.response, second.late_s)
    assert (2, 1, 0) == (card.came, card.answered, card.in_time)


@pytest.mark.parametrize(
    ("points", "margin", "stands"),
    [
        (3.5, 1.0, "costs"),
        (-0.1, 0.4, "nothing"),
        (0.0, 0.0, "nothing"),
        (0.6, 2.0, "nothing"),
        (5.0, 6.0, "unsure"),
        (0.2, math.inf, "unsure"),
    ],
)
def test_a_cost_below_the_noise_is_called_nothing(points: float, margin: float, stands: str) -> None:
    assert stands == Cost(points, margin, "").as_dict()["stands"]


def test_what_was_costly_only_with_later_orders_is_not_held_against_the_decision() -> None:
    told = Cost(28.2, 21.6, "verify_signal", played_on=-0.4).as_dict()
    assert ("later", 0.0) == (told["stands"], told["played_on"])


def test_a_drill_names_every_fault_it_has() -> None:
    book = small_playbook()
    wrong = drill(
        from_min=9,
        decides={"dispersal": "gold"},
        alone={"liaison": ["dispersal"]},
        windows=[
            {
                "id": "w",
                "opens": {"inject": "nowhere"},
                "question": "?",
                "countdown_s": 10,
                "expert_s": 20,
                "default": {"response": "nothing"},
            },
            {"id": "w", "opens": {}, "question": "?", "countdown_s": 10, "expert_s": 5},
        ],
    )
    found = [problem.code for problem in wrong.faults(book.scenario, book.responses)]
    assert [
        "outside-time", "unknown-seat", "unknown-kind", "unknown-inject", "backwards", "unknown-response",
        "repeated-id", "one-of",
    ] == found  # fmt: skip


@pytest.mark.parametrize(("true", "untrue"), [(False, True), (True, False)])
def test_a_card_says_of_a_statement_that_it_was_untrue_however_soon_it_came(true: bool, untrue: bool) -> None:
    run = session()
    run.run_until(400)
    run.order(Order(response="first_contact", seat="liaison"))
    said = {"what": "statement", "response": "first_contact", "stand": "refute", "true": true}
    entries = [*run.journal, Entry(900, "consequence", said)]
    assert [untrue] == [line.untrue for line in card_of(run.drill, entries).lines if line.status == "answered"]
