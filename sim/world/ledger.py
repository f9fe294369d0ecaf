"""Ledger: who heard which promise, and whether what happens keeps or breaks it.

People learn of it by themselves: somebody who heard "water by half past four" looks at the clock and at the square.
Whoever heard nothing of a promise is not touched by what becomes of it.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.noise import Stream
from sim.core.phrase import LText, Phrase
from sim.crowd.body import Bodies
from sim.crowd.people import Status
from sim.crowd.stimulus import Channel
from sim.world.activity import Stage
from sim.world.bargain import rung
from sim.world.hearing import UNDERSTOOD
from sim.world.message import About, Via
from sim.world.talks import DATED_FROM, STANDING_NEEDED, Promise
from sim.world.world import World

GOOD_PART = 0.3
"""Share of a group that heard a promise from which the group counts as told (assumed)."""
EXPOSED_MIN = 20.0
"""A promise nobody could give is contradicted after so long by those who can decide, if they are here (assumed)."""
GRACE_MIN = 2.0
"""Nobody calls a word broken sooner than this after its time (assumed)."""
NEWS_EARLY_MIN, NEWS_LATE_MIN = 10.0, 5.0
"""Coming back so much before or after the agreed time counts (assumed)."""
WARNED_MIN = 15.0
"""A step counts as announced when people around were told within this time (assumed)."""
WARNED_SHARE = 0.3
"""... and so many of them understood (assumed)."""
WARNED_M = 80.0
MOVE_SEEN_M = 60.0
"""From how far people see that a line has moved (assumed)."""
WAITING_FADES = 0.05
"""Standing representatives lose each minute after people should have heard from them (assumed)."""
USUAL_RELIABILITY = 0.7
"""Chance that a department does by its day what it promised, where the scenario does not say (assumed)."""
EACH_RUNG = 0.05
"""Less reliable by this much for each rung above a date (assumed)."""
KEPT = {"quality": 0.5, "hope": 0.3}
"""What somebody takes from a word kept (assumed)."""
AGAIN = 0.5
"""What a kept word of the same kind is worth after another (assumed)."""
BROKEN = {"injustice": 0.8, "hope": -1.0}
"""What somebody takes from a word broken (assumed; hope and trust fall strongly)."""

WORDS = {
    "water": LText("Water and toilets by then", "届时供应饮水、开放厕所"),
    "news": LText("Somebody comes back with news by then", "届时有人来通报进展"),
    "warning": LText("No step without a word beforehand", "采取行动前必先告知"),
}
"""What the police can give their word on, and what the ledger calls it."""


def named(world: World, promise: Promise) -> LText:
    """What was promised, in words."""
    return world.setting.demands[promise.demand].name if promise.kind == "demand" else WORDS[promise.kind]


def hearers(world: World, promise: Promise) -> NDArray[np.bool_]:
    """Mask of the people who heard of a promise."""
    n = len(world.crowd.people)
    if not promise.hearers:
        return np.zeros(n, dtype=np.bool_)
    return np.unpackbits(np.frombuffer(promise.hearers, np.uint8), count=n).astype(np.bool_)


def spread(world: World, promise: Promise, x: float, y: float, level_db: float) -> None:
    """A promise is said aloud: whoever understands it has heard of it from now on."""
    shares = world.crowd.understood(world.ground, Bodies.blank(0), x, y, level_db)
    hear(world, promise, (shares >= UNDERSTOOD) & world.crowd.participant)


def hear(world: World, promise: Promise, mask: NDArray[np.bool_]) -> None:
    """These people have heard of a promise from now on."""
    heard = hearers(world, promise) | mask
    if not np.any(heard):
        return
    promise.hearers = np.packbits(heard).tobytes()
    people, told = world.crowd.people, []
    for k, group in enumerate(world.setting.groups):
        here = (people.group == k) & (people.status == int(Status.PRESENT)) & world.crowd.participant
        if np.any(here) and float(np.mean(heard[here])) >= GOOD_PART:
            told.append(group)
    promise.told = tuple(told)


def enter(world: World, promise: Promise) -> None:
    """Writes a promise into the ledger and the journal."""
    world.talks.promises.append(promise)
    if promise.kind != "demand":
        world.consequence("word_given", word=promise.kind, owner=promise.owner, due_min=round(promise.due_min, 2))
        return
    days = (promise.due_min - world.minute) / 1440.0
    world.consequence(
        "promise",
        demand=promise.demand,
        rung=promise.rung,
        owner=promise.owner,
        due_days=round(days, 3),
        dated=promise.dated,
        within_authority=promise.within_authority,
        weight=world.setting.demands[promise.demand].weight,
    )


def settled(world: World, promise: Promise, *, kept: bool, learners: NDArray[np.bool_] | None = None) -> None:
    """What was promised has been done or not: those who heard of it and are here (or only `learners`) see so.

    In the days after nobody is here any more; who heard of it looks out for the day at home.
    """
    promise.kept = kept
    promise.settled_tick = world.tick
    people = world.crowd.people
    heard = hearers(world, promise)
    at_home = world.aftermath.on & (people.status != int(Status.ABSENT))
    learn = heard & ((people.status == int(Status.PRESENT)) | at_home)
    if learners is not None:
        learn &= learners
    worth = worth_of(world, promise) if kept else 1.0
    content = {name: worth * value for name, value in (KEPT if kept else BROKEN).items()}
    for i in np.flatnonzero(learn):
        x, y = float(people.x[i]), float(people.y[i])
        world.emit(Channel.TOLD, x=x, y=y, subject=int(i), **content)
    promise.known_broken = not kept and bool(np.any(learn))
    world.consequence(
        "promise_kept" if kept else "promise_broken",
        word=promise.kind,
        demand=promise.demand,
        owner=promise.owner,
        within_authority=promise.within_authority,
        number=promise.number,
        learned=int(np.count_nonzero(learn)),
    )
    if kept:
        said = Phrase("Word kept: {what}", what=named(world, promise))
    else:
        said = Phrase("Word broken, and people say so: {what}", what=named(world, promise))
    world.tell(Via.RADIO, About.REPORT, said, delay_s=20)


def worth_of(world: World, promise: Promise) -> float:
    """What keeping a word still shows people: half of the time before, nothing for water that had long been there."""
    worth = 1.0
    for other in world.talks.promises:
        if other.kept and other is not promise and other.kind == promise.kind != "demand":
            worth *= AGAIN
    there = [a for a in world.activities if a.catalogue == "FA4" and a.stage == Stage.RUN]
    if promise.kind == "water" and any(a.stage_tick < promise.given_tick for a in there):
        return 0.0
    return worth


def watch(world: World) -> None:
    """Looks at every open word and at the representatives' standing; for once in ten seconds."""
    for promise in world.talks.promises:
        if promise.kept is None:
            _look_at(world, promise)
    _wait_for_report(world)


