"""Options: which responses are open to a seat right now, and in plain words why the others are not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sim.core.phrase import Phrase
from sim.doctrine import fact_ids, with_facts
from sim.effects.settle import Settle
from sim.effects.stand_down import COERCIVE, EVERYTHING
from sim.exercise.moment import Moment
from sim.scenario.lint.case import CROWD
from sim.scenario.necessity import listed
from sim.scenario.response import Parameter, Response
from sim.scenario.scenario import Playbook
from sim.world.facts import facts_now
from sim.world.order import HOLD, Order
from sim.world.phase import PHASES, Phase
from sim.world.statement import split
from sim.world.unit import Unit
from sim.world.world import World


@dataclass(frozen=True, slots=True)
class Option:
    """One response as a seat sees it now."""

    response: Response
    open: bool
    reasons: tuple[Phrase, ...]
    """Why it is not open, all of it."""
    free_units: tuple[str, ...]
    """Units that could go now, those first that go when the order names none."""
    targets: tuple[str, ...]
    """Ids it can be aimed at now, most sensible first; empty when it needs no target."""
    powers: tuple[str, ...] = ()
    """Legal powers the law here knows that cover it, in the order of the pack."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What carrying an order out would take; `reasons` not empty means it cannot be."""

    reasons: tuple[Phrase, ...]
    units: tuple[Unit, ...]
    order: Order
    """The order with its defaults filled in."""
    x: float
    y: float


def options(world: World, playbook: Playbook) -> list[Option]:
    """Every offered response with whether it is open now."""
    now = Moment(world)
    return [option(now, playbook, response) for response in playbook.offered]


def open_now(world: World, playbook: Playbook) -> list[str]:
    """Ids of the offered responses that are open now."""
    now = Moment(world)
    return [response.id for response in playbook.offered if _nothing_against(now, playbook, response)]


def _nothing_against(now: Moment, playbook: Playbook, response: Response) -> bool:
    targets = possible_targets(now, response)
    order = Order(response=response.id, target=targets[0] if targets else "")
    target = order.target or response.target.default
    if next(_objections(now, playbook, response, order, targets, target), None) is not None:
        return False
    return not _choose_units(now.world, response, order, _where(now, response, target))[1]


def option(now: Moment, playbook: Playbook, response: Response) -> Option:
    """One response with whether it is open now."""
    targets = possible_targets(now, response)
    plan = _plan(now, playbook, response, Order(response=response.id, target=targets[0] if targets else ""), targets)
    return Option(
        response=response,
        open=not plan.reasons,
        reasons=plan.reasons,
        free_units=tuple(u.id for u in _free(now.world, response, (plan.x, plan.y))),
        targets=targets,
        powers=tuple(power.id for power in playbook.powers if power.allows(response)),
    )


def possible_targets(now: Moment, response: Response) -> tuple[str, ...]:
    """Ids the response can be aimed at now, its default first."""
    world, kind, default = now.world, response.target.kind, response.target.default
    if kind == "place":
        names = [CROWD, *world.setting.places]
    elif kind == "group":
        names = list(world.setting.groups)
    elif kind == "claim":
        names = sorted(
            world.claims, key=lambda name: (world.claims[name].verified, -world.claims[name].heard_tick, name)
        )
    elif kind == "lane":
        names = now.lanes
    elif kind == "activity":
        names = sorted(source for source in now.under_way if not source.startswith("inject:"))
    else:
        return ()
    return tuple(sorted(names, key=lambda name: name != default)) if default in names else tuple(names)


def make_plan(world: World, playbook: Playbook, order: Order) -> Plan:
    """Fills in an order's defaults and finds everything that stands practically against it."""
    response = playbook.responses.get(order.response)
    if response is None or not any(response is each for each in playbook.offered):
        return Plan((Phrase("there is no response called {name} here", name=order.response),), (), order, 0.0, 0.0)
    now = Moment(world)
    plan = _plan(now, playbook, response, order, possible_targets(now, response))
    return replace(plan, reasons=(*_left_out(response, plan.order), *plan.reasons))


def _left_out(response: Response, order: Order) -> Iterator[Phrase]:
    """What has to be named and is not; a response is open all the same: it can be named."""
    for parameter in response.parameters:
        if parameter.needed and not order.parameters.get(parameter.name):
            yield Phrase(
                "nothing is named under {parameter}, and so it would say nothing", parameter=parameter.title.text
            )


