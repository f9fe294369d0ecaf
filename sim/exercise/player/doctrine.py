"""The doctrine player: a competent commander who verifies, talks early, keeps a lane open, protects, cares and informs.

It knows responses by their catalogue code, so it can play any scenario that offers them, and sees only what a
seat can see. It never goes ahead with an unlawful order.
"""

from collections.abc import Iterator

from sim.core.noise import Noise
from sim.crowd.state import CrowdState
from sim.exercise.duties import DONE_BY
from sim.exercise.player.player import Options, Player
from sim.scenario.lint.case import CROWD
from sim.world.aftermath import DAY, Duty
from sim.world.desk import Level
from sim.world.knowledge import ENOUGH
from sim.world.message import About, Message
from sim.world.observation import ClaimView, DaysView, Observation
from sim.world.order import Order, Value
from sim.world.report import Look
from sim.world.talks import SKILLS, Promise

MINUTE = 600
ANSWER_WITHIN = 20 * MINUTE
"""Older messages are no longer answered."""

ANSWERS: dict[About, tuple[str, ...]] = {
    About.EMERGENCY: ("FA3", "FA2"),
    About.CASUALTY: ("CA1",),
    About.CROWDING: ("CT6", "CT6b", "PS6"),
    About.THREAT: ("EW1", "TE1", "TE2", "FA6"),
    About.MISCONDUCT: ("TE5", "PS4", "CA6"),
    About.PRESSURE: ("CMD",),
    About.SIGNAL: ("EW1", "EW2"),
    About.RUMOUR: ("EW1",),
    About.MEDIA: ("PS2", "PS1"),
    About.GATHERING: ("NG1", "FA2", "NG2", "CA2"),
    About.DECISION_MAKER: ("NG5", "NG3", "NG4"),
    About.DEPARTURE: ("NG9", "DS1"),
    About.COMFORT: ("FA4", "CA2", "LX2b"),
    About.DARK: ("FA4b",),
    About.TRANSPORT: ("NG9b",),
}
"""What a message of each kind calls for, most important first, by catalogue code."""

REFUSAL: dict[str, Value] = {"ground": "un.lesser_means", "alternative": "listening_round"}
"""Why an order from above is declined, and what is done instead."""

URGENT = (
    About.EMERGENCY,
    About.CASUALTY,
    About.CROWDING,
    About.THREAT,
    About.PRESSURE,
    About.MISCONDUCT,
)

FEW = 12
"""Up to so many who are violent can be taken out one by one; more are no longer a matter for an arrest (assumed)."""
STILL_FRESH = 8 * MINUTE
"""So long after officers were attacked the one who did it can still be told for certain."""
ARREST: dict[str, Value] = {
    "aim": "stop_violence",
    "lesser": "record_offence",
    "harm": "minor",
    "gain": "real",
}
"""The note for taking out somebody who attacks officers again and again, recorded before."""

TIGHT = 3.5
"""Persons/m2, as reported, from which room is made: people touch against their will (crowd safety guidance)."""

BEFORE = ("EW3", "EW2", "EW5", "EW6", "PD6", "EW4")
"""What is worth doing before anybody gathers, and as soon as it can be done after."""

ALARMING = (About.GATHERING, About.EMERGENCY, About.CASUALTY, About.THREAT, About.CROWDING)
"""What, seen by our own people, is reason enough to ask partners to come."""
LIKELY = {
    CrowdState.CALM: 20.0,
    CrowdState.TENSE: 40.0,
    CrowdState.AGITATED: 65.0,
    CrowdState.CLASH: 90.0,
    CrowdState.DISPERSING: 15.0,
    CrowdState.RESOLVED: 5.0,
}
"""Percent stated for each state reported (assumed)."""

STANDING: tuple[tuple[str, float], ...] = (
    ("NG1", 60.0),
    ("NG2", 12.0),
    ("PS1", 300.0),
    ("NG5", 300.0),
    ("NG3", 25.0),
    ("FA4", 60.0),
    ("LX1", 60.0),
    ("PD1", 90.0),
    ("CA1", 1.0),
    ("CA2", 120.0),
    ("LX4", 60.0),
    ("FA2", 30.0),
    ("PS2", 40.0),
    ("CA6", 400.0),
)
"""Good work while nothing else presses: code and the minutes before doing it again."""


