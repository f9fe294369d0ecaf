"""Templates: commented files to begin with, written where nothing is yet; the schema an editor reads lies beside."""

import json
import re
from pathlib import Path

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.storage.library import scenario_folder
from sim.storage.schema import schema_of
from sim.storage.shipped import data_root

FOLDERS = {"scenario": "", "response": "responses", "pack": "packs"}
"""Kinds of file that can be begun, and the folder each belongs into, below that of the scenario."""
SCHEMAS = ".schema"
"""Folder for the schemas, beside the scenario."""
NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


def begin(kind: str, name: str, folder: Path) -> Path:
    """Writes a file of that kind which passes every check; returns its path.

    Raises:
        BadInput: the name cannot be an id, is taken, or the file cannot be written. Nothing is ever overwritten.
    """
    if not NAME.fullmatch(name):
        raise BadInput.of(
            "bad-name",
            Phrase("{name} cannot be an id: small letters, digits and _, a letter first", name=name),
            hint=Phrase("write {example}", example=_as_id(name)),
        )
    path = folder / FOLDERS[kind] / f"{name}.yaml"
    if (scenario_folder() / FOLDERS[kind] / f"{name}.yaml").exists():
        raise BadInput.of(
            "taken", Phrase("{name} is the id of a file that comes with the program", name=name), hint=_ANOTHER
        )
    schema = folder / SCHEMAS / f"{kind}.schema.json"
    text = (data_root() / "assets" / "template" / f"{kind}.yaml").read_text(encoding="utf-8")
    up = "../" if FOLDERS[kind] else ""
    for word, value in (("$NAME", name), ("$FILE", path.as_posix()), ("$SCHEMA", f"{up}{SCHEMAS}/{schema.name}")):
        text = text.replace(word, value)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        schema.parent.mkdir(exist_ok=True)
        schema.write_text(json.dumps(schema_of(kind), ensure_ascii=False, indent=1), encoding="utf-8")
    except FileExistsError as there:
        raise BadInput.of(
            "there-already", Phrase("{file} is there already; nothing was changed", file=str(path)), hint=_ANOTHER
        ) from there
    except OSError as wrong:
        raise BadInput.of(
            "cannot-write", Phrase("{file} cannot be written: {why}", file=str(path), why=str(wrong.strerror))
        ) from wrong
    return path


_ANOTHER = Phrase("choose another name")


def _as_id(name: str) -> str:
    """The nearest thing to it that can be an id."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:64]
    return plain if NAME.fullmatch(plain) else "my_scenario"
