"""The list of injects as planners keep it: one row each, with columns they know, and back without loss."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sim.core.errors import BadInput, Fault
from sim.core.phrase import Phrase
from sim.scenario.inject import Inject
from sim.scenario.problem import Path
from sim.scenario.scenario import Scenario
from sim.seat.words import CHANNELS
from sim.storage.faults import nearest
from sim.storage.language import speech
from sim.storage.reader import read_yaml

Kind = Literal["text", "number", "yes", "names", "words", "form", "shown"]
"""What a cell holds: `names` are separated by commas, a `form` is what stands in the file, in one line; `shown` is only
there to be read and is made anew each time."""
YES, NO = "yes", "no"
TO = "Commander / 指挥员"
OTHER = "other"
"""The column for whatever has no column of its own."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    name: str
    """Heading in English."""
    zh: str
    kind: Kind
    field: Path = ()
    """Where its value stands in an inject; () for what is only shown."""
    width: int = 14

    @property
    def heading(self) -> str:
        """Both languages, English first."""
        return f"{self.name} / {self.zh}"


COLUMNS = (
    Column("No.", "序号", "shown", width=6),
    Column("Time", "时间", "shown", width=8),
    Column("Minute", "分钟", "number", ("minute",), 9),
    Column("From", "来自", "shown", width=12),
    Column("To", "发给", "shown", width=16),
    Column("Channel", "渠道", "text", ("channel",), 12),
    Column("Inject (EN)", "情况（英文）", "words", ("text", "en"), 60),
    Column("Inject (ZH)", "情况（中文）", "words", ("text", "zh"), 50),
    Column("Truth", "真伪", "text", ("truth",), 9),
    Column("Expected action", "预期处置", "names", ("answers",), 28),
    Column("Objective", "训练目标", "names", ("trains",), 20),
    Column("Time to act (min)", "处置时限（分钟）", "number", ("window_min",), 10),
    Column("Controller note (EN)", "导调说明（英文）", "words", ("if_not_text", "en"), 40),
    Column("Controller note (ZH)", "导调说明（中文）", "words", ("if_not_text", "zh"), 34),
    Column("Place", "地点", "text", ("place",), 16),
    Column("About", "性质", "text", ("about",), 14),
    Column("Concerns", "涉及", "text", ("ref",), 16),
    Column("Source grade", "来源等级", "text", ("grade",), 8),
    Column("Needs answer", "需答复", "yes", ("needs_answer",), 8),
    Column("Expert time (min)", "熟手用时（分钟）", "number", ("expert_min",), 9),
    Column("Demanded", "上级要求", "names", ("demands",), 18),
    Column("Only if", "出现条件", "form", ("when",), 30),
    Column("Handled when", "怎样算处理", "form", ("handled",), 40),
    Column("What happens", "当时发生", "form", ("effects",), 40),
    Column("If handled", "处理后", "form", ("if_handled",), 30),
    Column("If not", "未处理", "form", ("if_not",), 40),
    Column("Id", "编号", "text", ("id",), 22),
    Column("Other", "其他", "form", (OTHER,), 16),
)
REQUIRED = ("minute", "channel", "about", "truth", "id")
Cell = str | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was read."""

    file: str
    name: str
    """Name of the sheet; "" where a file is one table."""
    rows: Sequence[Sequence[Cell]]
    """The first is the headings."""

    def where(self, row: int, column: int) -> str:
        """A cell as planners name it, such as `msel.xlsx: Injects!F12`; row and column counted from 1."""
        cell = f"{letters(column)}{row}"
        return f"{self.file}: {self.name}!{cell}" if self.name else f"{self.file}: {cell}"

    def fault(self, row: int, column: int, code: str, message: Phrase, hint: Phrase | None = None) -> Fault:
        """Something wrong in one cell."""
        return Fault(file=self.where(row, column), code=code, message=message, hint=hint)


@dataclass(frozen=True, slots=True)
class Listed:
    """Injects as plain data, and the cell each value came from, as (row, column)."""

    injects: list[dict[str, Any]]
    cells: Mapping[Path, tuple[int, int]]


def letters(column: int) -> str:
    """The letters of a column counted from 1: A, B .. Z, AA."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def table_of(scenario: Scenario) -> list[list[Cell]]:
    """Headings and one row for each inject, in the order of the file."""
    rows: list[list[Cell]] = [[column.heading for column in COLUMNS]]
    for number, inject in enumerate(scenario.injects, 1):
        rows.append([_cell(column, inject, scenario, number) for column in COLUMNS])
    return rows


def _cell(column: Column, inject: Inject, scenario: Scenario, number: int) -> Cell:
    given = inject.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if column.kind == "shown":
        en, zh = (speech(language)(CHANNELS[inject.channel]) for language in ("en", "zh"))
        shown: dict[str, Cell] = {
            "No.": float(number),
            "Time": scenario.time_of_day(inject.minute),
            "From": f"{en} / {zh}",
            "To": TO,
        }
        return shown[column.name]
    if column.field == (OTHER,):
        known = {each.field[0] for each in COLUMNS if each.field}
        rest = {name: value for name, value in given.items() if name not in known}
        return _form(rest) if rest else None
    value: Any = given
    for part in column.field:
        value = value.get(part) if isinstance(value, dict) else None
    if value is None:
        return None
    if column.kind == "number":
        return float(value)
    if column.kind == "yes":
        return YES if value else NO
    if column.kind == "names":
        return ", ".join(value) if value else "-"
    return _form(value) if column.kind == "form" else str(value)