VISITS_APART_MIN = 7.0 * 1440.0
"""Families are called on once a week."""
REPORTS_APART_MIN = 20.0
"""The crowd is left this long to talk over what its representatives have said before they speak again (assumed)."""


class Doctrine(Player):
    """Answers what came in, most urgent first; then moves the talks on; then does standing good work."""

    name = "doctrine"

    def decide(self, seen: Observation, options: Options, noise: Noise) -> Order | None:
        """The first sensible order that is open."""
        return next(self.ranked(seen, options), None)

    def ranked(self, seen: Observation, options: Options) -> Iterator[Order]:
        """Every sensible order that is open, the most sensible first."""
        for code, target, parameters, reason in self._wishes(seen):
            option = options.coded(code)
            if option is None or not option.open:
                continue
            if target and option.targets and target not in option.targets:
                continue
            if any(a.response == option.response.id and a.target == target for a in seen.activities):
                continue
            if code == "NG2":
                # One way of listening after the other: the same one again and again wears thin.
                parameters = parameters | {"skill": SKILLS[sum(o.catalogue == code for o in seen.orders) % len(SKILLS)]}
            known = {name: value for name, value in parameters.items() if option.response.parameter(name)}
            if option.response.parameter("power") and option.powers:
                known.setdefault("power", option.powers[0])
            if known.get("alternative") not in (None, *options):
                del known["alternative"]
            yield Order(
                response=option.response.id,
                target=target if option.targets else "",
                parameters=known,
                reason=reason,
            )

    def _wishes(self, seen: Observation) -> Iterator[tuple[str, str, dict[str, Value], str]]:
        if seen.days is not None:
            yield from self._days_after(seen, seen.days)
            return
        if any(question.open for question in seen.desk.forecasts):
            yield "RISK", "", {"percent": likely_percent(seen)}, "what is reported now"
        yield from self._assailants(seen)
        yield from self._answers(seen, urgent=True)
        yield from self._crowding(seen)
        yield from self._alert(seen)
        yield from self._claims(seen)
        yield from self._talks(seen)
        yield from self._answers(seen, urgent=False)
        if seen.minute < 20.0:
            for code in BEFORE:
                if not _since(seen, code, 1000.0):
                    yield code, "", {}, "prepare before it is needed: facts, partners, a way to record"
            yield from self._agree(seen)
        if seen.minute >= 0.0:
            yield from self._standing(seen)

    def _days_after(self, seen: Observation, days: DaysView) -> Iterator[tuple[str, str, dict[str, Value], str]]:
        """What is owed, soonest due first; then the promises, one after the other; then visits."""
        if any(m.about == About.PRESSURE and not _done_after(seen, "CMD", m.tick) for m in seen.messages):
            instead: dict[str, Value] = {"ground": "un.no_reprisal", "alternative": "participant_debrief"}
            yield "CMD", "", instead, "nobody is made to pay for having been there"
        for task in days.tasks:
            if task.status in {"open", "late"}:
                for code in DONE_BY[Duty(task.duty)]:
                    yield code, "", {"how": "separately"}, f"owed: task:{task.number}"
        if days.held:
            yield "CA7R", "", {}, "nobody is held without a reason"
        yield from self._claims_at_home(seen, days)
        for promise in sorted(seen.promises, key=lambda p: (p.due_min, p.number)):
            if promise.kept is None and promise.within_authority and not _followed(seen, promise):
                yield "CA5F", "", {"demand": promise.demand}, "what was promised is done before its day"
        for code in ("CA7C", "CA8"):
            if not _since(seen, code, VISITS_APART_MIN):
                yield code, "", {"manner": "invited"}, "people hear that they are not forgotten"

    def _claims_at_home(self, seen: Observation, days: DaysView) -> Iterator[tuple[str, str, dict[str, Value], str]]:
        """Rumours that were open when people left, and what is said since, are checked and answered."""
        for claim in seen.claims:
            news = claim.is_rumour or claim.heard_tick >= days.began_tick
            if news and _unsettled(claim) and not claim.checking and _times_checked(seen, claim.id) < 2 * ENOUGH:
                yield "EW1", claim.id, {}, f"check before acting on signal:{claim.id}"
            elif _worth_correcting(claim) and not _answered_lately(seen, claim.id):
                yield "PS3", claim.id, {"position": "refute"}, f"checked and can be shown, signal:{claim.id}"

    def _answers(self, seen: Observation, *, urgent: bool) -> Iterator[tuple[str, str, dict[str, Value], str]]:
        for message in sorted(seen.messages, key=lambda m: (_rank(m), m.tick, m.serial)):
            if (message.about in URGENT) != urgent or seen.tick - message.tick > ANSWER_WITHIN:
                continue
            if not message.needs_answer:
                continue
            for code in ANSWERS.get(message.about, ()):
                if _done_after(seen, code, message.tick) or not _makes_sense(seen, code):
                    continue
                target = message.place if code in {"TE1", "TE5", "CT6", "FA6", "TE2"} else ""
                if code == "EW1":
                    target = message.ref
                    if not any(c.id == target and _unsettled(c) for c in seen.claims):
                        continue
                given: dict[str, Value] = {"tone": "warm"}
                if message.about == About.PRESSURE:
                    given |= REFUSAL
                yield code, target, given, f"answers message:{message.serial}"

    def _assailants(self, seen: Observation) -> Iterator[tuple[str, str, dict[str, Value], str]]:
        """Few who attack officers while all others stand by: recorded first, then one is taken out, quietly."""
        calls = [m for m in seen.messages if _own_call(seen, m) and seen.tick - m.tick <= STILL_FRESH]
        if not calls or violent_seen(seen) > FEW:
            return
        call = max(calls, key=lambda m: (m.tick, m.serial))
        recorded = any(o.catalogue == "TE2" and o.target == call.place for o in seen.orders)
        if recorded and call.place and not _done_after(seen, "TE3", call.tick):
            yield "TE3", call.place, ARREST | {"grounds": f"message:{call.serial}"}, f"answers message:{call.serial}"

    def _crowding(self, seen: Observation) -> Iterator[tuple[str, str, dict[str, Value], str]]:
        """Room is made as soon as it is reported tight, not when somebody calls for help."""
        if seen.density >= TIGHT:
            for code in ("CT6", "CT6b"):
                if not _since(seen, code, 15.0):
                    yield code, CROWD, {}, "people stand too tightly here"

    def _alert(self, seen: Observation) -> Iterator[tuple[str, str, dict[str, Value], str]]:
        """Partners stand by on a signal worth something, and come once it is confirmed or seen."""
        confirmed = any(c.verdict == "true" for c in seen.claims) or any(
            m.grade == "A" and m.about in ALARMING for m in seen.messages
        )
        worth = any(c.grade <= "C" and c.verdict != "false" for c in seen.claims)
        wanted = Level.SEND if confirmed else Level.STAND_BY if worth else Level.INFORMATION
        if seen.claims and wanted > seen.desk.level:
            yield "EW7", "", {"level": wanted.name.lower()}, "as much as is known, and no more"

    def _agree(self, seen: Observation) -> Iterator[tuple[str, str, dict[str, Value], str]]:
        """Once the contact was heard, what can be agreed before anybody comes is agreed."""
        if seen.desk.calls and seen.minute < 0.0:
            for ask in ("corridor", "signals"):
                if ask not in seen.desk.agreed and not _asked_for(seen, ask):
                    yield "EW2", "", {"ask": ask}, "agreed before it is needed"

    def _claims(self, seen: Observation) -> Iterator[tuple[str, str, dict[str, Value], str]]:
        for claim in seen.claims:
            if _unsettled(claim):
                yield "EW1", claim.id, {}, f"check before acting on signal:{claim.id}"
            elif _worth_correcting(claim):
                yield "PS3", claim.id, {"position": "refute"}, f"checked and can be shown, signal:{claim.id}"

    def _talks(self, seen: Observation) -> Iterator[tuple[str, str, dict[str, Value], str]]:
        if seen.minute < 0.0:
            return
        if not seen.contact_made:
            yield "NG1", "", {"tone": "warm"}, "nobody has spoken with them yet"
        elif not seen.representatives and seen.rapport != "none":
            yield "NG3", "", {"seats": 5}, "they choose who speaks for them"
        deciders = [u for u in seen.units if u.code == "GOV" and u.mandate and u.free]
        if seen.representatives and not seen.meeting and deciders:
            yield "NG4", "", {}, "somebody who can decide sits down with them"
        if seen.meeting:
            promised = {p.demand for p in seen.promises if p.dated and p.within_authority}
            open_ = {d.demand: d.takes_days for d in seen.table.demands if "GOV" in d.grantable_by} if deciders else {}
            if open_ and not promised:
                # In the order of the scenario, as a list of demands is written.
                together = "+".join(name for name in seen.table.in_order if name in open_)
                wish: dict[str, Value] = {"demand": together, "due_days": max(7.0, *open_.values())}
                yield "NG7", "", wish, "a date and a name in writing"
            told = all(p.told_crowd for p in seen.promises if p.dated)
            if promised and not told and not _since(seen, "NG3b", REPORTS_APART_MIN):
                yield "NG3b", "", {"tone": "warm"}, "the crowd hears it from its own people"
            if promised and told and not _since(seen, "NG9", 15.0):
                yield "NG9", "", {"tone": "warm"}, "a way home with dignity"

    def _standing(self, seen: Observation) -> Iterator[tuple[str, str, dict[str, Value], str]]:
        if any(c.waiting for c in seen.casualties):
            yield "CA1", "", {}, "somebody needs care"
        if any(u.gear >= 2 for u in seen.units) and seen.state <= 2:
            yield "PD4", CROWD, {}, "nothing here calls for helmets"
        for code, again_min in STANDING:
            if code == "NG2" and seen.rapport == "good" and seen.representatives:
                continue
            if code == "NG3" and seen.representatives:
                continue
            if code == "CA1" and not any(c.waiting for c in seen.casualties):
                continue
            if not _since(seen, code, again_min):
                yield code, "", {"tone": "warm"}, "standing good practice"


