"""Aside: what people add to a run and no rule reads - notes, bookmarks, own scores, answers, another grade, pins.

It is kept in a file beside the journal and never inside it: the journal is chained by digests and says what happened.
"""

import copy
import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.scenario.rubric import Grade
from sim.scoring import Score
from sim.seat.breaking import clean
from sim.world.order import Order

GRADES: tuple[Grade, ...] = ("A", "B", "C", "D", "F")
MOST_CHARACTERS = 400
"""Of a note, an answer or a reason."""


@dataclass(frozen=True, slots=True)
class Override:
    """An instructor's grade beside the machine's; the machine's stays and is shown with it."""

    machine: str
    """What the rubric said; "" where it said nothing."""
    human: str
    """One of `GRADES`."""
    reason: str

    @classmethod
    def of(cls, machine: str, human: str, reason: str) -> Self:
        """An override with its reason.

        Raises:
            BadInput: there is no such grade, or no reason was given.
        """
        if human not in GRADES:
            raise BadInput.of("no-such-grade", Phrase("there is no grade {grade}", grade=human))
        if not reason.strip():
            raise BadInput.of("no-reason", Phrase("another grade needs its reason"))
        return cls(machine, human, reason.strip()[:MOST_CHARACTERS])

    def beside(self, machine: str) -> Phrase:
        """Both grades in words; `machine` is what the rubric says, now or when the instructor looked."""
        return Phrase(
            "Grade by the rubric: {machine}; by the instructor: {human} ({reason})",
            machine=machine or "-",
            human=self.human,
            reason=clean(self.reason),
        )


@dataclass(slots=True)
class Aside:
    """What a person adds to a run and the rules know nothing of."""

    in_hand: list[int] = field(default_factory=list)
    """Serials of calls the commander has dealt with."""
    notes: list[tuple[int, str]] = field(default_factory=list)
    """(tick, text)."""
    bookmarks: list[int] = field(default_factory=list)
    speeds: list[tuple[int, str]] = field(default_factory=list)
    """(tick, speed) at each change, in an assessed run."""
    speed: float = 0.0
    """Simulated seconds a second that were chosen last; 0 while nobody chose."""
    trace: list[tuple[float, ...]] = field(default_factory=list)
    """(tick, state, share taking part, share hostile, share violent, people) as they were seen."""
    own_score: dict[str, int] = field(default_factory=dict)
    """Points by rubric dimension the trainee gave, before the machine's score was shown."""
    survey: dict[str, str] = field(default_factory=dict)
    """Answers by id of the question (`survey.QUESTIONS`), given before the machine's score was shown."""
    asked: bool = False
    """True once the trainee was asked first, whatever was answered."""
    override: Override | None = None
    """The instructor's grade of the run, where it differs from the machine's."""
    pins: list[tuple[int, Order]] = field(default_factory=list)
    """(number of the decision, order): what an instructor wants to see compared with what was done there."""
    before: "Aside | None" = field(default=None, repr=False, compare=False)
    """As it was when it was read or kept last; None where it never was. Itself it is not kept."""

    def as_dict(self) -> dict[str, Any]:
        """JSON-able form."""
        parts = {name: copy.copy(getattr(self, name)) for name in _READERS}
        override = None if self.override is None else dataclasses.asdict(self.override)
        return {**parts, "override": override, "pins": [[number, order.as_dict()] for number, order in self.pins]}

    def take_over(self, theirs: "Aside") -> None:
        """What somebody else added or took away since `before` is so here, too; of what both set, the own stands."""
        before = self.before or Aside()
        for name in _READERS:
            was, now, other = (getattr(aside, name) for aside in (before, self, theirs))
            if other not in (was, now):
                setattr(self, name, _both(was, now, other))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """What was kept; anything damaged counts as not said, and takes nothing else with it."""
        found = cls()
        for name, read in _READERS.items():
            if name in data:
                try:
                    setattr(found, name, read(data[name]))
                except (TypeError, ValueError, AttributeError, KeyError, AssertionError, BadInput):
                    continue
        return found


def own_total(own: Mapping[str, int], result: Score) -> float | None:
    """What own points come to by the rubric's weights, over what was assessed; None without any."""
    given = [(d.weight, own[d.id]) for d in result.dimensions if d.points is not None and d.id in own]
    return sum(w * p for w, p in given) / sum(w for w, _ in given) if given else None


def _both(was: Any, now: Any, other: Any) -> Any:  # noqa: ANN401 - a part of any kind
    if now == was:
        return other
    if isinstance(now, list):
        gone, new = _less(was, now), _less(now, was)
        return _less(other, gone) + _less(new, _less(other, was))
    if isinstance(now, dict):
        return {**other, **{name: value for name, value in now.items() if was.get(name) != value}}
    return now


def _less(these: Sequence[Any], those: Sequence[Any]) -> list[Any]:
    """These without those, each as often as it stands there."""
    left, rest = list(those), []
    for each in these:
        if each in left:
            left.remove(each)
        else:
            rest.append(each)
    return rest


def _pin(number: Any, order: Any) -> tuple[int, Order]:  # noqa: ANN401 - anything may stand in the file
    found = Order.from_dict(order)
    if not all(isinstance(value, str | int | float) for value in found.parameters.values()):
        raise ValueError("a parameter is a single value")
    return int(number), found


def _override(value: Any) -> Override | None:  # noqa: ANN401 - anything may stand in the file
    return None if value is None else Override.of(str(value["machine"]), str(value["human"]), str(value["reason"]))


_READERS: dict[str, Any] = {
    "in_hand": lambda v: [int(each) for each in v],
    "notes": lambda v: [(int(tick), str(text)) for tick, text in v],
    "bookmarks": lambda v: [int(each) for each in v],
    "speeds": lambda v: [(int(tick), str(speed)) for tick, speed in v],
    "speed": lambda v: max(0.0, float(v)),
    "trace": lambda v: [tuple(float(each) for each in point) for point in v],
    "own_score": lambda v: {str(name): int(points) for name, points in v.items()},
    "survey": lambda v: {str(name): str(answer) for name, answer in v.items()},
    "asked": bool,
    "override": _override,
    "pins": lambda v: [_pin(number, order) for number, order in v],
}
"""How each part is read back."""
