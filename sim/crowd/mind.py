"""What people make of what they perceive: fairness, identity, anger, fear, hope, rumours, contagion.

One second at a time, from the values of the second before, so that the order of people cannot matter.
Everything an event does is scaled by how much of it was perceived; who perceived nothing is not touched
by it.

Legitimacy and identity follow the social identity account of crowds (Reicher, Stott, Drury), contagion the
absorption model of Bosse et al. 2009, rumours Maki and Thompson 1973. Every coefficient is in `Feeling`.
"""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import inlined, kernel
from sim.core.lanes import LANES, fill, load, store
from sim.core.maths import exp
from sim.core.noise import Stream
from sim.crowd.luck import luck
from sim.crowd.parameters import Numbers
from sim.crowd.people import RUMOURS, Bits, Bytes, Floats, Ints, Knows, Longs, Role, Rumour, Status
from sim.crowd.perception import LOOKING
from sim.crowd.squares import Slots
from sim.crowd.stimulus import Channel

NEAR_M = 2.5
"""Side of the squares among which feelings pass."""

TOUCHED, UNJUST, DIVIDING, JUST, FRIGHT, VIOLENT = 0, 1, 2, 3, 4, 5
HOPEFUL, HOPELESS, RELIEVED, OPENING, CLOSING, CARED, ASKED = 6, 7, 8, 9, 10, 11, 12
FELT = 13
"""Columns of what a person takes in during one second, summed up before it changes them."""

TOLD, TALE_UNJUST, TALE_FRIGHT, TALE_HOPE, TALE_EXITS = 0, 1, 2, 3, 4
TALE = 5
"""Columns of what a rumour says, for those who hear it by word of mouth."""

_HEAR = int(Stream.HEAR)
_RUMOUR = int(Stream.RUMOUR)
_ONLINE_CHANNEL = int(Channel.ONLINE)
_SIGHT_CHANNEL = int(Channel.SIGHT)
_PRESENT = int(Status.PRESENT)
_ABSENT = int(Status.ABSENT)
_JOURNALIST = int(Role.JOURNALIST)
_AGITATOR = int(Role.AGITATOR)
_REASON = int(Knows.REASON)
_AWAITED = int(Knows.NEXT_UPDATE) | int(Knows.COMMITMENT)
_MATTERS = (int(Knows.REASON), int(Knows.ROUTE), int(Knows.FACTS), int(Knows.NEXT_UPDATE), int(Knows.RIGHTS))
_IGNORANT = int(Rumour.IGNORANT)
_SPREADER = int(Rumour.SPREADER)
_STIFLER = int(Rumour.STIFLER)
_DISBELIEVER = int(Rumour.DISBELIEVER)
_VANTAGE_M = 8.0
"""How close a journalist goes (assumed)."""


@kernel
def uncertainty(knowledge: int) -> float:
    """Return the share, 0..1, of what matters here that somebody with these `Knows` bits does not know."""
    unknown = 0.0
    for bit in _MATTERS:
        if np.int64(knowledge) & bit == 0:
            unknown += 0.2
    return unknown


@kernel
def told(share: float, chance: float, knowledge: int, state: int, p: Numbers) -> bool:
    """Return whether somebody told a rumour takes it up: nobody twice, the uncertain sooner than others."""
    q = p[0]
    belief = q.rumour_certain + (1.0 - q.rumour_certain) * uncertainty(knowledge)
    return state == _IGNORANT and chance < share * belief


@kernel
def told_in_vain(i: int, k: int, p: Numbers, refused: Bytes, rumour: Bytes) -> None:
    """Let person i, who met somebody who knew rumour k, stop telling it, or go on until that has happened often enough.

    `refused`, shape (people, rumours), counts how often it has; it is not looked at, and may hold no rows,
    where once is enough.
    """
    q = p[0]
    if rumour[i, k] != _SPREADER:
        return
    if q.rumour_failures > 1.0:
        refused[i, k] += 1
        if refused[i, k] < q.rumour_failures:
            return
        refused[i, k] = 0
    rumour[i, k] = _STIFLER


