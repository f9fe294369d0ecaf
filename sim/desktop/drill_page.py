"""Drill page: what a drill is for, how it is led, and three ways into it: with phones, at one keyboard, alone."""

from dataclasses import dataclass, field

import pygame

from sim.core.tick import clock
from sim.desktop.drill_course import drill_course
from sim.desktop.office import AtTable, Progress, Sitting
from sim.desktop.resuming import Resuming
from sim.desktop.room_page import RoomPage
from sim.desktop.screen import Desk, Still, top_bar
from sim.desktop.table_page import TablePage
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL, WIDE
from sim.desktop.waiting import Waiting
from sim.drill.drill import Drill
from sim.drill.progress import Played, named
from sim.drill.roles import TITLES

SQUADS = ("1", "2", "3", "4")
MOST_NAMES = 4
"""Names of squads that are offered again, the newest first."""


@dataclass(slots=True)
class DrillPage(Still):
    """One drill, about to begin."""

    drill: Drill
    assessed: bool = False
    squads: str = "1"
    called: str = ""
    """What the squad is called, the first of several; its results are kept under it."""
    played: list[Played] | None = field(default=None, repr=False)
    """What was played so far of any drill; None until it has been read."""

    def frame(self, desk: Desk) -> None:
        """Aim, decisions and guide on the left; on the right how to begin."""
        paint, say = desk.paint, desk.voice
        body, back = top_bar(desk, say(self.drill.title.text), back=say("Start"))
        if back:
            desk.pop()
            return
        inner = body.inflate(-2 * paint.px(WIDE), -2 * paint.px(WIDE))
        right = max(paint.px(340), round(inner.width * 0.36))
        self._about(desk, pygame.Rect(inner.x, inner.y, inner.width - right - paint.px(WIDE), inner.height))
        self._ways(desk, pygame.Rect(inner.right - right, inner.y, right, inner.height))

    def _about(self, desk: Desk, rect: pygame.Rect) -> None:
        paint, say, drill = desk.paint, desk.voice, self.drill
        with desk.ui.scroll("drill", rect, paged=True) as area:
            at = pygame.Rect(area.x, area.y, area.width - paint.px(GAP), 0)
            at.y += paint.paragraph(say("Aim: {aim}", aim=say(drill.aim.text)), at, LARGE, bold=True) + paint.px(PAD)
            facts = say(
                "{minutes:g} minutes, {decisions} decisions, up to {seats} seats",
                minutes=drill.time_box_min,
                decisions=len(drill.windows),
                seats=len(drill.seats),
            )
            at.y += paint.paragraph(facts, at, BODY, paint.theme.accent)
            seats = say("Seats: {seats}", seats=say(", ").join(say(TITLES[seat]) for seat in drill.seats))
            at.y += paint.paragraph(seats, at, BODY, paint.theme.muted) + paint.px(WIDE)
            at.y += paint.paragraph(say("For the facilitator"), at, LARGE, bold=True) + paint.px(GAP)
            for part in say(drill.guide.text).split("\n"):
                at.y += paint.paragraph(part, at, BODY) + paint.px(GAP)
            area.reach(at.y)

    def _ways(self, desk: Desk, rect: pygame.Rect) -> None:
        paint, ui, say = desk.paint, desk.ui, desk.voice
        high, gap = paint.px(46), paint.px(PAD)
        at = pygame.Rect(rect.x, rect.y, rect.width, 0)
        ways = (
            ("room", say("Open a room for phones"), say("Phones as seats, a shared screen, an instructor's page.")),
            ("table", say("Everybody at one keyboard"), say("Seats on the number keys. Needs no network.")),
            ("alone", say("Alone"), say("You are the commander and decide by yourself.")),
        )
        pressed = ""
        for name, text, about in ways:
            if not ui.focus:
                ui.focus = name
            if ui.button(name, pygame.Rect(at.x, at.y, at.width, high), text, primary=name == "room", size=LARGE):
                pressed = name
            at.y += high + paint.px(GAP)
            at.y += paint.paragraph(about, at, SMALL, paint.theme.muted) + gap
            if name == "room":
                row = pygame.Rect(at.x, at.y, at.width, paint.px(32))
                wide = paint.text_width(say("Squads"), BODY) + gap
                paint.text(say("Squads"), (row.x, row.centery - paint.line_height(BODY) / 2), BODY)
                choice = pygame.Rect(row.x + wide, row.y, row.width - wide, row.height)
                self.squads = ui.choice("squads", choice, tuple((n, n) for n in SQUADS), self.squads)
                at.y = row.bottom + paint.px(WIDE)
        hint = say("name of the squad, no person's: its results are kept under it")
        self.called = ui.field("called", pygame.Rect(at.x, at.y, at.width, paint.px(34)), self.called, hint, most=24)
        at.y += paint.px(34) + paint.px(GAP)
        at.y = self._known(desk, at) + paint.px(PAD)
        self.assessed = ui.toggle(
            "assessed", pygame.Rect(at.x, at.y, at.width, paint.px(28)), say("Assessed run"), on=self.assessed
        )
        at.y += paint.px(32)
        note = (
            say(
                "Assessed: no choices are laid on the table, every proposal needs a reason, time passes at most four "
                "times as fast as the clock, and everybody judges it themselves before the result is shown."
            )
            if self.assessed
            else say("Practice: the choices of each decision are laid on the table, and the result follows at once.")
        )
        at.y += paint.paragraph(note, at, SMALL, paint.theme.muted) + paint.px(WIDE)
        own = [p for p in self.played or () if (p.squad, p.drill) == (self.called.strip(), self.drill.id)]
        drill_course(desk, at, own)
        if pressed:
            self._go(desk, pressed)

    def _known(self, desk: Desk, at: pygame.Rect) -> int:
        """Squads that have played before, to be named again by one press; returns where what follows begins."""
        paint, ui = desk.paint, desk.ui
        if self.played is None:
            self.played = list(desk.office.played())
        names = dict.fromkeys(p.squad for p in reversed(self.played) if named(p.squad))
        x = at.x
        for name in list(names)[:MOST_NAMES]:
            spot = pygame.Rect(x, at.y, ui.button_width(name), paint.px(30))
            if spot.right > at.right:
                break
            if ui.button(f"called:{name}", spot, name):
                self.called = name
            x = spot.right + paint.px(GAP)
        return at.y + (paint.px(30) if x > at.x else 0)

    def _go(self, desk: Desk, way: str) -> None:
        self.played = None
        drill, office, assessed, called = self.drill, desk.office, self.assessed, self.called
        at = clock(0, round(drill.from_min or 0.0))
        if way == "room":
            desk.push(RoomPage(office.host(drill, int(self.squads), assessed=assessed, called=self.called)))
        elif way == "table":
            seating: Waiting[AtTable] = Waiting(
                lambda progress: office.table(drill.id, drill.seats, progress, assessed=assessed, called=called)
            )
            desk.push(Resuming(at, drill.title.text, seating, onward=lambda table: TablePage(table, desk.voice)))
        else:

            def begin(progress: Progress) -> Sitting:
                return office.begin_drill(drill.id, progress, assessed=assessed)

            desk.push(Resuming(at, drill.title.text, Waiting(begin)))
