"""A run as measures see it: the entries of a journal, read once, and the questions measures ask of them.

Everything here is read from plain data, so a journal that was written to a file and read back gives the same answers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from sim.core.phrase import LText
from sim.world.journal import Data, Entry

TICKS_PER_MINUTE = 600
GATHERED = 30
"""So many participants are a gathering (assumed); half the largest number present where that never exceeded 60."""
HOLD = "hold"
"""The response of waiting and observing."""
CALM, TENSE, AGITATED, CLASH, DISPERSING, RESOLVED = range(6)
"""States of the crowd as the journal numbers them."""
TIMELINE = "inject:"
"""What the timeline brought about carries this and the inject's id as its response."""
STAGE_DONE = 3
"""An activity at this stage or a later one is over."""
HEAVY_GEAR = ("helmet_on", "shield")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the header of a journal says besides its entries. Names change what is printed, never a score."""

    scenario: str = ""
    start_min: float = 0.0
    """Scenario minute of tick 0."""
    names: Mapping[str, LText] = field(default_factory=dict)
    """What people call the injects, rumours, responses, places and demands, by id."""
    rumours: Mapping[str, bool] = field(default_factory=dict)
    """Whether each rumour is true, by id; what is left out is told from the entries where they say so."""
    aftermath: bool = False
    """True once the days after have been played; the journal itself may say so, too."""
    has_aftermath: bool = False
    """True for a scenario whose days after are played."""
    could_call: bool = True
    """False where nothing on offer could make anybody come sooner: no such response, or all are there at the start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRecord:
    """One order with its ruling and what was so when it was given."""

    tick: int
    minute: float
    response: str
    target: str
    parameters: Data
    accepted: bool
    marked: bool
    lawful: bool
    """True when it was lawful here and met the human-rights floor: a domestic rule never excuses the floor."""
    failures: tuple[Data, ...]
    activity: int
    """Number of the activity it started, 0 for none."""
    group: str
    force: str
    catalogue: str
    state: int
    """State of the crowd then."""
    violent_share: float
    """Share of the people around who used violence then, 0..1."""
    trigger: str
    """Id of the inject it answers, if any."""
    coercive: bool = False
    """True when it carries a note on necessity."""
    facts: tuple[Data, ...] = ()
    """The facts its note names, as they stood then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectRecord:
    """One inject that fired, and what became of it."""

    id: str
    about: str
    truth: str
    minute: float
    status: str
    """`handled`, `missed`, or `fired` while its window was still open or when there was nothing to handle."""
    settled_min: float
    """When it was handled or missed; when it fired, while it was neither."""
    expert_min: float
    window_min: float
    first_answer_min: float | None
    """Minutes to the first accepted answer, None when nothing answered it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """The time in which there was a crowd to deal with."""

    first_min: float
    last_min: float
    peak: int

    @property
    def minutes(self) -> float:
        """How long it lasted."""
        return self.last_min - self.first_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Worsening:
    """The crowd's state got worse."""

    minute: float
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Record:
    """A whole run. Made with `Record.of`."""

    facts: Facts
    entries: tuple[Entry, ...]
    last_tick: int
    """Tick of the last entry of the on-scene part."""
    orders: tuple[OrderRecord, ...]
    injects: tuple[InjectRecord, ...]
    gathering: Gathering | None
    """None when there never was one."""
    states: tuple[tuple[float, int, int], ...]
    """Minute, state before and state after of each change of the crowd's state."""
    _by_sort: Mapping[str, Sequence[int]] = field(init=False, repr=False, compare=False)
    """Where the consequences of each sort stand in `entries`: every measure asks for some."""

    def __post_init__(self) -> None:
        """Look once through all entries for what is asked again and again."""
        found: dict[str, list[int]] = {}
        for place, entry in enumerate(self.entries):
            if entry.kind == "consequence":
                found.setdefault(text(entry.data, "what"), []).append(place)
        object.__setattr__(self, "_by_sort", found)

    @classmethod
    def of(cls, entries: Iterable[Entry], facts: Facts | None = None) -> "Record":
        """Returns the record of a journal, or of its entries read back from a file."""
        facts = facts if facts is not None else Facts()
        everything = tuple(entries)
        kept = tuple(e for e in everything if e.kind != "digest")
        return cls(
            facts=facts,
            entries=kept,
            last_tick=_scene_ends(everything),
            orders=tuple(_order(e, facts.start_min) for e in kept if e.kind == "order"),
            injects=_injects(kept, facts.start_min),
            gathering=_gathering(kept, facts.start_min),
            states=tuple(
                (
                    facts.start_min + e.tick / TICKS_PER_MINUTE,
                    int(number(e.data, "from")),
                    int(number(e.data, "to")),
                )
                for e in kept
                if e.kind == "state"
            ),
        )

    # ---- time

    def minute(self, tick: int) -> float:
        """Scenario minute of a tick."""
        return self.facts.start_min + tick / TICKS_PER_MINUTE

    @property
    def end_min(self) -> float:
        """Scenario minute of the last entry of the on-scene part."""
        return self.minute(self.last_tick)

    def lasted(self, minutes: float) -> bool:
        """True when there was a gathering for at least so long."""
        return self.gathering is not None and self.gathering.minutes >= minutes

    @property
    def went_home(self) -> bool:
        """True once the days after have begun."""
        return any(e.kind == "scene" for e in self.entries)

    @property
    def whole(self) -> bool:
        """True once the days after have been played to their end."""
        return self.facts.aftermath or any(e.kind == "outcome" and yes(e.data, "aftermath") for e in self.entries)

    # ---- entries

    def consequences(self, *what: str) -> tuple[Entry, ...]:
        """Consequences of these sorts, oldest first."""
        places = sorted(chain.from_iterable(self._by_sort.get(sort, ()) for sort in dict.fromkeys(what)))
        return tuple(self.entries[place] for place in places)

    def own(self, *what: str) -> tuple[Entry, ...]:
        """Those of them that orders brought about; the timeline brings some about by itself."""
        return tuple(e for e in self.consequences(*what) if not text(e.data, "response").startswith(TIMELINE))

    def readings(self) -> tuple[Entry, ...]:
        """The readings, one a minute."""
        return tuple(e for e in self.entries if e.kind == "reading")

    def series(self, name: str) -> tuple[tuple[float, float], ...]:
        """Minute and value of one figure, for each reading that has it."""
        return tuple((self.minute(e.tick), number(e.data, name)) for e in self.readings() if has_number(e.data, name))

    def name(self, identity: str) -> LText | str:
        """What people call something; its id when nobody gave it a name."""
        return self.facts.names.get(identity, identity)

    # ---- orders and injects

    @property
    def acted(self) -> bool:
        """True when at least one order other than waiting was accepted while people were there."""
        there = self.last_tick if self.went_home else self.last_tick + 1
        return any(o.accepted and o.response != HOLD and o.tick < there for o in self.orders)

    def answers_threat(self, order: OrderRecord) -> bool:
        """True when an order protects people: it answers a true threat, or goes for offenders while there are some."""
        threats = [i.id for i in self.injects if i.about == "threat" and i.truth == "true"]
        return order.trigger in threats or (order.group == "targeted" and order.violent_share > 0.0)

    def ended_tick(self, order: OrderRecord) -> int:
        """Tick at which what an order started was over; the last tick of the run when it never was."""
        for entry in self.entries:
            if entry.kind == "activity" and entry.tick >= order.tick and order.activity > 0:
                over = number(entry.data, "stage") >= STAGE_DONE
                if over and number(entry.data, "number") == order.activity:
                    return entry.tick
        return self.last_tick

    def verified_min(self, inject: InjectRecord) -> float | None:
        """Minute at which a check that answered this inject came back with a verdict; None when none did."""
        targets = [o.target for o in self.orders if o.accepted and o.trigger == inject.id and o.target]
        found = [
            self.minute(e.tick)
            for e in self.consequences("verified")
            if text(e.data, "claim") in targets and self.minute(e.tick) >= inject.minute
        ]
        return min(found, default=None)

    def false_rumours(self) -> tuple[tuple[str, float], ...]:
        """Every rumour that started and is not so, with the minute it started, oldest first.

        Whether it is so comes from the header; else from its own check; else from the inject it came with.
        """
        verdicts = {text(e.data, "claim"): text(e.data, "truth") for e in self.consequences("verified")}
        starts: dict[str, int] = {}
        for entry in self.consequences("rumour_started"):
            starts.setdefault(text(entry.data, "rumour"), entry.tick)
        return tuple(
            (rumour, self.minute(tick))
            for rumour, tick in starts.items()
            if self._is_false(rumour, verdicts.get(rumour, ""), self.minute(tick))
        )

    def _is_false(self, rumour: str, verdict: str, minute: float) -> bool:
        if rumour in self.facts.rumours:
            return not self.facts.rumours[rumour]
        if verdict:
            return verdict == "false"
        return any(i.truth == "false" and i.about == "rumour" and i.minute == minute for i in self.injects)

    # ---- the crowd's state

    def state_at(self, minute: float) -> int:
        """State of the crowd at a minute."""
        return next((after for when, _, after in reversed(self.states) if when <= minute), CALM)

    def worsenings(self) -> tuple[Worsening, ...]:
        """Each time the state got worse, oldest first. Dispersing and resolved count as calm."""
        return tuple(
            Worsening(minute=minute, before=before, after=after)
            for minute, before, after in self.states
            if _severity(after) > _severity(before)
        )

    def quiet(self, reading: Entry) -> bool:
        """True when a reading shows no violence in its minute and a crowd that was not agitated."""
        calm = _severity(self.state_at(self.minute(reading.tick))) <= TENSE
        return calm and number(reading.data, "violent_last_min") == 0.0