@kernel
def _corrected(share: float, chance: float, evidence: float, legitimacy: float, state: int, p: Numbers) -> int:
    """Return where somebody stands towards a rumour after a correction.

    It convinces by the evidence shown, squared for those who believe already, times trust in who speaks
    (0.2 + L). With little to show it backfires on those who do not trust: they tell the rumour (on).
    """
    q = p[0]
    trust = min(1.0, q.correction_trust + legitimacy)
    convinced = evidence * trust if state == _IGNORANT else evidence * evidence * trust
    doubt = q.backfire * (1.0 - evidence) * (1.0 - evidence) * (1.0 - legitimacy)
    if chance < share * convinced:
        return _DISBELIEVER
    if state != _DISBELIEVER and chance > 1.0 - share * doubt:
        return _SPREADER
    return state


@kernel
def _unjust(force: float, discriminate: float, severity: float, knows_why: bool, hit: bool, p: Numbers) -> float:
    """Return J of an act of force: f (1 - d s k), and 0.5 more for whoever is hit without having offended."""
    q = p[0]
    if force <= 0.0:
        return 0.0
    fitting = min(1.0, severity / force)
    known = 1.0 if knows_why else q.unexplained
    return force * (1.0 - discriminate * fitting * known) + (q.hit_extra if hit else 0.0)


@kernel
def appraise(
    table: NDArray[np.void],
    shares: Floats,
    tick: int,
    key: NDArray[np.uint32],
    x: Floats,
    y: Floats,
    role: Bytes,
    status: Bytes,
    anger: Floats,
    fear: Floats,
    legitimacy: Floats,
    violence_seen: Floats,
    last_offence: Ints,
    p: Numbers,
    knowledge: Bits,
    rumour: Bytes,
    last_seen_force: Ints,
    looking: Bytes,
    spot_x: Floats,
    spot_y: Floats,
    tales: Floats,
    felt: Floats,
) -> None:
    """Add up what each person takes in of the stimuli of one second, and let them learn what was said.

    Writes knowledge, rumours, attention, the tick of force seen and the spots of journalists at once;
    feelings only change in `feel`, through `felt`, shape (people, FELT).
    """
    q = p[0]
    for s in range(len(table)):
        e = table[s]
        k = e.rumour
        if k >= 0 and e.asserts > 0.0:
            tales[k, TOLD] = 1.0
            tales[k, TALE_UNJUST] = e.injustice + e.force
            tales[k, TALE_FRIGHT] = e.fear
            tales[k, TALE_HOPE] = e.hope
            tales[k, TALE_EXITS] = e.exits
        discriminate, read = (e.offenders_hit / e.hit if e.hit > 0 else 0.0), e.channel == _ONLINE_CHANNEL
        for i in range(len(status)):
            share = shares[s, i]
            if share <= 0.0:
                continue
            chance = luck(key, _HEAR, e.serial, i)
            if k >= 0 and e.asserts > 0.0:
                if not told(share, chance, knowledge[i], rumour[i, k], p):
                    continue
                rumour[i, k] = _SPREADER
            elif k >= 0 and e.asserts < 0.0:
                rumour[i, k] = _corrected(share, chance, -e.asserts, legitimacy[i], rumour[i, k], p)
            subject = e.subject == i
            innocent = subject and tick - last_offence[i] > q.offence_fresh_s * 10.0
            why = (knowledge[i] & _REASON) != 0 or violence_seen[i] > 0.05
            f = felt[i]
            f[TOUCHED] = 1.0
            f[UNJUST] += share * (_unjust(e.force, discriminate, e.severity, why, innocent, p) + e.injustice)
            f[DIVIDING] += share * e.force * (1.0 - discriminate)
            f[JUST] += share * e.quality
            near = q.fear_read
            if not read:
                dx, dy = x[i] - e.x, y[i] - e.y
                near = 1.0 if subject else exp(-math.sqrt(dx * dx + dy * dy) / q.fear_reach_m)
            f[FRIGHT] += share * e.fear * near
            f[VIOLENT] += share * e.violent_acts
            f[HOPEFUL] += share * max(0.0, e.hope)
            f[HOPELESS] += share * max(0.0, -e.hope)
            f[RELIEVED] += share * e.relief
            f[OPENING] += share * max(0.0, e.exits)
            f[CLOSING] += share * max(0.0, -e.exits)
            f[CARED] += share * e.welfare
            if chance < share:
                knowledge[i] |= np.uint32(e.knowledge)
                f[ASKED] = max(f[ASKED], e.leave)
            if not read and e.force > 0.0:
                last_seen_force[i] = tick
            if e.channel == _SIGHT_CHANNEL and (e.force > 0.0 or e.violent_acts > 0.0):
                looking[i] = LOOKING
                if role[i] == _JOURNALIST:
                    _go_and_see(i, e.x, e.y, _VANTAGE_M, x, y, spot_x, spot_y)
                elif role[i] == _AGITATOR and e.violent_acts > 0.0 and anger[i] - fear[i] > q.drawn_above:
                    _go_and_see(i, e.x, e.y, q.drawn_m, x, y, spot_x, spot_y)


