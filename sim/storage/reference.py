"""Reference: the page on every field of the files an author writes and on every response, made from models and files.

Meaning, kind, range, unit and default come from the models, examples from the files that are shipped. A test holds the
pages in `docs` against what this makes.
"""

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from sim.core.phrase import Language, Phrase
from sim.core.speech import Speech
from sim.drill.drill import Drill
from sim.effects import EFFECTS, Number, Within
from sim.scenario.pack import Pack
from sim.scenario.plan import Plan
from sim.scenario.response import Response
from sim.scenario.rubric import Rubric
from sim.scenario.scenario import Scenario
from sim.scenario.words import Words
from sim.storage.catalogue import catalogue_lines
from sim.storage.language import speech
from sim.storage.library import read_model, scenario_folder
from sim.storage.meanings import Meanings, inside
from sim.world.metric import METRICS

PARTS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("scenario", Scenario),
    ("response", Response),
    ("pack", Pack),
    ("rubric", Rubric),
    ("drill", Drill),
    ("plan", Plan),
)
NAMED = {"Words": "text", "Number": "number", "Condition": "when", "Area": "area", "Content": "content"}
"""Models that stand in many places, and what their section is called."""
UNITS = {
    "_min": Phrase("minutes"),
    "_mps": Phrase("metres a second"),
    "_days": Phrase("days"),
    "_db": Phrase("decibels"),
    "_m": Phrase("metres"),
    "_s": Phrase("seconds"),
}
"""Units by the end of a key."""
WHOLE = {"minute": UNITS["_min"], "days": UNITS["_days"], "minutes": UNITS["_min"], "risk_minutes": UNITS["_min"]}
PAGES: dict[Language, str] = {"en": "scenario-reference.md", "zh": "scenario-reference.zh.md"}
"""The pages in `docs`, by language."""
LONGEST = 60
EXAMPLES = ("first_steps", "taxi_ring_square", "health_valley_petition", "festival_crush")


def page(language: Language) -> str:
    """The whole page in one language, as Markdown."""
    say, words = speech(language), Meanings.read()
    lines = [
        "# " + say("Reference of scenario files"),
        "",
        say(
            "Made from the models by `commonground schema --refresh`; do not edit it by hand. "
            "How a scenario is written is told in scenarios.md."
        ),
        "",
        say(
            "A key that is required has no default. Units stand in the names of keys. "
            "Minutes count from the first call, metres from the south-west corner."
        ),
        "",
    ]
    told: dict[type[BaseModel], str] = {}
    for name, kind in PARTS:
        lines += ["## " + say("Files of the kind {kind}", kind=name), ""]
        for path, model in _sections(kind, name):
            if model not in told and not _is_effect(model):
                told[model] = path
                lines += _section(path, model, say, words)
    lines += catalogue_lines(say)
    lines += ["## " + say("Effects"), "", say("What happens in injects and responses; each is told apart by `do`."), ""]
    for name, effect in sorted(EFFECTS.items()):
        lines += _section(f"do: {name}", effect, say, words)
        for path, model in _sections(effect, name):
            if model not in told and not _is_effect(model):
                told[model] = path
                lines += _section(path, model, say, words)
    lines += ["## " + say("Metrics"), "", say("Numbers that `metric` asks for."), ""]
    lines += [f"- `{name}`: {_of_metric(name, words, language)}" for name in METRICS]
    return "\n".join(lines).rstrip() + "\n"


def _is_effect(model: type[BaseModel]) -> bool:
    return model in EFFECTS.values()


def _sections(kind: type[BaseModel], start: str) -> Iterator[tuple[str, type[BaseModel]]]:
    """Every model below one, effects left out, each with the path at which it is first met."""
    seen: dict[type[BaseModel], str] = {kind: start}
    waiting = [kind]
    while waiting:
        model = waiting.pop(0)
        yield seen[model], model
        for name, field in model.model_fields.items():
            for each in inside(field.annotation):
                if each not in seen and not _is_effect(each):
                    path = f"{seen[model]}.{field.alias or name}"
                    seen[each] = NAMED.get(each.__name__, path.removeprefix("scenario.").removeprefix("response."))
                    waiting.append(each)


