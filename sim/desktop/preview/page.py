"""Page: the preview of a scenario file - map, timeline, faults - read again whenever the file is saved."""

import contextlib
from dataclasses import dataclass, field, replace

import pygame

from sim.desktop.briefing import nothing_seen
from sim.desktop.key import COMMANDS
from sim.desktop.office import Given
from sim.desktop.preview.ahead import Reached, go_to
from sim.desktop.preview.calls import CallLine, draw_truths
from sim.desktop.preview.draft import Author, Draft
from sim.desktop.preview.moving import lines_for, moved, stretched
from sim.desktop.preview.overlay import Overlay, draw_standings, standings
from sim.desktop.preview.side import Side, Zone, place_of
from sim.desktop.screen import Desk, top_bar
from sim.desktop.site import Scene, SiteMap
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL, WIDE
from sim.desktop.waiting import Waiting
from sim.scenario.inject import Inject
from sim.scenario.scenario import Scenario
from sim.scenario.site import Area, PlaceData
from sim.seat.words import Words
from sim.world.observation import ExitView

LOOK_S = 0.2
"""The file is looked at so often."""
GRIP_PX = 9.0
COMMANDERS = (("passive", "nobody commands"), ("doctrine", "a competent commander"))
TOOLS = {"closer": "+", "farther": "−", "fit": "", "names": "A"}


