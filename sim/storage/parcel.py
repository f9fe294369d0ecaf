"""Parcels: a scenario with what lies beside it as one zip file, and the only way such a file is let in.

A parcel comes from somebody nobody knows. Nothing in it decides where anything is written: names inside are only
compared with the few that are allowed, files are told by their first bytes, every size is counted while it is unpacked,
pictures and sounds are written anew, and all of it is checked in a folder of its own before that is moved into place.
"""

import io
import json
import os
import re
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from sim import __version__
from sim.core.errors import BadInput, Fault
from sim.core.phrase import Phrase
from sim.scenario.scenario import Scenario
from sim.storage.keepsake import in_its_place
from sim.storage.library import (
    check_file,
    find_scenario,
    home_of,
    load_playbook,
    part_file,
    read_bytes,
    read_model,
    responses,
    scenario_folder,
)
from sim.storage.media import anew
from sim.storage.orders import read_orders
from sim.storage.reader import MAX_BYTES, read_yaml
from sim.storage.yardstick import AUTHOR, LINES, lines_of

FORMAT = 1
MANIFEST, SCENARIO = "parcel.json", "scenario.yaml"
ALLOWED = re.compile(
    r"parcel\.json|scenario\.yaml|(?:responses|packs|rubrics)/[a-z][a-z0-9_]{0,63}\.yaml"
    r"|lines/[a-z][a-z0-9_]{0,63}\.yaml|pictures/[0-9]{2}\.(?:png|jpg)|sounds/[0-9]{2}\.wav"
)
"""Every name there may be inside."""
MOST_FILE, MOST_UNPACKED, MOST_PARTS, MOST_RATIO = 32_000_000, 64_000_000, 200, 100
"""Bytes of the parcel, bytes it unpacks to, parts, and how many times larger a part may be than what is stored."""
MOST_MEDIA = 8_000_000
RATIO_FROM = 100_000
"""Small parts may be squeezed better: a short text of one letter is no bomb."""
CHUNK = 65_536
STAGE = ".import-"
DATED = (2000, 1, 1, 0, 0, 0)
"""Every part has this date, so that the same files make the same parcel."""
MEDIA = {"pictures": (".png", ".jpg"), "sounds": (".wav",)}


# ----------------------------------------------------------------------------------------------- out


def pack_up(name: str, path: Path) -> list[str]:
    """Writes the parcel of a scenario whole or not at all; returns the names of its parts.

    Its own responses, law, rubric, the lines stored for it, and what lies in `pictures/ID` and `sounds/ID` beside it go
    along.

    Raises:
        BadInput: the scenario has faults, a file beside it cannot go along, or the disk does not take the parcel.
    """
    file = find_scenario(name)
    load_playbook(name)
    parts = dict(_parts(file))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with in_its_place(path) as partial, zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in parts.items():
                archive.writestr(zipfile.ZipInfo(part, DATED), content, zipfile.ZIP_DEFLATED)
    except OSError as wrong:
        raise BadInput.of(
            "cannot-write", Phrase("{file} cannot be written: {why}", file=str(path), why=str(wrong.strerror))
        ) from wrong
    return list(parts)


def _parts(file: Path) -> Iterator[tuple[str, bytes]]:
    scenario, _, _ = read_model(file, Scenario)
    home = home_of(file, Scenario)
    manifest = {"format": FORMAT, "scenario": scenario.id, "written_by": f"Common Ground {__version__}"}
    yield MANIFEST, (json.dumps(manifest, indent=1) + "\n").encode()
    yield SCENARIO, read_bytes(file)
    if home.resolve() != scenario_folder().resolve():
        for path in sorted((home / "responses").glob("*.yaml")):
            yield f"responses/{path.name}", read_bytes(path)
        for folder, named in (("packs", scenario.doctrine.domestic), ("rubrics", scenario.rubric)):
            path = part_file(home, folder, named)
            if path.is_relative_to(home):
                yield f"{folder}/{path.name}", read_bytes(path)
    for way, path in lines_of(scenario.id, file.parent / LINES).items():
        part = f"{LINES}/{way}.yaml"
        if not ALLOWED.fullmatch(part):
            raise _refused(path, "bad-name", Phrase("a parcel holds no part called {name}", name=repr(part)[:80]))
        yield part, read_bytes(path)
    for folder, endings in MEDIA.items():
        found = sorted(p for p in (home / folder / scenario.id).glob("*") if p.suffix.lower() in endings)
        for k, path in enumerate(found, 1):
            part = f"{folder}/{k:02d}{path.suffix.lower()}"
            content = path.read_bytes()
            anew(content, part)
            yield part, content


