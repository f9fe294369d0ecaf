"""The cast: groups of people and the units there are to deal with them."""

from typing import Annotated, Literal

from pydantic import Field

from sim.effects import Number, Positive, Share, Within
from sim.scenario.words import ID, Data, Words, ids_of

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

    from_min: float = Field(description="First minute.")
    to_min: float = Field(description="Last minute.")


class Group(Data):
    """People who came for the same thing."""

    id: str = Field(pattern=ID, description="A name of its own.")
    name: Words = Field(description="Who they are, as the screen calls them.")
    people: int = Field(ge=1, le=2000, description="How many may come.")
    roles: dict[RoleName, float] = Field(min_length=1, description="Share of each role; shares add up to 1.")
    participant: bool = Field(
        default=True, description="False for people who are only there: travellers, shops, press."
    )
    hardship: Share | None = Field(default=None, description="Mean grievance they bring; by role when left out.")
    hope: Share | None = Field(default=None, description="Mean hope that talking works; by role when left out.")
    anger: Share | None = Field(default=None, description="Mean anger on arrival; by role when left out.")
    legitimacy: Share | None = Field(
        default=None, description="Mean of how far they hold the police to be just; by role when left out."
    )
    online: Share = Field(default=Number(assumed=0.7), description="Share that reads what is posted.")
    speed_mps: Annotated[Number, Within(0.01, 5.0)] | None = Field(
        default=None, description="Mean walking speed; by role when left out."
    )
    frailty: Annotated[Number, Within(0.1, 20.0)] | None = Field(
        default=None, description="Times the odds of harm of others; the frail tire sooner. By role when left out."
    )
    arrives: Window | None = Field(
        default=None, description="When they come; none comes unasked without it (see `gather`)."
    )
    spawn: tuple[str, ...] = Field(
        min_length=1, json_schema_extra=ids_of("place"), description="Places they come from."
    )
    post: tuple[str, ...] = Field(
        default=(), json_schema_extra=ids_of("place"), description="Places where they gather."
    )
    errand: str | None = Field(
        default=None, json_schema_extra=ids_of("place"), description="Where they are only passing to; gone on arrival."
    )
    exits: tuple[str, ...] = Field(
        default=(), json_schema_extra=ids_of("exit"), description="Exits they may leave by; all when left out."
    )
    patience_min: Positive = Field(
        default=Number(assumed=400.0), description="How long they stay of their own accord when nothing happens."
    )


class UnitData(Data):
    """One team on the roster."""

    id: str = Field(pattern=r"^[A-Z]+-[0-9]+$", description="Its call sign, such as PAT-1.")
    code: str = Field(
        pattern=r"^[A-Z]{3}$",
        json_schema_extra=ids_of("unit-code"),
        description="What kind of team it is, such as LIA for dialogue officers; responses ask for codes.",
    )
    strength: int = Field(ge=1, le=60, description="How many officers or people it has.")
    arrives_min: float = Field(description="Minute at which it is on scene; from the start when earlier than that.")
    at: str = Field(json_schema_extra=ids_of("place"), description="Place where it comes on scene.")
    speed_mps: Annotated[Number, Within(0.1, 15.0)] = Field(
        default=Number(assumed=1.6), description="How fast it moves."
    )
    mandate: bool = Field(default=False, description="Department: may decide.")
