"""Parting: where two futures of a decision part and what people there had before their eyes, in words."""

from sim.exercise.shared_view import SharedView
from sim.review.futures import LEAST_APART, Futures
from sim.seat.sights import Sights
from sim.seat.voice import Say


def where_they_part(say: Say, pair: Futures, place: str) -> str:
    """The place, by its name, and how many are loud there in either future; or that they part at none."""
    if not pair.place:
        return say("At no place do they part by {number} people or more.", number=LEAST_APART)
    return say(
        "They part most here: {place}. Loud or worse there: {ours} as it was done, {theirs} instead.",
        place=place,
        ours=pair.loud[0],
        theirs=pair.loud[1],
    )


def seen_there(say: Say, pair: Futures) -> tuple[list[str], list[str]]:
    """What people at that place saw as it was done and instead, a line each; none where the futures part at none."""
    if not pair.place:
        return [], []
    done, instead = pair.saw
    return _lines(say, done), _lines(say, instead)


def _lines(say: Say, many: SharedView | None) -> list[str]:
    return [say("nobody is there")] if many is None else Sights.of(say, many).lines
