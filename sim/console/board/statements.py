"""The statement board in the terminal: what can be stated, who has been told what, and the statements to start from."""

from typing import ClassVar

from sim.console.board.board import Board
from sim.console.lines import Lines, bar, blank, labelled, paragraph
from sim.console.post import Post
from sim.seat.composer import QUALITIES, Composed, composes, due, heard, line_of, stateable
from sim.seat.draft import Draft
from sim.seat.words import listed, running

BAR = 10


class StatementBoard(Board):
    """Parts are ticked in the form that each statement opens; there it is read and weighed before it goes."""

    name: ClassVar[str] = "statements"
    title: ClassVar[str] = "Statements"
    place: ClassVar[int] = 50

    def offered(self, post: Post) -> bool:
        """Where statements can be made at all."""
        return any(composes(option.response) for option in post.options())

    def waiting(self, post: Post) -> int:
        """The next word, once it is owed."""
        return int(0 <= due(post.seen) <= post.seen.tick)

    def acts(self, post: Post) -> list[tuple[str, Draft]]:
        """A statement of each kind, to be put together in its form."""
        return [
            (post.voice(option.response.title.text), Draft.of(option))
            for option in post.options()
            if composes(option.response) and option.open
        ]

    def lines(self, post: Post, width: int) -> Lines:
        """Facts, audiences, sources, and what was said before."""
        return [
            *self._facts(post, width),
            *self._heard(post, width),
            *self._believed(post, width),
            *self._before(post, width),
        ]

    def _facts(self, post: Post, width: int) -> Lines:
        say = post.voice
        lines = paragraph(say("What could be stated now"), width, "bold")
        for fact in stateable(post.seen):
            known = fact.standing == "known"
            text = say(fact.says) if known else say("{fact} (nobody has checked this)", fact=say(fact.says))
            lines.extend(paragraph(text, width, "" if known else "yellow", indent="  "))
        return [*lines, *blank(width, 1)]

    def _heard(self, post: Post, width: int) -> Lines:
        say = post.voice
        lines = paragraph(say("Who has been told what"), width, "bold")
        parameter = next(
            (p for o in post.options() for p in o.response.parameters if composes(o.response) and p.name == "audience"),
            None,
        )
        for each in heard(post.seen):
            who = post.words.value(parameter, each.audience) if parameter is not None else each.audience
            told = listed(say, (say(fact) for fact in each.told[:4])) or say("nothing yet")
            text = say("{who}, told {times} times: {told}", who=who, times=each.statements, told=told)
            lines.extend(paragraph(text, width, "" if each.statements else "dim", indent="  "))
        return [*lines, *blank(width, 1)]

    def _believed(self, post: Post, width: int) -> Lines:
        say = post.voice
        lines = paragraph(say("How far each is believed"), width, "bold")
        parameter = next(
            (p for o in post.options() for p in o.response.parameters if composes(o.response) and p.name == "source"),
            None,
        )
        names = parameter.choices if parameter is not None else ()
        parts = [
            f"{post.words.value(parameter, name)} {post.seen.press.credibility.get(name, 0.5):.0%}"
            for name in names
            if parameter is not None
        ]
        lines.extend(paragraph(listed(say, parts), width, indent="  "))
        owed = due(post.seen)
        if owed >= 0:
            text = say("The next word is promised for {time}.", time=post.words.clock(owed))
            lines.extend(paragraph(text, width, "bold red" if owed <= post.seen.tick else "", indent="  "))
        return [*lines, *blank(width, 1)]

    def _before(self, post: Post, width: int) -> Lines:
        say = post.voice
        lines = paragraph(say("Said before"), width, "bold")
        statements = list(reversed(post.seen.press.statements))
        if not statements:
            lines.extend(paragraph(say("Nothing yet."), width, "dim", indent="  "))
        for statement in statements:
            lines.extend(paragraph(line_of(statement, post.words), width, indent="  "))
        return lines


def composer_lines(post: Post, found: Composed, width: int) -> Lines:
    """A statement as it will be heard, and how good it would be, part by part."""
    say = post.voice
    lines = paragraph(say("As it will be heard"), width, "bold")
    lines.extend(paragraph(running(say, (say(sentence) for sentence in found.text)), width, "cyan", indent="  "))
    for warning in found.good.warnings:
        lines.extend(paragraph(say(warning), width, "red", indent="  "))
    head = say(
        "How good it is: {share:.0%}; how much of it can work: {strength:.0%}",
        share=found.good.quality,
        strength=found.good.strength,
    )
    lines.extend(paragraph(head, width, "bold"))
    for part in found.good.parts:
        text = say(QUALITIES[part.name])
        if part.advice is not None:
            text = say("{part}: {advice}", part=text, advice=say(part.advice))
        shown = "#" * round(part.share * BAR) + "." * (BAR - round(part.share * BAR))
        lines.extend(labelled("  " + (shown if post.plain else bar(part.share, BAR)), text, width))
    return lines
