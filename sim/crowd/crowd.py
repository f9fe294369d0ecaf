"""The crowd: people, what they came for and what they are told, moved on one tick at a time.

Minds move once a second, bodies every tick. The order inside a second is fixed: arrivals, the scene
around everybody, attention, appraisal, rumours, feelings, decisions, goals; then ten steps of walking.
"""

import math
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sim.core.geometry import Rect
from sim.core.noise import Noise
from sim.crowd.body import Bodies
from sim.crowd.cast import GroupSpec, arrive
from sim.crowd.conduct import Deed, aim, decide
from sim.crowd.detour import Detours, Survey, look_again, no_detours, survey_of
from sim.crowd.goals import remember_entrance, steer
from sim.crowd.ground import Ground
from sim.crowd.mind import FELT, NEAR_M, TALE, appraise, contagion_pattern, feel, mingle, whisper
from sim.crowd.motion import advance_motion, obstacles_of
from sim.crowd.obstacle import Obstacles
from sim.crowd.parameters import Parameters
from sim.crowd.people import RUMOURS, Bytes, Floats, Ints, Longs, People, Role, Rumour, Status
from sim.crowd.perception import LOOKING, attend, closed_in, hear, perceive, tabulate
from sim.crowd.pressure import advance_pressure
from sim.crowd.squares import Squares
from sim.crowd.stimulus import Channel, Stimulus
from sim.crowd.view import VIEW_M, Sight, look_around, sight_of
from sim.crowd.walking import Walking

SECOND = 10
"""Ticks between two moments of thought."""
READING = 100
"""Ticks between two looks at what people read online, and at who is closed in."""
LOOKING_OUT = 50
"""Ticks between two looks at jams and lines in the way."""
FILMED = 1 << 30
"""Added to the serial number of what was seen, that of a journalist's film of it."""
_TOLD = bytes([Rumour.SPREADER])
CLOSED_IN_M = 40.0
"""How far people look for a way out when they feel closed in (assumed)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one tick of the crowd did to the world."""

    deeds: list[Deed]
    """Violent acts, in row order; none between two seconds."""
    injured: list[tuple[int, int]]
    """People hurt by crushing or falling and how badly (1 minor, 2 serious, 3 fatal)."""


@dataclass(frozen=True, slots=True)
class Plans:
    """What the groups came for, as kernels take it; one row per group."""

    post: Ints
    errand: Ints
    exits: Bytes
    """Shape (groups, fields): 1 for a way out."""
    box: Floats
    """Shape (groups, 4): west, south, east, north of the post."""
    ends: Floats
    """Shape (fields, 2): middle of each destination."""

    @classmethod
    def of(cls, groups: Sequence[GroupSpec], ground: Ground) -> Self:
        """The plans of these groups on this ground."""
        destinations = ground.site.destinations
        exits = np.zeros((len(groups), max(1, len(destinations))), dtype=np.uint8)
        box = np.zeros((len(groups), 4))
        for g, group in enumerate(groups):
            exits[g, list(group.plan.exits)] = 1
            corners = [r if isinstance(r, Rect) else r.bounds for r in group.post or group.spawn]
            box[g] = (
                min(r.x0 for r in corners),
                min(r.y0 for r in corners),
                max(r.x1 for r in corners),
                max(r.y1 for r in corners),
            )
        middles = [r.centre if isinstance(r, Rect) else r.centroid for r in (d.regions[0] for d in destinations)]
        return cls(
            post=np.array([group.plan.post for group in groups], dtype=np.int32),
            errand=np.array([group.plan.errand for group in groups], dtype=np.int32),
            exits=exits,
            box=box,
            ends=np.array([(m.x, m.y) for m in middles]).reshape(len(middles), 2),
        )


@dataclass(frozen=True, slots=True)
class _Scene:
    """What follows from the ground alone; shared by all forks."""

    ground: Ground
    plans: Plans
    sight: Sight
    survey: Survey


