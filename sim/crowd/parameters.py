"""Every number about minds: what people perceive, feel and do, each with its unit, source and range.

Most of them are judgements (`assumed`) that only the published facts in the science tests hold in place.
Change one by `dataclasses.replace`; a switch of a science test is no more than an unusual value.
"""

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.crowd.quantity import quantity, row_of

Numbers: TypeAlias = NDArray[np.void]
"""A table of one row whose columns are named as the fields of its class: `q = p[0]`, then `q.name`."""

Row: TypeAlias = Any
"""One row of such a table, or of the table of stimuli, as kernels pass it on."""


def _assumed(value: float, unit: str, why: str, low: float, high: float) -> float:
    """A number chosen by judgement."""
    return quantity(value, unit=unit, status="assumed", source=why, low=low, high=high)


def _fitted(value: float, unit: str, to: str, low: float, high: float) -> float:
    """A number set so that a published fact comes out."""
    return quantity(value, unit=unit, status="fitted", source=to, low=low, high=high)


def _sourced(value: float, unit: str, source: str, low: float, high: float) -> float:
    """A published number."""
    return quantity(value, unit=unit, status="sourced", source=source, low=low, high=high)


class _Tabled:
    """A dataclass of numbers that kernels can read."""

    @cached_property
    def table(self) -> Numbers:
        """The same numbers under the same names, as the one-row table that kernels take."""
        row = row_of(self)  # type: ignore[arg-type]  # subclasses are dataclasses
        row.setflags(write=False)
        return row


@dataclass(frozen=True)
class Perceiving(_Tabled):
    """Who sees, hears and reads what."""

    sight_m: float = _assumed(30.0, "m", "r_s on open ground", 15.0, 60.0)
    sight_crowding: float = _assumed(0.5, "m2", "r_s = sight_m / (1 + density/2)", 0.2, 1.0)
    sight_cut: float = _assumed(0.02, "1", "a chance of seeing below this counts as none", 0, 0.1)
    voice_floor_db: float = _sourced(-15.0, "dB", "speech transmission index, IEC 60268-16", -18, -12)
    voice_span_db: float = _sourced(30.0, "dB", "speech transmission index, IEC 60268-16", 24, 36)
    noise_calm_db: float = _assumed(68.0, "dBA", "a talking crowd", 60.0, 75.0)
    noise_chant_db: float = _sourced(89.0, "dBA", "stadium noise, LAeq during matches", 80.0, 100.0)
    chanters_full: float = _assumed(60.0, "persons", "chanting within 7 m that fill the ear", 20, 150)
    wall_loss_db: float = _assumed(20.0, "dB", "loss round a building, near field", 10.0, 30.0)
    others_share: float = _assumed(0.5, "1", "weight for those not addressed", 0.0, 1.0)
    relay_m: float = _assumed(12.0, "m", "reach of an organiser's own voice", 5.0, 25.0)
    relay_share: float = _assumed(0.5, "1", "what survives being passed on", 0.0, 1.0)
    post_median_s: float = _assumed(180.0, "s", "delay until a post is read", 60.0, 900.0)
    post_sigma: float = _assumed(0.8, "1", "log-normal spread of that delay", 0.4, 1.5)
    post_life_s: float = _assumed(3600.0, "s", "a post older than this is not read", 900.0, 14400.0)
    film_reach: float = _assumed(0.15, "1", "of those online, whom a journalist's film reaches", 0.0, 0.6)
    film_every_s: float = _assumed(60.0, "s", "between two films", 20.0, 600.0)
    look_m: float = _assumed(5.0, "m", "lookers ahead within this are copied", 3.0, 10.0)
    look_missed: float = _fitted(0.58, "1", "Milgram 1969: 42 % look up for one looker", 0.4, 0.8)
    look_exponent: float = _fitted(-0.525, "1", "Milgram 1969: 86 % look up for fifteen", -0.8, -0.3)
    stop_one: float = _fitted(0.04, "1", "Milgram 1969: 4 % stop for one", 0.02, 0.1)
    stop_exponent: float = _fitted(0.85, "1", "Milgram 1969: 40 % stop for fifteen", 0.6, 1.0)
    attention_s: float = _assumed(15.0, "s", "how long somebody who stopped looks", 5.0, 120.0)
    sated_s: float = _assumed(120.0, "s", "until looking round again tempts", 30.0, 600.0)


