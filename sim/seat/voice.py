"""The voice: says everything on screen in the language chosen now, and can change it at any moment."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from sim.core.phrase import Language, LText, Parameter, Phrase
from sim.core.speech import Speech

Say: TypeAlias = Callable[..., str]
"""Says a `Phrase`, an `LText` or an English template with its parameters: a `Speech`, or a `Voice`."""


class Voice:
    """Speaks one of several languages; whoever holds it speaks the new one as soon as it is switched."""

    def __init__(self, say: Speech, voices: Mapping[Language, Speech] | None = None) -> None:
        """Speak as `say` does; `voices` are the languages there are to switch to."""
        self._voices: dict[Language, Speech] = {**(voices or {}), say.language: say}
        self._now = say

    def __call__(self, what: Phrase | LText | str, **parameters: Parameter) -> str:
        """The sentence in the language spoken now."""
        return self._now(what, **parameters)

    @property
    def language(self) -> Language:
        """The language spoken now."""
        return self._now.language

    def switch(self) -> bool:
        """Goes on to the next language; False when there is no other."""
        order = sorted(self._voices)
        following = order[(order.index(self.language) + 1) % len(order)]
        changed = following != self.language
        self._now = self._voices[following]
        return changed