def _severity(state: int) -> int:
    return state if state <= CLASH else CALM


def number(data: Data, name: str, otherwise: float = 0.0) -> float:
    """A figure of an entry; `otherwise` when it is not there."""
    value = data.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else otherwise


def has_number(data: Data, name: str) -> bool:
    """True when an entry has a figure of that name."""
    value = data.get(name)
    return isinstance(value, int | float) and not isinstance(value, bool)


def text(data: Data, name: str) -> str:
    """A text of an entry, "" when it is not there."""
    value = data.get(name)
    return value if isinstance(value, str) else ""


def yes(data: Data, name: str) -> bool:
    """True when an entry says so."""
    return data.get(name) is True


def part(data: Data, name: str) -> Data:
    """Nested data of an entry, empty when it is not there."""
    value = data.get(name)
    return value if isinstance(value, Mapping) else {}


def items(data: Data, name: str) -> tuple[object, ...]:
    """A list of an entry, empty when it is not there."""
    value = data.get(name)
    return tuple(value) if isinstance(value, list | tuple) else ()


def _scene_ends(entries: tuple[Entry, ...]) -> int:
    """Tick at which people had gone home; of the last entry where that has not happened."""
    last = entries[-1].tick if entries else 0
    return next((e.tick for e in entries if e.kind == "scene"), last)


