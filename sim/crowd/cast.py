"""Who comes, when and where: groups as a scenario describes them, drawn into people.

Every trait and place is keyed to the person's row, so a group added at the end changes nobody before it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import BadInput
from sim.core.geometry import Point, Polygon, Rect
from sim.core.kernel import kernel
from sim.core.noise import Noise, Stream, normal, uniform
from sim.core.phrase import Phrase
from sim.crowd.ground import Ground
from sim.crowd.people import NEVER, Bytes, Floats, Ints, Longs, People, Role, Status
from sim.crowd.plan import GroupPlan
from sim.crowd.quantity import quantity

_ABSENT, _PRESENT = int(Status.ABSENT), int(Status.PRESENT)

Region: TypeAlias = Rect | Polygon
"""An area people stand or start in."""

ATTEMPTS = 200
"""Places tried for one person before the region counts as full of walls."""
BESIDE = 20
"""Places tried beside a companion before somebody stands elsewhere."""
MOST_TOGETHER = 5
"""Companions who came together, at most."""


@dataclass(frozen=True, slots=True)
class Means:
    """Means of what people of one role bring; all of them `assumed`."""

    hardship: float
    aversion: float
    identity: float
    disposition: float
    expressiveness: float
    receptivity: float
    legitimacy: float
    """Offset to the mean of the group."""
    hope: float = 0.4
    speed: float = 1.34
    """m/s; Weidmann 1993."""
    vulnerability: float = 1.0
    waits: float = 1.0
    """Times the threshold at which they join; 0 for who waits for nobody."""


ROLES: dict[Role, Means] = {
    Role.CORE: Means(0.65, 0.40, 0.60, 0.10, 0.70, 0.55, -0.05),
    Role.ORGANISER: Means(0.65, 0.50, 0.70, 0.02, 0.90, 0.45, 0.0),
    Role.SYMPATHISER: Means(0.45, 0.55, 0.40, 0.03, 0.50, 0.55, 0.0),
    Role.BYSTANDER: Means(0.20, 0.65, 0.10, 0.0, 0.35, 0.50, 0.05),
    Role.AGITATOR: Means(0.80, 0.15, 0.50, 0.85, 0.90, 0.30, -0.30, hope=0.2, waits=0.0),
    Role.JOURNALIST: Means(0.30, 0.50, 0.05, 0.0, 0.30, 0.20, 0.0),
    Role.VULNERABLE: Means(0.40, 0.80, 0.30, 0.0, 0.40, 0.60, 0.0, speed=0.65, vulnerability=3.0),
    Role.WORKER: Means(0.15, 0.65, 0.05, 0.0, 0.35, 0.45, 0.05),
}
"""Who brings what."""


@dataclass(frozen=True)
class Drawing:
    """How far people differ around those means."""

    trait_sd: float = quantity(
        0.15, unit="1", status="assumed", source="spread of every trait, cut to 0..1", low=0.05, high=0.25
    )
    legitimacy: float = quantity(
        0.55, unit="1", status="assumed", source="mean L unless the group says otherwise", low=0.2, high=0.8
    )
    legitimacy_sd: float = quantity(0.12, unit="1", status="assumed", source="spread of L", low=0.05, high=0.25)
    violence_threshold: float = quantity(
        0.68, unit="1", status="fitted", source="tv: under a tenth violent at once (Lemos)", low=0.5, high=0.9
    )
    violence_threshold_sd: float = quantity(0.12, unit="1", status="fitted", source="the same", low=0.05, high=0.2)
    join_most: float = quantity(0.6, unit="1", status="assumed", source="tau is uniform up to this", low=0.3, high=1.0)
    join_first: float = quantity(
        0.2, unit="1", status="assumed", source="and from this below 0, cut to 0: who starts", low=0.02, high=0.3
    )
    alone: float = quantity(
        0.6, unit="1", status="assumed", source="share of arrivals that are one person", low=0.2, high=1.0
    )
    one_more: float = quantity(
        0.5, unit="1", status="assumed", source="chance of each further companion, five at most", low=0.0, high=0.9
    )
    together_m: float = quantity(
        1.2, unit="m", status="assumed", source="companions stand within this of their first", low=0.5, high=3.0
    )
    anger_rest: float = quantity(
        0.12, unit="1", status="assumed", source="anger on arrival, share of hardship", low=0.05, high=0.3
    )
    speed_sd: float = quantity(0.26, unit="m/s", status="sourced", source="Weidmann 1993", low=0.1, high=0.35)
    online: float = quantity(
        0.6, unit="1", status="assumed", source="share online unless told otherwise", low=0.1, high=0.95
    )
    radius_m: float = quantity(
        0.205, unit="m", status="fitted", source="speeds of Weidmann's fundamental diagram", low=0.15, high=0.25
    )
    gap_s: float = quantity(
        0.575, unit="s", status="fitted", source="T; speeds of Weidmann's fundamental diagram", low=0.3, high=1.3
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSpec:
    """A group as a scenario describes it. None leaves a mean to the roles."""

    name: str
    n: int
    roles: tuple[tuple[Role, float], ...]
    """Shares of the roles; they need not sum to 1, their proportions count."""
    hardship: float | None = None
    """Mean H, which is also the grievance people arrive with."""
    hope: float | None = None
    anger: float | None = None
    fear: float | None = None
    legitimacy: float | None = None
    """Mean L of the group, before the offsets of its roles."""
    identity: float | None = None
    online: float | None = None
    """Share that reads the online channel."""
    speed_mps: float | None = None
    """Mean free speed, m/s."""
    frailty: float | None = None
    """Times the odds of harm of others; who is frail also tires sooner."""
    window: tuple[int, int] | None = None
    """Ticks between which they arrive, evenly; None when only `summon` brings them. Who arrives at tick 0 or
    before is at the post already."""
    spawn: tuple[Region, ...]
    """Where they come onto the ground."""
    post: tuple[Region, ...] = ()
    """Where they gather; empty for people who stay where they come in."""
    plan: GroupPlan
    drawing: Drawing = field(default_factory=Drawing)

    def __post_init__(self) -> None:
        """Raise BadInput for a group that cannot be drawn."""
        if self.n < 0 or not self.spawn or not sum(share for _, share in self.roles) > 0.0:
            raise BadInput.of(
                "bad-group",
                Phrase("group {name} needs people, roles and somewhere to come from", name=self.name),
            )


def draw_people(groups: Sequence[GroupSpec], noise: Noise, ground: Ground | None = None) -> People:
    """Draw everybody of these groups, nobody on the ground yet.

    Rows go group by group and, within a group, role by role in the order given. People with an arrival
    window have their tick; the others wait for `summon`.

    Args:
        groups: In the order of `People.group`.
        noise: Traits are keyed by person, places by person and attempt.
        ground: Places inside its solids are drawn again; None when there are none.

    Raises:
        BadInput: A region has no free ground.
    """
    people = People.blank(sum(group.n for group in groups))
    first = 0
    for index, group in enumerate(groups):
        rows = np.arange(first, first + group.n)
        people.group[rows] = index
        people.role[rows] = _roles(group)
        first += group.n
        if group.n:
            _draw_parties(people, rows, group.drawing, noise)
            _draw_traits(people, rows, group, noise)
            _place(people, rows, group, noise, ground)
    return people


def summon(people: People, rows: Longs, window: tuple[int, int], noise: Noise) -> None:
    """Let those of `rows` who have not come yet arrive between two ticks, evenly, companions at the same time.

    Everybody already here or gone is left alone.
    """
    span = max(0, window[1] - window[0])
    for i in rows:
        if people.status[i] == Status.ABSENT:
            luck = noise.uniform(Stream.ARRIVAL, 0, int(people.party[i]))
            people.arrival_tick[i] = window[0] + math.floor(span * luck)


def arrive(people: People, tick: int) -> Longs:
    """Put everybody who is due onto the ground at the place they come in; returns their rows."""
    rows: Longs = _put_who_is_due(people.status, people.arrival_tick, tick)
    return rows


@kernel
def _put_who_is_due(status: Bytes, arrival_tick: Ints, tick: int) -> Longs:
    """Mark everybody present whose tick has come, and return their rows in order."""
    rows, count = np.empty(len(status), np.int64), 0
    for i in range(len(status)):
        if status[i] == _ABSENT and arrival_tick[i] != NEVER and arrival_tick[i] <= tick:
            status[i] = _PRESENT
            rows[count] = i
            count += 1
    return rows[:count].copy()


def point_in(regions: Sequence[Region], noise: Noise, tick: int, person: int, ground: Ground | None) -> Point:
    """A place in one of the regions (the larger the likelier), outside solids, keyed by tick and person.

    Raises:
        BadInput: No free ground was found.
    """
    # By the box a point is drawn in: a place outside the polygon is drawn again, so that all ground is as likely.
    areas = [region.area if isinstance(region, Rect) else region.bounds.area for region in regions]
    total = sum(areas)
    for attempt in range(ATTEMPTS):
        # Three numbers an attempt; the tick leaves room for all of them below the next one.
        at = (tick * ATTEMPTS + attempt) * 3
        pick = noise.uniform(Stream.PLACEMENT, at, person) * total
        region = regions[-1]
        for candidate, area in zip(regions, areas, strict=True):
            if pick < area:
                region = candidate
                break
            pick -= area
        box = region if isinstance(region, Rect) else region.bounds
        point = Point(
            box.x0 + (box.x1 - box.x0) * noise.uniform(Stream.PLACEMENT, at + 1, person),
            box.y0 + (box.y1 - box.y0) * noise.uniform(Stream.PLACEMENT, at + 2, person),
        )
        if region.contains(point) and (ground is None or ground.clear(point.x, point.y, point.x, point.y)):
            return point
    raise BadInput.of("no-free-ground", Phrase("there is no free ground where people are meant to stand"))


def _roles(group: GroupSpec) -> NDArray[np.uint8]:
    """Roles of a group's people: whole numbers nearest to the shares, the largest remainders rounded up."""
    total = sum(share for _, share in group.roles)
    exact = [group.n * share / total for _, share in group.roles]
    counts = [math.floor(number) for number in exact]
    by_remainder = sorted(range(len(exact)), key=lambda k: (counts[k] - exact[k], k))
    for k in by_remainder[: group.n - sum(counts)]:
        counts[k] += 1
    roles = np.array([int(role) for role, _ in group.roles], dtype=np.uint8)
    return np.repeat(roles, counts)


