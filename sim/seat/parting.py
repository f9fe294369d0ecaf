"""Parting: where two futures of a decision part, in words."""

from sim.review.futures import LEAST_APART, Futures
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
