"""The drill card: what was decided, when, and how late; from the journal of a run and the drill it was played by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.core.phrase import LText
from sim.drill.cost import Cost
from sim.drill.drill import Drill
from sim.drill.session import of_the_drill
from sim.world.journal import Entry

NO_COST = {"cost": None, "margin": None, "stands": "", "better": "", "better_says": None, "played_on": None}
"""What stands in a card where the review has said nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One decision of a drill."""

    window: str
    question: LText
    status: str
    """`answered`, `expired`, `open` (the drill ended first) or `never` (it did not come up)."""
    tick: int
    """When it opened; -1 where it never did."""
    response: str
    """What answered it, or was ordered by default."""
    says: LText | None
    """How the drill puts that choice, where it says it in words of its own."""
    seat: str
    after_s: float | None
    """Simulated seconds from opening to answer."""
    expert_s: int
    countdown_s: int
    marked: bool = False
    """True when the rules call what was ordered unlawful."""
    untrue: bool = False
    """True when it was a statement, and what it said was not so; whether that came out or not."""
    cost: Cost | None = None
    """What the choice cost against the best lawful alternative, by the review; None where that has not been asked."""

    @property
    def late_s(self) -> float | None:
        """Seconds beyond the time somebody experienced needs; 0 within it, None where nobody answered."""
        return None if self.after_s is None else max(0.0, self.after_s - self.expert_s)

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "window": self.window,
            "question": {"en": self.question.en, "zh": self.question.zh},
            "status": self.status,
            "tick": self.tick,
            "response": self.response,
            "says": None if self.says is None else {"en": self.says.en, "zh": self.says.zh},
            "seat": self.seat,
            "after_s": self.after_s,
            "expert_s": self.expert_s,
            "countdown_s": self.countdown_s,
            "late_s": self.late_s,
            "marked": self.marked,
            "untrue": self.untrue,
            **(self.cost.as_dict() if self.cost is not None else NO_COST),
        }


@dataclass(frozen=True, slots=True)
class Card:
    """What a squad did with each decision of a drill."""

    drill: str
    lines: tuple[Line, ...]

    @property
    def in_time(self) -> int:
        """Decisions answered within the time somebody experienced needs."""
        return sum(line.late_s == 0.0 for line in self.lines)

    @property
    def answered(self) -> int:
        """Decisions answered before the countdown ran out."""
        return sum(line.status == "answered" for line in self.lines)

    @property
    def came(self) -> int:
        """Decisions that came up."""
        return sum(line.status != "never" for line in self.lines)

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "drill": self.drill,
            "came": self.came,
            "answered": self.answered,
            "in_time": self.in_time,
            "lines": [line.as_dict() for line in self.lines],
        }


def card_of(drill: Drill, entries: Sequence[Entry], costs: Mapping[int, Cost] | None = None) -> Card:
    """The card of a run of this drill; `costs` are those of the decisions that fell at a tick."""
    ours = of_the_drill(list(entries))
    return Card(drill.id, tuple(_line(drill, k, ours, costs or {}) for k in range(len(drill.windows))))


def latencies(card: Card, entries: Sequence[Entry]) -> dict[int, float]:
    """How long the window an order answered had been open, s, by the order's number in the run, from 1 on."""
    closed = {(line.tick + round(line.after_s * 10), line.response): line.after_s
              for line in card.lines if line.after_s is not None}  # fmt: skip
    found = {}
    orders = (entry for entry in entries if entry.kind == "order")
    for number, entry in enumerate(orders, start=1):
        after = closed.pop((entry.tick, str(_given(entry)["response"])), None)
        if after is not None:
            found[number] = after
    return found


def _line(drill: Drill, number: int, entries: Sequence[Entry], costs: Mapping[int, Cost]) -> Line:
    window = drill.windows[number]
    about = [e for e in entries if e.kind == "drill" and e.data.get("window") == window.id]
    opened = next((e for e in about if e.data["event"] == "open"), None)
    closed = next((e for e in about if e.data["event"] in {"answered", "expired"}), None)
    status = "never" if opened is None else "open" if closed is None else str(closed.data["event"])
    response = "" if closed is None else str(closed.data["response"])
    order = None
    if closed is not None:
        at = [e for e in entries if e.kind == "order" and e.tick == closed.tick]
        order = next((e for e in at if _given(e)["response"] == response), None)
    return Line(
        window=window.id,
        question=window.question.text,
        status=status,
        tick=-1 if opened is None else opened.tick,
        response=response,
        says=_says(drill, order, window.id),
        seat="" if order is None else str(_given(order)["seat"]),
        after_s=float(str(closed.data["after_s"])) if closed is not None and status == "answered" else None,
        expert_s=window.expert_s,
        countdown_s=window.countdown_s,
        marked=order is not None and _marked(order),
        untrue=order is not None and _untrue(order, entries),
        cost=costs.get(closed.tick) if closed is not None else None,
    )


def _says(drill: Drill, order: Entry | None, window: str) -> LText | None:
    if order is None:
        return None
    given = _given(order)
    parameters = given.get("parameters")
    named = parameters if isinstance(parameters, dict) else {}
    return drill.words_for(str(given["response"]), str(given.get("target", "")), named, window)


def _marked(entry: Entry) -> bool:
    ruling = entry.data["ruling"]
    assert isinstance(ruling, dict)
    return bool(ruling["marked"])


def _untrue(order: Entry, entries: Sequence[Entry]) -> bool:
    """True when the statement that came of this order was untrue; it is out some minutes later, if at all."""
    response, parameters = _given(order)["response"], _given(order).get("parameters")
    stand = parameters.get("position") if isinstance(parameters, dict) else None
    said = [e for e in entries if e.tick >= order.tick and e.kind == "consequence" and e.data["what"] == "statement"]
    own = [e for e in said if e.data["response"] == response and stand in {None, e.data["stand"]}]
    return bool(own) and not own[0].data["true"]


def _given(entry: Entry) -> dict[str, object]:
    given = entry.data["given"]
    assert isinstance(given, dict)
    return given