def _section(path: str, model: type[BaseModel], say: Speech, words: Meanings) -> list[str]:
    meaning = words.of(model)
    lines = [f"### `{_told_apart(path, model)}`", "", _plain(say(words.purpose(model))), ""]
    fields = [(name, field) for name, field in model.model_fields.items() if name != "do"]
    if not fields:
        return lines
    head = (say("key"), say("meaning"), say("value"), say("default"), say("example"))
    lines += ["| " + " | ".join(head) + " |", "|---|---|---|---|---|"]
    for name, field in fields:
        key = field.alias or name
        cells = (
            f"`{key}`",
            _plain(say(meaning[name])),
            _value(key, field, say),
            _default(field, say),
            _examples().get((model, key), ""),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return [*lines, ""]


def _told_apart(path: str, model: type[BaseModel]) -> str:
    """The path, or for kinds that one key tells apart that key with its value."""
    for key in ("measure", "gate"):
        names = get_args(model.model_fields[key].annotation) if key in model.model_fields else ()
        if len(names) == 1 and isinstance(names[0], str):
            return f"{key}: {names[0]}"
    return path


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _value(key: str, field: FieldInfo, say: Speech) -> str:
    """What kind of value it is, with range and unit."""
    parts = [_kind(field.annotation, say)]
    parts += [rule for each in field.metadata if (rule := _limit(each, field.annotation, say))]
    unit = WHOLE.get(key) or next((unit for end, unit in UNITS.items() if key.endswith(end)), None)
    if unit is not None:
        parts.append(say(unit))
    return ", ".join(parts)


def _limit(limit: object, annotation: object, say: Speech) -> str:
    """A range in signs, as annotated types write it."""
    if isinstance(limit, Within):
        return say(limit.rule)
    many = any(sign in str(annotation) for sign in ("tuple", "dict"))
    for name, sign in (("gt", ">"), ("ge", "≥"), ("lt", "<"), ("le", "≤")):
        if getattr(limit, name, None) is not None:
            return f"{sign} {getattr(limit, name):g}"
    for name, sign in (("min_length", "≥"), ("max_length", "≤")):
        if (length := getattr(limit, name, None)) is not None:
            entries = say("{rule} entries", rule=f"{sign} {length}")
            return entries if many else say("{rule} characters", rule=f"{sign} {length}")
    return ""


def _kind(annotation: Any, say: Speech) -> str:  # noqa: ANN401 - annotations have no type
    """What kind of value an annotation lets in."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if hasattr(annotation, "__value__"):
        return _kind(annotation.__value__, say)
    if origin is Annotated:
        limits = [rule for each in arguments[1:] if (rule := _limit(each, arguments[0], say))]
        return ", ".join([_kind(arguments[0], say), *limits])
    if origin is Literal:
        return say("one of {values}", values=" ".join(f"`{each}`" for each in arguments))
    if origin in {Union, UnionType}:
        return _either(annotation, say)
    if origin in {tuple, dict}:
        return _many(annotation, say)
    return _single(annotation, say)


def _either(annotation: Any, say: Speech) -> str:  # noqa: ANN401 - as above
    kinds = [each for each in get_args(annotation) if each is not type(None)]
    if len(kinds) > 1 and all(each in EFFECTS.values() for each in inside(annotation)):
        return say("an effect")
    return say(" or ").join(dict.fromkeys(_kind(each, say) for each in kinds))


def _many(annotation: Any, say: Speech) -> str:  # noqa: ANN401 - as above
    arguments = get_args(annotation)
    if get_origin(annotation) is dict:
        return say("section, by key: {kind}", kind=_kind(arguments[1], say))
    if Ellipsis in arguments:
        return say("list: {kind}", kind=_kind(arguments[0], say))
    return say("list of {count}: {kind}", count=len(arguments), kind=_kind(arguments[0], say))


def _single(annotation: Any, say: Speech) -> str:  # noqa: ANN401 - as above
    if annotation is Words:
        return say("text in both languages")
    if annotation is Number:
        return say("number with its standing")
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return say("section")
    if hasattr(annotation, "__members__"):
        members = annotation.__members__.items()
        values = [each.value if isinstance(each.value, str) else name.lower() for name, each in members]
        return say("one of {values}", values=" ".join(f"`{each}`" for each in values))
    return say(PLAIN.get(annotation, PLAIN[str]))


PLAIN = {str: Phrase("text"), int: Phrase("whole number"), float: Phrase("number"), bool: Phrase("true or false")}


def _default(field: FieldInfo, say: Speech) -> str:
    if field.is_required():
        return say("required")
    value = field.default
    if value is None or value is PydanticUndefined or value in ((), {}, ""):
        return ""
    if isinstance(value, Number):
        return f"`{value.value:g}`"
    if isinstance(value, BaseModel | dict):
        return say("see there")
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`"


@cache
def _examples() -> dict[tuple[type[BaseModel], str], str]:
    """By model and key: what stands in the first shipped file that has it, if it is short."""
    found: dict[tuple[type[BaseModel], str], str] = {}
    folder = scenario_folder()
    files: list[tuple[str, type[BaseModel]]] = [(f"{name}.yaml", Scenario) for name in EXAMPLES]
    files += [(f"responses/{path.name}", Response) for path in sorted((folder / "responses").glob("*.yaml"))]
    files += [("packs/prc.yaml", Pack), ("packs/un_baseline.yaml", Pack)]
    for name, kind in files:
        value, document, _ = read_model(folder / name, kind)
        _gather(value, document.data, found)
    return found


def _gather(value: object, data: Any, found: dict[tuple[type[BaseModel], str], str]) -> None:  # noqa: ANN401 - as read
    """Notes an example of every field that is written here, by walking model and data together."""
    if isinstance(value, BaseModel) and isinstance(data, dict):
        for name, field in type(value).model_fields.items():
            key = field.alias or name
            if key in data:
                if (type(value), key) not in found and (example := _written(getattr(value, name), data[key])):
                    found[type(value), key] = example
                _gather(getattr(value, name), data[key], found)
    elif isinstance(value, tuple) and isinstance(data, list):
        for each, its in zip(value, data, strict=False):
            _gather(each, its, found)
    elif isinstance(value, dict) and isinstance(data, dict):
        for key, each in value.items():
            _gather(each, data.get(key), found)


def _written(value: object, data: object) -> str:
    """A value as YAML on one line; texts in both languages by their form alone, nothing for what is long."""
    if data in ([], {}, ""):
        return ""
    if isinstance(value, Words):
        return "`{en: …, zh: …}`"
    text = yaml.safe_dump(data, default_flow_style=True, width=1000, allow_unicode=True, sort_keys=False)
    text = text.removesuffix("...\n").strip()
    return f"`{text}`" if len(text) <= LONGEST and "|" not in text else ""


def _of_metric(name: str, words: Meanings, language: Language) -> str:
    text = words.text(" ".join((METRICS[name].__doc__ or "").split()))
    return _plain(text.zh if language == "zh" else text.en)
