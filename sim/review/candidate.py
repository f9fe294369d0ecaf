"""Candidates: the alternatives a decision is held against, a finite list that anybody can make again.

At most `MOST` of them, in this order, each once: what was done; waiting; up to `WISHES` orders the doctrine player
finds sensible; up to `VARIED` variations of what was done (elsewhere, in another tone, on other terms, with more
units); then one open response of each kind after the other, with its most sensible target and the parameters it has by
default. Only what could have been ordered and is lawful, by the domestic law and by the floor, is kept; what was done
is kept in any case. What an instructor pinned, or a drill laid out, comes on top of them: an unlawful order among it,
where the scenario lets one go ahead, is tried to teach and never recommended.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sim.exercise.exercise import Exercise
from sim.exercise.option import Option, make_plan
from sim.exercise.player import Doctrine, Options
from sim.scenario.necessity import NAMES
from sim.scenario.response import GROUPS
from sim.world.order import HOLD, Order, Value
from sim.world.statement import MISTAKES, split

MOST = 12
WISHES = 4
VARIED = 3
WHY = "an alternative, for the review"
"""The reason alternatives are given with: what is compared is the act."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that could have been done."""

    order: Order | None
    """None to wait."""
    source: str
    """`chosen`, `hold`, `pinned`, `doctrine`, `variation`, `open` or `unlawful`."""
    lawful: bool
    """By the domestic law and by the floor."""

    @property
    def response(self) -> str:
        """Id of the response; `hold` for waiting."""
        return HOLD if self.order is None else self.order.response


def candidates_at(
    run: Exercise,
    chosen: Order | None,
    *,
    most: int = MOST,
    pinned: Sequence[Order] = (),
) -> tuple[Candidate, ...]:
    """The alternatives at this moment of a run, what was done first; the run is left as it is.

    Args:
        run: Stands at the moment before the decision.
        chosen: What was done; None for waiting.
        most: How many at most, what was done and waiting included and what was pinned left out.
        pinned: Orders an instructor wants to see compared; dropped where they were not possible or are there already.
    """
    options = Options(run)
    found = [Candidate(chosen, "chosen", chosen is None or _lawful(run, chosen))]
    seen = {_key(run, chosen)}
    for order, source in _in_order(run, chosen, options):
        if len(found) >= most:
            break
        key = _key(run, order)
        if key in seen:
            continue
        seen.add(key)
        if order is None or _possible(run, order):
            found.append(Candidate(order, source, lawful=True))
    for order in pinned:
        candidate = _pinned(run, order, options)
        if candidate is not None and (key := _key(run, candidate.order)) not in seen:
            seen.add(key)
            found.append(candidate)
    return tuple(found)


def _pinned(run: Exercise, order: Order, options: Options) -> Candidate | None:
    """What an instructor pinned, as usual where it names a response alone; None where it was not possible."""
    if order.response not in options or order.response == HOLD:
        return None
    if not (order.target or order.units or order.parameters):
        order = _usual(run, options[order.response])
    order = replace(order, reason=order.reason or WHY)
    if _possible(run, order):
        return Candidate(order, "pinned", lawful=True)
    order = replace(order, go_ahead=True)
    return Candidate(order, "unlawful", lawful=False) if run.preview(order).marked else None


def _in_order(run: Exercise, chosen: Order | None, options: Options) -> Iterator[tuple[Order | None, str]]:
    yield None, "hold"
    for k, order in enumerate(Doctrine().ranked(run.observe(), options)):
        if k >= WISHES:
            break
        yield replace(order, reason=WHY), "doctrine"
    if chosen is not None:
        yield from ((order, "variation") for order in _varied(run, chosen, options))
    yield from ((order, "open") for order in _one_of_each_kind(run, options))


