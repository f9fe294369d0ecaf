"""Feed: messages as they came in, first what is new and open calls, with time, source and what is left of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pygame

from sim.core.phrase import Phrase
from sim.desktop.paint import Paint
from sim.desktop.post import Post
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, PAD, SMALL, Colour
from sim.seat.chronicle import WITHOUT_LIMIT
from sim.seat.words import CHANNELS, GRADES, UNGRADED, lasting
from sim.world.message import Message

READ_S = 2.0
"""A message that was in sight for so long has been read."""
URGENT_TICKS = 1200
NEW_REPORTS = 2
"""At most so many reports nobody has read stand over open calls that were read; more would push those out of sight."""


@dataclass(slots=True)
class Feed:
    """The list of messages."""

    since: dict[int, float] = field(default_factory=dict)
    """When each unread message came into sight."""
    _order: tuple[Message, ...] = ()
    _known: tuple[int, tuple[int, ...]] = (-1, ())
    """How many messages there were and which calls were open when the order was made."""
    _said: dict[int, int] = field(default_factory=dict)
    """How often a report that stands for earlier ones of its kind has come."""
    _tops: dict[int, int] = field(default_factory=dict)
    """How far down each message begins."""

    def bring(self, desk: Desk, message: Message) -> None:
        """Scrolls to a message and gives its button the keyboard."""
        desk.ui.scroll_to("feed", self._tops.get(message.serial, 0))
        desk.ui.focus, desk.ui.show_focus = f"call:{message.serial}", True

    def draw(self, desk: Desk, post: Post, rect: pygame.Rect, now: float) -> None:
        """All messages inside this rectangle."""
        paint, ui, say = desk.paint, desk.ui, desk.voice
        head = paint.line_height(BODY) + paint.px(PAD)
        calls = post.chronicle.open_calls(post.seen)
        unread = len(post.chronicle.unread)
        paint.text(say("Messages"), (rect.x, rect.y), BODY, bold=True)
        count = say("{calls} to answer, {unread} unread", calls=len(calls), unread=unread)
        colour = paint.theme.warn if calls else paint.theme.muted
        paint.text(count, (rect.right, rect.y + paint.px(2)), SMALL, colour, bold=bool(calls), align=1.0)
        body = pygame.Rect(rect.x, rect.y + head, rect.width, rect.height - head)
        self._sort(desk, post, body, calls)
        with ui.scroll("feed", body) as area:
            y = area.y
            if not post.seen.messages:
                still = post.wanted == "paused" and not post.over
                text = say("No message yet.")
                if still:
                    text = say(
                        "No message yet. {run} lets time run; then messages come in, and the map fills as your people"
                        " report.",
                        run=desk.keys.shown("pause"),
                    )
                y += paint.paragraph(text, pygame.Rect(area.x, y, area.width, 0), BODY, paint.theme.muted)
            for message in self._order:
                self._tops[message.serial] = y - area.y
                y += self._message(desk, post, pygame.Rect(area.x, y, area.width, 0), message, now) + paint.px(GAP)
            area.reach(y)

    def _sort(self, desk: Desk, post: Post, body: pygame.Rect, calls: list[Message]) -> None:
        """What is new, calls before a few reports; then open calls, the most urgent first; then the rest.

        Made anew only when something came in or a call closed, so that nothing moves under the eyes of who reads.
        """
        messages = post.seen.messages
        known = (len(messages), tuple(m.serial for m in calls))
        if known == self._known:
            return
        if known[0] > self._known[0] and not desk.ui.over(body):
            desk.ui.scroll_to("feed", 0.0)
        self._known = known
        newest = self._folded(post, messages)
        unread = set(post.chronicle.unread)
        new_calls = [m for m in newest if m.serial in unread and m in calls]
        new_reports = [m for m in newest if m.serial in unread and m not in calls][:NEW_REPORTS]
        waiting = [m for m in calls if m not in new_calls]
        rest = [m for m in newest if m not in calls and m not in new_reports]
        self._order = (*new_calls, *new_reports, *waiting, *rest)

    def _folded(self, post: Post, messages: Sequence[Message]) -> list[Message]:
        """The newest first; a report that only brings an earlier one up to date stands for it, which is read then."""
        found: list[Message] = []
        newer: dict[tuple[str, str], int] = {}
        self._said = {}
        for message in reversed(messages):
            if message.ref and isinstance(message.text, Phrase) and not message.needs_answer:
                key = message.text.template, message.ref
                if key in newer:
                    self._said[newer[key]] += 1
                    post.chronicle.read(message)
                    continue
                newer[key] = message.serial
                self._said[message.serial] = 1
            found.append(message)
        return found

    def _message(self, desk: Desk, post: Post, at: pygame.Rect, message: Message, now: float) -> int:
        """Draws one message where it is in sight; returns its height."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        waiting = post.chronicle.waits(message, post.seen.tick)
        unread = message.serial in post.chronicle.unread
        text = say(message.text)
        pad = paint.px(PAD)
        inner = at.width - 2 * pad - paint.px(6)
        high = paint.paragraph_height(text, inner, BODY)
        line = paint.line_height(SMALL)
        button = paint.px(30) if waiting else 0
        height = line + high + 2 * paint.px(6) + (button + paint.px(GAP) if waiting else 0)
        box = pygame.Rect(at.x, at.y, at.width, height)
        clip = paint.surface.get_clip()
        if box.bottom < clip.top or box.top > clip.bottom:
            return height
        self._mark_read(post, message, unread=unread, now=now, held=ui.inert)
        paint.panel(box, theme.raised if waiting or unread else None, theme.warn if waiting else None)
        if waiting:
            edge = pygame.Rect(box.x, box.y + paint.px(6), paint.px(4), box.height - 2 * paint.px(6))
            paint.surface.fill(self._urgency(paint, message, post.seen.tick), edge)
        x, y = box.x + pad + paint.px(6), box.y + paint.px(6)
        self._head(desk, post, message, pygame.Rect(x, y, inner, line), unread=unread, waiting=waiting)
        paint.paragraph(text, pygame.Rect(x, y + line, inner, high), BODY,
                        theme.text if waiting or unread else theme.muted)  # fmt: skip
        if waiting:
            label = say("In hand")
            width = ui.button_width(label, SMALL, icon=True)
            spot = pygame.Rect(x, y + line + high + paint.px(GAP), width, button)
            tip = say("A mark for yourself that you have dealt with it. It gives no order.")
            if ui.button(f"call:{message.serial}", spot, label, tip, size=SMALL, icon="check"):
                post.take_in_hand(message)
            if message.answer_by_tick:
                self._countdown(desk, message, post.seen.tick, pygame.Rect(spot.right + pad, spot.y,
                                box.right - pad - spot.right - pad, button))  # fmt: skip
        elif ui.over(box) and ui.input.down:
            post.chronicle.read(message)
        return height

    def _mark_read(self, post: Post, message: Message, *, unread: bool, now: float, held: bool) -> None:
        if not unread:
            self.since.pop(message.serial, None)
        elif not held and now - self.since.setdefault(message.serial, now) > READ_S:
            post.chronicle.read(message)

    def _head(
        self, desk: Desk, post: Post, message: Message, rect: pygame.Rect, *, unread: bool, waiting: bool
    ) -> None:
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        x = float(rect.x)
        if unread:
            paint.shape("disc", (x + paint.px(4), rect.centery), paint.px(8), theme.accent)
            x += paint.px(13)
        x = paint.text(post.words.clock(message.tick), (x, rect.y), SMALL, theme.text, bold=unread).right + paint.px(7)
        x = paint.text(say(CHANNELS[message.via]), (x, rect.y), SMALL, theme.accent, bold=True).right + paint.px(7)
        graded = message.via not in UNGRADED
        grade = f"{message.grade} · {say(GRADES[message.grade])}" if graded else ""
        status, colour = self._status(desk, post, message, waiting=waiting)
        if self._said.get(message.serial, 0) > 1:
            status = f"×{self._said[message.serial]}"
        room = rect.right - x - (paint.text_width(status, SMALL, bold=True) + paint.px(10) if status else 0)
        if graded and paint.text_width(grade, SMALL) > room:
            grade = message.grade
        if graded and room > paint.px(14):
            paint.text(grade, (x, rect.y), SMALL, theme.muted)
        if status:
            paint.text(status, (rect.right, rect.y), SMALL, colour, bold=True, align=1.0)
        if graded and ui.over(rect):
            ui.tip(say("How far the source can be trusted: {grade}", grade=say(GRADES[message.grade])), rect)

    @staticmethod
    def _status(desk: Desk, post: Post, message: Message, *, waiting: bool) -> tuple[str, Colour]:
        say, theme = desk.voice, desk.paint.theme
        if waiting:
            return say("ANSWER"), theme.warn
        if message.serial in post.chronicle.in_hand:
            return say("in hand"), theme.good
        if message.serial in post.chronicle.refused:
            return say("answered"), theme.good
        if message.needs_answer:
            end = message.answer_by_tick or message.tick + WITHOUT_LIMIT
            if any(message.tick <= order.tick <= end for order in post.seen.orders):
                return say("closed"), theme.muted  # whether an order of that time met it is for the hot wash to say
            return say("time is up"), theme.bad
        return "", theme.muted

    @staticmethod
    def _urgency(paint: Paint, message: Message, tick: int) -> Colour:
        urgent = message.answer_by_tick and message.answer_by_tick - tick <= URGENT_TICKS
        return paint.theme.bad if urgent else paint.theme.warn

    def _countdown(self, desk: Desk, message: Message, tick: int, rect: pygame.Rect) -> None:
        """What is left to answer in, as a number and a bar."""
        paint = desk.paint
        left = max(0, message.answer_by_tick - tick)
        share = left / max(1, message.answer_by_tick - message.tick)
        colour = self._urgency(paint, message, tick)
        text = desk.voice("{left} left", left=lasting(desk.voice, left / 10.0))
        width = paint.text_width(text, SMALL, bold=True)
        spot = (rect.x, rect.centery - paint.line_height(SMALL) / 2)
        paint.text(text, spot, SMALL, colour, bold=True)
        bar = pygame.Rect(rect.x + width + paint.px(PAD), rect.centery - paint.px(3), 0, paint.px(6))
        bar.width = max(0, rect.right - bar.x)
        paint.panel(bar, paint.theme.ground, radius=3)
        paint.panel(pygame.Rect(bar.x, bar.y, round(bar.width * share), bar.height), colour, radius=3)