# ----------------------------------------------------------------------------------------------- in


def unpack(path: Path, into: Path) -> Path:
    """Lets a parcel in; returns the scenario's file, in a folder of its own below `into`. All of it or nothing.

    Raises:
        BadInput: what is wrong with the parcel or with the files in it; nothing is left behind.
    """
    content = _opened(path)
    name = _name_of(path, content)
    folder = into / name
    if folder.exists():
        raise BadInput.of("there-already", Phrase("{file} is there already; nothing was changed", file=str(folder)))
    if name in {p.stem for p in scenario_folder().glob("*.yaml")}:
        raise BadInput.of("taken", Phrase("{name} is the id of a file that comes with the program", name=name))
    try:
        made = [each for each in (into, *into.parents) if not each.exists()]
        into.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=STAGE, dir=into))
    except OSError as wrong:
        raise _unwritable(into, wrong) from wrong
    try:
        for part, data in content.items():
            target = stage / (f"{name}.yaml" if part == SCENARIO else _place(part, name))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        faults = [fault for fault in _faults_of(stage, stage / f"{name}.yaml") if fault.severity == "error"]
        if faults:
            raise BadInput([_inside(path, stage, fault) for fault in faults])
        os.replace(stage, folder)
    except OSError as wrong:
        raise _unwritable(into, wrong) from wrong
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        if not folder.exists():
            for each in made:
                if each.exists() and not any(each.iterdir()):
                    each.rmdir()
    return folder / f"{name}.yaml"


def _faults_of(stage: Path, scenario: Path) -> list[Fault]:
    """What is wrong with the files that were unpacked; lines are looked at once their scenario can be played."""
    lines = set((stage / LINES).glob("*.yaml"))
    faults = [fault for file in sorted(set(stage.rglob("*.yaml")) - lines) for fault in check_file(file)]
    if any(fault.severity == "error" for fault in faults):
        return faults
    playbook = load_playbook(str(scenario))
    for line in sorted(lines):
        try:
            read_orders(line, playbook)
        except BadInput as wrong:
            faults += wrong.faults
    return faults


def _place(part: str, name: str) -> str:
    """Where a part is written: its own name is one of those allowed; lines and media go to the scenario's."""
    folder, _, rest = part.partition("/")
    if folder == LINES:
        return f"{LINES}/{name}.yaml" if rest == f"{AUTHOR}.yaml" else f"{LINES}/{name}.{rest}"
    return f"{folder}/{name}/{rest.replace('.jpg', '.png')}" if folder in MEDIA else part


def _opened(path: Path) -> Mapping[str, bytes]:
    """The parts by their names, each of a kind that is allowed, pictures and sounds written anew."""
    try:
        source = _source(path)
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            found = _all_parts(path, archive, len(source))
    except BadInput:
        raise
    except FileNotFoundError as wrong:
        raise _refused(path, "no-file", Phrase("there is no file {file}", file=str(path))) from wrong
    except Exception as wrong:
        # What a damaged file makes the unpacking raise is of many kinds.
        raise _refused(path, "no-parcel", Phrase("this is no parcel that can be read")) from wrong
    if SCENARIO not in found or MANIFEST not in found:
        raise _refused(path, "no-scenario", Phrase("there is no scenario in this parcel"))
    _mind_format(path, found.pop(MANIFEST))
    return {part: anew(data, part) if part.partition("/")[0] in MEDIA else data for part, data in found.items()}


