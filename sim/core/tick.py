"""Time as whole ticks of a tenth of a second; seconds and clock faces exist only at the edges."""

import math
import re

from sim.core.errors import BadInput
from sim.core.phrase import Phrase

TICKS_PER_SECOND = 10
"""How many ticks make one second of simulated time."""

TICK_S = 0.1
"""The length of a tick in seconds."""

DAY_MIN = 1440
"""Minutes of a day."""

LONG_MIN = 600
"""From so many minutes on nobody reads minutes any more."""

_CLOCK = re.compile(r"(-?)([0-9]{1,5}):([0-5][0-9])")


def to_ticks(seconds: float) -> int:
    """Return the tick nearest to `seconds`; halfway goes to the later one.

    Raises:
        BadInput: `seconds` is infinite or not a number.
    """
    if not math.isfinite(seconds):
        raise BadInput.of("bad-time", Phrase("a time must be a finite number of seconds"))
    return math.floor(seconds * TICKS_PER_SECOND + 0.5)


def to_seconds(tick: int) -> float:
    """Return the time of `tick` in seconds, the float nearest to the true tenth."""
    return tick / TICKS_PER_SECOND


def clock(tick: int, start_min: int = 0) -> str:
    """Return scenario time as minutes and seconds, such as `-60:00`, `08:30` or `185:00`.

    Tick 0 is minute `start_min`. A second is shown from its first tick to its last, before minute 0 too.
    """
    seconds = start_min * 60 + tick // TICKS_PER_SECOND
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes:02d}:{rest:02d}"


def face(tick: int, start_min: int = 0) -> Phrase:
    """Return scenario time as a person reads it: `clock`, and from ten hours after minute 0 on days, hours, minutes."""
    minutes = start_min + tick // (60 * TICKS_PER_SECOND)
    if minutes < LONG_MIN:
        return Phrase.literal(clock(tick, start_min))
    time = f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
    return Phrase("{days}d {clock}", days=minutes // DAY_MIN, clock=time)


def parse_clock(text: str, start_min: int = 0) -> int:
    """Return the first tick at which `clock` shows `text`; negative when that is before the start.

    Raises:
        BadInput: `text` is not minutes and two digits of seconds, with a minus sign or none.
    """
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise BadInput.of(
            "bad-clock",
            Phrase("{text} is not a time of the form MM:SS", text=text[:40]),
            hint=Phrase('write minutes, a colon and two digits of seconds, such as "08:30" or "-60:00"'),
        )
    sign = -1 if match[1] else 1
    return (sign * (int(match[2]) * 60 + int(match[3])) - start_min * 60) * TICKS_PER_SECOND