def likely_percent(seen: Observation) -> float:
    """Percent for harm or violence within a quarter of an hour, from the state reported and calls still fresh."""
    threat = any(
        m.about in {About.THREAT, About.CROWDING} and seen.tick - m.tick <= 15 * MINUTE and m.grade <= "B"
        for m in seen.messages
    )
    return min(95.0, LIKELY[CrowdState(seen.state)] + (25.0 if threat else 0.0))


def violent_seen(seen: Observation) -> int:
    """How many people are reported to be violent, 0 when nobody is."""
    return int((seen.look == int(Look.VIOLENT)).sum())


def _own_call(seen: Observation, message: Message) -> bool:
    """True for officers' own report that they are attacked."""
    return message.about == About.THREAT and any(message.sender == unit.id for unit in seen.units)


def _asked_for(seen: Observation, ask: str) -> bool:
    """True when the contact has been rung about this before."""
    return any(o.catalogue == "EW2" and ("ask", ask) in o.parameters for o in seen.orders)


def _rank(message: Message) -> int:
    return URGENT.index(message.about) if message.about in URGENT else len(URGENT)


def _makes_sense(seen: Observation, code: str) -> bool:
    """False for ringing a contact who was heard, choosing representatives twice, seating them with nobody to decide."""
    if code == "EW2":
        return not seen.desk.calls
    if code == "NG3":
        return not seen.representatives
    return code != "NG4" or any(u.code == "GOV" and u.mandate and u.free for u in seen.units)


