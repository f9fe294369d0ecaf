"""Injects in and out: from a scenario file to a table, and from a table into a new scenario file."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.core.errors import BadInput, Fault
from sim.core.phrase import Phrase
from sim.scenario.scenario import Scenario
from sim.storage.faults import faults_from
from sim.storage.injects_file import with_injects
from sim.storage.keepsake import in_its_place
from sim.storage.library import find_scenario, home_of, locate, read_bytes, read_model, responses_for
from sim.storage.msel import COLUMNS, Cell, Listed, Sheet, read_table, table_of
from sim.storage.reader import Document, read_yaml
from sim.storage.sheet import read_sheet, write_sheet
from sim.storage.slips import Mark
from sim.world.message import About, Via


def export_injects(name: str, path: Path) -> int:
    """Writes the table of a scenario; returns how many injects it has.

    Raises:
        BadInput: the scenario cannot be read, or the table not be written.
    """
    file = find_scenario(name)
    scenario, _, _ = read_model(file, Scenario)
    write_sheet(path, table_of(scenario), _key(scenario, file))
    return len(scenario.injects)


def import_injects(name: str, table: Path, out: Path) -> int:
    """Writes a scenario file: the scenario of that name with the injects of the table. Nothing is overwritten.

    Raises:
        BadInput: every fault of the table, with sheet and cell; the file is there already.
    """
    if out.exists():
        raise BadInput.of(
            "there-already",
            Phrase("{file} is there already; nothing was changed", file=str(out)),
            hint=Phrase("choose another name"),
        )
    file = find_scenario(name)
    source = read_bytes(file)
    document = read_yaml(source, str(file))
    old, _, _ = read_model(file, Scenario)
    sheet = read_sheet(table)
    listed = read_table(sheet)
    new = _with(document, listed, sheet, file)
    text = with_injects(source.decode("utf-8-sig"), document, old, new, listed.injects)
    again = Scenario.model_validate(read_yaml(text.encode("utf-8"), str(out)).data)
    assert again == new
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with in_its_place(out) as partial:
            partial.write_text(text, encoding="utf-8", newline="\n")
    except OSError as wrong:
        raise BadInput.of(
            "cannot-write", Phrase("{file} cannot be written: {why}", file=str(out), why=str(wrong.strerror))
        ) from wrong
    return len(new.injects)


def _with(document: Document, listed: Listed, sheet: Sheet, file: Path) -> Scenario:
    """The scenario with the injects of the table.

    Raises:
        BadInput: every fault, each with its cell where it is about the table.
    """
    assert isinstance(document.data, dict)
    cells = {path: Mark(*spot) for path, spot in listed.cells.items()}
    marks = {path: mark for path, mark in document.marks.items() if path[:1] != ("injects",)} | cells
    marks[("injects",)] = Mark(1, 1)
    keys = {path: mark for path, mark in document.key_marks.items() if path[:1] != ("injects",)}
    data: Any = {**document.data, "injects": listed.injects}
    whole = Document(document.file, data, marks, keys)
    try:
        scenario = Scenario.model_validate(whole.data)
    except ValidationError as error:
        raise BadInput([_in_cell(fault, sheet) for fault in faults_from(error, whole, Scenario)]) from error
    catalogue = responses_for(home_of(file, Scenario))[0]
    wrong = [locate(whole, problem) for problem in scenario.faults(catalogue) if not problem.warning]
    if wrong:
        raise BadInput([_in_cell(fault, sheet) for fault in wrong])
    return scenario


def _in_cell(fault: Fault, sheet: Sheet) -> Fault:
    """A fault of the table says its cell; its line and column were the row and column there."""
    if not fault.path.startswith("injects"):
        return fault
    return sheet.fault(fault.line or 1, fault.column or 1, fault.code, fault.message, fault.hint)


def _key(scenario: Scenario, file: Path) -> list[list[Cell]]:
    """What the names in the table mean."""
    rows: list[list[Cell]] = [["Column / 列", "Name / 名称", "English", "中文"]]
    catalogue = responses_for(home_of(file, Scenario))[0]
    offered = scenario.responses or tuple(catalogue)
    for name in offered:
        title = catalogue[name].title
        rows.append([COLUMNS[9].heading, name, title.en, title.zh])
    rows += [["Place / 地点", place.id, place.name.en, place.name.zh] for place in scenario.site.places]
    rows += [["Channel / 渠道", via.value, "", ""] for via in Via]
    rows += [["About / 性质", about.value, "", ""] for about in About]
    return rows
