"""Everything that can go wrong, as one tree of exceptions.

    CommonGroundError
    ├── BadInput        what a person wrote or typed cannot be used; carries every fault found
    ├── Undigestible    a value of a kind that has no canonical bytes (also a TypeError)
    ├── NotFinite       a number stopped being a number; names tick, array and person
    ├── ReplayDiffers   a recomputed run left the recorded one; names the first tick
    ├── AlteredJournal  a journal's bytes are not the ones that were written
    ├── OldJournal      a journal was made by rules this version no longer has
    └── WorkerLost      another process ended in the middle of its work

Every one can be said in either language through `phrase`, printed in English with `str`, and pickled.
A refused order is not an error: it is a ruling, with its reasons.
"""

# ruff: noqa: N818  (an exception is named for what happened, as in `except BadInput`)

from abc import abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sim.core.phrase import Phrase

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with what a person wrote, where it is, and how to put it right."""

    file: str | None = None
    """The file it is in; None when it came from elsewhere."""
    line: int | None = None
    """The line, counted from 1."""
    column: int | None = None
    """The column, counted from 1."""
    path: str = ""
    """Where it is inside the document, such as `injects[3].at`."""
    code: str
    """A short stable name of the kind of fault, such as `unknown-key`."""
    severity: Severity = "error"
    """`error` when the input cannot be used, `warning` when it can but should not."""
    message: Phrase
    """What is wrong."""
    hint: Phrase | None = None
    """What to do about it, if we know."""

    def as_dict(self, say: Callable[[Phrase], str] = Phrase.english) -> dict[str, Any]:
        """Return the fault as plain data, its sentences spoken by `say` (English unless told)."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "path": self.path,
            "code": self.code,
            "severity": self.severity,
            "message": say(self.message),
            "hint": None if self.hint is None else say(self.hint),
        }

    @property
    def place(self) -> str:
        """The fault's place as `file:line:column`, as far as it is known."""
        known = (self.file, self.line, self.column)
        return ":".join(str(part) for part in known if part is not None) or self.path


class CommonGroundError(Exception):
    """Anything this program raises on purpose."""

    @property
    @abstractmethod
    def phrase(self) -> Phrase:
        """What went wrong, as a sentence that can be translated."""

    def __str__(self) -> str:
        """Return what went wrong, in English."""
        return self.phrase.english()


class BadInput(CommonGroundError):
    """What a person wrote or typed cannot be used."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Carry `faults`, at least one, in the order given."""
        self.faults: tuple[Fault, ...] = tuple(faults)
        if not self.faults:
            raise ValueError("bad input needs at least one fault")
        super().__init__(self.faults)

    @classmethod
    def of(cls, code: str, message: Phrase, *, path: str = "", hint: Phrase | None = None) -> "BadInput":
        """Return the error for a single fault that has no file, such as a mistyped argument."""
        return cls((Fault(path=path, code=code, message=message, hint=hint),))

    @property
    def phrase(self) -> Phrase:
        """The first fault, and how many more there are."""
        first = self.faults[0]
        if len(self.faults) == 1:
            return first.message
        return Phrase("{first} (and {more} more)", first=first.message, more=len(self.faults) - 1)

    def __str__(self) -> str:
        """Return every fault in English, one a line, each with its place."""
        return "\n".join(
            f"{fault.place}: {fault.message.english()}" if fault.place else fault.message.english()
            for fault in self.faults
        )


class Undigestible(CommonGroundError, TypeError):
    """A value has no canonical bytes, because its kind was never given any."""

    def __init__(self, kind: str) -> None:
        """Name the kind, such as `set`."""
        self.kind = kind
        super().__init__(kind)

    @property
    def phrase(self) -> Phrase:
        """Which kind it was."""
        return Phrase("a value of kind {kind} cannot be digested", kind=self.kind)


class NotFinite(CommonGroundError):
    """A number stopped being a number; the run cannot go on and be trusted."""

    def __init__(self, array: str, person: int | None = None, tick: int | None = None) -> None:
        """Name the `array` (or field), the `person` (flat index in it) and the `tick`, as far as known."""
        self.array = array
        self.person = person
        self.tick = tick
        super().__init__(array, person, tick)

    def inside(self, name: str) -> "NotFinite":
        """Return the same error seen from one level up, where the array's holder is called `name`."""
        joined = name if not self.array else f"{name}{'' if self.array[0] == '[' else '.'}{self.array}"
        return NotFinite(joined, self.person, self.tick)

    def at(self, tick: int) -> "NotFinite":
        """Return the same error with the tick it was found at."""
        return NotFinite(self.array, self.person, tick)

    @property
    def phrase(self) -> Phrase:
        """Where the number was."""
        where = Phrase("{array} is not a number", array=self.array or "a value")
        if self.person is not None:
            where = Phrase("{array}[{person}] is not a number", array=self.array, person=self.person)
        if self.tick is None:
            return where
        return Phrase("{where}, at tick {tick}", where=where, tick=self.tick)


class ReplayDiffers(CommonGroundError):
    """A recomputed run left the recorded one."""

    def __init__(self, tick: int, array: str | None = None, person: int | None = None) -> None:
        """Name the first `tick` that differs, and the `array` and `person` when both states are at hand."""
        self.tick = tick
        self.array = array
        self.person = person
        super().__init__(tick, array, person)

    @property
    def phrase(self) -> Phrase:
        """Where the two runs part."""
        if self.array is None:
            return Phrase("the replay differs from the record at tick {tick}", tick=self.tick)
        if self.person is None:
            return Phrase(
                "the replay differs from the record at tick {tick}, in {array}",
                tick=self.tick,
                array=self.array,
            )
        return Phrase(
            "the replay differs from the record at tick {tick}, in {array}, person {person}",
            tick=self.tick,
            array=self.array,
            person=self.person,
        )


class AlteredJournal(CommonGroundError):
    """A journal's bytes are not the ones that were written."""

    def __init__(self, record: int, reason: Phrase) -> None:
        """Name the first bad `record`, counted from 0, and what is wrong with it."""
        self.record = record
        self.reason = reason
        super().__init__(record, reason)

    @property
    def phrase(self) -> Phrase:
        """Which record, and why."""
        return Phrase("the journal was altered at record {record}: {reason}", record=self.record, reason=self.reason)


class OldJournal(CommonGroundError):
    """A journal was made by rules this version no longer has, so it can be read but not run again."""

    def __init__(self, made_by: str, ours: str) -> None:
        """Name the version that made it and the version we are."""
        self.made_by = made_by
        self.ours = ours
        super().__init__(made_by, ours)

    @property
    def phrase(self) -> Phrase:
        """The two versions."""
        return Phrase(
            "the journal was made by version {made_by} and this is version {ours}: "
            "it can be viewed as recorded, but not run again",
            made_by=self.made_by,
            ours=self.ours,
        )


class WorkerLost(CommonGroundError):
    """Another process ended in the middle of its work."""

    def __init__(self, code: int) -> None:
        """Name its exit `code`."""
        self.code = code
        super().__init__(code)

    @property
    def phrase(self) -> Phrase:
        """What happened."""
        return Phrase("a process of the lab ended with code {code} in the middle of its work", code=self.code)