def _unsettled(claim: ClaimView) -> bool:
    """True while fewer than two sources were asked, those being asked now included."""
    return not claim.verdict and sum(1 for s in claim.sources if s.asking or s.says) < ENOUGH


def _times_checked(seen: Observation, claim: str) -> int:
    """How often it was ordered to have this checked."""
    return sum(o.catalogue == "EW1" and o.target == claim for o in seen.orders)


def _answered_lately(seen: Observation, claim: str) -> bool:
    """True when an answer to this rumour was ordered within the last day: it takes a while to be out."""
    return any(o.catalogue == "PS3" and o.target == claim and seen.tick - o.tick < DAY for o in seen.orders)


def _followed(seen: Observation, promise: Promise) -> bool:
    """True when whoever owes this has been held to it since it was given; a list for all to read is not that."""
    asked = ("demand", promise.demand)
    return any(o.catalogue == "CA5F" and asked in o.parameters and o.tick >= promise.given_tick for o in seen.orders)


def _worth_correcting(claim: ClaimView) -> bool:
    return claim.is_rumour and claim.verdict == "false" and claim.evidence and not claim.corrected


def _done_after(seen: Observation, code: str, tick: int) -> bool:
    """True when this was ordered at that tick or later."""
    return any(o.catalogue == code and o.tick >= tick for o in seen.orders)


def _since(seen: Observation, code: str, minutes: float) -> bool:
    """True when this was ordered within the last so many minutes."""
    return any(o.catalogue == code and seen.tick - o.tick <= minutes * MINUTE for o in seen.orders)