@kernel
def _go_and_see(
    i: int, ex: float, ey: float, short_m: float, x: Floats, y: Floats, spot_x: Floats, spot_y: Floats
) -> None:
    """Let somebody make for a place so far short of what they saw; whoever is nearer stays."""
    dx, dy = x[i] - ex, y[i] - ey
    distance = math.sqrt(dx * dx + dy * dy)
    if distance > short_m:
        spot_x[i] = ex + dx / distance * short_m
        spot_y[i] = ey + dy / distance * short_m


@kernel
def whisper(
    rows: Longs,
    tick: int,
    key: NDArray[np.uint32],
    slot: Slots,
    start: Slots,
    member: Slots,
    x: Floats,
    y: Floats,
    status: Bytes,
    online: Bytes,
    knowledge: Bits,
    p: Numbers,
    tales: Floats,
    refused: Bytes,
    rumour: Bytes,
    felt: Floats,
) -> None:
    """Let everybody who spreads a rumour tell it, now and then, to somebody within 3 m or to somebody online.

    Who had not heard it and believes it spreads it too and takes in half of what it says; when the other
    knows it already, the teller stops telling it (Maki and Thompson: only the caller is stifled), after so
    many such tellings as `rumour_failures` says. With `rumour_both` two tellers who meet both stop (Daley
    and Kendall); as either may call the other, half of these calls count.
    """
    q = p[0]
    before = rumour.copy()
    for i in rows:
        for k in range(RUMOURS):
            if before[i, k] != _SPREADER:
                continue
            chance = luck(key, _RUMOUR, tick + k, i)
            j = -1
            if chance < q.rumour_rate:
                j = _somebody_near(i, chance / q.rumour_rate, rows, slot, start, member, x, y, q.rumour_m)
            elif online[i] and chance < q.rumour_rate + q.rumour_online_rate:
                j = math.floor((chance - q.rumour_rate) / q.rumour_online_rate * len(status))
                if not online[j] or status[j] > _PRESENT:
                    j = -1
            if j < 0 or j == i:
                continue
            if before[j, k] != _IGNORANT:
                both = q.rumour_both > 0.0 and before[j, k] == _SPREADER
                if not both or luck(key, _RUMOUR, tick + k, -1 - i) < 0.5:
                    told_in_vain(i, k, p, refused, rumour)
                    if both:
                        told_in_vain(j, k, p, refused, rumour)
            elif told(1.0, luck(key, _RUMOUR, tick + k, -1 - i), knowledge[j], rumour[j, k], p):
                rumour[j, k] = _SPREADER
                f = felt[j]
                f[TOUCHED] = 1.0
                f[UNJUST] += q.hearsay * tales[k, TALE_UNJUST]
                f[FRIGHT] += q.hearsay * q.fear_read * tales[k, TALE_FRIGHT]
                f[HOPEFUL] += q.hearsay * max(0.0, tales[k, TALE_HOPE])
                f[HOPELESS] += q.hearsay * max(0.0, -tales[k, TALE_HOPE])
                f[OPENING] += q.hearsay * max(0.0, tales[k, TALE_EXITS])
                f[CLOSING] += q.hearsay * max(0.0, -tales[k, TALE_EXITS])


@kernel
def _somebody_near(
    i: int,
    chance: float,
    rows: Longs,
    slot: Slots,
    start: Slots,
    member: Slots,
    x: Floats,
    y: Floats,
    reach_m: float,
) -> int:
    """Return one of the people within reach of person i, each as likely as the next; -1 when there is nobody.

    An infinite reach mixes everybody, i included.
    """
    if reach_m > 1e6:
        return int(rows[math.floor(chance * len(rows))])
    line, column = math.floor(y[i] / NEAR_M), math.floor(x[i] / NEAR_M)
    steps = math.floor(reach_m / NEAR_M) + 1
    wanted = -1
    for counting in (True, False):
        n = 0
        for r in range(max(0, line - steps), min(slot.shape[0], line + steps + 1)):
            for c in range(max(0, column - steps), min(slot.shape[1], column + steps + 1)):
                s = slot[r, c]
                if s < 0:
                    continue
                for m in range(start[s], start[s + 1]):
                    j = member[m]
                    dx, dy = x[j] - x[i], y[j] - y[i]
                    if j != i and dx * dx + dy * dy <= reach_m * reach_m:
                        if not counting and n == wanted:
                            return int(j)
                        n += 1
        if counting and n > 0:
            wanted = math.floor(chance * n)
        elif counting:
            return -1
    return -1


