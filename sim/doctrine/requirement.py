"""What a rule can require, one function each: None when it is met, else what is missing, in words."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.core.phrase import Phrase
from sim.crowd.people import Act
from sim.scenario.pack import Rule
from sim.scenario.response import Response
from sim.scenario.scenario import Playbook
from sim.world.nearby import participants_near, present_near
from sim.world.order import Order
from sim.world.statement import split
from sim.world.world import World

AROUND_M = 60.0
"""An order concerns the people within this distance of where it takes place."""
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

    def threshold(self, rule: Rule, default: float) -> float:
        """The rule's own threshold, else the default."""
        return rule.at_least.value if rule.at_least is not None else default

    def violent(self) -> tuple[int, int]:
        """People around who used violence in the last 60 s, and people around."""
        rows = present_near(self.world, self.x, self.y, AROUND_M)
        acts = self.world.crowd.people.act
        violent = sum(1 for i in rows if self.world.is_offender(int(i)) and int(acts[i]) <= int(Act.ATTACK))
        return violent, len(rows)


def courtesy(case: Case, rule: Rule) -> Phrase | None:
    """The tone is not stern where nothing calls for it."""
    if case.order.parameters.get("tone") == "stern" and case.response.force == "none":
        return Phrase("a stern tone belongs to no first contact")
    return None


def reason_logged(case: Case, rule: Rule) -> Phrase | None:
    """A reason of substance is given: two words, six letters, or four Chinese characters."""
    reason = case.order.reason.strip()
    characters = sum("\u4e00" <= letter <= "\u9fff" for letter in reason)
    if len(reason.split()) < 2 and len(reason) < 6 and characters < 4:
        return Phrase("no reason was logged")
    return None


def power_named(case: Case, rule: Rule) -> Phrase | None:
    """The order says under which power it is given."""
    if not str(case.order.parameters.get("power", "")).strip():
        return Phrase("the legal power was not named")
    return None


def _warnings(case: Case) -> list[float]:
    """Minutes ago of each appeal or order to this crowd that enough people understood."""
    now = case.world.tick
    return [
        (now - a.tick) / 600.0
        for a in case.world.announcements
        if a.leave > 0.0 and a.understood >= 0.5 and (now - a.tick) / 600.0 <= WARNING_FRESH_MIN
    ]


def warned(case: Case, rule: Rule) -> Phrase | None:
    """People were warned aloud and at least half of them could understand it."""
    if not _warnings(case):
        return Phrase("no warning that at least half of the people could understand was given in the last half hour")
    return None


def time_given(case: Case, rule: Rule) -> Phrase | None:
    """Enough minutes have passed since the first warning that was understood, or the order itself gives a time."""
    needed = case.threshold(rule, 5.0)
    if case.response.group == "dispersal" and case.response.force == "none":
        if float(case.order.parameters.get("minutes", 0.0)) >= needed:
            return None
        return Phrase("people are given no realistic time to leave (at least {minutes:g} minutes)", minutes=needed)
    ages = _warnings(case)
    if not ages or max(ages) < needed:
        return Phrase("people have not had {minutes:g} minutes since a warning they could understand", minutes=needed)
    return None


def authority(case: Case, rule: Rule) -> Phrase | None:
    """Somebody at the level the law asks for has approved it."""
    if "strategic_approval" not in case.world.flags:
        return Phrase("the strategic lead has not approved it")
    return None


def lesser_means_tried(case: Case, rule: Rule) -> Phrase | None:
    """Talk was tried for some minutes and something less was done or reasoned away before."""
    world = case.world
    talked = [a for a in world.activities if _kind(case, a.source) in {"negotiation", "law"} and a.stage >= 2]
    needed = int(case.threshold(rule, 2.0))
    if len(talked) < needed:
        return Phrase("only {number} of {needed} lesser means were tried first", number=len(talked), needed=needed)
    return None


def _kind(case: Case, source: str) -> str:
    response = case.playbook.responses.get(source)
    return response.group if response is not None else ""


