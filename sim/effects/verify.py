"""Verify: sources are asked about a signal or rumour; two that do not rest on each other settle it."""

from typing import ClassVar, Literal

from sim.core.phrase import LText, Phrase
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.knowledge import ENOUGH, ORIGIN, Claim, Source
from sim.world.message import About, Via
from sim.world.world import World

VERDICTS = {
    "true": LText("Confirmed by two sources", "经两个独立来源证实属实"),
    "false": LText("Not so, two sources contradict it", "不属实，两个独立来源均予否定"),
    "unclear": LText("Still unclear, the sources do not agree", "尚不清楚，来源说法不一"),
}
ANSWERS = {
    "supports": LText("says it is so", "称属实"),
    "contradicts": LText("says it is not so", "称不属实"),
    "cannot_say": LText("cannot say", "无法确认"),
}
SHARED_BY = 2
"""Sources without a time of their own take this part of the response's: it is made for two (assumed)."""


class Verify(Effect):
    """The order names the sources (`sources`, ids joined with +); named none, the desk asks the best that are left.

    They are asked one after the other. What the seat learns is what they said; the truth once `ENOUGH` of them that do
    not rest on each other have answered, with something to show for it.
    """

    do: Literal["verify"]
    raises: ClassVar[tuple[str, ...]] = ("verified:*",)

    def begin(self, world: World, activity: Activity) -> None:
        """The clock of checking starts; how long it takes depends on who is asked."""
        claim = world.claims.get(activity.order.target)
        if claim is None:
            return
        named = tuple(name for name in activity.text("sources").split("+") if claim.source(name) is not None)
        chosen = named or claim.best_left()
        activity.memo["asks"] = "+".join(chosen)
        claim.asking = (*claim.asking, *(name for name in chosen if name not in claim.asking))
        takes = [self._takes(claim, activity, name) for name in chosen]
        if takes:
            activity.run_ticks = max(1, sum(takes))

    def end(self, world: World, activity: Activity) -> None:
        """Whoever was asked by now has answered; broken off, the others have not."""
        claim = world.claims.get(activity.order.target)
        asks = tuple(name for name in str(activity.memo.get("asks", "")).split("+") if name)
        if claim is None:
            return
        claim.asking = tuple(name for name in claim.asking if name not in asks)
        left = world.tick - activity.stage_tick
        answered: list[str] = []
        for name in asks:
            left -= self._takes(claim, activity, name)
            if left >= 0:
                answered.append(name)
        # What each of them said is news only while it settles nothing.
        settles = len(claim.roots((*claim.asked, *answered))) >= ENOUGH
        for name in answered:
            answer(world, claim, name, quietly=settles)

    def _takes(self, claim: Claim, activity: Activity, name: str) -> int:
        """Ticks it takes to ask this source."""
        source = claim.source(name)
        if source is not None and source.ticks:
            return source.ticks
        if "share" not in activity.memo:
            activity.memo["share"] = activity.run_ticks // SHARED_BY
        return int(activity.memo["share"])


def answer(world: World, claim: Claim, name: str, *, quietly: bool = False) -> None:
    """A source has answered: the seat is told so, unless `quietly`, and the truth if that settles the claim."""
    source = claim.source(name)
    if source is None or claim.verified:
        return
    before = claim.roots(claim.asked)
    again = name in claim.asked
    if not again:
        claim.asked = (*claim.asked, name)
        claim.said = (*claim.said, claim.answer_of(source))
    roots = claim.roots(claim.asked)
    world.consequence("source_asked", claim=claim.id, source=name, again=again, independent=len(roots) > len(before))
    if len(roots) >= ENOUGH:
        _settle(world, claim)
    elif not quietly:
        world.tell(
            Via.INFORMATION,
            About.REPORT,
            _said(claim, source, again=again, new=len(roots) > len(before)),
            ref=claim.id,
            grade=source.grade,
        )


def _said(claim: Claim, source: Source, *, again: bool, new: bool) -> Phrase:
    if again:
        return Phrase(
            "{source} was asked before and has nothing to add: “{claim}”", source=source.name, claim=claim.text
        )
    if source.root == ORIGIN:
        return Phrase(
            "{source} {answer}, but only has it from where it came from; that confirms nothing: “{claim}”",
            source=source.name,
            answer=ANSWERS[claim.answer_of(source)],
            claim=claim.text,
        )
    if not new:
        return Phrase(
            "{source} {answer}, but has it from somebody asked before; that is still one source: “{claim}”",
            source=source.name,
            answer=ANSWERS[claim.answer_of(source)],
            claim=claim.text,
        )
    return Phrase(
        "{source} {answer}; a second independent source is missing: “{claim}”",
        source=source.name,
        answer=ANSWERS[claim.answer_of(source)],
        claim=claim.text,
    )


def _settle(world: World, claim: Claim) -> None:
    claim.verified_tick = world.tick
    claim.evidence = True
    world.flag(f"verified:{claim.id}")
    world.consequence(
        "verified", claim=claim.id, truth=claim.truth, is_rumour=claim.is_rumour, sources=list(claim.asked)
    )
    world.tell(
        Via.INFORMATION,
        About.REPORT,
        Phrase("{verdict}: “{claim}”", claim=claim.text, verdict=VERDICTS[claim.truth]),
        ref=claim.id,
        grade="A",
    )
