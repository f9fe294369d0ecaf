"""Inventory: every field the program stores anywhere, read from the code itself and from the pages that list them.

Whatever is written into a file, a statement or a browser's storage comes by one of the ways that are looked at here.
`python -m tests.storage.inventory` writes the lists of both pages anew; read what has changed before you commit it.
"""

import ast
import inspect
import re
import sqlite3
import tempfile
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from sim.command.coming_back import TRACE
from sim.command.drilling import keep_price, keep_result
from sim.command.office import DiskOffice
from sim.desktop.office import Result
from sim.desktop.preference import Preferences
from sim.drill.card import NO_COST, Card, Line
from sim.drill.inputs import OPTIONAL, RULES
from sim.drill.progress import priced
from sim.exercise.control import Control
from sim.seat.aside import Aside, Override
from sim.squad.request import ROOM_KINDS
from sim.storage.campaign import Campaign, write_campaign
from sim.storage.journal_file import Header
from sim.storage.records import sheet, xapi
from sim.storage.records.identity import Identity
from sim.storage.records.register import Register
from sim.storage.review_file import ReviewFile, _item
from sim.storage.state_file import _program, write_state
from sim.storage.whereabouts import _remember
from sim.world.memory import Memory
from sim.world.order import Failure, Gap, Order, Ruling

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "docs" / "records.md", ROOT / "docs" / "records.zh.md")
MARK = "<!-- files -->"
"""Stands before the list in each page."""
Fields = dict[str, set[str]]
ROOM: Fields = {
    "room": {"drill", "absent", "assessed", "squad_ids"},
    "squad": {"squad", "seed", "parent", "by", "id"},
    "person": {"who", "token", "role"},
    "judge": {"answers", "by", "id"},
    "wish": {"role", "by", "id"},
}
"""What a room's log holds beside what its rules name; clock and state have the names of squads for their fields."""


def listed(page: Path) -> Fields:
    """What a page says is stored: rows of `what` and its fields in the lists under a heading with `files`."""
    text = page.read_text(encoding="utf-8").split(MARK)[1]
    rows = re.findall(r"^\| (.+?) \| (.+) \|$", text, re.MULTILINE)
    return {what.strip("`"): set(re.findall(r"`([^`]+)`", said)) for what, said in rows if what.startswith("`")}


@cache
def stored() -> Fields:
    """What the code stores, by the same names."""
    return {
        "identity.db": _columns(),
        **{f"journal {kind}": found for kind, found in _journal().items()},
        **{f"room {kind}": found for kind, found in room_log().items()},
        "results": {f.name for f in fields(Result)} | _keys(keep_result) | _keys(keep_price) | _keys(priced)
        | _keys(Card.as_dict)
        | _keys(Line.as_dict) | set(NO_COST),
        "preferences.json": {f.name for f in fields(Preferences)},
        "aside.json": set(Aside().as_dict()) | {f.name for f in fields(Override)},
        "state": _keys(write_state) | _keys(_program) | {TRACE},
        "seal.json": _keys(DiskOffice.seal),
        "whereabouts": _keys(_remember),
        "campaign": _keys(write_campaign) | _keys(Campaign.after),
        "review": _keys(ReviewFile.__init__) | _keys(ReviewFile._kept) | _keys(_item),
        "export": _keys(Register.export),
        "csv": set(sheet.COLUMNS),
        "xapi": _statement(xapi.Statement),
        "browser": set(_kept_by_browsers()),
    }  # fmt: skip


def write() -> None:
    """Writes the lists of both pages anew."""
    rows = "\n".join(f"| `{what}` | " + ", ".join(f"`{name}`" for name in sorted(names)) + " |"
                     for what, names in stored().items())  # fmt: skip
    for page in PAGES:
        before, after = page.read_text(encoding="utf-8").split(MARK)
        head, end = "\n".join(after.split("\n")[:4]), after[after.index("\n## ") :]
        page.write_text(f"{before}{MARK}{head}\n{rows}\n{end}", encoding="utf-8")


