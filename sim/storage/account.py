"""Account: what a journal says about a run, as rows of words that a page can print."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.core.phrase import LText, Phrase
from sim.core.speech import Speech
from sim.core.tick import DAY_MIN, LONG_MIN
from sim.effects.hearsay import Hearsay
from sim.exercise.reason import called_after, reason_phrase, tasks_of
from sim.scenario.inject import Ending, Inject
from sim.scenario.lint.case import CROWD
from sim.scenario.response import Response
from sim.scenario.scenario import Playbook, Scenario
from sim.seat.words import Words, listed
from sim.world.journal import Entry

TICKS_PER_MINUTE = 600
STATES = (
    Phrase("calm"),
    Phrase("tense"),
    Phrase("agitated"),
    Phrase("clash"),
    Phrase("dispersing"),
    Phrase("resolved"),
)
"""In the order of `CrowdState`."""
GROUPS: dict[str, Phrase] = {
    "information": Phrase("information"),
    "negotiation": Phrase("negotiation"),
    "facilitation": Phrase("facilitation"),
    "statement": Phrase("statements"),
    "law": Phrase("law explained"),
    "posture": Phrase("posture"),
    "containment": Phrase("space and containment"),
    "dispersal": Phrase("dispersal"),
    "targeted": Phrase("targeted enforcement"),
    "care": Phrase("care and aftermath"),
    "command": Phrase("command"),
}
"""Kinds of response, in the order they are shown."""
TRUTHS = {"true": Phrase("true"), "false": Phrase("false"), "unclear": Phrase("unclear")}
STATUSES = {
    "handled": Phrase("handled"),
    "missed": Phrase("not handled"),
    "open": Phrase("still open at the end"),
    "note": Phrase("nothing to handle"),
}
RULINGS = {
    "lawful": Phrase("accepted"),
    "marked": Phrase("went ahead, ruled unlawful"),
    "refused": Phrase("refused"),
}
CITED = {
    "verified": Phrase("read in the text"),
    "known": Phrase("from common knowledge of the field"),
    "assumed": Phrase("assumed"),
}
ENDED = {
    "resolved": Phrase("the crowd had gone"),
    "bad_victory": Phrase("the street was empty, but people were hurt or nothing was solved"),
    "time": Phrase("the last minute of the scenario had passed"),
    "stopped": Phrase("it was stopped"),
    "unfinished": Phrase("it was not finished when this was written"),
}


def clock(minute: float) -> str:
    """A scenario minute as minutes and seconds, such as 25:20 or -05:00; from ten hours on days, hours and minutes."""
    seconds = round(minute * 60)
    if minute >= LONG_MIN:
        return f"{int(minute // DAY_MIN)}d {seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}"
    sign = "-" if seconds < 0 else ""
    return f"{sign}{abs(seconds) // 60:02d}:{abs(seconds) % 60:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectRow:
    """One inject that reached the run, and what became of it."""

    number: int
    minute: float
    at: str
    id: str
    text: str
    truth: str
    status: str
    """A key of `STATUSES`."""
    became: str
    """The status in words."""
    answered: str
    """How long the first answer took, as a clock; "" without one."""
    expert: str
    """How long an expert would need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureRow:
    """One legal check an order did not pass."""

    says: str
    why: str
    citation: str
    cited: str
    """How sure we are of the citation."""
    domestic: bool
    baseline: bool
    remedy: str = ""
    """What would put it right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """One order and its ruling."""

    number: int
    minute: float
    at: str
    code: str
    title: str
    group: str
    target: str
    units: str
    choices: tuple[str, ...]
    reason: str
    ruling: str
    """A key of `RULINGS`."""
    ruled: str
    """The ruling in words."""
    reasons: tuple[str, ...]
    failures: tuple[FailureRow, ...]
    missing: tuple[str, ...]
    """What was missing, each once however many rules ask for it."""
    gaps: tuple[str, ...]
    """Where domestic law would let through what the floor forbids."""
    answers: int
    """Number of the inject it answered, 0 for none."""
    floor_gap: bool
    """True when the domestic rules and the human-rights floor came to different answers."""
    coercive: bool
    """True when it compels, so that it carries a note on necessity."""
    domestic: bool
    """True when the law here allowed it."""
    floor: bool
    """True when it met the human-rights floor."""
    power: str
    """The legal power it named, "" for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingRow:
    """One condition by which the run was to be judged."""

    says: str
    holds: bool | None
    """None while the run is unfinished: nothing is decided yet."""