def _draw_traits(people: People, rows: Longs, group: GroupSpec, noise: Noise) -> None:
    """Fill what the people of one group are and what they feel on arrival."""
    means = [ROLES[Role(int(role))] for role in people.role[rows]]
    drawing = group.drawing
    spread = drawing.trait_sd
    draws = _draw(noise.key, rows, int(Stream.TRAIT))

    def trait(number: int, centre: Floats, sd: float = spread) -> Floats:
        drawn: Floats = np.clip(centre + sd * draws[number], 0.0, 1.0)
        return drawn

    def mean(name: str, given: float | None) -> Floats:
        return np.array([getattr(m, name) if given is None else given for m in means])

    people.hardship[rows] = trait(0, mean("hardship", group.hardship))
    people.aversion[rows] = trait(1, mean("aversion", None))
    people.base_identity[rows] = trait(2, mean("identity", group.identity))
    people.disposition[rows] = trait(3, mean("disposition", None))
    people.expressiveness[rows] = trait(4, mean("expressiveness", None))
    people.receptivity[rows] = trait(5, mean("receptivity", None))
    centre = drawing.legitimacy if group.legitimacy is None else group.legitimacy
    people.legitimacy[rows] = trait(6, centre + mean("legitimacy", None), drawing.legitimacy_sd)
    people.violence_threshold[rows] = drawing.violence_threshold + drawing.violence_threshold_sd * draws[7]
    people.hope[rows] = trait(8, mean("hope", group.hope))
    speeds = mean("speed", group.speed_mps)
    speed = speeds * (1.0 + drawing.speed_sd / 1.34 * draws[9])
    people.free_speed[rows] = np.clip(speed, 0.37 * speeds, 1.64 * speeds)
    people.radius[rows] = people.soft_radius[rows] = drawing.radius_m
    people.gap_s[rows] = drawing.gap_s
    people.anger[rows] = drawing.anger_rest * people.hardship[rows]
    if group.anger is not None:
        people.anger[rows] = trait(10, np.full(len(rows), group.anger))
    if group.fear is not None:
        people.fear[rows] = trait(11, np.full(len(rows), group.fear))
    span = drawing.join_most + drawing.join_first
    people.join_threshold[rows] = mean("waits", None) * np.maximum(0.0, span * draws[12] - drawing.join_first)
    share = drawing.online if group.online is None else group.online
    people.online[rows] = draws[13] < share
    people.vulnerability[rows] = mean("vulnerability", group.frailty)
    people.grievance[rows] = people.hardship[rows]
    people.identity[rows] = people.base_identity[rows]
    if group.window is not None:
        summon(people, rows, group.window, noise)


