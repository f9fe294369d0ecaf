"""The site as an author draws it: metres, origin south-west, x east, y north."""

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.core.geometry import Point, Polygon, Rect
from sim.core.phrase import Phrase
from sim.effects import Number
from sim.scenario.words import Data, Words
from sim.world.setting import Region

Rung = Literal["heard", "receipt", "named_official", "date", "interim_measure", "decision", "policy_change"]


class Area(Data):
    """A rectangle `rect: [x0, y0, x1, y1]` or a polygon `polygon: [[x, y], ...]`, in metres."""

    rect: tuple[float, float, float, float] | None = None
    polygon: tuple[tuple[float, float], ...] | None = None

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

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Words
    area: Area
    exit_width_m: float = Field(default=0.0, ge=0, le=200, description="Width people can leave through; 0 is no exit.")
    hazard: Words | None = None
    seats: int = Field(
        default=0, ge=0, description="For how many people there is room inside; 0 where nobody is let in."
    )
    lit: bool = Field(default=True, description="False where there is no light after dusk.")


class LaneData(Data):
    """One traffic lane, west to east."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Words
    x0_m: float
    x1_m: float
    y_m: float
    emergency: bool = False


class Solid(Data):
    """Something nobody walks through: a building, a wall, a fence."""

    name: Words
    area: Area


class Slow(Data):
    """Ground on which people walk more slowly: steps, a slope, sand."""

    name: Words
    area: Area
    speed: Number = Field(description="Share of the free speed one walks with there, above 0 to 1.")


class GateData(Data):
    """A row of barriers, planters or shutters across a way, which can be opened for the rest of the run."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Words
    ends: tuple[float, float, float, float] = Field(description="From [x0, y0, to x1, y1], in metres.")
    open: bool = False


class SiteData(Data):
    """The ground of a scenario."""

    width_m: float = Field(gt=10, le=2000)
    height_m: float = Field(gt=10, le=2000)
    cell_m: float = Field(default=1.0, ge=0.25, le=2.0)
    solids: tuple[Solid, ...] = ()
    places: tuple[PlaceData, ...]
    lanes: tuple[LaneData, ...] = ()
    slow: tuple[Slow, ...] = ()
    gates: tuple[GateData, ...] = ()


class RumourData(Data):
    """A claim that can spread."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    claim: Words
    true: bool
    evidence_min: Number


class DemandData(Data):
    """Something the crowd wants."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Words
    weight: Number
    spoken: bool = True
    grantable_by: tuple[str, ...] = ()
    by_group: dict[str, Number] = Field(default={}, description="Weight for groups to whom it matters more or less.")
    needs: Rung = Field(default="date", description="How far an answer has to go to count as one.")
    most: Rung = Field(default="decision", description="The furthest that can be promised on the day.")
    takes_days: Number = Field(
        default=Number(assumed=7), description="How long doing it takes; sooner dates are missed."
    )
