"""Judge an order by the domestic pack and by the floor: all failures at once, none of them weighed against anything."""

from sim.core.phrase import Phrase
from sim.doctrine.requirement import REQUIREMENTS, Case
from sim.scenario.pack import Cite, Pack, Rule
from sim.scenario.scenario import Playbook
from sim.world.order import Citation, Failure, Order
from sim.world.world import World


def judge(world: World, playbook: Playbook, order: Order, x: float, y: float) -> tuple[Failure, ...]:
    """Every rule of either pack that the order fails at this moment and place, in pack order, each once.

    A domestic pack may be stricter than the floor, never looser: what fails the floor alone is reported with
    `domestic=False`, so that the gap can be shown.
    """
    response = playbook.responses[order.response]
    case = Case(world=world, playbook=playbook, response=response, order=order, x=x, y=y)
    floor = _failing(playbook.floor, case)
    domestic = floor if playbook.domestic.id == playbook.floor.id else _failing(playbook.domestic, case)
    failures: dict[str, Failure] = {}
    for rule, why in [*domestic, *floor]:
        if rule.id not in failures:
            failures[rule.id] = Failure(
                rule=rule.id,
                says=rule.says.text,
                why=why,
                citation=_citation(rule.cite),
                domestic=any(r.id == rule.id for r, _ in domestic),
                baseline=any(r.id == rule.id for r, _ in floor),
            )
    return tuple(failures.values())


def _citation(cite: Cite) -> Citation:
    article = cite.article.text if cite.article is not None else None
    return Citation(instrument=cite.instrument.text, article=article, status=cite.status)


def _failing(pack: Pack, case: Case) -> list[tuple[Rule, Phrase]]:
    tags = {*case.response.checks, case.response.id}
    failing = []
    for rule in pack.rules:
        if not any(tag in tags for tag in rule.applies_to):
            continue
        for name in rule.require:
            why = REQUIREMENTS[name](case, rule)
            if why is not None:
                failing.append((rule, why))
                break
    return failing