def _one_of_each_kind(run: Exercise, options: Options) -> Iterator[Order]:
    """Open responses, the kinds taking turns, within a kind in the scenario's order."""
    by_kind: dict[str, list[Option]] = {kind: [] for kind in GROUPS}
    for name in options:
        option = options[name]
        if option.open and name != HOLD:
            by_kind[option.response.group].append(option)
    longest = max((len(each) for each in by_kind.values()), default=0)
    for k in range(longest):
        for kind in GROUPS:
            if k < len(by_kind[kind]):
                yield _usual(run, by_kind[kind][k])


def _usual(run: Exercise, option: Option) -> Order:
    """A response as a careful commander would give it without another thought."""
    values: dict[str, Value] = {}
    for parameter in option.response.parameters:
        if parameter.name == "tone" and "warm" in parameter.choices:
            values["tone"] = "warm"
        if parameter.kind == "demand":
            unmet = [d for d in run.world.talks.heard if all(p.demand != d for p in run.world.talks.promises)]
            values[parameter.name] = unmet[0] if unmet else parameter.default
        if parameter.kind == "demands":
            promised = {p.demand for p in run.world.talks.promises}
            open_ = {d.demand for d in run.observe().table.demands if d.grantable_by and d.demand not in promised}
            values[parameter.name] = "+".join(d for d in run.world.setting.demands if d in open_)
    target = option.targets[0] if option.targets else ""
    return Order(response=option.response.id, target=target, parameters=values, reason=WHY)


def _varied(run: Exercise, chosen: Order, options: Options) -> list[Order]:
    """The same act elsewhere, in another tone, on other terms or with more units; at most `VARIED`, evenly chosen."""
    if chosen.response not in options or chosen.response == HOLD:
        return []
    option = options[chosen.response]
    ways: list[list[Order]] = [
        [replace(chosen, target=name, reason=WHY) for name in option.targets if name != chosen.target],
        [],
    ]
    for parameter in option.response.parameters:
        if parameter.name in NAMES or parameter.kind in {"rule", "response"}:
            continue  # What is noted or said to a superior changes nothing on the ground.
        now = chosen.parameters.get(parameter.name, parameter.default)
        others: list[Value] = [each for each in parameter.choices if each != now]
        if parameter.kind == "several":
            held = split(str(now))
            with_one = (
                "+".join(c for c in parameter.choices if (c in held) != (c == each)) for each in parameter.choices
            )
            others = [value for value in with_one if value and not set(split(value)) & set(MISTAKES)]
        if parameter.kind == "number":
            others = [
                value
                for value in (2.0 * float(str(now)), 0.5 * float(str(now)))
                if parameter.at_least <= value <= parameter.at_most and value != now
            ]
        ways.append(
            [replace(chosen, parameters={**chosen.parameters, parameter.name: value}, reason=WHY) for value in others]
        )
    more = tuple(name for name in option.free_units if name not in chosen.units)
    if chosen.units and more:
        ways[1] = [replace(chosen, units=(*chosen.units, more[0]), reason=WHY)]
    found: list[Order] = []
    for k in range(max((len(way) for way in ways), default=0)):
        found.extend(way[k] for way in ways if k < len(way))
    return [order for order in found if _possible(run, order)][:VARIED]


def _possible(run: Exercise, order: Order) -> bool:
    """True when it could be ordered now and nothing forbids it."""
    ruling = run.preview(order)
    return ruling.accepted and not ruling.marked and ruling.lawful_domestic and ruling.meets_baseline


def _lawful(run: Exercise, order: Order) -> bool:
    ruling = run.preview(order)
    return ruling.lawful_domestic and ruling.meets_baseline


def _key(run: Exercise, order: Order | None) -> tuple[object, ...]:
    """What makes two orders the same act: what is left to be filled in counts as filled in, and a reason does not."""
    if order is None or order.response == HOLD:
        return (HOLD,)
    order = make_plan(run.world, run.playbook, order).order
    parameters = tuple(sorted((name, str(value)) for name, value in order.parameters.items()))
    return (order.response, order.target, parameters, order.units)
