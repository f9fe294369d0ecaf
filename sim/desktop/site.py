"""Site: the map, drawn from what was reported - ground, crowding, people, vehicles, officers, units, names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
import pygame
from numpy.typing import NDArray

from sim.core.geometry import Polygon, Rect
from sim.desktop.camera import Camera
from sim.desktop.paint import Paint
from sim.desktop.theme import BODY, SMALL, Colour, Theme, mixed
from sim.desktop.throng import Throng
from sim.desktop.unit_marks import UnitMark, UnitMarks, draw_plate, plate_size
from sim.seat.words import LOOKS, Words
from sim.world.observation import ExitView
from sim.world.report import Look

OLD_S = 90.0
"""Reports older than this are drawn faint."""
VEHICLE_M = (4.7, 1.8)
HIDDEN_FOR_A_LINE = 3.0
"""The name of a place moves a line away rather than hide more people than this."""
MOST_HIDDEN = 12.0
"""A name that would hide more people is left out; the pointer tells it."""
HEAT_CELL_M = 2.0
HEAT_LEVELS = ((1.0, 60), (2.0, 95), (4.0, 135), (5.0, 175))
"""Persons/m2 from which on a colour begins, and how strong it is; 4 is close, from 5 on people cannot choose their
steps (docs/crowd.md)."""
LOOK_SHAPES = {
    Look.STANDING: "disc",
    Look.TAKING_PART: "square",
    Look.HOSTILE: "triangle",
    Look.VIOLENT: "diamond",
    Look.LEAVING: "ring",
    Look.HURT: "cross",
}
LOOK_SIZES = {Look.STANDING: 0.8, Look.TAKING_PART: 0.95, Look.HOSTILE: 1.25, Look.VIOLENT: 1.6, Look.LEAVING: 1.0,
              Look.HURT: 1.6}  # fmt: skip
ORDER = (Look.STANDING, Look.LEAVING, Look.TAKING_PART, Look.HOSTILE, Look.VIOLENT, Look.HURT)
"""Drawn in this order: what presses most lies on top."""

MAP_BUTTONS = {"closer": ("", "+"), "farther": ("", "−"), "fit": ("corners", ""), "crowd": ("inset", ""),
               "heat": ("crowded", ""), "names": ("", "A")}  # fmt: skip
"""Sign and letter of the button of each command that changes the map, from above."""
LEAST_VIEW_M = (240.0, 160.0)
"""The view that follows a crowd shows at least so much of the site, wide and high, or all of a smaller one.

A handful of people seen first must not take the rest of the place out of sight."""
BUTTONS_PX = 44.0
"""So much of the map's right edge its buttons take, before scaling."""


