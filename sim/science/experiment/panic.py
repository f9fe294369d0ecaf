"""The reference for faster-is-slower: a crowd of the social force model leaves a square room by one door."""

from typing import Literal

import numpy as np
from pydantic import Field

from sim.core.geometry import Rect
from sim.core.noise import Noise
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.social_force import BODY, RULES, escape
from sim.science.walkers import OTHER, crowded, scatter, uniforms

_RADIUS = OTHER


class Panic(Experiment):
    """Helbing, Farkas and Vicsek 2000, with their constants unless told otherwise; `numbers` change nothing here."""

    setup: Literal["panic"] = "panic"
    people: int = Field(default=200, ge=1, le=1000, description="How many are in the room.")
    room_m: float = Field(default=15.0, ge=3.0, le=100.0, description="Side of the room, m.")
    door_m: float = Field(default=1.0, ge=0.6, le=20.0, description="Width of the door in its east wall, m.")
    speed_m_s: float = Field(default=1.5, ge=0.2, le=12.0, description="Speed everybody wants, m/s.")
    until: float = Field(default=0.8, gt=0.0, le=1.0, description="Share of the people out at which a run ends.")
    longest_s: float = Field(default=600.0, ge=1.0, le=7200.0, description="A run ends here at the latest, s.")
    least_radius_m: float = Field(default=0.25, ge=0.1, le=0.5, description="Radius of the slimmest, m.")
    most_radius_m: float = Field(default=0.35, ge=0.1, le=0.5, description="Radius of the broadest, m.")
    mass_kg: float = Field(default=80.0, ge=20.0, le=200.0, description="m, kg.")
    relaxation_s: float = Field(default=0.5, ge=0.05, le=5.0, description="tau, s.")
    push_n: float = Field(default=2000.0, ge=0.0, le=20_000.0, description="A, N.")
    push_range_m: float = Field(default=0.08, ge=0.02, le=0.5, description="B, m.")
    stiffness_kg_s2: float = Field(default=1.2e5, ge=0.0, le=1e6, description="k, kg/s2.")
    friction_kg_m_s: float = Field(default=2.4e5, ge=0.0, le=1e6, description="kappa, kg/(m s); 0 for none.")
    step_s: float = Field(default=0.002, ge=0.0001, le=0.01, description="Time step, s.")

    def trial(self, noise: Noise) -> Measured:
        """Run once.

        Measures `out` (people), `time_s` (until the share `until` is out; the whole run when it never is), `flow_per_s`
        (those over that time) and the series `passages_s`.
        """
        crowded(self.people, self.room_m * self.room_m, most=2.5)
        body = np.zeros(self.people, BODY)
        room = Rect(0.4, 0.4, self.room_m - 0.4, self.room_m - 0.4)
        body["x"], body["y"] = scatter(room, self.people, noise)
        broad = uniforms(noise, _RADIUS, self.people)
        low, high = sorted((self.least_radius_m, self.most_radius_m))
        body["r"] = low + (high - low) * broad
        rule = np.array(
            [
                (
                    self.room_m,
                    self.door_m,
                    self.speed_m_s,
                    self.mass_kg,
                    self.relaxation_s,
                    self.push_n,
                    self.push_range_m,
                    self.stiffness_kg_s2,
                    self.friction_kg_m_s,
                    self.step_s,
                    self.longest_s,
                )
            ],
            RULES,
        )
        wanted = max(1, round(self.until * self.people))
        passages = escape(body, rule, wanted)
        time = float(passages[wanted - 1]) if len(passages) >= wanted else self.longest_s
        return {
            "out": float(len(passages)),
            "time_s": time,
            "flow_per_s": len(passages) / time,
            "passages_s": [float(second) for second in passages],
        }