def _look_at(world: World, promise: Promise) -> None:
    late = world.minute - promise.due_min
    if promise.kind == "water":
        if any(a.catalogue == "FA4" and a.stage == Stage.RUN for a in world.activities):
            settled(world, promise, kept=True)
        elif late >= GRACE_MIN:
            settled(world, promise, kept=False)
    elif promise.kind == "news":
        since = max(promise.given_tick + 1, world.setting.tick(promise.due_min - NEWS_EARLY_MIN))
        spoken = [a.tick for a in world.announcements if a.understood >= WARNED_SHARE]
        if max([world.talks.contact_tick, world.talks.reported_back_tick, *spoken]) >= since:
            settled(world, promise, kept=True)
        elif late >= NEWS_LATE_MIN:
            settled(world, promise, kept=False)
    elif promise.kind == "warning":
        if late >= 0.0:
            settled(world, promise, kept=True)
    elif promise.kind == "demand":
        old = (world.tick - promise.given_tick) / 600.0 >= EXPOSED_MIN
        if not promise.within_authority and promise.hearers and old and any(u.mandate for u in world.on_scene("GOV")):
            settled(world, promise, kept=False)
    if promise.kept is None and promise.kind == "demand":
        _fall_due(world, promise)


def moved(world: World, x: float, y: float) -> None:
    """A line, a push or a tow truck begins at a place: breaks the word that nothing moves unannounced, unless said.

    Said is what was announced near there, or a boundary explained, within the last quarter of an hour.
    """
    open_words = [p for p in world.talks.promises if p.kind == "warning" and p.kept is not False]
    if not open_words or _announced(world, x, y):
        return
    people = world.crowd.people
    dx, dy = people.x - x, people.y - y
    seen = dx * dx + dy * dy <= MOVE_SEEN_M * MOVE_SEEN_M
    for promise in open_words:
        if np.any(seen & hearers(world, promise) & people.present):
            settled(world, promise, kept=False, learners=seen)