def _source(path: Path) -> bytes:
    if path.stat().st_size > MOST_FILE:
        message = Phrase("the parcel is larger than {most} MB", most=MOST_FILE // 1_000_000)
        raise _refused(path, "too-large", message)
    return path.read_bytes()


def _all_parts(path: Path, archive: zipfile.ZipFile, size: int) -> dict[str, bytes]:
    parts = archive.infolist()
    _look(path, parts, size)
    found: dict[str, bytes] = {}
    room = MOST_UNPACKED
    for part in parts:
        found[part.filename] = _read(path, archive, part, min(room, _most(part.filename)))
        room -= len(found[part.filename])
    return found


def _look(path: Path, parts: list[zipfile.ZipInfo], size: int) -> None:
    """Refuses by the list of parts alone whatever can be refused so."""
    if len(parts) > MOST_PARTS:
        raise _refused(path, "too-many", Phrase("the parcel has more than {most} parts", most=MOST_PARTS))
    names = [part.filename for part in parts]
    for part in parts:
        name = part.orig_filename
        mode = part.external_attr >> 16
        if not ALLOWED.fullmatch(part.filename) or name != part.filename:
            raise _refused(path, "bad-name", Phrase("a parcel holds no part called {name}", name=repr(name)[:80]))
        if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
            raise _refused(path, "no-file", Phrase("{name} is no plain file", name=name))
        if part.flag_bits & 0x1:
            raise _refused(path, "locked", Phrase("{name} is encrypted", name=name))
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise _refused(path, "bad-method", Phrase("{name} is packed in a way that is not allowed", name=name))
        if part.file_size > max(RATIO_FROM, MOST_RATIO * part.compress_size):
            raise _refused(path, "bomb", Phrase("{name} unpacks to far more than is stored of it", name=name))
    if len({name.casefold() for name in names}) < len(names):
        raise _refused(path, "repeated", Phrase("a name is there twice"))
    if sum(part.file_size for part in parts) > MOST_UNPACKED or sum(part.compress_size for part in parts) > size:
        raise _refused(path, "bomb", Phrase("the parcel unpacks to more than can be let in"))


def _most(name: str) -> int:
    return MOST_MEDIA if name.partition("/")[0] in MEDIA else MAX_BYTES


def _read(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    """One part, counted while it is unpacked: what the list of parts says of sizes may be a lie."""
    pieces, size = [], 0
    with archive.open(part) as file:
        while piece := file.read(CHUNK):
            size += len(piece)
            if size > most:
                raise _refused(path, "too-large", Phrase("{name} is larger than is let in", name=part.filename))
            pieces.append(piece)
    return b"".join(pieces)


def _mind_format(path: Path, manifest: bytes) -> None:
    """Raises for a parcel of another format."""
    try:
        number = json.loads(manifest)["format"]
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        raise _refused(path, "no-parcel", Phrase("this is no parcel that can be read")) from wrong
    if number != FORMAT:
        message = Phrase(
            "the parcel has format {number}, this program reads {known}", number=str(number)[:20], known=FORMAT
        )
        raise _refused(path, "other-format", message)


def _name_of(path: Path, content: Mapping[str, bytes]) -> str:
    """The scenario's id, which has to be one: it becomes the name of a folder."""
    document = read_yaml(content[SCENARIO], f"{path.name}: {SCENARIO}")
    name = document.data.get("id") if isinstance(document.data, dict) else None
    if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", name):
        raise _refused(path, "no-id", Phrase("the scenario of this parcel has no id"))
    for part in content:
        folder, _, rest = part.partition("/")
        if folder == "responses" and rest.removesuffix(".yaml") in responses()[0]:
            taken = rest.removesuffix(".yaml")
            raise _refused(path, "taken", Phrase("{name} is the id of a file that comes with the program", name=taken))
    return name


def _inside(path: Path, stage: Path, fault: Fault) -> Fault:
    """The fault with the name of the part instead of a file that is gone by then."""
    inner = fault.file.replace(str(stage) + os.sep, "") if fault.file is not None else ""
    return Fault(
        file=f"{path.name}: {inner}",
        line=fault.line,
        column=fault.column,
        path=fault.path,
        code=fault.code,
        severity=fault.severity,
        message=fault.message,
        hint=fault.hint,
    )


def _refused(path: Path, code: str, message: Phrase) -> BadInput:
    return BadInput((Fault(file=str(path), code=code, message=message),))


def _unwritable(path: Path, wrong: OSError) -> BadInput:
    return BadInput.of(
        "cannot-write", Phrase("{file} cannot be written: {why}", file=str(path), why=str(wrong.strerror))
    )
