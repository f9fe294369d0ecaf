"""Session: an exercise with random orders, all of it drawn from one number."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from sim.core.noise import Noise, Stream
from sim.core.tick import to_ticks
from sim.exercise.exercise import Exercise
from sim.exercise.option import Option
from sim.scenario.response import Parameter
from sim.scenario.scenario import Playbook
from sim.world.order import Order, Value

FEWEST, MOST = 5, 40
"""Orders in a session."""
SHORT_S, LONG_S = (60.0, 180.0), (1800.0, 1800.0)
"""How long a session lasts, and how long every tenth."""
TENTH = 10
CLOSED, GO_AHEAD, NAMED_UNITS = 0.2, 0.5, 0.2
"""Chances: to order what is not open, to carry on with what is unlawful, to say which units shall go."""


@dataclass(frozen=True, slots=True)
class Session:
    """What one session is made of; its orders are chosen when it is first gone through, from what is open then."""

    number: int
    scenario: str
    seed: int
    start_min: int
    """Scenario minute it opens at: a moment when people have come."""
    moments: tuple[int, ...]
    """Ticks at which an order is given, ascending."""
    ticks: int

    @classmethod
    def draw(cls, number: int, playbooks: Mapping[str, Playbook], lasts_s: tuple[float, float] | None = None) -> Self:
        """The session of that number: always the same one for the same scenarios; `lasts_s` if not the usual length."""
        dice = Noise(number)
        names = sorted(playbooks)
        scenario = names[dice.choice(len(names), Stream.PLAYER, 0, 0)]
        first, last = _when_people_are_there(playbooks[scenario])
        least, most = lasts_s or (LONG_S if number % TENTH == TENTH - 1 else SHORT_S)
        ticks = to_ticks(least + (most - least) * dice.uniform(Stream.PLAYER, 0, 1))
        orders = FEWEST + dice.choice(MOST - FEWEST + 1, Stream.PLAYER, 0, 2)
        return cls(
            number=number,
            scenario=scenario,
            seed=dice.choice(1_000_000, Stream.PLAYER, 0, 3),
            start_min=first + dice.choice(max(1, last - first), Stream.PLAYER, 0, 4),
            moments=tuple(sorted(dice.choice(ticks, Stream.PLAYER, 1, k) for k in range(orders))),
            ticks=ticks,
        )

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "number": self.number,
            "scenario": self.scenario,
            "seed": self.seed,
            "start_min": self.start_min,
            "moments": list(self.moments),
            "ticks": self.ticks,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The session that `as_dict` wrote."""
        return cls(**{**data, "moments": tuple(data["moments"])})

    def some_tick(self, which: int) -> int:
        """A random tick inside it; another for each `which`."""
        return 1 + Noise(self.number).choice(self.ticks - 1, Stream.PLAYER, 2, which)

    def opened(self, playbook: Playbook) -> Exercise:
        """The exercise at its first tick: the scenario begins at this session's minute, with who has come by then."""
        minutes = (self.start_min, playbook.scenario.minutes[1])
        scenario = playbook.scenario.model_copy(update={"minutes": minutes})
        late = replace(playbook, scenario=scenario, digest=f"{playbook.digest} from {self.start_min}")
        return Exercise(late, self.seed)

    def order(self, run: Exercise, which: int) -> Order:
        """A random order as the run stands: mostly one that is open."""
        dice = Noise(self.number)

        def draw(n: int, part: int) -> int:
            return dice.choice(n, Stream.PLAYER, 3 + which, part)

        def chance(part: int) -> float:
            return dice.uniform(Stream.PLAYER, 3 + which, part)

        on_offer = run.options()
        wanted = [o for o in on_offer if o.open] if chance(0) >= CLOSED else on_offer
        option = (wanted or on_offer)[draw(len(wanted or on_offer), 1)]
        return Order(
            response=option.response.id,
            target=option.targets[draw(len(option.targets), 2)] if option.targets else "",
            units=_some_units(option, chance(3)),
            parameters={
                p.name: value
                for k, p in enumerate(option.response.parameters)
                if (value := _some_value(p, draw(1000, 10 + k))) != ""
            },
            reason=f"order {which} of session {self.number}",
            go_ahead=chance(4) < GO_AHEAD,
        )


def _when_people_are_there(playbook: Playbook) -> tuple[int, int]:
    """The first and the last minute a session may open at."""
    scenario = playbook.scenario
    comes = [group.arrives.to_min for group in scenario.groups if group.participant and group.arrives is not None]
    first = int(min(comes, default=scenario.minutes[0]))
    return max(first, scenario.minutes[0]), max(first + 1, int(scenario.minutes[1]) - 5)


def _some_units(option: Option, chance: float) -> tuple[str, ...]:
    return option.free_units[:1] if chance < NAMED_UNITS else ()


def _some_value(parameter: Parameter, drawn: int) -> Value:
    """A value of a parameter that is a choice or a number; of other kinds its default."""
    if parameter.choices:
        return parameter.choices[drawn % len(parameter.choices)]
    if parameter.kind == "number":
        span = min(parameter.at_most, parameter.at_least + 100.0) - parameter.at_least
        return parameter.at_least + span * drawn / 1000.0
    return parameter.default