def look_colour(theme: Theme, look: Look) -> Colour:
    """The colour of people who look so."""
    return {
        Look.STANDING: theme.calm,
        Look.LEAVING: theme.calm,
        Look.TAKING_PART: theme.agitated,
        Look.HOSTILE: theme.confronting,
        Look.VIOLENT: theme.bad,
        Look.HURT: theme.bad,
    }[look]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything that moves on the map at one moment."""

    number: int
    """Another number means another scene."""
    x: NDArray[np.float32]
    y: NDArray[np.float32]
    look: NDArray[np.uint8]
    old: NDArray[np.bool_]
    units: tuple[UnitMark, ...] = ()
    vehicles: tuple[tuple[float, float], ...] = ()
    casualties: tuple[tuple[float, float], ...] = ()
    blocked: tuple[str, ...] = ()
    exits: tuple[ExitView, ...] = ()
    gates_open: tuple[str, ...] = ()


@dataclass(slots=True)
class SiteMap:
    """One map; keeps what need not be drawn again."""

    words: Words
    camera: Camera
    heat: bool = False
    names: bool = True
    chosen_place: str = ""
    chosen_unit: str = ""
    whole: bool = False
    """Fitting shows the whole site instead of the crowd."""
    still: bool = False
    """The view follows the crowd only when it is asked to fit."""
    marks: UnitMarks = field(default_factory=UnitMarks)
    _ground: pygame.Surface | None = None
    _ground_key: tuple[object, ...] = ()
    _marks: list[tuple[pygame.Surface, tuple[float, float]]] = field(default_factory=list)
    _marks_key: tuple[object, ...] = ()
    _throng: Throng = field(default_factory=lambda: Throng.of(pygame.Rect(0, 0, 1, 1), *np.zeros((2, 0), np.float32)))
    _warmth: pygame.Surface | None = None
    _warmth_key: tuple[object, ...] = ()
    _crowd: tuple[float, float, float, float] | None = None
    _taken: list[pygame.Rect] = field(default_factory=list)
    _placed: list[tuple[str, tuple[int, int], float, Colour]] = field(default_factory=list)
    _names_key: tuple[object, ...] = ()

    @classmethod
    def of(cls, words: Words) -> "SiteMap":
        """The map of a scenario."""
        site = words.scenario.site
        return cls(words, Camera(site.width_m, site.height_m))

    # ---- view

    def fit(self) -> None:
        """Back to the view that fits."""
        self.camera.fitted, self._crowd = True, None

    def follow(self, scene: Scene) -> None:
        """While nobody has moved the view: shows the crowd as it was seen, and the units around it."""
        camera = self.camera
        if not camera.fitted:
            return
        if self.whole or (len(scene.x) < 5 and self._crowd is None):
            camera.fit(*self._scene_of_action() if not self.whole else (0.0, 0.0, camera.width_m, camera.height_m))
            return
        if len(scene.x) >= 5:
            west, east = (float(v) for v in np.percentile(scene.x, (4, 96)))
            south, north = (float(v) for v in np.percentile(scene.y, (4, 96)))
            for unit in scene.units:
                if west - 60 < unit.x < east + 60 and south - 60 < unit.y < north + 60:
                    west, east = min(west, unit.x), max(east, unit.x)
                    south, north = min(south, unit.y), max(north, unit.y)
            margin = 0.18 * max(east - west, north - south, 50.0)
            west, east = _at_least(west - margin, east + margin, LEAST_VIEW_M[0], camera.width_m)
            south, north = _at_least(south - margin, north + margin, LEAST_VIEW_M[1], camera.height_m)
            wanted = (west, south, east, north)
            if self._crowd is None or (not self.still and _moved(self._crowd, wanted)):
                self._crowd = wanted
        if self._crowd is not None:
            view = self._crowd
            for place in self.words.scenario.site.places:
                if place.id == self.chosen_place:
                    # The place an order is for comes into sight, and out of it again with the form.
                    west, south, east, north = bounds(place.area.region)
                    view = (min(view[0], west), min(view[1], south), max(view[2], east), max(view[3], north))
            camera.fit(*view)

    def _scene_of_action(self) -> tuple[float, float, float, float]:
        """Before anybody was seen: the part of the site its named places cover."""
        boxes = [bounds(p.area.region) for p in self.words.scenario.site.places]
        if not boxes:
            return 0.0, 0.0, self.camera.width_m, self.camera.height_m
        xs, ys = [b[0] for b in boxes] + [b[2] for b in boxes], [b[1] for b in boxes] + [b[3] for b in boxes]
        return min(xs) - 10, min(ys) - 10, max(xs) + 10, max(ys) + 10

    def place_at(self, pixel: tuple[int, int]) -> str:
        """Id of the smallest named place under a pixel; "" for none."""
        x, y = self.camera.metres(*pixel)
        slack = 6.0 / self.camera.scale
        found = []
        for place in self.words.scenario.site.places:
            west, south, east, north = bounds(place.area.region)
            if west - slack <= x <= east + slack and south - slack <= y <= north + slack:
                found.append(((east - west) * (north - south), place.id))
        return min(found)[1] if found else ""

    def unit_at(self, scene: Scene, pixel: tuple[int, int], reach: int) -> UnitMark | None:
        """The unit whose plate is under a pixel, else the one that stands there."""
        found = self.marks.at(pixel)
        if found is not None:
            return found
        for unit in scene.units:
            x, y = self.camera.at(unit.x, unit.y)
            if abs(x - pixel[0]) <= reach and abs(y - pixel[1]) <= reach:
                return unit
        return None

    def person_at(self, scene: Scene, pixel: tuple[int, int], reach: float) -> int:
        """Index of the nearest person within so many pixels, -1 for none."""
        if not len(scene.x):
            return -1
        x, y = self.camera.metres(*pixel)
        square = (scene.x - x) ** 2 + (scene.y - y) ** 2
        nearest = int(np.argmin(square))
        return nearest if square[nearest] <= (reach / self.camera.scale) ** 2 else -1

    # ---- drawing

    def draw(self, paint: Paint, rect: pygame.Rect, scene: Scene) -> None:
        """The whole map inside this rectangle."""
        surface, clip = paint.surface, paint.surface.get_clip()
        self.camera.place(rect, covered=paint.px(BUTTONS_PX))
        self.follow(scene)
        surface.set_clip(rect.clip(clip))
        self._draw_ground(paint, rect, scene)
        if self.heat:
            self._draw_heat(paint, rect, scene)
        self._draw_vehicles(paint, scene)
        self._draw_people(paint, rect, scene)
        buttons = paint.px(BUTTONS_PX)
        self._taken = [pygame.Rect(rect.x, rect.bottom - paint.px(38), paint.px(160), paint.px(38)),
                       pygame.Rect(rect.right - buttons, rect.y, buttons, paint.px(270))]  # fmt: skip
        self._draw_officers(paint, scene)
        self._draw_units(paint, scene)
        self._draw_names(paint, rect, scene)
        self._draw_bar(paint, rect)
        surface.set_clip(clip)

    def _draw_ground(self, paint: Paint, rect: pygame.Rect, scene: Scene) -> None:
        theme = paint.theme
        key = (*self.camera.key, id(theme), paint.scale, self.chosen_place, scene.blocked, scene.gates_open)
        if self._ground is None or self._ground_key != key:
            if self._ground is None or self._ground.get_size() != rect.size:
                self._ground = pygame.Surface(rect.size)
            self._ground_key = key
            ground = self._ground
            ground.fill(mixed(theme.ground, theme.solid, 0.35))
            west, north = self._local(rect, 0.0, self.camera.height_m)
            east, south = self._local(rect, self.camera.width_m, 0.0)
            pygame.draw.rect(ground, theme.ground, (west, north, east - west, south - north))
            for lane in self.words.scenario.site.lanes:
                x0, y0 = self._local(rect, lane.x0_m, lane.y_m + 1.75)
                x1, y1 = self._local(rect, lane.x1_m, lane.y_m - 1.75)
                pygame.draw.rect(ground, theme.road, (x0, y0, x1 - x0, max(2.0, y1 - y0)))
            for solid in self.words.scenario.site.solids:
                points = [self._local(rect, x, y) for x, y in outline(solid.area.region)]
                pygame.draw.polygon(ground, theme.solid, points)
                pygame.draw.polygon(ground, mixed(theme.solid, theme.text, 0.18), points, 1)
            for place in self.words.scenario.site.places:
                points = [self._local(rect, x, y) for x, y in outline(place.area.region)]
                chosen = place.id == self.chosen_place
                if place.hazard is not None:
                    hatch(ground, points, mixed(theme.ground, theme.warn, 0.35))
                colour = theme.accent if chosen else theme.good if place.exit_width_m else theme.place
                _dashed(ground, points, colour, 3 if chosen else 2 if place.exit_width_m else 1)
            self._draw_lanes(paint, ground, rect, scene.blocked)
            self._draw_gates(paint, ground, rect, scene.gates_open)
        paint.surface.blit(self._ground, rect)

    def _local(self, rect: pygame.Rect, x: float, y: float) -> tuple[float, float]:
        px, py = self.camera.at(x, y)
        return px - rect.x, py - rect.y

    def _draw_lanes(self, paint: Paint, ground: pygame.Surface, rect: pygame.Rect, blocked: Sequence[str]) -> None:
        """A lane known to be blocked is crossed out along its length; the emergency lane has its own edge."""
        theme, step = paint.theme, paint.px(46)
        size = max(5.0, min(paint.px(8), 2.6 * self.camera.scale))
        cross = paint.sprite("x", size, mixed(theme.ground, theme.bad, 0.7))
        for lane in self.words.scenario.site.lanes:
            x0, y = self._local(rect, lane.x0_m, lane.y_m)
            x1, _ = self._local(rect, lane.x1_m, lane.y_m)
            if lane.id in blocked:
                first = max(x0, x0 % step - step)
                half = cross.get_width() / 2
                ground.blits(
                    [(cross, (x - half, y - half)) for x in np.arange(first, min(x1, rect.width) + 1, step).tolist()]
                )
            elif lane.emergency:
                _dashes(ground, (x0, y), (x1, y), theme.good, 1, 22)

    def _draw_gates(self, paint: Paint, ground: pygame.Surface, rect: pygame.Rect, opened: Sequence[str]) -> None:
        """A closed row of barriers is a thick line; an open one leaves its posts."""
        theme, width = paint.theme, paint.px(4)
        for gate in self.words.scenario.site.gates:
            x0, y0, x1, y1 = gate.ends
            start, end = self._local(rect, x0, y0), self._local(rect, x1, y1)
            if gate.id in opened:
                for post in (start, end):
                    pygame.draw.circle(ground, theme.good, post, width)
            else:
                pygame.draw.line(ground, theme.warn, start, end, width)

    def _draw_heat(self, paint: Paint, rect: pygame.Rect, scene: Scene) -> None:
        key = (scene.number, *self.camera.key, paint.theme.name)
        if self._warmth_key != key:
            self._warmth_key = key
            wide, high = (round(size / HEAT_CELL_M) for size in (self.camera.width_m, self.camera.height_m))
            counts, _, _ = np.histogram2d(
                scene.x, scene.y, bins=(wide, high), range=((0, self.camera.width_m), (0, self.camera.height_m))
            )
            density = counts / (HEAT_CELL_M * HEAT_CELL_M)
            picture = pygame.Surface((wide, high), pygame.SRCALPHA)
            alpha = np.zeros(density.shape, dtype=np.uint8)
            for level, strength in HEAT_LEVELS:
                alpha[density >= level] = strength
            red, green, blue = paint.theme.bad
            pixels = pygame.surfarray.pixels3d(picture)
            pixels[:, :] = (red, green, blue)
            del pixels
            clear = pygame.surfarray.pixels_alpha(picture)
            clear[:, :] = alpha[:, ::-1]
            del clear
            west, south = self.camera.metres(rect.left, rect.bottom)
            east, north = self.camera.metres(rect.right, rect.top)
            part = pygame.Rect(
                max(0, int(west / HEAT_CELL_M)),
                max(0, int((self.camera.height_m - north) / HEAT_CELL_M)),
                int((east - west) / HEAT_CELL_M) + 2,
                int((north - south) / HEAT_CELL_M) + 2,
            ).clip(picture.get_rect())
            if part.width < 1 or part.height < 1:
                self._warmth = None
                return
            size = (round(part.width * HEAT_CELL_M * self.camera.scale),
                    round(part.height * HEAT_CELL_M * self.camera.scale))  # fmt: skip
            self._warmth = pygame.transform.smoothscale(picture.subsurface(part), size)
            self._warmth_at = (part.x * HEAT_CELL_M, self.camera.height_m - part.y * HEAT_CELL_M)
        if self._warmth is not None:
            paint.surface.blit(self._warmth, self.camera.at(*self._warmth_at))

    _warmth_at: tuple[float, float] = (0.0, 0.0)

    def _draw_vehicles(self, paint: Paint, scene: Scene) -> None:
        wide, high = (max(3.0, side * self.camera.scale) for side in VEHICLE_M)
        for x, y in scene.vehicles:
            px, py = self.camera.at(x, y)
            box = pygame.Rect(round(px - wide / 2), round(py - high / 2), round(wide), round(high))
            pygame.draw.rect(paint.surface, paint.theme.vehicle, box, border_radius=2)
            if wide > 12:
                pygame.draw.rect(paint.surface, paint.theme.ground, box, 1, border_radius=2)

    def person_size(self, paint: Paint) -> float:
        """Pixels of one person's mark: to scale when that can be seen, never too small to tell shapes apart."""
        return max(5.0 * paint.scale * min(1.3, paint.thick), min(18.0, 0.62 * self.camera.scale))

    def _draw_people(self, paint: Paint, rect: pygame.Rect, scene: Scene) -> None:
        key = (scene.number, *self.camera.key, id(paint.theme), paint.scale)
        if self._marks_key != key:
            self._marks_key = key
            self._marks = self._people_marks(paint, rect, scene)
        paint.surface.fblits(self._marks)
        size = self.person_size(paint) * 1.8
        for x, y in scene.casualties:
            paint.shape("cross", self.camera.at(x, y), max(14.0, size), paint.theme.bad, paint.theme.on_bad)

    def _people_marks(
        self, paint: Paint, rect: pygame.Rect, scene: Scene
    ) -> list[tuple[pygame.Surface, tuple[float, float]]]:
        size = self.person_size(paint)
        px, py = self.camera.pixels(scene.x, scene.y)
        self._throng = Throng.of(rect, px, py)
        inside = (px > rect.left - 9) & (px < rect.right + 9) & (py > rect.top - 9) & (py < rect.bottom + 9)
        marks: list[tuple[pygame.Surface, tuple[float, float]]] = []
        for look in ORDER:
            for old in (True, False):
                rows = np.flatnonzero(inside & (scene.look == int(look)) & (scene.old == old))
                if not len(rows):
                    continue
                colour = look_colour(paint.theme, look)
                sprite = paint.sprite(LOOK_SHAPES[look], size * LOOK_SIZES[look], colour, alpha=115 if old else 255)
                half = sprite.get_width() / 2
                spots = zip((px[rows] - half).tolist(), (py[rows] - half).tolist(), strict=True)
                marks.extend(zip(repeat(sprite), spots, strict=False))
        return marks

    def _draw_officers(self, paint: Paint, scene: Scene) -> None:
        size = max(4.0 * paint.scale, min(14.0, 0.6 * self.camera.scale))
        sprite = paint.sprite("shield", size, paint.theme.officers)
        half = sprite.get_width() / 2
        spots = [self.camera.at(x, y) for unit in scene.units for x, y in unit.officers]
        paint.surface.fblits([(sprite, (x - half, y - half)) for x, y in spots])
        for unit in scene.units:
            if unit.closed and len(unit.officers) > 1:
                paint.line([self.camera.at(x, y) for x, y in unit.officers], paint.theme.officers, 2.0)

    def _draw_units(self, paint: Paint, scene: Scene) -> None:
        theme = paint.theme
        for unit in scene.units:
            if unit.bound_for is not None:
                start, end = self.camera.at(unit.x, unit.y), self.camera.at(*unit.bound_for)
                _dashes(paint.surface, start, end, theme.officers, max(1, paint.px(1.5)), 7)
                paint.shape("ring", end, paint.px(9), theme.officers)
        key = (scene.number, *self.camera.key, paint.scale, self.chosen_unit, self.words.say("open"))
        self._taken += self.marks.lay_out(
            paint, self.camera, key, scene.units, self._throng, self._taken, self.chosen_unit, self.words.response
        )
        self.marks.draw(paint, self.chosen_unit)

    def _draw_names(self, paint: Paint, rect: pygame.Rect, scene: Scene) -> None:
        """Places and buildings by name, ways out with their width and whether they are known to be open."""
        key = (scene.number, *self.camera.key, id(paint.theme), paint.scale, self.names, self.chosen_place,
               self.words.say("open"))  # fmt: skip
        if key != self._names_key:
            self._names_key = key
            self._placed = []
            self._place_names(paint, rect, scene)
        for name, centre, size, colour in self._placed:
            paint.label(name, centre, size, colour, paint.theme.ground)

    def _place_names(self, paint: Paint, rect: pygame.Rect, scene: Scene) -> None:
        theme, say = paint.theme, self.words.say
        known = {e.place: e for e in scene.exits}
        entries: list[tuple[int, float, str, tuple[float, float], Colour, float]] = []
        for place in self.words.scenario.site.places:
            west, south, east, north = bounds(place.area.region)
            name, colour = self.words.place(place.id), theme.text
            told = place.exit_width_m or place.hazard is not None
            rank = 0 if place.id == self.chosen_place else 1 if told else 2
            if place.exit_width_m:
                state = known.get(place.id)
                word = say("not seen") if state is None or not state.watched else say("open")
                word = say("closed by us") if state is not None and state.held else word
                name = say("{name}: {width:g} m, {state}", name=name, width=place.exit_width_m, state=word)
                colour = theme.bad if state is not None and state.held else theme.good
            centre = self.camera.at((west + east) / 2, (south + north) / 2)
            arrow = self._beyond(rect, west, south, east, north)
            if arrow:
                if rank and not place.exit_width_m:
                    continue
                name = f"{arrow} {name}"
            entries.append((rank, -(east - west) * (north - south), name, centre, colour, BODY if rank < 2 else SMALL))
        if self.names:
            for solid in self.words.scenario.site.solids:
                west, south, east, north = bounds(solid.area.region)
                left, top = self.camera.at(max(west, -1e6), north)
                right, bottom = self.camera.at(east, south)
                seen = pygame.Rect(left, top, right - left, bottom - top).clip(rect)
                if seen.width > 30 and seen.height > 14:
                    name = say(solid.name.text)
                    entries.append((3, -seen.width * seen.height, name, seen.center, theme.muted, SMALL))
        for rank, _, name, centre, colour, size in sorted(entries, key=lambda e: e[:3]):
            if rank > 1 and not self.names:
                continue
            self._name(paint, rect, name, centre, colour, size, must=rank < 2, insist=rank == 0)

    def _beyond(self, rect: pygame.Rect, west: float, south: float, east: float, north: float) -> str:
        """Which way a part of the site lies that is out of sight; "" for one that is in sight."""
        left, top = self.camera.at(west, north)
        right, bottom = self.camera.at(east, south)
        if right < rect.left or left > rect.right:
            return "←" if right < rect.left else "→"
        if bottom < rect.top or top > rect.bottom:
            return "↑" if bottom < rect.top else "↓"
        return ""

    def _name(
        self, paint: Paint, rect: pygame.Rect, name: str, centre: tuple[float, float], colour: Colour, size: float, *,
        must: bool,
        insist: bool,
    ) -> None:  # fmt: skip
        width, height = paint.text_width(name, size) + 6, paint.line_height(size)
        box = pygame.Rect(0, 0, width, height)
        found: list[tuple[float, pygame.Rect]] = []
        clear = pygame.Rect(rect.x, rect.y, rect.width - paint.px(BUTTONS_PX), rect.height)
        for dy in (0.0, -1.0, 1.0, -2.0, 2.0, -3.0, 3.0):
            box.center = (round(centre[0]), round(centre[1] + dy * height))
            if must and clear.collidepoint(centre):
                # Rather beside its place than under the buttons or cut by the edge.
                box.x = max(clear.left, min(clear.right - width, box.x))
            if rect.contains(box) and box.collidelist(self._taken) < 0:
                hidden = self._throng.under(box)
                found.append((hidden + HIDDEN_FOR_A_LINE * abs(dy), box.copy()))
                if not hidden:
                    break
        if found:
            cost, box = min(found, key=lambda f: f[0])
            if not must and cost > MOST_HIDDEN:
                return
        else:
            box.center = (round(centre[0]), round(centre[1]))
            box.clamp_ip(clear.inflate(-8, -8))
            if not must or (box.collidelist(self._taken) >= 0 and not insist):
                return
        self._taken.append(box)
        self._placed.append((name, box.center, size, colour))

    def named(self, paint: Paint) -> list[pygame.Rect]:
        """Where names stand on the map as it was drawn last."""
        boxes = []
        for name, centre, size, _ in self._placed:
            box = pygame.Rect(0, 0, paint.text_width(name, size) + 6, paint.line_height(size))
            box.center = centre
            boxes.append(box)
        return boxes

    def _draw_bar(self, paint: Paint, rect: pygame.Rect) -> None:
        """A scale bar and which way north is."""
        theme = paint.theme
        metres = next((m for m in (500, 200, 100, 50, 20, 10, 5, 2) if m * self.camera.scale < paint.px(130)), 1)
        length = round(metres * self.camera.scale)
        x, y = rect.x + paint.px(12), rect.bottom - paint.px(12)
        pygame.draw.lines(
            paint.surface, theme.text, False, [(x, y - 5), (x, y), (x + length, y), (x + length, y - 5)], 2
        )
        spot = (x + length / 2, y - paint.line_height(SMALL) * 0.62)
        paint.label(self.words.say("{metres} m", metres=metres), spot, SMALL, theme.text, theme.ground)
        top = (rect.right - paint.px(18), rect.y + paint.px(20))
        paint.shape("up", top, paint.px(14), theme.muted)
        paint.label(self.words.say("N"), (top[0], top[1] + paint.px(15)), SMALL, theme.muted, theme.ground)


