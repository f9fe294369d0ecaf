"""News of a review that is under way: one line for each decision of which something new can be said."""

from dataclasses import dataclass, field

from sim.review import Moment, Review
from sim.seat.judgement import meaning_of, said_of
from sim.seat.words import Words


@dataclass(slots=True)
class News:
    """Says of each decision what it had not said yet."""

    words: Words
    _said: dict[int, str] = field(default_factory=dict)

    def of(self, review: Review) -> list[str]:
        """A line each for decisions whose verdict is another than was said, in the order of the run."""
        lines = []
        for moment in review.moments:
            verdict = said_of(self.words.say, moment)
            if self._said.get(moment.number) != verdict and (moment.trials or moment.first_look):
                self._said[moment.number] = verdict
                lines.append(self._line(moment, verdict))
        return lines

    def _line(self, moment: Moment, verdict: str) -> str:
        say, words = self.words.say, self.words
        act = words.response(moment.order.response) if moment.order else say("nothing was ordered")
        return say(
            "{clock}  {act}: {verdict} ({why})",
            clock=words.clock(moment.tick),
            act=act,
            verdict=verdict,
            why=meaning_of(say, moment),
        )