@dataclass(frozen=True)
class Feeling(_Tabled):
    """What a perceived event does to a person, and what wears off or passes between people."""

    just_gain: float = _fitted(
        0.04,
        "1 per contact",
        "lamP; d = 0.09, within the 0.07-0.18 of the QCET trial (Mazerolle 2012)",
        0.02,
        0.08,
    )
    unjust_loss: float = _fitted(0.25, "1 per act", "lamN; 4.4 contacts, within the 4-14 of Skogan 2006", 0.1, 0.6)
    weight_alone: float = _assumed(0.3, "1", "w = 0.3 + 0.7 I", 0.1, 0.6)
    weight_shared: float = _assumed(0.7, "1", "w = 0.3 + 0.7 I", 0.4, 0.9)
    hit_extra: float = _assumed(0.5, "1", "J added for being hit without offence", 0.2, 1.0)
    unexplained: float = _assumed(0.5, "1", "k of who knows no reason for the force", 0.2, 0.9)
    offence_fresh_s: float = _assumed(60.0, "s", "how long an offence marks an offender", 30.0, 180.0)
    closed_in_unjust: float = _assumed(0.02, "1 per min", "J inside a closed containment", 0.005, 0.05)
    identity_gain: float = _assumed(0.20, "1 per act", "aI; social identity model", 0.1, 0.4)
    identity_fade: float = _assumed(1 / 1200, "1/s", "bI", 1 / 3600, 1 / 600)
    identity_spread: float = _assumed(0.002, "1/s", "gI", 0.0, 0.01)
    anger_unjust: float = _assumed(0.15, "1 per act", "aJ", 0.05, 0.4)
    anger_violence: float = _assumed(0.03, "1/s", "aV", 0.0, 0.1)
    anger_rest: float = _assumed(0.12, "1", "anger at rest, share of grievance", 0.05, 0.3)
    anger_tension: float = _fitted(0.3, "1", "anger at rest by full tension: signs combined clash (Nassauer)", 0.1, 0.6)
    anger_soothed: float = _assumed(0.1, "1 per contact", "a just contact calms", 0.03, 0.3)
    anger_fade_s: float = _assumed(300.0, "s", "tauA", 120.0, math.inf)
    fear_fade_s: float = _assumed(120.0, "s", "tauF", 60.0, math.inf)
    fear_violence: float = _assumed(0.02, "1/s", "per violent act in mind, three at most", 0.0, 0.05)
    fear_reach_m: float = _assumed(10.0, "m", "fear of a sight falls by e over this", 5.0, 30.0)
    fear_read: float = _assumed(0.2, "1", "fear of what is only read about", 0.0, 0.5)
    violence_memory_s: float = _assumed(30.0, "s", "violence seen wears off over this", 10.0, 120.0)
    contagion: float = _assumed(0.05, "1/s", "Gam; absorption after Bosse 2009", 0.01, 0.2)
    amplification: float = _assumed(0.0, "1", "0 absorbs; above it company heats feelings up (Bosse 2009)", 0, 1)
    contagion_m: float = _assumed(3.0, "m", "ell; proximity matters (Tsai 2011)", 1.0, 8.0)
    contagion_cut_m: float = _assumed(10.0, "m", "nobody farther away counts", 5.0, 10.0)
    contagion_mass: float = _assumed(3.0, "persons", "company that moves one fully", 1.0, 10.0)
    drawn_m: float = _assumed(2.0, "m", "agitators come this near to violence (Jager 2001)", 1.0, math.inf)
    drawn_above: float = _assumed(0.2, "1", "anger over fear from which they do", 0.0, 0.6)
    hope_gain: float = _assumed(0.25, "1", "of the hope still missing, per full sign", 0.1, 0.5)
    hope_loss: float = _assumed(0.4, "1", "of the hope there is, per full breach", 0.2, 0.8)
    hope_wait_s: float = _assumed(7200.0, "s", "hope worn by waiting uninformed", 1800.0, 21600.0)
    relief: float = _assumed(0.3, "1", "of the grievance, per demand fully met", 0.1, 0.6)
    exits_gain: float = _assumed(0.5, "1", "of the belief missing or held, per sign", 0.2, 0.9)
    closed_in_s: float = _assumed(300.0, "s", "belief in a way out, closed in, fades", 60.0, 900.0)
    tiring: float = _assumed(0.08, "1/h", "fatigue of standing about in mild weather", 0.02, 0.3)
    tiring_frail: float = _assumed(0.4, "1", "each point of vulnerability tires this much faster", 0.0, 1.0)
    rest: float = _assumed(0.6, "1", "of the fatigue, per full measure of care", 0.2, 0.9)
    rumour_m: float = _assumed(3.0, "m", "reach of talk; inf mixes everybody", 1.0, math.inf)
    rumour_rate: float = _assumed(1 / 45, "1/s", "tellings of a spreader by mouth", 0.005, 0.1)
    rumour_online_rate: float = _assumed(1 / 300, "1/s", "tellings of an online spreader", 0.0, 0.02)
    rumour_certain: float = _assumed(0.3, "1", "belief of the informed, against 1 of the unsure", 0, 1)
    rumour_failures: float = _assumed(1.0, "tellings", "in vain, after which a teller stops; Maki and Thompson", 1, 100)
    rumour_both: float = _assumed(0.0, "1", "1: two tellers who meet both stop (Daley and Kendall)", 0.0, 1.0)
    hearsay: float = _assumed(0.5, "1", "weight of a wrong one was only told of", 0.2, 1.0)
    correction_trust: float = _assumed(0.2, "1", "a correction convinces with 0.2 + L", 0.0, 0.5)
    backfire: float = _assumed(0.3, "1", "chance that a bare denial spreads the rumour", 0.0, 0.6)


