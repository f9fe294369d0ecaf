"""The log in the terminal: what came in and what was ordered, when and why, newest first."""

from typing import ClassVar

from rich.text import Text

from sim.console.board.board import Board
from sim.console.lines import Lines, blank, fit, paragraph
from sim.console.post import Post
from sim.seat.log import LogEntry, log_of
from sim.seat.words import CHANNELS


class LogBoard(Board):
    """Calls and orders in one line of time."""

    name: ClassVar[str] = "log"
    title: ClassVar[str] = "Log"
    place: ClassVar[int] = 80

    def lines(self, post: Post, width: int) -> Lines:
        """An entry after the other."""
        entries = log_of(post.seen)
        if not entries:
            return paragraph(post.voice("Nothing yet."), width, "dim")
        return [line for entry in entries for line in _entry(post, entry, width)]


def _entry(post: Post, entry: LogEntry, width: int) -> Lines:
    say, words = post.voice, post.words
    clock = f"{words.clock(entry.tick)} "
    if entry.message is not None:
        head = Text.assemble((clock, "dim"), (say(CHANNELS[entry.message.via]), "cyan"), end="")
        return [fit(head, width), *paragraph(say(entry.message.text), width, indent="  "), *blank(width, 1)]
    order = entry.order
    assert order is not None
    target = words.target(words.playbook.responses.get(order.response), order.target, post.seen)
    title = words.response(order.response) + (f" · {target}" if target else "")
    head = Text.assemble((clock, "dim"), (say("order"), "green"), end="")
    why = paragraph(order.reason, width, "dim", indent="  ") if order.reason else []
    return [fit(head, width), *paragraph(title, width, "bold", indent="  "), *why, *blank(width, 1)]
