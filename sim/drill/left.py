"""Left: a drill played alone that was left before its end, computed again from its journal to go on with it.

It is not a plain run: its journal has entries of its windows, and its defaults are ordered by the drill itself.
"""

from collections.abc import Callable

from sim.core.errors import ReplayDiffers
from sim.drill.drill import DEFAULT_SEAT, Drill
from sim.drill.session import Session, of_the_drill
from sim.exercise.exercise import Exercise
from sim.exercise.replay import CHUNK, WATCHED, Progress, go_on
from sim.world.journal import Entry
from sim.world.order import Order


def come_back(
    drill: Drill,
    exercise: Exercise,
    entries: tuple[Entry, ...],
    *,
    progress: Progress,
    watch: Callable[[Session], None] | None = None,
) -> Session:
    """The drill these entries record, at their last tick, its windows as they stood; the journal begins with them.

    `exercise` is a fresh run of the same playbook and seed, and is gone on with. `watch` is shown the drill at its
    beginning, at its end and at least every twenty seconds in between.

    Raises:
        ReplayDiffers: the first tick at which a digest or a window is not as recorded.
    """
    last = max(entry.tick for entry in entries)
    own = of_the_drill(entries)
    lead_in = entries[: len(entries) - len(own) + 1]
    go_on(exercise, lead_in, until=own[0].tick, progress=lambda tick, _: progress(tick, last))
    session = Session(drill, exercise)

    def on(tick: int) -> None:
        while session.tick_now < tick and session.outcome is None:
            _tell(session, last, progress, watch)
            session.run_until(min(tick, session.tick_now + (CHUNK if watch is None else WATCHED)))

    for entry in own:
        given = entry.data["given"] if entry.kind == "order" else None
        if isinstance(given, dict) and given["seat"] != DEFAULT_SEAT:
            on(entry.tick)
            session.order(Order.from_dict(given))
    on(last)
    _tell(session, last, progress, watch)
    _compare(entries, session.journal.of("digest", "drill"))
    return session


def _tell(session: Session, last: int, progress: Progress, watch: Callable[[Session], None] | None) -> None:
    progress(session.tick_now, last)
    if watch is not None:
        watch(session)


def _compare(entries: tuple[Entry, ...], ours: list[Entry]) -> None:
    theirs = [entry for entry in entries if entry.kind in {"digest", "drill"}]
    for k, entry in enumerate(theirs):
        if k >= len(ours) or entry != ours[k]:
            raise ReplayDiffers(entry.tick)