def draw_legend(paint: Paint, words: Words, rect: pygame.Rect) -> None:
    """What the shapes mean, in one line from the left as far as there is room, the most pressing first."""
    x = rect.x
    for look in (Look.VIOLENT, Look.HOSTILE, Look.HURT, Look.TAKING_PART, Look.LEAVING, Look.STANDING):
        text = words.say(LOOKS[look])
        width = paint.px(20) + paint.text_width(text, SMALL) + paint.px(14)
        if x + width > rect.right:
            return
        size = paint.px(8) * LOOK_SIZES[look]
        paint.shape(LOOK_SHAPES[look], (x + paint.px(8), rect.centery), size, look_colour(paint.theme, look))
        paint.text(text, (x + paint.px(20), rect.centery - paint.line_height(SMALL) / 2), SMALL, paint.theme.muted)
        x += width
    for text, busy in ((words.say("unit at work"), True), (words.say("free unit"), False)):
        plate = pygame.Rect((0, 0), plate_size(paint, "PAT-4"))
        plate.midleft = (x, rect.centery)
        width = plate.width + paint.px(6) + paint.text_width(text, SMALL) + paint.px(14)
        if x + width > rect.right:
            return
        draw_plate(paint, plate, "PAT-4", busy=busy)
        spot = (plate.right + paint.px(6), rect.centery - paint.line_height(SMALL) / 2)
        paint.text(text, spot, SMALL, paint.theme.muted)
        x += width


