"""Keys: what was pressed, one key at a time and without waiting for Enter.

A terminal sends bytes. `KeyDecoder` turns them into keys: letters in any script, arrows and function keys from
their escape sequences, pasted text as one piece, so that a pasted page cannot give orders. `PosixKeys` and
`WindowsKeys` read them; both leave the terminal as they found it.
"""

import os
import re
import select
import sys
import time
import unicodedata
from codecs import getincrementaldecoder
from collections import deque
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

ESCAPE_WAIT_S = 0.05
"""A lone Escape is the key when nothing has followed it for so long; arrows follow at once, also over ssh."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key."""

    name: str
    """`a`, `?`, `space`, `enter`, `esc`, `tab`, `backtab`, `backspace`, `delete`, `up`, `down`, `left`, `right`,
    `home`, `end`, `pgup`, `pgdn`, `f1` ..., `ctrl-l` ..., `paste`, or `eof` when there will be no more."""
    text: str = ""
    """What it would write into a text field, "" for none."""

    @property
    def command(self) -> str:
        """The name as a command: full-width letters of a Chinese keyboard and capitals count like plain ones."""
        return unicodedata.normalize("NFKC", self.name).lower() if self.text else self.name


class Keys(Protocol):
    """Where keys come from."""

    def __enter__(self) -> Self:
        """Begin to read single keys."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""

    def read(self, timeout_s: float) -> Key | None:
        """The next key, None when none comes within that time."""


_SEQUENCES = {
    "A": "up",
    "B": "down",
    "C": "right",
    "D": "left",
    "H": "home",
    "F": "end",
    "P": "f1",
    "Q": "f2",
    "R": "f3",
    "S": "f4",
    "Z": "backtab",
    "M": "enter",
}
_NUMBERED = {
    "1": "home",
    "3": "delete",
    "4": "end",
    "5": "pgup",
    "6": "pgdn",
    "7": "home",
    "8": "end",
    "11": "f1",
    "12": "f2",
    "13": "f3",
    "14": "f4",
    "15": "f5",
}
_CONTROLS = {"\r": "enter", "\n": "enter", "\t": "tab", "\x7f": "backspace", "\x08": "backspace", "\x1b": "esc"}
_COMPLETE = re.compile(r"\x1b(?:\[\[[A-E]|[\[O][0-9;?]*[A-Za-z~])")
_BEGUN = re.compile(r"\x1b(?:[\[O][0-9;?]*|\[\[)?\Z")
_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
LONGEST_PASTE = 2000
"""Characters of a paste that are kept."""


class KeyDecoder:
    """Turns what a terminal sends into keys, however the bytes were cut."""

    def __init__(self) -> None:
        """Nothing received yet."""
        self._bytes = getincrementaldecoder("utf-8")(errors="ignore")
        self._text = ""

    @property
    def unfinished(self) -> bool:
        """True when what came last may be the beginning of a longer key."""
        return bool(self._text)

    def feed(self, data: bytes) -> list[Key]:
        """The keys these bytes complete."""
        self._text += self._bytes.decode(data)
        return self._take(final=False)

    def flush(self) -> list[Key]:
        """The keys in what was left unfinished, now that nothing follows."""
        return self._take(final=True)

    def _take(self, *, final: bool) -> list[Key]:
        keys: list[Key] = []
        while self._text:
            if self._text.startswith(_PASTE):
                key, used = self._paste()
            elif self._text[0] == "\x1b":
                key, used = self._escape(final=final)
            else:
                key, used = _plain(self._text[0]), 1
            if used == 0:
                break
            self._text = self._text[used:]
            if key is not None:
                keys.append(key)
        return keys

    def _paste(self) -> tuple[Key | None, int]:
        end = self._text.find(_PASTED)
        if end < 0:
            return None, 0
        pasted = " ".join(self._text[len(_PASTE) : end].split())[:LONGEST_PASTE]
        return Key("paste", "".join(c for c in pasted if c.isprintable())), end + len(_PASTED)

    def _escape(self, *, final: bool) -> tuple[Key | None, int]:
        match = _COMPLETE.match(self._text)
        if match is not None:
            return _sequence(match[0]), match.end()
        if _BEGUN.match(self._text) and not final:
            return None, 0
        return Key("esc"), 1


def _plain(character: str) -> Key | None:
    if character in _CONTROLS:
        return Key(_CONTROLS[character])
    if character == " ":
        return Key("space", " ")
    if character < " ":
        return Key(f"ctrl-{chr(ord(character) + 96)}")
    return Key(character, character) if character.isprintable() else None


def _sequence(sequence: str) -> Key | None:
    if sequence.startswith("\x1b[["):
        return Key(f"f{ord(sequence[-1]) - ord('A') + 1}")
    if sequence[-1] == "~":
        name = _NUMBERED.get(sequence[2:-1].split(";")[0])
        return Key(name) if name else None
    name = _SEQUENCES.get(sequence[-1])
    return Key(name) if name else None


class PosixKeys:
    """Keys from a terminal of Linux, macOS or any other POSIX system."""

    def __init__(self, descriptor: int | None = None) -> None:
        """Read from standard input, or from another descriptor of a terminal."""
        self._descriptor = sys.stdin.fileno() if descriptor is None else descriptor
        self._decoder = KeyDecoder()
        self._waiting: deque[Key] = deque()
        self._before: list[object] | None = None

    def __enter__(self) -> Self:
        """Single keys, no echo, no flow control; Ctrl-C and Ctrl-Z stay signals."""
        if sys.platform != "win32":
            import termios

            before = termios.tcgetattr(self._descriptor)
            raw = termios.tcgetattr(self._descriptor)
            raw[0] &= ~(termios.IXON | termios.ICRNL)
            raw[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
            raw[6][termios.VMIN], raw[6][termios.VTIME] = 0, 0
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, raw)
            self._before = before
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The terminal as it was, however we leave; a line that was hung up has nothing left to restore."""
        if sys.platform != "win32" and self._before is not None:
            import contextlib
            import termios

            before, self._before = self._before, None
            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(self._descriptor, termios.TCSADRAIN, before)  # type: ignore[arg-type]

    def read(self, timeout_s: float) -> Key | None:
        """The next key, None when none comes within that time."""
        if not self._waiting:
            self._wait(timeout_s)
        return self._waiting.popleft() if self._waiting else None

    def _wait(self, timeout_s: float) -> None:
        ready, _, _ = select.select([self._descriptor], [], [], max(0.0, timeout_s))
        while ready:
            try:
                data = os.read(self._descriptor, 4096)
            except OSError:
                data = b""
            if not data:
                self._waiting.append(Key("eof"))
                return
            self._waiting.extend(self._decoder.feed(data))
            if not self._decoder.unfinished:
                return
            ready, _, _ = select.select([self._descriptor], [], [], ESCAPE_WAIT_S)
        self._waiting.extend(self._decoder.flush())


