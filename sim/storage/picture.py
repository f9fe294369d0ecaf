"""Picture: the map at one moment of a run, worked out as the numbers and words a template draws."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.core.geometry import Polygon, Rect
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.exercise.snapshot import Placed, Snapshot
from sim.scenario.scenario import Scenario
from sim.seat.words import listed
from sim.world.report import Look

WIDTH = 960.0
"""Width of a picture in its own units, about pixels."""
HALF = 560.0
"""The same of one of two that stand side by side: smaller, so that words on it stay as large on the page."""
LABEL = 13.0
"""Size of the words beside units."""
RINGS = (17.0, 32.0, 50.0, 72.0, 98.0, 128.0, 162.0, 200.0, 242.0)
"""How far from a unit its label may stand, nearest first."""
WAYS = 16
"""So many directions are tried at each distance."""
PERSON_COSTS = 6.0
"""Hiding a person is as bad as standing so many units farther away."""
VEHICLE_M = (4.7, 1.8)
OUTLIERS = 0.02
"""So large a share of what there is may lie outside the picture on each side; teams far away are named instead."""
LOOKS: dict[Look, Phrase] = {
    Look.STANDING: Phrase("standing, passing or held"),
    Look.TAKING_PART: Phrase("taking part"),
    Look.HOSTILE: Phrase("hostile words, pushing or obstructing"),
    Look.VIOLENT: Phrase("using violence"),
    Look.LEAVING: Phrase("leaving"),
    Look.HURT: Phrase("hurt or ill"),
}
"""What a reader is told each mark means, in drawing order."""
UNIT_CODES: dict[str, Phrase] = {
    "AMB": Phrase("ambulance with a patient"),
    "CMD": Phrase("on-scene commander"),
    "GLD": Phrase("strategic lead"),
    "LIA": Phrase("liaison and dialogue team"),
    "NEG": Phrase("negotiator"),
    "PAT": Phrase("patrol in soft hats"),
    "TRF": Phrase("traffic police"),
    "POU": Phrase("protected public-order unit"),
    "MED": Phrase("medical team"),
    "PIO": Phrase("public information"),
    "LGL": Phrase("legal adviser"),
    "INF": Phrase("information cell"),
    "DRN": Phrase("drone and video"),
    "GOV": Phrase("department that can decide"),
    "COM": Phrase("community mediator"),
    "EVI": Phrase("evidence and arrest team"),
    "LOG": Phrase("logistics"),
}


@dataclass(frozen=True, slots=True)
class View:
    """The part of the site that is shown, m, and how it is laid onto the page."""

    x0: float
    y0: float
    width: float
    height: float
    page: float = WIDTH
    """How wide it is laid out."""

    @property
    def scale(self) -> float:
        """Units of the picture for each metre."""
        return self.page / self.width

    def px(self, x: float) -> float:
        """Across the page, to a tenth."""
        return round((x - self.x0) * self.scale, 1) + 0.0

    def py(self, y: float) -> float:
        """Down the page, to a tenth; north is up."""
        return round((self.y0 + self.height - y) * self.scale, 1) + 0.0

    def holds(self, x: float, y: float) -> bool:
        """True for what lies inside."""
        return self.x0 <= x <= self.x0 + self.width and self.y0 <= y <= self.y0 + self.height


def view_of(scenario: Scenario, snapshots: Sequence[Snapshot], page: float = WIDTH) -> View:
    """One view for all moments, so that they can be compared: where people, vehicles and most units are."""
    site_w, site_h = scenario.site.width_m, scenario.site.height_m
    xs = sorted(float(x) for s in snapshots for x in (*s.x, *(v[0] for v in s.vehicles), *(u[1] for u in s.units)))
    ys = sorted(float(y) for s in snapshots for y in (*s.y, *(v[1] for v in s.vehicles), *(u[2] for u in s.units)))
    if not xs:
        xs, ys = [0.0, site_w], [0.0, site_h]
    cut = int(len(xs) * OUTLIERS)
    west, east = xs[cut], xs[-1 - cut]
    south, north = ys[cut], ys[-1 - cut]
    width = min(site_w, max(120.0, 1.2 * (east - west)))
    height = min(site_h, max(70.0, 1.2 * (north - south)))
    if width < 1.5 * height:
        width = min(site_w, 1.5 * height)
    if width > 2.2 * height:
        height = min(site_h, width / 2.2)
    x0 = min(max(0.0, (west + east - width) / 2), site_w - width)
    y0 = min(max(0.0, (south + north - height) / 2), site_h - height)
    if width < 1.3 * height:  # a narrow site: keep the picture from growing taller than a page
        x0 -= (1.3 * height - width) / 2
        width = 1.3 * height
    return View(x0, y0, width, height, page)


def unit_codes(snapshots: Sequence[Snapshot], say: Speech) -> list[tuple[str, str]]:
    """What the codes on the pictures stand for, in the order of our list."""
    shown = {unit[0] for snapshot in snapshots for unit in snapshot.units}
    return [(code, say(words)) for code, words in UNIT_CODES.items() if code in shown]


def map_picture(scenario: Scenario, snapshot: Snapshot, view: View, say: Speech) -> dict[str, Any]:
    """Everything the map's template draws for one moment: paths, marks, labels, scale bar and words."""
    site, scale = scenario.site, view.scale
    height = round(view.height * scale, 1)
    teams, outside = _teams(snapshot.units, view)
    people = [(view.px(x), view.py(y)) for x, y in zip(snapshot.x.tolist(), snapshot.y.tolist(), strict=True)]
    labels = _Labels(view.page, height, [spot for spot in people if 0 <= spot[0] <= view.page])
    teams.sort(key=lambda team: (-len(team["text"]), team["x"], team["y"]))
    crowded = [team["text"] for team in teams if not labels.place_near(team, LABEL)]
    places = [
        {"path": _path(p.area.region, view), "exit": p.exit_width_m > 0, "hazard": p.hazard is not None}
        for p in site.places
    ]
    named = [(s.area.region, say(s.name.text), "solid") for s in site.solids]
    named += [(p.area.region, say(p.name.text), "place") for p in site.places]
    named.sort(key=lambda each: -_bounds(each[0])[2] * _bounds(each[0])[3])
    counts = {look: int(np.count_nonzero(snapshot.look == int(look))) for look in Look}
    return {
        "width": view.page,
        "height": height,
        "ground": [view.px(0), view.py(site.height_m), round(site.width_m * scale, 1), round(site.height_m * scale, 1)],
        "places": places,
        "solids": [_path(s.area.region, view) for s in site.solids],
        "lanes": [
            {"x0": view.px(lane.x0_m), "x1": view.px(lane.x1_m), "y": view.py(lane.y_m), "emergency": lane.emergency}
            for lane in site.lanes
        ],
        "lane_width": round(max(3.0, 3.2 * scale), 1),
        "vehicles": _rectangles(snapshot.vehicles, view),
        "marks": [{"look": look.name.lower(), "path": _marks(snapshot, look, view)} for look in LOOKS],
        "dot": _size(scale),
        "officers": "".join(f"M{view.px(x)} {view.py(y)}h0" for x, y in snapshot.officers if view.holds(x, y)),
        "teams": [team for team in teams if "box" in team],
        "crowded": listed(say, crowded),
        "labels": labels.place_all(named, view),
        "bar": _scale_bar(view),
        "title": say("Map at minute {minute:.0f}", minute=snapshot.minute),
        "caption": say(snapshot.caption),
        "outside": listed(say, outside),
        "counts": [
            {"look": look.name.lower(), "says": say(LOOKS[look]), "count": counts[look], "shape": _shape(look, 3.0)}
            for look in LOOKS
        ],
    }


