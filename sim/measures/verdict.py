"""How the ruling on an unlawful order is put in words: the rule it failed, and what was missing."""

from sim.core.phrase import LText, Phrase
from sim.measures.record import OrderRecord, part, text
from sim.world.journal import Data


def why_of(order: OrderRecord) -> Phrase | str:
    """What was missing, as the judge put it."""
    why = part(order.failures[0], "why") if order.failures else {}
    return Phrase.from_dict(why) if why else ""


def cited(failure: Data) -> LText:
    """Where the rule of a failure stands, as its journal has it; older journals have it in English alone."""
    english = text(failure, "citation")
    return LText(en=english, zh=text(failure, "citation_zh") or english)


def rule_of(order: OrderRecord) -> Phrase:
    """The first rule an unlawful order failed, with where it stands."""
    if not order.failures:
        return Phrase("An order is lawful here and meets the human-rights floor, or it is not given")
    says = part(order.failures[0], "says")
    return Phrase(
        "{says} ({citation})",
        says=LText(en=text(says, "en"), zh=text(says, "zh")),
        citation=cited(order.failures[0]),
    )