@lru_cache(maxsize=16)
def contagion_pattern(ell_m: float, cut_m: float) -> tuple[NDArray[np.int32], Floats]:
    """Offsets of the squares that pass feelings to one, shape (k, 2) as lines and columns, and their weights.

    The weight is exp(-d / ell) averaged over 16 places in either square; squares whose middles are
    farther apart than the cut have none.
    """
    reach = math.floor(cut_m / NEAR_M)
    places = [(k + 0.5) / 4.0 for k in range(4)]
    apart = [(a - b) * NEAR_M for a in places for b in places]
    offsets, weights = [], []
    for line in range(-reach, reach + 1):
        for column in range(-reach, reach + 1):
            if (line * line + column * column) * NEAR_M * NEAR_M > cut_m * cut_m:
                continue
            total = 0.0
            for dy in apart:
                for dx in apart:
                    px, py = column * NEAR_M + dx, line * NEAR_M + dy
                    total += exp(-math.sqrt(px * px + py * py) / ell_m)
            offsets.append((line, column))
            weights.append(total / len(apart) / len(apart))
    return np.array(offsets, dtype=np.int32), np.array(weights)


@kernel
def mingle(
    found: int,
    slot: Slots,
    square: Slots,
    start: Slots,
    member: Slots,
    anger: Floats,
    fear: Floats,
    identity: Floats,
    expressiveness: Floats,
    offsets: NDArray[np.int32],
    weights: Floats,
) -> Floats:
    """Return what surrounds each square, shape (squares, 4): company, A*, F* and mean I.

    Company is the number of people near, weighted by the kernel; A* and F* are means weighted by
    expressiveness too, -1 where nobody near shows anything. Costs a look at every square within reach,
    and no exp.
    """
    own, around = np.zeros((found + 1, LANES)), np.zeros((found, 4))
    for s in range(found):
        for k in range(start[s], start[s + 1]):
            i = member[k]
            own[s, 0] += 1.0
            own[s, 1] += expressiveness[i]
            own[s, 2] += expressiveness[i] * anger[i]
            own[s, 3] += expressiveness[i] * fear[i]
            own[s, 4] += identity[i]
    _blend(found, slot, square, own.reshape(-1), np.empty(LANES), offsets, weights, around)
    return around


@inlined
def _blend(
    found: int,
    slot: Slots,
    square: Slots,
    own: Floats,
    total: Floats,
    offsets: NDArray[np.int32],
    weights: Floats,
    around: Floats,
) -> None:
    """Write what surrounds each square; `own` has a row of lanes for each, five of them in use, and one of zeros."""
    lines, columns = slot.shape
    for s in range(found):
        line, column = square[s] // columns, square[s] % columns
        sums = fill(0.0)
        for k in range(len(weights)):
            r, c = line + offsets[k, 0], column + offsets[k, 1]
            if r < 0 or r >= lines or c < 0 or c >= columns:
                continue
            # Nobody is in the row behind the last: adding nothing is sooner done than guessing whether to.
            t = slot[r, c] if slot[r, c] >= 0 else found
            sums = sums + load(own, t * LANES) * weights[k]
        store(total, 0, sums)
        people, loud, angry, afraid, shared = total[0], total[1], total[2], total[3], total[4]
        around[s, 0] = people
        # So little is shown by nobody; dividing by it would invent feelings out of rounding.
        around[s, 1] = angry / loud if loud > 1e-9 else -1.0
        around[s, 2] = afraid / loud if loud > 1e-9 else -1.0
        around[s, 3] = shared / people