def _size(scale: float) -> float:
    """Size of a person's mark: to scale when that can be seen, never too small to tell shapes apart."""
    return round(min(7.0, max(3.2, 0.6 * scale)), 1)


def _shape(look: Look, half: float) -> str:
    """The mark of somebody who looks so: a round stroke, or a shape of their own."""
    shapes = {
        Look.HOSTILE: f"m0 {-1.3 * half:.1f}l{1.3 * half:.1f} {2.3 * half:.1f}h{-2.6 * half:.1f}z",
        Look.VIOLENT: f"m0 {-1.8 * half:.1f}l{1.6 * half:.1f} {1.8 * half:.1f}l{-1.6 * half:.1f} {1.8 * half:.1f}"
        f"l{-1.6 * half:.1f} {-1.8 * half:.1f}z",
        Look.HURT: f"m{-1.6 * half:.1f} 0h{3.2 * half:.1f}m{-1.6 * half:.1f} {-1.6 * half:.1f}v{3.2 * half:.1f}",
        Look.LEAVING: f"m{-half:.1f} 0a{half:.1f} {half:.1f} 0 1 0 {2 * half:.1f} 0"
        f"a{half:.1f} {half:.1f} 0 1 0 {-2 * half:.1f} 0",
    }
    return shapes.get(look, "h0")


