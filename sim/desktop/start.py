"""Start: the first page - go on, scenarios, earlier runs, settings, help - two presses away from the incident."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pygame

from sim.desktop.drill_page import DrillPage
from sim.desktop.office import Result, Saved
from sim.desktop.plan import draw_plan
from sim.desktop.reading import history_line
from sim.desktop.recorded import Recorded
from sim.desktop.resuming import Resuming
from sim.desktop.room_page import RoomPage
from sim.desktop.screen import Desk, Screen, Still, switch_language
from sim.desktop.theme import BODY, CLOCK, GAP, LARGE, PAD, SMALL, WIDE
from sim.desktop.waiting import Waiting
from sim.drill.drill import Drill
from sim.scenario.scenario import Scenario
from sim.seat.words import listed

PLAN_HIGH = 0.6
"""The plan on a card is so high for its width, at least."""


@dataclass(slots=True)
class Start(Still):
    """Looks at what is on the disk each time it comes to the top."""

    scenarios: Sequence[Scenario] = ()
    saved: Sequence[Saved] = ()
    results: Sequence[Result] = ()
    drills: Sequence[Drill] = ()
    _looked: bool = False
    _tab: str = "scenarios"
    _names: dict[str, str] = field(default_factory=dict)

    def look(self, desk: Desk) -> None:
        """Reads again what there is."""
        self.scenarios = desk.office.scenarios()
        self.saved = desk.office.saved()
        self.results = desk.office.results()
        self.drills = desk.office.drills()
        self._looked = True

    def frame(self, desk: Desk) -> None:
        """Left what to do, right the list of scenarios or runs."""
        if not self._looked:
            self.look(desk)
        paint, say = desk.paint, desk.voice
        whole, pad = paint.surface.get_rect(), paint.px(WIDE)
        left = max(paint.px(270), round(whole.width * 0.26))
        paint.surface.fill(paint.theme.panel, (0, 0, left, whole.height))
        self._left(desk, pygame.Rect(pad, pad, left - 2 * pad, whole.height - 2 * pad))
        right = pygame.Rect(left + pad, pad, whole.width - left - 2 * pad, whole.height - 2 * pad)
        if self._tab == "scenarios":
            paint.text(say("Scenarios"), right.topleft, LARGE, bold=True)
            self._scenarios(desk, self._below_title(desk, right))
        elif self._tab == "drills":
            paint.text(say("Drills for a squad"), right.topleft, LARGE, bold=True)
            self._drills(desk, self._below_title(desk, right))
        else:
            paint.text(say("Saved runs"), right.topleft, LARGE, bold=True)
            self._runs(desk, self._below_title(desk, right))

    @staticmethod
    def _below_title(desk: Desk, rect: pygame.Rect) -> pygame.Rect:
        head = desk.paint.line_height(LARGE) + desk.paint.px(PAD)
        return pygame.Rect(rect.x, rect.y + head, rect.width, rect.height - head)

    def _left(self, desk: Desk, rect: pygame.Rect) -> None:
        paint, ui, say = desk.paint, desk.ui, desk.voice
        paint.text("Common Ground", rect.topleft, CLOCK, bold=True, width=rect.width)
        y = rect.y + paint.line_height(CLOCK)
        y += paint.paragraph(
            say("Keep a crowd incident from becoming a tragedy."), pygame.Rect(rect.x, y, rect.width, 0), BODY,
            paint.theme.muted,
        ) + paint.px(WIDE)  # fmt: skip
        high = paint.px(42)
        unfinished = [s for s in self.saved if not s.finished]
        if unfinished:
            newest = unfinished[0]
            title = say("{title}: left at {clock}", clock=newest.clock, title=say(newest.title))
            text_high = paint.paragraph_height(title, rect.width - 2 * paint.px(PAD), BODY)
            box = pygame.Rect(rect.x, y, rect.width, text_high + high + 3 * paint.px(PAD) + paint.line_height(SMALL))
            paint.panel(box, paint.theme.raised, paint.theme.accent)
            inner = box.inflate(-2 * paint.px(PAD), -2 * paint.px(PAD))
            used = paint.paragraph(title, inner, BODY)
            paint.text(newest.when, (inner.x, inner.y + used), SMALL, paint.theme.muted)
            spot = pygame.Rect(inner.x, inner.bottom - high, inner.width, high)
            if not ui.focus:
                ui.focus = "continue"
            if ui.button("continue", spot, say("Go on"), primary=True, icon="right"):
                self._resume(desk, newest)
            y = box.bottom + paint.px(WIDE)
        elif not any(r.scenario == "first_steps" for r in self.results) and self._has("first_steps"):
            spot = pygame.Rect(rect.x, y, rect.width, high)
            if ui.button("first", spot, say("Begin with the first steps"), primary=True, icon="right"):
                self._open(desk, desk.pages.briefing(desk, "first_steps"))
            y += high + paint.px(WIDE)
        for name, text in (
            ("scenarios", say("Scenarios")),
            ("drills", say("Drills for a squad")),
            ("runs", say("Replays and results")),
        ):
            if ui.button(f"tab:{name}", pygame.Rect(rect.x, y, rect.width, high), text, chosen=self._tab == name):
                self._tab = name
            y += high + paint.px(GAP) * 2
        room = desk.office.hosted()
        if room is not None:
            code = room.doors.code if room.doors is not None else "..."
            if ui.button(
                "room", pygame.Rect(rect.x, y, rect.width, high), say("Room {code} is open", code=code), chosen=True
            ):
                self._open(desk, RoomPage(room))
            y += high + paint.px(GAP) * 2
        self._pages(desk, pygame.Rect(rect.x, y, rect.width, rect.bottom - y), high)

    def _pages(self, desk: Desk, rect: pygame.Rect, high: int) -> None:
        paint, ui, say = desk.paint, desk.ui, desk.voice
        gap = paint.px(GAP) * 2
        note = say("Training only. Nothing here predicts what real people do.") + f"  {desk.office.version}"
        note_high = paint.paragraph_height(note, rect.width, SMALL)
        language = "中文" if desk.voice.language == "en" else "English"
        pages: tuple[tuple[str, str, str, str, Callable[[], None]], ...] = (
            ("settings", say("Settings"), "", "", lambda: self._open(desk, desk.pages.settings())),
            ("help", say("Help and keys"), "", "help", lambda: desk.push(desk.pages.help())),
            ("language", language, say("language"), "language", lambda: switch_language(desk)),
            ("quit", say("Quit"), "", "", desk.quit),
        )
        columns = 1 if len(pages) * (high + gap) + note_high <= rect.height else 2
        width = (rect.width - gap * (columns - 1)) // columns
        for k, (name, text, tip, command, does) in enumerate(pages):
            row, column = divmod(k, columns)
            spot = pygame.Rect(rect.x + column * (width + gap), rect.y + row * (high + gap), width, high)
            size = BODY if ui.button_width(text) <= width else SMALL
            if ui.button(name, spot, text, tip, command=command, size=size):
                does()
        if rect.y + len(pages) // columns * (high + gap) + note_high <= rect.bottom:
            paint.paragraph(note, pygame.Rect(rect.x, rect.bottom - note_high, rect.width, 0), SMALL, paint.theme.muted)

    def _has(self, scenario: str) -> bool:
        return any(s.id == scenario for s in self.scenarios)

    # ---- lists

    def _scenarios(self, desk: Desk, rect: pygame.Rect) -> None:
        with desk.ui.scroll("scenarios", rect, paged=True) as area:
            at = pygame.Rect(area.x, area.y, area.width, 0)
            for scenario in self.scenarios:
                at.y += self._card(desk, scenario, at) + desk.paint.px(PAD) * 2
            area.reach(at.y)

    def _card(self, desk: Desk, scenario: Scenario, at: pygame.Rect) -> int:
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        pad = paint.px(WIDE)
        plan_wide = min(paint.px(290), round(at.width * 0.3))
        inner = at.width - 3 * pad - plan_wide
        first, last = scenario.minutes
        results = [r for r in self.results if r.scenario == scenario.id]
        about = say(
            "{minutes:g} minutes, up to {people} people, {units} units",
            minutes=last - first,
            people=sum(g.people for g in scenario.groups),
            units=len(scenario.units),
        )
        summary = say(scenario.summary.text)
        summary_high = paint.paragraph_height(summary, inner, BODY)
        high = paint.line_height(LARGE) + summary_high + 2 * paint.line_height(SMALL) + paint.px(PAD)
        high = max(high, round(plan_wide * PLAN_HIGH))
        rect = pygame.Rect(at.x, at.y, at.width, high + 2 * pad)
        name = f"scenario:{scenario.id}"
        if not ui.focus and scenario.id == (desk.preferences.scenario or self.scenarios[0].id):
            ui.focus = name
        done = ui.hot(name, rect)
        paint.panel(rect, theme.hover if ui.over(rect) else theme.panel, theme.line, radius=10)
        x, y = rect.x + pad, rect.y + pad
        paint.text(say(scenario.title.text), (x, y), LARGE, bold=True, width=inner)
        y += paint.line_height(LARGE)
        y += paint.paragraph(summary, pygame.Rect(x, y, inner, 0), BODY, theme.muted) + paint.px(PAD)
        paint.text(about, (x, y), SMALL, theme.accent, width=inner)
        unscored = any(s.finished and s.scenario == scenario.id for s in self.saved) and not results
        history = say("Played, too little of it to score.") if unscored else history_line(desk, results)
        paint.text(history, (x, y + paint.line_height(SMALL)), SMALL, theme.muted, width=inner)
        draw_plan(paint, scenario.site, pygame.Rect(rect.right - pad - plan_wide, rect.y + pad, plan_wide, high))
        ui.ring(name, rect)
        if done:
            self._open(desk, desk.pages.briefing(desk, scenario.id))
        return rect.height

    def _drills(self, desk: Desk, rect: pygame.Rect) -> None:
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        with ui.scroll("drills", rect, paged=True) as area:
            at = pygame.Rect(area.x, area.y, area.width, 0)
            for drill in self.drills:
                inner = at.width - 2 * paint.px(WIDE)
                aim = say(drill.aim.text)
                high = paint.line_height(LARGE) + paint.paragraph_height(aim, inner, BODY) + paint.line_height(SMALL)
                box = pygame.Rect(at.x, at.y, at.width, high + 2 * paint.px(WIDE))
                name = f"drill:{drill.id}"
                done = ui.hot(name, box)
                paint.panel(box, theme.hover if ui.over(box) else theme.panel, theme.line, radius=10)
                x, y = box.x + paint.px(WIDE), box.y + paint.px(WIDE)
                paint.text(say(drill.title.text), (x, y), LARGE, bold=True, width=inner)
                y += paint.line_height(LARGE)
                y += paint.paragraph(aim, pygame.Rect(x, y, inner, 0), BODY, theme.muted)
                facts = say(
                    "{minutes:g} minutes, {decisions} decisions, up to {seats} seats",
                    minutes=drill.time_box_min,
                    decisions=len(drill.windows),
                    seats=len(drill.seats),
                )
                paint.text(facts, (x, y), SMALL, theme.accent, width=inner)
                ui.ring(name, box)
                if done:
                    self._open(desk, DrillPage(drill))
                at.y = box.bottom + paint.px(PAD)
            area.reach(at.y)

    def _runs(self, desk: Desk, rect: pygame.Rect) -> None:
        paint, ui, say = desk.paint, desk.ui, desk.voice
        totals = {r.journal: r for r in self.results}
        with ui.scroll("runs", rect, paged=True) as area:
            at = pygame.Rect(area.x, area.y, area.width, 0)
            if not self.saved:
                at.y += paint.paragraph(say("No run is saved yet."), at, BODY, paint.theme.muted)
            for saved in self.saved:
                self._run(desk, saved, totals.get(saved.path.name), at)
            area.reach(at.y)

    def _run(self, desk: Desk, saved: Saved, result: Result | None, at: pygame.Rect) -> None:
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        pad, high = paint.px(PAD), paint.px(34)
        rect = pygame.Rect(at.x, at.y, at.width, paint.line_height(BODY) + paint.line_height(SMALL) + 2 * pad)
        paint.panel(rect, theme.panel, theme.line)
        again, look = say("Go on"), say("Look at it")
        text = again if not saved.finished else look
        width = max(ui.button_width(again), ui.button_width(look)) + pad
        spot = pygame.Rect(rect.right - pad - width, rect.centery - high // 2, width, high)
        name = f"run:{saved.path.name}"
        if ui.button(name, spot, text, primary=not saved.finished):
            if saved.finished:
                self._look_at(desk, saved)
            else:
                self._resume(desk, saved)
        right = spot.x - pad
        if result is not None:
            score = f"{result.total:.0f} {result.grade}"
            right = paint.text(score, (right, rect.y + pad), LARGE, bold=True, align=1.0).x - pad
        status = (
            say("ended at {clock}", clock=saved.clock) if saved.finished else say("left at {clock}", clock=saved.clock)
        )
        if saved.assessed:
            status = listed(say, (status, say("assessed")))
        room = right - rect.x - 2 * pad
        paint.text(say(saved.title), (rect.x + pad, rect.y + pad), BODY, bold=True, width=room)
        below = (rect.x + pad, rect.y + pad + paint.line_height(BODY))
        paint.text(f"{saved.when}  ·  {status}", below, SMALL, theme.muted, width=room)
        at.y = rect.bottom + paint.px(GAP) * 2

    # ---- doing

    def _open(self, desk: Desk, page: Screen) -> None:
        """On to another page; what it may have left on the disk is looked at on the way back."""
        self._looked = False
        desk.push(page)

    def _resume(self, desk: Desk, saved: Saved) -> None:
        if self._opens_as_recorded(desk, saved):
            return
        waiting = Waiting(lambda progress: desk.office.resume(saved, progress))
        self._open(desk, Resuming(saved.clock, saved.title, waiting))

    def _opens_as_recorded(self, desk: Desk, saved: Saved) -> bool:
        """Shows a run that cannot be computed again as it was recorded; False for one that can."""
        old = desk.office.as_recorded(saved)
        if old is not None:
            self._open(desk, Recorded(old))
        return old is not None

    def _look_at(self, desk: Desk, saved: Saved) -> None:
        if self._opens_as_recorded(desk, saved):
            return
        self._open(desk, desk.pages.hot_wash(desk.office.past(saved)))
