"""The composer: a statement being put together as it would be sent, how good it would be, and who has heard what."""

from dataclasses import dataclass

from sim.core.phrase import Phrase
from sim.scenario.response import Response
from sim.scenario.scenario import Scenario
from sim.seat.draft import Draft
from sim.seat.words import Words
from sim.world.facts import CONTRADICTED, Fact
from sim.world.knowledge import Statement
from sim.world.observation import Observation
from sim.world.press import wording_of
from sim.world.statement import AUDIENCES, Judged, Wording, judged
from sim.world.wording import sentences

QUALITIES = {
    "clear": "clear",
    "open": "open about what is not known",
    "respectful": "respectful",
    "useful": "useful",
    "fitting": "fits who is to blame",
    "reaching": "reaches its audience",
    "early": "early",
}
"""What the parts of the judgement are called, in English."""
ON_THE_BOARD = ("source", "headline", "slots", "known", "next_min")
"""Parameters of a statement that the order form leaves to the statement board, where there is one."""


def composes(response: Response) -> bool:
    """True when an order of this response is a statement put together from parts."""
    return any(parameter.kind == "facts" for parameter in response.parameters)


@dataclass(frozen=True, slots=True)
class Composed:
    """A draft as it would be sent."""

    said: Wording
    good: Judged
    text: tuple[Phrase, ...]
    """Sentence by sentence."""


def composed(draft: Draft, seen: Observation, scenario: Scenario) -> Composed:
    """The statement a draft comes to now, and how good it would be, as far as this seat can know."""
    response = draft.option.response
    answers = draft.target if response.target.kind == "claim" else ""
    said = wording_of(draft.values, seen.press, answers)
    good = judged(said, seen.press.circumstances(said, answers))
    out = seen.minute + response.setup_min.value
    return Composed(said, good, sentences(said, seen.press, answers, scenario.time_of_day(out + said.next_min)))


def stateable(seen: Observation) -> tuple[Fact, ...]:
    """Facts worth offering: all but those a check has found otherwise; checked ones and our own records first."""
    facts = [fact for fact in seen.press.facts if fact.standing != CONTRADICTED]
    return tuple(sorted(facts, key=lambda fact: fact.standing != "known"))


@dataclass(frozen=True, slots=True)
class Heard:
    """What one audience has been told so far."""

    audience: str
    statements: int
    told: tuple[Phrase, ...]
    """Facts, each once, newest first."""
    last: Statement | None


def heard(seen: Observation) -> tuple[Heard, ...]:
    """What each audience has been told, in the order of the audiences."""
    found = []
    for audience in AUDIENCES:
        mine = [s for s in reversed(seen.press.statements) if s.audience == audience]
        told: list[Phrase] = []
        for statement in mine:
            told.extend(fact for fact in statement.told if fact not in told)
        found.append(Heard(audience, len(mine), tuple(told), mine[0] if mine else None))
    return tuple(found)


def due(seen: Observation) -> int:
    """Tick by which the next word was promised, -1 when none is owed."""
    last = seen.press.statements[-1] if seen.press.statements else None
    return last.next_tick if last is not None else -1


def line_of(statement: Statement, words: Words) -> str:
    """One earlier statement: when, what, how good, whom it can reach, whether it only repeated."""
    say = words.say
    text = say(
        "{time} {title}: quality {quality:.0%}, reaches {reach:.0%}",
        time=words.clock(statement.tick),
        title=words.response(statement.response),
        quality=statement.quality,
        reach=statement.reach,
    )
    if statement.repeats:
        text = say("{one}; {other}", one=text, other=say("said before {times} times", times=statement.repeats))
    if statement.beyond:
        text = say("{one}; {other}", one=text, other=say("beyond what was known"))
    return text
