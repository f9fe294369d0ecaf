"""The negotiation table: groups on their stairway, who speaks for them, and terms being put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import pygame

from sim.desktop.board.board import Board
from sim.desktop.post import Post
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, PAD, SMALL
from sim.seat.draft import joined
from sim.seat.table import (
    STANDING,
    STEPS,
    about_group,
    about_term,
    answers_to,
    next_skill,
    nobody_heard,
    report_due,
    step_number,
    whose,
)
from sim.seat.words import CHOICES
from sim.world.order import Value
from sim.world.table import GroupView

RUNGS = ("receipt", "named_official", "date", "interim_measure", "decision")
OWNERS = ("GOV", "CMD")


@dataclass(slots=True)
class TalksBoard(Board):
    """On the left whom we have listened to, on the right what is on offer."""

    name: ClassVar[str] = "talks"
    title: ClassVar[str] = "Negotiation table"
    place: ClassVar[int] = 40
    demands: set[str] = field(default_factory=set)
    """Demands the terms being put together are about."""
    rung: str = "date"
    owner: str = "GOV"
    due_days: float = 7.0

    def offered(self, post: Post) -> bool:
        """True where this exercise is one in which people can be listened to."""
        return post.option("listening_round") is not None

    def waiting(self, post: Post) -> int:
        """Whether people wait to hear from those they sent."""
        return int(post.seen.table.report_due_tick >= 0)

    def draw(self, desk: Desk, post: Post, rect: pygame.Rect) -> None:
        """Two columns; one below the other where there is no room beside."""
        paint, ui = desk.paint, desk.ui
        gap = 2 * paint.px(PAD)
        if rect.width >= paint.px(640):
            half = (rect.width - gap) // 2
            left = pygame.Rect(rect.x, rect.y, half, rect.height)
            right = pygame.Rect(left.right + gap, rect.y, half, rect.height)
        else:
            left = pygame.Rect(rect.x, rect.y, rect.width, rect.height // 2)
            right = pygame.Rect(rect.x, left.bottom + gap, rect.width, rect.bottom - left.bottom - gap)
        with ui.scroll("talks:groups", left) as area:
            at = area.at(area.y)
            self._groups(desk, post, at)
            area.reach(at.y)
        with ui.scroll("talks:terms", right) as area:
            at = area.at(area.y)
            self._terms(desk, post, at)
            area.reach(at.y)

    # ---- people

    def _groups(self, desk: Desk, post: Post, at: pygame.Rect) -> None:
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        table = post.seen.table
        _title(desk, say("Who has been listened to"), at)
        if not table.groups:
            at.y += paint.paragraph(say(nobody_heard(post.seen)), at, BODY, theme.muted)
            self._act(desk, post, "listening_round" if post.seen.contact_made else "first_contact", at, {})
            return
        if table.breach:
            text = say("A word was broken and people know it: talk does half of what it did.")
            at.y += paint.paragraph(text, at, BODY, theme.bad) + paint.px(GAP)
        for group in table.groups:
            self._group(desk, post, group, at)
        _title(desk, say("Who speaks for them"), at)
        standing = say(STANDING[table.standing]) if table.standing else say("nobody yet")
        at.y += paint.paragraph(standing, at, BODY, theme.warn if table.standing == "shaky" else theme.text)
        if due := report_due(say, post.seen):
            at.y += paint.paragraph(due, at, BODY, theme.warn)
        if table.voted:
            text = say("The last show of hands was for it.") if table.carried else say("It was turned down.")
            at.y += paint.paragraph(text, at, BODY, theme.good if table.carried else theme.bad)
        for name in ("choose_representatives", "seat_representatives", "report_back", "neutral_mediator"):
            self._act(desk, post, name, at, {})

    def _group(self, desk: Desk, post: Post, group: GroupView, at: pygame.Rect) -> None:
        """Name, the steps of the stairway with those reached filled, what is known, and a way to listen on."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        paint.text(post.words.group(group.group), at.topleft, BODY, bold=True, width=at.width)
        at.y += paint.line_height(BODY)
        steps, reached = list(STEPS)[1:], step_number(group)
        wide, high = (at.width - paint.px(GAP) * (len(steps) - 1)) // len(steps), paint.px(10)
        for k in range(len(steps)):
            cell = pygame.Rect(at.x + k * (wide + paint.px(GAP)), at.y, wide, high)
            paint.panel(cell, theme.accent if k < reached else theme.ground, theme.line, radius=2)
            if ui.over(cell):
                ui.tip(say(STEPS[steps[k]]), cell)
        at.y += high + paint.px(2)
        at.y += paint.paragraph(about_group(post.words, group), at, SMALL, theme.muted)
        skill = next_skill(group)
        values: dict[str, Value] = {"group": group.group, "skill": skill}
        how = say(CHOICES[skill])
        self._act(desk, post, "listening_round", at, values, say("Listen: {how}", how=how), group.group)

    # ---- terms

    def _terms(self, desk: Desk, post: Post, at: pygame.Rect) -> None:
        paint, ui, say, theme, words = desk.paint, desk.ui, desk.voice, desk.paint.theme, post.words
        _title(desk, say("Terms being put together"), at)
        heard = post.seen.demands_heard
        if not heard:
            at.y += paint.paragraph(say("No demand has been heard yet."), at, BODY, theme.muted)
        for demand in heard:
            self._demand(desk, post, demand, at)
        if heard:
            high = paint.px(30)
            spot = pygame.Rect(at.x, at.y, at.width, high)
            self.owner = ui.choice("talks:owner", spot, [(o, say(CHOICES[o])) for o in OWNERS], self.owner)
            at.y += high + paint.px(GAP)
            at.y += paint.paragraph(say("How far: {rung}", rung=say(CHOICES[self.rung])), at, SMALL, theme.muted)
            step = ui.slider("talks:rung", pygame.Rect(at.x, at.y, at.width, high), RUNGS.index(self.rung), 0,
                             len(RUNGS) - 1, 1.0)  # fmt: skip
            self.rung = RUNGS[round(step)]
            at.y += high
            days = say("within {days:g} days", days=self.due_days) if self.due_days > 0.0 else say("no date")
            at.y += paint.paragraph(days, at, SMALL, theme.muted)
            self.due_days = float(
                round(ui.slider("talks:days", pygame.Rect(at.x, at.y, at.width, high), self.due_days, 0, 60, 1.0))
            )
            at.y += high + paint.px(GAP)
            together = joined(words.scenario, self.demands)
            terms: dict[str, Value] = {"demand": together, "rung": self.rung, "due_days": self.due_days}
            self._act(desk, post, "put_terms", at, terms | {"owner": self.owner})
            self._act(desk, post, "written_commitment", at, terms)
        self._on_the_table(desk, post, at)

    def _demand(self, desk: Desk, post: Post, demand: str, at: pygame.Rect) -> None:
        paint, ui, words = desk.paint, desk.ui, post.words
        text, left = words.demand(demand), paint.px(34) + paint.px(PAD)
        beside = pygame.Rect(at.x + left, at.y + paint.px(5), at.width - left, 0)
        spot = pygame.Rect(at.x, at.y, at.width, paint.px(10) + paint.paragraph_height(text, beside.width, BODY))
        chosen = ui.toggle(f"talks:demand:{demand}", spot, "", on=demand in self.demands)
        paint.paragraph(text, beside, BODY)
        self.demands = (self.demands | {demand}) if chosen else (self.demands - {demand})
        at.y += spot.height
        at.y += paint.paragraph(whose(words, post.seen, demand), at, SMALL, paint.theme.muted) + paint.px(GAP)

    @staticmethod
    def _on_the_table(desk: Desk, post: Post, at: pygame.Rect) -> None:
        """Every offer, and what each group said to it."""
        paint, say, theme, words = desk.paint, desk.voice, desk.paint.theme, post.words
        terms = post.seen.table.terms
        _title(desk, say("What they said"), at)
        if not terms:
            at.y += paint.paragraph(say("Nothing has been offered yet."), at, BODY, theme.muted)
        for term in reversed(terms):
            at.y += paint.paragraph(about_term(words, term), at, BODY, bold=True)
            for group, said, yes in answers_to(words, term):
                at.y += paint.paragraph(say("{group}: {said}", group=group, said=said), at, BODY,
                                        theme.good if yes else theme.warn)  # fmt: skip
            at.y += paint.px(GAP)

    @staticmethod
    def _act(
        desk: Desk, post: Post, name: str, at: pygame.Rect, values: Mapping[str, Value], text: str = "", key: str = ""
    ) -> None:
        """A button that opens the form of an order with this much filled in; the form says what stands against it."""
        option = post.option(name)
        if option is None:
            return
        paint, ui, say = desk.paint, desk.ui, desk.voice
        shown = text or post.words.response(name)
        spot = pygame.Rect(at.x, at.y, min(at.width, ui.button_width(shown)), paint.px(30))
        tip = "\n".join(say(reason) for reason in option.reasons)
        if ui.button(f"talks:{name}:{key}", spot, shown, tip):
            post.propose(name, "", **values)
        at.y += spot.height + paint.px(GAP)


def _title(desk: Desk, text: str, at: pygame.Rect) -> None:
    """A heading over what follows."""
    paint = desk.paint
    paint.text(text, at.topleft, SMALL, paint.theme.accent, bold=True, width=at.width)
    at.y += paint.line_height(SMALL) + paint.px(GAP)
