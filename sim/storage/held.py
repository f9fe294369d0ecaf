"""Held: a file that grows is written by one program at a time; however that one ends, the file is free again."""

import os
import sys
from pathlib import Path

from sim.core.errors import BadInput
from sim.core.phrase import Phrase

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
            Phrase("{file} is being written by a program that is still running", file=str(path)),
            hint=Phrase("go on there, or end it first"),
        )
