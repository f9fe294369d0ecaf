"""Sheet: records as CSV that a spreadsheet opens as it should, in any country, without running anything."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from sim.storage.records.register import Register

COLUMNS = (
    "ended", "person", "seat", "squad", "scenario", "drill", "seed", "mode", "engine", "rubric", "minutes", "outcome",
    "total", "grade", "coverage", "gates", "decisions", "refused", "unlawful", "journal", "run",
)  # fmt: skip
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to some spreadsheet (OWASP, CSV injection)."""


def runs_sheet(register: Register, person: str = "", squad: str = "") -> bytes:
    """One line for each run and whoever sat in it, with a byte-order mark: Excel takes UTF-8 without one for cp936."""
    return sheet(COLUMNS, _lines(register, person, squad))


def sheet(columns: tuple[str, ...], lines: Iterable[Mapping[str, Any]]) -> bytes:
    """These columns of these lines; a cell that could be a formula is a text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(columns)
    for line in lines:
        writer.writerow([cell(line.get(name)) for name in columns])
    return out.getvalue().encode("utf-8-sig")


def cell(value: object) -> str:
    """The value as it stands in a cell: numbers as they are, text that could be a formula behind an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    said = str(value)
    return f"'{said}" if said.startswith(DANGEROUS) else said


def _lines(register: Register, person: str, squad: str) -> Iterable[Mapping[str, Any]]:
    for run in register.runs(person, squad):
        decisions = register.decisions(str(run["id"]))
        about = {
            **run,
            "run": run["id"],
            "decisions": len(decisions),
            "refused": sum(1 for d in decisions if not d["accepted"]),
            "unlawful": sum(1 for d in decisions if d["accepted"] and not d["lawful"]),
        }
        for seat in run["seats"] or [{"person": "", "seat": ""}]:
            yield {**about, **seat}
