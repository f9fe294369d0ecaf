"""Asking: what whoever commanded says in the terminal before the machine's score is shown - a survey and own points."""

from collections.abc import Callable

from rich.console import Console

from sim.console.keys import forget_typed
from sim.core.speech import Speech
from sim.scenario.rubric import Rubric
from sim.seat.aside import MOST_CHARACTERS, Aside
from sim.seat.breaking import clean
from sim.seat.survey import QUESTIONS, SCALE, Question

YES = "y"


class Asking:
    """One conversation, line by line; what is answered stands in the aside at once."""

    def __init__(self, console: Console, say: Speech, read: Callable[[], str] | None = None) -> None:
        """Print on this console; `read` gives the next line and raises EOFError or KeyboardInterrupt at the end."""
        self._console = console
        self._say = say
        self._read = read or (lambda: input("> "))

    def ask(self, aside: Aside, rubric: Rubric, *, assessed: bool) -> bool:
        """Asks what has not been asked yet; True when the score may be shown.

        In practice one Enter goes on to the score, and whoever answers may leave any question out. An assessed run
        needs every own point, and without them there is no score.
        """
        if aside.own_score or (aside.asked and not assessed):
            return True
        forget_typed()
        try:
            if assessed or self._begins():
                self._survey(aside)
                self._points(aside, rubric, needed=assessed)
        except (EOFError, KeyboardInterrupt):
            self._console.print()
            aside.asked = not assessed
            return not assessed
        aside.asked = True
        return True

    def _begins(self) -> bool:
        self._tell(self._say("How well was it handled, in your own judgement?"))
        self._tell(
            self._say(
                "First your own view, then the machine's. What you say is kept beside the run and changes nothing"
                " about the score."
            )
        )
        self._tell(self._say("y and Enter: answer a few questions. Enter alone: on to the score."))
        return self._line().lower() == YES

    def _survey(self, aside: Aside) -> None:
        self._tell(self._say("Enter alone leaves a question out."))
        for question in QUESTIONS:
            self._tell(f"\n{self._say(question.asks)}")
            answer = self._scaled(question) if question.scaled else self._line()[:MOST_CHARACTERS]
            if answer:
                aside.survey[question.id] = answer

    def _scaled(self, question: Question) -> str:
        """One of the scale, or nothing."""
        low, high = question.low, question.high
        if low is not None and high is not None:
            self._tell(f"{SCALE[0]}: {self._say(low)}, {SCALE[-1]}: {self._say(high)}")
        while (answer := self._line()) and answer not in SCALE:
            self._tell(self._say("A whole number from {low} to {high}.", low=SCALE[0], high=SCALE[-1]))
        return answer

    def _points(self, aside: Aside, rubric: Rubric, *, needed: bool) -> None:
        self._tell(f"\n{self._say('Your points, 0 to 100 for each dimension')}")
        given: dict[str, int] = {}
        for dimension in rubric.dimensions:
            self._tell(f"{dimension.id} {self._say(dimension.title.text)}")
            points = self._number(needed=needed)
            if points is not None:
                given[dimension.id] = points
        # All at once: half of them would pass for a judgement of the whole run.
        aside.own_score = given

    def _number(self, *, needed: bool) -> int | None:
        while True:
            answer = self._line()
            if not answer and not needed:
                return None
            if answer.isascii() and answer.isdecimal() and int(answer[:4]) <= 100:
                return int(answer)
            self._tell(self._say("A whole number from {low} to {high}.", low="0", high="100"))

    def _line(self) -> str:
        """What was typed, without anything a terminal would take for a command."""
        try:
            return clean(self._read())
        except UnicodeDecodeError:
            return ""

    def _tell(self, text: str) -> None:
        self._console.print(text, markup=False)
