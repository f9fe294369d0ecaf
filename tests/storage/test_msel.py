"""The list of injects in a spreadsheet: nothing is lost on the way there and back, and every fault names its cell."""

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from sim.core.errors import BadInput
from sim.scenario.scenario import Scenario
from sim.storage.injects_in_out import export_injects, import_injects
from sim.storage.library import read_model, scenarios
from sim.storage.template import begin

FORMATS = [".xlsx", ".csv"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return begin("scenario", "mine", tmp_path)


def there_and_back(path: Path, folder: Path, ending: str) -> Path:
    table, out = folder / f"table{ending}", folder / "again.yaml"
    export_injects(str(path), table)
    import_injects(str(path), table, out)
    return out


def change(table: Path, cell: str, value: object) -> None:
    book = openpyxl.load_workbook(table)
    book["Injects"][cell] = value
    book.save(table)


def column(table: Path, heading: str) -> str:
    sheet = openpyxl.load_workbook(table)["Injects"]
    return next(cell.column_letter for cell in sheet[1] if str(cell.value).startswith(heading))


def refusal(path: Path, table: Path) -> tuple[str, str]:
    """Place and message of the first fault of an import."""
    with pytest.raises(BadInput) as refused:
        import_injects(str(path), table, table.parent / "again.yaml")
    assert not (table.parent / "again.yaml").exists()
    return refused.value.faults[0].place, refused.value.faults[0].message.english()


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", sorted(scenarios()))
def test_a_shipped_scenario_comes_back_byte_for_byte(name: str, ending: str, tmp_path: Path) -> None:
    path = scenarios()[name]
    assert path.read_bytes() == there_and_back(path, tmp_path, ending).read_bytes()


@pytest.mark.parametrize("name", sorted(scenarios()))
def test_a_scenario_written_anew_says_the_same(name: str, tmp_path: Path) -> None:
    path = scenarios()[name]
    bare = tmp_path / "bare.yaml"
    table = tmp_path / "table.csv"
    export_injects(name, table)
    lines = path.read_text(encoding="utf-8").splitlines()
    begins = lines.index("injects:")
    ends = next(k for k in range(begins + 1, len(lines)) if lines[k] and lines[k][0] not in " #")
    rest = [line for line in lines[ends:] if not line.startswith("  certain")]
    bare.write_text("\n".join([*lines[:begins], "injects: []", *rest]) + "\n", encoding="utf-8")
    import_injects(str(bare), table, tmp_path / "again.yaml")
    expected, found = read_model(path, Scenario)[0], read_model(tmp_path / "again.yaml", Scenario)[0]
    assert expected.injects == found.injects


def test_a_changed_cell_changes_that_inject_and_no_other_line(path: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.xlsx"
    export_injects(str(path), table)
    change(table, f"{column(table, 'Minute')}3", 6.5)
    import_injects(str(path), table, tmp_path / "again.yaml")
    found = read_model(tmp_path / "again.yaml", Scenario)[0]
    assert [1.0, 6.5, 13.0] == [inject.minute for inject in found.injects]
    old, new = (p.read_text(encoding="utf-8").splitlines() for p in (path, tmp_path / "again.yaml"))
    assert set(old[: old.index("injects:") + 20]) <= set(new)


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("Minute", "soon", "soon is not a number"),
        ("Minute", 99, "lies outside the run"),
        ("Channel", "pigeon", "pigeon"),
        ("Place", "forecout", "there is no place called forecout"),
        ("Expected action", "first_contact, listen", "there is no response called listen"),
        ("Handled when", "{ordered: ", "this cannot be read"),
        ("Needs answer", "perhaps", "perhaps is neither yes nor no"),
        ("Id", "They Gather", "They Gather"),
    ],
)
def test_a_fault_names_sheet_and_cell(path: Path, tmp_path: Path, heading: str, value: object, said: str) -> None:
    table = tmp_path / "table.xlsx"
    export_injects(str(path), table)
    cell = f"{column(table, heading)}2"
    change(table, cell, value)
    place, message = refusal(path, table)
    assert f"table.xlsx: Injects!{cell}" == place
    assert said in message


def test_a_column_nobody_knows_is_named_with_the_nearest(path: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.xlsx"
    export_injects(str(path), table)
    change(table, "C1", "Minutes")
    with pytest.raises(BadInput) as refused:
        import_injects(str(path), table, tmp_path / "again.yaml")
    assert "table.xlsx: Injects!C1" == refused.value.faults[0].place
    assert "did you mean Minute?" == refused.value.faults[0].hint.english()  # type: ignore[union-attr]


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("text", ["=1+1", "+7", "-7", "@SUM(A1)", "'=1+1", "''", "'tis", "\t=1", '=HYPERLINK("x")'])
def test_no_text_becomes_a_formula_and_none_is_changed(path: Path, tmp_path: Path, text: str, ending: str) -> None:
    source = path.read_text(encoding="utf-8").replace(
        '"Patrol: some forty people in front of the library. They ask who speaks for the town."', repr_yaml(text)
    )
    path.write_text(source, encoding="utf-8")
    table = tmp_path / f"table{ending}"
    export_injects(str(path), table)
    if ending == ".csv":
        text = table.read_text(encoding="utf-8-sig")
        written = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert not [cell for cell in written if cell.startswith(("=", "+", "@", "\t"))]
    else:
        cells = [cell for row in openpyxl.load_workbook(table)["Injects"].iter_rows() for cell in row]
        assert "f" not in {cell.data_type for cell in cells}
    import_injects(str(path), table, tmp_path / "again.yaml")
    assert path.read_bytes() == (tmp_path / "again.yaml").read_bytes()


def repr_yaml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


def test_a_formula_in_a_cell_is_refused(path: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.xlsx"
    export_injects(str(path), table)
    change(table, "C2", "=1+1")
    assert ("table.xlsx: Injects!C2", "this cell holds a formula") == refusal(path, table)


def test_a_table_of_a_chinese_spreadsheet_is_read(path: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    export_injects(str(path), table)
    text = table.read_text(encoding="utf-8-sig")
    head, body = text.split("\n", 1)
    head = ",".join(heading.split(" / ")[1] for heading in head.strip().split(","))
    table.write_bytes(f"{head}\n{body}".encode("gb18030"))
    import_injects(str(path), table, tmp_path / "again.yaml")
    assert path.read_bytes() == (tmp_path / "again.yaml").read_bytes()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xff\xfe\x00", b"no table", b"A" * 9_000_000])
@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_no_table_is_refused_in_one_sentence(path: Path, tmp_path: Path, content: bytes, ending: str) -> None:
    table = tmp_path / f"table{ending}"
    table.write_bytes(content)
    refusal(path, table)


def test_a_table_that_unpacks_to_too_much_is_refused(path: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.xlsx"
    with zipfile.ZipFile(table, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 65_000_000)
    assert "unpacks to more" in refusal(path, table)[1]


def test_entities_are_refused(path: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.xlsx"
    with zipfile.ZipFile(table, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    assert "no xlsx file" in refusal(path, table)[1]


def test_a_scenario_file_is_never_overwritten(path: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    export_injects(str(path), table)
    before = path.read_bytes()
    with pytest.raises(BadInput, match="is there already"):
        import_injects(str(path), table, path)
    assert before == path.read_bytes()
