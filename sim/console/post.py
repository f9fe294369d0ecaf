"""The command post: one exercise as its commander sees it, with everything a screen or a dialog needs to know."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim.console.site_map import MapView
from sim.exercise.option import Option
from sim.seat.chronicle import Chronicle, News
from sim.seat.run import Run
from sim.seat.voice import Voice
from sim.seat.words import Words
from sim.world.observation import Observation
from sim.world.order import Order, Ruling


@dataclass(slots=True)
class Post:
    """Looked at again after every slice of time and every order."""

    run: Run
    voice: Voice
    words: Words
    seen: Observation
    chronicle: Chronicle = field(default_factory=Chronicle)
    view: MapView = field(default_factory=MapView)
    running: bool = False
    hurrying: bool = False
    """Running on as fast as it can until something needs the commander."""
    speed: float = 1.0
    reached: float = 0.0
    """Speed that was really reached lately, 0 while unknown."""
    held: bool = False
    """A dialog is open, so time stands still."""
    assessed: bool = False
    """Time does not wait for a dialog and passes less fast, an order needs a reason and cannot be taken back."""
    plain: bool = False
    """True where the terminal has no Unicode."""
    last_refused: tuple[Order, Ruling] | None = None
    """The order that was refused or marked last, with its ruling."""
    _options: list[Option] | None = None

    @classmethod
    def open(cls, run: Run, voice: Voice, *, plain: bool = False, speed: float = 1.0, assessed: bool = False) -> "Post":
        """The post at its first look."""
        post = cls(run, voice, Words(run.playbook, voice), run.observe(), plain=plain, speed=speed, assessed=assessed)
        post.chronicle.note(post.seen)
        return post

    def look(self) -> News:
        """Sees what can be seen now and says what is new."""
        self.seen = self.run.observe()
        self._options = None
        return self.chronicle.note(self.seen)

    def options(self) -> Sequence[Option]:
        """Every response as it stands at the last look."""
        if self._options is None:
            self._options = self.run.options()
        return self._options

    @property
    def last_tick(self) -> int:
        """The tick at which the run closes at the latest."""
        first, last = self.words.scenario.minutes
        return round((last - first) * 600.0)


def is_plain(encoding: str, environment: Mapping[str, str] | None = None) -> bool:
    """True when a terminal should be given no characters beyond its own encoding."""
    named = os.environ if environment is None else environment
    return "utf" not in encoding.lower() or named.get("TERM") in {"linux", "vt100", "vt220"}
