"""A problem: one thing wrong with a data file beyond its shape, for the checker to put a line and column to."""

from dataclasses import dataclass

from sim.core.phrase import Phrase

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a scenario or pack beyond its shape."""

    path: Path
    code: str
    message: Phrase
    word: str = ""
    """The name that is not known, for a nearest-name hint."""
    known: tuple[str, ...] = ()
    """Names that would have been."""
    hint: Phrase | None = None
    """How to put it right, where no name is the answer."""
    warning: bool = False
