"""Publish: a statement to the public, put together from parts, measured against what is known, and read or heard."""

from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np

from sim.core.phrase import LText, Phrase
from sim.crowd.people import Knows
from sim.crowd.stimulus import Channel
from sim.effects.content import TONE, Content
from sim.effects.effect import Effect
from sim.effects.number import Share
from sim.world.activity import Activity
from sim.world.facts import Fact, contradicts
from sim.world.handling import members
from sim.world.hearing import understood_share
from sim.world.knowledge import Announcement, Claim, Statement
from sim.world.order import Value
from sim.world.press import press_desk, wording_of
from sim.world.reckoning import RIGHT, come_out
from sim.world.statement import Circumstances, Judged, Wording, judged, novelty
from sim.world.wording import sentences
from sim.world.world import World

WITH_EVIDENCE = 1.0
BARE = 0.4
"""How convincing a correction by a fully believed source is with and without something to show (assumed)."""
LATE_MIN = 30.0
"""A correction loses half its weight per this many minutes the rumour was left alone (assumed)."""
WELL_PUT = 0.4
"""What of a correction hangs on how well it is put (assumed)."""
HEADLINE = 0.3
"""Of those a statement reaches, so many take from a headline that repeats the rumour only the rumour (assumed)."""
LOUD_DB = 110.0
"""A hand-held loudspeaker at 1 m."""
REPEAT_TICKS = 600
"""Aloud it is said once a minute while there is time."""
GAIN = 0.12
"""What a perfect statement wins with the public it is for (assumed)."""
ASIDE = 0.5
"""What another public takes from it (assumed)."""
SETTLES = 0.3
"""What it takes from the wider public's need to know (assumed)."""
OUTSIDERS = {
    "online": {"public": 1.0, "bystanders": 0.5, "workers": 0.3},
    "press": {"public": 1.0, "bystanders": 0.3, "workers": 0.2},
    "sms": {"public": 0.5, "bystanders": 0.8, "workers": 0.8},
    "pa": {"public": 0.0, "bystanders": 0.6, "workers": 0.6},
    "briefing": {"public": 1.0, "bystanders": 0.6, "workers": 0.4},
}
"""How far each channel gets to those who judge the handling without being in the crowd (assumed)."""
READ = {"online": 1.0, "press": 0.5, "sms": 0.8, "pa": 0.0, "briefing": 0.6}
"""Share of the reach of a post that each channel has among people who look at their phones (assumed)."""
ALOUD = ("pa", "briefing")
SPEAKERS = ("LIA", "PAT", "CMD", "TRF", "PIO", "GOV")
NEEDS = {"department": "GOV", "hospital": "MED"}
"""Who has to be on scene for a source to speak."""
SOURCE_NAMES = {"department": LText("the department", "主管部门"), "hospital": LText("the hospital", "医院")}
LABELLED, NAMED = 0.3, 0.4
"""Injustice seen by those who hear a label put on them, or the names of people detained read out (assumed)."""
SHAMED = 0.04
"""What either costs with the wider public (assumed)."""
KNOWLEDGE = {"known": Knows.FACTS, "next_update": Knows.NEXT_UPDATE, "why": Knows.REASON, "route": Knows.ROUTE}
"""What people know afterwards, by part."""


