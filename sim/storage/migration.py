"""Migration: a file in an older version of the language is written in the next one, one step after the other.

A step changes keys and single values where they stand, so comments, order and layout stay as the author left them.
"""

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.core.errors import BadInput, Fault
from sim.core.phrase import Phrase
from sim.storage.keepsake import in_its_place
from sim.storage.library import KINDS, kind_of
from sim.storage.reader import Document, read_yaml
from sim.storage.reader import Path as Where
from sim.storage.slips import Mark

_TOKEN = re.compile(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^\s:#,{}\[\]]+""")
"""A key or a single value as it stands in a file."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One key or value that is written anew."""

    path: Where
    new: str
    on_key: bool


@dataclass(frozen=True, slots=True)
class Step:
    """From one version to the next."""

    since: int
    says: Phrase
    edits: Callable[[Document], Iterator[Edit]]


@dataclass(frozen=True, slots=True)
class Migrated:
    """A file before and after."""

    file: str
    since: int
    now: int
    before: str
    after: str
    steps: tuple[Phrase, ...]

    @property
    def changed(self) -> bool:
        """True when there was anything to do."""
        return self.before != self.after

    @property
    def difference(self) -> str:
        """What changes, as a unified diff."""
        lines = difflib.unified_diff(
            self.before.splitlines(), self.after.splitlines(), self.file, self.file, lineterm="", n=1
        )
        return "\n".join(lines)


def _name_of_truth(document: Document) -> Iterator[Edit]:
    """`true` as a key has to be quoted, or it is no text: it is called `is_true`."""
    data = document.data if isinstance(document.data, dict) else {}
    rumours = data.get("rumours")
    for k, rumour in enumerate(rumours if isinstance(rumours, list) else []):
        if isinstance(rumour, dict) and "true" in rumour:
            yield Edit(("rumours", k, "true"), "is_true", on_key=True)


STEPS: dict[str, tuple[Step, ...]] = {
    "scenario": (
        Step(1, Phrase("the key true of rumours, which had to be quoted, is called is_true"), _name_of_truth),
    ),
}
"""Every step by kind of file, oldest first; other kinds are in their first version."""


def migrate(source: bytes, name: str) -> Migrated:
    """The file in the newest version of its language; unchanged when it is already.

    Raises:
        BadInput: it cannot be read, or says no version that is known.
    """
    document = read_yaml(source, name)
    kind = next(key for key, model in KINDS.items() if model is kind_of(document))
    text = source.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    ends = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    steps = STEPS.get(kind, ())
    since = version = _version(document, len(steps) + 1)
    before, said = text, []
    for step in steps:
        if step.since != version:
            continue
        version += 1
        edits = [*step.edits(document), Edit(("schema",), str(version), on_key=False)]
        text = _apply(text, document, edits)
        document = read_yaml(text.encode(), name)
        said.append(step.says)
    mark = "\ufeff" if source.startswith(b"\xef\xbb\xbf") else ""
    before, after = (mark + each.replace("\n", ends) for each in (before, text))
    return Migrated(name, since, version, before, after, tuple(said))


def _version(document: Document, newest: int) -> int:
    version = document.data.get("schema") if isinstance(document.data, dict) else None
    if isinstance(version, int) and not isinstance(version, bool) and 1 <= version <= newest:
        return version
    mark = document.mark(("schema",))
    raise BadInput(
        (
            Fault(
                file=document.file,
                line=mark.line,
                column=mark.column,
                path="schema",
                code="unknown-version",
                message=Phrase("this file says no version from 1 to {newest}", newest=newest),
                hint=Phrase("write {example}", example=f"schema: {newest}"),
            ),
        )
    )


def _apply(text: str, document: Document, edits: list[Edit]) -> str:
    """The text with every edit made, the last in the file first, so that places before it stay true."""
    lines = text.split("\n")
    placed = [(document.key_mark(e.path) if e.on_key else document.mark(e.path), e.new) for e in edits]
    for mark, new in sorted(placed, reverse=True):
        lines[mark.line - 1] = _replaced(lines[mark.line - 1], mark, new)
    return "\n".join(lines)


def _replaced(line: str, mark: Mark, new: str) -> str:
    token = _TOKEN.match(line, mark.column - 1)
    return line if token is None else line[: token.start()] + new + line[token.end() :]


def write_migrated(path: Path, migrated: Migrated) -> None:
    """Writes the file anew; the old one stays until the new one is whole.

    Raises:
        BadInput: it cannot be written.
    """
    try:
        with in_its_place(path) as beside:
            beside.write_bytes(migrated.after.encode("utf-8"))
    except OSError as error:
        raise BadInput.of(
            "unwritable", Phrase("{file} cannot be written: {why}", file=str(path), why=str(error.strerror))
        ) from error
