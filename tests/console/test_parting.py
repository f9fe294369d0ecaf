"""Where two futures part, as lines in the terminal."""

import io
from dataclasses import replace

from rich.console import Console

from sim.console.parting import parting_lines
from sim.core.speech import Speech
from sim.review import Effort, Review
from sim.review.futures import Futures
from sim.seat.words import Words
from tests.review.test_futures import carried_on_twice


def test_the_terminal_says_where_two_futures_part_and_what_people_there_saw() -> None:
    run, held, pair = carried_on_twice()
    review = Review((held,), 1, Effort(), 4, 1.0, None, complete=True)
    words = Words(run.playbook, Speech())
    said = printed(review, {1: pair}, words)
    assert "They part most here: " in said
    assert 2 == said.count("People there saw, ")
    assert "nobody is there" not in said
    assert "nobody is there" in printed(review, {1: replace(pair, saw=(pair.saw[0], None))}, words)
    apart = {1: replace(pair, place="", saw=(None, None))}
    assert "At no place do they part by 5 people or more." in printed(review, apart, words)
    assert "no decision stands out yet" in " ".join(printed(review, {}, words).split())


def printed(review: Review, futures: dict[int, Futures], words: Words) -> str:
    console = Console(file=io.StringIO(), width=80)
    console.print(parting_lines(review, futures, words))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()
