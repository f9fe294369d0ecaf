"""Head count: how many people the reports come to when nobody is added twice."""

from dataclasses import dataclass, field

from sim.crowd.ground import Ground
from sim.world.report import Report, in_view_of, sight_m


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks that still say something, and the ground they were taken over."""

    reports: tuple[Report, ...]
    ground: Ground = field(compare=False, repr=False)
    _people: int = field(init=False, compare=False, repr=False, default=-1)
    """What `people` has returned: it is worked out when somebody asks."""

    def people(self) -> int:
        """People there as far as the units can tell.

        The newest look counts whole. Of an older one only those count who stood where no newer one could see: the
        others are in the newer one, or have left. Each number is off by a tenth or more, as its report is.
        """
        if self._people < 0:
            object.__setattr__(self, "_people", self._count())
        return self._people

    def _count(self) -> int:
        newest_first = sorted(self.reports, key=lambda r: (-r.seen_tick, r.unit))
        people = 0.0
        for k, report in enumerate(newest_first):
            x, y = report.x, report.y
            for newer in newest_first[:k]:
                if not len(x):
                    break
                dx, dy = newer.from_x - report.from_x, newer.from_y - report.from_y
                reach = sight_m(overhead=newer.overhead) + sight_m(overhead=report.overhead)
                if dx * dx + dy * dy >= reach * reach:
                    continue
                alone = ~in_view_of(newer, x, y, self.ground)
                x, y = x[alone], y[alone]
            if len(report.x):
                people += report.estimate * len(x) / len(report.x)
        return round(people)