_SCAN_CODES = {
    "H": "up",
    "P": "down",
    "K": "left",
    "M": "right",
    "G": "home",
    "O": "end",
    "I": "pgup",
    "Q": "pgdn",
    "S": "delete",
    ";": "f1",
    "\x0f": "backtab",
}


class WindowsKeys:
    """Keys from a Windows console."""

    def __enter__(self) -> Self:
        """Nothing to change: the console's own functions read single keys."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to restore."""

    def read(self, timeout_s: float) -> Key | None:
        """The next key, None when none comes within that time; KeyboardInterrupt for Ctrl-C."""
        if sys.platform == "win32":
            import msvcrt

            until = time.monotonic() + timeout_s
            while not msvcrt.kbhit():
                if time.monotonic() >= until:
                    return None
                time.sleep(0.01)
            character = msvcrt.getwch()
            if character in {"\x00", "\xe0"}:
                name = _SCAN_CODES.get(msvcrt.getwch())
                return Key(name) if name else None
            if character == "\x03":
                raise KeyboardInterrupt
            return _plain(character)
        return None


def keyboard() -> Keys:
    """The keys of the terminal we run in."""
    return WindowsKeys() if sys.platform == "win32" else PosixKeys()


def forget_typed() -> None:
    """What was typed and not read yet is gone: keys meant for the run are no answer to a question after it."""
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
    else:
        import contextlib
        import termios

        # Where the input is no terminal nothing was typed.
        with contextlib.suppress(termios.error, OSError, ValueError):
            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
