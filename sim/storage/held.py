"""Held: a file that grows is written by one program at a time; however that one ends, the file is free again.

What is small is read, changed and written back in a moment. For that programs take turns, and nobody is refused.
"""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.storage.folder import home, opener, own

TURN = "turn"
"""An empty file in the data folder: whoever holds it has the turn."""
WAIT_S = 5.0
"""So long a turn is waited for; a program that was stopped in the middle of its own must not stop all others."""
_LOOK_S = 0.005
_mine = threading.local()

if sys.platform == "win32":
    import msvcrt

    _FAR = 2**31 - 2
    """A place no file of ours reaches: what is locked there keeps nobody from reading."""

    def _taken(file: int) -> bool:
        os.lseek(file, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return True
        finally:
            os.lseek(file, 0, os.SEEK_END)
        return False

else:
    import fcntl

    def _taken(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            # Some network folders know no locks: then two programs have to mind each other as before.
            return False
        return False


def hold(file: int, path: Path) -> None:
    """Keep every other program, and every other opening in this one, from holding the open file until it is closed.

    Raises:
        BadInput: it is held already.
    """
    if _taken(file):
        raise BadInput.of(
            "in-use",
            Phrase("{file} is open in another program", file=str(path)),
            hint=Phrase("go on there, or end it first"),
        )


@contextmanager
def turn() -> Iterator[None]:
    """While this lasts nobody else of this user, in another program or another thread, is in a turn.

    For what is read, changed and written back: of two who did so at once, one would undo what the other had kept. A
    turn within a turn is the same one. Where the data folder takes no such file all go on as if alone.
    """
    if getattr(_mine, "turn", False):
        yield
        return
    file = _turn_taken()
    _mine.turn = True
    try:
        yield
    finally:
        _mine.turn = False
        if file is not None:
            os.close(file)


def _turn_taken() -> int | None:
    """The open file that is held, or that was waited for long enough; None where there can be none."""
    try:
        file = opener(str(own(home()) / TURN), os.O_RDWR | os.O_CREAT)
    except OSError:
        return None
    last = time.monotonic() + WAIT_S
    while _taken(file) and time.monotonic() < last:
        time.sleep(_LOOK_S)
    return file
