"""Campaign: a small file that keeps what a community remembers from one exercise to the next."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.storage.held import turn
from sim.storage.journal_file import Header
from sim.storage.keepsake import write_json
from sim.world.journal import Entry
from sim.world.memory import Memory

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Campaign:
    """A community, what it remembers now, and the incidents that led there."""

    memory: Memory = field(default_factory=Memory)
    incidents: tuple[Mapping[str, Any], ...] = ()
    """One for each finished run: scenario, seed, player, how it ended, risk, whether it happened again."""

    def memory_for(self, community: str) -> Memory | None:
        """What this community brings along; None while there has been no incident.

        Raises:
            BadInput: the file is about other people.
        """
        if not self.incidents:
            return None
        if self.memory.community != community:
            raise BadInput.of(
                "other-community",
                Phrase(
                    "this campaign is about {theirs}, the scenario about {ours}",
                    theirs=self.memory.community,
                    ours=community,
                ),
                hint=Phrase("use another campaign file, or a scenario of the same community"),
            )
        return self.memory

    def after(self, header: Header, entries: Iterable[Entry]) -> "Campaign":
        """The campaign once a finished run is part of it.

        It is unchanged by a run that was broken off, that is part of it already, or that was about other people.
        """
        found = list(entries)
        left = memory_left(found)
        if left is None or (self.incidents and left.community != self.memory.community):
            return self
        state = next((str(e.data["digest"]) for e in reversed(found) if e.kind == "digest"), "")
        if state and any(each.get("state") == state for each in self.incidents):
            return self
        outcome = next(e.data for e in reversed(found) if e.kind == "outcome")
        recurrence = next(e.data for e in reversed(found) if e.kind == "consequence" and e.data["what"] == "recurrence")
        incident = {
            "scenario": Path(header.scenario).name,
            "seed": header.seed,
            "player": header.player,
            "reason": outcome["reason"],
            "lost": outcome["lost"],
            "risk": recurrence["risk"],
            "again": recurrence["again"],
            "state": state,
        }
        return Campaign(left, (*self.incidents, incident))


def remember(path: Path, header: Header, entries: Iterable[Entry]) -> None:
    """Enters a finished run in a campaign file as it is now, whatever was entered while the run was played.

    Raises:
        BadInput: the file is no campaign, or the disk does not take it.
    """
    with turn():
        write_campaign(path, read_campaign(path).after(header, entries))


def memory_left(entries: Iterable[Entry]) -> Memory | None:
    """What a run left behind, from its journal; None unless its days after were played to their end."""
    found = [e for e in entries if e.kind == "memory"]
    return Memory.from_dict(found[-1].data) if found else None


def read_campaign(path: Path) -> Campaign:
    """The campaign in a file; an empty one where there is no file yet.

    Raises:
        BadInput: it cannot be read, or is no campaign.
    """
    if not path.exists():
        return Campaign()
    wrong = BadInput.of("bad-campaign", Phrase("{file} is no campaign file", file=str(path)))
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise wrong
        return Campaign(Memory.from_dict(data["memory"]), tuple(dict(each) for each in data["incidents"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as unreadable:
        raise wrong from unreadable


def write_campaign(path: Path, campaign: Campaign) -> None:
    """Puts the file in place of the old one in one step; raises BadInput when the disk does not take it."""
    write_json(
        path,
        {"format": FORMAT, "memory": campaign.memory.as_dict(), "incidents": [dict(i) for i in campaign.incidents]},
    )