@dataclass(slots=True)
class _Scratch:
    """What is worked out anew every second."""

    near: Squares
    view: Squares
    noise_db: Floats
    people_seen: Floats
    felt: Floats
    shut: Bytes
    fired: Longs

    @classmethod
    def of(cls, n: int, ground: Ground) -> Self:
        """Room for n people on this ground."""
        site = ground.site
        return cls(
            near=Squares.blank(site.width_m, site.height_m, NEAR_M, n),
            view=Squares.blank(site.width_m, site.height_m, VIEW_M, n),
            noise_db=np.zeros(n + 1),
            people_seen=np.zeros(n),
            felt=np.zeros((n, FELT)),
            shut=np.zeros(n, dtype=np.uint8),
            fired=np.zeros(n, dtype=np.int64),
        )


@dataclass(slots=True)
class Crowd:
    """Everybody, and what of their minds is not in `People`: what can be read online and what rumours say."""

    people: People
    groups: Sequence[GroupSpec]
    params: Parameters = field(default_factory=Parameters)
    walking: Walking = field(default_factory=Walking)
    posts: list[tuple[int, Stimulus]] = field(default_factory=list)
    """Posts that can still be read, each with the tick it appeared."""
    tales: Floats = field(default_factory=lambda: np.zeros((RUMOURS, TALE)))
    """What each rumour says, by the columns of `sim.crowd.mind`."""
    strain: float = 1.0
    """How tiring it is to be here, 1 in mild weather; set by the world."""
    detours: Detours | None = None
    """How jams and lines bend people's ways since the last look; None before the first."""
    stride: int = 1
    """Ticks that one step of walking lasts, a divisor of 10; 2 halves the cost of a continuation that is ranked."""
    participant: NDArray[np.bool_] = field(init=False)
    """Who came for the incident."""
    _passing: Bytes = field(init=False)
    _any_passing: bool = field(init=False)
    _refused: Bytes = field(init=False)
    """How often each teller has met somebody who knew; no rows where once is enough to stop."""
    _first_goal: Ints = field(init=False)
    _patience_s: Floats = field(init=False)
    _scene: _Scene | None = field(init=False, default=None)
    _scratch: _Scratch | None = field(init=False, default=None)
    _anybody: bool = field(init=False, default=True)
    """Whether anybody was there in this second; nobody comes before the next."""
    _blocked: tuple[Bodies, Obstacles] | None = field(init=False, default=None)
    """The bodies last given and what they are to people on foot."""

    def __post_init__(self) -> None:
        """Work out by person what the plans say by group."""
        plans = [group.plan for group in self.groups]
        group = self.people.group
        self.participant = np.array([plan.participant for plan in plans], dtype=np.bool_)[group]
        self._passing = np.array([plan.errand >= 0 for plan in plans], dtype=np.uint8)[group]
        self._any_passing = bool(self._passing.any())
        counted = len(self.people) if self.params.feeling.rumour_failures > 1.0 else 0
        self._refused = np.zeros((counted, RUMOURS), dtype=np.uint8)
        first = [plan.post if plan.errand < 0 else plan.errand for plan in plans]
        self._first_goal = np.array(first, dtype=np.int32)[group]
        self._patience_s = np.array([60.0 * plan.patience_min for plan in plans])[group]

    @property
    def passing(self) -> NDArray[np.bool_]:
        """Who only passes through."""
        return self._passing.astype(np.bool_)

    def fork(self) -> "Crowd":
        """A crowd that goes on by itself; plans and parameters are shared."""
        other = copy(self)
        other.people = self.people.fork()
        other.posts = list(self.posts)
        other.tales = self.tales.copy()
        other._refused = self._refused.copy()
        other._scratch = None
        return other

    def state(self, *, packed: bool = False) -> dict[str, object]:
        """What a digest covers; a post is named by its serial number, which no other stimulus has.

        With `packed` the people come as two arrays instead of one a quality: quicker, and no less exact.
        """
        posts = [(tick, post.serial) for tick, post in self.posts]
        state: dict[str, object] = {
            "people": self.people.packed() if packed else self.people.state(),
            "posts": posts,
            "tales": self.tales,
            "strain": self.strain,
            "detours": None if self.detours is None else self.detours.state,
        }
        return state | {"refused": self._refused} if len(self._refused) else state

    def steps_within(self, tick: int, ticks: int) -> bool:
        """Whether anybody makes a step of walking in so many ticks from this one on."""
        return -tick % self.stride < ticks

    def advance(
        self,
        ground: Ground,
        bodies: Bodies,
        stimuli: Sequence[Stimulus],
        noise: Noise,
        tick: int,
        *,
        ticks: int = 1,
    ) -> Outcome:
        """Move everybody on by one tick, or by several of the same second after its first.

        Stimuli count when `tick` is the first of a second; in between there must be none. Bodies that have moved are
        given as new `Bodies`: these are taken to be as they were when they are the same object.
        `People.tension` is read as the world left it.

        Raises:
            NotFinite: A position stopped being a number.
        """
        deeds: list[Deed] = []
        injured: list[tuple[int, int]] = []
        if tick % SECOND == 0:
            self._let_in(ground, tick)
            rows = self.people.present.nonzero()[0]
            self._anybody = len(rows) > 0
        if not stimuli and not self.posts and not self._anybody:
            return Outcome(deeds, injured)
        if tick % SECOND == 0:
            injured = advance_pressure(self.people, ground, noise.key, tick, self.walking)
            deeds = self._think(ground, bodies, rows, stimuli, noise, tick)
        if self._blocked is None or self._blocked[0] is not bodies:
            self._blocked = (bodies, obstacles_of(bodies, self.walking))
        block = self._blocked[1]
        land = None if self.detours is None else ground.bent(self.detours.bend, self.detours.cell_m)
        advance_motion(self.people, ground, bodies, noise.key, tick, self.walking, block, ticks, self.stride, land)
        return Outcome(deeds, injured)

    def _let_in(self, ground: Ground, tick: int) -> None:
        """Put who is due onto the ground, facing where they make for; they know the way they came by."""
        people = self.people
        due = arrive(people, tick)
        people.goal[due] = self._first_goal[due]
        for i in due:
            dx, dy = people.spot_x[i] - people.x[i], people.spot_y[i] - people.y[i]
            length = math.sqrt(dx * dx + dy * dy)
            if length > 0.0:
                people.ex[i], people.ey[i] = dx / length, dy / length
        if len(due):
            plans = Plans.of(self.groups, ground) if self._scene is None else self._scene.plans
            remember_entrance(due, plans.exits, ground.land, people.group, people.x, people.y, people.known_exits)

    def think(self, ground: Ground, bodies: Bodies, stimuli: Sequence[Stimulus], noise: Noise, tick: int) -> list[Deed]:
        """One second of everybody's mind; returns the violent acts it led to.

        Who is due has arrived, and who has reached the end of their way is gone; nobody is moved.
        """
        self._let_in(ground, tick)
        return self._think(ground, bodies, np.flatnonzero(self.people.present), stimuli, noise, tick)

    def _think(
        self,
        ground: Ground,
        bodies: Bodies,
        rows: Longs,
        stimuli: Sequence[Stimulus],
        noise: Noise,
        tick: int,
    ) -> list[Deed]:
        """One second of everybody's mind, once who is due has arrived; `rows` are all who are present."""
        people, key = self.people, noise.key
        if self.posts:
            life = self.params.perceiving.post_life_s * SECOND
            self.posts = [post for post in self.posts if tick - post[0] <= life]
        self.posts += [(tick, stimulus) for stimulus in stimuli if stimulus.channel == Channel.ONLINE]
        scene, scratch = self._look(ground, bodies, rows)
        stopped = self._attend(scratch, rows, key, tick)
        shut_s = self._feel_closed_in(scene, scratch, bodies, tick)
        touched = self._appraise(scene, scratch, rows, stimuli, key, tick)
        touched = self._whisper(scratch, rows, key, tick) or touched
        self._feel(scratch, shut_s)
        fired = self._decide(scratch, rows, key, tick)
        self._steer(scene, rows, bodies, stopped, key, tick)
        if touched:
            scratch.felt.fill(0.0)
        return aim(people, bodies, fired, tick, self.params.acting) if len(fired) else []

    def understood(self, ground: Ground, bodies: Bodies, x: float, y: float, level_db: float) -> Floats:
        """How much everybody would understand of a voice at a place now, 0..1; 0 for who is not there.

        `level_db` is the level at 1 m. Changes nobody.
        """
        rows = np.flatnonzero(self.people.status == int(Status.PRESENT))
        other = self.fork()
        scene, scratch = other._look(ground, bodies, rows)
        share = np.zeros(len(self.people))
        people, at, sight = self.people, scratch.view.table.at, scene.sight
        params = self.params.perceiving.table
        hear(rows, at, scratch.noise_db, people.x, people.y, *sight, params, x, y, level_db, share)
        return share

    def _look(self, ground: Ground, bodies: Bodies, rows: Longs) -> tuple[_Scene, _Scratch]:
        """Sort everybody present into squares and let them see what is around them."""
        people, scene, scratch = self.people, self._scene, self._scratch
        if scene is None or scene.ground is not ground:
            scene = self._scene = _Scene(ground, Plans.of(self.groups, ground), sight_of(ground), survey_of(ground))
            scratch = None
        if scratch is None:
            scratch = self._scratch = _Scratch.of(len(people), ground)
        scratch.near.fill(rows, people.x, people.y)
        scratch.view.fill(rows, people.x, people.y)
        table = scratch.view.table
        look_around(
            scratch.view.found,
            table.slot,
            table.square,
            table.start,
            table.member,
            people.x,
            people.y,
            people.density,
            people.active,
            people.act,
            bodies.x,
            bodies.y,
            bodies.kind,
            *scene.sight,
            self.params.perceiving.table,
            people.police_seen,
            people.actives_seen,
            scratch.people_seen,
            scratch.noise_db,
        )
        return scene, scratch

    def _attend(self, scratch: _Scratch, rows: Longs, key: NDArray[np.uint32], tick: int) -> Bytes:
        """Attention copied and ended; returns who has stopped on their way."""
        people, table = self.people, scratch.near.table
        if not (self._any_passing or people.looking.any()):
            return self._passing
        stopped: Bytes = self._passing & (people.goal < 0) & (people.looking == LOOKING)
        attend(
            rows,
            self._passing,
            tick,
            key,
            table.slot,
            table.start,
            table.member,
            NEAR_M,
            people.x,
            people.y,
            people.ex,
            people.ey,
            people.v,
            people.active,
            self.params.perceiving.table,
            people.looking,
            stopped,
        )
        return stopped

    def _feel_closed_in(self, scene: _Scene, scratch: _Scratch, bodies: Bodies, tick: int) -> float:
        """Every 10 s, find who sees no way out; returns the seconds that counts for now."""
        if tick % READING != 0 or not bodies.closed.any():
            return 0.0
        table = scratch.view.table
        closed_in(
            scratch.view.found,
            table.start,
            table.member,
            self.people.x,
            self.people.y,
            bodies.x,
            bodies.y,
            bodies.closed,
            *scene.sight,
            CLOSED_IN_M,
            scratch.shut,
        )
        return READING / SECOND

    def _appraise(
        self,
        scene: _Scene,
        scratch: _Scratch,
        rows: Longs,
        stimuli: Sequence[Stimulus],
        key: NDArray[np.uint32],
        tick: int,
    ) -> bool:
        """What everybody takes in of this second's stimuli; returns whether there was anything."""
        people, params = self.people, self.params
        events = [(tick, stimulus) for stimulus in stimuli if stimulus.channel != Channel.ONLINE]
        if tick % READING == 0:
            events += self.posts
        if not events:
            return False
        table = tabulate(events)
        shares = perceive(
            table,
            tick - READING,
            tick,
            key,
            rows,
            people.status,
            people.role,
            people.group,
            people.online,
            people.x,
            people.y,
            people.density,
            scratch.view.table.at,
            scratch.noise_db,
            *scene.sight,
            params.perceiving.table,
        )
        self._film(events, shares, tick)
        appraise(
            table,
            shares,
            tick,
            key,
            people.x,
            people.y,
            people.role,
            people.status,
            people.anger,
            people.fear,
            people.legitimacy,
            people.violence_seen,
            people.last_offence,
            params.feeling.table,
            people.knowledge,
            people.rumour,
            people.last_seen_force,
            people.looking,
            people.spot_x,
            people.spot_y,
            self.tales,
            scratch.felt,
        )
        return True

    def _film(self, events: Sequence[tuple[int, Stimulus]], shares: Floats, tick: int) -> None:
        """Put the worst of what journalists saw in this second online, unless they have just shown something."""
        params = self.params.perceiving
        press = np.flatnonzero((self.people.role == int(Role.JOURNALIST)) & self.people.present)
        if not len(press) or any(
            s.serial >= FILMED and tick - at < params.film_every_s * SECOND for at, s in self.posts
        ):
            return
        worst, weight = None, 0.0
        for k, (_, seen) in enumerate(events):
            shown = seen.force + seen.injustice + seen.violent_acts if seen.channel == Channel.SIGHT else 0.0
            if shown > weight and shares[k, press].any():
                worst, weight = seen, shown
        if worst is not None:
            film = replace(
                worst, serial=FILMED + worst.serial, channel=Channel.ONLINE, reach=params.film_reach, subject=-1
            )
            self.posts.append((tick, film))

    def _whisper(self, scratch: _Scratch, rows: Longs, key: NDArray[np.uint32], tick: int) -> bool:
        """Rumours passed on; returns whether anybody has one to tell."""
        people = self.people
        if _TOLD not in people.rumour.tobytes():
            return False
        table = scratch.near.table
        whisper(
            rows,
            tick,
            key,
            table.slot,
            table.start,
            table.member,
            people.x,
            people.y,
            people.status,
            people.online,
            people.knowledge,
            self.params.feeling.table,
            self.tales,
            self._refused,
            people.rumour,
            scratch.felt,
        )
        return True

    def _feel(self, scratch: _Scratch, shut_s: float) -> None:
        """Feelings of one second."""
        people, params, table = self.people, self.params.feeling, scratch.near.table
        around = mingle(
            scratch.near.found,
            table.slot,
            table.square,
            table.start,
            table.member,
            people.anger,
            people.fear,
            people.identity,
            people.expressiveness,
            *contagion_pattern(params.contagion_m, params.contagion_cut_m),
        )
        feel(
            around,
            table.at,
            scratch.shut,
            shut_s,
            self.strain,
            scratch.felt,
            params.table,
            people.status,
            people.receptivity,
            people.base_identity,
            people.vulnerability,
            people.tension,
            people.knowledge,
            people.anger,
            people.fear,
            people.legitimacy,
            people.identity,
            people.grievance,
            people.hope,
            people.exit_belief,
            people.fatigue,
            people.violence_seen,
        )

    def _decide(self, scratch: _Scratch, rows: Longs, key: NDArray[np.uint32], tick: int) -> Longs:
        """Decisions of one second; returns who offends."""
        people, table = self.people, scratch.near.table
        count = decide(
            rows,
            tick,
            key,
            table.slot,
            table.start,
            table.member,
            scratch.felt,
            self._passing,
            self._patience_s,
            self.params.acting.table,
            people.role,
            people.party,
            people.status,
            people.x,
            people.y,
            people.density,
            people.aversion,
            people.disposition,
            people.violence_threshold,
            people.join_threshold,
            people.arrival_tick,
            people.anger,
            people.fear,
            people.legitimacy,
            people.identity,
            people.grievance,
            people.hope,
            people.exit_belief,
            people.fatigue,
            people.knowledge,
            people.last_seen_force,
            people.police_seen,
            people.actives_seen,
            scratch.people_seen,
            people.empowerment,
            people.active,
            people.act,
            people.last_offence,
            scratch.fired,
        )
        return scratch.fired[:count]

    def _steer(
        self,
        scene: _Scene,
        rows: Longs,
        bodies: Bodies,
        stopped: Bytes,
        key: NDArray[np.uint32],
        tick: int,
    ) -> None:
        """Goals for the coming second; whoever has arrived is gone."""
        people, plans, ground = self.people, scene.plans, scene.ground
        if self.detours is None:
            self.detours = no_detours(scene.survey)
        if tick % LOOKING_OUT == 0:
            self.detours = look_again(self.detours, people.x, people.y, rows, bodies)
        detours = self.detours
        steer(
            rows,
            tick,
            key,
            ground.solid,
            ground.phi,
            ground.cell_m,
            detours.extra,
            detours.cell_m,
            bodies.x,
            bodies.y,
            bodies.closed,
            plans.post,
            plans.errand,
            plans.exits,
            plans.box,
            plans.ends,
            self.params.acting.table,
            people.group,
            people.party,
            people.act,
            people.anger,
            people.fear,
            stopped,
            people.last_seen_force,
            people.knowledge,
            people.x,
            people.y,
            people.status,
            people.known_exits,
            people.goal,
            people.spot_x,
            people.spot_y,
            people.drive,
        )
