"""Pricing: the squads of a room reviewed one after the other in processes of their own, once their drill is over."""

from dataclasses import dataclass, field

from sim.drill.cost import costs_of
from sim.drill.laid_out import pins_of, standings_of
from sim.drill.squad import Squad
from sim.lab.comparing import Comparing
from sim.squad.costs import Known

SQUAD_S = 90.0
"""Real time a squad is looked at for at most: a hot wash is not longer than that before its first question."""


@dataclass(slots=True)
class Pricing:
    """Looks at one squad at a time: the next that is asked for begins when it is done or its time is up."""

    _looks: dict[str, Comparing] = field(default_factory=dict)

    def watch(self) -> None:
        """Tells a look to end whose time is up."""
        for look in self._looks.values():
            if look.going and look.seconds > SQUAD_S:
                look.stop()

    def of(self, name: str, squad: Squad) -> Known:
        """What is known of a squad that is over."""
        self.watch()
        if name not in self._looks:
            if any(look.going for look in self._looks.values()):
                return Known(going=True)
            self._looks[name] = _look(squad)
        look = self._looks[name]
        review = look.review
        session = squad.session
        entries, scenario = list(session.journal), session.playbook.scenario
        if review is None:
            return Known(going=look.going)
        costs = costs_of(review, squad.drill, entries, scenario)
        return Known(costs, standings_of(review, squad.drill, entries, session.playbook.responses), look.going)

    def close(self) -> None:
        """Ends what still goes on."""
        for look in self._looks.values():
            look.stop()
        for look in self._looks.values():
            look.end()


def _look(squad: Squad) -> Comparing:
    session = squad.session
    # What the instructor added stands in the journal and is added again as the review goes through it.
    entries = tuple(session.journal)
    pinned = tuple(pins_of(squad.drill, entries))
    return Comparing(session.exercise.begun_with, session.seed, entries, memory=session.memory, pinned=pinned)
