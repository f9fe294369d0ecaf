"""Dialogue: whether people were listened to, chose who speaks for them, met whoever can decide, and heard of it."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, not_assessed
from sim.measures.record import Record, number, yes


class Dialogue(Measure):
    """Listening rounds earn less and less, and nothing when they crowd each other; each further step counts once."""

    measure: Literal["dialogue"]
    rounds: tuple[float, ...] = Field(min_length=1, description="What the first, second ... listening round earns.")
    apart_min: float = Field(ge=0, description="A round counts only so long after the last that counted.")
    contacts: float = Field(gt=0, description="Conversations that make a whole round.")
    representatives: float = Field(ge=0, le=1, description="For people choosing who speaks for them.")
    meeting: float = Field(ge=0, le=1, description="For a meeting with somebody who can decide.")
    report_back: float = Field(ge=0, le=1, description="For the result being told to the crowd.")
    understood: float = Field(ge=0, le=1, description="Share of the people who must have understood it.")
    at_least_min: float = Field(ge=0, description="A gathering shorter than this gives no time to talk.")

    def assess(self, record: Record) -> Assessment:
        """What the steps taken add up to."""
        lines = [*self._listening(record), *self._steps(record)]
        if not lines and not record.lasted(self.at_least_min):
            return not_assessed(Phrase("there was no time to talk"))
        if not lines:
            assert record.gathering is not None
            silence = Line(
                minute=record.gathering.first_min + self.at_least_min,
                observable=Phrase("nobody had been listened to by now"),
                rule=Phrase("Listening comes first: rapport grows from it alone, and influence from rapport"),
                points=-1.0,
            )
            return assessed(0.0, [silence])
        return assessed(sum(line.points for line in lines), sorted(lines, key=lambda line: line.minute))

    def _listening(self, record: Record) -> list[Line]:
        rule = Phrase("Listening comes first: rapport grows from it alone, and influence from rapport")
        lines: list[Line] = []
        counted, last = 0, float("-inf")
        for entry in record.consequences("talk"):
            contacts, minute = number(entry.data, "contacts"), record.minute(entry.tick)
            if not yes(entry.data, "listened") or contacts <= 0.0:
                continue
            credit = 0.0
            if minute - last >= self.apart_min and counted < len(self.rounds):
                credit = self.rounds[counted] * min(1.0, contacts / self.contacts)
                counted, last = counted + 1, minute
            seen = Phrase("a listening round with {contacts:.0f} conversations", contacts=contacts)
            lines.append(Line(minute=minute, observable=seen, rule=rule, points=credit))
        return lines

    def _steps(self, record: Record) -> list[Line]:
        chosen = [e for e in record.consequences("representatives") if number(e.data, "number") > 0]
        met = [e for e in record.consequences("meeting") if yes(e.data, "mandate")]
        told = [
            e
            for e in record.consequences("report_back")
            if number(e.data, "promises") > 0 and number(e.data, "understood") >= self.understood
        ]
        steps = (
            (
                chosen,
                self.representatives,
                Phrase("the crowd chose who speaks for it"),
                Phrase("The crowd chooses its own representatives; the police do not pick them"),
            ),
            (
                met,
                self.meeting,
                Phrase("representatives met somebody who can decide"),
                Phrase("Bring those who can decide to the table; the police promise only what is theirs"),
            ),
            (
                told,
                self.report_back,
                Phrase("the result was told to the crowd and understood"),
                Phrase("What was agreed is reported back aloud to everybody"),
            ),
        )
        return [
            Line(minute=record.minute(found[0].tick), observable=seen, rule=rule, points=credit)
            for found, credit, seen, rule in steps
            if found
        ]
