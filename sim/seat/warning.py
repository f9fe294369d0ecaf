"""The early-warning desk as a seat sees it: signals, who can be asked, what is prepared, who comes, who decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from sim.exercise.option import Option
from sim.scenario.scenario import Playbook
from sim.world.knowledge import ENOUGH
from sim.world.message import Message, Via
from sim.world.observation import ClaimView, Observation, SourceView, UnitView

CHECK = "EW1"
"""Catalogue code of checking."""
ESTIMATE = "RISK"
PREPARE = ("EW7", "EW2", "EW3", "EW5", "EW4", "EW6", "PD2", "PD6", "PD7", "GLD")
"""Catalogue codes of what is worth doing before anybody comes, in the order they stand on the board."""
LEVELS = {0: "nobody is alerted", 1: "partners are informed", 2: "partners stand by", 3: "partners are on the way"}
SAYS = {"supports": "says it is so", "contradicts": "says it is not so", "cannot_say": "cannot say"}
AGREED = {"corridor": "a lane for ambulances", "signals": "how to talk"}


@dataclass(frozen=True, slots=True)
class Signal:
    """One line of the table."""

    claim: ClaimView
    message: Message | None
    """What brought it, None when it came with nothing that named it."""
    checked_by: tuple[str, ...]
    """Units that are at it now."""

    @property
    def via(self) -> Via | None:
        """The channel it came by."""
        return self.message.via if self.message is not None else None

    @property
    def open(self) -> bool:
        """True while too few have been asked, those being asked now included, and nobody is at it."""
        asked = sum(1 for source in self.claim.sources if source.asking or source.says)
        return not (self.claim.verdict or self.checked_by) and asked < ENOUGH

    @property
    def left(self) -> tuple[SourceView, ...]:
        """Sources still to ask."""
        if self.claim.verdict:
            return ()
        return tuple(s for s in self.claim.sources if not (s.asking or s.says))


@dataclass(frozen=True, slots=True)
class Preparation:
    """Something worth doing before anybody comes, and how it stands."""

    option: Option
    running_min: float
    """Minutes it still takes, 0 when it is not under way, -1 when it goes on until it is stopped."""
    done: bool
    """Ordered before, and not under way."""


def signals(seen: Observation, playbook: Playbook) -> tuple[Signal, ...]:
    """Every signal and rumour: first what is still to be asked about, then what is being checked, then what is settled.

    Within each of the three the newest stands first.
    """
    checks = {name for name, response in playbook.responses.items() if response.catalogue == CHECK}
    first: dict[str, Message] = {}
    for message in seen.messages:
        if message.ref:
            first.setdefault(message.ref, message)
    found = [
        Signal(
            claim=claim,
            message=first.get(claim.id),
            checked_by=tuple(
                unit
                for activity in seen.activities
                if activity.response in checks and activity.target == claim.id
                for unit in activity.units
            ),
        )
        for claim in seen.claims
    ]
    return tuple(sorted(found, key=lambda s: (bool(s.claim.verdict), not s.open, -s.claim.heard_tick)))


def pairs(signal: Signal) -> tuple[tuple[SourceView, ...], ...]:
    """Who could be asked next, in ones and twos, in the order of the claim's sources."""
    left = signal.left
    return (*((source,) for source in left), *combinations(left, 2))


def preparations(seen: Observation, options: Sequence[Option]) -> tuple[Preparation, ...]:
    """What this run offers of `PREPARE`."""
    given = {order.response for order in seen.orders}
    found = []
    for code in PREPARE:
        for option in options:
            if option.response.catalogue != code:
                continue
            live = [a for a in seen.activities if a.response == option.response.id]
            running = 0.0
            if live:
                ends = [a.since_tick + a.run_ticks for a in live if a.run_ticks]
                running = max(0.1, (max(ends) - seen.tick) / 600.0) if ends else -1.0
            found.append(Preparation(option, running, not live and option.response.id in given))
    return tuple(found)


def coming(seen: Observation) -> tuple[UnitView, ...]:
    """Units that are still to come, the soonest first."""
    return tuple(sorted((u for u in seen.units if u.eta_s > 0.0), key=lambda u: (u.eta_s, u.id)))


def officials(seen: Observation) -> tuple[UnitView, ...]:
    """The people from the departments, here or not."""
    return tuple(u for u in seen.units if u.code == "GOV")


def source_choices(seen: Observation, claim: str) -> tuple[str, ...]:
    """What the sources of a check of this claim can be set to: nobody in particular, then ones and twos."""
    found = next((c for c in seen.claims if c.id == claim), None)
    if found is None:
        return ("",)
    return ("", *("+".join(s.id for s in group) for group in pairs(Signal(found, None, ()))))
