"""The test before anybody is told to go: what a rule on dispersal can require, one function each.

Dispersal is the last step. Each function is one condition of the test; a ruling names every one that is missing.
"""

from sim.core.phrase import Phrase
from sim.crowd.people import Role
from sim.doctrine.case import AROUND_M, VIOLENT_SHARE, Case
from sim.scenario.pack import Rule
from sim.world.activity import Stage
from sim.world.nearby import present_near
from sim.world.pointing_out import pointed_out
from sim.world.report import Look, Report
from sim.world.way_out import WayOut, clearing_min, sides

SEVERAL = 3
"""Fewer people using violence are never the crowd's, however few stand around (assumed)."""
HARM_FRESH_TICKS = 18_000
"""A serious injury counts as harm of now for half an hour (assumed)."""
TARGETED_TICKS = 36_000
"""What was done about single offenders counts for an hour (assumed)."""
PEOPLE_PER_M = 250.0
"""People for each metre of exit, planned for five minutes (guidance for events, rounded; judgement)."""
MARGIN = 2.0
"""The time given is at least so many times what people need to be gone (judgement)."""


def grave_reason(case: Case, rule: Rule) -> Phrase | None:
    """Serious harm, by violence, injury or crowding, or disruption that is serious and has lasted."""
    world, people = case.world, case.world.crowd.people
    violent, around = case.violent()
    if violent >= max(SEVERAL, VIOLENT_SHARE * around):
        return None
    rows = present_near(world, case.x, case.y, AROUND_M)
    if len(rows) and float(people.density[rows].max()) >= rule.threshold("density", 5.0):
        return None
    if any(
        c.severity >= 2 and c.cause == "crowd" and world.tick - c.tick <= HARM_FRESH_TICKS for c in world.casualties
    ):
        return None
    needed = rule.threshold("disruption_min", 60.0)
    lasted = world.counts.disrupted_ticks / 600.0
    if lasted >= needed:
        return None
    return Phrase(
        "there is neither serious harm nor serious disruption that lasts: the way for ambulances has been closed for "
        "{lasted:.0f} of {needed:g} min",
        lasted=lasted,
        needed=needed,
    )


def listened_first(case: Case, rule: Rule) -> Phrase | None:
    """People were listened to, round by round, and it is on record."""
    needed = int(rule.threshold("listened_first", 2.0))
    done = case.world.talks.listened
    if done < needed:
        return Phrase("talks are not exhausted: {done} of {needed} rounds of listening", done=done, needed=needed)
    return None


def decider_met(case: Case, rule: Rule) -> Phrase | None:
    """Those who speak for the crowd have sat down with somebody who can decide, where such a person can come at all."""
    can_come = any(unit.code == "GOV" and unit.mandate for unit in case.world.units)
    if can_come and case.world.talks.meeting_tick < 0:
        return Phrase("talks are not exhausted: nobody who can decide has met those who speak for the people")
    return None


def talks_given_time(case: Case, rule: Rule) -> Phrase | None:
    """Some time lies between the first contact and the order."""
    needed = rule.threshold("talks_min", 20.0)
    first = case.world.talks.first_contact_tick
    passed = (case.world.tick - first) / 600.0 if first >= 0 else 0.0
    if passed < needed:
        return Phrase("talks have had {passed:.0f} of {needed:g} min", passed=passed, needed=needed)
    return None


def offenders_dealt_with(case: Case, rule: Rule) -> Phrase | None:
    """Where the post can know that single people offended, something was done before everybody has to go.

    It can know of those who can be pointed out, as for an arrest, and of violence that units report from there now.
    What nobody of ours saw or asked about is held against no order.
    """
    world = case.world
    shown = pointed_out(world, case.x, case.y, AROUND_M, world.tick)
    known = max(len(shown), _violent_by_report(case))
    if not known:
        return None
    done = [
        a
        for a in world.activities
        if (case.group_of(a.source) == "targeted" or a.source == "isolate_cluster")
        and a.begun
        and world.tick - a.given_tick <= TARGETED_TICKS
    ]
    if done:
        return None
    return Phrase("nothing was tried against the {number} people known to have offended, and nobody else", number=known)


def _violent_by_report(case: Case) -> int:
    """The most people whom one unit's fresh report shows using violence around."""
    return max((_violent_in(report, case.x, case.y) for report in case.world.reports.fresh(case.world.tick)), default=0)


def _violent_in(report: Report, x: float, y: float) -> int:
    dx, dy = report.x - x, report.y - y
    return int(((report.look == int(Look.VIOLENT)) & (dx * dx + dy * dy <= AROUND_M * AROUND_M)).sum())


