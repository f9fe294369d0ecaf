"""`lab`: a plan in, a table out; what is there is not run again, and the exit code says whether its claims hold."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.storage.plans import read_plan, shipped_plans
from tests.command.program import Program, write_scenario

TITLE = {"en": "A", "zh": "甲"}
APART = {"talking": 1, "waiting": -1}


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


def written(folder: Path, **changes: Any) -> Path:
    """A plan about the small incident: waiting and talking for two minutes, on two seeds."""
    scenario = write_scenario(folder)
    talk = {"at": "01:00", "response": "first_contact", "units": ["LIA-1"], "reason": "they should be heard"}
    data: dict[str, Any] = {
        "schema": 1,
        "id": "talk",
        "title": TITLE,
        "scenario": str(scenario),
        "seeds": 2,
        "prepare": {"until": "01:00"},
        "lasts_min": 4,
        "arms": [{"id": "waiting", "title": TITLE}, {"id": "talking", "title": TITLE, "orders": [talk]}],
        "measures": [{"id": "trust", "title": TITLE, "metric": "mean_legitimacy"}],
        "claims": [
            {
                "id": "talk_helps",
                "says": TITLE,
                "measure": "trust",
                "contrast": APART,
                "above": -0.5,
            }
        ],
    }
    path = folder / "plan.yaml"
    # Through JSON, so that nothing in it is the same object twice.
    whole = json.loads(json.dumps(data | changes))
    path.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def test_a_plan_is_carried_out_into_a_table_and_not_run_twice(program: Program, tmp_path: Path) -> None:
    plan, table = written(tmp_path), tmp_path / "table.csv"
    said = program("lab", plan, "--out", table, "--workers", 1, "--json")
    assert 0 == said.code
    assert (2, "talk") == (said.data["seeds"], said.data["plan"])
    assert ["holds"] == [claim["verdict"] for claim in said.data["claims"]]
    first = table.read_bytes()
    again = program("lab", plan, "--out", table, "--workers", 1)
    assert 0 == again.code
    assert "2 of 2" in again.err
    assert first == table.read_bytes()


def test_more_seeds_are_added_to_what_is_there_and_an_unmet_claim_is_exit_1(program: Program, tmp_path: Path) -> None:
    plan, table = written(tmp_path), tmp_path / "table.csv"
    assert 0 == program("lab", plan, "--out", table, "--workers", 1, "--quiet").code
    before = table.read_text(encoding="utf-8")
    claim = {"id": "no", "says": TITLE, "measure": "trust", "contrast": APART, "above": 0.9}
    plan = written(tmp_path, claims=[claim])
    said = program("lab", plan, "--out", table, "--workers", 1, "--seeds", 3, "--lang", "zh")
    assert 1 == said.code
    assert table.read_text(encoding="utf-8").startswith(before)
    assert 1 + 3 * 2 == len(table.read_text(encoding="utf-8").splitlines())


def test_every_fault_of_a_plan_is_named_with_its_line(program: Program, tmp_path: Path) -> None:
    wrong = [
        {"id": "talking", "title": TITLE, "player": "nobody", "orders": [{"at": "00:30", "response": "first_contact"}]}
    ]
    said = program(
        "lab", written(tmp_path, arms=wrong, claims=[], prepare={"until": "09:00"}), "--out", tmp_path / "t.csv"
    )
    assert 2 == said.code
    for word in ("plan.yaml:", "nobody", "before the arms part", "ends at minute 10"):
        assert word in said.err
    assert not (tmp_path / "t.csv").exists()


@pytest.mark.parametrize("name", shipped_plans())
def test_a_shipped_plan_can_be_carried_out(name: str) -> None:
    read = read_plan(name)
    assert name == read.plan.id
    assert read.plan.claims
