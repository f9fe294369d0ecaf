"""What a model refuses is said in plain words at its place in the file, with a way out."""

import json
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    RootModel,
    Tag,
    ValidationError,
    field_validator,
)
from pydantic_core import PydanticCustomError

from sim.core.errors import BadInput, Fault
from sim.core.phrase import Phrase
from sim.storage.faults import faults_from, nearest
from sim.storage.reader import MAX_FAULTS, read_yaml


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Talk(Model):
    kind: Literal["talk"]
    words: str
    talk: int = 0


class Throw(Model):
    kind: Literal["throw"]
    count: Annotated[int, Field(ge=1, le=50)]


class Both(Model):
    en: str
    zh: str


class Mood(Enum):
    calm = "calm"
    tense = "tense"


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    __pydantic_config__ = ConfigDict(strict=False)


class Gate(Model):
    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$", max_length=20)]
    width_m: Annotated[float, Field(gt=0, multiple_of=0.5)]
    opens: bool = True


class Roll(RootModel[list[Gate]]):
    pass


def shape(value: Any) -> str | None:
    if isinstance(value, Square):
        return "square"
    if not isinstance(value, dict) or "shape" not in value:
        return "round" if isinstance(value, dict) and "radius_m" in value else None
    return str(value["shape"])


class Round(Model):
    radius_m: float


class Square(Model):
    side_m: float


class Plan(Model):
    title: str | Both
    gates: Roll = Roll([])
    injects: Annotated[
        list[Annotated[Talk | Throw, Field(discriminator="kind")]], Field(strict=False, max_length=3)
    ] = []
    mood: Annotated[Mood, Field(strict=False)] = Mood.calm
    level: int | Literal["auto", "none"] = 1
    counts: dict[Annotated[str, Field(pattern="^[a-z]+$")], int] = {}
    at: Annotated[tuple[float, float], Field(strict=False)] = (0.0, 0.0)
    centre: Point = Point(0.0, 0.0)
    zone: Annotated[Annotated[Round, Tag("round")] | Annotated[Square, Tag("square")], Discriminator(shape)] = Square(
        side_m=1.0
    )
    note: Annotated[str, Field(min_length=2)] = "none"
    nothing: None = None
    code: int = Field(default=0, alias="case")
    when: str = "now"

    @field_validator("when")
    @classmethod
    def known_time(cls, value: str) -> str:
        if value == "never":
            raise ValueError(Phrase("{when} is no time", when=value), Phrase("write now"))
        if value == "later":
            raise ValueError("it is now or never")
        if value == "soon":
            raise PydanticCustomError("too_vague", "{word} is vague", {"word": value})
        return value


def faults_of(source: str, model: type[BaseModel] | None = Plan) -> tuple[Fault, ...]:
    """Return the faults of a document that `Plan` refuses, with suggestions from `model`."""
    document = read_yaml(source.encode(), "plan.yaml")
    with pytest.raises(ValidationError) as caught:
        Plan.model_validate(document.data)
    return faults_from(caught.value, document, model)


