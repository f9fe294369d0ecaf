"""Publish: a statement to the public by the online and press channels, with what it claims and what it can show."""

from typing import Literal

from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Number
from sim.world.activity import Activity
from sim.world.knowledge import Claim, Statement
from sim.world.world import World

WITH_EVIDENCE = 0.9
BARE = 0.35
"""How convincing a correction is with and without something to show (assumed)."""
LATE_MIN = 30.0
"""A correction loses half its weight per this many minutes the rumour was left alone (assumed)."""
REPEAT_MIN = 20.0
"""The same kind of statement within this time says nothing new and works at half strength (assumed)."""
TRUE_WHEN = {"refute": "false", "confirm": "true"}
"""What has to be so for a stand on a claim to be true."""


class Publish(Effect):
    """One post or release: read by a share of those online, each in their own time, and by the wider public."""

    do: Literal["publish"]
    reach: Number
    """Share of online people it reaches in the end."""
    content: Content
    about: Literal["facts", "rumour", "apology", "travel"] = "facts"
    empathy: bool = False
    next_update: bool = False
    source: Literal["police", "department"] = "police"

    def begin(self, world: World, activity: Activity) -> None:
        """Publishes; a claim about an unverified rumour is a gamble that the truth decides."""
        rumour = activity.order.target if self.about == "rumour" else ""
        claim = world.claims.get(rumour)
        evidence = claim is not None and claim.verified and claim.evidence
        stand = self._stand(activity, claim)
        true = claim is None or stand == "open" or claim.truth == TRUE_WHEN[stand]
        recent = [
            s for s in world.statements if s.response == activity.source and world.tick - s.tick < REPEAT_MIN * 600
        ]
        strength = 0.5 if recent else 1.0
        convincing = 0.0
        if claim is not None and stand == "refute":
            late = (world.tick - claim.heard_tick) / 600.0 / LATE_MIN
            convincing = (WITH_EVIDENCE if evidence else BARE) / (1.0 + late)
            if evidence and true and claim.corrected_tick < 0:
                claim.corrected_tick = world.tick
        statement = Statement(
            tick=world.tick,
            response=activity.source,
            source=self.source,
            true=true,
            evidence=evidence,
            empathy=self.empathy,
            next_update=self.next_update,
            about=rumour,
        )
        world.statements.append(statement)
        column = world.setting.rumour_index(rumour)
        world.emit(
            Channel.ONLINE,
            x=activity.x,
            y=activity.y,
            reach=self.reach.value,
            rumour=column,
            asserts=-convincing,
            **self.content.as_stimulus(strength),
        )
        self._public(world, statement, strength)
        world.consequence(
            "statement",
            response=activity.source,
            about=self.about,
            rumour=rumour,
            true=true,
            evidence=evidence,
            empathy=self.empathy,
            next_update=self.next_update,
            source=self.source,
            repeated=bool(recent),
        )

    def _stand(self, activity: Activity, claim: Claim | None) -> str:
        """`refute`, `confirm` or `open`: `known` says what a check has found, and takes no stand before."""
        position = activity.text("position", "known") if self.about == "rumour" else "open"
        if position in TRUE_WHEN:
            return position
        found = claim.truth if claim is not None and claim.verified else ""
        return next((stand for stand, truth in TRUE_WHEN.items() if truth == found), "open")

    def _public(self, world: World, statement: Statement, strength: float) -> None:
        opinion = world.opinion
        if not statement.true:
            opinion.false_told += 1
            opinion.judge("public", 0.02)
            world.flag("false_statement")
            return
        opinion.uncertainty = max(0.0, opinion.uncertainty - 0.25 * strength)
        gain = (
            0.04
            + (0.03 if self.empathy else 0.0)
            + (0.02 if self.next_update else 0.0)
            + (0.03 if statement.evidence else 0.0)
        )
        opinion.judge("public", gain * strength)
        opinion.judge("bystanders", 0.5 * gain * strength)
