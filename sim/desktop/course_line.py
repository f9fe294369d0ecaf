"""Course line: a run drawn along its minutes, each point of it a way into the replay."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pygame

from sim.desktop.course import ACCEPTED, HANDLED, MARKED, MISSED, NOTE, OPEN, REFUSED, Course
from sim.desktop.screen import Desk
from sim.desktop.strip import STATE_HEIGHTS, STATE_SHAPES, state_colour, state_name
from sim.desktop.theme import BODY, GAP, PAD, SMALL, Colour, Theme
from sim.seat.aside import Aside
from sim.seat.words import Words

Look = Callable[[Desk, int], None]
"""Opens the replay at a tick."""
RULINGS = {ACCEPTED: "carried out", MARKED: "went ahead, ruled unlawful", REFUSED: "refused"}
RULING_SHAPES = {ACCEPTED: "square", MARKED: "diamond", REFUSED: "x"}
FATES = {HANDLED: "answered", MISSED: "not answered", OPEN: "still open at the end", NOTE: "nothing asked for"}
FATE_SHAPES = {HANDLED: "check", MISSED: "down", OPEN: "ring", NOTE: "dots"}
HARMS = {"minor": "lightly hurt", "serious": "seriously hurt", "fatal": "dead"}
HARM_SHAPES = {"minor": "disc", "serious": "cross", "fatal": "square"}
CAUSES = {
    "police": "by the police",
    "officer": "police officers",
    "crowd": "by people in the crowd",
    "crush": "in the crush",
    "illness": "taken ill",
    "traffic": "by traffic",
}
FLAGGED, WRITTEN = "flagged", "written"
OWN = {FLAGGED: "bookmark", WRITTEN: "note"}
"""What the trainee set down on the way; no rule reads it."""
OWN_SHAPES = {FLAGGED: "flag", WRITTEN: "page"}
WORST = (MARKED, REFUSED, ACCEPTED, MISSED, OPEN, HANDLED, NOTE, "fatal", "serious", "minor", WRITTEN, FLAGGED)
"""Where marks would lie on each other the first of these is drawn."""
TOLD = 8
"""Lines of a tooltip."""


def mark_colour(theme: Theme, kind: str) -> Colour:
    """The colour of a ruling, a fate or a harm."""
    if kind in {MARKED, MISSED, "fatal", "serious"}:
        return theme.bad
    if kind in {REFUSED, OPEN, "minor"}:
        return theme.warn
    return {
        ACCEPTED: theme.officers, HANDLED: theme.good, FLAGGED: theme.accent, WRITTEN: theme.accent
    }.get(kind, theme.muted)  # fmt: skip


def curve_looks(theme: Theme) -> tuple[tuple[Colour, float], tuple[Colour, float]]:
    """Colour and thickness of the curve of loudness and that of trust."""
    return (theme.text, 2.4), (theme.accent, 1.0)


def mark_shape(kind: str) -> str:
    """Its shape."""
    return {**RULING_SHAPES, **FATE_SHAPES, **HARM_SHAPES, **OWN_SHAPES}[kind]


@dataclass(frozen=True, slots=True)
class Happening:
    """One point of the course, to be drawn as a mark or read as a line."""

    tick: int
    row: str
    """`decision`, `event`, `hurt` or `own`."""
    kind: str
    """Ruling, fate, harm, bookmark or note."""
    text: str


def happenings(desk: Desk, words: Words, course: Course, aside: Aside) -> list[Happening]:
    """Every decision, event, injury, note and bookmark in words, in order; like injuries of one minute together."""
    say = desk.voice
    found = [Happening(d.tick, "decision", d.ruling, words.response(d.response)) for d in course.decisions]
    found += [Happening(e.tick, "event", e.fate, say(e.text)) for e in course.events]
    hurt: dict[tuple[int, str, str], list[int]] = {}
    for each in course.hurt:
        hurt.setdefault((each.tick // 600, each.severity, each.cause), []).append(each.tick)
    for (_, severity, cause), ticks in hurt.items():
        how = say(CAUSES[cause]) if cause in CAUSES else cause
        text = say("{number} {harm}: {cause}", number=len(ticks), harm=say(HARMS[severity]), cause=how)
        found.append(Happening(ticks[0], "hurt", severity, text))
    found += [Happening(tick, "own", WRITTEN, text) for tick, text in aside.notes]
    found += [Happening(tick, "own", FLAGGED, say("Moment you marked")) for tick in aside.bookmarks]
    return sorted(found, key=lambda h: h.tick)


@dataclass(slots=True)
class CourseLine:
    """The axis and its rows; the cursor goes from decision to decision by key."""

    aside: Aside
    cursor: int = 0
    _said: tuple[object, ...] = ()
    _marks_said: list[Happening] = field(default_factory=list)

    def marks(self, desk: Desk, words: Words, course: Course) -> list[Happening]:
        """Everything that happened, said again only when the language changes or something was set down since."""
        key = (desk.voice.language, len(self.aside.notes), len(self.aside.bookmarks))
        if self._said != key:
            self._said, self._marks_said = key, happenings(desk, words, course, self.aside)
        return self._marks_said

    def draw(
        self,
        desk: Desk,
        words: Words,
        course: Course,
        rect: pygame.Rect,
        look: Look | None,
        *,
        curves: bool = False,
    ) -> None:
        """A row for the crowd and one for each sort of mark; a press anywhere opens the replay, if there is one."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        marks = self.marks(desk, words, course)
        rows = [("decision", say("Decisions")), ("event", say("Events")), ("hurt", say("Hurt"))]
        if self.aside.notes or self.aside.bookmarks:
            rows.append(("own", say("Notes")))
        side = max(paint.text_width(t, SMALL) for t in (say("Crowd"), *(t for _, t in rows))) + paint.px(PAD)
        foot = paint.line_height(SMALL)
        axis = pygame.Rect(rect.x + side, rect.y, rect.width - side - paint.px(PAD), rect.height - foot)
        row_high = min(paint.px(24), round(axis.height / (len(rows) + 1.6)))
        upper = pygame.Rect(axis.x, axis.y, axis.width, axis.height - len(rows) * row_high)
        pressed = look is not None and ui.hot("course", axis)
        paint.panel(axis, theme.panel, theme.line, radius=4)
        self._minutes(desk, words, course, axis)
        self._crowd(desk, course, upper)
        if curves:
            self._curves(desk, course, upper)
        self._states(desk, course, upper)
        paint.text(say("Crowd"), (rect.x, upper.centery - foot / 2), SMALL, theme.muted)
        over = self._over(desk, words, course, axis, leads=look is not None)
        for k, (row, title) in enumerate(rows):
            band = pygame.Rect(axis.x, upper.bottom + k * row_high, axis.width, row_high)
            pygame.draw.line(paint.surface, theme.line, band.topleft, (band.right - 1, band.y))
            paint.text(title, (rect.x, band.centery - foot / 2), SMALL, theme.muted)
            self._row(desk, words, course, [m for m in marks if m.row == row], band)
        if look is not None:
            self._keys(desk, course)
        x = axis.x + self.cursor / max(1, course.last) * axis.width
        if ui.focus == "course" and ui.show_focus:
            pygame.draw.line(paint.surface, theme.accent, (x, axis.y), (x, axis.bottom), max(2, paint.px(2)))
        ui.ring("course", axis)
        if pressed and look is not None:
            look(desk, over if over is not None and ui.input.up else self.cursor)

    def _keys(self, desk: Desk, course: Course) -> None:
        """On to the decision before or after the cursor."""
        ticks = [d.tick for d in course.decisions]
        later = [t for t in ticks if t > self.cursor]
        earlier = [t for t in ticks if t < self.cursor]
        moved = False
        if desk.ui.pressed("next_decision") and later:
            self.cursor, moved = later[0], True
        if desk.ui.pressed("last_decision") and earlier:
            self.cursor, moved = earlier[-1], True
        if moved:
            desk.ui.focus, desk.ui.show_focus = "course", True

    @staticmethod
    def _over(desk: Desk, words: Words, course: Course, axis: pygame.Rect, *, leads: bool) -> int | None:
        """The tick under the pointer, with a hair line and its time; and that it `leads` to the replay."""
        if not desk.ui.over(axis):
            return None
        x = desk.ui.input.pointer[0]
        tick = round((x - axis.x) / max(1, axis.width) * course.last)
        pygame.draw.line(desk.paint.surface, desk.paint.theme.muted, (x, axis.y), (x, axis.bottom))
        state = next((s for start, end, s in course.states if start <= tick <= end), 0)
        said = "{clock}: {state}. Press to look at it" if leads else "{clock}: {state}"
        text = desk.voice(said, clock=words.clock(tick), state=state_name(desk, state))
        desk.ui.tip(text, axis.move(x - axis.centerx, 0))
        return tick

    @staticmethod
    def _minutes(desk: Desk, words: Words, course: Course, axis: pygame.Rect) -> None:
        paint = desk.paint
        first = float(words.scenario.minutes[0])
        per_minute = axis.width / max(1.0, course.last / 600.0)
        step = next(
            (s for s in (1, 2, 5, 10, 15, 30, 60) if s * per_minute > paint.text_width("-000:00", SMALL) + paint.px(8)),
            120,
        )
        minute = -(-first // step) * step
        while (x := axis.x + (minute - first) * per_minute) <= axis.right:
            pygame.draw.line(paint.surface, paint.theme.raised, (x, axis.y + 1), (x, axis.bottom - 2))
            text = words.clock_of_minute(minute)
            half = paint.text_width(text, SMALL) / 2
            at = max(axis.x + half, min(axis.right - half, x))
            paint.text(text, (at - half, axis.bottom), SMALL, paint.theme.muted)
            minute += step

    @staticmethod
    def _boxes(desk: Desk, course: Course, rect: pygame.Rect) -> Iterator[tuple[int, pygame.Rect]]:
        """Each state with its bar, as high as the state is pressing."""
        whole = max(1, course.last)
        for start, end, state in course.states:
            x0, x1 = (round(rect.x + t / whole * rect.width) for t in (start, end))
            height = round((rect.height - desk.paint.px(3)) * STATE_HEIGHTS[state])
            yield state, pygame.Rect(x0, rect.bottom - height, max(2, x1 - x0), height)

    def _crowd(self, desk: Desk, course: Course, rect: pygame.Rect) -> None:
        """The bars."""
        paint = desk.paint
        for state, box in self._boxes(desk, course, rect):
            colour = state_colour(paint.theme, state)
            paint.veil(box, colour, 60)
            pygame.draw.line(paint.surface, colour, box.topleft, (box.right - 1, box.y), max(2, paint.px(2)))

    def _states(self, desk: Desk, course: Course, rect: pygame.Rect) -> None:
        """Sign and word of each state where there is room for them."""
        paint, theme = desk.paint, desk.paint.theme
        size, high = paint.px(11), paint.line_height(SMALL)
        for state, box in self._boxes(desk, course, rect):
            if box.width <= 2 * size:
                continue
            middle = min(box.y + high / 2 + paint.px(2), rect.bottom - high / 2)
            paint.shape(STATE_SHAPES[state], (box.x + size, middle), size, theme.text, theme.panel)
            word = state_name(desk, state)
            wide = paint.text_width(word, SMALL)
            if wide < box.width - 2.4 * size:
                paint.label(word, (box.x + 2 * size + wide / 2, middle), SMALL, theme.text, theme.panel)

    @staticmethod
    def _curves(desk: Desk, course: Course, rect: pygame.Rect) -> None:
        """How loud people are, and how far they trust the police, from 0 at the bottom to 1 at the top."""
        paint = desk.paint
        step, high = rect.width / max(1, course.last), rect.height - 2 * paint.px(GAP)
        for share in (0.0, 1.0):
            y = rect.bottom - 2 - share * high - (1.0 - 0.7 * share) * paint.line_height(SMALL)
            paint.text(f"{share:.0%}", (rect.x - paint.px(4), y), SMALL, paint.theme.muted, align=1.0)
        for points, (colour, thick) in zip((course.loud, course.trust), curve_looks(paint.theme), strict=True):
            paint.line([(rect.x + t * step, rect.bottom - 2 - share * high) for t, share in points], colour, thick)

    def _row(self, desk: Desk, words: Words, course: Course, marks: list[Happening], band: pygame.Rect) -> None:
        """Marks too close to be told apart become one, with their number."""
        paint, ui, theme = desk.paint, desk.ui, desk.paint.theme
        size = min(paint.px(12), band.height - paint.px(4))
        heaps: list[tuple[float, list[Happening]]] = []
        for mark in marks:
            x = band.x + mark.tick / max(1, course.last) * band.width
            if heaps and x - heaps[-1][0] < size:
                heaps[-1][1].append(mark)
            else:
                heaps.append((x, [mark]))
        for x, heap in heaps:
            spot = pygame.Rect(0, 0, size, band.height)
            spot.center = (round(min(band.right - size / 2, max(band.x + size / 2, x))), band.centery)
            kind = min((m.kind for m in heap), key=WORST.index)
            paint.shape(mark_shape(kind), spot.center, size, mark_colour(theme, kind))
            if ui.over(spot):
                lines = [f"{words.clock(m.tick)}  {m.text} ({kind_name(desk, m.kind)})" for m in heap[:TOLD]]
                if len(heap) > TOLD:
                    lines.append(desk.voice("and {number} more", number=len(heap) - TOLD))
                ui.tip("\n".join(lines), spot)


def kind_name(desk: Desk, kind: str) -> str:
    """A ruling, a fate or a harm in words."""
    say = desk.voice
    if kind in RULINGS:
        return say(RULINGS[kind])
    if kind in OWN:
        return say(OWN[kind])
    return say(FATES[kind]) if kind in FATES else say(HARMS[kind])


def draw_legend(desk: Desk, at: pygame.Rect, *, own: bool) -> int:
    """What the marks mean, in as many lines as it takes; `own` for notes and bookmarks too; pixels used."""
    paint, theme = desk.paint, desk.paint.theme
    x, y, size, line = at.x, at.y, paint.px(11), paint.line_height(SMALL) + paint.px(2)
    for kind in (*RULINGS, *FATES, *HARMS, *(OWN if own else ())):
        text = kind_name(desk, kind)
        width = size + paint.px(GAP) + paint.text_width(text, SMALL) + paint.px(14)
        if x + width > at.right and x > at.x:
            x, y = at.x, y + line
        paint.shape(mark_shape(kind), (x + size / 2, y + line / 2), size, mark_colour(theme, kind))
        paint.text(text, (x + size + paint.px(GAP), y), SMALL, theme.muted)
        x += width
    return y + line - at.y


@dataclass(slots=True)
class CourseTab:
    """The tab "Timeline": the axis large, with two curves, and everything that happened as a list."""

    line: CourseLine

    def draw(self, desk: Desk, words: Words, course: Course, rect: pygame.Rect, look: Look | None) -> None:
        """Above the axis, below the list; without a `look` nothing of it leads to a replay."""
        paint, say = desk.paint, desk.voice
        marks = self.line.marks(desk, words, course)
        y = rect.y + self._curve_names(desk, pygame.Rect(rect.x, rect.y, rect.width, 0), leads=look is not None)
        axis = pygame.Rect(rect.x, y, rect.width, max(paint.px(190), round(rect.height * 0.42)))
        self.line.draw(desk, words, course, axis, look, curves=True)
        y = axis.bottom + paint.px(PAD)
        own = any(m.row == "own" for m in marks)
        y += draw_legend(desk, pygame.Rect(rect.x, y, rect.width, 0), own=own) + paint.px(PAD)
        body = pygame.Rect(rect.x, y, rect.width, rect.bottom - y)
        with desk.ui.scroll("happenings", body, paged=True) as area:
            at = pygame.Rect(area.x, area.y, area.width, paint.line_height(BODY) + paint.px(6))
            for k, mark in enumerate(marks):
                if _line(desk, words, f"happening:{k}" if look is not None else "", mark, at) and look is not None:
                    look(desk, mark.tick)
                at.y = at.bottom + paint.px(2)
            area.reach(at.y)
            if not marks:
                paint.text(say("Nothing happened."), at.topleft, BODY, paint.theme.muted)

    @staticmethod
    def _curve_names(desk: Desk, at: pygame.Rect, *, leads: bool) -> int:
        paint, say = desk.paint, desk.voice
        hint = say(
            "Press the line or an entry to look at that moment; {before} and {after} go from decision to decision.",
            before=desk.keys.shown("last_decision"),
            after=desk.keys.shown("next_decision"),
        )
        used = paint.paragraph(hint, at, SMALL, paint.theme.muted) if leads else 0
        high, x = paint.line_height(SMALL), float(at.x)
        names = (say("share of those taking part who are loud or worse"), say("how far people trust the police"))
        for (colour, thick), name in zip(curve_looks(paint.theme), names, strict=True):
            y = at.y + used + high / 2
            paint.line([(x, y), (x + paint.px(22), y)], colour, thick)
            x = paint.text(name, (x + paint.px(28), at.y + used), SMALL, paint.theme.muted).right + paint.px(18)
        return used + high + paint.px(GAP)


def _line(desk: Desk, words: Words, name: str, mark: Happening, at: pygame.Rect) -> bool:
    """One happening as a line that can be pressed, if it has a name; True when it was."""
    paint, ui, theme = desk.paint, desk.ui, desk.paint.theme
    done = bool(name) and ui.hot(name, at)
    if at.colliderect(paint.surface.get_clip()):
        paint.panel(at, theme.hover if name and ui.over(at) else theme.panel, radius=4)
        size, y = paint.px(12), at.y + paint.px(3)
        clock_wide = paint.text_width("-000:00", BODY)
        paint.text(words.clock(mark.tick), (at.x + paint.px(PAD), y), BODY, theme.accent, width=clock_wide)
        x = at.x + 2 * paint.px(PAD) + clock_wide
        paint.shape(mark_shape(mark.kind), (x + size / 2, at.centery), size, mark_colour(theme, mark.kind))
        x += size + paint.px(PAD)
        kind = kind_name(desk, mark.kind)
        wide = paint.text_width(kind, SMALL)
        paint.text(kind, (at.right - paint.px(PAD) - wide, y + paint.px(1)), SMALL, mark_colour(theme, mark.kind))
        paint.text(mark.text, (x, y), BODY, width=max(1, at.right - 2 * paint.px(PAD) - wide - x))
        if name:
            ui.ring(name, at)
    return done
