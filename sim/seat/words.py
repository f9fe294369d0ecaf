"""Words: what ids, states, channels and times are called on screen, in the language of whoever looks.

Everything here comes from the scenario as its author wrote it and from what a seat has heard; nothing from the true
state of a run.
"""

from collections.abc import Iterable
from functools import reduce

from sim.core.phrase import LText, Phrase
from sim.core.tick import face
from sim.crowd.state import CrowdState
from sim.exercise.reason import reason_phrase
from sim.scenario.lint.case import CROWD
from sim.scenario.necessity import listed as ids
from sim.scenario.response import GROUPS, Parameter, Response
from sim.scenario.scenario import Playbook
from sim.seat.law import CHOSEN, LISTS
from sim.seat.voice import Say
from sim.world.activity import Stage
from sim.world.message import Via
from sim.world.observation import Observation
from sim.world.order import Value
from sim.world.report import Look
from sim.world.statement import split
from sim.world.unit import Gear

STATES = {
    CrowdState.CALM: "calm",
    CrowdState.TENSE: "tense",
    CrowdState.AGITATED: "agitated",
    CrowdState.CLASH: "clash",
    CrowdState.DISPERSING: "dispersing",
    CrowdState.RESOLVED: "resolved",
}
UNSEEN = -1
"""In place of a state: nobody can see the crowd."""
LOOKS = {
    Look.STANDING: "watching",
    Look.TAKING_PART: "taking part",
    Look.HOSTILE: "hostile",
    Look.VIOLENT: "violent",
    Look.LEAVING: "leaving",
    Look.HURT: "hurt",
}
CHANNELS = {
    Via.RADIO: "radio",
    Via.CALL: "phone",
    Via.SCENE: "scene",
    Via.SOCIAL: "online",
    Via.DEPARTMENT: "department",
    Via.COMMAND: "command",
    Via.HOSPITAL: "hospital",
    Via.MEDIA: "press",
    Via.CLOCK: "clock",
    Via.INFORMATION: "information",
}
GRADES = {
    "A": "seen by our own people",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "doubtful source",
    "E": "source unknown",
}
UNGRADED = (Via.COMMAND, Via.CLOCK)
"""What comes by these is asked, ordered or due, not seen: how far it can be trusted is no question."""
KINDS = {
    "information": "Information and early warning",
    "negotiation": "Dialogue and negotiation",
    "facilitation": "Making room",
    "statement": "Public statements",
    "law": "Explaining the law",
    "posture": "Posture",
    "containment": "Lines and space",
    "dispersal": "Dispersal",
    "targeted": "Targeted steps",
    "care": "Care and aftermath",
    "command": "Command",
}
assert tuple(KINDS) == GROUPS
FORCE = {
    "none": "no force",
    "presence": "presence only",
    "hands_on": "hands on persons",
    "line": "a line moving against people",
    "containment": "people are held inside",
    "area": "means that hit an area",
}
UNITS = {
    "CMD": "command",
    "GLD": "strategic lead",
    "LIA": "dialogue officers",
    "NEG": "negotiator",
    "PAT": "patrol",
    "TRF": "traffic",
    "POU": "public-order unit",
    "MED": "medical team",
    "PIO": "public information",
    "LGL": "legal adviser",
    "INF": "information cell",
    "DRN": "drone",
    "GOV": "department",
    "COM": "mediator",
    "EVI": "evidence and arrest team",
    "LOG": "logistics",
}
GEARS = {
    Gear.SOFT_HAT: "soft hats",
    Gear.HELMET_AT_BELT: "helmets at belt",
    Gear.HELMET_ON: "helmets on",
    Gear.SHIELD: "shields",
}
STAGES = {Stage.TRAVEL: "on the way", Stage.SETUP: "preparing", Stage.RUN: "running"}
SEVERITIES = {1: "minor", 2: "serious", 3: "dead"}
RAPPORT = {"none": "no rapport", "some": "some rapport", "good": "good rapport"}
VERDICTS = {"": "not checked", "true": "confirmed", "false": "false", "unclear": "unclear"}
CHOICES = {
    "everything": "everything that is running",
    "coercive": "coercive steps and closed lines",
    "warm": "warm",
    "plain": "plain",
    "stern": "stern",
    "offender": "a person who offended",
    "representative": "a representative",
    "life_and_safety": "to protect life and safety",
    "traffic": "road traffic",
    "public_order": "public order",
    "known": "what has been checked, and what is still open",
    "refute": "it is not so",
    "confirm": "it is so",
    "none": "nothing personal",
    "open_question": "ask openly and let them finish",
    "paraphrase": "say it back in our own words",
    "emotion_label": "name what they feel",
    "summary": "sum up what was heard",
    "pause": "be silent and wait",
    "argue": "put their facts right",
    "heard": "to be heard",
    "receipt": "a receipt",
    "named_official": "a named official",
    "date": "a date",
    "interim_measure": "an interim measure",
    "decision": "a decision",
    "policy_change": "a change of policy",
    "CMD": "the police",
    "GOV": "the department",
    "news": "somebody comes back with news",
    "water": "water and toilets",
    "warning": "nothing moves unannounced",
    "whoever_asks": "whoever asks for it",
    "names": "names",
    "faces": "faces",
    "participants": "those taking part",
    "bystanders": "bystanders",
    "workers": "people at work here",
    "public": "the wider public",
    "online": "online post",
    "press": "press release",
    "sms": "text message and app",
    "pa": "loudspeaker",
    "briefing": "briefing in person",
    "police": "the police",
    "department": "the department",
    "hospital": "the hospital",
    "leader": "together with somebody chosen by the people",
    "free": "they come, go and film as they like",
    "confined": "they may not leave it",
    "inspected": "what they filmed is looked through",
    "fact": "with the fact",
    "rumour": "with the rumour",
    "named": "named",
    "unnamed": "not named",
    "stay": "may stay",
    "leave": "have to leave, too",
    "staged": "in stages, those who need care first",
    "unplanned": "not planned",
    "agreements": "what was agreed with the people here",
    "duties_only": "their duties only",
    "stop_violence": "stop violence against somebody",
    "protect_life": "protect life and limb",
    "free_emergency_way": "free the way for an ambulance",
    "prevent_crush": "prevent a crush",
    "end_serious_disruption": "end disruption that is serious and lasts",
    "no_time": "nothing less would come in time",
    "refused": "it was offered and refused",
    "too_dangerous": "anything less would put people in danger",
    "no_harm": "no harm",
    "discomfort": "discomfort",
    "minor": "somebody slightly hurt",
    "serious": "somebody badly hurt",
    "small": "small",
    "real": "real",
    "life": "a life",
    "information": "for information",
    "stand_by": "stand by",
    "send": "come now",
    "listen": "listen to what they want",
    "corridor": "agree on a lane for ambulances",
    "signals": "agree on how to talk",
    "everybody": "for everybody",
    "loudest": "for the loudest only",
    "inspections_today": "inspections begin today",
    "receipt_today": "a receipt and a name for the old petitions today",
}
"""Words of the shipped responses' own choices; others are shown as they stand in the file."""
PARTS = {
    "who": "who is speaking",
    "what": "what is happening",
    "known": "what is known",
    "unknown": "what is not known yet",
    "checked": "that it has been checked",
    "evidence": "what it rests on",
    "empathy": "what people put up with",
    "apology": "an apology",
    "remedy": "what is done about it",
    "ask": "what people are asked to do",
    "why": "why",
    "route": "the way round",
    "help": "where there is help",
    "next_update": "when the next word comes",
    "repeat": "it is repeated",
    "diminish": "that it was a small matter",
    "bolster": "praise of our own work",
    "label": "a label for those involved",
    "names": "names of people detained",
    "outcome": "how the inquiry will end",
}
"""Words of the parts of a statement or an announcement."""


