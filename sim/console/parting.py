"""Parting: where two futures of a decision part and what people there had before their eyes, in the terminal."""

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sim.review import Review
from sim.review.futures import Futures
from sim.seat.parting import seen_there, where_they_part
from sim.seat.words import Words
from sim.world.order import HOLD

STEP = 2
"""Columns by which what belongs to a line stands further in."""


def parting_lines(review: Review, futures: Mapping[int, Futures], words: Words) -> RenderableType:
    """Of each decision whose futures were carried on: the place, the numbers, and what people saw in either.

    Where none was, it says so.
    """
    say = words.say
    shown: list[RenderableType] = []
    for moment in review.moments:
        pair = futures.get(moment.number)
        if pair is None:
            continue
        done, other = moment.order, moment.alternatives[pair.other].order
        head = say(
            "Minute {minute:.0f}, {done}, against {instead}; one trial, {after} min later",
            minute=moment.minute,
            done=say("nothing was ordered") if done is None else words.response(done.response),
            instead=words.response(HOLD if other is None else other.response),
            after=pair.after_min,
        )
        shown.append(Text(head, style="bold"))
        shown.append(_in(where_they_part(say, pair, words.place(pair.place)), 1))
        if not pair.place:
            continue
        for title, seen in zip((say("as it was done"), say("instead")), seen_there(say, pair), strict=True):
            shown.append(_in(say("People there saw, {which}:", which=title), 1))
            shown.extend(_in(line, 2) for line in seen)
    if not shown:
        shown.append(Text(say("Where futures part: no decision stands out yet, so none was carried on twice.")))
    return Group(*shown)


def _in(text: str, steps: int) -> Padding:
    return Padding(Text(text, style="dim" if steps > 1 else ""), (0, 0, 0, STEP * steps))
