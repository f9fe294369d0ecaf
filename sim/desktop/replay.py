"""Replay: a run looked at again from any moment - as it was, as the commander saw it, as one person there saw it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pygame

from sim.core.errors import CommonGroundError
from sim.core.geometry import Point, Polygon, Rect
from sim.desktop.course_line import FLAGGED, OWN, OWN_SHAPES, WRITTEN
from sim.desktop.eyes import draw_many, draw_person
from sim.desktop.note_box import NoteBox
from sim.desktop.office import Past
from sim.desktop.playback import Given, Moment, Playback
from sim.desktop.post import mark_of
from sim.desktop.screen import Desk, top_bar
from sim.desktop.site import OLD_S, Scene, SiteMap, draw_legend
from sim.desktop.strip import STATE_SHAPES, state_colour, state_name
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL, WIDE
from sim.desktop.unit_marks import UnitMark
from sim.exercise.shared_view import GROUP, PLACE
from sim.scenario.site import LaneData, SiteData
from sim.seat.run import SPEEDS
from sim.seat.words import CHANNELS, UNSEEN, Words
from sim.world.message import Message  # noqa: TC001 - a local is annotated with it
from sim.world.observation import UnitView  # noqa: TC001 - a local is annotated with it

STEP_TICKS = 100
HALF_LANE_M = 1.75
FAR_TICKS = 50
"""Farther from the moment shown than this, the map says that it is being computed."""
AROUND_TICKS = 6000
"""Messages and decisions of the last ten minutes stand beside the map."""
RULING_SHAPES = {"lawful": "square", "marked": "diamond", "refused": "x"}


@dataclass(slots=True)
class Replay:
    """Plays a saved run; the run itself is never changed by it."""

    past: Past
    start_tick: int = 0
    mistakes: tuple[int, ...] = ()
    """Ticks of moments that cost something."""
    truth: bool = True
    """Shows what was so; else what the commander could see."""
    speed: float = 4.0
    playback: Playback | None = None
    words: Words | None = None
    map: SiteMap | None = None
    _scene: Scene | None = None
    _scene_key: tuple[object, ...] = ()
    _person: int = -1
    _many: str = ""
    """Whose view is shown, where it is that of many."""
    _note: NoteBox | None = None
    _dragged: float = 0.0

    @property
    def busy(self) -> bool:
        """While it plays, or a moment is searched for."""
        playback = self.playback
        return playback is None or playback.playing or playback.working < 1.0

    def leave(self) -> None:
        """Ends the thread."""
        if self.playback is not None:
            self.playback.close()

    def frame(self, desk: Desk) -> None:
        """Map, what happened around this moment, the person asked about, and the line to go along."""
        paint, say = desk.paint, desk.voice
        if self.playback is None or self.words is None or self.map is None:
            self.words = Words(self.past.playbook, desk.voice)
            self.map = SiteMap.of(self.words)
            self.playback = Playback(
                self.past.playbook,
                self.past.seed,
                self.past.entries,
                start=self.start_tick,
                clock=desk.clock,
                memory=self.past.memory,
            )
        if self.playback.failure is not None:
            raise self.playback.failure
        desk.ui.inert = self._note is not None
        title = say("Replay: {title}", title=say(self.past.playbook.scenario.title.text))
        body, back = top_bar(desk, title, back=say("Back"))
        if back:
            desk.ui.inert = False
            desk.pop()
            return
        moment = self.playback.moment
        foot = paint.px(112)
        side = max(paint.px(300), min(paint.px(400), round(body.width * 0.28)))
        site = pygame.Rect(body.x, body.y, body.width - side, body.height - foot)
        panel = pygame.Rect(site.right, body.y, side, body.height)
        line = pygame.Rect(body.x, site.bottom, site.width, foot)
        paint.surface.fill(paint.theme.panel, panel)
        paint.surface.fill(paint.theme.panel, line)
        pygame.draw.line(paint.surface, paint.theme.line, panel.topleft, panel.bottomleft)
        if moment is None:
            self._loading(desk, site)
        else:
            self._map(desk, site, moment)
            self._around(desk, panel.inflate(-2 * paint.px(PAD), -2 * paint.px(PAD)), moment)
        self._line(desk, line.inflate(-2 * paint.px(WIDE), -2 * paint.px(PAD)))
        desk.ui.inert = False
        if self._note is not None:
            self._write_note(desk)
        else:
            self._keys(desk)

    def _loading(self, desk: Desk, rect: pygame.Rect) -> None:
        assert self.playback is not None
        paint = desk.paint
        text = desk.voice("Computing the run again: {share:.0%}", share=self.playback.working)
        box = pygame.Rect(0, 0, max(paint.px(380), paint.text_width(text, LARGE) + paint.px(40)), paint.px(84))
        box.center = rect.centerx, rect.centery - paint.px(10)
        paint.panel(box, paint.theme.panel, paint.theme.line)
        paint.text(text, (rect.centerx, rect.centery - paint.px(40)), LARGE, align=0.5)
        bar = pygame.Rect(0, 0, paint.px(320), paint.px(8))
        bar.center = rect.center
        paint.panel(bar, paint.theme.raised, radius=4)
        paint.panel(pygame.Rect(bar.x, bar.y, round(bar.width * self.playback.working), bar.height), paint.theme.accent)

    # ---- map

    def _map(self, desk: Desk, rect: pygame.Rect, moment: Moment) -> None:
        paint, ui, say = desk.paint, desk.ui, desk.voice
        assert self.map is not None
        assert self.words is not None
        key = (moment.number, self.truth)
        if self._scene is None or key != self._scene_key:
            self._scene = true_scene(moment, self.words.scenario.site) if self.truth else seen_scene(moment)
            self._scene_key = key
        legend = pygame.Rect(rect.x, rect.y, rect.width, paint.px(36))
        paint.surface.fill(paint.theme.panel, legend)
        options = (("truth", say("as it was")), ("seen", say("as the commander saw it")))
        wide = 2 * max(ui.button_width(text) for _, text in options) + paint.px(GAP)
        choice = pygame.Rect(0, 0, min(wide, rect.width // 2), paint.px(28))
        choice.midright = (legend.right - paint.px(PAD), legend.centery)
        self.truth = ui.choice("layer", choice, options, "truth" if self.truth else "seen") == "truth"
        room = pygame.Rect(legend.x + paint.px(PAD), legend.y, choice.x - legend.x - 2 * paint.px(PAD), legend.height)
        draw_legend(paint, self.words, room)
        rect = pygame.Rect(rect.x, legend.bottom, rect.width, rect.height - legend.height)
        self.map.still = desk.preferences.reduced_motion
        self.map.draw(paint, rect, self._scene)
        if moment.person is not None and self.truth:
            spot = self.map.camera.at(moment.person.x, moment.person.y)
            if rect.collidepoint(spot):
                paint.shape("ring", spot, paint.px(24), paint.theme.accent)
        elif moment.many is not None and self.truth:
            self._mark_many(desk, rect, moment)
        elif self.truth:
            hint = say("Click a person, or a place between people, to see what was before their eyes.")
            middle = (rect.centerx, rect.bottom - paint.px(18))
            paint.label(hint, middle, SMALL, paint.theme.muted, paint.theme.ground)
        assert self.playback is not None
        if self.playback.working < 1.0 and abs(self.playback.tick - moment.tick) > FAR_TICKS:
            paint.veil(rect, paint.theme.shade, 150)
            self._loading(desk, rect)
        self._pointer(desk, rect, moment)

    def _pointer(self, desk: Desk, rect: pygame.Rect, moment: Moment) -> None:
        ui = desk.ui
        assert self.map is not None
        assert self._scene is not None
        if not ui.over(rect):
            return
        if ui.input.wheel:
            self.map.camera.zoom(ui.input.wheel, ui.input.pointer)
            ui.input.wheel = 0
        if ui.input.down:
            self._dragged = 0.0
        if ui.input.held and any(ui.input.moved) and ui.nothing_pressed:
            self._dragged += abs(ui.input.moved[0]) + abs(ui.input.moved[1])
            if self._dragged > 4:
                self.map.camera.pan(*ui.input.moved)
        if ui.input.up and ui.nothing_pressed and self._dragged <= 4 and self.truth:
            found = self.map.person_at(self._scene, ui.input.pointer, desk.paint.px(12))
            if found >= 0:
                self.ask(int(moment.snapshot.person[found]))
            else:
                self.ask(-1, self._place_at(*self.map.camera.metres(*ui.input.pointer)))

    def ask(self, person: int, many: str = "") -> None:
        """Whose view is shown beside the map: this person's, that of many, or nobody's."""
        self._person, self._many = person, many
        if self.playback is not None:
            self.playback.ask(person, many)

    def _place_at(self, x: float, y: float) -> str:
        """The smallest named place there, as `shared_view_of` names it; "" for none."""
        assert self.words is not None
        spot = Point(x, y)
        there = [p for p in self.words.scenario.site.places if p.area.region.contains(spot)]
        smallest = min(there, key=lambda place: _size(place.area.region), default=None)
        return PLACE + smallest.id if smallest is not None else ""

    def _mark_many(self, desk: Desk, rect: pygame.Rect, moment: Moment) -> None:
        """A ring round everybody whose view is shown."""
        assert self.map is not None
        assert moment.many is not None
        where = {int(row): k for k, row in enumerate(moment.snapshot.person)}
        for row in moment.many.rows:
            if row in where:
                spot = self.map.camera.at(float(moment.snapshot.x[where[row]]), float(moment.snapshot.y[where[row]]))
                if rect.collidepoint(spot):
                    desk.paint.shape("ring", spot, desk.paint.px(16), desk.paint.theme.accent)

    def _next_view(self) -> None:
        """On to the next group whose view can be shown, and round to nobody's."""
        assert self.words is not None
        options = ["", *(GROUP + group.id for group in self.words.scenario.groups)]
        at = options.index(self._many) if self._many in options else 0
        self.ask(-1, options[(at + 1) % len(options)])

    # ---- beside the map

    def _around(self, desk: Desk, rect: pygame.Rect, moment: Moment) -> None:
        paint, say = desk.paint, desk.voice
        assert self.words is not None
        y = rect.y
        seen = moment.seen
        state = seen.state if seen.state_age_s >= 0.0 else UNSEEN
        size = paint.px(14)
        paint.shape(STATE_SHAPES[state], (rect.x + size / 2, y + paint.line_height(BODY) / 2), size,
                    state_colour(paint.theme, state))  # fmt: skip
        text = say("the commander judged: {state}", state=state_name(desk, state))
        paint.text(text, (rect.x + size + paint.px(6), y), BODY, bold=True, width=rect.width - size)
        y += paint.line_height(BODY)
        text = say(
            "{people} people and {officers} officers were there",
            people=len(moment.snapshot.x),
            officers=len(moment.snapshot.officers),
        )
        y += paint.paragraph(text, pygame.Rect(rect.x, y, rect.width, 0), SMALL, paint.theme.muted) + paint.px(PAD)
        with desk.ui.scroll("around", pygame.Rect(rect.x, y, rect.width, rect.bottom - y)) as area:
            at = pygame.Rect(area.x, area.y, area.width, 0)
            if moment.person is not None and self.truth:
                draw_person(desk, moment.person, at)
            elif self._many and self.truth:
                draw_many(desk, self.words, self._many, moment.many, at)
            self._happened(desk, moment, at)
            area.reach(at.y)

    def _happened(self, desk: Desk, moment: Moment, at: pygame.Rect) -> None:
        """Decisions, messages and the trainee's notes of the last ten minutes, the newest first."""
        paint, say = desk.paint, desk.voice
        assert self.words is not None
        assert self.playback is not None
        paint.text(say("The ten minutes before"), at.topleft, SMALL, paint.theme.muted, bold=True)
        at.y += paint.line_height(SMALL) + paint.px(GAP)
        rows: list[tuple[int, Given | Message | str]] = [(g.tick, g) for g in self.playback.given]
        rows += self.past.aside.notes
        rows += [(m.tick, m) for m in moment.seen.messages]
        shown = [r for r in rows if moment.tick - AROUND_TICKS <= r[0] <= moment.tick]
        for tick, row in sorted(shown, key=lambda r: r[0], reverse=True):
            head = self.words.clock(tick)
            if isinstance(row, Given):
                title, colour = self._given_words(desk, row)
                middle = (at.x + paint.px(6), at.y + paint.line_height(SMALL) / 2)
                paint.shape(RULING_SHAPES[row.ruling], middle, paint.px(10), colour)
                paint.text(head, (at.x + paint.px(16), at.y), SMALL, colour, bold=True)
                at.y += paint.line_height(SMALL)
                at.y += paint.paragraph(title, at, BODY, bold=True)
                if row.order.reason:
                    why = self.words.reason(row.order.reason, moment.seen)
                    at.y += paint.paragraph(why, at, SMALL, paint.theme.muted)
            elif isinstance(row, str):
                paint.text(f"{head}  {say(OWN[WRITTEN])}", at.topleft, SMALL, paint.theme.accent)
                at.y += paint.line_height(SMALL)
                at.y += paint.paragraph(row, at, BODY)
            else:
                paint.text(f"{head}  {say(CHANNELS[row.via])}", at.topleft, SMALL, paint.theme.muted)
                at.y += paint.line_height(SMALL)
                at.y += paint.paragraph(say(row.text), at, BODY)
            at.y += paint.px(6)

    def _given_words(self, desk: Desk, given: Given) -> tuple[str, tuple[int, int, int]]:
        assert self.words is not None
        theme = desk.paint.theme
        title = self.words.response(given.order.response)
        if given.ruling == "refused":
            return desk.voice("{order} (refused)", order=title), theme.muted
        if given.ruling == "marked":
            return desk.voice("{order} (unlawful)", order=title), theme.bad
        return title, theme.officers

    # ---- the line

    def _line(self, desk: Desk, rect: pygame.Rect) -> None:
        """Buttons above, below them the run from its first to its last minute."""
        paint, ui, say, playback = desk.paint, desk.ui, desk.voice, self.playback
        assert playback is not None
        assert self.words is not None
        high, gap = paint.px(36), paint.px(GAP)
        x = rect.x
        clock = self.words.clock(playback.tick)
        width = paint.text_width("-000:00", LARGE, bold=True)
        paint.text(clock, (x, rect.y + (high - paint.line_height(LARGE)) / 2), LARGE, bold=True)
        x += width + gap
        playing = playback.playing
        buttons: tuple[tuple[str, str, str, Callable[[], None]], ...] = (
            ("seek_back", "left", say("10 s back"), lambda: self._step(-1)),
            ("last_decision", "chevrons_left", say("decision before"), lambda: self._decision(-1)),
            ("pause", "bars" if playing else "right", say("pause or run"), self._play_or_pause),
            ("next_decision", "chevrons", say("next decision"), lambda: self._decision(1)),
            ("seek_on", "right", say("10 s on"), lambda: self._step(1)),
            ("next_mistake", "down", say("next moment that cost something"), self._next_mistake),
            ("note", "page", say("a note at this moment"), self._begin_note),
            ("bookmark", "flag", say("bookmark this moment"), lambda: self._bookmark(desk)),
            ("whose", "ring", say("whose view is shown: the next group's"), self._next_view),
        )
        for name, icon, tip, does in buttons:
            spot = pygame.Rect(x, rect.y, high + paint.px(4), high)
            able = bool(self.mistakes) or name != "next_mistake"
            if ui.button(
                f"replay:{name}", spot, "", tip, command=name, icon=icon, primary=name == "pause", enabled=able
            ):
                does()
            x += spot.width + gap
        x += gap
        for speed in SPEEDS:
            text = f"{speed:g}x"
            width = ui.button_width(text, SMALL)
            if x + width > rect.right:
                break
            tip = say("{speed} simulated seconds a second", speed=text[:-1])
            if ui.button(
                f"speed:{text}", pygame.Rect(x, rect.y, width, high), text, tip, chosen=self.speed == speed, size=SMALL
            ):
                self._set_speed(speed)
            x += width + paint.px(2)
        if playback.prepared < 1.0 and playback.moment is not None:
            text = say("{share:.0%} of the run computed", share=playback.prepared)
            if x + paint.text_width(text, SMALL) + gap < rect.right:
                corner = (rect.right, rect.y + (high - paint.line_height(SMALL)) / 2)
                paint.text(text, corner, SMALL, paint.theme.muted, align=1.0)
        self._scrubber(desk, pygame.Rect(rect.x, rect.y + high + gap, rect.width, rect.height - high - gap))

    def _scrubber(self, desk: Desk, rect: pygame.Rect) -> None:
        paint, ui, theme, playback = desk.paint, desk.ui, desk.paint.theme, self.playback
        assert playback is not None
        assert self.words is not None
        last = max(1, playback.last)
        middle = rect.y + rect.height // 2
        track = pygame.Rect(rect.x, middle - paint.px(3), rect.width, paint.px(6))
        ready = pygame.Rect(
            track.x, track.y, round(track.width * max(playback.prepared, playback.tick / last)), track.height
        )
        value = ui.slider("scrub", rect, playback.tick, 0, last, 10)
        paint.panel(track, theme.raised, radius=3)
        paint.panel(ready, theme.line, radius=3)
        paint.panel(
            pygame.Rect(track.x, track.y, round(track.width * playback.tick / last), track.height),
            theme.accent,
            radius=3,
        )
        for given in playback.given:
            x = rect.x + given.tick / last * rect.width
            colour = {"lawful": theme.officers, "marked": theme.bad, "refused": theme.muted}[given.ruling]
            paint.shape(RULING_SHAPES[given.ruling], (x, track.y - paint.px(9)), paint.px(9), colour)
        for message in playback.moment.seen.messages if playback.moment is not None else ():
            if message.needs_answer:
                x = rect.x + message.tick / last * rect.width
                paint.shape("down", (x, track.bottom + paint.px(8)), paint.px(7), theme.muted)
        for tick in self.mistakes:
            paint.shape("down", (rect.x + tick / last * rect.width, track.y - paint.px(20)), paint.px(9), theme.bad)
        for tick, shape in self._set_down():
            spot = (rect.x + tick / last * rect.width, track.bottom + paint.px(8))
            paint.shape(shape, spot, paint.px(11), theme.accent, theme.panel)
        paint.shape(
            "disc", (rect.x + playback.tick / last * rect.width, middle), paint.px(16), theme.accent, theme.panel
        )
        if round(value) != playback.tick and (ui.input.held or ui.input.down or ui.focus == "scrub"):
            playback.seek(round(value))
        if ui.over(rect):
            self._moment_tip(desk, rect, last)

    def _set_down(self) -> list[tuple[int, str]]:
        """Notes and bookmarks of the trainee: (tick, shape)."""
        aside = self.past.aside
        return [*((tick, OWN_SHAPES[WRITTEN]) for tick, _ in aside.notes),
                *((tick, OWN_SHAPES[FLAGGED]) for tick in aside.bookmarks)]  # fmt: skip

    def _moment_tip(self, desk: Desk, rect: pygame.Rect, last: int) -> None:
        assert self.playback is not None
        assert self.words is not None
        x = desk.ui.input.pointer[0]
        tick = round((x - rect.x) / rect.width * last)
        reach = last / rect.width * desk.paint.px(7)
        lines = [self.words.clock(max(0, tick))]
        lines += [
            f"{self.words.clock(g.tick)} {self._given_words(desk, g)[0]}"
            for g in self.playback.given
            if abs(g.tick - tick) <= reach
        ]
        aside, say = self.past.aside, desk.voice
        lines += [f"{self.words.clock(t)} {text}" for t, text in aside.notes if abs(t - tick) <= reach]
        lines += [f"{self.words.clock(t)} {say(OWN[FLAGGED])}" for t in aside.bookmarks if abs(t - tick) <= reach]
        desk.ui.tip("\n".join(lines[:6]), pygame.Rect(x, rect.y, 1, rect.height // 2))

    # ---- doing

    def _play_or_pause(self) -> None:
        assert self.playback is not None
        if self.playback.playing:
            self.playback.pause()
        else:
            if self.playback.tick >= self.playback.last:
                self.playback.seek(0)
            self.playback.play(self.speed)

    def _set_speed(self, speed: float) -> None:
        assert self.playback is not None
        self.speed = speed
        if self.playback.playing:
            self.playback.play(speed)

    def _step(self, step: int) -> None:
        """Ten seconds on, or back when negative."""
        assert self.playback is not None
        self.playback.seek(self.playback.tick + step * STEP_TICKS)

    def _decision(self, step: int) -> None:
        """To the decision after or before this moment."""
        assert self.playback is not None
        here = self.playback.tick
        ticks = sorted({g.tick for g in self.playback.given})
        found = [t for t in ticks if t > here] if step > 0 else [t for t in reversed(ticks) if t < here]
        if found:
            self.playback.seek(found[0])

    def _keys(self, desk: Desk) -> None:
        ui, playback, site = desk.ui, self.playback, self.map
        assert playback is not None
        assert site is not None
        at = min(range(len(SPEEDS)), key=lambda k: abs(SPEEDS[k] - self.speed))
        if ui.take("slower"):
            self._set_speed(SPEEDS[max(0, at - 1)])
        if ui.take("faster"):
            self._set_speed(SPEEDS[min(len(SPEEDS) - 1, at + 1)])
        ui.keeps_sideways = True
        if ui.take("fit"):
            site.fit()
        if ui.take("crowd"):
            site.whole = not site.whole
            site.fit()
        if ui.take("heat"):
            site.heat = not site.heat
        if ui.take("names"):
            site.names = not site.names
        self._bookmarks(desk)

    def _next_mistake(self) -> None:
        """To the next moment that cost something, and round to the first."""
        assert self.playback is not None
        later = [tick for tick in self.mistakes if tick > self.playback.tick]
        if self.mistakes:
            self.playback.seek(later[0] if later else self.mistakes[0])

    def _begin_note(self) -> None:
        assert self.playback is not None
        self.playback.pause()
        self._note = NoteBox(self.playback.tick)

    def _write_note(self, desk: Desk) -> None:
        """The note that is being written, over the page; kept with the moment it is about."""
        assert self._note is not None
        assert self.words is not None
        done = self._note.draw(desk, self.words)
        if done is None:
            return
        if done:
            self.past.aside.notes.append((self._note.tick, done))
            self._keep(desk)
        self._note = None

    def _keep(self, desk: Desk) -> None:
        """What was set down is kept beside the journal."""
        try:
            desk.office.keep_aside(self.past)
        except CommonGroundError as wrong:
            desk.tell(desk.voice(wrong.phrase), 10.0)

    def _bookmark(self, desk: Desk) -> None:
        assert self.playback is not None
        assert self.words is not None
        self.past.aside.bookmarks.append(self.playback.tick)
        self._keep(desk)
        desk.tell(desk.voice("Bookmarked {clock}", clock=self.words.clock(self.playback.tick)))

    def _bookmarks(self, desk: Desk) -> None:
        ui, playback, marks = desk.ui, self.playback, self.past.aside.bookmarks
        assert playback is not None
        if ui.take("to_bookmark") and marks:
            later = sorted(t for t in marks if t > playback.tick)
            playback.seek(later[0] if later else min(marks))


def _size(region: Rect | Polygon) -> float:
    """How much ground a place takes, as the rectangle round it, m2."""
    box = region if isinstance(region, Rect) else region.bounds
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def true_scene(moment: Moment, site: SiteData) -> Scene:
    """The map as it was."""
    shot, seen = moment.snapshot, moment.seen
    # Several units may stand on one spot, two of a kind too.
    there: dict[tuple[str, float, float], list[UnitView]] = {}
    for each in seen.units:
        there.setdefault((each.code, each.x, each.y), []).append(each)
    units = []
    for code, x, y, strength in shot.units:
        found = there.get((code, x, y))
        view = found.pop(0) if found else None
        units.append(
            UnitMark(
                id=view.id if view is not None else code,
                code=code,
                strength=strength,
                x=x,
                y=y,
                activity=view.activity if view is not None else "",
                bound_for=view.bound_for if view is not None else None,
                closed=view.closed if view is not None else False,
                officers=view.officers if view is not None else (),
            )
        )
    return Scene(
        number=2 * moment.number,
        x=shot.x,
        y=shot.y,
        look=shot.look,
        old=np.zeros(len(shot.x), dtype=np.bool_),
        units=tuple(units),
        vehicles=shot.vehicles,
        blocked=tuple(lane.id for lane in site.lanes if _stands_on(lane, shot.vehicles)),
        exits=tuple(replace(e, watched=True) for e in seen.exits),
        gates_open=seen.gates_open,
    )


def _stands_on(lane: LaneData, vehicles: Sequence[tuple[float, float]]) -> bool:
    """True when a vehicle stands in the lane."""
    return any(abs(y - lane.y_m) < HALF_LANE_M and lane.x0_m <= x <= lane.x1_m for x, y in vehicles)


def seen_scene(moment: Moment) -> Scene:
    """The map as the commander saw it."""
    seen = moment.seen
    return Scene(
        number=2 * moment.number + 1,
        x=seen.x,
        y=seen.y,
        look=seen.look,
        old=seen.age_s > OLD_S,
        units=tuple(mark_of(unit) for unit in seen.units if unit.eta_s <= 0.0),
        vehicles=tuple((v.x, v.y) for v in seen.vehicles),
        casualties=tuple((c.x, c.y) for c in seen.casualties if c.waiting),
        blocked=seen.lanes_blocked,
        gates_open=seen.gates_open,
        exits=seen.exits,
    )
