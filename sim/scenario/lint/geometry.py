"""Geometry: nobody stands in a wall, everybody finds a way out, and nobody begins pressed against others."""

from collections.abc import Iterator

from sim.core.geometry import Point, Polygon, Rect
from sim.core.phrase import Phrase
from sim.scenario.lint.case import Case, doubt
from sim.scenario.lint.floor import Floor, crossings, make_floor
from sim.scenario.problem import Path, Problem
from sim.world.setting import Region

DENSE_PER_M2 = 4.0
"""More people than this to the square metre are pressed against each other before anything has happened: 4 persons/m2
is where free movement ends and the guides on events begin to warn (Still 2014; assumed as a limit here)."""
SOON_MIN = 5.0
"""People who come within so many minutes stand in their places all at once (assumed)."""
GATE_M = 0.6
MOST_CORNERS = 60
"""Polygons of more corners are drawn by a program, and no two sides of them are compared."""
MOST_COVERED = 0.25
"""A place may lie under a solid by so much of its area; more is a slip of the ruler (assumed)."""


def doubts(case: Case) -> Iterator[Problem]:
    """Everything about the ground that leaves people without room or without a way."""
    site = case.scenario.site
    solids = [each.area.region for each in site.solids]
    floor = make_floor(site.width_m, site.height_m, solids)
    yield from _inside_walls(case, floor)
    yield from _twice(case)
    yield from _crossed(case)
    yield from _ways(case, floor)
    if any(not gate.open for gate in site.gates):
        walls = [_row(gate.ends) for gate in site.gates if not gate.open]
        yield from _traps(case, floor, make_floor(site.width_m, site.height_m, solids, walls))
    yield from _density(case, floor)
    yield from _exits(case)
    yield from _lanes(case)


def _inside_walls(case: Case, floor: Floor) -> Iterator[Problem]:
    site = case.scenario.site
    bare = make_floor(site.width_m, site.height_m, ())
    for k, place in enumerate(case.scenario.site.places):
        if not place.seats and not floor.parts_of(place.area.region):
            yield doubt(
                ("site", "places", k, "area"),
                "inside-solid",
                Phrase("nobody can stand in {place}: it lies inside a solid", place=place.id),
                Phrase("move it off the solid, or give it seats if it is a room people are let into"),
            )
        elif not place.seats:
            yield from _under_solid(case, floor, bare, k)


def _under_solid(case: Case, floor: Floor, bare: Floor, k: int) -> Iterator[Problem]:
    """A place that a solid covers in good part, with the solid that covers most of it."""
    site = case.scenario.site
    region = site.places[k].area.region
    whole, free = bare.free_m2(region), floor.free_m2(region)
    if whole <= 0 or free >= (1.0 - MOST_COVERED) * whole:
        return
    over = max(site.solids, key=lambda each: _common_m2(_box(each.area.region), _box(region)))
    yield doubt(
        ("site", "places", k, "area"),
        "under-solid",
        Phrase(
            "{solid} lies over {share:.0%} of {place}",
            solid=over.name.text,
            share=1.0 - free / whole,
            place=site.places[k].id,
        ),
        Phrase("move one of the two, and leave a metre between them"),
    )


def _crossed(case: Case) -> Iterator[Problem]:
    """Polygons whose corners are not written one after the other round the edge."""
    for part in ("places", "solids"):
        for k, each in enumerate(getattr(case.scenario.site, part)):
            corners = [Point(*corner) for corner in each.area.corners]
            if len(corners) > MOST_CORNERS:
                continue
            sides = list(zip(corners, (*corners[1:], corners[0]), strict=True))
            if any(_cross(*sides[i], *sides[j]) for i in range(len(sides)) for j in range(i + 2, len(sides))):
                yield doubt(
                    ("site", part, k, "area"),
                    "crossed-polygon",
                    Phrase("two sides of this polygon cross each other"),
                    Phrase("write the corners one after the other, once round the edge"),
                )


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """True when the lines from a to b and from c to d cross between their ends."""

    def side(p: Point, q: Point, r: Point) -> float:
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _box(region: Region) -> Rect:
    return region if isinstance(region, Rect) else region.bounds


