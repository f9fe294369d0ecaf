"""Briefing: the scenario's card and what a commander is told before it begins, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pygame

from sim.desktop.office import Progress, Result
from sim.desktop.play import Play
from sim.desktop.post import Post
from sim.desktop.reading import draw_briefing, history_line
from sim.desktop.screen import Desk, top_bar
from sim.desktop.site import Scene, SiteMap
from sim.desktop.theme import BODY, LARGE, PAD, SMALL, WIDE
from sim.desktop.waiting import Waiting
from sim.exercise.exercise import Exercise
from sim.exercise.warmup import warm_up
from sim.scenario.scenario import Playbook
from sim.seat.remembered import remembered
from sim.seat.run import ASSESSED_SPEED
from sim.seat.words import Words
from sim.world.memory import Memory


def nothing_seen() -> Scene:
    """A map with nobody on it."""
    empty = np.zeros(0, dtype=np.float32)
    return Scene(0, empty, empty, np.zeros(0, dtype=np.uint8), np.zeros(0, dtype=np.bool_))


@dataclass(slots=True)
class Briefing:
    """One scenario, about to begin. The run is laid out and its kernels compiled while this is read."""

    playbook: Playbook
    words: Words
    map: SiteMap
    waiting: Waiting[Exercise]
    results: Sequence[Result]
    memory: Memory | None = None
    """What its people bring along from earlier incidents."""
    assessed: bool = False
    begun: bool = False

    @classmethod
    def of(cls, desk: Desk, scenario: str, memory: Memory | None = None) -> "Briefing":
        """The briefing of this scenario, for people who bring this along or what is kept of them."""
        playbook = desk.office.playbook(scenario)
        words = Words(playbook, desk.voice)
        seed = desk.office.seed()
        memory = memory or desk.office.memory(playbook)

        def lay_out(progress: Progress) -> Exercise:
            run = Exercise(playbook, seed, memory=memory)
            progress(0.3)
            warm_up(run)
            return run

        results = [r for r in desk.office.results() if r.scenario == scenario]
        return cls(playbook, words, SiteMap.of(words), Waiting(lay_out), results, memory)

    @property
    def busy(self) -> bool:
        """While the run is being laid out."""
        return not self.waiting.done

    def leave(self) -> None:
        """A run nobody began was never on the disk; what still compiles ends by itself."""
        self.waiting.give_up()

    def frame(self, desk: Desk) -> None:
        """Summary, briefing, who is there, aims, the site, how it went before, and how to begin."""
        paint, say = desk.paint, desk.voice
        body, back = top_bar(desk, say(self.playbook.scenario.title.text), back=say("Start"))
        if back:
            desk.pop()
            return
        pad, foot = paint.px(WIDE), paint.px(104)
        inner = body.inflate(-2 * pad, -2 * pad)
        text = pygame.Rect(inner.x, inner.y, round(inner.width * 0.52), inner.height - foot)
        side = pygame.Rect(text.right + pad, inner.y, inner.right - text.right - pad, inner.height - foot)
        draw_briefing(desk, self.words, text)
        self._site(desk, side)
        self._foot(desk, pygame.Rect(inner.x, inner.bottom - foot + paint.px(PAD), inner.width, foot - paint.px(PAD)))

    def _site(self, desk: Desk, rect: pygame.Rect) -> None:
        """The site, and below it what its people remember and how it went before."""
        paint, say = desk.paint, desk.voice
        below = [(say("How it went before"), history_line(desk, self.results))]
        if known := remembered(say, self.memory):
            below.insert(0, (say("What these people remember"), "\n".join(known)))
        line, pad = paint.line_height(SMALL), paint.px(PAD)
        high = sum(line + paint.paragraph_height(text, rect.width, BODY) + pad for _, text in below)
        box = pygame.Rect(rect.x, rect.y, rect.width, rect.height - high)
        self.map.draw(paint, box, nothing_seen())
        paint.panel(box, None, paint.theme.line)
        y = box.bottom + pad
        for title, text in below:
            paint.text(title, (rect.x, y), SMALL, paint.theme.muted, bold=True)
            y += line
            y += paint.paragraph(text, pygame.Rect(rect.x, y, rect.width, 0), BODY) + pad

    def _foot(self, desk: Desk, rect: pygame.Rect) -> None:
        paint, ui, say = desk.paint, desk.ui, desk.voice
        high, width = paint.px(46), paint.px(280)
        spot = pygame.Rect(rect.right - width, rect.y, width, high)
        ready = self.waiting.done
        if not ui.focus:
            ui.focus = "begin"
        text = say("Begin") if ready or not self.begun else say("Getting ready ...")
        tip = say("Begins with time standing still.")
        if ui.button("begin", spot, text, tip, primary=True, size=LARGE):
            self.begun = True
        left = rect.width - width - paint.px(WIDE)
        toggle = pygame.Rect(rect.x, rect.y, min(paint.px(260), left), paint.px(28))
        self.assessed = ui.toggle("assessed", toggle, say("Assessed run"), on=self.assessed)
        if self.assessed:
            note = say(
                "Assessed: at most {speed:g} times as fast as the clock, time does not wait while you choose, an order "
                "cannot be taken back and needs a reason, and you score yourself before you see the score.",
                speed=ASSESSED_SPEED,
            )
        else:
            note = say(
                "Practice: time waits while you choose, and an order can be taken back for three seconds. Training "
                "only: places and people are invented and nothing here predicts what real people do."
            )
        paint.paragraph(
            note, pygame.Rect(rect.x, toggle.bottom + paint.px(4), left, 0), SMALL, paint.theme.muted, most=3
        )
        if not ready:
            self._progress(desk, pygame.Rect(spot.x, spot.bottom + paint.px(6), width, paint.px(24)))
        if self.begun and ready:
            self._begin(desk)

    def _progress(self, desk: Desk, rect: pygame.Rect) -> None:
        paint = desk.paint
        seconds = self.waiting.seconds
        text = desk.voice("Preparing, {seconds:.0f} s (the first time a minute)", seconds=seconds)
        if seconds >= 60.0:
            text = desk.voice("Still preparing, {seconds:.0f} s", seconds=seconds)
        paint.text(text, rect.topleft, SMALL, paint.theme.muted, width=rect.width)
        bar = pygame.Rect(rect.x, rect.bottom - paint.px(3), rect.width, paint.px(3))
        paint.panel(bar, paint.theme.raised, radius=1)
        share = self.waiting.seconds % 3.0 / 3.0
        part = pygame.Rect(round(bar.x + share * bar.width * 0.8), bar.y, bar.width // 5, bar.height)
        paint.panel(part, paint.theme.accent, radius=1)

    def _begin(self, desk: Desk) -> None:
        sitting = desk.office.open(self.waiting.result(), assessed=self.assessed)
        desk.preferences.scenario = self.playbook.scenario.id
        desk.changed()
        desk.replace(Play(Post.open(sitting, desk.voice, speed=desk.preferences.speed)))