def _form(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_table(sheet: Sheet) -> Listed:
    """The injects of a table.

    Raises:
        BadInput: headings that are missing or there twice, cells that hold no number, list or form.
    """
    faults: list[Fault] = []
    columns = _columns(sheet, faults)
    if faults:
        raise BadInput(faults)
    injects: list[dict[str, Any]] = []
    cells: dict[Path, tuple[int, int]] = {}
    for r, row in enumerate(sheet.rows[1:], 2):
        if not any(_filled(value) for value in row):
            continue
        inject: dict[str, Any] = {}
        here: Path = ("injects", len(injects))
        cells[here] = (r, 1)
        for c, column in columns.items():
            value = row[c] if c < len(row) else None
            if column.kind == "shown" or not _filled(value):
                continue
            _put(sheet, (r, c + 1), column, value, inject, faults)
            for length in range(1, len(column.field) + 1):
                cells.setdefault((*here, *column.field[:length]), (r, c + 1))
        injects.append(inject)
    if faults:
        raise BadInput(faults)
    return Listed(injects, cells)


def _filled(value: Cell) -> bool:
    return value is not None and (not isinstance(value, str) or bool(value.strip()))


def _columns(sheet: Sheet, faults: list[Fault]) -> dict[int, Column]:
    """Which column is which; headings may be in either language, or both, and in any order."""
    if not sheet.rows:
        faults.append(sheet.fault(1, 1, "empty", Phrase("the table is empty")))
        return {}
    by_name = {each: column for column in COLUMNS for each in (column.heading, column.name, column.zh)}
    plain = {name.casefold().strip(): column for name, column in by_name.items()}
    found: dict[int, Column] = {}
    for c, heading in enumerate(sheet.rows[0]):
        if not _filled(heading):
            continue
        column = plain.get(str(heading).casefold().strip())
        if column is None:
            close = nearest(str(heading), by_name)
            hint = Phrase("did you mean {name}?", name=close) if close else None
            message = Phrase("there is no column called {name}", name=str(heading)[:60])
            faults.append(sheet.fault(1, c + 1, "unknown-column", message, hint))
        elif column in found.values():
            message = Phrase("the column {name} is there twice", name=column.heading)
            faults.append(sheet.fault(1, c + 1, "repeated-column", message))
        else:
            found[c] = column
    there = {column.field[0] for column in found.values() if column.field}
    for name in REQUIRED:
        if name not in there:
            heading = next(column.heading for column in COLUMNS if column.field == (name,))
            message = Phrase("the column {name} is missing", name=heading)
            faults.append(sheet.fault(1, 1, "missing-column", message))
    return found


def _put(
    sheet: Sheet,
    cell: tuple[int, int],
    column: Column,
    value: Cell,
    inject: dict[str, Any],
    faults: list[Fault],
) -> None:
    """One cell into the inject."""
    read: Any
    if column.kind == "number":
        try:
            read = float(value)  # type: ignore[arg-type]  # filled
        except ValueError:
            message = Phrase("{text} is not a number", text=str(value)[:40])
            faults.append(sheet.fault(*cell, "no-number", message, Phrase("write {example}", example="12.5")))
            return
    elif column.kind == "yes":
        word = str(value).strip().casefold()
        if word not in {YES, NO, "是", "否", "true", "false", "1", "0", "1.0", "0.0"}:
            message = Phrase("{text} is neither yes nor no", text=str(value)[:40])
            faults.append(sheet.fault(*cell, "no-answer", message, Phrase("write {example}", example="yes")))
            return
        read = word in {YES, "是", "true", "1", "1.0"}
    elif column.kind == "names":
        text = str(value).replace("，", ",").replace("；", ",").replace(";", ",")
        read = [name.strip() for name in text.split(",") if name.strip() and name.strip() != "-"]
    elif column.kind == "form":
        try:
            read = _read_form(str(value))
        except BadInput as wrong:
            message = Phrase("this cannot be read: {why}", why=wrong.faults[0].message)
            faults.append(sheet.fault(*cell, "bad-form", message, wrong.faults[0].hint))
            return
    else:
        read = _text(value)
    if column.field == (OTHER,):
        inject.update(read if isinstance(read, dict) else {OTHER: read})
        return
    into = inject
    *outer, last = (str(part) for part in column.field)
    for part in outer:
        into = into.setdefault(part, {})
    into[last] = read


def _read_form(text: str) -> object:
    """What a cell says that holds a part of a scenario file.

    Raises:
        BadInput: it says nothing that could stand in one.
    """
    document = read_yaml(b"form: " + text.strip().encode("utf-8"), "")
    assert isinstance(document.data, dict)
    return document.data["form"]


def _text(value: Cell) -> str:
    """A cell as text; a spreadsheet turns `1` into a number."""
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)
