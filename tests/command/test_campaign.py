"""`--campaign` and `campaign`: what a community remembers from one run to the next."""

import json
from pathlib import Path
from typing import Any

import pytest

from sim.app import main
from sim.exercise.player import play
from sim.storage.campaign import read_campaign
from sim.storage.journal_file import read_journal
from tests.small import small_data


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    data = small_data(minutes=[0, 1], aftermath={"days": 2}, community="neighbours")
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def run(scenario: Path, tmp_path: Path, seed: int, *more: str) -> int:
    return main([
        "run", str(scenario), "--player", "passive", "--seed", str(seed), "--campaign", str(tmp_path / "campaign.json"),
        "--journal", str(tmp_path / f"{seed}.jsonl"), "--json", *more,
    ])  # fmt: skip


def test_two_runs_with_one_file_are_one_story(
    scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == run(scenario, tmp_path, 1)
    figures = json.loads(capsys.readouterr().out)
    assert figures["aftermath"]["missed"] > 0
    assert not figures["score"]["provisional"]
    assert read_journal(tmp_path / "1.jsonl").header.memory is None
    assert 0 == run(scenario, tmp_path, 2)
    capsys.readouterr()
    memory = read_journal(tmp_path / "2.jsonl").header.memory
    assert memory is not None
    assert ("neighbours", 1) == (memory.community, memory.incidents)
    assert 0 == main(["replay", str(tmp_path / "2.jsonl"), "--verify", "--json"])
    assert json.loads(capsys.readouterr().out)["verified"]
    assert 0 == main(["campaign", str(tmp_path / "campaign.json"), "--json"])
    kept = json.loads(capsys.readouterr().out)
    assert [1, 2] == [incident["seed"] for incident in kept["incidents"]]
    assert 2 == kept["memory"]["incidents"]


def test_a_run_that_ends_while_another_is_played_stays_in_the_file(
    scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*args: Any, **named: Any) -> None:
        monkeypatch.setattr("sim.command.run.play", play)
        assert 0 == run(scenario, tmp_path, 2)
        play(*args, **named)

    monkeypatch.setattr("sim.command.run.play", meanwhile)
    assert 0 == run(scenario, tmp_path, 1)
    capsys.readouterr()
    assert [2, 1] == [incident["seed"] for incident in read_campaign(tmp_path / "campaign.json").incidents]


def test_a_campaign_about_others_is_refused(scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == run(scenario, tmp_path, 1)
    text = scenario.read_text(encoding="utf-8").replace("neighbours", "strangers")
    scenario.write_text(text, encoding="utf-8")
    assert 0 != run(scenario, tmp_path, 2)
    assert "neighbours" in "".join(capsys.readouterr())


def test_a_campaign_is_told_in_words(scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == run(scenario, tmp_path, 1)
    capsys.readouterr()
    assert 0 == main(["campaign", str(tmp_path / "campaign.json"), "--lang", "en"])
    assert "Community: neighbours. Incidents so far: 1" in capsys.readouterr().out
    assert 0 != main(["campaign", str(tmp_path / "none.json")])
