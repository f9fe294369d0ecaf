"""Table talk: what the seat that acts says to the others, and why it would have decided otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pygame

from sim.core.tick import clock
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL
from sim.drill.inputs import TEXT
from sim.drill.proposal import Proposal
from sim.drill.roles import TITLES
from sim.drill.squad import EVERYBODY, Squad

Do = Callable[..., bool]
"""Given a kind and its fields: does it for the seat that acts, and says whether it was taken."""
SETTLED = ("carried", "dropped", "lapsed", "refused")


def in_doubt(squad: Squad, seat: str) -> Proposal | None:
    """The newest proposal this seat may still say of that it would have decided otherwise."""
    settled = [p for p in squad.proposals if p.status in SETTLED and seat not in p.dissent]
    return settled[-1] if settled and seat in squad.filled else None


@dataclass(slots=True)
class TableTalk:
    """A line being written beside the table; `about` is the proposal it disagrees with, 0 for a message."""

    about: int = -1
    """-1 while nothing is being written."""
    to: str = EVERYBODY
    text: str = ""
    _fresh: bool = False
    """True until the line has been drawn once: then it has the keyboard."""

    @property
    def writing(self) -> bool:
        """True while a line is being written."""
        return self.about >= 0

    def write(self, about: int = 0) -> None:
        """Begins a line."""
        self.about, self.to, self.text, self._fresh = about, EVERYBODY, "", True

    def stop(self) -> None:
        """What was written is gone."""
        self.about = -1

    def draw(self, desk: Desk, squad: Squad, seat: str, rect: pygame.Rect, do: Do) -> None:
        """The line, to whom it goes, and how to send it."""
        paint, ui, say = desk.paint, desk.ui, desk.voice
        differs = self.about > 0
        head = (
            say("{seat} would have decided otherwise on proposal {number}", seat=say(TITLES[seat]), number=self.about)
            if differs
            else say("{seat} says", seat=say(TITLES[seat]))
        )
        at = pygame.Rect(rect.x, rect.y, rect.width, 0)
        at.y += paint.paragraph(head, at, LARGE, bold=True) + paint.px(GAP)
        if not differs:
            at.y += paint.paragraph(say("To whom?"), at, SMALL, paint.theme.muted)
            for other in (EVERYBODY, *(each for each in squad.filled if each != seat)):
                name = say("everybody") if other == EVERYBODY else say(TITLES[other])
                spot = pygame.Rect(at.x, at.y, at.width, paint.px(32))
                if ui.button(f"to:{other}", spot, name, chosen=self.to == other):
                    self.to = other
                at.y = spot.bottom + paint.px(GAP)
        spot = pygame.Rect(at.x, at.y, at.width, paint.px(36))
        hint = say("because ...") if differs else say("what is said, without names")
        if self._fresh:
            ui.focus, self._fresh = "talk", False
        self.text = ui.field("talk", spot, self.text, hint, most=TEXT)
        at.y = spot.bottom + paint.px(PAD)
        entered = ui.typing and ui.focus == "talk" and ui.take("confirm")
        half = (at.width - paint.px(GAP)) // 2
        send = pygame.Rect(at.x, at.y, half, paint.px(38))
        label = say("Keep it") if differs else say("Send")
        wanted = ui.button("talk:send", send, label, command="confirm", primary=True)
        leave = pygame.Rect(send.right + paint.px(GAP), at.y, half, paint.px(38))
        if ui.button("talk:stop", leave, say("Never mind")):
            self.stop()
        elif (wanted or entered) and self.text.strip():
            self._send(do)

    def _send(self, do: Do) -> None:
        text = self.text.strip()
        taken = do("dissent", proposal=self.about, reason=text) if self.about > 0 else do("say", to=self.to, text=text)
        if taken:
            self.stop()


def said_line(desk: Desk, said: Mapping[str, Any], start_min: int, at: pygame.Rect) -> None:
    """One message from seat to seat."""
    paint, say = desk.paint, desk.voice
    to = say("everybody") if said["to"] == EVERYBODY else _seat(desk, said["to"])
    when = clock(said["tick"], start_min)
    head = say("{sender} to {seat}", sender=_seat(desk, said["from"]), seat=to)
    at.y += paint.paragraph(f"{when}  {head}", at, SMALL, paint.theme.accent)
    at.y += paint.paragraph(said["text"], at, BODY) + paint.px(PAD)


def dissents(desk: Desk, squad: Squad, number: int = 0) -> tuple[str, ...]:
    """Who would have decided otherwise, and why; on one proposal, or on each where no number is given."""
    say = desk.voice
    return tuple(
        say("{seat} would have decided otherwise: {why}", seat=f"{p.number}. {_seat(desk, seat)}", why=why)
        for p in squad.proposals
        if number in {0, p.number}
        for seat, why in p.dissent.items()
    )


def _seat(desk: Desk, seat: str) -> str:
    return desk.voice(TITLES[seat]) if seat in TITLES else seat