def _order(entry: Entry, start_min: float) -> OrderRecord:
    order, ruling = part(entry.data, "order"), part(entry.data, "ruling")
    response = part(entry.data, "response")
    return OrderRecord(
        tick=entry.tick,
        minute=start_min + entry.tick / TICKS_PER_MINUTE,
        response=text(order, "response"),
        target=text(order, "target"),
        parameters=part(order, "parameters"),
        accepted=yes(ruling, "accepted"),
        marked=yes(ruling, "marked"),
        lawful=yes(ruling, "lawful_domestic") and yes(ruling, "meets_baseline"),
        failures=tuple(f for f in items(ruling, "failures") if isinstance(f, Mapping)),
        activity=int(number(ruling, "activity")),
        group=text(response, "group"),
        force=text(response, "force"),
        catalogue=text(response, "catalogue"),
        state=int(number(entry.data, "state")),
        violent_share=number(entry.data, "violent_share"),
        trigger=text(entry.data, "trigger"),
        coercive=yes(response, "coercive"),
        facts=tuple(f for f in items(entry.data, "grounds") if isinstance(f, Mapping)),
    )


def _injects(entries: tuple[Entry, ...], start_min: float) -> tuple[InjectRecord, ...]:
    latest: dict[str, InjectRecord] = {}
    for entry in entries:
        event = text(entry.data, "event")
        if entry.kind != "inject" or event not in {"fired", "handled", "missed"}:
            continue
        identity, minute = text(entry.data, "id"), start_min + entry.tick / TICKS_PER_MINUTE
        known = latest.get(identity)
        answered = has_number(entry.data, "first_answer_s")
        latest[identity] = InjectRecord(
            id=identity,
            about=text(entry.data, "about"),
            truth=text(entry.data, "truth"),
            minute=known.minute if known is not None else minute,
            status=event,
            settled_min=minute,
            expert_min=number(entry.data, "expert_min"),
            window_min=number(entry.data, "window_min"),
            first_answer_min=number(entry.data, "first_answer_s") / 60.0 if answered else None,
        )
    return tuple(latest.values())


def _gathering(entries: tuple[Entry, ...], start_min: float) -> Gathering | None:
    counts = [
        (start_min + e.tick / TICKS_PER_MINUTE, int(number(e.data, "participants")))
        for e in entries
        if e.kind == "reading"
    ]
    peak = max((count for _, count in counts), default=0)
    enough = [minute for minute, count in counts if count >= max(1.0, min(GATHERED, peak / 2.0))]
    if not enough:
        return None
    return Gathering(first_min=enough[0], last_min=enough[-1], peak=peak)
