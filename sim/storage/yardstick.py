"""References: what doing nothing and the author's own line score in a scenario, so that a total can be read.

The author's line is an order file under `scenarios/lines`; what both scored over some seeds is kept beside it as JSON,
with the files and the version it was measured with. A total of 62 says little; 62 between 31 and 78 says something.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim import __version__
from sim.scenario.scenario import Playbook
from sim.storage.library import scenario_folder

LINES = "lines"
AUTHOR = "author"
"""The name of an author's own line."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What two ways of playing scored."""

    playbook: str
    """Digest of the files it was measured with."""
    version: str
    seeds: tuple[int, ...]
    passive: tuple[float, ...]
    """Totals of doing nothing, one a seed."""
    expert: tuple[float, ...]
    """Totals of the author's line."""

    def as_dict(self) -> dict[str, Any]:
        """JSON-able form, with the means."""
        return {
            "playbook": self.playbook,
            "version": self.version,
            "seeds": list(self.seeds),
            "passive": list(self.passive),
            "expert": list(self.expert),
            "passive_mean": round(sum(self.passive) / len(self.passive), 1),
            "expert_mean": round(sum(self.expert) / len(self.expert), 1),
        }


def line_of(scenario: str, folder: Path | None = None) -> Path:
    """Where the author's line of a scenario is, or would be."""
    return (folder or scenario_folder() / LINES) / f"{scenario}.yaml"


def lines_of(scenario: str, folder: Path | None = None) -> dict[str, Path]:
    """Every line stored for a scenario by name: `author`, then the other ways, each named by what follows the id.

    `lines/ID.yaml` is the author's own; `lines/ID.WAY.yaml` is another way to the same end.
    """
    first = line_of(scenario, folder)
    others = sorted(first.parent.glob(f"{scenario}.*.yaml"))
    ways = {path.name.removeprefix(f"{scenario}.").removesuffix(".yaml"): path for path in others}
    return ({AUTHOR: first} if first.is_file() else {}) | ways


def read_reference(playbook: Playbook, folder: Path | None = None) -> Reference | None:
    """The stored reference of a scenario; None where there is none, or none that can be read."""
    path = line_of(playbook.scenario.id, folder).with_suffix(".json")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return _reference(data)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_reference(
    playbook: Playbook,
    seeds: Sequence[int],
    passive: Sequence[float],
    expert: Sequence[float],
    folder: Path | None = None,
) -> Reference:
    """Stores what was measured beside the author's line."""
    found = Reference(playbook.digest, __version__, tuple(seeds), tuple(passive), tuple(expert))
    path = line_of(playbook.scenario.id, folder).with_suffix(".json")
    path.write_text(json.dumps(found.as_dict(), indent=2) + "\n", encoding="utf-8")
    return found


def _reference(data: Mapping[str, Any]) -> Reference:
    seeds, passive, expert = (tuple(data[name]) for name in ("seeds", "passive", "expert"))
    if not seeds or not len(seeds) == len(passive) == len(expert):
        raise ValueError(seeds)
    return Reference(str(data["playbook"]), str(data["version"]), seeds, passive, expert)
