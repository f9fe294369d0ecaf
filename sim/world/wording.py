"""The words of a statement: what each part of it says, sentence by sentence, to whom it goes and by whom."""

from collections.abc import Iterator

from sim.core.phrase import LText, Phrase
from sim.world.press import PressDesk
from sim.world.statement import SLOTS, Wording

WHO = {
    "police": Phrase("This is the police, for everybody on duty here."),
    "department": Phrase("This is the department in charge of the matter."),
    "hospital": Phrase("This is the hospital."),
    "leader": Phrase("The police and somebody chosen by the people here say this together."),
}
EMPATHY = {
    "participants": Phrase("We know that you are here because this bears on your lives."),
    "bystanders": Phrase("We know that you only wanted to pass, and that this is tiresome."),
    "workers": Phrase("We know that you want to get on with your work in safety."),
    "public": Phrase("We know that this is a burden for many today, and serious for those who have come."),
}
ASK = {
    "participants": Phrase("Please keep a lane free for ambulances and look after those beside you."),
    "bystanders": Phrase("Please do not stop in the road, and keep the ways out free."),
    "workers": Phrase("Please tell any officer at once if somebody stops you from working."),
    "public": Phrase("Please keep away from here today unless you have to come."),
}
SAID = {
    "checked": Phrase("We have checked this with two sources that do not depend on each other."),
    "evidence": Phrase("What we base this on is shown with it."),
    "apology": Phrase("What happened was wrong, and we apologise to those it was done to."),
    "remedy": Phrase("People outside this unit will look into it, and you will hear what comes of it."),
    "why": Phrase("We ask this so that nobody is hurt and help can get through."),
    "route": Phrase("The ways round are marked, and officers will show you."),
    "help": Phrase("Whoever needs help can turn to any officer."),
    "diminish": Phrase("It was a small matter and nothing was meant by it."),
    "bolster": Phrase("As always, the police are doing excellent work here."),
    "label": Phrase("A handful of troublemakers is behind all this."),
    "names": Phrase("The names of those detained are given below."),
    "outcome": Phrase("The inquiry will show that we did nothing wrong."),
}


def sentences(said: Wording, desk: PressDesk, answers: str = "", next_at: str = "") -> tuple[Phrase, ...]:
    """The statement as it would be sent; `next_at` is the wall clock of the next word, where there is one."""
    spoken: list[Phrase] = []
    matter = desk.matter(answers)
    if matter is not None and said.headline == "rumour":
        spoken.append(Phrase("It is going round: “{claim}”.", claim=matter.text))
    for slot in SLOTS:
        if slot in said.slots:
            spoken.extend(_slot(slot, said, desk, answers, next_at))
    return tuple(spoken)


def _slot(slot: str, said: Wording, desk: PressDesk, answers: str, next_at: str) -> Iterator[Phrase]:
    matter = desk.matter(answers)
    if slot == "who":
        yield WHO[said.source]
    elif slot == "known":
        if matter is not None:
            yield from _stand(said.stand, matter.text, matter.found)
        yield from (Phrase("{fact}.", fact=fact.says) for fact in desk.stated(said.facts))
    elif slot == "unknown":
        if matter is not None and matter.verdict in {"", "unclear"}:
            yield Phrase("Whether this is so, we do not know yet: “{claim}”.", claim=matter.text)
        else:
            yield Phrase("We do not know yet how long this will last, nor all that led to it.")
    elif slot == "empathy":
        yield EMPATHY[said.audience]
    elif slot == "ask":
        yield ASK[said.audience]
    elif slot == "next_update":
        if next_at:
            yield Phrase("The next word comes at {time}.", time=next_at)
        else:
            yield Phrase("The next word comes in {minutes:.0f} minutes.", minutes=said.next_min)
    elif slot != "evidence" or matter is None or matter.evidence:
        yield SAID[slot]


def _stand(stand: str, claim: LText, found: LText | None) -> Iterator[Phrase]:
    """What it says about the claim itself; the fact in words of its own where there are any."""
    if found is not None and stand != "open":
        yield Phrase("{fact}.", fact=found)
    elif stand == "refute":
        yield Phrase("What is going round is not so: “{claim}”.", claim=claim)
    elif stand == "confirm":
        yield Phrase("It is so: “{claim}”.", claim=claim)
