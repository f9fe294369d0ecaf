"""What people do: take part, offend, go home, flee.

Taking part has hysteresis and waits for company (Granovetter 1978) and is deterred by officers in view
(Epstein 2002). Violence is a hazard behind four gates: disposition with anger and shared identity, an
audience, confrontational tension (Collins), and restraint by others; where it has begun it draws in those next to
it for a while, until there are a few and the rest watch (Bruggeman). Who came together goes together. Every
coefficient is in `Acting`. Decisions of one second rest on the second before.
"""

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.maths import exp, power, sigmoid
from sim.core.noise import Stream
from sim.crowd.body import Bodies, BodyKind
from sim.crowd.luck import luck
from sim.crowd.mind import ASKED, NEAR_M
from sim.crowd.parameters import Acting, Numbers
from sim.crowd.people import Act, Bits, Bytes, Floats, Ints, Knows, Longs, People, Role, Singles, Status
from sim.crowd.squares import Slots

TargetKind: TypeAlias = Literal["person", "officer", "property"]

_VIOLENCE = int(Stream.VIOLENCE)
_LEAVING = int(Stream.LEAVE)
_COMPLY = int(Stream.COMPLY)
_WATCH, _CHANT, _HOSTILE, _OBSTRUCT = int(Act.WATCH), int(Act.CHANT), int(Act.HOSTILE), int(Act.OBSTRUCT)
_THROW, _ATTACK, _LEAVE, _FLEE = int(Act.THROW), int(Act.ATTACK), int(Act.LEAVE), int(Act.FLEE)
_INJURED, _PRESENT = int(Act.INJURED), int(Status.PRESENT)
_BYSTANDER, _JOURNALIST, _WORKER = int(Role.BYSTANDER), int(Role.JOURNALIST), int(Role.WORKER)
_VULNERABLE, _ORGANISER = int(Role.VULNERABLE), int(Role.ORGANISER)
_COMMITMENT = int(Knows.COMMITMENT)
_CONTACT_M = 3.0
"""Farther away nobody can be pushed or struck, only thrown at."""
_NEGLIGIBLE = -12.0
"""sigmoid of this is 6e-6: such a hazard is left out, 0.0001 acts in ten years of standing there."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One violent act, for the world to turn into consequences."""

    tick: int
    person: int
    act: Act
    """OBSTRUCT, THROW or ATTACK."""
    target_kind: TargetKind
    target: int
    """Row of the person, or index of the body (officer or vehicle); -1 for whatever stands about."""
    x: float
    """Where it strikes, m."""
    y: float


@kernel
def perceived_risk(officers: float, actives: float, p: Numbers) -> float:
    """Return P = 1 - exp(-k q), q being officers per active in view, 0 below the cut (or rounded to a whole number)."""
    q = p[0]
    ratio = officers / max(1.0, actives)
    if q.risk_floored > 0.0:
        down = math.floor(ratio)
        # Halves go to the even neighbour when rounding to the nearest.
        up = q.risk_floored > 1.0 and (ratio - down > 0.5 or (ratio - down == 0.5 and down % 2 == 1))
        ratio = down + 1.0 if up else float(down)
    elif ratio < q.risk_cut:
        ratio = 0.0
    return 1.0 - exp(-q.risk_k * ratio) if ratio > 0.0 else 0.0


@kernel
def urge_to_join(
    grievance: float, legitimacy: float, anger: float, identity: float, risk: float, fear: float, p: Numbers
) -> float:
    """Return u = g (1 - L) + 0.5 A I - 0.5 R P - 0.3 F; `risk` is R P, what the perceived risk means to this person."""
    q = p[0]
    urge = grievance * (1.0 - legitimacy) + q.join_anger * anger * identity
    return float(urge - (q.join_risk * risk + q.join_fear * fear))


@kernel
def takes_part(active: bool, urge: float, share: float, threshold: float, p: Numbers) -> bool:
    """Return whether somebody takes part now.

    Joins when the urge is above `join_on` and the share of those in view who take part reaches their
    threshold; stops when it falls below `join_off`, whatever others do.
    """
    q = p[0]
    if active:
        return bool(urge >= q.join_off)
    return bool(urge > q.join_on and share >= threshold)