def violence(case: Case, rule: Rule) -> Phrase | None:
    """There is violence around from more than isolated individuals (a share of those present), actual and now."""
    violent, around = case.violent()
    share = case.threshold(rule, VIOLENT_SHARE)
    if around == 0 or violent < max(1.0, share * around):
        return Phrase(
            "there is no violence by the people it would fall on: {violent} of {around} around used any",
            violent=violent,
            around=around,
        )
    return None


def exits_open(case: Case, rule: Rule) -> Phrase | None:
    """At least two exits, together 1 m wide per 250 people, that no closed line or ring bars."""
    world = case.world
    exits = [p for p in world.setting.places.values() if p.exit_width_m > 0.0]
    barred = [u for u in world.units if u.closed and u.on_scene(world.tick)]
    free = [
        p
        for p in exits
        if not any(
            (u.x - p.centre.x) * (u.x - p.centre.x) + (u.y - p.centre.y) * (u.y - p.centre.y) < 30.0 * 30.0
            for u in barred
        )
    ]
    people = len(participants_near(world, case.x, case.y, 150.0))
    width = sum(p.exit_width_m for p in free)
    if len(free) < 2 or width < people / 250.0:
        return Phrase("exits are not open: {number} of them, {width:g} m in all", number=len(free), width=width)
    if case.response.force == "containment":
        return Phrase("nobody inside could leave: no exit is planned from the first minute")
    return None


def medical_ready(case: Case, rule: Rule) -> Phrase | None:
    """A medical team is on scene."""
    if not case.world.on_scene("MED"):
        return Phrase("no medical team is on scene")
    return None


def recording(case: Case, rule: Rule) -> Phrase | None:
    """Officers are numbered and the operation is recorded."""
    if "recording" not in case.world.flags:
        return Phrase("recording is not on and officers are not identifiable")
    return None


def data_minimised(case: Case, rule: Rule) -> Phrase | None:
    """No names or faces of peaceful people are collected."""
    if str(case.order.parameters.get("collect", "none")) != "none":
        return Phrase("names or faces of people who did nothing would be collected")
    if "names" in split(str(case.order.parameters.get("slots", ""))):
        return Phrase("names of people who were detained would be published")
    return None


def fair_words(case: Case, rule: Rule) -> Phrase | None:
    """Nothing that is said puts a label on people instead of saying what was done."""
    if "label" in split(str(case.order.parameters.get("slots", ""))):
        return Phrase("people would be given a label instead of an account of what was done")
    return None


def press_free(case: Case, rule: Rule) -> Phrase | None:
    """Journalists and observers work as they like: an order tagged PR hinders them or has something taken down."""
    if "PR" in case.response.checks:
        return Phrase("it would hinder journalists or observers, or have taken down what they show")
    if str(case.order.parameters.get("terms", "free")) != "free":
        return Phrase("journalists would be penned in, or what they recorded looked through")
    return None


def targeted(case: Case, rule: Rule) -> Phrase | None:
    """It is aimed at somebody who is known to have offended."""
    people = case.world.crowd.people
    rows = participants_near(case.world, case.x, case.y, AROUND_M)
    if not any(case.world.tick - int(people.last_offence[i]) <= 6000 for i in rows):
        return Phrase("nobody there is known to have offended in the last ten minutes")
    return None


def not_representative(case: Case, rule: Rule) -> Phrase | None:
    """It is not aimed at somebody chosen to speak for the crowd who did nothing."""
    chosen = case.world.talks.representatives
    if chosen and str(case.order.parameters.get("whom", "")) == "representative":
        return Phrase("it would fall on somebody the crowd chose to speak for it")
    return None


def never(case: Case, rule: Rule) -> Phrase | None:
    """Nothing makes this lawful."""
    return Phrase("nothing makes this lawful")


REQUIREMENTS: dict[str, Callable[[Case, Rule], Phrase | None]] = {
    fn.__name__: fn
    for fn in (
        courtesy,
        reason_logged,
        power_named,
        warned,
        time_given,
        authority,
        lesser_means_tried,
        violence,
        exits_open,
        medical_ready,
        recording,
        data_minimised,
        fair_words,
        press_free,
        targeted,
        not_representative,
        never,
    )
}
"""Every requirement by the name packs use."""
