"""Room page: a room with phones that was opened from the window - code, QR code, addresses, and who is there."""

from dataclasses import dataclass

import pygame

from sim.desktop.office import Doors, Hosted
from sim.desktop.screen import Desk, top_bar
from sim.desktop.theme import BODY, CLOCK, GAP, LARGE, PAD, SMALL, TITLE, WIDE

QUIET = 4
"""Cells of light margin round a QR code."""
INK, PAPER = (0, 0, 0), (255, 255, 255)
"""A code is read in these two, whatever the theme."""


@dataclass(slots=True)
class RoomPage:
    """Leaving the page leaves the room open; it is closed by its button or with the window."""

    room: Hosted
    address: int = 0
    """Which of the addresses is shown."""

    @property
    def busy(self) -> bool:
        """While somebody may come in."""
        return self.room.wrong is None

    def leave(self) -> None:
        """The room stays open."""

    def frame(self, desk: Desk) -> None:
        """How far it is; then where to come in."""
        paint, say, room = desk.paint, desk.voice, self.room
        title = say("Room: {title}", title=say(room.drill.title.text))
        body, back = top_bar(desk, title, back=say("Back"))
        if back:
            desk.pop()
            return
        inner = body.inflate(-2 * paint.px(WIDE), -2 * paint.px(WIDE))
        foot = paint.px(46)
        page = pygame.Rect(inner.x, inner.y, inner.width, inner.height - foot - paint.px(PAD))
        if room.wrong is not None:
            paint.paragraph(say(room.wrong), page, LARGE, paint.theme.bad)
        elif room.doors is None:
            self._opening(desk, page)
        else:
            self._open(desk, room.doors, page)
        self._foot(desk, pygame.Rect(inner.x, inner.bottom - foot, inner.width, foot))

    def _opening(self, desk: Desk, rect: pygame.Rect) -> None:
        paint, say = desk.paint, desk.voice
        width = min(paint.px(520), rect.width)
        x, y = rect.centerx - width // 2, rect.centery - paint.px(40)
        text = say(
            "Opening the room, {share:.0%} of the way to the drill (the first time a minute)", share=self.room.share
        )
        y += paint.paragraph(text, pygame.Rect(x, y, width, 0), BODY) + paint.px(PAD)
        bar = pygame.Rect(x, y, width, paint.px(8))
        paint.panel(bar, paint.theme.raised, radius=4)
        paint.panel(pygame.Rect(x, y, round(width * self.room.share), bar.height), paint.theme.accent, radius=4)

    def _open(self, desk: Desk, doors: Doors, rect: pygame.Rect) -> None:
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        at = self.address % len(doors.phones)
        side = min(rect.height, round(rect.width * 0.42))
        draw_qr(paint.surface, doors.qr[at], pygame.Rect(rect.x, rect.y, side, side))
        gap = paint.px(WIDE)
        row = pygame.Rect(rect.x + side + 2 * gap, rect.y, rect.width - side - 2 * gap, 0)
        row.y += paint.paragraph(say("1. Phones, in the same network: scan the code, or open"), row, BODY, theme.muted)
        row.y += paint.paragraph(doors.phones[at], row, TITLE, bold=True)
        if len(doors.phones) > 1:
            other = say("Another address ({number} of {all})", number=at + 1, all=len(doors.phones))
            spot = pygame.Rect(row.x, row.y + paint.px(GAP), ui.button_width(other), paint.px(34))
            tip = say("Where this computer is in several networks, phones get in by that of their own.")
            if ui.button("address", spot, other, tip):
                self.address += 1
            row.y = spot.bottom + paint.px(GAP)
        row.y += paint.paragraph(say("and type"), row, BODY, theme.muted)
        row.y += paint.paragraph(doors.code, row, CLOCK * 2.2, bold=True) + paint.px(GAP)
        if doors.alone:
            alone = say(
                "This computer is in no network, so no phone can come in. Turn on a hotspot, here or on a phone, close "
                "the room and open it again; or play at one keyboard."
            )
            row.y += paint.paragraph(alone, row, BODY, theme.bad) + paint.px(PAD)
        then = say("2. On the instructor's page: name the squads, Seat all, then Start.")
        row.y += paint.paragraph(then, row, BODY, theme.muted)
        row.y += paint.paragraph(
            say(
                "If a phone does not get there: is it in the same network? Allow the program in the firewall, for "
                "private networks. Guest networks often keep devices apart: use a hotspot."
            ),
            row,
            SMALL,
            theme.muted,
        ) + paint.px(WIDE)
        if not doors.tls:
            plain = say(
                "Not encrypted: whoever is on this network can read along and tamper. Only callsigns go over it, "
                "never names. Use a network of your own, or --tls."
            )
            row.y += paint.paragraph(plain, row, SMALL, theme.muted) + paint.px(WIDE)
        phases = {
            "lobby": say("in the lobby"),
            "running": say("the drill is running"),
            "paused": say("stopped by the instructor"),
            "over": say("the drill is over: the squads stand side by side on the shared screen"),
        }
        waiting, seated = (
            say("{number} waiting", number=self.room.waiting),
            say("{number} seated", number=self.room.seated),
        )
        paint.paragraph(f"{waiting}  ·  {seated}  ·  {phases[self.room.phase]}", row, LARGE, bold=True)

    def _foot(self, desk: Desk, rect: pygame.Rect) -> None:
        paint, ui, say, doors = desk.paint, desk.ui, desk.voice, self.room.doors
        buttons = [("close", say("Close the room"), say("Everything is saved."))]
        if doors is not None and self.room.wrong is None:
            buttons = [
                ("control", say("Open the instructor's page"), doors.control),
                ("screen", say("Open the shared screen"), doors.screen),
                *buttons,
            ]
        x = rect.x
        for k, (name, text, tip) in enumerate(buttons):
            width = ui.button_width(text, bold=k == 0) + paint.px(WIDE)
            if ui.button(
                name, pygame.Rect(x, rect.y, width, rect.height), text, tip, primary=k == 0 and len(buttons) > 1
            ):
                self._do(desk, name, doors)
            x += width + paint.px(PAD)

    def _do(self, desk: Desk, name: str, doors: Doors | None) -> None:
        if name == "close":
            desk.pop()
            self.room.close()
            desk.tell(desk.voice("The room is closed; everything is saved."))
        elif doors is not None:
            link = doors.control if name == "control" else doors.screen
            if not desk.office.browse(link):
                desk.tell(desk.voice("No browser was found. Open this address in one: {link}", link=link), 20.0)


def draw_qr(surface: pygame.Surface, rows: tuple[str, ...], rect: pygame.Rect) -> None:
    """A QR code, as large as whole pixels allow, with its margin."""
    cells = len(rows) + 2 * QUIET
    size = max(1, min(rect.width, rect.height) // cells)
    whole = pygame.Rect(rect.x, rect.y, size * cells, size * cells)
    surface.fill(PAPER, whole)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if cell == "1":
                surface.fill(INK, (whole.x + (x + QUIET) * size, whole.y + (y + QUIET) * size, size, size))
