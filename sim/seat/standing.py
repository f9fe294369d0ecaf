"""Standing: how far a signal is checked and where it came from, in the words every screen uses."""

from sim.seat.warning import Signal
from sim.seat.words import CHANNELS, VERDICTS, Words, lasting, listed


def standing(signal: Signal, words: Words, tick: int) -> tuple[str, ...]:
    """When a signal came, by which channel, how reliable its source is, and how far it is checked, as of this tick."""
    say, claim = words.say, signal.claim
    parts = [words.clock(claim.heard_tick)]
    if signal.via is not None:
        parts.append(say(CHANNELS[signal.via]))
    parts.append(say("grade {grade}", grade=claim.grade))
    if claim.verdict:
        parts.append(say(VERDICTS[claim.verdict]))
    elif signal.checked_by:
        parts.append(say("{units} at it", units=listed(say, signal.checked_by)))
    elif claim.checking:
        parts.append(say("being checked"))
    else:
        parts.append(say("unchecked for {age}", age=lasting(say, (tick - claim.heard_tick) / 10.0)))
    return tuple(parts)
