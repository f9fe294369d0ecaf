"""What a run does not change: the places, demands, rumours, lanes and names the scenario brought."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.core.geometry import Point, Polygon, Rect
from sim.core.phrase import LText

Region = Rect | Polygon


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named part of the site."""

    id: str
    name: LText
    region: Region
    exit_width_m: float = 0.0
    """Width people can leave through, 0 when this is no exit."""
    hazard: LText | None = None
    """What makes a crowd dangerous here (stairs, water, live traffic), if anything."""
    seats: int = 0
    """For how many people there is room inside, 0 where nobody is let in."""
    lit: bool = True
    """False where there is no light after dusk."""

    def holds(self, x: float, y: float) -> bool:
        """True when the point lies in it."""
        return self.region.contains(Point(x, y))

    @property
    def centre(self) -> Point:
        """Middle of the region's bounds."""
        return self.region.centre if isinstance(self.region, Rect) else self.region.centroid


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One traffic lane that vehicles can block and an ambulance can use."""

    id: str
    name: LText
    x0: float
    x1: float
    y: float
    """Lanes run west to east; y of the axis, m."""
    emergency: bool = False
    """True when ambulances may use it to reach the hospital."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Something the crowd wants."""

    id: str
    name: LText
    weight: float
    """How much it really matters to them, 0..1: hidden from the trainee until listened to."""
    spoken: bool = True
    """False for what people do not say before they trust somebody."""
    grantable_by: tuple[str, ...] = ()
    """Unit codes whose authority covers a commitment on this (police: `CMD`; the department: `GOV`)."""
    by_group: Mapping[str, float] = field(default_factory=dict)
    """Weight for groups to whom it matters more or less."""
    needs: str = "date"
    """Rung of the ladder from which it counts as answered."""
    most: str = "decision"
    """Highest rung those who may grant it can promise on the day."""
    takes_days: float = 7.0
    """How long doing it takes: a date that is sooner is likely to be missed."""

    def weight_for(self, group: str) -> float:
        """How much it matters to a group, 0..1."""
        return self.by_group.get(group, self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class RumourTopic:
    """A claim that can spread."""

    id: str
    claim: LText
    true: bool
    """Whether it is so. Never shown before it is verified."""
    evidence_min: float
    """Minutes of checking until evidence can be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Everything named in a run. Shared by all forks, never changed."""

    scenario: str
    title: LText
    start_min: float
    """Scenario minute of tick 0."""
    end_min: float
    """Scenario minute at which the on-scene part closes at the latest."""
    aftermath_days: float = 0.0
    """How long the days after are played once it has closed; 0 ends the run there."""
    width_m: float
    height_m: float
    places: Mapping[str, Place]
    lanes: Mapping[str, Lane]
    demands: Mapping[str, Demand]
    rumours: tuple[RumourTopic, ...]
    """In the order of `People.rumour`'s columns."""
    gathering: Point
    """Middle of where the first group of participants gathers."""
    groups: tuple[str, ...]
    """Ids in the order of `People.group`."""
    group_names: tuple[LText, ...]
    gates: Mapping[str, LText]
    """What each gate is called, by id."""
    field_names: tuple[str, ...]
    """Destinations in the order of `Ground.fields`."""
    reliability: Mapping[str, float] = field(default_factory=dict)
    """By unit code: chance that what it promises within its authority is done by its day."""
    most_representatives: int = 5
    """How many the law here lets speak for a crowd at a meeting."""

    @property
    def last_min(self) -> float:
        """Scenario minute at which the whole run is over at the latest."""
        return self.end_min + self.aftermath_days * 1440.0

    def minute(self, tick: int) -> float:
        """Scenario minute of a tick."""
        return self.start_min + tick / 600.0

    def tick(self, minute: float) -> int:
        """Tick of a scenario minute."""
        return round((minute - self.start_min) * 600.0)

    def group_mask(self, group: str) -> int:
        """Bit mask of one group for `Stimulus.groups`; 0 (everybody) for ""."""
        return 0 if not group else 1 << self.groups.index(group)

    def rumour_index(self, rumour: str) -> int:
        """Column of a rumour, -1 if there is none of that id."""
        return next((k for k, topic in enumerate(self.rumours) if topic.id == rumour), -1)
