"""The library: scenarios, responses, doctrine packs and rubrics on disk, read into playbooks."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError

from sim.core.errors import BadInput, Fault
from sim.core.phrase import Phrase
from sim.drill.drill import Drill
from sim.exercise.player import PLAYERS
from sim.scenario.lint import Case, doubts, wording
from sim.scenario.pack import FLOOR, Pack
from sim.scenario.plan import Plan
from sim.scenario.problem import Problem, no_such, unknown_name
from sim.scenario.response import Response
from sim.scenario.rubric import Rubric
from sim.scenario.scenario import Playbook, Scenario
from sim.scenario.variant import loosened
from sim.storage.faults import faults_from, nearest
from sim.storage.grounds import kept_ground
from sim.storage.reader import MAX_BYTES, Document, read_yaml, spell
from sim.storage.shipped import data_root
from sim.storage.slips import COMMA_HINT
from sim.storage.typeface import code_points

Model = TypeVar("Model", bound=BaseModel)

KINDS: dict[str, type[BaseModel]] = {
    "scenario": Scenario,
    "response": Response,
    "pack": Pack,
    "rubric": Rubric,
    "drill": Drill,
    "plan": Plan,
}
"""What a file can be."""
ENDINGS = (".yaml", ".yml")
"""How the names of such files may end."""


def scenario_folder() -> Path:
    """Where the shipped scenarios are."""
    return data_root() / "scenarios"


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read whole: its model, its document and the digest of its bytes."""

    value: BaseModel
    document: Document
    digest: str


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, not more than one byte past the cap (the reader says so then).

    Raises:
        BadInput: the file is missing or cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as missing:
        beside = [p.name for p in path.parent.glob("*.yaml")] if path.parent.is_dir() else []
        close = nearest(path.name, beside)
        raise BadInput(
            (
                Fault(
                    file=str(path),
                    line=1,
                    column=1,
                    code="no-file",
                    message=Phrase("there is no file {file}", file=str(path)),
                    hint=Phrase("did you mean {name}?", name=close) if close else None,
                ),
            )
        ) from missing
    except OSError as unreadable:
        raise BadInput(
            (
                Fault(
                    file=str(path),
                    line=1,
                    column=1,
                    code="unreadable",
                    message=Phrase("{file} cannot be read: {why}", file=str(path), why=str(unreadable.strerror)),
                ),
            )
        ) from unreadable


def read_model(path: Path, kind: type[Model]) -> tuple[Model, Document, str]:
    """One file as a model.

    Raises:
        BadInput: every fault of the file, with line and column.
    """
    return cast("tuple[Model, Document, str]", _model_of(read_bytes(path), str(path), kind))


@lru_cache(maxsize=128)
def _model_of(source: bytes, file: str, kind: type[BaseModel]) -> tuple[BaseModel, Document, str]:
    """What was read stays, by all its bytes: the scenario, law and rubric of six drills are the same few files."""
    document = read_yaml(source, file)
    try:
        value = kind.model_validate(document.data)
    except ValidationError as error:
        raise BadInput(faults_from(error, document, kind)) from error
    return value, document, hashlib.blake2b(source, digest_size=16).hexdigest()


def kind_of(document: Document) -> type[BaseModel]:
    """What a document is, judged by the keys only that kind has; a scenario when nothing tells."""
    data = document.data if isinstance(document.data, dict) else {}
    telling: dict[str, type[BaseModel]] = {
        "catalogue": Response,
        "rules": Pack,
        "dimensions": Rubric,
        "windows": Drill,
        "arms": Plan,
        "site": Scenario,
        "injects": Scenario,
    }
    found: type[BaseModel] = next((model for key, model in telling.items() if key in data), Scenario)
    return found


@lru_cache(maxsize=1)
def responses() -> tuple[Mapping[str, Response], str]:
    """Every response that comes with the program by id, and one digest over all of them."""
    return _responses_in(scenario_folder())


def responses_for(home: Path) -> tuple[Mapping[str, Response], str]:
    """Those, and after them the ones in the folder `responses` of an author's own folder of scenarios.

    Raises:
        BadInput: faults of the author's own; one that has the id of another.
    """
    shipped, digest = responses()
    if home.resolve() == scenario_folder().resolve() or not (home / "responses").is_dir():
        return shipped, digest
    own, more = _responses_in(home)
    for name in own:
        if name in shipped:
            path = home / "responses" / f"{name}.yaml"
            document = read_yaml(read_bytes(path), str(path))
            message = Phrase("{name} is the id of a file that comes with the program", name=name)
            raise BadInput((_at(document, ("id",), "repeated-id", message),))
    return {**shipped, **own}, digest + more


def home_of(path: Path, kind: type[BaseModel]) -> Path:
    """The folder of scenarios a file belongs to: its own, or for the other kinds the one above."""
    return path.parent if kind is Scenario else path.parent.parent


