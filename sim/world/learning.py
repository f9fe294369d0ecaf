"""Learning: what people at home take in of what is done, said and left undone in the days after.

They have gone home, so nothing reaches them by sight or by a voice on the square: what is published reaches some of
those online, what is told to somebody reaches that person, a date that passes is noticed by who knew of it. What it
does to them follows the same numbers as on the scene (`sim.crowd.parameters.Feeling`); who learns nothing is not moved.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.noise import Stream
from sim.crowd.people import Longs, Rumour, Status
from sim.crowd.stimulus import Channel, Stimulus
from sim.world.world import World

ANGER_KEPT, FEAR_KEPT, IDENTITY_KEPT = 0.8909, 0.7937, 0.9942
"""Shares left after an hour: half-lives of 6 h, 3 h and 5 days (assumed)."""
HOPE_KEPT = 0.9996
"""Of the hope of who knows of no promise still open: about a hundredth a day (assumed)."""
RUMOUR_STOPS = 1.0 / 36.0
"""Chance each hour that somebody stops telling a rumour at home (assumed)."""
UNCERTAINTY_KEPT = 0.99
"""Of the wider public's need to know; other news come (assumed)."""


def pass_hour(world: World) -> None:
    """One hour at home: what was published and told is taken in, and what wears off wears off."""
    stimuli, world.pending = world.pending, []
    published = len(world.setting.rumours)
    for stimulus in stimuli:
        online = stimulus.channel == Channel.ONLINE
        # By the hour and its place in it, after the draws of `_wear_off`: a word to one person, a serial number more,
        # must not change who reads what from then on.
        luck = world.tick + published if online else stimulus.serial
        published += online
        rows = _reached(world, stimulus, luck)
        if len(rows):
            take_in(world, rows, stimulus, luck)
    _wear_off(world)


def came(world: World) -> NDArray[np.bool_]:
    """True for every participant who was there, gone or not."""
    mask: NDArray[np.bool_] = world.crowd.participant & (world.crowd.people.status != int(Status.ABSENT))
    return mask


def tell(world: World, rows: Longs | list[int], **content: object) -> None:
    """Let these people learn of something in the coming hour, each for themselves."""
    for row in rows:
        world.emit(Channel.TOLD, subject=int(row), **content)


def _reached(world: World, stimulus: Stimulus, luck: int) -> Longs:
    """Rows of those who were there and whom a stimulus reaches at home, in row order; `luck` numbers its draws."""
    people = world.crowd.people
    if stimulus.channel == Channel.TOLD:
        return np.array([stimulus.subject] if stimulus.subject >= 0 else [], np.int64)
    if stimulus.channel != Channel.ONLINE:
        return np.empty(0, np.int64)
    online = np.flatnonzero((people.online == 1) & (people.status != int(Status.ABSENT)))
    drawn = [world.noise.uniform(Stream.ONLINE, luck, int(i)) < stimulus.reach for i in online]
    return online[np.array(drawn, np.bool_)] if len(online) else online


def take_in(world: World, rows: Longs, stimulus: Stimulus, luck: int) -> None:
    """What one stimulus does to those it reached, all of them fully; `luck` numbers its draws."""
    people, q = world.crowd.people, world.crowd.params.feeling
    legitimacy, hope = people.legitimacy[rows], people.hope[rows]
    fair = stimulus.offenders_hit / stimulus.hit if stimulus.hit else 0.0
    unjust = stimulus.injustice + stimulus.force * (1.0 - fair)
    weight = q.weight_alone + q.weight_shared * people.identity[rows]
    gained = q.just_gain * stimulus.quality * (1.0 - legitimacy)
    people.legitimacy[rows] = np.clip(legitimacy + gained - q.unjust_loss * unjust * weight * legitimacy, 0.0, 1.0)
    lost = q.hope_loss * min(1.0, max(0.0, -stimulus.hope))
    won = q.hope_gain * min(1.0, max(0.0, stimulus.hope))
    people.hope[rows] = np.clip(hope * (1.0 - lost) + won * (1.0 - hope), 0.0, 1.0)
    people.grievance[rows] *= 1.0 - q.relief * min(1.0, stimulus.relief)
    people.anger[rows] = np.clip(people.anger[rows] + q.anger_unjust * unjust, 0.0, 1.0)
    people.fear[rows] = np.clip(people.fear[rows] + q.fear_read * stimulus.fear, 0.0, 1.0)
    people.identity[rows] = np.clip(people.identity[rows] + q.identity_gain * stimulus.force * (1.0 - fair), 0.0, 1.0)
    people.knowledge[rows] |= np.uint32(stimulus.knowledge)
    if stimulus.rumour >= 0 and stimulus.asserts:
        _hear_of(world, rows, stimulus, luck)


def _hear_of(world: World, rows: Longs, stimulus: Stimulus, luck: int) -> None:
    """A rumour told or contradicted: believed by trust and by what can be shown."""
    people, q = world.crowd.people, world.crowd.params.feeling
    column = people.rumour[:, stimulus.rumour]
    for i in rows:
        chance = world.noise.uniform(Stream.RUMOUR, luck, int(i))
        if stimulus.asserts > 0.0:
            if column[i] == int(Rumour.IGNORANT) and chance < stimulus.asserts:
                column[i] = int(Rumour.SPREADER)
        elif chance < -stimulus.asserts * min(1.0, q.correction_trust + float(people.legitimacy[i])):
            column[i] = int(Rumour.DISBELIEVER)


def _wear_off(world: World) -> None:
    people, q = world.crowd.people, world.crowd.params.feeling
    rest = q.anger_rest * people.grievance
    people.anger[:] = np.clip(rest + ANGER_KEPT * (people.anger - rest), 0.0, 1.0)
    people.fear[:] *= FEAR_KEPT
    people.fatigue[:] *= FEAR_KEPT
    people.identity[:] = people.base_identity + IDENTITY_KEPT * (people.identity - people.base_identity)
    if not any(promise.kept is None for promise in world.talks.promises):
        people.hope[came(world)] *= HOPE_KEPT
    for column in range(len(world.setting.rumours)):
        for i in np.flatnonzero(people.rumour[:, column] == int(Rumour.SPREADER)):
            if world.noise.uniform(Stream.RUMOUR, world.tick + column, int(i)) < RUMOUR_STOPS:
                people.rumour[i, column] = int(Rumour.STIFLER)
    world.opinion.uncertainty *= UNCERTAINTY_KEPT
