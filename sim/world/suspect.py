"""Suspect: what is known of one person's offence, and for how long they can be pointed out for it."""

from dataclasses import dataclass

DESCRIBED_TICKS = 6000
"""Whom one of ours saw do it is described well enough for ten minutes (assumed)."""
ON_RECORD_TICKS = 18_000
"""Whom film or witnesses show is still recognised half an hour later (assumed)."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """The last offence of a person of which it is known who did it."""

    tick: int
    """When it was."""
    on_record: bool
    """True when film or witnesses show who it was, False when one of ours saw it and can describe them."""

    def holds(self, tick: int) -> bool:
        """Return whether the person can still be pointed out at that tick."""
        return tick - self.tick <= (ON_RECORD_TICKS if self.on_record else DESCRIBED_TICKS)
