"""A problem: one thing wrong with a data file beyond its shape, for the checker to put a line and column to."""

from dataclasses import dataclass

from sim.core.phrase import LText, Phrase

Path = tuple[str | int, ...]
CALLED = {
    "place": LText("place", "地点"),
    "exit": LText("exit", "出口"),
    "group": LText("group", "人群"),
    "rumour": LText("rumour", "传言"),
    "claim": LText("claim", "说法"),
    "lane": LText("lane", "车道"),
    "lanes": LText("lane", "车道"),
    "ref": LText("claim, lane or demand", "说法、车道或诉求"),
    "demand": LText("demand", "诉求"),
    "response": LText("response", "处置措施"),
    "inject": LText("inject", "事件"),
    "aim": LText("aim", "目标"),
    "loss": LText("loss", "红线"),
    "rule": LText("rule", "规则"),
    "player": LText("player", "自动玩家"),
    "packs": LText("pack", "法律包"),
    "rubrics": LText("rubric", "评分标准"),
    "seat": LText("seat", "席位"),
    "scenario": LText("scenario", "情景"),
    "drill": LText("drill", "演练"),
}
"""Kinds of names, as a sentence says them."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a scenario or pack beyond its shape."""

    path: Path
    code: str
    message: Phrase
    word: str = ""
    """The name that is not known, for a nearest-name hint."""
    known: tuple[str, ...] = ()
    """Names that would have been."""
    hint: Phrase | None = None
    """How to put it right, where no name is the answer."""
    warning: bool = False


def no_such(kind: str, name: str) -> Phrase:
    """Says that nothing of that kind has that name."""
    return Phrase("there is no {kind} called {name}", kind=CALLED.get(kind, kind), name=name)


def unknown_name(path: Path, kind: str, name: str, known: tuple[str, ...]) -> Problem:
    """The problem of a name that means nothing, with those that would."""
    return Problem(path, "unknown-" + kind, no_such(kind, name), word=name, known=known)
