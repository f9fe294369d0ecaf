"""Sheets: tables in files a spreadsheet opens, xlsx and csv, written so that no cell is ever taken for a formula."""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from sim.core.errors import BadInput, Fault
from sim.core.phrase import Phrase
from sim.storage.keepsake import in_its_place
from sim.storage.msel import COLUMNS, Cell, Sheet

SHEET = "Injects"
MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 2_000, 100, 20_000
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 8_000_000, 64_000_000, 200
"""Caps on what is read: the file, what it unpacks to, and how many parts it has (assumed: far above any real list)."""
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins so may be taken for a formula (OWASP, "CSV injection")."""
FORMATS = (".xlsx", ".csv")
ENCODINGS = ("utf-8-sig", "gb18030")
"""As spreadsheets write csv: with a mark of UTF-8, or as a Chinese system does."""


def write_sheet(path: Path, rows: Sequence[Sequence[Cell]], key: Sequence[Sequence[Cell]]) -> None:
    """Writes the table whole or not at all, in the format its name says; `key` explains names on a second sheet.

    Raises:
        BadInput: another format, or the disk does not take it.
    """
    known_format(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with in_its_place(path) as partial:
            if path.suffix.lower() == ".csv":
                with partial.open("w", encoding="utf-8-sig", newline="") as file:
                    csv.writer(file).writerows([[_guarded(value) for value in row] for row in rows])
            else:
                _write_book(partial, rows, key)
    except OSError as wrong:
        raise BadInput.of(
            "cannot-write", Phrase("{file} cannot be written: {why}", file=str(path), why=str(wrong.strerror))
        ) from wrong


def read_sheet(path: Path) -> Sheet:
    """The first table of a file.

    Raises:
        BadInput: it is missing, too large, of another format, or has formulas.
    """
    known_format(path)
    try:
        source = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
    except OSError as wrong:
        raise _refused(
            path, "no-file", Phrase("{file} cannot be read: {why}", file=str(path), why=str(wrong.strerror))
        ) from wrong
    if not source:
        raise _refused(
            path, "bad-size", Phrase("the file is empty or larger than {most} MB", most=MOST_BYTES // 1_000_000)
        )
    return _read_csv(path, source) if path.suffix.lower() == ".csv" else _read_book(path, source)


def known_format(path: Path) -> None:
    """Raises BadInput for a name that ends otherwise than in a format there is."""
    if path.suffix.lower() not in FORMATS:
        raise BadInput.of(
            "unknown-format",
            Phrase("{file} is neither xlsx nor csv", file=path.name),
            hint=Phrase("there are: {known}", known=", ".join(FORMATS)),
        )


def _refused(path: Path, code: str, message: Phrase, hint: Phrase | None = None) -> BadInput:
    return BadInput((Fault(file=str(path), code=code, message=message, hint=hint),))


# ----------------------------------------------------------------------------------------------- csv


def _guarded(value: Cell) -> str:
    """A cell of a csv file: a text that could be taken for a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    return "'" + value if _needs_guard(value) else value


def _needs_guard(text: str) -> bool:
    return text.startswith(RISKY) or (text.startswith("'") and text[1:].startswith((*RISKY, "'")))


def _bare(text: str) -> str:
    """The cell without the apostrophe that was put before it."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*RISKY, "'")) else text


def _read_csv(path: Path, source: bytes) -> Sheet:
    for encoding in ENCODINGS:
        try:
            text = source.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise _refused(path, "bad-text", Phrase("the file is not text in UTF-8"))
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [
            [_bare(cell) for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        ]
    except csv.Error as wrong:
        raise _refused(path, "bad-csv", Phrase("this is no table: {why}", why=str(wrong))) from wrong
    return _checked(Sheet(path.name, "", rows))


# ----------------------------------------------------------------------------------------------- xlsx


def _write_book(path: Path, rows: Sequence[Sequence[Cell]], key: Sequence[Sequence[Cell]]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    second = book.create_sheet("Key")
    for target, table in ((sheet, rows), (second, key)):
        for r, row in enumerate(table, 1):
            for c, value in enumerate(row, 1):
                if value is None or value == "":
                    continue
                cell = target.cell(r, c)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"  # never a formula, whatever it begins with
                    cell.quotePrefix = _needs_guard(value)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if r == 1:
                    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6F0")
    for c, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(c)].width = column.width
    for letter, width in (("A", 16), ("B", 26), ("C", 52), ("D", 44)):
        second.column_dimensions[letter].width = width
    sheet.freeze_panes, second.freeze_panes = "D2", "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    book.save(path)


def _read_book(path: Path, source: bytes) -> Sheet:
    from openpyxl import load_workbook

    _look_inside(path, source)
    try:
        book = load_workbook(io.BytesIO(source), read_only=True, data_only=False, keep_links=False)
        sheet = book[SHEET] if SHEET in book.sheetnames else book[book.sheetnames[0]]
        rows: list[list[Cell]] = []
        faults: list[Fault] = []
        found = Sheet(path.name, str(sheet.title), rows)
        for r, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS), 1):
            values: list[Cell] = []
            for c, cell in enumerate(row, 1):
                value = cell.value
                if cell.data_type == "f":
                    message = Phrase("this cell holds a formula")
                    hint = Phrase("write the value itself")
                    faults.append(found.fault(r, c, "formula", message, hint))
                values.append(_plain(value))
            rows.append(values)
    except BadInput:
        raise
    except Exception as wrong:
        # The library raises whatever its parts raise on a damaged file.
        raise _refused(path, "bad-xlsx", Phrase("this is no xlsx file that can be read")) from wrong
    if faults:
        raise BadInput(faults[:20])
    while rows and not any(value not in {None, ""} for value in rows[-1]):
        rows.pop()
    return _checked(found)


def _plain(value: object) -> Cell:
    """A cell's value as text or number."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return float(value)
    return str(value)


def _look_inside(path: Path, source: bytes) -> None:
    """Refuses what would unpack to too much, and documents that define entities of their own."""
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise _refused(path, "too-large", Phrase("the file unpacks to more than can be read"))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as file:
                        if b"<!DOCTYPE" in file.read(4096).upper():
                            raise _refused(path, "bad-xlsx", Phrase("this is no xlsx file that can be read"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as wrong:
        raise _refused(path, "bad-xlsx", Phrase("this is no xlsx file that can be read")) from wrong


def _checked(sheet: Sheet) -> Sheet:
    """The sheet, when it keeps to the caps."""
    faults = []
    if len(sheet.rows) > MOST_ROWS + 1:
        message = Phrase("there are more than {most} rows", most=MOST_ROWS)
        faults.append(sheet.fault(MOST_ROWS + 2, 1, "too-many", message))
    for r, row in enumerate(sheet.rows[: MOST_ROWS + 1], 1):
        for c, value in enumerate(row, 1):
            if isinstance(value, str) and len(value) > MOST_CHARACTERS:
                message = Phrase("a cell holds more than {most} characters", most=MOST_CHARACTERS)
                faults.append(sheet.fault(r, c, "too-long", message))
    if faults:
        raise BadInput(faults)
    return sheet
