"""The tick: the only code that moves a run forward, and the fixed order of what happens inside one.

Every tick (0.1 s): 1. units walk; 2. bodies are laid out; 3. the crowd moves.
Before it, once a second: a. timeline and checkpoints; b. activities; c. traffic; d. reports and warnings; e. tension;
then the crowd appraises what was emitted. After it, once a second: f. deeds and injuries; g. the state read-out;
h. densities, casualties, opinion; i. a reading (each minute); j. the phase; k. the digest.

Once the part on the scene is over a tick is an hour of the days after: see `sim.exercise.aftermath`.
"""

from operator import attrgetter

from sim.exercise.aftermath import advance_hour
from sim.exercise.checkpoint import ask_for_risk
from sim.exercise.layout import Layout
from sim.exercise.timeline import advance_timeline
from sim.exercise.work import advance_work
from sim.scenario.scenario import Playbook
from sim.world.aftermath import HOUR
from sim.world.crowding import advance_warnings
from sim.world.first_help import first_help
from sim.world.giving_up import give_up
from sim.world.handling import judge_handling
from sim.world.harm import apply_deeds, apply_injuries, watch_density, worsen
from sim.world.heat import swelter
from sim.world.ledger import watch
from sim.world.phase import advance_phase
from sim.world.reading import take_reading
from sim.world.shift import misconduct
from sim.world.traffic import advance_traffic, watch_lanes
from sim.world.world import World

SECOND = 10
MINUTE = 600
LOOK_EVERY = 100
"""Ticks between two looks at who is stuck in a jam and at what was promised."""
GUARD_EVERY = 100
"""Ticks between two searches for what is no number, in runs without digests; it does not go away by itself."""
SEAL_EVERY = 100
"""Ticks between two `digest` entries. The state is digested each second; between two entries its digest is kept in
short, so that a long run's journal stays small and a replay still names the second in which it parts."""
_WAY = attrgetter("path")


def advance(world: World, playbook: Playbook, layout: Layout, *, most: int = 1, sealed: bool = True) -> None:
    """Moves the run on by one tick, or by up to `most` while only people on foot move: the result is the same.

    In the aftermath it moves on by one hour, however few ticks are asked for.

    With `sealed` a digest of the whole state is recorded each second.

    Raises:
        NotFinite: a number about people stopped being one; looked for each second, without digests every ten.
    """
    if world.aftermath.on:
        advance_hour(world, playbook)
        world.tick += HOUR
        _note_state(world, sealed=sealed)
        return
    second = world.tick % SECOND == 0
    if second:
        advance_timeline(world, playbook)
        ask_for_risk(world, playbook)
        advance_work(world, playbook)
        advance_traffic(world)
        world.reports.advance(world.units, world.crowd.people, world.ground, world.readout, world.noise, world.tick)
        advance_warnings(world)
        contact, damage = world.talks.contact_tick, world.counts.damage_tick
        world.tension.advance(world.crowd.people, world.units, world.tick, contact, damage)
    moved, coming = False, False
    for unit in filter(_WAY, world.units):
        if unit.on_scene(world.tick):
            moved = unit.travel(0.1) or moved
        elif unit.on_scene(world.tick + SECOND):
            coming = True
    ticks = 1 if second or moved or coming else min(most, SECOND - world.tick % SECOND)
    if second:
        stimuli, world.pending = world.pending, []
        bodies = layout.bodies(world, moved=moved)
        outcome = world.crowd.advance(world.ground, bodies, stimuli, world.noise, world.tick)
        if outcome.deeds:
            apply_deeds(world, outcome.deeds)
        if outcome.injured:
            apply_injuries(world, outcome.injured)
        _after(world)
    elif world.crowd.steps_within(world.tick, ticks):
        bodies = layout.bodies(world, moved=moved)
        world.crowd.advance(world.ground, bodies, (), world.noise, world.tick, ticks=ticks)
    elif moved:
        layout.put_off()
    world.tick += ticks
    if world.tick % SECOND == 0:
        _note_state(world, sealed=sealed)


def _note_state(world: World, *, sealed: bool) -> None:
    if sealed:
        _seal(world)
    elif world.tick % GUARD_EVERY == 0:
        world.guard()


def _seal(world: World) -> None:
    if world.tick % SEAL_EVERY == 0:
        world.journal.seal(world.tick, world.digest())
    else:
        world.journal.mark(world.digest())


def _after(world: World) -> None:
    change = world.readout.advance(world.crowd.people, world.crowd.participant, world.talks.agreement(), world.tick)
    if change is not None:
        world.journal.append(world.tick, "state", **{"from": int(change[0]), "to": int(change[1])})
    watch_density(world)
    watch_lanes(world)
    first_help(world)
    worsen(world)
    if world.tick % LOOK_EVERY == 0:
        give_up(world)
        watch(world)
    if world.tick % MINUTE == 0:
        for unit in world.units:
            if unit.on_scene(world.tick):
                unit.tire(60.0)
        misconduct(world)
        swelter(world)
        judge_handling(world)
        take_reading(world)
    advance_phase(world)
