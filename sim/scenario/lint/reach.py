"""Reach: injects that can never fire, calls nothing can handle, endings nobody can come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase

from sim.core.phrase import Phrase
from sim.scenario.condition import Condition
from sim.scenario.lint.case import DECIDER, WITH_MANDATE, Case, doubt, unknown
from sim.scenario.problem import Path, Problem

SHARES = (
    "left_voluntarily_share",
    "left_moved_share",
    "mean_legitimacy",
    "mean_grievance",
    "recurrence_chance",
    "rapport",
)
"""Metrics that lie between 0 and 1."""
REF_OF = {"emergency": "lane", "rumour": "claim", "signal": "claim"}
"""What an inject is about by its `about`, where that says it."""


@dataclass(frozen=True)
class Span:
    """The minutes in which a condition is asked."""

    first: float
    last: float


def doubts(case: Case) -> Iterator[Problem]:
    """Everything that waits for what cannot come."""
    scenario = case.scenario
    for k, inject in enumerate(scenario.injects):
        early = max(scenario.minutes[0], inject.minute)
        span = Span(early, early)
        if inject.when is not None:
            yield from _never(case, ("injects", k, "when"), inject.when, span, "dead-inject")
        if inject.handled is not None:
            span = Span(early, min(inject.minute + inject.window_min, case.end_for(inject.minute)))
            yield from _never(case, ("injects", k, "handled"), inject.handled, span, "dead-handled")
        yield from _names(case, k)
    whole, scene = Span(scenario.minutes[0], case.last_min), Span(scenario.minutes[0], scenario.minutes[1])
    for part in ("win", "lose"):
        for k, ending in enumerate(getattr(scenario, part)):
            yield from _never(case, (part, k, "when"), ending.when, scene, "dead-ending")
        if scenario.aftermath is not None:
            for k, ending in enumerate(getattr(scenario.aftermath, part)):
                yield from _never(case, ("aftermath", part, k, "when"), ending.when, whole, "dead-ending")
    if scenario.over_when is not None:
        yield from _never(case, ("over_when",), scenario.over_when, scene, "dead-ending")
    yield from _contradictions(case)
    yield from _unused(case)


def _never(case: Case, path: Path, condition: Condition, span: Span, code: str) -> Iterator[Problem]:
    """A condition that can never hold in those minutes, with the part of it that is to blame."""
    found = list(impossible(case, condition, span))
    if not found:
        yield from _asked(case, path, condition)
        return
    where, why, hint = found[0]
    says = {
        "dead-inject": Phrase("this inject can never fire: {why}", why=why),
        "dead-handled": Phrase("nothing can ever handle this: {why}", why=why),
        "dead-ending": Phrase("nobody can ever come to this ending: {why}", why=why),
    }[code]
    yield doubt((*path, *where), code, says, hint)


def _asked(case: Case, path: Path, condition: Condition) -> Iterator[Problem]:
    """Parts that can never hold inside a condition that can."""
    for inside, part in condition.parts():
        if part.all is None and part.any is None and part.not_ is None:
            for where, why, hint in impossible(case, part, Span(float("-inf"), float("inf"))):
                yield doubt((*path, *inside, *where), "dead-part", Phrase("this can never hold: {why}", why=why), hint)


Reason = tuple[Path, Phrase, Phrase]


def impossible(case: Case, condition: Condition, span: Span) -> Iterator[Reason]:
    """Why a condition can never hold in those minutes, each with the path to what is to blame; nothing when it can."""
    if condition.all is not None:
        for k, part in enumerate(condition.all):
            yield from ((("all", k, *path), why, hint) for path, why, hint in impossible(case, part, span))
        return
    if condition.any is not None:
        each = [list(impossible(case, part, span)) for part in condition.any]
        if all(each):
            yield from ((("any", 0, *path), why, hint) for path, why, hint in each[0])
        return
    if condition.not_ is not None:
        if _always(condition.not_, span):
            yield (
                ("not",),
                Phrase("what must not hold holds all the time"),
                Phrase("change the minutes, or take it out"),
            )
        return
    yield from _simple(case, condition, span)


def _always(condition: Condition, span: Span) -> bool:
    """True for a question of the minute that is answered yes all the time."""
    if condition.minute is None or condition.for_s is not None:
        return False
    low, high = _bounds(condition)
    return low <= span.first and span.last <= high


def _bounds(condition: Condition) -> tuple[float, float]:
    low = condition.at_least if condition.at_least is not None else float("-inf")
    high = condition.at_most if condition.at_most is not None else float("inf")
    return low, high


def _simple(case: Case, condition: Condition, span: Span) -> Iterator[Reason]:
    """Why one question can never be answered yes."""
    low, high = _bounds(condition)
    if condition.minute is not None and (low > span.last or high < span.first):
        key = "at_least" if low > span.last else "at_most"
        yield (
            (key,),
            Phrase("it is asked from minute {first:g} to {last:g}", first=span.first, last=span.last),
            Phrase("write a minute from {first:g} to {last:g}", first=span.first, last=span.last),
        )
    if condition.metric in SHARES and (low > 1 or high < 0):
        yield (
            ("at_least" if low > 1 else "at_most",),
            Phrase("{metric} is a share from 0 to 1", metric=str(condition.metric)),
            Phrase("write {example}", example=f"{low / 100:g}" if 1 < low <= 100 else "0.5"),
        )
    elif (
        condition.metric is not None
        and condition.metric != "legitimacy_change"
        and high < 0
        and condition.metric != "days_after"
    ):
        yield (
            ("at_most",),
            Phrase("{metric} is never below 0", metric=condition.metric),
            Phrase("write 0 or more"),
        )
    if condition.flag is not None:
        yield from _raisable(case, condition.flag)
    if condition.ordered is not None:
        yield from _orderable(case, condition, condition.ordered)
    if condition.arrived is not None:
        yield from _present(case, condition.arrived)


def _present(case: Case, asked: str) -> Iterator[Reason]:
    """Why no unit that is asked for can be on scene."""
    code = asked.rstrip("+")
    there = [unit for unit in case.scenario.units if unit.code == code]
    if not there:
        codes = tuple(dict.fromkeys(unit.code for unit in case.scenario.units))
        yield ("arrived",), Phrase("there is no unit of the code {code}", code=code), _nearest(code, codes)
    elif asked.endswith("+") and not any(unit.mandate for unit in there):
        yield (
            ("arrived",),
            Phrase("no unit of the code {code} has a mandate", code=code),
            Phrase("write mandate: true at one of them, or leave the + out"),
        )


def _raisable(case: Case, flag: str) -> Iterator[Reason]:
    """Why a flag can never come true."""
    kind, _, name = flag.partition(":")
    gates = tuple(gate.id for gate in case.scenario.site.gates)
    if not any(fnmatchcase(flag, each) for each in case.raised):
        if by := case.raising(flag):
            yield ("flag",), *shut_out(case, by[0])
            return
        near = [each for each in case.raised if "*" not in each]
        yield ("flag",), Phrase("nothing here makes {flag} true", flag=flag), _nearest(flag, near)
    elif kind == "verified" and name not in case.claims:
        yield ("flag",), Phrase("there is no claim called {name}", name=name), _nearest(name, case.claims)
    elif kind == "opened" and name not in gates:
        yield ("flag",), Phrase("there is no gate called {name}", name=name), _nearest(name, gates)


def _orderable(case: Case, condition: Condition, name: str) -> Iterator[Reason]:
    response = case.offered.get(name)
    if response is None:
        if name in case.responses:
            yield (
                ("ordered",),
                Phrase("{response} is not on offer in this scenario", response=name),
                Phrase("add it to responses or special, or ask for another"),
            )
        return
    if name in case.shut and not response.coercive:
        yield ("ordered",), *shut_out(case, name)
    if condition.target is not None:
        known = case.targets(response.target.kind)
        if known and condition.target not in known:
            yield (
                ("target",),
                Phrase("{response} cannot be aimed at {target}", response=name, target=condition.target),
                _nearest(condition.target, known),
            )


def shut_out(case: Case, name: str) -> tuple[Phrase, Phrase]:
    """Why a response on offer can never be ordered, and what would make it possible."""
    response, need = case.offered[name], case.shut[name]
    if need is None:
        return (
            Phrase(
                "nobody on the roster can carry out {response}: it needs {codes}",
                response=name,
                codes=", ".join(case.lacking(response)),
            ),
            Phrase("add a unit of one of these codes to units, or take the response out"),
        )
    why = next(each.why.text for each in response.needs if each.when is need)
    says = Phrase("{response} can never be ordered here: {why}", response=name, why=why)
    return says, _way_to(case, need)


def _way_to(case: Case, need: Condition) -> Phrase:
    """What would make a need possible that can never hold."""
    for _, part in need.parts():
        if part.arrived is not None:
            return Phrase("add a unit of the code {code} to units", code=part.arrived.rstrip("+"))
        names = (part.ordered,) if part.ordered else case.raising(part.flag, offered=False) if part.flag else ()
        there = [name for name in names if name in case.offered]
        if part.flag == WITH_MANDATE and there and not case.decided_by:
            return Phrase("write {example} at a unit of the code {code}", example="mandate: true", code=DECIDER)
        if there:
            return Phrase("let {response} be possible first", response=there[0])
        if names:
            return Phrase("add to responses: {responses}", responses=", ".join(names))
        if part.flag:
            example = f"{{do: note, flag: {part.flag}}}"
            return Phrase("take it out, or let an inject set it: {example}", example=example)
    return Phrase("take it out, or let something make it possible")


def _nearest(word: str, known: tuple[str, ...] | list[str]) -> Phrase:
    """A hint that names what there is."""
    near = get_close_matches(word, known, 1)
    if near:
        return Phrase("did you mean {name}?", name=near[0])
    if known:
        return Phrase("there are: {known}", known=", ".join(known[:12]))
    return Phrase("take it out, or define it")


def _names(case: Case, k: int) -> Iterator[Problem]:
    """What an inject is about, when it is nothing that is there."""
    inject, scenario = case.scenario.injects[k], case.scenario
    kinds = {
        **dict.fromkeys((demand.id for demand in scenario.demands), "demand"),
        **dict.fromkeys((lane.id for lane in scenario.site.lanes), "lane"),
        **dict.fromkeys(case.claims, "claim"),
    }
    if inject.ref and inject.ref not in kinds:
        near = get_close_matches(inject.ref, kinds, 1)
        kind = kinds[near[0]] if near else REF_OF.get(inject.about, "ref")
        known = tuple(name for name, each in kinds.items() if each == kind) or tuple(kinds)
        yield unknown(("injects", k, "ref"), kind, inject.ref, known)
    for part in ("effects", "if_handled", "if_not"):
        for e, effect in enumerate(getattr(inject, part)):
            claim = getattr(effect, "claim", "")
            if effect.do == "evidence" and claim not in case.claims:
                yield unknown(("injects", k, part, e, "claim"), "claim", claim, case.claims)


def _contradictions(case: Case) -> Iterator[Problem]:
    """An aim that is also a loss."""
    losses = {ending.when.model_dump_json(): ending.id for ending in case.scenario.lose}
    for k, ending in enumerate(case.scenario.win):
        other = losses.get(ending.when.model_dump_json())
        if other is not None:
            yield doubt(
                ("win", k, "when"),
                "win-and-lose",
                Phrase("the same condition is a loss in {ending}", ending=other),
                Phrase("change one of the two"),
            )


def _unused(case: Case) -> Iterator[Problem]:
    """Rumours nobody hears of, gates nobody can open, responses that are no part of it."""
    spread = {getattr(effect, "rumour", "") for _, effect in case.inject_effects() if effect.do == "rumour"}
    told = {getattr(effect, "claim", "") for _, effect in case.inject_effects() if effect.do == "hearsay"}
    for k, rumour in enumerate(case.scenario.rumours):
        if rumour.id not in spread | told:
            yield doubt(
                ("rumours", k, "id"),
                "never-told",
                Phrase("nobody ever hears of the rumour {rumour}", rumour=rumour.id),
                Phrase("add an inject with the effect {example}", example=f"{{do: rumour, rumour: {rumour.id}}}"),
            )
