"""Shown: any text as a page can show it - what has no look of its own gets its sign, and nothing is dropped.

A control character in a note has no look, and some of them no page may hold; so each is shown by its picture, as in
`␛`. Signs that turn the direction of writing round stay, since right-to-left names need them; the page keeps what they
do inside the element they stand in.
"""

import re
from typing import Any

_NO_LOOK = re.compile(r"[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
PICTURES = 0x2400
"""Where the pictures of the first 32 control characters begin."""
UNKNOWN = "\ufffd"


def shown(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """A text with every character that has no look replaced by its sign; anything else as it is."""
    if type(value) is not str:
        return value
    return _NO_LOOK.sub(_picture, value)


def _picture(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(PICTURES + code)
    return "\u2421" if code == 0x7F else UNKNOWN
