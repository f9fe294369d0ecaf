"""Messages: what reaches a seat by radio, telephone, screen or word of mouth, and when."""

from dataclasses import dataclass
from enum import StrEnum

from sim.core.phrase import LText, Phrase


class Via(StrEnum):
    """The channel a message came by."""

    RADIO = "radio"
    CALL = "call"
    SCENE = "scene"
    SOCIAL = "social"
    DEPARTMENT = "department"
    COMMAND = "command"
    HOSPITAL = "hospital"
    MEDIA = "media"
    CLOCK = "clock"
    INFORMATION = "information"


class About(StrEnum):
    """What kind of thing a message calls for; how automatic players and the screens sort it."""

    REPORT = "report"
    SIGNAL = "signal"
    RUMOUR = "rumour"
    EMERGENCY = "emergency"
    CASUALTY = "casualty"
    THREAT = "threat"
    GATHERING = "gathering"
    DECISION_MAKER = "decision_maker"
    MISCONDUCT = "misconduct"
    CROWDING = "crowding"
    PRESSURE = "pressure"
    MEDIA = "media"
    DEPARTURE = "departure"
    AFTERMATH = "aftermath"
    COMFORT = "comfort"
    """What people need who stay: water, shade, seats, a door that is open."""
    DARK = "dark"
    TRANSPORT = "transport"
    RISK = "risk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to a seat. Whether it is true is not in it."""

    serial: int
    tick: int
    """When it reaches the seat."""
    via: Via
    about: About
    text: LText | Phrase
    sender: str = ""
    """Unit id or inject id it came from."""
    place: str = ""
    ref: str = ""
    """Id of the signal, rumour, lane or offer it is about."""
    grade: str = "C"
    """Reliability of the source: A (own eyes) .. E (unknown)."""
    needs_answer: bool = False
    """True when the run stops for it under "run until something needs me"."""
    answer_by_tick: int = 0
    """0 when there is no time limit."""
