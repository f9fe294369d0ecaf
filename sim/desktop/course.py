"""Course: what a journal says happened, in order - states of the crowd, decisions, events, people hurt.

Unlike the strip of a running exercise it shows what was so, not what was seen: the run is over.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from sim.core.phrase import LText, Phrase
from sim.effects.hearsay import Hearsay
from sim.exercise.reason import Called, called_after, reason_phrase, tasks_of
from sim.scenario.inject import Inject
from sim.scenario.scenario import Playbook
from sim.world.journal import Entry

Names: TypeAlias = Mapping[str, Mapping[str, LText]]
"""Names by kind of target (`place`, `group`, `lane`, `claim`, `activity`) and id."""
ACCEPTED, MARKED, REFUSED = "accepted", "marked", "refused"
"""Rulings: carried out, carried out although ruled unlawful, not carried out."""
HANDLED, MISSED, OPEN, NOTE = "handled", "missed", "open", "note"
"""What became of an event; a note asked for nothing."""


@dataclass(frozen=True, slots=True)
class Objection:
    """A legal check an order did not pass."""

    says: LText
    why: Phrase
    citation: LText
    domestic: bool
    """False when only the human-rights floor forbids it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One order and its ruling."""

    tick: int
    response: str
    target: str
    units: tuple[str, ...]
    reason: Phrase
    """Its template is "" where none was given."""
    ruling: str
    """`ACCEPTED`, `MARKED` or `REFUSED`."""
    reasons: tuple[Phrase, ...]
    """What stood against it in practice."""
    objections: tuple[Objection, ...]
    gaps: tuple[LText, ...] = ()
    """Where domestic law would have let through what the floor forbids."""

    @classmethod
    def of(cls, entry: Entry, called: Called) -> "Decision":
        """The decision in an `order` entry; `called` names the facts its reason speaks of."""
        data: Mapping[str, Any] = entry.data
        order, ruling = data["order"], data["ruling"]
        return cls(
            tick=entry.tick,
            response=str(order["response"]),
            target=str(order["target"]),
            units=tuple(str(u) for u in order["units"]),
            reason=reason_phrase(str(order["reason"]), called),
            ruling=MARKED if ruling["marked"] else ACCEPTED if ruling["accepted"] else REFUSED,
            reasons=tuple(Phrase.from_dict(r) for r in ruling["reasons"]),
            objections=tuple(
                Objection(
                    says=LText(f["says"]["en"], f["says"]["zh"]),
                    why=Phrase.from_dict(f["why"]),
                    citation=LText(str(f["citation"]), str(f.get("citation_zh") or f["citation"])),
                    domestic=bool(f["domestic"]),
                )
                for f in ruling["failures"]
            ),
            gaps=tuple(LText(g["parts"]["en"], g["parts"]["zh"]) for g in ruling.get("gaps", ())),
        )


@dataclass(frozen=True, slots=True)
class Event:
    """Something that reached the run by the scenario's timeline, and what became of it."""

    tick: int
    text: LText
    fate: str
    """`HANDLED`, `MISSED`, `OPEN` or `NOTE`."""


@dataclass(frozen=True, slots=True)
class Hurt:
    """Somebody was hurt."""

    tick: int
    severity: str
    """`minor`, `serious` or `fatal`."""
    cause: str


@dataclass(frozen=True, slots=True)
class Course:
    """A whole run along its ticks."""

    last: int
    """Last tick of the on-scene part; the days after have no place on its line."""
    states: tuple[tuple[int, int, int], ...]
    """(first tick, last tick, state of the crowd), one after the other."""
    loud: tuple[tuple[int, float], ...]
    """(tick, share of those taking part who are loud or worse) once a minute."""
    trust: tuple[tuple[int, float], ...]
    """(tick, how far people hold the police to be in the right, 0 .. 1) once a minute while anybody takes part."""
    decisions: tuple[Decision, ...]
    events: tuple[Event, ...]
    hurt: tuple[Hurt, ...]

    @classmethod
    def of(
        cls, playbook: Playbook, entries: Sequence[Entry], windows: Mapping[str, LText] = MappingProxyType({})
    ) -> "Course":
        """The course of a run of this playbook; `windows` are the questions of the drill it was, by their ids."""
        known = {inject.id: inject for inject in playbook.scenario.injects}
        claims, tasks = names_of(playbook)["claim"], tasks_of(entries)

        def decision(entry: Entry) -> Decision:
            answered = _words_of(known.get(str(entry.data.get("trigger", ""))))
            return Decision.of(entry, called_after(tasks, claims, windows, answered))

        home = [e.tick for e in entries if e.kind == "scene"]
        last = home[0] if home else max((e.tick for e in entries), default=0)
        readings: list[tuple[int, Mapping[str, Any]]] = [(e.tick, e.data) for e in entries if e.kind == "reading"]
        return cls(
            last=last,
            states=_states(entries, last),
            loud=tuple((t, min(1.0, d["actives"] / d["participants"])) for t, d in readings if d["participants"]),
            trust=tuple((t, float(d["legitimacy_all"])) for t, d in readings if d["participants"]),
            decisions=tuple(decision(e) for e in entries if e.kind == "order"),
            events=_events(playbook, entries),
            hurt=tuple(
                Hurt(e.tick, str(e.data["severity"]), str(e.data["cause"]))
                for e in entries
                if e.kind == "consequence" and e.data["what"] == "injury"
            ),
        )


def _states(entries: Iterable[Entry], last: int) -> tuple[tuple[int, int, int], ...]:
    changes = [(0, 0), *((e.tick, int(str(e.data["to"]))) for e in entries if e.kind == "state")]
    ends = [*(tick for tick, _ in changes[1:]), last]
    return tuple((start, end, state) for (start, state), end in zip(changes, ends, strict=True) if end > start)


def _events(playbook: Playbook, entries: Iterable[Entry]) -> tuple[Event, ...]:
    known = {inject.id: inject for inject in playbook.scenario.injects}
    found: dict[str, tuple[int, str]] = {}
    for entry in entries:
        if entry.kind == "inject":
            name = str(entry.data["id"])
            first = found.get(name, (entry.tick, ""))[0]
            found[name] = (first, str(entry.data["event"]))
    events = []
    for name, (tick, fate) in found.items():
        inject = known.get(name)
        if fate not in {HANDLED, MISSED}:
            fate = OPEN if inject is not None and inject.handled is not None else NOTE
        events.append(Event(tick, _words_of(inject) or LText(name, name), fate))
    return tuple(events)


def _words_of(inject: Inject | None) -> LText | None:
    words = (inject.text or inject.if_not_text) if inject is not None else None
    return words.text if words is not None else None


def names_of(playbook: Playbook) -> Names:
    """What everything an order can be aimed at is called, by kind of target and id: an id may name several things."""
    scenario = playbook.scenario
    claims = {rumour.id: rumour.claim.text for rumour in scenario.rumours}
    for inject in scenario.injects:
        for effect in inject.effects:
            if isinstance(effect, Hearsay):
                claims.setdefault(effect.claim, LText(effect.en, effect.zh))
    return {
        "place": {place.id: place.name.text for place in scenario.site.places},
        "group": {group.id: group.name.text for group in scenario.groups},
        "lane": {lane.id: lane.name.text for lane in scenario.site.lanes},
        "claim": claims,
        "activity": {response.id: response.title.text for response in playbook.responses.values()},
    }
