"""Pinning: what else was open at a decision, each a press away from being compared with what was done there."""

from dataclasses import dataclass, field
from typing import Any

import pygame

from sim.core.errors import CommonGroundError
from sim.desktop.office import Past
from sim.desktop.screen import Desk
from sim.desktop.theme import GAP, PAD, SMALL
from sim.review import Moment
from sim.seat.words import Words
from sim.world.journal import Entry
from sim.world.order import HOLD, Order


def open_then(past: Past, moment: Moment) -> tuple[str, ...]:
    """Responses the record says were open at a decision; of a call that was let pass it says nothing: all on offer."""
    given = next((entry for entry in past.entries if _is_of(entry, moment)), None)
    if given is None:
        known = past.playbook.scenario.on_offer(past.playbook.responses)
    else:
        options: Any = given.data["options"]
        known = tuple(options)
    return tuple(dict.fromkeys(known))


def missing(past: Past, moment: Moment) -> tuple[str, ...]:
    """Responses that are pinned to a decision and do not stand among its alternatives."""
    listed = _listed(moment)
    return tuple(name for name in _pinned(past, moment) if name not in listed)


def _is_of(entry: Entry, moment: Moment) -> bool:
    given: Any = entry.data.get("given")
    return entry.kind == "order" and entry.tick == moment.tick and Order.from_dict(given) == moment.order


def _listed(moment: Moment) -> set[str]:
    return {each.order.response for each in moment.alternatives if each.order is not None}


def _pinned(past: Past, moment: Moment) -> dict[str, None]:
    return dict.fromkeys(order.response for number, order in past.aside.pins if number == moment.number)


@dataclass(slots=True)
class Pinning:
    """Stands below the alternatives of a decision."""

    opened: int = 0
    """Number of the decision whose other responses are shown; 0 for none."""
    _open: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """By the number of a decision what was open then; the record is gone through once for each."""

    def unlisted(self, past: Past, moment: Moment) -> tuple[str, ...]:
        """What was open at a decision and is neither compared nor pinned yet; always of the same run."""
        if moment.number not in self._open:
            self._open[moment.number] = open_then(past, moment)
        listed = {HOLD, *_listed(moment), *_pinned(past, moment)}
        return tuple(name for name in self._open[moment.number] if name not in listed)

    def draw(self, desk: Desk, words: Words, past: Past, moment: Moment, at: pygame.Rect) -> bool:
        """What was pinned in vain, and a button that shows what else was open; True when one was pinned just now."""
        paint, ui, say = desk.paint, desk.ui, desk.voice
        if in_vain := missing(past, moment):
            names = say(", ").join(map(words.response, in_vain))
            text = say("Pinned and not compared, because it was not possible then: {names}", names=names)
            at.y += paint.paragraph(text, at, SMALL, paint.theme.muted) + paint.px(GAP)
        others = self.unlisted(past, moment)
        if not others:
            return False
        high, is_open = paint.px(30), self.opened == moment.number
        label = say("Compare something else")
        tip = say("What was open then and is not in the list; it stays pinned to this decision")
        spot = pygame.Rect(at.x, at.y, ui.button_width(label, SMALL, icon=True) + paint.px(PAD), high)
        if ui.button("pins", spot, label, tip, size=SMALL, icon="up" if is_open else "down"):
            self.opened = 0 if is_open else moment.number
        at.y += high + paint.px(PAD)
        chosen = self._choice(desk, words, others, at) if is_open else ""
        if chosen:
            self.opened = 0
            self._keep(desk, past, moment, chosen, words)
        return bool(chosen)

    @staticmethod
    def _choice(desk: Desk, words: Words, others: tuple[str, ...], at: pygame.Rect) -> str:
        """A button for each; the response whose was pressed, "" for none."""
        paint, ui, x, chosen = desk.paint, desk.ui, at.x, ""
        high, gap = paint.px(30), paint.px(GAP)
        for response in others:
            text = words.response(response)
            width = min(at.width, ui.button_width(text, SMALL) + paint.px(PAD))
            if x > at.x and x + width > at.right:
                x, at.y = at.x, at.y + high + gap
            if ui.button(f"pin:{response}", pygame.Rect(x, at.y, width, high), text, size=SMALL):
                chosen = response
            x += width + gap
        at.y += high + paint.px(PAD)
        return chosen

    @staticmethod
    def _keep(desk: Desk, past: Past, moment: Moment, response: str, words: Words) -> None:
        """Beside the run; given with its usual target and terms."""
        past.aside.pins.append((moment.number, Order(response=response)))
        try:
            desk.office.keep_aside(past)
        except CommonGroundError as wrong:
            desk.tell(desk.voice(wrong.phrase), 10.0)
            return
        name = words.response(response)
        desk.tell(desk.voice("{response} is compared as well; what was found so far stays.", response=name), 6.0)
