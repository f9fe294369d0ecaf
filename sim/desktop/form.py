"""Form: one order being put together - where, how, by whom, why - with what stands against it as it is changed."""

from dataclasses import dataclass, field

import pygame

from sim.desktop.cards import brief, rules_for
from sim.desktop.post import Post
from sim.desktop.screen import Desk, Dialog, Screen
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL, WIDE
from sim.scenario.necessity import NAMES, listed
from sim.scenario.response import Parameter
from sim.seat.composer import ON_THE_BOARD, composed, composes
from sim.seat.draft import Draft, choices, toggled
from sim.seat.law import CHOSEN, LISTS, known_note, law_choices, missing, ticked
from sim.seat.words import running, span
from sim.world.order import Order, Ruling
from sim.world.statement import split

MANY = 6
"""From so many choices on they are stepped through instead of standing side by side."""


VERDICT = 0.3
"""At most so much of a long form what stands against the order takes, over the buttons."""


@dataclass(slots=True)
class Form:
    """The open form; asks for rulings again only when something changed."""

    _key: tuple[object, ...] = ()
    _ruling: Ruling | None = None
    _drawn: Draft | None = None
    _reasons: dict[str, str] = field(default_factory=dict)
    """Reasons typed into forms that were closed without sending, by response."""
    picking: bool = False
    """The next click on the map chooses the place."""

    def draw(self, desk: Desk, post: Post, rect: pygame.Rect, below: Screen) -> None:
        """The form inside this rectangle; sends the order or gives the draft up."""
        draft = post.draft
        assert draft is not None
        paint, ui, say = desk.paint, desk.ui, desk.voice
        pad = paint.px(PAD)
        if draft is not self._drawn:
            self._open(desk, draft)
        ruling = self._ruled(post, draft)
        foot = paint.px(40)
        verdict = min(ui.length_of("verdict"), round(rect.height * VERDICT))
        body = pygame.Rect(rect.x, rect.y, rect.width, rect.height - foot - verdict - 2 * pad)
        with ui.scroll("form", body) as area:
            at = pygame.Rect(area.x, area.y, area.width, 0)
            response = draft.option.response
            at.y += paint.paragraph(say(response.title.text), at, LARGE, bold=True, most=2)
            at.y += paint.paragraph(say(response.says.text), at, BODY, paint.theme.muted)
            at.y += paint.paragraph(brief(desk, draft.option, at.width), at, SMALL, paint.theme.muted) + pad
            self._target(desk, post, draft, at)
            statement = composes(response)
            note = [p for p in response.parameters if response.coercive and p.name in NAMES]
            for parameter in response.parameters:
                if parameter not in note and not (statement and parameter.name in ON_THE_BOARD):
                    self._parameter(desk, post, draft, parameter, at)
            if statement:
                self._statement(desk, post, draft, at)
            self._units(desk, draft, at)
            self._reason(desk, post, draft, at)
            if note:
                self._note(desk, post, draft, note, at)
            area.reach(at.y)
        # What stands against an order is in sight whenever its button is, however long the form.
        below_form = min(body.bottom, body.y + ui.length_of("form"))
        spot = pygame.Rect(rect.x, below_form + pad // 2, rect.width, rect.bottom - foot - pad - below_form - pad // 2)
        pygame.draw.line(paint.surface, paint.theme.line, (rect.x, spot.y - 2), (rect.right, spot.y - 2))
        with ui.scroll("verdict", spot) as area:
            at = pygame.Rect(area.x, area.y, area.width, 0)
            self._against(desk, post, draft, ruling, at)
            area.reach(at.y)
        self._foot(desk, post, draft, ruling, pygame.Rect(rect.x, rect.bottom - foot, rect.width, foot), below)

    def _ruled(self, post: Post, draft: Draft) -> Ruling:
        order = draft.order()
        key = (post.view.number, order.response, order.target, order.units, tuple(order.parameters.items()),
               order.reason)  # fmt: skip
        if self._ruling is None or key != self._key:
            self._ruling, self._key = post.engine.preview(order), key
        return self._ruling

    def _open(self, desk: Desk, draft: Draft) -> None:
        """A form that has just been opened: Enter sends it, and a reason typed for it before is there again."""
        self._drawn = draft
        desk.ui.focus, desk.ui.show_focus = "", False
        desk.ui.scroll_to("form", 0.0)
        draft.reason = draft.reason or self._reasons.get(draft.option.response.id, "")

    # ---- parts

    def _title(self, desk: Desk, text: str, at: pygame.Rect) -> None:
        desk.paint.text(text, at.topleft, SMALL, desk.paint.theme.muted, bold=True, width=at.width)
        at.y += desk.paint.line_height(SMALL) + desk.paint.px(2)

    def _target(self, desk: Desk, post: Post, draft: Draft, at: pygame.Rect) -> None:
        if not draft.option.targets:
            return
        say, paint, ui = desk.voice, desk.paint, desk.ui
        response = draft.option.response
        self._title(desk, say("Where or about what"), at)
        options = [(t, post.words.target(response, t, post.seen)) for t in draft.option.targets]
        on_map = response.target.kind == "place"
        room = at.copy()
        if on_map:
            text = say("click the map") if self.picking else say("pick on the map")
            width = ui.button_width(text)
            spot = pygame.Rect(at.right - width, at.y, width, paint.px(32))
            least = max(paint.text_width(name, BODY) for _, name in options) + paint.px(88)
            if at.width - width < least:
                # No room beside the name of the place: the way to the map gets a line of its own.
                spot.x, width = at.x, 0
                room.y = spot.bottom + paint.px(GAP)
            tip = say("Then click a place on the map.")
            if ui.button("pick", spot, text, tip, chosen=self.picking):
                self.picking = not self.picking
            room.width -= width + paint.px(GAP) if width else 0
        draft.target = self._choose(desk, "target", options, draft.target, room)
        at.y = room.y + paint.px(6)
        post.map.chosen_place = draft.target if on_map else ""

    def _choose(self, desk: Desk, name: str, options: list[tuple[str, str]], now: str, at: pygame.Rect) -> str:
        """One of several: side by side where they fit, else stepped through with two arrows; moves `at` down."""
        ui, paint, say = desk.ui, desk.paint, desk.voice
        widths = [ui.button_width(text) for _, text in options]
        high = paint.px(32)
        if len(options) < MANY and sum(widths) + paint.px(GAP) * len(widths) <= at.width:
            x = at.x
            for (value, text), width in zip(options, widths, strict=True):
                if ui.button(f"{name}:{value}", pygame.Rect(x, at.y, width, high), text, chosen=value == now):
                    now = value
                x += width + paint.px(GAP)
            at.y += high + paint.px(GAP)
            return now
        values = [value for value, _ in options]
        index = values.index(now) if now in values else 0
        left = pygame.Rect(at.x, at.y, high, high)
        right = pygame.Rect(at.right - high, at.y, high, high)
        step = ui.button(f"{name}:after", right, "", say("next"), icon="right") - ui.button(
            f"{name}:before", left, "", say("before"), icon="left"
        )
        middle = pygame.Rect(left.right + 2, at.y, right.x - left.right - 4, high)
        if ui.over(middle) and ui.input.wheel:
            step, ui.input.wheel = -ui.input.wheel, 0
        if len(values) > 1 and step:
            now = values[(index + step) % len(values)]
        text = dict(options).get(now, now)
        paint.panel(middle, paint.theme.ground, paint.theme.line)
        paint.text(text, (middle.x + paint.px(PAD), middle.centery - paint.line_height(BODY) / 2), BODY,
                   width=middle.width - 2 * paint.px(PAD))  # fmt: skip
        if ui.over(middle):
            ui.tip(f"{text} ({index + 1}/{len(values)})", middle)
        at.y += high + paint.px(GAP)
        if paint.text_width(text, BODY) > middle.width - 2 * paint.px(PAD):
            at.y += paint.paragraph(text, at, SMALL, paint.theme.muted) + paint.px(GAP)
        return now

    @staticmethod
    def _in_lines(desk: Desk, name: str, options: list[tuple[str, str]], now: str, at: pygame.Rect) -> str:
        """One of several at one press, in as many lines as they need: in a note there is no time to step through."""
        ui, paint = desk.ui, desk.paint
        x, high = at.x, paint.px(28)
        for value, text in options:
            width = min(at.width, ui.button_width(text, SMALL)) if value else 0
            if not width:
                continue
            if x > at.x and x + width > at.right:
                x, at.y = at.x, at.y + high + paint.px(GAP)
            if ui.button(f"{name}:{value}", pygame.Rect(x, at.y, width, high), text, chosen=value == now, size=SMALL):
                now = "" if value == now else value
            x += width + paint.px(GAP)
        at.y += high + paint.px(GAP)
        return now

    def _several(self, desk: Desk, post: Post, name: str, offered: tuple[str, ...], now: str, at: pygame.Rect) -> str:
        """Any of several, as buttons in as many lines as they need; moves `at` down."""
        ui, paint = desk.ui, desk.paint
        x, high = at.x, paint.px(28)
        for value in offered:
            text = post.words.part(value)
            width = min(at.width, ui.button_width(text, SMALL))
            if x > at.x and x + width > at.right:
                x, at.y = at.x, at.y + high + paint.px(GAP)
            spot = pygame.Rect(x, at.y, width, high)
            if ui.button(f"{name}:{value}", spot, text, chosen=value in split(now), size=SMALL):
                now = toggled(now, value, offered)
            x += width + paint.px(GAP)
        at.y += high + paint.px(GAP)
        return now

    def _parameter(self, desk: Desk, post: Post, draft: Draft, parameter: Parameter, at: pygame.Rect) -> None:
        say, paint, ui = desk.voice, desk.paint, desk.ui
        now = draft.values[parameter.name]
        title = say(parameter.title.text)
        offered = choices(parameter, post.words.scenario, post.seen, draft.target)
        lawful = law_choices(parameter, post.words.playbook, post.seen)
        responses = post.words.playbook.responses
        if offered and all(value in responses for value in offered):
            running = {a.response for a in post.seen.activities}
            offered = tuple(value for value in offered if value in running)
        if parameter.kind == "choice" and parameter.default not in offered:
            offered = (str(parameter.default), *offered)
        name = f"p:{parameter.name}"
        if parameter.kind == "number":
            low, high = parameter.at_least, min(parameter.at_most, max(parameter.at_least + 1, 10 * _number(now) + 60))
            step = 1.0 if high - low >= 4 else 0.1
            self._title(desk, f"{title}: {post.words.value(parameter, now)}", at)
            line = pygame.Rect(at.x + paint.px(PAD), at.y, at.width - 2 * paint.px(PAD), paint.px(26))
            value = ui.slider(name, line, _number(now), low, high, step)
            draft.values[parameter.name] = round(value, 3)
            at.y += paint.px(32)
            return
        self._title(desk, title, at)
        if parameter.kind == "several":
            draft.values[parameter.name] = self._several(desk, post, name, offered, str(now), at)
            at.y += paint.px(2)
            return
        if parameter.kind in LISTS:
            self._grounds(desk, post, draft, parameter, lawful, at)
            return
        if parameter.kind in CHOSEN:
            named = [(value, post.words.value(parameter, value) or say("not chosen")) for value in lawful]
            draft.values[parameter.name] = self._choose(desk, name, named, str(now), at)
            return
        if offered or parameter.kind in {"choice", "exit", "group", "demand"}:
            empty = say("not chosen") if parameter.name in NAMES else say("as the card says")
            options = [(value, post.words.value(parameter, value, post.seen) or empty) for value in offered]
            choose = self._in_lines if parameter.name in NAMES else self._choose
            draft.values[parameter.name] = choose(desk, name, options, str(now), at)
        else:
            spot = pygame.Rect(at.x, at.y, at.width, paint.px(32))
            draft.values[parameter.name] = ui.field(name, spot, str(now), say("in your own words"))
            at.y += paint.px(32) + paint.px(GAP)
        at.y += paint.px(2)

    def _statement(self, desk: Desk, post: Post, draft: Draft, at: pygame.Rect) -> None:
        """The words as they will be heard; the statement board has all the parts they are made of."""
        say, paint = desk.voice, desk.paint
        found = composed(draft, post.seen, post.words.scenario)
        self._title(desk, say("As it will be heard"), at)
        at.y += paint.paragraph(running(say, (say(sentence) for sentence in found.text)), at, BODY) + paint.px(GAP)
        for warning in found.good.warnings:
            at.y += paint.paragraph(say(warning), at, SMALL, paint.theme.warn)
        note = say("How good it is: {share:.0%}. The statement board changes what is in it.", share=found.good.quality)
        at.y += paint.paragraph(note, at, SMALL, paint.theme.muted) + paint.px(GAP)

    def _note(self, desk: Desk, post: Post, draft: Draft, note: list[Parameter], at: pygame.Rect) -> None:
        """The note on necessity, with a button that fills in what the post knows anyway."""
        say, paint = desk.voice, desk.paint
        at.y += paint.paragraph(say("Necessity and proportionality"), at, BODY, bold=True) + paint.px(4)
        text = say("Fill in what is known")
        tip = say("Ticks the latest danger somebody saw and all that was tried; aim, harm and gain are yours to say.")
        spot = pygame.Rect(at.x, at.y, desk.ui.button_width(text, SMALL), paint.px(30))
        if desk.ui.button("note:known", spot, text, tip, size=SMALL):
            draft.values.update(known_note(draft, post.words.playbook, post.seen))
        at.y = spot.bottom + paint.px(GAP)
        for parameter in note:
            self._parameter(desk, post, draft, parameter, at)

    def _grounds(
        self, desk: Desk, post: Post, draft: Draft, parameter: Parameter, offered: tuple[str, ...], at: pygame.Rect
    ) -> None:
        """Any number of these: a line for each, ticked or not."""
        say, paint, ui = desk.voice, desk.paint, desk.ui
        held = listed(draft.values[parameter.name])
        if not offered:
            at.y += paint.paragraph(say("Nothing yet."), at, BODY, paint.theme.muted)
        for name in (*offered, *(each for each in held if each not in offered)):
            text = post.words.ground(name, post.seen)
            spot = pygame.Rect(at.x, at.y, at.width, paint.px(28))
            if ui.button(f"p:{parameter.name}:{name}", spot, text, text, chosen=name in held, size=SMALL):
                draft.values[parameter.name] = ticked(draft.values[parameter.name], name)
            at.y += spot.height + paint.px(2)
        at.y += paint.px(4)

    def _units(self, desk: Desk, draft: Draft, at: pygame.Rect) -> None:
        """Which of the free units go; none chosen lets the nearest go."""
        free = draft.option.free_units
        if len(free) < 2:
            return
        say, paint, ui = desk.voice, desk.paint, desk.ui
        self._title(desk, say("Who goes (the nearest free ones unless chosen)"), at)
        x, high = at.x, paint.px(30)
        for unit in free:
            width = ui.button_width(unit)
            if x + width > at.right:
                x, at.y = at.x, at.y + high + paint.px(GAP)
            chosen = unit in draft.units
            if ui.button(f"u:{unit}", pygame.Rect(x, at.y, width, high), unit, chosen=chosen):
                draft.units = tuple(u for u in free if (u in draft.units) != (u == unit))
            x += width + paint.px(GAP)
        at.y += high + paint.px(6)

    def _reason(self, desk: Desk, post: Post, draft: Draft, at: pygame.Rect) -> None:
        say, paint = desk.voice, desk.paint
        needed = post.assessed
        self._title(desk, say("Why (needed)") if needed else say("Why (one line for the decision log)"), at)
        spot = pygame.Rect(at.x, at.y, at.width, paint.px(34))
        draft.reason = desk.ui.field("reason", spot, draft.reason, say("what you know, what you want, why this"))
        at.y += paint.px(34) + paint.px(PAD)

    def _against(self, desk: Desk, post: Post, draft: Draft, ruling: Ruling, at: pygame.Rect) -> None:
        """Everything that stands against it, else what the law asks."""
        say, paint, theme = desk.voice, desk.paint, desk.paint.theme
        text = say("Law card")
        spot = pygame.Rect(at.x, at.y + paint.px(4), desk.ui.button_width(text), paint.px(30))
        if desk.ui.button("form:law", spot, text, say("What the law asks of this, with its sources."), size=SMALL):
            post.board = "law"
        at.y = spot.bottom + paint.px(6)
        for reason in ruling.reasons:
            at.y += paint.paragraph(say("not possible: {why}", why=say(reason)), at, BODY, theme.warn)
        for each in missing(ruling):
            at.y += paint.paragraph(say("law: {why}", why=say(each.why)), at, BODY, theme.bad)
            if each.remedy is not None:
                at.y += paint.paragraph(say(each.remedy), at, SMALL, theme.muted)
        for gap in ruling.gaps:
            at.y += paint.paragraph(say(gap.parts), at, SMALL, theme.warn)
        if ruling.failures and not ruling.reasons:
            text = say("As it stands this is unlawful. Sending it all the same will be marked for ever.")
            at.y += paint.paragraph(text, at, BODY, theme.bad, bold=True)
        for thought in ruling.advice:
            at.y += paint.paragraph(say(thought), at, BODY, theme.warn)
        if not ruling.reasons and not ruling.failures:
            paint.shape("check", (at.x + paint.px(8), at.y + paint.line_height(BODY) / 2), paint.px(12), theme.good)
            line = pygame.Rect(at.x + paint.px(20), at.y, at.width - paint.px(20), 0)
            at.y += paint.paragraph(say("Possible and lawful as it stands."), line, BODY, theme.good)
            for rule in rules_for(post.words.playbook, draft.option)[:4]:
                at.y += paint.paragraph("· " + say(rule.says.text), at, SMALL, theme.muted)

    def _foot(self, desk: Desk, post: Post, draft: Draft, ruling: Ruling, rect: pygame.Rect, below: Screen) -> None:
        ui, say, paint = desk.ui, desk.voice, desk.paint
        back = say("Back")
        width = ui.button_width(back, icon=True) + paint.px(PAD)
        if ui.button("form:back", pygame.Rect(rect.x, rect.y, width, rect.height), back, icon="left",
                     tip=f"{back}  [{desk.keys.shown('back')}]"):  # fmt: skip
            self.close(post)
            return
        spot = pygame.Rect(rect.x + width + paint.px(PAD), rect.y, rect.width - width - paint.px(PAD), rect.height)
        missing = post.assessed and not draft.reason.strip()
        possible = not ruling.reasons and not missing
        tip = say("Give a reason first: in an assessed run every order has one.") if missing else ""
        if ruling.reasons:
            tip = "\n".join(say(reason) for reason in ruling.reasons)
        text = say("Send the order") if not ruling.failures else say("Unlawful: send all the same ...")
        entered = ui.typing and ui.focus == "reason" and ui.take("confirm")
        pressed = ui.button(
            "form:send", spot, text, tip, command="confirm", primary=not ruling.failures, enabled=possible
        )
        if pressed or entered:
            # What was typed in this very frame counts too.
            ruling = self._ruled(post, draft)
            possible = not ruling.reasons and not (post.assessed and not draft.reason.strip())
        if (pressed or entered) and possible:
            self.send(desk, post, draft, ruling, below)
        elif entered and tip:
            post.tell(lambda: tip, "warn", desk.clock())

    def send(self, desk: Desk, post: Post, draft: Draft, ruling: Ruling, below: Screen) -> None:
        """Hands the order over; an unlawful one only after a question, and only where the scenario lets it through."""
        say = desk.voice
        if not ruling.failures:
            self._give(desk, post, draft.order())
            return
        if not draft.reason.strip():
            desk.ui.focus = "reason"
            post.tell(lambda: say("A reason may be all that is missing: give one first."), "warn", desk.clock())
            return
        order = draft.order(go_ahead=True)
        if not post.engine.preview(order).accepted:
            why = ruling.failures[0].why
            post.tell(lambda: say("Here an unlawful order is refused: {why}", why=say(why)), "bad", desk.clock())
            return
        desk.push(
            Dialog(
                below,
                lambda: say("Unlawful"),
                lambda: "\n".join(
                    [say("This order is unlawful. It can be sent all the same and stays marked for ever."),
                     *(say("law: {why}", why=say(each.why)) for each in missing(ruling))]
                ),
                (
                    ("keep", lambda: say("Do not send it"), lambda: None),
                    ("send", lambda: say("Send it, marked"), lambda: self._give(desk, post, order)),
                ),
            )
        )  # fmt: skip

    def _give(self, desk: Desk, post: Post, order: Order) -> None:
        post.order(order, desk.clock())
        self.close(post)
        self._reasons.pop(order.response, None)
        desk.ui.focus = ""

    def close(self, post: Post) -> None:
        """Gives the draft up; the reason typed for it is kept for the next time."""
        if post.draft is not None and post.draft.reason.strip():
            self._reasons[post.draft.option.response.id] = post.draft.reason
        post.draft = None
        post.map.chosen_place = ""
        self.picking = False
        self._ruling = None


def draw_waiting(desk: Desk, post: Post, rect: pygame.Rect, now: float) -> None:
    """The order that can still be taken back: a shrinking bar and two buttons."""
    order = post.waiting
    if order is None:
        return
    paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
    left = max(0.0, post.waiting_until - now)
    paint.panel(rect, theme.panel, theme.accent)
    inner = rect.inflate(-2 * paint.px(PAD), -2 * paint.px(6))
    back = say("Take back")
    width = ui.button_width(back) + paint.px(WIDE)
    spot = pygame.Rect(inner.right - width, inner.y, width, inner.height)
    if ui.button("take_back", spot, back, command="back"):
        post.take_back(now)
    room = inner.width - width - paint.px(PAD)
    paint.text(_sent_words(desk, post, order, left), (inner.x, inner.y), BODY, bold=True, width=room)
    bar = pygame.Rect(inner.x, inner.bottom - paint.px(6), round(room * left / 3.0), paint.px(4))
    paint.panel(bar, theme.accent, radius=2)


def waiting_width(desk: Desk, post: Post) -> int:
    """Pixels the strip of the order that can still be taken back needs, so that its name is not cut."""
    assert post.waiting is not None
    paint = desk.paint
    button = desk.ui.button_width(desk.voice("Take back")) + paint.px(WIDE)
    words = paint.text_width(_sent_words(desk, post, post.waiting, 3.0), BODY, bold=True)
    return max(paint.px(460), words + button + 4 * paint.px(PAD))


def _sent_words(desk: Desk, post: Post, order: Order, left: float) -> str:
    return desk.voice("Sent in {left}: {order}", order=post.words.response(order.response), left=span(left + 0.5))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