def _plan(now: Moment, playbook: Playbook, response: Response, order: Order, targets: tuple[str, ...]) -> Plan:
    order = with_facts(now.world, order)
    target = order.target or response.target.default or (targets[0] if targets else "")
    spot = _where(now, response, target)
    units, missing = _choose_units(now.world, response, order, spot)
    reasons = (*_objections(now, playbook, response, order, targets, target), *missing)
    x, y = (units[0].x, units[0].y) if response.remote and units and not _placed(now.world, response, target) else spot
    filled = Order(
        response=order.response,
        target=target,
        units=tuple(u.id for u in units),
        parameters={p.name: p.default for p in response.parameters} | dict(order.parameters),
        seat=order.seat,
        reason=order.reason,
        go_ahead=order.go_ahead,
    )
    return Plan(reasons, tuple(units), filled, x, y)


def _objections(
    now: Moment, playbook: Playbook, response: Response, order: Order, targets: tuple[str, ...], target: str
) -> Iterator[Phrase]:
    """What stands against an order for this target, whoever is to carry it out; `targets` are the possible ones."""
    world = now.world
    if response.target.kind != "none" and target not in targets:
        if target:
            yield Phrase("{target} is nothing this can be aimed at now", target=target)
        else:
            yield Phrase("there is nothing yet that this could be aimed at")
    parameters = {p.name: p.default for p in response.parameters}
    for name, value in order.parameters.items():
        yield from _wrong_parameter(world, playbook, response, target, name, value)
        parameters[name] = value
    for effect in response.effects:
        yield from effect.objections(world, parameters)
    for need in response.needs:
        if not need.when.holds(world):
            yield Phrase("{why}", why=need.why.text)
    yield from _wrong_phase(world, response) or _nothing_owed(world, response)
    same = () if response.id == HOLD or order.units else now.under_way.get(response.id, ())
    if any(activity.order.target == target for activity in same):
        yield Phrase("this is already under way there")


def _wrong_phase(world: World, response: Response) -> list[Phrase]:
    if f"P{world.phase}" in response.open_in:
        return []
    if Phase(world.phase) == Phase.AFTERMATH:
        return [Phrase("the part on the scene is over; this belongs to it")]
    if response.open_in == ("P6",):
        return [Phrase("this belongs to the days after")]
    return [Phrase("this is not for the phase the incident is in ({phase})", phase=PHASES[Phase(world.phase)])]


def _nothing_owed(world: World, response: Response) -> list[Phrase]:
    """What only does duties cannot be ordered while none of them is owed."""
    duties = [d for effect in response.effects if isinstance(effect, Settle) for d in effect.duties]
    if duties and not world.aftermath.open_tasks(world.tick, *duties):
        return [Phrase("nothing of that kind is owed now")]
    return []


def _wrong_parameter(
    world: World, playbook: Playbook, response: Response, target: str, name: str, value: object
) -> list[Phrase]:
    spec = response.parameter(name)
    if spec is None:
        known = ", ".join(p.name for p in response.parameters) or "-"
        return [Phrase("it has no parameter called {name}; it has: {known}", name=name, known=known)]
    setting = world.setting
    if spec.kind == "sources":
        return _wrong_sources(world, target, str(value))
    lists = {
        "several": lambda: spec.choices,
        "facts": lambda: tuple(fact.id for fact in facts_now(world)),
        "demands": lambda: tuple(setting.demands),
    }
    if spec.kind in lists:
        return _wrong_list(name, str(value), lists[spec.kind]())
    names = {
        "choice": spec.choices,
        "task": (EVERYTHING, COERCIVE, *spec.choices),
        "exit": tuple(p.id for p in setting.places.values() if p.exit_width_m > 0.0),
        "group": setting.groups,
        "demand": tuple(setting.demands),
        "rule": tuple(rule.id for rule in playbook.rules),
        "response": tuple(each.id for each in playbook.offered),
    }.get(spec.kind)
    if spec.kind in {"grounds", "means"}:
        return _wrong_grounds(world, spec, value)
    if names is not None and value not in names and value != spec.default:
        return [
            Phrase(
                "{value} is no choice for {name}; there are: {known}",
                value=str(value),
                name=name,
                known=", ".join(names),
            )
        ]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if spec.kind == "number" and not (number and spec.at_least <= float(str(value)) <= spec.at_most):
        return [Phrase("{name} is a number from {low:g} to {high:g}", name=name, low=spec.at_least, high=spec.at_most)]
    return []


def _wrong_list(name: str, value: str, known: tuple[str, ...]) -> list[Phrase]:
    """What is wrong with several ids joined by `+`: each has to be one there is, in the order they are listed, once."""
    given = split(value)
    unknown = [part for part in given if part not in known]
    if unknown:
        return [
            Phrase(
                "{value} is no choice for {name}; there are: {known}",
                value=unknown[0],
                name=name,
                known=", ".join(known),
            )
        ]
    if value != "+".join(part for part in known if part in given):
        return [Phrase("{name} lists each of its parts once, in the order they are listed here", name=name)]
    return []


