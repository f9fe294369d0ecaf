"""Plan files: read whole, with the scenario they are about and every order of every arm."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.tick import parse_clock
from sim.exercise.player import PLAYERS
from sim.scenario.plan import Plan
from sim.scenario.problem import Problem
from sim.scenario.scenario import Playbook
from sim.storage.library import load_playbook, locate, read_model, scenario_folder
from sim.storage.orders import TimedOrder, orders_of


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan that can be carried out."""

    plan: Plan
    playbook: Playbook
    moment: int
    """Tick from which the arms part."""
    before: tuple[TimedOrder, ...]
    after: tuple[tuple[TimedOrder, ...], ...]
    """Orders of each arm, in the plan's order."""
    digest: str
    """Of everything that decides what a trial measures: the plan's runs, the scenario, responses, law and rubric."""


def plan_folder() -> Path:
    """Where the shipped plans are."""
    return scenario_folder() / "plans"


def shipped_plans() -> dict[str, Path]:
    """The shipped plans by id."""
    return {path.stem: path for path in sorted(plan_folder().glob("*.yaml"))}


def read_plan(name: str) -> ReadPlan:
    """The plan of that file, or the shipped one of that id.

    Raises:
        BadInput: every fault found, with line and column.
    """
    plan, document, _ = read_model(shipped_plans().get(name, Path(name)), Plan)
    playbook = load_playbook(plan.scenario)
    problems: list[Problem] = []
    moment = 0
    try:
        moment = parse_clock(plan.prepare.until, playbook.scenario.start_min)
        last = playbook.scenario.minutes[1]
        if moment < 0 or moment + round(plan.lasts_min * 600) > (last - playbook.scenario.start_min) * 600:
            said = Phrase("the trial does not lie within the scenario, which ends at minute {minute:g}", minute=last)
            problems.append(Problem(("prepare", "until"), "out-of-scenario", said))
    except BadInput as bad:
        problems.append(Problem(("prepare", "until"), bad.faults[0].code, bad.faults[0].message))
    players = [("prepare", "player", plan.prepare.player)]
    before = orders_of(plan.prepare.orders, ("prepare", "orders"), playbook, problems)
    after = []
    for k, arm in enumerate(plan.arms):
        after.append(orders_of(arm.orders, ("arms", k, "orders"), playbook, problems))
        early = [each for each in after[-1] if each.tick < moment]
        if early:
            said = Phrase("an order of an arm is given before the arms part")
            problems.append(Problem(("arms", k, "orders"), "too-early", said))
        if arm.player not in PLAYERS:
            problems.append(_unknown_player(("arms", k, "player"), arm.player))
    problems.extend(_unknown_player((*path,), name) for *path, name in players if name not in PLAYERS)
    if problems:
        raise BadInput([locate(document, problem) for problem in problems])
    whole = hashlib.blake2b((plan.identity() + playbook.digest).encode(), digest_size=8).hexdigest()
    return ReadPlan(plan, playbook, moment, before, tuple(after), whole)


def _unknown_player(path: tuple[str | int, ...], name: str) -> Problem:
    said = Phrase("there is no automatic player called {name}", name=name)
    return Problem(path, "unknown-player", said, word=name, known=tuple(sorted(PLAYERS)))
