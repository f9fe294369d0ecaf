"""The schemas lie where files point to, are not stale, and do in a real editor's server what they are for."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from sim.scenario.scenario import Scenario
from sim.storage.library import KINDS, read_model, scenario_folder
from sim.storage.schema import modeline, scenario_ids, schema_folder, schema_of, written
from tests.storage.language_server import Editor, find_server

FOLDERS = {
    "*.yaml": "scenario",
    "responses/*.yaml": "response",
    "packs/*.yaml": "pack",
    "rubrics/*.yaml": "rubric",
    "drills/*.yaml": "drill",
    "plans/*.yaml": "plan",
}
SHIPPED = [(path, kind) for pattern, kind in FOLDERS.items() for path in sorted(scenario_folder().glob(pattern))]


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_that_is_shipped_is_the_one_the_models_make(kind: str) -> None:
    """When it is not: `commonground schema --refresh`."""
    assert written(kind) == (schema_folder() / f"{kind}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(("path", "kind"), SHIPPED, ids=lambda each: getattr(each, "stem", each))
def test_every_shipped_file_points_to_its_schema(path: Path, kind: str) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert modeline(path, kind) == first
    where = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", first)
    assert where is not None
    assert (path.parent / where[1]).resolve() == (schema_folder() / f"{kind}.json").resolve()


def test_an_installed_copy_keeps_files_and_schemas_side_by_side() -> None:
    told = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    inside = told["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert {"assets": "sim/_data/assets", "scenarios": "sim/_data/scenarios"} == inside


def test_ids_of_the_library_are_completed_and_ids_of_a_file_too_when_it_is_named() -> None:
    plain = schema_of("scenario")["$defs"]["Group"]["properties"]["spawn"]["items"]
    assert "enum" not in plain
    scenario = read_model(scenario_folder() / "first_steps.yaml", Scenario)[0]
    own = schema_of("scenario", scenario_ids(scenario))["$defs"]["Group"]["properties"]["spawn"]["items"]
    assert "forecourt" in own["enum"]
    ordered = schema_of("scenario")["$defs"]["Condition"]["properties"]["ordered"]
    assert "first_contact" in json.dumps(ordered)


def test_no_key_of_our_own_is_left_in_a_schema() -> None:
    assert all("x-ids" not in written(kind) for kind in KINDS)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    command = find_server(tmp_path_factory.mktemp("server"))
    if command is None:
        pytest.skip("there is no yaml-language-server, and npm cannot bring it")
    return command


def scenario_beside(folder: Path, old: str, new: str) -> tuple[Path, int, int]:
    """A shipped scenario with one change, pointing to the shipped schema; the line and column of what is new."""
    text = (scenario_folder() / "first_steps.yaml").read_text(encoding="utf-8")
    assert old in text
    offset = text.index(old)
    text = text[:offset] + new + text[offset + len(old) :]
    path = folder / "mine.yaml"
    lines = [modeline(path, "scenario"), *text.splitlines()[1:]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


@pytest.mark.slow
def test_a_real_language_server_underlines_a_misspelt_key_and_nothing_in_a_good_file(
    server: list[str], tmp_path: Path
) -> None:
    path, line, _ = scenario_beside(tmp_path, "  width_m: 140", "  widht_m: 140")
    with Editor(server, path) as editor:
        found = editor.diagnostics()
    assert any(line - 1 == each["range"]["start"]["line"] and "widht_m" in each["message"] for each in found), found
    with Editor(server, scenario_folder() / "first_steps.yaml") as editor:
        assert [] == editor.diagnostics()


@pytest.mark.slow
@pytest.mark.parametrize(("path", "kind"), [each for each in SHIPPED if each[1] != "response"], ids=str)
def test_a_real_language_server_finds_nothing_in_what_is_shipped(server: list[str], path: Path, kind: str) -> None:
    with Editor(server, path) as editor:
        assert [] == [(each["range"]["start"]["line"] + 1, each["message"]) for each in editor.diagnostics()]


@pytest.mark.slow
def test_a_real_language_server_completes_a_response_and_explains_a_field(server: list[str], tmp_path: Path) -> None:
    path, line, column = scenario_beside(tmp_path, "ordered: record_and_identify", "ordered: ")
    with Editor(server, path) as editor:
        editor.diagnostics()
        offered = editor.at("completion", line, column + len("ordered: "))
        items = offered["items"] if isinstance(offered, dict) else offered
        assert {"first_contact", "verify_signal"} <= {each["label"] for each in items}
    path, line, column = scenario_beside(tmp_path, "patience_min: {assumed: 10}", "patience_min: {assumed: 10}")
    with Editor(server, path) as editor:
        editor.diagnostics()
        told = json.dumps(editor.at("hover", line, column + 2), ensure_ascii=False)
    assert "How long they stay" in told
    assert re.search("[\u4e00-\u9fff]", told)
