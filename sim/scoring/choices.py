"""Choices worth talking about: the three that earned most, the three that cost most, and one question for the group."""

from collections.abc import Iterable

from sim.core.phrase import Phrase
from sim.scoring.card import Evidence, TrippedGate

SHOWN = 3
_CAPS = "FDCBA"


def best_choices(lines: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Up to three choices that earned points, most first; ties by minute, then in the order of the rubric.

    What was left undone is none of them, whatever it still earned.
    """
    earned = [line for line in lines if line.points > 0.0 and not line.outcome and not line.missed]
    return _first(sorted(earned, key=lambda line: (-round(line.points, 6), line.minute)))


def costly_choices(lines: Iterable[Evidence], gates: tuple[TrippedGate, ...]) -> tuple[Evidence, ...]:
    """Up to three choices that cost points: what tripped the hardest gate first, then by points lost."""
    at_gates = [gate.evidence[0] for gate in sorted(gates, key=lambda g: (_CAPS.index(g.cap), g.evidence[0].minute))]
    lost = [line for line in lines if line.points < 0.0 and not line.outcome]
    return _first([*at_gates, *sorted(lost, key=lambda line: (round(line.points, 6), line.minute))])


def question_for(best: tuple[Evidence, ...], costly: tuple[Evidence, ...], gates: tuple[TrippedGate, ...]) -> Phrase:
    """A question about the gate that tripped, else about the costliest choice, else about the best."""
    if gates:
        return Phrase(
            "At minute {minute:.0f}: {observable}. What made it look right at that moment, "
            "and who could have stopped it?",
            minute=costly[0].minute,
            observable=costly[0].observable,
        )
    if costly:
        return Phrase(
            "At minute {minute:.0f}: {observable}. What could people there see and hear, and what else was open to us?",
            minute=costly[0].minute,
            observable=costly[0].observable,
        )
    if best:
        return Phrase(
            "At minute {minute:.0f}: {observable}. Why did it work here, and with whom would it not have worked?",
            minute=best[0].minute,
            observable=best[0].observable,
        )
    return Phrase(
        "Too little happened to judge: what would you have wanted to know first, and whom would you have asked?"
    )


def _first(lines: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The first few that say different things; the same act can be seen by a gate and by a measure."""
    shown: list[Evidence] = []
    for line in lines:
        if all((line.minute, line.observable) != (other.minute, other.observable) for other in shown):
            shown.append(line)
    return tuple(shown[:SHOWN])
