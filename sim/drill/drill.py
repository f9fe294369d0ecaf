"""A drill as an instructor writes it: a piece of a scenario with an aim, a time box and decisions under a countdown."""

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field

from sim.core.phrase import LText, Phrase
from sim.drill.beginning import Beginning
from sim.drill.roles import PROPOSES, Seat
from sim.scenario.problem import Path, Problem, unknown_name
from sim.scenario.response import Kind, Response
from sim.scenario.scenario import Scenario
from sim.scenario.words import Data, Words
from sim.world.order import HOLD, Order, Value

ID = r"^[a-z][a-z0-9_]*$"
DEFAULT_SEAT = "default"
"""Seat in whose name the declared default of a window is ordered."""
Vote = Literal["advice", "majority", "unanimous"]


class Choice(Data):
    """One order, as a window names it for its default or lays it on the table."""

    response: str
    target: str = ""
    parameters: dict[str, Value] = Field(default={}, description="As in an order.")
    says: Words | None = Field(default=None, description="How the choice is put; the response's title when left out.")

    def order(self, seat: str, reason: str = "") -> Order:
        """The order it stands for."""
        return Order(response=self.response, target=self.target, parameters=self.parameters, seat=seat, reason=reason)


class Opening(Data):
    """When a window opens: exactly one of the two."""

    inject: str = Field(default="", description="When this inject fires.")
    minute: float | None = Field(default=None, description="At this scenario minute.")


class Window(Data):
    """One decision with a visible countdown."""

    id: str = Field(pattern=ID)
    opens: Opening
    question: Words
    countdown_s: int = Field(ge=5, le=3600, description="Simulated seconds until the default is ordered.")
    expert_s: int = Field(ge=1, description="Simulated seconds somebody experienced needs (assumed).")
    vote: Vote = Field(
        default="advice",
        description="`advice`: the decider calls, votes are shown; `majority` and `unanimous`: the vote decides.",
    )
    choices: tuple[Choice, ...] = Field(default=(), max_length=6, description="Orders laid on the table.")
    answers: tuple[str, ...] = Field(
        default=(), description="Further responses that answer it; those of its inject and its choices do anyway."
    )
    default: Choice = Field(default=Choice(response=HOLD), description="What is ordered when the countdown runs out.")


class Radio(Data):
    """How messages between seats travel."""

    delay_s: float = Field(default=0.0, ge=0, le=120, description="Simulated seconds until a message is there.")
    loss: float = Field(default=0.0, ge=0, le=0.9, description="Share of messages that never arrive.")


