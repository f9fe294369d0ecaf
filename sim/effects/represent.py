"""Represent: the crowd chooses a few people to speak for it."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.phrase import Phrase
from sim.crowd.people import Role
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Share
from sim.world.activity import Activity
from sim.world.bargain import groups_present, members
from sim.world.message import About, Via
from sim.world.nearby import participants_near
from sim.world.world import World

CHOSEN_AGAIN = 0.6
"""Standing of representatives who are not the first (assumed)."""
LEAST_SHARE = 0.05
"""Groups smaller than this share of the participants here go along with another one (assumed)."""


class Represent(Effect):
    """Each group present chooses whom it listens to, up to what the law here allows. The police do not pick."""

    do: Literal["represent"]
    raises: ClassVar[tuple[str, ...]] = ("representatives",)
    at_most: int = 5
    rapport_needed: Share
    content: Content

    def end(self, world: World, activity: Activity) -> None:
        """Representatives stand, if there was enough rapport for the crowd to agree to the idea."""
        talks, people = world.talks, world.crowd.people
        if talks.best_rapport() < self.rapport_needed.value:
            world.consequence("representatives_refused", rapport=round(talks.best_rapport(), 2))
            world.tell(
                Via.RADIO,
                About.REPORT,
                Phrase("They will not name anybody yet: nobody has listened to them long enough"),
                sender=activity.units[0] if activity.units else "",
                delay_s=15,
            )
            return
        wanted = max(3, int(activity.order.parameters.get("seats", self.at_most)))
        wanted = min(self.at_most, wanted, world.setting.most_representatives)
        chosen = self._chosen(world, wanted)
        talks.representatives = tuple(person for person, _ in chosen)
        talks.speak_for = tuple(group for _, group in chosen)
        # Choosing anew takes nobody's debt away: who is waited for is still waited for.
        talks.standing = 1.0 if talks.chosen_tick < 0 else max(talks.standing, CHOSEN_AGAIN)
        talks.chosen_tick = world.tick
        world.flag("representatives")
        for person, _ in chosen:
            world.emit(
                Channel.SIGHT,
                x=float(people.x[person]),
                y=float(people.y[person]),
                prominence=0.5,
                **self.content.as_stimulus(talks.credit()),
            )
        world.consequence(
            "representatives",
            number=len(chosen),
            groups=list(talks.speak_for),
            supporters=len(participants_near(world, activity.x, activity.y, 60.0)),
        )
        world.tell(
            Via.RADIO,
            About.REPORT,
            Phrase("The crowd has named {number} people to speak for it", number=len(chosen)),
            sender=activity.units[0] if activity.units else "",
            delay_s=15,
        )

    @staticmethod
    def _chosen(world: World, wanted: int) -> list[tuple[int, str]]:
        """Who is chosen and by which group: seats by size, each filled by whom that group listens to.

        Every group of some size has a seat while there are seats. A calm group sends somebody calm, an angry one
        somebody angry; known faces come first.
        """
        people = world.crowd.people
        here = {group: members(world, group) for group in groups_present(world)}
        total = sum(len(rows) for rows in here.values())
        sizes = {g: len(rows) for g, rows in here.items() if len(rows) >= LEAST_SHARE * total}
        seats: list[str] = []
        for _ in range(wanted):
            if sizes:
                seats.append(max(sizes, key=lambda g: (sizes[g] / (1 + 2 * seats.count(g)), g)))
        known = np.isin(people.role, [int(Role.ORGANISER), int(Role.AGITATOR)])
        organisers = [int(i) for rows in here.values() for i in rows if people.role[i] == int(Role.ORGANISER)]
        chosen: list[tuple[int, str]] = []
        for group in seats:
            mood = float(np.mean(people.anger[here[group]]))
            taken = {person for person, _ in chosen}
            candidates = [i for i in sorted({*map(int, here[group]), *organisers}) if i not in taken]
            if not candidates:
                continue

            def liked(i: int, mood: float = mood) -> tuple[float, int]:
                alike = 1.0 - 2.0 * abs(float(people.anger[i]) - mood)
                return (alike + 0.5 * float(people.expressiveness[i]) + (0.5 if known[i] else 0.0), -i)

            chosen.append((max(candidates, key=liked), group))
        return chosen
