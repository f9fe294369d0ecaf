"""How good a statement is: what is in it, to whom it goes and how it stands with deeds, as parts of one judgement.

The rules are those of crisis communication: be first, be right, be believable; show care; say what people can do; say
what is known, what is not and when the next word comes (CERC, crisis guidance of the US Centers for Disease Control);
fit the answer to who is to blame (Coombs 2007: deny only what is false and can be shown, play nothing down that is our
own fault, own up and put it right where it is, and never praise oneself alone). Every weight here is assumed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.core.phrase import Phrase

SLOTS = (
    "who",
    "known",
    "unknown",
    "checked",
    "evidence",
    "empathy",
    "apology",
    "remedy",
    "ask",
    "why",
    "route",
    "help",
    "next_update",
    "diminish",
    "bolster",
    "label",
    "names",
    "outcome",
)
"""What a statement can have in it, in the order it is said. An order lists them in this order, joined by `+`."""
MISTAKES = ("diminish", "bolster", "label", "names", "outcome")
"""Of these, what there is seldom or never a good reason to say."""
AUDIENCES = ("participants", "bystanders", "workers", "public")
CHANNELS = ("online", "press", "sms", "pa", "briefing")
SOURCES = ("police", "department", "hospital", "leader")
TONES = {"warm": 1.0, "plain": 0.85, "stern": 0.4}
"""How far the tone lets respect be felt (assumed)."""
FITS = {
    "online": {"participants": 0.7, "bystanders": 0.5, "workers": 0.5, "public": 1.0},
    "press": {"participants": 0.3, "bystanders": 0.3, "workers": 0.3, "public": 1.0},
    "sms": {"participants": 0.8, "bystanders": 1.0, "workers": 1.0, "public": 0.8},
    "pa": {"participants": 1.0, "bystanders": 0.9, "workers": 0.8, "public": 0.0},
    "briefing": {"participants": 0.9, "bystanders": 0.6, "workers": 0.5, "public": 1.0},
}
"""How well a channel gets to an audience, 0..1 (assumed)."""
MOST_SLOTS = 8
MOST_FACTS = 4
"""More than this in one statement and people remember none of it (assumed, after the half-minute rule of appeals)."""
MANY_LATELY = 2
"""So many statements in half an hour are listened to; each one more takes three tenths (assumed)."""
FIRST_MIN = 30.0
"""The first word is due within this (crisis guidance); twice as late earns nothing for being early."""
WEIGHTS = {"clear": 2.0, "open": 2.0, "respectful": 2.0, "useful": 1.0, "fitting": 2.0, "reaching": 1.0, "early": 1.0}
"""What each part counts for in the whole (assumed)."""


def split(text: str) -> tuple[str, ...]:
    """The ids in a parameter that holds several, joined by `+`."""
    return tuple(part for part in text.split("+") if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A statement as it is put together."""

    slots: tuple[str, ...]
    facts: tuple[str, ...] = ()
    """Ids of the facts it states."""
    audience: str = "public"
    channel: str = "online"
    source: str = "police"
    stand: str = "open"
    """What it says about the claim it answers: `refute`, `confirm` or `open`."""
    headline: str = "fact"
    """`fact`, or `rumour` when it begins by repeating what it answers."""
    tone: str = "plain"
    next_min: float = 30.0
    """When the next word is promised for, minutes from now."""

    def has(self, *slots: str) -> bool:
        """True when one of these is in it."""
        return any(slot in self.slots for slot in slots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What matters around a statement, as far as the seat can tell."""

    answers: bool = False
    """It answers a claim."""
    verdict: str = ""
    """What a check of that claim found: `true`, `false`, `unclear`, or "" while nobody has checked."""
    evidence: bool = False
    """There is something to show for it."""
    late_min: float = 0.0
    """Minutes since the matter came up in which nobody of ours spoke about it."""
    fault: bool = False
    """Something of ours went wrong here, and people know."""
    unchecked: int = 0
    """Facts in it that nobody has checked."""
    contradicted: int = 0
    """Facts in it of which a check found the opposite."""
    deeds: tuple[Phrase, ...] = ()
    """What is being done that gives it the lie."""
    repeats: int = 0
    """How often these people have heard the same in the last hour."""
    spoken_lately: int = 0
    """Statements of the last half hour, whatever they said."""
    belief: float = 0.85
    """How far the source is believed."""
    understood: float = 1.0
    """Share of the people around who understand a voice from there."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the judgement."""

    name: str
    share: float
    advice: Phrase | None = None
    """What would make it better; None when nothing would."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How good a statement is and how much of it arrives."""

    parts: tuple[Part, ...]
    quality: float
    """0..1: the weighted mean of the parts."""
    strength: float
    """0..1: what of it can work at all, after repetition, belief and deeds."""
    warnings: tuple[Phrase, ...]
    """What takes away from it as a whole, most serious first."""


def judged(said: Wording, about: Circumstances) -> Judged:
    """How good it is, part by part, and how strongly it can work: one pure function for people, score and screen."""
    parts = (
        _clear(said),
        _open(said, about),
        _respectful(said),
        _useful(said),
        _fitting(said, about),
        _reaching(said, about),
        _early(about),
    )
    quality = sum(WEIGHTS[part.name] * part.share for part in parts) / sum(WEIGHTS.values())
    strength = quality * about.belief * novelty(about)
    if about.deeds or said.has("label", "names"):
        strength = 0.0
    return Judged(parts, quality, strength, tuple(_warnings(said, about)))


def novelty(about: Circumstances) -> float:
    """What is left of a statement's effect: half of it for each repetition, and less when one follows on another."""
    left = 1.0
    for _ in range(about.repeats):
        left *= 0.5
    for _ in range(about.spoken_lately - MANY_LATELY):
        left *= 0.7
    return left


def _clear(said: Wording) -> Part:
    share = 0.2 * said.has("who") + 0.4 * said.has("known") + 0.4 * said.has("why", "evidence", "checked", "unknown")
    advice = None
    if not said.has("known", "apology"):
        advice = Phrase("Say what is known first.")
    elif not said.has("who"):
        advice = Phrase("Say who is speaking.")
    excess = max(0, len(said.slots) - MOST_SLOTS) + max(0, len(said.facts) - MOST_FACTS)
    if excess:
        share -= 0.25 * excess
        advice = Phrase("Too long: nobody remembers more than half a minute. Leave something out.")
    if said.headline == "rumour":
        share *= 0.5
        advice = Phrase("Fact first: a headline that repeats the rumour spreads it.")
    return Part("clear", max(0.0, share), advice)


def _open(said: Wording, about: Circumstances) -> Part:
    settled = about.answers and about.verdict in {"true", "false"}
    unknown = 0.5 if said.has("unknown") or settled else 0.0
    due = (0.5 if 5.0 <= said.next_min <= 90.0 else 0.25) if said.has("next_update") else 0.0
    advice = None
    if not unknown:
        advice = Phrase("Say what is not known yet: it makes the rest believable.")
    elif not due:
        advice = Phrase("Say when the next word comes, and keep to it.")
    return Part("open", unknown + due, advice)


def _respectful(said: Wording) -> Part:
    if said.has("label"):
        return Part("respectful", 0.0, Phrase("No labels: say what was done, not what people are."))
    if said.has("names"):
        return Part("respectful", 0.0, Phrase("No names of people who were detained: nobody has been judged."))
    share = TONES.get(said.tone, 0.85) * (1.0 if said.has("empathy", "apology") else 0.7)
    advice = None
    if not said.has("empathy", "apology"):
        advice = Phrase("Name what people feel or put up with before what we want.")
    elif said.tone == "stern":
        advice = Phrase("A stern voice is heard as a threat.")
    return Part("respectful", share, advice)


def _useful(said: Wording) -> Part:
    share = 0.5 * said.has("ask", "remedy") + 0.5 * said.has("why", "route", "help", "next_update")
    advice = None if said.has("ask", "remedy") else Phrase("Say what people can do, or what we do now.")
    return Part("useful", share, advice)


def _fitting(said: Wording, about: Circumstances) -> Part:
    if said.stand in {"refute", "confirm"}:
        right = "false" if said.stand == "refute" else "true"
        if about.verdict == right and about.evidence:
            return Part("fitting", 1.0)
        if about.verdict in {"", "unclear"}:
            return Part("fitting", 0.2, Phrase("Deny or confirm only what has been checked and can be shown."))
        return Part("fitting", 0.0, Phrase("The check found the opposite."))
    if said.has("diminish"):
        if about.fault:
            return Part("fitting", 0.0, Phrase("Playing down what was our own fault makes it worse. Own up to it."))
        return Part("fitting", 0.4, Phrase("Playing things down convinces nobody who was there."))
    if said.has("apology"):
        share = 1.0 if said.has("remedy") else 0.7
        advice = None if said.has("remedy") else Phrase("Say what is done about it and who will look into it.")
        if not about.fault:
            share, advice = 0.5, Phrase("An apology for what was not ours rings hollow.")
        return Part("fitting", share, advice)
    if said.has("bolster"):
        alone = not said.has("known", "empathy", "remedy", "ask")
        advice = Phrase("Praise of our own work is for others to give.")
        return Part("fitting", 0.0 if alone else 0.4, advice)
    if about.fault:
        return Part("fitting", 0.6, Phrase("Something of ours went wrong here, and people know. Say so."))
    return Part("fitting", 1.0)


def _reaching(said: Wording, about: Circumstances) -> Part:
    share = FITS.get(said.channel, {}).get(said.audience, 0.0)
    if said.channel in {"pa", "briefing"} and said.audience != "public":
        share *= about.understood
        if about.understood < 0.5:
            return Part("reaching", share, Phrase("Most people there cannot understand it: speak from nearer."))
    advice = Phrase("Another channel gets to these people better.") if share < 0.6 else None
    return Part("reaching", share, advice)


def _early(about: Circumstances) -> Part:
    share = min(1.0, max(0.0, 2.0 - about.late_min / FIRST_MIN))
    advice = Phrase("It comes late; say why it took so long.") if share < 0.7 else None
    return Part("early", share, advice)


def _warnings(said: Wording, about: Circumstances) -> Iterator[Phrase]:
    if said.has("names"):
        yield Phrase("Names of people who are detained are not published: it is unlawful.")
    if said.has("label"):
        yield Phrase("A label for everybody turns everybody against us: it will work on nobody.")
    if about.contradicted:
        yield Phrase("A check found the opposite of something in it: this would be an untrue statement.")
    if said.has("checked") and (about.unchecked or (about.answers and not about.verdict)):
        yield Phrase("It says that this was checked, and it was not: this would be an untrue statement.")
    for deed in about.deeds:
        yield Phrase("What is being done gives it the lie: {deed}", deed=deed)
    if about.unchecked:
        yield Phrase("It states as a fact what nobody has checked. If it turns out otherwise, we told an untruth.")
    if said.has("outcome"):
        yield Phrase("Nobody can promise how an inquiry will end.")
    if about.repeats:
        yield Phrase("These people have heard this already: it works half as well each time.")
    if about.spoken_lately > MANY_LATELY:
        yield Phrase("Statement upon statement: people stop listening.")
    if about.belief < 0.6:
        yield Phrase("After what was said before, this source is believed less.")
