"""Resources: responses that nobody on the roster can carry out, or not before it is too late."""

from collections.abc import Iterator

from sim.core.phrase import Phrase
from sim.scenario.lint.case import DECIDER, Case, doubt
from sim.scenario.lint.reach import shut_out
from sim.scenario.problem import Problem


def doubts(case: Case) -> Iterator[Problem]:
    """Every response that is asked for and cannot be carried out."""
    scenario = case.scenario
    codes = tuple(dict.fromkeys(unit.code for unit in scenario.units))
    for part in ("responses", "special"):
        for k, name in enumerate(getattr(scenario, part)):
            response = case.responses.get(name)
            # Force that nobody can use is on offer to be thought about.
            if response is not None and not response.coercive and name in case.shut:
                code = "nobody-can" if case.shut[name] is None else "never-open"
                yield doubt((part, k), code, *shut_out(case, name))
    for k, inject in enumerate(scenario.injects):
        able = [name for name in inject.answers if name in case.offered and not case.lacking(case.offered[name])]
        for a, name in enumerate(inject.answers):
            response = case.offered.get(name)
            if response is None:
                yield doubt(
                    ("injects", k, "answers", a),
                    "not-on-offer",
                    Phrase("{response} is not on offer in this scenario", response=name),
                    Phrase("add it to responses or special, or name another answer"),
                )
            elif case.lacking(response) and not able:
                yield doubt(
                    ("injects", k, "answers", a),
                    "nobody-can",
                    Phrase(
                        "nobody on the roster can carry out {response}: it needs {codes}",
                        response=name,
                        codes=", ".join(case.lacking(response)),
                    ),
                    Phrase("add a unit of one of these codes to units, or name another answer"),
                )
        yield from _too_late(case, k, able)
        yield from _demanded(case, k)
    promising = any(effect.do == "commit" for each in case.offered.values() for effect in each.effects)
    for k, demand in enumerate(scenario.demands if promising else ()):
        if demand.grantable_by and not set(demand.grantable_by) & set(codes):
            yield doubt(
                ("demands", k, "grantable_by"),
                "nobody-can",
                Phrase("nobody on the roster may grant this: {codes}", codes=", ".join(demand.grantable_by)),
                Phrase("add a unit of one of these codes to units; there are: {known}", known=", ".join(codes)),
            )
    yield from _no_mandate(case)
    yield from _idle(case)
    for code in scenario.reliability:
        if code not in codes:
            yield doubt(
                ("reliability", code),
                "nobody-can",
                Phrase("there is no unit of the code {code}", code=code),
                Phrase("there are: {known}", known=", ".join(codes)),
            )


def _demanded(case: Case, k: int) -> Iterator[Problem]:
    """What a superior demands and nobody could do, so that refusing it says nothing."""
    for d, name in enumerate(case.scenario.injects[k].demands):
        response = case.offered.get(name)
        if response is None:
            yield doubt(
                ("injects", k, "demands", d),
                "not-on-offer",
                Phrase("{response} is not on offer in this scenario", response=name),
                Phrase("add it to responses or special, or demand another"),
            )
        elif lacking := case.lacking(response):
            yield doubt(
                ("injects", k, "demands", d),
                "nobody-can",
                Phrase(
                    "nobody on the roster can carry out {response}: it needs {codes}",
                    response=name,
                    codes=", ".join(lacking),
                ),
                Phrase("add a unit of one of these codes to units, or demand another"),
            )


def _no_mandate(case: Case) -> Iterator[Problem]:
    """A decision-maker whom demands name and who may not decide."""
    asked = next((each.id for each in case.scenario.demands if DECIDER in each.grantable_by), None)
    there = [k for k, unit in enumerate(case.scenario.units) if unit.code == DECIDER]
    if asked is not None and there and not case.decided_by:
        yield doubt(
            ("units", there[0]),
            "no-mandate",
            Phrase(
                "{demand} can be granted by {code}, and no unit of that code may decide", demand=asked, code=DECIDER
            ),
            Phrase("write {example} at a unit of the code {code}", example="mandate: true", code=DECIDER),
        )


def _idle(case: Case) -> Iterator[Problem]:
    """Units of a code that no response there is asks for: a slip of the pen, most likely."""
    asked = tuple(dict.fromkeys(code for each in case.responses.values() for code in (*each.units, *each.also)))
    for k, unit in enumerate(case.scenario.units):
        if unit.code not in asked:
            message = Phrase("no response asks for a unit of the code {code}", code=unit.code)
            yield Problem(("units", k, "code"), "idle-unit", message, word=unit.code, known=asked, warning=True)


def _too_late(case: Case, k: int, able: list[str]) -> Iterator[Problem]:
    """An inject all of whose answers need units that come when its window has closed, and cannot be called sooner."""
    inject = case.scenario.injects[k]
    if inject.handled is None or not able:
        return
    if any(effect.do in {"summon", "alert"} for each in case.offered.values() for effect in each.effects):
        return
    earliest = []
    for name in able:
        response = case.offered[name]
        earliest.append(min((unit.arrives_min for unit in case.able(response)), default=float("-inf")))
    if min(earliest) > inject.minute + inject.window_min:
        yield doubt(
            ("injects", k, "answers"),
            "too-late",
            Phrase(
                "whoever can answer this comes at minute {arrives:g}, and the window closes at {closes:g}",
                arrives=min(earliest),
                closes=inject.minute + inject.window_min,
            ),
            Phrase("let a unit come earlier, or make the window longer"),
        )
