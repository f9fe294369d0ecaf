"""What ships: every file loads, every number says where it comes from, every group of responses is there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from sim.core.errors import BadInput
from sim.effects.number import Number
from sim.storage.library import check_file, load_playbook, responses, scenario_folder, scenarios
from sim.storage.orders import read_orders

LINES = sorted((scenario_folder() / "lines").glob("*.yaml"))
FILES = sorted(set(scenario_folder().rglob("*.yaml")) - set(LINES))
GROUPS = {
    "information", "negotiation", "facilitation", "statement", "law", "posture", "containment", "dispersal",
    "targeted", "care",
}  # fmt: skip


def parts(value: Any) -> Iterator[Any]:
    """A model and everything in it."""
    yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from parts(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from parts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from parts(item)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(scenario_folder())))
def test_every_file_that_ships_has_no_fault(path: Any) -> None:
    assert () == check_file(path)


@pytest.mark.parametrize("path", LINES, ids=lambda path: path.stem)
def test_every_line_of_an_author_is_orders_that_its_scenario_knows(path: Any) -> None:
    # The name before the first dot is the scenario's; what follows is the way the line goes.
    assert read_orders(path, load_playbook(path.name.partition(".")[0]))


@pytest.mark.parametrize("name", scenarios())
def test_every_scenario_can_be_played(name: str) -> None:
    assert name == load_playbook(name).scenario.id


def test_there_are_responses_of_every_group_and_more_than_eighteen() -> None:
    found, _ = responses()
    assert GROUPS <= {response.group for response in found.values()}
    assert len(found) >= 18


def test_every_response_does_something_and_says_it_in_two_languages() -> None:
    for response in responses()[0].values():
        assert response.effects or response.id == "hold"
        for words in (response.title, response.says):
            assert words.en != words.zh
            assert any("\u4e00" <= letter <= "\u9fff" for letter in words.zh)


def test_every_number_is_assumed_or_sourced_and_a_source_is_named() -> None:
    models = [*responses()[0].values(), *(load_playbook(name).scenario for name in scenarios())]
    numbers = [part for model in models for part in parts(model) if isinstance(part, Number)]
    assert len(numbers) > 100
    for number in numbers:
        assert number.status in {"assumed", "sourced"}
        assert number.status == "assumed" or number.source


def test_the_taxi_blockade_tells_true_false_and_unclear_things_and_reacts_to_what_was_done() -> None:
    injects = load_playbook("taxi_ring_square").scenario.injects
    assert len(injects) >= 14
    assert {"true", "false", "unclear"} == {inject.truth for inject in injects}
    assert any(inject.when is not None for inject in injects)
    assert any(inject.handled is not None and inject.if_not for inject in injects)


def test_texts_of_the_scenario_are_written_in_both_languages() -> None:
    source = (scenario_folder() / "taxi_ring_square.yaml").read_text(encoding="utf-8")

    def pairs(value: Any) -> Iterator[dict[str, str]]:
        if isinstance(value, dict):
            if "en" in value:
                yield value
            for item in value.values():
                yield from pairs(item)
        elif isinstance(value, list):
            for item in value:
                yield from pairs(item)

    found = list(pairs(yaml.safe_load(source)))
    assert len(found) > 100
    for words in found:
        assert words["en"] != words["zh"] or not words["en"].isascii() or len(words["en"]) < 12


@pytest.fixture
def authors(tmp_path: Path) -> Path:
    """An author's folder with a scenario that is scored by a rubric of its own, for now that of the program."""
    shipped = scenario_folder()
    scenario = (shipped / "first_steps.yaml").read_text(encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(scenario.replace("id: first_steps", "id: mine\nrubric: gentle", 1), "utf-8")
    (tmp_path / "rubrics").mkdir()
    rubric = (shipped / "rubrics" / "default.yaml").read_text(encoding="utf-8")
    (tmp_path / "rubrics" / "gentle.yaml").write_text(rubric.replace("id: default", "id: gentle", 1), "utf-8")
    return tmp_path


def test_an_authors_rubric_may_weigh_what_it_likes(authors: Path) -> None:
    path = authors / "rubrics" / "gentle.yaml"
    rubric = path.read_text(encoding="utf-8")
    dimensions = yaml.safe_load(rubric)["dimensions"]
    weights = [f"weight: {each['weight']}" for each in dimensions[:2]]
    for old, new in zip(weights, ("weight: 1", f"weight: {sum(d['weight'] for d in dimensions[:2]) - 1}"), strict=True):
        rubric = rubric.replace(old, new, 1)
    path.write_text(rubric, encoding="utf-8")
    assert () == check_file(path)
    assert "gentle" == load_playbook(str(authors / "mine.yaml")).rubric.id


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("cap: D", "cap: B", "gate-loosened"), ("- id: containment", "- id: contained", "gate-missing")],
)
def test_no_rubric_of_an_author_is_without_a_gate_or_looser(authors: Path, old: str, new: str, code: str) -> None:
    path = authors / "rubrics" / "gentle.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert [code] == [fault.code for fault in check_file(path)]
    with pytest.raises(BadInput) as refused:
        load_playbook(str(authors / "mine.yaml"))
    assert [(code, str(path))] == [(fault.code, fault.file) for fault in refused.value.faults]
