"""Breaking: where a line of English or Chinese may end, whatever it is measured in."""

NEVER_FIRST = "，。！？；：、）》」』】〉”’…％,.!?;:)]}%"
"""Characters that do not begin a line."""
NEVER_LAST = "（《「『【〈“‘([{"
"""Characters that do not end one."""
_WIDE = 0x2E80
"""From here on a line may be broken between any two characters."""


def clean(text: str) -> str:
    """The text on one line, without anything a terminal would take for a command."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def pieces(text: str) -> list[str]:
    """What may not be broken: a Latin word with the space behind it, a Chinese character with its punctuation."""
    found: list[str] = []
    for character in text:
        if found and not _may_break(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _may_break(before: str, character: str) -> bool:
    last = before[-1]
    if character == " " or character in NEVER_FIRST or last in NEVER_LAST:
        return False
    return last == " " or ord(last) >= _WIDE or ord(character) >= _WIDE
