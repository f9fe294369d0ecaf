"""Fragile: which grades of a scenario turn into another when one number of the model or of its cast is moved.

A grade that turns is a grade that rests on a guess, unless the same run with other luck turns it as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sim.review.rehearsal import Rehearsal, Rehearsed
from sim.scenario.cast import Group
from sim.scenario.scenario import Playbook, Scenario
from sim.science.probe import varied

CAST = ("hardship", "hope", "anger", "legitimacy", "online", "patience_min")
"""Numbers of the scenario's groups, each moved in all of them together; called `groups.anger` and the like."""
OWN = "groups."
SEED = 1


@dataclass(frozen=True, slots=True)
class Move:
    """One number moved to one side; `name` is "" for the run as it is."""

    name: str = ""
    side: str = ""
    """`lower` or `higher`."""
    value: float = 0.0
    """The number's value; for those of groups the factor on it."""

    def of(self, playbook: Playbook, player: str, seed: int) -> Rehearsal:
        """The run to be made."""
        if not self.name:
            return Rehearsal(playbook, player, seed)
        if self.name.startswith(OWN):
            return Rehearsal(playbook, player, seed, cast={self.name.removeprefix(OWN): self.value})
        return Rehearsal(playbook, player, seed, numbers={self.name: self.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A grade that turned."""

    name: str
    side: str
    player: str
    grade: str
    """As it is."""
    turned: str
    points: float
    """Change of the score."""
    fragile: bool
    """True when other luck alone never went so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragility:
    """The model card of a scenario."""

    share: float
    asked: int
    runs: int
    numbers: int
    """Numbers that were moved to both sides."""
    luck: Mapping[str, tuple[float, float]]
    """Lowest and highest score of each player by luck alone."""
    flips: tuple[Flip, ...]

    @property
    def complete(self) -> bool:
        """False when it was broken off."""
        return self.runs == self.asked

    @property
    def fragile(self) -> tuple[str, ...]:
        """Numbers that some grade hangs on."""
        return tuple(dict.fromkeys(flip.name for flip in self.flips if flip.fragile))

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {**asdict(self), "complete": self.complete, "fragile": list(self.fragile)}


def own_numbers(scenario: Scenario) -> tuple[str, ...]:
    """The numbers of the groups that can be moved, `groups.anger` and the like."""
    return tuple(OWN + name for name in CAST if any(_has(group, name) for group in scenario.groups))


def _has(group: Group, name: str) -> bool:
    return getattr(group, name) is not None


def moves(scenario: Scenario, names: Sequence[str], share: float) -> list[Move]:
    """What is moved, first the scenario's own numbers: both sides of each; all numbers there are without names."""
    found = []
    for own in own_numbers(scenario):
        if not names or own in names or OWN.rstrip(".") in names:
            found += [Move(own, "lower", 1.0 - share), Move(own, "higher", 1.0 + share)]
    others = tuple(name for name in names if not name.startswith(OWN.rstrip(".")))
    if others or not names:
        for name, low, high in varied(share, others):
            found += [Move(name, "lower", low), Move(name, "higher", high)]
    return found


def fragility(
    share: float, asked: int, luck: Iterable[Rehearsed], moved: Sequence[tuple[Move, Rehearsed]]
) -> Fragility:
    """The card from the runs as they are, with several seeds, and those with one number moved, of the first seed."""
    plain = list(luck)
    ranges = {
        player: (min(r.total for r in plain if r.player == player), max(r.total for r in plain if r.player == player))
        for player in dict.fromkeys(r.player for r in plain)
    }
    usual = {r.player: r for r in plain if r.seed == SEED}
    flips = []
    for move, run in moved:
        before = usual.get(run.player)
        if before is None or before.grade == run.grade:
            continue
        low, high = ranges[run.player]
        flips.append(
            Flip(
                name=move.name,
                side=move.side,
                player=run.player,
                grade=before.grade,
                turned=run.grade,
                points=run.total - before.total,
                fragile=not low <= run.total <= high,
            )
        )
    return Fragility(
        share=share,
        asked=asked,
        runs=len(plain) + len(moved),
        numbers=len({move.name for move, _ in moved}),
        luck=ranges,
        flips=tuple(sorted(flips, key=lambda f: (not f.fragile, -abs(f.points), f.name, f.player))),
    )
