"""Judged: how a verdict looks - a shape and a colour, so that neither alone has to say it."""

from sim.desktop.theme import Colour, Theme
from sim.seat.judgement import GRAVITY

SHAPES_OF = {
    "great": "up",
    "sound": "check",
    "imprecise": "ring",
    "poor": "triangle",
    "serious": "down",
    "unlawful": "x",
}
UNDECIDED = "dots"


def shape_of(verdict: str) -> str:
    """One of `SHAPES`; what is no judgement, or none yet, has dots."""
    return SHAPES_OF.get(verdict, UNDECIDED)


def colour_of(theme: Theme, verdict: str) -> Colour:
    """Good, warning or bad; muted for what is no judgement."""
    if verdict not in GRAVITY:
        return theme.muted
    return (theme.good, theme.good, theme.warn, theme.warn, theme.bad, theme.bad)[GRAVITY.index(verdict)]