MISTAKES = {
    "a key misspelt": (
        "title: x\nguts: []\n",
        (2, 1, "guts", "unknown-key", "the key guts is not known here", "did you mean gates?"),
    ),
    "a key that resembles none": (
        "title: x\ncounts: {}\nzzz: 1\n",
        (
            3,
            1,
            "zzz",
            "unknown-key",
            "the key zzz is not known here",
            "the keys known here are: title, gates, injects, mood, level, counts, at, centre, zone, note, "
            "nothing, case, when",
        ),
    ),
    "a key in capitals": (
        "title: x\nMOOD: calm\n",
        (2, 1, "MOOD", "unknown-key", None, "did you mean mood?"),
    ),
    "a key in curly quotes": (
        "title: x\n“mood”: calm\n",
        (2, 1, "“mood”", "unknown-key", None, "did you mean mood?"),
    ),
    "a key with its value stuck to it": (
        "title: x\ncounts:{a: 1}\n",
        (
            2,
            1,
            "counts:{a",
            "unknown-key",
            None,
            'after a key write ":" and a space, as in title: …; text with a colon in it goes in quotes: "…"',
        ),
    ),
    "a key misspelt inside a list of sections": (
        "title: x\ngates:\n  - id: a\n    width_m: 1.5\n    open: true\n",
        (5, 5, "gates[0].open", "unknown-key", "the key open is not known here", "did you mean opens?"),
    ),
    "a key misspelt in the branch that its kind names": (
        "title: x\ninjects:\n  - {kind: talk, words: a}\n  - kind: throw\n    count: 1\n    cuont: 1\n",
        (6, 5, "injects[1].cuont", "unknown-key", None, "did you mean count?"),
    ),
    "a key misspelt beside one that is named as the branch": (
        "title: x\ninjects:\n  - {kind: talk, talk: 1, words: a, wrds: 1}\n",
        (3, 37, "injects[0].wrds", "unknown-key", None, "did you mean words?"),
    ),
    "a key misspelt in a branch known by a tag": (
        "title: x\nzone: {radius_m: 1.0, raduis_m: 2.0}\n",
        (2, 23, "zone.raduis_m", "unknown-key", None, "did you mean radius_m?"),
    ),
    "a number where the branch is named like a key beside it": (
        "title: x\ninjects:\n  - {kind: talk, talk: 1, words: 1}\n",
        (3, 34, "injects[0].words", "wrong-kind", "expected text, found 1", 'put it in quotes: "1"'),
    ),
    "a section that is none of those that a function tells apart": (
        "title: x\nzone: [1]\n",
        (
            2,
            7,
            "zone",
            "wrong-kind",
            "expected a section of keys, found a list",
            "write its keys on the lines below, each indented by two spaces",
        ),
    ),
    "a branch that a function names and that is not there": (
        "title: x\nzone: {shape: oval}\n",
        (
            2,
            7,
            "zone",
            "unknown-value",
            "a section of keys is not one of these: round, square",
            "write one of them, spelt as it is here",
        ),
    ),
    "a key that another branch knows": (
        "title: x\ninjects:\n  - {kind: talk, words: a, count: 1}\n",
        (3, 28, "injects[0].count", "unknown-key", None, "the keys known here are: kind, words, talk"),
    ),
    "no title": (
        "mood: calm\n",
        (1, 1, "title", "missing-key", "the key title is missing here", "add a line: title: …"),
    ),
    "no width": (
        "title: x\ngates:\n  - id: a\n",
        (
            3,
            5,
            "gates[0].width_m",
            "missing-key",
            "the key width_m is missing here",
            "add a line: width_m: …",
        ),
    ),
    "no kind": (
        "title: x\ninjects:\n  - words: a\n",
        (3, 5, "injects[0].kind", "missing-key", "the key kind is missing here", "add a line: kind: …"),
    ),
    "one language of two": (
        "title: {en: x}\n",
        (1, 8, "title.zh", "missing-key", "the key zh is missing here", "add a line: zh: …"),
    ),
    "one coordinate of two": (
        "title: x\nat: [1.0]\n",
        (2, 5, "at[1]", "too-short", "there are 1 entries here, and ≥ 2 are allowed", "make it longer"),
    ),
    "three coordinates": (
        "title: x\nat: [1.0, 2.0, 3.0]\n",
        (2, 5, "at", "too-long", "there are 3 entries here, and ≤ 2 are allowed", "make it shorter"),
    ),
    "a coordinate that a dataclass lacks": (
        "title: x\ncentre: {x: 1.0}\n",
        (2, 9, "centre.y", "missing-key", "the key y is missing here", "add a line: y: …"),
    ),
    "a number for a text": (
        "title: 12\n",
        (
            1,
            8,
            "title",
            "wrong-kind",
            "expected text or a section of keys, found 12",
            'put it in quotes: "12"',
        ),
    ),
    "a number for a text inside a section": (
        "title: {en: 3, zh: x}\n",
        (1, 13, "title.en", "wrong-kind", "expected text, found 3", 'put it in quotes: "3"'),
    ),
    "a truth value for a text": (
        "title: x\nnote: true\n",
        (2, 7, "note", "wrong-kind", "expected text, found true", 'put it in quotes: "true"'),
    ),
    "a list for a text": (
        "title: x\nnote: [a]\n",
        (
            2,
            7,
            "note",
            "wrong-kind",
            "expected text, found a list",
            "write one text, not a list or a section",
        ),
    ),
    "nothing for a text": (
        "title:\nmood: calm\n",
        (
            1,
            7,
            "title",
            "wrong-kind",
            "expected text or a section of keys, found nothing",
            "write the value behind the colon, or take the key out",
        ),
    ),
    "a unit behind a number": (
        "title: x\ngates: [{id: a, width_m: 3 m}]\n",
        (
            2,
            26,
            "gates[0].width_m",
            "wrong-kind",
            'expected a number, found "3 m"',
            "write digits only, such as 2.5: no quotes, no unit",
        ),
    ),
    "a number between quotes": (
        'title: x\ncounts: {a: "3"}\n',
        (
            2,
            13,
            "counts.a",
            "wrong-kind",
            'expected a whole number, found "3"',
            "write digits only, such as 12: no quotes, no unit",
        ),
    ),
    "a number between curly quotes": (
        "title: x\ncounts: {a: “3”}\n",
        (
            2,
            13,
            "counts.a",
            "wrong-kind",
            'expected a whole number, found "“3”"',
            "use straight quotes: \"…\" or '…'",
        ),
    ),
    "a fraction for a whole number": (
        "title: x\ncounts: {a: 1.5}\n",
        (
            2,
            13,
            "counts.a",
            "wrong-kind",
            "expected a whole number, found 1.5",
            "write digits only, such as 12: no quotes, no unit",
        ),
    ),
    "yes for true": (
        "title: x\ngates: [{id: a, width_m: 3.0, opens: yes}]\n",
        (
            2,
            38,
            "gates[0].opens",
            "wrong-kind",
            'expected true or false, found "yes"',
            "write true or false, without quotes",
        ),
    ),
    "a section for a list": (
        "title: x\ngates: {id: a}\n",
        (
            2,
            8,
            "gates",
            "wrong-kind",
            "expected a list, found a section of keys",
            'begin each entry on a line of its own with "- "',
        ),
    ),
    "a number for a section": (
        "title: x\ninjects: [5]\n",
        (
            2,
            11,
            "injects[0]",
            "wrong-kind",
            "expected a section of keys, found 5",
            "write its keys on the lines below, each indented by two spaces",
        ),
    ),
    "a full-width colon inside a section": (
        "title: x\ncounts:\n  a：3\n",
        (
            3,
            3,
            "counts",
            "wrong-kind",
            'expected a section of keys, found "a：3"',
            'after a key write ":" and a space, as in title: …; text with a colon in it goes in quotes: "…"',
        ),
    ),
    "something for nothing": (
        "title: x\nnothing: 1\n",
        (2, 10, "nothing", "wrong-kind", "expected nothing, found 1", "take the value out"),
    ),
    "a word misspelt": (
        "title: x\nmood: clam\n",
        (2, 7, "mood", "unknown-value", '"clam" is not one of these: calm, tense', "did you mean calm?"),
    ),
    "a word that resembles none": (
        "title: x\nmood: zzz\n",
        (
            2,
            7,
            "mood",
            "unknown-value",
            '"zzz" is not one of these: calm, tense',
            "write one of them, spelt as it is here",
        ),
    ),
    "a kind misspelt": (
        "title: x\ninjects:\n  - words: a\n    kind: tlak\n",
        (
            4,
            11,
            "injects[0].kind",
            "unknown-value",
            '"tlak" is not one of these: talk, throw',
            "did you mean talk?",
        ),
    ),
    "a word misspelt where a number would do": (
        "title: x\nlevel: atuo\n",
        (
            2,
            8,
            "level",
            "wrong-kind",
            'expected auto, none or a whole number, found "atuo"',
            "did you mean auto?",
        ),
    ),
    "neither a word nor a number": (
        "title: x\nlevel: [1]\n",
        (
            2,
            8,
            "level",
            "wrong-kind",
            "expected auto, none or a whole number, found a list",
            "write digits only, such as 12: no quotes, no unit",
        ),
    ),
    "a number too large": (
        "title: x\ninjects:\n  - {kind: throw, count: 51}\n",
        (
            3,
            26,
            "injects[0].count",
            "out-of-range",
            "51 is not allowed here: it must be ≤ 50",
            "write a value that is ≤ 50",
        ),
    ),
    "a number too small": (
        "title: x\ngates: [{id: a, width_m: -1.0}]\n",
        (
            2,
            26,
            "gates[0].width_m",
            "out-of-range",
            "-1.0 is not allowed here: it must be > 0",
            "write a value that is > 0",
        ),
    ),
    "a number between the steps": (
        "title: x\ngates: [{id: a, width_m: 1.7}]\n",
        (
            2,
            26,
            "gates[0].width_m",
            "out-of-range",
            "1.7 is not allowed here: it must be a multiple of 0.5",
            "write a value that is a multiple of 0.5",
        ),
    ),
    "too many entries": (
        "title: x\ninjects:\n" + "  - {kind: throw, count: 1}\n" * 4,
        (3, 3, "injects", "too-long", "there are 4 entries here, and ≤ 3 are allowed", "make it shorter"),
    ),
    "a text too short": (
        "title: x\nnote: a\n",
        (2, 7, "note", "too-short", "this text has 1 characters, and ≥ 2 are allowed", "make it longer"),
    ),
    "an id with a space and capitals": (
        "title: x\ngates: [{id: North Gate, width_m: 1.0}]\n",
        (
            2,
            14,
            "gates[0].id",
            "wrong-form",
            '"North Gate" is not written as it has to be: small letters a to z, digits and _, a letter first',
            "did you mean north_gate?",
        ),
    ),
    "an id that is no word": (
        "title: x\ngates: [{id: 东门, width_m: 1.0}]\n",
        (2, 14, "gates[0].id", "wrong-form", None, "write west_gate"),
    ),
    "a key of the wrong form": (
        "title: x\ncounts:\n  North: 1\n",
        (
            3,
            3,
            "counts.North",
            "wrong-form",
            '"North" does not have the form ^[a-z]+$',
            "did you mean north?",
        ),
    ),
    "what our own check refuses, in our words": (
        "title: x\nwhen: never\n",
        (2, 7, "when", "not-allowed", "never is no time", "write now"),
    ),
    "what our own check refuses, in plain English": (
        "title: x\nwhen: later\n",
        (
            2,
            7,
            "when",
            "not-allowed",
            "this is not allowed: it is now or never",
            "compare it with an example that works",
        ),
    ),
    "what is refused by a name that is not known": (
        "title: x\nwhen: soon\n",
        (
            2,
            7,
            "when",
            "not-allowed",
            '"soon" is not allowed here',
            "compare it with an example that works",
        ),
    ),
    "a list for the whole": (
        "- title: x\n",
        (
            1,
            1,
            "",
            "wrong-kind",
            "expected a section of keys, found a list",
            "write its keys on the lines below, each indented by two spaces",
        ),
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_said_in_plain_words_where_it_was_made(name):
    source, (line, column, path, code, message, hint) = MISTAKES[name]
    (fault,) = faults_of(source)
    assert ("plan.yaml", line, column) == (fault.file, fault.line, fault.column)
    assert (path, code, hint) == (fault.path, fault.code, fault.hint.english())
    assert message in (None, fault.message.english())


def test_every_mistake_is_said_at_once_in_the_order_of_the_file():
    sources = [
        "guts: []\n",
        "gates: [{id: a}, {id: b, width_m: x}]\n",
        "injects:\n  - {kind: tlak}\n  - {kind: throw, count: 0}\n",
        "mood: clam\n",
    ]
    found = faults_of("".join(sources))
    assert [
        (1, 1, "missing-key"),
        (1, 1, "unknown-key"),
        (2, 9, "missing-key"),
        (2, 35, "wrong-kind"),
        (4, 12, "unknown-value"),
        (5, 26, "out-of-range"),
        (6, 7, "unknown-value"),
    ] == sorted((fault.line, fault.column, fault.code) for fault in found)
    assert sorted(found, key=lambda fault: (fault.line, fault.column)) == list(found)


def test_a_branch_that_got_further_silences_those_that_expected_something_else():
    assert ["title.zh"] == [fault.path for fault in faults_of("title: {en: a}\n")]


def test_without_a_model_an_unknown_key_is_still_placed():
    (fault,) = faults_of("title: x\nguts: []\n", model=None)
    assert (2, 1, "unknown-key") == (fault.line, fault.column, fault.code)
    assert "check its spelling and indentation, or take it out" == fault.hint.english()


def test_part_of_a_document_can_be_checked_by_a_model_of_its_own():
    document = read_yaml(b"effects:\n  - kind: throw\n    count: 99\n", "x.yaml")
    with pytest.raises(ValidationError) as caught:
        Throw.model_validate(document.data["effects"][0])
    (fault,) = faults_from(caught.value, document, Throw, base=("effects", 0))
    assert (3, 12, "effects[0].count") == (fault.line, fault.column, fault.path)


def test_an_error_we_have_no_words_for_is_still_placed_and_never_in_pydantics():
    class Strange(BaseModel):
        where: PurePath
        of: Annotated[str, Field(pattern=r"^\p{Han}+$")]
        kind: type[int]

    document = read_yaml(b"where: 1\nof: abc\nkind: 5\n", "x.yaml")
    with pytest.raises(ValidationError) as caught:
        Strange.model_validate(document.data)
    found = faults_from(caught.value, document, Strange)
    assert [1, 2, 3] == [fault.line for fault in found]
    for said, fault in zip(caught.value.errors(), found, strict=True):
        assert said["msg"] not in fault.message.english()
        assert fault.hint.english()


def test_only_the_first_faults_of_a_hopeless_file_are_listed():
    source = "title: x\ncounts: {" + ", ".join(f"k{'x' * n}: a" for n in range(120)) + "}\n"
    found = faults_of(source)
    assert MAX_FAULTS + 1 == len(found)
    assert "more" == found[-1].code


def test_a_document_that_names_every_section_as_its_branch_is_placed_in_time():
    deep: Any = {"kind": "talk", "talk": "x"}
    for _ in range(13):
        deep = {"kind": "talk", "talk": deep}
    document = read_yaml(json.dumps({"title": "x", "injects": [deep]}).encode(), "x.yaml")
    with pytest.raises(ValidationError) as caught:
        Plan.model_validate(document.data)
    assert {"injects[0].words", "injects[0].talk"} == {
        fault.path for fault in faults_from(caught.value, document, Plan)
    }


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("widht_m", "width_m"),
        ("WIDTH_M", "width_m"),
        ("“width_m”", "width_m"),
        ("hight_m", "height_m"),
        ("colour", None),
        ("", None),
        ("w" * 5000, None),
    ],
)
def test_the_nearest_word_is_the_one_that_was_meant(word, near):
    assert near == nearest(word, ["width_m", "height_m"])


