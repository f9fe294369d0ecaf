"""Texts an author writes: in both languages, or once for both."""

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.core.phrase import LText


class Data(BaseModel):
    """Base of everything that is read from a file: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Words(Data):
    """A text as `{en: ..., zh: ...}`, or a plain string where both languages say the same (names, codes)."""

    en: str = Field(min_length=1, description="The text in English.")
    zh: str = Field(min_length=1, description="The text in Simplified Chinese.")

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: object) -> object:
        return {"en": value, "zh": value} if isinstance(value, str) else value

    @property
    def plain(self) -> bool:
        """True when one text stands for both languages."""
        return self.en == self.zh

    @property
    def text(self) -> LText:
        """The value the rest of the program passes around."""
        return LText(self.en, self.zh)
