"""Learning: objectives that no decision tests, calls that nothing grades, endings that say nothing."""

from collections.abc import Iterator

from sim.core.phrase import Phrase
from sim.scenario.lint.case import Case, doubt
from sim.scenario.problem import Problem


def doubts(case: Case) -> Iterator[Problem]:
    """Everything that is said to be trained and is not, and the other way round."""
    scenario = case.scenario
    graded = [inject for inject in scenario.injects if inject.handled is not None and inject.answers]
    tested = {each for inject in graded for each in inject.trains}
    for k, each in enumerate(scenario.trains):
        if each not in tested:
            yield doubt(
                ("trains", k),
                "objective-not-tested",
                Phrase("no decision tests {objective}", objective=each),
                Phrase("add trains: [{objective}] to an inject with handled and answers", objective=each),
            )
    for k, inject in enumerate(scenario.injects):
        for t, each in enumerate(inject.trains):
            if scenario.trains and each not in scenario.trains:
                yield doubt(
                    ("injects", k, "trains", t),
                    "objective-not-named",
                    Phrase("the scenario does not say that it trains {objective}", objective=each),
                    Phrase("add it to trains of the scenario, or take it out here"),
                )
        if inject.handled is not None and not inject.answers:
            yield doubt(
                ("injects", k),
                "no-answers",
                Phrase(
                    "{inject} says what handles it, but lists no answers: its time is never measured", inject=inject.id
                ),
                Phrase("add a line: {example}", example="answers: […]"),
            )
        if inject.answers and inject.handled is None:
            yield doubt(
                ("injects", k, "answers"),
                "not-graded",
                Phrase("{inject} lists answers, but nothing says when it is handled", inject=inject.id),
                Phrase("add a line: {example}", example="handled: …"),
            )
    if scenario.injects and not graded:
        yield doubt(
            ("injects",),
            "no-decision",
            Phrase("nothing here asks for a decision: no inject has both handled and answers"),
            Phrase("give at least one inject handled and answers"),
        )
    if not scenario.aims and scenario.injects:
        yield doubt(
            (),
            "no-aim",
            Phrase("there is no win: nobody can tell what a good outcome is"),
            Phrase("add a line: {example}", example="win: …"),
        )
