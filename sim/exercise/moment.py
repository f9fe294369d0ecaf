"""Moment: what many responses ask of a world alike, found out once; good for as long as nothing happens in it."""

from functools import cached_property

from sim.exercise.whereabouts import crowd_middle, lanes_in_question
from sim.world.activity import Activity
from sim.world.world import World


class Moment:
    """A world as it stands, between one thing that happens and the next."""

    def __init__(self, world: World) -> None:
        """Nothing is found out before it is asked for."""
        self.world = world

    @cached_property
    def crowd(self) -> tuple[float, float]:
        """Where most people are, as far as anybody knows, m."""
        return crowd_middle(self.world)

    @cached_property
    def lanes(self) -> list[str]:
        """Every lane, the one it makes most sense to ask for first."""
        return lanes_in_question(self.world)

    @cached_property
    def under_way(self) -> dict[str, list[Activity]]:
        """What is being done, by the response it came from."""
        found: dict[str, list[Activity]] = {}
        for activity in self.world.live():
            found.setdefault(activity.source, []).append(activity)
        return found
