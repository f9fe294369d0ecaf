"""Law: why an order is refused and what would put it right, for any screen; and the mark of what nobody reviewed."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.core.phrase import LText, Phrase
from sim.scenario.necessity import SEPARATOR, listed
from sim.scenario.response import Parameter
from sim.scenario.scenario import Playbook
from sim.seat.draft import Draft
from sim.world.message import About, Message
from sim.world.observation import Observation
from sim.world.order import Failure, Ruling, Value
from sim.world.pointing_out import NOBODY

LISTS = ("grounds", "means")
"""Kinds of parameter that hold a list of ids."""
CHOSEN = ("power", "rule", "response")
"""Kinds of parameter that hold one id of the law or the catalogue, or none."""
AT_THE_DESK = ("information", "command")
"""Groups of responses that prepare, check or ask above: they are no means towards anybody on the scene."""
MOST = 10
"""So many facts are offered for a note: more cannot be read in the time there is."""
FRESH_TICKS = 18_000
THREATS = (About.THREAT, About.EMERGENCY, About.CASUALTY, About.CROWDING)
STATUSES = {
    "verified": Phrase("read in the text"),
    "known": Phrase("from common knowledge of the field"),
    "assumed": Phrase("assumed"),
}
"""How sure we are of a citation."""
WHOSE = {
    (True, True): Phrase("by the law here and by the human-rights floor"),
    (True, False): Phrase("by the law here; the human-rights floor would let it through"),
    (False, True): Phrase("by the human-rights floor; the law here would let it through"),
}
"""Who forbids it: domestic law, floor."""
UNREVIEWED = Phrase("Not reviewed by a lawyer or practitioner.")
"""The mark that packs, scenarios and reports carry until somebody has."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, with every rule that asks for it."""

    why: Phrase
    remedy: Phrase | None
    steps: tuple[str, ...]
    """Ids of responses that help."""
    rules: tuple[Failure, ...]
    whose: Phrase
    """Who forbids it."""


def missing(ruling: Ruling) -> tuple[Missing, ...]:
    """Everything that is missing, each once however many rules ask for it, in the order of the ruling."""
    found: dict[Phrase, list[Failure]] = {}
    for failure in ruling.failures:
        found.setdefault(failure.why, []).append(failure)
    return tuple(
        Missing(
            why=why,
            remedy=rules[0].remedy,
            steps=rules[0].steps,
            rules=tuple(rules),
            whose=WHOSE[any(rule.domestic for rule in rules), any(rule.baseline for rule in rules)],
        )
        for why, rules in found.items()
    )


def status(name: str) -> Phrase:
    """How sure we are of a citation, in words."""
    return STATUSES[name]


def mark(playbook: Playbook) -> Phrase | None:
    """The mark, until a lawyer has reviewed both packs and a practitioner the scenario."""
    return UNREVIEWED if playbook.unreviewed else None


def packs(playbook: Playbook) -> tuple[tuple[LText, LText], ...]:
    """Title and note of the law that applies: of the place first, then of the floor."""
    both = {each.id: each for each in (playbook.domestic, playbook.floor)}
    return tuple((each.title.text, each.note.text) for each in both.values())


# ---- what the parameters of the law can be set to


def law_choices(parameter: Parameter, playbook: Playbook, seen: Observation) -> tuple[str, ...]:
    """Ids a parameter of the law can be set to, or that its list can hold; empty for every other kind."""
    if parameter.kind == "power":
        return ("", *(power.id for power in playbook.powers))
    if parameter.kind == "rule":
        known = [rule.id for rule in playbook.rules]
        return ("", *(name for name in parameter.choices or known if name in known))
    if parameter.kind == "response":
        offered = playbook.scenario.responses or tuple(sorted(playbook.responses))
        return ("", *(name for name in parameter.choices or offered if name in offered))
    if parameter.kind == "grounds":
        return _facts(seen)
    if parameter.kind == "means":
        tried = dict.fromkeys(o.response for o in seen.orders if _is_lesser(playbook, o.response))
        return (*parameter.choices, *tried)
    return ()