class Account:
    """A run's entries, read once, with the names its playbook gives to things."""

    def __init__(self, playbook: Playbook, entries: Iterable[Entry], say: Speech) -> None:
        """Read the entries of one run; `say` chooses the language of every row."""
        self.entries = [e for e in entries if e.kind != "digest"]
        self._playbook = playbook
        self._say = say
        self._names = _names(playbook.scenario)
        self._tasks = tasks_of(self.entries)
        self.words = Words(playbook, say)
        """What ids are called, where a screen says them."""
        self.start_min = playbook.scenario.minutes[0]
        home = [e.tick for e in self.entries if e.kind == "scene"]
        self.end_min = self.minute(home[0] if home else max((e.tick for e in self.entries), default=0))
        """Where the on-scene part ends; the days after have no place on its line of time."""
        self.injects = self._injects()
        self.decisions = self._decisions()

    @property
    def scenario(self) -> Scenario:
        """What was played."""
        return self._playbook.scenario

    def minute(self, tick: int) -> float:
        """Scenario minute of a tick."""
        return self.start_min + tick / TICKS_PER_MINUTE

    def of(self, kind: str, what: str = "") -> list[Entry]:
        """Entries of a kind; consequences of one sort when `what` is given."""
        return [e for e in self.entries if e.kind == kind and (not what or e.data["what"] == what)]

    def name(self, identity: str) -> str:
        """What people call a place, group, lane, claim, demand, inject or response; else the id itself."""
        if identity == CROWD:
            return self._say("where most people are")
        if identity in self._names:
            return self._say(self._names[identity])
        response = self._playbook.responses.get(identity)
        return self._say(response.title.text) if response else identity

    def states(self) -> list[tuple[float, float, int]]:
        """From minute, to minute and state of the crowd, one after the other."""
        changes = [(self.start_min, 0)] + [(self.minute(e.tick), _int(e.data, "to")) for e in self.of("state")]
        ends = [minute for minute, _ in changes[1:]] + [self.end_min]
        return [(a, b, state) for (a, state), b in zip(changes, ends, strict=True) if b > a]

    def series(self, name: str) -> list[tuple[float, float]]:
        """Minute and value of one figure of the readings."""
        return [(self.minute(e.tick), _float(e.data, name)) for e in self.of("reading")]

    def endings(self) -> tuple[list[EndingRow], list[EndingRow]]:
        """Win and lose conditions of the scenario, with whether each holds."""
        outcomes = self.of("outcome")
        data: Mapping[str, Any] = outcomes[-1].data if outcomes else {}
        return (
            self._ending_rows(self.scenario.aims, data.get("won")),
            self._ending_rows(self.scenario.red_lines, data.get("lost")),
        )

    def _ending_rows(self, endings: Sequence[Ending], met: Sequence[str] | None) -> list[EndingRow]:
        return [EndingRow(says=self._say(e.says.text), holds=None if met is None else e.id in met) for e in endings]

    def _injects(self) -> list[InjectRow]:
        known = {inject.id: inject for inject in self.scenario.injects}
        last: dict[str, Entry] = {}
        fired: list[Entry] = []
        for entry in self.of("inject"):
            last[str(entry.data["id"])] = entry
            if entry.data["event"] == "fired":
                fired.append(entry)
        return [
            self._inject(number, entry, last[str(entry.data["id"])], known.get(str(entry.data["id"])))
            for number, entry in enumerate(fired, start=1)
        ]

    def _inject(self, number: int, entry: Entry, last: Entry, inject: Inject | None) -> InjectRow:
        event = str(last.data["event"])
        status = event if event in {"handled", "missed"} else "open"
        if status == "open" and (inject is None or inject.handled is None):
            status = "note"
        answer = last.data["first_answer_s"]
        text = inject.text or inject.if_not_text if inject else None
        return InjectRow(
            number=number,
            minute=self.minute(entry.tick),
            at=clock(self.minute(entry.tick)),
            id=str(entry.data["id"]),
            text=self._say(text.text) if text else str(entry.data["id"]),
            truth=str(entry.data["truth"]),
            status=status,
            became=self._say(STATUSES[status]),
            answered=clock(float(answer) / 60.0) if isinstance(answer, int | float) else "",
            expert=clock(_float(entry.data, "expert_min")) if status != "note" else "",
        )

    def _decisions(self) -> list[DecisionRow]:
        return [self._decision(number, e) for number, e in enumerate(self.of("order"), start=1)]

    def _decision(self, number: int, entry: Entry) -> DecisionRow:
        data: Mapping[str, Any] = entry.data
        order, ruling = data["order"], data["ruling"]
        response = self._playbook.responses.get(order["response"])
        ruled = "marked" if ruling["marked"] else "lawful" if ruling["accepted"] else "refused"
        trigger = next((row.number for row in self.injects if row.id == data["trigger"]), 0)
        failures = tuple(self._failure(failure) for failure in ruling["failures"])
        return DecisionRow(
            number=number,
            minute=self.minute(entry.tick),
            at=clock(self.minute(entry.tick)),
            code=data["response"]["catalogue"],
            title=self.name(order["response"]),
            group=data["response"]["group"],
            target=self.name(order["target"]) if order["target"] else "",
            units=listed(self._say, order["units"]),
            choices=self._choices(response, order["parameters"]),
            reason=self._reason(str(order["reason"]), str(data["trigger"])),
            ruling=ruled,
            ruled=self._say(RULINGS[ruled]),
            reasons=tuple(self._say(Phrase.from_dict(reason)) for reason in ruling["reasons"]),
            failures=failures,
            missing=tuple(dict.fromkeys(each.why for each in failures)),
            gaps=tuple(self._gap(gap) for gap in ruling.get("gaps", ())),
            answers=trigger,
            floor_gap=ruling["lawful_domestic"] != ruling["meets_baseline"],
            coercive=data["response"].get("coercive") is True,
            domestic=bool(ruling["lawful_domestic"]),
            floor=bool(ruling["meets_baseline"]),
            power=self._power(str(order["parameters"].get("power", ""))),
        )

    def _reason(self, given: str, trigger: str) -> str:
        """Why it was ordered; facts by what they say."""
        return self._say(
            reason_phrase(given, called_after(self._tasks, self._names, answered=self._names.get(trigger)))
        )

    def _power(self, name: str) -> str:
        power = next((each for each in self._playbook.powers if each.id == name), None)
        return self._say(power.title.text) if power is not None else name

    def _failure(self, failure: Mapping[str, Any]) -> FailureRow:
        status = failure["citation_status"]
        return FailureRow(
            says=self._say(LText(failure["says"]["en"], failure["says"]["zh"])),
            why=self._say(Phrase.from_dict(failure["why"])),
            citation=self._say(LText(failure["citation"], failure.get("citation_zh") or failure["citation"])),
            cited=self._say(CITED[status]) if status in CITED else str(status),
            domestic=failure["domestic"],
            baseline=failure["baseline"],
            remedy=self._say(Phrase.from_dict(remedy)) if (remedy := failure.get("remedy")) else "",
        )

    def _gap(self, gap: Mapping[str, Any]) -> str:
        parts = self._say(LText(gap["parts"]["en"], gap["parts"]["zh"]))
        return f"{parts} ({self._say(LText(gap['citation'], gap['citation_zh']))})"

    def _choices(self, response: Response | None, given: Mapping[str, Any]) -> tuple[str, ...]:
        shown = []
        for name, value in given.items():
            parameter = response.parameter(name) if response else None
            title = self._say(parameter.title.text) if parameter else name
            if parameter is not None and parameter.kind == "sources" and value:
                shown.append(f"{title}: {listed(self._say, (self.name(each) for each in str(value).split('+')))}")
            elif value not in ("", None):
                shown.append(f"{title}: {self.name(value) if isinstance(value, str) else value}")
        return tuple(shown)


