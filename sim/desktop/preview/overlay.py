"""Overlay: what an author sees over the map - how far units see, how dense people come and stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pygame
from numpy.typing import NDArray

from sim.core.geometry import Rect
from sim.desktop.camera import Camera
from sim.desktop.paint import Paint
from sim.desktop.site import HEAT_LEVELS, SiteMap, bounds, outline
from sim.desktop.theme import GAP, SMALL
from sim.scenario.scenario import Scenario
from sim.scenario.site import Area, SiteData
from sim.seat.voice import Say
from sim.world.report import DRONE_SIGHT_M, SIGHT_M

RAYS = 180
TRIED = (0, 1, -4, 2, -5, 3, -6, 4)
"""Half lines from its usual place, below the name, at which a label is tried."""
CROWDED = HEAT_LEVELS[1][0]
"""Persons/m2 from which a place is drawn as crowded."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many people a place has to hold by the scenario's own numbers."""

    place: str
    comes: int
    """People who come from here."""
    stands: int
    """People who gather here, those of several places spread by area."""
    area_m2: float

    @property
    def density(self) -> float:
        """Persons/m2 when all who gather here stand here, or all who come from here come at once."""
        return max(self.stands, self.comes) / max(1.0, self.area_m2)


def standings(scenario: Scenario) -> list[Standing]:
    """Every place where people come or gather."""
    areas = {place.id: area_m2(place.area) for place in scenario.site.places}
    comes, stands = dict.fromkeys(areas, 0.0), dict.fromkeys(areas, 0.0)
    for group in scenario.groups:
        for into, names in ((comes, group.spawn), (stands, group.post)):
            known = [name for name in names if name in areas]
            whole = sum(areas[name] for name in known)
            for name in known:
                into[name] += group.people * areas[name] / max(1e-6, whole)
    return [
        Standing(name, round(comes[name]), round(stands[name]), areas[name])
        for name in areas
        if comes[name] or stands[name]
    ]


def area_m2(area: Area) -> float:
    """Square metres of an area (shoelace formula)."""
    corners = area.corners
    total = 0.0
    for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
        total += x0 * y1 - x1 * y0
    return abs(total) / 2.0


def views(scenario: Scenario) -> Iterator[tuple[str, float, float, float]]:
    """(unit, x, y, metres) of each unit that is placed somewhere: where it stands first and how far it sees."""
    places = {place.id: bounds(place.area.region) for place in scenario.site.places}
    for unit in scenario.units:
        if unit.at in places:
            west, south, east, north = places[unit.at]
            reach = DRONE_SIGHT_M if unit.code == "DRN" else SIGHT_M
            yield unit.id, (west + east) / 2, (south + north) / 2, reach


def field_of_view(site: SiteData, x: float, y: float, reach: float) -> list[tuple[float, float]]:
    """The outline of what can be seen from a point as far as `reach`: solids hide what is behind them."""
    edges = _edges(site)
    angle = np.linspace(0.0, 2.0 * np.pi, RAYS, endpoint=False)
    dx, dy = np.cos(angle)[:, None], np.sin(angle)[:, None]
    far = np.full(RAYS, reach)
    if len(edges):
        ax, ay, bx, by = edges[:, 0] - x, edges[:, 1] - y, edges[:, 2] - x, edges[:, 3] - y
        ex, ey = bx - ax, by - ay
        cross = dx * ey - dy * ex
        safe = np.where(np.abs(cross) < 1e-9, 1e-9, cross)
        along = (ax * ey - ay * ex) / safe
        across = (ax * dy - ay * dx) / safe
        hit = (along > 0.0) & (across >= 0.0) & (across <= 1.0)
        far = np.minimum(far, np.where(hit, along, reach).min(axis=1))
    return [(x + float(c) * d, y + float(s) * d) for c, s, d in zip(dx[:, 0], dy[:, 0], far.tolist(), strict=True)]


def _edges(site: SiteData) -> NDArray[np.float64]:
    """Every side of every solid as (x0, y0, x1, y1)."""
    found = []
    for solid in site.solids:
        points = outline(solid.area.region)
        found += [(*a, *b) for a, b in zip(points, (*points[1:], points[0]), strict=True)]
    return np.array(found, dtype=np.float64).reshape(-1, 4)


@dataclass(slots=True)
class Overlay:
    """Draws it; keeps the picture while neither file nor view has changed."""

    _picture: pygame.Surface | None = None
    _key: tuple[object, ...] = ()

    def draw_views(self, paint: Paint, camera: Camera, rect: pygame.Rect, scenario: Scenario, number: int) -> None:
        """How far each unit sees from where it stands first."""
        key = (number, *camera.key, paint.theme.name)
        if key != self._key or self._picture is None:
            self._key = key
            self._picture = pygame.Surface(rect.size, pygame.SRCALPHA)
            spots = {(x, y, reach) for _, x, y, reach in views(scenario)}
            for x, y, reach in sorted(spots):
                points = [camera.at(*point) for point in field_of_view(scenario.site, x, y, reach)]
                local = [(px - rect.x, py - rect.y) for px, py in points]
                cover = pygame.Surface(rect.size, pygame.SRCALPHA)
                pygame.draw.polygon(cover, (*paint.theme.officers, 46), local)
                pygame.draw.polygon(cover, (*paint.theme.officers, 150), local, max(1, paint.px(1.5)))
                self._picture.blit(cover, (0, 0))
        paint.surface.blit(self._picture, rect)


def draw_standings(paint: Paint, site: SiteMap, scenario: Scenario, found: Sequence[Standing], say: Say) -> None:
    """How many come from each place and gather there, and how close that is; crowded places are filled.

    The most crowded are written first; one that would lie over another or over a name moves aside or is left out.
    """
    camera, taken = site.camera, site.named(paint)
    areas = {place.id: place.area.region for place in scenario.site.places}
    for each in sorted(found, key=lambda standing: -standing.density):
        region = areas[each.place]
        west, south, east, north = bounds(region)
        left, top = camera.at(west, north)
        right, bottom = camera.at(east, south)
        if each.density >= CROWDED and isinstance(region, Rect):
            strength = max(s for level, s in HEAT_LEVELS if each.density >= level)
            box = pygame.Rect(round(left), round(top), max(2, round(right - left)), max(2, round(bottom - top)))
            paint.veil(box.clip(paint.surface.get_clip()), paint.theme.bad, strength)
        parts = [
            *([say("from here {people}", people=each.comes)] if each.comes else []),
            *([say("gather {people}", people=each.stands)] if each.stands else []),
            say("{density:.2f} per m²", density=each.density),
        ]
        colour = paint.theme.bad if each.density >= CROWDED else paint.theme.muted
        text = say(", ").join(parts)
        box = pygame.Rect(0, 0, paint.text_width(text, SMALL) + paint.px(GAP), paint.line_height(SMALL))
        box.center = round((left + right) / 2), round((top + bottom) / 2 + paint.line_height(SMALL))
        sight = paint.surface.get_clip()
        if not sight.colliderect(pygame.Rect(left, top, right - left, bottom - top)):
            continue
        for down in TRIED:
            spot = box.move(0, down * box.height // 2).clamp(sight)
            if spot.collidelist(taken) < 0:
                taken.append(spot)
                paint.label(text, spot.center, SMALL, colour, paint.theme.ground)
                break
