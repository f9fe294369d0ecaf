"""What a fair contact gains and an unjust act costs: sympathisers on a square, one or many of either."""

from typing import Literal

from pydantic import Field

from sim.core.noise import Noise
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.talk import Talk
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.policed import Policed, assumed, response_of, scenario_of
from sim.science.statistics import deviation

EVERYWHERE = 1e9
"""Prominence of what everybody sees."""


class Contact(Experiment):
    """A calm crowd of sympathisers with whom police speak, or who see somebody wronged, or both in turn."""

    setup: Literal["contact"] = "contact"
    people: int = Field(default=500, ge=2, le=2000, description="People of the crowd.")
    side_m: float = Field(default=25.0, ge=2.0, le=200.0, description="Side of the square they stand on, m.")
    legitimacy: float = Field(default=0.55, ge=0.0, le=1.0, description="Mean legitimacy the police have at first.")
    quality: float = Field(default=1.0, ge=0.0, le=1.0, description="Fairness of a contact.")
    force: float = Field(
        default=1.0, ge=0.0, le=1.0, description="Force of the unjust act, against one innocent person."
    )
    contacts: int = Field(default=20, ge=1, le=2000, description="Contacts after the unjust act.")
    minutes: float = Field(default=30.0, ge=1.0, le=600.0, description="Minutes over which these are spread.")

    def trial(self, noise: Noise) -> Measured:
        """Run once.

        Measures `gain` (mean change of legitimacy by one contact with each person) and `gain_in_sd` (the same in
        standard deviations of legitimacy), `loss` (by one unjust act all see), `loss_over_gain`, `repaired` (share of
        that loss which the contacts afterwards make good), and by minute `legitimacy` of that last run.
        """
        start = self._opened(noise)
        first = _legitimacy(start)
        before = sum(first) / len(first)
        talked = start.fork()
        for person in range(self.people):
            talked.world.emit(Channel.TOLD, subject=person, quality=self.quality)
        talked.advance()
        gain = _mean(talked) - before
        wronged = start.fork()
        middle = 0.5 * wronged.world.setting.width_m
        wronged.world.emit(
            Channel.SIGHT, x=middle, y=middle, prominence=EVERYWHERE, force=self.force, hit=1, offenders_hit=0
        )
        wronged.advance()
        loss = before - _mean(wronged)
        series = [_mean(wronged)]
        wronged.order("talk", middle, middle, "LIA-1", tone="warm")
        for _ in range(round(self.minutes) + 1):
            wronged.advance(60)
            series.append(_mean(wronged))
        return {
            "gain": gain,
            "gain_in_sd": gain / deviation(first),
            "loss": loss,
            "loss_over_gain": loss / gain if gain > 0.0 else 0.0,
            "repaired": (series[-1] - series[0]) / loss if loss > 0.0 else 0.0,
            "contacts": float(wronged.world.unit("LIA-1").contacts),
            "legitimacy": series,
        }

    def _opened(self, noise: Noise) -> Policed:
        """The crowd, and two officers in soft hats in the middle of it."""
        size = self.side_m + 12.0
        low, high = 6.0, 6.0 + self.side_m
        group = {
            "id": "crowd",
            "people": self.people,
            "roles": {"sympathiser": 1.0},
            "legitimacy": assumed(self.legitimacy),
            "patience_min": assumed(1e6),
            "spawn": ["square"],
            "post": ["square"],
        }
        scenario = scenario_of(
            width_m=size,
            height_m=size,
            places={"square": (low, low, high, high)},
            groups=[group],
            units=[{"id": "LIA-1", "code": "LIA", "strength": 2, "at": "square"}],
            minutes=int(self.minutes) + 2,
        )
        every_s = 60.0 * self.minutes / self.contacts
        talk = Talk(do="talk", every_s=assumed(every_s), content=Content(quality=self.quality))
        run_min = self.minutes + 1.5 / 60.0
        return Policed.opened(scenario, [response_of("talk", [talk], run_min=run_min, remote=True)], noise, self.model)


def _legitimacy(run: Policed) -> list[float]:
    """L of everybody there."""
    people = run.world.crowd.people
    present = people.present
    shown = people.legitimacy[present] if present.any() else people.legitimacy
    return [float(value) for value in shown]


def _mean(run: Policed) -> float:
    """Mean L of everybody there."""
    values = _legitimacy(run)
    return sum(values) / len(values)
