"""Pricing: the squads of a room reviewed one after the other in processes of their own, once their drill is over."""

from dataclasses import dataclass, field

from sim.drill.cost import costs_of
from sim.drill.squad import Squad
from sim.lab.comparing import Comparing
from sim.squad.costs import Known

SQUAD_S = 90.0
"""Real time a squad is looked at for at most: a hot wash is not longer than that before its first question."""


@dataclass(slots=True)
class Pricing:
    """Begins with the first squad that is asked for; the next one begins when it is done or its time is up."""

    _looks: dict[str, Comparing] = field(default_factory=dict)
    _asked: list[str] = field(default_factory=list)
    """Squads in the order in which they were asked for."""

    def of(self, name: str, squad: Squad) -> Known:
        """What is known of a squad that is over."""
        if name not in self._asked:
            self._asked.append(name)
        for each in self._asked:
            if each not in self._looks:
                if each == name:
                    self._looks[name] = _look(squad)
                break
            look = self._looks[each]
            if look.going and look.seconds > SQUAD_S:
                look.stop()
            if look.going:
                break
        if name not in self._looks:
            return Known(going=True)
        look = self._looks[name]
        review = look.review
        session = squad.session
        entries, scenario = list(session.journal), session.playbook.scenario
        found = costs_of(review, squad.drill, entries, scenario) if review is not None else {}
        return Known(found, look.going)

    def close(self) -> None:
        """Ends what still goes on."""
        for look in self._looks.values():
            look.stop()
        for look in self._looks.values():
            look.end()


def _look(squad: Squad) -> Comparing:
    session = squad.session
    # What the instructor added stands in the journal and is added again as the review goes through it.
    return Comparing(session.exercise.begun_with, session.seed, tuple(session.journal), memory=session.memory)
