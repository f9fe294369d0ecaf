"""A case: one order before its judge, with the questions several requirements ask of it."""

from dataclasses import dataclass

from sim.crowd.people import Act
from sim.doctrine.fact import Fact, facts_named
from sim.scenario.response import Response
from sim.scenario.scenario import Playbook
from sim.world.knowledge import Announcement
from sim.world.nearby import participants_near, present_near
from sim.world.order import Order
from sim.world.way_out import WayOut, ways_out
from sim.world.world import World

AROUND_M = 60.0
"""An order concerns the people within this distance of where it takes place."""
FAR_M = 150.0
"""People within this distance would leave by the same ways (assumed)."""
WARNING_FRESH_MIN = 30.0
"""A warning counts for half an hour (assumed)."""
VIOLENT_SHARE = 0.1
"""Violence is the crowd's, not a few people's, from this share of those present on (assumed, after GC37 para 17-19)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One order before its judge."""

    world: World
    playbook: Playbook
    response: Response
    order: Order
    x: float
    y: float

    def violent(self) -> tuple[int, int]:
        """People around who used violence in the last 60 s, and people around."""
        rows = present_near(self.world, self.x, self.y, AROUND_M)
        acts = self.world.crowd.people.act
        violent = sum(1 for i in rows if self.world.is_offender(int(i)) and int(acts[i]) <= int(Act.ATTACK))
        return violent, len(rows)

    def warnings(self) -> list[Announcement]:
        """Appeals and orders to this crowd in the last half hour that at least half of those near could understand."""
        now = self.world.tick
        return [
            a
            for a in self.world.announcements
            if a.leave > 0.0 and a.understood >= 0.5 and (now - a.tick) / 600.0 <= WARNING_FRESH_MIN
        ]

    def warned_ago(self) -> list[float]:
        """How many minutes ago each of them was."""
        return [(self.world.tick - a.tick) / 600.0 for a in self.warnings()]

    def group_of(self, source: str) -> str:
        """The group of responses something was ordered from, "" for what the timeline brought."""
        response = self.playbook.responses.get(source)
        return response.group if response is not None else ""

    def ways(self) -> list[WayOut]:
        """Every way out from where the order takes place."""
        return ways_out(self.world, self.x, self.y)

    def people(self) -> int:
        """Participants within 150 m, who would have to leave."""
        return len(participants_near(self.world, self.x, self.y, FAR_M))

    def facts(self) -> tuple[Fact, ...]:
        """The facts the order's note names."""
        return facts_named(self.world, self.playbook, self.order)

    def text(self, name: str) -> str:
        """A parameter of the order as text, without blanks round it."""
        return str(self.order.parameters.get(name, "")).strip()