def _draw_parties(people: People, rows: Longs, drawing: Drawing, noise: Noise) -> None:
    """Say who came with whom: people of one role, two to five together; most gatherings are made of such (McPhail)."""
    i, end = int(rows[0]), int(rows[-1]) + 1
    while i < end:
        size = 1
        if noise.uniform(Stream.COMPANY, 0, i) >= drawing.alone:
            size = 2
            while size < MOST_TOGETHER and noise.uniform(Stream.COMPANY, size, i) < drawing.one_more:
                size += 1
        last = i + 1
        while last < min(end, i + size) and people.role[last] == people.role[i]:
            last += 1
        people.party[i:last] = i
        i = last


def _place(people: People, rows: Longs, group: GroupSpec, noise: Noise, ground: Ground | None) -> None:
    """Give everybody of one group the place they come in at and the spot they make for, companions side by side."""
    reach, places = group.drawing.together_m, dict[int, tuple[Point, Point]]()
    for i in rows:
        first = int(people.party[i])
        if first == i:
            start = point_in(group.spawn, noise, 0, int(i), ground)
            spot = point_in(group.post, noise, 1, int(i), ground) if group.post else start
            places[first] = start, spot
        else:
            their_start, their_spot = places[first]
            start = _beside(their_start, group.spawn, reach, noise, 0, int(i), ground)
            spot = _beside(their_spot, group.post, reach, noise, 1, int(i), ground) if group.post else start
        if NEVER < people.arrival_tick[i] <= 0:
            start = spot
        people.x[i], people.y[i] = start.x, start.y
        people.spot_x[i], people.spot_y[i] = spot.x, spot.y


