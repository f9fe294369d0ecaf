"""Schema: JSON Schema of the files an instructor writes, for editors that complete, explain and underline.

Made from the models: what a model refuses is underlined, what a field means is shown on hover in both languages, and
ids that are known are completed. The schemas of the four kinds lie in `assets/schema`; shipped files point to them.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sim.exercise.player import PLAYERS
from sim.scenario.scenario import Scenario
from sim.storage.library import KINDS, responses, scenario_folder
from sim.storage.meanings import Meanings, models_in
from sim.storage.relative import named_from
from sim.storage.shipped import data_root
from sim.world.metric import METRICS

Ids = Mapping[str, tuple[str, ...]]
MODELINE = "# yaml-language-server: $schema={where}"


def schema_folder() -> Path:
    """Where the schemas lie that shipped files point to."""
    return data_root() / "assets" / "schema"


def modeline(file: Path, kind: str) -> str:
    """The comment that tells an editor which schema a file has, with the way there from the file's own folder."""
    return MODELINE.format(where=named_from(file, schema_folder() / f"{kind}.json"))


def library_ids() -> dict[str, tuple[str, ...]]:
    """Ids that any file can name."""
    folder = scenario_folder()
    return {
        "response": tuple(sorted(responses()[0])),
        "metric": tuple(METRICS),
        "pack": tuple(sorted(path.stem for path in (folder / "packs").glob("*.yaml"))),
        "rubric": tuple(sorted(path.stem for path in (folder / "rubrics").glob("*.yaml"))),
        "player": tuple(PLAYERS),
    }


def scenario_ids(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Ids that only this scenario's own file can name."""
    places = scenario.site.places
    return {
        "place": tuple(place.id for place in places),
        "exit": tuple(place.id for place in places if place.exit_width_m > 0),
        "group": tuple(group.id for group in scenario.groups),
        "demand": tuple(demand.id for demand in scenario.demands),
        "inject": tuple(inject.id for inject in scenario.injects),
        "code": tuple(dict.fromkeys(unit.code for unit in scenario.units)),
        "aim": tuple(ending.id for ending in scenario.aims),
        "loss": tuple(ending.id for ending in scenario.red_lines),
    }


def schema_of(kind: str, ids: Ids | None = None) -> dict[str, Any]:
    """JSON Schema (2020-12) of files of that kind; `ids` are completed besides those of the library."""
    model = KINDS[kind]
    whole = model.model_json_schema(by_alias=True)
    known = {**library_ids(), **(ids or {})}
    words = Meanings.read()
    definitions = whole.get("$defs", {})
    for each in models_in(model):
        part = whole if each is model else _definition(definitions, each)
        if part is not None:
            _explain(part, each, words)
    _tidy(whole, known)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"Made from the models by: commonground schema {kind}",
        **whole,
    }


def _definition(definitions: dict[str, Any], model: type[BaseModel]) -> dict[str, Any] | None:
    """The definition of a model, under its plain or its full name."""
    long = f"{model.__module__}__{model.__name__}".replace(".", "__")
    found = definitions.get(model.__name__) or definitions.get(long)
    return found if isinstance(found, dict) else None


def _explain(part: dict[str, Any], model: type[BaseModel], words: Meanings) -> None:
    """Puts meanings in both languages at a model and each of its fields."""
    part["description"] = words.both(words.purpose(model))
    for alternative in part.get("anyOf", (part,)):
        for name, field in model.model_fields.items():
            said = alternative.get("properties", {}).get(field.alias or name)
            if said is not None:
                said["description"] = words.both(words.of(model)[name])


def _tidy(part: object, ids: Ids) -> None:
    """Takes out titles made from names, and writes ids where it says of what they are."""
    if isinstance(part, list):
        for each in part:
            _tidy(each, ids)
    if not isinstance(part, dict):
        return
    if isinstance(part.get("title"), str):
        del part["title"]
    kind = part.pop("x-ids", None)
    if kind in ids:
        _enumerate(part, list(ids[kind]))
    for each in part.values():
        _tidy(each, ids)


def _enumerate(part: dict[str, Any], names: list[str]) -> None:
    """Lets only these names stand in a text, in a list of texts, or as the keys of a section."""
    if part.get("type") == "array":
        part["items"] = {**part["items"], "enum": names}
    elif part.get("type") == "object":
        part["propertyNames"] = {"enum": names}
    elif "anyOf" in part:
        for each in part["anyOf"]:
            if each.get("type") == "string":
                each["enum"] = names
    else:
        part["enum"] = ["", *names] if part.get("default") == "" else names


def written(kind: str) -> str:
    """The text of the schema file of that kind."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=1) + "\n"
