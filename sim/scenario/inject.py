"""Injects: what happens to the trainee and the crowd by the scenario's timeline (its MSEL)."""

from typing import Literal, get_args

from pydantic import Field

from sim.effects import AnyEffect
from sim.scenario.condition import Condition
from sim.scenario.words import ID, Data, Words, ids_of
from sim.world.message import About, Via

Shortcoming = Literal["early_warning", "methods", "capacity", "standardisation", "aftermath"]
"""What goes wrong again and again when such incidents are handled: warning not heard in time or not acted on, unfitting
methods on scene, too little of the right help in the right place, the law applied unevenly or unexplained, and nothing
done afterwards."""
SHORTCOMINGS: tuple[Shortcoming, ...] = get_args(Shortcoming)


class Inject(Data):
    """One line of the timeline: what arrives when, whether it is true, and what follows if it is handled or not."""

    id: str = Field(pattern=ID, description="A name of its own.")
    minute: float = Field(description="Scenario minute at which it comes.")
    channel: Via = Field(description="How it reaches the command post.")
    about: About = Field(description="What kind of thing it calls for; screens and automatic players sort by it.")
    truth: Literal["true", "false", "unclear"] = Field(
        description="Whether it is so, in quotes: 'true', 'false' or unclear; for the review, never shown in play."
    )
    text: Words | None = Field(default=None, description="What the seat is told; nothing when left out.")
    place: str = Field(default="", json_schema_extra=ids_of("place"), description="Where it happens.")
    ref: str = Field(default="", description="Signal, rumour, lane or demand it is about.")
    grade: Literal["A", "B", "C", "D", "E"] = Field(
        default="C", description="How reliable its source is, A best; shown with the message."
    )
    needs_answer: bool = Field(default=True, description="Whether it stays on the list of what waits for an answer.")
    when: Condition | None = Field(default=None, description="Fires only if this holds at its minute.")
    effects: tuple[AnyEffect, ...] = Field(default=(), description="What happens at its minute.")
    handled: Condition | None = Field(default=None, description="What counts as handling it.")
    window_min: float = Field(default=10.0, gt=0, description="How long there is to handle it.")
    expert_min: float = Field(default=3.0, gt=0, description="Time an expert needs to the first answer (assumed).")
    answers: tuple[str, ...] = Field(
        default=(),
        json_schema_extra=ids_of("response"),
        description="Responses that answer it; for latency and practice hints.",
    )
    demands: tuple[str, ...] = Field(
        default=(),
        json_schema_extra=ids_of("response"),
        description="Responses a superior demands here; giving one that is unlawful is obeying.",
    )
    if_handled: tuple[AnyEffect, ...] = Field(default=(), description="What happens once it is handled in its window.")
    if_not: tuple[AnyEffect, ...] = Field(default=(), description="What happens when its window closes unhandled.")
    if_not_text: Words | None = Field(default=None, description="What the seat is told then.")
    trains: tuple[Shortcoming, ...] = Field(
        default=(), description="What this decision trains: which of the five common shortcomings it is about."
    )


class Ending(Data):
    """One condition by which the run is judged won or lost."""

    id: str = Field(pattern=ID, description="A name of its own.")
    says: Words = Field(description="The same in words, as the score card says it.")
    when: Condition = Field(description="What is asked at the end.")
