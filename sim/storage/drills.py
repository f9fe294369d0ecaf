"""Drills on disk: one YAML file each under `scenarios/drills`, read with the playbook of their scenario."""

from pathlib import Path

from sim.core.errors import BadInput
from sim.drill.drill import Drill
from sim.scenario.scenario import Playbook
from sim.storage.journal_file import Record
from sim.storage.library import find_file, load_playbook, locate, read_model, scenario_folder


def drills() -> dict[str, Path]:
    """The shipped drills by id."""
    return {path.stem: path for path in sorted((scenario_folder() / "drills").glob("*.yaml"))}


def find_drill(name: str) -> Path:
    """The file of a drill given by id or by path.

    Raises:
        BadInput: there is none; the nearest known id is named.
    """
    return find_file("drill", name, drills())


def lasting_name(name: str) -> str:
    """By what a drill is found again from any folder: its id, or where its file lies."""
    return name if name in drills() else str(find_drill(name).resolve())


def drill_of(record: Record) -> str:
    """Id or file of the drill this journal is of; "" when it is of none."""
    begun = (str(e.data["drill"]) for e in record.entries if e.kind == "drill" and e.data["event"] == "begin")
    name = next(begun, "")
    return record.header.drill or name if name else ""


def load_drill(name: str) -> tuple[Drill, Playbook]:
    """A drill and everything its run is made from.

    Raises:
        BadInput: every fault found in the drill or in its scenario.
    """
    path = find_drill(name)
    drill, document, _ = read_model(path, Drill)
    if drill.scenario.endswith((".yaml", ".yml")):
        drill = drill.model_copy(update={"scenario": str(path.resolve().parent / drill.scenario)})
    playbook = load_playbook(drill.scenario)
    problems = drill.faults(playbook.scenario, playbook.responses)
    if problems:
        raise BadInput([locate(document, problem) for problem in problems])
    return drill, playbook
