"""What every board is: a page over the map for one side of the incident, drawn from what the seat can know."""

from typing import ClassVar

import pygame

from sim.desktop.post import Post
from sim.desktop.screen import Desk


class Board:
    """One board of one run. It gives orders as everything else does, with `Post.propose` or `Post.order`."""

    name: ClassVar[str]
    """Its id; no two boards share one."""
    title: ClassVar[str]
    """Its tab, in English."""
    place: ClassVar[int]
    """Boards stand in the order of these numbers: 10 before the incident, 50 while it goes on, 90 after it."""

    def offered(self, post: Post) -> bool:
        """True while this run has a use for it; its tab is there then."""
        return True

    def first(self, post: Post) -> bool:
        """True when this is the side of the incident a run that is opened now begins with, in place of the map."""
        return False

    def waiting(self, post: Post) -> int:
        """How many things on it wait for the commander; shown on its tab."""
        return 0

    def draw(self, desk: Desk, post: Post, rect: pygame.Rect) -> None:
        """Everything inside this rectangle, which is already cleared; does what was asked in this frame."""
        raise NotImplementedError