def test_nothing_is_near_when_there_are_no_words():
    assert nearest("width_m", []) is None


@given(st.text(max_size=30), st.lists(st.text(min_size=1, max_size=10), max_size=8))
def test_the_nearest_word_is_one_of_the_words_or_none(word, words):
    assert nearest(word, words) in {None, *words}


DATA = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-100, 100)
    | st.floats(-100, 100)
    | st.sampled_from(["talk", "throw", "auto", "calm", "never", "soon", "x：y", "“", "5 m"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*Plan.model_fields, "kind", "words", "count", "id", "en", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
).filter(lambda data: isinstance(data, dict | list))


@given(DATA)
def test_whatever_the_model_refuses_is_placed_in_the_file_and_has_a_hint(data):
    written = json.dumps(data, indent=1, ensure_ascii=False)
    document = read_yaml(written.encode(), "x.yaml")
    try:
        Plan.model_validate(document.data)
    except ValidationError as error:
        lines = written.split("\n")
        for fault in faults_from(error, document, Plan):
            assert 1 <= fault.line <= len(lines)
            assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1
            assert fault.hint.english()
            assert not re.search(r"Input should|Field required|Extra inputs", fault.message.english())


@given(DATA)
def test_an_unknown_key_is_marked_at_that_key(data):
    written = json.dumps(data, indent=1, ensure_ascii=False)
    document = read_yaml(written.encode(), "x.yaml")
    try:
        Plan.model_validate(document.data)
    except ValidationError as error:
        for fault in faults_from(error, document, Plan):
            if fault.code == "unknown-key":
                rest = written.split("\n")[fault.line - 1][fault.column - 1 :]
                assert rest.startswith(json.dumps(re.split(r"[.\]]", fault.path)[-1], ensure_ascii=False))


def test_a_reader_and_a_model_speak_of_length_alike():
    with pytest.raises(BadInput) as caught:
        read_yaml(b"a: " + b"x" * 5000, "x.yaml")
    (fault,) = faults_of("title: x\nnote: a\n")
    assert caught.value.faults[0].message.template == fault.message.template


def test_a_list_whose_entries_are_wrong_is_not_called_too_short_as_well():
    class Several(Model):
        talks: tuple[Talk, ...] = Field(min_length=1)

    document = read_yaml(b"talks:\n  - kind: talk\n    wurds: hello\n", "x.yaml")
    with pytest.raises(ValidationError) as refused:
        Several.model_validate(document.data, strict=False)
    assert ["unknown-key"] == [fault.code for fault in faults_from(refused.value, document, Several)]
    empty = read_yaml(b"talks: []\n", "x.yaml")
    with pytest.raises(ValidationError) as refused:
        Several.model_validate(empty.data, strict=False)
    assert ["too-short"] == [fault.code for fault in faults_from(refused.value, empty, Several)]
