"""The cast: groups of people and the units there are to deal with them."""

from typing import Literal

from pydantic import Field

from sim.effects import Number
from sim.scenario.words import Data, Words

RoleName = Literal[
    "core",
    "organiser",
    "sympathiser",
    "bystander",
    "agitator",
    "journalist",
    "vulnerable",
    "worker",
]


class Window(Data):
    """A stretch of scenario minutes."""

    from_min: float
    to_min: float


class Group(Data):
    """People who came for the same thing."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Words
    people: int = Field(ge=1, le=2000)
    roles: dict[RoleName, float] = Field(min_length=1, description="Share of each role; shares add up to 1.")
    participant: bool = Field(
        default=True, description="False for people who are only there: travellers, shops, press."
    )
    hardship: Number | None = None
    hope: Number | None = None
    anger: Number | None = None
    legitimacy: Number | None = None
    online: Number = Number(assumed=0.7)
    speed_mps: Number | None = Field(default=None, description="Mean walking speed; by role when left out.")
    frailty: Number | None = Field(
        default=None, description="Times the odds of harm of others; the frail tire sooner. By role when left out."
    )
    arrives: Window | None = Field(
        default=None, description="When they come; none comes unasked without it (see `gather`)."
    )
    spawn: tuple[str, ...] = Field(min_length=1, description="Places they come from.")
    post: tuple[str, ...] = Field(default=(), description="Places where they gather.")
    errand: str | None = Field(default=None, description="Where they are only passing to; gone on arrival.")
    exits: tuple[str, ...] = Field(default=(), description="Exits they may leave by.")
    patience_min: Number = Number(assumed=400.0)


class UnitData(Data):
    """One team on the roster."""

    id: str = Field(pattern=r"^[A-Z]+-[0-9]+$")
    code: str = Field(pattern=r"^[A-Z]{3}$")
    strength: int = Field(ge=1, le=60)
    arrives_min: float
    at: str = Field(description="Place where it comes on scene.")
    speed_mps: Number = Number(assumed=1.6)
    mandate: bool = Field(default=False, description="Department: may decide.")