def room_log() -> Fields:
    """Fields of the entries of a room's log by their kinds; inputs have those of all kinds of input together."""
    found = {**{kind: set(names) for kind, names in ROOM.items()}}
    for kind, data in ROOM_KINDS.items():
        if kind != "branch":
            found.setdefault(kind, set()).update(data, {"by", "id"})
    for kind, rule in RULES.items():
        found.setdefault("input", {"squad", "id", "input", "role", "who"}).update(rule.fields, OPTIONAL.get(kind, ()))
    return found


def _columns() -> set[str]:
    with tempfile.TemporaryDirectory() as folder:
        Identity(Path(folder)).keep("T-1", "Somebody")
        with sqlite3.connect(Path(folder) / "identity.db") as names:
            tables = [str(row[0]) for row in names.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            assert ["name"] == tables
            return {str(row[1]) for row in names.execute("PRAGMA table_info(name)")}


def _journal() -> Fields:
    """What is appended to a journal anywhere, by kind; consequences have the fields of all of them together."""
    found: Fields = defaultdict(set)
    for path in sorted((ROOT / "sim").rglob("*.py")):
        for kind, names in _appended(ast.parse(path.read_text(encoding="utf-8"))):
            found[kind] |= names
    found["line"] = {"seq", "tick", "kind", "data", "link"}
    found["header"] = _keys(Header.as_dict)
    found["nudge"] = {f.name for f in fields(Control)}
    found["memory"] = _keys(Memory.as_dict)
    found["digest"] = {"digest", "marks"}
    found["order"] |= _keys(Order.as_dict) | _keys(Ruling.as_dict) | _keys(Failure.as_dict) | _keys(Gap.as_dict)
    return dict(found)


def _appended(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        names = {keyword.arg for keyword in node.keywords if keyword.arg}
        for spread in [keyword.value for keyword in node.keywords if keyword.arg is None]:
            names |= {str(key.value) for each in ast.walk(spread) if isinstance(each, ast.Dict)
                      for key in each.keys if isinstance(key, ast.Constant)}  # fmt: skip
        said = node.func.value
        owner = said.attr if isinstance(said, ast.Attribute) else said.id if isinstance(said, ast.Name) else ""
        if node.func.attr == "append" and owner == "journal" and len(node.args) > 1:
            kind = node.args[1]
            # One place writes two kinds that have the same fields: how the scene ended, and how the run did.
            kinds = [str(kind.value)] if isinstance(kind, ast.Constant) else ["scene", "outcome"]
            yield from ((each, names) for each in kinds)
        elif node.func.attr == "consequence":
            yield "consequence", names
        elif node.func.attr == "_note" and owner == "self":
            yield "drill", names


def _keys(of: Callable[..., object]) -> set[str]:
    """Every constant key of a dictionary that this function writes."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(of)))
    return {str(key.value) for node in ast.walk(tree) if isinstance(node, ast.Dict)
            for key in node.keys if isinstance(key, ast.Constant)} | {
        str(node.slice.value) for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and isinstance(node.slice, ast.Constant)
    }  # fmt: skip


def _statement(model: type[BaseModel]) -> set[str]:
    found = set()
    for name, field in model.model_fields.items():
        found.add(field.alias or name)
        inner = [field.annotation, *getattr(field.annotation, "__args__", ())]
        for each in inner:
            if isinstance(each, type) and issubclass(each, BaseModel):
                found |= _statement(each)
    return found


def _kept_by_browsers() -> Iterator[str]:
    for path in sorted((ROOT / "assets" / "squad").glob("*.js")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"sessionStorage|document\.cookie|indexedDB|caches\.|serviceWorker|showSaveFile", text)
        yield from re.findall(r"localStorage\.\w+\(\"([^\"]+)\"", text)
        yield from re.findall(r"new Line\(\"([^\"]+)\"", text)
        for name in re.findall(r"localStorage\.\w+\(([^)\",]+)", text):
            assert name == "this.key"


if __name__ == "__main__":
    write()
