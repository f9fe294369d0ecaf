"""The promise ledger in the terminal: what was promised, by whom, by when, to whom, and what became of it."""

from typing import ClassVar

from rich.text import Text

from sim.console.board.board import Board
from sim.console.lines import Lines, fit, paragraph
from sim.console.post import Post
from sim.seat.draft import Draft
from sim.seat.table import due_soon, promise_heard, promise_owner, promise_state, promise_text
from sim.seat.words import listed

STYLES = {"good": "green", "bad": "bold red", "warn": "yellow", "muted": "dim"}


class LedgerBoard(Board):
    """One promise after the other, the open ones first."""

    name: ClassVar[str] = "ledger"
    title: ClassVar[str] = "Promises"
    place: ClassVar[int] = 45

    def offered(self, post: Post) -> bool:
        """True where something can be promised, was, or where people remember broken promises."""
        table = post.seen.table
        return table.distrust > 0.0 or bool(table.ledger) or any(o.response.id == "give_word" for o in post.options())

    def waiting(self, post: Post) -> int:
        """Promises that fall due soon."""
        return due_soon(post.seen)

    def lines(self, post: Post, width: int) -> Lines:
        """Every promise."""
        say, words, seen = post.voice, post.words, post.seen
        found: Lines = []
        if seen.table.distrust > 0.0:
            text = say("People here remember broken promises: {share:.0%} of those made.", share=seen.table.distrust)
            found += paragraph(text, width, "yellow")
        if not seen.table.ledger:
            return [*found, *paragraph(say("Nothing has been promised yet."), width, "dim")]
        for line in sorted(seen.table.ledger, key=lambda p: (p.kept is not None, p.due_min, p.number)):
            state, tone = promise_state(words, line, seen.minute)
            found.append(fit(Text(promise_text(words, line), "bold", end=""), width))
            about = listed(say, [promise_owner(words, line), promise_heard(words, line)])
            found += paragraph(state, width, STYLES[tone], indent="  ")
            found += paragraph(about, width, "dim", indent="  ")
        return found

    def acts(self, post: Post) -> list[tuple[str, Draft]]:
        """Give our word."""
        return [
            (post.words.response(o.response.id), Draft.of(o)) for o in post.options() if o.response.id == "give_word"
        ]
