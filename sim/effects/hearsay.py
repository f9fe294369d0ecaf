"""Hearsay: a signal reaches the desk that may be true, false or unclear, and can be checked with certain sources."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.core.phrase import LText, Phrase
from sim.effects.effect import Effect
from sim.effects.number import Number
from sim.world.activity import Activity
from sim.world.knowledge import ENOUGH, ORIGIN, Claim, Source, usual_sources
from sim.world.world import World


class Told(BaseModel):
    """A few words in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str
    zh: str

    @property
    def text(self) -> LText:
        """The words."""
        return LText(self.en, self.zh)


class SourceData(BaseModel):
    """Somebody who can be asked whether it is so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Told
    how: Told = Field(description="How they come to know it; shown, so that a commander can judge who is independent.")
    grade: Literal["A", "B", "C", "D", "E"] = "C"
    root: str = Field(
        default="",
        description="What their knowledge rests on: `origin` for an echo of the signal, the same word for two that are "
        "one source; their own id when left out.",
    )
    minutes: Number = Field(description="How long asking them takes.")
    says: Literal["", "supports", "contradicts", "cannot_say"] = Field(
        default="", description="What they say; what is so when left out, or that it is so for an echo."
    )


class Hearsay(Effect):
    """From now on the seat has heard the claim; what is so stays hidden until it is verified."""

    do: Literal["hearsay"]
    claim: str
    truth: Literal["true", "false", "unclear"]
    en: str
    zh: str
    rumour: bool = False
    """True when it spreads among people, too."""
    found_en: str = ""
    """What is so, as it can be said once it is checked; "" says no more than that the claim is right or wrong."""
    found_zh: str = ""
    grade: Literal["A", "B", "C", "D", "E"] = "C"
    """Reliability of whoever brought it."""
    sources: tuple[SourceData, ...] = ()
    """Who can be asked; own people and the office in charge when there are none."""

    @model_validator(mode="after")
    def _can_be_settled(self) -> Self:
        names = [source.id for source in self.sources]
        twice = [name for k, name in enumerate(names) if name in names[:k]]
        if twice:
            raise ValueError(
                Phrase("{name} is there twice", name=twice[0]),
                Phrase("keep one of the two, or give one another id"),
            )
        roots = {source.root or source.id for source in self.sources} - {ORIGIN}
        if self.sources and len(roots) < ENOUGH:
            raise ValueError(
                Phrase("no two of these sources are independent, so that the signal could never be verified"),
                Phrase("add a source with a root of its own"),
            )
        return self

    def begin(self, world: World, activity: Activity) -> None:
        """The claim is heard of."""
        if self.claim not in world.claims:
            world.claims[self.claim] = Claim(
                id=self.claim,
                text=LText(self.en, self.zh),
                truth=self.truth,
                heard_tick=world.tick,
                is_rumour=self.rumour,
                found=LText(self.found_en, self.found_zh) if self.found_en else None,
                grade=self.grade,
                sources=tuple(self._source(each) for each in self.sources) or usual_sources(),
            )

    def _source(self, data: SourceData) -> Source:
        root = data.root or data.id
        return Source(
            id=data.id,
            name=data.name.text,
            how=data.how.text,
            grade=data.grade,
            root=root,
            says=data.says or ("supports" if root == ORIGIN else ""),
            ticks=round(data.minutes.value * 600),
        )
