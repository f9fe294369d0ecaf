"""What every board in the terminal is: one side of the incident as lines of text, and the orders it can lead to."""

from typing import ClassVar

from sim.console.lines import Lines
from sim.console.post import Post
from sim.seat.draft import Draft


class Board:
    """One board of one run."""

    name: ClassVar[str]
    """Its id; no two boards share one."""
    title: ClassVar[str]
    """What it is called, in English."""
    place: ClassVar[int]
    """Boards are listed in the order of these numbers: 10 before the incident, 50 while it goes on, 90 after it."""

    def offered(self, post: Post) -> bool:
        """True while this run has a use for it."""
        return True

    def waiting(self, post: Post) -> int:
        """How many things on it wait for the commander."""
        return 0

    def lines(self, post: Post, width: int) -> Lines:
        """All of it."""
        raise NotImplementedError

    def acts(self, post: Post) -> list[tuple[str, Draft]]:
        """What can be done from here: what to call it in the speaker's language, and the order to be completed."""
        return []