@kernel
def _company(
    i: int,
    slot: Slots,
    start: Slots,
    member: Slots,
    x: Floats,
    y: Floats,
    active: Bytes,
    role: Bytes,
    legitimacy: Floats,
    identity: Floats,
    last_offence: Ints,
    since: int,
    quiet: int,
    p: Numbers,
) -> tuple[float, float, float, float]:
    """Return the audience of person i, people who would hold them back, and people who have begun, twice.

    All of them near. The audience takes part and has not offended after tick `quiet`. To begin is to offend after
    tick `since`: counted are those next to i, i included, and those in whose audience i stands.
    """
    q = p[0]
    line, column = math.floor(y[i] / NEAR_M), math.floor(x[i] / NEAR_M)
    reach = max(max(q.support_m, q.restraint_m), max(q.burst_m, q.attention_m))
    steps = math.floor(reach / NEAR_M) + 1
    backing = restraint = watched = 0.0
    begun = 1.0 if last_offence[i] > since else 0.0
    for r in range(max(0, line - steps), min(slot.shape[0], line + steps + 1)):
        for c in range(max(0, column - steps), min(slot.shape[1], column + steps + 1)):
            s = slot[r, c]
            if s < 0:
                continue
            for k in range(start[s], start[s + 1]):
                j = member[k]
                dx, dy = x[j] - x[i], y[j] - y[i]
                square = dx * dx + dy * dy
                if j == i or square > reach * reach:
                    continue
                if active[j] and last_offence[j] <= quiet and square <= q.support_m * q.support_m:
                    backing += 1.0
                fair = legitimacy[j] > q.restraint_legitimacy and identity[j] > q.restraint_identity
                if fair and square <= q.restraint_m * q.restraint_m:
                    restraint += q.organiser_counts if role[j] == _ORGANISER else 1.0
                if last_offence[j] > since:
                    begun += 1.0 if square <= q.burst_m * q.burst_m else 0.0
                    watched += 1.0 if square <= q.attention_m * q.attention_m else 0.0
    return backing, restraint, begun, watched


