"""What can be perceived in one second: things seen, heard or read, and what they mean to whoever perceives them.

A stimulus never names whom it changes: the crowd works out who could see, hear or read it, and only those appraise it.
"""

from dataclasses import dataclass
from enum import IntEnum


class Channel(IntEnum):
    """How a stimulus reaches people."""

    SIGHT = 0
    """Seen: falls off with distance over r_s = 30 m / (1 + density/2), stopped by walls."""
    VOICE = 1
    """Heard: understood by signal to noise, `level_db` at 1 m against the crowd's own noise."""
    ONLINE = 2
    """Read: a share `reach` of those online, each after their own log-normal delay."""
    TOLD = 3
    """Said to the `subject` alone, from mouth to ear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stimulus:
    """One event as it can be perceived. Everything it does to a person is scaled by how much they perceived."""

    serial: int
    """Number of this stimulus in the run; keys the draws of who perceives it."""
    channel: Channel
    x: float = 0.0
    y: float = 0.0
    level_db: float = 75.0
    """VOICE: dB at 1 m (a raised voice is about 75, a hand-held loudspeaker 110, a vehicle horn system 115)."""
    prominence: float = 1.0
    """SIGHT: multiplies r_s (a scuffle is 1, a whole line advancing 2)."""
    reach: float = 0.0
    """ONLINE: share of online people reached in the end, 0..1."""
    groups: int = 0
    """Bit mask of the groups addressed; 0 means everybody. Others perceive it too, at half weight."""
    subject: int = -1
    """The person it happens to or is said to, -1 for nobody."""
    # ---- force and fairness
    force: float = 0.0
    """f_e, 0..1: force used on somebody."""
    hit: int = 0
    """How many people it hit."""
    offenders_hit: int = 0
    """How many of those had offended in the last 60 s: discriminateness is computed from the two, never set."""
    severity: float = 0.0
    """0..1, severity of the offence answered."""
    injustice: float = 0.0
    """J of an unjust act without force (an insult, a broken promise, care refused), 0..1."""
    quality: float = 0.0
    """Q, 0..1: procedural quality of a just contact (voice, neutrality, respect, motive)."""
    fear: float = 0.0
    """phi, 0..0.5 at the spot, falling with distance."""
    violent_acts: float = 0.0
    """Violent acts by members of the crowd shown by this event."""
    # ---- content
    knowledge: int = 0
    """`Knows` bits this tells."""
    hope: float = 0.0
    """-1..1: how far this shows that talk works (or does not)."""
    relief: float = 0.0
    """0..1: how far a demand really moved."""
    exits: float = 0.0
    """-1..1: what this shows about being free to leave."""
    welfare: float = 0.0
    """0..1: fatigue and discomfort taken away."""
    leave: float = 0.0
    """0..1: how strongly people are asked (appeal 0.3) or ordered (1.0) to leave."""
    rumour: int = -1
    """Which rumour this is about, -1 for none."""
    asserts: float = 0.0
    """+1 tells the rumour, -1 contradicts it; the size is how convincing (evidence shown) it is, 0..1."""
