"""A room's `__init__` says what other rooms may use: a sorted list in which every name is real."""

import importlib
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "sim"
ROOMS = sorted({path.relative_to(HOUSE).parts[0] for path in HOUSE.glob("*/**/*.py")})


def reading_order(name: str) -> tuple[int, list[tuple[int, str]]]:
    """CONSTANTS, then Classes, then functions; inside each by name, with a2 before a10 (ruff's RUF022)."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, [(int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|\D+", name)]


def test_the_house_has_rooms() -> None:
    assert ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_exports_a_sorted_list_of_names_that_exist(room: str) -> None:
    module = importlib.import_module(f"sim.{room}")
    exported = list(module.__all__)
    assert exported, f"sim/{room}/__init__.py exports nothing"
    assert sorted(set(exported), key=reading_order) == exported
    assert [] == [name for name in exported if not hasattr(module, name) and not find_spec(f"sim.{room}.{name}")]
    assert [] == [name for name in exported if name.startswith("_")]