def part_file(home: Path, folder: str, name: str) -> Path:
    """The file of a pack or rubric: the author's own, where there is one, else that of the program."""
    shipped = scenario_folder() / folder / f"{name}.yaml"
    own = next((home / folder / f"{name}{end}" for end in ENDINGS if (home / folder / f"{name}{end}").is_file()), None)
    return own if name != FLOOR and own is not None and not shipped.is_file() else shipped


def _files_in(folder: Path) -> list[Path]:
    """The files an author can have written there, by name."""
    return sorted(path for end in ENDINGS for path in folder.glob(f"*{end}"))


def _responses_in(home: Path) -> tuple[Mapping[str, Response], str]:
    found: dict[str, Response] = {}
    digests = []
    for path in _files_in(home / "responses"):
        value, document, digest = read_model(path, Response)
        if value.id != path.stem:
            raise BadInput(
                (
                    _at(
                        document,
                        ("id",),
                        "wrong-id",
                        Phrase("the id {id} is not the file's name {name}", id=value.id, name=path.stem),
                    ),
                )
            )
        found[value.id] = value
        digests.append(digest)
    return found, "".join(digests)


def scenarios() -> dict[str, Path]:
    """The shipped scenarios by id."""
    return {path.stem: path for path in sorted(scenario_folder().glob("*.yaml"))}


def find_scenario(name: str) -> Path:
    """The file of a scenario given by id or by path.

    Raises:
        BadInput: there is none; the nearest known id is named.
    """
    return find_file("scenario", name, scenarios())


def find_file(kind: str, name: str, shipped: Mapping[str, Path]) -> Path:
    """The file of that kind given by path, or by the id of one that comes with the program.

    Raises:
        BadInput: there is none; the nearest known id is named.
    """
    if name in shipped:
        return shipped[name]
    path = Path(name)
    if path.suffix in {".yaml", ".yml"} or path.exists():
        return path
    close = nearest(name, shipped)
    raise BadInput.of(
        f"unknown-{kind}",
        no_such(kind, name),
        hint=Phrase("did you mean {name}?", name=close)
        if close
        else Phrase("there are: {known}", known=", ".join(shipped)),
    )


def load_playbook(name: str) -> Playbook:
    """Everything one exercise needs, from the scenario of that id or path.

    Raises:
        BadInput: every fault found.
    """
    path = find_scenario(name)
    scenario, document, digest = read_model(path, Scenario)
    home = home_of(path, Scenario)
    catalogue, catalogue_digest = responses_for(home)
    problems = [p for p in (*scenario.faults(catalogue), *_dangling(scenario, home)) if not p.warning]
    if problems:
        raise BadInput([locate(document, problem) for problem in problems])
    domestic, domestic_document, domestic_digest = read_model(
        part_file(home, "packs", scenario.doctrine.domestic), Pack
    )
    floor, floor_document, floor_digest = read_model(part_file(home, "packs", scenario.doctrine.floor), Pack)
    if wrong := [
        *_pack_faults(domestic, domestic_document, catalogue),
        *_pack_faults(floor, floor_document, catalogue),
    ]:
        raise BadInput(wrong)
    rubric, rubric_document, rubric_digest = read_model(part_file(home, "rubrics", scenario.rubric), Rubric)
    if opened := loosened(rubric, shipped_rubric()):
        raise BadInput([locate(rubric_document, problem) for problem in opened])
    whole = "".join((digest, catalogue_digest, domestic_digest, floor_digest, rubric_digest))
    return Playbook(
        scenario=scenario,
        responses=scenario.retimed(catalogue),
        domestic=domestic,
        floor=floor,
        rubric=rubric,
        digest=hashlib.blake2b(whole.encode(), digest_size=16).hexdigest(),
        ground=kept_ground,
    )


def _pack_faults(pack: Pack, document: Document, catalogue: Mapping[str, Response]) -> Iterator[Fault]:
    """Names a pack uses that are not there, and attempts to put a rule of the floor out of force."""
    floor = pack if pack.id == FLOOR else _pack(FLOOR, scenario_folder())
    for problem in pack.faults(floor, catalogue):
        yield locate(document, problem)


def _dangling(scenario: Scenario, home: Path) -> Iterator[Problem]:
    """The packs and the rubric the scenario names that are not there."""
    named: tuple[tuple[str, tuple[str | int, ...], str], ...] = (
        ("packs", ("doctrine", "domestic"), scenario.doctrine.domestic),
        ("packs", ("doctrine", "floor"), scenario.doctrine.floor),
        ("rubrics", ("rubric",), scenario.rubric),
    )
    for folder, where, name in named:
        places = dict.fromkeys((scenario_folder() / folder, home / folder))
        known = tuple(dict.fromkeys(p.stem for place in places for p in _files_in(place)))
        if name not in known:
            yield Problem(where, "unknown-" + str(where[-1]), no_such(folder, name), word=name, known=known)


