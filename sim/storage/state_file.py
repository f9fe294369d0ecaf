"""State files: where a run or a room stands, beside its journal, so that nothing has to be computed again to go on.

The journal is the truth, and a state file a copy that can be thrown away at any time: it says for how many entries of
which journal it stands and which program made it, and whatever does not fit is passed over in silence.

The bytes are one line, a digest of everything behind it and what it says of itself as JSON, and then the state.
"""

import contextlib
import glob
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim import __version__
from sim.storage.journal_file import Record
from sim.storage.keepsake import write_whole
from sim.storage.kernels import package_digest

FORMAT = 1
SUFFIX = ".state"
_CHECK = 32
"""Letters of the digest at the beginning."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where something stood when its journal held so many entries."""

    entries: int
    link: str
    """Link of the journal's last line then."""
    state: bytes
    more: Mapping[str, Any] = field(default_factory=dict)
    """What else is wanted with it, as JSON has it."""


def state_path(journal: Path) -> Path:
    """Where it lies: `run.jsonl` has `run.jsonl.state`."""
    return journal.with_name(journal.name + SUFFIX)


def write_state(journal: Path, standing: Standing) -> None:
    """Puts it in place of the one before in one step.

    Raises:
        BadInput: the disk does not take it; the one before is as it was.
    """
    head = {**_program(), "entries": standing.entries, "link": standing.link, "more": standing.more}
    content = json.dumps(head, separators=(",", ":"), allow_nan=False).encode() + b"\n" + standing.state
    write_whole(state_path(journal), _check(content) + b" " + content)


def read_state(journal: Path, record: Record) -> Standing | None:
    """What is kept beside this journal, as it was read; None unless it is whole, ours and a beginning of it."""
    try:
        data = state_path(journal).read_bytes()
    except OSError:
        return None
    check, content = data[:_CHECK], data[_CHECK + 1 :]
    if check != _check(content):
        return None
    line, _, state = content.partition(b"\n")
    try:
        head = json.loads(line)
        standing = Standing(head.pop("entries"), head.pop("link"), state, head.pop("more"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if head != _program() or type(standing.entries) is not int or not 0 <= standing.entries <= len(record.entries):
        return None
    return standing if record.links[standing.entries] == standing.link else None


def drop_state(journal: Path) -> None:
    """Takes the state of a journal away, and what a killed program left half written of one."""
    tidy_state(journal)
    with contextlib.suppress(OSError):
        state_path(journal).unlink(missing_ok=True)


def tidy_state(journal: Path) -> None:
    """Takes away what a killed program left half written; nobody else may be writing one."""
    for half in journal.parent.glob(f"{glob.escape(state_path(journal).name)}.*.part"):
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)


def _check(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest()[:_CHECK].encode()


@lru_cache(maxsize=1)
def _program() -> dict[str, object]:
    """What a state belongs to beside its journal: every line of the program, and what runs it."""
    return {"format": FORMAT, "version": __version__, "program": package_digest()}
