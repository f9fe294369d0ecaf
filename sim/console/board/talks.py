"""The negotiation table in the terminal: groups and their steps, who speaks for them, what is on offer."""

from typing import ClassVar

from rich.text import Text

from sim.console.board.board import Board
from sim.console.lines import Lines, bar, blank, fit, labelled, paragraph
from sim.console.post import Post
from sim.seat.draft import Draft, joined
from sim.seat.table import STANDING, about_group, about_term, answers_to, next_skill, nobody_heard, report_due, whose


class TalksBoard(Board):
    """Listening, people who speak for others, demands and terms."""

    name: ClassVar[str] = "talks"
    title: ClassVar[str] = "Negotiation table"
    place: ClassVar[int] = 40

    def offered(self, post: Post) -> bool:
        """True where this exercise is one in which people can be listened to."""
        return any(o.response.id == "listening_round" for o in post.options())

    def waiting(self, post: Post) -> int:
        """Whether people wait to hear from those they sent."""
        return int(post.seen.table.report_due_tick >= 0)

    def lines(self, post: Post, width: int) -> Lines:
        """Groups, representatives, demands, terms."""
        say, words, seen = post.voice, post.words, post.seen
        table = seen.table
        if not table.groups:
            return paragraph(say(nobody_heard(seen)), width, "dim")
        found: Lines = []
        for group in table.groups:
            head = Text.assemble((words.group(group.group), "bold"), f"  {bar(group.rapport, 10)}", end="")
            found += [fit(head, width), *paragraph(about_group(words, group), width, indent="  ")]
        if table.standing:
            found += labelled(say("Representatives:"), say(STANDING[table.standing]), width)
        if due := report_due(say, seen):
            found += paragraph(due, width, "yellow")
        if table.breach:
            text = say("A word was broken and people know it: talk does half of what it did.")
            found += paragraph(text, width, "bold red")
        found += [*blank(width, 1), fit(Text(say("Demands heard"), "bold", end=""), width)]
        for demand in seen.demands_heard:
            found += paragraph(f"{words.demand(demand)} ({whose(words, seen, demand)})", width, indent="  ")
        if table.terms:
            found += [*blank(width, 1), fit(Text(say("Terms on the table"), "bold", end=""), width)]
        for term in table.terms:
            found += paragraph(about_term(words, term), width, indent="  ")
            for group_name, said, yes in answers_to(words, term):
                found += paragraph(f"{group_name}: {said}", width, "green" if yes else "yellow", indent="    ")
        return found

    def acts(self, post: Post) -> list[tuple[str, Draft]]:
        """Listen to a group, put terms, put them in writing, report back."""
        say, words, seen = post.voice, post.words, post.seen
        options = {o.response.id: o for o in post.options()}
        acts: list[tuple[str, Draft]] = []

        def add(name: str, text: str, **values: str) -> None:
            if name in options:
                draft = Draft.of(options[name])
                draft.values.update(values)
                acts.append((text, draft))

        for group in seen.table.groups:
            text = say("Listen to {group}", group=words.group(group.group))
            add("listening_round", text, group=group.group, skill=next_skill(group))
        heard = joined(words.scenario, [d.demand for d in seen.table.demands if d.grantable_by])
        for name in ("choose_representatives", "seat_representatives", "report_back", "give_word"):
            add(name, words.response(name))
        for name in ("put_terms", "written_commitment"):
            add(name, words.response(name), demand=heard)
        return acts