def _beside(
    other: Point, regions: Sequence[Region], reach_m: float, noise: Noise, tick: int, person: int, ground: Ground | None
) -> Point:
    """A place of the regions near another, keyed by tick and person; anywhere in them when there is none."""
    for attempt in range(BESIDE):
        at = 2 * (tick * BESIDE + attempt)
        dx = reach_m * (2.0 * noise.uniform(Stream.COMPANY, MOST_TOGETHER + at, person) - 1.0)
        dy = reach_m * (2.0 * noise.uniform(Stream.COMPANY, MOST_TOGETHER + at + 1, person) - 1.0)
        point = Point(other.x + dx, other.y + dy)
        inside = any(region.contains(point) for region in regions)
        if inside and (ground is None or ground.clear(point.x, point.y, point.x, point.y)):
            return point
    return point_in(regions, noise, tick, person, ground)


@kernel
def _draw(key: NDArray[np.uint32], rows: Longs, stream: int) -> Floats:
    """Shape (14, rows): twelve standard normal numbers and two uniform ones for each row."""
    draws = np.empty((14, len(rows)))
    for k, i in enumerate(rows):
        for number in range(12):
            draws[number, k] = normal(key, stream, number, i)
        for number in range(12, 14):
            draws[number, k] = uniform(key, stream, number, i)
    return draws
