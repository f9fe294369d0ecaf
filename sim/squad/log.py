"""The log of a room, as the host asks for it; where it is kept is somebody else's business."""

from collections.abc import Sequence
from typing import Protocol

from sim.drill.squad import Squad
from sim.squad.costs import Known
from sim.squad.room import Room
from sim.world.journal import Entry


class Log(Protocol):
    """A log that grows."""

    def write(self, entries: Sequence[Entry]) -> None:
        """Adds entries; they are on the disk when this returns. Raises OSError when they cannot be."""

    def keep(self, name: str, squad: Squad) -> None:
        """Brings the ordinary journal of a squad up to date; it follows from the log, so a loss can be made good."""

    def price(self, name: str, squad: Squad, known: Known) -> None:
        """Adds to the result of a squad that is over what the review has found of it, once that is all it will."""

    def stand(self, room: Room) -> None:
        """Keeps where the room stands where it is time for that; the log holds everything up to now.

        Raises OSError when the log does not grow.
        """

    def close(self) -> None:
        """Forces everything to the disk and closes."""
