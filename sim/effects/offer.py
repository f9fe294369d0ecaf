"""Offer: terms are put on the table - what, how far, by whom, by when - and people say what they make of them."""

from typing import Literal

import numpy as np

from sim.core.phrase import Phrase
from sim.crowd.people import Status
from sim.crowd.stimulus import Channel
from sim.effects.commit import jumped
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.bargain import answer, groups_present, may_grant, members
from sim.world.ledger import enter, hear, spread
from sim.world.message import About, Via
from sim.world.setting import Demand
from sim.world.talks import Promise, Term
from sim.world.world import World

ANSWERS = {
    "yes": "that is something we could go home with",
    "who": "you cannot decide that",
    "other": "that is not what we came for",
    "date": "by when? We want a date",
    "higher": "that does not go far enough",
    "listen": "you have not listened to us yet",
    "trust": "we have been promised things before",
    "more": "that alone is not enough",
}
"""What the people say, by the code of their answer."""
SPOKEN_DB = 80.0
"""A voice raised so that those around hear it (assumed)."""


class Offer(Effect):
    """An offer within somebody's authority is a question; one beyond it is a promise nobody can keep, said aloud."""

    do: Literal["offer"]
    content: Content
    """What being asked means to those who speak for the others, if they have been listened to."""
    early: Content
    """What it means to people nobody has listened to yet."""

    def begin(self, world: World, activity: Activity) -> None:
        """The terms are said aloud; whoever has not been heard out takes them as being talked over."""
        listened = world.talks.best_rapport() >= 0.5
        content = self.content if listened else self.early
        people, (spokesmen, _) = world.crowd.people, self._spokesmen(world)
        for person in spokesmen:
            x, y = float(people.x[person]), float(people.y[person])
            world.emit(Channel.TOLD, x=x, y=y, subject=person, **content.as_stimulus(world.talks.credit()))
        jumped(world)

    def end(self, world: World, activity: Activity) -> None:
        """Every group has answered; what the police may give alone and most accept is given."""
        for name in activity.text("demand").split("+"):
            if name in world.setting.demands:
                self._put(world, activity, world.setting.demands[name])

    def _put(self, world: World, activity: Activity, demand: Demand) -> None:
        owner, rung = activity.text("owner", "CMD"), activity.text("rung", "date")
        present = owner != "GOV" or any(u.mandate for u in world.on_scene("GOV"))
        term = Term(
            number=world.next_serial(),
            tick=world.tick,
            demand=demand.id,
            rung=rung,
            owner=owner,
            due_days=float(activity.order.parameters.get("due_days", 0.0)),
            within_authority=present and may_grant(demand, owner, rung),
        )
        for person, group in zip(*self._spokesmen(world), strict=True):
            said = answer(world, person, group, term)
            if term.answers.get(group) != "yes":
                term.answers[group] = said
        talks = world.talks
        talks.terms = [t for t in talks.terms if t.demand != demand.id] + [term]
        world.consequence(
            "terms",
            demand=demand.id,
            rung=rung,
            owner=owner,
            within_authority=term.within_authority,
            answers=dict(term.answers),
        )
        self._report(world, activity, term)
        yes = sum(1 for said in term.answers.values() if said == "yes")
        if not term.within_authority or (owner == "CMD" and 2 * yes > len(term.answers)):
            self._promise(world, activity, term)

    @staticmethod
    def _spokesmen(world: World) -> tuple[list[int], list[str]]:
        """Who answers, and for which group: the representatives; without any, whoever speaks up first in each group."""
        people, talks = world.crowd.people, world.talks
        if talks.representatives:
            here = [k for k, i in enumerate(talks.representatives) if people.status[i] == int(Status.PRESENT)]
            return [talks.representatives[k] for k in here], [talks.speak_for[k] for k in here]
        groups = groups_present(world)
        return [
            max((int(i) for i in members(world, g)), key=lambda i: (float(people.expressiveness[i]), -i))
            for g in groups
        ], groups

    def _promise(self, world: World, activity: Activity, term: Term) -> None:
        """Said aloud and not to be taken back: it stands in the ledger."""
        promise = Promise(
            number=world.next_serial(),
            demand=term.demand,
            owner=term.owner,
            given_tick=world.tick,
            due_min=world.minute + term.due_days * 1440.0,
            dated=term.due_days > 0.0,
            within_authority=term.within_authority,
            rung=term.rung,
        )
        term.written = True
        enter(world, promise)
        hear(world, promise, np.isin(np.arange(len(world.crowd.people)), self._spokesmen(world)[0]))
        for unit in world.staff(activity):
            spread(world, promise, unit.x, unit.y, SPOKEN_DB)

    @staticmethod
    def _report(world: World, activity: Activity, term: Term) -> None:
        """What each group said, in words."""
        names = dict(zip(world.setting.groups, world.setting.group_names, strict=True))
        for group, said in term.answers.items():
            world.tell(
                Via.RADIO,
                About.REPORT,
                Phrase(
                    "{group} on “{demand}”: {answer}",
                    group=names[group],
                    demand=world.setting.demands[term.demand].name,
                    answer=Phrase(ANSWERS[said]),
                ),
                sender=activity.units[0] if activity.units else "",
                ref=term.demand,
                grade="A",
                delay_s=10,
            )
