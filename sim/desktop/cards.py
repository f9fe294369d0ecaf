"""Cards: every response on offer, by kind and by search; what is not open says why."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pygame

from sim.desktop.post import Post
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, PAD, SMALL
from sim.exercise.option import Option
from sim.scenario.pack import Rule
from sim.scenario.scenario import Playbook
from sim.seat.draft import Draft
from sim.seat.ladder import laddered
from sim.seat.voice import Say
from sim.seat.words import FORCE, KINDS, UNITS, clauses, listed

KIND_KEYS = (*(f"card_{k}" for k in range(1, 10)), "kinds", "last_kind")
"""Commands that open the kinds of response from the first to the eleventh; `kinds` goes back once one is open."""


@dataclass(slots=True)
class Cards:
    """Which kind is opened, and what is searched for."""

    kind: str = ""
    search: str = ""
    only_open: bool = False
    _order: list[str] = field(default_factory=list)
    """Responses of the open kind as they stood when it was opened."""
    _bring: str = ""
    """The kind that was just opened and has to come into sight."""
    length: int = 0
    """Pixels all of it takes."""
    numbered: list[Option] = field(default_factory=list)
    """Cards in sight that the digits choose."""

    def draw(self, desk: Desk, post: Post, rect: pygame.Rect) -> None:
        """All cards inside this rectangle; a chosen one becomes the post's draft."""
        paint, ui, say = desk.paint, desk.ui, desk.voice
        line, pad = paint.px(32), paint.px(PAD)
        paint.text(say("Responses"), (rect.x, rect.y), BODY, bold=True)
        switch = say("open only")
        width = paint.px(34) + pad + paint.text_width(switch, BODY) + 2
        top = pygame.Rect(rect.right - width, rect.y, width, paint.line_height(BODY))
        self.only_open = ui.toggle(
            "only_open", top, switch, say("Hides what cannot be ordered now."), on=self.only_open
        )
        y = rect.y + paint.line_height(BODY) + paint.px(6)
        if ui.pressed("search"):
            ui.focus, self.search = "search", ""
            ui.input.text = ""
        hint = say("Search  [{key}]", key=desk.keys.shown("search"))
        self.search = ui.field("search", pygame.Rect(rect.x, y, rect.width, line), self.search, hint, most=60)
        if self.search and ui.typing and ui.focus == "search" and ui.take("back"):
            self.search, ui.focus, ui.typing = "", "", False
        sent = self.search.strip() and ui.typing and ui.focus == "search" and ui.take("confirm")
        y += line + paint.px(6)
        self.numbered = []
        with ui.scroll("cards", pygame.Rect(rect.x, y, rect.width, rect.bottom - y)) as area:
            at = pygame.Rect(area.x, area.y, area.width, 0)
            if self.search.strip():
                self._found(desk, post, at)
            else:
                self._kinds(desk, post, at)
            area.reach(at.y)
        self.length = y - rect.y + ui.length_of("cards")
        if sent:
            first = next((o for o in self.numbered if o.open), None)
            ui.focus, ui.typing = "", False
            if first is not None:
                self._pressed(desk, post, first)
            return
        self._digits(desk, post)

    def _digits(self, desk: Desk, post: Post) -> None:
        if desk.ui.typing:
            return
        for k, option in enumerate(self.numbered[:9]):
            if desk.ui.pressed(f"card_{k + 1}"):
                self._pressed(desk, post, option)
                return
        if self.numbered or self.kind or self.search.strip():
            if desk.ui.pressed("kinds"):
                self.search = ""
                self._turn("")
            return
        kinds = [kind for kind in KINDS if any(o.response.group == kind for o in post.view.options)]
        for command, kind in zip(KIND_KEYS, kinds, strict=False):
            if desk.ui.pressed(command):
                self._turn(kind)
                return

    def _turn(self, kind: str) -> None:
        """Opens this kind, or none."""
        self.kind = self._bring = kind
        self._order = []

    def _pressed(self, desk: Desk, post: Post, option: Option) -> None:
        """A card was pressed: its form, or why there is none now."""
        if option.open:
            choose(post, option)
            self.search = ""
        else:
            say = desk.voice
            post.tell(
                lambda: say("Not now: {why}", why=clauses(say, (say(reason) for reason in option.reasons))),
                "warn",
                desk.clock(),
            )

    def _found(self, desk: Desk, post: Post, at: pygame.Rect) -> None:
        say = desk.voice
        found = matching(say, post.view.options, self.search)
        self._list(desk, post, found, at)
        if not found:
            at.y += desk.paint.paragraph(say("No response matches."), at, BODY, desk.paint.theme.muted)

    def _kinds(self, desk: Desk, post: Post, at: pygame.Rect) -> None:
        paint, ui, say = desk.paint, desk.ui, desk.voice
        number, top = 0, at.y
        for kind, title in KINDS.items():
            mine = [o for o in post.view.options if o.response.group == kind]
            if not mine:
                continue
            number += 1
            opened = sum(o.open for o in mine)
            spot = pygame.Rect(at.x, at.y, at.width, paint.px(31))
            if self._head(
                desk, spot, f"kind:{kind}", say(title), (opened, len(mine)), number, opened=self.kind == kind
            ):
                self._turn("" if self.kind == kind else kind)
            if self._bring == kind and self.kind == kind:
                ui.scroll_to("cards", spot.y - top)
                self._bring = ""
            at.y = spot.bottom + paint.px(GAP)
            if self.kind == kind:
                self._list(desk, post, self._in_order(mine), at)
        if ui.focus == "" and not self.kind:
            at.y += paint.px(2)

    def _head(
        self, desk: Desk, rect: pygame.Rect, name: str, title: str, count: tuple[int, int], number: int, *, opened: bool
    ) -> bool:
        """One kind of response with how many of it are open; True when pressed."""
        paint, theme, ui = desk.paint, desk.paint.theme, desk.ui
        tip = desk.voice("{open} of {of} can be ordered now", open=count[0], of=count[1])
        done = ui.hot(name, rect, tip)
        paint.panel(rect, theme.hover if ui.over(rect) else theme.raised, theme.accent if opened else None)
        middle = rect.centery
        paint.shape("down" if opened else "right", (rect.x + paint.px(13), middle), paint.px(9), theme.muted)
        y = middle - paint.line_height(BODY) / 2
        tail = f"{count[0]}/{count[1]}"
        width = paint.text_width(tail, SMALL, bold=True)
        command = KIND_KEYS[number - 1] if number <= len(KIND_KEYS) and not self.kind else "kinds" if opened else ""
        key = desk.keys.shown(command) if command else ""
        room = rect.width - paint.px(26) - width - paint.px(34)
        paint.text(title, (rect.x + paint.px(26), y), BODY, theme.text if count[0] else theme.muted, width=room)
        paint.text(tail, (rect.right - paint.px(8), middle - paint.line_height(SMALL) / 2), SMALL,
                   theme.good if count[0] else theme.muted, bold=True, align=1.0)  # fmt: skip
        if key:
            spot = (rect.right - paint.px(18) - width, middle - paint.line_height(SMALL) / 2)
            paint.text(f"[{key}]", spot, SMALL, theme.muted, align=1.0)
        ui.ring(name, rect)
        return done

    def _in_order(self, options: list[Option]) -> list[Option]:
        """Open ones first as they were when the kind was opened: a card must not change places under a finger."""
        known = [o.response.id for o in options]
        if set(known) != set(self._order):
            self._order = [o.response.id for o in laddered(options)]
        return sorted(options, key=lambda o: self._order.index(o.response.id))

    def _list(self, desk: Desk, post: Post, options: list[Option], at: pygame.Rect) -> None:
        for option in options:
            # A card keeps its number whether it is open or not: fingers learn it.
            self.numbered.append(option)
            number = len(self.numbered)
            if option.open or not self.only_open:
                at.y += self._card(desk, post, option, at, number) + desk.paint.px(GAP)

    def _card(self, desk: Desk, post: Post, option: Option, at: pygame.Rect, number: int) -> int:
        """Title, who, how long and how coercive; and why it is not open."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        response, pad = option.response, paint.px(PAD)
        inner = at.width - 2 * pad - paint.px(20)
        title = say(response.title.text)
        why = clauses(say, (say(reason) for reason in option.reasons))
        high = paint.paragraph_height(title, inner, BODY, bold=option.open, most=2)
        wide = at.width - 2 * pad
        about = brief(desk, option, wide)
        about_high = paint.paragraph_height(about, wide, SMALL, most=2)
        why_high = paint.paragraph_height(why, wide, SMALL, most=2) if why else 0
        rect = pygame.Rect(at.x, at.y, at.width, high + about_high + why_high + 2 * paint.px(6))
        name = f"card:{response.id}"
        done = ui.hot(name, rect, explain(desk, post.words.playbook, option))
        clip = paint.surface.get_clip()
        if rect.bottom >= clip.top and rect.top <= clip.bottom:
            paint.panel(rect, theme.hover if ui.over(rect) else theme.raised if option.open else None, theme.line)
            x, y = rect.x + pad, rect.y + paint.px(6)
            if number and number < 10:
                key = desk.keys.shown(f"card_{number}")
                paint.text(f"[{key}]", (rect.right - pad, y), SMALL, theme.muted, align=1.0)
            ink = theme.text if option.open else theme.muted
            paint.paragraph(title, pygame.Rect(x, y, inner, 0), BODY, ink, bold=option.open, most=2)
            y += high
            y += paint.paragraph(about, pygame.Rect(x, y, wide, 0), SMALL, theme.muted, most=2)
            if why:
                paint.paragraph(why, pygame.Rect(x, y, wide, 0), SMALL, theme.warn, most=2)
            ui.ring(name, rect)
        if done:
            self._pressed(desk, post, option)
        return rect.height


def matching(say: Say, options: Sequence[Option], search: str) -> list[Option]:
    """Options all words of the search are found in.

    By title first, then by the words an author says it is looked for by, in either language, then by everything else
    on the card.
    """
    wanted = search.casefold().split()
    found: list[tuple[int, Option]] = []
    for option in options:
        response = option.response
        title = say(response.title.text).casefold()
        rest = [say(response.says.text), response.catalogue, say(KINDS[response.group]), *response.units]
        rest += [say(UNITS[code]) for code in response.units if code in UNITS]
        rest += [say(p.title.text) for p in response.parameters]
        rest += [say(response.note.text)] if response.note is not None else []
        other = f"{response.found_by.en} {response.found_by.zh}".casefold() if response.found_by is not None else ""
        whole = " ".join((title, other, *rest)).casefold()
        if all(word in whole for word in wanted):
            found.append((sum((word not in title) * (1 + (word not in other)) for word in wanted), option))
    return [option for _, option in sorted(found, key=lambda f: f[0])]


def choose(post: Post, option: Option) -> None:
    """Begins to put this order together."""
    post.draft = Draft.of(option)


def brief(desk: Desk, option: Option, width: int) -> str:
    """Who, how long to set up and to run, how coercive: in one line, or more that break between two of these."""
    say, response = desk.voice, option.response
    run, setup = response.run_min.value, response.setup_min.value
    lasts = [say("lasts {minutes:g} min", minutes=run) if run else say("until stopped")]
    if response.done_at_once:
        lasts = []
    parts = [
        " / ".join(response.units) or say("no unit needed"),
        say("{minutes:g} min to set up", minutes=setup) if setup else say("at once"),
        *lasts,
        say(FORCE[response.force]),
    ]
    lines = parts[:1]
    for part in parts[1:]:
        longer = f"{lines[-1]} · {part}"
        if desk.paint.text_width(longer, SMALL) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return "\n".join(lines)


def rules_for(playbook: Playbook, option: Option) -> list[Rule]:
    """What the law asks of this kind of order, domestic rules first, each once."""
    found = [r for r in playbook.rules if r.concerns(option.response) and not r.permits]
    return list({r.id: r for r in found}.values())


def explain(desk: Desk, playbook: Playbook, option: Option) -> str:
    """The tooltip of a card: what it is, whom and what it needs, what the law asks, what goes wrong."""
    say, response = desk.voice, option.response
    lines = [say(response.says.text)]
    if option.free_units:
        lines.append(say("Free for it: {units}", units=listed(say, option.free_units)))
    rules = rules_for(playbook, option)
    if rules:
        lines.append(say("The law asks: {rules}", rules=" ".join(say(r.says.text) for r in rules[:3])))
    if response.note is not None:
        lines.append(say("Done badly: {note}", note=say(response.note.text)))
    lines.extend(say("Not now: {why}", why=say(reason)) for reason in option.reasons)
    return "\n".join(lines)
