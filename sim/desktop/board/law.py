"""The law card: why an order is refused, where each rule stands, what puts it right, and where law and floor part."""

from typing import ClassVar

import pygame

from sim.desktop.board.board import Board
from sim.desktop.cards import choose, rules_for
from sim.desktop.post import Post
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL
from sim.seat.law import Missing, mark, missing, packs, status
from sim.seat.sourced import sourced
from sim.world.order import Order, Ruling


class LawBoard(Board):
    """About the order being put together; without one, about the last that was refused; else about the law as such."""

    name: ClassVar[str] = "law"
    title: ClassVar[str] = "Law"
    place: ClassVar[int] = 70

    def draw(self, desk: Desk, post: Post, rect: pygame.Rect) -> None:
        """The card, and what applies here."""
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        with desk.ui.scroll("law", rect) as area:
            at = pygame.Rect(area.x, area.y, min(area.width, paint.px(820)), 0)
            order, ruling = _in_question(post)
            if order is not None and ruling is not None:
                self._card(desk, post, order, ruling, at)
            at.y += paint.px(PAD)
            note = mark(post.words.playbook)
            if note is not None:
                at.y += paint.paragraph(say(note), at, BODY, theme.warn, bold=True)
            for title, text in packs(post.words.playbook):
                at.y += paint.paragraph(say(title), at, BODY, bold=True)
                at.y += paint.paragraph(say(text), at, SMALL, theme.muted) + paint.px(PAD)
            area.reach(at.y)

    def _card(self, desk: Desk, post: Post, order: Order, ruling: Ruling, at: pygame.Rect) -> None:
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        at.y += paint.paragraph(post.words.response(order.response), at, LARGE, bold=True)
        for reason in ruling.reasons:
            at.y += paint.paragraph(say("not possible: {why}", why=say(reason)), at, BODY, theme.warn)
        found = missing(ruling)
        if not found:
            at.y += paint.paragraph(say("Lawful as it stands. It rests on:"), at, BODY, theme.good)
            option = next((o for o in post.view.options if o.response.id == order.response), None)
            for rule in rules_for(post.words.playbook, option) if option is not None else ():
                cite = rule.cite
                where = say(cite.instrument.text) + (say(", ") + say(cite.article.text) if cite.article else "")
                where = say("{text} ({note})", text=where, note=say(status(cite.status)))
                at.y += paint.paragraph(f"· {say(rule.says.text)}", at, BODY)
                at.y += paint.paragraph(where, at, SMALL, theme.muted)
            return
        at.y += paint.paragraph(
            say("Unlawful as it stands. What is missing: {number}", number=len(found)), at, BODY, theme.bad, bold=True
        )
        for each in found:
            self._missing(desk, post, each, at)
        for gap in ruling.gaps:
            at.y += paint.paragraph(say("Where the law here and the floor part"), at, BODY, theme.warn, bold=True)
            at.y += paint.paragraph(say(gap.parts), at, BODY)
            at.y += paint.paragraph(sourced(say, gap), at, SMALL, theme.muted) + paint.px(GAP)

    def _missing(self, desk: Desk, post: Post, each: Missing, at: pygame.Rect) -> None:
        """One thing that is missing: what, by which rules, what puts it right, and the way there."""
        paint, say, theme, ui = desk.paint, desk.voice, desk.paint.theme, desk.ui
        at.y += paint.px(6)
        at.y += paint.paragraph("× " + say(each.why), at, BODY, theme.bad)
        at.y += paint.paragraph(say("forbidden {whose}", whose=say(each.whose)), at, SMALL, theme.muted)
        for rule in each.rules:
            at.y += paint.paragraph(sourced(say, rule), at, SMALL, theme.muted)
        if each.remedy is not None:
            at.y += paint.paragraph(say(each.remedy), at, BODY)
        at.y += paint.px(4) if each.steps else 0
        x, high = at.x, paint.px(28)
        for name in each.steps[:4]:
            option = next((o for o in post.view.options if o.response.id == name), None)
            if option is None:
                continue
            text = post.words.response(name)
            width = min(ui.button_width(text, SMALL), at.width)
            if x + width > at.right and x > at.x:
                x, at.y = at.x, at.y + high + paint.px(2)
            tip = "\n".join(say(reason) for reason in option.reasons)
            spot = pygame.Rect(x, at.y, width, high)
            if ui.button(f"law:{each.why.template}:{name}", spot, text, tip, enabled=option.open, size=SMALL):
                choose(post, option)
            x += width + paint.px(GAP)
        at.y += (high if x > at.x else 0) + paint.px(GAP)


def _in_question(post: Post) -> tuple[Order | None, Ruling | None]:
    """The order the card is about, with its ruling."""
    if post.draft is not None:
        order = post.draft.order()
        return order, post.engine.preview(order)
    return post.last_refused or (None, None)
