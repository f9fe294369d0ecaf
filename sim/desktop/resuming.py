"""Resuming: a run being computed up to where it will be played on; Esc gives it up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import pygame

from sim.core.errors import CommonGroundError
from sim.core.phrase import LText
from sim.desktop.office import Given, Sitting
from sim.desktop.screen import Desk, Screen
from sim.desktop.theme import LARGE, PAD, SMALL, WIDE
from sim.desktop.waiting import Waiting

Found = TypeVar("Found")


@dataclass(slots=True)
class Resuming(Generic[Found]):
    """Leads on to the page on which it is commanded."""

    clock: str
    """Scenario time it goes back to."""
    title: LText
    """Of the scenario."""
    waiting: Waiting[Found]
    onward: Callable[[Found], Screen] | None = None
    """The page for what comes of it; left out for a run of one's own."""

    @property
    def busy(self) -> bool:
        """Until it is done."""
        return True

    def leave(self) -> None:
        """Gives it up if it still goes on."""
        self.waiting.give_up()

    def frame(self, desk: Desk) -> None:
        """How far it is; then the run itself."""
        paint, say = desk.paint, desk.voice
        if self.waiting.done:
            try:
                found = self.waiting.result()
            except Given:
                desk.pop()
                return
            except CommonGroundError as wrong:
                desk.pop()
                desk.tell(say(wrong.phrase), 10.0)
                return
            if self.onward is not None:
                desk.replace(self.onward(found))
            elif isinstance(found, Sitting):
                desk.replace(desk.pages.play(desk, found))
            return
        whole = paint.surface.get_rect()
        width = min(paint.px(520), whole.width - 2 * paint.px(WIDE))
        x, y = whole.centerx - width // 2, whole.centery - paint.px(60)
        title = say("Going back to {clock} of {title}", clock=self.clock, title=say(self.title))
        y += paint.paragraph(title, pygame.Rect(x, y, width, 0), LARGE, bold=True) + paint.px(PAD)
        bar = pygame.Rect(x, y, width, paint.px(8))
        paint.panel(bar, paint.theme.raised, radius=4)
        paint.panel(pygame.Rect(x, y, round(width * self.waiting.share), bar.height), paint.theme.accent, radius=4)
        text = say("The run is computed up to there: {share:.0%}", share=self.waiting.share)
        if self.waiting.share > 0.02:
            left = self.waiting.seconds * (1.0 - self.waiting.share) / self.waiting.share
            text += "  ·  " + say("about {seconds:.0f} s more", seconds=max(1.0, left))
        paint.paragraph(text, pygame.Rect(x, y + paint.px(16), width, 0), SMALL, paint.theme.muted)
        label = say("Give it up")
        spot = pygame.Rect(x, y + paint.px(60), desk.ui.button_width(label) + paint.px(WIDE), paint.px(38))
        if desk.ui.button("give_up", spot, label, command="back"):
            desk.pop()
