"""Law: calls that nothing lawful answers, and powers that cover nothing that is on offer."""

from collections.abc import Iterator

from sim.core.phrase import Phrase
from sim.scenario.lint.case import Case, doubt
from sim.scenario.problem import Problem
from sim.scenario.response import Response


def doubts(case: Case) -> Iterator[Problem]:
    """Everything that leaves no lawful path."""
    scenario = case.scenario
    for k, inject in enumerate(scenario.injects):
        answers = [case.offered[name] for name in inject.answers if name in case.offered]
        if inject.handled is not None and answers and not any(_can_be_lawful(case, each) for each in answers):
            yield doubt(
                ("injects", k, "answers"),
                "no-lawful-answer",
                Phrase(
                    "no answer to this can be lawful here: {answers}", answers=", ".join(each.id for each in answers)
                ),
                Phrase("name an answer that does without force, or one that a power here covers"),
            )
    dated = [rule for rule in case.domestic.rules if rule.valid_from is not None or rule.valid_to is not None]
    if dated and scenario.doctrine.on is None:
        yield doubt(
            ("doctrine",),
            "no-day",
            Phrase("rules of {pack} hold from or to a day, and no day is given", pack=case.domestic.id),
            Phrase("add a line: {example}", example="on: '2024-05-01'"),
        )


def _can_be_lawful(case: Case, response: Response) -> bool:
    """False when a rule in force forbids it outright, or asks for a power and none here covers it."""
    for rule in case.rules:
        if rule.permits or not rule.concerns(response):
            continue
        if "never" in rule.require:
            return False
        if "power_fits" in rule.require and not any(power.allows(response) for power in case.powers):
            return False
    return True