def _marks(snapshot: Snapshot, look: Look, view: View) -> str:
    """One path with the mark of everybody who looks so."""
    shape = _shape(look, _size(view.scale) / 2)
    rows = np.flatnonzero(snapshot.look == int(look))
    points = ((float(snapshot.x[i]), float(snapshot.y[i])) for i in rows)
    return "".join(f"M{view.px(x)} {view.py(y)}{shape}" for x, y in points if view.holds(x, y))


def _rectangles(vehicles: Iterable[tuple[float, float]], view: View) -> str:
    w, h = (round(side * view.scale, 1) for side in VEHICLE_M)
    return "".join(
        f"M{round(view.px(x) - w / 2, 1)} {round(view.py(y) - h / 2, 1)}h{w}v{h}h{-w}z"
        for x, y in vehicles
        if view.holds(x, y)
    )


def _bounds(region: Rect | Polygon) -> tuple[float, float, float, float]:
    """West, south, width and height, m."""
    box = region if isinstance(region, Rect) else region.bounds
    return box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0


def _path(region: Rect | Polygon, view: View) -> str:
    if isinstance(region, Rect):
        corners = ((region.x0, region.y0), (region.x1, region.y0), (region.x1, region.y1), (region.x0, region.y1))
    else:
        corners = tuple((p.x, p.y) for p in region.points)  # type: ignore[assignment]  # corners of either shape
    return "M" + "L".join(f"{view.px(x)} {view.py(y)}" for x, y in corners) + "Z"


def _teams(units: Iterable[Placed], view: View) -> tuple[list[dict[str, Any]], list[str]]:
    """Units close together share one label; those outside the view are only named."""
    groups: list[tuple[float, float, dict[str, int]]] = []
    outside: dict[str, int] = {}
    for code, x, y, strength in units:
        if not view.holds(x, y):
            outside[code] = outside.get(code, 0) + strength
            continue
        px, py = view.px(x), view.py(y)
        near = next((g for g in groups if abs(g[0] - px) < 34 and abs(g[1] - py) < 20), None)
        if near is None:
            near = (px, py, {})
            groups.append(near)
        near[2][code] = near[2].get(code, 0) + strength
    teams = [{"x": px, "y": py, "text": _roll(codes)} for px, py, codes in groups]
    return teams, [_roll({code: strength}) for code, strength in outside.items()]


def _roll(codes: dict[str, int]) -> str:
    return " · ".join(f"{code} {strength}" if strength else code for code, strength in codes.items())