def _is_lesser(playbook: Playbook, name: str) -> bool:
    """Return whether it is something less done on the scene: no force, and no work at the desk or on the telephone."""
    response = playbook.responses.get(name)
    return response is not None and not response.coercive and response.group not in AT_THE_DESK


def _facts(seen: Observation) -> tuple[str, ...]:
    """Facts for a note: fresh messages of danger, what was checked, what our own people saw, then the rest."""
    dangers = [f"message:{message.serial}" for message in _dangers(seen)]
    sightings = [f"message:{message.serial}" for message in _sightings(seen)]
    found = [*dangers[:4], *sightings[:2]]
    latest = sorted((m for m in seen.messages if m.text != NOBODY), key=lambda m: (-m.tick, -m.serial))
    others = [name for name in (f"message:{message.serial}" for message in latest) if name not in found]
    checked = [f"signal:{claim.id}" for claim in seen.claims if claim.verdict]
    open_ones = [f"signal:{claim.id}" for claim in seen.claims if not claim.verdict]
    reports = [f"report:{unit}" for unit in seen.reported]
    return (*found, *checked[:2], *reports[:2], *open_ones[:1], *others)[:MOST]


def _dangers(seen: Observation) -> list[Message]:
    """Messages of the last half hour that tell of danger to somebody, the latest first; of one told again the last."""
    return _fresh(seen, lambda message: message.about in THREATS)


def _sightings(seen: Observation) -> list[Message]:
    """What our own people reported from a place in the last half hour, such as who can be pointed out, latest first.

    That nobody can be pointed out is no sighting.
    """
    return _fresh(seen, lambda m: m.about == About.REPORT and m.grade == "A" and bool(m.place) and m.text != NOBODY)


def _fresh(seen: Observation, fits: Callable[[Message], bool]) -> list[Message]:
    found: dict[object, Message] = {}
    for message in sorted(seen.messages, key=lambda m: (-m.tick, -m.serial)):
        if fits(message) and seen.tick - message.tick <= FRESH_TICKS:
            words = message.text.template if isinstance(message.text, Phrase) else message.text
            found.setdefault((message.about, message.sender, message.place, words), message)
    return list(found.values())


def _known(seen: Observation, target: str) -> list[Message]:
    """What our own people saw there, of danger and otherwise; else the latest danger they saw anywhere."""
    dangers, sightings = _dangers(seen), _sightings(seen)
    there = [[m for m in kind if m.grade == "A" and m.place == target][:1] for kind in (dangers, sightings)]
    seen_there = [message for kind in there for message in kind]
    return seen_there or [m for m in dangers if m.grade == "A"][:1] or dangers[:1]


def ticked(value: object, name: str) -> str:
    """A list with this id taken in, or out if it is in; ids in the order of the alphabet."""
    return SEPARATOR.join(sorted(set(listed(value)) ^ {name}))


def known_note(draft: Draft, playbook: Playbook, seen: Observation) -> dict[str, Value]:
    """What of a note the post knows anyway: the latest danger or sighting by ours, and all that was tried.

    What was seen where the order takes place comes before what was seen elsewhere. Nothing is filled in where nothing
    is known, and aim, harm and gain are for whoever orders.
    """
    found: dict[str, Value] = {}
    for parameter in draft.option.response.parameters:
        offered = law_choices(parameter, playbook, seen)
        if parameter.kind == "means":
            tried = [name for name in offered if name not in parameter.choices]
            found[parameter.name] = SEPARATOR.join(sorted(tried))
        elif parameter.kind == "grounds":
            found[parameter.name] = SEPARATOR.join(sorted(f"message:{m.serial}" for m in _known(seen, draft.target)))
    return found
