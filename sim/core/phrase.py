"""A sentence kept as a template and its parameters, so that it can be put in another language later."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from numbers import Integral, Real
from string import Formatter
from typing import Any, Literal, Protocol, TypeAlias, runtime_checkable

Language: TypeAlias = Literal["en", "zh"]


@runtime_checkable
class Bilingual(Protocol):
    """Anything that carries the same text in both languages, such as a scenario author's text."""

    @property
    def en(self) -> str:
        """The text in English."""

    @property
    def zh(self) -> str:
        """The text in Simplified Chinese."""


@dataclass(frozen=True, slots=True)
class LText:
    """A text its author wrote in both languages."""

    en: str
    """The text in English."""
    zh: str
    """The text in Simplified Chinese."""

    def in_language(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.zh if language == "zh" else self.en


Parameter: TypeAlias = "str | int | float | Phrase | LText"
"""What a phrase keeps for one parameter."""

_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SPEC = re.compile(r"\+?0?[0-9]?,?(\.[0-9])?[dfgs%]?")


@lru_cache(maxsize=4096)
def _fields(template: str) -> frozenset[str]:
    """Return the parameter names of `template`; ValueError when it holds more than plain `{name:format}`.

    Phrases are read back from files, and Python's templates can also reach into objects (`{x.__class__}`)
    or ask for a billion spaces (`{x:999999999}`), so only names and small number formats are let through.
    """
    names = set()
    for _, name, spec, conversion in Formatter().parse(template):
        if name is None:
            continue
        if conversion or not _FIELD.fullmatch(name) or not _SPEC.fullmatch(spec or ""):
            raise ValueError(f"a phrase may hold only plain parameters, not those of {template!r}")
        names.add(name)
    return frozenset(names)


def _kept(name: str, value: object) -> Parameter:
    """Return `value` as the plain, exact, finite thing a phrase keeps; ValueError when there is none."""
    if isinstance(value, str | Phrase | LText):
        return value
    if isinstance(value, bool):
        raise ValueError(f"parameter {name} is a truth value; say what it means in words")  # noqa: TRY004
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        number = float(value)
        if not math.isfinite(number):
            raise ValueError(f"parameter {name} is not a finite number")
        return number
    if isinstance(value, Bilingual):
        return LText(en=value.en, zh=value.zh)
    raise ValueError(f"parameter {name} is a {type(value).__name__}, which no phrase can hold")


def nested(text: str) -> str:
    """The text with quotes inside of quotes as single ones; as it stands where they do not pair."""
    if text.count("“") < 2:
        return text
    made, depth = [], 0
    for letter in text:
        depth += letter == "“"
        within = depth > 1 and depth % 2 == 0
        made.append("‘" if within and letter == "“" else "’" if within and letter == "”" else letter)
        depth -= letter == "”"
        if depth < 0:
            return text
    return "".join(made) if depth == 0 else text


@dataclass(frozen=True, slots=True, init=False)
class Phrase:
    """A sentence with named parameters: hashable, equal by content, and the same after a round trip as data.

    `Phrase("{count} people at the {gate}", count=40, gate=LText("north gate", "北门"))`
    """

    template: str
    """The English sentence, with `{name}` or `{name:.1f}` where a parameter goes. Also its catalogue key."""
    params: tuple[tuple[str, Parameter], ...]
    """The parameters, sorted by name."""

    def __init__(self, template: str, /, **params: object) -> None:
        """Keep `template` and `params`.

        A parameter is a str, a finite number, another phrase, or a text in both languages (kept as an
        `LText`). numpy numbers become plain ones.

        Raises:
            ValueError: a parameter is missing or cannot be kept, or the template does more than name them.
        """
        missing = sorted(_fields(template) - params.keys())
        if missing:
            raise ValueError(f"{template!r} lacks {', '.join(missing)}")
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "params", tuple((name, _kept(name, params[name])) for name in sorted(params)))

    @classmethod
    def literal(cls, text: str) -> "Phrase":
        """Return the phrase that says `text` as it stands: braces in it are braces, no parameters."""
        return cls(text.replace("{", "{{").replace("}", "}}"))

    def english(self) -> str:
        """Return the sentence in English."""
        return self.in_language("en", lambda template: template)

    def in_language(self, language: Language, translate: Callable[[str], str]) -> str:
        """Return the sentence in `language`; `translate` gives the template of that language for ours.

        Parameters that are sentences or bilingual texts are put in `language` too.
        """
        shown: dict[str, str | int | float] = {}
        for name, value in self.params:
            if isinstance(value, Phrase):
                shown[name] = value.in_language(language, translate)
            elif isinstance(value, LText):
                shown[name] = value.in_language(language)
            else:
                shown[name] = value
        return nested(translate(self.template).format(**shown))

    def as_dict(self) -> dict[str, Any]:
        """Return the phrase as plain data that JSON can hold and `from_dict` can read."""
        params: dict[str, Any] = {}
        for name, value in self.params:
            if isinstance(value, Phrase):
                params[name] = value.as_dict()
            elif isinstance(value, LText):
                params[name] = {"en": value.en, "zh": value.zh}
            else:
                params[name] = value
        return {"template": self.template, "params": params}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Phrase":
        """Return the phrase that `as_dict` turned into `data`.

        Raises:
            ValueError: `data` is not what `as_dict` gives.
        """
        template, params = data.get("template"), data.get("params")
        if not isinstance(template, str) or not isinstance(params, Mapping) or len(data) != 2:
            raise ValueError("a phrase needs a template and params, and nothing else")
        return cls(template, **{name: _read(value) for name, value in params.items()})


def _read(value: object) -> object:
    """Return one parameter of `Phrase.as_dict` as the parameter it was."""
    if not isinstance(value, Mapping):
        return value
    if value.keys() == {"en", "zh"} and all(isinstance(text, str) for text in value.values()):
        return LText(en=value["en"], zh=value["zh"])
    return Phrase.from_dict(value)
