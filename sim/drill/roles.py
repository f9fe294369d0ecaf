"""Roles: the seats of a squad, what each hears and what each may propose; the rest of the room looks on or controls."""

from collections.abc import Collection, Iterable
from typing import Literal, get_args

from sim.core.phrase import Phrase
from sim.scenario.response import GROUPS, Response
from sim.world.message import Via

Seat = Literal[
    "commander",
    "gold",
    "silver",
    "bronze",
    "liaison",
    "public_information",
    "legal",
    "tactical",
]
SEATS: tuple[Seat, ...] = get_args(Seat)
OBSERVER = "observer"
CONTROLLER = "controller"
SCREEN = "screen"
"""The picture everybody in the room looks at."""

TITLES = {
    "commander": Phrase("commander"),
    "gold": Phrase("gold: aims and limits"),
    "silver": Phrase("silver: the plan"),
    "bronze": Phrase("bronze: on the ground"),
    "liaison": Phrase("liaison and negotiation"),
    "public_information": Phrase("public information"),
    "legal": Phrase("legal adviser and recorder"),
    "tactical": Phrase("tactical lead"),
    OBSERVER: Phrase("observer"),
    CONTROLLER: Phrase("instructor"),
}
"""What each role is called."""

_CHIEF = (Via.RADIO, Via.COMMAND, Via.CLOCK)
HEARS: dict[str, tuple[Via, ...]] = {
    "commander": _CHIEF,
    "gold": (Via.COMMAND, Via.DEPARTMENT, Via.CLOCK),
    "silver": _CHIEF,
    "bronze": (Via.RADIO, Via.SCENE, Via.CLOCK),
    "liaison": (Via.SCENE, Via.DEPARTMENT, Via.CLOCK),
    "public_information": (Via.SOCIAL, Via.MEDIA, Via.INFORMATION, Via.CLOCK),
    "legal": (Via.COMMAND, Via.DEPARTMENT, Via.CLOCK),
    "tactical": (Via.RADIO, Via.CALL, Via.HOSPITAL, Via.CLOCK),
}
"""Channels that end at each seat (assumed, after the division of work in a command post). What no filled seat hears
reaches the chief."""

PROPOSES: dict[str, tuple[str, ...]] = {
    "commander": GROUPS,
    "gold": ("command", "statement", "dispersal"),
    "silver": GROUPS,
    "bronze": ("posture", "containment", "facilitation", "targeted", "care"),
    "liaison": ("negotiation", "facilitation", "law", "care"),
    "public_information": ("statement", "information", "law"),
    "legal": ("law", "command", "information"),
    "tactical": ("posture", "containment", "facilitation", "dispersal", "targeted", "care"),
}
"""Kinds of response each seat may propose (assumed). What no filled seat may propose the chief may."""

SHOWS: dict[str, tuple[str, ...]] = {
    "commander": ("crowd", "units"),
    "gold": ("talks",),
    "silver": ("crowd", "units"),
    "bronze": ("crowd", "units"),
    "liaison": ("talks",),
    "public_information": ("claims",),
    "legal": ("rulings",),
    "tactical": ("crowd", "units"),
}
"""Pages of the post that lie before each seat. What lies before no filled seat lies before the chief."""
PAGES = ("crowd", "units", "talks", "claims", "rulings")


def heard_by(seat: str, chief: str, filled: Collection[str]) -> tuple[Via, ...]:
    """Channels that end at a seat, in the order of `Via`; the chief also hears what nobody else would."""
    return tuple(via for via in Via if via in HEARS[seat] or (seat == chief and _nobody(via, HEARS, filled)))


def proposed_by(seat: str, chief: str, filled: Collection[str]) -> tuple[str, ...]:
    """Kinds of response a seat may propose, in the order of `GROUPS`."""
    own = PROPOSES[seat]
    return tuple(g for g in GROUPS if g in own or (seat == chief and _nobody(g, PROPOSES, filled)))


def shown_to(seat: str, chief: str, filled: Collection[str]) -> tuple[str, ...]:
    """Pages that lie before a seat."""
    return tuple(p for p in PAGES if p in SHOWS[seat] or (seat == chief and _nobody(p, SHOWS, filled)))


def may_propose(response: Response, seat: str, chief: str, filled: Collection[str]) -> bool:
    """True when this seat may propose this response; waiting may be proposed by everybody."""
    return response.id == "hold" or response.group in proposed_by(seat, chief, filled)


def _nobody(what: object, table: dict[str, tuple[object, ...]] | object, filled: Iterable[str]) -> bool:
    assert isinstance(table, dict)
    return not any(what in table[seat] for seat in filled)