def _usable(case: Case) -> list[WayOut]:
    return [way for way in case.ways() if way.usable]


def two_sides_open(case: Case, rule: Rule) -> Phrase | None:
    """At least two ways out, on different sides, that no line bars and that lead to no danger."""
    ways = _usable(case)
    if len(ways) < 2:
        return Phrase("ways out that are open, lit and safe: {number}, and two are needed", number=len(ways))
    if sides(case.world, ways, case.x, case.y) < 2:
        return Phrase("all ways out lead to the same side")
    return None


def width_enough(case: Case, rule: Rule) -> Phrase | None:
    """The ways out, as wide as they are on the ground, together hold the crowd."""
    width, people = sum(way.width_m for way in _usable(case)), case.people()
    if width < people / PEOPLE_PER_M:
        return Phrase(
            "the ways out are {width:.1f} m wide in all, too narrow for {people} people", width=width, people=people
        )
    return None


def ways_lit(case: Case, rule: Rule) -> Phrase | None:
    """After dusk the ways out are lit, the one that is named first of all."""
    if not case.world.dark:
        return None
    unlit = [way for way in case.ways() if not way.lit]
    named = [way for way in unlit if way.place.id == case.text("route")]
    if named:
        return Phrase("it is dark, and the way out that is named has no light: {place}", place=named[0].place.name)
    if len(unlit) == len(case.ways()):
        return Phrase("it is dark, and no way out has light")
    return None


def route_named(case: Case, rule: Rule) -> Phrase | None:
    """The order says which way to go."""
    return None if case.text("route") else Phrase("no way out is named")


def route_safe(case: Case, rule: Rule) -> Phrase | None:
    """The way that is named is open and does not lead into danger; where none is named there is nothing to ask."""
    named = case.text("route")
    way = next((w for w in case.ways() if w.place.id == named), None)
    if not named:
        return None
    if way is None:
        return Phrase("there is no way on foot to the exit that is named")
    if way.place.hazard is not None:
        return Phrase("the way that is named leads into danger: {hazard}", hazard=way.place.hazard)
    if way.barred:
        return Phrase("our own line bars the way that is named: {place}", place=way.place.name)
    return None


def vulnerable_sheltered(case: Case, rule: Rule) -> Phrase | None:
    """Children, the old and the ill have somewhere to go to before anything moves."""
    people = case.world.crowd.people
    rows = present_near(case.world, case.x, case.y, AROUND_M)
    number = int((people.role[rows] == int(Role.VULNERABLE)).sum())
    sheltered = any(a.catalogue == "CA2" and a.stage == Stage.RUN for a in case.world.activities)
    if number and not sheltered:
        return Phrase("no welfare point is open for the {number} people who need shelter", number=number)
    return None


def transport_ready(case: Case, rule: Rule) -> Phrase | None:
    """Somebody is on scene who can bring people away or see to the traffic they meet."""
    if case.world.on_scene("LOG", "TRF"):
        return None
    return Phrase("nobody is on scene who sees to transport for those who leave")


def time_realistic(case: Case, rule: Rule) -> Phrase | None:
    """The time given is at least twice what so many people need to be gone by these ways."""
    given = float(case.order.parameters.get("minutes", 0.0))
    needed = MARGIN * clearing_min(case.people(), _usable(case))
    if given >= needed:
        return None
    if needed > 1e6:
        return Phrase("there is no way out to be gone by in any time")
    return Phrase(
        "{given:g} min are given, and so many people need {needed:.0f} to be gone", given=given, needed=needed + 0.5
    )


def heard_at_edge(case: Case, rule: Rule) -> Phrase | None:
    """At the far edge of the crowd, too, at least half of the people could understand a warning."""
    share = max((a.edge for a in case.warnings()), default=0.0)
    needed = rule.threshold("heard_at_edge", 0.5)
    if share < needed:
        return Phrase("no warning was understood at the far edge: by {share:.0%} of the people there", share=share)
    return None


def observers_may_stay(case: Case, rule: Rule) -> Phrase | None:
    """Journalists, observers and medics are not sent away."""
    if case.text("observers") == "leave":
        return Phrase("journalists and observers would be sent away, too")
    return None


def commander_named(case: Case, rule: Rule) -> Phrase | None:
    """Somebody commands on scene and is named in what is said."""
    if not case.world.on_scene("CMD"):
        return Phrase("nobody who commands is on scene")
    if case.text("commander") == "unnamed":
        return Phrase("it is not said who commands")
    return None