@dataclass(slots=True)
class Preview:
    """One file. The map is that of the last state of it that could be played."""

    author: Author
    draft: Draft | None = None
    shown: Draft | None = None
    """The last draft without an error."""
    words: Words | None = None
    map: SiteMap | None = None
    line: CallLine = field(default_factory=CallLine)
    side: Side = field(default_factory=lambda: Side(copy_text))
    overlay: Overlay = field(default_factory=Overlay)
    sight: bool = False
    density: bool = True
    by: str = "passive"
    reached: Reached | None = None
    going: Waiting[Reached] | None = None
    minute: float | None = None
    """The minute that was asked for."""
    moved: dict[str, Area] = field(default_factory=dict)
    """Shapes that were moved, by place."""
    _reading: Waiting[Draft] | None = None
    _looked: float = -1e9
    _grip: tuple[str, int] | None = None
    """(place, corner) under the hand; corner -1 is the whole."""
    _from: Area | None = None
    _pull: tuple[float, float] = (0.0, 0.0)
    _travel: float = 0.0

    @property
    def busy(self) -> bool:
        """While something is computed or dragged."""
        return self._reading is not None or self.going is not None or self._grip is not None

    def leave(self) -> None:
        """Whatever is computed ends by itself."""
        if self.going is not None:
            self.going.give_up()

    # ---- the file

    def _mind(self, desk: Desk) -> None:
        """Takes in what was read and what was computed; looks whether the file was saved."""
        if self._reading is not None and self._reading.done:
            self._take(desk, self._reading.result())
            self._reading = None
        elif self._reading is None and desk.clock() - self._looked >= LOOK_S:
            self._looked = desk.clock()
            if self.draft is None or self.author.changed:
                self._reading = Waiting(lambda progress: self.author.read())
        if self.going is not None and self.going.done:
            going, self.going = self.going, None
            with contextlib.suppress(Given):
                self.reached = going.result()

    def _take(self, desk: Desk, draft: Draft) -> None:
        self.draft = draft
        if draft.playbook is None:
            self.side.tab = "faults"
            return
        camera = self.map.camera if self.map is not None else None
        self.shown, self.words = draft, Words(draft.playbook, desk.voice)
        self.moved.clear()
        chosen = self.map.chosen_place if self.map is not None else ""
        self.map = SiteMap.of(self.words)
        self.map.whole = True
        if camera is not None and not camera.fitted:
            self.map.camera.x, self.map.camera.y, self.map.camera.scale = camera.x, camera.y, camera.scale
            self.map.camera.fitted = False
        self.map.chosen_place = chosen if place_of(draft.playbook.scenario, chosen) is not None else ""
        if self.reached is not None or self.going is not None:
            # The picture of a minute belongs to the file as it was: it is computed again.
            self._go(self.minute or draft.playbook.scenario.minutes[0])

    def _go(self, minute: float) -> None:
        if self.shown is None or self.shown.playbook is None:
            return
        if self.going is not None:
            self.going.give_up()
        first, last = self.shown.playbook.scenario.minutes
        self.minute, self.reached = max(float(first), min(float(last), minute)), None
        prepare = None if self.author.ready else self.author.prepare
        self.going = go_to(self.shown.playbook, self.minute, self.by, self.shown.number, prepare)

    # ---- drawing

    def frame(self, desk: Desk) -> None:
        """The bar, the map with the line of time below, and the side."""
        self._mind(desk)
        paint, say = desk.paint, desk.voice
        draft = self.draft
        title = say("Preview: {file}", file=draft.file) if draft is not None else say("Preview")
        body, back = top_bar(desk, title, back=say("Start") if len(desk.screens) > 1 else "")
        if back:
            desk.pop()
            return
        if draft is None:
            paint.text(say("Reading the file ..."), (body.x + paint.px(WIDE), body.y + paint.px(WIDE)), LARGE)
            return
        wide = max(paint.px(340), round(body.width * 0.3))
        panel = pygame.Rect(body.right - wide, body.y, wide, body.height)
        low = max(paint.px(150), round(body.height * 0.27))
        foot = pygame.Rect(body.x, body.bottom - low, body.width - wide, low)
        site = pygame.Rect(body.x, body.y, foot.width, body.height - low)
        paint.surface.fill(paint.theme.panel, panel)
        paint.surface.fill(paint.theme.panel, foot)
        pygame.draw.line(paint.surface, paint.theme.line, panel.topleft, panel.bottomleft)
        pygame.draw.line(paint.surface, paint.theme.line, foot.topleft, foot.topright)
        if self.shown is None or self.map is None:
            text = say(
                "No map yet: the file has faults. They are named on the right; save the file and it is read again."
            )
            paint.paragraph(text, site.inflate(-2 * paint.px(WIDE), -2 * paint.px(WIDE)), LARGE, paint.theme.muted)
        else:
            self._site(desk, site)
            self._foot(desk, foot.inflate(-2 * paint.px(PAD), -2 * paint.px(PAD)))
        inner = panel.inflate(-2 * paint.px(PAD), -2 * paint.px(PAD))
        high = self._state(desk, inner, draft)
        inner = pygame.Rect(inner.x, inner.y + high, inner.width, inner.height - high)
        self.side.draw(desk, inner, draft, self._call(), self._zone())

    def _state(self, desk: Desk, rect: pygame.Rect, draft: Draft) -> int:
        """How the file stands, and whether the map is older than it; pixels used."""
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        if draft.errors:
            text = say("Saved {time}: errors: {number}", time=draft.saved, number=draft.errors)
            colour, shape = theme.bad, "x"
        else:
            text, colour, shape = say("Saved {time}: it can be played", time=draft.saved), theme.good, "check"
        paint.shape(shape, (rect.x + paint.px(9), rect.y + paint.line_height(BODY) / 2), paint.px(12), colour)
        used = paint.line_height(BODY)
        paint.text(text, (rect.x + paint.px(22), rect.y), BODY, colour, width=rect.width - paint.px(22))
        if self.shown is not None and self.shown is not draft:
            at = pygame.Rect(rect.x, rect.y + used, rect.width, 0)
            used += paint.paragraph(say("The map shows the file as saved at {time}.", time=self.shown.saved), at, SMALL,
                                    theme.muted)  # fmt: skip
        return used + paint.px(PAD)

    def _site(self, desk: Desk, rect: pygame.Rect) -> None:
        assert self.map is not None
        assert self.shown is not None
        assert self.shown.playbook is not None
        paint, scenario = desk.paint, self.shown.playbook.scenario
        scene: Scene = self.reached.scene if self.reached is not None else _empty(scenario)
        self.map.draw(paint, rect, scene)
        clip = paint.surface.get_clip()
        paint.surface.set_clip(rect)
        if self.sight:
            self.overlay.draw_views(paint, self.map.camera, rect, scenario, self.shown.number)
        if self.density and self.reached is None:
            draw_standings(paint, self.map, scenario, standings(scenario), desk.voice)
        self._draw_moved(desk)
        paint.surface.set_clip(clip)
        self._tools(desk, rect)
        if self.going is not None:
            self._progress(desk, rect)
        self._hand(desk, rect, scenario)

    def _draw_moved(self, desk: Desk) -> None:
        """Shapes that were moved, and the grips of the chosen one."""
        assert self.map is not None
        paint, theme = desk.paint, desk.paint.theme
        for name, area in self.moved.items():
            points = [self.map.camera.at(*corner) for corner in area.corners]
            pygame.draw.polygon(paint.surface, theme.accent, points, max(2, paint.px(2)))
            if name == self.map.chosen_place:
                x, y = points[0]
                text = ", ".join(f"{value:g}" for value in (area.rect or area.corners[0]))
                paint.label(text, (x, y + paint.line_height(SMALL)), SMALL, theme.accent, theme.ground)
        for corner in self._grips():
            paint.shape("disc", self.map.camera.at(*corner), paint.px(GRIP_PX), theme.accent, theme.ground)

    def _tools(self, desk: Desk, rect: pygame.Rect) -> None:
        assert self.map is not None
        paint, ui, say = desk.paint, desk.ui, desk.voice
        side, gap = paint.px(30), paint.px(GAP)
        x, y = rect.right - side - paint.px(PAD), rect.y + paint.px(52)
        for name, text in TOOLS.items():
            spot = pygame.Rect(x, y, side, side)
            chosen = self.map.names if name == "names" else self.map.camera.fitted if name == "fit" else False
            icon = "corners" if name == "fit" else ""
            tip = say(COMMANDS[name][0])
            if ui.button(f"map:{name}", spot, text, tip, command=name, icon=icon, chosen=chosen, size=SMALL):
                if name in {"closer", "farther"}:
                    self.map.camera.zoom(1.5 if name == "closer" else -1.5)
                elif name == "fit":
                    self.map.fit()
                else:
                    self.map.names = not self.map.names
            y += side + gap
        box = pygame.Rect(rect.x + paint.px(PAD), rect.y + paint.px(PAD), paint.px(200), paint.px(26))
        paint.veil(pygame.Rect(box.x - 4, box.y - 2, box.width + 8, 2 * box.height + 6), paint.theme.ground, 200)
        self.sight = ui.toggle("sight", box, say("fields of view"), say("how far each unit sees"), on=self.sight)
        box = box.move(0, box.height)
        tip = say("people by the scenario's own numbers, in the space of the zone")
        self.density = ui.toggle("density", box, say("people and density"), tip, on=self.density)

    def _progress(self, desk: Desk, rect: pygame.Rect) -> None:
        assert self.going is not None
        paint = desk.paint
        share, say = self.going.share, desk.voice
        text = say("On the way to minute {minute:.0f}: {share:.0%}", minute=self.minute or 0.0, share=share)
        if not self.author.ready:
            text = say("Preparing the simulation (first run on this computer): {share:.0%}", share=share)
        box = pygame.Rect(0, 0, max(paint.px(320), paint.text_width(text, BODY) + paint.px(40)), paint.px(64))
        box.midbottom = rect.centerx, rect.bottom - paint.px(PAD)
        paint.panel(box, paint.theme.panel, paint.theme.line)
        paint.text(text, (box.centerx, box.y + paint.px(10)), BODY, align=0.5)
        bar = pygame.Rect(
            box.x + paint.px(WIDE), box.bottom - paint.px(18), box.width - 2 * paint.px(WIDE), paint.px(6)
        )
        paint.panel(bar, paint.theme.raised, radius=3)
        done = pygame.Rect(bar.x, bar.y, round(bar.width * min(1.0, self.going.share)), bar.height)
        paint.panel(done, paint.theme.accent, radius=3)

    # ---- the line of time

    def _foot(self, desk: Desk, rect: pygame.Rect) -> None:
        assert self.shown is not None
        assert self.shown.playbook is not None
        paint, ui, say = desk.paint, desk.ui, desk.voice
        row = pygame.Rect(rect.x, rect.y, rect.width, paint.px(30))
        text = say("Play from here")
        width = ui.button_width(text, bold=True) + paint.px(PAD)
        ready = self.reached is not None and self.reached.run.outcome is None
        tip = say("Begins a run of its own at this minute, with time standing still.")
        spot = pygame.Rect(row.right - width, row.y, width, row.height)
        if ui.button("play", spot, text, tip, primary=True, enabled=ready):
            self._play(desk)
            return
        options = tuple((name, say(words)) for name, words in COMMANDERS)
        wide = sum(ui.button_width(words) for _, words in options) + paint.px(GAP)
        choice = pygame.Rect(row.x, row.y, min(wide, row.width // 2), row.height)
        by = ui.choice("by", choice, options, self.by, say("who gives orders until the minute you go to"))
        if by != self.by:
            self.by = by
            if self.minute is not None:
                self._go(self.minute)
        at = (choice.right + paint.px(WIDE), row.y + (row.height - paint.line_height(SMALL)) / 2)
        paint.text(self._told(desk), at, SMALL, paint.theme.muted, width=spot.x - round(at[0]) - paint.px(PAD))
        told = round(at[0]) + paint.text_width(self._told(desk), SMALL) + paint.px(WIDE)
        draw_truths(desk, pygame.Rect(told, row.y, spot.x - told - paint.px(PAD), row.height))
        line = pygame.Rect(rect.x, row.bottom + paint.px(6), rect.width, rect.bottom - row.bottom - paint.px(6))
        chosen = self.line.chosen
        asked = self.line.draw(desk, line, self.shown.playbook.scenario, self.minute)
        if self.line.chosen != chosen:
            self.side.tab = "call"
        if asked is not None:
            self._go(asked)

    def _told(self, desk: Desk) -> str:
        say = desk.voice
        if self.reached is not None:
            return say(
                "minute {minute:.0f}: {people} people there", minute=self.reached.minute, people=self.reached.people
            )
        return say("Click the ruler to go to a minute.")

    def _play(self, desk: Desk) -> None:
        assert self.reached is not None
        # The run is the trainee's from now on; the picture here stays that of a fork nobody plays.
        sitting = desk.office.open(self.reached.run.fork(), assessed=False)
        desk.push(desk.pages.play(desk, sitting))

    # ---- the hand on the map

    def _grips(self) -> tuple[tuple[float, float], ...]:
        found = self._chosen()
        if found is None:
            return ()
        _, place = found
        return self.moved.get(place.id, place.area).corners

    def _chosen(self) -> tuple[int, PlaceData] | None:
        if self.map is None or self.shown is None or self.shown.playbook is None:
            return None
        return place_of(self.shown.playbook.scenario, self.map.chosen_place)

    def _hand(self, desk: Desk, rect: pygame.Rect, scenario: Scenario) -> None:
        """Click chooses a zone; dragging the chosen one moves it, a grip stretches it, anything else moves the map."""
        assert self.map is not None
        ui, camera = desk.ui, self.map.camera
        if self._grip is None and not ui.over(rect):
            return
        given = ui.input
        if given.wheel:
            camera.zoom(given.wheel, given.pointer)
            given.wheel = 0
        if given.down and ui.nothing_pressed:
            self._travel, self._pull = 0.0, (0.0, 0.0)
            self._grip = self._under(desk, given.pointer)
            found = self._chosen()
            self._from = None if found is None else self.moved.get(found[1].id, found[1].area)
        if given.held and any(given.moved) and ui.nothing_pressed:
            self._travel += abs(given.moved[0]) + abs(given.moved[1])
            if self._travel > 4 and self._grip is None:
                camera.pan(*given.moved)
            elif self._travel > 4 and self._grip is not None and self._from is not None:
                dx, dy = given.moved[0] / camera.scale, -given.moved[1] / camera.scale
                self._pull = self._pull[0] + dx, self._pull[1] + dy
                name, corner = self._grip
                area = self._from
                shape = moved(area, *self._pull) if corner < 0 else stretched(area, corner, *self._pull)
                self.moved[name] = shape
                self.side.tab = "zone"
        if given.up and ui.nothing_pressed:
            if self._travel <= 4 and ui.over(rect):
                self.map.chosen_place = self.map.place_at(given.pointer)
                self.side.tab = "zone"
            self._grip = None
        elif not given.held:
            self._grip = None

    def _under(self, desk: Desk, pointer: tuple[int, int]) -> tuple[str, int] | None:
        """What of the chosen zone is under the pointer: (place, corner or -1)."""
        assert self.map is not None
        found = self._chosen()
        if found is None:
            return None
        name, camera = found[1].id, self.map.camera
        reach = desk.paint.px(GRIP_PX)
        for k, corner in enumerate(self._grips()):
            x, y = camera.at(*corner)
            if abs(x - pointer[0]) <= reach and abs(y - pointer[1]) <= reach:
                return name, k
        x, y = camera.metres(*pointer)
        xs, ys = [c[0] for c in self._grips()], [c[1] for c in self._grips()]
        inside = min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys)
        return (name, -1) if inside else None

    # ---- what is chosen

    def _call(self) -> Inject | None:
        if self.shown is None or self.shown.playbook is None:
            return None
        injects = self.shown.playbook.scenario.injects
        return next((inject for inject in injects if inject.id == self.line.chosen), None)

    def _zone(self) -> Zone | None:
        found = self._chosen()
        if found is None or self.shown is None or self.shown.playbook is None:
            return None
        k, place = found
        area = self.moved.get(place.id, place.area)
        path = ("site", "places", k, "area")
        lines = lines_for(self.shown, path, area) if area != place.area else None
        standing = next((s for s in standings(self.shown.playbook.scenario) if s.place == place.id), None)
        return Zone(place, area, self.shown.line_of(path), standing, lines, lambda: self._put_back(place.id))

    def _put_back(self, place: str) -> None:
        self.moved.pop(place, None)


def copy_text(desk: Desk, text: str) -> None:
    """Puts a text where other programs can paste it from, and says so; without such a place it is only shown."""
    with contextlib.suppress(pygame.error, AttributeError):
        pygame.scrap.put_text(text)
        desk.tell(desk.voice("Copied: {text}", text=text.strip()))
        return
    desk.tell(text.strip(), 8.0)


def _empty(scenario: Scenario) -> Scene:
    """Nobody there, and every way out free."""
    ways = tuple(ExitView(place.id, watched=True, held=False) for place in scenario.site.places if place.exit_width_m)
    return replace(nothing_seen(), exits=ways)
