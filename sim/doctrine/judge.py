"""Judge an order by the domestic pack and by the floor: all failures at once, none of them weighed against anything."""

from collections.abc import Callable

from sim.core.phrase import Phrase
from sim.doctrine import dispersal, note, requirement
from sim.doctrine.case import Case
from sim.doctrine.remedy import remedy_for
from sim.scenario.pack import Cite, Demand, Pack, Rule
from sim.scenario.scenario import Playbook
from sim.world.order import Citation, Failure, Gap, Order
from sim.world.world import World

Check = Callable[[Case, Rule], Phrase | None]

REQUIREMENTS: dict[str, Check] = {
    name: next(vars(room)[name] for room in (requirement, dispersal, note) if name in vars(room))
    for name in Demand.__args__  # type: ignore[attr-defined]
}
"""Every requirement by the name packs use."""


def judge(world: World, playbook: Playbook, order: Order, x: float, y: float) -> tuple[Failure, ...]:
    """Everything that is missing by either pack at this moment and place, in pack order: one failure for each.

    A domestic pack may be stricter than the floor, never looser: what fails the floor alone is reported with
    `domestic=False`, so that the gap can be shown.
    """
    case = Case(world=world, playbook=playbook, response=playbook.responses[order.response], order=order, x=x, y=y)
    floor = _failing(playbook.floor, case)
    domestic = floor if playbook.domestic.id == playbook.floor.id else _failing(playbook.domestic, case)
    failures: dict[tuple[str, str], Failure] = {}
    for rule, name, why in [*domestic, *floor]:
        if (rule.id, name) not in failures:
            remedy, steps = remedy_for(case, name)
            failures[rule.id, name] = Failure(
                rule=rule.id,
                requirement=name,
                says=rule.says.text,
                why=why,
                remedy=remedy,
                steps=steps,
                citation=_citation(rule.cite),
                domestic=any(r is rule for r, _, _ in domestic),
                baseline=any(r is rule for r, _, _ in floor),
            )
    return tuple(failures.values())


def gaps(world: World, playbook: Playbook, order: Order, x: float, y: float) -> tuple[Gap, ...]:
    """Where the law of the place would let through what the floor forbids here and now; it opens nothing."""
    response = playbook.responses[order.response]
    case = Case(world=world, playbook=playbook, response=response, order=order, x=x, y=y)
    forbidden = {rule.id for rule, _, _ in _failing(playbook.floor, case)}
    return tuple(
        Gap(
            rule=rule.id,
            says=rule.says.text,
            parts=rule.gap.text,
            citation=_citation(rule.cite),
            against=tuple(name for name in rule.against if name in forbidden),
        )
        for rule in playbook.domestic.on(playbook.scenario.doctrine.on)
        if rule.permits
        and rule.gap is not None
        and rule.concerns(response)
        and any(name in forbidden for name in rule.against)
        and all(REQUIREMENTS[name](case, rule) is None for name in rule.require)
    )


def _citation(cite: Cite) -> Citation:
    article = cite.article.text if cite.article is not None else None
    return Citation(instrument=cite.instrument.text, article=article, status=cite.status)


def _failing(pack: Pack, case: Case) -> list[tuple[Rule, str, Phrase]]:
    failing: list[tuple[Rule, str, Phrase]] = []
    for rule in pack.on(case.playbook.scenario.doctrine.on):
        if rule.permits or not rule.concerns(case.response):
            continue
        for name in rule.require:
            why = REQUIREMENTS[name](case, rule)
            if why is not None:
                failing.append((rule, name, why))
    return failing
