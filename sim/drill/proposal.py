"""A proposal: one order on its way through a squad.

    open ── seconded ──┬── carried ── (the order is given)
      │                ├── dropped   called down by the decider
      └── withdrawn    └── lapsed    nobody called in time, or the vote went against it

A seconded proposal waits for a countdown. Where the decider calls, votes are advice and shown; where the vote decides,
it is carried as soon as the rule is met and dropped as soon as it cannot be met any more.
"""

from dataclasses import dataclass, field

from sim.drill.drill import Vote
from sim.drill.refused import Refused
from sim.world.order import Order, Ruling

OPEN = ("open", "seconded")


@dataclass(slots=True)
class Proposal:
    """One order somebody wants."""

    number: int
    seat: str
    order: Order
    tick: int
    decider: str
    vote: Vote
    window: str = ""
    """Window it would answer, "" for none."""
    status: str = "open"
    seconder: str = ""
    until_tick: int = -1
    """When a seconded one lapses."""
    closed_tick: int = -1
    votes: dict[str, bool] = field(default_factory=dict)
    """By seat."""
    caller: str = ""
    """Who called; "" where the vote or the clock decided."""
    why: str = ""
    """What the decider said with the call."""
    dissent: dict[str, str] = field(default_factory=dict)
    """By seat: why it would have been decided otherwise."""
    ruling: Ruling | None = None
    """What became of the order, once carried."""

    @property
    def is_open(self) -> bool:
        """True while it can still be carried."""
        return self.status in OPEN

    def second(self, seat: str, until_tick: int) -> None:
        """Another seat wants it put to the decision; that counts as its vote."""
        if self.status != "open":
            raise Refused("settled")
        if seat == self.seat:
            raise Refused("own")
        self.status, self.seconder, self.until_tick = "seconded", seat, until_tick
        self.votes[self.seat] = True
        self.votes[seat] = True

    def go_on_alone(self, until_tick: int) -> None:
        """With nobody there to second it, it counts as seconded."""
        self.status, self.until_tick = "seconded", until_tick
        self.votes[self.seat] = True

    def cast(self, seat: str, *, for_it: bool) -> None:
        """A vote; it can be changed while the countdown lasts."""
        if self.status != "seconded":
            raise Refused("settled" if self.status != "open" else "not-now")
        self.votes[seat] = for_it

    def withdraw(self, seat: str, tick: int) -> None:
        """Whoever proposed it takes it back."""
        if seat != self.seat:
            raise Refused("not-yours")
        if not self.is_open:
            raise Refused("settled")
        self.close("withdrawn", tick)

    def call(self, seat: str, tick: int, *, carry: bool, why: str) -> None:
        """The decider's call; it needs no second, only the seat."""
        if self.vote != "advice":
            raise Refused("vote-decides")
        if seat != self.decider:
            raise Refused("not-yours")
        if not self.is_open:
            raise Refused("settled")
        self.caller, self.why = seat, why
        self.close("carried" if carry else "dropped", tick)

    def disagree(self, seat: str, reason: str) -> None:
        """Keeps why a seat would have decided otherwise, once for each seat."""
        if seat in self.dissent:
            raise Refused("twice")
        if self.status in {"open", "withdrawn"}:
            raise Refused("not-now")
        self.dissent[seat] = reason

    def verdict(self, seats: tuple[str, ...], tick: int) -> str:
        """`carried`, `dropped`, `lapsed` or "" while nothing is settled, by the votes and the clock alone."""
        if self.status != "seconded":
            return ""
        ours = [self.votes[s] for s in seats if s in self.votes]
        in_favour, against, missing = ours.count(True), ours.count(False), len(seats) - len(ours)
        out_of_time = tick >= self.until_tick
        if self.vote == "advice":
            return "lapsed" if out_of_time else ""
        if self.vote == "unanimous":
            if against:
                return "dropped"
            return "carried" if not missing else "lapsed" if out_of_time else ""
        if 2 * in_favour > len(seats) or (out_of_time and in_favour > against and 2 * len(ours) >= len(seats)):
            return "carried"
        if 2 * against >= len(seats):
            return "dropped"
        return "lapsed" if out_of_time or not missing else ""

    def close(self, status: str, tick: int) -> None:
        """Settles it."""
        self.status, self.closed_tick = status, tick

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "proposal": self.number,
            "seat": self.seat,
            "order": self.order.as_dict(),
            "tick": self.tick,
            "decider": self.decider,
            "vote": self.vote,
            "window": self.window,
            "status": self.status,
            "seconder": self.seconder,
            "until_tick": self.until_tick,
            "closed_tick": self.closed_tick,
            "votes": {seat: self.votes[seat] for seat in sorted(self.votes)},
            "caller": self.caller,
            "why": self.why,
            "dissent": {seat: self.dissent[seat] for seat in sorted(self.dissent)},
            "ruling": None if self.ruling is None else self.ruling.as_dict(),
        }
