"""A journal told as prose: what happened, minute by minute, in words a trainer can read and check."""

from collections.abc import Iterator

from sim.core.phrase import Phrase
from sim.core.tick import clock
from sim.exercise.exercise import Exercise
from sim.scoring import facts_of

STATES = ("calm", "tense", "agitated", "in a clash", "dispersing", "resolved")


def told(exercise: Exercise) -> str:
    """The run so far, one line for each thing that happened."""
    return "".join(f"{line}\n" for line in _lines(exercise))


def _lines(exercise: Exercise) -> Iterator[str]:
    scenario = exercise.playbook.scenario
    names = {name: text.en for name, text in facts_of(exercise.playbook).names.items()}
    names |= {group.id: group.name.text.en for group in scenario.groups}

    def name(identity: object) -> str:
        return names.get(str(identity), str(identity))

    for entry in exercise.journal:
        data = entry.data
        at = clock(entry.tick, exercise.world.setting.start_min)
        if entry.kind == "order":
            order, ruling = data["order"], data["ruling"]
            assert isinstance(order, dict)
            assert isinstance(ruling, dict)
            word = "marked as unlawful" if ruling["marked"] else "accepted" if ruling["accepted"] else "refused"
            whom = f" for {name(order['target'])}" if order["target"] else ""
            yield f"{at} The commander orders: {name(order['response'])}{whom}. It is {word}."
            missing = [*ruling["reasons"], *(failure["why"] for failure in ruling["failures"])]
            for why in dict.fromkeys(Phrase.from_dict(each).english() for each in missing):
                yield f"       Because {why}."
        elif entry.kind == "inject":
            yield f"{at} {name(data['id'])} ({data['truth']}): {data['event']}."
        elif entry.kind == "state":
            yield f"{at} The crowd, {STATES[int(str(data['from']))]} before, is {STATES[int(str(data['to']))]}."
        elif entry.kind == "consequence":
            about = [name(value) for key, value in data.items() if key in {"response", "claim", "group", "place"}]
            yield f"{at} {str(data['what']).replace('_', ' ').capitalize()}{': ' if about else ''}{', '.join(about)}."
        elif entry.kind == "outcome":
            yield f"{at} It ends: {data['reason']}. Held: {', '.join(data['won']) or 'nothing'}."  # type: ignore[arg-type]
