"""Relatives: people who worry about somebody are told, one by one, what is known, and hear rumours answered."""

from typing import ClassVar, Literal

from sim.crowd.people import Knows
from sim.crowd.people import Rumour as Standing
from sim.crowd.stimulus import Channel
from sim.effects.effect import Effect
from sim.effects.number import Number, Positive, Share
from sim.world.activity import Activity
from sim.world.nearby import participants_near
from sim.world.world import World


class Relatives(Effect):
    """A desk that talks to people about their own; only what was checked is said to be so."""

    do: Literal["relatives"]
    raises: ClassVar[tuple[str, ...]] = ("relatives_informed",)
    a_minute: Number
    """People it can talk to in a minute."""
    reach_m: Positive
    quality: Number
    """Fairness of such a talk, 0..1."""
    convincing: Share
    """How convincing a face and a telephone call to the hospital are, 0..1."""
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """The desk is open."""
        world.flag("relatives_informed")
        world.consequence("relatives_desk", place=activity.order.target)
        self._round(world, activity)

    def second(self, world: World, activity: Activity) -> None:
        """Once a minute it talks to those near who have not been there, believers of answered rumours first."""
        if (world.tick - activity.stage_tick) % 600 == 0:
            self._round(world, activity)

    def _round(self, world: World, activity: Activity) -> None:
        people = world.crowd.people
        checked = [
            column
            for column, topic in enumerate(world.setting.rumours)
            for claim in [world.claims.get(topic.id)]
            if claim is not None and claim.verified and claim.evidence and claim.truth == "false"
        ]
        told = {int(part) for part in str(activity.memo.get("told", "")).split("+") if part}
        rows = [
            int(i) for i in participants_near(world, activity.x, activity.y, self.reach_m.value) if int(i) not in told
        ]

        def worry(person: int) -> tuple[bool, float, int]:
            believes = any(int(people.rumour[person, k]) in {Standing.SPREADER, Standing.STIFLER} for k in checked)
            return not believes, -float(people.fear[person]), person

        for person in sorted(rows, key=worry)[: round(self.a_minute.value)]:
            told.add(person)
            self._talk(world, person, checked)
        activity.memo["told"] = "+".join(str(person) for person in sorted(told))

    def _talk(self, world: World, person: int, checked: list[int]) -> None:
        people = world.crowd.people
        x, y = float(people.x[person]), float(people.y[person])
        believed = [k for k in checked if int(people.rumour[person, k]) != int(Standing.DISBELIEVER)]
        world.emit(
            Channel.TOLD,
            x=x,
            y=y,
            subject=person,
            quality=self.quality.value,
            knowledge=int(Knows.FACTS) | int(Knows.NEXT_UPDATE),
            rumour=believed[0] if believed else -1,
            asserts=-self.convincing.value if believed else 0.0,
        )
