"""What those who looked on had picked is read from the log of the room beside a squad's journal."""

from typing import Any

from rich.console import Console

from sim.command.onlookers import picked
from sim.console.foresight import foresight
from sim.drill.forecast import Pick
from sim.storage.language import speech
from sim.world.journal import Entry
from tests.drill.table import session

OPENED = [
    Entry(10, "drill", {"event": "begin", "drill": "short"}),
    Entry(310, "drill", {"event": "open", "window": "speak"}),
    Entry(900, "drill", {"event": "open", "window": "vote"}),
]


def _pick(tick: int, squad: str, who: str = "heron-1", question: int = 1, percent: int = 80) -> Entry:
    said: dict[str, Any] = {"input": "pick", "role": "observer", "who": who, "question": question, "choice": 1}
    return Entry(tick, "input", {**said, "squad": squad, "percent": percent, "id": f"{tick}-{who}"})


def test_the_last_word_of_everybody_counts_and_another_squads_does_not() -> None:
    room = [_pick(320, "A"), _pick(330, "A", percent=65), _pick(340, "B", "swift-1"), _pick(910, "A", question=2)]
    asked = picked(session().drill, OPENED, room, "A")
    assert [("speak", {"heron-1": Pick(1, 65)}), ("vote", {"heron-1": Pick(1, 80)})] == [
        (question.window, question.picked) for question in asked
    ]


def test_a_squad_that_was_branched_off_has_what_was_picked_before_and_not_what_came_after() -> None:
    branched = Entry(400, "squad", {"squad": "C", "parent": "A"})
    room = [_pick(320, "A"), branched, _pick(450, "A", percent=20), _pick(920, "C", "swift-1", question=2)]
    asked = picked(session().drill, OPENED, room, "C")
    assert [{"heron-1": Pick(1, 80)}, {"swift-1": Pick(1, 80)}] == [question.picked for question in asked]


def test_the_terminal_shows_each_pick_with_what_came_of_it_and_the_score() -> None:
    run = session()
    asked = picked(run.drill, OPENED, [_pick(320, "A"), _pick(320, "A", "swift-1", percent=50)], "A")
    console = Console(width=160)
    with console.capture() as caught:
        console.print(foresight(asked, {"speak": (True,)}, run.drill, run.playbook, speech("en")))
    assert "came out best" in caught.get()
    assert "heron-1 0.040 (1), swift-1 0.250 (1)" in " ".join(caught.get().split())
