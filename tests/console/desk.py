"""A desk to test the console at: keys from a script, a clock that only the script moves, every frame kept."""

from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace, TracebackType
from typing import Self

import pytest
from rich.text import Text

from sim.console.keys import Key
from sim.console.play import Play
from sim.console.post import Post
from sim.exercise.exercise import Exercise
from sim.seat.voice import Voice
from sim.storage.language import speech

Step = str | Key | float | Callable[[], object]
"""A key or its name, a text to type behind `:`, seconds that pass, or something to do between two keys."""

CALL = {
    "id": "call", "minute": 1, "channel": "radio", "about": "report", "truth": "true", "place": "square",
    "text": {"en": "A shopkeeper asks to be let through", "zh": "一名店主请求放行"}, "answers": ["first_contact"],
}  # fmt: skip


class Script:
    """Keys in the order they are pressed, and then none for ever: the line was hung up."""

    def __init__(self, clock: "Clock", steps: Sequence[Step]) -> None:
        self._clock = clock
        self._steps = self._keys(steps)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def read(self, timeout_s: float) -> Key | None:
        return next(self._steps, Key("eof"))

    def _keys(self, steps: Sequence[Step]) -> Iterator[Key | None]:
        for step in steps:
            if isinstance(step, float):
                self._clock.now += step
                yield None
            elif isinstance(step, Key):
                yield step
            elif not isinstance(step, str):
                step()
            elif step.startswith(":"):
                yield from (Key("space", " ") if c == " " else Key(c, c) for c in step[1:])
            else:
                yield Key(step, step if len(step) == 1 else "")


class Clock:
    """Real time, which passes when the script says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


class Glass:
    """A terminal that keeps what was drawn on it."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self.frames: list[list[Text]] = []
        self.asked_to_end = 0
        self.rung = 0

    def draw(self, lines: Sequence[Text]) -> None:
        self.frames.append(list(lines))

    def redraw(self) -> None:
        pass

    def ring(self) -> None:
        self.rung += 1

    def pause_if_asked(self) -> bool:
        return False

    @property
    def text(self) -> str:
        """The last frame."""
        return "\n".join(line.plain for line in self.frames[-1])


class Desk:
    """One commander in front of one run."""

    def __init__(
        self, run: Exercise, patch: pytest.MonkeyPatch, size: tuple[int, int] = (80, 24), language: str = "en"
    ):
        self.run = run
        self.clock = Clock()
        patch.setattr("sim.console.play.time", SimpleNamespace(monotonic=self.clock.monotonic))
        self.glass = Glass(*size)
        self.saves = 0
        self.saved = 0
        """Entries of the journal at the last saving."""
        voices = {"en": speech("en"), "zh": speech("zh")}
        self.post = Post.open(run, Voice(voices[language], voices))

    def __call__(self, *steps: Step) -> str:
        """Begins with the briefing closed, does these things and hangs up; what was shown last is returned."""
        Play(self.post, self.glass, Script(self.clock, ("enter", *steps)), self._save).go()  # type: ignore[arg-type]
        return self.glass.text

    def _save(self) -> None:
        self.saves += 1
        self.saved = len(self.run.journal)

    @property
    def orders(self) -> list[str]:
        """Responses that reached the exercise as orders."""
        return [entry.data["order"]["response"] for entry in self.run.journal if entry.kind == "order"]

    def seen(self, words: str) -> bool:
        """True when these words stood on the screen at some time."""
        return any(words in "\n".join(line.plain for line in frame) for frame in self.glass.frames)
