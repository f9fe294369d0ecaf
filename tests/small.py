"""A small incident for tests: sixty people on a square of 120 x 80 m, a wall in the east, ten minutes."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sim.exercise.exercise import Exercise
from sim.scenario.pack import Pack
from sim.scenario.rubric import Rubric
from sim.scenario.scenario import Playbook, Scenario
from sim.storage.library import read_model, responses, scenario_folder


def assumed(value: float) -> dict[str, float]:
    """A number as data files write it."""
    return {"assumed": value}


def small_data(**changes: Any) -> dict[str, Any]:
    """The scenario as plain data, with top-level keys replaced."""
    data: dict[str, Any] = {
        "schema": 1,
        "id": "small",
        "title": {"en": "Small square", "zh": "小广场"},
        "summary": {"en": "A test.", "zh": "测试。"},
        "briefing": {"en": "A test.", "zh": "测试。"},
        "minutes": [0, 10],
        "site": {
            "width_m": 120,
            "height_m": 80,
            "cell_m": 1.0,
            "solids": [{"name": "wall", "area": {"rect": [95, 5, 97, 75]}}],
            "places": [
                {"id": "square", "name": "square", "area": {"rect": [40, 25, 70, 55]}},
                {"id": "west", "name": "west", "area": {"rect": [0.5, 30, 4, 50]}, "exit_width_m": 20},
                {"id": "south", "name": "south", "area": {"rect": [50, 0.5, 60, 4]}, "exit_width_m": 10},
                {"id": "behind", "name": "behind", "area": {"rect": [104, 34, 112, 46]}},
                {"id": "corner", "name": "corner", "area": {"rect": [5, 65, 15, 75]}},
            ],
            "lanes": [
                {"id": "lane", "name": "lane", "x0_m": 5, "x1_m": 90, "y_m": 15, "emergency": True},
            ],
        },
        "groups": [
            {
                "id": "people",
                "name": "people",
                "people": 60,
                "roles": {"sympathiser": 0.8, "core": 0.15, "organiser": 0.05},
                "arrives": {"from_min": 0, "to_min": 0},
                "spawn": ["square"],
                "post": ["square"],
                "exits": ["west", "south"],
            }
        ],
        "demands": [
            {
                "id": "heard",
                "name": {"en": "to be heard", "zh": "有人听"},
                "weight": assumed(0.9),
                "grantable_by": ["CMD", "GOV"],
            }
        ],
        "rumours": [
            {"id": "death", "claim": {"en": "a death", "zh": "有人死亡"}, "true": False, "evidence_min": assumed(5)}
        ],
        "units": [
            {"id": "CMD-1", "code": "CMD", "strength": 1, "arrives_min": 0, "at": "corner"},
            {"id": "INF-1", "code": "INF", "strength": 2, "arrives_min": 0, "at": "corner"},
            {"id": "LIA-1", "code": "LIA", "strength": 2, "arrives_min": 0, "at": "corner"},
            {"id": "PAT-1", "code": "PAT", "strength": 6, "arrives_min": 0, "at": "corner"},
            {"id": "PAT-2", "code": "PAT", "strength": 6, "arrives_min": 0, "at": "behind"},
            {"id": "MED-1", "code": "MED", "strength": 2, "arrives_min": 0, "at": "corner"},
            {"id": "POU-1", "code": "POU", "strength": 14, "arrives_min": 0, "at": "corner"},
            {"id": "GOV-1", "code": "GOV", "strength": 1, "arrives_min": 5, "at": "corner", "mandate": True},
        ],
        "doctrine": {"unlawful_orders": "mark"},
        "injects": [],
    }
    data.update(changes)
    return data


@cache
def _parts() -> tuple[Mapping[str, Any], Pack, Rubric]:
    folder = scenario_folder()
    return (
        responses()[0],
        read_model(folder / "packs" / "un_baseline.yaml", Pack)[0],
        read_model(folder / "rubrics" / "default.yaml", Rubric)[0],
    )


def small_playbook(**changes: Any) -> Playbook:
    """The scenario with the shipped responses, law and rubric; `changes` replace top-level keys of its data."""
    scenario = Scenario.model_validate(small_data(**changes))
    catalogue, pack, rubric = _parts()
    assert scenario.faults(catalogue) == ()
    return Playbook(scenario, scenario.retimed(catalogue), pack, pack, rubric, "small")


def small_exercise(seed: int = 1, **changes: Any) -> Exercise:
    """An exercise of it."""
    return Exercise(small_playbook(**changes), seed)
