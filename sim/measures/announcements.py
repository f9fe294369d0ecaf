"""Announcements: whether what was said aloud could be understood, was respectful, and told people what to do."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from sim.core.phrase import LText, Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, mean, not_assessed
from sim.measures.record import Record, number, text, yes
from sim.world.journal import Data


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message:
    """One message with its repetitions."""

    minute: float
    said: str
    """Id of the response."""
    quality: float
    understood: float


class Announcements(Measure):
    """The mean quality of the messages, so that saying more earns nothing; saying much more costs.

    Repetitions of one message belong together. Representatives who tell the crowd a result are heard like officers.
    """

    measure: Literal["announcements"]
    understood: Scale = Field(description="Share of the people around who understood it.")
    audible: float = Field(ge=0, description="Weight of being understood.")
    respectful: float = Field(ge=0, description="Weight of the tone.")
    actionable: float = Field(ge=0, description="Weight of naming route, time and power when people are to leave.")
    order_from: float = Field(ge=0, le=1, description="From this strength of asking people to leave it is an order.")
    gap_min: float = Field(gt=0, description="Repetitions so close together are one message.")
    an_hour: int = Field(ge=1, description="So many messages in an hour are bearable.")
    beyond: float = Field(ge=0, le=1, description="Share lost for each one more.")
    at_least_min: float = Field(ge=0, description="A gathering so long cannot go without any word aloud.")

    def assess(self, record: Record) -> Assessment:
        """The mean over the messages, less what too many cost; nothing for a long silence."""
        messages = [*self._announced(record), *self._told(record)]
        if not messages:
            return self._silence(record)
        rule = Phrase("Aloud, calm, short: what happens, what is asked and why, by which way, by when")
        lines = []
        for message in sorted(messages, key=lambda m: m.minute):
            seen = Phrase(
                "said aloud: {what}; understood by {share:.0%} of the people around",
                what=REPORT_BACK if message.said == "" else record.name(message.said),
                share=message.understood,
            )
            lines.append(Line.judged(message.minute, seen, rule, message.quality, 1.0 / len(messages)))
        lines += self._too_many(messages)
        cost = sum(line.points for line in lines[len(messages) :])
        return assessed(mean(m.quality for m in messages) + cost, lines)

    def _announced(self, record: Record) -> list[_Message]:
        groups: list[list[tuple[float, Data]]] = []
        for entry in record.own("announcement"):
            minute, response = record.minute(entry.tick), text(entry.data, "response")
            for group in reversed(groups):
                if text(group[0][1], "response") == response and minute - group[-1][0] <= self.gap_min:
                    group.append((minute, entry.data))
                    break
            else:
                groups.append([(minute, entry.data)])
        return [
            _Message(
                minute=group[0][0],
                said=text(group[0][1], "response"),
                quality=mean(self._quality(data) for _, data in group),
                understood=mean(number(data, "understood") for _, data in group),
            )
            for group in groups
        ]

    def _quality(self, data: Data) -> float:
        leave = number(data, "leave")
        named = [text(data, "route") != "", yes(data, "time_given")]
        if leave >= self.order_from:
            named.append(text(data, "power") != "")
        actionable = mean(1.0 if each else 0.0 for each in named) if leave > 0.0 else 1.0
        respectful = 0.0 if text(data, "tone") == "stern" else 1.0
        whole = self.audible + self.respectful + self.actionable
        heard = self.understood.share(number(data, "understood"))
        return (self.audible * heard + self.respectful * respectful + self.actionable * actionable) / whole

    def _told(self, record: Record) -> list[_Message]:
        told = [
            (record.minute(e.tick), number(e.data, "understood"))
            for e in record.consequences("report_back")
            if number(e.data, "promises") > 0
        ]
        if not told:
            return []
        minute, understood = max(told, key=lambda each: each[1])
        return [_Message(minute=minute, said="", quality=self.understood.share(understood), understood=understood)]

    def _too_many(self, messages: list[_Message]) -> list[Line]:
        minutes = sorted(m.minute for m in messages)
        return [
            Line(
                minute=minute,
                observable=Phrase("one more message, {number} within an hour", number=k - first + 1),
                rule=Phrase("Said too often, words wear out"),
                points=-self.beyond,
            )
            for k, minute in enumerate(minutes)
            for first in [next(j for j, earlier in enumerate(minutes) if minute - earlier < 60.0)]
            if k - first + 1 > self.an_hour
        ]

    def _silence(self, record: Record) -> Assessment:
        if record.gathering is None or not record.lasted(self.at_least_min):
            return not_assessed(Phrase("nothing was said aloud, and the gathering was short"))
        silence = Line(
            minute=record.gathering.first_min + self.at_least_min,
            observable=Phrase("nothing had been said aloud to the crowd by now"),
            rule=Phrase("People who are told nothing fill the silence themselves"),
            points=-1.0,
        )
        return assessed(0.0, [silence])


REPORT_BACK = LText("the result of the talks, by the crowd's own representatives", "人群自己的代表转述会谈结果")
