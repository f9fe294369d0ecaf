"""The promise ledger: what was promised, by whom, by when, to whom, and what became of it."""

from typing import ClassVar

import pygame

from sim.desktop.board.board import Board
from sim.desktop.post import Post
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, PAD, SMALL
from sim.seat.table import due_soon, promise_heard, promise_owner, promise_state, promise_text
from sim.seat.words import clauses
from sim.world.table import PromiseView


class LedgerBoard(Board):
    """One promise after the other, the open ones first, those due soonest on top."""

    name: ClassVar[str] = "ledger"
    title: ClassVar[str] = "Promises"
    place: ClassVar[int] = 45

    def offered(self, post: Post) -> bool:
        """True where something can be promised, was promised, or is remembered as broken."""
        table = post.seen.table
        return post.option("give_word") is not None or bool(table.ledger) or table.distrust > 0.0

    def waiting(self, post: Post) -> int:
        """Promises that fall due soon."""
        return due_soon(post.seen)

    def draw(self, desk: Desk, post: Post, rect: pygame.Rect) -> None:
        """A way to give our word, and every promise."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        body, option = rect, post.option("give_word")
        if option is not None:
            top = pygame.Rect(rect.x, rect.y, 0, paint.px(30))
            text = post.words.response("give_word")
            top.width = min(rect.width, ui.button_width(text))
            tip = "\n".join(say(reason) for reason in option.reasons)
            if ui.button("ledger:give", top, text, tip):
                post.propose("give_word")
            y = top.bottom + paint.px(PAD)
            body = pygame.Rect(rect.x, y, rect.width, rect.bottom - y)
        table = post.seen.table
        with ui.scroll("ledger", body) as area:
            y = area.y
            if table.distrust > 0.0:
                text = say("People here remember broken promises: {share:.0%} of those made.", share=table.distrust)
                y += paint.paragraph(text, area.at(y), BODY, theme.warn) + paint.px(GAP)
            if not table.ledger:
                y += paint.paragraph(say("Nothing has been promised yet."), area.at(y), BODY, theme.muted)
            for line in sorted(table.ledger, key=lambda p: (p.kept is not None, p.due_min, p.number)):
                y += self._line(desk, post, line, area.at(y)) + paint.px(PAD)
            area.reach(y)

    @staticmethod
    def _line(desk: Desk, post: Post, line: PromiseView, at: pygame.Rect) -> int:
        """What on the left, what became of it on the right, who and to whom below; returns its height."""
        paint, say, theme, words = desk.paint, desk.voice, desk.paint.theme, post.words
        tones = {"good": theme.good, "bad": theme.bad, "warn": theme.warn, "muted": theme.muted}
        state, tone = promise_state(words, line, post.seen.minute)
        wide = paint.text_width(state, BODY, bold=True) + paint.px(PAD)
        paint.text(state, (at.right - wide, at.y), BODY, tones[tone], bold=True)
        inner = pygame.Rect(at.x, at.y, max(paint.px(120), at.width - wide - paint.px(PAD)), 0)
        inner.y += paint.paragraph(promise_text(words, line), inner, BODY, bold=True)
        inner.width = at.width
        about = clauses(say, [promise_owner(words, line), promise_heard(words, line)])
        inner.y += paint.paragraph(about, inner, SMALL, theme.muted)
        return inner.y - at.y