class Drill(Data):
    """One drill."""

    schema_version: Literal[1] = Field(alias="schema")
    id: str = Field(pattern=ID)
    title: Words
    aim: Words = Field(description="What the squad can do better afterwards.")
    scenario: str = Field(description="Id of the scenario it is a piece of, or its file, seen from the drill's own.")
    from_min: float | None = Field(default=None, description="Scenario minute it begins at; the first when left out.")
    lead_in: Literal["passive", "doctrine", "facilitate"] = Field(
        default="doctrine", description="Automatic player who has commanded until then."
    )
    beginning: Beginning | None = Field(
        default=None,
        description="The moment of a saved run it begins at, as `drills --from` writes it; `lead_in` is not read then.",
    )
    time_box_min: float = Field(gt=0, le=120, description="Simulated minutes after which it is over.")
    seats: tuple[Seat, ...] = Field(min_length=1, description="Seats of a full squad; the first is the chief.")
    decides: dict[Kind, Seat] = Field(
        default={}, description="Kinds of response that another seat than the chief decides on."
    )
    alone: dict[Seat, tuple[Kind, ...]] = Field(
        default={}, description="Kinds of response a seat orders by itself, without a second or a call."
    )
    deliberation_s: int = Field(
        default=60, ge=5, le=900, description="Simulated seconds a seconded proposal waits for votes and the call."
    )
    radio: Radio = Radio()
    windows: tuple[Window, ...] = Field(min_length=1)
    quiet: tuple[str, ...] = Field(
        default=(),
        description="Injects whose messages nobody gets, such as a trainer's hints; what they do happens all the same.",
    )
    guide: Words = Field(description="For the facilitator: before, during and after.")
    debrief: tuple[Words, ...] = Field(default=(), description="Questions for the hot wash.")

    @property
    def chief(self) -> Seat:
        """The seat that calls whatever no other seat calls, and takes over what missing seats would do."""
        return self.seats[0]

    @property
    def questions(self) -> dict[str, LText]:
        """What is asked, by the id of its window."""
        return {window.id: window.question.text for window in self.windows}

    def decider(self, response: Response, filled: tuple[str, ...]) -> str:
        """The seat that calls proposals of this response: as written, the chief where that seat is empty."""
        named = self.decides.get(response.group, self.chief)
        return named if named in filled else self.chief

    def words_for(self, response: str, target: str, parameters: Mapping[str, object], at: str = "") -> LText | None:
        """How a choice that stands for this order is put; None where none says it in words of its own.

        The choices of the decision of this id come first: one act may be put in other words at another moment.
        """
        for window in sorted(self.windows, key=lambda each: each.id != at):
            for choice in window.choices:
                fits = choice.response == response and choice.target in {"", target} and choice.says is not None
                if fits and all(parameters.get(name) == value for name, value in choice.parameters.items()):
                    assert choice.says is not None
                    return choice.says.text
        return None

    def faults(self, scenario: Scenario, responses: Mapping[str, Response]) -> tuple[Problem, ...]:
        """Every dangling name and misplaced minute, in the order of the file."""
        return (
            *self._times(scenario),
            *self._seats(),
            *self._windows(scenario, responses),
            *self._silenced(scenario),
        )

    def begins_min(self, scenario: Scenario) -> float:
        """Scenario minute the drill begins at."""
        return float(scenario.start_min) if self.from_min is None else self.from_min

    @property
    def seed(self) -> int | None:
        """The seed it is played on where nobody gives another; None for any."""
        return None if self.beginning is None else self.beginning.seed

    def _times(self, scenario: Scenario) -> Iterator[Problem]:
        first, last = scenario.minutes
        begins = self.begins_min(scenario)
        if not first <= begins < last:
            yield Problem(("from_min",), "outside-time", _outside(begins, first, last), hint=_EARLIER)
        elif begins + self.time_box_min > last:
            yield Problem(
                ("time_box_min",), "outside-time", _outside(begins + self.time_box_min, first, last), hint=_SHORTER
            )
        if self.beginning is not None and self.beginning.tick != round((begins - first) * 600):
            yield Problem(
                ("from_min",),
                "other-beginning",
                Phrase("the drill was cut from a run at minute {minute:g}", minute=first + self.beginning.tick / 600),
                hint=Phrase("cut it again at the minute you want"),
            )

    def _seats(self) -> Iterator[Problem]:
        named: list[tuple[Path, str]] = [(("decides", kind), seat) for kind, seat in self.decides.items()]
        named += [(("alone", seat), seat) for seat in self.alone]
        for path, seat in named:
            if seat not in self.seats:
                yield unknown_name(path, "seat", seat, self.seats)
        for k, seat in enumerate(self.seats):
            if seat in self.seats[:k]:
                yield Problem(
                    ("seats", k), "repeated-id", Phrase("{id} is already the id of an earlier entry", id=seat)
                )
        for seat, kinds in self.alone.items():
            for k, kind in enumerate(kinds):
                if kind not in PROPOSES[seat]:
                    yield unknown_name(("alone", seat, k), "kind", kind, PROPOSES[seat])

    def _windows(self, scenario: Scenario, responses: Mapping[str, Response]) -> Iterator[Problem]:
        begins = self.begins_min(scenario)
        ends = begins + self.time_box_min
        minutes = {inject.id: inject.minute for inject in scenario.injects}
        offered = scenario.responses or tuple(n for n in sorted(responses) if not responses[n].special)
        for k, window in enumerate(self.windows):
            here: Path = ("windows", k)
            if window.id in [w.id for w in self.windows[:k]]:
                yield Problem(
                    (*here, "id"), "repeated-id", Phrase("{id} is already the id of an earlier entry", id=window.id)
                )
            opens = window.opens
            if bool(opens.inject) == (opens.minute is not None):
                yield Problem(
                    (*here, "opens"), "one-of", Phrase("a window opens with an inject or at a minute: give one of both")
                )
            elif opens.inject and opens.inject not in minutes:
                yield unknown_name((*here, "opens", "inject"), "inject", opens.inject, tuple(minutes))
            else:
                at = minutes[opens.inject] if opens.inject else opens.minute
                assert at is not None
                if not begins <= at < ends:
                    yield Problem((*here, "opens"), "outside-time", _outside(at, begins, ends), hint=_SHORTER)
            if window.expert_s > window.countdown_s:
                yield Problem(
                    (*here, "expert_s"), "backwards", Phrase("nobody could be in time: the countdown ends sooner")
                )
            for path, name in self._responses_of(here, window):
                if name not in (*offered, *scenario.special, HOLD):
                    yield unknown_name(path, "response", name, (*offered, *scenario.special))

    def _silenced(self, scenario: Scenario) -> Iterator[Problem]:
        known = tuple(inject.id for inject in scenario.injects)
        for k, name in enumerate(self.quiet):
            if name not in known:
                yield unknown_name(("quiet", k), "inject", name, known)

    @staticmethod
    def _responses_of(here: Path, window: Window) -> Iterator[tuple[Path, str]]:
        for k, choice in enumerate(window.choices):
            yield (*here, "choices", k, "response"), choice.response
        for k, name in enumerate(window.answers):
            yield (*here, "answers", k), name
        yield (*here, "default", "response"), window.default.response

    def answered_by(self, window: Window, scenario: Scenario) -> tuple[str, ...]:
        """Responses that answer a window; deliberately waiting always does."""
        inject = next((i for i in scenario.injects if i.id == window.opens.inject), None)
        own = tuple(choice.response for choice in window.choices)
        return (HOLD, *own, *window.answers, *(inject.answers if inject is not None else ()))


_EARLIER = Phrase("change the minute")
_SHORTER = Phrase("make the drill shorter, or let it begin earlier")


def _outside(minute: float, first: float, last: float) -> Phrase:
    return Phrase(
        "minute {minute:g} lies outside the run from {first:g} to {last:g}", minute=minute, first=first, last=last
    )
