"""Every number about bodies: how people walk, give way, press on each other and come to harm.

The walking law is the anticipation velocity model (AVM: Xu, Chraibi and Seyfried 2021) with the speed law of the
collision-free speed model (CFSM: Tordeux, Chraibi and Seyfried 2016), fitted to Weidmann's (1993) fundamental
diagram. CFSM by itself, as JuPedSim 1.4 has it, can be walked instead. Pressure follows Fruin (1993) and Helbing,
Johansson and Al-Abideen (2007).
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.crowd.quantity import quantity, row_of

Numbers: TypeAlias = NDArray[np.void]
"""A table of one row whose columns are named as the fields of `Walking`."""


class Law(IntEnum):
    """Which law people walk by."""

    ANTICIPATION = 0
    """The product's: AVM's direction, CFSM's speed, and what keeps doors from jamming."""
    COLLISION_FREE = 1
    """CFSM alone, one step of which is one of JuPedSim's: repelled by neighbours and by every piece of wall."""


@dataclass(frozen=True, kw_only=True)
class Walking:
    """Parameters of `advance_motion` and `advance_pressure`.

    Under `Law.COLLISION_FREE`, `push`, `push_range`, `wall_push` and `wall_range` are that law's strengths and ranges
    of repulsion, and nobody glides along walls, is parted from who they overlap, or turns the shoulders. Radius, time
    gap and desired speed are everybody's own, in `People`, under either law.
    """

    law: Law = Law.ANTICIPATION
    # ---- the walking law
    push: float = quantity(8.0, unit="1", status="sourced", source="A of AVM, JuPedSim defaults", low=4.0, high=12.0)
    push_range: float = quantity(
        0.1, unit="m", status="sourced", source="D of AVM, JuPedSim defaults", low=0.05, high=0.2
    )
    foresight: float = quantity(
        1.0, unit="s", status="sourced", source="T_a of AVM, JuPedSim defaults; 0 forms no lanes", low=0.0, high=2.0
    )
    turning: float = quantity(
        0.3, unit="s", status="sourced", source="tau of AVM, JuPedSim defaults", low=0.1, high=1.0
    )
    reach: float = quantity(
        1.6, unit="m", status="assumed", source="beyond 2r + v0 T nobody limits anybody", low=1.2, high=2.5
    )
    reach_opposed: float = quantity(
        2.5, unit="m", status="assumed", source="oncoming people are noticed earlier", low=1.6, high=2.5
    )
    blend_floor: float = quantity(
        0.02, unit="1", status="fitted", source="Weidmann speeds and flow through doors", low=0.0, high=0.1
    )
    blend_speed: float = quantity(
        0.4, unit="m/s", status="fitted", source="Weidmann speeds and flow through doors", low=0.2, high=0.8
    )
    dodge: float = quantity(
        2.0, unit="1", status="fitted", source="Weidmann speeds and flow through doors", low=1.0, high=4.0
    )
    dodge_range: float = quantity(
        0.3, unit="m", status="fitted", source="Weidmann speeds and flow through doors", low=0.1, high=0.6
    )
    dodge_soft: float = quantity(
        0.05, unit="m", status="fitted", source="keeps left and right from flickering", low=0.01, high=0.2
    )
    dodge_most: float = quantity(1.2, unit="rad", status="fitted", source="flow through doors", low=0.6, high=1.5)
    wall_push: float = quantity(
        1.0, unit="1", status="fitted", source="Weidmann speeds in a 5 m corridor", low=0.5, high=5.0
    )
    wall_range: float = quantity(
        0.05, unit="m", status="fitted", source="Weidmann speeds in a 5 m corridor", low=0.02, high=0.2
    )
    glide: float = quantity(
        0.9, unit="1", status="fitted", source="share of the radius at which walls turn people", low=0.5, high=1.0
    )
    wall_gap: float = quantity(
        0.1,
        unit="m",
        status="sourced",
        source="nobody's middle comes closer to a wall: wall buffer of AVM, JuPedSim defaults",
        low=0.05,
        high=0.15,
    )
    # ---- the shoulder turn
    thin_radius: float = quantity(
        0.15, unit="m", status="fitted", source="no deadlock at doors from 0.8 m up", low=0.12, high=0.2
    )
    squeeze_after: float = quantity(
        1.0, unit="s", status="fitted", source="no deadlock at doors from 0.8 m up", low=0.5, high=3.0
    )
    squeeze_over: float = quantity(
        2.0, unit="s", status="fitted", source="no deadlock at doors from 0.8 m up", low=0.5, high=4.0
    )
    stuck_speed: float = quantity(
        0.05, unit="m/s", status="fitted", source="no deadlock at doors from 0.8 m up", low=0.01, high=0.1
    )
    squeeze_until: float = quantity(
        3.5,
        unit="1/m2",
        status="fitted",
        source="a calm crowd before a shut gate stays below 5.4 /m2: where it is denser, no shoulders are turned",
        low=3.0,
        high=4.5,
    )
    creep: float = quantity(
        0.045,
        unit="m/s",
        status="fitted",
        source="a calm crowd before a shut gate stays below 5.4 /m2: the calm stand sooner than creep up",
        low=0.0,
        high=0.1,
    )
    squeeze_fade: float = quantity(
        0.5,
        unit="1/m2",
        status="assumed",
        source="over which that ends, so that it does not flicker",
        low=0.2,
        high=1.0,
    )
    squeeze_drive: float = quantity(
        4.0,
        unit="1/m2",
        status="fitted",
        source="faster is slower: people at full drive press on where it is this much denser",
        low=2.0,
        high=6.0,
    )
    slide: float = quantity(
        0.3,
        unit="1",
        status="fitted",
        source="two who meet alone never block each other for good; cosine beyond which a neighbour is beside",
        low=0.0,
        high=0.5,
    )
    # ---- motivation
    drive_speed: float = quantity(
        0.5, unit="1", status="assumed", source="v0 rises by this share at full drive", low=0.0, high=1.0
    )
    drive_gap: float = quantity(
        0.35, unit="1", status="fitted", source="motivated flow through doors, about 1.9 /(m s)", low=0.3, high=0.8
    )
    # ---- standing about
    spot_m: float = quantity(
        0.5, unit="m", status="assumed", source="close enough to where one wants to stand", low=0.3, high=1.0
    )
    settle: float = quantity(
        0.5, unit="m/s", status="assumed", source="who cannot get on makes do, more so by the second", low=0.0, high=1.0
    )
    straight_m: float = quantity(
        12.0, unit="m", status="assumed", source="a place in view this close is walked to straight", low=5.0, high=30.0
    )
    arrived_m: float = quantity(
        2.0, unit="m", status="assumed", source="left of the way when one turns to one's own spot", low=1.0, high=5.0
    )
    disturb_m: float = quantity(
        1.0, unit="m", status="assumed", source="somebody passing this close is given way", low=0.6, high=2.0
    )
    give_way: float = quantity(0.5, unit="m/s", status="assumed", source="a step aside", low=0.2, high=1.0)
    # ---- bodies that do not yield
    closed_gap_m: float = quantity(
        2.5, unit="m", status="assumed", source="two officers with arms out close no wider gap", low=1.5, high=3.0
    )
    push_out: float = quantity(
        0.3,
        unit="1",
        status="sourced",
        source="share of an overlap undone in a tick, JuPedSim's AVM",
        low=0.1,
        high=0.5,
    )
    # ---- pressure
    density_sigma: float = quantity(
        0.7, unit="m", status="sourced", source="Gaussian kernel of Helbing et al. 2007, narrower", low=0.5, high=1.0
    )
    press_from: float = quantity(
        3.5, unit="1/m2", status="assumed", source="below, bodies have room and no load is passed on", low=3.0, high=4.5
    )
    push_n: float = quantity(
        100.0, unit="N", status="assumed", source="a person leaning in with full drive", low=50.0, high=200.0
    )
    contact_m: float = quantity(
        0.1, unit="m", status="assumed", source="arms and clothes carry a push across this gap", low=0.02, high=0.2
    )
    pass_on: float = quantity(
        0.9, unit="1", status="assumed", source="share of a push that is not taken up by the feet", low=0.8, high=1.0
    )
    even_m: float = quantity(
        1.0, unit="m", status="assumed", source="bodies press sideways too: loads this near even out", low=0.5, high=2.0
    )
    friction_load: float = quantity(
        1200.0,
        unit="N/m",
        status="fitted",
        source="faster is slower: full push lowers flow at 1 m",
        low=300.0,
        high=4000.0,
    )
    friction_most: float = quantity(
        0.7, unit="1", status="fitted", source="faster is slower: largest share of the speed lost", low=0.5, high=1.0
    )
    danger_load: float = quantity(
        1500.0,
        unit="N/m",
        status="assumed",
        source="a third of what bent barriers in disasters",
        low=1000.0,
        high=4500.0,
    )
    # ---- harm
    crush_from: float = quantity(
        4.0, unit="1/m2", status="sourced", source="Fruin 1993: no crush injuries below", low=3.5, high=5.0
    )
    crush_rate: float = quantity(
        1.0e-4, unit="1/s", status="assumed", source="injuries at 6 /m2, ten times for each more", low=1e-5, high=1e-3
    )
    crush_serious: float = quantity(
        0.3, unit="1", status="assumed", source="share of crush injuries that are serious", low=0.1, high=0.6
    )
    crush_fatal: float = quantity(
        0.03, unit="1", status="assumed", source="share of crush injuries that are fatal", low=0.0, high=0.1
    )
    fall_speed: float = quantity(
        2.0, unit="m/s", status="assumed", source="a run rather than a walk", low=1.5, high=3.0
    )
    fall_density: float = quantity(
        3.0, unit="1/m2", status="assumed", source="too close to see the ground", low=2.0, high=4.0
    )
    fall_rate: float = quantity(
        0.002, unit="1/s", status="assumed", source="falls of somebody running in a dense crowd", low=5e-4, high=0.01
    )
    fall_serious: float = quantity(
        0.2, unit="1", status="assumed", source="share of falls with a serious injury", low=0.05, high=0.5
    )

    @classmethod
    def collision_free(cls, **changes: Any) -> Self:
        """Return the numbers of JuPedSim's collision-free speed model, its defaults unless changed.

        Neighbours count from 1.8 m on instead of 3 m: beyond 2 r + v0 T = 1.6 m they limit nobody, and what one
        repels by is below 1e-5.
        """
        jupedsim = {"wall_push": 5.0, "wall_range": 0.02, "reach": 1.8, "reach_opposed": 1.8}
        return cls(**{"law": Law.COLLISION_FREE, **jupedsim, **changes})

    @cached_property
    def table(self) -> Numbers:
        """The same numbers under the same names, as the one-row table that kernels take."""
        return row_of(self)
