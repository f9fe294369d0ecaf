"""What a scenario may ask of a run: met exactly it is accepted, one more is refused at its line."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.crowd.ground import MOST_CELLS
from sim.scenario.scenario import MOST_MINUTES, MOST_PEOPLE
from sim.storage.library import check_file
from tests.small import small_data

GROUP = 2000
"""The most people in one group."""


def people(total: int) -> dict[str, Any]:
    """Groups of so many people in all."""
    sizes = [GROUP] * (total // GROUP) + ([total % GROUP] if total % GROUP else [])
    return {"groups": [{**small_data()["groups"][0], "id": f"g{k}", "people": n} for k, n in enumerate(sizes)]}


def injects(number: int) -> dict[str, Any]:
    """So many lines of the timeline."""
    one = {"minute": 1, "channel": "radio", "about": "report", "truth": "true"}
    return {"injects": [{"id": f"i{k}", **one} for k in range(number)]}


def minutes(length: float) -> dict[str, Any]:
    """A scene that lasts so long."""
    return {"minutes": [-30, length - 30]}


def cells(number: int) -> dict[str, Any]:
    """A site of about so many squares: the cap is a square of squares of half a metre."""
    side = {-1: 999.5, 0: 1000.0, 1: 1000.5}[number - MOST_CELLS]
    return {
        "site": {
            **small_data()["site"],
            "width_m": side * (MOST_CELLS / 4_000_000) ** 0.5,
            "height_m": 1000.0 * (MOST_CELLS / 4_000_000) ** 0.5,
            "cell_m": 0.5,
        }
    }


@pytest.mark.parametrize(
    ("make", "cap", "code", "path"),
    [
        (people, MOST_PEOPLE, "too-many-people", "groups"),
        (injects, 200, "too-long", "injects"),
        (minutes, int(MOST_MINUTES), "too-long-run", "minutes"),
        (cells, MOST_CELLS, "site-too-fine", "site.cell_m"),
    ],
)
@pytest.mark.parametrize("over", [-1, 0, 1])
def test_a_budget_is_met_exactly(make: Any, cap: int, code: str, path: str, over: int, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        yaml.safe_dump(small_data(**make(cap + over)), sort_keys=False, allow_unicode=True), encoding="utf-8"
    )
    found = [(fault.code, fault.path) for fault in check_file(file) if fault.severity == "error"]
    assert ([(code, path)] if over == 1 else []) == found