def _at_least(low: float, high: float, least: float, length: float) -> tuple[float, float]:
    """The stretch from `low` to `high`, widened about its middle to `least`, or to all of a small site."""
    if length <= least:
        return min(low, 0.0), max(high, length)
    more = max(0.0, least - (high - low)) / 2
    return low - more, high + more


def _moved(now: tuple[float, ...], wanted: tuple[float, ...]) -> bool:
    """True when the view has to follow: something went out of it, or it became far too large."""
    span = max(now[2] - now[0], now[3] - now[1])
    slack = 0.12 * span
    outside = wanted[0] < now[0] - slack or wanted[1] < now[1] - slack
    outside = outside or wanted[2] > now[2] + slack or wanted[3] > now[3] + slack
    return outside or max(wanted[2] - wanted[0], wanted[3] - wanted[1]) < 0.4 * span


def bounds(region: Rect | Polygon) -> tuple[float, float, float, float]:
    """West, south, east, north of a region, m."""
    box = region if isinstance(region, Rect) else region.bounds
    return box.x0, box.y0, box.x1, box.y1


def outline(region: Rect | Polygon) -> list[tuple[float, float]]:
    """Corners of a region, m."""
    if isinstance(region, Rect):
        return [(region.x0, region.y0), (region.x1, region.y0), (region.x1, region.y1), (region.x0, region.y1)]
    return [(p.x, p.y) for p in region.points]


