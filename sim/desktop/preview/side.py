"""Side: what stands beside the map of a draft - faults with their lines, the chosen call, the chosen zone."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pygame

from sim.core.errors import Fault
from sim.core.phrase import Phrase
from sim.desktop.preview.calls import TRUTHS
from sim.desktop.preview.draft import Draft
from sim.desktop.preview.moving import Lines
from sim.desktop.preview.overlay import Standing, area_m2
from sim.desktop.screen import Desk
from sim.desktop.site import bounds
from sim.desktop.theme import BODY, GAP, PAD, SMALL
from sim.desktop.ui import Scroll
from sim.scenario.inject import Inject
from sim.scenario.scenario import Scenario
from sim.scenario.site import Area, PlaceData
from sim.seat.words import CHANNELS

AROUND = 4
"""Lines shown before and after the one a fault is on."""


@dataclass(slots=True)
class Side:
    """Which part is shown, and which fault was clicked."""

    copy: Callable[[Desk, str], None]
    """Puts a text where it can be pasted from."""
    tab: str = "faults"
    fault: int = -1
    _number: int = field(default=-1)

    def draw(self, desk: Desk, rect: pygame.Rect, draft: Draft, call: Inject | None, zone: "Zone | None") -> None:
        """The tabs, and below them what was chosen."""
        ui, say, paint = desk.ui, desk.voice, desk.paint
        if draft.number != self._number:
            self._number, self.fault = draft.number, -1
        tabs = (
            ("faults", say("Faults ({number})", number=len(draft.faults))),
            ("call", say("Inject")),
            ("zone", say("Zone")),
        )
        head = pygame.Rect(rect.x, rect.y, rect.width, paint.px(30))
        self.tab = ui.choice("side", head, tabs, self.tab)
        body = pygame.Rect(rect.x, head.bottom + paint.px(PAD), rect.width, rect.bottom - head.bottom - paint.px(PAD))
        with ui.scroll(f"side:{self.tab}", body) as area:
            if self.tab == "faults":
                self._faults(desk, area, draft)
            elif self.tab == "call":
                self._call(desk, area, draft, call)
            else:
                self._zone(desk, area, draft, zone)

    # ---- faults

    def _faults(self, desk: Desk, area: Scroll, draft: Draft) -> None:
        paint, say = desk.paint, desk.voice
        y = area.y
        if not draft.faults:
            spot = (area.x + paint.px(10), y + paint.line_height(BODY) / 2)
            paint.shape("check", spot, paint.px(12), paint.theme.good)
            paint.text(say("No fault found."), (area.x + paint.px(24), y), BODY)
            area.reach(y + paint.line_height(BODY))
            return
        for k, fault in enumerate(draft.faults):
            y = self._fault(desk, area, y, k, fault)
            if k == self.fault:
                y = self._excerpt(desk, area, y, draft, fault)
        area.reach(y)

    def _fault(self, desk: Desk, area: Scroll, y: int, k: int, fault: Fault) -> int:
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        pad, width = paint.px(PAD), area.width - 2 * paint.px(PAD)
        where = say("line {line}, column {column}", line=fault.line or 1, column=fault.column or 1)
        message, hint = say(fault.message), say(fault.hint) if fault.hint is not None else ""
        high = paint.line_height(SMALL) + paint.paragraph_height(message, width, BODY) + 2 * paint.px(6)
        high += paint.paragraph_height(hint, width, SMALL) if hint else 0
        box = pygame.Rect(area.x, y, area.width, high)
        over = ui.over(box)
        colour = theme.bad if fault.severity == "error" else theme.warn
        edge = theme.accent if k == self.fault else theme.line
        paint.panel(box, theme.hover if over else theme.raised, edge)
        paint.surface.fill(colour, pygame.Rect(box.x, box.y + paint.px(6), paint.px(3), box.height - 2 * paint.px(6)))
        at = pygame.Rect(box.x + pad, box.y + paint.px(6), width, 0)
        file = "" if fault.file is None else fault.file.replace("\\", "/").rsplit("/", 1)[-1]
        paint.text(f"{file}  {where}", at.topleft, SMALL, colour, width=width)
        at.y += paint.line_height(SMALL)
        at.y += paint.paragraph(message, at, BODY)
        if hint:
            paint.paragraph(hint, at, SMALL, theme.muted)
        if ui.hot(f"fault:{k}", box, say("show the line, and copy where it is")):
            self.fault = -1 if self.fault == k else k
            self.copy(desk, fault.place)
        ui.ring(f"fault:{k}", box)
        return box.bottom + paint.px(6)

    @staticmethod
    def _excerpt(desk: Desk, area: Scroll, y: int, draft: Draft, fault: Fault) -> int:
        """The lines of the file around a fault, with a mark under its column."""
        paint, theme = desk.paint, desk.paint.theme
        line, column = fault.line or 1, fault.column or 1
        first, last = max(1, line - AROUND), min(len(draft.lines), line + AROUND)
        step = paint.line_height(SMALL)
        box = pygame.Rect(area.x, y, area.width, (last - first + 1) * step + 2 * paint.px(PAD))
        paint.panel(box, theme.ground, theme.line)
        number = paint.text_width("0000 ", SMALL)
        for k in range(first, last + 1):
            at = box.y + paint.px(PAD) + (k - first) * step
            text = draft.lines[k - 1]
            if k == line:
                bar = pygame.Rect(box.x + 1, at, box.width - 2, step)
                paint.surface.fill(theme.hover, bar.clip(paint.surface.get_clip()))
            paint.text(str(k), (box.x + paint.px(PAD), at), SMALL, theme.muted)
            x = box.x + paint.px(PAD) + number
            room = box.right - x - paint.px(4)
            indent = len(text) - len(text.lstrip())
            shift = indent * paint.px(5)
            begin = indent
            if k == line:
                # The place the fault is at stays in sight, however long the line.
                while begin < column - 1 and paint.text_width(text[begin : column + 7], SMALL) > room - shift:
                    begin += 4
            shown = text[begin:] if begin == indent else "…" + text[begin:]
            paint.text(shown, (x + shift, at), SMALL, width=room - shift)
            if k == line and column - 1 >= begin:
                lead = shown[: column - 1 - begin + (begin != indent)]
                before = paint.text_width(lead, SMALL) if lead else 0
                mark = pygame.Rect(x + shift + before, at + step - 2, paint.px(8), 2)
                paint.surface.fill(theme.bad, mark.clip(paint.surface.get_clip()))
        return box.bottom + paint.px(PAD)

    # ---- a call

    @staticmethod
    def _call(desk: Desk, area: Scroll, draft: Draft, call: Inject | None) -> None:
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        at = area.at(area.y)
        if call is None:
            at.y += paint.paragraph(say("Click a mark on the line of time."), at, BODY, theme.muted)
            area.reach(at.y)
            return
        injects = draft.playbook.scenario.injects if draft.playbook is not None else ()
        place = next((k for k, inject in enumerate(injects) if inject.id == call.id), None)
        where = "" if place is None else say("line {line}", line=draft.line_of(("injects", place)))
        paint.text(call.id, at.topleft, BODY, bold=True)
        paint.text(where, (at.right, at.y), SMALL, theme.muted, align=1.0)
        at.y += paint.line_height(BODY)
        facts = [
            say(
                "minute {minute:g}, {channel}, {truth}",
                minute=call.minute,
                channel=say(CHANNELS[call.channel]),
                truth=say(TRUTHS[call.truth]),
            ),
            *([say("comes only if its condition holds then")] if call.when is not None else []),
            say("{minutes:g} min to handle it", minutes=call.window_min)
            if call.handled is not None
            else say("nothing to handle"),
            *([say("answered by: {names}", names=", ".join(call.answers))] if call.answers else []),
        ]
        for fact in facts:
            at.y += paint.paragraph(fact, at, SMALL, theme.muted)
        for title, words in ((say("Text"), call.text), (say("If nobody handles it"), call.if_not_text)):
            if words is not None:
                at.y += paint.px(PAD)
                paint.text(title, at.topleft, SMALL, theme.muted, bold=True)
                at.y += paint.line_height(SMALL)
                at.y += paint.paragraph(say(words.text), at, BODY)
        area.reach(at.y)

    # ---- a zone

    def _zone(self, desk: Desk, area: Scroll, draft: Draft, zone: "Zone | None") -> None:
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        at = area.at(area.y)
        if zone is None:
            text = say("Click a zone on the map. Then drag it, or one of its corners, and paste the lines.")
            at.y += paint.paragraph(text, at, BODY, theme.muted)
            area.reach(at.y)
            return
        paint.text(say(zone.place.name.text), at.topleft, BODY, bold=True, width=at.width - paint.px(70))
        where = say("line {line}", line=zone.line)
        paint.text(where, (at.right, at.y), SMALL, theme.muted, align=1.0)
        at.y += paint.line_height(BODY)
        for fact in zone.facts():
            at.y += paint.paragraph(say(fact), at, SMALL, theme.muted)
        if zone.lines is not None:
            at.y += paint.px(PAD)
            text = say("Paste in place of line {line}:", line=zone.lines.line)
            if not zone.lines.whole:
                text = say("Paste in place of the list that begins on line {line}:", line=zone.lines.line)
            at.y += paint.paragraph(text, at, SMALL, theme.muted) + paint.px(GAP)
            high = paint.paragraph_height(zone.lines.text.strip(), at.width - 2 * paint.px(PAD), BODY)
            box = pygame.Rect(at.x, at.y, at.width, high + 2 * paint.px(6))
            paint.panel(box, theme.ground, theme.accent)
            paint.paragraph(zone.lines.text.strip(), box.inflate(-2 * paint.px(PAD), -2 * paint.px(6)), BODY)
            at.y = box.bottom + paint.px(PAD)
            x = at.x
            for name, text in (("copy", say("Copy")), ("undo", say("Put it back"))):
                spot = pygame.Rect(x, at.y, ui.button_width(text) + paint.px(PAD), paint.px(30))
                if ui.button(f"zone:{name}", spot, text, primary=name == "copy"):
                    if name == "copy":
                        self.copy(desk, zone.lines.text)
                    else:
                        zone.put_back()
                x = spot.right + paint.px(PAD)
            at.y += paint.px(36)
        area.reach(at.y)


@dataclass(frozen=True, slots=True)
class Zone:
    """The zone that is chosen, as it would be."""

    place: PlaceData
    area: Area
    line: int
    standing: Standing | None
    lines: Lines | None
    """What to paste; None while it is where the file says."""
    put_back: Callable[[], None]

    def facts(self) -> list[Phrase]:
        """What an author wants to know about it."""
        west, south, east, north = bounds(self.area.region)
        found = [
            Phrase("id {name}", name=self.place.id),
            Phrase(
                "{wide:g} x {high:g} m, {area:.0f} m²", wide=east - west, high=north - south, area=area_m2(self.area)
            ),
        ]
        if self.place.exit_width_m:
            found.append(Phrase("exit of {width:g} m", width=self.place.exit_width_m))
        if self.standing is not None:
            each = self.standing
            density = max(each.comes, each.stands) / max(1.0, area_m2(self.area))
            found.append(
                Phrase(
                    "{comes} people come from here, {stands} gather here: {density:.2f} per m²",
                    comes=each.comes,
                    stands=each.stands,
                    density=density,
                )
            )
        return found


def place_of(scenario: Scenario, name: str) -> tuple[int, PlaceData] | None:
    """A place and its position in the file; None when there is none of that id."""
    return next(((k, p) for k, p in enumerate(scenario.site.places) if p.id == name), None)
