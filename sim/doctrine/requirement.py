"""What a rule can require, one function each: None when it is met, else what is missing, in words."""

from sim.core.phrase import Phrase
from sim.doctrine.case import AROUND_M, VIOLENT_SHARE, Case
from sim.scenario.pack import Rule
from sim.world.nearby import offenders_near, participants_near
from sim.world.pointing_out import pointed_out
from sim.world.statement import split

TALK = ("negotiation", "law")
"""Groups of responses that are talk: what comes before coercion."""
FAIR_TICKS = 6000
"""A talk has had a fair time after ten minutes, as long as a round of listening takes (assumed)."""
CLUSTER_M = 12.0
"""A cluster of people using violence stands within so many metres (assumed)."""
CLUSTER_SHARE = 0.4
"""Share of those in it who use violence from which it is one (assumed)."""


def courtesy(case: Case, rule: Rule) -> Phrase | None:
    """The tone is not stern where nothing calls for it."""
    if case.order.parameters.get("tone") == "stern" and case.response.force == "none":
        return Phrase("a stern tone belongs to no first contact")
    return None


def reason_logged(case: Case, rule: Rule) -> Phrase | None:
    """A reason of substance is given: for coercion a fact by its id, else two words or four Chinese characters."""
    if case.response.coercive:
        # Words may be many and say nothing: what coercion rests on is named so that it can be looked up.
        named = any(fact.known for fact in case.facts())
        return None if named else Phrase("no reason was logged: no fact is named that has reached the post")
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


def power_fits(case: Case, rule: Rule) -> Phrase | None:
    """The power that is named covers this; a power not named at all is another requirement's business."""
    named = case.text("power")
    if not named:
        return None
    power = next((p for p in case.playbook.powers if p.id == named), None)
    if power is None:
        return Phrase("{power} is no power the law here knows", power=named)
    if not power.allows(case.response):
        return Phrase("the power that is named does not cover this: {power}", power=power.title.text)
    return None


def warned(case: Case, rule: Rule) -> Phrase | None:
    """People were warned aloud and at least half of them could understand it."""
    if not case.warnings():
        return Phrase("no warning that at least half of the people could understand was given in the last half hour")
    return None


def time_given(case: Case, rule: Rule) -> Phrase | None:
    """Enough minutes have passed since the first warning that was understood, or the order itself gives a time."""
    needed = rule.threshold("time_given", 5.0)
    if case.response.group == "dispersal" and case.response.force == "none":
        if float(case.order.parameters.get("minutes", 0.0)) >= needed:
            return None
        return Phrase("people are given no realistic time to leave (at least {minutes:g} minutes)", minutes=needed)
    ages = case.warned_ago()
    if not ages or max(ages) < needed:
        return Phrase("people have not had {minutes:g} minutes since a warning they could understand", minutes=needed)
    return None


def authority(case: Case, rule: Rule) -> Phrase | None:
    """Somebody at the level the law asks for has approved it."""
    if "strategic_approval" not in case.world.flags:
        return Phrase("the strategic lead has not approved it")
    return None


def lesser_means_tried(case: Case, rule: Rule) -> Phrase | None:
    """Enough talk has begun: different kinds of it, or one kind again after it was given a fair time.

    The same talk ordered again within ten minutes of the last one that counted is still the same attempt.
    """
    counted, last = 0, dict[str, int]()
    for activity in case.world.activities:
        if case.group_of(activity.source) not in TALK or not activity.begun:
            continue
        before = last.get(activity.source)
        if before is None or activity.began_tick - before >= FAIR_TICKS:
            counted += 1
            last[activity.source] = activity.began_tick
    needed = int(rule.threshold("lesser_means_tried", 2.0))
    if counted < needed:
        return Phrase("only {number} of {needed} lesser means were tried first", number=counted, needed=needed)
    return None


def violence(case: Case, rule: Rule) -> Phrase | None:
    """There is violence around from more than isolated individuals (a share of those present), actual and now."""
    violent, around = case.violent()
    share = rule.threshold("violence", VIOLENT_SHARE)
    if around == 0 or violent < max(1.0, share * around):
        return Phrase(
            "there is no violence by the people it would fall on: {violent} of {around} around used any",
            violent=violent,
            around=around,
        )
    return None


def violent_cluster(case: Case, rule: Rule) -> Phrase | None:
    """A group of people around who are near each other and of whom many use violence now."""
    people = case.world.crowd.people
    offenders = offenders_near(case.world, case.x, case.y, AROUND_M)
    needed = int(rule.threshold("violent_cluster", 3.0))
    for i in offenders:
        x, y = float(people.x[i]), float(people.y[i])
        inside = len(offenders_near(case.world, x, y, CLUSTER_M))
        if inside >= needed and inside >= CLUSTER_SHARE * len(participants_near(case.world, x, y, CLUSTER_M)):
            return None
    return Phrase(
        "no cluster of people using violence stands there: {number} around use any, and they stand among others",
        number=len(offenders),
    )


def exits_open(case: Case, rule: Rule) -> Phrase | None:
    """At least two exits, together 1 m wide per 250 people, that no closed line or ring bars."""
    free = [way for way in case.ways() if not way.barred and way.place.hazard is None]
    width = sum(way.width_m for way in free)
    if len(free) < 2 or width < case.people() / 250.0:
        return Phrase(
            "exits are not open: {number} of them, {width:g} m in all", number=len(free), width=round(width, 1)
        )
    return None


def release_planned(case: Case, rule: Rule) -> Phrase | None:
    """From the first minute it is planned how people who are held in are let out."""
    if case.text("release") == "staged":
        return None
    return Phrase("nobody inside could leave: no release is planned from the first minute")


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
    """It is aimed at one person: somebody around can be pointed out, by who saw them do it or by evidence."""
    if not pointed_out(case.world, case.x, case.y, AROUND_M, case.world.tick):
        return Phrase("nobody there can be pointed out: none of ours saw who did it, and no evidence shows who it was")
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


def seats_within(case: Case, rule: Rule) -> Phrase | None:
    """Not more people are to speak for the crowd at the table than the law lets in; it limits no gathering."""
    most = int(rule.threshold("max_representatives", 5.0))
    seats = case.order.parameters.get("seats", 0)
    if isinstance(seats, int | float) and seats > most:
        return Phrase("{seats:g} representatives are more than the {most} who are received", seats=seats, most=most)
    return None