class Publish(Effect):
    """One statement: what its author put in decides what it is worth; what is so decides what becomes of it."""

    do: Literal["publish"]
    raises: ClassVar[tuple[str, ...]] = ("false_statement",)
    reach: Share
    """Share of online people it reaches in the end."""
    content: Content
    """What it means to somebody who takes all of it in, if it is as good as can be."""
    about: Literal["facts", "rumour", "apology", "travel"] = "facts"
    joint: Content | None = None
    """What it means instead when somebody chosen by the people says it with us."""
    lasting: ClassVar[bool] = True

    def objections(self, world: World, given: Mapping[str, Value]) -> tuple[Phrase, ...]:
        """The source it is put in the mouth of is not here."""
        source = str(given.get("source", "police"))
        if source in NEEDS and not world.on_scene(NEEDS[source]):
            return (Phrase("nobody of {source} is on scene to say it", source=SOURCE_NAMES[source]),)
        if source == "leader" and not world.talks.representatives:
            return (Phrase("nobody has been chosen yet who could say it with us"),)
        return ()

    def begin(self, world: World, activity: Activity) -> None:
        """Publishes; stating what nobody has checked is a gamble that the truth decides."""
        answers = activity.order.target if self.about == "rumour" else ""
        claim = world.claims.get(answers)
        desk = press_desk(world)
        said = wording_of(activity.order.parameters, desk, answers)
        stated = desk.stated(said.facts)
        around = desk.circumstances(said, answers)
        good = judged(said, around)
        unfounded = said.has("checked") and (
            any(fact.standing != "known" for fact in stated) or (claim is not None and not claim.verified)
        )
        statement = Statement(
            tick=world.tick,
            response=activity.source,
            source=said.source,
            true=not unfounded and not _untrue(world, said, stated, claim),
            evidence=claim is not None and claim.verified and claim.evidence,
            empathy=said.has("empathy", "apology"),
            next_update=said.has("next_update"),
            about=answers,
            audience=said.audience,
            channel=said.channel,
            stand=said.stand,
            slots=said.slots,
            facts=said.facts,
            told=tuple(fact.says for fact in stated),
            words=sentences(said, desk, answers),
            beyond=around.unchecked + int(said.stand != "open" and not around.verdict),
            unfounded=unfounded,
            quality=round(good.quality, 4),
            repeats=around.repeats,
            reach=round(self._expected(world, said), 3),
            next_tick=world.tick + round(said.next_min * 600) if said.has("next_update") else -1,
        )
        world.statements.append(statement)
        self._write(world, activity, statement, good)
        self._correct(world, statement, claim, around)
        self._judge(world, statement, good.strength)
        self._record(world, statement, good)
        if said.channel in ALOUD:
            self._speak(world, activity, statement)

    def second(self, world: World, activity: Activity) -> None:
        """Says it aloud again once a minute where the channel is a voice."""
        if (world.tick - activity.stage_tick) % REPEAT_TICKS == 0 and activity.text("channel", "online") in ALOUD:
            self._speak(world, activity, next(s for s in reversed(world.statements) if s.response == activity.source))

    # ---- what it does

    def _speak(self, world: World, activity: Activity, said: Statement) -> None:
        """Says it aloud where somebody of ours stands nearest to the people."""
        x, y = _speaker(world)
        tone = activity.text("tone", "plain")
        world.emit(
            Channel.VOICE,
            x=x,
            y=y,
            level_db=LOUD_DB,
            groups=_mask(world, said.audience),
            **self._meaning(said, activity.count("strength"), tone),
        )
        share = round(understood_share(world, x, y, LOUD_DB), 3)
        spoken = Announcement(
            tick=world.tick,
            response=activity.source,
            x=x,
            y=y,
            understood=share,
            leave=self.content.leave,
            power_named=False,
            route_named="route" in said.slots,
            time_given=False,
            quality=said.quality,
        )
        world.announcements.append(spoken)
        world.consequence(
            "announcement",
            response=activity.source,
            understood=share,
            leave=self.content.leave,
            tone=tone,
            route="",
            power="",
            time_given=False,
            quality=said.quality,
            contradicted=False,
        )

    def _meaning(self, said: Statement, strength: float, tone: str) -> dict[str, float | int]:
        """What it means to whoever takes it in."""
        content = self.joint if self.joint is not None and said.source == "leader" else self.content
        meaning = content.as_stimulus(strength, TONE.get(tone, 0.85))
        knowledge = int(meaning["knowledge"])
        for slot, bit in KNOWLEDGE.items():
            knowledge |= int(bit) if slot in said.slots else 0
        if "meeting" in said.facts:
            knowledge |= int(Knows.MEETING)
        meaning["knowledge"] = knowledge
        if "label" in said.slots:
            meaning["injustice"] = max(float(meaning["injustice"]), LABELLED)
        if "names" in said.slots:
            meaning["injustice"] = max(float(meaning["injustice"]), NAMED)
        return meaning

    def _write(self, world: World, activity: Activity, said: Statement, good: Judged) -> None:
        """Puts it where people read it."""
        activity.memo["strength"] = good.strength
        reach = self.reach.value * READ[said.channel]
        if reach <= 0.0:
            return
        world.emit(
            Channel.ONLINE,
            x=activity.x,
            y=activity.y,
            reach=reach,
            groups=_mask(world, said.audience),
            **self._meaning(said, good.strength, activity.text("tone", "plain")),
        )
        column = world.setting.rumour_index(said.about)
        if activity.text("headline", "fact") == "rumour" and column >= 0:
            world.emit(Channel.ONLINE, reach=reach * HEADLINE, rumour=column, asserts=0.3)

    def _correct(self, world: World, said: Statement, claim: Claim | None, around: Circumstances) -> None:
        """Takes a stand on a rumour; with evidence it makes public what is so, and settles what was said before."""
        if claim is None or said.stand == "open":
            return
        late = (world.tick - claim.heard_tick) / 600.0 / LATE_MIN
        weight = (WITH_EVIDENCE if said.evidence else BARE) * (1.0 - WELL_PUT + WELL_PUT * said.quality)
        column = world.setting.rumour_index(claim.id)
        if said.stand == "refute" and column >= 0:
            world.emit(
                Channel.ONLINE,
                reach=self.reach.value * max(0.3, READ[said.channel]),
                rumour=column,
                asserts=-weight * around.belief * novelty(around) / (1.0 + late),
            )
        if said.evidence and said.true:
            if said.stand == "refute" and claim.corrected_tick < 0:
                claim.corrected_tick = world.tick
            come_out(world, claim, claim.truth, by_us=True)

    def _judge(self, world: World, said: Statement, strength: float) -> None:
        """Lets those who judge from outside the crowd take it in."""
        opinion = world.opinion
        if "label" in said.slots or "names" in said.slots:
            opinion.judge("public", -SHAMED)
            opinion.judge("bystanders", -SHAMED)
        if not said.true:
            opinion.false_told += 1
            opinion.judge("public", 0.02)
            world.flag("false_statement")
            return
        opinion.uncertainty = max(0.0, opinion.uncertainty - SETTLES * strength * OUTSIDERS[said.channel]["public"])
        for public, share in OUTSIDERS[said.channel].items():
            opinion.judge(public, GAIN * strength * share * (1.0 if public == said.audience else ASIDE))

    def _expected(self, world: World, said: Wording) -> float:
        """Share of those addressed whom the channel reaches, as far as a press desk can tell."""
        if said.channel in ALOUD and said.audience != "public":
            x, y = _speaker(world)
            return understood_share(world, x, y, LOUD_DB)
        return self.reach.value * READ[said.channel]

    def _record(self, world: World, said: Statement, good: Judged) -> None:
        world.consequence(
            "statement",
            response=said.response,
            about=self.about,
            rumour=said.about,
            true=said.true,
            evidence=said.evidence,
            empathy=said.empathy,
            next_update=said.next_update,
            source=said.source,
            repeated=said.repeats > 0,
            audience=said.audience,
            channel=said.channel,
            stand=said.stand,
            slots="+".join(said.slots),
            facts="+".join(said.facts),
            beyond=said.beyond,
            unfounded=said.unfounded,
            quality=said.quality,
            strength=round(good.strength, 4),
            parts={part.name: round(part.share, 3) for part in good.parts},
        )


def _untrue(world: World, said: Wording, stated: tuple[Fact, ...], claim: Claim | None) -> bool:
    """True when something in it is known, or will be found, to be otherwise."""
    if claim is not None and said.stand != "open" and claim.truth not in {RIGHT[said.stand], "unclear"}:
        return True
    return any(contradicts(fact, world.claims[fact.claim].truth) for fact in stated if fact.claim)


def _mask(world: World, audience: str) -> int:
    """Bit mask of the groups that belong to an audience; 0, for everybody, where it is the wider public."""
    groups = members(world).get(audience)
    if groups is None:
        return 0
    return sum(1 << int(group) for group in np.unique(world.crowd.people.group[groups]))


def _speaker(world: World) -> tuple[float, float]:
    """Where somebody of ours with a loudspeaker stands nearest to where people were to gather."""
    spot = world.setting.gathering

    def away(place: tuple[float, float]) -> float:
        return (place[0] - spot.x) * (place[0] - spot.x) + (place[1] - spot.y) * (place[1] - spot.y)

    return min([(u.x, u.y) for u in world.on_scene(*SPEAKERS)], key=away, default=(spot.x, spot.y))
