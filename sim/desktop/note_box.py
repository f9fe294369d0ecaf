"""Note box: a note about one moment being written over the page; Enter keeps it, Esc drops it."""

from dataclasses import dataclass

import pygame

from sim.desktop.screen import Desk, dialog_box
from sim.desktop.theme import PAD, SMALL
from sim.seat.words import Words


@dataclass(slots=True)
class NoteBox:
    """One note."""

    tick: int
    """The moment it is about."""
    text: str = ""

    def draw(self, desk: Desk, words: Words) -> str | None:
        """The box over everything; None while it is written, then what stands in it, "" when it was dropped."""
        paint, ui, say = desk.paint, desk.ui, desk.voice
        title = say("Note at {clock}", clock=words.clock(self.tick))
        inner, _ = dialog_box(desk, title, paint.px(520), paint.px(74))
        ui.focus = "note"
        entered, dropped = ui.take("confirm"), ui.take("back")
        spot = pygame.Rect(inner.x, inner.y, inner.width, paint.px(36))
        self.text = ui.field("note", spot, self.text, say("what you saw or decided"))
        note = say("Enter keeps it, Esc drops it. Time waits.")
        paint.text(note, (inner.x, spot.bottom + paint.px(PAD)), SMALL, paint.theme.muted)
        if not (entered or dropped):
            return None
        ui.focus = ""
        return self.text.strip() if entered else ""