def _hearsay(scenario: Scenario) -> list[Hearsay]:
    """Everything the desk can hear of in it."""
    return [
        effect
        for inject in scenario.injects
        for effect in (*inject.effects, *inject.if_handled, *inject.if_not)
        if isinstance(effect, Hearsay)
    ]


def _names(scenario: Scenario) -> dict[str, LText]:
    """Everything a scenario gives a name to, by id; the first kind wins where two share an id."""
    kinds = [
        *((place.id, place.name) for place in scenario.site.places),
        *((group.id, group.name) for group in scenario.groups),
        *((lane.id, lane.name) for lane in scenario.site.lanes),
        *((rumour.id, rumour.claim) for rumour in scenario.rumours),
        *((demand.id, demand.name) for demand in scenario.demands),
        *((inject.id, inject.text) for inject in scenario.injects if inject.text is not None),
    ]
    found: dict[str, LText] = {}
    for identity, words in kinds:
        found.setdefault(identity, words.text)
    for effect in _hearsay(scenario):
        found.setdefault(effect.claim, LText(effect.en, effect.zh))
        for source in effect.sources:
            found.setdefault(source.id, source.name.text)
    return found


def _float(data: Mapping[str, Any], name: str) -> float:
    value = data.get(name, 0.0)
    return float(value) if isinstance(value, int | float) else 0.0


def _int(data: Mapping[str, Any], name: str) -> int:
    return int(_float(data, name))