def _announced(world: World, x: float, y: float) -> bool:
    for spoken in world.announcements:
        dx, dy = spoken.x - x, spoken.y - y
        fresh = world.tick - spoken.tick <= WARNED_MIN * 600
        if fresh and spoken.understood >= WARNED_SHARE and dx * dx + dy * dy <= WARNED_M * WARNED_M:
            return True
    return any(
        a.catalogue == "LX3"
        and a.stage >= Stage.RUN
        and a.count("contacts") > 0
        and world.tick - a.stage_tick <= WARNED_MIN * 600
        and (a.x - x) * (a.x - x) + (a.y - y) * (a.y - y) <= WARNED_M * WARNED_M
        for a in world.activities
    )


def _wait_for_report(world: World) -> None:
    """People who have not heard from those they sent stop following them."""
    talks = world.talks
    if talks.report_due_tick < 0 or world.tick < talks.report_due_tick or not talks.representatives:
        return
    talks.standing = max(0.0, talks.standing - WAITING_FADES / 6.0)
    if talks.standing < STANDING_NEEDED:
        disown(world)


def disown(world: World) -> None:
    """The crowd no longer lets its representatives speak for it; it would have to choose anew."""
    talks = world.talks
    world.consequence("representatives_disowned", number=len(talks.representatives))
    talks.representatives, talks.speak_for = (), ()
    talks.standing, talks.report_due_tick = 0.0, -1
    world.flags.pop("representatives", None)
    world.flag("representatives_disowned")
    world.tell(
        Via.RADIO,
        About.REPORT,
        Phrase("Nobody has told the crowd anything: it no longer lets its representatives speak for it"),
        delay_s=20,
    )


def reliability(world: World, promise: Promise, extra: float = 0.0) -> float:
    """Chance that a promise on a demand is kept by its day; `extra` is what following it up adds."""
    demand = world.setting.demands.get(promise.demand)
    if demand is None or not promise.within_authority or not promise.dated:
        return 0.0
    usual = world.setting.reliability.get(promise.owner, USUAL_RELIABILITY)
    days = (promise.due_min - world.setting.minute(promise.given_tick)) / 1440.0
    steps = max(0, rung(promise.rung) - DATED_FROM)
    chance = (usual - EACH_RUNG * steps) * min(1.0, days / demand.takes_days)
    return min(1.0, max(0.0, chance + extra))


def _fall_due(world: World, promise: Promise) -> None:
    """On its day a promise on a demand is kept or not, by its owner's reliability.

    A demand has one luck a run, whoever promised it and whenever.
    """
    if promise.dated and world.minute >= promise.due_min:
        number = list(world.setting.demands).index(promise.demand)
        luck = world.noise.uniform(Stream.PROMISE, 0, number)
        settled(world, promise, kept=luck < reliability(world, promise))


def close(world: World) -> None:
    """The on-scene part is over: nothing has moved unannounced, and what was not due yet is nobody's debt."""
    for promise in world.talks.promises:
        if promise.kind == "warning" and promise.kept is None:
            promise.kept, promise.settled_tick = True, world.tick
            world.consequence("promise_kept", word=promise.kind, demand="", owner=promise.owner, learned=0)