@kernel
def feel(
    around: Floats,
    at: Slots,
    shut: Bytes,
    shut_s: float,
    strain: float,
    felt: Floats,
    p: Numbers,
    status: Bytes,
    receptivity: Floats,
    base_identity: Floats,
    vulnerability: Floats,
    tension: Floats,
    knowledge: Bits,
    anger: Floats,
    fear: Floats,
    legitimacy: Floats,
    identity: Floats,
    grievance: Floats,
    hope: Floats,
    exit_belief: Floats,
    fatigue: Floats,
    violence_seen: Floats,
) -> None:
    """Change what people feel by one second: contagion, decay and whatever they took in.

    People who have not come yet change only by what they read. Everything stays within 0..1.

    `around` is what `mingle` gives, `at` the square of each person present, `shut` 1 for people closed in
    on all sides and `shut_s` the seconds for which that counts now, `strain` how tiring it is here (1 in
    mild weather), `felt` what `appraise` and `whisper` added up. From `anger` on, arrays are written.
    """
    q = p[0]
    # Divisions are dear and kernels cannot know that the numbers stay what they are.
    calming, settling, forgetting = 1.0 / q.anger_fade_s, 1.0 / q.fear_fade_s, 1.0 / q.violence_memory_s
    mixing, waiting = q.contagion / q.contagion_mass, 1.0 / q.hope_wait_s
    tiring, shut_in = q.tiring / 3600.0 * strain, min(1.0, shut_s / q.closed_in_s)
    alone, shared = q.weight_alone, q.weight_shared
    for i in range(len(status)):
        here = status[i] == _PRESENT
        f = felt[i]
        if not here and not (status[i] == _ABSENT and f[TOUCHED] > 0.0):
            continue
        a, b, trust, us = anger[i], fear[i], legitimacy[i], identity[i]
        unjust, just = f[UNJUST], min(1.0, f[JUST])
        if here and shut[i]:
            unjust += q.closed_in_unjust / 60.0 * shut_s
        weight = (alone + shared * us) * unjust
        violence = violence_seen[i] * (1.0 - forgetting) + f[VIOLENT]
        da = q.anger_unjust * weight * (1.0 - a) - q.anger_soothed * just * a
        db = min(1.0, f[FRIGHT]) * (1.0 - b)
        du = q.identity_gain * min(1.0, f[DIVIDING]) * (1.0 - us)
        if here:
            s = at[i]
            company = min(q.contagion, around[s, 0] * mixing) * receptivity[i]
            if around[s, 1] >= 0.0:
                da += company * (around[s, 1] + q.amplification * a * (1.0 - around[s, 1]) - a)
                db += company * (around[s, 2] + q.amplification * b * (1.0 - around[s, 2]) - b)
            rest = q.anger_rest * grievance[i] + q.anger_tension * tension[i]
            da += q.anger_violence * min(2.0, violence) * us * (1.0 - trust) * (1.0 - a) - (a - rest) * calming
            db += q.fear_violence * min(3.0, violence) * (1.0 - us) * (1.0 - b) - b * settling
            du += q.identity_spread * (around[s, 3] - us) - q.identity_fade * (us - base_identity[i])
            violence_seen[i] = violence
            if knowledge[i] & _AWAITED == 0:
                hope[i] -= hope[i] * waiting
            if shut[i]:
                exit_belief[i] -= exit_belief[i] * shut_in
            frail = 1.0 + q.tiring_frail * (vulnerability[i] - 1.0)
            fatigue[i] = min(1.0, fatigue[i] + tiring * frail)
        anger[i] = min(1.0, max(0.0, a + da))
        fear[i] = min(1.0, max(0.0, b + db))
        identity[i] = min(1.0, max(0.0, us + du))
        legitimacy[i] = min(1.0, max(0.0, trust + q.just_gain * just * (1.0 - trust) - q.unjust_loss * weight * trust))
        if f[TOUCHED] > 0.0:
            lost = q.hope_loss * min(1.0, f[HOPELESS])
            hope[i] = min(1.0, max(0.0, hope[i] * (1.0 - lost) + q.hope_gain * min(1.0, f[HOPEFUL]) * (1.0 - hope[i])))
            grievance[i] *= 1.0 - q.relief * min(1.0, f[RELIEVED])
            shown = q.exits_gain * (
                min(1.0, f[OPENING]) * (1.0 - exit_belief[i]) - min(1.0, f[CLOSING]) * exit_belief[i]
            )
            exit_belief[i] = min(1.0, max(0.0, exit_belief[i] + shown))
            fatigue[i] *= 1.0 - q.rest * min(1.0, f[CARED])
