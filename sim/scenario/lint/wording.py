"""Wording: texts that are missing in a language, or hold characters the screen cannot show."""

from collections.abc import Iterator
from itertools import pairwise

from pydantic import BaseModel

from sim.core.phrase import Phrase
from sim.scenario.lint.case import doubt
from sim.scenario.pack import Cite
from sim.scenario.problem import Path, Problem
from sim.scenario.words import Words

HAN = ("\u3400", "\u9fff")


def doubts(value: object, drawable: frozenset[int], path: Path = ()) -> Iterator[Problem]:
    """Every doubtful text in a model, whatever kind it is; `drawable` are the characters the font has."""
    if isinstance(value, Words):
        yield from _of_words(value, drawable, path)
    elif isinstance(value, BaseModel):
        kind = type(value)
        pair = [name for name in ("en", "zh") if name in kind.model_fields]
        if len(pair) == 2 and getattr(value, "en"):  # noqa: B009 - the fields are known by name alone
            yield from _of_pair(getattr(value, "en"), getattr(value, "zh"), drawable, path, plain=False)  # noqa: B009
        named = value.instrument.plain if isinstance(value, Cite) else False  # a case is cited by its own name
        for name, field in kind.model_fields.items():
            if name in value.model_fields_set and not (named and name == "instrument"):
                yield from doubts(getattr(value, name), drawable, (*path, field.alias or name))
    elif isinstance(value, tuple | list):
        for k, item in enumerate(value):
            yield from doubts(item, drawable, (*path, k))


def _of_words(words: Words, drawable: frozenset[int], path: Path) -> Iterator[Problem]:
    yield from _of_pair(words.en, words.zh, drawable, path, plain=words.plain)


def _of_pair(en: str, zh: str, drawable: frozenset[int], path: Path, *, plain: bool) -> Iterator[Problem]:
    where = path if plain else (*path, "zh")
    if not _han(zh) and _is_prose(zh):
        yield doubt(
            where,
            "no-translation",
            Phrase("this text is not in Chinese: {text}", text=zh[:40]),
            Phrase("write {example}", example="{en: …, zh: …}"),
        )
    if _han(en) and not plain:
        yield doubt(
            (*path, "en"),
            "no-translation",
            Phrase("this text is not in English: {text}", text=en[:40]),
            Phrase("are en and zh swapped?") if not _han(zh) else Phrase("write the English text here"),
        )
    for key, text in (("en", en), ("zh", zh)):
        missing = "".join(dict.fromkeys(c for c in text if ord(c) not in drawable and not c.isspace()))
        if missing:
            yield doubt(
                path if plain else (*path, key),
                "no-glyph",
                Phrase("the screen's font has no {characters}", characters=missing[:10]),
                Phrase("write it with other characters"),
            )
            if plain:
                return


def _han(text: str) -> bool:
    return any(HAN[0] <= c <= HAN[1] for c in text)


def _is_prose(text: str) -> bool:
    """True for words, false for names and codes that are the same in both languages, such as PAT-1 or 3 m."""
    return any(a.islower() and b.islower() for a, b in pairwise(text))
