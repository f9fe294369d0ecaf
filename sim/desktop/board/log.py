"""The log board: what came in and what was ordered, when and why, newest first."""

from dataclasses import dataclass
from typing import ClassVar

import pygame

from sim.desktop.board.board import Board
from sim.desktop.post import Post
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, PAD, SMALL
from sim.seat.log import LogEntry, log_of
from sim.seat.words import CHANNELS

SHOWN = ("all", "order", "call")


@dataclass(slots=True)
class LogBoard(Board):
    """Everything, or the orders alone, or what needed an answer."""

    name: ClassVar[str] = "log"
    title: ClassVar[str] = "Log"
    place: ClassVar[int] = 80
    shown: str = "all"

    def draw(self, desk: Desk, post: Post, rect: pygame.Rect) -> None:
        """Which lines, and the lines."""
        paint, ui, say = desk.paint, desk.ui, desk.voice
        words = {"all": say("everything"), "order": say("orders"), "call": say("calls to answer")}
        top = pygame.Rect(rect.x, rect.y, min(rect.width, paint.px(420)), paint.px(30))
        self.shown = ui.choice("log:shown", top, [(name, words[name]) for name in SHOWN], self.shown)
        body = pygame.Rect(rect.x, top.bottom + paint.px(PAD), rect.width, rect.bottom - top.bottom - paint.px(PAD))
        entries = [e for e in log_of(post.seen) if self._fits(e)]
        with ui.scroll("log", body) as area:
            y = area.y
            if not entries:
                y += paint.paragraph(say("Nothing yet."), area.at(y), BODY, paint.theme.muted)
            for entry in entries:
                y += self._entry(desk, post, entry, area.at(y)) + paint.px(PAD)
            area.reach(y)

    def _fits(self, entry: LogEntry) -> bool:
        if self.shown == "order":
            return entry.order is not None
        return self.shown == "all" or (entry.message is not None and entry.message.needs_answer)

    def _entry(self, desk: Desk, post: Post, entry: LogEntry, at: pygame.Rect) -> int:
        """Draws one line with its time on the left; returns its height."""
        paint, say, theme, words = desk.paint, desk.voice, desk.paint.theme, post.words
        left = paint.px(76)
        inner = pygame.Rect(at.x + left, at.y, at.width - left, 0)
        paint.text(words.clock(entry.tick), at.topleft, BODY, theme.muted)
        if entry.order is not None:
            return self._order(desk, post, entry, inner)
        message = entry.message
        assert message is not None
        head = say(CHANNELS[message.via])
        paint.text(head, inner.topleft, SMALL, theme.warn if message.needs_answer else theme.accent, bold=True)
        inner.y += paint.line_height(SMALL)
        return paint.line_height(SMALL) + paint.paragraph(say(message.text), inner, BODY, most=4)

    def _order(self, desk: Desk, post: Post, entry: LogEntry, inner: pygame.Rect) -> int:
        paint, say, theme, words = desk.paint, desk.voice, desk.paint.theme, post.words
        order = entry.order
        assert order is not None
        response = words.playbook.responses.get(order.response)
        target = words.target(response, order.target, post.seen)
        top = inner.y
        paint.text(say("order"), inner.topleft, SMALL, theme.good, bold=True)
        inner.y += paint.line_height(SMALL)
        title = words.response(order.response) + (f" · {target}" if target else "")
        inner.y += paint.paragraph(title, inner, BODY, bold=True, most=2)
        if order.reason:
            inner.y += paint.paragraph(words.reason(order.reason, post.seen), inner, BODY, theme.muted, most=3)
        return inner.y - top
