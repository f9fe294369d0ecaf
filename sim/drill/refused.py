"""Refused: why an input was not taken. Nothing has changed then; like a ruling, it is an answer and no error."""

# ruff: noqa: N818  (an exception is named for what happened)

from sim.core.phrase import Phrase

REASONS = {
    "bad-message": Phrase("this is no message of the protocol"),
    "not-yours": Phrase("your role may not do this"),
    "not-now": Phrase("this is not possible now"),
    "no-such": Phrase("there is nothing here of this name, number or value"),
    "own": Phrase("somebody else has to second it"),
    "settled": Phrase("this has been settled"),
    "twice": Phrase("you have done this already"),
    "no-response": Phrase("there is no such response here"),
    "vote-decides": Phrase("here the vote decides, not a call"),
    "too-many": Phrase("too many proposals are open: settle one first"),
    "seat-taken": Phrase("somebody else sits there"),
    "no-reason": Phrase("an assessed drill wants a reason with every proposal"),
    "too-long": Phrase("the text is too long"),
}
"""By code, as the protocol knows it."""


class Refused(Exception):
    """An input was not taken."""

    def __init__(self, code: str, about: str = "", why: Phrase | None = None) -> None:
        """Carry one of the protocol's codes, the field it is about, and a sentence that says more than the code's."""
        self.code = code
        self.about = about
        self._why = why
        super().__init__(code)

    @property
    def phrase(self) -> Phrase:
        """The reason, as a sentence."""
        return self._why or REASONS[self.code]

    def __str__(self) -> str:
        """The reason in English."""
        return self.phrase.english()