def _dashed(surface: pygame.Surface, points: Sequence[tuple[float, float]], colour: Colour, width: int) -> None:
    for start, end in zip(points, (*points[1:], points[0]), strict=True):
        _dashes(surface, start, end, colour, width, 6)


def _dashes(
    surface: pygame.Surface,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: Colour,
    width: int,
    dash: float,
) -> None:
    """A broken line, drawn only where it can be seen."""
    clipped = surface.get_clip().inflate(40, 40).clipline(start, end)
    if not clipped:
        return
    (x0, y0), (x1, y1) = clipped
    length = max(1.0, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
    for k in range(int(length / (2 * dash)) + 1):
        a, b = 2 * dash * k / length, min(1.0, (2 * k + 1) * dash / length)
        pygame.draw.line(
            surface, colour, (x0 + (x1 - x0) * a, y0 + (y1 - y0) * a), (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b), width
        )


def hatch(surface: pygame.Surface, points: Iterable[tuple[float, float]], colour: Colour) -> None:
    """Slanted lines over the box of a place that is dangerous for a crowd."""
    corners = list(points)
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    box = pygame.Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).clip(surface.get_rect())
    clip = surface.get_clip()
    surface.set_clip(box)
    for x in range(box.x - box.height, box.right, 9):
        pygame.draw.line(surface, colour, (x, box.bottom), (x + box.height, box.y))
    surface.set_clip(clip)
