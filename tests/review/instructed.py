"""An instructed run: a small incident whose instructor moved hidden quantities, and skipped, fired, reworded and added
messages."""

from typing import Any

from sim.exercise.control import Control
from sim.exercise.exercise import Exercise
from sim.scenario.scenario import Playbook
from sim.world.order import Order
from tests.small import small_playbook

SEED = 3


def message(name: str, minute: float) -> dict[str, Any]:
    """An inject as data files write it."""
    text = {"en": f"Message {name}.", "zh": f"消息{name}。"}
    return {"id": name, "minute": minute, "channel": "radio", "about": "report", "truth": "unclear", "text": text}


def instructed_playbook() -> Playbook:
    """The small incident with three messages."""
    return small_playbook(injects=[message("first", 1.0), message("second", 1.5), message("third", 9.0)])


def instructed_run() -> Exercise:
    """Two decisions with an instructor's acts before, between, at the tick of, and after them."""
    run = Exercise(instructed_playbook(), SEED)
    run.run_until(105)
    run.control(Control(what="nudge", group="people", quantity="anger", by=0.3))
    run.run_until(200)
    run.order(Order(response="first_contact", reason="ask"))
    run.control(Control(what="nudge", group="people", quantity="fear", by=0.2))
    run.run_until(400)
    run.control(Control(what="skip", inject="first"))
    run.control(Control(what="edit", inject="second", en="Another message."))
    run.control(Control(what="add", channel="radio", en="Added.", minutes=0.5))
    run.run_until(500)
    run.control(Control(what="nudge", group="people", quantity="legitimacy", by=-0.3))
    run.order(Order(response="soft_patrol", target="square", reason="be there"))
    run.run_until(800)
    run.control(Control(what="fire", inject="third"))
    run.control(Control(what="nudge", group="people", quantity="anger", by=0.2))
    run.run_until(1500)
    run.stop()
    return run
