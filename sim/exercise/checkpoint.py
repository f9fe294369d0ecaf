"""Checkpoints: at the minutes a scenario gives, the commander is asked how likely harm or violence is soon."""

from sim.core.phrase import Phrase
from sim.scenario.scenario import Playbook
from sim.world.desk import ANSWER_MIN, RISK_MIN, Forecast
from sim.world.message import About, Via
from sim.world.world import World


def ask_for_risk(world: World, playbook: Playbook) -> None:
    """One second: asks the question that is due, where the scenario offers a way to answer it."""
    asked = len(world.desk.forecasts)
    minutes = playbook.scenario.risk_minutes
    if asked >= len(minutes) or world.minute < minutes[asked]:
        return
    world.desk.forecasts.append(Forecast(minute=minutes[asked], asked_tick=world.tick))
    world.consequence("risk_asked", checkpoint=minutes[asked], within_min=RISK_MIN, answer_min=ANSWER_MIN)
    world.tell(
        Via.COMMAND,
        About.RISK,
        Phrase(
            "How likely is it, in percent, that within {minutes} minutes somebody is hurt or violent? "
            "Silence counts as 50 %.",
            minutes=RISK_MIN,
        ),
        grade="A",
        needs_answer=True,
        answer_min=ANSWER_MIN,
    )