def _common_m2(one: Rect, other: Rect) -> float:
    """How much ground two rectangles share."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return max(0.0, wide) * max(0.0, high)


def _twice(case: Case) -> Iterator[Problem]:
    """Two places drawn on the same ground."""
    drawn: dict[tuple[tuple[float, float], ...], str] = {}
    for k, place in enumerate(case.scenario.site.places):
        if place.area.corners in drawn and not place.seats:
            yield doubt(
                ("site", "places", k, "area"),
                "same-place",
                Phrase("{place} lies exactly where {other} lies", place=place.id, other=drawn[place.area.corners]),
                Phrase("draw it elsewhere, or use one name for both"),
            )
        drawn.setdefault(place.area.corners, place.id)


def _ways(case: Case, floor: Floor) -> Iterator[Problem]:
    """Places a group cannot walk to from where it comes in, every gate being open."""
    region = {place.id: place.area.region for place in case.scenario.site.places}
    exits = tuple(place.id for place in case.scenario.site.places if place.exit_width_m > 0)
    if not exits:
        yield doubt(
            ("site", "places"),
            "no-exit",
            Phrase("the site has no exit: nobody can leave"),
            Phrase("give a place at the edge exit_width_m, the width people can leave through"),
        )
    for k, group in enumerate(case.scenario.groups):
        start: set[int] = set().union(*(floor.parts_of(region[name]) for name in group.spawn))
        if not start:
            continue
        bound: list[tuple[Path, str]] = [(("groups", k, "post", p), name) for p, name in enumerate(group.post)]
        if group.errand is not None:
            bound.append((("groups", k, "errand"), group.errand))
        bound += [(("groups", k, "exits", e), name) for e, name in enumerate(group.exits)]
        for path, name in bound:
            there = floor.parts_of(region[name])
            if there and not start & there:
                yield doubt(
                    path,
                    "unreachable",
                    Phrase("{group} cannot walk to {place}: solids lie between", group=group.id, place=name),
                    Phrase("leave a way between the solids, or choose another place"),
                )


def _traps(case: Case, opened: Floor, closed: Floor) -> Iterator[Problem]:
    """Places where people gather and find no exit while the gates stand closed."""
    places = {place.id: place for place in case.scenario.site.places}
    exits = [place.area.region for place in places.values() if place.exit_width_m > 0]
    out = set().union(*(closed.parts_of(each) for each in exits))
    ever = set().union(*(opened.parts_of(each) for each in exits))
    for k, group in enumerate(case.scenario.groups):
        for p, name in enumerate(group.post):
            region = places[name].area.region
            inside = closed.parts_of(region)
            if inside and not inside & out and opened.parts_of(region) & ever:
                yield doubt(
                    ("groups", k, "post", p),
                    "trapped",
                    Phrase("while the gates are closed, nobody gets from {place} to any exit", place=name),
                    Phrase("open a gate, or leave one exit on their side of the gates"),
                )


def _density(case: Case, floor: Floor) -> Iterator[Problem]:
    """Places in which people who come at once have too little room."""
    first = case.scenario.minutes[0]
    room = {place.id: floor.free_m2(place.area.region) for place in case.scenario.site.places}
    crowd: dict[str, float] = {}
    told: set[str] = set()
    for k, group in enumerate(case.scenario.groups):
        window = group.arrives
        if window is None or max(window.to_min, first) - max(window.from_min, first) > SOON_MIN:
            continue
        for s, name in enumerate(group.spawn):
            crowd[name] = crowd.get(name, 0.0) + group.people / len(group.spawn)
            if room[name] > 0 and crowd[name] > DENSE_PER_M2 * room[name] and name not in told:
                told.add(name)
                yield doubt(
                    ("groups", k, "spawn", s),
                    "too-dense",
                    Phrase(
                        "{people:.0f} people come into {place} at once, {density:.1f} to the square metre",
                        people=crowd[name],
                        place=name,
                        density=crowd[name] / room[name],
                    ),
                    Phrase(
                        "make the place larger, name several, or let them come over more than {minutes:g} minutes",
                        minutes=SOON_MIN,
                    ),
                )


def _exits(case: Case) -> Iterator[Problem]:
    """Exits said to be wider than they are drawn."""
    for k, place in enumerate(case.scenario.site.places):
        corners = place.area.corners
        around = sum(Point(*a).distance(Point(*b)) for a, b in zip(corners, (*corners[1:], corners[0]), strict=True))
        if place.exit_width_m > around / 2:
            yield doubt(
                ("site", "places", k, "exit_width_m"),
                "exit-too-wide",
                Phrase(
                    "the exit is {width:g} m wide, and its place is not ({around:g} m all round)",
                    width=place.exit_width_m,
                    around=around,
                ),
                Phrase("draw the place larger, or write the width people really have"),
            )


def _lanes(case: Case) -> Iterator[Problem]:
    """Lanes through solids, vehicles set down where their lane is not, ambulances without a lane."""
    yield from _blocked_lanes(case)
    lanes = {lane.id: lane for lane in case.scenario.site.lanes}
    width = case.scenario.site.width_m
    for path, effect in case.inject_effects():
        if effect.do == "block":
            x = getattr(effect, "x_m", 0.0)
            for name in getattr(effect, "lanes", ()):
                if name in lanes and not lanes[name].x0_m <= x <= lanes[name].x1_m:
                    yield doubt(
                        (*path, "x_m"),
                        "outside-lane",
                        Phrase(
                            "x {x:g} m does not lie on {lane}, which runs from {west:g} to {east:g}",
                            x=x,
                            lane=name,
                            west=lanes[name].x0_m,
                            east=lanes[name].x1_m,
                        ),
                        Phrase("write an x between the two"),
                    )
        if effect.do == "ambulance":
            if not any(lane.emergency for lane in lanes.values()):
                yield doubt(
                    path,
                    "no-lane",
                    Phrase("an ambulance has no lane here: none is emergency: true"),
                    Phrase("write emergency: true at the lane it takes"),
                )
            for key in ("from_x_m", "to_x_m"):
                if not -1 <= getattr(effect, key, 0.0) <= width + 1:
                    yield doubt(
                        (*path, key),
                        "outside-site",
                        Phrase(
                            "x {x:g} m lies outside the site, which is {width:g} m wide",
                            x=getattr(effect, key),
                            width=width,
                        ),
                        Phrase("write an x from 0 to {width:g}", width=width),
                    )


def _blocked_lanes(case: Case) -> Iterator[Problem]:
    site = case.scenario.site
    for k, lane in enumerate(site.lanes):
        for solid in site.solids:
            ys = [y for _, y in solid.area.corners]
            met = crossings(solid.area.region, lane.y_m) if min(ys) < lane.y_m < max(ys) else []
            through = [(max(west, lane.x0_m), min(east, lane.x1_m)) for west, east in met]
            through = [(west, east) for west, east in through if west < east]
            if through:
                yield doubt(
                    ("site", "lanes", k, "y_m"),
                    "lane-in-solid",
                    Phrase(
                        "{lane} runs through {solid}, from x {west:g} to {east:g}",
                        lane=lane.id,
                        solid=solid.name.text,
                        west=through[0][0],
                        east=through[-1][1],
                    ),
                    Phrase("write another y_m, end the lane before it, or move the solid"),
                )
                break


def _row(ends: tuple[float, float, float, float]) -> Region:
    """A gate as a thin wall."""
    x0, y0, x1, y1 = ends
    length = max(Point(x0, y0).distance(Point(x1, y1)), 1e-6)
    ux, uy = (x1 - x0) / length * GATE_M, (y1 - y0) / length * GATE_M
    corners = (
        (x0 - ux - uy, y0 - uy + ux),
        (x1 + ux - uy, y1 + uy + ux),
        (x1 + ux + uy, y1 + uy - ux),
        (x0 - ux + uy, y0 - uy - ux),
    )
    return Polygon(tuple(Point(x, y) for x, y in corners))
