"""The chronicle: what this seat has noticed so far, and which calls are still open for it.

The rules do not say which order answers which call, and the screen must not give it away: a call is in hand when
the commander says so. A refusal alone says itself what it answers: the superior who asked.
"""

from dataclasses import dataclass, field

from sim.crowd.state import CrowdState
from sim.seat.words import UNSEEN
from sim.world.message import About, Message
from sim.world.observation import Observation

REFUSAL = "CMD"
"""Code in the catalogue of an order from above declined."""


@dataclass(frozen=True, slots=True)
class News:
    """What is new since the last look."""

    messages: tuple[Message, ...] = ()
    crush: bool = False
    """The crush alarm has just been raised."""
    state: bool = False
    """The state of the crowd is judged differently from before."""

    @property
    def calls(self) -> tuple[Message, ...]:
        """New messages that need an answer."""
        return tuple(m for m in self.messages if m.needs_answer)


@dataclass(slots=True)
class Chronicle:
    """Remembers from look to look; give it every observation."""

    states: list[tuple[int, int]] = field(default_factory=list)
    """(tick, state) at each change as it was judged; `UNSEEN` while nobody saw the crowd."""
    unread: list[int] = field(default_factory=list)
    """Serials of messages nobody has looked at."""
    in_hand: list[int] = field(default_factory=list)
    """Serials of calls the commander has dealt with."""
    refused: list[int] = field(default_factory=list)
    """Serials of a superior's calls that were answered by a refusal."""
    _known: int = 0
    _crush: bool = False
    _started: bool = False

    def note(self, seen: Observation) -> News:
        """Takes in an observation and says what is new in it.

        At the first look, at the beginning or on resuming, nothing is news; only open calls are unread.
        """
        arrived = seen.messages[self._known :]
        self._known = len(seen.messages)
        first, self._started = not self._started, True
        self.unread.extend(m.serial for m in arrived if not first or is_open(m, seen.tick))
        self._take_refusals(seen)
        state = seen.state if seen.state_age_s >= 0.0 else UNSEEN
        changed = not self.states or self.states[-1][1] != state
        if changed:
            self.states.append((seen.tick, state))
        crush, self._crush = seen.crush and not self._crush, seen.crush
        return News(() if first else arrived, crush=crush, state=changed and not first)

    def waits(self, message: Message, tick: int) -> bool:
        """True while a call needs an answer and the commander has not dealt with it."""
        dealt_with = message.serial in self.in_hand or message.serial in self.refused
        return not dealt_with and is_open(message, tick)

    def _take_refusals(self, seen: Observation) -> None:
        """Each refusal answers the oldest call from above that was open when it was given."""
        self.refused = []
        for order in seen.orders:
            if order.catalogue == REFUSAL:
                asked = (
                    m.serial
                    for m in seen.messages
                    if m.about == About.PRESSURE and m.tick <= order.tick and is_open(m, order.tick)
                )
                self.refused.extend([s for s in asked if s not in self.refused][:1])

    def open_calls(self, seen: Observation) -> list[Message]:
        """Calls that still wait, the most urgent first."""
        waiting = [m for m in seen.messages if self.waits(m, seen.tick)]
        return sorted(waiting, key=lambda m: (m.answer_by_tick or 1 << 60, m.tick, m.serial))

    def take_in_hand(self, message: Message) -> None:
        """The commander has dealt with a call."""
        self.in_hand.append(message.serial)
        self.read(message)

    def read(self, message: Message) -> None:
        """Somebody has looked at a message."""
        if message.serial in self.unread:
            self.unread.remove(message.serial)

    def worst_between(self, first: int, last: int, until: int) -> int | None:
        """Worst state judged at any tick from `first` to before `last`; None beyond what was seen up to `until`."""
        worst: int | None = None
        for k, (tick, state) in enumerate(self.states):
            end = self.states[k + 1][0] if k + 1 < len(self.states) else until + 1
            if tick < last and end > first and (worst is None or _ORDER.index(state) > _ORDER.index(worst)):
                worst = state
        return worst


WITHOUT_LIMIT = 3000
"""Ticks for which a call without a time limit stays open: five minutes."""


def is_open(message: Message, tick: int) -> bool:
    """True while a message can still be answered."""
    return message.needs_answer and tick < (message.answer_by_tick or message.tick + WITHOUT_LIMIT)


_ORDER = (
    UNSEEN,
    CrowdState.RESOLVED,
    CrowdState.DISPERSING,
    CrowdState.CALM,
    CrowdState.TENSE,
    CrowdState.AGITATED,
    CrowdState.CLASH,
)
"""States from least to most in need of attention."""