def span(seconds: float) -> str:
    """A length of time as minutes and seconds; from three hours on as hours."""
    whole = max(0, round(seconds))
    if whole >= 3 * 3600:
        return f"{whole // 3600} h"
    return f"{whole // 60}:{whole % 60:02d}"


def lasting(say: Say, seconds: float) -> str:
    """A length of time as `span` has it, the hours in the words of the language."""
    whole = max(0, round(seconds))
    return say("{hours} h", hours=whole // 3600) if whole >= 3 * 3600 else span(seconds)


def listed(say: Say, parts: Iterable[str]) -> str:
    """The parts one after the other, set apart as the language does it; "" for none."""
    return reduce(lambda one, other: say("{one}, {other}", one=one, other=other), list(parts) or [""])


def clauses(say: Say, parts: Iterable[str]) -> str:
    """Parts that are sentences or nearly so, one after the other, set apart as the language does it; "" for none."""
    return reduce(lambda one, other: say("{one}; {other}", one=one, other=other), list(parts) or [""])


def running(say: Say, sentences: Iterable[str]) -> str:
    """Sentences one after the other, as running text of the language; "" for none."""
    return reduce(lambda one, other: say("{one} {other}", one=one, other=other), list(sentences) or [""])


class Words:
    """Names for the ids of one scenario, spoken by `say`."""

    def __init__(self, playbook: Playbook, say: Say) -> None:
        """Names out of this playbook."""
        scenario = playbook.scenario
        self.say = say
        self.playbook = playbook
        self.scenario = scenario
        self._places = {p.id: p.name.text for p in scenario.site.places}
        self._lanes = {lane.id: lane.name.text for lane in scenario.site.lanes}
        self._groups = {g.id: g.name.text for g in scenario.groups}
        self._demands = {d.id: d.name.text for d in scenario.demands}

    def clock(self, tick: int) -> str:
        """Scenario time of a tick."""
        return self.say(face(tick, int(self.scenario.minutes[0])))

    def time_of_day(self, tick: int) -> str:
        """Hours and minutes on a wall clock at a tick; "" where the scenario has none."""
        return self.scenario.time_of_day(self.scenario.start_min + tick / 600.0)

    def clock_of_minute(self, minute: float) -> str:
        """A scenario minute as a clock shows it."""
        return self.clock(round((minute - int(self.scenario.minutes[0])) * 600.0))

    def state(self, state: int, age_s: float) -> str:
        """The state of the crowd as it can be judged."""
        return self.say("nobody sees the crowd") if age_s < 0.0 else self.say(STATES[CrowdState(state)])

    def place(self, name: str) -> str:
        """A place."""
        return self._named(self._places, name)

    def group(self, name: str) -> str:
        """A group; everybody for ""."""
        return self._named(self._groups, name) if name else self.say("everybody")

    def demand(self, name: str) -> str:
        """A demand."""
        return self._named(self._demands, name)

    def lane(self, name: str) -> str:
        """A lane."""
        return self._named(self._lanes, name)

    def _named(self, names: dict[str, LText], name: str) -> str:
        return self.say(names[name]) if name in names else name

    def response(self, name: str) -> str:
        """A response."""
        response = self.playbook.responses.get(name)
        return self.say(response.title.text) if response is not None else name

    def unit_kind(self, code: str) -> str:
        """What a unit code stands for."""
        return self.say(UNITS[code]) if code in UNITS else code

    def target(self, response: Response | None, name: str, seen: Observation) -> str:
        """What an order is aimed at."""
        if not name:
            return ""
        if name == CROWD:
            return self.say("where most people are")
        kind = response.target.kind if response is not None else "place"
        if kind == "group":
            return self.group(name)
        if kind == "lane":
            return self.lane(name)
        if kind == "activity":
            return self.response(name)
        if kind == "claim":
            claim = next((c for c in seen.claims if c.id == name), None)
            return self.say(claim.text) if claim is not None else name
        return self.place(name)

    def part(self, name: str) -> str:
        """A part of a statement."""
        return self.say(PARTS[name]) if name in PARTS else name.replace("_", " ")

    def value(self, parameter: Parameter, value: Value, seen: Observation | None = None) -> str:
        """What a parameter is set to; `seen` knows what sources are called."""
        if parameter.kind == "number":
            return f"{value:g}" if isinstance(value, int | float) else str(value)
        text = str(value)
        if parameter.kind == "several":
            return listed(self.say, (self.part(part) for part in split(text)))
        if parameter.kind == "facts":
            return self.say("{number} picked", number=len(split(text))) if text else self.say("our own records")
        if parameter.kind == "sources":
            return self.sources(text, seen)
        if parameter.kind == "text" or (not text and parameter.kind != "group"):
            return text
        if parameter.kind in LISTS:
            return listed(self.say, (self.ground(each, None) for each in ids(text)))
        if parameter.kind in CHOSEN:
            return self.law(text)
        if parameter.kind == "exit":
            return self.place(text)
        if parameter.kind == "group":
            return self.group(text)
        if parameter.kind in {"demand", "demands"}:
            return clauses(self.say, [self.demand(each) for each in text.split("+")])
        if text in self.playbook.responses:
            return self.response(text)
        return self.say(CHOICES[text]) if text in CHOICES else text.replace("_", " ")

    def law(self, name: str) -> str:
        """What a power, a rule or a response is called; a name that is none as it stands."""
        power = next((p for p in self.playbook.powers if p.id == name), None)
        rule = next((r for r in self.playbook.rules if r.id == name), None)
        if power is not None:
            return self.say(power.title.text)
        if rule is not None:
            return self.say(rule.says.text)
        return self.response(name) if name in self.playbook.responses else name

    def ground(self, name: str, seen: Observation | None) -> str:
        """What a fact or a means of a note is called: a message by its time and words, a signal by what it says."""
        kind, _, own = name.partition(":")
        if kind == "report":
            return self.say("what {unit} last saw", unit=own)
        if kind == "signal":
            claim = next((c for c in seen.claims if c.id == own), None) if seen is not None else None
            return self.say("signal: {text}", text=self.say(claim.text) if claim is not None else own)
        if kind == "message":
            message = next((m for m in seen.messages if str(m.serial) == own), None) if seen is not None else None
            if message is None:
                return self.say("message {number}", number=own)
            return f"{self.clock(message.tick)} {self.say(message.text)}"
        if name in self.playbook.responses:
            return self.response(name)
        return self.say(CHOICES[name]) if name in CHOICES else name.replace("_", " ")

    def reason(self, given: str, seen: Observation) -> str:
        """Why an order was given; what it names of messages, signals and tasks by what they say."""

        def called(kind: str, own: str) -> str | Phrase:
            if kind == "task":
                tasks = seen.days.tasks if seen.days is not None else ()
                title = next((task.title for task in tasks if str(task.number) == own), None)
                return title if title is not None else Phrase("a task of the days after")
            if kind == "window":
                return Phrase("a decision of the drill")
            return self.ground(f"{kind}:{own}", seen)

        return self.say(reason_phrase(given, called))

    def sources(self, named: str, seen: Observation | None) -> str:
        """Sources of claims, joined with + as an order names them, by name."""
        if not named:
            return self.say("the best two that are independent")
        known = {s.id: s.name for claim in (seen.claims if seen is not None else ()) for s in claim.sources}
        return listed(self.say, (self.say(known[name]) if name in known else name for name in named.split("+")))
