"""The note on necessity and proportionality: five quick choices that every coercive order carries.

Nothing of it is free text: it names an aim, facts by their ids, what was tried before, and harm against gain, so that a
reader can check each of them later. Its length earns nothing.
"""

from collections.abc import Mapping

from sim.world.order import Value

SEPARATOR = "+"
"""Between the ids of a list."""
AIMS = ("stop_violence", "protect_life", "free_emergency_way", "prevent_crush", "end_serious_disruption")
HOPELESS = ("no_time", "refused", "too_dangerous")
"""Why lesser means were not tried, where they were not."""
HARMS = ("no_harm", "discomfort", "minor", "serious")
GAINS = ("small", "real", "life")
ENOUGH = {"no_harm": 0, "discomfort": 1, "minor": 1, "serious": 2}
"""Least gain, by its place in `GAINS`, that a harm may be expected for (assumed)."""

NOTE: tuple[dict[str, object], ...] = (
    {
        "name": "aim",
        "title": {"en": "Aim of this act", "zh": "本次行动目的"},
        "kind": "choice",
        "choices": AIMS,
    },
    {
        "name": "grounds",
        "title": {"en": "Facts it rests on", "zh": "所依据的事实"},
        "kind": "grounds",
    },
    {
        "name": "lesser",
        "title": {"en": "Lesser means tried, or why they are hopeless", "zh": "已尝试的较轻手段，或无法奏效的原因"},
        "kind": "means",
        "choices": HOPELESS,
    },
    {
        "name": "harm",
        "title": {"en": "Harm to expect", "zh": "预计造成的伤害"},
        "kind": "choice",
        "choices": HARMS,
    },
    {
        "name": "gain",
        "title": {"en": "Gain to expect", "zh": "预计取得的效果"},
        "kind": "choice",
        "choices": GAINS,
    },
)
"""The parameters of the note as a response's file would write them; each of them may be left open."""
NAMES = tuple(str(each["name"]) for each in NOTE)


def listed(value: object) -> tuple[str, ...]:
    """The ids of a list that is written as one text, in their order; empty for an empty text."""
    return tuple(part for part in str(value).split(SEPARATOR) if part)


def proportionate(parameters: Mapping[str, Value]) -> bool:
    """True when both harm and gain are said and the gain is worth the harm."""
    harm, gain = str(parameters.get("harm", "")), str(parameters.get("gain", ""))
    return harm in ENOUGH and gain in GAINS and GAINS.index(gain) >= ENOUGH[harm]
