"""The law card in the terminal: why an order is refused, what would put it right, and where law and floor part."""

from typing import ClassVar

from sim.console.board.board import Board
from sim.console.lines import Lines, blank, paragraph
from sim.console.post import Post
from sim.seat.draft import Draft
from sim.seat.law import mark, missing, packs
from sim.seat.sourced import sourced
from sim.seat.voice import Say
from sim.world.order import Ruling


class LawBoard(Board):
    """About the last order that was refused or marked; else about the law as such."""

    name: ClassVar[str] = "law"
    title: ClassVar[str] = "Law"
    place: ClassVar[int] = 70

    def lines(self, post: Post, width: int) -> Lines:
        """The card, and what applies here."""
        say, lines = post.voice, []
        if post.last_refused is not None:
            order, ruling = post.last_refused
            lines += paragraph(post.words.response(order.response), width, "bold")
            lines += [*card(say, ruling, width), *blank(width, 1)]
        note = mark(post.words.playbook)
        if note is not None:
            lines += paragraph(say(note), width, "bold yellow")
        for title, text in packs(post.words.playbook):
            lines += [*paragraph(say(title), width, "bold"), *paragraph(say(text), width, "dim", indent="  ")]
        return lines

    def acts(self, post: Post) -> list[tuple[str, Draft]]:
        """What would put it right and can be ordered now."""
        if post.last_refused is None:
            return []
        steps = dict.fromkeys(name for each in missing(post.last_refused[1]) for name in each.steps)
        options = {o.response.id: o for o in post.options() if o.open}
        return [(post.words.response(name), Draft.of(options[name])) for name in steps if name in options][:9]


def card(say: Say, ruling: Ruling, width: int) -> Lines:
    """Everything that is missing, with its sources and what puts it right, and every gap."""
    lines: Lines = []
    for each in missing(ruling):
        lines += paragraph(say("law: {why}", why=say(each.why)), width, "red")
        lines += paragraph(say("forbidden {whose}", whose=say(each.whose)), width, "dim", indent="    ")
        for rule in each.rules:
            lines += paragraph(sourced(say, rule), width, "dim", indent="    ")
        if each.remedy is not None:
            lines += paragraph(say(each.remedy), width, "green", indent="    ")
    for gap in ruling.gaps:
        lines += paragraph(say("Where the law here and the floor part"), width, "bold yellow")
        lines += paragraph(say(gap.parts), width, indent="    ")
        lines += paragraph(sourced(say, gap), width, "dim", indent="    ")
    return lines