def check_file(path: Path) -> tuple[Fault, ...]:
    """Every fault and doubt of one file, whatever kind it is, in the order of the file; empty when there is none."""
    try:
        return check_bytes(read_bytes(path), str(path))
    except BadInput as bad:
        return bad.faults


def check_bytes(source: bytes, name: str) -> tuple[Fault, ...]:
    """As `check_file`, of bytes that stand in a file of that name or are about to."""
    try:
        document = read_yaml(source, name)
        if isinstance(document.data, list) and any(isinstance(e, dict) and "response" in e for e in document.data):
            hint = Phrase("it is checked when it is played: {example}", example="run SCENARIO --orders FILE")
            said = Phrase("this is a list of orders, and no scenario, response, pack, rubric, drill or plan")
            return (locate(document, Problem((), "order-file", said, hint=hint)),)
        kind = kind_of(document)
        try:
            value = kind.model_validate(document.data)
        except ValidationError as error:
            return faults_from(error, document, kind)
        home = home_of(Path(name), kind)
        catalogue = responses_for(home)[0]
        problems = [*_wrong(value, catalogue, home)]
        if not problems and isinstance(value, Scenario):
            problems += doubts(Case(value, catalogue, *(_pack(each, home) for each in _chosen(value))))
        if isinstance(value, Drill):
            problems += _of_drill(value, Path(name).parent)
        problems += wording.doubts(value, drawable())
    except BadInput as bad:
        return bad.faults
    ordered = sorted((locate(document, each) for each in problems), key=lambda f: (f.line or 0, f.column or 0))
    return tuple(dict.fromkeys(ordered))


def _wrong(value: BaseModel, catalogue: Mapping[str, Response], home: Path) -> Iterator[Problem]:
    """What keeps a file from being used although each of its parts is well formed."""
    if isinstance(value, Scenario):
        yield from value.faults(catalogue)
        yield from _dangling(value, home)
        yield from _players(value)
    elif isinstance(value, Pack):
        yield from value.faults(value if value.id == FLOOR else _pack(FLOOR, home), catalogue)
    elif isinstance(value, Response):
        yield from value.faults((*catalogue, value.id))
    elif isinstance(value, Rubric):
        yield from loosened(value, shipped_rubric())


def _of_drill(drill: Drill, folder: Path) -> Iterator[Problem]:
    """What keeps a drill from being used; that its scenario cannot be is said where it is named."""
    here = drill.scenario.endswith((".yaml", ".yml"))
    try:
        playbook = load_playbook(str(folder / drill.scenario) if here else drill.scenario)
    except BadInput as bad:
        first = bad.faults[0]
        yield Problem(("scenario",), first.code, first.message, hint=first.hint)
        return
    yield from drill.faults(playbook.scenario, playbook.responses)


def _players(scenario: Scenario) -> Iterator[Problem]:
    """Automatic players the expectations name that are not there."""
    for k, each in enumerate(scenario.expect):
        for key, name in (("player", each.player), ("beats", each.beats)):
            if name is not None and name not in PLAYERS:
                yield unknown_name(("expect", k, key), "player", name, tuple(PLAYERS))


def _chosen(scenario: Scenario) -> tuple[str, str]:
    """The packs a scenario chose: the law of the place and the floor."""
    return scenario.doctrine.domestic, scenario.doctrine.floor


def _pack(name: str, home: Path) -> Pack:
    return read_model(part_file(home, "packs", name), Pack)[0]


def shipped_rubric() -> Rubric:
    """The rubric that comes with the program: whatever a run is scored by holds its gates."""
    return read_model(scenario_folder() / "rubrics" / "default.yaml", Rubric)[0]


@lru_cache(maxsize=1)
def drawable() -> frozenset[int]:
    """The code points the screen's font has a shape for."""
    return code_points((data_root() / "assets" / "font" / "NotoSansSC-Regular.ttf").read_bytes())


def locate(document: Document, problem: Problem) -> Fault:
    """A scenario's problem at its line and column, with the nearest known name."""
    close = nearest(problem.word, problem.known) if problem.word else None
    hint = problem.hint
    if any(sign in problem.word for sign in "，、；"):
        hint = COMMA_HINT
    elif close:
        hint = Phrase("did you mean {name}?", name=close)
    elif problem.known:
        hint = Phrase("there are: {known}", known=", ".join(problem.known[:12]))
    mark = document.mark(problem.path)
    return Fault(
        file=document.file,
        line=mark.line,
        column=mark.column,
        path=spell(problem.path),
        code=problem.code,
        severity="warning" if problem.warning else "error",
        message=problem.message,
        hint=hint,
    )


def _at(document: Document, path: tuple[str | int, ...], code: str, message: Phrase) -> Fault:
    return locate(document, Problem(path, code, message))
