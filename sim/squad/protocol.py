"""The wire: version, sizes, rates, close codes, and texts in both languages. docs/protocol.md says it for people."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from sim.core.phrase import LText, Phrase

VERSION = 1
MOST_BYTES = 16_384
"""Longest frame, bytes."""
TYPES = ("hello", "do", "cards", "here")
"""Types of message that come in; a row, since what is compared with them may be anything JSON can hold."""
MOST_DEPTH = 8
"""Deepest nesting of a frame."""
_TYPED = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
"""A string of JSON."""
HELLO_S = 10.0
"""The first message comes within so many seconds, and a connection that is no socket ends after as many."""
MOST_SOCKETS = 640
"""Sockets open at once."""
BURST, PER_S = 24.0, 6.0
"""Token bucket of a person, and of a connection before its welcome: messages at once, and messages a second."""
MOST_STRANGERS = 320
"""Connections from one address that nobody has been welcomed at: half of all, so that one computer cannot have all."""
MOST_FAULTS = 40
"""Messages in a row that could not be taken before a connection is closed."""
MOST_EACH = 8
"""Connections one person may have at once; with one more the oldest is closed."""
PING_S, PONG_S = 5.0, 8.0
"""Between two pings of the server, and until the answer to one is missed."""
TELL_S = 1.0
"""Between two words on how far a room is that is still being made."""
QUEUE = 64
"""Messages that may wait for a slow reader before it is closed."""
ID = 40
"""Longest id of a message, characters."""

CLOSE_NO_TEXT, CLOSE_POLICY, CLOSE_BIG, CLOSE_SLOW, CLOSE_AWAY, CLOSE_REMOVED = 1007, 1008, 1009, 1013, 1001, 4001

ERRORS = {
    "bad-code": Phrase("this code is not right: read it again from the shared screen"),
    "slow-down": Phrase("too fast: wait a moment"),
    "locked": Phrase("the room is locked"),
    "full": Phrase("the room is full"),
    "bad-version": Phrase("another version of the protocol"),
    "not-saved": Phrase("the disk does not take it: nothing is acknowledged any more"),
}
"""Refusals of the room itself, beside those of a squad."""


def frame(text: str) -> dict[str, Any] | None:
    """A message as it came over the wire; None for what is none: no object, too deep, not JSON's numbers, no text."""
    try:
        if len(text.encode()) > MOST_BYTES or _depth(text) > MOST_DEPTH:
            return None
        data = json.loads(text, parse_constant=_no_constant)
        if "\\u" in text:
            # Half a character, as `\ud800` alone, is no text: it could be neither written down nor compared.
            json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _depth(text: str) -> int:
    """How deep a frame is nested; brackets somebody has typed are none of its own."""
    deepest = depth = 0
    for character in _TYPED.sub("", text):
        depth += (character in "[{") - (character in "]}")
        deepest = max(deepest, depth)
    return deepest


def _no_constant(name: str) -> float:
    raise ValueError(name)


Say = Callable[[Phrase], str]
PLAIN = (str, int, float, bool, type(None))
"""Kinds of value that go over the wire as they are: most of what a view holds."""


def both(value: Any, zh: Say) -> Any:  # noqa: ANN401 - anything JSON can hold
    """The data with every phrase and text as `{"en": ..., "zh": ...}`."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, Phrase):
        return {"en": value.english(), "zh": zh(value)}
    if isinstance(value, LText):
        return {"en": value.en, "zh": value.zh}
    if isinstance(value, Mapping):
        if len(value) == 2 and "template" in value and "params" in value:
            return both(Phrase.from_dict(value), zh)
        return {str(key): both(each, zh) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [both(each, zh) for each in value]
    return value


def encoded(message: Mapping[str, Any], zh: Say) -> str:
    """A message as it goes over the wire."""
    return json.dumps(both(message, zh), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
