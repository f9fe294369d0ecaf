"""Catalogue: every response that is shipped in one table - code, name, time, who it takes, what comes before, phase.

Made from the files of the responses, so that whoever writes a scenario need not open eighty-odd of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.scenario.condition import Condition
from sim.scenario.lint.case import DECIDER, WITH_MANDATE, flags_of
from sim.scenario.response import ALWAYS, GROUPS, ON_SCENE, Parameter, Response
from sim.seat.words import KINDS
from sim.storage.library import responses

HEAD = (
    Phrase("code"),
    Phrase("id"),
    Phrase("what it is"),
    Phrase("minutes"),
    Phrase("who"),
    Phrase("before it"),
    Phrase("phase"),
    Phrase("aimed at"),
    Phrase("parameters"),
)
_KINDS: Final = {
    "none": Phrase.literal("-"),
    "place": Phrase("a place"),
    "group": Phrase("a group"),
    "claim": Phrase("a claim that was heard"),
    "lane": Phrase("a lane"),
    "activity": Phrase("what is under way"),
}
_VALUES: Final = {
    "choice": Phrase("one of"),
    "several": Phrase("some of, joined by +:"),
    "facts": Phrase("ids of facts, joined by +"),
    "exit": Phrase("id of a way out"),
    "group": Phrase("id of a group"),
    "demand": Phrase("id of a demand"),
    "demands": Phrase("ids of demands, joined by +"),
    "task": Phrase("`everything`, `coercive`, or what is under way of"),
    "sources": Phrase("ids of sources of that claim, joined by +"),
    "text": Phrase("text"),
    "power": Phrase("id of a power of the law chosen"),
    "rule": Phrase("id of a rule, such as"),
    "response": Phrase("id of a response on offer, such as"),
    "grounds": Phrase("ids of facts of the moment, joined by +"),
    "means": Phrase("ids of lesser means, joined by +:"),
}
"""What a parameter of each kind takes, before its choices."""


def catalogue_lines(say: Speech) -> Iterator[str]:
    """The table in Markdown, one part for each kind of response."""
    known = responses()[0]
    yield from ("## " + say("Responses"), "")
    yield say(
        "Times are the usual ones, in minutes: until it begins to work + how long it works. The way there comes on "
        "top, unless it is done from afar. A scenario changes them under `durations`."
    )
    yield ""
    yield say(
        "Who: any one of the codes before the plus sign, and every one behind it. "
        "⚖ asks for a note on necessity and for what the law chosen wants; ☆ is only offered where `special` names it."
    )
    yield ""
    yield say(
        "Aimed at: what `target` names in an order; `crowd` is the place where most people are. Left out, the response "
        "takes its own default. Parameters are told below the table."
    )
    for group in GROUPS:
        yield from ("", "### " + say(KINDS[group]), "")
        yield "| " + " | ".join(say(each) for each in HEAD) + " |"
        yield "|" + "---|" * len(HEAD)
        own = sorted(
            (each for each in known.values() if each.group == group), key=lambda each: (each.catalogue, each.id)
        )
        for each in own:
            yield "| " + " | ".join(_row(each, known, say)) + " |"
    yield ""
    yield from _parameters(known.values(), say)


def _row(response: Response, known: Mapping[str, Response], say: Speech) -> tuple[str, ...]:
    marks = (" ⚖" if response.coercive else "") + (" ☆" if response.special else "")
    return (
        response.catalogue,
        f"`{response.id}`{marks}",
        say(response.title.text),
        _minutes(response, say),
        _who(response, say),
        say("; ").join(dict.fromkeys(_needed(need.when, response, known, say) for need in response.needs)),
        _phase(response, say),
        say(_KINDS[response.target.kind]),
        ", ".join(f"`{each.name}`" for each in response.parameters),
    )


def _parameters(known: Iterable[Response], say: Speech) -> Iterator[str]:
    """Every parameter once, or once for each way of asking where responses differ."""
    found: dict[tuple[str, ...], list[str]] = {}
    for each in sorted(known, key=lambda response: response.id):
        for asked in each.parameters:
            default = f"`{asked.default}`" if asked.default not in ("", ()) else ""
            row: tuple[str, ...] = (asked.name, say(asked.title.text), _written(asked, say), default)
            found.setdefault(row, []).append(each.id)
    names = [row[0] for row in found]
    yield from ("### " + say("Parameters of orders"), "")
    yield say(
        "Keys an order may have besides its own. Left out, the default counts. What stands empty there says nothing: "
        "a commitment without `demand` promises nothing."
    )
    heads = (say("key"), say("meaning"), say("value"), say("default"), say("where it differs"))
    yield from ("", "| " + " | ".join(heads) + " |", "|" + "---|" * len(heads))
    for row, users in sorted(found.items()):
        where = ", ".join(f"`{name}`" for name in users) if names.count(row[0]) > 1 else ""
        yield "| " + " | ".join((f"`{row[0]}`", *row[1:], where)) + " |"
    yield ""


def _written(asked: Parameter, say: Speech) -> str:
    """What may be written for a parameter."""
    if asked.kind == "number":
        return say("{low:g} to {high:g}", low=asked.at_least, high=asked.at_most)
    words = " ".join(f"`{choice}`" for choice in asked.choices)
    said = say(_VALUES[asked.kind])
    return " ".join(part for part in (said, words) if part)


def _minutes(response: Response, say: Speech) -> str:
    setup, runs = response.setup_min.value, response.run_min.value
    if runs:
        time = f"{setup:g} + {runs:g}"
    elif response.done_at_once:
        time = f"{setup:g}"
    else:
        time = say("{setup:g}, then until stopped", setup=setup)
    return say("{time}, from afar", time=time) if response.remote and response.units else time


def _who(response: Response, say: Speech) -> str:
    if not response.units and not response.also:
        return say("nobody")
    codes = "/".join(response.units)
    if response.teams > 1 and response.units:
        codes = f"{response.teams} × {codes}"
    return " + ".join(part for part in (codes, *response.also) if part)


def _phase(response: Response, say: Speech) -> str:
    if response.open_in == ON_SCENE:
        return say("on the scene")
    return say("any") if response.open_in == ALWAYS else " ".join(response.open_in)


def _needed(asked: Condition, response: Response, known: Mapping[str, Response], say: Speech) -> str:
    """What a need asks for; that it was not done before is said shortly."""
    said = _asked(asked, known, say)
    return say("only once") if asked.not_ is not None and f"`{response.id}`" in said else said


def _asked(asked: Condition, known: Mapping[str, Response], say: Speech) -> str:
    """What has to be so before it, in few words."""
    if asked.all is not None:
        return say("; ").join(_asked(part, known, say) for part in asked.all)
    if asked.any is not None:
        return say(" or ").join(dict.fromkeys(_asked(part, known, say) for part in asked.any))
    if asked.not_ is not None:
        return say("not yet: {wanted}", wanted=_asked(asked.not_, known, say))
    if asked.ordered is not None:
        return f"`{asked.ordered}`"
    if asked.arrived is not None:
        return say("{code} on scene", code=asked.arrived)
    if asked.flag is not None:
        by = [name for name, each in known.items() if any(asked.flag in flags_of(effect) for effect in each.effects)]
        names = say(" or ").join(f"`{name}`" for name in by)
        if asked.flag == WITH_MANDATE:
            return say("{responses} with a {code} that has a mandate", responses=names, code=DECIDER)
        return names or say("flag {flag}", flag=f"`{asked.flag}`")
    return _amount(asked, say)


def _amount(asked: Condition, say: Speech) -> str:
    """A question of a number, in signs."""
    what = say("scenario minute") if asked.minute else f"`{asked.metric}`"
    limits = [(asked.at_least, "≥"), (asked.at_most, "≤")]
    return " ".join([what, *(f"{sign} {limit:g}" for limit, sign in limits if limit is not None)])
