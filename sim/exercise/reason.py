"""Reason: why an order was given, in words of both languages; ids in it become what they stand for.

Whatever a person wrote stays as it was written, but for the ids of facts. What the automatic players and a drill say
for themselves is known, and said in both languages.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from sim.core.phrase import LText, Parameter, Phrase
from sim.world.aftermath import TERMS, Duty
from sim.world.journal import Entry
from sim.world.world import World

Called = Callable[[str, str], Parameter]
"""Given the kind of a fact (`message`, `signal`, `report`, `task`, `window`) and its own name: what it is called."""

NOTHING: Mapping[str, LText] = MappingProxyType({})
_FACT = re.compile(r"\b(message|signal|report|task|window):([A-Za-z0-9_.-]*[A-Za-z0-9_-])")
_ABOUT: dict[str, Callable[[Parameter], Phrase]] = {
    "answers": lambda fact: Phrase("answers: {fact}", fact=fact),
    "check before acting on": lambda fact: Phrase("check before acting on it: {fact}", fact=fact),
    "checked and can be shown,": lambda fact: Phrase("checked, and can be shown: {fact}", fact=fact),
    "owed:": lambda fact: Phrase("owed in the days after: {fact}", fact=fact),
    "default of": lambda fact: Phrase("nobody decided in time, so this was the default: {fact}", fact=fact),
}
"""What is said before a fact, and the sentence it makes."""
_KNOWN = (
    Phrase("what is reported now"),
    Phrase("prepare before it is needed: facts, partners, a way to record"),
    Phrase("nobody is made to pay for having been there"),
    Phrase("nobody is held without a reason"),
    Phrase("what was promised is done before its day"),
    Phrase("people hear that they are not forgotten"),
    Phrase("people stand too tightly here"),
    Phrase("as much as is known, and no more"),
    Phrase("agreed before it is needed"),
    Phrase("nobody has spoken with them yet"),
    Phrase("they choose who speaks for them"),
    Phrase("somebody who can decide sits down with them"),
    Phrase("a date and a name in writing"),
    Phrase("the crowd hears it from its own people"),
    Phrase("a way home with dignity"),
    Phrase("somebody needs care"),
    Phrase("nothing here calls for helmets"),
    Phrase("standing good practice"),
    Phrase("keep talking and keep people safe"),
    Phrase("they have been told"),
    Phrase("clear the road now, orders are orders"),
    Phrase("for the score"),
    Phrase("no particular reason"),
)
_SENTENCES = {phrase.template: phrase for phrase in _KNOWN}


def reason_phrase(given: str, called: Called) -> Phrase:
    """The reason in words."""
    text = given.strip()
    if text in _SENTENCES:
        return _SENTENCES[text]
    facts = list(_FACT.finditer(text))
    about = _ABOUT.get(text[: facts[0].start()].strip()) if len(facts) == 1 and facts[0].end() == len(text) else None
    if about is not None:
        return about(called(*facts[0].groups()))
    template, at, named = "", 0, {}
    for number, fact in enumerate(facts):
        template += _braced(text[at : fact.start()]) + f"“{{fact{number}}}”"
        named[f"fact{number}"], at = called(*fact.groups()), fact.end()
    return Phrase(template + _braced(text[at:]), **named)


def called_in(world: World, windows: Mapping[str, LText] = NOTHING) -> Called:
    """What facts are called while a run goes on; `windows` are questions of a drill by their ids."""

    def called(kind: str, own: str) -> Parameter:
        if kind == "message":
            said = next((m.text for m in world.messages if str(m.serial) == own), None)
            return said if said is not None else _unknown(kind, own)
        if kind == "signal" and own in world.claims:
            return world.claims[own].text
        if kind == "task":
            task = next((t for t in world.aftermath.tasks if str(t.number) == own), None)
            return TERMS[Duty(task.duty)].title if task is not None else _unknown(kind, own)
        if kind == "window" and own in windows:
            return windows[own]
        return _unknown(kind, own)

    return called


def tasks_of(entries: Iterable[Entry]) -> dict[str, str]:
    """What is owed in the days after a run: duty by number."""
    return {str(e.data["number"]): str(e.data["duty"]) for e in entries if e.data.get("what") == "task"}


def called_after(
    tasks: Mapping[str, str],
    claims: Mapping[str, LText],
    windows: Mapping[str, LText] = NOTHING,
    answered: LText | None = None,
) -> Called:
    """The same for a run that is over, with its `tasks_of`.

    A journal does not keep what messages said: `answered` are the words of what the order answered.
    """

    def called(kind: str, own: str) -> Parameter:
        if kind == "message" and answered is not None:
            return answered
        if kind == "signal" and own in claims:
            return claims[own]
        if kind == "task" and own in tasks:
            return TERMS[Duty(tasks[own])].title
        if kind == "window" and own in windows:
            return windows[own]
        return _unknown(kind, own)

    return called


def _unknown(kind: str, own: str) -> Phrase:
    if kind == "message":
        return Phrase("message {number}", number=own)
    if kind == "report":
        return Phrase("what {unit} last saw", unit=own)
    if kind == "signal":
        return Phrase("signal: {text}", text=own.replace("_", " "))
    return Phrase("a task of the days after") if kind == "task" else Phrase("a decision of the drill")


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
