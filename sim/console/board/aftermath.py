"""The aftermath in the terminal: what is owed and by when, promises, how people stand, and what can be done."""

from typing import ClassVar

from rich.text import Text

from sim.console.board.board import Board
from sim.console.lines import Lines, blank, fit, paragraph
from sim.console.post import Post
from sim.seat.days import answers, band, coded, due_of, due_of_promise, followed_up, open_tasks, tracker
from sim.seat.draft import Draft
from sim.world.aftermath import DAY

STYLES = {"good": "green", "warn": "yellow", "bad": "bold red", "plain": "dim"}
OTHER = ("CA5F", "CA8", "CA7C", "CA6")
"""What helps although nothing of it is owed."""


class AftermathBoard(Board):
    """There once the part on the scene is over."""

    name: ClassVar[str] = "aftermath"
    title: ClassVar[str] = "Days after"
    place: ClassVar[int] = 90

    def offered(self, post: Post) -> bool:
        """In the days after."""
        return post.seen.days is not None

    def waiting(self, post: Post) -> int:
        """What is owed and not done."""
        return len(open_tasks(post.seen.days)) if post.seen.days is not None else 0

    def lines(self, post: Post, width: int) -> Lines:
        """The day, what is owed, the promises, and how it stands."""
        days, say = post.seen.days, post.voice
        if days is None:
            return []
        whole = max(1, round((days.ends_tick - days.began_tick) / DAY))
        lines = [
            fit(Text(say("Day {day} of {days}", day=min(days.day + 1, whole), days=whole), "bold"), width),
            *paragraph(say("d: next day    n: until something is due"), width, "dim"),
            *blank(width, 1),
            fit(Text(say("What is owed"), "bold"), width),
        ]
        for task in sorted(days.tasks, key=lambda t: t.status.startswith("done")):
            due = due_of(task, post.seen.tick)
            title = say(task.title) + (" · " + say("people: {people}", people=task.people) if task.people else "")
            lines.append(fit(Text.assemble("  ", title, "  ", (say(due.says), STYLES[due.tone]), end=""), width))
        lines += [*blank(width, 1), fit(Text(say("Promises"), "bold"), width)]
        if not post.seen.promises:
            lines += paragraph(say("Nothing was promised."), width, "dim", indent="  ")
        for promise in post.seen.promises:
            due = due_of_promise(promise, post.seen.tick, post.words.scenario.start_min)
            title = post.words.demand(promise.demand) if promise.demand else say("our own word")
            more = [] if promise.within_authority else [say("beyond what its giver may decide")]
            more += [say("followed up")] if followed_up(post.seen, promise) else []
            rest = "".join(" · " + text for text in more)
            lines.append(fit(Text.assemble("  ", title, "  ", (say(due.says), STYLES[due.tone]), rest, end=""), width))
        signs = {"done": "+", "late": "!", "open": "?", "coming": "."}
        marks = [f"{say('{days} d', days=day)} {signs[state]}" for day, state in tracker(days)]
        if marks:
            lines += [*blank(width, 1), fit(Text(say("List of demands, in public"), "bold"), width)]
            lines += paragraph("    ".join(marks), width, indent="  ")
        lines += [*blank(width, 1), fit(Text(say("How it stands"), "bold"), width)]
        for text in (
            say("That they come again: {band}", band=say(band(days.risk))),
            say("The public thinks of how it was handled: {share:.0%} (survey, off by some points)", share=days.public),
            say("Hurt or taken ill on the day: {number}", number=days.injured),
            say("Still held: {number}", number=days.held),
        ):
            lines += paragraph(text, width, indent="  ")
        return lines

    def acts(self, post: Post) -> list[tuple[str, Draft]]:
        """An order for each thing that is owed and can be done now, then what else helps."""
        days, options = post.seen.days, post.options()
        if days is None:
            return []
        wanted = [found[0] for task in open_tasks(days) if (found := answers(task.duty, options))]
        wanted += [option for code in OTHER if (option := coded(code, options)) is not None]
        acts, known = [], set()
        for option in wanted:
            if option.open and option.response.id not in known:
                known.add(option.response.id)
                acts.append((post.words.response(option.response.id), Draft.of(option)))
        return acts
