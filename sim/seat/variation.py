"""Variation: what tells alternatives of the same response and target apart, in words."""

from collections.abc import Sequence

from sim.review import Alternative
from sim.scenario.response import Response
from sim.seat.words import Words, clauses, listed
from sim.world.order import Order, Value


def variation(words: Words, alternatives: Sequence[Alternative], k: int) -> str:
    """How alternative k differs from others that order the same of the same target; "" where none does.

    A parameter that was not given counts as its default; units are named where one of them names some.
    """
    order = alternatives[k].order
    response = words.playbook.responses.get(order.response) if order is not None else None
    if order is None or response is None:
        return ""
    same = [other.order for other in alternatives if other.order is not None and _alike(other.order, order, response)]
    parts = []
    for parameter in response.parameters:
        values = {str(_set_to(each, parameter.name, parameter.default)) for each in same}
        value = _set_to(order, parameter.name, parameter.default)
        if len(values) > 1:
            shown = words.value(parameter, value) or words.say("as usual")
            parts.append(words.say("{name}: {value}", name=words.say(parameter.title.text), value=shown))
    if len({each.units for each in same}) > 1:
        shown = listed(words.say, order.units) if order.units else words.say("whoever is nearest")
        parts.append(words.say("{name}: {value}", name=words.say("Units"), value=shown))
    return clauses(words.say, parts)


def _alike(ours: Order, theirs: Order, response: Response) -> bool:
    """Whether both order the same of the same target; none given is the usual one."""
    usual = response.target.default
    return ours.response == theirs.response and (ours.target or usual) == (theirs.target or usual)


def _set_to(order: Order, name: str, default: Value) -> Value:
    return order.parameters.get(name, default)
