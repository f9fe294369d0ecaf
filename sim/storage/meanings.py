"""Meanings: what every field of a file means, gathered from the models; nothing here changes what is accepted."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from sim.core.phrase import LText
from sim.storage.library import read_bytes
from sim.storage.reader import read_yaml
from sim.storage.shipped import data_root


def models_in(kind: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """Every model that can stand in a file of that kind, itself first, in the order of the fields."""
    found: dict[type[BaseModel], None] = {}

    def visit(model: type[BaseModel]) -> None:
        if model not in found:
            found[model] = None
            for field in model.model_fields.values():
                for each in inside(field.annotation):
                    visit(each)

    visit(kind)
    return tuple(found)


def inside(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - annotations have no type
    """The models an annotation speaks of."""
    origin = get_origin(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif origin is Annotated:
        yield from inside(get_args(annotation)[0])
    elif origin is not Literal and (origin in {Union, UnionType} or get_args(annotation)):
        for each in get_args(annotation):
            yield from inside(each)


class Meanings:
    """Meanings in both languages.

    What a field or a model means is written at it in English. The catalogue says it in Chinese, and for fields of the
    same name and meaning in many models (`do`, `content`) it says both once.
    """

    def __init__(self, shared: Mapping[str, LText], chinese: Mapping[str, str]) -> None:
        """Take what the catalogue says: meanings by field name, and Chinese by English."""
        self.shared = shared
        self.chinese = chinese

    @classmethod
    def read(cls) -> "Meanings":
        """The catalogue that is shipped."""
        path = data_root() / "assets" / "language" / "fields.yaml"
        data: Any = read_yaml(read_bytes(path), path.name).data
        shared = {name: LText(each["en"], each["zh"]) for name, each in data["shared"].items()}
        return cls(shared, data["chinese"])

    def of(self, model: type[BaseModel]) -> dict[str, LText]:
        """What each field means, by its name in Python; empty texts where nobody has said it."""
        found = {}
        for name, english in _own(model).items():
            text = self.text(english)
            found[name] = text if english else self.shared.get(name, text)
        return found

    def purpose(self, model: type[BaseModel]) -> LText:
        """What a model is: the first paragraph of its docstring."""
        return self.text(" ".join((inspect.getdoc(model) or "").split("\n\n", maxsplit=1)[0].split()))

    def text(self, english: str) -> LText:
        """The English text with its Chinese form; the English one where there is none yet."""
        return LText(english, self.chinese.get(english, english))

    @staticmethod
    def both(text: LText) -> str:
        """Both languages, one below the other."""
        return text.en if text.en == text.zh else f"{text.en}\n\n{text.zh}"


@cache
def _own(model: type[BaseModel]) -> dict[str, str]:
    """What each field means, in English: its description, or the text below it in the source; "" where neither is."""
    below: dict[str, str] = {}
    for base in reversed([each for each in model.__mro__ if issubclass(each, BaseModel) and each is not BaseModel]):
        below |= _texts_below(base)
    return {name: field.description or below.get(name, "") for name, field in model.model_fields.items()}


@cache
def _texts_below(model: type[BaseModel]) -> dict[str, str]:
    """The text that stands below each field in the source of a class."""
    body = ast.parse(inspect.cleandoc("\n" + inspect.getsource(model))).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for field, text in zip(body.body, body.body[1:], strict=False):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            found[field.target.id] = " ".join(str(text.value.value).split())
    return found
