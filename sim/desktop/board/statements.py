"""The statement board: a statement is put together, read as it will be heard, and weighed before it is sent."""

from dataclasses import dataclass
from typing import ClassVar

import pygame

from sim.desktop.board.board import Board
from sim.desktop.post import Post
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL
from sim.exercise.option import Option
from sim.scenario.response import Parameter
from sim.seat.composer import QUALITIES, Composed, composed, composes, due, heard, line_of, stateable
from sim.seat.draft import Draft, toggled
from sim.seat.words import listed, running
from sim.world.statement import MISTAKES, split

ROW = 28
SHOWN = 8
"""So many earlier statements are listed."""
GOOD, FAIR = 0.7, 0.45
"""From here on a part is shown as good, and as fair."""


@dataclass(slots=True)
class StatementBoard(Board):
    """On the left what goes in, on the right how it reads, how good it is, and what was said before."""

    name: ClassVar[str] = "statements"
    title: ClassVar[str] = "Statements"
    place: ClassVar[int] = 50
    draft: Draft | None = None

    def offered(self, post: Post) -> bool:
        """Where statements can be made at all."""
        return bool(_presets(post))

    def waiting(self, post: Post) -> int:
        """The next word, once it is owed."""
        owed = due(post.seen)
        return int(0 <= owed <= post.seen.tick)

    def draw(self, desk: Desk, post: Post, rect: pygame.Rect) -> None:
        """Both halves, one above the other where it is narrow."""
        draft = self._draft(post)
        paint = desk.paint
        gap = paint.px(PAD)
        narrow = rect.width < paint.px(640)
        if narrow:
            half = rect.height // 2
            left = pygame.Rect(rect.x, rect.y, rect.width, half - gap)
            right = pygame.Rect(rect.x, rect.y + half, rect.width, rect.height - half)
        else:
            wide = (rect.width - 2 * gap) // 2
            left = pygame.Rect(rect.x, rect.y, wide, rect.height)
            right = pygame.Rect(rect.x + wide + 2 * gap, rect.y, rect.width - wide - 2 * gap, rect.height)
        with desk.ui.scroll("statements:parts", left) as area:
            at = area.at(area.y)
            self._choices(desk, post, draft, at)
            area.reach(at.y)
        found = composed(draft, post.seen, post.words.scenario)
        with desk.ui.scroll("statements:text", right) as area:
            at = area.at(area.y)
            self._text(desk, post, draft, found, at)
            self._quality(desk, found, at)
            self._heard(desk, post, at)
            self._before(desk, post, at)
            area.reach(at.y)

    def _draft(self, post: Post) -> Draft:
        """The statement being put together, with what is possible for it now."""
        presets = _presets(post)
        kept = next((o for o in presets if self.draft and o.response.id == self.draft.option.response.id), None)
        if self.draft is None or kept is None:
            self.draft = _fresh(next((o for o in presets if o.open), presets[0]))
        else:
            self.draft.option = kept
        _drop_what_is_gone(self.draft, post)
        return self.draft

    # ---- what goes in

    def _choices(self, desk: Desk, post: Post, draft: Draft, at: pygame.Rect) -> None:
        say = desk.voice
        self._title(desk, say("Start from"), at)
        presets = _presets(post)
        names = [(o.response.id, say(o.response.title.text)) for o in presets]
        picked = self._one(desk, "preset", names, draft.option.response.id, at)
        if picked != draft.option.response.id:
            self.draft = draft = _fresh(next(o for o in presets if o.response.id == picked))
        response = draft.option.response
        if response.target.kind == "claim" and draft.option.targets:
            self._title(desk, say("What it answers"), at)
            names = [(t, post.words.target(response, t, post.seen)) for t in draft.option.targets]
            draft.target = self._one(desk, "target", names, draft.target, at)
        for name in ("audience", "channel", "source", "position", "headline", "tone"):
            parameter = response.parameter(name)
            if parameter is not None:
                self._title(desk, say(parameter.title.text), at)
                options = [(value, post.words.value(parameter, value)) for value in parameter.choices]
                draft.values[name] = self._one(desk, name, options, str(draft.values[name]), at)
        slots = response.parameter("slots")
        if slots is not None:
            self._slots(desk, post, draft, slots, at)
        self._facts(desk, post, draft, at)
        minutes = response.parameter("next_min")
        if minutes is not None and "next_update" in split(str(draft.values["slots"])):
            now = float(str(draft.values["next_min"]))
            self._title(desk, f"{say(minutes.title.text)}: {now:g}", at)
            line = pygame.Rect(at.x + desk.paint.px(PAD), at.y, at.width - 2 * desk.paint.px(PAD), desk.paint.px(26))
            draft.values["next_min"] = desk.ui.slider("statements:next", line, now, 5.0, 120.0, 5.0)
            at.y += desk.paint.px(32)

    def _title(self, desk: Desk, text: str, at: pygame.Rect) -> None:
        at.y += desk.paint.px(4)
        desk.paint.text(text, at.topleft, SMALL, desk.paint.theme.muted, bold=True, width=at.width)
        at.y += desk.paint.line_height(SMALL) + desk.paint.px(2)

    def _one(self, desk: Desk, name: str, options: list[tuple[str, str]], now: str, at: pygame.Rect) -> str:
        """One of several, as buttons in as many lines as they need; moves `at` down."""
        x, high, gap = at.x, desk.paint.px(ROW), desk.paint.px(GAP)
        for value, text in options:
            width = min(at.width, desk.ui.button_width(text, SMALL))
            if x > at.x and x + width > at.right:
                x, at.y = at.x, at.y + high + gap
            spot = pygame.Rect(x, at.y, width, high)
            tip = text if desk.ui.button_width(text, SMALL) > width else ""
            if desk.ui.button(f"statements:{name}:{value}", spot, text, tip, chosen=value == now, size=SMALL):
                now = value
            x += width + gap
        at.y += high + gap
        return now

    def _slots(self, desk: Desk, post: Post, draft: Draft, parameter: Parameter, at: pygame.Rect) -> None:
        """What is in it; what is seldom a good idea stands apart."""
        say = desk.voice
        for title, names in (
            (say(parameter.title.text), [name for name in parameter.choices if name not in MISTAKES]),
            (say("Seldom or never a good idea"), [name for name in parameter.choices if name in MISTAKES]),
        ):
            self._title(desk, title, at)
            self._ticks(desk, draft, parameter, [(name, post.words.part(name), True) for name in names], at)

    def _facts(self, desk: Desk, post: Post, draft: Draft, at: pygame.Rect) -> None:
        """Facts it can state; checked ones are marked, and the others say that nobody has checked them."""
        parameter = draft.option.response.parameter("known")
        if parameter is None or "known" not in split(str(draft.values["slots"])):
            return
        say = desk.voice
        self._title(desk, say(parameter.title.text), at)
        rows = [(f.id, _fact(desk, say(f.says), f.standing), f.standing == "known")
                for f in stateable(post.seen)]  # fmt: skip
        order = tuple(fact.id for fact in post.seen.press.facts)
        self._ticks(desk, draft, parameter, rows, at, order)

    def _ticks(
        self,
        desk: Desk,
        draft: Draft,
        parameter: Parameter,
        rows: list[tuple[str, str, bool]],
        at: pygame.Rect,
        order: tuple[str, ...] = (),
    ) -> None:
        """Boxes to tick, one a line, with words over as many lines as they need."""
        paint, theme = desk.paint, desk.paint.theme
        order = order or parameter.choices
        for value, text, sure in rows:
            held = value in split(str(draft.values[parameter.name]))
            box = paint.px(16)
            room = at.width - box - paint.px(PAD)
            high = max(box + paint.px(4), paint.paragraph_height(text, room, SMALL) + paint.px(4))
            line = pygame.Rect(at.x, at.y, at.width, high)
            name = f"statements:{parameter.name}:{value}"
            if desk.ui.hot(name, line):
                held = not held
                draft.values[parameter.name] = toggled(str(draft.values[parameter.name]), value, order)
            square = pygame.Rect(at.x, at.y + paint.px(2), box, box)
            paint.panel(square, theme.accent if held else theme.raised, None if held else theme.line, radius=3)
            if held:
                paint.shape("check", square.center, box * 0.7, theme.on_accent)
            words = pygame.Rect(at.x + box + paint.px(PAD), at.y + paint.px(1), room, 0)
            paint.paragraph(text, words, SMALL, theme.text if sure else theme.warn)
            desk.ui.ring(name, line)
            at.y += high
        at.y += paint.px(2)

    # ---- how it reads and how good it is

    def _text(self, desk: Desk, post: Post, draft: Draft, found: Composed, at: pygame.Rect) -> None:
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        at.y += paint.paragraph(say("As it will be heard"), at, LARGE, bold=True)
        inner = pygame.Rect(at.x + paint.px(PAD), at.y + paint.px(6), at.width - 2 * paint.px(PAD), 0)
        text = running(say, (say(sentence) for sentence in found.text)) or say("Nothing yet.")
        high = paint.paragraph_height(text, inner.width, BODY) + paint.px(12)
        paint.panel(pygame.Rect(at.x, at.y, at.width, high), theme.ground, theme.line)
        paint.paragraph(text, inner, BODY)
        at.y += high + paint.px(GAP)
        for reason in draft.option.reasons:
            at.y += paint.paragraph(say("not possible: {why}", why=say(reason)), at, SMALL, theme.warn)
        go = say("Take it to the order form")
        spot = pygame.Rect(at.x, at.y, min(at.width, desk.ui.button_width(go, bold=True)), paint.px(34))
        if desk.ui.button("statements:send", spot, go, primary=True, enabled=draft.option.open):
            post.propose(draft.option.response.id, draft.target, **draft.values)
        at.y += paint.px(34) + paint.px(PAD)

    def _quality(self, desk: Desk, found: Composed, at: pygame.Rect) -> None:
        """Its parts with plain advice, and what takes away from the whole."""
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        head = say("How good it is: {share:.0%}; how much of it can work: {strength:.0%}",
                   share=found.good.quality, strength=found.good.strength)  # fmt: skip
        at.y += paint.paragraph(head, at, BODY, bold=True) + paint.px(2)
        for warning in found.good.warnings:
            at.y += paint.paragraph(say(warning), at, SMALL, theme.bad)
        wide = paint.px(70)
        for part in found.good.parts:
            bar = pygame.Rect(at.x, at.y + paint.px(4), wide, paint.px(10))
            paint.panel(bar, theme.raised, theme.line, radius=3)
            colour = theme.good if part.share >= GOOD else theme.warn if part.share >= FAIR else theme.bad
            if part.share > 0.0:
                paint.panel(pygame.Rect(bar.x, bar.y, round(bar.width * part.share), bar.height), colour, radius=3)
            words = pygame.Rect(bar.right + paint.px(PAD), at.y, at.width - wide - paint.px(PAD), 0)
            text = say(QUALITIES[part.name])
            if part.advice is not None:
                text = say("{part}: {advice}", part=text, advice=say(part.advice))
            at.y += max(paint.paragraph(text, words, SMALL), paint.px(18))
        at.y += paint.px(PAD)

    def _heard(self, desk: Desk, post: Post, at: pygame.Rect) -> None:
        """Who has been told what."""
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        audience = _audience(post)
        self._title(desk, say("Who has been told what"), at)
        for each in heard(post.seen):
            who = post.words.value(audience, each.audience) if audience is not None else each.audience
            told = listed(say, (say(fact) for fact in each.told[:4])) or say("nothing yet")
            text = say("{who}, told {times} times: {told}", who=who, times=each.statements, told=told)
            at.y += paint.paragraph(text, at, SMALL, theme.text if each.statements else theme.muted)
        at.y += paint.px(4)

    def _before(self, desk: Desk, post: Post, at: pygame.Rect) -> None:
        """What was said before, newest first, and how far each source is believed."""
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        statements = post.seen.press.statements
        source = next((p for o in _presets(post) for p in o.response.parameters if p.name == "source"), None)
        self._title(desk, say("How far each is believed"), at)
        if source is not None:
            parts = [f"{post.words.value(source, name)} {post.seen.press.credibility.get(name, 0.5):.0%}"
                     for name in source.choices]  # fmt: skip
            at.y += paint.paragraph(listed(say, parts), at, SMALL)
        owed = due(post.seen)
        if owed >= 0:
            late = owed <= post.seen.tick
            text = say("The next word is promised for {time}.", time=post.words.clock(owed))
            at.y += paint.paragraph(text, at, SMALL, theme.bad if late else theme.text)
        self._title(desk, say("Said before"), at)
        if not statements:
            at.y += paint.paragraph(say("Nothing yet."), at, SMALL, theme.muted)
        for statement in list(reversed(statements))[:SHOWN]:
            at.y += paint.paragraph(line_of(statement, post.words), at, SMALL, most=3)


def _presets(post: Post) -> list[Option]:
    return [option for option in post.view.options if composes(option.response)]


def _fresh(option: Option) -> Draft:
    return Draft.of(option)


def _audience(post: Post) -> Parameter | None:
    return next((p for o in _presets(post) for p in o.response.parameters if p.name == "audience"), None)


def _drop_what_is_gone(draft: Draft, post: Post) -> None:
    """Takes out facts that can no longer be stated, and keeps the others in the order they are listed."""
    order = tuple(fact.id for fact in post.seen.press.facts)
    picked = split(str(draft.values.get("known", "")))
    draft.values["known"] = "+".join(name for name in order if name in picked)
    if draft.option.targets and draft.target not in draft.option.targets:
        draft.target = draft.option.targets[0]


def _fact(desk: Desk, text: str, standing: str) -> str:
    """A fact with its standing, where nobody has checked it."""
    return text if standing == "known" else desk.voice("{fact} (nobody has checked this)", fact=text)
