"""Beginning: the place in a saved run where a drill begins - the run's seed, and all that had been done by then."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Self

from pydantic import Field, model_validator

from sim.core.errors import BadInput, ReplayDiffers
from sim.exercise.control import DEEDS, Control
from sim.exercise.exercise import Exercise
from sim.exercise.replay import CHUNK, give, input_of
from sim.scenario.words import Data
from sim.world.journal import INPUTS, Entry
from sim.world.order import Order, Value


class PastOrder(Data):
    """An order of the run."""

    response: str = Field(description="Which response was ordered.")
    target: str = Field(default="", description="What it was aimed at.")
    units: tuple[str, ...] = Field(default=(), description="Ids of the units that were named.")
    parameters: dict[str, Value] = Field(default={}, description="As in an order.")
    seat: str = Field(description="In whose name it was given.")
    reason: str = Field(default="", description="The reason that was given.")
    go_ahead: bool = Field(default=False, description="Whether it was carried on with although it was ruled unlawful.")

    @property
    def order(self) -> Order:
        """The order it stands for."""
        return Order(**{**dict(self), "parameters": dict(self.parameters)})


class PastAct(Data):
    """An act of the instructor in the run."""

    what: str = Field(pattern=f"^({'|'.join(DEEDS)})$", description="What kind of act.")
    inject: str = Field(default="", description="Which inject it was done to.")
    minutes: float = Field(default=0.0, description="How much later, or how long on.")
    channel: str = Field(default="", description="Channel of a message that was brought in.")
    en: str = Field(default="", description="The text in English.")
    zh: str = Field(default="", description="The text in Simplified Chinese.")
    group: str = Field(default="", description="Group in which a hidden quantity was moved.")
    quantity: str = Field(default="", description="Which one.")
    by: float = Field(default=0.0, description="By how much.")

    @property
    def act(self) -> Control:
        """The act it stands for."""
        return Control(**dict(self))


class Done(Data):
    """One thing done in the run: exactly one of the two."""

    tick: int = Field(ge=0, description="Tick of the run, ten to a simulated second.")
    order: PastOrder | None = Field(default=None, description="An order.")
    act: PastAct | None = Field(default=None, description="Or an act of the instructor.")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.order is None) == (self.act is None):
            raise ValueError("give one of order and act")
        return self

    @property
    def input(self) -> Order | Control:
        """What is given to the run."""
        if self.order is not None:
            return self.order.order
        assert self.act is not None
        return self.act.act


class Beginning(Data):
    """A moment of a saved run; `drills --from` writes it."""

    seed: int = Field(ge=0, description="Seed of the run; the drill is played on it unless another is given.")
    tick: int = Field(gt=0, description="The tick of the run it begins at.")
    digest: str = Field(description="Digest of the exact state then, which the drill has to come to on the same seed.")
    done: tuple[Done, ...] = Field(default=(), description="What had been done by then, the oldest first.")


def beginning_of(seed: int, entries: Sequence[Entry], run: Exercise) -> Beginning:
    """The beginning where a run stands that went through these entries; what was done at this very tick is left."""
    done = []
    for entry in entries:
        if entry.kind in INPUTS and entry.tick < run.tick_now:
            given = input_of(entry)
            if isinstance(given, Order):
                done.append(Done(tick=entry.tick, order=PastOrder.model_validate(given.as_dict())))
            else:
                done.append(Done(tick=entry.tick, act=PastAct.model_validate(asdict(given))))
    return Beginning(seed=seed, tick=run.tick_now, digest=run.digest(), done=tuple(done))


def go_to(beginning: Beginning, run: Exercise, progress: Callable[[Exercise], None] | None = None) -> None:
    """Brings a fresh run to where the drill begins; on another seed the same is done at the same ticks.

    What cannot be done there on another seed, such as skipping a call that has come, is passed over.

    Raises:
        ReplayDiffers: on the seed of the saved run it does not come to the state that one had.
    """
    same = run.seed == beginning.seed
    for each in (*beginning.done, None):
        _until(run, beginning.tick if each is None else each.tick, progress)
        if each is None or run.outcome is not None:
            break
        try:
            give(run, each.input)
        except BadInput:
            if same:
                raise
    if same and run.digest() != beginning.digest:
        raise ReplayDiffers(beginning.tick)


def _until(run: Exercise, tick: int, progress: Callable[[Exercise], None] | None) -> None:
    while run.tick_now < tick and run.outcome is None:
        run.run_until(min(tick, run.tick_now + CHUNK))
        if progress is not None:
            progress(run)


def plain(beginning: Beginning) -> Mapping[str, object]:
    """It as plain data, without what is left at its default."""
    return beginning.model_dump(mode="json", exclude_defaults=True)
