"""Where two futures part, as lines in the terminal."""

import io
from dataclasses import replace

from rich.console import Console

from sim.console.parting import parting_lines
from sim.core.speech import Speech
from sim.review import Effort, Review
from sim.review.futures import Wanted, look_back
from sim.seat.words import Words
from sim.world.order import Order
from tests.review.test_futures import moment
from tests.small import small_exercise


def test_the_terminal_says_where_two_futures_part_and_what_people_there_saw() -> None:
    run = small_exercise(3)
    run.run_until(300)
    order = Order(response="containment", target="square", reason="hold them", go_ahead=True)
    assert run.order(order).accepted
    run.run_until(3600)
    run.stop()
    known = moment(order, 300)
    _, futures = look_back(run.playbook, run.seed, list(run.journal), moments={1: known}, wishes=[Wanted(1, 1, 5)])
    review = Review((known,), 1, Effort(), 4, 1.0, None, complete=True)
    words = Words(run.playbook, Speech())
    said = printed(review, futures, words)
    assert "They part most here: " in said
    assert 2 == said.count("People there saw, ")
    apart = {1: replace(futures[1], place="")}
    assert "At no place do they part by 5 people or more." in printed(review, apart, words)
    assert "no decision stands out yet" in " ".join(printed(review, {}, words).split())


def printed(review: Review, futures: dict[int, object], words: Words) -> str:
    console = Console(file=io.StringIO(), width=80)
    console.print(parting_lines(review, futures, words))  # type: ignore[arg-type]
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()
