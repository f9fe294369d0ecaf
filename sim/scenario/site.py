"""The site as an author draws it: metres, origin south-west, x east, y north."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.core.geometry import Point, Polygon, Rect
from sim.core.phrase import Phrase
from sim.effects import Number, Positive, Share, Within
from sim.scenario.words import ID, Data, Words, ids_of
from sim.world.setting import Region

Rung = Literal["heard", "receipt", "named_official", "date", "interim_measure", "decision", "policy_change"]


class Area(Data):
    """A rectangle `rect: [x0, y0, x1, y1]` or a polygon `polygon: [[x, y], ...]`, in metres."""

    rect: tuple[float, float, float, float] | None = Field(
        default=None, description="[west, south, east, north] in metres from the south-west corner."
    )
    polygon: tuple[tuple[float, float], ...] | None = Field(
        default=None, description="Corners [x, y] in metres, one after the other; the last joins the first."
    )

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        if (self.rect is None) == (self.polygon is None):
            raise ValueError(
                Phrase("an area is given either by rect or by polygon"),
                Phrase("write {example}", example="rect: [x0, y0, x1, y1]"),
            )
        if self.rect is not None and (self.rect[0] >= self.rect[2] or self.rect[1] >= self.rect[3]):
            raise ValueError(
                Phrase("the sides of this rectangle are the wrong way round"),
                Phrase("write [west, south, east, north]: west less than east, south less than north"),
            )
        if self.polygon is not None and len(self.polygon) < 3:
            raise ValueError(
                Phrase("this polygon has fewer than three corners"),
                Phrase("write {example}", example="polygon: [[x, y], [x, y], [x, y]]"),
            )
        return self

    @property
    def region(self) -> Region:
        """The shape."""
        if self.rect is not None:
            return Rect(*self.rect)
        assert self.polygon is not None
        return Polygon(tuple(Point(x, y) for x, y in self.polygon))

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Corner points."""
        if self.rect is not None:
            x0, y0, x1, y1 = self.rect
            return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
        assert self.polygon is not None
        return self.polygon


class PlaceData(Data):
    """A named part of the site."""

    id: str = Field(pattern=ID, description="A name of its own, by which groups, units and injects refer to it.")
    name: Words = Field(description="What it is called on the map.")
    area: Area = Field(description="Where it is.")
    exit_width_m: float = Field(default=0.0, ge=0, le=200, description="Width people can leave through; 0 is no exit.")
    hazard: Words | None = Field(
        default=None, description="What makes a crowd dangerous here (stairs, water, traffic); shown on the map."
    )
    seats: int = Field(
        default=0, ge=0, le=20000, description="For how many people there is room inside; 0 where nobody is let in."
    )
    lit: bool = Field(default=True, description="False where there is no light after dusk.")


class LaneData(Data):
    """One traffic lane, west to east."""

    id: str = Field(pattern=ID, description="A name of its own.")
    name: Words = Field(description="What it is called on the map.")
    x0_m: float = Field(description="Its west end.")
    x1_m: float = Field(description="Its east end.")
    y_m: float = Field(description="How far north it runs.")
    emergency: bool = Field(default=False, description="True when ambulances may take it.")


class Solid(Data):
    """Something nobody walks through: a building, a wall, a fence."""

    name: Words = Field(description="What it is called on the map.")
    area: Area = Field(description="Where it is.")


class Slow(Data):
    """Ground on which people walk more slowly: steps, a slope, sand."""

    name: Words = Field(description="What it is called.")
    area: Area = Field(description="Where it is.")
    speed: Annotated[Number, Within(0.05, 1.0)] = Field(
        description="Share of the free speed one walks with there, above 0 to 1."
    )


class GateData(Data):
    """A row of barriers, planters or shutters across a way, which can be opened for the rest of the run."""

    id: str = Field(pattern=ID, description="A name of its own; once opened, the flag `opened:ID` is true.")
    name: Words = Field(description="What it is called on the map.")
    ends: tuple[float, float, float, float] = Field(description="From [x0, y0, to x1, y1], in metres.")
    open: bool = Field(default=False, description="True when it stands open from the start.")


class SiteData(Data):
    """The ground of a scenario."""

    width_m: float = Field(gt=10, le=2000, description="West to east.")
    height_m: float = Field(gt=10, le=2000, description="South to north.")
    cell_m: float = Field(
        default=1.0,
        ge=0.25,
        le=2.0,
        description="Side of the squares the ground is computed in; smaller where ways are narrow, and slower.",
    )
    solids: tuple[Solid, ...] = Field(default=(), max_length=400, description="What nobody walks through.")
    places: tuple[PlaceData, ...] = Field(max_length=100, description="Named parts of the site, exits among them.")
    lanes: tuple[LaneData, ...] = Field(default=(), max_length=20, description="Traffic lanes.")
    slow: tuple[Slow, ...] = Field(default=(), max_length=100, description="Ground one walks on more slowly.")
    gates: tuple[GateData, ...] = Field(default=(), max_length=60, description="Barriers that can be opened.")


class RumourData(Data):
    """A claim that can spread."""

    id: str = Field(pattern=ID, description="A name of its own; once checked, the flag `verified:ID` is true.")
    claim: Words = Field(description="What is claimed.")
    true: bool = Field(alias="is_true", description="Whether it is so; never shown before it has been checked.")
    evidence_min: Positive = Field(description="How long checking takes until there is something to show.")


class DemandData(Data):
    """Something the crowd wants."""

    id: str = Field(pattern=ID, description="A name of its own.")
    name: Words = Field(description="What is demanded.")
    weight: Share = Field(description="How much it matters to them; hidden until they have been listened to.")
    spoken: bool = Field(default=True, description="False for what people do not say before they trust somebody.")
    grantable_by: tuple[str, ...] = Field(
        default=(), json_schema_extra=ids_of("code"), description="Codes of the units whose authority covers it."
    )
    by_group: dict[str, Share] = Field(
        default={}, json_schema_extra=ids_of("group"), description="Weight for groups to whom it matters more or less."
    )
    needs: Rung = Field(default="date", description="How far an answer has to go to count as one.")
    most: Rung = Field(default="decision", description="The furthest that can be promised on the day.")
    takes_days: Positive = Field(
        default=Number(assumed=7), description="How long doing it takes; sooner dates are missed."
    )