@dataclass(frozen=True)
class Acting(_Tabled):
    """When people join, offend, leave and flee."""

    risk_k: float = _sourced(2.3, "1", "Epstein 2002: P = 0.9 at one officer per active", 1, 4)
    risk_cut: float = _assumed(0.25, "1", "q_c; threshold form after Lemos 2015", 0.0, 1.0)
    risk_floored: float = _assumed(0.0, "1", "1 rounds C/A down (Epstein 2002), 2 to the nearest (Mesa)", 0.0, 2.0)
    join_on: float = _assumed(0.28, "1", "joins above", 0.15, 0.45)
    join_off: float = _assumed(0.22, "1", "stops below: hysteresis", 0.1, 0.4)
    join_anger: float = _assumed(0.5, "1", "weight of A I in taking part", 0.2, 1.0)
    join_risk: float = _assumed(0.5, "1", "weight of R P in taking part", 0.2, 1.0)
    join_fear: float = _assumed(0.3, "1", "weight of F in taking part", 0.1, 0.6)
    violence_shared: float = _assumed(0.9, "1", "weight of (1 - L) I A in V", 0.5, 1.5)
    violence_fear: float = _assumed(0.35, "1", "weight of F in V", 0.1, 0.7)
    violence_risk: float = _assumed(0.25, "1", "weight of R P in V", 0.1, 0.5)
    violence_rate: float = _assumed(0.02, "1/s", "h0", 0.005, 0.05)
    violence_soft: float = _assumed(0.04, "1", "width of the threshold tv", 0.01, 0.1)
    support_m: float = _assumed(5.0, "m", "actives this near are backing and audience", 3.0, 10.0)
    quiet_s: float = _assumed(120.0, "s", "who offended more lately is no audience", 0.0, 600.0)
    support: float = _sourced(4.0, "persons", "Bruggeman 2013: bursts by groups of 3-6", 2.0, 6.0)
    support_soft: float = _assumed(1.0, "persons", "width of the support threshold", 0.5, 3.0)
    confront: float = _assumed(0.25, "1", "anger over fear that passes the tension (Collins)", 0.1, 0.4)
    confront_soft: float = _assumed(0.08, "1", "width of that gate", 0.02, 0.2)
    attention: float = _sourced(5.0, "persons", "Bruggeman 2013: 3 to 6 act and the rest watch", 2.0, math.inf)
    attention_m: float = _assumed(10.0, "m", "how far away one still only watches", 3.0, 15.0)
    burst: float = _assumed(4.0, "1", "each recent act next to one adds this much (Collins)", 0.0, 10.0)
    burst_m: float = _assumed(3.0, "m", "how near that is", 1.5, 5.0)
    burst_s: float = _assumed(20.0, "s", "how recent that is", 5.0, 60.0)
    burst_most: float = _assumed(1.0, "persons", "more of them add nothing", 1.0, 6.0)
    restraint: float = _assumed(0.12, "1", "chi; hazard each restrainer takes away", 0.0, 0.3)
    restraint_m: float = _assumed(3.0, "m", "reach of self-policing", 1.5, 5.0)
    restraint_legitimacy: float = _assumed(0.5, "1", "L above which people restrain", 0.3, 0.7)
    restraint_identity: float = _assumed(0.3, "1", "I above which people restrain", 0.1, 0.5)
    organiser_counts: float = _assumed(2.0, "persons", "restrainers an organiser is worth", 1.0, 5.0)
    throw_above: float = _assumed(0.05, "1", "V - tv from which things are thrown", 0.0, 0.2)
    attack_above: float = _assumed(0.15, "1", "V - tv from which people attack", 0.05, 0.4)
    offence_shown_s: float = _assumed(5.0, "s", "how long an offence is what one is seen doing", 2.0, 15.0)
    hostile_above: float = _assumed(0.35, "1", "anger from which chants turn hostile", 0.2, 0.6)
    weak_reach_m: float = _assumed(15.0, "m", "how far a weak opponent is noticed", 5.0, 30.0)
    line_reach_m: float = _assumed(25.0, "m", "reach of a throw", 15.0, 40.0)
    alone_m: float = _assumed(4.0, "m", "an officer with no colleague this near is isolated", 2, 8)
    flee_above: float = _assumed(0.6, "1", "fear that makes people run", 0.4, 0.8)
    flee_until: float = _assumed(0.4, "1", "fear at which they stop running", 0.2, 0.6)
    agreed_hope: float = _assumed(0.55, "1", "hope at which a commitment is enough to go", 0.4, 0.8)
    agreed_rate: float = _assumed(1 / 300, "1/s", "leaving of those", 1 / 1800, 1 / 60)
    tired_above: float = _assumed(0.5, "1", "fatigue from which people go home", 0.3, 0.8)
    tired_rate: float = _assumed(1 / 600, "1/s", "leaving at full fatigue without grievance", 0, 0.01)
    frail_fear: float = _assumed(0.3, "1", "fear at which the vulnerable leave", 0.1, 0.5)
    frail_density: float = _sourced(3.6, "1/m2", "involuntary contact begins (Fruin 1993)", 2.0, 5.0)
    frail_rate: float = _assumed(1 / 60, "1/s", "leaving of the vulnerable then", 1 / 600, 0.1)
    unknown_exit_m: float = _assumed(100.0, "m", "a way out one has not seen counts as that much farther", 0, 400)
    exit_loyalty: float = _assumed(0.8, "1", "another way out has to cost less than this share of one's own", 0.5, 1)
    force_doubt: float = _assumed(0.5, "1", "what an order loses right after force was seen", 0, 1)
    driven_s: float = _assumed(120.0, "s", "who leaves this soon after force was driven", 30.0, 600)
    driven_m: float = _assumed(8.0, "m", "who leaves this near a closed line was driven", 3.0, 15.0)
    mill_s: float = _assumed(300.0, "s", "mean time on one spot", 60.0, 1200.0)
    mill_m: float = _assumed(3.0, "m", "farthest next spot", 1.0, 10.0)


@dataclass(frozen=True)
class Parameters:
    """All of them together."""

    perceiving: Perceiving = field(default_factory=Perceiving)
    feeling: Feeling = field(default_factory=Feeling)
    acting: Acting = field(default_factory=Acting)