def _wrong_grounds(world: World, spec: Parameter, value: object) -> list[Phrase]:
    """What stands against a list of ids: entries that are none, or not in order. Whether a fact holds the law asks."""
    known = fact_ids(world) if spec.kind == "grounds" else (*spec.choices, *(a.source for a in world.activities))
    given = listed(value)
    wrong = ", ".join(each for each in given if each not in known)
    if wrong and spec.kind == "grounds":
        return [Phrase("no such fact has reached the post: {facts}", facts=wrong)]
    if wrong:
        return [Phrase("this was not tried: {names}", names=wrong)]
    if list(given) != sorted(set(given)):
        return [Phrase("{name} lists each id once, in the order of the alphabet", name=spec.name)]
    return []


def _wrong_sources(world: World, target: str, value: str) -> list[Phrase]:
    """What is wrong with sources joined with +: each is one of the claim's, named once, in the claim's order."""
    claim = world.claims.get(target)
    known = [source.id for source in claim.sources] if claim is not None else []
    names = value.split("+") if value else []
    wrong = [
        Phrase("{name} is no source that can be asked; there are: {known}", name=name, known=", ".join(known) or "-")
        for name in names
        if name not in known
    ]
    if not wrong and names != [name for name in known if name in names]:
        wrong.append(Phrase("each source is named once, in this order: {known}", known=", ".join(known)))
    return wrong


def _free(world: World, response: Response, spot: tuple[float, float]) -> list[Unit]:
    """Free units that could do it or take part: those the response names first, who may decide, the nearest."""
    wanted = (*response.units, *response.also)
    free = [u for u in world.on_scene(*wanted) if u.activity == 0]
    return sorted(
        free, key=lambda u: (wanted.index(u.code), not u.mandate, 0.0 if response.remote else _square_m(u, spot))
    )


def _square_m(unit: Unit, spot: tuple[float, float]) -> float:
    dx, dy = unit.x - spot[0], unit.y - spot[1]
    return dx * dx + dy * dy


def _choose_units(
    world: World, response: Response, order: Order, spot: tuple[float, float]
) -> tuple[list[Unit], list[Phrase]]:
    if order.units:
        chosen, reasons = _named_units(world, response, order)
    else:
        chosen = [u for u in _free(world, response, spot) if u.code in response.units][: response.teams]
        reasons = [] if chosen or not response.units else [_nobody(world, response)]
    for code in response.also:
        if any(u.code == code for u in chosen):
            continue
        there = [u for u in world.on_scene(code) if u.activity == 0]
        if there:
            chosen.append(min(there, key=lambda u: (not u.mandate, _square_m(u, spot))))
        else:
            reasons.append(Phrase("no {code} unit is free on scene", code=code))
    return chosen, reasons


def _named_units(world: World, response: Response, order: Order) -> tuple[list[Unit], list[Phrase]]:
    chosen: list[Unit] = []
    reasons: list[Phrase] = []
    for name in order.units:
        unit = next((u for u in world.units if u.id == name), None)
        if unit is None:
            reasons.append(Phrase("there is no unit called {name}", name=name))
        elif not unit.on_scene(world.tick):
            reasons.append(_not_there(world, unit))
        elif unit.code not in (*response.units, *response.also):
            reasons.append(Phrase("{unit} is not a unit for this", unit=unit.id))
        else:
            chosen.append(unit)
    return chosen, reasons


def _nobody(world: World, response: Response) -> Phrase:
    """Why none of the units that could do it is free."""
    codes = " / ".join(response.units)
    if world.on_scene(*response.units):
        return Phrase("every {codes} unit is busy", codes=codes)
    coming = [u for u in world.units if u.code in response.units]
    if not coming:
        return Phrase("no {codes} unit is on the roster", codes=codes)
    return _not_there(world, min(coming, key=lambda u: (u.arrives_tick, u.id)))


def _not_there(world: World, unit: Unit) -> Phrase:
    minutes = (unit.arrives_tick - world.tick) / 600.0
    return Phrase("{unit} is not on scene before {minutes:.0f} min from now", unit=unit.id, minutes=minutes)


def _placed(world: World, response: Response, target: str) -> bool:
    """True when the target itself says where it is."""
    kind = response.target.kind
    return (kind == "place" and target in world.setting.places) or (kind == "lane" and target in world.setting.lanes)


def _where(now: Moment, response: Response, target: str) -> tuple[float, float]:
    """Where it takes place: at its place or lane, else where most people are."""
    world = now.world
    if not _placed(world, response, target):
        return now.crowd
    if response.target.kind == "place":
        centre = world.place(target).centre
        return centre.x, centre.y
    lane = world.setting.lanes[target]
    standing = sorted(v.x for v in world.road.vehicles if v.lane == target)
    return (standing[len(standing) // 2] if standing else 0.5 * (lane.x0 + lane.x1)), lane.y
