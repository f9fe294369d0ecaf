"""Terms: what a phone can set about an order before it proposes it, each with its choices in words.

What is one of several is offered, and numbers with their limits. Lists (facts, sources, parts of a statement, the
grounds of a note) and free text are left as the response has them by default.
"""

from typing import Any

from sim.core.phrase import LText, Phrase
from sim.core.speech import Speech
from sim.drill.squad import Squad
from sim.exercise.option import Option
from sim.scenario.response import Parameter
from sim.seat.draft import choices
from sim.seat.law import CHOSEN, law_choices
from sim.seat.words import UNITS, Words
from sim.squad.protocol import Say
from sim.world.observation import Observation
from sim.world.order import Value

ONE_OF = ("choice", "task", "exit", "group", "demand", "demands", *CHOSEN)
"""Kinds of parameter that are set to one of several."""
NUMBER = "number"


def unit_signs(squad: Squad | None) -> dict[str, Phrase]:
    """What the letters before a unit's number stand for, by those letters, in the order of the roster."""
    found: dict[str, list[str]] = {}
    for unit in squad.session.playbook.scenario.units if squad is not None else ():
        kinds = found.setdefault(unit.id.partition("-")[0], [])
        kinds += [unit.code] if unit.code not in kinds else []
    # Units of several kinds under the same letters have no one name; a legend that guessed would mislead.
    return {sign: Phrase(UNITS[kinds[0]]) for sign, kinds in found.items() if len(kinds) == 1 and kinds[0] in UNITS}


def terms(squad: Squad, role: str, option: Option, target: str, zh: Say) -> dict[str, Any]:
    """Parameters of an order aimed at `target` that a seat can set, with what they are set to by default, and units.

    Returns:
        `parameters`: a list of `parameter`, `title`, `kind` (`one` or `number`), `default` and `choices` or `at_least`
        and `at_most`; `units`: ids of the units that could go now, those first that go when none is named.
    """
    seen = squad.session.observe(role)
    namers = _namers(squad, zh)
    found = []
    for parameter in option.response.parameters:
        told: dict[str, Any] = {
            "parameter": parameter.name,
            "title": parameter.title.text,
            "default": parameter.default,
        }
        if parameter.kind == NUMBER:
            found.append({**told, "kind": NUMBER, "at_least": parameter.at_least, "at_most": parameter.at_most})
        elif parameter.kind in ONE_OF:
            offered = _offered(squad, parameter, seen, target)
            if len(offered) > 1:
                named = [{"value": each, "title": _named(namers, parameter, each, seen)} for each in offered]
                found.append({**told, "kind": "one", "choices": named})
    return {"parameters": found, "units": list(option.free_units)}


def _offered(squad: Squad, parameter: Parameter, seen: Observation, target: str) -> list[Value]:
    """What it can be set to now, what it is by default first where that is none of the choices."""
    playbook = squad.session.playbook
    if parameter.kind in CHOSEN:
        values: tuple[Value, ...] = law_choices(parameter, playbook, seen)
    else:
        values = choices(parameter, playbook.scenario, seen, target)
    return list(values) if parameter.default in values else [parameter.default, *values]


def _namers(squad: Squad, zh: Say) -> tuple[Words, Words]:
    """Names in English and in Chinese."""
    playbook = squad.session.playbook

    def chinese(what: Phrase | LText | str, **parameters: Any) -> str:  # noqa: ANN401 - as every Say
        if isinstance(what, LText):
            return what.zh
        return zh(what if isinstance(what, Phrase) else Phrase(what, **parameters))

    return Words(playbook, Speech("en")), Words(playbook, chinese)


def _named(namers: tuple[Words, Words], parameter: Parameter, value: Value, seen: Observation) -> LText | Phrase:
    """What a choice is called; what leaves it open is said so."""
    english, chinese = (words.value(parameter, value, seen) for words in namers)
    return LText(english, chinese) if english else Phrase("as the card says")
