"""Texts an author writes: in both languages, or once for both."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from sim.core.phrase import LText

ID = r"^[a-z][a-z0-9_]*$"
"""How ids are written."""


def ids_of(kind: str) -> dict[str, Any]:
    """For `json_schema_extra`: what the ids in a field are ids of, so that editors can complete them."""
    return {"x-ids": kind}


class Data(BaseModel):
    """Base of everything that is read from a file: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields changed; what was worked out from the old ones is not taken along."""
        copy = super().model_copy(update=update, deep=deep)
        if update:
            known = type(copy).model_fields
            for name in [name for name in copy.__dict__ if name not in known]:
                del copy.__dict__[name]
        return copy


class Words(Data):
    """A text as `{en: ..., zh: ...}`, or a plain string where both languages say the same (names, codes)."""

    en: str = Field(min_length=1, description="The text in English.")
    zh: str = Field(min_length=1, description="The text in Simplified Chinese.")

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: object) -> object:
        return {"en": value, "zh": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """A plain text is as good as a section."""
        return {"anyOf": [dict(handler(schema)), {"type": "string", "minLength": 1}]}

    @property
    def plain(self) -> bool:
        """True when one text stands for both languages."""
        return self.en == self.zh

    @property
    def text(self) -> LText:
        """The value the rest of the program passes around."""
        return LText(self.en, self.zh)
