"""Keys: which key or gamepad button means which command, changeable by whoever plays."""

from collections.abc import Mapping

import pygame

COMMANDS: dict[str, tuple[str, str]] = {
    "pause": ("pause or run", "space"),
    "needed": ("run on until something needs you", "n"),
    "slower": ("slower", "-"),
    "faster": ("faster", "="),
    "next": ("next control", "tab"),
    "previous": ("control before", "shift+tab"),
    "confirm": ("press what is chosen, send", "return"),
    "back": ("back; in play the menu. Never quits", "escape"),
    "search": ("search the responses", "/"),
    "kinds": ("back to the kinds of response; there the tenth of them", "0"),
    "last_kind": ("the eleventh kind of response", "c"),
    "messages": ("answer the most urgent call", "m"),
    "board": ("next board in place of the map", "b"),
    "board_before": ("the board before", "shift+b"),
    "note": ("note with the time", "j"),
    "explain": ("explain what is chosen", "?"),
    "help": ("help and keys", "f1"),
    "bookmark": ("bookmark this moment", "f5"),
    "to_bookmark": ("go to the bookmark (replay)", "f9"),
    "fit": ("fit the map", "home"),
    "crowd": ("map: the crowd or the whole site", "z"),
    "closer": ("map closer", "page up"),
    "farther": ("map farther", "page down"),
    "west": ("map west", "a"),
    "east": ("map east", "d"),
    "north": ("map north", "w"),
    "south": ("map south", "s"),
    "heat": ("map of crowding", "h"),
    "names": ("names on the map", "t"),
    "seek_back": ("replay: 10 s back", "left"),
    "seek_on": ("replay: 10 s on", "right"),
    "last_decision": ("replay: decision before", "shift+left"),
    "next_decision": ("replay: next decision", "shift+right"),
    "next_mistake": ("replay: next moment that cost something", "k"),
    "whose": ("replay: whose view is shown", "v"),
    "language": ("language", "l"),
    "mute": ("sound off or on", "ctrl+m"),
    "full_screen": ("full screen", "f11"),
    "screenshot": ("screenshot", "f12"),
    "larger": ("everything larger", "ctrl+="),
    "smaller": ("everything smaller", "ctrl+-"),
    "usual_size": ("usual size", "ctrl+0"),
    **{f"card_{k}": (f"card {k}", str(k)) for k in range(1, 10)},
}
"""What each command does, in English, and its usual key."""

PAD = {0: "confirm", 1: "back", 2: "needed", 3: "messages", 4: "slower", 5: "faster", 6: "help", 7: "pause"}
"""Gamepad buttons in the usual order: A, B, X, Y, shoulders, select, start."""

_MODIFIERS = (("ctrl", pygame.KMOD_CTRL | pygame.KMOD_META), ("alt", pygame.KMOD_ALT), ("shift", pygame.KMOD_SHIFT))
_NAMES = {
    pygame.K_KP_ENTER: "return",
    pygame.K_KP_PLUS: "=",
    pygame.K_KP_MINUS: "-",
    **{getattr(pygame, f"K_KP{k}"): str(k) for k in range(10)},
    pygame.K_RETURN: "return",
    pygame.K_ESCAPE: "escape",
    pygame.K_TAB: "tab",
    pygame.K_SPACE: "space",
    pygame.K_BACKSPACE: "backspace",
    pygame.K_DELETE: "delete",
    pygame.K_LEFT: "left",
    pygame.K_RIGHT: "right",
    pygame.K_UP: "up",
    pygame.K_DOWN: "down",
    pygame.K_HOME: "home",
    pygame.K_END: "end",
    pygame.K_PAGEUP: "page up",
    pygame.K_PAGEDOWN: "page down",
    **{getattr(pygame, f"K_F{k}"): f"f{k}" for k in range(1, 13)},
}
_ROW = {getattr(pygame, f"KSCAN_{k}"): str(k) for k in range(10)}
"""The row of digits by where the keys are: on a French keyboard it types letters."""


def spell(key: int, mods: int = 0, scancode: int = 0, text: str = "") -> str:
    """The name of a key with what is held down, as `ctrl+shift+x`; "" for a key that means nothing by itself."""
    name = _NAMES.get(key) or (_ROW.get(scancode, "") if not mods & pygame.KMOD_SHIFT else "")
    if not name and 32 < key < 127:
        name = chr(key)
    if text in {"?"} or (name == "/" and mods & pygame.KMOD_SHIFT):
        return "?"
    if not name and text and text.isprintable():
        name = text.lower()
    if not name:
        return ""
    held = [word for word, mask in _MODIFIERS if mods & mask]
    return "+".join([*held, name])


class Keys:
    """The bindings: usual ones, and what was changed."""

    def __init__(self, changed: Mapping[str, str] | None = None) -> None:
        """Usual keys except where `changed` names another for a command; unknown commands are passed over."""
        self._keys = {name: usual for name, (_, usual) in COMMANDS.items()}
        self._keys.update({name: key for name, key in (changed or {}).items() if name in COMMANDS and key})

    def of(self, command: str) -> str:
        """The key of a command."""
        return self._keys[command]

    def commands(self, key: str) -> tuple[str, ...]:
        """Every command this key means (one at each screen)."""
        also = {"alt+return": "full_screen", "ctrl+shift+=": "larger"}
        return (*(name for name, k in self._keys.items() if k == key), *((also[key],) if key in also else ()))

    def bind(self, command: str, key: str) -> str:
        """Gives a command this key; the command that had it gets the other's old key. Returns that command or ""."""
        old, other = self._keys[command], next((n for n, k in self._keys.items() if k == key and n != command), "")
        self._keys[command] = key
        if other:
            self._keys[other] = old
        return other

    def changed(self) -> dict[str, str]:
        """What differs from the usual keys."""
        return {name: key for name, key in self._keys.items() if key != COMMANDS[name][1]}

    def shown(self, command: str) -> str:
        """The key as it is printed on screen."""
        signs = {"return": "Enter", "escape": "Esc", "space": "Space", "left": "←", "right": "→", "page up": "PgUp",
                 "page down": "PgDn"}  # fmt: skip
        parts = self._keys[command].split("+") if self._keys[command] != "+" else ["+"]
        return "+".join(signs.get(p, p.upper() if len(p) == 1 else p.capitalize()) for p in parts)
