"""Garbage: how seldom Python looks through all there is for rings of objects that nobody needs any more."""

import atexit
import gc

_READING = (100_000, 20, 50)
_RUNNING = (20_000, 20, 50)
"""New objects before the youngest are looked through, and how often that happens before older ones are."""


def seldom_while_reading() -> None:
    """Looks seldom from now on, and not at all when the process ends.

    Reading modules and files makes hundreds of thousands of objects that stay: looking through them takes 0.1 to 0.2 s
    of a start, and 0.3 s of its end, when the system takes everything back anyway.
    """
    gc.set_threshold(*_READING)
    atexit.register(gc.freeze)


def seldom_while_running() -> None:
    """Looks seldom from now on: a minute of a run makes thousands of entries and views, and next to no garbage."""
    gc.set_threshold(*_RUNNING)


def leave_what_is_loaded() -> None:
    """Looks seldom from now on, and never again at what is there by now: it stays, and going through it takes 0.1 s."""
    gc.freeze()
    seldom_while_running()
