"""The early-warning board: what came in, how far it is checked, what is prepared, who comes, the risk as stated."""

from dataclasses import dataclass, field
from typing import ClassVar

import pygame

from sim.desktop.board.board import Board
from sim.desktop.post import Post
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL, WIDE, Colour
from sim.seat.standing import standing
from sim.seat.warning import (
    AGREED,
    ESTIMATE,
    LEVELS,
    SAYS,
    Preparation,
    Signal,
    coming,
    officials,
    preparations,
    signals,
)
from sim.seat.words import GRADES, listed, span
from sim.world.observation import SourceView
from sim.world.order import Order, Value

STEPS = (0, 10, 25, 50, 75, 90, 100)
"""Percents that take one press; the form takes any."""


@dataclass(slots=True)
class WarningBoard(Board):
    """Signals on the left, everything that is done about them on the right."""

    name: ClassVar[str] = "warning"
    title: ClassVar[str] = "Early warning"
    place: ClassVar[int] = 10
    opened: str = ""
    """Id of the signal whose sources are shown; "-" for none, "" for the first that waits."""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Sources picked for each signal."""

    def offered(self, post: Post) -> bool:
        """True where signals come in, or a risk is asked for."""
        scenario = post.words.scenario
        return bool(scenario.risk_minutes or post.seen.claims or scenario.start_min < 0)

    def first(self, post: Post) -> bool:
        """True while nobody has gathered yet: the first hour is spent here."""
        return post.seen.minute < 0.0

    def waiting(self, post: Post) -> int:
        """Signals nobody has asked enough about, and a question of the risk."""
        asked = sum(1 for question in post.seen.desk.forecasts if question.open)
        return asked + sum(1 for signal in signals(post.seen, post.words.playbook) if signal.open)

    def draw(self, desk: Desk, post: Post, rect: pygame.Rect) -> None:
        """The time there is, the question that is open, and both sides below."""
        paint = desk.paint
        self._by_keyboard(desk, post)
        y = rect.y + self._time(desk, post, rect)
        y += self._question(desk, post, pygame.Rect(rect.x, y, rect.width, 0))
        gap = paint.px(WIDE)
        left = round((rect.width - gap) * 0.58)
        high = rect.bottom - y
        self._signals(desk, post, pygame.Rect(rect.x, y, left, high))
        self._doing(desk, post, pygame.Rect(rect.x + left + gap, y, rect.width - left - gap, high))

    def _by_keyboard(self, desk: Desk, post: Post) -> None:
        """An arrow key goes to the first signal while nothing on the page has the keyboard."""
        ui = desk.ui
        if any(ui.input.step) and not (ui.typing or ui.inert) and ui.where(ui.focus) is None:
            first = next(iter(signals(post.seen, post.words.playbook)), None)
            if first is not None:
                ui.focus, ui.show_focus, ui.input.step = f"signal:{first.claim.id}", True, (0, 0)

    # ---- the top

    def _time(self, desk: Desk, post: Post, rect: pygame.Rect) -> int:
        """A line from the first minute to minute 0 with a mark for each signal; returns its height."""
        paint, say, theme, seen = desk.paint, desk.voice, desk.paint.theme, post.seen
        start = post.words.scenario.start_min
        if seen.minute >= 0.0 or start >= 0:
            return 0
        text = say("{left} to the first call", left=span(-seen.minute * 60.0))
        paint.text(text, rect.topleft, LARGE, bold=True, width=rect.width)
        y = rect.y + paint.line_height(LARGE) + paint.px(GAP)
        bar = pygame.Rect(rect.x, y, rect.width, paint.px(8))
        paint.panel(bar, theme.raised, radius=3)
        share = (seen.minute - start) / -start
        paint.panel(pygame.Rect(bar.x, bar.y, round(bar.width * share), bar.height), theme.accent, radius=3)
        for signal in signals(seen, post.words.playbook):
            at = bar.x + bar.width * signal.claim.heard_tick / 600.0 / -start
            paint.shape("diamond", (at, bar.centery), paint.px(12), self._colour(desk, signal), theme.ground)
        return bar.bottom + paint.px(PAD) - rect.y

    def _question(self, desk: Desk, post: Post, rect: pygame.Rect) -> int:
        """The question of the risk while it can be answered, as buttons; returns its height."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        question = next((q for q in post.seen.desk.forecasts if q.open), None)
        option = next((o for o in post.view.options if o.response.catalogue == ESTIMATE), None)
        if question is None or option is None or not option.open or post.waiting is not None:
            return 0
        text = say("Within 15 minutes somebody is hurt or violent. How likely is that?")
        inner = rect.width - 2 * paint.px(PAD)
        high = paint.px(32)
        lines = paint.paragraph_height(text, inner, BODY, bold=True)
        box = pygame.Rect(rect.x, rect.y, rect.width, lines + high + 3 * paint.px(PAD))
        paint.panel(box, theme.panel, theme.warn)
        paint.paragraph(text, pygame.Rect(box.x + paint.px(PAD), box.y + paint.px(PAD), inner, 0), BODY, bold=True)
        other = say("another figure ...")
        width = ui.button_width(other)
        room = inner - width - paint.px(GAP) * len(STEPS)
        x, y = box.x + paint.px(PAD), box.bottom - high - paint.px(PAD)
        for percent in STEPS:
            spot = pygame.Rect(x, y, room // len(STEPS), high)
            if ui.button(f"risk:{percent}", spot, f"{percent} %"):
                self._give(desk, post, option.response.id, "", percent=percent)
            x = spot.right + paint.px(GAP)
        if ui.button("risk:other", pygame.Rect(x, y, width, high), other):
            post.propose(option.response.id)
        return box.height + paint.px(PAD)

    # ---- signals

    def _signals(self, desk: Desk, post: Post, rect: pygame.Rect) -> None:
        paint, say = desk.paint, desk.voice
        found = signals(post.seen, post.words.playbook)
        open_ones = [signal.claim.id for signal in found if signal.open]
        if self.opened not in {"-", *(signal.claim.id for signal in found)}:
            self.opened = open_ones[0] if open_ones else ""
        with desk.ui.scroll("warning:signals", rect) as area:
            y = area.y
            if not found:
                y += paint.paragraph(say("Nothing has come in yet."), area.at(y), BODY, paint.theme.muted)
            for signal in found:
                y += self._signal(desk, post, signal, area.at(y)) + paint.px(6)
            area.reach(y)

    def _signal(self, desk: Desk, post: Post, signal: Signal, at: pygame.Rect) -> int:
        """One signal, with its sources while it is opened; returns its height."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        claim, pad = signal.claim, paint.px(PAD)
        opened = self.opened == claim.id
        inner = at.width - 2 * pad - paint.px(18)
        text = say(claim.text)
        high = paint.line_height(SMALL) + paint.paragraph_height(text, inner, BODY, most=3) + 2 * paint.px(6)
        head = pygame.Rect(at.x, at.y, at.width, high)
        paint.panel(head, theme.hover if ui.over(head) else theme.raised, theme.accent if opened else None)
        if ui.hot(f"signal:{claim.id}", head, say(GRADES[claim.grade])):
            self.opened = "-" if opened else claim.id
        colour = self._colour(desk, signal)
        x = head.x + pad + paint.px(18)
        paint.shape("diamond", (head.x + pad + paint.px(5), head.y + paint.px(14)), paint.px(12), colour)
        line = "  ·  ".join(standing(signal, post.words, post.seen.tick))
        paint.text(line, (x, head.y + paint.px(6)), SMALL, colour, bold=True, width=inner)
        body = pygame.Rect(x, head.y + paint.px(6) + paint.line_height(SMALL), inner, 0)
        paint.paragraph(text, body, BODY, most=3)
        ui.ring(f"signal:{claim.id}", head)
        if not opened:
            return high
        below = pygame.Rect(at.x + pad, head.bottom + paint.px(GAP), at.width - pad, 0)
        return high + paint.px(GAP) + self._sources(desk, post, signal, below)

    def _colour(self, desk: Desk, signal: Signal) -> Colour:
        theme = desk.paint.theme
        if signal.claim.verdict:
            return {"true": theme.good, "false": theme.muted}.get(signal.claim.verdict, theme.accent)
        return theme.warn if signal.open else theme.accent

    def _sources(self, desk: Desk, post: Post, signal: Signal, at: pygame.Rect) -> int:
        """Everybody who can be asked, to be picked, and the button that asks; returns their height."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        claim, top = signal.claim, at.y
        left = [source.id for source in signal.left]
        picked = [name for name in self.chosen.get(claim.id, ()) if name in left]
        for source in claim.sources:
            can = source.id in left
            text = say(source.name)
            tip = f"{text}: {say(source.how)}"
            spot = pygame.Rect(at.x, at.y, at.width, paint.px(30))
            if can:
                if ui.toggle(f"source:{claim.id}:{source.id}", spot, text, tip, on=source.id in picked) != (
                    source.id in picked
                ):
                    picked = [n for n in left if (n in picked) != (n == source.id)]
            else:
                paint.text(text, (spot.x, spot.y + paint.px(5)), BODY, theme.muted, width=spot.width)
            at.y += spot.height
            line = pygame.Rect(at.x + paint.px(42), at.y - paint.px(3), at.width - paint.px(42), 0)
            at.y += paint.paragraph(self._knows(desk, source), line, SMALL, theme.muted)
        self.chosen[claim.id] = tuple(picked)
        if left:
            at.y += self._ask(desk, post, signal, [s for s in signal.left if s.id in picked], at)
        return at.y - top

    def _knows(self, desk: Desk, source: SourceView) -> str:
        """How a source comes to know it, how good it is, how long it takes, and what it said."""
        say = desk.voice
        parts = [say(source.how), say("grade {grade}", grade=source.grade)]
        if source.says:
            parts.append(say(SAYS[source.says]))
        elif source.asking:
            parts.append(say("being asked"))
        elif source.minutes:
            parts.append(say("{minutes:g} min", minutes=source.minutes))
        return "  ·  ".join(parts)

    def _ask(self, desk: Desk, post: Post, signal: Signal, picked: list[SourceView], at: pygame.Rect) -> int:
        """The button; without anybody picked it asks the best two. Returns its height."""
        paint, ui, say = desk.paint, desk.ui, desk.voice
        option = next((o for o in post.view.options if o.response.catalogue == "EW1"), None)
        if option is None:
            return 0
        text = say("Ask: {who}", who=listed(say, (say(s.name) for s in picked))) if picked else say(
            "Ask the best two that are independent"
        )  # fmt: skip
        free = bool(option.free_units)
        tip = "" if free else say("nobody is free to ask")
        spot = pygame.Rect(at.x, at.y + paint.px(GAP), at.width, paint.px(32))
        if ui.button(f"ask:{signal.claim.id}", spot, text, tip, primary=free, enabled=free and post.waiting is None):
            named = "+".join(s.id for s in picked)
            self._give(desk, post, option.response.id, signal.claim.id, sources=named)
        return spot.height + 2 * paint.px(GAP)

    # ---- what is done about it

    def _doing(self, desk: Desk, post: Post, rect: pygame.Rect) -> None:
        with desk.ui.scroll("warning:doing", rect) as area:
            y = area.y
            y += self._title(desk, desk.voice("Prepare"), area.at(y))
            for each in preparations(post.seen, post.view.options):
                y += self._prepare(desk, post, each, area.at(y)) + desk.paint.px(GAP)
            y += self._who(desk, post, area.at(y))
            y += self._stated(desk, post, area.at(y))
            area.reach(y)

    def _title(self, desk: Desk, text: str, at: pygame.Rect) -> int:
        paint = desk.paint
        paint.text(text, at.topleft, BODY, paint.theme.muted, bold=True, width=at.width)
        return paint.line_height(BODY) + paint.px(GAP)

    def _prepare(self, desk: Desk, post: Post, each: Preparation, at: pygame.Rect) -> int:
        """One thing to prepare as a button that opens its form; returns its height."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        response = each.option.response
        high = paint.px(32)
        state, colour = self._stands(desk, post, each)
        width = paint.text_width(state, SMALL) + paint.px(PAD) if state else 0
        below = ui.button_width(say(response.title.text)) + width > at.width
        spot = pygame.Rect(at.x, at.y, at.width - (0 if below else width), high)
        tip = say(response.says.text)
        if each.option.reasons:
            tip += "\n" + "\n".join(say(reason) for reason in each.option.reasons)
        if ui.button(f"prepare:{response.id}", spot, say(response.title.text), tip, enabled=each.option.open):
            post.propose(response.id)
        if state and below:
            high += paint.line_height(SMALL)
            paint.text(state, (at.x + paint.px(PAD), spot.bottom), SMALL, colour, width=at.width - paint.px(PAD))
        elif state:
            y = at.y + (high - paint.line_height(SMALL)) / 2
            paint.text(state, (spot.right + paint.px(PAD), y), SMALL, colour, width=max(1, width - paint.px(PAD)))
        if ui.over(spot) and colour == theme.muted and not each.option.open:
            ui.tip(tip, spot)
        return high

    def _stands(self, desk: Desk, post: Post, each: Preparation) -> tuple[str, Colour]:
        """How a preparation stands, in words and colour."""
        say, theme, state = desk.voice, desk.paint.theme, post.seen.desk
        if each.running_min > 0.0:
            return say("{minutes:.0f} min to go", minutes=each.running_min), theme.accent
        if each.running_min < 0.0:
            return say("at work"), theme.good
        if each.option.response.catalogue == "EW7":
            return say(LEVELS[state.level]), theme.good if state.level else theme.warn
        if each.option.response.catalogue == "EW2" and state.agreed:
            return say("agreed: {things}", things=listed(say, (say(AGREED[a]) for a in state.agreed))), theme.good
        return (say("done"), theme.good) if each.done else ("", theme.muted)

    def _who(self, desk: Desk, post: Post, at: pygame.Rect) -> int:
        """Who is still to come, when, and who of the departments may decide; returns its height."""
        paint, say, theme, words = desk.paint, desk.voice, desk.paint.theme, post.words
        top = at.y
        at.y += paint.px(PAD)
        at.y += self._title(desk, say("Who comes, and when"), at)
        if not post.seen.desk.trusted:
            at.y += paint.paragraph(say("An alert went beyond what was known: calls have less weight now."), at, SMALL,
                                    theme.warn)  # fmt: skip
        for unit in coming(post.seen):
            eta = say("in {time}", time=span(unit.eta_s))
            width = paint.text_width(eta, SMALL)
            paint.text(
                f"{unit.id}  {words.unit_kind(unit.code)}", at.topleft, SMALL, width=at.width - width - paint.px(6)
            )
            paint.text(eta, (at.right - width, at.y), SMALL, theme.muted)
            at.y += paint.line_height(SMALL)
        if not coming(post.seen):
            at.y += paint.paragraph(say("everybody is here"), at, SMALL, theme.muted)
        for unit in officials(post.seen):
            known = {"yes": say("may decide"), "no": say("may decide nothing"), "": say("mandate not known")}
            colour = {"yes": theme.good, "no": theme.warn, "": theme.muted}[unit.may_decide]
            at.y += paint.paragraph(f"{unit.id}: {known[unit.may_decide]}", at, SMALL, colour)
        return at.y - top

    def _stated(self, desk: Desk, post: Post, at: pygame.Rect) -> int:
        """The risks stated so far; returns their height."""
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        top = at.y
        if not post.seen.desk.forecasts:
            return 0
        at.y += paint.px(PAD)
        at.y += self._title(desk, say("Risk as stated"), at)
        for question in post.seen.desk.forecasts:
            clock = post.words.clock_of_minute(question.minute)
            said = question.stated_tick >= 0
            text = (
                f"{question.percent:.0f} %"
                if said
                else say("waiting for an answer")
                if question.open
                else say("not answered: 50 %")
            )
            paint.text(clock, at.topleft, SMALL, theme.muted)
            bar = pygame.Rect(at.x + paint.px(64), at.y + paint.px(4), paint.px(90), paint.px(8))
            paint.panel(bar, theme.raised, radius=3)
            filled = pygame.Rect(bar.x, bar.y, round(bar.width * question.percent / 100.0), bar.height)
            paint.panel(filled, theme.accent if said else theme.line, radius=3)
            paint.text(
                text, (bar.right + paint.px(PAD), at.y), SMALL, width=max(1, at.right - bar.right - paint.px(PAD))
            )
            at.y += paint.line_height(SMALL)
        return at.y - top

    def _give(self, desk: Desk, post: Post, response: str, target: str, **given: Value) -> None:
        """Sends it as it stands; where every order needs a reason its form is opened instead."""
        if post.assessed:
            post.propose(response, target, **given)
        else:
            post.order(Order(response=response, target=target, parameters=given), desk.clock())
