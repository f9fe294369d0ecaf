"""Hidden states: another world that the seat could not have told from the one it was in.

A trainee is judged by what could be known. So a trial of the review does not go on from the one true state, but from
one drawn from those that fit what the seat had seen: who of a group is of which type, what people feel, whether an
unchecked signal is true, and what is still to come. The priors stand in the scenario (`Hidden`); all draws are keyed by
trial and row, so that every alternative meets the same hidden states. Who really is of which type does not enter: the
types of a group are put into an order of their own before they are dealt out, so another truth gives the same draws.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.noise import Noise, Stream, normal, uniform
from sim.crowd.people import NEVER, Longs, People, Role
from sim.exercise.exercise import Exercise
from sim.scenario.hidden import Hidden
from sim.world.world import World

UNSEEN_ROLES = (Role.CORE, Role.SYMPATHISER, Role.AGITATOR)
"""Roles that do not show: organisers speak, journalists film, workers work, the vulnerable can be seen to be so."""
TYPE = (
    "role",
    "base_identity",
    "disposition",
    "violence_threshold",
    "join_threshold",
    "aversion",
    "expressiveness",
    "receptivity",
)
"""What makes somebody the type they are, changed as a whole."""
MOODS = ("anger", "fear", "legitimacy", "identity", "hope", "exit_belief")
"""What people feel and believe: what they do is seen, these are not."""
_TYPES, _FIRES, _WHEN, _TRUTH, _MOOD = 1, 2, 3, 4, 5
"""What a draw is for, in place of its tick."""


def draw_hidden(run: Exercise, trial: int) -> None:
    """Changes a fork into one of the states its seat could as well have been in; the same for the same trial."""
    hidden = run.playbook.scenario.hidden
    noise = Noise(run.seed, trial)
    if hidden.types_unknown:
        _types(run.world, noise)
    _moods(run.world, noise, hidden.mood_spread.value)
    _claims(run.world, noise, hidden)
    _injects(run, noise, hidden)


def otherwise(run: Exercise, fork: Exercise) -> frozenset[str]:
    """Ids of the claims that are true in one of the two and not in the other."""
    theirs = fork.world.claims
    return frozenset(name for name, claim in run.world.claims.items() if theirs[name].truth != claim.truth)


def _types(world: World, noise: Noise) -> None:
    """Deals the types of those who have not given themselves away out anew, within each group."""
    people = world.crowd.people
    unseen = np.isin(people.role, [int(role) for role in UNSEEN_ROLES]) & (people.last_offence == NEVER)
    order = np.arange(len(people))
    for group in range(len(world.setting.groups)):
        rows = np.flatnonzero(unseen & (people.group == group))
        draws = np.zeros(len(rows))
        _uniforms(noise.key, int(Stream.HIDDEN), _TYPES, rows, draws)
        # `lexsort` keeps equal types in the order of their rows, and equal types are the same whoever has them.
        dealt = rows[np.lexsort([getattr(people, name)[rows] for name in TYPE])]
        order[rows[np.argsort(draws, kind="stable")]] = dealt
    world.crowd.people = retyped(people, order)


def retyped(people: People, order: Longs) -> People:
    """People of whom row k is of the type that row `order[k]` was; what they do, feel and look like stays."""
    return people.with_traits({name: getattr(people, name)[order] for name in TYPE})


def _moods(world: World, noise: Noise, spread: float) -> None:
    if spread <= 0.0:
        return
    people = world.crowd.people
    rows = np.flatnonzero(people.present)
    for k, name in enumerate(MOODS):
        _blur(noise.key, int(Stream.UNSEEN), _MOOD + k, rows, spread, getattr(people, name))


@kernel
def _uniforms(
    key: NDArray[np.uint32], stream: int, tick: int, rows: NDArray[np.int64], found: NDArray[np.float64]
) -> None:
    """Fills `found` with the number in [0, 1) of each row; both of shape (rows,)."""
    for k in range(len(rows)):
        found[k] = uniform(key, stream, tick, rows[k])


@kernel
def _blur(
    key: NDArray[np.uint32],
    stream: int,
    tick: int,
    rows: NDArray[np.int64],
    spread: float,
    values: NDArray[np.float64],
) -> None:
    """Moves the values (people,) of these rows by normal errors of that spread, held within 0..1."""
    for k in range(len(rows)):
        row = rows[k]
        values[row] = min(1.0, max(0.0, values[row] + spread * normal(key, stream, tick, row)))


def _claims(world: World, noise: Noise, hidden: Hidden) -> None:
    # It is as sure as whoever brought it; a later word about it, such as the order to check it, makes it no surer.
    grades = {message.ref: message.grade for message in reversed(world.messages) if message.ref}
    for k, claim in enumerate(world.claims.values()):
        # Once somebody who knows has said what is so, the seat can tell.
        if claim.verified or claim.roots(claim.asked) or claim.truth == "unclear":
            continue
        chance = hidden.truth_by_grade.get(grades.get(claim.id, claim.grade))
        if chance is not None:
            claim.truth = "true" if noise.uniform(Stream.HIDDEN, _TRUTH, k) < chance.value else "false"


def _injects(run: Exercise, noise: Noise, hidden: Hidden) -> None:
    """Leaves out some of what is still to come and moves the rest a little; nothing comes before this moment."""
    world = run.world
    for k, inject in enumerate(run.playbook.scenario.injects):
        state = world.injects[inject.id]
        if state.status != "waiting" or inject.id in hidden.certain:
            continue
        if noise.uniform(Stream.HIDDEN, _FIRES, k) >= hidden.inject_chance.value:
            state.status = "left_out"
        else:
            state.shift_min = hidden.inject_spread_min.value * noise.normal(Stream.UNSEEN, _WHEN, k)