@kernel
def decide(
    rows: Longs,
    tick: int,
    key: NDArray[np.uint32],
    slot: Slots,
    start: Slots,
    member: Slots,
    felt: Floats,
    passing: Bytes,
    patience_s: Floats,
    p: Numbers,
    role: Bytes,
    party: Ints,
    status: Bytes,
    x: Floats,
    y: Floats,
    density: Singles,
    aversion: Floats,
    disposition: Floats,
    violence_threshold: Floats,
    join_threshold: Floats,
    arrival_tick: Ints,
    anger: Floats,
    fear: Floats,
    legitimacy: Floats,
    identity: Floats,
    grievance: Floats,
    hope: Floats,
    exit_belief: Floats,
    fatigue: Floats,
    knowledge: Bits,
    last_seen_force: Ints,
    police_seen: Floats,
    actives_seen: Floats,
    people_seen: Floats,
    empowerment: Floats,
    active: Bytes,
    act: Bytes,
    last_offence: Ints,
    fired: Longs,
) -> int:
    """Decide what everybody present does in the coming second; returns how many offend.

    `felt` holds what was asked of people this second, `passing` is 1 for people on an errand,
    `patience_s` the scale of the time after which each goes home. From `empowerment` on, arrays are
    written; the offenders' rows go to `fired`, their acts are theirs already.
    """
    q = p[0]
    before, doing, offended = active.copy(), act.copy(), last_offence.copy()
    turn = (tick // 10) % 10
    count = 0
    for i in rows:
        if act[i] >= _INJURED:
            active[i] = 0
            continue
        a, b, us = anger[i], fear[i], identity[i]
        odds = (actives_seen[i] + 1.0) / (police_seen[i] + 1.0) * exp(2.0 * (us - 0.5))
        empowerment[i] = odds / (1.0 + odds)
        if b > q.flee_above and b > a:
            act[i] = _FLEE
        elif act[i] == _FLEE and b < q.flee_until:
            frail = role[i] == _BYSTANDER or role[i] == _VULNERABLE or role[i] == _WORKER
            act[i] = _LEAVE if frail and not passing[i] else _WATCH
        if act[i] < _LEAVE and not passing[i]:
            head = head_of(i, party, status, doing)
            goes = head != i and doing[head] == _LEAVE
            if head == i and felt[i, ASKED] > 0.0:
                force = tick - last_seen_force[i] <= q.driven_s * 10.0
                consistent = exit_belief[i] * (1.0 - (q.force_doubt if force else 0.0))
                goes = luck(key, _COMPLY, 0, i) < felt[i, ASKED] * legitimacy[i] * consistent
            # Going home unasked is considered once in ten seconds, each in their own one.
            if head == i and i % 10 == turn:
                since_s = 0.1 * (tick - arrival_tick[i])
                hazard = _leaving_hazard(
                    role[i],
                    b,
                    density[i],
                    knowledge[i],
                    hope[i],
                    fatigue[i],
                    grievance[i],
                    since_s,
                    patience_s[i],
                    p,
                )
                goes = goes or luck(key, _LEAVING, tick, i) < 10.0 * hazard
            if goes:
                act[i] = _LEAVE
        if act[i] >= _LEAVE or passing[i] or role[i] == _JOURNALIST or role[i] == _WORKER:
            active[i] = 0
            continue
        risk = aversion[i] * perceived_risk(police_seen[i], actives_seen[i], p)
        urge = urge_to_join(grievance[i], legitimacy[i], a, us, risk, b, p)
        others = actives_seen[i] - (0.0 if before[i] else 1.0)
        share = others / max(1.0, people_seen[i])
        active[i] = takes_part(before[i] != 0, urge, share, join_threshold[i], p)
        if act[i] < _OBSTRUCT or tick - last_offence[i] >= q.offence_shown_s * 10.0:
            act[i] = _WATCH if not active[i] else _HOSTILE if a > q.hostile_above else _CHANT
        if not active[i]:
            continue
        over = disposition[i] + q.violence_shared * (1.0 - legitimacy[i]) * us * a
        over -= q.violence_fear * b + q.violence_risk * risk + violence_threshold[i]
        if over / q.violence_soft < _NEGLIGIBLE or role[i] == _BYSTANDER:
            continue
        # The hazard is at most this, so most draws settle the matter before anybody is counted.
        hazard = q.violence_rate * (1.0 + q.burst * q.burst_most) * sigmoid(over / q.violence_soft)
        drawn = luck(key, _VIOLENCE, tick, i)
        if drawn >= hazard:
            continue
        since, quiet = tick - math.floor(10.0 * q.burst_s), tick - math.floor(10.0 * q.quiet_s)
        backing, restraint, begun, watched = _company(
            i, slot, start, member, x, y, before, role, legitimacy, identity, offended, since, quiet, p
        )
        if watched >= q.attention and offended[i] <= since:
            continue
        hazard = q.violence_rate * (1.0 + q.burst * min(begun, q.burst_most)) * sigmoid(over / q.violence_soft)
        hazard *= sigmoid((backing - q.support) / q.support_soft)
        hazard *= sigmoid((a - b - q.confront) / q.confront_soft)
        hazard *= power(1.0 - q.restraint, restraint)
        if drawn < 1.0 - exp(-hazard):
            act[i] = _ATTACK if over >= q.attack_above else _THROW if over >= q.throw_above else _OBSTRUCT
            last_offence[i] = tick
            fired[count] = i
            count += 1
    return count


@kernel
def head_of(i: int, party: Ints, status: Bytes, act: Bytes) -> int:
    """Return who decides for the people that i came with: the first of them who is here and unhurt, often i."""
    for j in range(party[i], i):
        if party[j] == party[i] and status[j] == _PRESENT and act[j] < _INJURED:
            return j
    return i


@kernel
def _leaving_hazard(
    role: int,
    fear: float,
    density: float,
    knowledge: int,
    hope: float,
    fatigue: float,
    grievance: float,
    since_s: float,
    patience_s: float,
    p: Numbers,
) -> float:
    """Return the chance, per second, of going home unasked.

    Patience runs out with a Weibull hazard of shape 2; a commitment lets the hopeful go; fatigue takes
    the moderate first; the vulnerable go when it becomes frightening or tight.
    """
    q = p[0]
    hazard = 2.0 * max(0.0, since_s) / (patience_s * patience_s)
    if np.int64(knowledge) & _COMMITMENT != 0 and hope > q.agreed_hope:
        hazard += q.agreed_rate
    if fatigue > q.tired_above:
        hazard += q.tired_rate * (fatigue - q.tired_above) / (1.0 - q.tired_above) * (1.0 - grievance)
    if role == _VULNERABLE and (fear > q.frail_fear or density > q.frail_density):
        hazard += q.frail_rate
    return float(hazard)


def aim(people: People, bodies: Bodies, fired: Longs, tick: int, params: Acting) -> list[Deed]:
    """Turn offences into deeds with a target, in row order; who pushes or strikes at officers closes in.

    Who attacks or throws takes the nearest weak opponent (an officer or worker with nobody of their own
    near), else a vehicle, else the police line; who obstructs takes the line. Without anybody in reach it
    is whatever stands about.
    """
    officers = np.flatnonzero(bodies.kind == int(BodyKind.OFFICER))
    vehicles = np.flatnonzero(bodies.kind == int(BodyKind.VEHICLE))
    workers = np.flatnonzero((people.role == _WORKER) & people.present)
    weak = _alone(bodies.x[officers], bodies.y[officers], params.alone_m)
    weak_workers = workers[_alone(people.x[workers], people.y[workers], params.alone_m)]
    return [
        _deed(people, bodies, int(i), tick, params, officers, officers[weak], vehicles, weak_workers) for i in fired
    ]


def _deed(
    people: People,
    bodies: Bodies,
    i: int,
    tick: int,
    params: Acting,
    officers: Longs,
    weak: Longs,
    vehicles: Longs,
    workers: Longs,
) -> Deed:
    x, y, act = float(people.x[i]), float(people.y[i]), Act(int(people.act[i]))
    choices: list[tuple[TargetKind, int, float]] = []
    if act != Act.OBSTRUCT:
        officer = _nearest(weak, bodies.x, bodies.y, x, y, params.weak_reach_m)
        worker = _nearest(workers, people.x, people.y, x, y, params.weak_reach_m)
        choices += sorted([("officer", *officer), ("person", *worker)], key=lambda choice: choice[2])
        choices.append(("property", *_nearest(vehicles, bodies.x, bodies.y, x, y, params.weak_reach_m)))
    choices.append(("officer", *_nearest(officers, bodies.x, bodies.y, x, y, params.line_reach_m)))
    kind, target, distance = next((choice for choice in choices if choice[1] >= 0), ("property", -1, 0.0))
    if act == Act.ATTACK and distance > _CONTACT_M:
        act = Act.THROW
        people.act[i] = int(act)
    tx, ty = x, y
    if target >= 0:
        tx, ty = (
            (float(people.x[target]), float(people.y[target]))
            if kind == "person"
            else (float(bodies.x[target]), float(bodies.y[target]))
        )
    if kind == "officer" and act != Act.THROW:
        people.goal[i], people.spot_x[i], people.spot_y[i] = -1, tx, ty
    if act == Act.OBSTRUCT and distance > _CONTACT_M:
        kind, target, tx, ty = "property", -1, x, y
    return Deed(tick, i, act, kind, target, tx, ty)


def _nearest(rows: Longs, xs: Floats, ys: Floats, x: float, y: float, reach_m: float) -> tuple[int, float]:
    """Which of some rows is nearest to a place, and how far; (-1, inf) when none is within reach."""
    if not len(rows):
        return -1, math.inf
    dx, dy = xs[rows] - x, ys[rows] - y
    square = dx * dx + dy * dy
    k = int(square.argmin())
    distance = math.sqrt(float(square[k]))
    return (int(rows[k]), distance) if distance <= reach_m else (-1, math.inf)


def _alone(x: Floats, y: Floats, reach_m: float) -> NDArray[np.bool_]:
    """Which of some places have no other within reach."""
    dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
    alone: NDArray[np.bool_] = (dx * dx + dy * dy <= reach_m * reach_m).sum(axis=1) <= 1
    return alone