def _scale_bar(view: View) -> dict[str, float]:
    metres = next(m for m in (500, 200, 100, 50, 20, 10) if m <= 0.25 * view.width or m == 10)
    return {"metres": metres, "length": round(metres * view.scale, 1)}


def text_width(text: str, size: float) -> float:
    """About how wide a text is drawn: Chinese characters are square, Latin ones a little over half as wide."""
    return sum(size if ord(c) > 0x2E80 else 0.58 * size for c in text)


class _Labels:
    """Puts words where no other words are, most important first; what finds no room is left out."""

    def __init__(self, width: float, height: float, people: Sequence[tuple[float, float]] = ()) -> None:
        """An empty page, with the corners of scale bar and north arrow taken, and people better left in sight."""
        self._width = width
        self._height = height
        self._people = np.array(people, dtype=np.float64).reshape(-1, 2)
        self._taken = [(0.0, height - 34.0, min(260.0, 0.4 * width), height), (width - 40.0, 0.0, width, 44.0)]

    def _free(self, box: tuple[float, float, float, float]) -> bool:
        x0, y0, x1, y1 = box
        if x0 < 2 or y0 < 2 or x1 > self._width - 2 or y1 > self._height - 2:
            return False
        return not any(x0 < b[2] and b[0] < x1 and y0 < b[3] and b[1] < y1 for b in self._taken)

    def _hidden(self, box: tuple[float, float, float, float]) -> int:
        """How many people a label there would cover."""
        x, y = self._people[:, 0], self._people[:, 1]
        return int(np.count_nonzero((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])))

    def place_near(self, team: dict[str, Any], size: float) -> bool:
        """Sets a team's label near the team, where it covers no other words and few people, joined to it by a line.

        False, and no label is set, where there is no room for it: no two labels ever cover each other.
        """
        width, height = text_width(team["text"], size) + 12.0, size + 8.0
        best: tuple[float, tuple[float, float, float, float]] | None = None
        for distance in RINGS:
            for way in range(WAYS):
                angle = 2.0 * math.pi * way / WAYS
                dx, dy = math.sin(angle), -math.cos(angle)
                cx = team["x"] + dx * (distance + width / 2)
                cy = team["y"] + dy * distance
                box = (cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2)
                if best is not None and distance >= best[0]:
                    break
                if self._free(box):
                    cost = distance + PERSON_COSTS * self._hidden(box)
                    if best is None or cost < best[0]:
                        best = (cost, box)
        if best is None:
            return False
        found = best[1]
        self._taken.append(found)
        team["box"] = [round(v, 1) for v in (found[0], found[1], width, height)]
        team["lx"], team["ly"] = round((found[0] + found[2]) / 2, 1), round((found[1] + found[3]) / 2, 1)
        return True

    def place_all(self, named: Iterable[tuple[Rect | Polygon, str, str]], view: View) -> list[dict[str, Any]]:
        """Names of places and buildings in the middle of the part of them that can be seen, or just beside it."""
        placed = []
        for region, text, kind in named:
            west, south, wide, high = _bounds(region)
            x0, x1 = max(view.px(west), 0.0), min(view.px(west + wide), self._width)
            y0, y1 = max(view.py(south + high), 0.0), min(view.py(south), self._height)
            if x1 - x0 < 6 or y1 - y0 < 3:
                continue
            width, height = text_width(text, 12.5) + 6.0, 17.0
            middle, centre = (x0 + x1) / 2, (y0 + y1) / 2
            for cx, cy in (
                (middle, centre),
                (middle, y0 + 11),
                (middle, y1 - 11),
                (x0 + width / 2 + 3, centre),
                (x1 - width / 2 - 3, centre),
                (middle, y0 - 10),
                (middle, y1 + 10),
            ):
                box = (cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2)
                if self._free(box):
                    self._taken.append(box)
                    placed.append({"x": round(cx, 1), "y": round(cy + 4.5, 1), "text": text, "kind": kind})
                    break
        return placed
