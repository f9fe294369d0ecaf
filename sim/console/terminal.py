"""The terminal as a whole screen: drawn line by line where it changed, and given back whatever happens.

Signals are only noted; the play loop asks for them between two slices of time, so no order is ever cut in half.
"""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType, TracebackType
from typing import Any, Self

from rich.console import Console
from rich.control import Control
from rich.text import Text

from sim.console.keys import Keys
from sim.core.errors import BadInput
from sim.core.phrase import Phrase

_PASTE_ON, _PASTE_OFF = "\x1b[?2004h", "\x1b[?2004l"


class Terminal:
    """The alternate screen and the single keys, from `with` to its end."""

    def __init__(self, console: Console, keys: Keys) -> None:
        """Draw on this console, read these keys."""
        self._console = console
        self._keys = keys
        self._shown: list[Text] = []
        self._before: dict[int, Any] = {}
        self._asked_to_pause = False
        self.asked_to_end = 0
        """Number of the signal that asked us to end (interrupt, terminate, hang-up), 0 for none."""

    def __enter__(self) -> Self:
        """The whole screen is ours.

        Raises:
            BadInput: the console is no terminal that has a second screen.
        """
        self._take()
        self._listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The screen, the cursor, the keys and the signals are as they were."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()
        self._give_back()

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows now."""
        width, height = self._console.size
        return width, height

    def draw(self, lines: Sequence[Text]) -> None:
        """Shows these lines from the top; only those that differ from what is shown are sent."""
        if len(lines) != len(self._shown):
            self._shown = []
        with self._console:
            if not self._shown:
                self._console.control(Control.clear())
            for y, line in enumerate(lines):
                if not self._shown or line != self._shown[y]:
                    segments = [s for s in line.render(self._console) if s.text]
                    self._console.update_screen_lines([segments], 0, y)
        self._shown = list(lines)

    def redraw(self) -> None:
        """The next drawing sends every line."""
        self._shown = []

    def ring(self) -> None:
        """The bell."""
        self._console.control(Control.bell())

    def pause_if_asked(self) -> bool:
        """Stops the program after Ctrl-Z with the terminal given back; True when it has been resumed."""
        if not self._asked_to_pause:
            return False
        self._asked_to_pause = False
        self._give_back()
        if sys.platform != "win32":
            handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)
            # Execution goes on here once the shell brings us back.
            signal.signal(signal.SIGTSTP, handler)
        self._take()
        return True

    def _take(self) -> None:
        if not self._console.set_alt_screen(True):
            raise BadInput.of("no-terminal", Phrase("there is no terminal to play in"))
        self._console.show_cursor(False)
        self._raw(_PASTE_ON)
        try:
            self._keys.__enter__()
        except BaseException:
            self._give_back()
            raise
        self._shown = []

    def _give_back(self) -> None:
        # A line that was hung up cannot be written to any more; nothing is lost by that.
        with contextlib.suppress(OSError, ValueError):
            self._raw(_PASTE_OFF)
            self._console.show_cursor(True)
            self._console.set_alt_screen(False)
        self._keys.__exit__(None, None, None)

    def _raw(self, sequence: str) -> None:
        self._console.file.write(sequence)
        self._console.file.flush()

    def _listen(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            return
        wanted = {
            "SIGINT": self._end,
            "SIGTERM": self._end,
            "SIGHUP": self._end,
            "SIGTSTP": self._pause,
        }
        for name, handler in wanted.items():
            number = getattr(signal, name, None)
            if number is not None:
                self._before[number] = signal.signal(number, handler)

    def _end(self, number: int, frame: FrameType | None) -> None:
        if self.asked_to_end and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.asked_to_end = number

    def _pause(self, number: int, frame: FrameType | None) -> None:
        self._asked_to_pause = True
